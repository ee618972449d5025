/** What an install lays where, for a script of a package or of a member of a workspace. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {flagOf, type Instruction, lineage, rootImage} from '../../dockerfile/parse.ts'
import {isNamed} from '../../dockerfile/stage-name.ts'
import {parseJson} from '../../documents/json.ts'
import {escapePattern} from '../../escape-pattern.ts'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import type {Build} from '../../image/build.ts'
import {copyOf} from '../../image/files/context-path.ts'
import {overlaps, withAbove} from '../../image/files/image-path.ts'
import type {AbsentPackage} from '../imports/absent-packages.ts'
import {npmLockPackages} from '../locks/npm-lock.ts'
import {broughtByName} from '../scripts/program-packages.ts'
import {isIsolatingBun, isMarked} from '../workspace/isolated-installs.ts'
import {deployOf} from '../workspace/pnpm-deploys.ts'
import {type Manifest, memberFolders, pnpmGlobs, readManifest} from '../workspace/workspace.ts'
import type {nodeModulesOf} from './node-modules.ts'
import {
  type Answer,
  bunProduction,
  classicProduction,
  npmProduction,
  setsPackages,
  type Wanted,
} from './production-packages.ts'

export interface Project {
  reader: ProjectReader
  paths: Files
}

/** Where the package.json of a script lies: in the image, and in the project ('' is its root). */
export interface Home {
  folder: string
  origin: string
}

/** The folder of the package.json that a path of the image is under, there and in the project. */
export function homeOf(path: string, {final}: Build, paths: Files): Home | undefined {
  for (const folder of withAbove(posix.dirname(path))) {
    const manifest = final.files.ownSource(posix.join(folder, 'package.json'), paths)
    if (manifest !== undefined) return {folder, origin: posix.dirname(manifest).replace(/^\.$/, '')}
  }
  return undefined
}

