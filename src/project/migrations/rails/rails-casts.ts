/** Changes of a column's type in Rails that Postgres does not make by itself. */
import type {FileLocation} from '../../../check.ts'
import type {TextFile} from '../../files/text.ts'
import {railsSteps} from '../tables/rails-steps.ts'
import type {Named, TableStep} from '../tables/table-step.ts'

export interface RailsCast {
  /** `items.price` */
  column: string
  /** The types as Rails calls them. */
  from: string
  to: string
  at: FileLocation
}

/** What Postgres turns into each other without being told how (pg_cast); everything becomes text. */
const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  text: 'text',
  integer: 'number',
  bigint: 'number',
  decimal: 'number',
  float: 'number',
  boolean: 'boolean',
  date: 'time',
  datetime: 'time',
  timestamp: 'time',
  uuid: 'uuid',
  json: 'json',
  jsonb: 'json',
}

/** What may change a type by SQL of its own, or go on behind a change that fails. */
const ownWay = /\b(?:execute|rescue)\b/

/** `earlier`: the migrations before it, in their order. */
export function railsCasts(file: TextFile, earlier: readonly TextFile[]): RailsCast[] {
  if (ownWay.test(file.text)) return []
  const types = new ColumnTypes()
  for (const each of earlier) {
    for (const step of railsSteps(each)?.steps ?? []) types.run(step)
    // Its SQL may stand anywhere in the file.
    if (ownWay.test(each.text)) types.forget(each.text)
  }
  return (railsSteps(file)?.steps ?? []).flatMap((step) => {
    const found = step.kind === 'use' ? step.columns.flatMap((each) => castOf(step.table, each, types) ?? []) : []
    types.run(step)
    return found
  })
}

function castOf(
  table: string,
  {name, at, type: to = '', isConverted}: Named,
  types: ColumnTypes,
): RailsCast | undefined {
  const from = types.of(table, name) ?? ''
  const isFree = kinds[to] === 'text' || kinds[from] === kinds[to] || !kinds[from] || !kinds[to]
  return isFree || isConverted ? undefined : {column: `${table}.${name}`, from, to, at}
}

/** The types of the columns as the steps leave them, of those that are followed. */
class ColumnTypes {
  readonly #tables = new Map<string, Map<string, string | undefined>>()

  of(table: string, column: string): string | undefined {
    return this.#tables.get(table)?.get(column)
  }

  /** Of the tables that a text names nothing is known any more. */
  forget(text: string): void {
    for (const word of text.match(/\w+/g) ?? []) this.#tables.delete(word)
  }

  run(step: TableStep): void {
    const tables = this.#tables
    if (step.kind === 'unknown') this.forget(step.text)
    else if (step.kind === 'drop') tables.delete(step.table)
    else if (step.kind === 'make') tables.set(step.table, new Map(step.columns.map(({name, type}) => [name, type])))
    else if (step.kind === 'rename') {
      const columns = tables.get(step.table)
      tables.delete(step.table)
      if (columns) tables.set(step.to, columns)
    } else if (step.kind === 'rename column') {
      const columns = tables.get(step.table)
      columns?.set(step.to, columns.get(step.from.name))
      columns?.delete(step.from.name)
    } else if (step.kind === 'add' || step.kind === 'remove' || step.kind === 'use') {
      const columns = tables.get(step.table) ?? new Map<string, string | undefined>()
      tables.set(step.table, columns)
      // A use without a type leaves the column as it is.
      for (const {name, type} of step.columns) if (step.kind !== 'use' || type !== undefined) columns.set(name, type)
      if (step.kind === 'remove') for (const {name} of step.columns) columns.delete(name)
    }
  }
}
