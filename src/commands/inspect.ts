import {Args, Flags} from '@oclif/core'
import type {FactStore, Facts, StaticFacts} from '../facts.ts'
import {openFacts} from '../preflight.ts'
import {redact, visible} from '../redact.ts'
import {unsteering} from '../report/json.ts'
import {didYouMean} from '../suggest.ts'
import {UsageError} from '../usage-error.ts'
import {beginning, oneOf} from '../wording.ts'
import {BaseCommand} from './base.ts'
import {buildArgs, Check} from './check.ts'

interface Inspected {
  fact: keyof StaticFacts
  /** The fact as data, and as text for reading. */
  present(value: never, facts: FactStore): Promise<{data: unknown; text: string}>
}

export const inspected: Readonly<Record<string, Inspected>> = {
  image: {
    fact: 'build',
    async present(build: Facts['build'], facts) {
      const {describeImage, inspectImage} = await import('../inspect/image.ts')
      const data = inspectImage(build, await facts.value('image'))
      return {data, text: describeImage(data)}
    },
  },
  processes: {
    fact: 'processes',
    async present(processes: Facts['processes']) {
      const {describeProcesses, inspectProcesses} = await import('../inspect/processes.ts')
      const data = inspectProcesses(processes)
      return {data, text: describeProcesses(data)}
    },
  },
  migrations: {
    fact: 'alembic',
    async present(alembic: Facts['alembic']) {
      const {describeMigrations, inspectMigrations} = await import('../inspect/migrations.ts')
      const data = inspectMigrations(alembic)
      return {data, text: describeMigrations(data)}
    },
  },
  environment: {
    fact: 'environment',
    async present(environment: Facts['environment']) {
      const {describeEnvironment, inspectEnvironment} = await import('../inspect/environment.ts')
      const data = inspectEnvironment(environment)
      return {data, text: describeEnvironment(data)}
    },
  },
  'fly-config': {
    fact: 'flyConfig',
    async present({config}: Facts['flyConfig']) {
      const data = JSON.parse(
        JSON.stringify(config, (_, value) =>
          value && typeof value === 'object' && 'nanoseconds' in value ? String(value) : value,
        ),
      )
      return {data, text: `${JSON.stringify(data, null, 2)}\n`}
    },
  },
}

export class Inspect extends BaseCommand {
  static override summary = 'Show a fact as preflight sees it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> image',
    '<%= config.bin %> <%= command.id %> processes',
    '<%= config.bin %> <%= command.id %> migrations',
    '<%= config.bin %> <%= command.id %> fly-config -c fly.staging.toml',
  ]
  static override args = {
    fact: Args.string({required: true, description: oneOf(Object.keys(inspected))}),
    directory: Args.string({description: 'the working directory'}),
  }
  static override flags = {
    config: Check.flags.config,
    dockerfile: Check.flags.dockerfile,
    'build-target': Check.flags['build-target'],
    'build-arg': Check.flags['build-arg'],
    json: Flags.boolean({description: 'as data'}),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Inspect)
    const wanted = Object.hasOwn(inspected, args.fact) ? inspected[args.fact] : undefined
    if (!wanted) {
      const names = Object.keys(inspected)
      throw new UsageError(
        `there is nothing to inspect called ${args.fact}.${didYouMean(args.fact, names)}`,
        `There are: ${names.join(', ')}.`,
      )
    }
    const facts = await openFacts({
      root: args.directory,
      config: flags.config,
      dockerfile: flags.dockerfile,
      buildTarget: flags['build-target'],
      buildArgs: buildArgs(flags['build-arg'] ?? []),
    })
    const fact = await facts.get(wanted.fact)
    if (fact.state !== 'ok') throw new UsageError(`${args.fact} cannot be shown: ${fact.reason}`)
    const {data, text} = await wanted.present(fact.value as never, facts)
    process.stdout.write(
      flags.json ? unsteering(eachLine(`${JSON.stringify(data, shortened, 2)}\n`)) : plain(eachLine(text)),
    )
  }
}

/** Line by line, since `redact` cuts long texts off: each line has a name with its value. */
const eachLine = (text: string): string => text.split('\n').map(redact).join('\n')
/** No name of the project steers the terminal, or gives a command to the runner of GitHub Actions. */
const plain = (text: string): string =>
  text
    .split('\n')
    .map((line) => visible(line).replace(/^(\s*)::/, '$1: :'))
    .join('\n')
/** So that no line of JSON is cut off. */
const shortened = (_key: string, value: unknown): unknown =>
  typeof value === 'string' && value.length > longest ? `${beginning(value, longest)}…` : value
const longest = 5000
