import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {isJavaScriptProgram, runsOnNode} from '../../processes/javascript-commands.ts'
import {type Started, startedCommands} from '../../processes/processes.ts'
import {nodeOfBase} from '../../toolchains/other-node.ts'
import {ImageScripts} from '../scripts/image-scripts.ts'
import {asTsx, behindSettings, foundScript} from '../scripts/started-script.ts'
import {compiledImports} from '../typescript/compiled-imports.ts'
import {leftImports} from '../typescript/left-imports.ts'
import {memberOf, tscOutput} from '../typescript/tsc-output.ts'
import {memberImports} from '../workspace/member-imports.ts'
import {loadedSettings} from './loaded-settings.ts'
import {refusesTypes, transformsTypes} from './strip-types.ts'

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
   * `typed`: the file of that name is TypeScript. `syntax`: of TypeScript, which node does not translate.
   * `member`: another member of the workspace, which is TypeScript. `unbuilt`: one that nothing builds.
   * `inside`: another member, of TypeScript that node does not load. `json`: of JSON, without what node wants of it.
   * `settings`: an alias of a tsconfig.json that the image does not have. `refused`: TypeScript, and this node runs none.
   * `called`: what CommonJS alone knows, in a function.
   */
  kind:
    | 'left-out'
    | 'ending'
    | 'alias'
    | 'common'
    | 'output'
    | 'import'
    | 'typed'
    | 'syntax'
    | 'member'
    | 'unbuilt'
    | 'inside'
    | 'json'
    | 'settings'
    | 'refused'
    | 'called'
  /** The file that is meant; of `alias` and `output` the tsconfig.json. */
  file: string
  /** Of `left-out`: where it would be; of `ending`: what to write; of `typed`: where it is; of `inside`: what node does not load; of `json`: what is wrong. */
  place: string
  /** What makes the file an ES module or CommonJS, or names the alias. */
  because: FileLocation | undefined
  /** Of `left-out`: in a function, which is called later. */
  isLate?: boolean
  /** Of `left-out`: of TypeScript that tsx or Bun runs as it stands. */
  isRun?: boolean
  /** Of `left-out`, where tsc has written the file: the COPY that brings its folder. */
  copy?: string
}

export async function loadOwnImports(inputs: Inputs, facts: FactStore): Promise<Fact<OwnImport[]>> {
  const [[build, files], flyConfig, buildCommands] = await Promise.all([
    facts.needAll('build', 'files'),
    facts.value('flyConfig'),
    facts.value('buildCommands'),
  ])
  const {workingDir, env} = build.final.config
  if (!workingDir || env.has('NODE_OPTIONS') || flyConfig?.config.env?.NODE_OPTIONS) return known([])
  const {mounts = [], files: copied = []} = flyConfig?.config ?? {}
  const covered = [...mounts.map(({destination}) => destination), ...copied.map((each) => each.guest_path)]
  const {started} = await startedCommands(facts)
  const image = new ImageScripts(build, inputs.reader, files, covered)
  const node = await nodeOfBase(build.final.stage, files, inputs.reader)
  const found: OwnImport[] = []
  const seen = new Set<string>()
  for (const each of started) {
    const {folder} = each
    if (!each.certain || folder === undefined) continue
    const settings = loadedSettings(behindSettings(each.command.words), (name) =>
      image.holds(posix.resolve(folder, name)),
    )
    if (settings !== undefined) await lookInSettings(each, posix.resolve(folder, settings))
    const typed = asTsx(each.command.words)
    const script =
      (await foundScript({command: {...each.command, words: [...typed]}}, folder, {
        files: build.final.files,
        reader: inputs.reader,
      })) ?? (await nodeProgram(each.command.words[0], folder))
    const path = script && posix.resolve(folder, script)
    if (!path || seen.has(path)) continue
    seen.add(path)
    const words = behindSettings(typed).map((word) => word ?? '')
    const isNode = programOf({words}) === 'node' || script === words[0]
    // That is told of the command.
    if (isNode && /\.[cm]?ts$/.test(path) && (node === undefined || refusesTypes(node, words))) continue
    const below = posix.relative(workingDir, path)
    const refuses = node !== undefined && refusesTypes(node, words) === 'types'
    const output = isNode ? await tscOutput(build, inputs.reader, memberOf(below, build), files) : undefined
    const faults = image.holds(path)
      ? await image.faults(path, {isNode, transforms: transformsTypes(words), refuses: isNode && refuses})
      : output && (await compiledImports(below, output, inputs.reader, files))
    const left =
      isNode && !image.holds(path)
        ? await leftImports(path, {
            ...{build, programs: (await facts.value('tscPrograms')) ?? []},
            ...{reader: inputs.reader, paths: files},
          })
        : []
    const members = await memberImports(path, {
      build,
      commands: buildCommands?.commands ?? [],
      reader: inputs.reader,
      paths: files,
      refuses: isNode && refuses,
      inside: async (place) => {
        if (!isNode || node === undefined || refuses) return []
        const inner = await image.faults(place, {isNode, transforms: transformsTypes(words)})
        return inner.filter(({kind}) => kind === 'typed' || kind === 'syntax')
      },
    })
    for (const fault of [...(faults ?? []), ...left, ...members]) {
      // `--tsconfig-override` names another.
      if (fault.kind === 'settings' && words.some((word) => word.includes('tsconfig'))) continue
      if (found.some(({at}) => at.file === fault.at.file && at.line === fault.at.line)) continue
      found.push({...fault, by: each.by, command: each.command.at})
    }
  }
  return known(found)

  /** What loads the file of settings of a tool knows all kinds of modules: what is not there at all, ends it. */
  async function lookInSettings({by, command}: Started, path: string): Promise<void> {
    if (seen.has(path)) return
    seen.add(path)
    for (const fault of await image.faults(path, {isNode: false, transforms: true}))
      if (fault.kind === 'left-out' && !fault.isLate) found.push({...fault, by, command: command.at})
  }

  /** `/app/docker-entrypoint.js`, whose first line is `#!/usr/bin/env node`. */
  async function nodeProgram(word: string | undefined, folder: string): Promise<string | undefined> {
    if (!word || !isJavaScriptProgram(word)) return undefined
    const file = await inputs.reader.text(build.final.files.ownSource(posix.resolve(folder, word), files))
    return file && runsOnNode(file.text) ? word : undefined
  }
}

export type ScriptFault = Omit<OwnImport, 'by' | 'command'>
