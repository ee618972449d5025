import {posix} from 'node:path'
import type {ReadWord} from '../shell/arguments.ts'

/** Programs whose first word is the file that they run. */
const runners = /^(?:node|bun|tsx|ts-node|python3?)$/

/**
 * The words with their script as it is called from WORKDIR: `cd apps/api && node dist/main` runs apps/api/dist/main. The same
 * words where it is not plain which one the script is.
 */
export function fromWorkdir(words: readonly ReadWord[], folder: string | undefined, workdir: string): ReadWord[] {
  const [program, script] = words
  const name = script?.text
  const path = folder === undefined ? '' : posix.relative(workdir, folder)
  if (!program || !script || name === undefined || name === 'run' || path === '') return [...words]
  if (!runners.test(program.text ?? '') || !/^(?!-)[\w.@][\w.@/-]*$/.test(name)) return [...words]
  return [program, {...script, text: posix.join(path, name)}, ...words.slice(2)]
}
