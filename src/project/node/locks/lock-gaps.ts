import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {isTable} from '../../documents/document.ts'
import {parseJson} from '../../documents/json.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {type Files, noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {type BuildCommand, commandsBefore} from '../../image/build-commands.ts'
import {unchangedAt} from '../../image/moment.ts'
import type {Inputs} from '../../inputs.ts'
import {composerGap, renewsComposer} from '../../php/composer-lock.ts'
import {isOldNpm, overlooksPeerPackages} from '../installs/peer-conflicts.ts'
import {type Request, readRequest} from '../scripts/package-runner.ts'
import {memberFolders, pnpmGlobs} from '../workspace/workspace.ts'
import {
  bunMismatches,
  type Declared,
  type Mismatch,
  npmMismatches,
  pnpmMismatches,
  type Table,
  yarnMismatches,
} from './lock-entries.ts'
import {type LockHole, lockHoles} from './lock-holes.ts'
import {npmLockPackages} from './npm-lock.ts'
import {wantedMajor} from './pnpm-version.ts'

/** Where an install of the image may not change the lock file, and would have to. */
export interface LockGap extends Mismatch {
  manager: Request['manager'] | 'composer'
  /** `npm ci`: the install, and where it stands. */
  command: string
  install: FileLocation
  lock: FileLocation
  manifest: string
  at: FileLocation
  /** More of the same kind. */
  others: number
  /** Of a package further down, which package.json does not name: the one that needs it. */
  by?: Pick<LockHole, 'name' | 'version' | 'kind'>
  /** It is an override, and not what package.json asks for; unread: this pnpm reads them from the other file. */
  override?: {isUnread: boolean}
  /** A step of a workflow brings the lock file in line before it deploys; or the RUN goes on when the install fails. */
  isMended: boolean
}

const locks: Readonly<Record<Request['manager'], string>> = {
  npm: 'package-lock.json',
  pnpm: 'pnpm-lock.yaml',
  yarn: 'yarn.lock',
  bun: 'bun.lock',
}

