import {onceOf} from '../../once.ts'
import type {Migration} from './migrations.ts'
import type {Step} from './steps.ts'
import {type CallValue, textOf, type Value} from './value.ts'

/** SQL that a step sends as it is written. */
export interface Sql {
  step: Step
  text: string
  /** Its statements, without comments, and with the contents of strings and dollar quotes left out. */
  statements: string[]
  /** `op.get_bind().execute("…")` with a plain string, which SQLAlchemy 2 does not take; `op.execute` does. */
  isPlain: boolean
  /** It goes through sqlalchemy.text, also within op.execute: `:name` is a parameter. */
  isText: boolean
}

/** The literal SQL of a migration, in order. */
export const sqlOf = ({steps}: Pick<Migration, 'steps'>): Sql[] => steps.flatMap((step) => sqlIn(step) ?? [])

/** That of one step; undefined where it sends none, or none that can be read. Many checks ask for it. */
export const sqlIn = onceOf((step: Step): Sql | undefined => {
  const {call} = step
  if (!/^(execute|exec_driver_sql|sql)$/.test(call.method)) return undefined
  const [first] = call.args
  const inner = textCall(first)
  const text = textOf(inner ? inner.args[0] : first)
  if (text === undefined) return undefined
  const isOp = /(^|\.)op\.execute$/.test(call.name)
  const isDriver = call.method !== 'execute'
  return {
    step,
    text,
    statements: splitSql(text),
    isPlain: !isDriver && !inner && isConnection(call.receiver),
    isText: !isDriver && (isOp || inner !== undefined) && !hasParameters(call, first),
  }
})

/** What surely is a connection of SQLAlchemy: cursors of the driver and operations on a batch take plain strings. */
const isConnection = (value: Value | undefined): boolean =>
  value?.kind === 'call' && /^(get_bind|connect)$/.test(value.method)

/** `sa.text("…")`, with `.bindparams(…)` behind it or not. */
function textCall(value: Value | undefined): CallValue | undefined {
  if (value?.kind !== 'call') return undefined
  if (value.method === 'text') return value
  return value.receiver?.kind === 'call' ? textCall(value.receiver) : undefined
}

const hasParameters = (call: CallValue, first: Value | undefined): boolean =>
  call.args.length > 1 || call.keywords.size > 0 || (first?.kind === 'call' && first.method !== 'text')

// E'…' has escapes with a backslash; what is in double quotes is a name, and an apostrophe in it begins no string. Comments
// may hold others. The body of a function, BEGIN ATOMIC … END, belongs to its statement.
const apart =
  /"(?:[^"]|"")*"|--[^\n]*|\/\*(?:(?!\/\*|\*\/)[\s\S]|\/\*(?:(?!\*\/)[\s\S]){0,500}\*\/)*(?:\*\/|$)|\b[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?(?:\$\1\$|$)|\bbegin\s+atomic\b[\s\S]{0,5000}\bend\b/gi

/** The same text with blanks for comments and quotes for what is in quotes: each statement keeps its place. */
export const maskSql = (text: string): string =>
  text.replace(apart, (match) =>
    match.startsWith('"') ? nameOnly(match) : (/^(--|\/)/.test(match) ? ' ' : "'").repeat(match.length),
  )

/** A name in double quotes, without what would end a statement. */
const nameOnly = (match: string): string => match.replaceAll(';', '_')

/** Statements of SQL: strings, dollar quotes and comments are left out of their text. */
export function splitSql(text: string): string[] {
  const bare = text.replace(apart, (match) => {
    if (match.startsWith('"')) return nameOnly(match)
    return /^[eE]?'/.test(match) ? "''" : /^[$b]/i.test(match) ? '$$' : ' '
  })
  return between(bare, ';').filter(Boolean)
}

/** From an opening bracket to the one that closes it. */
export function inBrackets(text: string, from: number): string {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth++
    else if (text[at] === ')' && --depth === 0) return text.slice(from, at + 1)
  }
  return text.slice(from)
}

/** What stands between the commas outside of brackets: actions of ALTER TABLE, entries of CREATE TABLE. */
export const betweenCommas = (text: string): string[] => between(text, ',')

/** What stands between such characters outside of brackets: `CREATE RULE … DO ALSO (a; b)` is one statement. */
function between(text: string, mark: ',' | ';'): string[] {
  const found: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const each = text[at]
    if (each === '(') depth++
    else if (each === ')') depth--
    else if (each === mark && depth === 0) {
      found.push(text.slice(start, at).trim())
      start = at + 1
    }
  }
  return [...found, text.slice(start).trim()]
}
