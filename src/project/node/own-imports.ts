import {posix} from 'node:path'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {programOf} from '../image/shell.ts'
import type {Inputs} from '../inputs.ts'
import {type Started, startedBy} from '../processes.ts'
import {compiledImports} from './compiled-imports.ts'
import {ImageScripts} from './image-scripts.ts'
import {tscOutput} from './tsc-output.ts'

/** An import of the project's own code that ends the program when it is loaded. */
export interface OwnImport {
  by: string
  command: FileLocation
  /** The import, or what CommonJS alone knows. */
  at: FileLocation
  specifier: string
  /**
   * `left-out`: the project has the file, the image has not. `ending`: an ES module is imported without its ending.
   * `alias`: tsc writes the path of tsconfig.json as it stands. `common`: the file is an ES module, and this is CommonJS.
   * `output`: tsc writes CommonJS, and package.json says ES modules. `import`: the file is CommonJS, and this is not.
   */
  kind: 'left-out' | 'ending' | 'alias' | 'common' | 'output' | 'import'
  /** The file that is meant; of `alias` and `output` the tsconfig.json. */
  file: string
  /** Of `left-out`: where it would be; of `ending`: what to write. */
  place: string
  /** What makes the file an ES module or CommonJS, or names the alias. */
  because: FileLocation | undefined
}

/** Flags by which node finds files in a way of its own; NODE_OPTIONS may hold them, too. */
const loaders = /^(?:-r|--require|--import|--loader|--experimental-\S+|--es-module\S*|--conditions|-C)\b/

export async function loadOwnImports(inputs: Inputs, facts: FactStore): Promise<Fact<OwnImport[]>> {
  const [build, files, flyConfig] = await Promise.all([
    facts.get('build'),
    facts.get('files'),
    facts.value('flyConfig'),
  ])
  if (build.state !== 'ok') return build
  if (files.state !== 'ok') return files
  const {workingDir, env} = build.value.final.config
  if (!workingDir || env.has('NODE_OPTIONS') || flyConfig?.config.env?.NODE_OPTIONS) return known([])
  const {mounts = [], files: copied = []} = flyConfig?.config ?? {}
  const covered = [...mounts.map(({destination}) => destination), ...copied.map((each) => each.guest_path)]
  const unknown = () => undefined
  const {started} = await startedBy(inputs, facts, {inShell: unknown, outside: unknown, packageScripts: true})
  const image = new ImageScripts(build.value, inputs.reader, files.value, covered)
  const found: OwnImport[] = []
  const seen = new Set<string>()
  for (const each of started) {
    const script = scriptOf(each)
    const path = script && posix.resolve(workingDir, script)
    const moves = started.some(({by, command}) => by === each.by && goesElsewhere(command.words))
    if (!path || !each.certain || moves || seen.has(path)) continue
    seen.add(path)
    const output = programOf(each.command) === 'node' ? await tscOutput(build.value, inputs.reader) : undefined
    const faults = image.holds(path)
      ? await image.faults(path, programOf(each.command) === 'node')
      : output && (await compiledImports(posix.relative(workingDir, path), output, inputs.reader, files.value))
    for (const fault of faults ?? []) {
      if (found.some(({at}) => at.file === fault.at.file && at.line === fault.at.line)) continue
      found.push({...fault, by: each.by, command: each.command.at})
    }
  }
  return known(found)
}

export type ScriptFault = Omit<OwnImport, 'by' | 'command'>

const goesElsewhere = (words: readonly (string | undefined)[]): boolean =>
  words[0] === 'cd' ||
  words.some((word) => /^(?:-w|--workspaces?|--prefix|--filter|-C|-F|--cwd|--dir)\b/.test(word ?? ''))

/** `node --enable-source-maps server.js`; undefined where it is not plain what is started, and how. */
function scriptOf({command}: Started): string | undefined {
  const [, ...rest] = command.words
  if (!/^(?:node|bun|tsx)$/.test(programOf(command) ?? '') || rest.some((word) => loaders.test(word ?? '')))
    return undefined
  const words = programOf(command) === 'bun' && rest[0] === 'run' ? rest.slice(1) : rest
  const script = words.find((word) => !word?.startsWith('-'))
  return script && /^[\w@./-]+\.[cm]?[jt]s$/.test(script) ? script : undefined
}
