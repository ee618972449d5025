import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import type {ContextEntry, Wanted} from '../../context/build-context.ts'
import {ignoreRules} from '../../context/dockerignore.ts'
import {anyName, exactly, matcherOf} from '../../files/glob.ts'
import {type Entry, type FileTree, FolderEntry, NotAFolder, type Original} from './file-tree.ts'

/** Where COPY takes files from: the build context, or the tree of another stage. Paths begin with `/`. */
export interface CopySource {
  /** What is not seen in it is not there. */
  complete: boolean
  entry(path: string): ContextEntry | undefined
  /** Names in a folder, in no order: all, or at least the folders and what is wanted. Which are there, `entry` tells. */
  names(path: string, wanted?: Wanted): string[]
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

type FileOrLink = Exclude<ContextEntry, {kind: 'folder'}>

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
    const matches = wild ? glob(from, source, parents) : [cleanSource(source)]
    for (const path of matches) {
      const real = follow(from, path)
      const entry = real === undefined ? undefined : from.entry(real)
      if (real === undefined || !entry) {
        // `--parents` and patterns ask for nothing in particular.
        if (wild || parents || !from.complete) continue
        throw new CopyError(`${path.slice(1) || '/'} is not there`, path)
      }
      const kept = parents ? posix.join(to, path.slice(pivotOf(source))) : undefined
      if (entry.kind === 'folder') copyFolder(real, kept ?? to)
      else if (!excluded(posix.basename(path))) put(real, kept ?? fileTarget(posix.basename(path)), entry)
    }
  }

  function fileTarget(name: string): string {
    return wantsFolder || tree.get(to)?.kind === 'folder' ? posix.join(to, name) : to
  }

  /** What the target has already stays: each entry is laid by itself, as no file can take a folder's place. */
  function copyFolder(path: string, target: string, below = ''): void {
    const folder = asFolder(tree, target)
    const original = originalOf(path, below)
    for (const name of original.names().sort()) {
      const entry = original.entry(name)
      if (entry?.kind === 'folder' && folder.entries.has(name)) {
        copyFolder(posix.join(path, name), posix.join(target, name), posix.join(below, name))
      } else if (entry) folder.entries.set(name, entry)
    }
  }

  /** `below`: the folder's path in the source, which is what --exclude goes by. */
  function originalOf(path: string, below: string): Original {
    return {
      names: (wanted) => from.names(path, wanted),
      entry(name) {
        const [whole, relative] = [posix.join(path, name), posix.join(below, name)]
        const entry = excluded(relative) ? undefined : from.entry(whole)
        return entry?.kind === 'folder' ? new FolderEntry(originalOf(whole, relative)) : entry && placed(whole, entry)
      },
    }
  }

  function put(path: string, target: string, entry: FileOrLink): void {
    asFolder(tree, posix.dirname(target)).entries.set(posix.basename(target), placed(path, entry))
  }

  function placed(path: string, entry: FileOrLink): Entry {
    const origin = {source: from.origin(path), at}
    return entry.kind === 'link' ? {kind: 'link', target: entry.target, ...origin} : {kind: 'file', ...origin}
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
export const hasWildcard = (source: string): boolean => /[*?[]/.test(source.replace(/\\./g, ''))

const isPattern = (source: string): boolean => !/\[[^\]]*$/.test(source.replace(/\\./g, '').replace(/\[\[\]/g, ''))

/** Go's filepath.Match, level by level: `**` is `*`, but with --parents it is any number of folders. */
export function glob(from: CopySource, source: string, deep: boolean): string[] {
  const parts = cleanSource(source.replace('/./', '/')).split('/').filter(Boolean)
  const visit = (path: string, index: number): string[] => {
    const part = parts[index]
    if (part === undefined) return [path]
    if (part === '**' && deep) {
      const below = from.names(path, () => []).sort()
      const folders = below.map((name) => posix.join(path, name)).filter((next) => from.entry(next)?.kind === 'folder')
      return [...visit(path, index + 1), ...folders.flatMap((next) => visit(next, index))]
    }
    if (!hasWildcard(part)) {
      const next = posix.join(path, part.replace(/\\(.)/g, '$1'))
      return from.entry(next) ? visit(next, index + 1) : []
    }
    const matches = levelPattern(part)
    return from
      .names(path, wantedBy(part))
      .sort()
      .filter((name) => matches(name))
      .map((name) => posix.join(path, name))
      .filter((next) => from.entry(next) !== undefined)
      .flatMap((next) => visit(next, index + 1))
  }
  return visit('/', 0)
}

/** The names that begin, or else end, as a level of a pattern does; undefined where it does not say how they do. */
function wantedBy(part: string): Wanted | undefined {
  const [start] = /^[^*?[\\]+/.exec(part) ?? []
  if (start) return (names) => names.beginning(start)
  const [end = ''] = /[^*?\]\\]*$/.exec(part) ?? []
  return end.includes('.') ? (names) => names.ending(end) : undefined
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
function follow(from: CopySource, path: string, depth = 0): string | undefined {
  let real = '/'
  const parts = path.split('/').filter(Boolean)
  for (const [index, part] of parts.entries()) {
    const next = posix.join(real, part)
    const entry = from.entry(next)
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
