import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'

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
export interface FolderEntry {
  kind: 'folder'
  entries: Map<string, Entry>
}
export type Entry = FileEntry | LinkEntry | FolderEntry

/** A file stands where a folder must be. */
export class NotAFolder extends Error {}

/** The paths of a stage that its instructions are seen to make. Not what RUN makes, nor what the base image brings. */
export class FileTree {
  readonly root: FolderEntry

  constructor(root: FolderEntry = {kind: 'folder', entries: new Map()}) {
    this.root = root
  }

  copy(): FileTree {
    return new FileTree(copyOf(this.root) as FolderEntry)
  }

  /** The entry at a path, links on the way followed, and the last one too unless it is asked for itself. */
  get(path: string, {followLast = true} = {}): Entry | undefined {
    const real = this.#resolve(path, followLast)
    return real === undefined ? undefined : this.#at(real)
  }

  /** The folder at a path, made with its parents where it is missing. Throws NotAFolder. */
  folder(path: string): FolderEntry {
    let folder = this.root
    for (const part of (this.#resolve(path, true, true) ?? path).split('/').filter(Boolean)) {
      let next = folder.entries.get(part)
      if (!next) {
        next = {kind: 'folder', entries: new Map()}
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

  /** Every file and link, with its path, in order. */
  *files(folder: FolderEntry = this.root, path = '/'): Iterable<[path: string, entry: FileEntry | LinkEntry]> {
    for (const [name, entry] of [...folder.entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const below = posix.join(path, name)
      if (entry.kind === 'folder') yield* this.files(entry, below)
      else yield [below, entry]
    }
  }

  #at(path: string): Entry | undefined {
    let entry: Entry = this.root
    for (const part of path.split('/').filter(Boolean)) {
      if (entry.kind !== 'folder') return undefined
      const next = entry.entries.get(part)
      if (!next) return undefined
      entry = next
    }
    return entry
  }

  /** A path without links; undefined where it leads nowhere. `making`: what is missing at its end is kept. */
  #resolve(path: string, followLast: boolean, making = false, depth = 0): string | undefined {
    const parts = posix.resolve('/', path).split('/').filter(Boolean)
    let above: Entry | undefined = this.root
    for (const [index, part] of parts.entries()) {
      const entry: Entry | undefined = above?.kind === 'folder' ? above.entries.get(part) : undefined
      const isLast = index === parts.length - 1
      if (entry?.kind === 'link' && (!isLast || followLast)) {
        if (depth > 40) return undefined
        const [real, rest] = [parts.slice(0, index), parts.slice(index + 1)].map((each) => each.join('/')) as [
          string,
          string,
        ]
        return this.#resolve(posix.resolve(`/${real}`, entry.target, rest), followLast, making, depth + 1)
      }
      if (!entry && !making) return undefined
      above = entry
    }
    return `/${parts.join('/')}`
  }
}

const copyOf = (entry: Entry): Entry =>
  entry.kind === 'folder'
    ? {kind: 'folder', entries: new Map([...entry.entries].map(([name, each]) => [name, copyOf(each)]))}
    : entry
