/** Packages of types that tsconfig.json names, and that no install lays where tsc looks for them. */
import {posix} from 'node:path'
import {escapePattern} from '../../escape-pattern.ts'
import type {TextFile} from '../../files/text.ts'
import {lockFiles} from '../locks/lock-files.ts'
import {hoists} from '../workspace/hoist-settings.ts'
import {type Manifest, readManifest} from '../workspace/workspace.ts'
import type {Project} from './tsconfig.ts'

export interface AbsentType {
  /** As `types` names it. */
  name: string
  /** The lock file has it: only other packages, or members of the workspace, ask for it. */
  isLocked: boolean
}

/**
 * `types` names `@types/node` as `node`, and other packages by their own names: `vite/client`. What a package.json or the
 * Dockerfile speaks of may be installed all the same. `from`: the folder of tsconfig.json, in which tsc begins to look, and
 * goes up. `installs`: what runs before, as the Dockerfile has it.
 */
export async function absentTypes(
  names: readonly string[],
  {from, installs}: {from: string; installs: string},
  {reader, paths}: Project,
): Promise<AbsentType[]> {
  const own = names.filter((name) => /^(?:@[\w.-]+\/)?[\w-][\w./-]*$/.test(name))
  const locks = await reader.texts(lockFiles.flatMap((name) => paths.named(name)))
  // Of a lock file that is no text nothing is known.
  if (own.length === 0 || locks.length === 0 || paths.named('bun.lockb').length > 0) return []
  const found = await Promise.all(
    paths.named('package.json').map((path) => readManifest(reader, posix.dirname(path).replace(/^\.$/, ''))),
  )
  const manifests = found.flatMap((each) => each ?? [])
  const dockerfiles = await reader.texts(paths.beginning('Dockerfile'))
  const isAbove = (folder: string) => folder === '' || folder === '.' || `${from}/`.startsWith(`${folder}/`)
  const above = locks.filter(({path}) => isAbove(posix.dirname(path)))
  const isLinked = await linksOnlyAsked(above, installs, {reader, paths})
  const here = isLinked ? manifests.filter(({folder}) => isAbove(folder)) : manifests
  const asked = new Set([...manifests.flatMap(({name}) => name ?? []), ...here.flatMap(askedBy)])
  return own.flatMap((name) => {
    const parts = name.split('/', name.startsWith('@') ? 2 : 1)
    const brings = [parts.join('/'), `@types/${parts.join('__').replace(/^@/, '')}`]
    const isLocked = brings.some((each) => locks.some(({text}) => entryOf(each).test(text)))
    const isBrought =
      (isLocked && !isLinked) ||
      brings.some((each) => asked.has(each) || dockerfiles.some(({text}) => installOf(each).test(text)))
    return isBrought ? [] : [{name, isLocked}]
  })
}

/** `npm i @types/jest`, and not the program `node` of a CMD. */
const installOf = (name: string): RegExp =>
  new RegExp(`\\b(?:install|i|add)\\s(?:[^&|;\\n]|\\\\\\n){0,500}?(?<=\\s)${escapePattern(name)}(?=[@\\s])`)

const askedBy = ({dependencies, devDependencies, peerDependencies}: Manifest): string[] =>
  [dependencies, devDependencies, peerDependencies].flatMap((table) => Object.keys(table))

/**
 * Whether an install lays into a node_modules of the project only what its own package.json asks for, as pnpm does (tried with
 * 7 to 10): what others ask for lies beside these.
 */
async function linksOnlyAsked(
  locks: readonly TextFile[],
  installs: string,
  {reader, paths}: Project,
): Promise<boolean> {
  const isPnpm = locks.length > 0 && locks.every(({path}) => posix.basename(path) === 'pnpm-lock.yaml')
  const byNpm = /(?<!p)npm (?:ci|i|install)\b(?![^\n&|;]{0,100} (?:-g|--global)\b)/
  // A flag or a variable may say what a file says otherwise.
  const isHoisted = /shamefully|public[-_]?hoist|node[-_]linker/i.test(installs)
  if (!isPnpm || isHoisted || !/\bpnpm\b/.test(installs) || byNpm.test(installs)) return false
  const settings = await reader.texts(paths.named('.npmrc', 'pnpm-workspace.yaml', 'package.json'))
  return !settings.some(({text}) => hoists.test(text))
}

/** As npm, pnpm, Yarn and Bun write it, each in its own way. */
function entryOf(name: string): RegExp {
  const own = escapePattern(name)
  return new RegExp(`node_modules/${own}"|^ {0,6}['"]?/?${own}@|^ {2,10}'?${own}'?:\\s|"${own}": \\[`, 'm')
}