/** Settings by which packages are laid where others are. */
const hoists: Readonly<Record<AbsentPackage['manager'], RegExp>> = {
  npm: /^[ \t]*(?:install-strategy|global-style|legacy-bundling)\b/im,
  pnpm: /^[ \t]*["']?(?:shamefully-?hoist|public-?hoist-?pattern|node-?linker|hoist-?pattern)\b/im,
  yarn: /^[ \t]*nodeLinker\b/im,
  bun: /^[ \t]*linker\b/im,
}

const lockFiles = ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock']

type State = ReturnType<typeof nodeModulesOf>
export type Absence = Pick<AbsentPackage, 'kind' | 'declared' | 'modules' | 'place' | 'copy' | 'manager'>

/** The package.json of a script and of its workspace, and what their install lays where. */
export class Place {
  readonly #home: Home
  readonly #build: Build
  readonly #own: Manifest
  readonly #root: Manifest
  /** Of the image. */
  readonly #rootFolder: string
  readonly #manager: AbsentPackage['manager']
  readonly #brings: Answer
  readonly #npmLock: Record<string, unknown> | undefined
  readonly #pnpmLock: string | undefined
  readonly #hoists: boolean
  /** Bun lays the packages of each member beside it, as pnpm does. */
  readonly #isIsolated: boolean
  readonly #locate: (table: string, name: string) => FileLocation
  readonly #texts: string[]
  readonly #copies: string[]
  /** The `pnpm deploy --prod` that made its folder. */
  readonly #deployedAt: FileLocation | undefined

  private constructor(
    home: Home,
    build: Build,
    {own, root, rootFolder, manager, brings, npmLock, pnpmLock, hoisted, isIsolated, locate, deployedAt}: Read,
  ) {
    this.#home = home
    this.#build = build
    this.#own = own
    this.#root = root
    this.#rootFolder = rootFolder
    this.#manager = manager
    this.#brings = brings
    this.#npmLock = npmLock
    this.#pnpmLock = pnpmLock
    this.#hoists = hoisted
    this.#isIsolated = isIsolated
    this.#locate = locate
    this.#deployedAt = deployedAt
    const all = build.stages.flatMap(({stage}) => stage.instructions)
    this.#texts = all.filter(({keyword}) => keyword === 'RUN').map(({text}) => text)
    this.#copies = all.filter(({keyword}) => keyword === 'COPY').map(({text}) => text)
  }

  static async read(home: Home, build: Build, {reader, paths}: Project): Promise<Place | undefined> {
    const file = await reader.text(posix.join(home.origin, 'package.json'))
    const document = file && parseJson(file)
    const own = await readManifest(reader, home.origin)
    const whole = await readManifest(reader, '')
    if (!document || !('value' in document) || !own) return undefined
    const globs = (await pnpmGlobs(reader, 'pnpm-workspace.yaml')) ?? whole?.workspaces
    const isMember = home.origin !== '' && globs && memberFolders(globs, '', paths).includes(home.origin)
    const isAlone = !isMember
    const from = isAlone ? home.origin : ''
    const deployedAt = isMember ? deployOf(home.folder, own, build) : undefined
    // What pnpm makes of a member stands alone.
    const root = isAlone || deployedAt ? own : whole
    const rootFolder =
      isAlone || deployedAt ? home.folder : (above(home) ?? (isMovedUp(home, build) ? home.folder : undefined))
    if (!root || rootFolder === undefined) return undefined
    const text = (name: string) => reader.text(posix.join(from, name))
    const [npm, pnpm, yarn, bun, npmrc, workspace, bunfig] = await Promise.all(
      [...lockFiles, '.npmrc', 'pnpm-workspace.yaml', 'bunfig.toml'].map(text),
    )
    const isClassic = yarn && /^# yarn lockfile v1/m.test(yarn.text.slice(0, 300))
    const manager = npm ? 'npm' : pnpm ? 'pnpm' : yarn ? 'yarn' : 'bun'
    // Several locks, or none that tells.
    if ([npm, pnpm, yarn, bun].filter(Boolean).length !== 1) return undefined
    const brings = setsPackages(npmrc?.text ?? '')
      ? () => undefined
      : npm
        ? npmProduction(npm)
        : pnpm
          ? () => false
          : isClassic
            ? classicProduction(yarn, await wantedBy(own, root, false, {reader, paths}))
            : // `auto` of its settings has Bun fetch what it does not find.
              bun && !/^\s{0,100}(?:auto|dev|production)\b/m.test(bunfig?.text ?? '')
              ? bunProduction(bun, await wantedBy(own, root, true, {reader, paths}))
              : () => undefined
    const texts = build.stages.flatMap(({stage}) => stage.instructions.map((each) => each.text))
    // Settings that no stage has say nothing of its installs.
    const isRead =
      texts.some((each) => each.includes('.npmrc')) ||
      build.stages.some(({files}) =>
        [...files.files((names) => names.named('.npmrc'))].some(([, {source}]) => source === npmrc?.path),
      )
    const hoisted =
      [isRead && npmrc, workspace, bunfig].some((each) => each && hoists[manager].test(each.text)) ||
      texts.some((each) => /hoist|node.?linker|install.?strategy/i.test(each)) ||
      (manager === 'pnpm' && 'pnpm' in document.value)
    const images = build.stages.map(({stage}) => rootImage(stage) ?? '').filter((image) => image.startsWith('oven/bun'))
    const isIsolated =
      isMarked(bun?.text) && images.length > 0 && images.every((image) => isIsolatingBun(image, bun?.text))
    const locate = (table: string, name: string) => document.at([table, name])
    return new Place(home, build, {
      own,
      root,
      rootFolder,
      manager,
      brings,
      npmLock: npm && npmLockPackages(npm),
      pnpmLock: pnpm?.text,
      hoisted,
      isIsolated,
      locate,
      deployedAt,
    })
  }

  absence(name: string, states: readonly State[], isBundled: boolean): Absence | undefined {
    if (broughtByName(name, this.#texts, this.#copies)) return undefined
    const known: readonly State[] = this.#deployedAt ? [{kind: 'production', at: this.#deployedAt}] : states
    return (
      (isBundled ? undefined : (this.#development(name, known) ?? this.#unlinked(name, known))) ??
      this.#member(name, known)
    )
  }

  /** Left out of an install for production. */
  #development(name: string, states: readonly State[]): Absence | undefined {
    const [state, ...others] = states.filter(({kind}) => kind !== 'none')
    if (state?.kind !== 'production' || others.some(({kind}) => kind !== 'production') || this.#hoists) return undefined
    const declares = [this.#own, this.#root].some(
      ({dependencies, peerDependencies}) => Object.hasOwn(dependencies, name) || Object.hasOwn(peerDependencies, name),
    )
    if (declares || this.#brings(name) !== false) return undefined
    const isNamed = Object.hasOwn(this.#own.devDependencies, name)
    // Only the lock of npm says for whom a package is that no package.json names.
    if (!isNamed && (this.#npmLock === undefined || Object.hasOwn(this.#root.devDependencies, name))) return undefined
    return {
      kind: isNamed ? 'development' : 'undeclared',
      declared: isNamed ? this.#locate('devDependencies', name) : this.#locate('dependencies', name),
      modules: state.at,
      place: '',
      copy: '',
      manager: this.#manager,
    }
  }

  /** Of others alone, as the lock has it: pnpm keeps it below node_modules/.pnpm, where the app does not look. */
  #unlinked(name: string, states: readonly State[]): Absence | undefined {
    const [state, ...others] = states.filter(({kind}) => kind !== 'none')
    if (!state || !('at' in state) || others.length > 0 || this.#hoists || hoistedByItself.test(name)) return undefined
    const manifests = [this.#own, this.#root].flatMap((each) => [
      each.dependencies,
      each.devDependencies,
      each.peerDependencies,
    ])
    if (manifests.some((each) => Object.hasOwn(each, name)) || this.#own.name === name) return undefined
    // `express@5.1.0:`, before version 9 of the lock `/express@5.1.0:` or `/express/5.1.0:`.
    const isLocked = new RegExp(`^ {2}'?/?${escapePattern(name)}[@/]\\d`, 'm').test(this.#pnpmLock ?? '')
    if (!isLocked || this.#texts.some((text) => flatInstall.test(text))) return undefined
    const declared = this.#locate('dependencies', name)
    return {kind: 'unlinked', declared, modules: state.at, place: '', copy: '', manager: 'pnpm'}
  }

  /** Laid into a folder that the image has not. */
  #member(name: string, states: readonly State[]): Absence | undefined {
    const {folder, origin} = this.#home
    const isMember = this.#own !== this.#root
    if (!isMember || this.#hoists || !Object.hasOwn(this.#own.dependencies, name)) return undefined
    const {dependencies, devDependencies} = this.#root
    if (Object.hasOwn(dependencies, name) || Object.hasOwn(devDependencies, name)) return undefined
    if (this.#manager === 'yarn' || !this.#laysBelow(name, origin)) return undefined
    const [state] = states.filter(({kind}) => kind !== 'none')
    const {final} = this.#build
    const between = withAbove(folder).slice(0, withAbove(folder).indexOf(this.#rootFolder))
    const isThere = between.some((each) => {
      const modules = posix.join(each, 'node_modules')
      return final.files.get(modules) || final.unknown.some(({by, path}) => by === 'copy' && overlaps(modules, path))
    })
    const copied = final.stage.instructions.find((each) => flagOf(each, 'from') !== undefined && rootModules(each))
    // An install in the image lays them all, or a base image has them.
    const installs = lineage(final.stage).some(({instructions}) =>
      instructions.some(
        ({keyword, text}) =>
          keyword === 'RUN' && /\b(?:npm|pnpm|yarn|bun|ln|cp|mv)\b/.test(text.replace(bringsManager, '')),
      ),
    )
    const source = copied && rootModules(copied)
    if (isThere || installs || !source || !state) return undefined
    const place = posix.join(folder, 'node_modules')
    return {
      kind: 'member',
      declared: this.#locate('dependencies', name),
      modules: copied.at,
      place,
      copy:
        folder === this.#rootFolder
          ? ''
          : `COPY --from=${flagOf(copied, 'from')} ${posix.join(posix.dirname(source), origin, 'node_modules')} ${place}`,
      manager: this.#manager,
    }
  }

  /** Whether the install lays the package into the member's own node_modules, and into no other that node looks in. */
  #laysBelow(name: string, origin: string): boolean {
    if (this.#manager === 'pnpm') return true
    if (this.#manager === 'bun') return this.#isIsolated
    const lock = this.#npmLock ?? {}
    return Object.hasOwn(lock, `${origin}/node_modules/${name}`) && !Object.hasOwn(lock, `node_modules/${name}`)
  }
}

/** What a package needs in production, with all members of its workspace: one install brings what any of them needs. */
async function wantedBy(own: Manifest, root: Manifest, isOfBun: boolean, {reader, paths}: Project): Promise<Wanted> {
  const folders = root.workspaces ? memberFolders(root.workspaces, '', paths) : []
  const members = (await Promise.all(folders.map((folder) => readManifest(reader, folder)))).filter(
    (each) => each !== undefined,
  )
  const names = new Set(members.map(({name}) => name))
  return [own, root, ...members]
    .flatMap(({dependencies, peerDependencies}) => [
      ...Object.entries(dependencies),
      // Bun alone installs them of its own accord.
      ...(isOfBun && root.workspaces ? Object.entries(peerDependencies) : []),
    ])
    .filter(([name]) => !names.has(name))
}

interface Read {
  own: Manifest
  root: Manifest
  rootFolder: string
  manager: AbsentPackage['manager']
  brings: Answer
  npmLock: Record<string, unknown> | undefined
  pnpmLock: string | undefined
  hoisted: boolean
  isIsolated: boolean
  locate(table: string, name: string): FileLocation
  deployedAt: FileLocation | undefined
}

/** What brings a package manager, and none of the project's packages. */
const bringsManager =
  /\bcorepack\s+(?:enable|disable|prepare|install)\b[^&|;\n]{0,200}|\bnpm\s+(?:install|i)\s+(?:-g|--global)\s+(?:npm|pnpm|yarn)(?:@[^\s&|;]{0,50})?(?=\s*(?:&|;|$))/g

/** What pnpm lays beside the project's own packages by itself (`public-hoist-pattern`, up to version 9). */
const hoistedByItself = /eslint|prettier|types/
/** Managers that lay all packages beside each other. */
const flatInstall = /\b(?:npm|yarn|bun)\s+(?:ci|install|i|add)\b(?!\s+(?:-g|--global)\b)/

/** The node_modules that a COPY takes. */
const rootModules = (instruction: Instruction): string | undefined =>
  copyOf(instruction)?.sources.find((path) => /\/node_modules\/?$/.test(path))

/** Whether the image has a member in the place of the root of its workspace, with the node_modules of the root. */
const isMovedUp = ({folder}: Home, {stages, final}: Build): boolean =>
  final.stage.instructions.some((each) => {
    const source = rootModules(each)
    const from = flagOf(each, 'from')
    const target = copyOf(each)?.target
    if (source === undefined || from === undefined || target === undefined) return false
    if (posix.resolve(final.config.workingDir, target) !== posix.join(folder, 'node_modules')) return false
    const manifest = stages
      .find(({stage}) => isNamed(stage, from))
      ?.files.get(posix.join(posix.dirname(posix.resolve('/', source)), 'package.json'))
    return manifest?.kind === 'file' && manifest.source === 'package.json'
  })

/** The folder of the image that the root of the workspace is laid into, when the member stands as it does in the project. */
const above = ({folder, origin}: Home): string | undefined =>
  folder.endsWith(`/${origin}`) ? folder.slice(0, -origin.length - 1) || '/' : undefined
