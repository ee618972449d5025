/** Packages of npm that the scripts of a Phoenix app import, where the stage that bundles them has none. */
import {isBuiltin} from 'node:module'
import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {allInstructions} from '../dockerfile/parse.ts'
import {isTable} from '../documents/document.ts'
import {parseLoosely} from '../documents/json.ts'
import type {TextFile} from '../files/text.ts'
import type {BuildCommand} from '../image/build-commands.ts'
import {overlaps} from '../image/files/image-path.ts'
import {holds, sourceAt, unchangedAt} from '../image/moment.ts'
import {mayInstallAnything} from '../image/programs/programs.ts'
import {programOf} from '../image/shell/command.ts'
import type {Inputs} from '../inputs.ts'
import {importSpecifiers, packageName} from '../node/imports/import-specifiers.ts'
import {modulesByHand} from '../node/installs/local-modules.ts'

export interface AssetPackage {
  name: string
  /** The import. */
  at: FileLocation
  /** `mix esbuild`, or the alias that runs it. */
  command: string
  build: FileLocation
  /** The folder of the scripts: `assets`. */
  folder: string
  /** A deploy by hand brings the node_modules of that computer. */
  isByHand: boolean
}

/** What mix bundles, as Phoenix configures it: `shop: [args: ~w(js/app.js --bundle …), cd: Path.expand("../assets", __DIR__)]`. */
const profile = /\b(\w{1,100}):\s*\[\s*args:\s*~w[([{|"/]\s*((?:js|src)\/[\w./-]+\.[jt]sx?)\b([^\])}|"]*)/g

export async function loadAssetPackages({reader}: Inputs, facts: FactStore): Promise<Fact<AssetPackage[]>> {
  const [{commands}, files] = await facts.needAll('buildCommands', 'files')
  const builds = commands.filter(({words}) => words[0] === 'mix' && words[1] === 'esbuild')
  const [build] = builds
  if (!build || builds.some((each) => each.folder !== build.folder || each.conditional || !each.decisive))
    return known([])
  const read = (name: string) => reader.text(unchangedAt(build, posix.join(build.folder, name), files))
  const [config, manifest, lock] = await Promise.all(['config/config.exs', 'mix.exs', 'mix.lock'].map(read))
  if (!config || !manifest || !/Path\.expand\("\.\.\/assets", __DIR__\)/.test(config.text)) return known([])
  if (builds.some((each) => mayHavePackages(each, commands)) || (await readsAliases())) return known([])
  const assets = posix.join(build.folder, 'assets')
  const isByHand = (await modulesByHand(facts))(assets, allInstructions(build.moment.stage))
  const ofMix = new Set(
    [...`${manifest.text}\n${lock?.text ?? ''}`.matchAll(/\{:(\w+),|^[ \t]{0,99}"(\w+)":/gm)].map(([, a, b]) => a ?? b),
  )
  const profiles = [...config.text.matchAll(profile)]
  for (const each of builds) {
    const [match, another] = profiles.filter(([, name]) => name === each.words[2])
    if (!match || another) continue
    const [, , entry = '', flags = ''] = match
    if (/--(?:alias|packages|inject|tsconfig)\b/.test(flags.replace(/--alias:@=\.(?=\s|$)/, ''))) continue
    const externals = [...flags.matchAll(/--external:(\S+)/g)].map(([, name = '']) => name)
    for (const {file, text, start, end} of await importsFrom(posix.join(assets, entry))) {
      const name = packageName(text)
      const isOther =
        isBuiltin(text) ||
        isInAssets(text) ||
        externals.some((each) => each === name || (each.includes('*') && text.startsWith(each.replace(/\*.*$/s, ''))))
      if (isOther || ofMix.has(name) || /^phoenix-colocated$|^@\//.test(name) || /^[/#~]|:/.test(text)) continue
      const command = each.by ?? 'mix esbuild'
      return known([{name, at: file.span(start, end), command, build: each.at, folder: 'assets', isByHand}])
    }
  }
  return known([])

  /** `baseUrl` makes names of what lies there. */
  function isInAssets(name: string): boolean {
    return endings.some((each) => {
      const source = sourceAt((build as BuildCommand).moment, posix.join(assets, name) + each, files)
      return source !== undefined && files.has(source)
    })
  }

  /**
   * Whether names may stand for other places than packages. That of a new Phoenix looks into deps alone, which are those of
   * mix: `"baseUrl": ".", "paths": {"*": ["../deps/*"]}` (phx.new's assets/tsconfig.json).
   */
  async function readsAliases(): Promise<boolean> {
    const [path, another] = files.named('tsconfig.json', 'jsconfig.json')
    if (path === undefined) return false
    const said = another === undefined ? parseLoosely((await reader.text(path))?.text ?? '') : undefined
    const options = said?.compilerOptions
    if (!said || said.extends !== undefined || !isTable(options)) return true
    const targets = isTable(options.paths) ? Object.values(options.paths).flat() : []
    return !targets.every((target) => target === '../deps/*') || (options.baseUrl ?? '.') !== '.'
  }

  /** The imports of packages that are reached from a file, through those of the project. */
  async function importsFrom(start: string) {
    const found: {file: TextFile; text: string; start: number; end: number}[] = []
    const seen = new Set<string>()
    const next = [start]
    for (let path = next.shift(); path !== undefined && seen.size < 500; path = next.shift()) {
      if (seen.has(path) || /\/vendor\/|\.min\.js$/.test(path)) continue
      seen.add(path)
      const file = await reader.text(sourceAt((build as BuildCommand).moment, path, files))
      for (const {text, start: from, end, isDynamic} of file ? importSpecifiers(file.text) : []) {
        if (/^\.{1,2}\//.test(text))
          next.push(...endings.map((each) => posix.join(posix.dirname(path as string), text) + each))
        else if (file && !isDynamic) found.push({file, text, start: from, end})
      }
    }
    return found
  }
}

const endings = ['', '.js', '.ts', '.jsx', '.tsx', '.mjs', '/index.js', '/index.ts']

/** Whether something may have laid packages where esbuild looks: in assets, above it, and in the folders of NODE_PATH. */
function mayHavePackages(build: BuildCommand, commands: readonly BuildCommand[]): boolean {
  const {moment, folder} = build
  const texts = [
    ...allInstructions(moment.stage).flatMap(({keyword, text}) => (keyword === 'RUN' ? text : [])),
    build.before,
  ]
  const places = [posix.join(folder, 'assets/node_modules'), posix.join(folder, 'node_modules'), '/node_modules']
  return (
    moment.variables.has('NODE_PATH') ||
    texts.some(
      (text) => /\b(?:npm|npx|yarn|pnpm|bun|corepack|node_modules|deno)\b/.test(text) || mayInstallAnything(text),
    ) ||
    commands.some(({moment: {stage}, words}) => stage === moment.stage && managers.test(programOf({words}) ?? '')) ||
    places.some(
      (place) =>
        holds(moment, place) === 'yes' || moment.unknown.some(({by, path}) => by === 'copy' && overlaps(path, place)),
    )
  )
}

const managers = /^(?:npm|npx|yarn|pnpm|bunx?|corepack|deno|make)$/
