import type {SyntaxNode} from '@lezer/common'
import type {FileLocation} from '../../../check.ts'
import type {TextFile} from '../../files/text.ts'
import {children} from '../../python/imports/module-constants.ts'
import {pythonTree} from '../../python/source/tree.ts'
import {readValue} from '../read-value.ts'
import {isConstant, type Names, textOf, type Value} from '../value.ts'

/** One migration of Django, as its file writes it. */
export interface DjangoMigration {
  app: string
  /** The name of its file, without `.py`. */
  name: string
  /** `class Migration`. */
  at: FileLocation
  /** What it comes after; undefined where code works that out. */
  dependencies: Dependency[] | undefined
  /** The names of the migrations, of its own app, that it stands in for. */
  replaces: string[]
  /** What it does, that of `SeparateDatabaseAndState` included; undefined where code works that out. */
  operations: Operation[] | undefined
  /** All of it is one transaction. */
  isAtomic: boolean
  /** It says that others come after it. */
  runsBefore: boolean
}

/** `migrations.AddField(…)`. */
export type Operation = Extract<Value, {kind: 'call'}>

export interface Dependency {
  app: string
  name: string
  at: FileLocation
}

/** An argument by its name, or its place. */
export const argumentOf = ({keywords, args}: Operation, name: string, place: number): Value | undefined =>
  keywords.get(name) ?? args[place]

const noNames: Names = new Map()

/** What `class Migration` of a file says; undefined without one, which Django refuses, or with one that is put together. */
export function readMigration(file: TextFile, app: string, name: string): DjangoMigration | undefined {
  const own = children(pythonTree(file.text).topNode).filter((node) => node.name === 'ClassDefinition')
  const [found, another] = own.filter((node) => source(node.getChild('VariableName')) === 'Migration')
  if (!found || another) return undefined
  const values = new Map<string, Value>()
  for (const node of children(found.getChild('Body') ?? found)) {
    if (node.name !== 'AssignStatement') {
      // A text at the top, `pass` and functions change none of the lists.
      if (/If|For|With|Try|Update/.test(node.name)) return undefined
      continue
    }
    const parts = children(node)
    const [target, value] = [parts[0], parts[parts.findIndex((part) => part.name === 'AssignOp') + 1]]
    if (target?.name === 'VariableName' && value) values.set(source(target), readValue(file, value, noNames))
  }
  const replaces = listOf(values.get('replaces'))?.map(pairOf)
  if (!replaces || replaces.includes(undefined)) return undefined
  const atomic = values.get('atomic')
  return {
    app,
    name,
    at: file.span(found.from, (found.getChild('Body') ?? found).from),
    dependencies: dependenciesOf(listOf(values.get('dependencies'))),
    replaces: replaces.flatMap((pair) => (pair?.app === app ? [pair.name] : [])),
    operations: callsOf(listOf(values.get('operations'))),
    isAtomic: atomic === undefined || isConstant(atomic, true),
    runsBefore: (listOf(values.get('run_before'))?.length ?? 1) > 0,
  }

  function source(node: SyntaxNode | null | undefined): string {
    return node ? file.text.slice(node.from, node.to) : ''
  }
}

/** The items of a list; none where nothing is written; undefined where it is no plain list. */
function listOf(value: Value | undefined): Value[] | undefined {
  if (value === undefined) return []
  return value.kind === 'list' ? value.items : undefined
}

function pairOf(value: Value): Dependency | undefined {
  if (value.kind !== 'list') return undefined
  const [app, name] = value.items.map(textOf)
  return app !== undefined && name !== undefined ? {app, name, at: value.at} : undefined
}

/** `migrations.swappable_dependency(settings.AUTH_USER_MODEL)` is on the first migration of another app. */
function dependenciesOf(list: Value[] | undefined): Dependency[] | undefined {
  const pairs = list?.flatMap((value) =>
    value.kind === 'call' && value.method === 'swappable_dependency' ? [] : [pairOf(value)],
  )
  return pairs?.every((pair) => pair !== undefined) ? pairs : undefined
}

function callsOf(list: Value[] | undefined): Operation[] | undefined {
  const calls = list?.flatMap((value): (Operation | undefined)[] => {
    if (value.kind !== 'call') return [undefined]
    if (value.method !== 'SeparateDatabaseAndState') return [value]
    const inside = ['database_operations', 'state_operations'].map((name, place) =>
      callsOf(listOf(argumentOf(value, name, place))),
    )
    return inside.flatMap((each) => each ?? [undefined])
  })
  return calls?.every((call) => call !== undefined) ? calls : undefined
}
