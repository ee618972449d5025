import {closeSync, constants, openSync, readdirSync, readFileSync, readlinkSync, realpathSync, statSync} from 'node:fs'

/** The names in a folder, in no order, by what they are: a list each, as a folder may hold thousands. */
export interface Listing {
  files: string[]
  folders: string[]
  /** Symbolic links are not followed. */
  links: string[]
  /** Pipes, sockets, devices. */
  others: string[]
}

/** What preflight needs of a disk. Tests put a project in memory behind it. Errors are Node's, with their `code`. */
export interface FileSystem {
  /** `executable`: somebody may run it; undefined where the system has no such permission. */
  stat(path: string): Promise<{kind: 'file' | 'folder' | 'other'; size: number; executable?: boolean | undefined}>
  read(path: string): Promise<Uint8Array>
  list(path: string): Listing
  /** Where a symbolic link points to. */
  link(path: string): string
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
  // At once, too: a project may have thousands of folders.
  list(path) {
    const files: string[] = []
    const folders: string[] = []
    const links: string[] = []
    const others: string[] = []
    for (const entry of readdirSync(path, {withFileTypes: true})) {
      if (entry.isFile()) files.push(entry.name)
      else if (entry.isDirectory()) folders.push(entry.name)
      else if (entry.isSymbolicLink()) links.push(entry.name)
      else others.push(entry.name)
    }
    return {files, folders, links, others}
  },
  link: (path) => readlinkSync(path),
  async real(path) {
    return realpathSync.native(path)
  },
}
