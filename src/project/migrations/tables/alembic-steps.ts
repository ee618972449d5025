/** The steps of the revisions of alembic. */
import type {FileLocation} from '../../../check.ts'
import type {AlembicEnvironment} from '../../alembic/environment.ts'
import type {Revision} from '../../alembic/revision.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {columnName} from '../call-changes.ts'
import {columnEnums, createdEnum} from '../enums.ts'
import {dropsMuch} from '../revisions/replay.ts'
import {isOneLine, upgradesOf} from '../revisions/upgrades.ts'
import {sqlOf} from '../sql.ts'
import {readSteps, type Step} from '../steps.ts'
import {type CallValue, isConstant, textOf, type Value} from '../value.ts'
import type {MigrationSteps, Named, TableStep} from './table-step.ts'

/** In a history without any of these nothing can be told that the other checks of revisions do not tell. */
const matters =
  /\bcreate_table\(|\bdrop_table\(|\.drop\(|\bdrop\s{1,20}(?:table|type)\b|\bnew_column_name\b|\bdrop_column\(|\brename_table\(/i
/** Of more revisions the reading costs more than it finds. */
const most = 500

export interface AlembicSteps {
  files: MigrationSteps[]
  /** Each `table.column` that a revision makes. */
  made: ReadonlySet<string>
  /** Of two files: whether alembic runs the first before the other, whatever it does with branches; undefined of one line. */
  precedes: ((file: string, other: string) => boolean) | undefined
}

/**
 * What the revisions do, in an order in which alembic can run them on a new database; undefined where they do not end in one
 * head, or one cannot be read.
 */
export async function alembicSteps(
  {revisions, graph}: AlembicEnvironment,
  reader: ProjectReader,
): Promise<AlembicSteps | undefined> {
  // Which of two branches runs first, alembic decides.
  const isLine = graph?.bases.length === 1 && revisions.every(({down}) => down.length < 2)
  if (!isOneLine(graph) || revisions.length > most) return undefined
  const texts = await upgradesOf(revisions, reader, true)
  if (!texts?.some(({text}) => matters.test(text)) || texts.some(({text}) => dropsMuch.test(text))) return undefined
  const byPath = new Map(texts.map(({file}) => [file.path, file]))
  const types = new Set<string>()
  const read = inOrder(revisions, graph?.heads[0]).flatMap(({at}): MigrationSteps[] => {
    const file = byPath.get(at.file)
    return file ? [{path: file.path, steps: readSteps(file, false).flatMap((step) => stepsOf(step, types))}] : []
  })
  // What may be about any table.
  const tables = read.flatMap(({steps}) => steps.flatMap((step) => (step.kind === 'make' ? step.table : [])))
  const spread = (step: TableStep): TableStep =>
    step.kind === 'unknown' && step.mayMake.length > 0 ? {...step, text: `${step.text} ${tables.join(' ')}`} : step
  const files = read.map(({path, steps}) => ({path, steps: steps.map(spread)}))
  const made = files.flatMap(({steps}) =>
    steps.flatMap((step) =>
      step.kind === 'make' || step.kind === 'add' ? step.columns.map(({name}) => `${step.table}.${name}`) : [],
    ),
  )
  return {files, made: new Set(made), precedes: isLine ? undefined : (file, other) => follows(other, file, revisions)}
}

/** What leads to a head: each after all that it follows. */
function inOrder(revisions: readonly Revision[], head: Revision | undefined): Revision[] {
  const byId = new Map(revisions.map((each) => [each.id, each]))
  const found = new Set<Revision>()
  // Where a revision comes up again, all that it follows is found.
  const open = head ? [head] : []
  const begun = new Set<Revision>()
  for (let each = open.pop(); each; each = open.pop()) {
    if (found.has(each)) continue
    if (begun.has(each)) {
      found.add(each)
      continue
    }
    begun.add(each)
    open.push(each, ...each.down.flatMap((id) => byId.get(id) ?? []))
  }
  return [...found]
}

/** Whether the revision of a file comes, over others or not, after that of another file. */
function follows(file: string, other: string, revisions: readonly Revision[]): boolean {
  const own = revisions.find(({at}) => at.file === file)
  return inOrder(revisions, own).some(({at}) => at.file === other)
}

/** `types`: the enums that have been made before. */
function stepsOf(step: Step, types: Set<string>): TableStep[] {
  const {call, at, table} = step
  const {method, args, keywords} = call
  const base = {by: method, at}
  if (method === 'execute' || method === 'sql') return sqlSteps(step, types)
  const made = createdEnum(step)
  if (made !== undefined) return makeType(made, base, types)
  const unread = (text: string): TableStep[] => [{...base, kind: 'unknown', text, mayMake: []}]
  const anything: TableStep[] = [{...base, kind: 'unknown', text: '', mayMake: ['']}]
  if (method === 'drop') return (step.conditional ? undefined : dropType(call.receiver, base, types)) ?? anything
  if (/^(?:bulk_insert|get_bind|get_context|f|batch_alter_table|drop_index)$/.test(method)) return []
  if (call.name === 'op.rename_table') {
    const [from, to] = args.map(textOf)
    if (from === undefined || to === undefined || keywords.has('schema')) return anything
    // Where it may not run, the table may have either name.
    return step.conditional || step.mayFail ? unread(`${from} ${to}`) : [{...base, kind: 'rename', table: from, to}]
  }
  if (table === undefined) return /^op\.\w+$/.test(call.name) ? anything : []
  const isOptional = ['if_exists', 'if_not_exists'].some((name) => isConstant(keywords.get(name), true))
  if (step.conditional || step.mayFail || keywords.has('schema')) return unread(table)
  switch (method) {
    case 'create_table': {
      const columns = args.slice(1).flatMap((each) => columnIn(each))
      const isWhole = args
        .slice(1)
        .every((each) => each.kind === 'call' && (each.method !== 'Column' || columnIn(each).length > 0))
      return [
        ...columnEnums(call).flatMap(({type}) => makeType(type.name, base, types)),
        {...base, kind: 'make', table, columns, isWhole, isOptional},
        ...referencesOf(args.slice(1), table),
      ]
    }
    case 'drop_table':
      return [{...base, kind: 'drop', table, isOptional}]
    case 'add_column': {
      const column = args.find(
        (each): each is CallValue & {at: FileLocation} => each.kind === 'call' && each.method === 'Column',
      )
      if (!column || columnIn(column).length === 0) return unread(table)
      return [
        {...base, kind: 'add', table, columns: columnIn(column).map((each) => ({...each, isOptional}))},
        ...referencesOf([column], table),
      ]
    }
    case 'drop_column': {
      const name = columnName(call)
      return [{...base, kind: 'remove', table, columns: name === undefined ? [] : [{name, at, isOptional}]}]
    }
    case 'alter_column': {
      const name = columnName(call)
      const to = textOf(keywords.get('new_column_name'))
      if (name === undefined) return unread(table)
      const from = {name, at}
      const type = keywords.get('type_')
      // It may be an enum from then on, or none any more.
      const retyped: TableStep[] = type ? [{...base, kind: 'retype', table, column: {...from, sql: undefined}}] : []
      return to === undefined
        ? [{...base, kind: 'use', table, columns: [from]}, ...retyped]
        : [...retyped, {...base, kind: 'rename column', table, from, to}]
    }
    case 'create_index':
    case 'create_unique_constraint':
    case 'create_primary_key': {
      const list = keywords.get('columns') ?? args.find(({kind}) => kind === 'list')
      return [{...base, kind: 'use', table, columns: namesIn(list).map((name) => ({name, at}))}]
    }
    case 'create_foreign_key': {
      const other = args.filter(({kind}) => kind === 'text').at(-1)
      const target = textOf(keywords.get('referent_table') ?? keywords.get('referent') ?? other)
      const from = namesIn(keywords.get('local_cols') ?? args.find(({kind}) => kind === 'list'))
      if (target === undefined || from.length === 0 || keywords.has('referent_schema')) return anything
      return [{...base, by: `a foreign key of ${table}`, kind: 'refer', table: target, pair: {of: table, from, to: []}}]
    }
    case 'drop_constraint':
      return [{...base, kind: 'unbind', table}]
    default:
      return /^(?:create_check_constraint|create_table_comment|drop_table_comment)$/.test(method) ? [] : unread(table)
  }
}

function makeType(name: string, base: {by: string; at: FileLocation}, types: Set<string>): TableStep[] {
  if (types.has(name)) return []
  types.add(name)
  return [{...base, kind: 'make type', name}]
}

/** `sa.Enum(name="status").drop(op.get_bind())`, with checkfirst, too; undefined where it is not read what goes. */
function dropType(
  receiver: Value | undefined,
  base: {by: string; at: FileLocation},
  types: Set<string>,
): TableStep[] | undefined {
  const name = receiver?.kind === 'call' ? textOf(receiver.keywords.get('name')) : undefined
  if (name === undefined) return undefined
  types.delete(name)
  return [{...base, by: `drop of the type ${name}`, kind: 'drop type', name}]
}

/** A column that is written out; its type, where that is an enum with a name. */
function columnIn(value: Value): Named[] {
  const name = value.kind === 'call' && value.method === 'Column' ? textOf(value.args[0]) : undefined
  if (name === undefined || value.kind !== 'call') return []
  const [type] = columnEnums({...value, args: [value]})
  return [{name, at: value.at, ...(type && {sql: `"${type.type.name}"`}), fallback: null}]
}

/** The foreign keys of columns and constraints of a table. */
function referencesOf(values: readonly Value[], of: string): TableStep[] {
  return values.flatMap((value): TableStep[] => {
    if (value.kind !== 'call' || value.keywords.has('use_alter')) return []
    const base = {by: `a foreign key of ${of}`, at: value.at}
    if (value.method === 'Column') {
      const from = namesIn(value.args[0])
      return value.args.flatMap((each) =>
        each.kind === 'call' && each.method === 'ForeignKey' && !each.keywords.has('use_alter')
          ? refers(textOf(each.args[0]), from)
          : [],
      )
    }
    if (value.method !== 'ForeignKeyConstraint') return []
    const [own, others] = value.args
    return refers(namesIn(others)[0], namesIn(own))

    function refers(target: string | undefined, from: string[]): TableStep[] {
      const [, table] = /^(\w+)\.\w+$/.exec(target ?? '') ?? []
      return table === undefined ? [] : [{...base, kind: 'refer', table, pair: {of, from, to: []}}]
    }
  })
}

const namesIn = (value: Value | undefined): string[] =>
  value?.kind === 'list'
    ? value.items.flatMap((each) => textOf(each) ?? [])
    : value?.kind === 'text'
      ? [value.text]
      : []

/** What changes no table: rows, indexes, comments, rights, functions until they are called. */
const harmless =
  /^\s*(?:insert|update|delete|create\s+(?:unique\s+)?index|create\s+(?:or\s+replace\s+)?function|drop\s+index|comment|grant|revoke|analyze|create\s+extension|set\s+(?:lock|statement)_timeout|select\s+(?:setval|pg_\w+|set_config)\b|select\b[^(]*$)/i
/** It does what is not seen here. */
const opens = /\$|^\s*(?:do|call|select|with)\b/i
const drops = /^\s*drop\s+(table|type)\s+(if\s+exists\s+)?"?(\w+)"?\s*(?:restrict\s*)?$/i

/** Of SQL only what plainly drops a table or a type is followed; what else it says may be about any table that it names. */
function sqlSteps(step: Step, types: Set<string>): TableStep[] {
  const {at, call, conditional, mayFail} = step
  const base = {by: call.method, at}
  const read = sqlOf({steps: [step]})
  const unread = (text: string, mayMake: string[] = []): TableStep => ({...base, kind: 'unknown', text, mayMake})
  if (read.length === 0) return [unread('', [''])]
  return read.flatMap(({statements}) =>
    statements.flatMap((statement): TableStep[] => {
      if (harmless.test(statement)) return []
      if (opens.test(statement)) return [unread(statement, [''])]
      const [, kind, optional, name] = drops.exec(statement) ?? []
      if (kind === undefined || name === undefined || conditional || mayFail) return [unread(statement)]
      if (kind.toLowerCase() === 'type') {
        types.delete(name)
        return [{...base, by: `DROP TYPE ${name}`, kind: 'drop type', name}]
      }
      return [{...base, by: 'DROP TABLE', kind: 'drop', table: name, isOptional: optional !== undefined}]
    }),
  )
}
