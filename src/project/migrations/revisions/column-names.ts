/** Where the texts of revisions name columns: most of them need no parser. */

/** A column that a revision works on. */
export interface Reference {
  table: string
  column: string
  /** `create_index`, `INSERT INTO`. */
  by: string
}

const quoted = String.raw`["'](\w{1,100})["']`
const gap = String.raw`\s{0,200}`
const indexes = new RegExp(
  String.raw`\bop\.(create_index|create_unique_constraint)\(${gap}(?:op\.f\(${gap})?["']\w{1,200}["']${gap}\)?,${gap}${quoted},${gap}\[(${gap}["']\w{1,100}["'](?:${gap},${gap}["']\w{1,100}["']){0,20})${gap},?${gap}\]`,
  'g',
)
const changes = new RegExp(String.raw`\bop\.(drop_column|alter_column)\(${gap}${quoted},${gap}${quoted}`, 'g')
const inserts =
  /\binsert\s{1,200}into\s{1,200}(?:public\.)?(\w{1,100})\s{0,200}\(([\w\s,]{1,2000})\)\s{0,200}(?:values|select|overriding)\b/gi

export function referencesIn(text: string): Reference[] {
  const found: Reference[] = []
  for (const [, by = '', table = '', list = ''] of text.matchAll(indexes))
    for (const [, column = ''] of list.matchAll(/["'](\w+)["']/g)) found.push({table, column, by})
  for (const [, by = '', table = '', column = ''] of text.matchAll(changes)) found.push({table, column, by})
  // In SQL capital letters are small ones, unless there are quotes.
  for (const [, table = '', list = ''] of text.matchAll(inserts))
    for (const name of list.toLowerCase().split(','))
      if (/^\w+$/.test(name.trim())) found.push({table: table.toLowerCase(), column: name.trim(), by: 'INSERT INTO'})
  return found
}

const defines = new RegExp(
  String.raw`\bColumn\(${gap}${quoted}|\bnew_column_name\s{0,9}=\s{0,9}${quoted}|\badd\s{1,50}(?:column\s{1,50})?(?:if\s{1,50}not\s{1,50}exists\s{1,50})?["\\]{0,2}(\w{1,100})|\bto\s{1,50}["\\]{0,2}(\w{1,100})`,
  'gi',
)

/** The columns that the texts define, by whatever table, each with the numbers of these texts. */
export function definedColumns(texts: readonly string[]): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>()
  for (const [index, text] of texts.entries()) {
    for (const [, ...names] of text.matchAll(defines)) {
      for (const name of names.flatMap((each) => (each ? [each, each.toLowerCase()] : [])))
        found.set(name, (found.get(name) ?? new Set()).add(index))
    }
  }
  return found
}
