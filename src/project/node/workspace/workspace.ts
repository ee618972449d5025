import {posix} from 'node:path'
import {isTable} from '../../documents/document.ts'
import {parseJson} from '../../documents/json.ts'
import {parseYaml} from '../../documents/yaml.ts'
import type {Files} from '../../files/files.ts'
import {anyFolders, anyName, anyText, exactly, matcherOf, type Piece} from '../../files/glob.ts'
import type {ProjectReader} from '../../files/reader.ts'

/** A package.json, as far as it says what belongs together. */
export interface Manifest {
  /** Its folder in the context; '' is the context. */
  folder: string
  name: string | undefined
  /** npm refuses to publish it. */
  isPrivate: boolean
  packageManager: string | undefined
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  peerDependencies: Record<string, string>
  optionalPeers: ReadonlySet<string>
  /** Those of `dependencies` that an install may do without. */
  optional: ReadonlySet<string>
  workspaces: string[] | undefined
}

export async function readManifest(reader: ProjectReader, folder: string): Promise<Manifest | undefined> {
  const file = await reader.text(posix.join(folder, 'package.json'))
  const document = file && parseJson(file)
  if (!document || !('value' in document) || !isTable(document.value)) return undefined
  const {name, packageManager, dependencies, optionalDependencies, devDependencies, workspaces} = document.value
  const {peerDependencies, peerDependenciesMeta: meta} = document.value
  const list = isTable(workspaces) ? workspaces.packages : workspaces
  return {
    folder,
    name: typeof name === 'string' ? name : undefined,
    isPrivate: document.value.private === true,
    packageManager: typeof packageManager === 'string' ? packageManager : undefined,
    dependencies: {...specs(dependencies), ...specs(optionalDependencies)},
    devDependencies: specs(devDependencies),
    peerDependencies: specs(peerDependencies),
    optionalPeers: new Set(isTable(meta) ? Object.keys(meta).filter((peer) => isOptional(meta[peer])) : []),
    optional: new Set(Object.keys(specs(optionalDependencies))),
    workspaces: globs(list),
  }
}

const isOptional = (meta: unknown): boolean => isTable(meta) && meta.optional === true

/** `packages` of pnpm-workspace.yaml. */
export async function pnpmGlobs(reader: ProjectReader, path: string): Promise<string[] | undefined> {
  const file = await reader.text(path)
  const document = file && parseYaml(file)
  return document && 'value' in document && isTable(document.value) ? globs(document.value.packages) : undefined
}

const globs = (value: unknown): string[] | undefined =>
  Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined

const specs = (value: unknown): Record<string, string> =>
  isTable(value)
    ? Object.fromEntries(Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
    : {}

/** The folders of a workspace's members below its root, by their globs; one with `!` takes back. */
export function memberFolders(patterns: readonly string[], root: string, paths: Files): string[] {
  const prefix = root === '' ? '' : `${root}/`
  const rules = patterns.map((pattern) => {
    const takesBack = pattern.startsWith('!')
    return {takesBack, matches: globPattern(takesBack ? pattern.slice(1) : pattern)}
  })
  return paths
    .named('package.json')
    .filter((path) => path.startsWith(prefix) && path.includes('/') && !/(^|\/)node_modules\//.test(path))
    .map((path) => path.slice(prefix.length, -'/package.json'.length))
    .filter((folder) => folder !== '')
    .filter(
      (folder) =>
        rules.some(({takesBack, matches}) => !takesBack && matches(folder)) &&
        !rules.some(({takesBack, matches}) => takesBack && matches(folder)),
    )
}

/** `packages/*`, `apps/**`, `{apps,packages}/*`. */
function globPattern(pattern: string): (folder: string) => boolean {
  const text = pattern.replace(/^\.\//, '').replace(/(?<!\/)\/+$/, '')
  const tests = alternatives(text).map((each) => matcherOf(piecesOf(each)))
  return (folder) => tests.some((fits) => fits(folder))
}

function piecesOf(text: string): Piece[] {
  return text.split(/(\*\*\/|\/\*\*$|\*\*|\*|\?)/).flatMap((part): readonly Piece[] => {
    if (part === '**/') return anyFolders
    if (part === '/**') return [{one: '/', optional: true}, anyText]
    return part === '**' ? [anyText] : part === '*' ? [anyName] : part === '?' ? [{one: '[^/]'}] : exactly(part)
  })
}

/** `{a,b}/c` is `a/c` or `b/c`; one with more choices than anybody writes is none. */
function alternatives(text: string, most = 4): string[] {
  const [before = '', choices, after = ''] = text.split(/\{([^{}]*)\}(.*)/s)
  if (choices === undefined) return [text]
  return most === 0 ? [] : choices.split(',').flatMap((each) => alternatives(before + each + after, most - 1))
}
