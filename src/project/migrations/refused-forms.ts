/** Forms of SQL that other databases have, or that look as if Postgres had them, and that it refuses whatever is in it. */
import type {RefusedSql} from './refused-sql.ts'
import {betweenCommas, inBrackets} from './sql.ts'

/** With its offset in the text. */
type Placed = RefusedSql & {index: number}

/** Of the grammar of Postgres 18 (sql-commands): what has no IF NOT EXISTS, and what has no OR REPLACE. */
const unguarded =
  /^(?:create\s+(type|domain|role|user|database|policy|(?:constraint\s+)?trigger|function|procedure|aggregate|rule|cast|conversion|view)\s+if\s+not\s+exists\b|alter\s+table\b[\s\S]*?\badd\s+(constraint)\s+if\s+not\s+exists\b)/i
const unreplaced =
  /^create\s+or\s+replace\s+(table|type|(?:unique\s+)?index|materialized\s+view|policy|sequence|schema|extension|domain)\b/i

export function refusedForm(statement: string): RefusedSql | undefined {
  const [, made, added] = unguarded.exec(statement) ?? []
  const guarded = (made ?? added)?.replace(/\s+/g, ' ').toUpperCase()
  if (guarded !== undefined) {
    const isView = guarded === 'VIEW'
    return {
      what: `${added === undefined ? 'CREATE' : 'ADD'} ${guarded} has no IF NOT EXISTS in Postgres`,
      error: 'syntax error at or near "NOT"',
      cure: isView
        ? 'Write CREATE OR REPLACE VIEW.'
        : `Drop it first (${guarded === 'TYPE' ? 'or ask pg_type' : 'IF EXISTS'}), or let a block pass over it: DO $$ BEGIN … EXCEPTION WHEN duplicate_object THEN NULL; END $$;`,
      // SQLite has these: the file may be meant for it.
      mayExist: isView || guarded.endsWith('TRIGGER'),
    }
  }
  const [, replaced] = unreplaced.exec(statement) ?? []
  if (replaced !== undefined) {
    const kind = replaced.replace(/\s+/g, ' ').toUpperCase()
    return {
      what: `CREATE OR REPLACE is nothing that Postgres knows of ${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind}`,
      error: `syntax error at or near "${kind.split(' ')[0]}"`,
      cure: `Write DROP ${kind} IF EXISTS … before, and CREATE ${kind} here.`,
      mayExist: false,
    }
  }
  return indexForm(statement) ?? partialKey(statement) ?? noCommand(statement)
}

/** The words that a command of Postgres 18 begins with (sql-commands), and those of its clients and of other databases: they are told elsewhere. */
const commands = new Set(
  `abort alter analyse analyze begin call checkpoint close cluster comment commit copy create deallocate declare delete discard do
  drop end execute explain fetch grant import insert listen load lock merge move notify prepare reassign refresh reindex release
  reset revoke rollback savepoint security select set show start table truncate unlisten update vacuum values with attach dbcc delimiter desc describe detach exec flush go handler if kill optimize pragma print raise rename replace return source
  use using while else elsif loop exception end`.split(/\s+/),
)

