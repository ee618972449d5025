/** The library entry: what the command line does, without a terminal. */
import {checks as allChecks} from '../checks/index.ts'
import {assertCommit, assertFacts, assertNamed} from './assertions.ts'
import type {AnyCheck} from './check.ts'
import {loadBaseline} from './config/baseline.ts'
import {loadSettings} from './config/load.ts'
import {foreignCode} from './config/trust.ts'
import type {Baseline} from './engine/baseline.ts'
import {groupOf, isLiveCheck, makePlan} from './engine/plan.ts'
import {Policy} from './engine/policy.ts'
import {Run as PlanRun, type RunningStep} from './engine/run.ts'
import {judgeRun, summarize} from './engine/verdict.ts'
import {FactStore, failed, known, type Loaders, liveFacts} from './facts.ts'
import {type FlyClient, Flyctl} from './fly/client.ts'
import {flyLoaders, unaskedLoaders} from './fly/index.ts'
import type {InspectedProject} from './inspect/project.ts'
import {disk, type FileSystem} from './project/files/file-system.ts'
import {ProjectReader, withSlashes} from './project/files/reader.ts'
import {Repository} from './project/git/repository.ts'
import {projectLoaders} from './project/index.ts'
import type {Options as ProjectOptions} from './project/inputs.ts'
import type {Report} from './report/report.ts'
import {UsageError} from './usage-error.ts'
import {version} from './version.ts'

export type {RunningStep} from './engine/run.ts'
export type {Report} from './report/report.ts'
export {UsageError} from './usage-error.ts'

export interface Options extends ProjectOptions {
  /** flyctl's working directory: the build context, and where fly.toml is looked for. Default: the current folder. */
  root?: string | undefined
  /** Ask Fly nothing. */
  offline?: boolean | undefined
  /** Ids or groups. */
  only?: readonly string[] | undefined
  skip?: readonly string[] | undefined
  /** Warnings block too. */
  strict?: boolean | undefined
  /** Where flyctl is. Default: flyctl, then fly, on PATH. */
  flyctl?: string | undefined
  /** The time limit of each flyctl call, in seconds. Default: 20. */
  timeout?: number | undefined
  /** Default: process.env. */
  env?: Readonly<Record<string, string | undefined>> | undefined
  /** Execute the project's own checks even where the code is somebody else's: in a pull request from a fork. */
  allowCustom?: boolean | undefined
  signal?: AbortSignal | undefined
  /** Told of every step before it ends, in the plan's order: what a progress display shows. */
  onStart?: ((steps: RunningStep[]) => void) | undefined
}

/** What tests replace: the disk, flyctl, the checks, single facts, the clock. */
export interface Seams {
  fs?: FileSystem
  /** Of the folder above, whose answers count for this one too. */
  repository?: Repository
  fly?: FlyClient
  checks?: readonly AnyCheck[]
  facts?: Partial<Loaders>
  now?: () => Date
  /** In the place of preflight-baseline.json. */
  baseline?: Baseline
}

/** Runs the checks on a project. Throws UsageError for wrong options or a wrong preflight.toml; nothing else. */
export async function preflight(options: Options = {}, seams: Seams = {}): Promise<Report> {
  return (await run(options, seams)).report
}

/** The facts of a project, for who wants to see them; none is read before it is asked for. */
export async function openFacts(options: Options, seams: Seams = {}): Promise<FactStore> {
  const reader = await openFolder(options, seams.fs)
  const repository = new Repository(reader, seams.repository)
  await assertCommit(options.since, reader.root, repository)
  const unasked = 'inspect asks nothing of Fly.io'
  return new FactStore({
    ...projectLoaders({reader, repository, options, env: options.env ?? process.env}),
    ...unaskedLoaders(unasked),
    settings: async () => known((await loadSettings(reader, seams.checks ?? allChecks, () => unasked)).settings),
    ignores: async () => failed(unasked),
    ...seams.facts,
  })
}

/** The checks that the project in a folder has of its own, by name only: nothing of them is executed. */
export async function ownChecks(root?: string): Promise<AnyCheck[]> {
  const {checks} = await loadSettings(await openFolder({root}), allChecks, () => 'they are only named')
  return checks.filter((check) => groupOf(check) === 'custom')
}

/** A report with what reporters take beside it. */
export interface Run {
  report: Report
  /** For code frames: the files that the run has read. */
  reader: ProjectReader
  /** For pictures: what the facts say of the project. */
  project(): Promise<InspectedProject>
}

