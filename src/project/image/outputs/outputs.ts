import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {groupBy} from '../../../group-by.ts'
import {lineage, mountsOf, mountTarget, type Stage} from '../../dockerfile/parse.ts'
import type {Inputs} from '../../inputs.ts'
import type {BuildCommand} from '../build-commands.ts'
import {isBelow} from '../files/image-path.ts'
import {programOf} from '../shell/command.ts'
import {cachedBy} from './cached.ts'
import {cargo} from './cargo.ts'
import {dotnet} from './dotnet.ts'
import {go} from './go.ts'
import {gradle} from './gradle.ts'
import {maven} from './maven.ts'
import {mixReleases, neverReleased} from './mix-release.ts'
import {type Made, type OutputRule, type Project, stepOf} from './output.ts'
import {copied, moved, othersOf, type Taken} from './taken.ts'
import {toldPlaces} from './told-places.ts'

/** What a COPY or a `cp` takes of a build, and what the build does not write under that name. */
export interface MissingOutput {
  stage: string
  /** A path in the stage, maybe with a pattern for its last part. */
  wanted: string
  tool: string
  /** What is there instead, the likeliest first. */
  made: string[]
  /**
   * `several`: a pattern finds more than fit into the one file of a `cp`; of a COPY the last one would be taken.
   * `nothing`: the pattern of a COPY finds none, at which it does not stop. `unmade`: no command makes it at all.
   */
  kind: 'misnamed' | 'several' | 'nothing' | 'cached' | 'unmade'
  /** Why it is called so: `after the module example.com/shop`. */
  because: string
  at: FileLocation
  build: FileLocation
  /** Nothing else in the stage can have made it. */
  sure: boolean
}

const rules: readonly OutputRule[] = [go, cargo, maven, gradle, dotnet, mixReleases, ...toldPlaces]

export async function loadOutputs({reader}: Inputs, facts: FactStore): Promise<Fact<MissingOutput[]>> {
  const [build, {commands}, files] = await facts.needAll('build', 'buildCommands', 'files')
  const builds = new Builds(commands)
  const project: Project = {reader, tracked: files}
  // Each is told once.
  const found = new Map<string, MissingOutput>()
  for (const taken of [...copied(build), ...moved(build, commands)]) {
    const missing = (await missingOutput(taken, builds, project)) ?? cached(taken)
    const what = missing && JSON.stringify([missing.stage, missing.wanted])
    if (what !== undefined && !found.has(what)) found.set(what, missing as MissingOutput)
  }
  return known([...found.values()])
}

/** What a tool without a rule writes into a cache. */
function cached(taken: Taken): MissingOutput | undefined {
  const found = cachedBy(taken)
  if (!found) return undefined
  const {stage, path, at} = taken
  const {at: build, sure} = found
  return {stage, wanted: path, tool: '', made: [], kind: 'cached', because: '', at, build, sure}
}

/** The commands that write what a rule knows: looked for once, whatever is taken of them. */
export class Builds {
  readonly #commands: readonly BuildCommand[]
  readonly #byRule = new Map<OutputRule, ReadonlyMap<Stage, BuildCommand[]>>()

  constructor(commands: readonly BuildCommand[]) {
    this.#commands = commands
  }

  /** All commands of a stage and of those that it is built on. */
  in(stage: Stage): BuildCommand[] {
    const stages = lineage(stage)
    return this.#commands.filter(({moment}) => stages.includes(moment.stage))
  }

  /** In a stage and those that it is built on, in order. */
  of(rule: OutputRule, stage: Stage): BuildCommand[] {
    let byStage = this.#byRule.get(rule)
    if (!byStage) {
      byStage = groupBy(
        this.#commands.filter((each) => rule.builds.test(textOf(each))),
        ({moment}) => moment.stage,
      )
      this.#byRule.set(rule, byStage)
    }
    return byStage.size === 0 ? [] : lineage(stage).flatMap((each) => byStage.get(each) ?? [])
  }
}

