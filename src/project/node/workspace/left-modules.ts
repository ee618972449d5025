/** Programs of a member of a workspace whose own node_modules stayed in the stage where they were installed. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {ignoreRules} from '../../context/dockerignore.ts'
import {flagOf, instructionsBefore, lineage, rootImage, type Stage} from '../../dockerfile/parse.ts'
import {type Files, noFiles} from '../../files/files.ts'
import {basePrograms} from '../../image/base/base-programs.ts'
import {type BuildCommand, commandsBefore} from '../../image/build-commands.ts'
import {placedCopies} from '../../image/files/context-path.ts'
import {stageIndex} from '../../image/files/copy-sources.ts'
import {withAbove} from '../../image/files/image-path.ts'
import {lacks, sourceAt} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {importSpecifiers, packageName} from '../imports/import-specifiers.ts'
import {isKept} from '../imports/is-kept.ts'
import {mayInstall} from '../installs/may-install.ts'
import {installsWithin} from '../installs/uninstalled-tools.ts'
import {installsBeforeRun, pnpmMajor} from '../locks/pnpm-version.ts'
import {broughtByName, packagesOf} from '../scripts/program-packages.ts'
import {type IsolatedInstall, isolatedInstall} from './isolated-installs.ts'
import {leftPackages} from './left-packages.ts'
import {replaces} from './linked-modules.ts'
import {type Manifest, memberFolders, pnpmGlobs, readManifest} from './workspace.ts'

export interface LeftModules {
  /** Or the package that is imported. */
  program: string
  /** `bun build` takes it into what it makes. */
  isImport: boolean
  /** `pnpm run build`, which calls it. */
  by: string
  at: FileLocation
  /** The COPY of the node_modules of the root, and where the packages are installed. */
  copy: FileLocation
  install: FileLocation
  manager: IsolatedInstall['manager']
  /** The package.json that asks for it. */
  manifest: string
  /** `/app/apps/web/node_modules`: in the stage of the install, and where it would have to be. */
  source: string
  place: string
  from: string
  /** A deploy by hand may bring what the computer has there. */
  isByHand: boolean
  /** It is imported by the sources of another member, which the build takes along. */
  isOfMember?: true
}

/** The first package of the member is soon met. */
const mostFiles = 60

/** Settings by which packages are laid where others are. */
const otherLayout = /node[-_]?linker|--linker|hoist|pnpm\/rc\b/i
/** What lays packages elsewhere, or programs. */
const moves = /\b(?:ln|cp|mv|rsync|tar)\b/
/** pnpm before 10 lays these in the root of its own accord (public-hoist-pattern). */
const hoisted = /eslint|prettier/

