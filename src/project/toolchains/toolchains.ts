import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, type Known, known} from '../../facts.ts'
import type {Dockerfile} from '../dockerfile/dockerfile.ts'
import {flagOf, type Instruction, lineage, rootImage, type Stage} from '../dockerfile/parse.ts'
import {plainName} from '../image/base-images.ts'
import {located} from '../image/moment.ts'
import {programOf} from '../image/shell.ts'
import type {Inputs} from '../inputs.ts'
import type {TextFile} from '../text.ts'
import {dotnet} from './dotnet.ts'
import {elixir} from './elixir.ts'
import {go} from './go.ts'
import {imageVersion, type Language} from './image-versions.ts'
import {java} from './java.ts'
import {node} from './node.ts'
import {corepack, nodeTools, yarn} from './node-tools.ts'
import {php} from './php.ts'
import {everyOf, isBelow, meets, type Version} from './ranges.ts'
import {ruby} from './ruby.ts'
import type {Demand, Rule} from './rule.ts'
import {rust} from './rust.ts'
import {StepProject} from './step-project.ts'

/** A version that a stage builds the project with, and that the project does not accept. */
export interface ToolchainGap {
  language: Language
  /** Where the version comes from: `golang:1.23-alpine`. */
  from: string
  /** `1.23`: any 1.23.x. */
  has: string
  /** Where it is written: the FROM, or the ARG that fills it in. */
  at: FileLocation
  demand: Demand
  /** `go build stops`. */
  outcome: string
  /** The command that stops, or that makes what does not run. */
  command: FileLocation
  /** A version that the project accepts, with as many numbers as the tags have. */
  accepted: string
  /** A deploy command that fills in the ARG with what is not known here: the version is the default of that. */
  passed: {by: FileLocation; argument: string} | undefined
  /** The command surely runs, and its failure ends the build. */
  certain: boolean
  /** The build passes, and what it makes does not run. */
  atRuntime: boolean
}

const rules: readonly Rule[] = [go, rust, php, ruby, elixir, dotnet, java, node, nodeTools, corepack, yarn]

export async function loadToolchains({reader, options}: Inputs, facts: FactStore): Promise<Fact<ToolchainGap[]>> {
  const [build, dockerfile, deploy, flyConfig] = await Promise.all([
    facts.get('build'),
    facts.get('dockerfile'),
    facts.value('deployCommands'),
    facts.value('flyConfig'),
  ])
  if (build.state !== 'ok') return build
  if (dockerfile.state !== 'ok') return dockerfile
  const settings = Object.keys(flyConfig?.config.env ?? {})
  const gaps: ToolchainGap[] = []
  const {final} = build.value
  for (const built of build.value.stages) {
    for (const step of built.moments) {
      const commands = located(step.commands, step.workingDir).map(({command, folder}) => {
        const text = [programOf(command), ...command.words.slice(1).map((word) => word ?? '')].join(' ')
        return {command, folder, text}
      })
      for (const rule of rules) {
        // Only then what the stage has by then is looked for, in all that ran before.
        const own = commands.filter(({text}) => rule.command.test(text))
        if (own.length === 0) continue
        const brought = versionIn(rule, built.stage, step.instruction)
        const atRuntime =
          rule.runtime && copiesFrom(final.stage, built.stage) ? versionIn(rule, final.stage) : undefined
        if (!brought && !atRuntime) continue
        for (const {command, folder, text} of own) {
          const project = new StepProject(step, {command, folder}, reader)
          const demands = await rule.demands(project, brought?.has ?? '')
          const certain = command.decisive && !command.conditional
          const common = {command: command.at, precision: rule.precision, certain}
          if (brought) compare(brought, demands, {...common, outcome: `${nameOf(text)} stops`, atRuntime: false})
          if (!atRuntime || !rule.runtime) continue
          const later = await rule.runtime.demands(project, demands)
          compare(atRuntime, later, {...common, outcome: rule.runtime.outcome, atRuntime: true})
        }
      }
    }
  }
  return known(gaps)

  /** The version that a stage has, before an instruction of it or at its end. */
  function versionIn(rule: Rule, stage: Stage, instruction?: Instruction): Brought | undefined {
    // [env] reaches what runs, and not the build.
    if (!instruction && settings.some((name) => rule.replaced.test(name))) return undefined
    const language = instruction ? rule.language : (rule.runtime?.language ?? rule.language)
    const found = broughtVersion({...rule, language}, stage, instruction, (dockerfile as Known<Dockerfile>).value)
    const {argument} = found ?? {}
    // What this run was given counts for it.
    if (!found || argument === undefined || Object.hasOwn(options.buildArgs ?? {}, argument)) return found
    const command = deploy?.passing(argument)
    // A version that the project's own deploy writes out is not compared.
    if (/^[\w.-]+$/.test(command?.buildArgs?.get(argument) ?? '')) return undefined
    return {...found, passed: command && {by: command.at, argument}}
  }

  function compare(
    {language, from, has, at, passed}: Brought,
    demands: readonly Demand[],
    {
      precision,
      certain,
      ...rest
    }: Pick<ToolchainGap, 'command' | 'outcome' | 'certain' | 'atRuntime'> & Pick<Rule, 'precision'>,
  ): void {
    // One root cause is told once.
    if (gaps.some((gap) => gap.at.line === at.line && gap.language === language)) return
    const demand = demands.find(({range}) => !meets(everyOf(has), range))
    if (!demand) return
    const accepted = acceptedBy(demand, has, precision)
    gaps.push({
      language,
      from,
      has,
      at,
      demand,
      accepted,
      passed,
      certain: certain && !demand.likely && !passed,
      ...rest,
      ...(demand.outcome && {outcome: demand.outcome}),
    })
  }
}

