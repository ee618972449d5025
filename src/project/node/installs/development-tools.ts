import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {withoutSlashComments} from '../../code/comments.ts'
import {allInstructions, instructionsBefore, mountsOf, mountTarget, rootImage} from '../../dockerfile/parse.ts'
import {isTable} from '../../documents/document.ts'
import {parseJson} from '../../documents/json.ts'
import {noFiles, type Tracked} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {basePrograms} from '../../image/base/base-programs.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {withAbove} from '../../image/files/image-path.ts'
import {toolReads} from '../../image/files/tool-files.ts'
import {mayBeChanged, sourceAt} from '../../image/moment.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {importSpecifiers, packageName} from '../imports/import-specifiers.ts'
import {lockedVersion} from '../locks/locked-version.ts'
import {npmLockPackages} from '../locks/npm-lock.ts'
import {stagePnpm} from '../locks/stage-pnpm.ts'
import {broughtByName, packagesOf} from '../scripts/program-packages.ts'
import {hoists} from '../workspace/hoist-settings.ts'
import {type Manifest, readManifest} from '../workspace/workspace.ts'
import {modulesByHand} from './local-modules.ts'
import {installTexts, nodeModulesOf} from './node-modules.ts'
import {type Answer, classicProduction, isKeptAsPeer, npmProduction, setsPackages} from './production-packages.ts'

/** What a command of the build starts or loads, and the install before it left out: it is for development only. */
export interface DevelopmentTool {
  package: string
  /** `tsc`, and `npm run build` where that runs it. */
  program: string
  by: string | undefined
  at: FileLocation
  /** The file of the project that imports the package; undefined where the program itself is the package's. */
  importedBy: string | undefined
  /** In devDependencies; or an `npm install -D` of it, which changes the package.json of the image alone. */
  declared: FileLocation
  manifest: string | undefined
  install: FileLocation
  /** npx fetches what it does not find. */
  fetched: boolean
  /** Nothing else can have brought it. */
  sure: boolean
}

/** Packages that others bring along, as what they need or are made for. */
const builtOn =
  /^(vite|esbuild|rollup|webpack|sass|postcss-cli|next|nuxt|astro|rimraf|eslint|jest|vitest|@babel\/.*|@sveltejs\/kit)$/

export async function loadDevelopmentTools({reader}: Inputs, facts: FactStore): Promise<Fact<DevelopmentTool[]>> {
  const [[{commands}, dockerfile, build], files] = await Promise.all([
    facts.needAll('buildCommands', 'dockerfile', 'build'),
    facts.value('files'),
  ])
  const tracked = files ?? noFiles
  const isByHand = await modulesByHand(facts)
  const found: DevelopmentTool[] = []
  const told = new Set<string>()
  let npx: BuildCommand | undefined
  for (const command of commands) {
    const program = programOf(command)
    // What npx starts comes right behind it.
    const fetched = npx?.at === command.at
    npx = /^(npx|bunx|pnpx)$/.test(program ?? '') ? command : undefined
    if (!program || command.conditional || !command.decisive || command.by === 'the preinstall script') continue
    const packages = isOwn(command) ? packagesOf(program) : undefined
    const loaded = await imports(command, {reader, tracked})
    if (!packages && loaded.length === 0) continue
    const {moment, at, by} = command
    const where = withAbove(command.folder).filter((folder) => moment.files.get(posix.join(folder, 'package.json')))
    // A COPY of the project brings them as they are on the machine that deploys.
    const held = where.some((folder) => {
      const entry = moment.files.get(posix.join(folder, 'node_modules'))
      return entry?.kind === 'folder' && entry.entries.size > 0
    })
    if (held || mountsOf(moment.instruction).some((mount) => mountTarget(mount)?.includes('node_modules'))) continue
    const stages = allInstructions(moment.stage)
    const texts = stages.filter(({keyword}) => keyword === 'RUN').map(({text}) => text)
    const pnpm = await stagePnpm(command, where, texts, {reader, tracked})
    const states = where.map((folder) =>
      nodeModulesOf(moment.stage, folder, {dockerfile, build}, {pnpm, until: {instruction: moment.instruction, at}}),
    )
    const [state] = states.filter(({kind}) => kind !== 'none')
    if (state?.kind !== 'production' || states.some(({kind}) => kind === 'unknown')) continue
    // A project further up is looked into as well, and is another one.
    const above = where.filter((_, index) => states[index]?.kind === 'all')
    const there = await lockedAbove(above, command, {reader, tracked})
    if (!there) continue
    const copies = stages.filter(({keyword}) => keyword === 'COPY').map(({text}) => text)
    const own = where[states.indexOf(state)]
    const project = await Around.read(command, {reader, tracked}, above.length > 0 && own ? [own] : undefined)
    const {texts: effective, idle} = installTexts(moment.stage, {dockerfile, build}, (name) =>
      project.isForDevelopment(name),
    )
    const mayFetch = await nextInstalls(command, project, reader)
    const wanted = [
      ...(packages ? [{names: packages, importedBy: undefined}] : []),
      ...loaded.map(({name, file}) => ({names: [name], importedBy: file})),
    ]
    for (const {names, importedBy} of wanted) {
      if (names.some((name) => there.has(name))) continue
      const lack = project.lack(names, idle)
      // Without a lock that tells, another package may bring what many build on.
      if (lack && !lack.sure && (importedBy || builtOn.test(lack.name))) continue
      if (!lack || told.has(lack.name) || [program, ...names].some((name) => broughtByName(name, effective, copies)))
        continue
      told.add(lack.name)
      const isKnown = basePrograms(rootImage(moment.stage) ?? '') !== undefined
      // What an install runs comes behind all that this takes away.
      const text = /^the \w+ script$/.test(by ?? '') ? moment.instruction.text : command.before
      const before = [...instructionsBefore(moment.stage, moment.instruction), {...moment.instruction, text}]
      found.push({
        package: lack.name,
        program: importedBy ? (toolReads(command)?.name ?? program) : program,
        by,
        at,
        importedBy,
        declared: lack.at,
        manifest: lack.manifest,
        install: state.at,
        fetched: fetched && importedBy === undefined,
        sure: lack.sure && isKnown && !mayFetch && !where.some((folder) => isByHand(folder, before)),
      })
    }
  }
  return known(found)
}

