/** Where heredocs begin and end, as BuildKit reads them (frontend/dockerfile/parser/parser.go and shell/lex.go). */

export interface Heredoc {
  name: string
  text: string
  /** Variables are filled in: no part of the name stands in quotes. */
  expands: boolean
  /** Its end was found. */
  closed: boolean
}

interface Opening {
  /** Where the word begins in the line, and how long it is. */
  at: number
  length: number
  name: string
  /** `<<-`: tabs at the beginning of its lines do not count. */
  tabs: boolean
  expands: boolean
}

/** A word of a line: quotes keep blanks together, and so does `<<`, which may stand apart from its name. */
const words = /(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|<(?:<[ \t]*)?|[^\s"'\\<])+/gs

export function openings(line: string): Opening[] {
  if (!line.includes('<<')) return []
  // BuildKit sees no heredoc at all in a line whose quotes are not closed.
  if (/["']/.test(line.replace(words, ''))) return []
  return [...line.matchAll(words)].flatMap((word) => {
    const [, tabs, written = ''] = /^\d*<<(-?)\s*([^<]*)$/.exec(word[0]) ?? []
    const name = written.replace(/["']/g, '').replace(/\\(.)/g, '$1')
    if (name === '') return []
    return [{at: word.index, length: word[0].length, name, tabs: tabs === '-', expands: !/["']/.test(written)}]
  })
}

/** The heredocs that a line opens, from the lines behind it. */
export function heredocsOf(line: string, body: readonly string[]): Heredoc[] {
  let at = 0
  return openings(line).map(({name, tabs, expands}) => {
    const end = endOf({name, tabs}, body, at)
    const lines = body.slice(at, end)
    at = end + 1
    const text = lines.map((each) => `${withoutTabs(each, tabs)}\n`).join('')
    return {name, text, expands, closed: end < body.length}
  })
}

/** The first line behind these heredocs, whose text begins at `from`. */
export const behind = (opened: readonly Opening[], lines: readonly string[], from: number): number =>
  opened.reduce((at, opening) => endOf(opening, lines, at) + 1, from)

const withoutTabs = (line: string, tabs: boolean): string => (tabs ? line.replace(/^\t+/, '') : line)

/** The line that ends a heredoc; behind all lines where none does. */
function endOf({name, tabs}: Pick<Opening, 'name' | 'tabs'>, lines: readonly string[], from: number): number {
  let at = from
  while (at < lines.length && withoutTabs(lines[at] as string, tabs) !== name) at += 1
  return at
}
