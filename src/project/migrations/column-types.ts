/** The types of the columns of a database, as far as its migrations of SQL tell them before each of them. */
import {changesOf} from './changes.ts'
import type {Migration} from './migrations.ts'
import {betweenCommas, inBrackets, sqlOf} from './sql.ts'

/** Kinds of types, by `table.column` in small letters; undefined where another statement may have changed it. */
export type ColumnTypes = ReadonlyMap<string, string | undefined>

/** Types by what Postgres turns into what in an assignment without being told how (pg_cast): nothing but into text. */
const kinds: readonly [kind: string, pattern: RegExp][] = [
  ['array', /\[\]$|\barray\b/],
  ['text', /^(?:text|varchar|char|character|bpchar|citext)\b/],
  [
    'number',
    /^(?:int|int[248]|integer|bigint|smallint|serial|bigserial|numeric|decimal|real|float[48]?|double precision)\b/,
  ],
  ['boolean', /^bool(?:ean)?\b/],
  ['time', /^(?:timestamp|timestamptz|date)\b/],
  ['uuid', /^uuid\b/],
  ['json', /^jsonb?\b/],
]

/** The kind of a type of SQL with what stands behind it; undefined for one that is not known. */
export const kindOfSql = (type: string): string | undefined =>
  kinds.find(([, pattern]) =>
    pattern.test(
      type
        .toLowerCase()
        .replace(/\s(?:using|default|not|null|collate|primary|unique|references|check|constraint)\b.*$/s, '')
        .trim(),
    ),
  )?.[0]

export const columnKey = (table: string, column: string): string => `${table}.${column}`.toLowerCase()

const makes = /^create\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?(?:"?(\w+)"?\.)?"?(\w+)"?\s*(?=\()/i
const adds = /^alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?(?:"?(\w+)"?\.)?"?(\w+)"?\s+(?=(?:add|alter)\b)/i
const definition =
  /^(?:add\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?|alter\s+(?:column\s+)?(?="?\w+"?\s+(?:set\s+data\s+)?type\b))?"?(\w+)"?\s+(?:(?:set\s+data\s+)?type\s+)?(\S[\s\S]*)$/i

/**
 * What each migration of a history finds, by its file; undefined where a cast of its own may convert what it likes. Tables
 * that are dropped, renamed or moved are forgotten, and of one in a schema of its own, or of that name, nothing is known.
 */
export function columnTypes(migrations: readonly Migration[]): (migration: Migration) => ColumnTypes | undefined {
  const found = new Map<Migration, ColumnTypes>()
  const inSchemas = new Set<string>()
  const types = new Map<string, string | undefined>()
  for (const migration of migrations) {
    found.set(migration, migration.columns ?? new Map(types))
    for (const {text, statements} of sqlOf(migration)) {
      if (/\bcreate\s+cast\b/i.test(text)) return () => undefined
      for (const statement of statements) note(statement)
      if (text.includes('$')) forgetNamed(text)
    }
    for (const change of changesOf(migration)) {
      const {kind, table} = change
      if (kind === 'drop table' || kind === 'rename table') {
        for (const key of types.keys()) if (key.startsWith(`${table.toLowerCase()}.`)) types.delete(key)
      } else if (kind === 'drop column' || kind === 'rename column') types.delete(columnKey(table, change.column))
    }
  }
  return (migration) =>
    new Map([...(found.get(migration) ?? [])].filter(([key]) => !inSchemas.has(key.split('.')[0] ?? '')))

  /** What stands between dollars is not read: it may change each column that it names. */
  function forgetNamed(text: string): void {
    const words = new Set(text.toLowerCase().match(/\w+/g))
    for (const key of types.keys()) {
      const [table = '', column = ''] = key.split('.')
      if (words.has(table) && words.has(column)) types.delete(key)
    }
  }

  function note(statement: string): void {
    const made = makes.exec(statement)
    const isMade = made !== null || /\bif\s+not\s+exists\b/i.test(statement)
    const [head, schema = 'public', table] = made ?? adds.exec(statement) ?? []
    if (head === undefined || table === undefined) return
    if (schema.toLowerCase() !== 'public') inSchemas.add(table.toLowerCase())
    const rest = statement.slice(head.length)
    for (const entry of betweenCommas(rest.startsWith('(') ? inBrackets(rest, 0).slice(1, -1) : rest)) {
      const [, column, type] = definition.exec(entry) ?? []
      if (!column || !type) continue
      const [key, kind] = [columnKey(table, column), kindOfSql(type)]
      // Of two schemas each may have such a table; IF NOT EXISTS leaves the first one as it is.
      types.set(key, isMade && types.has(key) && types.get(key) !== kind ? undefined : kind)
    }
  }
}
