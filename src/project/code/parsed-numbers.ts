import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {isApart} from '../apart.ts'
import {escapePattern} from '../escape-pattern.ts'
import {noFiles} from '../files.ts'
import type {Inputs} from '../inputs.ts'
import {type Code, codeOf} from './code.ts'

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
  const config = await facts.get('flyConfig')
  if (config.state !== 'ok') return config
  // What begins with a digit and goes on as no number does: 0.5, 30s, 1e6, 10MB.
  const local = Object.entries(config.value.config.env ?? {})
    .map(([name, value]) => ({name, value: String(value).trim()}))
    .filter(({value}) => /^[+-]?\d/.test(value) && !/^[+-]?\d+(?:_\d+)*$/.test(value))
  if (local.length === 0) return known([])
  const found: ParsedNumber[] = []
  const files = (await facts.value('files')) ?? noFiles
  for (const path of files.ending('.rs', '.go', '.py', '.ex', '.exs')) {
    if (isApart(path) || path.startsWith('target/')) continue
    const file = await reader.text(path)
    const named = local.filter(({name}) => file?.text.includes(`"${name}"`) || file?.text.includes(`'${name}'`))
    const code = file && named.length > 0 ? codeOf(file) : undefined
    for (const {name, value} of code ? named : []) {
      const match = code && readAsNumber(code, escapePattern(name))
      if (!file || !match) continue
      const at = file.span(match.index, match.index + match[0].length)
      found.push({name, value, raises: /\.(?:py|exs?)$/.test(path), at})
    }
  }
  return known(found)
}

function readAsNumber({text, language}: Code, name: string): RegExpExecArray | undefined {
  const patterns = {
    go: [`\\bstrconv\\.(?:Atoi|ParseInt|ParseUint)\\(\\s*(?:strings\\.TrimSpace\\(\\s*)?os\\.Getenv\\(\\s*"${name}"`],
    python: [`\\bint\\(\\s*(?:os\\.)?(?:environ(?:\\.get\\(|\\[)|getenv\\()\\s*["']${name}["']`],
    elixir: [
      `\\bString\\.to_integer\\(\\s*System\\.(?:get_env|fetch_env!)\\(\\s*"${name}"`,
      `\\bSystem\\.(?:get_env|fetch_env!)\\(\\s*"${name}"[^)\\n]{0,100}\\)\\s*\\|>\\s*String\\.to_integer`,
    ],
    rust: [
      `\\benv\\s*=\\s*"${name}"[^\\]]{0,200}\\]\\s*(?:pub\\s+)?\\w+\\s*:\\s*(?:Option<)?[iu](?:8|16|32|64|128|size)\\b`,
      `\\bvar\\(\\s*"${name}"\\s*\\)[^;]{0,200}\\.parse::<[iu](?:8|16|32|64|128|size)>`,
    ],
    javascript: [],
  }[language]
  for (const pattern of patterns) {
    const match = new RegExp(pattern).exec(text)
    if (match) return match
  }
  return language === 'go' ? boundInGo(text, name) : undefined
}

/** `raw := os.Getenv("LIMIT")`, and `strconv.Atoi(raw)` in the lines that follow, with no other way to read it. */
function boundInGo(text: string, name: string): RegExpExecArray | undefined {
  const bound = new RegExp(
    `\\b(\\w{1,60})(?:\\s{0,9},\\s{0,9}\\w{1,60})?\\s{0,9}:?=\\s{0,9}(?:strings\\.TrimSpace\\(\\s*)?os\\.(?:Getenv|LookupEnv)\\(\\s*"${name}"`,
  ).exec(text)
  if (!bound) return undefined
  const after = text.slice(bound.index + bound[0].length, bound.index + bound[0].length + 300)
  const use = new RegExp(`\\b(strconv|time)\\.(\\w+)\\(\\s*(?:strings\\.TrimSpace\\(\\s*)?${bound[1]}\\b`)
  const [, , how = ''] = use.exec(after) ?? []
  return /^(?:Atoi|ParseInt|ParseUint)$/.test(how) && !/\bParse(?:Float|Duration)\(/.test(after) ? bound : undefined
}
