/** The tables and columns that a query names. */
import type {FileLocation} from '../../../check.ts'
import {keyOf, name, word} from './sql-names.ts'
import type {Named, TableStep} from './table-step.ts'

const source = new RegExp(String.raw`\b(from|join)\s+(?:only\s+)?(?:lateral\s+)?(?:${name}(?![\w$])(?!\s*\())?`, 'gi')
const alias = new RegExp(String.raw`^\s+(?:as\s+)?(${word})`, 'i')
const next = new RegExp(String.raw`^\s*,\s*(?:only\s+)?(?!lateral\b)${name}(?![\w$])(?!\s*\()`, 'i')
/** What may stand behind a table that is no name of it. */
const keyword =
  /^(?:where|on|using|join|inner|left|right|full|cross|natural|group|order|having|limit|offset|union|intersect|except|window|for|fetch|returning|set|as|with|tablesample|do|and|or|when|then|else|end|conflict)$/i
/** `extract(day FROM …)`, `IS DISTINCT FROM`: no query. */
const notQuery = /\b(?:extract|substring|trim|overlay|position|leading|trailing|both)\s*\([^()]*$|\bdistinct\s+$/i
const ofSystem =
  /^(?:pg_|information_schema\.|pg_catalog\.|cron\.)|^(?:spatial_ref_sys|geometry_columns|geography_columns)$/
const systemColumns = /^(?:ctid|xmin|xmax|cmin|cmax|tableoid|oid)$/

/** From this offset on; strings are quotes in the text. */
export function readsIn(
  text: string,
  offset: number,
  by: string,
  place: (from: number, length: number) => FileLocation,
): TableStep[] {
  const part = text.slice(offset)
  if (!/\b(?:from|join)\b/i.test(part)) return []
  const own = new Set(
    [
      ...part.matchAll(
        new RegExp(
          `(?:\\bwith(?:\\s+recursive)?|,)\\s*(${word})\\s*(?:\\([^()]{0,500}\\)\\s*)?as\\s+(?:(?:not\\s+)?materialized\\s+)?\\(`,
          'gi',
        ),
      ),
    ].map(([, each = '']) => keyOf(each)),
  )
  const aliases = new Map<string, string | undefined>()
  const nameTable = (each: string, table: string | undefined) =>
    aliases.set(each, aliases.has(each) && aliases.get(each) !== table ? undefined : table)
  // What a bracket gives, has columns of its own.
  for (const [, each = ''] of part.matchAll(new RegExp(`\\)\\s*(?:with\\s+ordinality\\s+)?(?:as\\s+)?(${word})`, 'gi')))
    if (!keyword.test(each)) nameTable(keyOf(each), undefined)
  const steps: TableStep[] = []
  for (const match of part.matchAll(source)) {
    const [all, , written] = match
    if (written === undefined || notQuery.test(part.slice(Math.max(0, match.index - 300), match.index))) continue
    let at = match.index + all.length
    take(written, at - written.length)
    for (let more = next.exec(part.slice(at)); more; more = next.exec(part.slice(at))) {
      const [list, other = ''] = more
      at += list.length
      take(other, at - other.length)
    }

    function take(table: string, from: number): void {
      const key = keyOf(table)
      const isOwn = own.has(key) || ofSystem.test(key)
      const [named, short] = alias.exec(part.slice(at)) ?? []
      const isNamed = named !== undefined && short !== undefined && !keyword.test(short)
      if (isNamed) at += named.length
      nameTable(isNamed ? keyOf(short) : (key.split('.').at(-1) as string), isOwn ? undefined : key)
      if (!isOwn) steps.push({kind: 'refer', table: key, by, at: place(offset + from, table.length)})
    }
  }
  const columns = new Map<string, Named[]>()
  for (const match of part.matchAll(new RegExp(`(?<![\\w."])(${word})\\.(${word})(?!\\s*[(.])`, 'g'))) {
    const [, before = '', column = ''] = match
    const table = aliases.get(keyOf(before))
    if (table === undefined || systemColumns.test(keyOf(column))) continue
    // Of the table itself it is what stands behind FROM.
    const spot = place(offset + match.index, match[0].length)
    const list = columns.get(table) ?? []
    columns.set(table, list)
    list.push({name: keyOf(column), at: spot})
  }
  for (const [table, list] of columns)
    steps.push({kind: 'use', table, columns: list, by, at: list[0]?.at as FileLocation})
  return steps
}
