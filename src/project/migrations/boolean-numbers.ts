/** Numbers where a column is BOOLEAN: SQLite and MySQL keep it as one, and Postgres makes none of the other by itself. */

import {escapePattern} from '../escape-pattern.ts'
import {changesOf} from './changes.ts'
import type {Migration} from './migrations.ts'
import {betweenCommas, inBrackets, sqlIn, sqlOf} from './sql.ts'
import type {Step} from './steps.ts'
import {textOf, type Value} from './value.ts'

/** Postgres can be given a way from a number to a boolean. */
const teaches = /^create\s+(?:cast\b|operator\b)|\bpg_cast\b/i

/** The columns of each table that are BOOLEAN from the first migration to the last, in small letters. */
export type BooleanColumns = ReadonlyMap<string, ReadonlySet<string>>

type Column = [table: string, column: string, isBoolean: boolean]

export function booleanColumns(migrations: readonly Migration[]): BooleanColumns {
  if (migrations.some((each) => sqlOf(each).some(({statements}) => statements.some((text) => teaches.test(text)))))
    return new Map()
  const found = new Map<string, Set<string>>()
  const others: {table: string; column?: string}[] = []
  for (const migration of migrations) {
    for (const [table, column, isBoolean] of migration.steps.flatMap(columnsOf)) {
      if (isBoolean) found.set(table, (found.get(table) ?? new Set()).add(column))
      else others.push({table, column})
    }
    // What is changed, dropped or renamed at any time may be something else at another.
    for (const {table, ...change} of changesOf(migration)) {
      if (/^(?:drop|rename) table$/.test(change.kind)) others.push({table})
      else if (/^(?:drop column|rename column|change type)$/.test(change.kind) && 'column' in change)
        others.push({table, column: change.column})
    }
  }
  for (const {table, column} of others) {
    if (column === undefined) found.delete(table.toLowerCase())
    else found.get(table.toLowerCase())?.delete(column.toLowerCase())
  }
  return found
}

/** The columns that a step gives a table. */
function columnsOf(step: Step): Column[] {
  const {call, table} = step
  if (/^(?:create_table|add_column)$/.test(call.method)) {
    const name = table ?? textOf(call.args[0])
    return call.args.flatMap((each): Column[] => {
      const column = each.kind === 'call' && each.method === 'Column' ? textOf(each.args[0]) : undefined
      if (each.kind !== 'call' || column === undefined || name === undefined) return []
      return [[name.toLowerCase(), column.toLowerCase(), /^(?:Boolean|BOOLEAN)$/.test(typeName(each.args[1]))]]
    })
  }
  return (sqlIn(step)?.statements ?? []).flatMap(columnsOfStatement)
}

const typeName = (value: Value | undefined): string =>
  (value?.kind === 'call' ? value.name : value?.kind === 'name' ? value.name : '').split('.').at(-1) ?? ''

const makes =
  /^create\s+(?:(?:unlogged|(?:global\s+|local\s+)?temp(?:orary)?)\s+)?table\s+(?:if\s+not\s+exists\s+)?(?:"?\w+"?\.)?"?(\w+)"?\s*(?=\()/i
const alters = /^alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?(?:"?\w+"?\.)?"?(\w+)"?\s+(?=add\b)/i
const definition = /^(?:add\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?)?"?(\w+)"?\s+(\w+)/i

function columnsOfStatement(statement: string): Column[] {
  const [head, table] = makes.exec(statement) ?? alters.exec(statement) ?? []
  if (head === undefined || table === undefined) return []
  const rest = statement.slice(head.length)
  const entries = betweenCommas(rest.startsWith('(') ? inBrackets(rest, 0).slice(1, -1) : rest)
  return entries.flatMap((entry): Column[] => {
    const [, column, type] = definition.exec(entry) ?? []
    return column && type
      ? [[table.toLowerCase(), column.toLowerCase(), /^bool(?:ean)?$/i.test(type) && !/^\S+\s+\w+\s*\[/.test(entry)]]
      : []
  })
}

/** What stands there, and what Postgres says of it. */
export interface BooleanNumber {
  word: string
  column: string
  error: string
}

const ofOneTable =
  /^(?:select\s[^;]{1,1000}?\sfrom\s+(?:only\s+)?|update\s+(?:only\s+)?|delete\s+from\s+(?:only\s+)?|create\s+(?:unique\s+)?index\s[^(]{0,300}\son\s+(?:only\s+)?)(?:"?\w+"?\.)?"?(\w+)"?\s/i
const inserts = /^insert\s+into\s+(?:"?\w+"?\.)?"?(\w+)"?\s*(?=\()/i

/** The first number that a statement (strings in it are empty) compares with such a column, or puts into it. */
export function booleanNumber(statement: string, columns: BooleanColumns): BooleanNumber | undefined {
  const [head, table = ''] = ofOneTable.exec(statement) ?? []
  if (head !== undefined) {
    const rest = statement.slice(head.length)
    // With another table it may be that one's column.
    if (/\b(?:from|join|using\s+(?!\w+\s*\()|select|with)\b/i.test(rest)) return undefined
    for (const column of columns.get(table.toLowerCase()) ?? []) {
      const compares = new RegExp(
        String.raw`(?<![\w".])(?:"?${table}"?\.)?"?${escapePattern(column)}"?\s*(=|<>|!=)\s*[01]\b(?!\s*(?:::|[.=<>+*/%|&-]|(?:is|in|not|between)\b))`,
        'i',
      )
      const found = compares.exec(rest)
      if (!found) continue
      const sets = /^update\b/i.test(head) && !/\bwhere\b/i.test(rest.slice(0, found.index)) && found[1] === '='
      const error = sets
        ? `column "${column}" is of type boolean but expression is of type integer`
        : `operator does not exist: boolean ${found[1]} integer`
      return {word: found[0], column, error}
    }
  }
  return insertedNumber(statement, columns)
}

function insertedNumber(statement: string, columns: BooleanColumns): BooleanNumber | undefined {
  const [head, table = ''] = inserts.exec(statement) ?? []
  const booleans = columns.get(table.toLowerCase())
  if (head === undefined || !booleans) return undefined
  const list = inBrackets(statement, head.length)
  const names = betweenCommas(list.slice(1, -1)).map((each) => each.replaceAll('"', '').toLowerCase())
  const [values] = /^\s*values\s*(?=\()/i.exec(statement.slice(head.length + list.length)) ?? []
  if (values === undefined) return undefined
  const rows = inBrackets(statement, head.length + list.length + values.length)
  const row = betweenCommas(rows.slice(1, -1))
  const index =
    row.length === names.length ? names.findIndex((each, at) => booleans.has(each) && /^[01]$/.test(row[at] ?? '')) : -1
  const column = names[index]
  return column === undefined
    ? undefined
    : {
        word: row[index] as string,
        column,
        error: `column "${column}" is of type boolean but expression is of type integer`,
      }
}
