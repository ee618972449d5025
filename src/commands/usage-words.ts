import {suggest} from '../suggest.ts'

/** A flag as oclif defines it, as far as an error speaks of it. */
export interface FlagWords {
  type: string
  helpValue?: unknown
}
type Flags = Readonly<Record<string, FlagWords>>

/** What oclif says of wrong usage, and how it is said here: the value first, then what it must be. */
const said: readonly [RegExp, (flags: Flags, ...parts: string[]) => string][] = [
  [/^Nonexistent flags?: (.*)$/, (flags, words) => unknownFlags(words.split(', '), Object.keys(flags))],
  [/^Flag --(\S+) expects a value$/, (flags, name) => `--${name} needs a value${shownValue(flags, name)}`],
  [
    /^Parsing --(\S+) +Expected an integer but received: (.*)$/,
    (_, name, word) => `--${name} is ${word}, it must be a whole number`,
  ],
  [
    /^Parsing --(\S+) +Expected an integer greater than or equal to (\S+) but received: (.*)$/,
    (_, name, least, word) => `--${name} is ${word}, it must be at least ${least}`,
  ],
  [
    /^Parsing --(\S+) +Expected an integer less than or equal to (\S+) but received: (.*)$/,
    (_, name, most, word) => `--${name} is ${word}, it must be at most ${most}`,
  ],
  [/^Expected (.*) to be one of: (.*)/, (_, word, words) => `${word} is none of ${words}`],
  [
    /^(--[\w-]+)(?:=.*)? cannot also be provided when using (--[\w-]+)/,
    (_, other, name) => `${name} cannot be given together with ${other}`,
  ],
  [/^Unexpected argument: (.*)$/, (_, word) => `${word} is one argument too many`],
  [/^Unexpected arguments: (.*)$/, (_, words) => `${words} are too many arguments`],
  [
    /^Missing \d+ required args?: {1,20}(\S+) {1,20}(?:\(\S+\) )?(.*?)(?= {1,20}Note: --\S{1,100} allows multiple values\.|$)/,
    (_, name, description) => `${name.toUpperCase()} is missing: ${description}`,
  ],
]

/** An error of oclif's in one line. */
export function usageWords(message: string, flags: Flags): string {
  const text = message
    .replace(/\nSee more help with --help$/, '')
    .split(/[\n\r\u2028\u2029]/)
    .map((line) => line.trim())
    .join(' ')
    .replace(/^The following errors? occurred: /, '')
  for (const [pattern, words] of said) {
    const match = pattern.exec(text)
    if (match) return words(flags, ...match.slice(1))
  }
  return text
}

function unknownFlags(words: readonly string[], names: readonly string[]): string {
  const known = names.map((name) => `--${name}`)
  const meant = words.flatMap((word) => suggest(word.replace(/^-(?=[^-]{2})/, '--').toLowerCase(), known) ?? [])
  const question = meant.length > 0 ? ` Did you mean ${[...new Set(meant)].join(' ')}?` : ''
  const there = words.length > 1 ? `there are no flags ${words.join(', ')}` : `there is no flag ${words[0]}`
  return question === '' ? there : `${there}.${question}`
}

const shownValue = (flags: Flags, name: string): string => {
  const value = flags[name]?.helpValue
  return typeof value === 'string' ? `: --${name} ${value}` : ''
}

/** `--offline=yes`: oclif would take the value for the working directory. */
export function valueOfSwitch(argv: readonly string[], flags: Flags): string | undefined {
  const end = argv.indexOf('--')
  const name = argv
    .slice(0, end < 0 ? undefined : end)
    .map((word) => /^--([\w-]+)=/.exec(word)?.[1] ?? '')
    .find((each) => Object.hasOwn(flags, each) && flags[each]?.type === 'boolean')
  return name && `--${name} takes no value: it is given or not`
}
