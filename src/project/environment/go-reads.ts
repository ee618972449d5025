import {type Code, codeOf} from '../code/code.ts'
import type {TextFile} from '../files/text.ts'
import {configures} from './configures.ts'
import type {VariableRead} from './environment.ts'

/** What ends the program. Who gets an error may go on without the part that asked: it counts where all is configured. */
const ends = String.raw`\w+\.(?:Fatal|Panic)\w*|panic|os\.Exit`
const fails = String.raw`return\b[^\n}]*\b(?:errors\.New|fmt\.Errorf)`
/** `if os.Getenv("X") == "" { log.Fatal(…) }`, and the same of a variable that was just read. */
const guards = (stops: string): RegExp[] => [
  new RegExp(String.raw`\bif\s+os\.Getenv\(\s*"(\w+)"\s*\)\s*==\s*""\s*\{\s*(?:${stops})`, 'g'),
  new RegExp(
    String.raw`\b(\w+)\s*:?=\s*os\.Getenv\(\s*"(\w+)"\s*\)[ \t]*(?:\n\s*|;\s*)(?:if\s+)?\1\s*==\s*""\s*\{\s*(?:${stops})`,
    'g',
  ),
  new RegExp(
    String.raw`\b\w+\s*,\s*(\w+)\s*:?=\s*os\.LookupEnv\(\s*"(\w+)"\s*\)[ \t]*(?:\n\s*if\s+|;\s*)!\1\s*\{\s*(?:${stops})`,
    'g',
  ),
]
const guarded = guards(ends)
const guardedAtStart = guards(`${ends}|${fails}`)
/** `mustGetenv("X")`, `requireEnv("X")`: a function of the project's, by what it is called. */
const demands = /\b\w{0,60}(?:[mM]ust|[rR]equired?)\w{0,60}[eE]nv\w{0,60}\(\s*"([A-Z][A-Z0-9_]*)"\s*\)/g
/** Any other function of that kind that is given a default, and cmp.Or. */
const withDefault =
  /\b\w{0,60}[eE]nv\w{0,60}\(\s*"([A-Z][A-Z0-9_]*)"\s*,|\bcmp\.Or\(\s*os\.Getenv\(\s*"([A-Z][A-Z0-9_]*)"\s*\)/g
const plain = /\bos\.(?:Getenv|LookupEnv)\(\s*"([A-Z][A-Z0-9_]*)"\s*\)/g
/**
 * The tags of a struct: kelseyhightower's `envconfig:"X" required:"true"`, caarlos0's and sethvargo's `env:"X,required"`,
 * cleanenv's `env:"X" env-required:"true"`.
 */
const tag = /`([^`\n]*\benv(?:config)?:"([A-Z][A-Z0-9_]*)((?:,[^"`]*)?)"[^`\n]*)`/g

/** What a Go file reads. Missed: viper, whose names are made of keys, and flags with a variable beside them. */
export function goReads(file: TextFile): VariableRead[] {
  const code = codeOf(file)
  if (!code) return []
  const reads: VariableRead[] = []
  const told = new Set<string>()
  const add = (match: RegExpMatchArray, name: string | undefined, how: Pick<VariableRead, 'without' | 'required'>) => {
    if (!name || told.has(name)) return
    told.add(name)
    const start = (match.index ?? 0) + match[0].indexOf(name)
    reads.push({name, ...how, at: file.span(start, start + name.length)})
  }
  const required = {without: 'unknown', required: true} as const
  for (const pattern of configures(file.path) ? guardedAtStart : guarded)
    for (const match of code.text.matchAll(pattern)) add(match, match[2] ?? match[1], required)
  for (const match of code.text.matchAll(demands)) add(match, match[1], required)
  for (const match of tags(code)) {
    const [, all = '', name, options = ''] = match
    const given = /\b(?:envDefault|default|env-default):"|\bdefault=/.test(all)
    const asked = /(?:^|,)\s*(?:required|notEmpty)\b/.test(options) || /\b(?:required|env-required):"true"/.test(all)
    add(match, name, given ? {without: 'continues', required: false} : {without: 'unknown', required: asked})
  }
  for (const match of code.text.matchAll(withDefault))
    add(match, match[1] ?? match[2], {without: 'continues', required: false})
  for (const match of code.text.matchAll(plain)) add(match, match[1], {without: 'unknown', required: false})
  return reads
}

/** Where a prefix is put before the names they are not known. */
const tags = ({text}: Code): Iterable<RegExpMatchArray> =>
  /\benvPrefix:|\bPrefixLookuper\b|\bPrefix:\s*"|,prefix=/.test(text) ? [] : text.matchAll(tag)
