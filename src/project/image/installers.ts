import {knownInstallers} from './fetched-scripts.ts'
import {type Command, programOf} from './shell.ts'

/**
 * Whether a command runs a known installer: from what the command before it fetches, or from a file that one of them fetched.
 * `added`: the files of ADD that are known ones.
 */
export function runsKnownInstaller(commands: readonly Command[], index: number, added: ReadonlySet<string>): boolean {
  const command = commands[index]
  const program = command && programOf(command)
  if (!command || program === undefined) return false
  const isShell = /^(?:(?:ba|da)?sh|python3?)$/.test(program)
  const args = command.words.slice(1)
  const script = isShell ? args.find((word) => !word?.startsWith('-')) : command.words[0]
  const earlier = commands.slice(0, index).filter(fetchesInstaller)
  if (isShell && (script === undefined ? !args.includes(undefined) : args.includes('-s')))
    return earlier.includes(commands[index - 1] as Command)
  return script !== undefined && (added.has(script) || earlier.some(({words}) => words.includes(script)))
}

const fetchesInstaller = (command: Command): boolean =>
  /^(?:curl|wget)$/.test(programOf(command) ?? '') && command.words.some((word) => knownInstallers.test(word ?? ''))