/** What is taken and no build of the stage writes; undefined where it may be there. */
export async function missingOutput(
  taken: Taken,
  allBuilds: Builds,
  project: Project,
): Promise<MissingOutput | undefined> {
  for (const rule of rules.filter(({wanted}) => wanted.test(taken.path))) {
    const builds = allBuilds.of(rule, taken.source.stage)
    const missing = builds.length > 0 ? await missingOf(taken, builds, rule) : await unmade(taken, rule)
    if (missing) return missing
  }
  return undefined

  /** A release that no command of the stage makes. */
  async function unmade(taken: Taken, rule: OutputRule): Promise<MissingOutput | undefined> {
    const {stage, source, path, at} = taken
    if (rule !== mixReleases || taken.moved || source.files.get(path) || othersOf(taken, rule) !== 'none')
      return undefined
    const last = neverReleased(allBuilds.in(source.stage))
    const manifest = last && (await stepOf(last, project).read('mix.exs'))
    if (!manifest || /"release"|&\w+\/\d/.test(manifest.text.text)) return undefined
    return {stage, wanted: path, tool: rule.tool, made: [], kind: 'unmade', because: '', at, build: last.at, sure: true}
  }

  async function missingOf(
    {stage, source, path, at, ...taken}: Taken,
    builds: readonly BuildCommand[],
    rule: OutputRule,
  ): Promise<MissingOutput | undefined> {
    const [first] = builds as [BuildCommand]
    if (source.files.get(path) || builds.some(({conditional}) => conditional)) return undefined
    const others = othersOf({source, path, ...taken}, rule)
    if (others === 'may make it') return undefined
    const common = {stage, wanted: path, tool: rule.tool, at, build: first.at, sure: others === 'none'}
    if (!taken.moved && builds.every((each) => isCached(each, path)))
      return {...common, kind: 'cached', made: [], because: ''}
    const all: Made[] = []
    for (const each of builds) {
      const made = await rule.made(each, path, project)
      if (!made) return undefined
      // What is surely written under that very name, and in another folder, is what is meant.
      const isElsewhere = made.alone && made.names.includes(posix.basename(path))
      if (!rule.ownFolder && made.folder !== posix.dirname(path) && !isElsewhere) return undefined
      if (made.alone && others !== 'none') return undefined
      all.push(made)
    }
    const name = posix.basename(path)
    const fits = glob(name)
    const here = all.filter(({folder}) => folder === posix.dirname(path))
    const matching = [...new Set(here.flatMap(({names}) => names.filter((each) => fits.test(each))))]
    const [made] = here.length > 0 ? here : all
    if (!made) return undefined
    const sure = common.sure && !all.some(({likely}) => likely)
    const there = {made: matching.map((each) => posix.join(made.folder, each)), because: made.because, sure}
    if (matching.length > 1 && taken.moved?.toFile) return {...common, kind: 'several', ...there}
    if (matching.length > 0 || here.some((each) => mayMatch(name, each))) return undefined
    const instead = [...new Set(all.flatMap(({folder, names}) => names.map((each) => posix.join(folder, each))))]
    const kind = name.includes('*') && !taken.moved ? 'nothing' : 'misnamed'
    return {...common, kind, made: instead, because: made.because, sure}
  }
}

const textOf = ({words}: Pick<BuildCommand, 'words'>): string =>
  [programOf({words}), ...words.slice(1).map((word) => word ?? '')].join(' ')

/** Whether the RUN of a build has a mount of a cache over a path: what lies in it is in no layer. */
function isCached({moment: {instruction, workingDir}}: BuildCommand, path: string): boolean {
  return mountsOf(instruction).some((mount) => {
    const target = posix.resolve(workingDir, mountTarget(mount) ?? '/')
    return mount.get('type') === 'cache' && path !== target && isBelow(path, target)
  })
}

const glob = (name: string): RegExp =>
  new RegExp(`^${name.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`)

/** What plugins put behind the name of an archive. */
const classifiers =
  'all boot bin dist exec fat jar-with-dependencies javadoc native plain runner shaded sources tests uber'.split(' ')

function mayMatch(name: string, {names, mayWrite}: Made): boolean {
  if (!name.includes('*')) return mayWrite?.test(name) ?? false
  const bases = names.map((each) => each.slice(0, -posix.extname(each).length))
  return bases.some((base) => classifiers.some((each) => glob(name).test(`${base}-${each}${posix.extname(name)}`)))
}
