/** The packages that node loads as soon as a program of the image starts. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import type {FactStore} from '../../../facts.ts'
import {isTable} from '../../documents/document.ts'
import {parseLoosely} from '../../documents/json.ts'
import type {Build} from '../../image/build.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {homeOf} from '../installs/install-place.ts'
import {behindSettings, foundScript} from '../scripts/started-script.ts'
import {type LoadedSource, loadedSources} from './loaded-sources.ts'
import {scriptImports} from './script-imports.ts'

export interface StartedPackage {
  name: string
  at: FileLocation
  /** `CMD`: what starts the program, and where. */
  by: string
  command: FileLocation
  /** Loaded by `require`: as it is written, or as tsc writes it (`compiled`). */
  required: 'written' | 'compiled' | undefined
  /** The dependencies of the package.json of the program. */
  declared: Readonly<Record<string, unknown>>
}

/** What changes how node loads a module. */
const loaders = /^(?:-r|--require|--import|--loader|--experimental-(?:loader|require-module))(?:=|$)/

/** A program that node starts, the package.json of its folder, and the files of the project that it loads. */
export interface StartedSources {
  by: string
  command: FileLocation
  folder: string
  origin: string
  manifest: Readonly<Record<string, unknown>>
  sources: LoadedSource[]
}

export async function startedSources({reader}: Inputs, facts: FactStore): Promise<StartedSources[]> {
  const [[build, paths, processes], flyConfig] = await Promise.all([
    facts.needAll('build', 'files', 'processes'),
    facts.value('flyConfig'),
  ])
  const {workingDir, env} = build.final.config
  if (!workingDir || env.has('NODE_OPTIONS') || flyConfig?.config.env?.NODE_OPTIONS) return []
  const {started, texts} = await startedCommands(facts)
  // A script, or npm by its settings, may hand node the same.
  const settings = await reader.texts(paths.named('.npmrc'))
  const isSet = [...texts, ...settings].some(({text}) => /NODE_OPTIONS|^[ \t]*node-options\b/m.test(text))
  if (isSet || processes.mayAssign('NODE_OPTIONS')) return []
  // A RUN of any stage may write another file in its place: what a bundler makes asks for no package.
  const runs = textsOfRuns(build)
  const isWritten = (path: string) => runs.some((text) => text.includes(posix.basename(path)))
  const found: StartedSources[] = []
  for (const each of started) {
    const words = behindSettings(each.command.words)
    if (!each.certain || programOf({words: [...words]}) !== 'node' || words.some((word = '') => loaders.test(word)))
      continue
    const script = await foundScript(each, workingDir, {files: build.final.files, reader})
    if (script === undefined) continue
    const path = posix.resolve(workingDir, script)
    const {folder, origin} = homeOf(path, build, paths) ?? {folder: workingDir, origin: ''}
    const manifest = parseLoosely((await reader.text(posix.join(origin, 'package.json')))?.text ?? '') ?? {}
    const sources = await loadedSources(path, {folder, origin}, build, {reader, paths})
    const own = sources.filter(({file}) => !isWritten(file.path))
    found.push({by: each.by, command: each.command.at, folder, origin, manifest, sources: own})
  }
  return found
}

/** What RUNs do that is not seen. */
const textsOfRuns = (build: Build): string[] =>
  build.stages.flatMap(({unknown}) => unknown.flatMap(({by, text}) => (by === 'run' && text) || []))

export async function startedPackages(inputs: Inputs, facts: FactStore): Promise<StartedPackage[]> {
  const {reader} = inputs
  const [[build, paths], programs] = await Promise.all([facts.needAll('build', 'files'), startedSources(inputs, facts)])
  const runs = textsOfRuns(build)
  const found = new Map<string, StartedPackage>()
  for (const {by, command, folder, origin, manifest, sources} of programs) {
    const declared = isTable(manifest.dependencies) ? manifest.dependencies : {}
    // What is built for a package of ES modules has other settings than these.
    const isCommon = manifest.type !== 'module' && (await writesCommonJs(origin))
    for (const {file, imports, isBundled, isOneFile} of sources) {
      const nearer = await dependenciesBetween(file.path, origin)
      const isTyped = /\.[cm]?tsx?$/.test(file.path)
      const written = isTyped ? [] : scriptImports(file.text).filter(({by}) => by === 'require')
      for (const {text, start, end} of isBundled || isOneFile ? [] : imports) {
        const [name] = /^(?:@[\w.-]+\/)?[\w.-]+$/.exec(text) ?? []
        if (name === undefined || found.has(name) || nearer.has(name)) continue
        // Another version of it, by hand.
        if (
          runs.some((run) => run.includes(`${name}@`)) ||
          build.final.files.get(posix.join(folder, 'node_modules', name))
        )
          continue
        const isRequired = isTyped ? isCommon : written.some((other) => other.start === start)
        const required = isRequired ? (isTyped ? 'compiled' : 'written') : undefined
        const at = file.span(start, end)
        found.set(name, {name, at, by, command, required, declared})
      }
    }
  }
  return [...found.values()]

  /** What a package.json between the file and that of the program asks for: it is in a node_modules of its own. */
  async function dependenciesBetween(path: string, origin: string): Promise<ReadonlySet<string>> {
    const names = new Set<string>()
    for (let each = posix.dirname(path); each !== (origin || '.') && each !== '.'; each = posix.dirname(each)) {
      const manifest = parseLoosely((await reader.text(posix.join(each, 'package.json')))?.text ?? '')
      if (isTable(manifest?.dependencies)) for (const name of Object.keys(manifest.dependencies)) names.add(name)
    }
    return names
  }

  async function writesCommonJs(origin: string): Promise<boolean> {
    const config = await reader.text(posix.join(origin, 'tsconfig.json'))
    const options = parseLoosely(config?.text ?? '')?.compilerOptions
    // swc has settings of its own.
    return (
      !paths.has(posix.join(origin, '.swcrc')) &&
      isTable(options) &&
      String(options.module).toLowerCase() === 'commonjs'
    )
  }
}
