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
  const isPlain = program && script && runners.test(program.text) && /^(?!-)[\w.@][\w.@/-]*$/.test(script.text)
  const path = folder === undefined ? '' : posix.relative(workdir, folder)
  if (!isPlain || path === '' || script.text === 'run') return [...words]
  return [program, {...script, text: posix.join(path, script.text)}, ...words.slice(2)]
}
