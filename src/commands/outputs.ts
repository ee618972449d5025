import {constants} from 'node:fs'
import {access, writeFile} from 'node:fs/promises'
import {dirname} from 'node:path'
import {formats} from '../report/index.ts'
import {didYouMean} from '../suggest.ts'
import {UsageError} from '../usage-error.ts'

/** Where a report goes: a format, and a file or stdout. */
export interface Output {
  format: string
  file: string | undefined
}

/** Reads `--format` values, and makes sure before the run that there is a folder to write their files to. */
export async function outputsOf(words: readonly string[]): Promise<Output[]> {
  const outputs = words.map((word) => {
    const [format = '', ...file] = word.split('=')
    if (!formats.includes(format)) {
      const known = `Formats: ${formats.join(', ')}`
      throw new UsageError(`there is no format ${format}.${didYouMean(format, formats)}`, known)
    }
    if (word.endsWith('=')) throw new UsageError(`--format ${word} names no file`)
    return {format, file: file.length > 0 ? file.join('=') : undefined}
  })
  if (outputs.filter(({file}) => file === undefined).length > 1) {
    throw new UsageError('only one format can go to stdout', 'Give the others a file: --format json=report.json')
  }
  for (const {file} of outputs) if (file !== undefined) await attempt(file, () => access(dirname(file), constants.W_OK))
  return outputs
}

export const writeReport = (file: string, text: string): Promise<void> => attempt(file, () => writeFile(file, text))

async function attempt(file: string, action: () => Promise<void>): Promise<void> {
  try {
    await action()
  } catch (error) {
    throw new UsageError(`the report cannot be written to ${file}: ${(error as NodeJS.ErrnoException).code}`)
  }
}
