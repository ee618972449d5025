/** The text of an instruction as BuildKit sees it: one line, its flags apart, heredocs beside it. */
import type {Heredoc} from './heredocs.ts'

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

/** Whether heredocs may stand in it: not where BuildKit reads JSON. */
export const mayHaveHeredocs = (keyword: string, rest: string): boolean =>
  /^(ADD|COPY|RUN|ONBUILD)$/i.test(keyword) && jsonArray(rest) === undefined

/** Flags stand right behind the keyword; `--` ends them (parser/split_command.go). */
export function takeFlags(text: string, escapeCharacter: string): {flags: LogicalLine['flags']; rest: string} {
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
