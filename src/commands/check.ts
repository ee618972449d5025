import {Args, Flags, type Interfaces} from '@oclif/core'
import {exitCode, exitCodes} from '../engine/verdict.ts'
import {type Options, type RunningStep, run} from '../preflight.ts'
import {formats, type ReporterContext, reporter} from '../report/index.ts'
import {UsageError} from '../usage-error.ts'
import {BaseCommand} from './base.ts'
import {outputsOf, writeReport} from './outputs.ts'

const codes = Object.values(exitCodes).map(({code, meaning}) => `  ${String(code).padEnd(4)}${meaning}`)

export class Check extends BaseCommand {
  static override summary = 'Will this deploy work? Checks the project, then Fly.io, and says GO or NO-GO.'
  static override description =
    `Run it where you would run flyctl deploy. The report goes to stdout, progress to stderr.\n\nExit codes:\n${codes.join('\n')}`
  static override examples = [
    '<%= config.bin %>',
    '<%= config.bin %> --offline',
    '<%= config.bin %> -c fly.staging.toml -a shop-staging',
    '<%= config.bin %> --only fly-config --only dockerfile/libpq',
    '<%= config.bin %> --json > preflight.json',
  ]

  static override args = {
    directory: Args.string({description: 'the working directory, as in flyctl deploy [WORKING_DIRECTORY]'}),
  }

  static override flags = {
    config: Flags.string({
      char: 'c',
      helpValue: 'PATH',
      description: 'the configuration, relative to the working directory',
    }),
    app: Flags.string({char: 'a', helpValue: 'NAME', description: 'the app; beats FLY_APP and fly.toml'}),
    dockerfile: Flags.string({helpValue: 'PATH', description: 'the Dockerfile, where fly.toml names none'}),
    'build-target': Flags.string({helpValue: 'STAGE', description: 'the stage to build, where fly.toml names none'}),
    'build-arg': Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'NAME=VALUE',
      description: 'a build argument',
    }),
    image: Flags.string({helpValue: 'IMAGE', description: 'a ready image is deployed: nothing is built'}),
    offline: Flags.boolean({description: 'check the files only; ask Fly.io nothing'}),
    only: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'ID|GROUP',
      description: 'run nothing else',
    }),
    skip: Flags.string({multiple: true, multipleNonGreedy: true, helpValue: 'ID|GROUP', description: 'leave it out'}),
    strict: Flags.boolean({description: 'warnings block too'}),
    format: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: `${formats.join('|')}[=FILE]`,
      description: 'how to report; with =FILE into a file, several at once',
    }),
    json: Flags.boolean({description: 'the same as --format json', exclusive: ['format']}),
    flyctl: Flags.string({helpValue: 'PATH', description: 'where flyctl is; default: on PATH'}),
    timeout: Flags.integer({min: 1, max: 600, default: 20, helpValue: 'SECONDS', description: 'for each flyctl call'}),
    'allow-custom': Flags.boolean({
      description: 'execute the checks of [custom] in a pull request from a fork, too; or PREFLIGHT_ALLOW_CUSTOM=1',
    }),
    quiet: Flags.boolean({char: 'q', description: 'no progress'}),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Check)
    const outputs = flags.json ? [{format: 'json', file: undefined}] : await outputsOf(flags.format ?? ['pretty'])
    const interrupt = new AbortController()
    // Not `once`: while flyctl is being ended, a second Ctrl-C must not leave it behind.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interrupt.abort())

    let progress: Promise<void> | undefined
    const showProgress = !flags.quiet && outputs.some(({format, file}) => format === 'pretty' && file === undefined)
    const {report, reader} = await run({
      ...optionsOf(args.directory, flags),
      strict: flags.strict,
      signal: interrupt.signal,
      onStart: (steps) => {
        if (showProgress) progress = drawProgress(steps, interrupt.signal)
      },
    })
    await progress
    if (interrupt.signal.aborted) {
      process.stderr.write('\npreflight: interrupted\n')
      process.exitCode = exitCodes.interrupted.code
      return
    }
    const context: ReporterContext = {
      color: useColor(process.stdout),
      width: process.stdout.isTTY ? process.stdout.columns : undefined,
      strict: flags.strict,
      file: (path) => reader.text(path),
    }
    if (progress) process.stderr.write('\n')
    for (const {format, file} of outputs) {
      const plain = {...context, color: false, width: undefined}
      const text = await (await reporter(format))(report, file === undefined ? context : plain)
      if (file === undefined) process.stdout.write(text)
      else await writeReport(file, text)
    }
    process.exitCode = exitCode(report.verdict)
  }
}

/** What the flags ask for, of all but how to report. */
export function optionsOf(
  root: string | undefined,
  flags: Omit<Interfaces.InferredFlags<typeof Check.flags>, 'format' | 'json' | 'strict' | 'quiet'>,
): Options {
  return {
    root,
    config: flags.config,
    app: flags.app,
    dockerfile: flags.dockerfile,
    buildTarget: flags['build-target'],
    buildArgs: buildArgs(flags['build-arg'] ?? []),
    image: flags.image,
    offline: flags.offline,
    only: flags.only,
    skip: flags.skip,
    flyctl: flags.flyctl,
    timeout: flags.timeout,
    allowCustom: flags['allow-custom'],
  }
}

async function drawProgress(steps: readonly RunningStep[], signal: AbortSignal): Promise<void> {
  const {showTasks} = await import('../view/tasks.ts')
  const live = Boolean(process.stderr.isTTY && process.stdout.isTTY && !process.env.CI)
  await showTasks(steps, {stream: process.stderr, color: useColor(process.stderr), live, signal})
}

export function buildArgs(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const equals = word.indexOf('=')
      if (equals < 1) throw new UsageError(`--build-arg ${word} must be NAME=VALUE`)
      return [word.slice(0, equals), word.slice(equals + 1)]
    }),
  )
}

/** NO_COLOR wins; FORCE_COLOR=0 is no. */
const useColor = (stream: NodeJS.WriteStream): boolean => {
  const {NO_COLOR, FORCE_COLOR} = process.env
  if (NO_COLOR) return false
  return FORCE_COLOR ? !/^(0|false)$/.test(FORCE_COLOR) : Boolean(stream.isTTY)
}
