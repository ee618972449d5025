import {posix} from 'node:path'
import {movesFiles} from '../image/may-hold.ts'
import {type Command, programOf} from '../image/shell/command.ts'
import {type Started, textOf} from './processes.ts'

/**
 * Whether what a machine starts may lay a file of this name itself: it fetches or copies files, or writes one of that name.
 * ENTRYPOINT comes before every command.
 */
export const startBrings = (started: readonly Started[], by: string, name: string, but?: Command): boolean =>
  started.some(
    ({by: each, command}) => (each === by || each === 'ENTRYPOINT') && command.at !== but?.at && brings(command, name),
  )

function brings(command: Command, name: string): boolean {
  const {words, writes = []} = command
  if (words[0] === 'tee' || writes.some((path) => path.endsWith(name))) return true
  // One file to one place says what it makes; a folder to a folder does not.
  if (
    /^(?:cp|mv|ln)$/.test(programOf(command) ?? '') &&
    !words.some((word) => word === undefined || /[*?]|^-\w*[raR]/.test(word))
  )
    return words.slice(1).some((word = '') => posix.basename(word) === name)
  return movesFiles(textOf(command))
}
