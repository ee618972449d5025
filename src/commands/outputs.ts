import {constants, rmSync} from 'node:fs'
import {access, realpath, rename, rm, stat, writeFile} from 'node:fs/promises'
import {dirname, join, resolve} from 'node:path'
import {formats} from '../report/index.ts'
import {didYouMean} from '../suggest.ts'
import {UsageError} from '../usage-error.ts'

/** Where a report goes: a format, and a file or stdout. */
export interface Output {
  format: string
  file: string | undefined
}

/** A report that could not be written although its folder is there, as when the disk is full: exit code 3. */
export class OutputError extends Error {}

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
  try {
    if ((await stat(file)).isDirectory()) return 'it is a folder'
  } catch {
    // It is to be made.
  }
  return access(dirname(file), constants.W_OK).then(() => undefined, codeOf)
}

const unfinished = new Set<string>()
/** Before the program ends in the middle of a report. */
export const removeUnfinished = (): void => {
  for (const file of unfinished) rmSync(file, {force: true})
}

/** Writes aside and renames, so that nobody ever reads half a report: what was there before stays until then. */
export async function writeReport(file: string, text: string): Promise<void> {
  let aside: string | undefined
  try {
    const known = await stat(file).catch(() => undefined)
    // A device or a pipe is written to, not replaced.
    if (known && !known.isFile()) return await writeFile(file, text)
    // What a link leads to is replaced, not the link.
    const target = known ? await realpath(file) : file
    const beside = join(dirname(target), `.preflight-${process.pid}.tmp`)
    aside = beside
    unfinished.add(beside)
    await writeFile(beside, text)
    await rename(beside, target)
    unfinished.delete(beside)
  } catch (error) {
    if (aside !== undefined) await rm(aside, {force: true}).catch(() => undefined)
    throw new OutputError(unwritable(file, codeOf(error)))
  }
}

const unwritable = (file: string, reason: string) => `the report cannot be written to ${file}: ${reason}`
const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error)