/** Whether an image takes something from a stage that it is not built on. */
const copiesFrom = (final: Stage, stage: Stage): boolean =>
  !lineage(final).includes(stage) &&
  lineage(final).some(({instructions}) =>
    instructions.some((each) => {
      const from = flagOf(each, 'from')?.toLowerCase()
      return from !== undefined && (from === stage.name || from === String(stage.index))
    }),
  )

/** `npm run build` of `npm --silent run build -- --x`. */
function nameOf(text: string): string {
  const words =
    text
      .split(' -- ')[0]
      ?.split(' ')
      .filter((word) => !word.startsWith('-')) ?? []
  return words.slice(0, words[1] === 'run' ? 3 : 2).join(' ')
}

interface Brought extends Pick<ToolchainGap, 'language' | 'from' | 'has' | 'at'> {
  /** The ARG that fills the version in. */
  argument: string | undefined
  passed?: ToolchainGap['passed']
}

/** The version of a language that a stage has when an instruction of it runs, or at its end; undefined where it cannot be known. */
function broughtVersion(
  rule: Rule,
  stage: Stage,
  instruction: Instruction | undefined,
  dockerfile: Dockerfile,
): Brought | undefined {
  const history = historyOf(stage)
  const behind = instruction ? (history.places.get(instruction) ?? -1) + 1 : history.instructions.length
  if (firstReplaced(rule, history) < behind) return undefined
  const image = rootImage(stage)
  const [base] = lineage(stage)
  const has = image && imageVersion(image, rule.language)
  if (image && has) return {language: rule.language, from: image, has, ...versionPlace(base as Stage, dockerfile.file)}
  if (!rule.packages || !image || !/^(?:debian|ubuntu)\b/.test(plainName(image))) return undefined
  const packaged = packagedVersion(history.instructions.slice(0, behind), rule.packages, dockerfile)
  return packaged && {language: rule.language, ...packaged}
}

/** The instructions of a stage and of those that it is built on; kept, as every command of it asks. */
interface History {
  instructions: readonly Instruction[]
  places: ReadonlyMap<Instruction, number>
  /** By what brings another version: the first that does. */
  replaced: Map<RegExp, number>
}
const histories = new WeakMap<Stage, History>()

function historyOf(stage: Stage): History {
  let history = histories.get(stage)
  if (!history) {
    const instructions = lineage(stage).flatMap((each) => each.instructions)
    history = {instructions, places: new Map(instructions.map((each, index) => [each, index])), replaced: new Map()}
    histories.set(stage, history)
  }
  return history
}

function firstReplaced({replaced}: Rule, history: History): number {
  let first = history.replaced.get(replaced)
  if (first === undefined) {
    first = history.instructions.findIndex(({text, line}) => replaced.test(text) || replaced.test(line.rest))
    if (first < 0) first = history.instructions.length
    history.replaced.set(replaced, first)
  }
  return first
}

/** The one version that the packages of the language have in their names. */
function packagedVersion(
  instructions: readonly Instruction[],
  packages: RegExp,
  {file, globals}: Dockerfile,
): Omit<Brought, 'language'> | undefined {
  const found = new Map<string, Omit<Brought, 'language'>>()
  for (const {keyword, text, at} of instructions) {
    if (keyword !== 'RUN') continue
    for (const [line] of text.matchAll(/[^\n]+/g)) {
      const filled = line.replace(/\$\{?(\w+)\}?/g, (whole, name: string) => globals.get(name) ?? whole)
      for (const [name, has] of filled.matchAll(packages)) {
        if (!has || found.has(has)) continue
        const [, argument] = /\$\{?(\w*VERSION\w*)/.exec(line) ?? []
        const place = argument && globals.get(argument) === has ? argumentLine(file, argument) : undefined
        found.set(has, {from: name, has, ...(place ? {at: file.lineSpan(place), argument} : {at, argument: undefined})})
      }
    }
  }
  return found.size === 1 ? [...found.values()][0] : undefined
}

/** The ARG that fills the version into a FROM, which is where another one is written; else the FROM. */
function versionPlace({from, at}: Stage, file: TextFile): Pick<Brought, 'at' | 'argument'> {
  for (const [, name] of from.line.rest.matchAll(/\$\{?(\w+)/g)) {
    const line = argumentLine(file, name as string)
    if (line && /\d/.test(file.line(line))) return {at: file.lineSpan(line), argument: name}
  }
  return {at, argument: undefined}
}

function argumentLine(file: TextFile, name: string): number | undefined {
  for (let number = 1; number <= file.lineCount; number++) {
    if (new RegExp(`^\\s*ARG\\s+(?:.*\\s)?${name}=`, 'i').test(file.line(number))) return number
  }
  return undefined
}

/** The oldest version behind the one that is there, or else the newest before it. */
function acceptedBy({range}: Demand, has: string, precision: number): string {
  const span = range.find((each) => isBelow(everyOf(has), [each])) ?? range.at(-1)
  const version: Version = span?.from ?? [0, 0, 0]
  const needed = version.findLastIndex((part) => part > 0) + 1
  return version.slice(0, Math.max(precision, needed)).join('.')
}
