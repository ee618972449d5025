/** Packages that the started files import, and that node does not find in the image. */
import {isBuiltin} from 'node:module'
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions} from '../../dockerfile/parse.ts'
import {noFiles} from '../../files/files.ts'
import type {Build} from '../../image/build.ts'
import {withAbove} from '../../image/files/image-path.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {type Home, homeOf, Place, type Project} from '../installs/install-place.ts'
import {modulesByHand, modulesOfWorkflows} from '../installs/local-modules.ts'
import {nodeModulesOf} from '../installs/node-modules.ts'
import {behindSettings, foundScript, startedScript} from '../scripts/started-script.ts'
import {deployedHome} from '../workspace/pnpm-deploys.ts'
import {packageName} from './import-specifiers.ts'
import {loadedSettings} from './loaded-settings.ts'
import {loadedSources} from './loaded-sources.ts'
import {logTransports} from './log-transports.ts'
import {pageSources, routeSources} from './route-sources.ts'

export interface AbsentPackage {
  by: string
  command: FileLocation
  /** The import. */
  at: FileLocation
  name: string
  /** A logger is told to write by it, and loads it by its name. */
  isTransport: boolean
  /**
   * `development`: the image has the packages of production only. `undeclared`: what is needed by others of development
   * alone, so it is not there either. `unlinked`: pnpm has it for others, and gives it to them alone. `member`: the install lays it into the node_modules of the member, and the image
   * has that of the root.
   */
  kind: 'development' | 'undeclared' | 'unlinked' | 'member'
  /** Where package.json declares it. */
  declared: FileLocation
  /** What brings the node_modules of the image. */
  modules: FileLocation
  /** Of `member`: the folder of the image that is not there, and what would bring it. */
  place: string
  copy: string
  manager: 'npm' | 'pnpm' | 'yarn' | 'bun'
  /** A deploy by hand brings the node_modules of that computer. */
  isByHand: boolean
  /** It is imported by `import()`, when that is come to. */
  isLater: boolean
}

export async function loadAbsentPackages(inputs: Inputs, facts: FactStore): Promise<Fact<AbsentPackage[]>> {
  const {reader} = inputs
  const [[build, dockerfile], files, flyConfig] = await Promise.all([
    facts.needAll('build', 'dockerfile'),
    facts.value('files'),
    facts.value('flyConfig'),
  ])
  const paths = files ?? noFiles
  const {final} = build
  const {workingDir, env} = final.config
  const set = [...env.keys(), ...Object.keys(flyConfig?.config.env ?? {})]
  if (!workingDir || set.some((name) => /^NODE_(?:OPTIONS|PATH)$/.test(name))) return known([])
  const {started} = await startedCommands(facts)
  const bringsLocal = await modulesByHand(facts)
  const ofWorkflows = await modulesOfWorkflows(facts)
  const found: AbsentPackage[] = []
  for (const each of started) {
    const words = [...behindSettings(each.command.words)]
    const program = programOf({words}) ?? ''
    const served = program === 'npx' ? (words[1] ?? '') : program
    const isServed = /^(?:remix|react-router)-serve$/.test(served)
    const {folder} = each
    if (folder === undefined) continue
    const settings = loadedSettings(words, (name) => final.files.get(posix.join(folder, name))?.kind === 'file')
    const script =
      settings ?? (isServed ? startedScript(each) : await foundScript(each, folder, {files: final.files, reader}))
    // Bun fetches what it does not find where there is no node_modules (tried with 1.4); tsx is for development.
    const isRunner = /^(?:node|bun)$/.test(program)
    const first = program === 'node' ? preloadedBy(words) : []
    if (!(script || first.length > 0) || !each.certain || !(settings || isServed || isRunner)) continue
    // What node loads before the script is looked for from the folder that it runs in.
    const path = posix.resolve(folder, (first.length > 0 ? undefined : script) ?? 'package.json')
    const home = homeOf(path, build, paths) ?? (await deployedHome(path, build, {reader, paths}))
    const place = home && (await Place.read(home, build, {reader, paths}))
    if (!place) continue
    const folders = withAbove(home.folder)
    // A COPY brings those of the computer that deploys.
    const held = folders.map((folder) => final.files.get(posix.join(folder, 'node_modules')))
    if (held.some((entry) => entry?.kind === 'folder' && entry.entries.size > 0)) continue
    const instructions = allInstructions(final.stage)
    const isByHand = folders.some((folder) => bringsLocal(folder, instructions))
    // The job that deploys has installed them.
    if (isByHand && ofWorkflows === 'own') continue
    const state = folders.map((folder) => nodeModulesOf(final.stage, folder, {dockerfile, build}))
    const plain = {isBundled: false, isTransport: false, isLater: false}
    const preloaded = first.map((name) => ({name, at: each.command.at, ...plain}))
    const imported = script ? await packagesOf(posix.resolve(folder, script), home, build, {reader, paths}) : []
    for (const {name, at, isBundled, isTransport, isLater} of [...preloaded, ...imported]) {
      if (found.some((other) => other.name === name)) continue
      const absence = place.absence(name, state, isBundled)
      if (absence && !(isLater && absence.kind !== 'development'))
        found.push({by: each.by, command: each.command.at, name, at, isTransport, isByHand, isLater, ...absence})
    }
  }
  return known(found)
}

/** The packages that node loads before the script: `node --import tsx`, `node -r dotenv/config`. */
function preloadedBy(words: readonly (string | undefined)[]): string[] {
  const found: string[] = []
  for (let place = 1; words[place]?.startsWith('-'); place++) {
    const [flag, value] = (words[place] as string).split('=', 2) as [string, string | undefined]
    if (!/^(?:-r|--require|--import|--loader|--experimental-loader)$/.test(flag)) continue
    const name = value ?? words[++place]
    if (name && /^(?:@[\w.-]+\/)?[a-z\d][\w.-]*(?:\/|$)/.test(name) && !isBuiltin(name)) found.push(packageName(name))
  }
  return found
}

/** What the builds of Remix and React Router write, and a server of one's own, or what starts it in turn. */
const servesRoutes = /\/build\/(?:server\/)?index\.js$/
/** … and that of Astro. */
const servesPages = /\/server\/entry\.mjs$/
const startsServer = /@remix-run\/|@react-router\/|\bbuild\/(?:server\/)?index|\bspawn\(/

/** The packages that the files import as soon as they are loaded. */
async function packagesOf(
  path: string,
  home: Home,
  build: Build,
  project: Project,
): Promise<(Pick<AbsentPackage, 'name' | 'at' | 'isTransport' | 'isLater'> & {isBundled: boolean})[]> {
  const plain = await loadedSources(path, home, build, project)
  const isServer =
    servesRoutes.test(path) || plain.some(({file}) => build.final.files.get(path) && startsServer.test(file.text))
  const more = isServer
    ? await routeSources(home.origin, project)
    : servesPages.test(path)
      ? await pageSources(home.origin, project)
      : undefined
  const sources = [...plain, ...(more ?? [])]
  return sources.flatMap(({file, imports, isBundled}) => {
    const transports = logTransports(file, imports)
    return [...imports, ...transports].flatMap((each) => {
      const {text, start, end} = each
      if (/^[.#/]/.test(text) || isBuiltin(text)) return []
      // No bundler sees the name of a transport.
      const isTransport = transports.includes(each)
      const isLater = 'isDynamic' in each && each.isDynamic === true
      return {
        name: packageName(text),
        ...{at: file.span(start, end), isTransport, isLater, isBundled: isBundled && !isTransport},
      }
    })
  })
}
