import type {FileLocation} from '../../check.ts'
import {callChanges} from './call-changes.ts'
import type {Migration} from './migrations.ts'
import {sqlIn} from './sql.ts'
import {statementChanges} from './statement-changes.ts'

/** What a step does to a table, whether a function of alembic says so or SQL does. */
export type What =
  | {kind: 'make table' | 'drop table' | 'rename table' | 'update all rows'}
  | {kind: 'drop column' | 'rename column' | 'set not null'; column: string}
  | {
      kind: 'add column'
      column: string
      /** It may not be NULL, and nothing gives it a value. */
      isEmpty: boolean
      /** Rows that are there get a value with it. */
      hasDefault: boolean
      /** What has each row get a value of its own, so that the table is written anew: `random()`, `an identity`. */
      filledBy: string | undefined
      isIndexed: boolean
      isUnique: boolean
      references: boolean
    }
  | {
      kind: 'change type'
      column: string
      /** Kinds of types; undefined where they are not known. */
      from: string | undefined
      to: string | undefined
      hasUsing: boolean
      isRewrite: boolean
    }
  | {kind: 'index'; isConcurrent: boolean}
  | {kind: 'foreign key' | 'check'; isNotValid: boolean}
  | {kind: 'unique'; usesIndex: boolean}

export type Change = What & {table: string; at: FileLocation; conditional: boolean; isSure: boolean}

/** The changes of a migration, in order. */
export function changesOf(migration: Pick<Migration, 'steps'>): Change[] {
  return migration.steps.flatMap((step) => {
    const {conditional, isSure} = step
    const found = sqlIn(step)?.statements.flatMap(statementChanges) ?? callChanges(step)
    return found.map((change) => ({at: step.at, conditional, isSure, ...change}))
  })
}
