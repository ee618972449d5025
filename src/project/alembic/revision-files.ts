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
  for (const folder of folders) {
    for (const path of await listed(folder)) {
      const real = await reader.real(path)
      if (!found.has(real)) found.set(real, path)
    }
  }
  return [...found.values()]

  async function listed(folder: string): Promise<string[]> {
    const names = await reader.list(folder)
    const own = names.filter((name) => source.test(name) || (how.sourceless && isAlone(name, names)))
    const paths = own.map((name) => join(folder, name))
    for (const name of how.recursive ? names : []) {
      if (name.endsWith('/') && !name.endsWith('__pycache__/'))
        paths.push(...(await listed(join(folder, name.slice(0, -1)))))
    }
    if (how.sourceless && names.includes('__pycache__/')) {
      const cached = (await reader.list(join(folder, '__pycache__'))).filter((name) => compiled.test(name))
      const sources = new Set(own.map((name) => name.replace(/\.py[co]?$/, '')))
      const alone = cached.filter((name) => !sources.has(name.split('.')[0] as string))
      paths.push(...alone.map((name) => join(folder, '__pycache__', name)))
    }
    return paths
  }
}

/** A compiled file counts where its source is missing. */
const isAlone = (name: string, names: readonly string[]): boolean =>
  compiled.test(name) &&
  !names.includes(name.slice(0, -1)) &&
  (name.endsWith('c') || !names.includes(`${name.slice(0, -1)}c`))
