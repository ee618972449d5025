import {Flags} from '@oclif/core'
import {exitCode, exitCodes} from '../engine/verdict.ts'
import type {Options, Run, RunningStep} from '../preflight.ts'
import {repositoryPrefix} from '../project/git/repository-prefix.ts'
import {visible} from '../redact.ts'
import {deployName} from '../report/deploy-name.ts'
import {isOfProject} from '../report/docs.ts'
import {formatUses, type ReporterContext} from '../report/index.ts'
import {verdictOf} from '../report/json.ts'
import {BaseCommand} from './base.ts'
import {useColor} from './color.ts'
import {assertDirectory, optionsOf} from './options.ts'
import {outputsOf} from './outputs.ts'
import {readPage} from './pages.ts'
import {type PlainPart, writeOne, writeSet} from './reports.ts'
import {word} from './word.ts'

const codes = Object.values(exitCodes).map(({code, meaning}) => `  ${String(code).padEnd(4)}${meaning}`)
const uses = formatUses.map(([format, use]) => `  ${format.padEnd(12)}${use}`)

export class Check extends BaseCommand {
  static override summary = 'Will this deploy work? Checks the project, then Fly.io, and says GO or NO-GO.'
  // oclif's own has each flag in it, and which exclude one another.
  static override usage = ['[DIRECTORY] [FLAGS]', '[DIRECTORY] --all [FLAGS]']
  static override description =
    `Run it where you would run flyctl deploy. The report goes to stdout, progress to stderr.\n\nFormats:\n${uses.join('\n')}\n\nExit codes:\n${codes.join('\n')}`
  static override examples = [
    '<%= config.bin %>',
    '<%= config.bin %> --offline',
    '<%= config.bin %> -c fly.staging.toml -a shop-staging',
    '<%= config.bin %> --only fly-config --only dockerfile/libpq',
    '<%= config.bin %> --json > preflight.json',
    '<%= config.bin %> --format pretty --format sarif=preflight.sarif --format junit=preflight.xml',
  ]

  static override args = {
    directory: word({description: 'the working directory, as in flyctl deploy [WORKING_DIRECTORY]'}),
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
    all: Flags.boolean({
      description: 'check every fly.toml below the directory, as the workflows deploy it',
      exclusive: ['config', 'app', 'dockerfile', 'build-target', 'build-arg', 'image'],
    }),
    matrix: Flags.boolean({
      description: 'print the deploys of --all as a matrix for GitHub Actions, and check nothing',
      exclusive: ['config', 'app', 'format', 'json'],
    }),
    since: Flags.string({
      helpValue: 'REF',
      description: 'migrations are new that the merge base with REF lacks; default: with the main branch',
    }),
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
      helpValue: 'FORMAT[=FILE]',
      description: 'how to report (see Formats); with =FILE into a file, several at once',
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
    assertDirectory(args.directory)
    if (flags.matrix) {
      const {printMatrix} = await import('./matrix.ts')
      return printMatrix(args.directory)
    }
    const outputs = flags.json ? [{format: 'json', file: undefined}] : await outputsOf(flags.format ?? ['pretty'])
    const interruption = this.interruption()

    const showProgress = !flags.quiet && outputs.some(({format, file}) => format === 'pretty' && file === undefined)
    const options = {
      ...optionsOf(args.directory, flags),
      strict: flags.strict,
      signal: interruption,
    }
    const runs = flags.all ? await checkAll(options, showProgress) : [await checkOne(options, showProgress)]
    if (interruption.aborted) return this.endInterrupted()
    this.endAtOnce(interruption)
    if (showProgress) process.stderr.write('\n')
    const context = {strict: flags.strict, page: (docs: string) => readPage(this.config.root, docs)}
    const parts = await partsOf(runs, context)
    await (flags.all ? writeSet(outputs, parts) : writeOne(outputs, parts[0] as PlainPart))
    process.exitCode = exitCode(verdictOf(runs.map(({report}) => report)))
  }
}

async function checkOne(options: Options, showProgress: boolean): Promise<Run> {
  let progress: Promise<void> | undefined
  const {run} = await import('../preflight.ts')
  const done = await run({
    ...options,
    onStart: (steps) => {
      if (showProgress) progress = drawProgress(steps, options.signal)
    },
  })
  await progress
  return done
}

async function checkAll(options: Options, showProgress: boolean): Promise<Run[]> {
  const {runAll} = await import('../all.ts')
  return runAll({
    ...options,
    onDone: (_target, {report}) => {
      if (showProgress)
        process.stderr.write(`${report.verdict === 'go' ? '✔' : '✖'} ${visible(deployName(report.target))}\n`)
    },
  })
}

/** A check of the project's own may have no page: then `docs` is the check itself. */
const ownPage = async (reader: Run['reader'], docs: string): Promise<string | undefined> =>
  docs.endsWith('.md') ? (await reader.glance(docs))?.text : undefined

/** What reporters need to know of each run besides its report. */
const partsOf = (runs: readonly Run[], context: Pick<ReporterContext, 'strict' | 'page'>) =>
  Promise.all(
    runs.map(async ({report, reader, project}) => ({
      report,
      context: {
        ...context,
        page: async (docs: string) => (isOfProject(docs) ? await ownPage(reader, docs) : context.page(docs)),
        prefix: await repositoryPrefix(reader, process.env),
        file: (path: string) => reader.shown(path),
        project,
      },
    })),
  )

async function drawProgress(steps: readonly RunningStep[], signal: AbortSignal | undefined): Promise<void> {
  const {showTasks} = await import('../view/tasks.ts')
  const live = Boolean(process.stderr.isTTY && process.stdout.isTTY && !process.env.CI)
  await showTasks(steps, {stream: process.stderr, color: useColor(process.stderr), live, signal})
}
