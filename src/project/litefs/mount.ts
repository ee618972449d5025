import {posix} from 'node:path'
import type {Command} from '../image/shell/command.ts'

/** A command that is `litefs mount`. */
export interface Mount {
  /** Where it looks for its configuration, in this order: paths of the image; none where that is not known. */
  places: string[]
  /** What stands behind `--`: it is started in place of `exec`. */
  command: Command['words'] | undefined
  /** The first word that is none of its options: it refuses that, with all that follows. */
  refused: string | undefined
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
    refused: refusedOf(flags),
  }
}

const switches = /^--?(?:no-expand-env|fuse\.debug|debug|tracing)$/

/** Nothing where a word is not known: it may be an option. */
function refusedOf(words: readonly (string | undefined)[]): string | undefined {
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]
    if (word === undefined || word === '') return undefined
    if (!word.startsWith('-')) return word
    if (/^--?config$/.test(word)) index += 1
    else if (!word.includes('=') && !switches.test(word)) return undefined
  }
  return undefined
}