export async function loadLockGaps({reader}: Inputs, facts: FactStore): Promise<Fact<LockGap[]>> {
  const [{commands}, files, workflows] = await Promise.all([
    facts.need('buildCommands'),
    facts.value('files'),
    facts.value('workflows'),
  ])
  const steps = workflows?.leadUp.map(({step}) => step.run?.text ?? '') ?? []
  const paths = files ?? noFiles
  const manifests = paths.named('package.json')
  const found: LockGap[] = []
  const isPhp = paths.named('composer.lock').length > 0
  for (const [index, command] of commands.entries()) {
    const gap =
      isPhp && !command.conditional && command.by === undefined
        ? await composerGap(command, {reader, paths})
        : undefined
    if (gap)
      found.push({
        ...gap,
        manager: 'composer',
        isMended: !command.decisive || steps.some((text) => renewsComposer.test(text)),
      })
    const request = readRequest(command.words)
    if (request?.kind !== 'install' || command.conditional || !command.decisive || command.by !== undefined) continue
    // Whichever of the workspace pnpm is told to install, it compares all of them with the lock (tried with 9.15 and 10.20).
    if (!isFrozen(request, command) || (request.member !== undefined && request.manager !== 'pnpm')) continue
    const folder = posix.resolve(command.folder, request.folder ?? '.')
    const read = async (name: string) => {
      const place = posix.join(folder, name)
      const source = unchangedAt(command, place, paths)
      return reader.text(source)
    }
    const [lock, root] = await Promise.all([read(locks[request.manager]), read('package.json')])
    if (!lock || !root || (await read('npm-shrinkwrap.json')) || isRenewed(request.manager, command)) continue
    const base = posix.dirname(root.path)
    const replaced = replacedNames(root.text, lock.text)
    const before = found.length
    const isWorkspace = request.manager === 'pnpm' && !command.words.includes('--ignore-workspace')
    const members = isWorkspace
      ? await membersOf(lock, base, await Promise.all(['pnpm-workspace.yaml', '.npmrc'].map(read)))
      : []
    for (const path of manifests) {
      const member = posix.relative(base, posix.dirname(path))
      // Of a workspace those count that are in the image by then.
      if (member.startsWith('..') || unchangedAt(command, posix.join(folder, member, 'package.json'), paths) !== path)
        continue
      if (request.manager === 'yarn' && (member !== '' || /"workspaces"/.test(root.text)) && !isBerry(lock.text))
        continue
      const file = await reader.text(path)
      const document = file && parseJson(file)
      if (!file || !document || !('value' in document)) continue
      const tables = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const
      const declared = Object.fromEntries(tables.map((table) => [table, tableOf(document.value[table])]))
      // pnpm locks peers as dependencies, optional ones, too (tried with 8.15, 9.15 and 10.20).
      const peers = request.manager === 'pnpm' && locksPeers.test(lock.text) ? declared.peerDependencies : {}
      const own: Declared = {...declared.devDependencies, ...declared.dependencies, ...declared.optionalDependencies}
      const all: Declared = {...peers, ...own}
      // Of several tables an optional one counts, and that for development last.
      const kindOf = (name: string): Table =>
        (['optionalDependencies', 'dependencies'] as const).find((each) => Object.hasOwn(declared[each] ?? {}, name)) ??
        (Object.hasOwn(own, name) ? 'devDependencies' : 'dependencies')
      const isMember = members.includes(member)
      const mismatches = mismatchesOf(request.manager, lock, all, member, kindOf, isMember).filter(
        ({name, wanted}) =>
          !replaced(name) &&
          !(wanted === undefined && Object.hasOwn(declared.peerDependencies ?? {}, name)) &&
          !/^(node|bun|deno)$/.test(name),
      )
      const [first] = mismatches
      if (!first) continue
      const table = tables.find((each) => Object.hasOwn(declared[each] ?? {}, first.name)) ?? 'dependencies'
      found.push({
        ...first,
        manager: request.manager,
        command: command.words.slice(0, 3).join(' '),
        install: command.at,
        lock: lock.whole,
        manifest: path,
        at: document.at([table, first.name]),
        others: mismatches.length - 1,
        isMended: steps.some((text) => mends(request.manager, text)),
      })
    }
    if (request.manager === 'pnpm' && found.length === before && !command.words.includes('--ignore-workspace')) {
      const texts = commandsBefore(commands, index).map(({words}) => words.map((word) => word ?? '?').join(' '))
      const changed = await changedOverride({lock, root, workspace: await read('pnpm-workspace.yaml')}, texts, paths)
      if (changed)
        found.push({
          ...changed,
          manager: 'pnpm',
          command: command.words.slice(0, 3).join(' '),
          install: command.at,
          lock: lock.whole,
          isMended: changed.isMended || steps.some((text) => mends('pnpm', text)),
        })
    }
    const isWhole = found.length > before || request.manager !== 'npm'
    const hole = isWhole ? undefined : holeOf(lock, root.text, command, (await read('.npmrc'))?.text ?? '')
    if (!hole) continue
    const {others, ...first} = hole
    const start = lock.text.indexOf(`${JSON.stringify(first.path)}:`)
    found.push({
      name: first.missing,
      wanted: first.wanted,
      locked: undefined,
      by: first,
      manager: 'npm',
      command: command.words.slice(0, 3).join(' '),
      install: command.at,
      lock: lock.whole,
      manifest: root.path,
      at: start < 0 ? lock.whole : lock.span(start, start + first.path.length + 2),
      others,
      isMended: steps.some((text) => mends('npm', text)),
    })
  }
  return known(found)

  /** The folders of those that pnpm-workspace.yaml names, where they share the lock. */
  async function membersOf(
    lock: TextFile,
    base: string,
    [workspace, npmrc]: (TextFile | undefined)[],
  ): Promise<string[]> {
    const isShared = ![workspace, npmrc].some((file) => /\bshared-?workspace-?lockfile\b/i.test(file?.text ?? ''))
    const globs = workspace && isShared && /^importers:/m.test(lock.text) && (await pnpmGlobs(reader, workspace.path))
    const folders = globs ? memberFolders(globs, base === '.' ? '' : base, paths) : []
    return folders.filter((folder) => !paths.has(posix.join(base, folder, 'pnpm-lock.yaml')))
  }
}

/** The settings at the top of pnpm-lock.yaml, the default since pnpm 8. */
const locksPeers = /^settings:\r?\n(?: {2}\S[^\n]*\n)*? {2}autoInstallPeers: true\b/m

/** An override of pnpm that the lock file was made without, or with another version. */
async function changedOverride(
  {lock, root, workspace}: {lock: TextFile; root: TextFile; workspace: TextFile | undefined},
  before: readonly string[],
  paths: Files,
): Promise<
  Pick<LockGap, 'at' | 'isMended' | 'locked' | 'manifest' | 'name' | 'others' | 'override' | 'wanted'> | undefined
> {
  const base = posix.dirname(root.path)
  const has = (name: string) => paths.has(posix.join(base, name))
  // Its hooks may change settings.
  if (['.pnpmfile.cjs', '.pnpmfile.mjs'].some(has) || (!workspace && has('pnpm-workspace.yaml'))) return undefined
  const document = parseJson(root)
  if (!('value' in document)) return undefined
  const {packageManager} = document.value
  const major = wantedMajor(typeof packageManager === 'string' ? packageManager : undefined, before)
  const {overrideGap} = await import('./override-gaps.ts')
  const gap = overrideGap(lock, {file: root, value: document.value}, workspace, major)
  if (!gap) return undefined
  const {name, wanted, locked, file, isUnread, others} = gap
  const place = wanted === undefined && !isUnread ? lock : file
  const start = Math.max(0, place.text.search(/"?\boverrides"?\s{0,99}:/))
  const key = place.text.indexOf(name, start)
  return {
    name,
    wanted,
    locked,
    manifest: file.path,
    others,
    override: {isUnread},
    at: key < 0 ? place.whole : place.span(key, key + name.length),
    // A builder may still have the layer with an older pnpm; pnpm-workspace.yaml has settings from 10.5 on.
    isMended: major === 'newest' || (major === 10 && locked === undefined),
  }
}

