/** The text of an instruction as BuildKit sees it: one line, its flags apart, heredocs beside it. */
import {type Heredoc, heredocsOf} from './heredocs.ts'

export interface LogicalLine {
  /** What follows the keyword and its flags, continued lines joined. */
  rest: string
  /** `--from=builder` as ["from", "builder"]. */
  flags: (readonly [name: string, value: string])[]
  heredocs: Heredoc[]
  /** The first word behind it, where a line seems to be continued and is not: its last escape character is escaped. */
  left: string | undefined
}

/** The escape character that `# escape=` at the top of the file chooses (parser/directives.go). */
export function escapeOf(text: string): string {
  for (const line of text.replace(/^\ufeff/, '').split('\n')) {
    const directive = /^\s*#\s*([a-zA-Z][\w-]*)\s*=\s*(.*?)\s*$/.exec(line)
    if (!directive || !/^(syntax|escape|check)$/i.test(directive[1] as string)) return '\\'
    if (/^escape$/i.test(directive[1] as string)) return directive[2] === '`' ? '`' : '\\'
  }
  return '\\'
}

/**
 * One line of the lines from `from` on, with those that go on where one ends in the escape character. `parts` are the
 * lines that it is made of, each with where it begins in the text; `next` is the first line behind it.
 */
export function joined(
  lines: readonly string[],
  from: number,
  escapeCharacter: string,
): {text: string; parts: {line: number; at: number}[]; next: number} {
  const symbol = escapeCharacter === '`' ? '`' : '\\\\'
  const continued = new RegExp(`(^|[^${symbol}])${symbol}[ \\t]*$`)
  const parts: {line: number; at: number}[] = []
  let text = ''
  let next = from
  for (; next < lines.length; next++) {
    const line = lines[next] as string
    // Comments and blank lines inside an instruction do not end it.
    if (next > from && /^\s*(#|$)/.test(line)) continue
    parts.push({line: next, at: text.length})
    text += line.replace(continued, '$1')
    if (!continued.test(line)) break
  }
  return {text, parts, next: next + 1}
}

/** Whether heredocs may stand in it: not where BuildKit reads JSON. */
export const mayHaveHeredocs = (keyword: string, rest: string): boolean =>
  /^(ADD|COPY|RUN|ONBUILD)$/i.test(keyword) && jsonArray(rest) === undefined

/** `raw` is the instruction from its keyword on, with all its lines (parser/parser.go, Parse). */
export function logicalLine(raw: string, escapeCharacter: string): LogicalLine {
  const lines = raw.split('\n')
  const {text, next} = joined(lines, 0, escapeCharacter)
  const [, keyword = '', behind = ''] = /^\s*(\S+)\s*(.*)$/s.exec(text) ?? []
  const {flags, rest} = takeFlags(behind, escapeCharacter)
  const behindIt = lines.slice(next)
  const left = rest.includes('<<') ? undefined : behindIt.find((line) => !/^\s*(#|$)/.test(line))
  return {
    rest,
    flags,
    heredocs: mayHaveHeredocs(keyword, rest) ? heredocsOf(rest, behindIt) : [],
    left: left?.trim().split(/\s/)[0],
  }
}

/** Flags stand right behind the keyword; `--` ends them (parser/split_command.go). */
function takeFlags(text: string, escapeCharacter: string): {flags: LogicalLine['flags']; rest: string} {
  const flags: LogicalLine['flags'] = []
  let rest = text.trim()
  while (rest.startsWith('--')) {
    const word = firstWord(rest, escapeCharacter)
    rest = rest.slice(word.length).trimStart()
    if (word === '--') break
    const [name = '', ...value] = word.slice(2).split('=')
    flags.push([name, value.join('=').replace(/^(["'])(.*)\1$/, '$2')])
  }
  return {flags, rest}
}

function firstWord(text: string, escapeCharacter: string): string {
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string
    if (character === escapeCharacter) at += 1
    else if (quote) quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if (/\s/.test(character)) return text.slice(0, at)
  }
  return text
}

/** Whether a text is the JSON form: an array. What is no JSON is taken as it stands. */
export function jsonArray(text: string): unknown[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
