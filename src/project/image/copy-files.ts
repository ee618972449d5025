import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import type {ContextEntry} from '../build-context.ts'
import {ignoreRules} from '../dockerignore.ts'
import {anyName, exactly, matcherOf} from '../glob.ts'
import {type Entry, type FileTree, type FolderEntry, NotAFolder} from './file-tree.ts'

/** Where COPY takes files from: the build context, or the tree of another stage. Paths begin with `/`. */
export interface CopySource {
  /** What is not seen in it is not there. */
  complete: boolean
  entry(path: string): Promise<ContextEntry | undefined>
  names(path: string): Promise<string[]>
  /** How the origin of a file is named. */
  origin(path: string): string
}

export interface CopyRequest {
  sources: readonly string[]
  /** As it is written, variables filled in: a `/` at its end matters. */
  destination: string
  workdir: string
  parents: boolean
  exclude: readonly string[]
  at: FileLocation
}

/** The build ends here. */
export class CopyError extends Error {
  /** The source that is not there, cleaned. */
  readonly missing: string | undefined

  constructor(message: string, missing?: string) {
    super(message)
    this.missing = missing
  }
}

/** A COPY as BuildKit's file backend does it. Throws CopyError. */
export async function copyFiles(tree: FileTree, from: CopySource, request: CopyRequest): Promise<void> {
  const {sources, destination, workdir, parents, at} = request
  const to = posix.resolve(workdir, destination)
  const wantsFolder = parents || destination === '' || /(^|\/)\.?$/.test(destination)
  const excluded = ignoreRules(request.exclude.join('\n')).ignores
  if (parents) asFolder(tree, to)
  for (const source of sources) {
    const wild = hasWildcard(source)
    if (wild && !isPattern(source))
      throw new CopyError(`${source} is a pattern that Docker cannot read: [ is not closed`)
    const matches = wild ? await glob(from, source, parents) : [cleanSource(source)]
    for (const path of matches) {
      const real = await follow(from, path)
      const entry = real === undefined ? undefined : await from.entry(real)
      if (real === undefined || !entry) {
        // `--parents` and patterns ask for nothing in particular.
        if (wild || parents || !from.complete) continue
        throw new CopyError(`${path.slice(1) || '/'} is not there`, path)
      }
      const kept = parents ? posix.join(to, path.slice(pivotOf(source))) : undefined
      if (entry.kind === 'folder') await copyFolder(real, kept ?? to)
      else if (!excluded(posix.basename(path))) put(real, kept ?? fileTarget(posix.basename(path)), entry)
    }
  }

  function fileTarget(name: string): string {
    return wantsFolder || tree.get(to)?.kind === 'folder' ? posix.join(to, name) : to
  }

  async function copyFolder(path: string, target: string, below = ''): Promise<void> {
    const folder = asFolder(tree, target)
    for (const name of await from.names(path)) {
      const relative = posix.join(below, name)
      const entry = await from.entry(posix.join(path, name))
      if (!entry) continue
      if (entry.kind !== 'folder') {
        if (!excluded(relative)) place(folder, name, posix.join(path, name), entry)
      } else if (!excluded(relative)) await copyFolder(posix.join(path, name), posix.join(target, name), relative)
    }
  }

  function put(path: string, target: string, entry: ContextEntry): void {
    const folder = asFolder(tree, posix.dirname(target))
    place(folder, posix.basename(target), path, entry)
  }

  function place(folder: FolderEntry, name: string, path: string, entry: ContextEntry): void {
    const origin = {source: from.origin(path), at}
    const made: Entry =
      entry.kind === 'link' ? {kind: 'link', target: entry.target, ...origin} : {kind: 'file', ...origin}
    folder.entries.set(name, made)
  }
}

function asFolder(tree: FileTree, path: string): FolderEntry {
  try {
    return tree.folder(path)
  } catch (error) {
    if (error instanceof NotAFolder) throw new CopyError(`${path} is a file already, so nothing can be copied into it`)
    throw error
  }
}

/** Sources are joined to the root and cleaned: `/x`, `./x` and `../x` all stay inside. */
const cleanSource = (source: string): string => posix.resolve('/', source)

/** What `--parents` leaves away: the part before `/./`. */
function pivotOf(source: string): number {
  const pivot = source.indexOf('/./')
  return pivot < 0 ? 0 : cleanSource(source.slice(0, pivot)).length
}

/** Wildcards, escaped ones left aside. */
const hasWildcard = (source: string): boolean => /[*?[]/.test(source.replace(/\\./g, ''))

const isPattern = (source: string): boolean => !/\[[^\]]*$/.test(source.replace(/\\./g, '').replace(/\[\[\]/g, ''))

/** Go's filepath.Match, level by level: `**` is `*`, but with --parents it is any number of folders. */
async function glob(from: CopySource, source: string, deep: boolean): Promise<string[]> {
  const parts = cleanSource(source.replace('/./', '/')).split('/').filter(Boolean)
  const visit = async (path: string, index: number): Promise<string[]> => {
    const part = parts[index]
    if (part === undefined) return [path]
    if (part === '**' && deep) {
      const here = await visit(path, index + 1)
      const below: string[] = []
      for (const name of await from.names(path)) {
        const next = posix.join(path, name)
        if ((await from.entry(next))?.kind === 'folder') below.push(...(await visit(next, index)))
      }
      return [...here, ...below]
    }
    if (!hasWildcard(part)) {
      const next = posix.join(path, part.replace(/\\(.)/g, '$1'))
      return (await from.entry(next)) ? visit(next, index + 1) : []
    }
    const matches = levelPattern(part)
    const found: string[] = []
    for (const name of await from.names(path)) {
      if (matches(name)) found.push(...(await visit(posix.join(path, name), index + 1)))
    }
    return found
  }
  return visit('/', 0)
}

/** One level of a pattern of Go's filepath.Match. */
function levelPattern(part: string): (name: string) => boolean {
  const tokens = part.matchAll(/\\(.)|\[(\^?)((?:\\.|[^\]\\]|^\]){1,200})\]|./gsu)
  return matcherOf(
    [...tokens].flatMap(([token, escaped, not, characters]) => {
      if (characters !== undefined) return [{one: `[${not}${characters.replace(/[[\]^]/g, '\\$&')}]`}]
      if (token === '?') return [{one: '[^/]'}]
      return token === '*' ? [anyName] : exactly(escaped ?? token)
    }),
  )
}

/** The path without links, inside the root; undefined where a link is broken or leads out. */
async function follow(from: CopySource, path: string, depth = 0): Promise<string | undefined> {
  let real = '/'
  const parts = path.split('/').filter(Boolean)
  for (const [index, part] of parts.entries()) {
    const next = posix.join(real, part)
    const entry = await from.entry(next)
    if (!entry) return undefined
    if (entry.kind === 'link') {
      if (depth > 40) return undefined
      const target = posix.resolve(real, entry.target, parts.slice(index + 1).join('/'))
      return follow(from, target, depth + 1)
    }
    real = next
  }
  return real
}
