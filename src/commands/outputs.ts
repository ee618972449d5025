import {constants} from 'node:fs'
import {access, realpath, stat, writeFile} from 'node:fs/promises'
import {dirname, resolve, sep} from 'node:path'
import {formats} from '../report/index.ts'
import {didYouMean} from '../suggest.ts'
import {UsageError} from '../usage-error.ts'
import {codeOf, OutputError, writeWhole} from '../write-file.ts'

/** Where a report goes: a format, and a file or stdout. */
export interface Output {
  format: string
  file: string | undefined
}

/** Reads `--format` values, and makes sure before the run that there is a folder to write their files to. */
export async function outputsOf(words: readonly string[]): Promise<Output[]> {
  const outputs = words.map((word) => {
    const [format = '', ...file] = word.split('=')
    if (format === '') throw new UsageError('--format names no format', `Formats: ${formats.join(', ')}`)
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
  const files = outputs.flatMap(({file}) => (file === undefined ? [] : [resolve(file)]))
  const twice = files.find((file, index) => files.indexOf(file) < index)
  if (twice !== undefined) throw new UsageError(`two reports cannot go to one file, ${twice}`)
  for (const {file} of outputs) {
    if (file === undefined) continue
    const reason = await whyNot(file)
    if (reason !== undefined) throw new UsageError(unwritable(file, reason))
  }
  return outputs
}

async function whyNot(file: string): Promise<string | undefined> {
  const known = await stat(file).catch(() => undefined)
  if (known?.isDirectory() || file.endsWith('/') || file.endsWith(sep)) return 'it is a folder'
  // What is replaced, or is to be made, needs a place beside it; a device or a pipe does not.
  const place = known === undefined ? dirname(file) : known.isFile() ? dirname(await realpath(file)) : file
  if (known === undefined && (await stat(place).catch(() => undefined))?.isDirectory() === false) return 'ENOTDIR'
  return access(place, constants.W_OK).then(() => undefined, codeOf)
}

/** Writes a report to a file. */
export async function writeReport(file: string, text: string): Promise<void> {
  try {
    const known = await stat(file).catch(() => undefined)
    // A device or a pipe is written to, not replaced.
    if (known && !known.isFile()) await writeFile(file, text)
    else await writeWhole(file, text)
  } catch (error) {
    // A reader that has seen enough changes nothing, as on stdout.
    if (codeOf(error) === 'EPIPE') return
    throw new OutputError(unwritable(file, codeOf(error)))
  }
}

const unwritable = (file: string, reason: string) => `the report cannot be written to ${file}: ${reason}`
