/**
 * What `turbo prune` leaves in its folder: the members that the one which is named needs, and few files of the root. Tried
 * with turbo 1.6 to 2.11; where they differ, the one that keeps more counts, so that what is not here is surely not there.
 */
import {posix} from 'node:path'
import type {Dockerfile} from '../../dockerfile/dockerfile.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {type Manifest, memberFolders, pnpmGlobs, readManifest} from '../../node/workspace/workspace.ts'
import {located, type Moment} from '../moment.ts'
import type {Command} from '../shell/command.ts'
import {flag, plain} from '../shell/tool-words.ts'
import type {FileTree} from './file-tree.ts'

/** The workspace at the root of the context, where a RUN of the Dockerfile prunes it. */
export interface Workspace {
  root: Manifest
  members: ReadonlyMap<string, Manifest>
  /** What is kept of the root beside the members. */
  rootFiles: readonly string[]
}

const locks = ['package-lock.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb']
/** The lock file is another one then, without what the other members need. */
const pruned = 'turbo prune'
const forInstall = ['package.json', 'pnpm-workspace.yaml', '.npmrc', '.yarnrc.yml', 'bunfig.toml', '.yarn']
const forBuild = ['turbo.json', 'turbo.jsonc', '.gitignore', '.gitattributes']

/** undefined: nothing prunes it, or turbo is told to keep what is named elsewhere, or what belongs together is not seen. */
export async function prunedWorkspace(
  {stages}: Dockerfile,
  reader: ProjectReader,
  paths: Files = noFiles,
): Promise<Workspace | undefined> {
  const prunes = stages.some(({instructions}) =>
    instructions.some(({text}) => /\bturbo\b.{0,200}\bprune\b/s.test(text)),
  )
  const root = prunes ? await readManifest(reader, '') : undefined
  const globs = root && ((await pnpmGlobs(reader, 'pnpm-workspace.yaml')) ?? root.workspaces)
  if (!globs) return undefined
  const settings = await Promise.all(
    ['turbo.json', 'turbo.jsonc', 'package.json', 'pnpm-workspace.yaml'].map(
      async (path) => (await reader.text(path))?.text ?? '',
    ),
  )
  if (settings.some((text) => /"pruneIncludesGlobalFiles"|\bfile:/.test(text))) return undefined
  const members = new Map<string, Manifest>()
  for (const folder of memberFolders(globs, '', paths)) {
    const manifest = await readManifest(reader, folder)
    if (manifest?.name === undefined) return undefined
    if (Object.values(dependenciesOf(manifest)).some((spec) => spec.startsWith('file:'))) return undefined
    members.set(manifest.name, manifest)
  }
  const patches = settings.flatMap((text) => text.match(/[\w@.+-][\w@./+-]{0,300}\.patch\b/g) ?? [])
  return {root, members, rootFiles: patches.map((path) => posix.normalize(path))}
}

/** Lays what the commands of a RUN prune into the files of its stage. The folders that they fill. */
export function layPruned(moment: Moment, workspace: Workspace, files: FileTree): string[] {
  const filled: string[] = []
  for (const {command, folder} of located(moment.commands, moment.workingDir)) {
    const prune = command.conditional ? undefined : pruneOf(command)
    const at = (path: string) => posix.join(folder, path)
    const isHere = (path: string) => {
      const entry = files.get(at(path))
      return entry?.kind === 'file' && entry.source === path
    }
    if (!prune || !isHere('package.json')) continue
    const kept = closure(prune.names, workspace)
    if (!kept) continue
    const out = posix.resolve(folder, prune.out)
    filled.push(out)
    const full = prune.docker ? posix.join(out, 'full') : out
    const json = prune.docker ? posix.join(out, 'json') : undefined
    const lay = (path: string, ...targets: (string | undefined)[]) => {
      const entry = files.get(at(path), {followLast: false})
      for (const target of targets) {
        if (!entry || target === undefined) continue
        const parent = files.folder(posix.dirname(posix.join(target, path)))
        const own = entry.kind === 'folder' ? entry.copy() : locks.includes(path) ? {...entry, source: pruned} : entry
        parent.entries.set(posix.basename(path), own)
      }
    }
    for (const path of [...forInstall, ...workspace.rootFiles]) lay(path, full, json)
    for (const path of forBuild) lay(path, full)
    for (const path of locks) lay(path, out, json)
    // Those in no folder of another come last, and bring what lies in them.
    for (const {folder: member} of kept.toReversed()) {
      if (!isHere(posix.join(member, 'package.json'))) continue
      lay(member, full)
      lay(posix.join(member, 'package.json'), json)
    }
  }
  return filled
}

/** Options that say nothing of what is kept; with `--production` less of it is. */
const known = /^--(?:docker|production|scope|out-dir|use-gitignore|no-color|color|no-update-notifier)(?:=|$)/

function pruneOf({words}: Command): {names: string[]; out: string; docker: boolean} | undefined {
  if (words.includes(undefined)) return undefined
  const all = words as string[]
  const turbo = all.slice(0, 5).findIndex((word) => /^turbo(?:@|$)/.test(posix.basename(word)))
  if (turbo < 0 || all[turbo + 1] !== 'prune') return undefined
  const rest = all.slice(turbo + 2)
  if (rest.some((word) => word.startsWith('-') && !known.test(word))) return undefined
  const scopes = rest.flatMap((word, index) =>
    word === '--scope' ? (rest[index + 1] ?? []) : word.startsWith('--scope=') ? word.slice('--scope='.length) : [],
  )
  const names = [...scopes, ...plain(rest, ['--scope', '--out-dir', '--use-gitignore'])]
  return {names, out: flag(rest, '--out-dir') ?? 'out', docker: rest.includes('--docker')}
}

/** The members that are named, that the root needs, and what they need in turn; undefined where nobody has such a name. */
function closure(names: readonly string[], {root, members}: Workspace): Manifest[] | undefined {
  if (names.length === 0 || !names.every((name) => members.has(name))) return undefined
  const next = [...names, ...Object.keys(dependenciesOf(root))]
  const kept = new Map<string, Manifest>()
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    const member = members.get(name)
    if (!member || kept.has(name)) continue
    kept.set(name, member)
    next.push(...Object.keys(dependenciesOf(member)))
  }
  return [...kept.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1))
}

const dependenciesOf = ({dependencies, devDependencies, peerDependencies}: Manifest): Record<string, string> => ({
  ...peerDependencies,
  ...devDependencies,
  ...dependencies,
})
