import {groupBy} from '../../group-by.ts'
import {endingOf, type Names} from './names.ts'

/** Finds the files of a project. Each folder is asked for its files only where it has some of that ending. */
export class FileIndex {
  readonly #folders: ReadonlyMap<string, Names>
  readonly #answers = new Map<string, readonly string[]>()
  #endings: Map<string, [folder: string, names: Names][]> | undefined
  #above: Set<string> | undefined
  #foldersByName: ReadonlyMap<string, readonly string[]> | undefined

  /** By folder, without a `/` at its end; '' is the top. */
  constructor(folders: ReadonlyMap<string, Names>) {
    this.#folders = folders
  }

  has(path: string): boolean {
    return this.#folders.get(folderOf(path))?.has(nameOf(path)) ?? false
  }

  named(name: string): readonly string[] {
    return this.#once(`named ${name}`, this.#having(name), (names) => names.named(name))
  }

  ending(ending: string): readonly string[] {
    return this.#once(`ending ${ending}`, this.#having(ending), (names) => names.ending(ending))
  }

  beginning(start: string): readonly string[] {
    return this.#once(`beginning ${start}`, this.#folders, (names) => names.beginning(start))
  }

  in(folder: string): readonly string[] {
    const names = this.#folders.get(folder)
    return this.#once(`in ${folder}`, names ? [[folder, names]] : [], (each) => each.list())
  }

  under(folder: string): readonly string[] {
    return this.#once(`under ${folder}`, this.#inside(folder), (names) => names.list())
  }

  isFolder(path: string): boolean {
    return this.#allFolders().has(path)
  }

  foldersNamed(name: string): readonly string[] {
    this.#foldersByName ??= groupBy(this.#allFolders(), nameOf)
    return this.#foldersByName.get(name) ?? []
  }

  *#inside(folder: string): Iterable<[folder: string, names: Names]> {
    for (const each of this.#folders) if (folder === '' || `${each[0]}/`.startsWith(`${folder}/`)) yield each
  }

  /** In order. Many loaders ask the same. */
  #once(
    question: string,
    folders: Iterable<readonly [folder: string, names: Names]>,
    find: (names: Names) => readonly string[],
  ): readonly string[] {
    let answer = this.#answers.get(question)
    if (!answer) {
      const found: string[] = []
      for (const [folder, names] of folders)
        for (const name of find(names)) found.push(folder ? `${folder}/${name}` : name)
      answer = found.sort()
      this.#answers.set(question, answer)
    }
    return answer
  }

  /** The folders that have files of this ending. */
  #having(name: string): readonly [folder: string, names: Names][] {
    if (!this.#endings) {
      this.#endings = new Map()
      for (const [folder, names] of this.#folders) {
        for (const ending of names.endings) {
          const same = this.#endings.get(ending)
          if (same) same.push([folder, names])
          else this.#endings.set(ending, [[folder, names]])
        }
      }
    }
    return this.#endings.get(endingOf(name)) ?? []
  }

  #allFolders(): ReadonlySet<string> {
    if (!this.#above) {
      this.#above = new Set(['.'])
      for (const [folder, {size}] of this.#folders) {
        if (size === 0) continue
        for (let each = folder; each !== '' && !this.#above.has(each); each = folderOf(each)) this.#above.add(each)
      }
    }
    return this.#above
  }
}

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
export const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0))
