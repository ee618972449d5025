import {posix} from 'node:path'
import {type CompositeActions, localAction} from './composite.ts'
import type {Known} from './matrix.ts'
import {scriptOf, type Value} from './values.ts'
import {isComputed, type Job, type Step, type Workflow} from './workflow.ts'

/** A job that calls a workflow of the project. */
export interface Reuse {
  workflow: Workflow
  job: Job
  /** Its path from the top of the repository. */
  path: string
  uses: Value
  isThere: boolean
  /** It is named as no workflow of this repository can be: in another folder, or without `./`. */
  isOutside: boolean
  /** Undefined where it cannot be read. */
  called: Workflow | undefined
}

/** A workflow as it runs: what its matrices and its caller fill in stands in the place of the expressions. */
export interface WorkflowRun extends Workflow {
  /** The job that calls it, and those above; none where it runs by itself. */
  callers: Job[]
}

/** More runs of one workflow than this are not told apart, and calls are followed so deep at most (GitHub: ten levels). */
const most = 64
const deepest = 10

/** `names`: of every workflow of the repository; `other`: one that is not about flyctl. */
export function reusesOf(
  workflows: readonly Workflow[],
  names: ReadonlySet<string>,
  other: (name: string) => Workflow | undefined = () => undefined,
): Reuse[] {
  const byName = new Map(workflows.map((each) => [posix.basename(each.file.path), each]))
  return workflows.flatMap((workflow) =>
    workflow.jobs.flatMap((job): Reuse[] => {
      const {uses} = job
      const outside = uses && outsideOf(job)
      if (outside) return [{workflow, job, uses, path: outside, isThere: true, isOutside: true, called: undefined}]
      const [, name] = /^\.\/\.github\/workflows\/([^@]+\.ya?ml)$/.exec(uses?.text ?? '') ?? []
      if (!uses || !name) return []
      const path = `.github/workflows/${name}`
      return [
        {
          workflow,
          job,
          uses,
          path,
          isThere: names.has(name),
          isOutside: false,
          called: byName.get(name) ?? other(name),
        },
      ]
    }),
  )
}

/** What a job calls in a folder from which GitHub takes no workflow, or by a path that does not begin with `./`. */
export const outsideOf = ({uses}: Job): string | undefined =>
  /^(?:\.\/(?!\.github\/workflows\/)|\.github\/workflows\/)[\w./-]+\.ya?ml$/.test(uses?.text ?? '')
    ? uses?.text
    : undefined

/** Each workflow as often as it runs in another way: by itself, and for each of its callers. */
export function runsOf(
  workflows: readonly Workflow[],
  reuses: readonly Reuse[],
  actions: CompositeActions,
): WorkflowRun[] {
  const called = new Set(reuses.map((each) => each.called))
  const startsItself = ({triggers}: Workflow) =>
    triggers === undefined || [...triggers.keys()].some((event) => event !== 'workflow_call')
  const found = new Map<Workflow, WorkflowRun[]>(workflows.map((each) => [each, []]))
  for (const workflow of workflows) {
    if (startsItself(workflow) || !called.has(workflow)) run(workflow, new Map(), [])
  }
  return [...found].flatMap(([workflow, runs]) =>
    runs.length > 0 && runs.length <= most ? runs : [{...workflow, callers: []}],
  )

  function run(workflow: Workflow, inputs: Known, callers: Job[]): void {
    const jobs = workflow.jobs.flatMap((job) => jobRuns(job, {inputs, caller: callers[0], actions}))
    found.get(workflow)?.push({...workflow, jobs, callers})
    if (callers.length >= deepest || (found.get(workflow)?.length ?? 0) > most) return
    for (const job of jobs) {
      const reuse = reuses.find(({uses, called: each}) => each && uses.text === job.uses?.text)
      if (reuse?.called) run(reuse.called, inputsOf(job, reuse.called), [job, ...callers])
    }
  }
}

/** What a caller gives, else the default; what it cannot be known to give is left out. */
function inputsOf(job: Job, {triggers}: Workflow): Known {
  const declared = triggers?.get('workflow_call')?.inputs ?? new Map()
  return new Map(
    [...declared].flatMap(([name, parameter]) => {
      const given = job.inputs.get(name)
      if (given && isComputed(given)) return []
      return [[`inputs.${name}`, given?.text ?? parameter.default ?? ''] as const]
    }),
  )
}

function jobRuns(
  job: Job,
  {inputs, caller, actions}: {inputs: Known; caller: Job | undefined; actions: CompositeActions},
): Job[] {
  const changes = changesEnvironment(job.steps)
  return (job.matrix ?? [new Map()]).map((matrix) => {
    const known = new Map([...inputs, ...matrix])
    return {
      ...job,
      concurrency: job.concurrency ?? caller?.concurrency,
      inputs: filled(job.inputs, known),
      steps: job.steps.flatMap((step) => stepsOf(stepRun(step, known, changes), actions, 0)),
    }
  })
}

/** `changes`: a step beside it may change the variables of those behind it. */
function stepRun(step: Step, known: Known, changes: boolean): Step {
  const env = filled(step.env, known)
  const withEnv = changes ? known : new Map([...known, ...constants(env)])
  return {
    ...step,
    run: step.run && scriptOf(fill(step.run, withEnv), step.run.lines),
    inputs: filled(step.inputs, withEnv),
    env,
    workingDirectory: step.workingDirectory && fill(step.workingDirectory, withEnv),
  }
}

/** The steps of an action of the project in the place of the one that uses it. */
function stepsOf(step: Step, actions: CompositeActions, depth: number): Step[] {
  const action = actions.get(localAction(step) ?? '')
  if (!action || depth > 2) return [step]
  const known = new Map(
    [...action.inputs].map(([name, otherwise]) => [`inputs.${name}`, step.inputs.get(name)?.text ?? otherwise ?? '']),
  )
  const changes = changesEnvironment(action.steps)
  return action.steps.flatMap((each) => {
    const inner = stepRun({...each, env: new Map([...step.env, ...each.env])}, known, changes)
    const run = {...inner, if: each.if ?? step.if, continueOnError: each.continueOnError || step.continueOnError}
    return stepsOf(run, actions, depth + 1)
  })
}

const filled = (values: ReadonlyMap<string, Value>, known: Known): Map<string, Value> =>
  new Map([...values].map(([name, value]) => [name, fill(value, known)]))

const changesEnvironment = (steps: readonly Step[]): boolean => steps.some(({run}) => run?.text.includes('GITHUB_ENV'))

/** Variables whose values stand there as they are. */
const constants = (env: Step['env']): [name: string, value: string][] =>
  [...env].flatMap(([name, value]): [string, string][] =>
    isComputed(value) || value.text.includes('\n') ? [] : [[`env.${name}`, value.text]],
  )

/** `${{ matrix.app }}`, `${{ inputs.config || 'fly.toml' }}`. */
const expression = /\$\{\{\s*((?:matrix|inputs|env)(?:\.[\w-]+)+)\s*(?:\|\|\s*'([^'\n]*)'\s*)?\}\}/g

function fill<T extends Value>(value: T, known: Known): T {
  if (!isComputed(value)) return value
  const text = value.text.replace(expression, (whole, name: string, otherwise: string | undefined) => {
    const found = known.get(name)
    // A line more would move those below it.
    if (found === undefined || found.includes('\n')) return whole
    return found === '' ? (otherwise ?? '') : found
  })
  return text === value.text ? value : {...value, text}
}
