/** What SQLAlchemy and alembic refuse of a step before it reaches the database. */
import {defaultFault} from '../../python/frameworks/mapped-tables.ts'
import type {ModuleFault} from '../../python/frameworks/module-fault.ts'
import {libraryName} from '../../python/imports/library-names.ts'
import type {Step} from '../steps.ts'
import {textOf, type Value} from '../value.ts'
import {refusedTable} from './refused-table.ts'

/** By the usual name of sqlalchemy, `sa`: what nothing imports is told elsewhere. */
export function refusedIn(step: Step): ModuleFault[] {
  const {call, table, at} = step
  const found = refusedTable(step)
  const second = call.args[1]
  if (/^op\.add_column$/.test(call.name) && second?.kind === 'text')
    found.push({
      message: `op.add_column is given the name "${second.text}" in the place of a column`,
      error: "AttributeError: 'str' object has no attribute 'table'",
      cure: `Write op.add_column("${table ?? 'TABLE'}", sa.Column("${second.text}", …)).`,
      at,
    })
  if (call.method === 'alter_column')
    refuseDefault(call.keywords.get('server_default'), textOf(call.args.at(-1)) ?? 'the column')
  walk(call)
  return found

  function walk(value: Value | (Value & {kind: 'call'}) | typeof call): void {
    if (value.kind === 'list') for (const each of value.items) walk(each)
    const name = value.kind === 'name' || value.kind === 'call' ? value.name : ''
    const [owner, member, ...more] = name.split('.')
    const isWhole = /^(?:sa|sqlalchemy)$/.test(owner ?? '') && member !== undefined && more.length === 0
    const library = isWhole ? libraryName(`sqlalchemy.${member}`) : undefined
    // No version has it.
    if (library && library.since === undefined && library.until === undefined)
      found.push({
        message: `${name} is no name of SQLAlchemy`,
        error: `AttributeError: module 'sqlalchemy' has no attribute '${member}'`,
        cure: `Take ${member} from ${library.instead}.`,
        at: 'at' in value ? value.at : at,
      })
    if (value.kind !== 'call') return
    if (value.method === 'Column')
      refuseDefault(value.keywords.get('server_default'), textOf(value.args[0]) ?? 'a column')
    for (const each of [...value.args, ...value.keywords.values()]) walk(each)
  }

  /** A text, an expression of SQL, or None. */
  function refuseDefault(value: Value | undefined, column: string): void {
    const written = value && literal(value)
    // op.alter_column takes False for "as it is".
    if (value === undefined || written === undefined || (call.method === 'alter_column' && written === 'False')) return
    found.push({...defaultFault(table === undefined ? column : `${table}.${column}`, written), at: value.at})
  }
}

function literal(value: Value): string | undefined {
  if (value.kind === 'list') return 'a list'
  if (value.kind !== 'constant' || value.value === null) return undefined
  return typeof value.value === 'boolean' ? (value.value ? 'True' : 'False') : String(value.value)
}
