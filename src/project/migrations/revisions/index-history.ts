/** Indexes and unique constraints that a history makes twice: Postgres keeps their names in one list with those of tables. */
import type {FileLocation} from '../../../check.ts'
import type {Step} from '../steps.ts'
import {textOf, type Value} from '../value.ts'
import {doesUnseen, dropsMuch, isOperation, isPlain, type MadeAgain} from './replay.ts'

const named = /\bcreate_(?:index|unique_constraint)\(\s*(?:\w{1,40}\.f\(\s*)?["'](\w{1,100})["']/g
/** SQL that takes an index away, or calls it otherwise. */
const goesInSql = /\bdrop\s+(?:index|constraint)\b|\balter\s+index\b|\brename\b/i

/** Names that two of these texts give an index, or one gives twice. */
export function indexCandidates(texts: readonly string[]): Set<string> {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const text of texts)
    for (const [, name = ''] of text.matchAll(named)) {
      if (seen.has(name)) twice.add(name)
      seen.add(name)
    }
  return twice
}

/** `perTable`: MySQL has a list for each table. */
export function replayIndexes(names: ReadonlySet<string>, perTable: boolean) {
  const made = new Map<string, {table: string; at: FileLocation}>()
  return {run}

  /** Takes the next migration: what it makes again. */
  function run(text: string, steps: readonly Step[]): MadeAgain[] {
    if (dropsMuch.test(text) || doesUnseen.test(text)) {
      made.clear()
      return []
    }
    // What goes in SQL, or in a way that is not read, is not counted on.
    for (const name of made.keys()) if (goesInSql.test(text) && text.includes(name)) made.delete(name)
    return steps.flatMap((step) => {
      const {call, at, table, conditional} = step
      const {method, args, keywords} = call
      if (/^(?:drop_table|drop_column|rename_table)$/.test(method)) forget(table)
      const name = nameOf(args[0] ?? keywords.get('index_name') ?? keywords.get('constraint_name'))
      if (/^drop_(?:index|constraint)$/.test(method)) {
        // One whose name is put together may be any.
        if (name === undefined) made.clear()
        else made.delete(name)
      }
      const isMaker = isOperation(step, 'create_index') || isOperation(step, 'create_unique_constraint')
      if (!isMaker || name === undefined || table === undefined || !names.has(name)) return []
      if (conditional || !isPlain(step)) {
        made.delete(name)
        return []
      }
      const before = made.get(name)
      if (before && (!perTable || before.table === table))
        return [{table, column: undefined, index: name, by: method, at, first: before.at}]
      made.set(name, {table, at})
      return []
    })
  }

  /** With a table or a column its indexes go. */
  function forget(table: string | undefined): void {
    for (const [name, each] of made) if (table === undefined || each.table === table) made.delete(name)
  }
}

/** `"ix_users_email"`, `op.f("ix_users_email")`. */
const nameOf = (value: Value | undefined): string | undefined =>
  value?.kind === 'call' && /^\w+\.f$/.test(value.name) ? textOf(value.args[0]) : textOf(value)
