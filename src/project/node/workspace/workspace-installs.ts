import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Dockerfile} from '../../dockerfile/dockerfile.ts'
import {lineage} from '../../dockerfile/parse.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {holds, located, type Moment, mayBeChanged, sourceAt} from '../../image/moment.ts'
import type {Command} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {
  installOf,
  isFilter,
  isFrozenBun,
  isFrozenPnpm,
  isPnpmDeploy,
  type WorkspaceManager,
} from '../installs/install-commands.ts'
import {installsBeforeRun, wantedMajor} from '../locks/pnpm-version.ts'
import {type Manifest, memberFolders, pnpmGlobs, readManifest} from './workspace.ts'

/** An install of a workspace in the image, and the members that it needs and does not find. */
export interface WorkspaceGap {
  program: WorkspaceManager
  /** `pnpm deploy`, and where a package.json asks for the first that it misses; undefined of an install. */
  deploy: FileLocation | undefined
  at: FileLocation
  /** Where a manifest beside the missing one is brought. */
  beside: FileLocation | undefined
  missing: {folder: string; name: string; neededBy: Needer}[]
  /** The install surely stops; npm asks the registry, which is likely to know nothing of a private package. */
  stops: boolean | 'likely'
}

/** What asks for a member: another one, the list of the workspace, or the lock file. */
export type Needer = {kind: 'member' | 'list' | 'lock'; name: string}

