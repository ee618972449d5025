/** Rows, and columns of rows, that a migration of SQL or alembic writes and that Postgres refuses. */
import type {FileLocation} from '../../../check.ts'
import {sqlIn} from '../sql.ts'
import type {Step} from '../steps.ts'
import {itemsIn, keyOf, name, word} from '../tables/sql-names.ts'
import {textOf, type Value} from '../value.ts'
import type {TableState, TableStates} from './table-states.ts'

export interface RowFault {
  /** `lacks`: these columns get no value, and may not be without one. `unknown`: the table has no such columns. `text`: asyncpg takes no text for them. */
  kind: 'lacks' | 'unknown' | 'text'
  table: string
  columns: string[]
  /** `INSERT INTO`, `op.bulk_insert`, `UPDATE`. */
  by: string
  at: FileLocation
  /** Where the table is made. */
  made: FileLocation
}

const pattern = (text: string): RegExp =>
  new RegExp(`^${text.replaceAll('NAME', name).replaceAll('WORD', word).replaceAll(' ', String.raw`\s+`)}`, 'i')

const inserts = pattern(String.raw`insert into NAME(?: as WORD)?\s*\(`)
const updates = pattern(String.raw`update (?:only )?NAME(?: (?:as )?(?!set\b)WORD)? set `)
const plain = new RegExp(`^${word}$`)

/** What Postgres refuses of a step, with the tables as they are before it. `driver`: what the connection is surely of. */
export function rowFaults(states: TableStates, step: Step, driver: 'asyncpg' | undefined): RowFault[] {
  const sql = sqlIn(step)
  if (sql) return sql.statements.flatMap((statement) => ofStatement(states, statement, step.at))
  return /^op\.bulk_insert$/.test(step.call.name) ? bulk(states, step, driver) : []
}

function ofStatement(states: TableStates, statement: string, at: FileLocation): RowFault[] {
  const [inserting, filled] = inserts.exec(statement) ?? []
  if (inserting !== undefined && filled !== undefined) {
    const table = keyOf(filled)
    const state = states.get(table)
    const items = itemsIn(statement, inserting.length - 1)
    if (!state || !items.every(({text}) => plain.test(text))) return []
    const given = new Set(items.map(({text}) => keyOf(text)))
    // A query may give no row at all.
    const rest = statement.slice(statement.indexOf(')', inserting.length))
    const isSure =
      /^\)\s*(?:overriding\s+\w+\s+value\s+)?(?:values\b|select\b(?![\s\S]*\b(?:from|where|limit)\b))/i.test(rest)
    return isSure ? lacking(state, given, {table, by: 'INSERT INTO', at}) : []
  }
  const [updating, updated] = updates.exec(statement) ?? []
  if (updating === undefined || updated === undefined) return []
  const table = keyOf(updated)
  const state = states.get(table)
  const [first] = itemsIn(`(${statement.slice(updating.length)})`, 0)
  const [, column] = new RegExp(`^(${word})\\s*=`).exec(first?.text ?? '') ?? []
  if (!state || column === undefined || state.columns.has(keyOf(column))) return []
  return [{kind: 'unknown', table, columns: [keyOf(column)], by: 'UPDATE', at, made: state.at}]
}

/** What stands among the columns and is none of the table is told as that. */
function lacking(
  {columns, hasTrigger, at: made}: TableState,
  given: ReadonlySet<string>,
  of: {table: string; by: string; at: FileLocation},
): RowFault[] {
  if (hasTrigger || [...given].some((each) => !columns.has(each))) return []
  const left = [...columns].flatMap(([each, {isOptional}]) => (isOptional || given.has(each) ? [] : each))
  return left.length === 0 ? [] : [{kind: 'lacks', columns: left, made, ...of}]
}

/** `op.bulk_insert(sa.table("roles", sa.column("name")), [{"name": "admin"}])`, or of the table that op.create_table gave. */
function bulk(states: TableStates, {call, at}: Step, driver: 'asyncpg' | undefined): RowFault[] {
  const [target, rows] = [call.args[0], call.args[1] ?? call.keywords.get('rows')]
  if (target?.kind !== 'call' || rows?.kind !== 'list') return []
  const table = textOf(target.args[0])
  const state = table === undefined ? undefined : states.get(table)
  const [first] = rows.items
  if (table === undefined || !state || first?.kind !== 'dict' || !/^(?:table|Table|create_table)$/.test(target.method))
    return []
  const columns = target.args.flatMap((each) => (each.kind === 'call' && /^[cC]olumn$/.test(each.method) ? each : []))
  // A default of the Column itself counts here, unlike in SQL.
  const given = new Set([
    ...first.entries.keys(),
    ...columns.flatMap(({args, keywords}) => (keywords.has('default') ? (textOf(args[0]) ?? []) : [])),
  ])
  const of = {table, by: 'op.bulk_insert', at}
  const faults = lacking(state, given, of)
  if (faults.length > 0 || driver !== 'asyncpg') return faults
  const texts = columns.flatMap(({args, keywords}) => {
    const own = textOf(args[0])
    const type = args[1] ?? keywords.get('type_')
    return own !== undefined && isTime(type) && first.entries.get(own)?.kind === 'text' ? own : []
  })
  return texts.length === 0 ? [] : [{kind: 'text', columns: texts, made: state.at, ...of}]
}

const isTime = (type: Value | undefined): boolean =>
  /(?:^|\.)(?:Date|DateTime|DATE|TIMESTAMP)$/.test(type?.kind === 'call' || type?.kind === 'name' ? type.name : '')
