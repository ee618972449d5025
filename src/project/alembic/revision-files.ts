import {join} from 'node:path'
import type {ProjectReader} from '../files/reader.ts'

/** Which names alembic loads from a versions folder (alembic/script/base.py, _only_source_rev_file). */
const source = /^(?!\.#|__init__).*\.py$/
/** With `sourceless = true`, compiled files too. */
const compiled = /^(?!\.#|__init__).*\.py[co]$/

export interface Listing {
  recursive: boolean
  sourceless: boolean
}

/** The files that alembic loads from these folders, in its order; one that two ways lead to is loaded once. */
export async function revisionFiles(
  folders: readonly string[],
  how: Listing,
  reader: ProjectReader,
): Promise<string[]> {
  const found = new Map<string, string>()
  for (const folder of folders) await list(folder, await reader.real(folder))
  return [...found.values()]

  /** `real` is the folder without links; only a link in it has to be followed. */
  async function list(folder: string, real: string): Promise<void> {
    const {folders} = reader.listing(folder)
    const names = filesIn(folder)
    const add = async (below: string, name: string) => {
      const path = join(folder, below, name)
      const isLink = reader.listing(join(folder, below)).links.includes(name)
      const target = isLink ? await reader.real(path) : join(real, below, name)
      if (!found.has(target)) found.set(target, path)
    }
    for (const name of names) {
      if (source.test(name) || (how.sourceless && isAlone(name, names))) await add('', name)
    }
    for (const name of how.recursive ? [...folders].sort() : []) {
      if (!name.endsWith('__pycache__')) await list(join(folder, name), join(real, name))
    }
    if (!how.sourceless || !folders.includes('__pycache__')) return
    const sources = new Set(names.filter((name) => source.test(name)).map((name) => name.replace(/\.py$/, '')))
    for (const name of filesIn(join(folder, '__pycache__'))) {
      if (!compiled.test(name) || sources.has(name.split('.')[0] as string)) continue
      await add('__pycache__', name)
    }
  }

  function filesIn(folder: string): string[] {
    const {files, links, others} = reader.listing(folder)
    return [...files.list(), ...links, ...others].sort()
  }
}

/** A compiled file counts where its source is missing. */
const isAlone = (name: string, names: readonly string[]): boolean =>
  compiled.test(name) &&
  !names.includes(name.slice(0, -1)) &&
  (name.endsWith('c') || !names.includes(`${name.slice(0, -1)}c`))
