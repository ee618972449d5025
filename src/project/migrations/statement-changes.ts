import type {What} from './changes.ts'
import {kindOfSql} from './column-types.ts'
import {betweenCommas} from './sql.ts'

type Found = What & {table: string}

/** A name, with its schema and quotes or without. */
const name = String.raw`(?:"?\w+"?\.)?"?(\w+)"?`
const sql = (pattern: string) =>
  new RegExp(`^${pattern.replaceAll('NAME', name).replaceAll(' ', String.raw`\s+`)}`, 'i')

const makesTable = sql('create (?:(?:global |local )?temp(?:orary)? |unlogged )?table (?:if not exists )?NAME')
const dropsTable = sql('drop table (?:if exists )?NAME')
const makesIndex = sql(
  String.raw`create (?:unique )?index (concurrently )?(?:(?:if not exists )?"?\w+"? )?on (?:only )?NAME`,
)
const updates = sql('update (?:only )?NAME (?:as )?.*?set\\b')
const altersTable = sql('alter table (?:if exists )?(?:only )?NAME')

/** What one statement of SQL does to its table; strings in it are empty, and comments are left out. */
export function statementChanges(statement: string): Found[] {
  const text = statement.replace(/\s+/g, ' ')
  const [, made] = makesTable.exec(text) ?? []
  if (made) return [{kind: 'make table', table: made}]
  const [, dropped] = dropsTable.exec(text) ?? []
  if (dropped) return [{kind: 'drop table', table: dropped}]
  const [, concurrently, indexed] = makesIndex.exec(text) ?? []
  if (indexed) return [{kind: 'index', table: indexed, isConcurrent: concurrently !== undefined}]
  const [, updated] = updates.exec(text) ?? []
  if (updated) return /\bwhere\b/i.test(text) ? [] : [{kind: 'update all rows', table: updated}]
  const [head, table] = altersTable.exec(text) ?? []
  if (!head || !table) return []
  return betweenCommas(text.slice(head.length)).flatMap((each) => {
    const what = action(each)
    return what ? [{...what, table}] : []
  })
}

const constraint = String.raw`add (?:constraint "?\w+"? )?`
const addsColumn = sql(String.raw`add (?:column )?(?:if not exists )?"?(\w+)"? (.*)$`)

/** One action of ALTER TABLE. */
function action(text: string): What | undefined {
  const isNotValid = /\bnot valid$/i.test(text)
  if (sql(`${constraint}foreign key\\b`).test(text)) return {kind: 'foreign key', isNotValid}
  if (sql(`${constraint}check\\b`).test(text)) return {kind: 'check', isNotValid}
  if (sql(`${constraint}(?:unique|primary key|exclude)\\b`).test(text)) {
    return {kind: 'unique', usesIndex: /\busing index\b/i.test(text)}
  }
  if (/^add (?:constraint|table|generated)\b/i.test(text)) return undefined
  const [, added, definition] = addsColumn.exec(text) ?? []
  if (added && definition) return addedColumn(added, definition)
  const [, dropped] = sql(String.raw`drop (?:column )?(?:if exists )?"?(?!constraint\b)(\w+)"?`).exec(text) ?? []
  if (dropped) return {kind: 'drop column', column: dropped}
  if (/^rename to\b/i.test(text)) return {kind: 'rename table'}
  const [, renamed] = sql(String.raw`rename (?:column )?"?(?!constraint\b)(\w+)"? to\b`).exec(text) ?? []
  if (renamed) return {kind: 'rename column', column: renamed}
  const [, column, change] = sql(String.raw`alter (?:column )?"?(\w+)"? (.*)$`).exec(text) ?? []
  if (!column || !change) return undefined
  if (/^set not null\b/i.test(change)) return {kind: 'set not null', column}
  const [, type] = /^(?:set data )?type (\w.*)$/i.exec(change) ?? []
  if (!type) return undefined
  const hasUsing = /\busing\b/i.test(change)
  // What it was is not known: how to convert is said where it is another kind of type.
  const isRewrite = hasUsing || /^(bigint|int8)\b/i.test(type)
  return {kind: 'change type', column, from: undefined, to: kindOfSql(type), hasUsing, isRewrite}
}

function addedColumn(column: string, definition: string): What {
  const [, fallback] = /\bdefault (\S.*)$/is.exec(definition) ?? []
  const serial = /^(small|big)?serial\d?\b/i.test(definition)
  const generated = /\bgenerated\b/i.test(definition)
  const isKey = /\bprimary key\b/i.test(definition)
  const called = fallback && /^[\w.]+\s*\(/.test(fallback) ? /^[^)]*\)?/.exec(fallback)?.[0] : undefined
  return {
    kind: 'add column',
    column,
    isEmpty: /\bnot null\b/i.test(definition) && !fallback && !serial && !generated,
    hasDefault: fallback !== undefined || serial || generated,
    filledBy:
      serial || generated
        ? /\bstored\b/i.test(definition)
          ? 'a computed value'
          : 'a number of its own'
        : called && isVolatile(called)
          ? called
          : undefined,
    isIndexed: false,
    isUnique: isKey || /\bunique\b/i.test(definition),
    references: /\breferences\b/i.test(definition),
  }
}

/** Functions that give each row another value; now() and its like give all the same, and the table stays as it is. */
export const isVolatile = (text: string): boolean =>
  /\b(gen_random_uuid|uuid_generate_v[14]\w*|uuidv7|clock_timestamp|timeofday|random|nextval)\s*\(/i.test(text)
