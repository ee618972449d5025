import {closeSync, constants, openSync, readFileSync, statSync} from 'node:fs'
import {readdir, readlink, realpath} from 'node:fs/promises'

/** What preflight needs of a disk. Tests put a project in memory behind it. Errors are Node's, with their `code`. */
export interface FileSystem {
  /** `executable`: somebody may run it; undefined where the system has no such permission. */
  stat(path: string): Promise<{kind: 'file' | 'folder' | 'other'; size: number; executable?: boolean | undefined}>
  read(path: string): Promise<Uint8Array>
  /** Names in a folder, with `/` after those of folders. */
  list(path: string): Promise<string[]>
  /** The same with what each is, symbolic links not followed. */
  entries(path: string): Promise<{name: string; kind: 'file' | 'folder' | 'link' | 'other'}[]>
  /** Where a symbolic link points to. */
  link(path: string): Promise<string>
  real(path: string): Promise<string>
}

export const disk: FileSystem = {
  async stat(path) {
    const found = statSync(path)
    const executable = process.platform === 'win32' ? undefined : (found.mode & 0o111) !== 0
    return {kind: found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other', size: found.size, executable}
  },
  async read(path) {
    // O_NONBLOCK: a file that became a pipe since `stat` must not hang the run.
    // Without the thread pool: for thousands of small files, going there and back costs more than reading them.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      return readFileSync(file)
    } finally {
      closeSync(file)
    }
  },
  async list(path) {
    const entries = await readdir(path, {withFileTypes: true})
    return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
  },
  async entries(path) {
    const entries = await readdir(path, {withFileTypes: true})
    return entries.map((entry) => ({
      name: entry.name,
      kind: entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'other',
    }))
  },
  link: (path) => readlink(path),
  real: (path) => realpath(path),
}
