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
  /** Its type as SQL writes it. */
  sql?: string | undefined
  /** What SQL has behind DEFAULT; null: nothing; undefined where it is not told. */
  fallback?: string | null | undefined
}

/** What a foreign key binds: columns of a table to those of its target; none: to the primary key. */
export interface KeyPair {
  of: string
  from: string[]
  to: string[]
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
      /** The columns of the primary key and of each key that is unique; undefined where that is not told. */
      keys?: string[][]
      /** Those of the primary key. */
      primary?: string[]
    }
  /** `along`: those that go with it in one statement. */
  | {kind: 'drop'; table: string; isOptional: boolean; along?: readonly string[]}
  | {kind: 'rename'; table: string; to: string}
  | {kind: 'add' | 'remove' | 'use'; table: string; columns: Named[]}
  | {kind: 'rename column'; table: string; from: Named; to: string}
  /** A foreign key, or a query. */
  | {kind: 'refer'; table: string; pair?: KeyPair}
  /** A primary key, or one that is unique; undefined: of columns that are not told. */
  | {kind: 'key'; table: string; key: string[] | undefined}
  /** The column gets the type, or the default, that is named. */
  | {kind: 'retype'; table: string; column: Named}
  | {kind: 'default'; table: string; column: Named}
  /** An enum is made, gets another name, or goes. */
  | {kind: 'make type'; name: string}
  | {kind: 'drop type'; name: string}
  /** An enum gets one more value. */
  | {kind: 'add value'; name: string; value: string}
  /** Texts that columns are given, or held against. */
  | {kind: 'fill'; table: string; texts: {column: string; text: string}[]}
  | {kind: 'rename type'; name: string; to: string}
  /** A view or a policy, which Postgres keeps what it names for: of each table the text of the query, or the condition. */
  | {
      kind: 'hold'
      what: string
      name: string
      reads: {table: string; alias?: string | undefined; text: string}[]
      /** All that it says. */
      text: string
    }
  /** That of this name goes. */
  | {kind: 'release'; name: string}
  /** Foreign keys of the table may go. */
  | {kind: 'unbind'; table: string}
  /** Whatever needs one of these goes along, and what needs that. */
  | {kind: 'cascade'; words: readonly string[]}
  /**
   * What is not followed: every table whose name stands in the text may be any after it. `mayMake`: the beginnings of the
   * names of other tables that it may make, '' for any. `isInPart`: of a table it changes no more than what it names.
   */
  | {kind: 'unknown'; text: string; mayMake: string[]; isInPart?: boolean}
)

/** The steps of one file that the framework runs, in order. */
export interface MigrationSteps {
  path: string
  steps: TableStep[]
}
