import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {BuildCommand} from '../../image/build-commands.ts'
import {withAbove} from '../../image/files/image-path.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {tellsModules} from '../scripts/image-scripts.ts'
import {bunScript, sourcesOf, startedScript} from '../scripts/started-script.ts'
import {bundlerOutput} from './bundler-output.ts'
import {frameworks, type OutputRule} from './framework-rules.ts'
import {nextExport} from './next-start.ts'

/** A file that node starts, and that the build of the framework does not write, or that is no server. */
export interface OutputGap {
  by: string
  /** What is started, as the command says it. */
  script: string
  at: FileLocation
  /** Completes "…, but ": `adapter-auto of svelte.config.js writes nothing here`. */
  because: string
  /** What says so: a configuration, a package.json. */
  related: FileLocation[]
  hint: string
  /** Nothing that is not read can make it otherwise. */
  proven?: boolean
}

/** The folder of the app in the context, with what its build reads. */
export interface App {
  /** `` or `web/`. */
  folder: string
  manifest: TextFile
  /** What package.json asks for, by name. */
  dependencies: ReadonlyMap<string, string>
  /** The command that builds it. */
  built: string
  /** What node makes of a file whose package.json has no "type": a module where its words are those of one. */
  tellsModules: boolean
  /** The configuration of one of these names, where there is exactly one. */
  config(...names: readonly string[]): Promise<TextFile | undefined>
  /** Whether there is one at all. */
  hasConfig(...names: readonly string[]): boolean
}

export async function loadFrameworkOutput(inputs: Inputs, facts: FactStore): Promise<Fact<OutputGap[]>> {
  const {reader} = inputs
  const [[build, {commands}], files] = await Promise.all([
    facts.needAll('build', 'buildCommands'),
    facts.value('files'),
  ])
  const paths = files ?? noFiles
  const {has} = build
  const {started} = await startedCommands(facts)
  const found: OutputGap[] = []
  for (const each of started) {
    if (!each.certain || each.folder === undefined) continue
    const started = {...each, folder: each.folder}
    const pages = await nextExport(started, build, inputs, paths)
    if (pages) found.push({by: each.by, at: each.command.at, ...pages})
    const ofNode = startedScript(each)
    const script = ofNode ?? bunScript(each)
    if (!script || found.some((gap) => gap.script === script)) continue
    // What a COPY brings was not written by a build here.
    const place = posix.resolve('/', each.folder, script)
    if (has(place) === 'yes' || (!ofNode && sourcesOf(place).some((each) => has(each) === 'yes'))) continue
    for (const rule of frameworks) {
      // What others write for node is not what bun makes of it.
      if (!ofNode && rule.package !== '@tanstack/react-start') continue
      if (!rule.starts.test(`/${script.replace(/^(?:\.?\/)+/, '')}`)) continue
      const app = await appOf(rule)
      const fault = app && isOf(app, place) && (await rule.fault(app, script))
      if (fault) found.push({by: each.by, script, at: each.command.at, ...fault})
    }
    const bundled = await bundlerOutput({script, path: place}, build, commands, inputs, paths)
    if (bundled) found.push({by: each.by, script, at: each.command.at, ...bundled})
  }
  return known(found)

  /** The app that the build of this framework builds; undefined where none or several are. */
  async function appOf({builds, package: name}: OutputRule): Promise<App | undefined> {
    const own = commands.filter((each) => builds.test(textOf(each)))
    const folders = new Set(own.flatMap((each) => manifestOf(each) ?? []))
    const [path, another] = folders
    const manifest = another === undefined ? await reader.text(path) : undefined
    const json = manifest && parseLoosely(manifest.text)
    if (!manifest || !json) return undefined
    const dependencies = new Map(
      [json.dependencies, json.devDependencies].flatMap((each) =>
        isTable(each) ? Object.entries(each).map(([each, range]): [string, string] => [each, String(range)]) : [],
      ),
    )
    if (!dependencies.has(name)) return undefined
    const folder = manifest.path.slice(0, -'package.json'.length)
    return {
      folder,
      manifest,
      dependencies,
      built: own.map(textOf).join('\n'),
      tellsModules: tellsModules(build),
      hasConfig: (...names) => names.some((each) => paths.has(`${folder}${each}`)),
      async config(...names) {
        const [only, more] = names.map((each) => `${folder}${each}`).filter((each) => paths.has(each))
        return only === undefined || more !== undefined ? undefined : reader.text(only)
      },
    }
  }

  /** Whether a file may be of this app: not below the package.json of another one. */
  function isOf({folder}: App, place: string): boolean {
    const entries = withAbove(posix.dirname(place)).map((each) =>
      build.final.files.get(posix.join(each, 'package.json')),
    )
    const nearest = entries.find(Boolean)
    return nearest?.kind !== 'file' || `/${folder}`.startsWith(`/${posix.dirname(nearest.source)}/`.replace('/./', '/'))
  }

  function manifestOf({moment, folder}: BuildCommand): string | undefined {
    return moment.files.ownSource(posix.join(folder, 'package.json'), paths)
  }
}

const textOf = (command: BuildCommand): string =>
  [programOf(command), ...command.words.slice(1).map((word) => word ?? '?')].join(' ')
