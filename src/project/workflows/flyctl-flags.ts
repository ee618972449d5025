import {groupBy} from '../../group-by.ts'
import {once} from '../../once.ts'
import {isSlip} from '../../suggest.ts'
import {aliases, flagsOf, persistentFlags} from './flyctl-commands.ts'

/** The arguments of one flyctl command, read as pflag does. A word that nobody can know is undefined. */
export interface Arguments {
  /** In flyctl's own spelling: `deploy`, `secrets set`, `postgres attach`. */
  command: string
  /** By the flag's long name; undefined for a value that is not known, '' for a flag that has none. */
  flags: ReadonlyMap<string, string | undefined>
  /** What is written for `deploy`: `depoly`. */
  misspelt?: string
  /** What is no flag and no flag's value. */
  positional: readonly (string | undefined)[]
  /** What flyctl splits at its first `=`: the values of `--build-arg`, `--env` and the like, the words of `secrets set`. */
  pairs: readonly Pair[]
  /** As they are written: flyctl stops at the first. */
  unknown: readonly string[]
  /** A flag that has no value and needs one, and the flag that stands there and is taken for it. */
  valueless: {flag: string; taken: string | undefined} | undefined
  /** A flag for one value that is given two: the last one counts. */
  twice: {flag: string; first: string; last: string} | undefined
  /** Every flag that the command has, as it is written. */
  knownFlags: readonly string[]
  /** What the command has below it, by its own name there. */
  subcommands: readonly string[]
}

export interface Pair {
  /** As it is written in front of the value; `''` for a word. */
  flag: string
  value: string | undefined
}

/** Of every command that has them (flyctl, internal/cmdutil, ParseKVStringsToMap). */
const pairFlags = new Set(['build-arg', 'build-secret', 'env', 'label', 'metadata'])

const single = new Set(['config', 'app', 'dockerfile', 'image', 'build-target', 'image-label'])

const isMeantDeploy = (word: string): boolean => /^[a-z]{4,8}$/.test(word) && isSlip(word, 'deploy')

/** undefined for a command that the table does not have: an older or a newer one. */
export function readArguments(words: readonly (string | undefined)[]): Arguments | undefined {
  let command = ''
  let misspelt: string | undefined
  let rest = [...words]
  // Flags may stand before the command: cobra takes the word behind one that it does not know there for its value.
  for (let next = 0; next < rest.length; ) {
    const word = rest[next]
    if (word === undefined) {
      // It may name the command itself.
      if (command === '' || below(command).length > 0) return undefined
      break
    }
    if (word.startsWith('-')) {
      next += /=|^-[^-]./.test(word) || flagTable(command).get(word)?.takesValue === false ? 1 : 2
      continue
    }
    const longer = knownCommand(command, word) ?? (command === '' && isMeantDeploy(word) ? 'deploy' : undefined)
    if (longer === undefined) break
    if (longer === 'deploy' && isMeantDeploy(word)) misspelt = word
    command = longer
    rest = [...rest.slice(0, next), ...rest.slice(next + 1)]
  }
  if (!Object.hasOwn(flagsOf, command)) return undefined
  const known = flagTable(command)
  const flags = new Map<string, string | undefined>()
  const positional: (string | undefined)[] = []
  const unknown: string[] = []
  const pairs: Pair[] = []
  let valueless: Arguments['valueless']
  let twice: Arguments['twice']
  while (rest.length > 0) {
    const word = rest.shift()
    if (word === '--') {
      positional.push(...rest)
      break
    }
    if (word === undefined || !/^-./.test(word)) {
      positional.push(word)
      continue
    }
    const [, flag = '', value] = /^(--[^=]*|-[^-=])=?([\s\S]*)$/.exec(word) ?? []
    const found = known.get(flag)
    if (!found) {
      unknown.push(flag || word)
      // Likely its value: flyctl gets no further.
      if (!word.includes('=') && rest[0] !== undefined && !rest[0].startsWith('-')) rest.shift()
      continue
    }
    const isLong = flag.startsWith('--')
    const isGiven = isLong ? word.includes('=') : value
    const [taken] = rest
    if (found.takesValue && !isGiven && (rest.length === 0 || (taken?.startsWith('--') && known.has(taken))))
      valueless ??= {flag, taken}
    const given = isGiven ? value : found.takesValue ? rest.shift() : ''
    const [first, last] = [flags.get(found.name), given]
    if (single.has(found.name) && first !== undefined && last !== undefined && first !== last)
      twice = {flag: `--${found.name}`, first, last}
    flags.set(found.name, given)
    if (found.takesValue && pairFlags.has(found.name)) pairs.push({flag, value: given})
  }
  if (command === 'secrets set') pairs.push(...positional.map((value) => ({flag: '', value})))
  // A group, of which a subcommand is not in the table, or a command whose flags are not.
  const isListed = flagsOf[command] !== ''
  const subcommands = below(command).map((each) => each.slice(each.lastIndexOf(' ') + 1))
  const knownFlags = [...known.keys()]
  return {
    command,
    ...(misspelt !== undefined && {misspelt}),
    flags,
    positional,
    pairs,
    unknown: isListed ? unknown : [],
    valueless,
    twice,
    knownFlags,
    subcommands,
  }
}

/** The flags of a command, as they are written; those of flyctl itself for ''. */
const flagTable = once((command: string): ReadonlyMap<string, {name: string; takesValue: boolean}> => {
  const known = new Map<string, {name: string; takesValue: boolean}>()
  for (const each of `${flagsOf[command] ?? ''} ${persistentFlags}`.trim().split(' ')) {
    const [, name = '', short, takes] = /^([^/=]*)(?:\/(\w))?(=?)$/.exec(each) ?? []
    known.set(`--${name}`, {name, takesValue: takes === '='})
    if (short) known.set(`-${short}`, {name, takesValue: takes === '='})
  }
  return known
})

/** The commands directly below another one, by their whole names; those of flyctl itself for ''. */
const below = (command: string): readonly string[] => byParent.get(command) ?? []
const byParent = groupBy(Object.keys(flagsOf), (each) => each.split(' ').slice(0, -1).join(' '))

/** The command that a word names below another one, by its own name or by another that it has. */
function knownCommand(parent: string, word: string): string | undefined {
  const names = (command: string) => [
    command,
    ...(Object.hasOwn(aliases, command) ? (aliases[command] ?? []).map((each) => join(parent, each)) : []),
  ]
  return below(parent).find((command) => names(command).includes(join(parent, word)))
}

const join = (parent: string, name: string): string => (parent ? `${parent} ${name}` : name)
