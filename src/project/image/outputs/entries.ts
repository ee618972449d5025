import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {expand} from '../../dockerfile/expand.ts'
import {allInstructions, flagOf, type Instruction, lineage} from '../../dockerfile/parse.ts'
import {isNamed} from '../../dockerfile/stage-name.ts'
import {Files} from '../../files/files.ts'
import {ignoredPaths} from '../../git/git.ts'
import type {Inputs} from '../../inputs.ts'
import type {ServedBuild} from '../../node/output/served-builds.ts'
import type {BuildCommand} from '../build-commands.ts'
import {contextPath, copyOf, workdirAfter} from '../files/context-path.ts'
import {imagePath, isBelow} from '../files/image-path.ts'
import {isQuiet} from '../shell/quiet-run.ts'
import {assemblies, publishFolder} from './dotnet.ts'
import {releaseScripts} from './mix-release.ts'
import {nodeEntries} from './node-entries.ts'
import type {Project} from './output.ts'
import {Builds, missingOutput} from './outputs.ts'

/** What a build should have made for a machine to start, and that is not in the image. */
export interface MissingEntry {
  by: string
  /** As the command names it, and in the image. */
  script: string
  path: string
  at: FileLocation
  /** What started it goes on when it fails. */
  goesOn?: boolean
  /** Where a COPY lays one of its name, or all that the build made. */
  laid: {path: string; at: FileLocation} | undefined
  /** The last COPY from another stage, which brings something else. */
  copied: FileLocation | undefined
  /** What the build writes instead, and why; undefined where nothing brings it at all. */
  misnamed: {tool: string; names: string[]; because: string; build: FileLocation} | undefined
  /** It is no program: `next start` hands out what `next build` has written. */
  served?: ServedBuild | undefined
  /** The file that a COPY would bring there, which a step before the deploy may make: git ignores it. */
  madeLater: string | undefined
}

/** A build that writes a whole folder. */
interface FolderBuild {
  tool: string
  builds: RegExp
  /** What it writes, when this is not among it; `taken` is what is copied, `below` what is looked for in it. */
  brings(
    command: BuildCommand,
    wanted: {taken: string; below: string},
    project: Project,
  ): Promise<{names: string[]; because: string} | undefined>
}

const folderBuilds: readonly FolderBuild[] = [
  {tool: 'dotnet publish', builds: /^dotnet publish\b/, brings: published},
  {tool: 'mix release', builds: /^mix release\b/, brings: releaseScripts},
]

const runsBuild = /\b(?:build|tsc|tsup|compile|bundle)\b/

/** `java -jar app.jar`, `dotnet Shop.dll`, `/app/bin/server`, `target/release/shop`. */
function entryOf([program = '', ...rest]: readonly string[]): string | undefined {
  const name = program.split('/').at(-1)
  if (name === 'java') return rest[rest.indexOf('-jar') + 1 || rest.length]
  const [first = '', second] = rest
  const file = first === 'exec' ? second : first
  if (name === 'dotnet') return file?.endsWith('.dll') ? file : undefined
  return /(?:^|\/)(?:bin|target\/(?:[\w.-]+\/)?(?:release|debug))\/[\w-]+$/.test(program) ? program : undefined
}

