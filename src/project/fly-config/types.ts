/**
 * How flyctl reads a value into its configuration: by the rules of Go's encoding/json, since every file, whatever its
 * format, goes through JSON (flyctl internal/appconfig/patches.go, mapToConfig).
 * A key of another letter case still counts, a number is never a text, and the first wrong value ends it all.
 */
import {redact} from '../../redact.ts'
import {keyPath, type Node, type Path} from '../documents/document.ts'
import {Duration} from './duration.ts'
import {dateJson} from './go-text.ts'

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
  /** The tables that may have a key of this name. */
  tablesWith(key: string): readonly string[]
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

/** A value that flyctl cannot decode: with one of them it reads nothing but the app's name from the file. */
export class Undecodable extends Error {
  readonly path: Path
  readonly node: Node
  readonly hint: string
  /** `a whole number`, where that says it all. */
  readonly wanted: string | undefined

  constructor(path: Path, node: Node, message: string, hint: string, wanted?: string) {
    super(message)
    this.path = path
    this.node = node
    this.hint = hint
    this.wanted = wanted
  }
}

/** `http_service.internal_port is the string "8080", it must be a whole number`. */
export function refuse(path: Path, node: Node, wanted: string, hint: string): never {
  // What [env] and build arguments hold may be a secret, whatever its form.
  const kind = path[0] === 'env' || path[1] === 'args' ? kindOf(node, {quiet: true}) : kindOf(node)
  throw new Undecodable(path, node, `${keyPath(path)} is ${kind}, it must be ${wanted}`, hint, wanted)
}

/** A table's name as its header says it: without the indexes. */
export const headerOf = (path: Path): string => path.filter((key) => typeof key === 'string').join('.')

export function kindOf(node: Node, {quiet = false} = {}): string {
  switch (node.type) {
    case 'string': {
      if (quiet) return 'a string'
      const shown = redact(node.value)
      return `the string ${JSON.stringify(shown.length > 40 ? `${shown.slice(0, 40)}…` : shown)}`
    }
    case 'array':
      return node.items.length > 0 && node.items.every((item) => item.type === 'table')
        ? 'an array of tables'
        : 'an array'
    case 'boolean':
      return `the boolean ${node.value}`
    case 'integer':
      return quiet ? 'a number' : `the number ${node.digits}`
    case 'float':
      return quiet ? 'a number' : `the number ${node.value}`
    case 'null':
      return 'null'
    default:
      return `a ${node.type}`
  }
}

const name = (path: Path) => String(path.findLast((key) => typeof key === 'string') ?? 'the file')
const isNumeric = (node: Node) => node.type === 'string' && /^\s*[-+]?\d+(\.\d+)?\s*$/.test(node.value)

/** Dates are texts in JSON. */
const textOf = (node: Node): string | undefined =>
  node.type === 'string' ? node.value : node.type === 'date' ? dateJson(node.value) : undefined

export const string: Type<string> = {
  zero: '',
  read: (node, path) => textOf(node) ?? refuse(path, node, 'a string', stringHint(node, path)),
}

function stringHint(node: Node, path: Path): string {
  const key = name(path)
  if (node.type === 'table') return `${key} has no keys of its own: write ${key} = "…"`
  if (node.type !== 'array') {
    const number = path[0] !== 'env' && path[1] !== 'args' && 'value' in node ? node.value : '…'
    return `Write it in quotes: ${key} = "${number}"`
  }
  const words = node.items.map((item) => (item.type === 'string' ? redact(item.value) : '…'))
  const isCommand = path[0] === 'processes' || key.endsWith('command')
  const whole = isCommand && words.every((word) => /^[\w./:=@%+,-]+$/.test(word)) ? words.join(' ') : '…'
  return `Write the whole as one text: ${key} = "${whole}"`
}

function numberHint(node: Node, path: Path): string {
  if (isNumeric(node) && node.type === 'string')
    return `Write the number without quotes: ${name(path)} = ${node.value.trim()}`
  const example = node.type === 'float' ? Math.max(0, Math.trunc(node.value)) : 1
  return `Write a whole number without quotes: ${name(path)} = ${example}`
}

/** An integer, or a float without a fraction: JSON does not tell the two apart. */
function whole({most, least, range}: {most: number; least: number; range: string}): Type<number> {
  return {
    read(node, path) {
      if ((node.type !== 'integer' && node.type !== 'float') || !Number.isInteger(node.value)) {
        return refuse(path, node, 'a whole number', numberHint(node, path))
      }
      if (node.value > most || node.value < least) return refuse(path, node, range, 'Write a number within that range.')
      return node.value
    },
  }
}
export const integer = whole({least: -(2 ** 63), most: 2 ** 63, range: 'a number of at most 64 bits'})
export const uint32 = whole({least: 0, most: 2 ** 32 - 1, range: 'from 0 to 4294967295'})

