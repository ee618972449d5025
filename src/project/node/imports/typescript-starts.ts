/** Files of TypeScript that node is given, and that the Node of the image does not run. */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import type {Instruction, Stage} from '../../dockerfile/parse.ts'
import {parseLoosely} from '../../documents/json.ts'
import type {FileTree} from '../../image/files/file-tree.ts'
import {withAbove} from '../../image/files/image-path.ts'
import type {Past} from '../../image/history.ts'
import {programOf} from '../../image/shell/command.ts'
import type {Inputs} from '../../inputs.ts'
import {startedCommands} from '../../processes/processes.ts'
import {broughtVersion} from '../../toolchains/brought-version.ts'
import {node} from '../../toolchains/node.ts'
import {hasModuleSyntax} from './script-imports.ts'
import {refusesTypes} from './strip-types.ts'

export interface TypeScriptStart {
  /** What starts it; undefined for a RUN. */
  by: string | undefined
  at: FileLocation
  /** The file of the project. */
  file: string
  /** `flag`: this Node does not know the flag that it is given. */
  why: 'types' | 'flag'
  flag: string
  /** `20`, of `node:20-slim`, and where that is written. */
  has: string
  from: string
  fromAt: FileLocation
}

/** Flags by which something else reads the file. */
const loaders = /^(?:-r|--require|--import|--loader|--experimental-(?:specifier-resolution|loader)|--test|-e|-p)\b/
const stripFlag = /^--(?:experimental-)?(?:strip|transform)-types$/

interface Start {
  by: string | undefined
  at: FileLocation
  words: readonly (string | undefined)[]
  folder: string
  files: FileTree
  variables: Past
  stage: Stage
  instruction?: Instruction
}

export async function loadTypeScriptStarts(inputs: Inputs, facts: FactStore): Promise<Fact<TypeScriptStart[]>> {
  const [[{final}, dockerfile, tracked], buildCommands, flyConfig] = await Promise.all([
    facts.needAll('build', 'dockerfile', 'files'),
    facts.value('buildCommands'),
    facts.value('flyConfig'),
  ])
  const {started} = await startedCommands(facts)
  const settings = new Map([...final.config.env, ...Object.entries(flyConfig?.config.env ?? {})])
  const running = started.flatMap(({by, command, certain, folder}): Start[] => {
    if (!certain || folder === undefined) return []
    return [
      {
        by,
        at: command.at,
        words: command.words,
        folder,
        files: final.files,
        variables: settings,
        stage: final.stage,
      },
    ]
  })
  const building = (buildCommands?.commands ?? [])
    .filter(({conditional, decisive}) => !conditional && decisive)
    .map(({at, words, folder, moment}): Start => {
      const {files, variables, stage, instruction} = moment
      return {by: undefined, at, words, folder, files, variables, stage, instruction}
    })
  const found: TypeScriptStart[] = []
  for (const start of [...running, ...building]) {
    const gap = await gapOf(start)
    if (gap && !found.some(({file, by}) => file === gap.file && (by === undefined) === (gap.by === undefined)))
      found.push(gap)
  }
  return known(found)

  async function gapOf({
    by,
    at,
    words,
    folder,
    files,
    variables,
    stage,
    instruction,
  }: Start): Promise<TypeScriptStart | undefined> {
    const [, ...rest] = words
    if (programOf({words: [...words]}) !== 'node' || rest.includes(undefined) || variables.has('NODE_OPTIONS'))
      return undefined
    const args = rest as string[]
    const script = args.find((word) => !word.startsWith('-'))
    if (!script || !/^[\w@./-]+\.m?ts$/.test(script)) return undefined
    const flags = args.slice(0, args.indexOf(script))
    const entry = files.get(posix.resolve(folder, script))
    if (entry?.kind !== 'file' || !tracked.has(entry.source) || flags.some((each) => loaders.test(each)))
      return undefined
    // NODE_OPTIONS before the command.
    if (instruction?.text.includes('NODE_OPTIONS')) return undefined
    const brought = broughtVersion(node, stage, instruction, dockerfile)
    const why = brought && refusesTypes(brought.has, flags)
    if (!brought || !why || (why === 'types' && !(await stops(entry.source)))) return undefined
    const flag = flags.find((each) => stripFlag.test(each)) ?? ''
    // … or in the script of package.json or of the shell.
    if (at.file && (await inputs.reader.text(at.file))?.text.includes('NODE_OPTIONS')) return undefined
    return {by, at, file: entry.source, why, flag, has: brought.has, from: brought.from, fromAt: brought.at}
  }

  /** An ES module stops by its ending alone, CommonJS at the first `import`: what has no types may run as it is. */
  async function stops(source: string): Promise<boolean> {
    if (source.endsWith('.mts')) return true
    const text = (await inputs.reader.text(source))?.text ?? ''
    if (hasModuleSyntax(text)) return true
    const [manifest] = withAbove(posix.join('/', posix.dirname(source)))
      .map((each) => posix.join(each, 'package.json').slice(1))
      .filter((each) => tracked.has(each))
    const own = await inputs.reader.text(manifest)
    return parseLoosely(own?.text ?? '')?.type === 'module'
  }
}
