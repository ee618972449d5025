import type {FileLocation} from '../../check.ts'
import {refusedBody, refusedForm, roundedFloat} from './refused-forms.ts'
import {betweenCommas, inBrackets, maskSql, type Sql, splitSql} from './sql.ts'
import type {Step} from './steps.ts'
import {kindOfType} from './types.ts'
import {textOf, type Value} from './value.ts'

/** Something in the SQL of a step that Postgres refuses, whatever is in the database (each was run on Postgres 18). */
export interface RefusedSql {
  /** What stands there, and what is wrong with it. */
  what: string
  /** What Postgres says. */
  error: string
  cure: string
  /** With IF NOT EXISTS what stands there may never be looked at. */
  mayExist: boolean
  /** Where in the step it stands, if that is known. */
  at?: FileLocation
}

/**
 * Key words that name no column and no table without quotes (appendix C of the manual: reserved, and reserved but for
 * functions and types).
 */
const reserved = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column
  concurrently constraint create cross current_catalog current_date current_role current_schema current_time current_timestamp
  current_user default deferrable desc distinct do else end except false fetch for foreign freeze from full grant group having
  ilike in initially inner intersect into is isnull join lateral leading left like limit localtime localtimestamp natural not
  notnull null offset on only or order outer overlaps placing primary references returning right select session_user similar
  some symmetric table tablesample then to trailing true union unique user using variadic verbose when where window with`.split(
    /\s+/,
  ),
)
/** What else than a column an entry of CREATE TABLE may begin with. */
const constraint = /^(?:constraint|primary|unique|check|foreign|exclude|like)\b/i

export function refusedSql(step: Step, sql: Sql | undefined): RefusedSql | undefined {
  if (!sql) return subqueryInCall(step) ?? columnInCall(step) ?? quotedDefault(step)
  const cast = step.call.method === 'sql' ? undefined : castParameter(sql)
  if (cast) return cast
  const placed = step.call.method === 'sql' ? (refusedBody(sql.text) ?? roundedFloat(maskSql(sql.text))) : undefined
  if (placed) return {...placed, at: lineWithin(step.at, sql.text, placed.index)}
  for (const statement of sql.statements) {
    const found =
      refusedForm(statement) ??
      reservedName(statement) ??
      subqueryInCheck(statement) ??
      subqueryInUsing(statement) ??
      columnInKey(statement) ??
      columnInDefault(statement) ??
      stepIntoText(statement) ??
      roundedFloat(statement)
    if (found) return found
  }
  return undefined
}

/** Where an offset in the text of a file of SQL stands. */
function lineWithin({file, line = 1, column = 1}: FileLocation, text: string, index: number): FileLocation {
  const before = text.slice(0, index).split('\n')
  const last = (before.at(-1) as string).length
  return {file, line: line + before.length - 1, column: before.length === 1 ? column + last : last + 1}
}

/** SQLAlchemy takes `:name` for a parameter where no colon follows; `a[:n]` and `a[f(b):n]` are parts of an array. */
function castParameter({statements}: Sql): RefusedSql | undefined {
  const [found, name, type] = /(?<![:\w\\[\])]):(\w+)::(\w+)/.exec(statements.join(';')) ?? []
  return found
    ? {
        what: `${found} is no parameter for SQLAlchemy, since a colon follows the name: Postgres gets it as it stands`,
        error: 'syntax error at or near ":"',
        cure: `Write CAST(:${name} AS ${type}).`,
        mayExist: false,
      }
    : undefined
}

const tableName =
  /^(?:(?:create\s+(?:unlogged\s+|temp(?:orary)?\s+)?|alter\s+|drop\s+)table(?!\s+all\s+in\b)\s+(?:if\s+(?:not\s+)?exists\s+)?(?!only\b)|insert\s+into\s+|update\s+(?!only\b)|delete\s+from\s+(?!only\b))(\w+)(?!["\w.])/i
const addedColumn = /\badd\s+column\s+(?:if\s+not\s+exists\s+)?(\w+)(?=\s)/gi

function reservedName(statement: string): RefusedSql | undefined {
  const [head, table = ''] = tableName.exec(statement) ?? []
  if (!head) return columnOfAlter(statement)
  if (reserved.has(table.toLowerCase())) return refusedName(table, 'table')
  if (!/^create\b/i.test(head)) return columnOfAlter(statement)
  const rest = statement.slice(head.length).trimStart()
  if (!rest.startsWith('(')) return undefined
  for (const entry of betweenCommas(inBrackets(rest, 0).slice(1, -1))) {
    const [word = ''] = constraint.test(entry) ? [] : (/^\w+(?=\s)/.exec(entry) ?? [])
    if (reserved.has(word.toLowerCase())) return refusedName(word, 'column')
  }
  return undefined
}

function columnOfAlter(statement: string): RefusedSql | undefined {
  if (!/^alter\s+table\b/i.test(statement)) return undefined
  for (const [, word = ''] of statement.matchAll(addedColumn))
    if (reserved.has(word.toLowerCase())) return refusedName(word, 'column')
  return undefined
}

const refusedName = (word: string, of: string): RefusedSql => ({
  what: `${word} is a word of SQL itself, and without quotes no name of a ${of}`,
  error: `syntax error at or near "${word}"`,
  cure: `Take another name, or write "${word}" in double quotes, here and wherever it is used.`,
  mayExist: false,
})

function subqueryInCheck(statement: string): RefusedSql | undefined {
  if (!/^(?:create|alter)\s+(?:unlogged\s+|temp(?:orary)?\s+)?(?:table|domain)\b/i.test(statement)) return undefined
  const checks = [...statement.matchAll(/(?<!["\w])check\s*\(/gi)]
  const has = checks.some(({0: opening, index}) =>
    /\bselect\b/i.test(inBrackets(statement, index + opening.length - 1).replace(/"[^"]*"/g, '')),
  )
  return has ? subquery(/\bif\s+not\s+exists\b/i.test(statement)) : undefined
}

const changesType = /\btype\s+["\w.][\w\s".[\]]{0,80}(?:\([\d,\s]{1,20}\)[\s[\]]{0,10})?\busing\b/i

function subqueryInUsing(statement: string): RefusedSql | undefined {
  const match = /^alter\s+table\b/i.test(statement) ? changesType.exec(statement) : null
  const expression = match ? statement.slice(match.index + match[0].length) : ''
  if (!/\(\s*select\b/i.test(expression.replace(/"[^"]*"/g, ''))) return undefined
  return {
    what: 'USING has a SELECT in it, and may look at the row alone',
    error: 'cannot use subquery in transform expression',
    cure: 'Put the SELECT into a function of the database, or add a column, fill it with an UPDATE and drop the old one.',
    mayExist: false,
  }
}

const createsTable =
  /^create\s+(?:unlogged\s+|temp(?:orary)?\s+)?table\s+(if\s+not\s+exists\s+)?(?:(?:"[^"]+"|\w+)\.)?(?:"[^"]+"|\w+)\s*(?=\()/i
const key =
  /^(?:constraint\s+(?:"[^"]+"|\w+)\s+)?(?:unique(?:\s+nulls\s+(?:not\s+)?distinct)?|primary\s+key|foreign\s+key)\s*(?=\()/i
const nameOf = (text: string): string =>
  text.startsWith('"') ? (text.split('"')[1] ?? '') : (/^\w+/.exec(text)?.[0] ?? '').toLowerCase()

/** A table is made of columns alone, and a key of it names another. */
function columnInKey(statement: string): RefusedSql | undefined {
  const [head, optional] = createsTable.exec(statement) ?? []
  if (head === undefined) return undefined
  const list = inBrackets(statement, head.length)
  const entries = betweenCommas(list.slice(1, -1)).map((each) => each.trim())
  // Columns of another table come with these.
  if (entries.some((each) => /^like\b/i.test(each)) || /\binherits\b/i.test(statement.slice(head.length + list.length)))
    return undefined
  const columns = new Set(entries.filter((each) => !constraint.test(each)).map(nameOf))
  for (const entry of entries) {
    const [opening] = key.exec(entry) ?? []
    if (opening === undefined) continue
    for (const each of betweenCommas(inBrackets(entry, opening.length).slice(1, -1))) {
      const name = nameOf(each.trim())
      if (name === '' || columns.has(name) || !/^(?:\w+|"[^"]+")$/.test(each.trim())) continue
      return {
        what: `a key of the table names the column ${name}, which the table does not get`,
        error: /\bforeign\b/i.test(opening)
          ? `column "${name}" referenced in foreign key constraint does not exist`
          : `column "${name}" named in key does not exist`,
        cure: 'Correct the name, or add the column.',
        mayExist: optional !== undefined,
      }
    }
  }
  return undefined
}

/** `op.create_check_constraint("…", "table", "…")`, and the sa.CheckConstraint("…") of a new table. */
function subqueryInCall({call}: Step): RefusedSql | undefined {
  const conditions =
    call.method === 'create_check_constraint'
      ? [call.keywords.get('condition') ?? call.args.at(-1)]
      : call.method === 'create_table'
        ? call.args.flatMap((each) => (each.kind === 'call' && each.method === 'CheckConstraint' ? each.args[0] : []))
        : []
  const has = conditions.some((each) => /^[^']*\(\s*select\s/i.test(sqlText(each) ?? ''))
  return has ? subquery(call.keywords.has('if_not_exists')) : undefined
}

/** CREATE TABLE with a column whose DEFAULT names another one. */
function columnInDefault(statement: string): RefusedSql | undefined {
  const [head] = tableName.exec(statement) ?? []
  const rest = head && /^create\b/i.test(head) ? statement.slice(head.length).trimStart() : ''
  if (!rest.startsWith('(')) return undefined
  const entries = betweenCommas(inBrackets(rest, 0).slice(1, -1)).filter((entry) => !constraint.test(entry))
  const columns = new Set(entries.flatMap((entry) => /^"?(\w+)"?\s/.exec(entry)?.[1]?.toLowerCase() ?? []))
  for (const entry of entries) {
    const [, value] =
      /(?<!\b(?:by|set)\s{1,9})\bdefault\s+(.{1,500}?)(?=\s(?:not\s+null|null|unique|primary|references|check|generated|constraint|collate)\b|$)/is.exec(
        entry,
      ) ?? []
    const named = value && columnIn(value, columns)
    if (named) return defaultOf(named, /\bif\s+not\s+exists\b/i.test(statement))
  }
  return undefined
}

/** `sa.Column("total", …, server_default=sa.text("price + tax"))` of a new table. */
function columnInCall({call}: Step): RefusedSql | undefined {
  if (call.method !== 'create_table') return undefined
  const own = call.args.flatMap((each) => (each.kind === 'call' && each.method === 'Column' ? each : []))
  const columns = new Set(own.flatMap((each) => textOf(each.args[0])?.toLowerCase() ?? []))
  for (const {keywords} of own) {
    const value = keywords.get('server_default')
    // A plain text is put in quotes.
    const text = value?.kind === 'call' && value.method === 'text' ? textOf(value.args[0]) : undefined
    const named = text && columnIn(splitSql(text)[0] ?? '', columns)
    if (named && value) return {...defaultOf(named, call.keywords.has('if_not_exists')), at: value.at}
  }
  return undefined
}

/** What a plain text of SQLAlchemy, which it puts in quotes, may not be as a value of a kind of types. */
const notValues: Readonly<Record<string, (text: string) => boolean>> = {
  number: (text) => text === '' || isQuoted(text) || isCall.test(text),
  boolean: (text) => text === '' || isQuoted(text),
  uuid: (text) => text === '' || isQuoted(text) || isCall.test(text),
  json: (text) => !isJson(text),
  // `{a,b}`, `[0:1]={a,b}`: what has the brackets of JSON is no array.
  array: (text) => !/^(?:\{|\[-?\d{1,9}:)/.test(text),
  // `now()` is read as the word now, whatever is around it.
  time: (text) =>
    /^current_(?:timestamp|date|time)(?:\(\d?\))?$|^(?:sa\.)?func\.\w+\(\)$|^localtime(?:stamp)?$/i.test(text),
}

const isQuoted = (text: string): boolean => /^'.*'$/s.test(text)
const isCall = /^[a-z_][\w.]{0,80}\([^()]{0,80}\)$/i

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** `server_default="'[]'"`, `="gen_random_uuid()"`: SQLAlchemy puts a plain text in quotes itself, and what it says is then a value. */
function quotedDefault({call}: Step): RefusedSql | undefined {
  if (call.method !== 'create_table' && call.method !== 'add_column') return undefined
  for (const column of call.args) {
    if (column.kind !== 'call' || column.method !== 'Column') continue
    const value = column.keywords.get('server_default')
    const text = textOf(value)
    const kind = kindOfType(column.args[1] ?? column.keywords.get('type_')) ?? ''
    if (!value || text === undefined || !notValues[kind]?.(text.trim())) continue
    const isText = isQuoted(text)
    return {
      what: isText
        ? `server_default gets quotes of its own, and ${text} with its quotes is no ${kind}`
        : `server_default is a text, which gets quotes: ${text === '' ? 'an empty text' : text} in quotes is no ${kind}`,
      error: 'invalid input syntax',
      cure: isText
        ? `Write server_default=${JSON.stringify(text.slice(1, -1))}, or sa.text(${JSON.stringify(text)}).`
        : kind === 'json' || kind === 'array'
          ? 'Write server_default="{}", for instance.'
          : `Write server_default=sa.text(${JSON.stringify(text)}).`,
      mayExist: call.keywords.has('if_not_exists'),
      at: value.at,
    }
  }
  return undefined
}

/** A type behind `::` or AS, with what belongs to it; `at time zone`. */
const typeName =
  /(?:::\s*|\bas\s+)"?\w+"?(?:\."?\w+"?)?(?:\s+(?:precision|varying))?(?:\s*\([\d,\s]{0,20}\))?(?:\s+with(?:out)?\s+time\s+zone)?|\bat\s+time\s+zone\b/gi
/** `interval '1' day`, `'1 day'::interval day to second` */
const unit = /'\s+\w+(?:\s+to\s+\w+)?|\b(?:year|month|day|hour|minute|second)\s+to\s+\w+/gi

/**
 * A column that an expression reads: no type, no function, none of the words in `extract(day from …)`, and none of a type before a
 * string.
 */
function columnIn(value: string, columns: ReadonlySet<string>): string | undefined {
  const plain = value.replace(typeName, ' ').replace(unit, "'")
  for (const [word, name = ''] of plain.matchAll(/(?<![\w.$'"])"?([a-z_]\w*)"?(?!\s*(?:[\w(.'"]|from\b))/gi)) {
    const known = word.startsWith('"') ? name : name.toLowerCase()
    if (columns.has(known) && !reserved.has(known)) return name
  }
  return undefined
}

const defaultOf = (column: string, mayExist: boolean): RefusedSql => ({
  what: `a DEFAULT names the column ${column}, and may read none`,
  error: 'cannot use column reference in DEFAULT expression',
  cure: 'Let a generated column (GENERATED ALWAYS AS (…) STORED, sa.Computed) or a trigger work it out, or the code.',
  mayExist,
})

const sqlText = (value: Value | undefined): string | undefined =>
  textOf(value?.kind === 'call' && value.method === 'text' ? value.args[0] : value)

const subquery = (mayExist: boolean): RefusedSql => ({
  what: 'the condition of CHECK has a SELECT in it, and may look at the row alone',
  error: 'cannot use subquery in check constraint',
  cure: 'Say it without SELECT, or put the query into a function and call that: CHECK (is_valid(column)).',
  mayExist,
})

/** `data->>'a'->'b'`: from left to right, and `->>` gives text; what a function makes of it, may be json. Strings are empty here. */
function stepIntoText(statement: string): RefusedSql | undefined {
  const key = String.raw`(?:''|\d+|:\w+)(?:::\w+)?`
  const before = String.raw`(?:^|[^\w"\s]|\b(?:and|or|not|select|where|when|then|else|on|by|set|returning))\s*`
  const [, next] =
    new RegExp(String.raw`->>\s*${key}\s*(->>?)|${before}\(\s*[\w.]+\s*->>\s*${key}\s*\)\s*(->>?)`, 'i')
      .exec(statement)
      ?.filter(Boolean) ?? []
  return next
    ? {
        what: `${next} follows ->>, which gives text: only json has something in it`,
        error: `operator does not exist: text ${next} unknown`,
        cure: "Write -> for each step, and ->> for the last one alone: data->'a'->>'b'.",
        mayExist: false,
      }
    : undefined
}
