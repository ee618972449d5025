/** Builds that import a member of the workspace which is made by a build of its own, and that none runs before. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {lineage} from '../../dockerfile/parse.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import type {Unknown} from '../../image/build-stage.ts'
import {isBelow, withAbove} from '../../image/files/image-path.ts'
import {nameOf} from '../../image/files/named-files.ts'
import {mayBring} from '../../image/may-hold.ts'
import {originOf, sourceAt} from '../../image/moment.ts'
import {isInstall} from '../../image/shell/quiet-run.ts'
import type {Inputs} from '../../inputs.ts'
import {compiledBy, tsconfigs} from '../typescript/tsconfig.ts'
import {type MemberEntry, memberEntry} from './member-entry.ts'
import {type Manifest, memberFolders, pnpmGlobs, readManifest} from './workspace.ts'
import {importOf, isLedElsewhere} from './workspace-sources.ts'

export interface UnbuiltMember {
  /** `tsc`, and `pnpm run build` where that runs it. */
  command: string
  by: string | undefined
  at: FileLocation
  /** The member, its folder, and the file that it is imported as. */
  name: string
  folder: string
  /** `@acme/db/schema`, where a part of it is imported. */
  specifier: string
  entry: string
  entryAt: FileLocation
  /** Where it is imported. */
  importedAt: FileLocation
  /** The script of the member that makes it. */
  script: string | undefined
  /** Nothing brings the folder of the member to the stage. */
  isLeftOut: boolean
  /** What brings the one that imports it. */
  beside: FileLocation | undefined
  /** The command surely stops. */
  sure: boolean
}

interface Member extends MemberEntry {
  folder: string
  /** Git has none of the files that it is imported as, and no install makes them. */
  needsBuild: boolean
  /** It is no member of a workspace: a package is told its folder, as `file:../shared`. */
  isNamed: boolean
}

/** What names the folder of a package in its place: npm and its like link or copy it as it is. */
const local = /^(?:file|link|portal):(?=\.{1,2}(?:\/|$))/

/** More manifests than these are not looked at. */
const mostManifests = 100

/** TS2307: what it says holds for all that the compiler reads. */
const compilers = /^(?:tsc|vue-tsc|nest build)\b(?!.*\s(?:-b|--build)\b)/
/** "Failed to resolve entry for package", "Can't resolve": unless they are told to leave the package outside. */
const bundlers =
  /^(?:vite build|next build|astro build|remix vite:build|react-router build|nuxt build|nuxi build)\b(?!.*--ssr)/

/** What builds other members too, in an order of its own, or may do anything. */
const severalBuilt =
  /\b(?:turbo|nx|lerna|rush|moon|wireit|make|just|task|bazel|gulp|zx|foreach|concurrently|wsrun|ultra)\b|--recursive|\s-r\b|--workspaces\b|\s-ws\b|\.\.\.|\*|\s(?:-b|--build)\b|\.(?:sh|[cm]?js|ts)\b|\bsh -c\b|\?/

/** What npm and its like run for a member as they install. */
export const isMadeByInstall = ({scripts}: MemberEntry): boolean =>
  ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'].some((each) => Object.hasOwn(scripts, each))

