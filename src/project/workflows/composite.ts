import {posix} from 'node:path'
import {valuesOnce} from '../documents/document.ts'
import {parseYaml} from '../documents/yaml.ts'
import type {TextFile} from '../files/text.ts'
import {tableOf, Values} from './values.ts'
import {readSteps, type Step, type Workflow} from './workflow.ts'

/** An action of the project that is made of steps. */
export interface CompositeAction {
  file: TextFile
  /** Its inputs, with their defaults. */
  inputs: ReadonlyMap<string, string | undefined>
  steps: Step[]
}

/** By the path that `uses` names, from the top of the repository. */
export type CompositeActions = ReadonlyMap<string, CompositeAction>

export const localAction = ({uses}: Step): string | undefined =>
  uses && /^\.\/[^@]+$/.test(uses.text) && !/\.ya?ml$/.test(uses.text) ? posix.join(uses.text, '.') : undefined

/** Those that the steps of workflows use, and that these use themselves. */
export async function compositeActions(
  workflows: readonly Workflow[],
  read: (path: string) => Promise<TextFile | undefined>,
): Promise<CompositeActions> {
  const found = new Map<string, CompositeAction>()
  const seen = new Set<string>()
  const visit = async (steps: readonly Step[]): Promise<void> => {
    for (const path of steps.flatMap((step) => localAction(step) ?? [])) {
      if (seen.has(path)) continue
      seen.add(path)
      const file = (await read(posix.join(path, 'action.yml'))) ?? (await read(posix.join(path, 'action.yaml')))
      const action = file && parseAction(file)
      if (!action) continue
      found.set(path, action)
      await visit(action.steps)
    }
  }
  await visit(workflows.flatMap(({jobs}) => jobs.flatMap(({steps}) => steps)))
  return found
}

function parseAction(file: TextFile): CompositeAction | undefined {
  const root = valuesOnce(file, parseYaml)
  if ('message' in root) return undefined
  const values = new Values(file)
  const {entries} = root
  const runs = tableOf(entries.get('runs'))?.entries
  if (values.scalar(runs?.get('using'))?.text !== 'composite') return undefined
  const inputs = [...(tableOf(entries.get('inputs'))?.entries ?? [])].map(
    ([name, node]) => [name, values.scalar(tableOf(node)?.entries.get('default'))?.text] as const,
  )
  return {
    file,
    inputs: new Map(inputs),
    steps: readSteps(runs?.get('steps'), values, {env: new Map(), folder: undefined}),
  }
}
