import {createInterface} from 'node:readline/promises'
import type {NewFile} from './files.ts'

/** Shows on the terminal what would be written, and asks; undefined where the answer is Ctrl-C or Ctrl-D. */
export async function agrees(files: readonly NewFile[]): Promise<boolean | undefined> {
  for (const {name, text} of files) process.stdout.write(`── ${name}\n${text}\n`)
  const terminal = createInterface({input: process.stdin, output: process.stdout})
  try {
    return /^y(es)?$/i.test(
      (await terminal.question(`Write ${files.map(({name}) => name).join(' and ')}? [y/N] `)).trim(),
    )
  } catch {
    return undefined
  } finally {
    terminal.close()
  }
}
