import type {FileLocation} from '../../check.ts'
import type {TextFile} from '../files/text.ts'

export type Language = 'javascript' | 'python' | 'go' | 'rust' | 'elixir' | 'csharp'

/** A part of the text: two offsets, the end exclusive. */
export interface Span {
  start: number
  end: number
}

/** A source file in three layers of the same length, so that an offset means the same in each. */
export interface Code {
  file: TextFile
  language: Language
  /** Comments are blank. */
  text: string
  /** What stands in strings is blank too: brackets, commas and names in it are those of the program. */
  bare: string
}

const languages: readonly (readonly [RegExp, Language])[] = [
  [/\.[cm]?[jt]sx?$/, 'javascript'],
  [/\.py$/, 'python'],
  [/\.go$/, 'go'],
  [/\.rs$/, 'rust'],
  [/\.exs?$/, 'elixir'],
  [/\.cs$/, 'csharp'],
]

export function codeOf(file: TextFile): Code | undefined {
  const language = languages.find(([name]) => name.test(file.path))?.[1]
  return language && {file, language, ...file.once(strings[language], () => layers(file.text, language))}
}

/** Comments and strings of each language; the first that fits counts. All of them are linear. */
const comments: Readonly<Record<Language, RegExp>> = {
  javascript: /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y,
  go: /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y,
  rust: /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y,
  python: /#[^\n]*/y,
  elixir: /#[^\n]*/y,
  csharp: /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y,
}
const double = '"(?:[^"\\\\\\n]|\\\\[^])*"?'
const single = "'(?:[^'\\\\\\n]|\\\\[^])*'?"
const strings: Readonly<Record<Language, RegExp>> = {
  javascript: new RegExp(`${double}|${single}|\`(?:[^\`\\\\]|\\\\[^])*\`?`, 'y'),
  go: new RegExp(`${double}|\`[^\`]*\`?|'(?:[^'\\\\\\n]|\\\\.)*'`, 'y'),
  // An apostrophe alone begins a lifetime.
  rust: new RegExp(`r(#*)"[^]*?"\\1|${double}|'(?:[^'\\\\\\n]|\\\\[^'\\n]+|\\\\')'`, 'y'),
  python: new RegExp(`"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|${double}|${single}`, 'y'),
  // Strings run over lines; `~w(a b)` is a sigil, and `?#` a character.
  elixir: new RegExp(
    `"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:[^"\\\\]|\\\\[^])*"?|${single}|~[a-zA-Z]+(?:"""[^]*?"""|\\([^)]*\\)|\\[[^\\]]*\\]|\\{[^}]*\\}|/[^/\\n]*/|\\|[^|\\n]*\\||"[^"]*"|'[^']*')|(?<![\\w)])\\?\\\\?\\S`,
    'y',
  ),
  // In a verbatim string only a doubled quote is none of its end.
  csharp: new RegExp(`\\$?@\\$?"(?:[^"]|"")*"?|"""[^]*?(?:"""|$)|${double}|'(?:[^'\\\\\\n]|\\\\[^\\n][^\\n']*)'`, 'y'),
}
/** A regular expression stands where a value can begin. */
const expression = /\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//y

