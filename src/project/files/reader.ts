import native, {isAbsolute, resolve} from 'node:path'
import {decode, type Encoding} from './decode.ts'
import {disk, type FileSystem} from './file-system.ts'
import {Names} from './names.ts'
import {TextFile} from './text.ts'

/** Why a file has no text; `reason` completes "fly.toml …". */
export interface Unreadable {
  kind: 'missing' | 'folder' | 'special' | 'denied' | 'outside' | 'too-large' | 'binary' | 'not-utf8'
  reason: string
  /** The line of the first bad byte, where there is one. */
  line?: number
}

/** What to do about it. */
export const cureOf: Readonly<Record<Exclude<Unreadable['kind'], 'missing'>, string>> = {
  folder: 'Name a file in it, or put the file in its place.',
  special: 'Put a plain file in its place.',
  denied: 'Make it readable: chmod u+r FILE',
  outside: 'Put the file itself in its place.',
  'too-large': 'Put the real file in its place: what is there is something else.',
  binary: 'Put the text file in its place: what is there is something else.',
  'not-utf8': 'Save the file as UTF-8.',
}

export type ReadResult = {ok: true; file: TextFile} | ({ok: false} & Unreadable)

/** No configuration or source file is that long; what is, is another kind of file. In bytes. */
const maximumSize = 8 * 1024 * 1024

/** What is in a folder. */
export interface Listing {
  files: Names
  folders: readonly string[]
  links: readonly string[]
  others: readonly string[]
}

const nothing: Listing = {files: new Names([]), folders: [], links: [], others: []}

/** The texts of bytes that several readers of one disk share: of those that are UTF-8. */
const decoded = new WeakMap<Uint8Array, TextFile>()

/** Reads the project: each file and each folder at most once, however many facts ask for it. */
export class ProjectReader {
  /** The working directory: flyctl's, and so the build context. Absolute. */
  readonly root: string
  readonly #fs: FileSystem
  readonly #absolute = new Map<string, string>()
  readonly #bytes = new Map<string, Promise<Uint8Array | ({ok: false} & Unreadable)>>()
  readonly #texts = new Map<string, TextFile>()
  readonly #listings = new Map<string, Listing>()
  readonly #unlisted = new Map<string, string>()
  readonly #secret = new Set<string>()

  constructor(root: string, fs: FileSystem = disk) {
    this.root = resolve(root)
    this.#fs = fs
  }

  absolute(path: string): string {
    let absolute = this.#absolute.get(path)
    if (absolute === undefined) {
      absolute = isAbsolute(path) ? path : resolve(this.root, path)
      this.#absolute.set(path, absolute)
    }
    return absolute
  }

  /** How reports name a file: relative to the working directory, with `/`. */
  display(path: string): string {
    return pathFrom(this.root, this.absolute(path))
  }

  async read(path: string, encoding: Encoding = {}): Promise<ReadResult> {
    const absolute = this.absolute(path)
    const known = this.#texts.get(absolute)
    if (known) return {ok: true, file: known}
    let bytes = this.#bytes.get(absolute)
    if (!bytes) {
      bytes = this.#read(absolute)
      this.#bytes.set(absolute, bytes)
    }
    const found = await bytes
    if (!(found instanceof Uint8Array)) return found
    // Two that waited for the same bytes get the same text.
    const read = this.#texts.get(absolute)
    if (read) return {ok: true, file: read}
    const file = this.#decoded(absolute, found, encoding)
    if (!(file instanceof TextFile)) return {ok: false, ...file}
    this.#texts.set(absolute, file)
    this.#bytes.delete(absolute)
    return {ok: true, file}
  }

  /** The file's text, in whatever way it was read before; undefined where there is no file or none that can be read. */
  async text(path: string | undefined): Promise<TextFile | undefined> {
    if (path === undefined) return undefined
    const result = await this.read(path)
    return result.ok ? result.file : undefined
  }

  /** The texts of files, in their order, without those that are not there or are no text. */
  async texts(paths: Iterable<string>): Promise<TextFile[]> {
    const files = await Promise.all([...paths].map((path) => this.text(path)))
    return files.filter((file) => file !== undefined)
  }

  /** The text of a file that this run only compares with: its comments do not count, so none can be called unused. */
  async glance(path: string): Promise<TextFile | undefined> {
    const absolute = this.absolute(path)
    const bytes = await this.#read(absolute)
    if (!(bytes instanceof Uint8Array)) return undefined
    const file = this.#decoded(absolute, bytes)
    return file instanceof TextFile ? file : undefined
  }

  /** Lets no report show lines of a file: what it holds is secret. */
  hide(path: string): void {
    this.#secret.add(this.absolute(path))
  }

  /** The text for a report to show lines of. */
  async shown(path: string): Promise<TextFile | undefined> {
    return this.#secret.has(this.absolute(path)) ? undefined : this.text(path)
  }

