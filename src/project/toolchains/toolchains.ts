import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {type PassedArgument, passedArgument} from '../deploys/passed-argument.ts'
import {copiesFrom, type Instruction, type Stage} from '../dockerfile/parse.ts'
import {located} from '../image/moment.ts'
import {programOf} from '../image/shell/command.ts'
import type {Inputs} from '../inputs.ts'
import {type Brought, broughtVersion} from './brought-version.ts'
import {dart} from './dart.ts'
import {dotnet} from './dotnet.ts'
import {elixir} from './elixir.ts'
import {gleam} from './gleam.ts'
import {go} from './go.ts'
import type {Language} from './image-versions.ts'
import {java} from './java.ts'
import {node} from './node.ts'
import {corepack, nodeTools, ownPnpm, yarn} from './node-tools.ts'
import {php, phpArtisan, phpAutoloader} from './php.ts'
import {everyOf, isBelow, meets, type Version} from './ranges.ts'
import {ruby} from './ruby.ts'
import type {Demand, Rule} from './rule.ts'
import {cargoInstall, rust} from './rust.ts'
import {StepProject} from './step-project.ts'
import {swift} from './swift.ts'

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
  passed: PassedArgument | undefined
  /** [build.args] fills in the ARG: what the Dockerfile says is not what is built. */
  given: {argument: string; value: string; at: FileLocation} | undefined
  /** The command surely runs, and its failure ends the build. */
  certain: boolean
  /** The build passes, and what it makes does not run. */
  atRuntime: boolean
}

const rules: readonly Rule[] = [
  go,
  rust,
  cargoInstall,
  php,
  phpAutoloader,
  phpArtisan,
  ruby,
  elixir,
  gleam,
  dotnet,
  java,
  swift,
  dart,
  node,
  nodeTools,
  ownPnpm,
  corepack,
  yarn,
]

export async function loadToolchains({reader, options}: Inputs, facts: FactStore): Promise<Fact<ToolchainGap[]>> {
  const [[build, dockerfile], deploy, flyConfig] = await Promise.all([
    facts.needAll('build', 'dockerfile'),
    facts.value('deployCommands'),
    facts.value('flyConfig'),
  ])
  const settings = Object.keys(flyConfig?.config.env ?? {})
  const gaps: ToolchainGap[] = []
  const {final} = build
  for (const built of build.stages) {
    for (const step of built.moments) {
      const commands = located(step.commands, step.workingDir).map(({command, folder}) => {
        const text = [programOf(command), ...command.words.slice(1).map((word) => word ?? '')].join(' ')
        return {command, folder, text}
      })
      for (const rule of rules) {
        // Only then what the stage has by then is looked for, in all that ran before.
        const own = commands.filter(({text}) => rule.command.test(text))
        if (own.length === 0 || rule.unless?.test(dockerfile.file.text)) continue
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
    const found = broughtVersion({...rule, language}, stage, instruction, dockerfile)
    const {argument} = found ?? {}
    if (!found || argument === undefined) return found
    const passed = passedArgument(argument, deploy, options)
    const value = new Map(Object.entries(flyConfig?.config.build?.args ?? {})).get(argument)
    const isGiven = value !== undefined && !Object.hasOwn(options.buildArgs ?? {}, argument)
    const given = flyConfig && isGiven ? {argument, value, at: flyConfig.keyAt('build', 'args', argument)} : undefined
    // A version that the project's own deploy writes out is not compared.
    return passed?.value === undefined ? {...found, passed, given} : undefined
  }

  function compare(
    {language, from, has, at, passed, given}: Brought,
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
      given,
      certain: certain && !demand.likely && !passed,
      ...rest,
      ...(demand.outcome && {outcome: demand.outcome}),
    })
  }
}

/** `npm run build` of `npm --silent run build -- --x`. */
function nameOf(text: string): string {
  const words =
    text
      .split(' -- ')[0]
      ?.split(' ')
      .filter((word) => !word.startsWith('-')) ?? []
  return words.slice(0, words[1] === 'run' ? 3 : 2).join(' ')
}

/** The oldest version behind the one that is there, or else the newest before it. */
function acceptedBy({range}: Demand, has: string, precision: number): string {
  const span = range.find((each) => isBelow(everyOf(has), [each])) ?? range.at(-1)
  const version: Version = span?.from ?? [0, 0, 0]
  const needed = version.findLastIndex((part) => part > 0) + 1
  return version.slice(0, Math.max(precision, needed)).join('.')
}
