/**
 * How flyctl reads a value into its configuration: by the rules of Go's encoding/json, since every file, whatever its
 * format, goes through JSON (flyctl internal/appconfig/patches.go, mapToConfig).
 * A key of another letter case still counts, a number is never a string, and the first wrong value ends it all.
 */
import {oneOf} from '../../wording.ts'
import {keyPath, type Node, type Path} from '../documents/document.ts'
import {Duration} from './duration.ts'
import {dateJson} from './go-text.ts'
import {
  headerOf,
  notArray,
  notBoolean,
  notDuration,
  notFraction,
  notNumber,
  notString,
  notTable,
  notTables,
  refuse,
} from './refusals.ts'

/** The type of one key, or of the items below it. */
export interface Type<T> {
  read(node: Node, path: Path, reading: Reading): T
  /** What null gives inside an array or a map: Go's zero value. */
  zero?: T
  /** The keys of a table. */
  keys?: Keys
  /** What an array or a map of tables holds. */
  items?: Type<unknown>
  /** A map: the project names its items. */
  named?: boolean
  /** Why a key that flyctl reads does nothing. */
  dead?: string
}
export type Keys = Readonly<Record<string, Type<unknown>>>
export type Read<T> = T extends Type<infer Value> ? Value : never

/** What is noted while reading. */
export interface Reading {
  /** Where each key of the configuration stands, by its path in flyctl's spelling. */
  places: Map<string, Node>
  unknown: UnknownKey[]
  dead: DeadKey[]
  /** The tables that may have a key of this name, with such a value. */
  tablesWith(key: string, value: Node): readonly string[]
}

/** A key that flyctl does not know at this place, or knows in another letter case only. */
export interface UnknownKey {
  /** Its path, the key itself included. */
  path: Path
  key: string
  value: Node
  /** The keys that the table may have. */
  known: readonly string[]
  /** The key that flyctl takes it for, although `--strict` does not. */
  takenFor?: string
  /** Other tables in which flyctl knows a key of this name. */
  elsewhere: readonly string[]
}

/** A key that flyctl still reads, and that does nothing any more. */
export interface DeadKey {
  path: Path
  value: unknown
  /** Why it does nothing. */
  why: string
}

/** Dates are strings in JSON. */
const textOf = (node: Node): string | undefined =>
  node.type === 'string' ? node.value : node.type === 'date' ? dateJson(node.value) : undefined

export const string: Type<string> = {
  zero: '',
  read: (node, path) => textOf(node) ?? notString(path, node),
}

/** An integer, or a float without a fraction: JSON does not tell the two apart. */
function whole({most, least, range}: {most: number; least: number; range: string}): Type<number> {
  return {
    read(node, path) {
      if ((node.type !== 'integer' && node.type !== 'float') || !Number.isInteger(node.value)) {
        return notNumber(path, node, 'a whole number')
      }
      if (node.value > most || node.value < least) return refuse(path, node, range, 'Write a number within that range.')
      return node.value
    },
  }
}
export const integer = whole({least: -(2 ** 63), most: 2 ** 63, range: 'a number of at most 64 bits'})
export const uint32 = whole({least: 0, most: 2 ** 32 - 1, range: 'from 0 to 4294967295'})

export const float: Type<number> = {
  read: (node, path) => (node.type === 'integer' || node.type === 'float' ? node.value : notFraction(path, node)),
}

export const boolean: Type<boolean> = {
  read: (node, path) => (node.type === 'boolean' ? node.value : notBoolean(path, node)),
}

/** fly-go's Duration: a bare number is nanoseconds. The patches turn other units into strings beforehand. */
export const duration: Type<Duration> = {
  read(node, path) {
    if (node.type === 'integer' || node.type === 'float') return new Duration(node.value)
    const text = textOf(node)
    return (text === undefined ? undefined : Duration.parse(text)) ?? notDuration(path, node)
  },
}

/** fly-go's MachineAutostop: a boolean, or one of three words. */
export const autostop: Type<'off' | 'stop' | 'suspend'> = {
  read(node, path) {
    if (node.type === 'boolean') return node.value ? 'stop' : 'off'
    const words = ['off', 'stop', 'suspend'] as const
    const found = words.find((word) => node.type === 'string' && node.value === word)
    const meant = node.type === 'string' && /^(false|no|never|none)$/i.test(node.value) ? 'off' : 'stop'
    return found ?? refuse(path, node, oneOf(words), `Write auto_stop_machines = "${meant}"`)
  },
}

