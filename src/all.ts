/** Many deploys of one repository in one run: what they share is read once, and flyctl is asked once who is logged in. */
import {join} from 'node:path'
import {leaveOut} from './engine/leave-out.ts'
import type {FactStore} from './facts.ts'
import type {FlyClient} from './fly/client.ts'
import {diskFor, type Options, openFacts, openFlyctl, type Run, run, type Seams, UsageError} from './preflight.ts'
import {ProjectReader} from './project/files/reader.ts'
import {sharedFileSystem} from './project/files/shared-file-system.ts'
import {Repository} from './project/git/repository.ts'
import {findTargets, type Target} from './project/targets/targets.ts'
import {workflowOwners} from './project/workflows/workflow-owners.ts'
import type {ReportedFinding} from './report/report.ts'

export type {Target} from './project/targets/targets.ts'

/** What is decided for each deploy by itself. */
export type AllOptions = Omit<Options, 'config' | 'app' | 'onStart'> & {
  /** Told of each deploy that has been checked. */
  onDone?: ((target: Target, run: Run) => void) | undefined
}

/** Side by side, so that the waiting for flyctl overlaps; more would only compete for the processor. */
const atATime = 4

/** The deploys of a repository. Throws UsageError where there is no configuration. */
export async function targetsOf(options: AllOptions, seams: Seams = {}): Promise<Target[]> {
  const reader = new ProjectReader(options.root ?? '.', seams.fs ?? (await diskFor(options)))
  return targetsIn(await openFacts(options, seams), reader, options)
}

async function targetsIn(facts: FactStore, reader: ProjectReader, options: AllOptions): Promise<Target[]> {
  const targets = await findTargets(facts, reader)
  if (targets.length === 0) {
    throw new UsageError(
      `there is no fly.toml in ${options.root ?? 'this folder'} or below it`,
      'What git ignores does not count.',
    )
  }
  return targets
}

/**
 * Checks every deploy of a repository; the order is that of the configurations' paths. A fault of a workflow is told with
 * what the workflow deploys.
 */
export async function runAll(options: AllOptions, seams: Seams = {}): Promise<Run[]> {
  const fs = sharedFileSystem(seams.fs ?? (await diskFor(options)))
  const readerOf = ({root}: Pick<Target, 'root'>) => new ProjectReader(join(options.root ?? '.', root), fs)
  const reader = readerOf({root: '.'})
  const shared: Seams = {...seams, fs, repository: new Repository(reader, seams.repository)}
  const facts = await openFacts(options, shared)
  const targets = await targetsIn(facts, reader, options)
  const owners = await workflowOwners(targets, facts, reader, readerOf)
  const flyctl = openFlyctl(options)
  const fly: FlyClient = seams.fly ?? flyctl
  const runs: Run[] = []
  const queue = [...targets.entries()]
  const work = async () => {
    for (let next = queue.shift(); next && !options.signal?.aborted; next = queue.shift()) {
      const [index, target] = next
      const {root, config, app, dockerfile = options.dockerfile} = target
      const own = {
        ...options,
        root: join(options.root ?? '.', root),
        config,
        app,
        dockerfile,
        assumed: target.from === undefined,
      }
      const ran = await run(own, {...shared, fly})
      const isOthers = ({location}: ReportedFinding) =>
        'file' in location && owners.get(ran.reader.absolute(location.file))?.has(target) === false
      const done = {...ran, report: leaveOut(ran.report, isOthers, options.strict ?? false)}
      runs[index] = done
      options.onDone?.(target, done)
    }
  }
  try {
    await Promise.all(Array.from({length: atATime}, work))
  } finally {
    await flyctl.close()
  }
  return runs
}
