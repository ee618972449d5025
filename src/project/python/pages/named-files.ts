/** Files of the project that are called by the end of their paths: templates from the top of a folder of templates. */
import {groupBy} from '../../../group-by.ts'
import {foldersAbove} from '../../files/folders-above.ts'

/** Folders below which a name is looked up, and the files in them. */
export class NamedFiles {
  readonly #byName: ReadonlyMap<string, string[]>
  readonly #byLowerName: ReadonlyMap<string, string[]>
  /** Folders that are called so, and those in which a name was found. */
  readonly roots: Set<string>

  /** `isRoot`: whether a folder is one by what it is called. */
  constructor(paths: readonly string[], isRoot: (folder: string) => boolean) {
    this.#byName = groupBy(paths, (path) => lastOf(path))
    this.#byLowerName = groupBy(paths, (path) => lastOf(path).toLowerCase())
    this.roots = new Set(paths.flatMap(foldersAbove).filter(isRoot))
  }

  /** Every file whose path ends so; the folder before is one of templates then. */
  exact(name: string): string[] {
    const found = (this.#byName.get(lastOf(name)) ?? []).filter((path) => rootOf(path, name) !== undefined)
    for (const path of found) this.roots.add(rootOf(path, name) as string)
    return found
  }

  /** A file that is called so but for the case of letters, in a folder where names are looked up. */
  inOtherCase(name: string): string | undefined {
    const lower = name.toLowerCase()
    return (this.#byLowerName.get(lastOf(lower)) ?? []).find((path) => {
      const root = rootOf(path.toLowerCase(), lower)
      return root !== undefined && this.roots.has(path.slice(0, root.length))
    })
  }
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** The folder from which a path is called by a name: '' the top of the project. */
function rootOf(path: string, name: string): string | undefined {
  if (path === name) return ''
  return path.endsWith(`/${name}`) ? path.slice(0, -name.length - 1) : undefined
}
