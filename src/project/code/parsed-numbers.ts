import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {escapePattern} from '../escape-pattern.ts'
import {noFiles} from '../files/files.ts'
import type {Inputs} from '../inputs.ts'
import {type Code, codeOf} from './code.ts'
import {isNotShipped} from './parsed-addresses.ts'

/** A variable of [env] that the code makes a whole number of, which its value is not. */
export interface ParsedNumber {
  name: string
  value: string
  /** The language raises an error; in others the code itself decides what becomes of one. */
  raises: boolean
  /** Where the code reads it. */
  at: FileLocation
}

/** Of the files that may read such a variable only those that name it are looked at. */
export async function loadParsedNumbers({reader}: Inputs, facts: FactStore): Promise<Fact<ParsedNumber[]>> {
  const config = await facts.need('flyConfig')
  // What begins with a digit and goes on as no number does: 0.5, 30s, 1e6, 10MB. 0x1F is one, to another base.
  const local = Object.entries(config.config.env ?? {})
    .map(([name, value]) => ({name, value: String(value).trim()}))
    .filter(({value}) => /^[+-]?\d/.test(value) && !/^[+-]?(?:\d+(?:_\d+)*$|0[xob])/i.test(value))
  if (local.length === 0) return known([])
  const found: ParsedNumber[] = []
  const files = (await facts.value('files')) ?? noFiles
  for (const path of files.ending('.rs', '.go', '.py', '.ex', '.exs')) {
    if (isNotShipped(path)) continue
    const file = await reader.text(path)
    const named = local.filter(({name}) => file?.text.includes(`"${name}"`) || file?.text.includes(`'${name}'`))
    const code = file && named.length > 0 ? codeOf(file) : undefined
    for (const {name, value} of code ? named : []) {
      const match = code && readAsNumber(code, escapePattern(name))
      if (!file || !match) continue
      const at = file.span(match.index, match.index + match[0].length)
      found.push({name, value, raises: /\.(?:py|exs?)$/.test(path) && !isCaught(file.text, match.index), at})
    }
  }
  return known(found)
}

/** A call that makes a whole number of the variable as it is: to no other base, with no unit taken away before. */
function readAsNumber({text, language}: Code, name: string): RegExpExecArray | undefined {
  const otherwise = '(?:,[^()\\n]{0,100})?'
  const patterns = {
    go: [
      `\\bstrconv\\.(?:Atoi|ParseInt|ParseUint)\\(\\s*(?:strings\\.TrimSpace\\(\\s*)?os\\.Getenv\\(\\s*"${name}"\\s*\\)(?:\\s*\\))?\\s*(?:\\)|,\\s*10\\b)`,
    ],
    python: [
      `\\bint\\(\\s*(?:os\\.)?(?:environ(?:\\.get\\(|\\[)|getenv\\()\\s*["']${name}["']\\s*${otherwise}[)\\]]\\s*(?:or\\b[^()\\n]{0,100})?\\)`,
    ],
    elixir: [
      `\\bString\\.to_integer\\(\\s*System\\.(?:get_env|fetch_env!)\\(\\s*"${name}"\\s*${otherwise}\\)\\s*(?:\\|\\|[^()\\n]{0,100})?\\)`,
      `\\bSystem\\.(?:get_env|fetch_env!)\\(\\s*"${name}"[^)\\n]{0,100}\\)\\s*\\|>\\s*String\\.to_integer\\b(?!\\(\\s*\\d)`,
    ],
    rust: [
      `\\benv\\s*=\\s*"${name}"[^\\]]{0,200}\\]\\s*(?:pub\\s+)?\\w+\\s*:\\s*(?:Option<)?[iu](?:8|16|32|64|128|size)\\b`,
      `\\bvar\\(\\s*"${name}"\\s*\\)[^;]{0,200}\\.parse::<[iu](?:8|16|32|64|128|size)>`,
    ],
    javascript: [],
    csharp: [],
  }[language]
  for (const pattern of patterns) {
    const match = new RegExp(pattern).exec(text)
    if (!match) continue
    // Of an attribute of clap what stands before `env`, too.
    const begin = match[0].startsWith('env') ? Math.max(0, text.lastIndexOf('#[', match.index)) : match.index
    return readsUnit.test(text.slice(begin, match.index + match[0].length)) || isTriedOtherwise(text, name)
      ? undefined
      : match
  }
  return language === 'go' ? boundInGo(text, name) : undefined
}

/** A parser of the project's own, or what takes a unit away before. */
const readsUnit =
  /\bvalue_parser\b|\bparse\s*\(\s*(?:try_)?from|\.(?:trim_(?:\w+_)?matches|strip_\w+|replace|split\w*)\(/

/** Go code that has another way to read it: time.ParseDuration(os.Getenv("TIMEOUT")). */
const isTriedOtherwise = (text: string, name: string): boolean =>
  new RegExp(`\\bParse(?:Float|Duration)\\([^\\n]{0,100}"${name}"`).test(text)

/** Whether Python's code stands in a `try`. */
function isCaught(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 400), index)
  return before.lastIndexOf('try:') > Math.max(before.lastIndexOf('except'), before.lastIndexOf('\ndef '))
}

/** `raw := os.Getenv("LIMIT")`, and `strconv.Atoi(raw)` in the lines that follow, with no other way to read it. */
function boundInGo(text: string, name: string): RegExpExecArray | undefined {
  const bound = new RegExp(
    `\\b(\\w{1,60})(?:\\s{0,9},\\s{0,9}\\w{1,60})?\\s{0,9}:?=\\s{0,9}(?:strings\\.TrimSpace\\(\\s*)?os\\.(?:Getenv|LookupEnv)\\(\\s*"${name}"`,
  ).exec(text)
  if (!bound) return undefined
  const after = text.slice(bound.index + bound[0].length, bound.index + bound[0].length + 300)
  const use = new RegExp(
    `\\b(strconv|time)\\.(\\w+)\\(\\s*(?:strings\\.TrimSpace\\(\\s*)?${bound[1]}\\b(?:\\s*\\))?(?:\\s*,\\s*(\\d+))?`,
  )
  const [, , how = '', base = '10'] = use.exec(after) ?? []
  return base === '10' && /^(?:Atoi|ParseInt|ParseUint)$/.test(how) && !/\bParse(?:Float|Duration)\(/.test(after)
    ? bound
    : undefined
}
