/** What views and policies name: Postgres lets nothing of it go, and gives no column of it another type. */
import type {TableStep} from './table-step.ts'

type Reads = Extract<TableStep, {kind: 'hold'}>['reads']

const source = /\bfrom\s+(?:only\s+)?((?:"[^"]+"|\w+)(?:\s*\.\s*(?:"[^"]+"|\w+))?)(?!\s*\()(?:\s+(?:as\s+)?(\w+))?/i
const keyword =
  /^(?:where|on|using|join|inner|left|right|full|cross|natural|group|order|having|limit|offset|union|intersect|except|window|for|fetch)$/i

/**
 * The queries in a text that each read one table alone, and what stands around them for `own`, where that is a condition on
 * it. Names in a query of several tables may be of any of them, and are left out.
 */
export function readsOf(text: string, own: string | undefined, keyOf: (written: string) => string): Reads {
  const reads: Reads = []
  let rest = text
  // From the innermost out: what is read is taken away.
  for (let inner = query.exec(rest); inner; inner = query.exec(rest)) {
    take(inner[1] as string)
    rest = rest.slice(0, inner.index) + ' '.repeat(inner[0].length) + rest.slice(inner.index + inner[0].length)
  }
  if (own === undefined) take(rest)
  // What is too deep in brackets may be a query of its own.
  else if (!/\bselect\b/i.test(rest)) reads.push({table: own, text: rest})
  return reads

  function take(part: string): void {
    const [, table, alias] = source.exec(part) ?? []
    if (
      table === undefined ||
      /\bjoin\b|\bfrom\b[\s\S]*\bfrom\b|\b(?:union|intersect|except|lateral|with)\b/i.test(part)
    )
      return
    const behind = part.slice(part.search(source)).replace(source, '')
    if (/^\s*,/.test(behind)) return
    reads.push({
      table: keyOf(table),
      alias: alias !== undefined && !keyword.test(alias) ? keyOf(alias) : undefined,
      text: part,
    })
  }
}

const query = /\(\s*(select\b[^()]*(?:\([^()]*\)[^()]*)*)\)/i

/** Whether a condition or a query on one table names this column of it. */
export function namesColumn({table, alias, text}: Reads[number], column: string): boolean {
  const quoted = column.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const names = new RegExp(
    `(?:(?<![\\w$"])"?(\\w+)"?\\s*\\.\\s*)?(?<!::\\s*)(?<![\\w$"])"?${quoted}"?(?![\\w$"])(?!\\s*[(.])`,
    column === column.toLowerCase() ? 'gi' : 'g',
  )
  for (const match of text.matchAll(names)) {
    const [, before] = match
    if (before !== undefined) {
      if (before.toLowerCase() === (alias ?? table.split('.').at(-1))) return true
      continue
    }
    const ahead = text.slice(0, match.index)
    if (!/(?:\bas\s+|\.\s*"?|::\s*)$/i.test(ahead)) return true
  }
  return /\bselect\s+(?:\w+\s*\.\s*)?\*/i.test(text)
}
