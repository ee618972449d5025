/** The text of an instruction as BuildKit sees it: one line, its flags apart, heredocs beside it. */

export interface LogicalLine {
  /** What follows the keyword and its flags, continued lines joined. */
  rest: string
  /** `--from=builder` as ["from", "builder"]. */
  flags: (readonly [name: string, value: string])[]
  heredocs: Heredoc[]
  /** The first word behind it, where a line seems to be continued and is not: its last escape character is escaped. */
  left: string | undefined
}

export interface Heredoc {
  name: string
  text: string
  /** Variables are filled in: no part of the name stands in quotes. */
  expands: boolean
  /** Its end was found. */
  closed: boolean
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

/** `raw` is the instruction from its keyword on, with all its lines (parser/parser.go, Parse). */
export function logicalLine(raw: string, escapeCharacter: string): LogicalLine {
  const lines = raw.split('\n')
  const symbol = escapeCharacter === '`' ? '`' : '\\\\'
  const continued = new RegExp(`(^|[^${symbol}])${symbol}[ \\t]*$`)
  let joined = ''
  let at = 0
  for (; at < lines.length; at++) {
    const line = lines[at] as string
    // Comments and blank lines inside an instruction do not end it.
    if (at > 0 && /^\s*(#|$)/.test(line)) continue
    joined += line.replace(continued, '$1')
    if (!continued.test(line)) break
  }
  const [, keyword = '', behind = ''] = /^\s*(\S+)\s*(.*)$/s.exec(joined) ?? []
  const {flags, rest} = takeFlags(behind, escapeCharacter)
  const mayHaveHeredocs = /^(ADD|COPY|RUN|ONBUILD)$/i.test(keyword) && !isJson(rest)
  const behindIt = lines.slice(at + 1)
  const left = rest.includes('<<') ? undefined : behindIt.find((line) => !/^\s*(#|$)/.test(line))
  return {
    rest,
    flags,
    heredocs: mayHaveHeredocs ? heredocsOf(rest, behindIt) : [],
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

function heredocsOf(line: string, body: readonly string[]): Heredoc[] {
  const heredocs: Heredoc[] = []
  let at = 0
  for (const [, tabs, written = ''] of line.matchAll(/(?:^|\s)\d*<<(-?)\s*([^<\s]+)/g)) {
    const name = written.replace(/["']/g, '')
    const end = body.findIndex((each, index) => index >= at && (tabs ? each.replace(/^\t+/, '') : each) === name)
    const lines = body.slice(at, end < 0 ? body.length : end)
    const text = lines.map((each) => `${tabs ? each.replace(/^\t+/, '') : each}\n`).join('')
    heredocs.push({name, text, expands: !/["']/.test(written), closed: end >= 0})
    at = end < 0 ? body.length : end + 1
  }
  return heredocs
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

const isJson = (text: string): boolean => jsonArray(text) !== undefined
