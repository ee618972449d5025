/** A GitHub Actions workflow, as far as it tells how a project is deployed. Nothing of it is run. */
import type {FileLocation} from '../../check.ts'
import {type Node, type SyntaxProblem, type TableNode, valuesOnce} from '../documents/document.ts'
import {parseYaml} from '../documents/yaml.ts'
import type {TextFile} from '../files/text.ts'
import {type Known, matrixLabels, matrixRuns} from './matrix.ts'
import {readTriggers, type Triggers} from './triggers.ts'
import {type Deep, type Script, tableOf, type Value, Values} from './values.ts'

export type {Script, Value} from './values.ts'

export interface Workflow {
  file: TextFile
  name: string | undefined
  /** Its own keys: `on`, `jobs`. */
  keys: ReadonlyMap<string, FileLocation>
  /** What it is started by, by the name of the event; undefined where it cannot be told. */
  triggers: Triggers | undefined
  /** The scalars beside the jobs: `env.NAME`, `run-name`, `concurrency.group`. */
  texts: Deep[]
  jobs: Job[]
  /** What stands below `jobs` and is no job, as it has no keys of its own. */
  jobless: ReadonlyMap<string, FileLocation>
}

export interface Job {
  id: string
  at: FileLocation
  /** Its own keys: `steps`, `runs-on`. */
  keys: ReadonlyMap<string, FileLocation>
  /** Those of its strategy: `matrix`. */
  strategyKeys: ReadonlyMap<string, FileLocation>
  /** The scalars beside the steps: `if`, `environment.url`, `with.config`. */
  texts: Deep[]
  /** `undefined`: an expression, or another workflow runs it. */
  runsOn: Value | undefined
  /** The labels of the runners, where they are written: its own, or those of its matrix. */
  labels: string[]
  /** The ids of the jobs before it. */
  needs: Value[]
  if: Value | undefined
  /** It runs in a container of its own, which may hold any program. */
  hasContainer: boolean
  /** It has an environment, which may bring secrets. */
  hasEnvironment: boolean
  /** That of the job, else of the workflow: two runs of one group wait for each other. */
  concurrency: Concurrency | undefined
  /** The runs of its matrix; undefined where they cannot be told. */
  matrix: Known[] | undefined
  /** The reusable workflow that it calls. */
  uses: Value | undefined
  /** `with` and `secrets` of such a call; 'inherit': all that there are. */
  inputs: ReadonlyMap<string, Value>
  secrets: ReadonlyMap<string, Value> | 'inherit'
  steps: Step[]
}

export interface Concurrency {
  at: FileLocation
  /** `cancel-in-progress`: the next run ends the one before it. */
  cancels: Value | undefined
}

export interface Step {
  at: FileLocation
  id: string | undefined
  keys: ReadonlyMap<string, FileLocation>
  uses: Value | undefined
  /** The text of `run`, its expressions left as they are. */
  run: Script | undefined
  if: Value | undefined
  /** `with`. */
  inputs: ReadonlyMap<string, Value>
  /** Of the workflow, the job and the step together. */
  env: ReadonlyMap<string, Value>
  /** Where `run` starts, as the workflow says it: of the step, else the defaults of the job, else of the workflow. */
  workingDirectory: Value | undefined
  continueOnError: boolean
  shell: string | undefined
}

/** Whether GitHub fills the value in when the workflow runs: nobody can know it before. */
export const isComputed = ({text}: Pick<Value, 'text'>): boolean => text.includes('${{')

/** Actions that bring a language, its packages or an answer, and neither files nor variables of their own. */
const ofTools =
  /^(?:(?:actions|docker|superfly)\/|(?:pnpm\/action-setup|oven-sh\/setup-bun|denoland\/setup-deno|astral-sh\/setup-uv|ruby\/setup-ruby|erlef\/setup-beam|shivammathur\/setup-php|dtolnay\/rust-toolchain|swatinem\/rust-cache|gradle\/actions|bahmutov\/npm-install|dorny\/paths-filter|nrwl\/nx-set-shas|codecov\/codecov-action)[@/])/i

/** Actions that tell of a run, publish it or look something up, and leave the runner as it is. */
const ofReports =
  /^(?:softprops\/action-gh-release|ncipollo\/release-action|getsentry\/action-release|slackapi\/slack-github-action|8398a7\/action-slack|rtcamp\/action-slack-notify|marocchino\/sticky-pull-request-comment|mshick\/add-pr-comment|peter-evans\/(?:create-or-update-comment|find-comment|repository-dispatch)|thollander\/actions-comment-pull-request|bobheadxi\/deployments|chrnorm\/deployment-(?:action|status)|styfle\/cancel-workflow-action|tj-actions\/(?:changed-files|branch-names)|sebrollen\/toml-action|golangci\/golangci-lint-action|cypress-io\/github-action)[@/]/i