const persistence = ['none', 'never', 'restart', 'always'] as const
/** fly-go's MachinePersistRootfs: a word, or its number. */
export const persistRootfs: Type<'none' | 'never' | 'restart' | 'always'> = {
  read(node, path) {
    const found =
      node.type === 'string'
        ? persistence.find((word) => word === (node.value || 'none'))
        : node.type === 'integer' || node.type === 'float'
          ? persistence[node.value]
          : undefined
    return found ?? refuse(path, node, oneOf(persistence.slice(1)), 'Write persist_rootfs = "never"')
  },
}

/** Whatever it is; flyctl passes it on. */
export const any: Type<unknown> = {read: plain}

function plain(node: Node): unknown {
  if (node.type === 'array') return node.items.map(plain)
  if (node.type === 'table') return Object.fromEntries([...node.entries].map(([key, entry]) => [key, plain(entry)]))
  return node.type === 'null' ? null : node.type === 'date' ? dateJson(node.value) : node.value
}

export function list<T>(items: Type<T>): Type<T[]> {
  return {
    items,
    read(node, path, reading) {
      if (node.type === 'array') {
        return node.items.map((item, index) => {
          reading.places.set(keyPath([...path, index]), item)
          return readItem(items, item, [...path, index], reading)
        })
      }
      return items.keys ? notTables(path, node) : notArray(path, node)
    },
  }
}

const readItem = <T>(items: Type<T>, node: Node, path: Path, reading: Reading): T =>
  node.type === 'null' && items.zero !== undefined ? items.zero : items.read(node, path, reading)

/** A table whose keys are names that the project gives. */
export function map<T>(items: Type<T>): Type<Record<string, T>> {
  return {
    items,
    named: true,
    read(node, path, reading) {
      if (node.type !== 'table') {
        return refuse(path, node, 'a table', `Write [${headerOf(path)}], and below it NAME = …`)
      }
      const result: Record<string, T> = Object.create(null)
      for (const [key, entry] of sorted(node.entries)) {
        reading.places.set(keyPath([...path, key]), entry)
        result[key] = readItem(items, entry, [...path, key], reading)
      }
      return result
    },
  }
}

/** A table with keys that flyctl knows. What it does not know, it leaves out without a word. */
export function table<K extends Keys>(keys: K): Type<{[Name in keyof K]?: Read<K[Name]>}> {
  const known = Object.keys(keys)
  const byLowerCase = new Map(known.map((key) => [key.toLowerCase(), key]))
  return {
    keys,
    zero: {},
    read(node, path, reading) {
      if (node.type !== 'table') return notTable(path, node)
      const result: Record<string, unknown> = {}
      for (const [key, value] of sorted(node.entries)) {
        const taken = Object.hasOwn(keys, key) ? key : byLowerCase.get(key.toLowerCase())
        if (taken !== key) {
          const elsewhere = reading.tablesWith(key, value)
          reading.unknown.push({path: [...path, key], key, value, known, elsewhere, ...(taken && {takenFor: taken})})
        }
        if (taken === undefined) continue
        const type = keys[taken] as Type<unknown>
        const at = [...path, taken]
        reading.places.set(keyPath(at), value)
        if (value.type !== 'null') {
          const read = type.read(value, at, reading)
          if (type.dead) reading.dead.push({path: at, value: read, why: type.dead})
          // Of keys in two letter cases the later one fills up what the earlier one began.
          const begun = type.keys || type.named ? result[taken] : undefined
          result[taken] = begun ? Object.assign(begun, read) : read
        } else if (type.items || type.keys) delete result[taken]
      }
      return result as {[Name in keyof K]?: Read<K[Name]>}
    },
  }
}

/** json.Marshal sorts the keys of a map, so this is the order in which Go reads them. */
const sorted = (entries: ReadonlyMap<string, Node>): [string, Node][] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))

/** A key that flyctl still reads, and that does nothing any more. */
export const dead = <T>(type: Type<T>, why: string): Type<T> => ({...type, dead: why})
