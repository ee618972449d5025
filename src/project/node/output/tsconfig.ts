/** What a tsconfig.json says, with those that it extends (typescriptlang.org/tsconfig). */
import {posix} from 'node:path'
import {parseLoosely} from '../../documents/json.ts'
import type {Files} from '../../files.ts'
import {anyFolders, anyName, exactly, matcherOf} from '../../glob.ts'
import type {ProjectReader} from '../../reader.ts'
import type {TextFile} from '../../text.ts'
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

/** Whether a configuration surely has a file compiled: by `include`, and not by `files` or what another file imports. */
export function compiles(configs: readonly TextFile[], path: string): boolean {
  const list = (name: string) => {
    for (const {path: place, text} of configs) {
      const value = parseLoosely(text)?.[name]
      if (Array.isArray(value)) return {folder: posix.dirname(place), patterns: value.map(String)}
    }
    return undefined
  }
  const fits = ({folder, patterns}: {folder: string; patterns: readonly string[]}) =>
    patterns.some((pattern) => !pattern.includes('${') && matcherOf(piecesOf(posix.join(folder, pattern)), true)(path))
  const [include, exclude] = [list('include'), list('exclude')]
  if (configs.length === 0 || (list('files') && !include) || (exclude && fits(exclude))) return false
  return include === undefined || fits(include)
}

const piecesOf = (pattern: string) =>
  pattern
    .replace(/\/$/, '')
    .replace(/\/\*\*$/, '/**/*')
    .split(/(\*\*\/|\*|\?)/)
    .flatMap((part) =>
      part === '**/' ? anyFolders : part === '*' ? [anyName] : part === '?' ? [{one: '[^/]'}] : exactly(part),
    )
