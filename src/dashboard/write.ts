import {readFile, stat} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {generator} from '../report/html/page.ts'
import {UsageError} from '../usage-error.ts'
import {codeOf, makeFolder, OutputError, writeWhole} from '../write-file.ts'

/** Writes pages below a folder; over pages of an earlier dashboard, and over no other. */
export async function writePages(folder: string, pages: ReadonlyMap<string, string>): Promise<void> {
  try {
    for (const path of pages.keys()) await assertOwn(join(folder, path))
    for (const [path, text] of pages) {
      const file = join(folder, path)
      await makeFolder(dirname(file))
      await writeWhole(file, text)
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new OutputError(`the dashboard cannot be written to ${folder}: ${codeOf(error)}`)
  }
}

async function assertOwn(file: string): Promise<void> {
  const kind = await stat(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  })
  if (kind === undefined) return
  // Neither is a pipe, which nothing may ever come out of.
  if (!kind.isFile() || !(await readFile(file, 'utf8')).includes(generator)) {
    throw new UsageError(`${file} is there already and is no page of preflight`, 'Choose another folder: --output DIR')
  }
}
