/** Indexes of a kind that Postgres, or pgvector, has not for the type of their column. */
import type {FileLocation} from '../../../check.ts'
import {sqlIn} from '../sql.ts'
import type {Step} from '../steps.ts'
import {itemsIn, keyOf, name, word} from '../tables/sql-names.ts'
import {isConstant, textOf} from '../value.ts'
import type {ColumnState} from './column-state.ts'
import {madeBy, type TableStates} from './table-states.ts'

export interface IndexFault {
  table: string
  column: string
  /** `btree`, `gin`, `hnsw` … */
  method: string
  type: string
  /** Of a vector that is too long: how long it is. */
  dimensions: number | undefined
  /** Nothing is done where it is there. */
  mayExist: boolean
  at: FileLocation
}

const head = new RegExp(
  String.raw`^create\s+(?:unique\s+)?index\s+(?:concurrently\s+)?(if\s+not\s+exists\s+)?(?:(?!on\b)${word}\s+)?on\s+(?:only\s+)?${name}\s*(?:using\s+(\w+)\s*)?\(`,
  'i',
)

/** `extensions`: the text of all migrations, in which btree_gin and its like give more types a class. */
export function indexFaults(states: TableStates, step: Step, extensions: string): IndexFault[] {
  const sql = sqlIn(step)
  if (sql) return sql.statements.flatMap((statement) => ofStatement(statement, step.at))
  const {call, table, at} = step
  if (call.method === 'create_table' && table !== undefined) {
    const made = madeBy(call, at)
    return call.args.flatMap((each) => {
      const indexed =
        each.kind === 'call' && ['index', 'unique'].some((flag) => isConstant(each.keywords.get(flag), true))
      const column = each.kind === 'call' ? textOf(each.args[0]) : undefined
      const state = column === undefined ? undefined : made?.columns.get(column)
      return indexed && column !== undefined ? look({table, column, method: 'btree', at: each.at}, state, false) : []
    })
  }
  if (call.method !== 'create_index' || table === undefined) return []
  const columns = call.keywords.get('columns') ?? call.args[2] ?? (/^op\./.test(call.name) ? undefined : call.args[1])
  const method = call.keywords.has('postgresql_using') ? textOf(call.keywords.get('postgresql_using')) : 'btree'
  if (columns?.kind !== 'list' || method === undefined) return []
  return columns.items.flatMap((each) => {
    const column = textOf(each)
    const state = column === undefined ? undefined : states.get(table)?.columns.get(column)
    const hasClass = call.keywords.has('postgresql_ops')
    return column === undefined
      ? []
      : look({table, column, method: method.toLowerCase(), at}, state, hasClass, call.keywords.has('if_not_exists'))
  })

  function ofStatement(statement: string, at: FileLocation): IndexFault[] {
    const [opening, optional, on, using = 'btree'] = head.exec(statement) ?? []
    if (opening === undefined || on === undefined) return []
    const table = keyOf(on)
    return itemsIn(statement, opening.length - 1).flatMap(({text}) => {
      const [, own, rest = ''] = new RegExp(`^(${word})(\\s[\\s\\S]*)?$`).exec(text) ?? []
      const state = own === undefined ? undefined : states.get(table)?.columns.get(keyOf(own))
      const hasClass = !/^\s*(?:(?:asc|desc)\b|nulls\b|$)/i.test(rest)
      return own === undefined
        ? []
        : look({table, column: keyOf(own), method: using.toLowerCase(), at}, state, hasClass, optional !== undefined)
    })
  }

  function look(
    of: {table: string; column: string; method: string; at: FileLocation},
    state: ColumnState | undefined,
    hasClass: boolean,
    mayExist = false,
  ): IndexFault[] {
    if (state?.type === undefined) return []
    const most = of.method === 'hnsw' || of.method === 'ivfflat' ? longest[state.type] : undefined
    const isLong = most !== undefined && (state.dimensions ?? 0) > most
    if (!isLong && (hasClass || !lacksClass(state.type, of.method))) return []
    return [{...of, type: state.type, dimensions: isLong ? state.dimensions : undefined, mayExist}]
  }

  function lacksClass(type: string, method: string): boolean {
    if (type === 'json') return /^(?:btree|hash|gin|gist|brin)$/.test(method)
    const scalar = /^(?:text|number|time|boolean|uuid)$/.test(type)
    return (method === 'gin' || method === 'gist') && scalar && !extensions.includes(`btree_${method}`)
  }
}

/** Of pgvector: how many numbers an index takes. */
const longest: Readonly<Record<string, number>> = {vector: 2000, halfvec: 4000}