export async function loadWorkspaceBuilds({reader}: Inputs, facts: FactStore): Promise<Fact<UnbuiltMember[]>> {
  const [{commands}, tracked] = await facts.needAll('buildCommands', 'files')
  const project = {reader, paths: tracked}
  const found: UnbuiltMember[] = []
  let members: ReadonlyMap<string, Member> | undefined
  for (const [index, command] of commands.entries()) {
    const text = command.words.map((word) => word ?? '?').join(' ')
    const sure = compilers.test(text)
    if (command.conditional || !command.decisive || !(sure || bundlers.test(text))) continue
    members ??= await allMembers()
    if (members.size === 0) return known([])
    const stages = new Set(lineage(command.moment.stage))
    const earlier = commands.slice(0, index).filter(({moment}) => stages.has(moment.stage))
    const before: BuildCommand[] = []
    for (const each of earlier) if (!(await buildsItsOwn(each))) before.push(each)
    const gap = await gapOf(command, before, members)
    if (!gap || found.some(({name}) => name === gap.name)) continue
    found.push({
      ...gap,
      sure: sure && !gap.isLeftOut && (await isCompiled(command, text, gap.importedAt.file)),
      command: nameOf(text),
    })
  }
  return known(found)

  /** Whether it is `tsc -b`, as Vite's templates have it, of a project that refers to files beside its tsconfig.json alone. */
  async function buildsItsOwn(command: BuildCommand): Promise<boolean> {
    const origin = /^tsc (?:-b|--build)$/.test(command.words.join(' ')) ? ownFolder(command) : undefined
    if (origin === undefined) return false
    const names = tracked.in(origin || '.').filter((path) => /^tsconfig[\w.]*\.json$/.test(posix.basename(path)))
    const texts = await Promise.all(names.map(async (path) => (await reader.text(path))?.text ?? ''))
    return names.length > 0 && !texts.some((text) => /"path"\s*:\s*"(?!(?:\.\/)?tsconfig[\w.]*\.json")/.test(text))
  }

  /** Whether the compiler takes the file by its configuration, and asks for what that imports. */
  async function isCompiled(command: BuildCommand, text: string, file: string): Promise<boolean> {
    const origin = ownFolder(command)
    const [, given] = /\s(?:-p|--project)[ =](\S+)/.exec(text) ?? []
    if (origin === undefined || /\s--(?:noCheck|builder|webpack|webpackPath)\b|\s-b\b/.test(text)) return false
    const names = given
      ? [given, posix.join(given, 'tsconfig.json')]
      : text.startsWith('nest')
        ? ['tsconfig.build.json', 'tsconfig.json']
        : ['tsconfig.json']
    const config = names.map((each) => posix.join(origin, each)).find((each) => tracked.has(each))
    return config !== undefined && compiledBy(await tsconfigs(config, project))(file)
  }

  async function allMembers(): Promise<ReadonlyMap<string, Member>> {
    const all = new Map<string, Member>()
    const root = await readManifest(reader, '')
    const globs = (await pnpmGlobs(reader, 'pnpm-workspace.yaml')) ?? root?.workspaces
    const folders = globs ? memberFolders(globs, '', tracked) : []
    const named = (await namedFolders()).filter((folder) => !folders.includes(folder))
    for (const folder of [...folders, ...named]) {
      const entry = await memberEntry(reader, folder)
      const stands = ['js', 'ts', 'tsx', 'd.ts'].some((ending) => tracked.has(posix.join(folder, `index.${ending}`)))
      const isBuilt = entry && !entry.legacy.some((path) => tracked.has(path)) && isMade(entry)
      const needsBuild = !!isBuilt && !isMadeByInstall(entry) && !stands
      if (entry && !all.has(entry.name))
        all.set(entry.name, {...entry, folder, needsBuild, isNamed: named.includes(folder)})
    }
    return all
  }

  /** The folders that packages name as what they depend on. */
  async function namedFolders(): Promise<string[]> {
    const found = new Set<string>()
    for (const path of tracked.named('package.json').slice(0, mostManifests)) {
      const folder = posix.dirname(path).replace(/^\.$/, '')
      const manifest = await readManifest(reader, folder)
      for (const version of Object.values({...manifest?.devDependencies, ...manifest?.dependencies})) {
        const named = local.test(version) ? posix.join(folder, version.replace(local, '')) : undefined
        if (named && tracked.has(posix.join(named, 'package.json'))) found.add(named.replace(/\/$/, ''))
      }
    }
    return [...found]
  }

  function isMade({targets}: MemberEntry): boolean {
    return targets.every((target) => /\/(?:dist|build|lib|out|esm|cjs)\//.test(target) && !tracked.has(target))
  }

  async function gapOf(
    command: BuildCommand,
    before: readonly BuildCommand[],
    all: ReadonlyMap<string, Member>,
  ): Promise<Omit<UnbuiltMember, 'command' | 'sure'> | undefined> {
    const {moment, folder, by, at} = command
    const origin = ownFolder(command)
    const manifest = origin === undefined ? undefined : await readManifest(reader, origin)
    if (origin === undefined || !manifest) return undefined
    for (const [name, {folder: member, targets, at: entryAt, scripts, needsBuild, isNamed}] of all) {
      const [entry] = targets
      if (!entry || member === origin || !dependsOn(manifest, name)) continue
      if (isNamed && !local.test(manifest.dependencies[name] ?? manifest.devDependencies[name] ?? '')) continue
      const place = posix.join(folder, posix.relative(origin, member))
      const target = posix.join(place, posix.relative(member, entry))
      const unseen = {stage: moment.stage, unknown: moment.unknown}
      const isLeftOut =
        [manifest.dependencies, manifest.devDependencies].some((each) => each[name]?.startsWith('workspace:')) &&
        moment.files.get(place) === undefined &&
        // A stage may lay a member where the top of the workspace is, and node_modules beside the others.
        !withAbove(folder).some((each) => moment.files.get(posix.join(each, member))) &&
        !mayBring(unseen, posix.join(place, 'package.json'))
      if (!isLeftOut) {
        const isThere = sourceAt(moment, posix.join(place, 'package.json'), tracked) !== undefined
        if (!needsBuild || !isThere) continue
        if (moment.files.get(posix.dirname(target)) || mayBring(unseen, target)) continue
        if (moment.unknown.some((each) => isFromBuild(each) && isBelow(target, each.path))) continue
      }
      if (before.some((each) => mayBuild(each, {name, member, place}))) continue
      const whole = await importOf(name, origin, project)
      const part = whole ?? (await importOf(name, origin, project, {subpaths: true}))
      if (!part || (await isLedElsewhere(name, origin, project))) continue
      const script = typeof scripts.build === 'string' ? 'build' : undefined
      const own = moment.files.get(posix.join(folder, 'package.json'))
      const beside = own?.kind === 'file' ? own.at : undefined
      const common = {by, at, folder: member, importedAt: part.at, script, isLeftOut, beside}
      if (isLeftOut) return {...common, name, specifier: part.specifier, entry, entryAt}
      if (whole) return {...common, name, specifier: name, entry, entryAt}
      const entered = await memberEntry(reader, member, `.${part.specifier.slice(name.length)}`)
      const [made] = entered && isMade(entered) ? entered.targets : []
      if (entered && made) return {...common, name, specifier: part.specifier, entry: made, entryAt: entered.at}
    }
    return undefined
  }

  /** The folder of the repository that the command runs in, when that is of the workspace. */
  function ownFolder({moment, folder}: BuildCommand): string | undefined {
    const source = sourceAt(moment, posix.join(folder, 'package.json'), tracked)
    return source === undefined ? originOf(moment, folder, tracked) : posix.dirname(source).replace(/^\.$/, '')
  }
}

/** Whether a COPY brings what more than an installation made in another stage. */
const isFromBuild = ({by, text}: Unknown): boolean => by === 'copy' && !(text !== undefined && isInstall(text))

const dependsOn = ({dependencies, devDependencies}: Manifest, name: string): boolean =>
  Object.hasOwn(dependencies, name) || Object.hasOwn(devDependencies, name)

/** Whether a command may build a member: it runs in its folder, names it, or builds several. */
export function mayBuild(
  {words, folder}: BuildCommand,
  {name, member, place}: {name: string; member: string; place: string},
): boolean {
  const text = words.map((word) => word ?? '?').join(' ')
  if (/^(?:npm|pnpm|yarn|bun|corepack) (?:ci|i|install|enable|prepare)\b|^(?:apt-get|apt|apk) |^yarn$/.test(text))
    return false
  return isBelow(folder, place) || text.includes(name) || text.includes(member) || severalBuilt.test(text)
}
