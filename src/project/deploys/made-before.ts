import type {FactStore} from '../../facts.ts'
import {ignoredPaths} from '../git/git.ts'
import type {Inputs} from '../inputs.ts'

/** Whether a file that is missing may be there for the deploy: git ignores it, or a step beside the deploy writes it. */
export async function madeBefore(path: string, {reader}: Inputs, facts: FactStore): Promise<boolean> {
  if (path.startsWith('../') || path.startsWith('/')) return false
  const deploys = await facts.value('deployCommands')
  return deploys?.makes(path) || (await ignoredPaths(reader.root, [path])).size > 0
}
