import type {FileLocation} from '../../../check.ts'

/** A name that a step gives or asks for, and where it stands. */
export interface Named {
  name: string
  at: FileLocation
  /** The type that the column has from then on, in the words of the framework; undefined where it is not told. */
  type?: string | undefined
  /** The step says itself how the values become of that type. */
  isConverted?: boolean
  /** Nothing happens where the column is there already, or is not there. */
  isOptional?: boolean
}

/** What one statement of a migration does to the tables, in the words of every framework. */
export type TableStep = {
  by: string
  at: FileLocation
  /** Nothing happens where the table is there, or is not there. */
  isOptional?: boolean
} & (
  | {
      kind: 'make'
      table: string
      columns: Named[]
      /** All of its columns are those. */
      isWhole: boolean
      isOptional: boolean
    }
  | {kind: 'drop'; table: string; isOptional: boolean}
  | {kind: 'rename'; table: string; to: string}
  | {kind: 'add' | 'remove' | 'use'; table: string; columns: Named[]}
  | {kind: 'rename column'; table: string; from: Named; to: string}
  /** A foreign key. */
  | {kind: 'refer'; table: string}
  /**
   * What is not followed: every table whose name stands in the text may be any after it. `mayMake`: the beginnings of the
   * names of other tables that it may make, '' for any.
   */
  | {kind: 'unknown'; text: string; mayMake: string[]}
)

/** The steps of one file that the framework runs, in order. */
export interface MigrationSteps {
  path: string
  steps: TableStep[]
}
