import {Flags} from '@oclif/core'
import type {FactStore, Facts, StaticFacts} from '../facts.ts'
import type {Options, Seams} from '../preflight.ts'
import {redact, unsteering, visibleLines} from '../redact.ts'
import {didYouMean} from '../suggest.ts'
import {UsageError} from '../usage-error.ts'
import {beginning, oneOf} from '../wording.ts'
import {BaseCommand} from './base.ts'
import {Check} from './check.ts'
import {optionsOf} from './options.ts'
import {word} from './word.ts'

interface Shown {
  data: unknown
  text: string
}

/** Shows something: as data, and as text for reading; or says why it cannot. */
type Show = (options: Options, seams?: Seams) => Promise<Shown | string>

export const inspected: Readonly<Record<string, Show>> = {
  image: ofFact('build', async (build, facts) => {
    const {describeImage, inspectImage} = await import('../inspect/image.ts')
    const data = inspectImage(build, await facts.value('image'))
    return {data, text: describeImage(data)}
  }),
  processes: ofFact('processes', async (processes) => {
    const {describeProcesses, inspectProcesses} = await import('../inspect/processes.ts')
    const data = inspectProcesses(processes)
    return {data, text: describeProcesses(data)}
  }),
  migrations: ofFact('alembic', async (alembic, facts) => {
    const {describeMigrations, inspectMigrations} = await import('../inspect/migrations.ts')
    const data = inspectMigrations(alembic, await facts.get('since'))
    return {data, text: describeMigrations(data)}
  }),
  environment: ofFact('environment', async (environment) => {
    const {describeEnvironment, inspectEnvironment} = await import('../inspect/environment.ts')
    const data = inspectEnvironment(environment)
    return {data, text: describeEnvironment(data)}
  }),
  'fly-config': ofFact('flyConfig', async ({config}) => {
    const data = JSON.parse(
      JSON.stringify(config, (_, value) =>
        value && typeof value === 'object' && 'nanoseconds' in value ? String(value) : value,
      ),
    )
    return {data, text: `${JSON.stringify(data, null, 2)}\n`}
  }),
  async live(options, seams) {
    const {describeLive, inspectLive} = await import('../inspect/live.ts')
    const {askFly} = await import('../ask-fly.ts')
    const data = inspectLive(await askFly(options, seams))
    return {data, text: describeLive(data)}
  },
}

function ofFact<K extends keyof StaticFacts>(
  name: K,
  present: (fact: Facts[K], facts: FactStore) => Promise<Shown>,
): Show {
  return async (options, seams) => {
    const {openFacts} = await import('../preflight.ts')
    const facts = await openFacts(options, seams)
    const fact = await facts.get(name)
    return fact.state === 'ok' ? present(fact.value, facts) : fact.reason
  }
}

export const inspectable: readonly string[] = Object.keys(inspected)

export class Inspect extends BaseCommand {
  static override summary = 'Show a fact as preflight sees it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> image',
    '<%= config.bin %> <%= command.id %> processes',
    '<%= config.bin %> <%= command.id %> migrations',
    '<%= config.bin %> <%= command.id %> fly-config -c fly.staging.toml',
    '<%= config.bin %> <%= command.id %> live -a shop-staging',
  ]
  static override args = {
    fact: word({required: true, description: oneOf(inspectable)}),
    directory: word({description: 'the working directory'}),
  }
  static override flags = {
    config: Check.flags.config,
    app: Check.flags.app,
    dockerfile: Check.flags.dockerfile,
    'build-target': Check.flags['build-target'],
    'build-arg': Check.flags['build-arg'],
    flyctl: Check.flags.flyctl,
    timeout: Check.flags.timeout,
    since: Check.flags.since,
    json: Flags.boolean({description: 'as data'}),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Inspect)
    const wanted = Object.hasOwn(inspected, args.fact) ? inspected[args.fact] : undefined
    if (!wanted) {
      throw new UsageError(
        `there is nothing to inspect called ${args.fact}.${didYouMean(args.fact, inspectable)}`,
        `There are: ${inspectable.join(', ')}.`,
      )
    }
    const interruption = this.interruption()
    const shown = await wanted({...optionsOf(args.directory, flags), signal: interruption})
    if (interruption.aborted) return this.endInterrupted()
    if (typeof shown === 'string') throw new UsageError(`${args.fact} cannot be shown: ${shown}`)
    const {data, text} = shown
    process.stdout.write(
      flags.json ? unsteering(eachLine(`${JSON.stringify(data, shortened, 2)}\n`)) : visibleLines(eachLine(text)),
    )
  }
}

/** Line by line, since `redact` cuts long texts off: each line has a name with its value. */
const eachLine = (text: string): string => text.split('\n').map(redact).join('\n')
/** So that no line of JSON is cut off. */
const shortened = (_key: string, value: unknown): unknown =>
  typeof value === 'string' && value.length > longest ? `${beginning(value, longest)}…` : value
const longest = 5000
