/** What views and policies name: Postgres lets nothing of it go, and gives no column of it another type. */
import {escapePattern} from '../../escape-pattern.ts'
import {inBrackets} from '../sql.ts'
import {keyOf} from './sql-names.ts'
import type {TableStep} from './table-step.ts'

type Reads = Extract<TableStep, {kind: 'hold'}>['reads']

const source = /\bfrom\s+(?:only\s+)?((?:"[^"]+"|\w+)(?:\s*\.\s*(?:"[^"]+"|\w+))?)(?!\s*\()(?:\s+(?:as\s+)?(\w+))?/i
const keyword =
  /^(?:where|on|using|join|inner|left|right|full|cross|natural|group|order|having|limit|offset|union|intersect|except|window|for|fetch)$/i

/**
 * The queries in a text that each read one table alone, and what stands around them for `own`, where that is a condition on
 * it. Names in a query of several tables may be of any of them, and are left out.
 */
export function readsOf(text: string, own?: string): Reads {
  const reads: Reads = []
  let rest = text
  // From the innermost out: what is read is taken away.
  for (let start = lastQuery(rest); start >= 0; start = lastQuery(rest)) {
    const query = inBrackets(rest, start)
    take(query)
    rest = rest.slice(0, start) + ' '.repeat(query.length) + rest.slice(start + query.length)
  }
  if (own === undefined) take(rest)
  else reads.push({table: own, text: rest})
  return reads

  function take(part: string): void {
    const [all, table, alias] = source.exec(part) ?? []
    if (all === undefined || table === undefined || several.test(part)) return
    if (/^\s*,/.test(part.slice(part.indexOf(all) + all.length))) return
    const isAlias = alias !== undefined && !keyword.test(alias)
    reads.push({table: keyOf(table), alias: isAlias ? keyOf(alias) : undefined, text: part})
  }
}

const several = /\bjoin\b|\bfrom\b[\s\S]*\bfrom\b|\b(?:union|intersect|except|lateral|with)\b/i

/** Where the last query in brackets begins: no other one is in it. */
const lastQuery = (text: string): number => [...text.matchAll(/\(\s*select\b/gi)].at(-1)?.index ?? -1

/** Whether a condition or a query on one table names this column of it. */
export function namesColumn({table, alias, text}: Reads[number], column: string): boolean {
  const names = new RegExp(
    `(?:(?<![\\w$"])"?(\\w+)"?\\s*\\.\\s*)?(?<!::\\s*)(?<![\\w$"])"?${escapePattern(column)}"?(?![\\w$"])(?!\\s*[(.])`,
    column === column.toLowerCase() ? 'gi' : 'g',
  )
  for (const match of text.matchAll(names)) {
    const [, before] = match
    if (before !== undefined) {
      if (before.toLowerCase() === (alias ?? table.split('.').at(-1))) return true
      continue
    }
    // The name of a result, of a column of another table, and a type.
    if (!/(?:\bas\s+|\.\s*"?|::\s*)$/i.test(text.slice(0, match.index))) return true
  }
  return /\bselect\s+(?:\w+\s*\.\s*)?\*/i.test(text)
}
