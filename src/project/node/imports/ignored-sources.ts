/** Imports of files that git ignores: made by a tool mostly, and lost where a line of .gitignore was meant for something else. */
import {posix} from 'node:path'
import {once} from '../../../once.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {type IgnoringRule, ignoredPaths, ignoringRules} from '../../git/git.ts'
import {packageFolder} from '../package-folder.ts'
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
  // git is asked for its reasons where somebody wants to know one, and once.
  const rules = once<void, ReturnType<typeof ignoringRules>>(() => ignoringRules(reader.root, [...ignored]))
  const kept: T[] = []
  for (const each of lost) {
    const own = each.kind === 'file' ? namesOfModule(each.name).filter((path) => ignored.has(path)) : []
    if (own.length === 0) kept.push(each)
    else {
      const ignoredBy = await hiddenBy(each, own, rules, {reader, paths})
      if (ignoredBy) kept.push({...each, ignoredBy})
    }
  }
  return kept
}

/** Folders that templates of .gitignore name wherever they stand: those of Python, of Visual Studio, of editors. */
const ofTemplates = /^\/?(?:\*\*\/)?(?:lib|bin|env|data|logs?|models|parts|var|debug|release|local|private)\/?$/

const settings = /\.(?:json|ya?ml|toml|[cm]?js|m?ts)$|(?:^|\/)(?:Makefile|justfile)$/

/**
 * The rule that keeps a source out of the repository: a bare name, which git takes for folders at any depth. The folder is
 * among the sources of the file that imports it, no settings beside package.json speak of it, and it is not on this disk either.
 */
async function hiddenBy(
  {from, name}: MissingImport & {from: string},
  candidates: readonly string[],
  rulesOf: () => ReturnType<typeof ignoringRules>,
  {reader, paths}: {reader: ProjectReader; paths: Files},
): Promise<IgnoringRule | undefined> {
  const home = packageFolder(from, paths)
  const inside = posix.relative(home, posix.dirname(name))
  const [first = '', ...below] = inside.split('/')
  if (below.length === 0 || !posix.relative(home, from).startsWith(`${first}/`)) return undefined
  const rules = await rulesOf()
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
  // The scripts of a package.json, and the settings of a generator beside it.
  const spoken = await Promise.all(
    [...new Set([home, '.'])].map(async (folder) => ({
      folder,
      texts: await reader.texts(paths.in(folder).filter((path) => settings.test(path))),
    })),
  )
  const says = (folder: string, text: string) => text.includes(folder === home ? inside : posix.join(home, inside))
  if (spoken.some(({folder, texts}) => texts.some(({text}) => says(folder, text)))) return undefined
  const kinds = await Promise.all(candidates.map((path) => reader.kindOf(path)))
  return kinds.every((kind) => kind === 'missing') ? rule : undefined
}

/** The files that an import may mean; `./orders.js` is orders.ts in TypeScript. */
function namesOfModule(name: string): string[] {
  const stem = name.replace(/\.([cm]?)jsx?$/, '.$1ts')
  return [name, stem, `${name}.ts`, `${name}.tsx`, `${name}.js`, `${name}/index.ts`]
}