export const float: Type<number> = {
  read: (node, path) =>
    node.type === 'integer' || node.type === 'float'
      ? node.value
      : refuse(path, node, 'a number', fractionHint(node, path)),
}

/** `"50%"` is meant as 0.5. */
function fractionHint(node: Node, path: Path): string {
  const percent = node.type === 'string' ? /^\s*(\d+)\s*%\s*$/.exec(node.value)?.[1] : undefined
  return percent ? `Write the fraction: ${name(path)} = ${Number(percent) / 100}` : numberHint(node, path)
}

export const boolean: Type<boolean> = {
  read: (node, path) =>
    node.type === 'boolean'
      ? node.value
      : refuse(
          path,
          node,
          'true or false',
          `Write it without quotes: ${name(path)} = ${node.type === 'string' && /^(false|no|off)$/i.test(node.value) ? 'false' : 'true'}`,
        ),
}

/** fly-go's Duration: a bare number is nanoseconds. The patches turn other units into texts beforehand. */
export const duration: Type<Duration> = {
  read(node, path) {
    if (node.type === 'integer' || node.type === 'float') return new Duration(node.value)
    const text = textOf(node)
    const parsed = text === undefined ? undefined : Duration.parse(text)
    if (parsed) return parsed
    const [, number, days] = /^\s*(\d+)\s*(d|days?)?\s*s?$/.exec(node.type === 'string' ? node.value : '') ?? []
    const meant = days ? `${Number(number) * 24}h` : `${number ?? 30}s`
    return refuse(path, node, 'a time with its unit', `Units are ms, s, m and h: ${name(path)} = "${meant}"`)
  },
}

/** fly-go's MachineAutostop: a boolean, or one of three words. */
export const autostop: Type<'off' | 'stop' | 'suspend'> = {
  read(node, path) {
    if (node.type === 'boolean') return node.value ? 'stop' : 'off'
    if (node.type === 'string' && /^(off|stop|suspend)$/.test(node.value)) return node.value as 'off'
    const meant = node.type === 'string' && /^(false|no|never|none)$/i.test(node.value) ? 'off' : 'stop'
    return refuse(path, node, '"off", "stop" or "suspend"', `Write ${name(path)} = "${meant}"`)
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
    return found ?? refuse(path, node, '"never", "restart" or "always"', 'Write persist_rootfs = "never"')
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
      return items.keys
        ? refuse(
            path,
            node,
            'an array of tables',
            `Write [[${headerOf(path)}]], in double brackets${isNamed(node) ? ', once for each, without a name' : ''}.`,
          )
        : refuse(
            path,
            node,
            'an array',
            `Write it in brackets: ${name(path)} = [${node.type === 'string' ? JSON.stringify(redact(node.value)) : '"…"'}]`,
          )
    },
  }
}

const readItem = <T>(items: Type<T>, node: Node, path: Path, reading: Reading): T =>
  node.type === 'null' && items.zero !== undefined ? items.zero : items.read(node, path, reading)

/** Tables with names, where flyctl wants a list of tables. */
const isNamed = (node: Node) =>
  node.type === 'table' && node.entries.size > 0 && [...node.entries.values()].every(({type}) => type === 'table')

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
      if (node.type !== 'table') return refuseTable(path, node)
      const result: Record<string, unknown> = {}
      for (const [key, value] of sorted(node.entries)) {
        const taken = Object.hasOwn(keys, key) ? key : byLowerCase.get(key.toLowerCase())
        if (taken !== key) {
          const elsewhere = reading.tablesWith(key)
          reading.unknown.push({path: [...path, key], key, value, known, elsewhere, ...(taken && {takenFor: taken})})
        }
        if (taken === undefined) continue
        const type = keys[taken] as Type<unknown>
        const at = [...path, taken]
        reading.places.set(keyPath(at), value)
        if (value.type !== 'null') {
          const read = type.read(value, at, reading)
          if (type.dead) reading.dead.push({path: at, value: read, why: type.dead})
          result[taken] = type.keys ? {...(result[taken] as object), ...(read as object)} : read
        } else if (type.items || type.keys) delete result[taken]
      }
      return result as {[Name in keyof K]?: Read<K[Name]>}
    },
  }
}

function refuseTable(path: Path, node: Node): never {
  const at = headerOf(path)
  if (node.type === 'array') return refuse(path, node, 'one table', `Write [${at}], in single brackets.`)
  return refuse(path, node, 'a table', `Write [${at}], and its keys below.`)
}

/** json.Marshal sorts the keys of a map, so this is the order in which Go reads them. */
const sorted = (entries: ReadonlyMap<string, Node>): [string, Node][] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))

/** A key that flyctl still reads, and that does nothing any more. */
export const dead = <T>(type: Type<T>, why: string): Type<T> => ({...type, dead: why})