/** Whether it uses an action of the project or of others, which may bring programs, files and variables. */
export const usesForeignActions = ({steps}: Pick<Job, 'steps'>): boolean =>
  steps.some(({uses}) => uses !== undefined && !ofTools.test(uses.text) && !ofReports.test(uses.text))

/** Actions that log in to a cloud: their files and variables are of that alone. */
const ofClouds =
  /^(?:google-github-actions\/(?:auth|setup-gcloud)|aws-actions\/configure-aws-credentials|azure\/login)[@/]/i

/** Whether an action of the project or of others may bring flyctl, or its token. */
export const mayBringFlyctl = ({steps}: Pick<Job, 'steps'>): boolean =>
  usesForeignActions({steps: steps.filter(({uses}) => uses && !ofClouds.test(uses.text))})

export function parseWorkflow(file: TextFile): Workflow | SyntaxProblem {
  const root = valuesOnce(file, parseYaml)
  if ('message' in root) return root
  const values = new Values(file)
  const jobs = tableOf(root.entries.get('jobs'))
  return {
    file,
    name: values.scalar(root.entries.get('name'))?.text,
    keys: values.keys(root),
    triggers: readTriggers(root.entries.get('on'), values),
    texts: values.texts(root, 'jobs', 'on'),
    jobs: [...(jobs?.entries ?? [])].flatMap(([id, node]) => {
      const job = tableOf(node)
      return job ? [readJob(id, job, root)] : []
    }),
    jobless: new Map([...(jobs ? values.keys(jobs) : [])].filter(([id]) => !tableOf(jobs?.entries.get(id)))),
  }

  function readJob(id: string, job: TableNode, workflow: TableNode): Job {
    const folder = (node: TableNode | undefined) =>
      values.scalar(
        tableOf(tableOf(node?.entries.get('defaults'))?.entries.get('run'))?.entries.get('working-directory'),
      )
    const get = (key: string) => values.scalar(job.entries.get(key))
    const strategy = tableOf(job.entries.get('strategy'))
    const matrix = strategy?.entries.get('matrix')
    const [, label] = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(get('runs-on')?.text ?? '') ?? []
    return {
      id,
      at: values.place(job),
      keys: values.keys(job),
      strategyKeys: strategy ? values.keys(strategy) : new Map(),
      texts: values.texts(job, 'steps'),
      runsOn: get('runs-on'),
      labels: label
        ? matrixLabels(matrix, label, values)
        : values.list(job.entries.get('runs-on')).map(({text}) => text),
      needs: values.list(job.entries.get('needs')),
      if: get('if'),
      hasContainer: job.entries.has('container'),
      hasEnvironment: job.entries.has('environment'),
      concurrency: concurrency(job) ?? concurrency(workflow),
      matrix: matrixRuns(matrix, values),
      uses: get('uses'),
      inputs: values.map(job.entries.get('with')),
      secrets: get('secrets')?.text === 'inherit' ? 'inherit' : values.map(job.entries.get('secrets')),
      steps: readSteps(job.entries.get('steps'), values, {
        env: new Map([...values.map(workflow.entries.get('env')), ...values.map(job.entries.get('env'))]),
        folder: folder(job) ?? folder(workflow),
      }),
    }
  }

  function concurrency(node: TableNode): Concurrency | undefined {
    const written = node.entries.get('concurrency')
    const cancels = values.scalar(tableOf(written)?.entries.get('cancel-in-progress'))
    return written && {at: values.firstLine(written), cancels}
  }
}

/** `env` and `folder`: what the steps have of what is around them. */
export function readSteps(
  steps: Node | undefined,
  values: Values,
  {env, folder}: {env: ReadonlyMap<string, Value>; folder: Value | undefined},
): Step[] {
  return (steps?.type === 'array' ? steps.items : []).flatMap((item) => {
    const step = tableOf(item)
    if (!step) return []
    const own = (key: string) => values.scalar(step.entries.get(key))
    return {
      at: values.firstLine(step),
      id: own('id')?.text,
      keys: values.keys(step),
      uses: own('uses'),
      run: values.script(step.entries.get('run')),
      if: own('if'),
      inputs: values.map(step.entries.get('with')),
      env: new Map([...env, ...values.map(step.entries.get('env'))]),
      workingDirectory: own('working-directory') ?? folder,
      continueOnError: own('continue-on-error')?.text === 'true',
      shell: own('shell')?.text,
    }
  })
}
