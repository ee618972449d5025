/** The words of the migrations: what none of them names, none of them makes. */
export class MadeWords {
  readonly #words: ReadonlySet<string>
  readonly #statements: ReadonlySet<string>[]
  /** A column may have got its name, or its table, in a way that a statement does not show. */
  readonly #isMoved: boolean

  constructor(sql: string) {
    // What stands in quotes keeps its words: it may be a statement that is put together.
    const text = sql
      .replace(/'[^']*'|--[^\n]*|\/\*[\s\S]{0,2000}?\*\//g, (part) =>
        part.startsWith("'") ? part.replaceAll(';', ' ') : ' ',
      )
      .toLowerCase()
    this.#words = wordsOf(text)
    this.#statements = text.split(';').map(wordsOf)
    const renamed = [
      ...text.matchAll(/\brename\s+(?:to\s+|as\s+)?(?!column\b|constraint\b|index\b|key\b|value\b)["`]?(\w+)/g),
    ].some(({1: to, index}) => !text.slice(Math.max(0, index - 200), index).includes(`new_${to}`))
    this.#isMoved =
      renamed || /\bexec(?:ute)?\b|\binherits\b|\(\s*like\b|\bas\s{0,100}\(?\s{0,100}(?:select|with|table)\b/.test(text)
  }

  has(name: string): boolean {
    return this.#words.has(name.toLowerCase())
  }

  hasColumn(table: string, column: string): boolean {
    if (this.#isMoved) return this.has(column)
    // SQLite has no way to change a column: Prisma makes the table anew, as new_Table.
    const names = [table.toLowerCase(), `new_${table.toLowerCase()}`]
    const word = column.toLowerCase()
    return this.#statements.some((words) => words.has(word) && names.some((name) => words.has(name)))
  }
}

const wordsOf = (text: string): Set<string> => new Set(text.match(/\w+/g))
