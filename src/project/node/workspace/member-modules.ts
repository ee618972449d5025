import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions, flagOf, lineage} from '../../dockerfile/parse.ts'
import {isNamed} from '../../dockerfile/stage-name.ts'
import {isTable} from '../../documents/document.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {BuiltStage} from '../../image/build-stage.ts'
import {copyOf, placedCopies} from '../../image/files/context-path.ts'
import {overlaps, withAbove} from '../../image/files/image-path.ts'
import {located} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {npmLockPackages} from '../locks/npm-lock.ts'
import {clientOf} from '../prisma/prisma-output.ts'
import {memberFolders, pnpmGlobs, readManifest} from './workspace.ts'

/** A COPY of the node_modules of a workspace member, which the install in that stage does not make. */
export interface MemberModules {
  at: FileLocation
  stage: string
  /** `/repo/packages/server/node_modules`. */
  path: string
  /** `packages/server`. */
  member: string
  manager: 'npm' | 'pnpm'
  /** The root of the workspace in the stage. */
  root: string
  install: FileLocation
  manifest: FileLocation
  /** It is what prisma generate writes, by default: pnpm has it beside @prisma/client in node_modules/.pnpm. */
  isPrisma?: true
  /** The schema lets prisma generate write into this folder of the project. */
  output?: string
  /** Nothing runs behind the install that could make the folder after all. */
  sure: boolean
}

