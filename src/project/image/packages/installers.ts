import {type Command, programOf} from '../shell/command.ts'
import {knownInstallers} from './fetched-scripts.ts'

/**
 * The commands of a RUN that run a known installer: from what the command before them fetches, or from a file that an
 * earlier one fetched. `added`: the files of ADD that are known ones.
 */
export function knownInstallersIn(commands: readonly Command[], added: ReadonlySet<string>): ReadonlySet<Command> {
  const found = new Set<Command>()
  const files = new Set<string | undefined>(added)
  let isFetched = false
  for (const command of commands) {
    if (runsInstaller(command, files, isFetched)) found.add(command)
    isFetched = fetchesInstaller(command)
    if (isFetched) for (const word of command.words) files.add(word)
  }
  return found
}

/** `isFetched`: the command before it fetches one. */
function runsInstaller(command: Command, files: ReadonlySet<string | undefined>, isFetched: boolean): boolean {
  const program = programOf(command)
  if (program === undefined) return false
  const isShell = /^(?:(?:ba|da)?sh|python3?)$/.test(program)
  const args = command.words.slice(1)
  const script = isShell ? args.find((word) => !word?.startsWith('-')) : command.words[0]
  if (isShell && (script === undefined ? !args.includes(undefined) : args.includes('-s'))) return isFetched
  return script !== undefined && files.has(script)
}

const fetchesInstaller = (command: Command): boolean =>
  /^(?:curl|wget)$/.test(programOf(command) ?? '') && command.words.some((word) => knownInstallers.test(word ?? ''))
