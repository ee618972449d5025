import type {FileLocation} from '../check.ts'
import type {Facts} from '../facts.ts'

/** What the machines run, and what these commands start, as preflight sees it. */
export interface InspectedCommand {
  /** `release_command`, `[processes] web`, `ENTRYPOINT` or `CMD`. */
  by: string
  /** Words with a blank between them; `?` for one that is not known. */
  command: string
  at: FileLocation
  /** It surely runs, and when it fails, what started it fails. */
  certain: boolean
}

export const inspectProcesses = ({commands}: Facts['processes']): InspectedCommand[] =>
  commands.map(({by, text, at, certain}) => ({by, command: text, at, certain}))

/** The same for reading: grouped by what starts them, each with its line. */
export function describeProcesses(commands: readonly InspectedCommand[]): string {
  if (commands.length === 0) return 'Nothing is known to be started: the base image has the command.\n'
  const starters = [...new Set(commands.map(({by}) => by))]
  return starters
    .map((starter) => {
      const started = commands.filter(({by}) => by === starter)
      const lines = started.map(
        ({command, at, certain}) => `  ${command}  ${at.file}:${at.line ?? 1}${certain ? '' : '  (not sure to run)'}\n`,
      )
      return `${starter}\n${lines.join('')}`
    })
    .join('\n')
}
