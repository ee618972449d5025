/** What the command line knows, as the shells need it; taken from the definitions of the commands themselves. */
export interface CommandWords {
  name: string
  summary: string
  flags: FlagWords[]
  /** What the first argument may be. */
  argument: Values
}

export interface FlagWords {
  name: string
  char: string | undefined
  description: string
  several: boolean
  /** Undefined for one that takes no value. */
  value: Values | undefined
}

/** The words that a value may be, or what kind of it there is: for files the shell itself knows best. */
export type Values = readonly string[] | 'file' | 'folder' | 'text'

/** The part of oclif's classes that is read. */
interface Definition {
  summary?: string
  flags?: Record<string, FlagDefinition>
  args?: Record<string, {description?: string}>
}
interface FlagDefinition {
  type: 'boolean' | 'option'
  char?: string
  description?: string
  helpValue?: string | string[]
  multiple?: boolean
  hidden?: boolean
  allowNo?: boolean
}

/** `words`: what stands for a value, by what the help calls it: `ID|GROUP`, or the name of an argument. */
export function commandWords(
  commands: Readonly<Record<string, unknown>>,
  words: Readonly<Record<string, readonly string[]>>,
): CommandWords[] {
  return Object.entries(commands as Record<string, Definition>).map(([name, {summary = '', flags = {}, args = {}}]) => {
    const [argument] = Object.keys(args)
    return {
      name,
      summary,
      argument: argument === undefined ? [] : argument === 'directory' ? 'folder' : (words[argument] ?? 'file'),
      flags: [
        ...Object.entries(flags).flatMap(([flag, definition]) => flagWords(flag, definition, words)),
        {name: 'help', char: 'h', description: 'what it does', several: false, value: undefined},
      ],
    }
  })
}

function flagWords(
  name: string,
  flag: FlagDefinition,
  words: Readonly<Record<string, readonly string[]>>,
): FlagWords[] {
  if (flag.hidden) return []
  const {char, description = '', multiple: several = false, helpValue = ''} = flag
  const kind = String(helpValue)
  const value: Values | undefined =
    flag.type === 'boolean' ? undefined : (words[kind] ?? words[name] ?? kinds[kind] ?? 'text')
  const one: FlagWords = {name, char, description, several, value}
  return flag.allowNo ? [one, {...one, name: `no-${name}`, char: undefined}] : [one]
}

/** By what the help calls a value. */
const kinds: Readonly<Record<string, Values>> = {PATH: 'file', DIR: 'folder'}
