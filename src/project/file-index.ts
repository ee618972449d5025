import {groupBy} from '../group-by.ts'

/** What is asked for is worked out when it is; only which ending each file has is told of all, in one pass. */
export class FileIndex {
  readonly #folders: ReadonlyMap<string, readonly string[]>
  readonly #names = new Map<string, ReadonlySet<string>>()
  #endings: Map<string, Group> | undefined
  readonly #beginning = new Map<string, readonly string[]>()
  #above: Set<string> | undefined
  #foldersByName: ReadonlyMap<string, readonly string[]> | undefined

  constructor(folders: ReadonlyMap<string, readonly string[]>) {
    this.#folders = folders
  }

  names(folder: string): ReadonlySet<string> {
    let names = this.#names.get(folder)
    if (!names) {
      names = new Set(this.#folders.get(folder))
      this.#names.set(folder, names)
    }
    return names
  }

  group(name: string): Group {
    return this.#groups().get(endingOf(name)) ?? none
  }

  beginning(start: string): readonly string[] {
    let found = this.#beginning.get(start)
    if (!found) {
      found = [...this.#folders]
        .flatMap(([folder, names]) =>
          names.filter((name) => name.startsWith(start)).map((name) => belowOf(folder) + name),
        )
        .sort()
      this.#beginning.set(start, found)
    }
    return found
  }

  /** `below` ends with `/`, or is ''. */
  under(below: string): string[] {
    const found: string[] = []
    for (const [folder, names] of this.#folders) {
      const own = belowOf(folder)
      if (own.startsWith(below)) for (const name of names) found.push(own + name)
    }
    return found.sort()
  }

  isFolder(path: string): boolean {
    return this.#allFolders().has(path)
  }

  foldersNamed(name: string): readonly string[] {
    this.#foldersByName ??= groupBy(this.#allFolders(), nameOf)
    return this.#foldersByName.get(name) ?? []
  }

  #allFolders(): ReadonlySet<string> {
    if (!this.#above) {
      this.#above = new Set()
      for (const [folder, {length}] of this.#folders) {
        if (length > 0) for (const each of above(folder)) this.#above.add(each)
      }
    }
    return this.#above
  }

  #groups(): Map<string, Group> {
    if (!this.#endings) {
      this.#endings = new Map()
      let ending = ''
      let group: Group | undefined
      for (const [folder, names] of this.#folders) {
        const below = belowOf(folder)
        for (const name of names) {
          const dot = name.lastIndexOf('.')
          // Those of one kind mostly follow each other.
          if (!group || (dot < 0 ? ending !== '' : dot !== name.length - ending.length || !name.endsWith(ending))) {
            ending = endingOf(name)
            group = this.#endings.get(ending) ?? new Group()
            this.#endings.set(ending, group)
          }
          group.add(below + name)
        }
      }
    }
    return this.#endings
  }
}

/** The files of one ending. */
class Group {
  readonly #paths: string[] = []
  #isSorted = false
  #byName: Map<string, string[]> | undefined

  add(path: string): void {
    this.#paths.push(path)
  }

  get paths(): readonly string[] {
    if (!this.#isSorted) this.#paths.sort()
    this.#isSorted = true
    return this.#paths
  }

  named(name: string): readonly string[] {
    if (!this.#byName) {
      this.#byName = new Map()
      for (const path of this.paths) {
        const same = this.#byName.get(nameOf(path))
        if (same) same.push(path)
        else this.#byName.set(nameOf(path), [path])
      }
    }
    return this.#byName.get(name) ?? []
  }
}

const none = new Group()

/** The folder and those that it is in; '.' is the last. */
function* above(folder: string): Iterable<string> {
  for (let each = folder; each !== ''; each = folderOf(each)) yield each
  yield '.'
}

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
export const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0))
export const belowOf = (folder: string): string => (folder === '' || folder === '.' ? '' : `${folder}/`)

/** `.ts` of `a.spec.ts`, `.env` of `.env`; '' of `Dockerfile`. */
function endingOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot < 0 ? '' : name.slice(dot)
}