  /** Every text file read so far: where comments may ignore a finding. */
  async filesRead(): Promise<TextFile[]> {
    return [...this.#texts.values()]
  }

  async kindOf(path: string): Promise<'file' | 'folder' | 'other' | 'missing'> {
    try {
      return (await this.#fs.stat(this.absolute(path))).kind
    } catch (error) {
      if (isExhausted(error)) throw error
      return isOutside(error) ? 'other' : 'missing'
    }
  }

  /** Whether the file may be run as a program; undefined where that cannot be told. */
  async isExecutable(path: string): Promise<boolean | undefined> {
    try {
      return (await this.#fs.stat(this.absolute(path))).executable
    } catch {
      return undefined
    }
  }

  /** What is in a folder; nothing where it cannot be listed. */
  listing(path: string): Listing {
    let listing = this.#listings.get(path)
    if (!listing) {
      listing = this.#list(this.absolute(path))
      this.#listings.set(path, listing)
    }
    return listing
  }

  /** Why a folder cannot be listed, as Node has it: `EACCES`; undefined where it can. */
  unlisted(path: string): string | undefined {
    this.listing(path)
    return this.#unlisted.get(this.absolute(path))
  }

  /** Names in a folder (folders end with `/`), sorted; empty where it cannot be listed. */
  async list(path: string): Promise<string[]> {
    const {files, folders, links, others} = this.listing(path)
    return [...files.list(), ...folders.map((name) => `${name}/`), ...links, ...others].sort()
  }

  /** Where a symbolic link points to; undefined where that cannot be told. */
  link(path: string): string | undefined {
    try {
      return this.#fs.link(this.absolute(path))
    } catch {
      return undefined
    }
  }

  async real(path: string): Promise<string> {
    try {
      return await this.#fs.real(this.absolute(path))
    } catch {
      return this.absolute(path)
    }
  }

  #list(absolute: string): Listing {
    try {
      const {files, ...others} = this.#fs.list(absolute)
      return {files: new Names(files), ...others}
    } catch (error) {
      if (isExhausted(error)) throw error
      this.#unlisted.set(absolute, (error as NodeJS.ErrnoException).code ?? String(error))
      return nothing
    }
  }

  #decoded(absolute: string, bytes: Uint8Array, encoding: Encoding = {}): TextFile | Unreadable {
    // What is UTF-8 is the same text in every encoding that is asked for.
    const known = decoded.get(bytes)
    const text = known ?? decode(bytes, encoding)
    if (!(text instanceof TextFile) && typeof text !== 'string') return text
    const file = new TextFile(this.display(absolute), absolute, text)
    if (!known && Object.keys(encoding).length === 0) decoded.set(bytes, file)
    return file
  }

  async #read(absolute: string): Promise<Uint8Array | ({ok: false} & Unreadable)> {
    try {
      const {kind, size} = await this.#fs.stat(absolute)
      if (kind === 'folder') return {ok: false, kind: 'folder', reason: 'is a folder, not a file'}
      // A pipe or a device could block or never end.
      if (kind === 'other') return {ok: false, kind: 'special', reason: 'is not a regular file'}
      if (size > maximumSize) {
        return {ok: false, kind: 'too-large', reason: `has ${(size / 1024 / 1024).toFixed(0)} MB, too much to be one`}
      }
      return await this.#fs.read(absolute)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'ENOENT' || code === 'ENOTDIR') return {ok: false, kind: 'missing', reason: 'does not exist'}
      if (code === 'ELOOP') return {ok: false, kind: 'missing', reason: 'is a link that leads in a circle'}
      if (code === 'EACCES' || code === 'EPERM') {
        return {ok: false, kind: 'denied', reason: 'cannot be read: permission denied'}
      }
      if (isOutside(error)) {
        const reason = 'leads out of the repository, and what lies there is not read for the code of somebody else'
        return {ok: false, kind: 'outside', reason}
      }
      if (code === undefined || isExhausted(error)) throw error
      return {ok: false, kind: 'denied', reason: `cannot be read: ${code}`}
    }
  }
}

/** A path of this system, absolute, as reports name it. On another drive than the folder it stays absolute. */
export function pathFrom(folder: string, path: string, {relative, sep}: native.PlatformPath = native): string {
  // A project may have thousands of files, and most lie plainly below its folder.
  const isPlain = path.startsWith(folder + sep) && !path.includes(`${sep}.`) && !path.includes(sep + sep)
  return withSlashes(isPlain ? path.slice(folder.length + 1) : relative(folder, path), {sep}) || '.'
}

/** A path of this system as reports name it. */
export const withSlashes = (path: string, {sep}: Pick<native.PlatformPath, 'sep'> = native): string =>
  sep === '/' ? path : path.split(sep).join('/')

/** The machine has no more to give: this says nothing of the file, and what needs it is unverified. */
const isExhausted = (error: unknown): boolean =>
  /^(EMFILE|ENFILE|ENOMEM)$/.test((error as NodeJS.ErrnoException).code ?? '')

/** It is there, but where the code of somebody else may have nothing read. */
const isOutside = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EOUTSIDE'
