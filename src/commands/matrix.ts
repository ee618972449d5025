import {targetsOf} from '../all.ts'
import {unsteering} from '../redact.ts'
import {deployName} from '../report/deploy-name.ts'

/**
 * One line of JSON for `strategy.matrix` of a workflow: `echo "matrix=$(preflight --matrix)" >> "$GITHUB_OUTPUT"`.
 * The keys are the inputs of the action; what flyctl finds by itself is empty.
 */
export async function printMatrix(root: string | undefined): Promise<void> {
  const targets = await targetsOf({root})
  const include = targets.map(({root: directory, config, app}) => ({
    name: deployName({root: directory, config: config ?? 'fly.toml'}),
    'working-directory': directory,
    config: config ?? '',
    app: app ?? '',
  }))
  process.stdout.write(`${unsteering(JSON.stringify({include}))}\n`)
}