/** The same as `preflight`, for who reports it. */
export async function run(options: Options, seams: Seams = {}): Promise<Run> {
  const startedAt = (seams.now ?? (() => new Date()))()
  const started = performance.now()
  const {only = [], skip = [], offline = false, strict = false} = options
  const env = options.env ?? process.env
  const reader = await openFolder(options, seams.fs)
  const repository = new Repository(reader, seams.repository)
  await assertCommit(options.since, reader.root, repository)
  const withheld = () => distrust(options)
  const {settings, checks} = await loadSettings(reader, seams.checks ?? allChecks, withheld)
  assertNamed([...only, ...skip], checks)
  const plan = makePlan(checks, {only, skip, offline, off: settings.off})
  if (plan.every(({skipped}) => skipped !== undefined)) {
    // A gate that looks at nothing must not say GO.
    throw new UsageError('nothing is left to check: everything that was chosen is skipped')
  }

  // What the files say is enough for the others: they use what Fly.io says only where it is asked anyway.
  const asksFly = plan.some(({check, skipped}) => skipped === undefined && isLiveCheck(check))
  const unasked = offline ? '--offline' : 'no check was chosen that needs Fly.io'
  const flyctl = openFlyctl(options)
  const baseline = seams.baseline ?? (await loadBaseline(reader, options.config))
  const policy = new Policy(settings.severities, settings.ignores, startedAt.toISOString().slice(0, 10), baseline)
  const planRun = new PlanRun(plan, policy, reader, checks)
  const loaders: Loaders = {
    ...projectLoaders({reader, repository, options, env}),
    ...(asksFly ? flyLoaders(seams.fly ?? flyctl, {env, now: () => startedAt}) : unaskedLoaders(unasked)),
    settings: async () => known(settings),
    ignores: async () => known(await planRun.review()),
    ...seams.facts,
  }
  assertFacts(checks, loaders)
  const facts = new FactStore(loaders)
  try {
    const steps = planRun.start(facts)
    options.onStart?.(steps)
    const results = await Promise.all(steps.map(({result}) => result))
    const {verdict, blockers} = judgeRun(results, strict, planRun.causes)
    const report: Report = {
      version: 1,
      verdict,
      scope: asksFly && liveFacts.some((name) => facts.asked(name)) ? 'full' : 'static',
      target: await describeTarget(options, facts),
      tools: {
        preflight: version,
        node: process.version,
        flyctl: (await facts.peek('flyctl'))?.version ?? null,
      },
      startedAt: startedAt.toISOString(),
      durationMs: Math.round(performance.now() - started),
      summary: summarize(results),
      blockers,
      checks: results,
    }
    return {report, reader, project: async () => (await import('./inspect/project.ts')).inspectProject(facts)}
  } finally {
    await flyctl.close()
  }
}

/** To be closed by who opened it. */
export const openFlyctl = ({flyctl, timeout = 20, env = process.env, signal}: Options): Flyctl =>
  new Flyctl({path: flyctl, timeout: timeout * 1000, env, signal: signal ?? new AbortController().signal})

/** What was checked, as far as the selected checks read it: nothing is read for this alone but fly.toml. */
async function describeTarget({root}: Options, facts: FactStore): Promise<Report['target']> {
  const [config, app, git] = [await facts.value('flyConfig'), await facts.value('appName'), await facts.peek('git')]
  return {
    root: withSlashes(root ?? '.'),
    config: config?.file ?? null,
    app: app?.name ?? null,
    commit: git?.commit ?? null,
    branch: git?.branch ?? null,
    dirty: git ? git.changed.length + git.untracked.length > 0 : null,
  }
}

/** Why the code of the project is not to be trusted: it is somebody else's, and the user does not say that it is. */
function distrust({allowCustom, env = process.env}: Options): string | undefined {
  return allowCustom || /^(1|true|yes)$/i.test(env.PREFLIGHT_ALLOW_CUSTOM ?? '') ? undefined : foreignCode(env)
}

/** The disk, as far as the code of the project may have it read. */
export async function diskFor(options: Options): Promise<FileSystem> {
  if (distrust(options) === undefined) return disk
  const {confinedDisk} = await import('./project/files/confined.ts')
  return confinedDisk(options.root ?? '.', [options.config, options.dockerfile])
}

export async function openFolder(options: Options, fs?: FileSystem): Promise<ProjectReader> {
  const {root = '.'} = options
  const reader = new ProjectReader(root, fs ?? (await diskFor(options)))
  const kind = await reader.kindOf('.')
  // Whether a file is there cannot be said of a folder that nobody can list; and flyctl could send nothing of it.
  const unlisted = kind === 'folder' ? reader.unlisted('') : undefined
  if (kind === 'folder' && unlisted === undefined) return reader
  const what = kind === 'missing' ? 'does not exist' : unlisted ? `cannot be listed: ${unlisted}` : 'is no folder'
  throw new UsageError(`${root} ${what}`, 'The working directory is wanted, that of flyctl deploy.')
}
