import {posix} from 'node:path'
import {type Target, targetsOf} from '../all.ts'
import {unsteering} from '../redact.ts'
import {deployName} from '../report/deploy-name.ts'

/**
 * One line of JSON for `strategy.matrix` of a workflow: `echo "matrix=$(preflight --matrix)" >> "$GITHUB_OUTPUT"`.
 * The keys are the inputs of the action; what flyctl finds by itself is empty.
 */
export async function printMatrix(root: string | undefined): Promise<void> {
  const targets = await targetsOf({root})
  const include = targets.map(beside).map(({root: directory, config, app}) => ({
    name: deployName({root: directory, config: config ?? 'fly.toml'}),
    'working-directory': directory,
    config: config ?? '',
    app: app ?? '',
  }))
  process.stdout.write(`${unsteering(JSON.stringify({include}))}\n`)
}

/** The action takes no Dockerfile: where one has to be named, flyctl runs beside the configuration. */
const beside = (target: Target): Target => {
  if (target.dockerfile === undefined || target.config === undefined) return target
  const name = posix.basename(target.config)
  const root = posix.join(target.root, posix.dirname(target.config))
  return {...target, root, config: name === 'fly.toml' ? undefined : name}
}
