import {mkdir, readFile, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {generator} from '../report/html/page.ts'
import {UsageError} from '../usage-error.ts'

/** Writes pages below a folder; over pages of an earlier dashboard, and over no other. */
export async function writePages(folder: string, pages: ReadonlyMap<string, string>): Promise<void> {
  try {
    for (const path of pages.keys()) await assertOwn(join(folder, path))
    for (const [path, text] of pages) {
      const file = join(folder, path)
      await mkdir(dirname(file), {recursive: true})
      await writeFile(file, text)
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`the dashboard cannot be written to ${folder}: ${(error as NodeJS.ErrnoException).code}`)
  }
}

async function assertOwn(file: string): Promise<void> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  if (!text.includes(generator)) {
    throw new UsageError(`${file} is there already and is no page of preflight`, 'Choose another folder: --output DIR')
  }
}