/**
 * The first package that lacks what it needs. The members of a workspace may not be there by then, and what package.json names
 * itself dockerfile/peer-packages looks at.
 */
function holeOf(
  lock: TextFile,
  manifest: string,
  command: BuildCommand,
  settings: string,
): (LockHole & {others: number}) | undefined {
  const packages = npmLockPackages(lock)
  const root = packages?.['']
  if (!packages || !isTable(root) || /"workspaces"/.test(manifest) || isOldNpm(command)) return undefined
  const texts = [command.words.join(' '), command.before, settings, [...command.moment.variables.keys()].join(' ')]
  const overlooksPeers = texts.some((text) => overlooksPeerPackages.test(text))
  const own = new Set(['dependencies', 'devDependencies'].flatMap((name) => Object.keys(tableOf(root[name]))))
  const replaced = replacedNames(manifest, '')
  const holes = lockHoles(packages).filter(
    ({kind, path, name, missing}) =>
      !replaced(missing) &&
      (kind !== 'peer' || !(overlooksPeers || (path === `node_modules/${name}` && own.has(name)))),
  )
  const [first] = holes
  return first && {...first, others: holes.length - 1}
}

/** `npm install --package-lock-only`, `rm package-lock.json`. */
const renews = (manager: Request['manager']): RegExp =>
  new RegExp(
    String.raw`\b${manager}\s+(?:-\S+\s+){0,5}(?:install|i|add|update|up|upgrade|dedupe|import|remove|rm|uninstall)\b(?!\s+(?:-\S+\s+){0,5}(?:-g|--global|--frozen-lockfile|--immutable)\b)|\brm\b[^\n&;|]{0,300}${escapePattern(locks[manager])}`,
  )

/** Whether something that runs before brings the lock file in line. */
export const isRenewed = (manager: Request['manager'], {moment, before}: BuildCommand): boolean =>
  [before, ...moment.unknown.map(({text = ''}) => text)].some((text) => renews(manager).test(text))

/** On a runner pnpm keeps the lock file as it is, unless it is told otherwise. */
export const mends = (manager: Request['manager'], text: string): boolean =>
  manager === 'pnpm' ? /--(?:no-frozen-lockfile|lockfile-only|fix-lockfile)\b/.test(text) : renews(manager).test(text)

const isBerry = (lock: string): boolean => /^__metadata:/m.test(lock)

/** Whether the install stops when the lock would change: by its verb, a flag, or because CI is set. */
export function isFrozen({manager}: Request, {words, moment}: BuildCommand): boolean {
  const has = (...flags: string[]) => words.some((word) => word !== undefined && flags.includes(word))
  const isCi = /^(?:true|1)$/.test(moment.variables.get('CI') ?? '')
  if (has('--no-frozen-lockfile', '--frozen-lockfile=false', '--no-immutable', '--fix-lockfile', '--lockfile-only'))
    return false
  switch (manager) {
    case 'npm':
      return has('ci', 'clean-install')
    case 'pnpm':
      return has('--frozen-lockfile') || isCi
    case 'yarn':
      return has('--frozen-lockfile', '--immutable')
    case 'bun':
      return has('--frozen-lockfile', 'ci')
  }
}

function mismatchesOf(
  manager: Request['manager'],
  lock: Parameters<typeof npmMismatches>[0],
  declared: Declared,
  member: string,
  tableOf: (name: string) => Table,
  isMember: boolean,
): Mismatch[] {
  switch (manager) {
    case 'npm':
      return npmMismatches(lock, declared, member) ?? []
    case 'pnpm':
      return pnpmMismatches(lock, declared, member || '.', tableOf, isMember) ?? []
    case 'yarn':
      return yarnMismatches(lock, declared) ?? []
    case 'bun':
      return bunMismatches(lock, declared, member) ?? []
  }
}

const tableOf = (value: unknown): Record<string, string> =>
  isTable(value)
    ? Object.fromEntries(Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
    : {}

/** Names for which overrides or resolutions set another version than a package.json asks for. */
function replacedNames(manifest: string, lock: string): (name: string) => boolean {
  const texts = [/"(?:overrides|resolutions|packageExtensions)"[\s\S]*/.exec(manifest)?.[0] ?? '', lockOverrides(lock)]
  return (name) => texts.some((text) => text.includes(name))
}

/** The overrides that pnpm-lock.yaml repeats at its top. */
const lockOverrides = (lock: string): string => /^overrides:\n((?:[ \t].*\n|\n)*)/m.exec(lock)?.[1] ?? ''
