/** The tables and columns of a database as its migrations leave it, one after the other. */
import type {FileLocation} from '../../../check.ts'
import {changesOf} from '../changes.ts'
import type {Step} from '../steps.ts'
import {isConstant, textOf, type Value} from '../value.ts'

/** A table, a column or an index that is there already when a step makes it. */
export interface MadeAgain {
  table: string
  /** undefined: the table itself. */
  column: string | undefined
  /** The name of an index. */
  index?: string
  /** The operation that made it first was one of its own: `create_index`; undefined: `index=True` of a column. */
  by?: string
  at: FileLocation
  /** Where it was made before. */
  first: FileLocation
}

interface Table {
  /** undefined where no migration makes it. */
  at: FileLocation | undefined
  columns: Map<string, FileLocation>
}

/** Nothing of what was made before can be counted on: much is dropped, or a batch is about another schema. */
export const dropsMuch =
  /\bdrop_all\b|\bbatch_alter_table\([^)\n]{0,500}\bschema\s*=\s*(?!None\b|\s)|\bdrop\s+(?:schema|owned|database)\b|\bdrop_table\(\s{0,200}(?!["'\s])|\bdrop_column\(\s{0,200}[^"',\s][^"',]{0,200},\s{0,200}(?!["'\s])/i
/** Or something is done that is not read: by an object, a helper or a file of SQL, in another schema, or in vain. */
export const doesUnseen =
  /\.drop\(|(?<!\.)\b\w{0,50}(?:drop|reset|wipe)\w*\(|\bopen\(|\bread_(?:text|sql)\b|\bsearch_path\b|\bsuppress\(|[(,]\s*\*\*[a-z]/i
const dropsTable = /\bdrop_table\b|\bdrop\s+table\b|\brename_table\b|\brename\s+to\b/i
const dropsColumn = /\bdrop_column\b|\bdrop\s+column\b|\bnew_column_name\b|\brename\s+column\b/i

export function replay(names: ReadonlySet<string>) {
  const tables = new Map<string, Table>()
  return {run}

  /** Takes the next migration: what it makes again. */
  function run(text: string, steps: readonly Step[]): MadeAgain[] {
    if (dropsMuch.test(text) || doesUnseen.test(text)) {
      tables.clear()
      return []
    }
    const found: MadeAgain[] = []
    const changes = new Map(steps.map((step) => [step, changesOf({steps: [step]})]))
    forgetUnseen(text, [...changes.values()].flat())
    for (const [step, made] of changes) {
      for (const change of made) {
        const {table, kind} = change
        if (kind === 'drop table' || kind === 'rename table') tables.delete(table)
        else if (kind === 'drop column' || kind === 'rename column') tables.get(table)?.columns.delete(change.column)
        else if (kind === 'make table') makeTable(step, table, found)
        else if (kind === 'add column') addColumn(step, table, change.column, change.at, found)
      }
    }
    return found
  }

  /** What seems to go in a way that is not read: in a loop, or in SQL that is put together. */
  function forgetUnseen(text: string, changes: readonly {kind: string; table: string}[]): void {
    const gone = (table: string, kinds: RegExp) => changes.some((each) => each.table === table && kinds.test(each.kind))
    for (const [name, {columns}] of tables) {
      if (!new RegExp(`\\b${name}\\b`).test(text)) continue
      if (dropsTable.test(text) && !gone(name, /^(?:drop|rename) table$/)) tables.delete(name)
      if (!dropsColumn.test(text) || gone(name, /^(?:drop|rename) column$/)) continue
      for (const column of columns.keys()) if (new RegExp(`\\b${column}\\b`).test(text)) columns.delete(column)
    }
  }

  function makeTable(step: Step, table: string, found: MadeAgain[]): void {
    const {call, at, conditional} = step
    const isOwn = isOperation(step, 'create_table')
    if (!names.has(table) || conditional || (isOwn && !isPlain(step))) return
    const before = tables.get(table)
    if (before?.at && isOwn) found.push({table, column: undefined, at, first: before.at})
    const columns = isOwn ? call.args.flatMap(columnOf) : []
    if (!before?.at) tables.set(table, {at, columns: new Map(columns.map((each) => [each.name, each.at]))})
  }

  function addColumn(step: Step, table: string, column: string, at: FileLocation, found: MadeAgain[]): void {
    const isOwn = isOperation(step, 'add_column')
    if (!names.has(table) || step.conditional || (isOwn && !isPlain(step))) return
    const known = tables.get(table) ?? {at: undefined, columns: new Map<string, FileLocation>()}
    tables.set(table, known)
    const first = known.columns.get(column)
    if (first && isOwn) found.push({table, column, at, first})
    else known.columns.set(column, at)
  }
}

/** Of op itself or of a batch, not of a helper that may look first. */
export const isOperation = ({call}: Step, method: string): boolean =>
  call.method === method && /^(?:op|\w{0,50}batch\w{0,50}|\w)\.\w+$/.test(call.name)

/** In the schema that all have, and whatever is there. */
export const isPlain = ({call: {keywords}}: Step): boolean =>
  !keywords.has('schema') && (!keywords.has('if_not_exists') || isConstant(keywords.get('if_not_exists'), false))

function columnOf(value: Value): {name: string; at: FileLocation}[] {
  if (value.kind !== 'call' || value.method !== 'Column') return []
  const name = textOf(value.args[0])
  return name === undefined ? [] : [{name, at: value.at}]
}
