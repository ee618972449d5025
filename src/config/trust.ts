import {readFileSync} from 'node:fs'

type Env = Readonly<Record<string, string | undefined>>

/**
 * Why the code of the project must not be executed: this is a CI run for somebody else's code. `pull_request_target` and
 * `workflow_run` have the secrets of the repository, the deploy token among them.
 */
export function foreignCode(env: Env): string | undefined {
  const from = forkOf(env)
  return from && `the project's own checks are not run for ${from}; --allow-custom runs them`
}

function forkOf(env: Env): string | undefined {
  // GitLab: a pipeline of the parent project for a merge request of a fork.
  const {CI_MERGE_REQUEST_SOURCE_PROJECT_ID: source, CI_MERGE_REQUEST_PROJECT_ID: target} = env
  if (source && target && source !== target) {
    return `a merge request from a fork (${env.CI_MERGE_REQUEST_SOURCE_PROJECT_PATH ?? source})`
  }
  const path = env.GITHUB_EVENT_PATH
  if (!path || !/^(pull_request|workflow_run)/.test(env.GITHUB_EVENT_NAME ?? 'pull_request')) return undefined
  let event: Event
  try {
    event = JSON.parse(readFileSync(path, 'utf8')) as Event
  } catch {
    return 'a pull request of which it is not known where it comes from'
  }
  const pull = event.pull_request
  const [head, base] = pull
    ? [pull.head?.repo, pull.base?.repo]
    : [event.workflow_run?.head_repository, event.workflow_run && event.repository]
  // A repository that is a fork itself takes its own pull requests as its own. A fork that was deleted has no name.
  return base && head?.full_name !== base.full_name
    ? `a pull request from a fork (${head?.full_name ?? 'deleted since'})`
    : undefined
}

interface Repository {
  full_name?: string
}
/** What GitHub tells of the event that started the run, as far as it matters here. */
interface Event {
  pull_request?: {head?: {repo?: Repository | null}; base?: {repo?: Repository}}
  workflow_run?: {head_repository?: Repository | null}
  repository?: Repository
}