export async function loadEntries(inputs: Inputs, facts: FactStore): Promise<Fact<MissingEntry[]>> {
  const {reader} = inputs
  const [[build, buildCommands, processes, files], flyConfig] = await Promise.all([
    facts.needAll('build', 'buildCommands', 'processes', 'files'),
    facts.value('flyConfig'),
  ])
  const [context, deploys] = await Promise.all([facts.value('buildContext'), facts.value('deployCommands')])
  const {stages, final, has, lacks} = build
  const project: Project = {reader, tracked: files}
  const instructions = allInstructions(final.stage)
  const copies = [...copiedFrom(instructions, (name) => final.config.env.get(name))]
  const builds = new Builds(buildCommands.commands)
  const places = new Set([final.stage.at.file, flyConfig?.file])
  const {mounts = [], files: written = []} = flyConfig?.config ?? {}
  const found: MissingEntry[] = []
  for (const {by, text, at, certain, folder} of processes.commands) {
    const script = entryOf(text.split(' '))
    if (!certain || !places.has(at.file) || !script || /[?$*]/.test(script)) continue
    if (!script.startsWith('/') && (folder === undefined || !final.config.workingDir)) continue
    const path = imagePath(folder ?? '/', script)
    const isPut = mounts.some(({destination}) => destination && isBelow(path, destination))
    if (isPut || written.some(({guest_path: guest}) => guest === path) || found.some((each) => each.path === path))
      continue
    const held = has(path)
    if (held === 'yes') continue
    const misnamed = (await misnamedIn(path)) ?? (await notBuilt(path, at))
    const isMissing = held === 'no' && lacks(path) && /\.(?:dll|jar|war)$/.test(script)
    if (misnamed || isMissing)
      found.push({
        ...{by, script, path, at, misnamed},
        laid: laidAt(path),
        copied: copies.at(-1)?.at,
        madeLater: misnamed ? undefined : await madeLater(path),
      })
  }
  for (const {index, ...each} of await nodeEntries(inputs, facts, {build, files})) {
    const isPut = [...mounts.map(({destination}) => destination), ...written.map((file) => file.guest_path)].some(
      (place) => place && isBelow(each.path, place),
    )
    if (isPut || found.some(({path}) => path === each.path)) continue
    const made = (await madeLater(each.path)) ?? (index && (await madeLater(index)))
    // A step of the workflow builds, and what it makes comes along.
    if (
      made !== undefined &&
      (await facts.value('workflows'))?.leadUp.some(({step}) => runsBuild.test(step.run?.text ?? ''))
    )
      continue
    found.push({...each, laid: laidAt(each.path), copied: copies.at(-1)?.at, misnamed: undefined, madeLater: made})
  }
  return known(found)

  /** What a COPY, of this stage or of one that it takes the folder from, would bring there. */
  async function madeLater(path: string, own = instructions, depth = 0): Promise<string | undefined> {
    const parts = path.split('/').slice(1)
    // `COPY packages/api /app/api` lays what has another path in the context.
    const places = [...parts.map((_, index) => parts.slice(index).join('/')), ...sourcesOf(path, own)]
    const ignored = await ignoredPaths(reader.root, places)
    const made = places.filter((place) => ignored.has(place) || deploys?.makes(place))
    const source = contextPath(path, '/', own, Files.of(made))
    if (source !== undefined) return context?.ruleAgainst(`/${source}`) ? undefined : source
    for (const {from, sources, target} of copiedFrom(own, (name) => final.config.env.get(name))) {
      const stage = stages.find((each) => isNamed(each.stage, from))?.stage
      if (!stage || sources.length !== 1 || depth > 5 || !isBelow(path, target)) continue
      const there = posix.resolve('/', sources[0] as string, posix.relative(target, path))
      const found = await madeLater(there, allInstructions(stage), depth + 1)
      if (found !== undefined) return found
    }
    return undefined
  }

  function laidAt(path: string): MissingEntry['laid'] {
    const laid = copies.find(({target}) => target !== path && posix.basename(target) === posix.basename(path))
    return laid && {path: laid.target, at: laid.at}
  }

  /** What a build writes of which a COPY brings the whole folder; undefined where it may be what is looked for. */
  async function misnamedIn(path: string): Promise<MissingEntry['misnamed']> {
    const [copy, another] = copies.filter(({target}) => isBelow(path, target))
    const [taken, more] = copy?.sources ?? []
    if (!copy || another || taken === undefined || more !== undefined || mayBePut(path)) return undefined
    const source = stages.find(({stage}) => stage.name === copy.from.toLowerCase() || String(stage.index) === copy.from)
    const own = source ? lineage(source.stage) : []
    const commands = buildCommands.commands
    for (const {tool, builds, brings} of folderBuilds) {
      const [only, other] = commands.filter(
        (each) => own.includes(each.moment.stage) && builds.test(each.words.join(' ')),
      )
      if (!only || other) continue
      const brought = await brings(
        only,
        {taken: posix.resolve('/', taken), below: posix.relative(copy.target, path)},
        project,
      )
      if (brought && !speaksOf(only, posix.basename(path))) return {tool, ...brought, build: only.at}
    }
    return undefined
  }

  /** What a build in the last stage itself writes in the place of it. */
  async function notBuilt(path: string, at: FileLocation): Promise<MissingEntry['misnamed']> {
    const missing = await missingOutput({at, stage: '', source: final, path}, builds, project)
    if (!missing?.sure || missing.kind === 'several') return undefined
    const {tool, made: names, kind, build: place} = missing
    const because = kind === 'cached' ? 'it into a cache mount, which is in no layer of the image' : missing.because
    return {tool, names, because, build: place}
  }

  /** Whether a RUN of the last stage may put it there. */
  function mayBePut(path: string): boolean {
    const movers = /\b(?:cp|mv|ln|tar|unzip|curl|wget)\b/
    return final.unknown.some(
      ({by, text = ''}) => by === 'run' && !isQuiet(text) && (text.includes(posix.basename(path)) || movers.test(text)),
    )
  }
}

/** The programs of the project, when the folder of `dotnet publish` is copied. */
async function published(
  command: BuildCommand,
  {taken, below}: {taken: string; below: string},
  project: Project,
): Promise<{names: string[]; because: string} | undefined> {
  const folder = await publishFolder(command, project)
  const brought = folder?.path === taken && below.endsWith('.dll') ? await assemblies(command, project) : undefined
  if (!brought || brought.names.includes(below)) return undefined
  return {names: brought.names, because: `after ${brought.file}`}
}

/** Where a path of the image would lie in the context, by the folders that are copied from there. */
function* sourcesOf(path: string, instructions: readonly Instruction[]): Generator<string> {
  let workdir = '/'
  for (const instruction of instructions) {
    workdir = workdirAfter(workdir, instruction)
    const copy = flagOf(instruction, 'from') === undefined ? copyOf(instruction) : undefined
    const target = copy && posix.resolve('/', workdir, copy.target)
    if (!copy || !target || !isBelow(path, target) || path === target) continue
    for (const source of copy.sources) {
      const place = posix.join(source, posix.relative(target, path)).replace(/^\/+/, '')
      if (!place.startsWith('..') && !/[*?$[]/.test(place)) yield place
    }
  }
}

/** What comes from other stages, and where it is laid. */
export function* copiedFrom(
  instructions: readonly Instruction[],
  variable: (name: string) => string | undefined,
): Generator<{from: string; sources: string[]; target: string; at: FileLocation}> {
  let workdir = '/'
  for (const instruction of instructions) {
    workdir = workdirAfter(workdir, instruction)
    const from = flagOf(instruction, 'from')
    const copy = copyOf(instruction)
    if (from === undefined || !copy || copy.target.includes('$')) continue
    const target = posix.resolve('/', workdir, copy.target)
    yield {from, sources: copy.sources.map((word) => expand(word, variable) ?? word), target, at: instruction.at}
  }
}

/** Whether something else in the stage speaks of it. */
const speaksOf = ({moment}: BuildCommand, name: string): boolean =>
  lineage(moment.stage).some(({instructions}) =>
    instructions.some(({keyword, text}) => keyword === 'RUN' && text.includes(name)),
  )
