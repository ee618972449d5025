import {join} from 'node:path'
import type {ProjectReader} from '../reader.ts'

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
    const entries = await entriesOf(folder)
    const names = entries.map(({name}) => name)
    const add = async (path: string, kind: string, name: string) => {
      const target = kind === 'link' ? await reader.real(path) : join(real, name)
      if (!found.has(target)) found.set(target, path)
    }
    for (const {name, kind} of entries) {
      if (kind === 'folder' || !(source.test(name) || (how.sourceless && isAlone(name, names)))) continue
      await add(join(folder, name), kind, name)
    }
    for (const {name, kind} of how.recursive ? entries : []) {
      if (kind === 'folder' && !name.endsWith('__pycache__')) await list(join(folder, name), join(real, name))
    }
    if (!how.sourceless || !names.includes('__pycache__')) return
    const sources = new Set(names.filter((name) => source.test(name)).map((name) => name.replace(/\.py$/, '')))
    for (const {name, kind} of await entriesOf(join(folder, '__pycache__'))) {
      if (!compiled.test(name) || sources.has(name.split('.')[0] as string)) continue
      await add(join(folder, '__pycache__', name), kind, join('__pycache__', name))
    }
  }

  async function entriesOf(folder: string): Promise<{name: string; kind: string}[]> {
    try {
      return (await reader.fileSystem.entries(folder)).sort((a, b) => (a.name < b.name ? -1 : 1))
    } catch {
      return []
    }
  }
}

/** A compiled file counts where its source is missing. */
const isAlone = (name: string, names: readonly string[]): boolean =>
  compiled.test(name) &&
  !names.includes(name.slice(0, -1)) &&
  (name.endsWith('c') || !names.includes(`${name.slice(0, -1)}c`))
