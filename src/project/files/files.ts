import {groupBy} from '../../group-by.ts'
import {FileIndex, folderOf, nameOf} from './file-index.ts'
import {Names} from './names.ts'

/** Whether a file is one of the project's, by its path. */
export interface Tracked {
  has(path: string): boolean
  /** Whether there is no such folder at all: one look, where many names in it would be asked for. */
  lacksFolder?(folder: string): boolean
}

/**
 * The files of the working directory, by path relative to it with `/`: what git tracks or would track. Without a
 * repository, everything but well-known folders of dependencies.
 *
 * There may be tens of thousands of them, and a hundred loaders look for theirs: so they ask for a name, an ending or a
 * folder, and nobody goes over all. Answers are in the order of the paths' code units.
 */
export class Files implements Tracked {
  readonly #index: FileIndex
  readonly #kept: ((path: string) => boolean) | undefined

  private constructor(index: FileIndex, kept?: (path: string) => boolean) {
    this.#index = index
    this.#kept = kept
  }

  static of(paths: Iterable<string>): Files {
    const folders = groupBy(paths, folderOf)
    return Files.inFolders(new Map([...folders].map(([folder, own]) => [folder, new Names(own.map(nameOf))])))
  }

  /** By folder, '' the working directory: the names of the files in it. */
  static inFolders(folders: ReadonlyMap<string, Names>): Files {
    return new Files(new FileIndex(folders))
  }

  /** Those of them that pass: whoever is handed these sees no others. */
  only(kept: (path: string) => boolean): Files {
    const known = new Map<string, boolean>()
    return new Files(this.#index, (path) => {
      const isKept = known.get(path) ?? ((this.#kept?.(path) ?? true) && kept(path))
      known.set(path, isKept)
      return isKept
    })
  }

  has(path: string): boolean {
    return this.#index.has(path) && (this.#kept?.(path) ?? true)
  }

  lacksFolder(folder: string): boolean {
    return !this.#index.isFolder(folder || '.')
  }

  /** Whether a file is in the folder or below it. */
  hasFolder(folder: string): boolean {
    return this.#kept ? this.#index.under(folder === '.' ? '' : folder).some(this.#kept) : this.#index.isFolder(folder)
  }

  /** Whether a file is below a folder of this name, wherever that is. */
  hasFolderNamed(name: string): boolean {
    const folders = this.#index.foldersNamed(name)
    return this.#kept ? folders.some((folder) => this.hasFolder(folder)) : folders.length > 0
  }

  /** Of these names, whatever their folders: `package.json`; or of these ends of paths: `config/puma.rb`. */
  named(...names: readonly string[]): string[] {
    return this.#join(names, (name) => {
      const found = this.#index.named(nameOf(name))
      return name.includes('/') ? found.filter((path) => path === name || path.endsWith(`/${name}`)) : found
    })
  }

  /** Which a path may mean that is written from a folder further up or down. */
  alike(path: string): string[] {
    const above: string[] = []
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) above.push(path.slice(at + 1))
    return [...new Set([...this.named(path), ...above.filter((each) => this.has(each))])].sort()
  }

  /** Whose names end so, from a dot on: `.py`, `.config.js`. */
  ending(...endings: readonly string[]): string[] {
    return this.#join(endings, (ending) => this.#index.ending(ending))
  }

  /** Whose names begin so: `.env`, `Dockerfile`. */
  beginning(...starts: readonly string[]): string[] {
    return this.#join(starts, (start) => this.#index.beginning(start))
  }

  /** In one of the folders itself; '.' is the working directory. */
  in(...folders: readonly string[]): string[] {
    return this.#join(folders, (folder) => this.#index.in(folder === '.' ? '' : folder))
  }

  /** In one of the folders and all below it; '.' is the working directory. */
  under(...folders: readonly string[]): string[] {
    return this.#join(folders, (folder) => this.#index.under(folder === '.' ? '' : folder))
  }

  #join(words: readonly string[], find: (word: string) => readonly string[]): string[] {
    const [first, ...others] = words.map(find)
    return this.#keep(others.length === 0 ? (first ?? []) : [...new Set([first ?? [], ...others].flat())].sort())
  }

  #keep(paths: readonly string[]): string[] {
    return this.#kept ? paths.filter(this.#kept) : [...paths]
  }
}

export const noFiles = Files.of([])

/** `vite.config` as a script of any kind: `vite.config.js`, `vite.config.mts` … */
export const scripts = (name: string): string[] =>
  ['js', 'cjs', 'mjs', 'ts', 'cts', 'mts'].map((ending) => `${name}.${ending}`)

/** The endings of JavaScript and TypeScript. */
export const javascript = ['.js', '.cjs', '.mjs', '.jsx', '.ts', '.cts', '.mts', '.tsx']

/** Not deep below the working directory: where the files that configure a project stand. */
export function isNear(path: string): boolean {
  let slash = -1
  for (let depth = 0; depth < 4; depth++) {
    slash = path.indexOf('/', slash + 1)
    if (slash < 0) return true
  }
  return false
}
