/** Where preflight is to be had by others: in a workflow, and for an editor. */
import pkg from '../package.json' with {type: 'json'}
import {quoted} from './redact.ts'
import {type Repository, repositoryOf} from './report/docs.ts'

export interface Package {
  name: string
  version: string
  repository?: Repository
}

/** OWNER/REPO, where package.json says that the sources are on GitHub. */
export function githubRepository({repository}: Package): string | undefined {
  const found = repository === undefined ? undefined : repositoryOf(repository)
  return found?.host === 'github' ? found.path : undefined
}

/** The tag of an action: what is published under it may grow, and breaks nothing. */
const major = ({version}: Package): string => `v${version.split('.')[0]}`

/**
 * The steps of a workflow that run preflight, without indentation: the action of the repository, else npx. Without the
 * secret FLY_API_TOKEN, as in a pull request from a fork, Fly.io is not asked.
 */
export function workflowSteps(folder: string, from: Package = pkg): string {
  const token = 'env:\n  FLY_API_TOKEN: ${{ secrets.FLY_API_TOKEN }}'
  const repository = githubRepository(from)
  if (repository) {
    const inputs = [
      ...(folder ? [`working-directory: ${scalar(folder)}`] : []),
      "offline: ${{ secrets.FLY_API_TOKEN == '' }}",
    ]
    return step(`uses: ${repository}@${major(from)}\nwith:\n${indent(inputs.join('\n'))}\n${token}`)
  }
  const run = `run: npx --yes --package ${from.name}@${from.version} preflight \${{ secrets.FLY_API_TOKEN == '' && '--offline' || '' }}`
  return [
    step('uses: actions/setup-node@v4\nwith:\n  node-version: 22'),
    step('uses: superfly/flyctl-actions/setup-flyctl@master'),
    step(`${run}\n${folder ? `working-directory: ${scalar(folder)}\n` : ''}${token}`),
  ].join('\n')
}

/** In YAML. */
const scalar = (text: string): string => (/^\w[\w./-]*$/.test(text) ? text : quoted(text))

const indent = (text: string): string => text.replace(/^/gm, '  ')
const step = (text: string): string => `- ${indent(text).slice(2)}`

/** What `#:schema` names: the file of the installed package, else one on the web. */
export function schemaAddress(isInstalled: boolean, from: Package = pkg): string {
  const path = 'src/config/settings.schema.json'
  if (isInstalled) return `./node_modules/${from.name}/${path}`
  const repository = githubRepository(from)
  return repository
    ? `https://raw.githubusercontent.com/${repository}/${major(from)}/${path}`
    : `https://unpkg.com/${from.name}@${from.version}/${path}`
}
