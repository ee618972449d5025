/** Columns that a migration adds, fills for some rows alone or for none, and then says are never NULL. */
import type {FileLocation} from '../../check.ts'
import {changesOf} from './changes.ts'
import type {Migration} from './migrations.ts'
import {sqlIn} from './sql.ts'
import type {Step} from './steps.ts'

export interface PartlyFilled {
  table: string
  column: string
  /** What the rows that get a value are told by: `kind = '…'`; undefined where none gets one. */
  condition: string | undefined
  /** What fills it, or adds it. */
  at: FileLocation
  /** Where the column is said to be never NULL. */
  end: FileLocation
}

/** `kind = 'mock'`: which rows these are, the text says; strings are empty here. */
const comparison = /^"?([\w.]+)"?\s*(=|<>|!=)\s*(?:''|-?\d+|true|false)$/i

export function partlyFilled({steps}: Pick<Migration, 'steps'>): PartlyFilled[] {
  const found: PartlyFilled[] = []
  const changes = steps.flatMap((step, index) => changesOf({steps: [step]}).map((change) => ({...change, index})))
  for (const {kind, table, conditional, index, at: end, ...last} of changes) {
    if (kind !== 'set not null' || conditional || !('column' in last)) continue
    const {column} = last
    const added = changes.findLast(
      (each) => each.kind === 'add column' && each.table === table && each.column === column && each.index <= index,
    )
    if (added?.kind !== 'add column' || added.conditional || added.isEmpty || added.hasDefault) continue
    if (changes.some((each) => each.kind === 'make table' && each.table === table)) continue
    const between = steps.slice(added.index + 1, index)
    if (!between.every(isRead)) continue
    const fills = between.filter((step) => names(step, column))
    const [fill] = fills
    if (between.every(isDefinition)) found.push({table, column, condition: undefined, at: added.at, end})
    const condition = fill && fills.length === 1 ? conditionOf(fill, table, column) : undefined
    if (fill && condition !== undefined) found.push({table, column, condition, at: fill.at, end})
  }
  return found
}

/** An operation of alembic, or SQL as it stands: whatever else may fill the column in a way of its own. */
const isRead = (step: Step): boolean =>
  !step.conditional &&
  (sqlIn(step) !== undefined || /^(?:op|\w{0,50}batch\w{0,50})\.(?!execute$|bulk_insert$)\w+$/.test(step.call.name))

/** It changes what tables are, and no row: not `DELETE`, nor a function of the database. */
const isDefinition = (step: Step): boolean =>
  sqlIn(step)?.statements.every((each) => /^\s{0,99}(?:alter|create|drop|comment)\b/i.test(each)) ?? true

const names = (step: Step, column: string): boolean =>
  sqlIn(step)?.statements.some((each) => new RegExp(`\\b${column}\\b`, 'i').test(each)) ?? false

function conditionOf(step: Step, table: string, column: string): string | undefined {
  const [statement = '', ...others] = sqlIn(step)?.statements ?? []
  const [, updated, where = ''] =
    /^update\s+(?:only\s+)?(?:"?\w+"?\.)?"?(\w+)"?\s+set\s[\s\S]{1,2000}?\swhere\s([\s\S]{1,300})$/i.exec(statement) ??
    []
  const [condition, by] = comparison.exec(where.trim()) ?? []
  const isOther = by !== undefined && by.toLowerCase() !== column.toLowerCase()
  return others.length === 0 && updated === table && condition !== undefined && isOther
    ? condition.replace("''", "'…'").replace(/\s+/g, ' ').replace(/"/g, '')
    : undefined
}
