/** Imports of files that git ignores: made by a tool mostly, and lost where a line of .gitignore was meant for something else. */
import {posix} from 'node:path'
import type {Files, Tracked} from '../../files.ts'
import {type IgnoringRule, ignoredPaths, ignoringRules} from '../../git/git.ts'
import type {ProjectReader} from '../../reader.ts'
import type {MissingImport} from './missing-imports.ts'

/** What git ignores is made by a tool, but for what stands among the sources in a folder that is named as one of a build is. */
export async function withoutGenerated<T extends MissingImport & {from: string}>(
  lost: readonly T[],
  {reader, paths}: {reader: ProjectReader; paths: Files},
): Promise<T[]> {
  const names = [...new Set(lost.filter(({kind}) => kind === 'file').map(({name}) => name))]
  if (names.length === 0) return [...lost]
  const candidates = names.flatMap(namesOfModule)
  const ignored = await ignoredPaths(reader.root, candidates)
  const kept: T[] = []
  for (const each of lost) {
    const own = each.kind === 'file' ? namesOfModule(each.name).filter((path) => ignored.has(path)) : []
    if (own.length === 0) kept.push(each)
    else {
      const ignoredBy = await hiddenBy(each, own, {reader, paths})
      if (ignoredBy) kept.push({...each, ignoredBy})
    }
  }
  return kept
}

/** Folders that templates of .gitignore name wherever they stand: those of Python, of Visual Studio, of editors. */
const ofTemplates = /^\/?(?:\*\*\/)?(?:lib|bin|env|data|logs?|models|parts|var|debug|release|local|private)\/?$/

/**
 * The rule that keeps a source out of the repository: a bare name, which git takes for folders at any depth. The folder is
 * among the sources of the file that imports it, nothing of package.json speaks of it, and it is not on this disk either.
 */
async function hiddenBy(
  {from, name}: MissingImport & {from: string},
  candidates: readonly string[],
  {reader, paths}: {reader: ProjectReader; paths: Files},
): Promise<IgnoringRule | undefined> {
  const home = folderOf({from}, paths)
  const inside = posix.relative(home, posix.dirname(name))
  const [first = '', ...below] = inside.split('/')
  if (below.length === 0 || !posix.relative(home, from).startsWith(`${first}/`)) return undefined
  const rules = await ignoringRules(reader.root, candidates)
  const [rule] = candidates.flatMap((path) => rules.get(path) ?? [])
  const pattern = rule?.pattern.replace(/\[(\w)\w\]/g, (_, letter: string) => letter.toLowerCase()) ?? ''
  const plain = pattern.replace(/^\*\*\/|\/$/g, '')
  if (
    !rule ||
    !ofTemplates.test(pattern) ||
    pattern.startsWith('/') ||
    !below.some((part) => part.toLowerCase() === plain)
  )
    return undefined
  const [own, top] = await Promise.all([home, '.'].map((folder) => reader.text(posix.join(folder, 'package.json'))))
  if (own?.text.includes(inside) || top?.text.includes(posix.join(home, inside))) return undefined
  const kinds = await Promise.all(candidates.map((path) => reader.kindOf(path)))
  return kinds.every((kind) => kind === 'missing') ? rule : undefined
}

/** The folder of the package.json that a file belongs to. */
export function folderOf({from}: {from: string}, all: Tracked): string {
  let folder = posix.dirname(from)
  while (folder !== '.' && !all.has(`${folder}/package.json`)) folder = posix.dirname(folder)
  return folder
}

/** The files that an import may mean; `./orders.js` is orders.ts in TypeScript. */
function namesOfModule(name: string): string[] {
  const stem = name.replace(/\.([cm]?)jsx?$/, '.$1ts')
  return [name, stem, `${name}.ts`, `${name}.tsx`, `${name}.js`, `${name}/index.ts`]
}
