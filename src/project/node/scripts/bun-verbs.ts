/** A command of bun that bun does not take for one, as a flag whose value is a word of its own stands before it. */

import {parseLoosely} from '../../documents/json.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import type {MissingTask, Project} from '../../image/programs/missing-tasks.ts'
import {scriptsOf} from './scripts-of.ts'

export interface LostVerb {
  verb: string
  /** Else it prints its help and ends with 0. */
  stops: boolean
  why: string
  hint: string
}

const valued = /^(?:--cwd|--env-file|--preload|-r|--port|--filter|-F)$/
/** Another one may be meant for a script: `bun --cwd apps/web build`. */
const verbs = /^(?:run|install|i|ci|add|x)$/

/**
 * Bun takes the first word without a dash for its command, and so the value of a flag in `bun --cwd apps/web run build`: then it
 * looks for a script called `run`, and where it finds none of that name prints its help; of another verb, and with --filter, it
 * stops. With `=`, and behind the verb, flags are read as they are meant (tried with Bun 1.0.36, 1.1.42, 1.2.4, 1.2.23 and 1.3.14).
 */
export function lostVerb(words: readonly (string | undefined)[]): LostVerb | undefined {
  const [program, ...rest] = words
  if (program?.split('/').at(-1) !== 'bun') return undefined
  const seen: string[] = []
  let index = 0
  while (rest[index]?.startsWith('-')) {
    const flag = rest[index] as string
    const takesNext = valued.test(flag)
    if (takesNext) seen.push(flag)
    else if (/^(?:-c|--config|-e|--eval|-p|--print|--)$/.test(flag)) return undefined
    index += takesNext ? 2 : 1
  }
  const verb = rest[index]
  const [first] = seen
  if (first === undefined || verb === undefined || !verbs.test(verb)) return undefined
  const isFiltered = seen.some((flag) => /^(?:--filter|-F)$/.test(flag))
  const value = rest[rest.indexOf(first) + 1] ?? '…'
  const then = isFiltered
    ? `looks for packages with a script called ${verb} ("No packages matched the filter")`
    : verb === 'run'
      ? 'prints its help and ends'
      : `looks for a script called ${verb}`
  return {
    verb,
    stops: isFiltered || verb !== 'run',
    why: `with the value of ${first} as a word of its own bun does not take ${verb} for its command: it ${then}`,
    hint: `Write ${first}=${value}, or the flag behind ${verb}: bun ${verb} ${first} ${value}`,
  }
}

/** Whether some package.json has a script of that name after all. */
export async function isScriptSomewhere(
  verb: string,
  reader: ProjectReader,
  manifests: readonly string[],
): Promise<boolean> {
  const files = await reader.texts(manifests)
  return files.some(({text}) => Object.hasOwn(scriptsOf(parseLoosely(text)), verb))
}

/** The same of a RUN. */
export async function lostVerbTask(
  {words, at, written}: BuildCommand,
  {reader, tracked}: Project,
): Promise<MissingTask | undefined> {
  const lost = lostVerb(words)
  if (!lost || (await isScriptSomewhere(lost.verb, reader, tracked.named('package.json')))) return undefined
  const text = words.map((word) => word ?? '…').join(' ')
  return {
    message: `${text} ${lost.stops ? 'stops' : 'does nothing'}: ${lost.why}`,
    at,
    related: written === at ? [] : [written],
    hint: lost.hint,
    likely: !lost.stops,
  }
}