export async function loadMemberModules({reader}: Inputs, facts: FactStore): Promise<Fact<MemberModules[]>> {
  const [{stages}, files] = await facts.needAll('build', 'files')
  const found: MemberModules[] = []
  for (const {stage} of stages) {
    for (const instruction of stage.instructions) {
      const from = instruction.keyword === 'COPY' ? flagOf(instruction, 'from') : undefined
      for (const path of (from && copyOf(instruction)?.sources) || []) {
        if (/[*?[$]/.test(path)) continue
        const ofPrisma = /^(.*)\/node_modules\/\.prisma(?:\/client)?\/?$/.exec(posix.resolve('/', path))
        if (!ofPrisma && !/[^/]\/node_modules\/?$/.test(path)) continue
        const source = stages.find((each) => isNamed(each.stage, from as string))
        if (!source) continue
        const place = posix.resolve('/', path)
        const gap = ofPrisma
          ? ((await prismaGap(source, place, ofPrisma[1] || '/', stages, {reader, paths: files})) ??
            (await outputGap(source, place, ofPrisma[1] || '/', stages, {reader, paths: files})))
          : await gapOf(source, place, stages, {reader, paths: files})
        if (gap) found.push({at: instruction.at, stage: from as string, path: place, ...gap})
      }
    }
  }
  return known(found)
}

interface Project {
  reader: ProjectReader
  paths: Files
}
type Gap = Omit<MemberModules, 'at' | 'stage' | 'path'>

/** Whether a stage has a path, or another stage may have brought it, but for the folder that one is seen to hand on. */
const mayHave = ({files, unknown}: BuiltStage, path: string, handed?: string): boolean =>
  files.get(path) !== undefined ||
  unknown.some((each) => each.by === 'copy' && each.path !== handed && overlaps(path, each.path))

interface Behind {
  stage: BuiltStage
  /** Its node_modules, and the same where another stage hands it on. */
  modules: string
  handed: string | undefined
}

/** A stage, and those from which it has a whole node_modules, one from the other; undefined where several bring it. */
function stagesBehind(
  stage: BuiltStage,
  modules: string,
  stages: readonly BuiltStage[],
  depth = 0,
): Behind[] | undefined {
  const copies = [...placedCopies(allInstructions(stage.stage))].filter(({target}) => target === modules)
  const [copy, ...others] = copies
  if (!copy) return [{stage, modules, handed: undefined}]
  const [source = '', ...more] = copy.sources
  const from = flagOf(copy.instruction, 'from')
  const other = from === undefined ? undefined : stages.find((each) => isNamed(each.stage, from))
  if (!other || others.length > 0 || more.length > 0 || depth > 5) return undefined
  const behind = stagesBehind(other, posix.resolve('/', source), stages, depth + 1)
  return behind && [{stage, modules, handed: modules}, ...behind]
}

/** Why a stage has no such folder; undefined where it has, or may have. */
async function gapOf(
  source: BuiltStage,
  path: string,
  stages: readonly BuiltStage[],
  {reader, paths}: Project,
): Promise<Gap | undefined> {
  const folder = posix.dirname(path)
  const sourceOf = (place: string) => source.files.ownSource(place, paths)
  const manifestPath = sourceOf(posix.join(folder, 'package.json'))
  if (!manifestPath || mayHave(source, path)) return undefined
  const installed = installIn(stages.filter((each) => lineage(source.stage).includes(each.stage)))
  if (!installed) return undefined
  const {manager, folder: root, at: install, sure, withoutDev} = installed
  const rootPath = withAbove(folder).slice(1).includes(root) ? sourceOf(posix.join(root, 'package.json')) : undefined
  if (rootPath === undefined) return undefined
  const origin = rootPath.slice(0, -'package.json'.length)
  const member = folder.slice(root === '/' ? 1 : root.length + 1)
  if (manifestPath !== `${origin}${member}/package.json`) return undefined
  const [manifest, whole, settings, workspace] = await Promise.all([
    readManifest(reader, posix.dirname(manifestPath)),
    readManifest(reader, origin),
    reader.text(`${origin}.npmrc`),
    reader.text(`${origin}pnpm-workspace.yaml`),
  ])
  const globs = manager === 'npm' ? whole?.workspaces : await pnpmGlobs(reader, `${origin}pnpm-workspace.yaml`)
  if (!manifest || !globs || !memberFolders(globs, origin.slice(0, -1), paths).includes(member)) return undefined
  // They lay the packages out in another way. What pnpm hoists, it hoists to the root.
  if (/strategy|install-links|global-style|bundling|linker|virtual-store/.test(settings?.text ?? '')) return undefined
  if (manager === 'npm' ? /hoist/.test(settings?.text ?? '') : /linker|virtualStore/i.test(workspace?.text ?? ''))
    return undefined
  const gap = {member, manager, root, install, manifest: {file: manifestPath}, sure}
  if (manager === 'npm') {
    const lockPath = sourceOf(posix.join(root, 'package-lock.json'))
    const lock = await reader.text(lockPath)
    const locked = lock && npmLockPackages(lock)
    return !locked || Object.keys(locked).some((each) => each.startsWith(`${member}/node_modules/`)) ? undefined : gap
  }
  const {dependencies, devDependencies, peerDependencies} = manifest
  const wanted = {...dependencies, ...peerDependencies, ...(!withoutDev && devDependencies)}
  return Object.keys(wanted).length === 0 ? gap : undefined
}

/** pnpm lays packages at the top as links alone: the client is generated where @prisma/client really is. */
async function prismaGap(
  source: BuiltStage,
  path: string,
  folder: string,
  stages: readonly BuiltStage[],
  {reader, paths}: Project,
): Promise<Gap | undefined> {
  const behind = stagesBehind(source, posix.join(folder, 'node_modules'), stages)
  if (
    !behind ||
    behind.some((each) => mayHave(each.stage, posix.join(each.modules, posix.basename(path)), each.handed))
  )
    return undefined
  const manifest = source.files.ownSource(posix.join(folder, 'package.json'), paths)
  const own = stages.filter((each) => behind.some(({stage}) => lineage(stage.stage).includes(each.stage)))
  const runs = own.flatMap(({moments}) => moments.map(({instruction}) => instruction))
  const others =
    /\b(?:yarn|bun|bunx)\b|\bnpm (?:ci|i|install)\b(?![^\n;&|]{0,100}(?:-g|--global)\b)|(?<!\w)\.prisma\b|\bhoist|linker/
  const install = runs.find(({text}) => /\bpnpm (?:i|install)\b/.test(text))
  if (manifest === undefined || !install || runs.some(({text}) => others.test(text))) return undefined
  const origin = manifest.slice(0, -'package.json'.length)
  const settings = [`${origin}.npmrc`, `${origin}pnpm-workspace.yaml`, ...paths.ending('.prisma'), manifest]
  for (const each of settings) {
    const text = (await reader.text(each))?.text ?? ''
    if (/hoist|linker|virtual-store|virtualStore|^[ \t]*output[ \t]*=/im.test(text)) return undefined
  }
  return {
    member: '',
    manager: 'pnpm',
    root: folder,
    install: install.at,
    manifest: {file: manifest},
    sure: false,
    isPrisma: true,
  }
}

/**
 * The schema names another folder, and nothing else makes this one: up to 6 the install script of @prisma/client did, 7 has none
 * (package-lock.json tells).
 */
async function outputGap(
  source: BuiltStage,
  path: string,
  folder: string,
  stages: readonly BuiltStage[],
  {reader, paths}: Project,
): Promise<Gap | undefined> {
  if (mayHave(source, path)) return undefined
  const [manifest, lockPath] = ['package.json', 'package-lock.json'].map((name) =>
    source.files.ownSource(posix.join(folder, name), paths),
  )
  const client = await clientOf(reader, paths)
  const lock = await reader.text(lockPath)
  const locked = lock && npmLockPackages(lock)?.['node_modules/@prisma/client']
  if (manifest === undefined || !client || !isTable(locked)) return undefined
  const own = stages.filter((each) => lineage(source.stage).includes(each.stage))
  const runs = own.flatMap(({moments}) => moments.map(({instruction}) => instruction))
  const installs = runs.filter(({text}) => /\bnpm (?:ci|i|install)\b/.test(text))
  const [install] = installs
  const others = /\b(?:yarn|bun|bunx|pnpm)\b|\bnpm rebuild\b|(?<!\w)\.prisma\b/
  if (!install || runs.some(({text}) => others.test(text))) return undefined
  if (locked.hasInstallScript === true && !installs.every(({text}) => text.includes('--ignore-scripts')))
    return undefined
  const {folder: output} = client
  return {
    member: '',
    manager: 'npm',
    root: folder,
    install: install.at,
    manifest: client.at,
    sure: false,
    isPrisma: true,
    output,
  }
}

const makesModules =
  /\b(?:mkdir|ln|cp|mv|touch)\b[^\n&;|]{0,500}node_modules|\b(?:turbo|pnpm|npm|yarn)\s+(?:prune|deploy)\b/

/** The one install of a workspace in the stages; undefined where there are others, in a member for instance. */
function installIn(
  stages: readonly BuiltStage[],
): (Pick<Gap, 'manager' | 'sure'> & {folder: string; at: FileLocation; withoutDev: boolean}) | undefined {
  const moments = stages.flatMap((each) => each.moments)
  if (moments.some(({instruction}) => makesModules.test(instruction.text))) return undefined
  const commands = moments.flatMap((moment) => {
    const known = located(moment.commands, moment.workingDir)
    const withoutDev = moment.env.get('NODE_ENV') === 'production'
    return moment.commands.map((command) => ({
      command,
      folder: known.find((each) => each.command === command)?.folder,
      withoutDev,
    }))
  })
  const installs = commands.filter(
    ({command}) => /^(?:npm|pnpm|yarn|bun)$/.test(programOf(command) ?? '') && isInstall(command),
  )
  const [first, ...others] = installs
  if (!first || first.folder === undefined || others.length > 0) return undefined
  const {command, folder} = first
  const manager = programOf(command)
  const flags = command.words.slice(2)
  // A part only, another folder, or packages by name.
  const isWhole = flags.every(
    (word) =>
      word?.startsWith('-') && !/^(?:--prefix|-C|--dir|-g|--global|-w|--workspace\b|--filter|-F|--install-)/.test(word),
  )
  if ((manager !== 'npm' && manager !== 'pnpm') || !isWhole || command.conditional) return undefined
  const behind = commands.slice(commands.indexOf(first) + 1)
  const sure = behind.every(({command: each}) => /^(?:rm|echo|npm|pnpm)$/.test(programOf(each) ?? '') && isQuiet(each))
  const prod = flags.some((word) => /^(?:--prod|-P$|--omit=dev)/.test(word ?? ''))
  return {manager, folder, at: command.at, sure, withoutDev: prod || first.withoutDev}
}

const isInstall = ({words}: {words: readonly (string | undefined)[]}): boolean =>
  words.slice(1).some((word) => word === undefined || /^(?:i|ci|install|add|clean-install)$/.test(word))

const isQuiet = ({words}: {words: readonly (string | undefined)[]}): boolean =>
  /^(?:rm|echo)$/.test(words[0] ?? '') || words[1] === 'cache' || words[1] === 'store'
