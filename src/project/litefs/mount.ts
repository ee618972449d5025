import {posix} from 'node:path'
import type {Command} from '../image/shell/command.ts'

/** A command that is `litefs mount`. */
export interface Mount {
  /** Where it looks for its configuration, in this order: paths of the image; none where that is not known. */
  places: string[]
  /** What stands behind `--`: it is started in place of `exec`. */
  command: Command['words'] | undefined
}

export function mountOf(words: readonly (string | undefined)[]): Mount | undefined {
  if (words[1] !== 'mount' || posix.basename(words[0] ?? '') !== 'litefs') return undefined
  const rest = words.slice(2)
  const end = rest.indexOf('--')
  const flags = end < 0 ? rest : rest.slice(0, end)
  const at = flags.findIndex((word) => /^--?config$/.test(word ?? ''))
  const joined = flags.find((word) => /^--?config=/.test(word ?? ''))
  const named = at < 0 ? joined?.replace(/^--?config=/, '') : flags[at + 1]
  return {
    // configSearchPaths: the folder, the home of root, /etc.
    places: flags.includes(undefined)
      ? []
      : named === undefined
        ? ['litefs.yml', '/root/litefs.yml', '/etc/litefs.yml']
        : [named],
    command: end < 0 ? undefined : rest.slice(end + 1),
  }
}
