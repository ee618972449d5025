import {posix} from 'node:path'

/** The files that git tracks, and the folders that they are in. */
export class ProjectTree {
  readonly files: ReadonlySet<string>
  readonly #folders = new Set<string>()

  constructor(paths: readonly string[]) {
    this.files = new Set(paths)
    for (const path of paths) {
      for (let folder = posix.dirname(path); !this.#folders.has(folder); folder = posix.dirname(folder)) {
        this.#folders.add(folder)
      }
    }
  }

  /** The files of a folder, and not those below it, that a pattern finds. */
  inFolder(folder: string, name: RegExp): string[] {
    return [...this.files].filter((path) => posix.dirname(path) === folder && name.test(posix.basename(path)))
  }

  has(path: string): boolean {
    return this.files.has(path) || this.#folders.has(path)
  }
}
