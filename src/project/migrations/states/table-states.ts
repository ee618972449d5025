/** Takes the steps of the migrations one after the other: which columns each table has, and what a row of it needs. */
import type {FileLocation} from '../../../check.ts'
import {sqlIn} from '../sql.ts'
import type {Step} from '../steps.ts'
import {itemsIn, keyOf, name, word} from '../tables/sql-names.ts'
import {type CallValue, isConstant, textOf} from '../value.ts'
import {type ColumnState, columnOfCall, columnOfSql} from './column-state.ts'

export interface TableState {
  /** Where it is made. */
  at: FileLocation
  columns: Map<string, ColumnState>
  /** A trigger may give a row what it lacks. */
  hasTrigger: boolean
}

export type TableStates = Map<string, TableState>

const pattern = (text: string): RegExp =>
  new RegExp(`^${text.replaceAll('NAME', name).replaceAll('WORD', `(${word})`).replaceAll(' ', String.raw`\s+`)}`, 'i')

const makes = pattern(String.raw`create (?:unlogged )?table (?:if not exists )?NAME\s*\(`)
const alters = pattern('alter table (?:if exists )?(?:only )?NAME ')
const triggers = pattern(
  String.raw`create (?:or replace )?(?:constraint )?(?:trigger|rule) WORD [^']{0,300}?\b(?:on|to) NAME`,
)
const adds = pattern(
  'add (?:column )?(?:if not exists )?(?!constraint\\b|primary\\b|unique\\b|foreign\\b|check\\b|exclude\\b)WORD ',
)
const sets = pattern('alter (?:column )?WORD ')
const entry = /^(?:constraint|primary\s+key|unique|foreign\s+key|check|exclude|like)(?![\w"])/i
const key = /^(?:constraint\s+(?:"[^"]+"|\w+)\s+)?primary\s+key\s*\(/i
/** About rows, names or rights: no column changes. */
const harmless =
  /^(?:begin|start|commit|end|set|reset|select|with|insert|update|delete|truncate|comment|grant|revoke|analyze|lock|values|create\s+(?:unique\s+)?index|create\s+(?:or\s+replace\s+)?(?:type|extension|sequence|function|procedure|view|policy)|drop\s+(?:index|function|trigger|policy|view)|alter\s+(?:type|sequence))\b/i

/** Changes the states as the step does; what is not followed is forgotten. `text`: that of the whole migration. */
export function take(states: TableStates, step: Step, text: string): void {
  const sql = sqlIn(step)
  if (sql && isBlock.test(sql.text)) {
    if (/\b(?:alter|drop|create)\s+table\b|\bexecute\b/i.test(sql.text)) forget(states, sql.text)
  } else if (sql) for (const statement of sql.statements) takeStatement(states, statement, step)
  // SQL that is put together may do anything to the tables that the migration names.
  else if (/^(?:exec|run_sync|upgrade$|run_sql)/.test(step.call.method)) forget(states, text)
  else takeCall(states, step)
}

const isBlock = /^\s*(?:do\b|create\s+(?:or\s+replace\s+)?(?:function|procedure)\b)/i

export function forget(states: TableStates, text: string): void {
  const words = new Set(text.match(/\w+/g) ?? [])
  for (const table of states.keys()) if (words.has(table)) states.delete(table)
}

function takeStatement(states: TableStates, statement: string, step: Step): void {
  const [making, made] = makes.exec(statement) ?? []
  if (making !== undefined && made !== undefined) {
    const table = keyOf(made)
    const entries = itemsIn(statement, making.length - 1).map((each) => each.text)
    // Where it is there, which columns it has is not known; those of another table come with LIKE.
    const isOpen =
      step.conditional ||
      states.has(table) ||
      entries.some((each) => /^like\b/i.test(each)) ||
      /\b(?:inherits|partition\s+of)\b/i.test(statement)
    if (isOpen) return void states.delete(table)
    const keys = new Set(
      entries.flatMap((each) => {
        const [head] = key.exec(each) ?? []
        return head === undefined ? [] : itemsIn(each, head.length - 1).map((one) => keyOf(one.text))
      }),
    )
    const columns = new Map<string, ColumnState>()
    for (const each of entries) {
      if (entry.test(each)) continue
      const [own] = new RegExp(`^${word}`).exec(each) ?? []
      if (own !== undefined) columns.set(keyOf(own), columnOfSql(each.slice(own.length), keys.has(keyOf(own))))
    }
    states.set(table, {at: step.at, columns, hasTrigger: false})
    return
  }
  const [altering, altered] = alters.exec(statement) ?? []
  if (altering !== undefined && altered !== undefined) {
    const state = states.get(keyOf(altered))
    if (!state) return
    if (step.conditional) return void states.delete(keyOf(altered))
    for (const {text} of itemsIn(`(${statement.slice(altering.length)})`, 0))
      if (!alter(state, text)) states.delete(keyOf(altered))
    return
  }
  const [, , owner] = triggers.exec(statement) ?? []
  const owned = owner === undefined ? undefined : states.get(keyOf(owner))
  if (owned) owned.hasTrigger = true
  else if (!harmless.test(statement)) forget(states, statement)
}

/** One action of ALTER TABLE; false where it is not followed. */
function alter(state: TableState, action: string): boolean {
  if (
    /^(?:add\s+(?:constraint|unique|foreign|check|exclude)|drop\s+constraint|validate|enable|disable|force|no\s+force|owner|replica)\b/i.test(
      action,
    )
  )
    return !/\bprimary\s+key\b/i.test(action)
  const [adding, added] = adds.exec(action) ?? []
  if (adding !== undefined && added !== undefined) {
    if (!state.columns.has(keyOf(added)))
      state.columns.set(keyOf(added), columnOfSql(action.slice(adding.length), false))
    return true
  }
  const [setting, set] = sets.exec(action) ?? []
  const column = set === undefined ? undefined : state.columns.get(keyOf(set))
  if (setting === undefined || !column) return false
  const rest = action.slice(setting.length)
  if (/^(?:set\s+default|drop\s+not\s+null|add\s+generated)\b/i.test(rest)) column.isOptional = true
  else if (/^(?:set\s+data\s+)?type\b/i.test(rest)) column.type = undefined
  // What has lost its default, or may not be NULL from now on, is not looked at any more.
  return true
}

function takeCall(states: TableStates, step: Step): void {
  const {call, table, conditional} = step
  const {method, keywords, args} = call
  if (table === undefined) return
  const state = states.get(table)
  if (method === 'create_table') {
    const made =
      conditional || state || keywords.has('schema') || keywords.has('if_not_exists')
        ? undefined
        : madeBy(call, step.at)
    if (made) states.set(table, made)
    else states.delete(table)
    return
  }
  if (!state) return
  if (/^(?:drop|rename)_table$/.test(method) || (conditional && /_column$/.test(method)))
    return void states.delete(table)
  if (method === 'add_column') {
    const column = args.find((each) => each.kind === 'call' && each.method === 'Column')
    const own = column?.kind === 'call' ? nameOf(column) : undefined
    if (own === undefined) return void states.delete(table)
    if (!state.columns.has(own)) state.columns.set(own, columnOfCall(column as CallValue, own, new Set()))
    return
  }
  if (method === 'alter_column') {
    const own = textOf(keywords.get('column_name') ?? args.filter(({kind}) => kind === 'text').at(-1))
    const column = own === undefined ? undefined : state.columns.get(own)
    const says = [...keywords.keys()].filter((each) => !/^(?:existing_|schema$|postgresql_using$|comment$)/.test(each))
    if (!column || says.some((each) => each !== 'nullable' && each !== 'server_default'))
      return void states.delete(table)
    // What has lost its default, or gets one, is not looked at any more.
    if (says.includes('server_default') || isConstant(keywords.get('nullable'), true)) column.isOptional = true
    return
  }
  if (method !== 'drop_column') return
  const own = textOf(keywords.get('column_name') ?? args.filter(({kind}) => kind === 'text').at(-1))
  if (own === undefined) states.delete(table)
  else state.columns.delete(own)
}

const nameOf = ({args, keywords}: CallValue): string | undefined => textOf(args[0]) ?? textOf(keywords.get('name'))

/** A new table of which every column stands there with its name. */
export function madeBy({args}: CallValue, at: FileLocation): TableState | undefined {
  const keys = new Set(
    args.flatMap((each) =>
      each.kind === 'call' && each.method === 'PrimaryKeyConstraint'
        ? each.args.flatMap((one) => textOf(one) ?? [])
        : [],
    ),
  )
  const columns = new Map<string, ColumnState>()
  for (const each of args.slice(1)) {
    if (each.kind !== 'call') return undefined
    const own = each.method === 'Column' ? nameOf(each) : undefined
    if (own === undefined && !/Constraint$|^Index$/.test(each.method)) return undefined
    if (own !== undefined) columns.set(own, columnOfCall(each, own, keys))
  }
  return {at, columns, hasTrigger: false}
}
