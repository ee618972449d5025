import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {flagOf, type Instruction, lineage} from '../../dockerfile/parse.ts'
import type {Inputs} from '../../inputs.ts'
import type {BuildCommand} from '../build-commands.ts'
import {copyOf, workdirOf} from '../context-path.ts'
import {imagePath, isBelow} from '../image-path.ts'
import {isQuiet} from '../quiet-run.ts'
import {programOf} from '../shell.ts'
import {assemblies, publishFolder} from './dotnet.ts'
import type {Project} from './output.ts'

/** What a build should have made for a machine to start, and that is not in the image. */
export interface MissingEntry {
  by: string
  /** As the command names it, and in the image. */
  script: string
  path: string
  at: FileLocation
  /** Where a COPY lays one of its name, or all that the build made. */
  laid: {path: string; at: FileLocation} | undefined
  /** What the build calls it, by which project file, and the command; undefined where nothing brings it at all. */
  misnamed: {names: string[]; file: string; build: FileLocation} | undefined
}

/** `java -jar app.jar`, `dotnet Shop.dll`. */
function entryOf([program = '', ...rest]: readonly string[]): string | undefined {
  const name = program.split('/').at(-1)
  if (name === 'java') return rest[rest.indexOf('-jar') + 1 || rest.length]
  const [first = '', second] = rest
  const file = first === 'exec' ? second : first
  return name === 'dotnet' && file?.endsWith('.dll') ? file : undefined
}

export async function loadEntries({reader}: Inputs, facts: FactStore): Promise<Fact<MissingEntry[]>> {
  const [build, buildCommands, processes, files, flyConfig] = await Promise.all([
    facts.get('build'),
    facts.get('buildCommands'),
    facts.get('processes'),
    facts.get('files'),
    facts.value('flyConfig'),
  ])
  if (build.state !== 'ok') return build
  if (buildCommands.state !== 'ok') return buildCommands
  if (processes.state !== 'ok') return processes
  if (files.state !== 'ok') return files
  const {stages, final, has, lacks} = build.value
  const project: Project = {reader, tracked: new Set(files.value.paths)}
  const instructions = lineage(final.stage).flatMap((each) => each.instructions)
  const copies = [...copiedFrom(instructions)]
  const places = new Set([final.stage.at.file, flyConfig?.file])
  const {mounts = [], files: written = []} = flyConfig?.config ?? {}
  const found: MissingEntry[] = []
  for (const {by, text, at, certain} of processes.value.commands) {
    const script = entryOf(text.split(' '))
    // What scripts start may be relative to any folder.
    const moves = processes.value.commands.some((each) => each.by === by && /^(?:cd|pushd)\b/.test(each.text))
    if (!certain || !places.has(at.file) || !script || /[?$*]/.test(script)) continue
    if (!script.startsWith('/') && (moves || !final.config.workingDir)) continue
    const path = imagePath(final.config.workingDir, script)
    const isPut = mounts.some(({destination}) => destination && isBelow(path, destination))
    if (isPut || written.some(({guest_path: guest}) => guest === path) || found.some((each) => each.path === path))
      continue
    const held = has(path)
    const misnamed = held === 'maybe' && script.endsWith('.dll') ? await published(path) : undefined
    if (misnamed || (held === 'no' && lacks(path))) found.push({by, script, path, at, laid: laidAt(path), misnamed})
  }
  return known(found)

  function laidAt(path: string): MissingEntry['laid'] {
    const laid = copies.find(({target}) => target !== path && posix.basename(target) === posix.basename(path))
    return laid && {path: laid.target, at: laid.at}
  }

  /** What a publish called it whose whole folder a COPY brings; undefined where it may have that name. */
  async function published(path: string): Promise<MissingEntry['misnamed']> {
    const name = posix.basename(path)
    const [copy, another] = copies.filter(({target}) => isBelow(path, target))
    const [taken, more] = copy?.sources ?? []
    if (!copy || another || copy.target !== posix.dirname(path) || taken === undefined || more !== undefined)
      return undefined
    const {from} = copy
    if (
      final.unknown.some(
        ({by, text = ''}) =>
          by === 'run' && !isQuiet(text) && (text.includes(name) || /\b(?:cp|mv|ln|tar|unzip|curl|wget)\b/.test(text)),
      )
    )
      return undefined
    const source = stages.find(({stage}) => stage.name === from.toLowerCase() || String(stage.index) === from)
    const own = source ? lineage(source.stage) : []
    const commands = buildCommands.state === 'ok' ? buildCommands.value.commands : []
    const publishes = commands.filter((each) => own.includes(each.moment.stage) && isPublish(each))
    const [only, other] = publishes
    if (!only || other) return undefined
    const folder = await publishFolder(only, project)
    if (folder?.path !== posix.resolve('/', taken)) return undefined
    const brought = await assemblies(only, project)
    if (!brought || brought.names.includes(name) || mayBeMade(only, name)) return undefined
    return {...brought, build: only.at}
  }
}

/** What comes from other stages, and where it is laid. */
function* copiedFrom(
  instructions: readonly Instruction[],
): Generator<{from: string; sources: string[]; target: string; at: FileLocation}> {
  for (const [index, instruction] of instructions.entries()) {
    const from = flagOf(instruction, 'from')
    const copy = copyOf(instruction)
    if (from === undefined || !copy || copy.target.includes('$')) continue
    const target = posix.resolve('/', workdirOf(instructions.slice(0, index)), copy.target)
    yield {from, sources: copy.sources, target, at: instruction.at}
  }
}

const isPublish = (command: BuildCommand): boolean => programOf(command) === 'dotnet' && command.words[1] === 'publish'

/** Whether something else in the stage speaks of it. */
const mayBeMade = ({moment}: BuildCommand, name: string): boolean =>
  lineage(moment.stage).some(({instructions}) =>
    instructions.some(({keyword, text}) => keyword === 'RUN' && text.includes(name)),
  )
