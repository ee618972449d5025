/** A GitHub Actions workflow, as far as it tells how a project is deployed. Nothing of it is run. */
import type {FileLocation} from '../../check.ts'
import type {Node, SyntaxProblem, TableNode} from '../documents/document.ts'
import {parseYaml} from '../documents/yaml.ts'
import type {TextFile} from '../text.ts'

export interface Workflow {
  file: TextFile
  name: string | undefined
  jobs: Job[]
}

export interface Job {
  id: string
  at: FileLocation
  /** `undefined`: an expression, or another workflow runs it. */
  runsOn: Value | undefined
  /** The labels of the runners, where they are written: its own, or those of its matrix. */
  labels: string[]
  /** The ids of the jobs before it. */
  needs: Value[]
  if: Value | undefined
  /** It runs in a container of its own, which may hold any program. */
  hasContainer: boolean
  /** That of the job, else of the workflow: two runs of one group wait for each other. */
  concurrency: Concurrency | undefined
  /** The reusable workflow that it calls. */
  uses: Value | undefined
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

/** A scalar with its place. */
export interface Value {
  text: string
  at: FileLocation
}

export interface Script extends Value {
  /** The place of a part of the text: its lines. */
  place(start: number, end: number): FileLocation
}

/** Whether GitHub fills the value in when the workflow runs: nobody can know it before. */
export const isComputed = ({text}: Pick<Value, 'text'>): boolean => text.includes('${{')

/** Whether it uses an action of the project or of others, which may bring programs, files and variables. */
export const usesForeignActions = ({steps}: Job): boolean =>
  steps.some(({uses}) => uses !== undefined && !/^(actions|docker|superfly)\//.test(uses.text))

export function parseWorkflow(file: TextFile): Workflow | SyntaxProblem {
  const document = parseYaml(file)
  if ('message' in document) return document
  const {root} = document
  const jobs = table(root.entries.get('jobs'))
  return {
    file,
    name: scalar(root.entries.get('name'))?.text,
    jobs: [...(jobs?.entries ?? [])].flatMap(([id, node]) => {
      const job = table(node)
      return job ? [readJob(id, job, root)] : []
    }),
  }

  function readJob(id: string, job: TableNode, workflow: TableNode): Job {
    const environment = (...tables: (TableNode | undefined)[]) =>
      new Map(tables.flatMap((each) => [...values(table(each?.entries.get('env')))]))
    const folder = (node: TableNode | undefined) =>
      scalar(table(table(node?.entries.get('defaults'))?.entries.get('run'))?.entries.get('working-directory'))
    const get = (key: string) => scalar(job.entries.get(key))
    const needs = job.entries.get('needs')
    const steps = job.entries.get('steps')
    return {
      id,
      at: keyPlace(job),
      runsOn: get('runs-on'),
      labels: labels(job),
      needs: itemsOf(needs).flatMap((each) => scalar(each) ?? []),
      if: get('if'),
      hasContainer: job.entries.has('container'),
      concurrency: concurrency(job) ?? concurrency(workflow),
      uses: get('uses'),
      steps: (steps?.type === 'array' ? steps.items : []).flatMap((item) => {
        const step = table(item)
        if (!step) return []
        const own = (key: string) => scalar(step.entries.get(key))
        return {
          at: firstLine(step.range[0]),
          id: own('id')?.text,
          uses: own('uses'),
          run: script(step.entries.get('run')),
          if: own('if'),
          inputs: values(table(step.entries.get('with'))),
          env: environment(workflow, job, step),
          workingDirectory: own('working-directory') ?? folder(job) ?? folder(workflow),
          continueOnError: own('continue-on-error')?.text === 'true',
          shell: own('shell')?.text,
        }
      }),
    }
  }

  function labels(job: TableNode): string[] {
    const written = job.entries.get('runs-on')
    const [, key] = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(scalar(written)?.text ?? '') ?? []
    const matrix = table(table(job.entries.get('strategy'))?.entries.get('matrix'))?.entries
    const included = itemsOf(matrix?.get('include')).map((each) => table(each)?.entries.get(key ?? ''))
    const nodes = key === undefined ? itemsOf(written) : [...itemsOf(matrix?.get(key)), ...included]
    return nodes.flatMap((each) => scalar(each)?.text ?? [])
  }

  function concurrency(node: TableNode): Concurrency | undefined {
    const written = node.entries.get('concurrency')
    const cancels = scalar(table(written)?.entries.get('cancel-in-progress'))
    return written && {at: firstLine(written.range[0]), cancels}
  }

  function values(node: TableNode | undefined): Map<string, Value> {
    return new Map(
      [...(node?.entries ?? [])].flatMap(([name, each]) => {
        const value = scalar(each)
        return value ? [[name, value] as const] : []
      }),
    )
  }

  function scalar(node: Node | undefined): Value | undefined {
    if (!node) return undefined
    const text =
      node.type === 'string' || node.type === 'date'
        ? node.value
        : node.type === 'integer'
          ? node.digits
          : node.type === 'boolean' || node.type === 'float'
            ? String(node.value)
            : undefined
    return text === undefined ? undefined : {text, at: file.span(...node.range)}
  }

  function script(node: Node | undefined): Script | undefined {
    const value = scalar(node)
    if (!value || !node) return undefined
    const start = (node.content ?? node.range)[0]
    const first = file.position(start).line
    // Of a literal block each line of the text is one line of the file; of any other form it is not told which.
    const isBlock = file.text[start] === '|'
    const lineOf = (offset: number) => first + 1 + (value.text.slice(0, offset).match(/\n/g)?.length ?? 0)
    return {
      ...value,
      place(from, to) {
        if (!isBlock) return {...value.at}
        const [begin, end] = [file.lineSpan(lineOf(from)), file.lineSpan(lineOf(to))]
        return {...begin, endLine: end.line, endColumn: end.endColumn} as FileLocation
      },
    }
  }

  function keyPlace(node: TableNode): FileLocation {
    return node.key ? file.span(...node.key) : firstLine(node.range[0])
  }

  function firstLine(offset: number): FileLocation {
    return file.lineSpan(file.position(offset).line)
  }
}

/** One may stand alone where a list may. */
const itemsOf = (node: Node | undefined): (Node | undefined)[] => (node?.type === 'array' ? node.items : [node])

const table = (node: Node | undefined): TableNode | undefined => (node?.type === 'table' ? node : undefined)
