/** Which tables are worth a look: a history may have thousands of migrations, and few of them make anything twice. */

const word = String.raw`["'](\w+)["']`
const makesTable = new RegExp(String.raw`\bcreate_table\(\s*${word}`, 'g')
const addsColumn = new RegExp(String.raw`\badd_column\(\s*${word}\s*,\s*(?:\w+\.)?Column\(\s*${word}`, 'g')
const alters = new RegExp(String.raw`\bbatch_alter_table\(\s*${word}`, 'g')
const addsInBatch = new RegExp(String.raw`\badd_column\(\s*(?:\w+\.)?Column\(\s*${word}`, 'g')

/** Tables that the texts seem to make twice, or to give one column twice. */
export function candidates(texts: readonly string[]): Set<string> {
  const found = new Set<string>()
  const made = new Map<string, string[]>()
  const added = new Map<string, Set<string>>()
  const add = (table: string, column: string) => {
    const known = added.get(table) ?? new Set()
    if (known.has(column)) found.add(table)
    added.set(table, known.add(column))
  }
  for (const text of texts) {
    for (const [, table = ''] of text.matchAll(makesTable)) {
      const before = made.get(table)
      if (before) found.add(table)
      made.set(table, [...(before ?? []), text])
    }
    for (const [, table = '', column = ''] of text.matchAll(addsColumn)) add(table, column)
    const columns = [...text.matchAll(addsInBatch)].map(([, column = '']) => column)
    if (columns.length === 0) continue
    for (const [, table = ''] of text.matchAll(alters)) for (const column of columns) add(table, column)
  }
  for (const [table, columns] of added) {
    const tells = (text: string) => [...columns].some((column) => new RegExp(`["']${column}["']`).test(text))
    if (made.get(table)?.some(tells)) found.add(table)
  }
  return found
}