export async function loadLeftModules({reader}: Inputs, facts: FactStore): Promise<Fact<LeftModules[]>> {
  const [{commands}, {stages}, context] = await facts.needAll('buildCommands', 'dockerfile', 'buildContext')
  const tracked = (await facts.value('files')) ?? noFiles
  const root = await readManifest(reader, '')
  const globs = (await pnpmGlobs(reader, 'pnpm-workspace.yaml')) ?? root?.workspaces
  // One that a COPY gives its name, too.
  const npmrcs = [...tracked.beginning('.npmrc', 'npmrc'), ...tracked.ending('.npmrc')]
  const settings = await Promise.all(
    [...npmrcs, 'pnpm-workspace.yaml', 'package.json'].map((name) => reader.text(name)),
  )
  // Not what comments say of it.
  const texts = [
    ...settings.map((each) => each?.text ?? ''),
    ...stages.flatMap(({instructions}) => instructions.map(({text}) => text)),
  ]
  if (!root || !globs || texts.some((each) => otherLayout.test(each))) return known([])
  const members = new Set(memberFolders(globs, '', tracked))
  const ignore = ignoreRules(context.ignoreFile?.text ?? '')
  const found: LeftModules[] = []
  const told = new Set<Stage>()
  const deploysByWorkflow = ((await facts.value('workflows'))?.deploys.length ?? 0) > 0
  for (const [index, command] of commands.entries()) {
    const {moment, by, at} = command
    const program = programOf(command) ?? ''
    const isOwn = program === command.words[0]
    const imported = isOwn && program === 'bun' && command.words[1] === 'build'
    const names = imported ? await importsOf(command) : isOwn ? packagesOf(program) : undefined
    const base = basePrograms(rootImage(moment.stage) ?? '')
    if (told.has(moment.stage) || command.conditional || !command.decisive || !by || !names || !base) continue
    if (!/^(?:npm|pnpm|yarn|bun) /.test(by) || names.some((name) => hoisted.test(name))) continue
    const origin = memberOf(command, members, tracked)
    const own = origin === undefined ? undefined : await readManifest(reader, origin)
    const wanted = names.filter((name) => own && asks(own, name) && !asks(root, name))
    if (origin === undefined || !own || wanted.length === 0) continue
    if ((!imported && names.some((name) => asks(root, name))) || bringsItself(command, names)) continue
    if (installsWithin(commands.slice(0, index), moment.stage)) continue
    const taken = takenModules(command, origin)
    const other = taken && stages[stageIndex(taken.from, stages, moment.stage) ?? -1]
    if (!taken || !other) continue
    const earlier = lineage(other).flatMap(({instructions}) => instructions.filter(({keyword}) => keyword === 'RUN'))
    if (earlier.some(({text}) => replaces.test(text))) continue
    const folders = withAbove(command.folder)
    const between = folders.slice(0, folders.indexOf(taken.root))
    const missing = between.map((each) => posix.join(each, 'node_modules'))
    if (!missing.every((each) => lacks(command, each))) continue
    // A COPY brings those of the computer that deploys; a checkout of a workflow has none.
    const modules = posix.join(origin, 'node_modules')
    const isByHand = ![modules, `${modules}/.bin/${program}`].every((each) => ignore.ignores(each))
    if (isByHand && !deploysByWorkflow) continue
    const install = await isolatedInstall(
      commands,
      new Set(lineage(other)),
      {reader, tracked},
      ({folder}) => folder === taken.workspace,
    )
    if (!install || (by.startsWith('pnpm ') && !isOldPnpm(index))) continue
    told.add(moment.stage)
    const source = posix.join(taken.workspace, modules)
    const place = posix.join(command.folder, 'node_modules')
    const manifest = posix.join(origin, 'package.json')
    const {manager, at: installAt} = install
    const {at: copy, from} = taken
    const name = imported ? wanted[0] : undefined
    found.push({
      program: name ?? program,
      isImport: name !== undefined,
      by,
      at,
      copy,
      install: installAt,
      manager,
      manifest,
      source,
      place,
      from,
      isByHand,
    })
  }
  const project = {reader, tracked, stages, root, members}
  const more = await leftPackages(commands, {...project, memberOf: (each) => memberOf(each, members, tracked)})
  return known([...found, ...more.map((each) => ({...each, isByHand: mayComeByHand(posix.dirname(each.manifest))}))])

  /** A COPY brings those of the computer that deploys, unless .dockerignore keeps them away. */
  function mayComeByHand(member: string): boolean {
    return !ignore.ignores(posix.join(member, 'node_modules'))
  }

  /** The packages that the files import which `bun build` takes together, as far as their names lead to files. */
  async function importsOf({words, moment, folder}: BuildCommand): Promise<string[] | undefined> {
    const entry = words.find(
      (word = '', index) => /^[\w./][\w./-]*\.[cm]?[jt]sx?$/.test(word) && words[index - 1] !== '--outfile',
    )
    const next = entry === undefined ? [] : [posix.resolve(folder, entry)]
    const names = new Set<string>()
    const seen = new Set<string>()
    for (let path = next.shift(); path !== undefined && seen.size < mostFiles; path = next.shift()) {
      const place = path
      const source = sourceAt(moment, place, tracked)
      const file = seen.has(place) ? undefined : await reader.text(source)
      seen.add(place)
      for (const each of file ? importSpecifiers(file.text) : []) {
        const {text} = each
        if (!file || each.isDynamic || !(await isKept(file, each))) continue
        if (text.startsWith('.'))
          next.push(...['', '.ts', '/index.ts'].map((ending) => posix.join(posix.dirname(place), text + ending)))
        else names.add(packageName(text))
      }
    }
    return names.size > 0 ? [...names] : undefined
  }

  /** A pnpm that installs nothing by itself before it runs a script. */
  function isOldPnpm(index: number): boolean {
    const before = commandsBefore(commands, index).map(({words}) => words.join(' '))
    const {packageManager} = root ?? {}
    return pnpmMajor(packageManager, before) !== undefined && !installsBeforeRun(packageManager, before)
  }
}

/** The member of the workspace that a command runs in. */
function memberOf({moment, folder}: BuildCommand, members: ReadonlySet<string>, tracked: Files): string | undefined {
  const source = sourceAt(moment, posix.join(folder, 'package.json'), tracked)
  const origin = source === undefined ? undefined : posix.dirname(source)
  return origin !== undefined && members.has(origin) ? origin : undefined
}

const asks = ({dependencies, devDependencies, peerDependencies}: Manifest, name: string): boolean =>
  [dependencies, devDependencies, peerDependencies].some((each) => Object.hasOwn(each, name))

/** Whether something in the stage may bring the program, or lay packages where it is looked for. */
function bringsItself({moment, before}: BuildCommand, names: readonly string[]): boolean {
  const earlier = instructionsBefore(moment.stage, moment.instruction)
  const texts = [...earlier.filter(({keyword}) => keyword === 'RUN').map(({text}) => text), before]
  const copies = earlier.filter(({keyword}) => keyword === 'COPY').map(({text}) => text)
  return (
    texts.some((text) => mayInstall(text) || moves.test(text)) ||
    names.some((name) => broughtByName(name, texts, copies)) ||
    moment.instruction.text.includes('--mount') ||
    earlier.some(({keyword, text}) => keyword === 'ENV' && text.includes('node_modules'))
  )
}

interface Taken {
  at: FileLocation
  from: string
  /** The folder of the workspace where it is installed, and here. */
  workspace: string
  root: string
}

/** The only COPY of a node_modules, that of the root, from another stage: above the folder of the command, or into it. */
function takenModules({moment, folder}: BuildCommand, origin: string): Taken | undefined {
  const copies = [...placedCopies(instructionsBefore(moment.stage, moment.instruction))]
  const [copy, ...others] = copies.filter(({instruction: {text}}) => text.includes('node_modules'))
  const from = copy && flagOf(copy.instruction, 'from')
  const [source = ''] = copy?.sources ?? []
  if (!from || others.length > 0 || copy.sources.length !== 1 || !/^\/.*\/node_modules\/?$/.test(source))
    return undefined
  if (posix.basename(copy.target) !== 'node_modules') return undefined
  const [workspace, root] = [posix.dirname(source.replace(/\/$/, '')), posix.dirname(copy.target)]
  // Of a member itself it has what the member needs.
  if (workspace.endsWith(`/${origin}`)) return undefined
  const isAbove = folder === posix.join(root, origin)
  return isAbove || folder === root ? {at: copy.instruction.at, from, workspace, root} : undefined
}
