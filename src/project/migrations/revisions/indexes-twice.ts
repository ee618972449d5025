/** Indexes that a migration makes twice: `index=True` at a column makes one, and op.create_index names the same. */
import type {FileLocation} from '../../../check.ts'
import type {Step} from '../steps.ts'
import {isConstant, textOf, type Value} from '../value.ts'
import type {MadeAgain} from './replay.ts'

/** The name that SQLAlchemy gives an index of a column, where no naming_convention says another. */
const nameOf = (table: string, column: string): string => `ix_${table}_${column}`

/** Alembic makes the indexes of a new table's columns, and of a new column, as part of that operation. */
export function indexesTwice(steps: readonly Step[]): MadeAgain[] {
  const made = new Map<string, FileLocation>()
  const found: MadeAgain[] = []
  for (const {call, at, table, conditional} of steps) {
    const {method, name, args, keywords} = call
    if (!/^op\.\w+$/.test(name)) continue
    if (/^drop_|^execute$|^rename_/.test(method)) made.clear()
    if (table === undefined) continue
    if (method === 'create_table' || method === 'add_column') {
      if (conditional || keywords.has('schema') || keywords.has('if_not_exists')) continue
      for (const column of args.flatMap(indexedOf)) made.set(nameOf(table, column.name), column.at)
    } else if (method === 'create_index') {
      const index = indexName(args[0] ?? keywords.get('index_name'))
      const first = index === undefined ? undefined : made.get(index)
      if (
        index === undefined ||
        !first ||
        conditional ||
        ['schema', 'if_not_exists'].some((each) => keywords.has(each))
      )
        continue
      found.push({table, column: undefined, index, at, first})
    }
  }
  return found
}

function indexedOf(value: Value): {name: string; at: FileLocation}[] {
  if (value.kind !== 'call' || value.method !== 'Column' || !isConstant(value.keywords.get('index'), true)) return []
  const name = textOf(value.args[0])
  return name === undefined || value.keywords.has('key') ? [] : [{name, at: value.at}]
}

/** `"ix_users_email"`, `op.f("ix_users_email")`. */
const indexName = (value: Value | undefined): string | undefined =>
  value?.kind === 'call' && value.name === 'op.f' ? textOf(value.args[0]) : textOf(value)
