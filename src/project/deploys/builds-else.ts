import {posix} from 'node:path'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {samePath} from '../files/same-path.ts'
import type {DeployCommand} from './written-deploys.ts'

interface Surroundings {
  /** The file that a step beside the deploy copies to a path. */
  laidAt(path: string): string | undefined
  /** `build.dockerfile` of the configuration. */
  named: string | undefined
}

/** Whether a deploy builds another Dockerfile than this one, one stage of it, none, or takes a ready image. */
export function buildsElse(
  command: DeployCommand,
  dockerfile: string | undefined,
  {laidAt, named}: Surroundings,
): boolean {
  const {image, builtAt, nixpacks, flags, dockerfile: passed} = command
  if ((image && !builtAt) || nixpacks || flags.has('--build-target')) return true
  // build.dockerfile comes first where flyctl builds.
  if (passed === undefined || (named !== undefined && !builtAt)) return false
  // The path of a step is known as a whole.
  const isThis = (path: string) =>
    dockerfile !== undefined && (builtAt ? posix.normalize(path) === dockerfile : samePath(path, dockerfile))
  return ![passed, laidAt(passed)].some((path) => path !== undefined && isThis(path))
}

export async function loadBuildsElse(facts: FactStore): Promise<Fact<boolean>> {
  const [deploys, dockerfile] = await Promise.all([facts.value('deployCommands'), facts.value('dockerfile')])
  return known(deploys?.buildsElse(dockerfile?.file.path) ?? false)
}