interface Project {
  reader: ProjectReader
  tracked: Tracked
}

/** All packages of projects of npm in folders above that are no workspaces; undefined where one does not tell. */
async function lockedAbove(
  folders: readonly string[],
  {moment}: BuildCommand,
  {reader, tracked}: Project,
): Promise<ReadonlySet<string> | undefined> {
  const names = new Set<string>()
  for (const folder of folders) {
    const [manifest, lock] = await Promise.all(
      ['package.json', 'package-lock.json'].map((name) =>
        reader.text(sourceAt(moment, posix.join(folder, name), tracked)),
      ),
    )
    const packages = lock && npmLockPackages(lock)
    if (!packages || !manifest || /"workspaces"/.test(manifest.text)) return undefined
    for (const path of Object.keys(packages)) {
      const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? []
      if (name) names.add(name)
    }
  }
  return names
}

/** Started by its name, which npm and its like look for in node_modules/.bin, or by that path. */
const isOwn = ({words: [program = '']}: BuildCommand): boolean =>
  !program.includes('/') || program.includes('node_modules/.bin/')

/** The packages that the configuration of a tool imports when the tool starts. */
async function imports(command: BuildCommand, {reader, tracked}: Project): Promise<{name: string; file: string}[]> {
  const found: {name: string; file: string}[] = []
  for (const {files} of toolReads(command)?.reads ?? []) {
    for (const file of files) {
      if (!/^[\w-]+\.config\.[cm]?[jt]s$/.test(file)) continue
      const source = sourceAt(command.moment, posix.resolve(command.folder, file), tracked)
      const text = source === undefined ? undefined : (await reader.text(source))?.text
      if (source === undefined || text === undefined) continue
      // What is asked for on a condition, or only once it runs, may be for development alone.
      const names = importSpecifiers(text)
        .filter(({start, isDynamic}) => !isDynamic && !onCondition.test(text.slice(Math.max(0, start - 300), start)))
        .map((each) => packageName(each.text))
      // PostCSS takes its plugins by name, too; a line that asks for something may leave one out.
      const lines = /^postcss/.test(file) ? withoutSlashComments(text).split('\n') : []
      const named = lines
        .filter((line) => !/\?|&&|\|\||\bif\b/.test(line))
        .flatMap((line) => [...line.matchAll(/(?<![\w.-])((?:@[\w.-]+\/)?[\w.-]+)["']?\s*[:,\]]/g)])
      for (const name of [...names, ...named.map(([, name = '']) => name)]) found.push({name, file: source})
      break
    }
  }
  return found
}

/**
 * Next.js itself calls the package manager, for development, where it finds no TypeScript: all that was left out comes
 * with it. Since 15.4 (15.3.0 and 15.4.1 were tried) before it reads next.config.ts; and before it compiles, where there
 * are pages alone. With Node 22 the build then goes on; Node 20 and 24 still miss typescript, and it stops (16.1.6).
 */
async function nextInstalls(command: BuildCommand, project: Around, reader: ProjectReader): Promise<boolean> {
  const {moment, folder, words} = command
  if (programOf(command) !== 'next' || words[1] !== 'build') return false
  const has = (name: string) => moment.files.get(posix.join(folder, name)) !== undefined
  if (['next.config.ts', 'next.config.mts'].some(has)) {
    const [major = 16, minor = 0] = (await lockedVersion(reader))('next')?.split('.').map(Number) ?? []
    if (!project.has('typescript') && (major > 15 || (major === 15 && minor >= 4))) return true
  }
  const parts = ['typescript', '@types/react', '@types/node']
  return has('tsconfig.json') && !['app', 'src/app'].some(has) && parts.some((name) => !project.has(name))
}

/** `process.env.ANALYZE === 'true' ? require('…')`, `if (dev) {…}`, `() => require('…')`. */
const onCondition = /(?:\?|&&|\|\||=>|\bif\b[^\n]{0,200}\n?)[^\n;]{0,200}\brequire\(\s{0,20}["']$/

/** The package.json files that a command's programs come from: of its folder and those above it. */
class Around {
  readonly #manifests: {manifest: Manifest; locate(name: string): FileLocation; path: string}[] = []
  #brings: Answer = () => undefined
  #unsettled = false

  static async read(
    command: BuildCommand,
    {reader, tracked}: Project,
    folders: readonly string[] = withAbove(command.folder),
  ): Promise<Around> {
    const around = new Around()
    const {moment} = command
    const text = async (path: string) => {
      const source = sourceAt(moment, path, tracked)
      return reader.text(source)
    }
    for (const each of folders) {
      const place = posix.join(each, 'package.json')
      const file = await text(place)
      if (!file) continue
      const document = parseJson(file)
      const source = posix.dirname(file.path)
      const manifest = await readManifest(reader, source === '.' ? '' : source)
      if (!manifest || !('value' in document) || mayBeChanged(command, place)) around.#unsettled = true
      else {
        const locate = (name: string) => document.at(['devDependencies', name])
        around.#manifests.push({manifest, locate, path: file.path})
        // npm installs what the package itself wants its users to have.
        if (isTable(document.value.dependenciesMeta) || isTable(document.value.peerDependencies))
          around.#unsettled = true
      }
      const config = await text(posix.join(each, '.npmrc'))
      if (config && setsPackages(config.text)) around.#unsettled = true
      const [npm, pnpm, yarn] = await Promise.all(
        ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'].map((name) => text(posix.join(each, name))),
      )
      const workspace = await text(posix.join(each, 'pnpm-workspace.yaml'))
      const isLocked = [npm, pnpm, yarn, await text(posix.join(each, 'bun.lock'))].some(Boolean)
      if (!isLocked && manifest)
        around.#brings = (name) => (isKeptAsPeer(name, manifest.dependencies) ? true : undefined)
      else if (npm) around.#brings = npmProduction(npm)
      // It lays programs of the project's own packages there, and of no others.
      else if (pnpm)
        around.#brings = [config, workspace].some((setting) => setting && hoists.test(setting.text))
          ? () => undefined
          : () => false
      else if (yarn && manifest && /^# yarn lockfile v1/m.test(yarn.text.slice(0, 300)))
        around.#brings = manifest.workspaces
          ? () => undefined
          : classicProduction(yarn, Object.entries(manifest.dependencies))
    }
    return around
  }

  isForDevelopment(name: string): boolean {
    const tables = this.#manifests.map(({manifest}) => manifest)
    return tables.some((each) => Object.hasOwn(each.devDependencies, name)) && !this.#declares(name)
  }

  /** An install for production brings it. */
  has(name: string): boolean {
    return this.#declares(name) || this.#brings(name) === true
  }

  readonly #declares = (name: string): boolean =>
    this.#manifests.some(({manifest}) => Object.hasOwn(manifest.dependencies, name))

  /** The one of these packages that is for development only, or that npm was given as such. */
  lack(
    names: readonly string[],
    idle: readonly {name: string; at: FileLocation}[],
  ): {name: string; at: FileLocation; manifest: string | undefined; sure: boolean} | undefined {
    if (this.#unsettled) return undefined
    if (names.some(this.#declares)) return undefined
    const answers = names.map((name) => this.#brings(name))
    if (answers.includes(true)) return undefined
    for (const {manifest, locate, path} of this.#manifests) {
      const name = names.find((each) => Object.hasOwn(manifest.devDependencies, each))
      if (name !== undefined) return {name, at: locate(name), manifest: path, sure: this.#brings(name) === false}
    }
    const given = idle.find(({name}) => names.includes(name))
    return given && {...given, manifest: undefined, sure: this.#brings(given.name) === false}
  }
}
