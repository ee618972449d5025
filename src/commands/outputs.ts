import {constants} from 'node:fs'
import {access, writeFile} from 'node:fs/promises'
import {dirname} from 'node:path'
import {formats, type ReporterContext, reporter} from '../report/index.ts'
import type {Report} from '../report/report.ts'
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

/** Writes each format where it was asked for: colours and the terminal's width are for stdout alone. */
export async function writeReports(
  reports: readonly Report[],
  outputs: readonly Output[],
  shared: Omit<ReporterContext, 'color' | 'width'>,
): Promise<void> {
  const terminal = {color: useColor(process.stdout), width: process.stdout.isTTY ? process.stdout.columns : undefined}
  for (const {format, file} of outputs) {
    const context = {...shared, ...(file === undefined ? terminal : {color: false, width: undefined})}
    const text = await (await reporter(format))(reports, context)
    if (file === undefined) process.stdout.write(text)
    else await attempt(file, () => writeFile(file, text))
  }
}

/** NO_COLOR wins; FORCE_COLOR=0 is no. */
export const useColor = (stream: NodeJS.WriteStream): boolean => {
  const {NO_COLOR, FORCE_COLOR} = process.env
  if (NO_COLOR) return false
  return FORCE_COLOR ? !/^(0|false)$/.test(FORCE_COLOR) : Boolean(stream.isTTY)
}

async function attempt(file: string, action: () => Promise<void>): Promise<void> {
  try {
    await action()
  } catch (error) {
    throw new UsageError(`the report cannot be written to ${file}: ${(error as NodeJS.ErrnoException).code}`)
  }
}
