import {rmSync} from 'node:fs'
import {mkdir, open, realpath, rename, rm, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'

/** A file that could not be written although there is a place for it, as when the disk is full: exit code 3. */
export class OutputError extends Error {}

const unfinished = new Set<string>()
/** Before the program ends in the middle of a file. */
export const removeUnfinished = (): void => {
  for (const file of unfinished) rmSync(file, {force: true})
}

/** Writes aside and renames, so that nobody ever reads half a file: what was there before stays until then. */
export async function writeWhole(file: string, text: string): Promise<void> {
  // What a link leads to is replaced, not the link.
  const target = await realpath(file).catch(() => file)
  // By a name that nobody has put a link under.
  const aside = join(dirname(target), `.preflight-${crypto.randomUUID()}.tmp`)
  unfinished.add(aside)
  try {
    await writeFile(aside, text, {flag: 'wx'})
    await rename(aside, target)
  } catch (error) {
    await rm(aside, {force: true}).catch(() => undefined)
    throw error
  } finally {
    unfinished.delete(aside)
  }
}

/** Fails with EEXIST where something has come there meanwhile; of what could not be written whole, nothing stays. */
export async function writeNew(file: string, text: string): Promise<void> {
  const created = await open(file, 'wx')
  unfinished.add(file)
  try {
    await created.writeFile(text)
  } catch (error) {
    await rm(file, {force: true}).catch(() => undefined)
    throw error
  } finally {
    unfinished.delete(file)
    await created.close()
  }
}

/** With those above it. Node's own `recursive` never ends where the system makes no folder and says ENOENT, as in /proc. */
export async function makeFolder(path: string): Promise<void> {
  const make = () =>
    mkdir(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  try {
    await make()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolder(dirname(path))
    await make()
  }
}

export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error)