/** What another program printed into the file, a heading without `--`, or a word that is written in another way. */
function noCommand(statement: string): RefusedSql | undefined {
  const [word = ''] = /^(?:[a-z]\w*(?=[ \n\r:,.]|$)|[\u2500-\u27bf\u{1f300}-\u{1faff}][^\s;]*)/iu.exec(statement) ?? []
  // Variables of another program; rows behind COPY … FROM stdin.
  const isOther = /\{[{%]|\$\{|^\\/m.test(statement)
  if (word === '' || commands.has(word.toLowerCase()) || isOther) return undefined
  const short = word.length > 20 ? `${word.slice(0, 20)}…` : word
  return {
    what: `no command of SQL begins with ${short}`,
    error: `syntax error at or near "${short}"`,
    cure: 'Correct the word, or take out what is no SQL: what a program printed into the file, a heading without --.',
    mayExist: false,
  }
}

const index = /^create\s+(?:unique\s+)?index\s+if\s+not\s+exists\s+(on|concurrently)\b/i

function indexForm(statement: string): RefusedSql | undefined {
  const word = index.exec(statement)?.[1]?.toUpperCase()
  if (word === undefined) return undefined
  return {
    what:
      word === 'ON'
        ? 'IF NOT EXISTS asks for an index by its name, and none is given'
        : 'CONCURRENTLY stands before IF NOT EXISTS',
    error: `syntax error at or near "${word}"`,
    cure:
      word === 'ON' ? 'Write CREATE INDEX IF NOT EXISTS name ON …' : 'Write CREATE INDEX CONCURRENTLY IF NOT EXISTS …',
    mayExist: false,
  }
}

const uniques = /\bunique(?:\s+nulls\s+(?:not\s+)?distinct)?\s*\(/gi

/** A constraint is of columns, and of all rows; an index may be of expressions, and of some. */
function partialKey(statement: string): RefusedSql | undefined {
  if (!/^(?:create\s+(?:unlogged\s+)?table|alter\s+table)\b/i.test(statement)) return undefined
  for (const match of statement.matchAll(uniques)) {
    const opening = match.index + match[0].length - 1
    const columns = inBrackets(statement, opening)
    const isPartial = /^\s*where\b/i.test(statement.slice(opening + columns.length))
    if (!isPartial && !/\w\s*\(/.test(columns.slice(1))) continue
    return {
      what: isPartial
        ? 'a UNIQUE constraint has no WHERE'
        : 'a UNIQUE constraint is of columns, and has no expressions',
      error: `syntax error at or near "${isPartial ? 'WHERE' : '('}"`,
      cure: `Make an index of it: CREATE UNIQUE INDEX … ON … (…)${isPartial ? ' WHERE …' : ''}`,
      mayExist: /\bif\s+not\s+exists\b/i.test(statement),
    }
  }
  return undefined
}

/** Postgres rounds to so many digits what is numeric, and nothing else; a cast behind the last bracket may make it that. */
export function roundedFloat(statement: string): Placed | undefined {
  for (const match of statement.matchAll(/\bround\s*\(/gi)) {
    const [first = '', digits, more] = betweenCommas(
      inBrackets(statement, match.index + match[0].length - 1).slice(1, -1),
    )
    const isFloat = /::\s*(?:float[48]?|double\s+precision|real)\b/i.test(first)
    if (!isFloat || more !== undefined || !/^\d{1,2}$/.test(digits ?? '')) continue
    if (/::\s*(?!float|double|real|text|timestamp|date|interval)\w|\bcast\s*\(/i.test(first)) continue
    return {
      what: 'ROUND with a number of digits takes numeric, and gets double precision',
      error: 'function round(double precision, integer) does not exist',
      cure: 'Write ::numeric in place of ::float, or behind the whole: ROUND((…)::numeric, 2)',
      // A function of the project's own may give something else.
      mayExist: true,
      index: match.index,
    }
  }
  return undefined
}

/** `RAISE EXCEPTION 'a % b', x`: PL/pgSQL counts as it reads the body. */
const raises =
  /\braise\s+(?:exception|notice|warning|info|log|debug)\s+'((?:[^']|''){0,2000})'\s*((?:,(?:[^;']|'[^']{0,1000}'){0,2000})?);/gi

/** What stands in the body of a function or a block, of one written in SQL alone: a driver may put another % in its place. */
export function refusedBody(text: string): Placed | undefined {
  if (!/^\s*(?:do\b|create\s+(?:or\s+replace\s+)?(?:function|procedure)\b)/i.test(text)) return undefined
  // DO is in PL/pgSQL, where it names no other language.
  const languages = [...text.matchAll(/\blanguage\s+'?(\w+)/gi)].map(([, each = '']) => each.toLowerCase())
  const isBlock = /^\s*do\b/i.test(text)
  if (languages.some((each) => each !== 'plpgsql') || (!isBlock && languages.length === 0)) return undefined
  for (const match of withoutComments(text).matchAll(raises)) {
    const [, format = '', rest = ''] = match
    const places = format.replaceAll('%%', '').split('%').length - 1
    const values = rest.replace(/\busing\b[\s\S]*$/i, '').trim()
    const given = values === '' ? 0 : betweenCommas(values.replace(/'(?:[^']|'')*'/g, "''").slice(1)).length
    if (places === given) continue
    const many = given > places ? 'many' : 'few'
    return {
      what: `RAISE has ${places === 1 ? 'one %' : `${places} %`} in its text and ${given === 1 ? 'one value' : `${given} values`} behind it (%% is a plain %)`,
      error: `too ${many} parameters specified for RAISE`,
      cure: 'Write a single % for each value.',
      mayExist: false,
      index: match.index,
    }
  }
  return undefined
}

const withoutComments = (text: string): string =>
  text.replace(/--[^\n']{0,1000}$/gm, (comment) => ' '.repeat(comment.length))
