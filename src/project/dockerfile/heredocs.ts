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
  name: string
  /** `<<-`: tabs at the beginning of its lines do not count. */
  tabs: boolean
}

/** A word of a line: quotes keep blanks together, and so does `<<`, which may stand apart from its name. */
const words = /(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|<(?:<[ \t]*)?|[^\s"'\\<])+/gs

function openings(line: string): (Opening & Pick<Heredoc, 'expands'>)[] {
  if (!line.includes('<<')) return []
  // BuildKit sees no heredoc at all in a line whose quotes are not closed.
  if (/["']/.test(line.replace(words, ''))) return []
  return [...line.matchAll(words)].flatMap((word) => {
    const [, tabs, written = ''] = /^\d*<<(-?)\s*([^<]*)$/.exec(word[0]) ?? []
    const name = written.replace(/["']/g, '').replace(/\\(.)/g, '$1')
    if (name === '') return []
    return [{name, tabs: tabs === '-', expands: !/["']/.test(written)}]
  })
}

/** The heredocs that a line opens, from the lines behind it, and the first line behind them. */
export function heredocsOf(line: string, lines: readonly string[], from: number): {heredocs: Heredoc[]; next: number} {
  let next = from
  const heredocs = openings(line).map(({name, tabs, expands}) => {
    const end = endOf({name, tabs}, lines, next)
    const own = lines.slice(next, end)
    next = end + 1
    const text = own.map((each) => `${withoutTabs(each, tabs)}\n`).join('')
    return {name, text, expands, closed: end < lines.length}
  })
  return {heredocs, next}
}

const withoutTabs = (line: string, tabs: boolean): string => (tabs ? line.replace(/^\t+/, '') : line)

/** The line that ends a heredoc; behind all lines where none does. */
function endOf({name, tabs}: Opening, lines: readonly string[], from: number): number {
  let at = from
  while (at < lines.length && withoutTabs(lines[at] as string, tabs) !== name) at += 1
  return at
}
