/** What a tsconfig.json says, with those that it extends (typescriptlang.org/tsconfig). */
import {posix} from 'node:path'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import type {Files} from '../../files/files.ts'
import {anyFolders, anyName, exactly, matcherOf} from '../../files/glob.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {TextFile} from '../../files/text.ts'
import {readManifest} from '../workspace/workspace.ts'

export interface Project {
  reader: ProjectReader
  paths: Files
}

/** It and all that it extends, the nearest first; those of installed packages are not there. */
export async function tsconfigs(path: string, {reader, paths}: Project): Promise<TextFile[]> {
  const found: TextFile[] = []
  const next = [path]
  for (const each of next) {
    const file = paths.has(each) ? await reader.text(each) : undefined
    if (!file || found.includes(file)) continue
    found.push(file)
    for (const name of [parseLoosely(file.text)?.extends ?? []].flat()) {
      if (typeof name !== 'string') continue
      const target = name.startsWith('.') ? posix.join(posix.dirname(each), name) : await inMember(name)
      const names = target === undefined ? [] : [target, `${target}.json`, posix.join(target, 'tsconfig.json')]
      next.push(...names.filter((one) => paths.has(one)))
    }
  }
  return found

  /** `@shop/tsconfig/base.json` of a member of the workspace. */
  async function inMember(name: string): Promise<string | undefined> {
    const parts = name.startsWith('@') ? 2 : 1
    const wanted = name.split('/', parts).join('/')
    for (const manifest of paths.named('package.json')) {
      const folder = posix.dirname(manifest).replace(/^\.$/, '')
      if ((await readManifest(reader, folder))?.name === wanted)
        return posix.join(folder, name.split('/').slice(parts).join('/'))
    }
    return undefined
  }
}

/** What the nearest configuration says that says anything of an option of the compiler. */
export function compilerOption(
  configs: readonly TextFile[],
  name: string,
): {value: unknown; from: TextFile} | undefined {
  for (const from of configs) {
    const options = parseLoosely(from.text)?.compilerOptions
    if (isTable(options) && options[name] !== undefined) return {value: options[name], from}
  }
  return undefined
}

/** Whether a configuration surely has a file compiled: by `include`, and not by `files` or what another file imports. */
export function compiledBy(configs: readonly TextFile[]): (path: string) => boolean {
  const said = configs.map(({path, text}) => ({folder: posix.dirname(path), values: parseLoosely(text) ?? {}}))
  const list = (name: string) =>
    said.flatMap(({folder, values: {[name]: value}}) =>
      Array.isArray(value) ? [{folder, patterns: value.map(String)}] : [],
    )[0]
  const [nearest] = configs
  const [include, exclude] = [list('include'), list('exclude')]
  if (!nearest || (list('files') && !include)) return () => false
  const home = posix.dirname(nearest.path)
  // Where nothing is excluded, what tsc writes is: by the words of the nearest alone.
  const written = ['outDir', 'declarationDir'].flatMap((name) => compilerOption([nearest], name)?.value ?? [])
  const excluded = exclude ?? {folder: home, patterns: written.map(String)}
  if (excluded.patterns.some((pattern) => pattern.includes('${'))) return () => false
  const {folder, patterns} = include ?? {folder: home, patterns: ['**/*']}
  const matcher = (from: string, pattern: string, below: boolean) =>
    matcherOf(piecesOf(posix.join(from, pattern)), below)
  const left = excluded.patterns.map((pattern) => matcher(excluded.folder, pattern, true))
  const taken = patterns
    .filter((pattern) => !pattern.includes('${'))
    .map((pattern) => ({fits: matcher(folder, pattern, isFolder(pattern)), takesHidden: isHidden(pattern)}))
  // A star stands for no name that begins with a dot.
  return (path) =>
    !left.some((fits) => fits(path)) &&
    taken.some(({fits, takesHidden}) => (takesHidden || !isHidden(posix.relative(folder, path))) && fits(path))
}

/** `src/*` takes the files there, and none below. */
const isFolder = (pattern: string): boolean => {
  const name = posix.basename(pattern).replace(/^\.+/, '')
  return !/[*?.]/.test(name)
}

const isHidden = (path: string): boolean => /(?:^|\/)\.[^./]/.test(path)

const piecesOf = (pattern: string) =>
  pattern
    .replace(/\/$/, '')
    .replace(/\/\*\*$/, '/**/*')
    .split(/(\*\*\/|\*|\?)/)
    .flatMap((part) =>
      part === '**/' ? anyFolders : part === '*' ? [anyName] : part === '?' ? [{one: '[^/]'}] : exactly(part),
    )
