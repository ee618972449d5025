import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import type {Wanted} from '../../context/build-context.ts'
import type {Tracked} from '../../files/files.ts'

export interface FileEntry {
  kind: 'file'
  /** Where it came from: a path in the context, `heredoc`, an address. */
  source: string
  at: FileLocation
}
export interface LinkEntry {
  kind: 'link'
  target: string
  source: string
  at: FileLocation
}
export type Entry = FileEntry | LinkEntry | FolderEntry

/** What a folder is a copy of. */
export interface Original {
  /** In no order: all, or at least the folders and what is wanted. Which are there, `entry` tells. */
  names(wanted?: Wanted): string[]
  entry(name: string): Entry | undefined
}

/** What a folder holds: of a copy it is worked out when somebody asks, as a COPY may bring thousands of files. */
export class FolderEntry {
  readonly kind = 'folder'
  readonly #original: Original | undefined
  /** Those of its folders that were asked for: the same at the next question, so that each is worked out once. */
  readonly #folders = new Map<string, FolderEntry>()
  #entries: Map<string, Entry> | undefined

  constructor(original?: Original) {
    this.#original = original
  }

  get entries(): Map<string, Entry> {
    this.#entries ??= new Map(this.#copied())
    return this.#entries
  }

  /** In order: all, or the folders and at least what is wanted. */
  list(wanted?: Wanted): [name: string, entry: Entry][] {
    if (wanted && !this.#entries) return this.#copied(wanted)
    return [...this.entries].sort(([a], [b]) => (a < b ? -1 : 1))
  }

  #copied(wanted?: Wanted): [name: string, entry: Entry][] {
    const found: [string, Entry][] = []
    // What is wanted for two reasons is there once.
    for (const name of [...new Set(this.#original?.names(wanted))].sort()) {
      const entry = this.#folders.get(name) ?? this.#original?.entry(name)
      if (entry?.kind === 'folder') this.#folders.set(name, entry)
      if (entry) found.push([name, entry])
    }
    return found
  }

  copy(): FolderEntry {
    const copy = new FolderEntry(this.#original)
    if (this.#entries) {
      copy.#entries = new Map()
      for (const [name, entry] of this.#entries) copy.#entries.set(name, entry.kind === 'folder' ? entry.copy() : entry)
    }
    return copy
  }
}

/** A file stands where a folder must be. */
export class NotAFolder extends Error {}

/** The paths of a stage that its instructions are seen to make. Not what RUN makes, nor what the base image brings. */
export class FileTree {
  readonly root: FolderEntry

  constructor(root = new FolderEntry()) {
    this.root = root
  }

  copy(): FileTree {
    return new FileTree(this.root.copy())
  }

  /** The entry at a path, links on the way followed, and the last one too unless it is asked for itself. */
  get(path: string, {followLast = true} = {}): Entry | undefined {
    return this.#find(path, followLast)?.entry
  }

  /** The file of the project that was copied to a path; undefined for what is there otherwise. */
  ownSource(path: string, tracked: Tracked): string | undefined {
    const entry = this.get(path)
    return entry?.kind === 'file' && tracked.has(entry.source) ? entry.source : undefined
  }

  /** The folder at a path, made with its parents where it is missing. Throws NotAFolder. */
  folder(path: string): FolderEntry {
    let folder = this.root
    for (const part of this.#find(path, true)?.parts ?? partsOf(path)) {
      let next = folder.entries.get(part)
      if (!next) {
        next = new FolderEntry()
        folder.entries.set(part, next)
      }
      if (next.kind !== 'folder') throw new NotAFolder(path)
      folder = next
    }
    return folder
  }

  /** Puts a file or link at a path, in the place of what is there. */
  put(path: string, entry: FileEntry | LinkEntry): void {
    this.folder(posix.dirname(path)).entries.set(posix.basename(path), entry)
  }

  /** Every file and link, with its path, in order. `wanted`: at least those; the others are not looked at. */
  files(wanted?: Wanted): Iterable<[path: string, entry: FileEntry | LinkEntry]> {
    return this.filesOf(this.root, wanted)
  }

  /** The same of one of its folders, the paths as if that were `path`. */
  *filesOf(folder: FolderEntry, wanted?: Wanted, path = ''): Iterable<[path: string, entry: FileEntry | LinkEntry]> {
    for (const [name, entry] of folder.list(wanted)) {
      const below = `${path}/${name}`
      if (entry.kind === 'folder') yield* this.filesOf(entry, wanted, below)
      else yield [below, entry]
    }
  }

  /**
   * Where a path leads, its links followed: what it is made of, and what stands there; undefined where a link leads round
   * and round.
   */
  #find(path: string, followLast: boolean, depth = 0): {parts: string[]; entry: Entry | undefined} | undefined {
    const parts = partsOf(path)
    let entry: Entry | undefined = this.root
    for (const [index, part] of parts.entries()) {
      entry = entry?.kind === 'folder' ? entry.entries.get(part) : undefined
      const isLast = index === parts.length - 1
      if (entry?.kind === 'link' && (!isLast || followLast)) {
        if (depth > 40) return undefined
        const [real, rest] = [parts.slice(0, index), parts.slice(index + 1)].map((each) => each.join('/')) as [
          string,
          string,
        ]
        return this.#find(posix.resolve(`/${real}`, entry.target, rest), followLast, depth + 1)
      }
    }
    return {parts, entry}
  }
}

const partsOf = (path: string): string[] => posix.resolve('/', path).split('/').filter(Boolean)
