import {posix} from 'node:path'
import {escapePattern} from '../../escape-pattern.ts'
import type {Files, Tracked} from '../../files/files.ts'
import type {BuildCommands} from '../build-commands.ts'
import {originOf} from '../moment.ts'
import type {FileTree} from './file-tree.ts'

/** Folders whose files a build makes, by the habits of many tools. */
const outputs =
  /(?:^|\/)(?:dist|build|out|output|\.output|\.next|target|release|bin|lib|public|static|assets|gen|generated|__generated__|node_modules|vendor|tmp|\.?cache)(?:\/|$)/

/** Whether a folder is one of those. */
export const isOutput = (path: string): boolean => outputs.test(path)

/** Whether no build has a reason to make it: a source, the script that prepares the start, or settings of a computer. */
export const isByHand = (path: string): boolean =>
  /(?<!\.d)\.(?:[cm]?tsx?|sh|bash)$|^docker-entrypoint\.\w+$|^\.env(?:\.\w+)*$/.test(path)

/** What is compiled to another file of the same name. */
const compiled = '.ts .cts .mts .tsx .ctsx .mtsx .jsx .coffee .svelte .vue .civet .elm .res'.split(' ')

/**
 * Where a file of the context would stand whose place in an image is this one, by the files beside it; undefined where
 * the folder got none of its files from there, or is one that a build fills.
 */
export function ownPlace(files: FileTree, path: string, tracked: Tracked): string | undefined {
  const name = posix.basename(path)
  const folder = files.get(posix.dirname(path))
  if (folder?.kind !== 'folder') return undefined
  const origins = new Set<string>()
  for (const [each, entry] of folder.entries) {
    if (entry.kind === 'folder') continue
    if (!tracked.has(entry.source) || posix.basename(entry.source) !== each) return undefined
    origins.add(posix.dirname(entry.source))
  }
  const [origin, ...others] = origins
  return origin === undefined || others.length > 0 || outputs.test(origin) ? undefined : posix.join(origin, name)
}

/**
 * The same of a file in a folder that the image does not have: the folder above it is there, with files of the project,
 * which has more in it.
 */
export function placeBelow(files: FileTree, path: string, tracked: Tracked): string | undefined {
  let above = posix.dirname(path)
  while (above !== '/' && !files.get(above)) above = posix.dirname(above)
  const origin = above === '/' || above === posix.dirname(path) ? undefined : originOf({files}, above, tracked)
  const source = origin === undefined ? undefined : posix.join(origin, path.slice(above.length + 1))
  return source === undefined || isOutput(source) || !tracked.has(source) ? undefined : source
}

/** Whether a build may make a file that the project does not have: a command names it, or a source of its name is there. */
export function mayBeBuilt(path: string, paths: Files, {commands}: BuildCommands): boolean {
  const name = posix.basename(path)
  const folder = posix.dirname(path)
  const stem = name.replace(/\.\w+$/, '')
  // A folder is compiled from none, and nothing is compiled to TypeScript.
  if (stem !== name && !/\.[cm]?tsx?$/.test(name) && paths.named(...compiled.map((ending) => stem + ending)).length > 0)
    return true
  // `seed-templates.ts` names no folder templates.
  const named = new RegExp(`(?<![\\w-])${escapePattern(name)}(?![\\w-])`)
  const intoFolder = new RegExp(`^(?:-[^\\s=]*=)?\\.?/?(?:\\S*/)?${folder.replace(/[^\w/]/g, '\\$&')}/?$`)
  return commands.some(({words}) =>
    words.some(
      (word = '', index) =>
        named.test(word) ||
        (folder !== '.' && /^-(?:o|d|-out\S*|-dest\S*)/.test(`${words[index - 1]}`) && intoFolder.test(word)) ||
        (folder !== '.' && /^-\S*=/.test(word) && intoFolder.test(word)),
    ),
  )
}