export async function loadWorkspaceInstalls({reader}: Inputs, facts: FactStore): Promise<Fact<WorkspaceGap[]>> {
  const [build, dockerfile, paths] = await facts.needAll('build', 'dockerfile', 'files')
  const gaps: WorkspaceGap[] = []
  const runs = build.stages.flatMap(({stage}) => stage.instructions.filter(({keyword}) => keyword === 'RUN'))
  // A script of another kind may do without what is missing.
  const builds = runs
    .flatMap(({text}) => text.split(/&&|;|\n(?<!\\\n)/))
    .filter((text) => /\b(?:build|deploy)\b/.test(text))
  const filters = builds.flatMap((text) =>
    [...text.matchAll(/\s(?:--filter|-F)[ =]["']?([^\s"']+)/g)].map(([, filter = '']) => filter.replace(/\.\.\.$/, '')),
  )
  const context = {reader, dockerfile, paths, filters}
  const all = build.stages.flatMap((stage) => stage.moments)
  for (const [index, install] of all.entries()) {
    for (const {command, folder} of located(install.commands, install.workingDir)) {
      const deploys = isPnpmDeploy(command)
      const kind = deploys ? 'pnpm' : installOf(command)
      if (!kind) continue
      // What a later one installs makes up for what pnpm left out.
      const again = all.slice(index + 1).some((later) => later.commands.some((each) => installOf(each)))
      if (kind === 'npm' && (await goesByLock(install, folder))) continue
      const goesOn = kind === 'pnpm' && !deploys && isFrozenPnpm(command, install)
      if (goesOn && again) continue
      // What pnpm and a build have run before a deploy makes no members.
      const earlier = all.find(
        (each) => each.stage === install.stage && each.commands.some(({words}) => words[0] === 'pnpm'),
      )
      const since = (deploys && earlier) || install
      const stages = lineage(install.stage)
      const before = all
        .slice(0, index + 1)
        .filter(({stage}) => stages.includes(stage))
        .flatMap(({commands}) => commands.map(({words}) => words.join(' ')))
      const gap = await gapOf({kind, deploys, since, goesOn, command, folder, install, before}, context)
      if (gap) gaps.push(gap)
    }
  }
  return known(gaps)

  /** npm takes the links to members from its lock file, whether their folders are there or not; or it has a registry of its own. */
  async function goesByLock(install: Moment, folder: string): Promise<boolean> {
    const locks = ['package-lock.json', 'npm-shrinkwrap.json'].map((name) => posix.join(folder, name))
    if (locks.some((path) => holds(install, path) !== 'no')) return true
    if ([...install.env.keys()].some((name) => /^npm_config_.*registry$/i.test(name))) return true
    const npmrc = sourceAt(install, posix.join(folder, '.npmrc'), paths)
    return /registry/.test((npmrc && (await reader.text(npmrc))?.text) ?? '')
  }
}

interface Context {
  reader: ProjectReader
  dockerfile: Dockerfile
  paths: Files
  /** What `--filter` of the commands in the image names: what is built there. */
  filters: readonly string[]
}

interface Started {
  kind: WorkspaceManager
  deploys: boolean
  /** What the stage held by then, and what COPYs brought since, is all that there is. */
  since: Moment
  /** pnpm goes by the lock file alone, and links the folder of a member whether it is there or not. */
  goesOn: boolean
  command: Command
  folder: string
  install: Moment
  /** The commands before it in its stage, and in those below. */
  before: readonly string[]
}

async function gapOf(
  {kind, deploys, since, goesOn, command, folder, install, before}: Started,
  context: Context,
): Promise<WorkspaceGap | undefined> {
  const {reader, dockerfile, paths, filters} = context
  const {instruction, files, env} = install

  const rootSource = sourceOf('package.json')
  const root = rootSource === undefined ? undefined : await readManifest(reader, folderOf(rootSource))
  if (!root) return undefined
  // From 12 on a deploy makes do without them (tried with 8, 10, 11.0 and 12.21).
  const major = deploys ? wantedMajor(root.packageManager, before) : undefined
  if (deploys && !(typeof major === 'number' && major < 12)) return undefined
  if (goesOn && installsBeforeRun(root.packageManager, before)) return undefined
  const globsSource = kind === 'pnpm' ? sourceOf('pnpm-workspace.yaml') : undefined
  const globs = kind === 'pnpm' ? globsSource && (await pnpmGlobs(reader, globsSource)) : root.workspaces
  if (!globs) return undefined
  // Settings may say that the lock file alone counts.
  if (deploys && [...command.words, ...env.keys()].some((word) => /inject.?workspace.?packages/i.test(word ?? '')))
    return undefined
  const settings = kind === 'pnpm' && !goesOn ? ['.npmrc', 'pnpm-workspace.yaml'].map(sourceOf) : []
  for (const path of settings) {
    // … or that a deploy goes by it.
    const skips = deploys ? /inject-?workspace-?packages/i : /frozen-?lockfile/i
    if (path !== undefined && skips.test((await reader.text(path))?.text ?? '')) return undefined
  }

  const present: Manifest[] = [root]
  const absent: Manifest[] = []
  for (const member of memberFolders(globs, root.folder, paths)) {
    const manifest = await readManifest(reader, posix.join(root.folder, member))
    if (!manifest) return undefined
    const path = posix.join(folder, member, 'package.json')
    const state = files.get(path) ? 'yes' : holds(since, path)
    if (state === 'maybe') return undefined
    if (state === 'yes') present.push(manifest)
    else absent.push(manifest)
  }
  // With none of them there, a step of its own makes the tree that is installed.
  if (absent.length === 0 || present.length === 1) return undefined
  // Another list of what it asks for: `npm pkg delete`, `sed -i`.
  const run = {moment: install, before: instruction.text}
  if (present.some((each) => mayBeChanged(run, posix.join(folder, relative(each.folder), 'package.json'))))
    return undefined

  const isProduction = env.get('NODE_ENV') === 'production'
  const withoutDev =
    (goesOn && (command.words.some((word) => /^(-P|--prod)/.test(word ?? '')) || isProduction)) ||
    (kind === 'npm' &&
      (isProduction || command.words.some((word) => /dev|^--(?:prod|only|also|omit)/.test(word ?? ''))))
  const lockName = kind === 'yarn' ? 'yarn.lock' : 'bun.lock'
  const lock =
    kind === 'yarn' || (kind === 'bun' && isFrozenBun(command, install)) ? await lockText(lockName) : undefined
  // Yarn 1 has no --immutable; a lock of its own is none of Berry's.
  if (kind === 'yarn' && !lock?.includes('__metadata:')) return undefined
  // Told not to install what another one is to bring.
  const bunfig = kind === 'bun' ? sourceOf('bunfig.toml') : undefined
  const hasPeers =
    kind === 'bun' &&
    !command.words.some((word) => word?.startsWith('--omit')) &&
    !/^\s{0,200}peer\s{0,200}=\s{0,200}false/m.test((bunfig && (await reader.text(bunfig))?.text) || '')
  const isFiltered = command.words.some((word) => isFilter.test(word ?? ''))
  const users = deploys
    ? [root, ...(Number(major) < 11 ? deployed() : [])]
    : goesOn
      ? built()
      : isFiltered
        ? []
        : present
  const missing: WorkspaceGap['missing'] = []
  for (const member of absent) {
    const {name} = member
    if (name === undefined) continue
    const user = users.find((each) => {
      const {dependencies, devDependencies, peerDependencies, optionalPeers, optional} = each
      // pnpm deploy goes on without it (tried with 9.15 and 10.34).
      if (deploys && optional.has(name)) return false
      const dev = withoutDev || (goesOn && !isBuilt(each)) ? undefined : devDependencies[name]
      // Bun installs what another one is to bring, too (tried with 1.3).
      const peer = hasPeers && !optionalPeers.has(name) ? peerDependencies[name] : undefined
      const spec = dependencies[name] ?? dev ?? peer
      return kind === 'npm' ? isAsked(member, spec) : spec?.startsWith('workspace:')
    })
    // pnpm links the folder, which a later COPY may fill: what fails is what that folder's own code imports.
    if (goesOn && !Object.values(member.dependencies).some((spec) => !/^(workspace|link|file):/.test(spec))) continue
    const path = relative(member.folder)
    const locked = lock?.includes(kind === 'yarn' ? `@workspace:${path}"` : `"${path}": {`)
    if (user) needed(member, name, 'member', user.folder || 'the root')
    // What bun does not find of a pattern is no member.
    else if (kind === 'bun' && globs.some((each) => each.replace(/^\.\/|\/$/g, '') === path))
      needed(member, name, 'list', 'package.json')
    else if (locked) needed(member, name, 'lock', lockName)
  }
  const [first] = missing
  if (!first) return undefined
  const deploy = deploys ? await wanted(first.name, users) : undefined
  const stops = kind === 'npm' ? 'likely' : !goesOn
  return {program: kind, deploy, at: command.at, beside: beside(first.folder), missing, stops}

  /** Where the first that does names a member. */
  async function wanted(name: string, users: readonly Manifest[]): Promise<FileLocation | undefined> {
    const user = users.find(({dependencies, devDependencies}) => name in dependencies || name in devDependencies)
    const file = await reader.text(posix.join(user?.folder ?? root?.folder ?? '', 'package.json'))
    const start = file?.text.indexOf(`"${name}"`) ?? -1
    return file && (start < 0 ? file.whole : file.span(start, start + name.length + 2))
  }

  function needed({folder: at}: Manifest, name: string, by: Needer['kind'], needer: string): void {
    missing.push({folder: at, name, neededBy: {kind: by, name: needer}})
  }

  /**
   * The member that is deployed, and those that it needs, for its development as well: pnpm looks for each member that one
   * of them asks for, and ends with ERR_PNPM_WORKSPACE_PKG_NOT_FOUND (tried with 8.15, 9.15 and 10.34, `--prod --legacy`).
   */
  function deployed(): Manifest[] {
    const asked = filters.filter((each) =>
      command.words.some((word) => word?.replace(/^(?:--filter|-F)=/, '') === each),
    )
    const found = new Set<Manifest>()
    const next = present.filter(
      ({name, folder: at}) =>
        at !== root?.folder && asked.some((each) => each === name || each === `./${relative(at)}`),
    )
    for (let member = next.pop(); member; member = next.pop()) {
      if (found.has(member)) continue
      found.add(member)
      const {dependencies, devDependencies} = member
      next.push(...present.filter(({name = ''}) => name in dependencies || name in devDependencies))
    }
    return [...found]
  }

  /** The present members that the image builds, and those that they need: what others miss does no harm to pnpm. */
  function built(): Manifest[] {
    const found = new Set<Manifest>()
    const next = present.filter(isBuilt)
    for (let member = next.pop(); member; member = next.pop()) {
      if (found.has(member)) continue
      found.add(member)
      next.push(...present.filter(({name}) => name !== undefined && name in member.dependencies))
    }
    return [...found]
  }

  function isBuilt({name, folder: at}: Manifest): boolean {
    return at !== root?.folder && filters.some((each) => each === name || each === `./${relative(at)}`)
  }

  function relative(path: string): string {
    return root?.folder ? path.slice(root.folder.length + 1) : path
  }

  function sourceOf(name: string): string | undefined {
    return sourceAt(install, posix.join(folder, name), paths)
  }

  async function lockText(name: string): Promise<string | undefined> {
    const source = sourceOf(name)
    return source === undefined ? undefined : (await reader.text(source))?.text
  }

  /** The line that brings the manifest of the present member with the most in common. */
  function beside(member: string): FileLocation | undefined {
    const shared = (other: string) => {
      const parts = member.split('/')
      const index = other.split('/').findIndex((part, at) => part !== parts[at])
      return index < 0 ? parts.length : index
    }
    const neighbours = present.filter((each) => each !== root).map((each) => each.folder)
    const nearest = neighbours.sort((a, b) => shared(b) - shared(a))[0]
    if (nearest === undefined) return undefined
    const entry = files.get(posix.join(folder, relative(nearest), 'package.json'))
    if (entry?.kind === 'file') return entry.at
    const text = `${nearest}/package.json`
    const offset = dockerfile.file.text.indexOf(text, dockerfile.file.startOf(instruction.at))
    return offset < 0 ? undefined : dockerfile.file.span(offset, offset + text.length)
  }
}

/** Of a private member that is not there npm asks the registry, where nobody may lay it under a scope of one's own. */
const isAsked = ({name, isPrivate}: Manifest, spec: string | undefined): boolean =>
  isPrivate && name?.startsWith('@') === true && /^(?:[\d^~>=<*x][\w.^~>=<*| +-]*|)$/.test(spec ?? 'none')

const folderOf = (path: string) => (posix.dirname(path) === '.' ? '' : posix.dirname(path))
