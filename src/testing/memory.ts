import {posix} from 'node:path'
import {groupBy} from '../group-by.ts'
import type {FileSystem} from '../project/files/file-system.ts'

/**
 * Text, bytes, the code of the error that reading it gives, or text with the permission to run it. Of a folder, whose path
 * ends with `/`, the code that listing it gives.
 */
export type MemoryFile = string | Uint8Array | {error: string} | {text: string; executable: boolean}
export type Files = Readonly<Record<string, MemoryFile>>

export const root = '/project'

/** A project in memory: paths are relative to its working directory, and may begin with `../`. */
export function memoryFileSystem(files: Files, links: Readonly<Record<string, string>> = {}): FileSystem {
  const absolute = <T>(entries: Readonly<Record<string, T>>) =>
    new Map(Object.entries(entries).map(([path, each]) => [posix.resolve(root, path), each]))
  const isFolder = ([path]: [string, MemoryFile]) => path.endsWith('/')
  const entries = Object.entries(files)
  const contents = absolute(Object.fromEntries(entries.filter((each) => !isFolder(each))))
  const closed = new Map(
    entries.filter(isFolder).map(([path, each]) => [posix.resolve(root, path), (each as {error: string}).error]),
  )
  const targets = absolute(links)
  const folders = new Set<string>([root, '/', ...closed.keys()])
  for (const path of [...contents.keys(), ...targets.keys(), ...closed.keys()]) {
    for (let folder = posix.dirname(path); !folders.has(folder); folder = posix.dirname(folder)) folders.add(folder)
  }
  const within = (paths: Iterable<string>) => {
    const children = groupBy(
      [...paths].filter((path) => path !== '/'),
      (path) => posix.dirname(path),
    )
    return (folder: string) => (children.get(folder) ?? []).map((path) => posix.basename(path))
  }
  const [filesIn, foldersIn, linksIn] = [within(contents.keys()), within(folders), within(targets.keys())]
  const missing = (path: string) => Object.assign(new Error(`ENOENT: ${path}`), {code: 'ENOENT'})
  const bytes = (path: string): Uint8Array => {
    const file = contents.get(path)
    if (file === undefined) throw missing(path)
    if (typeof file === 'string') return new TextEncoder().encode(file)
    if (file instanceof Uint8Array) return file
    if ('text' in file) return new TextEncoder().encode(file.text)
    throw Object.assign(new Error(file.error), {code: file.error})
  }
  return {
    async stat(path) {
      if (folders.has(path)) return {kind: 'folder', size: 0}
      if (!contents.has(path)) throw missing(path)
      const file = contents.get(path)
      const size = typeof file === 'object' && 'error' in file ? 0 : bytes(path).length
      const executable = typeof file === 'object' && 'text' in file ? file.executable : undefined
      return {kind: 'file', size, executable}
    },
    read: async (path) => bytes(path),
    list(path) {
      const code = closed.get(path)
      if (code !== undefined) throw Object.assign(new Error(code), {code})
      if (!folders.has(path)) throw missing(path)
      return {files: filesIn(path), folders: foldersIn(path), links: linksIn(path), others: []}
    },
    link: (path) => {
      const target = targets.get(path)
      if (target === undefined) throw missing(path)
      return target
    },
    real: async (path) => posix.resolve(posix.dirname(path), targets.get(path) ?? path),
  }
}
