import {posix} from 'node:path'
import type {FlyctlCall} from './flyctl-calls.ts'
import {runPaths} from './run-paths.ts'
import {isComputed, type Job, type Step, type Value, type Workflow} from './workflow.ts'

/** A step that must end well before flyctl is called. */
export interface LeadUp {
  workflow: Workflow
  job: Job
  step: Step
  /** What the job ran before it, as text: it may have made files. */
  before: string
}

/** The jobs that call flyctl, themselves or in a workflow of the project, and those that they wait for. */
function jobsBefore(workflows: readonly Workflow[], calls: readonly FlyctlCall[]): {workflow: Workflow; job: Job}[] {
  const found = new Map<Job, Workflow>()
  const visit = (job: Job, workflow: Workflow): void => {
    if (found.has(job)) return
    found.set(job, workflow)
    for (const {text} of job.needs) {
      const needed = workflow.jobs.find(({id}) => id === text)
      if (needed) visit(needed, workflow)
    }
  }
  const own = new Set(calls.map(({job}) => job))
  const calling = calls.map(({workflow}) => workflow.file.path.split('/').at(-1) as string)
  const reuses = ({uses}: Job) => calling.some((name) => uses?.text === `./.github/workflows/${name}`)
  for (const workflow of workflows) {
    for (const job of workflow.jobs) if (own.has(job) || reuses(job) || usesFly(job)) visit(job, workflow)
  }
  return [...found].map(([job, workflow]) => ({job, workflow}))
}

/** An action deploys in the place of a call: `superfly/fly-pr-review-apps`, one of the project's own. */
const usesFly = ({steps}: Job): boolean => steps.some(({uses}) => /\bfly\b|flyctl|superfly/i.test(uses?.text ?? ''))

/** The steps up to the last call of flyctl that surely run, and whose failure ends the job. */
export function leadUp(workflows: readonly Workflow[], calls: readonly FlyctlCall[]): LeadUp[] {
  return jobsBefore(workflows, calls).flatMap(({job, workflow}) => {
    const last = calls.findLast((call) => call.job === job)
    const end = last ? job.steps.indexOf(last.step) + 1 : job.steps.length
    let before = ''
    return job.steps.slice(0, end).flatMap((step) => {
      const found = {workflow, job, step, before}
      before += `${step.uses?.text ?? ''}\n${step.run?.text ?? ''}\n`
      return step.if || step.continueOnError ? [] : [found]
    })
  })
}

/** Whether the steps before are actions that make no file of their own. */
export const makesNothing = (before: string): boolean =>
  before.split('\n').every((line) => line.trim() === '' || makesNone.test(line.trim()))
const makesNone = /^(?:(?:actions\/(?:checkout|setup-\w+)|superfly\/\S+)@\S+|set -\w+)$/

/** A file or folder that a step names, relative to the top of the repository. */
export interface Named {
  path: string
  /** `lock`: a lock file that an install goes by, `manifest`: that of the project; both may stand in a folder above, too. */
  kind: 'file' | 'folder' | 'action' | 'workflow' | 'lock' | 'manifest'
  /** `node-version-file`. */
  by: string
  /** It may be called so as well. */
  others?: readonly string[]
  value: Value
}

/** Inputs of well-known actions that name a file which must be there, else the action fails. */
const fileInputs: ReadonlyMap<string, readonly string[]> = new Map([
  ['actions/setup-node', ['node-version-file', 'cache-dependency-path']],
  ['actions/setup-python', ['python-version-file']],
  ['actions/setup-go', ['go-version-file']],
  ['actions/setup-java', ['java-version-file']],
  ['actions/setup-dotnet', ['global-json-file']],
  ['oven-sh/setup-bun', ['bun-version-file']],
  ['pnpm/action-setup', ['package_json_file']],
  ['erlef/setup-beam', ['version-file']],
])

/** What a step needs of the checkout: paths that it names in so many words. */
export function namedBy({step, before}: LeadUp): Named[] {
  const {uses, inputs, run, workingDirectory} = step
  const named: Named[] = []
  const add = (by: string, value: Value | undefined, kind: Named['kind']) => {
    const isPlain = value && !isComputed(value) && !/[*?\n~$]|^\//.test(value.text)
    if (isPlain) named.push({path: posix.normalize(value.text), kind, by, value})
  }
  if (uses?.text.startsWith('./')) add('uses', uses, /\.ya?ml$/.test(uses.text) ? 'workflow' : 'action')
  const [action = ''] = uses?.text.split('@') ?? []
  for (const input of fileInputs.get(action) ?? []) add(input, inputs.get(input), 'file')
  // It copies its configuration before it calls flyctl (entrypoint.sh): fly.toml, where it is told no other one.
  const [path, config] = [inputs.get('path'), inputs.get('config')]
  // Any step before may write it.
  if (
    action === 'superfly/fly-pr-review-apps' &&
    uses &&
    makesNothing(before) &&
    ![path, config].some((each) => each && isComputed(each))
  ) {
    const text = posix.join(path?.text ?? '.', config?.text ?? 'fly.toml')
    add('fly-pr-review-apps', {...(config ?? path ?? uses), text}, 'file')
  }
  if (run) add('working-directory', workingDirectory, 'folder')
  return [...named, ...runPaths(step, before)]
}
