/** Many deploys of one repository in one run: what they share is read once, and flyctl is asked once who is logged in. */
import {join} from 'node:path'
import type {FlyClient} from './fly/client.ts'
import {type Options, openFacts, openFlyctl, type Run, run, type Seams, UsageError} from './preflight.ts'
import {disk} from './project/file-system.ts'
import {sharedFileSystem} from './project/shared-file-system.ts'
import {findTargets, type Target} from './project/targets.ts'

export type {Target} from './project/targets.ts'

/** What is decided for each deploy by itself. */
export type AllOptions = Omit<Options, 'config' | 'app' | 'onStart'> & {
  /** Told of each deploy that has been checked. */
  onDone?: ((target: Target, run: Run) => void) | undefined
}

/** Side by side, so that the waiting for flyctl overlaps; more would only compete for the processor. */
const atATime = 4

/** The deploys of a repository. Throws UsageError where there is no configuration. */
export async function targetsOf(options: AllOptions, seams: Seams = {}): Promise<Target[]> {
  const targets = await findTargets(await openFacts(options, seams))
  if (targets.length === 0) {
    throw new UsageError(
      `there is no fly.toml in ${options.root ?? 'this folder'} or below it`,
      'What git ignores does not count.',
    )
  }
  return targets
}

/** Checks every deploy of a repository; the order is that of the configurations' paths. */
export async function runAll(options: AllOptions, seams: Seams = {}): Promise<Run[]> {
  const fs = sharedFileSystem(seams.fs ?? disk)
  const targets = await targetsOf(options, {...seams, fs})
  const flyctl = openFlyctl(options)
  const fly: FlyClient = seams.fly ?? flyctl
  const runs: Run[] = []
  const queue = [...targets.entries()]
  const work = async () => {
    for (let next = queue.shift(); next && !options.signal?.aborted; next = queue.shift()) {
      const [index, target] = next
      const {root, config, app} = target
      const done = await run({...options, root: join(options.root ?? '.', root), config, app}, {...seams, fs, fly})
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