/** What begins neither a comment nor a string. */
const plain = /[^"'`/#]+/y
const plainIn: Partial<Readonly<Record<Language, RegExp>>> = {
  rust: /[^"'`/#r]+/y,
  elixir: /[^"'`/#~?]+/y,
  csharp: /[^"'`/#@$]+/y,
}

/** Blanks for all but the ends of lines, so that offsets stay. */
export const blank = (text: string): string => text.replace(/[^\n]/g, ' ')

function layers(source: string, language: Language): {text: string; bare: string} {
  const text: string[] = []
  const bare: string[] = []
  const match = (pattern: RegExp, at: number): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(source)?.[0]
  }
  let last = ''
  for (let at = 0; at < source.length; ) {
    const comment = match(comments[language], at)
    if (comment) {
      text.push(blank(comment))
      bare.push(blank(comment))
      at += comment.length
      continue
    }
    const run = match(plainIn[language] ?? plain, at)
    if (run) {
      text.push(run)
      bare.push(run)
      at += run.length
      last = run.trimEnd().at(-1) ?? last
      continue
    }
    const character = source[at] as string
    const mayBeExpression = language === 'javascript' && character === '/' && /^[(,=:[!&|?{};]?$/.test(last)
    const string = (mayBeExpression && match(expression, at)) || match(strings[language], at)
    if (string) {
      text.push(string)
      // A bracket at its end would close one of the program's.
      const end = closes.includes(string.at(-1) as string) ? ' ' : string.at(-1)
      bare.push(string.length > 1 ? string[0] + blank(string.slice(1, -1)) + end : string)
      at += string.length
      last = '"'
      continue
    }
    text.push(character)
    bare.push(character)
    if (character.trim()) last = character
    at++
  }
  return {text: text.join(''), bare: bare.join('')}
}

const opens = '([{'
const closes = ')]}'

/** The offset of the bracket that closes the one at this offset; the text's end where none does. */
export function closing({bare}: Code, open: number): number {
  let depth = 0
  for (let at = open; at < bare.length; at++) {
    if (opens.includes(bare[at] as string)) depth++
    else if (closes.includes(bare[at] as string) && --depth === 0) return at
  }
  return bare.length
}

/** The parts of a span between the separators that stand in no bracket, without blanks around them. */
export function parts(code: Code, {start, end}: Span, separator = /,/y): Span[] {
  const found: Span[] = []
  let from = start
  let depth = 0
  for (let at = start; at < end; at++) {
    const character = code.bare[at] as string
    if (opens.includes(character)) depth++
    else if (closes.includes(character)) depth--
    if (depth > 0) continue
    separator.lastIndex = at
    const found0 = separator.exec(code.bare)?.[0]
    if (!found0) continue
    found.push(trim(code, {start: from, end: at}))
    from = at + found0.length
    at = from - 1
  }
  const rest = trim(code, {start: from, end})
  return rest.start < rest.end || found.length > 0 ? [...found, rest] : []
}

/** The arguments of a call whose opening bracket stands at this offset. */
export function argumentsAt(code: Code, open: number): Span[] {
  const found = parts(code, {start: open + 1, end: closing(code, open)})
  const last = found.at(-1)
  // A comma may stand behind the last one.
  return last && last.start >= last.end ? found.slice(0, -1) : found
}

/** From an offset to the end of its line, or of the lines that brackets join to it. */
export function lineAt({bare}: Code, start: number): Span {
  let depth = 0
  for (let at = start; at < bare.length; at++) {
    if ('([{'.includes(bare[at] as string)) depth++
    else if (')]}'.includes(bare[at] as string)) depth--
    else if (bare[at] === '\n' && depth <= 0) return {start, end: at}
  }
  return {start, end: bare.length}
}

export function trim({text}: Code, {start, end}: Span): Span {
  let [from, to] = [start, end]
  while (from < to && /\s/.test(text[from] as string)) from++
  while (to > from && /\s/.test(text[to - 1] as string)) to--
  return {start: from, end: to}
}

export const textOf = ({text}: Code, {start, end}: Span): string => text.slice(start, end)

export const placeOf = ({file}: Code, {start, end}: Span): FileLocation => file.span(start, end)

/** Where each `{` stands that is open at this offset, the outermost first. */
export function openBraces({bare}: Code, offset: number): number[] {
  const open: number[] = []
  for (let at = 0; at < offset; at++) {
    if (bare[at] === '{') open.push(at)
    else if (bare[at] === '}') open.pop()
  }
  return open
}

/** What stands before each of them: `if (production)`, `function main()`. */
export function blocksAround(code: Code, offset: number): string[] {
  const {bare, text} = code
  return openBraces(code, offset).map((at) => {
    // From the line on which the brackets before it open.
    let from = at
    let depth = 0
    for (; from > 0; from--) {
      const character = bare[from - 1] as string
      if (character === ')') depth++
      else if (character === '(') depth--
      else if (depth === 0 && /[;{}\n]/.test(character)) break
    }
    return text.slice(from, at).trim()
  })
}

/** The headers of the blocks that a line of Python is in, by its indentation, the innermost first. */
export function headersAround(code: Code, offset: number): string[] {
  const lines = code.text.slice(0, offset).split('\n')
  let indent = /^\s*/.exec(lines.pop() ?? '')?.[0].length ?? 0
  const headers: string[] = []
  for (let line = lines.pop(); line !== undefined && indent > 0; line = lines.pop()) {
    const own = /^\s*/.exec(line)?.[0].length ?? 0
    if (!line.trim() || own >= indent) continue
    indent = own
    headers.push(line.trim())
  }
  return headers
}
