import type {CompositeAction} from './composite.ts'
import type {Deep, Value} from './values.ts'
import type {Job, Workflow} from './workflow.ts'

/** An expression that asks for what is not there. */
export interface Misplaced {
  /** `secrets`, `env`, `needs.build`, `steps.meta`. */
  name: string
  /** The key whose value it is: `jobs.deploy.if`. */
  key: string
  value: Value
  /** What can be asked for there; undefined where GitHub does not refuse it, and the expression is empty. */
  allowed: readonly string[] | undefined
}

const words = (text: string): string[] => text.split(' ')
const inJob = words('github needs strategy matrix inputs vars')
const beforeMatrix = words('github needs inputs vars')

/** The contexts of GitHub (docs.github.com, "Context availability"), by the keys of a job that are not as a step's. */
const ofJob: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^if$|^strategy\./, beforeMatrix],
  [/^(name|runs-on|runs-on\..*|timeout-minutes|continue-on-error|container|container\.image)$/, inJob],
  [/^(environment|environment\.name)$|^concurrency(\.|$)|^with\./, inJob],
  [/^(env|secrets)\./, [...inJob, 'secrets']],
  [/^defaults\.run\./, [...inJob, 'env']],
]
const ofWorkflow: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^run-name$|^concurrency(\.|$)/, words('github inputs vars')],
  [/^env\./, words('github secrets inputs vars')],
]
const ofStepCondition = words('github env inputs job matrix needs runner steps strategy vars')

/** Those that GitHub refuses, and those that are empty: a job that is not waited for, a step that there is not. */
export function misplacedExpressions(workflow: Workflow): Misplaced[] {
  return [
    ...refused(workflow.texts, ofWorkflow, ''),
    ...workflow.jobs.flatMap((job) => [...refused(job.texts, ofJob, `jobs.${job.id}.`), ...ofSteps(job)]),
  ]
}

/** The steps of an action see what it is given, and no secrets (docs.github.com, "Context availability"). */
export function misplacedInAction({steps}: CompositeAction): Misplaced[] {
  const allowed = words('github env inputs job matrix runner steps strategy')
  return steps.flatMap((step) => {
    const texts = [
      ...(step.if ? [{path: 'if', value: step.if}] : []),
      ...(step.run ? [{path: 'run', value: step.run}] : []),
      ...[...step.inputs].map(([name, value]) => ({path: `with.${name}`, value})),
      ...[...step.env].map(([name, value]) => ({path: `env.${name}`, value})),
    ]
    return texts.flatMap(({path, value}) =>
      contextsIn(value, path === 'if')
        .filter(({context}) => context === 'secrets')
        .map(({context}) => ({name: context, key: path, value, allowed})),
    )
  })
}

function refused(texts: readonly Deep[], rules: typeof ofJob, above: string): Misplaced[] {
  return texts.flatMap(({path, value}) => {
    const allowed = rules.find(([keys]) => keys.test(path))?.[1]
    if (!allowed) return []
    return contextsIn(value, path === 'if')
      .filter(({context}) => !allowed.includes(context))
      .map(({context}) => ({name: context, key: above + path, value, allowed}))
  })
}

function ofSteps({id, needs, texts, steps}: Job): Misplaced[] {
  const needed = new Set(needs.map(({text}) => text))
  const isKnown = ![...needed].some((each) => each.includes('${{'))
  const found: Misplaced[] = []
  const empty = (value: Value, key: string, isCondition: boolean, ids: ReadonlySet<string> | undefined) => {
    for (const {context, property} of contextsIn(value, isCondition)) {
      const [known, known2] = context === 'needs' ? [isKnown, needed] : [ids !== undefined, ids]
      if ((context !== 'needs' && context !== 'steps') || !known || property === undefined) continue
      if (!known2?.has(property)) found.push({name: `${context}.${property}`, key, value, allowed: undefined})
    }
  }
  for (const {path, value} of texts) empty(value, `jobs.${id}.${path}`, path === 'if', undefined)
  const ids = new Set<string>()
  for (const step of steps) {
    if (step.if) {
      const asked = contextsIn(step.if, true).filter(({context}) => !ofStepCondition.includes(context))
      for (const {context} of asked) {
        found.push({name: context, key: 'if', value: step.if, allowed: ofStepCondition})
      }
      empty(step.if, 'if', true, ids)
    }
    if (step.run) empty(step.run, 'run', false, ids)
    for (const [name, value] of step.inputs) empty(value, `with.${name}`, false, ids)
    for (const [name, value] of step.env) empty(value, `env.${name}`, false, ids)
    if (step.id) ids.add(step.id)
  }
  return found
}

const contexts =
  /(?<![\w.\])"'-])(github|env|vars|jobs?|steps|runner|secrets|strategy|matrix|needs|inputs)\s*(?:\.\s*([\w-]+)|\[)/g

/** What the expressions of a value ask for: `needs` and `build`. A condition is one without its braces. */
function contextsIn({text}: Value, isCondition: boolean): {context: string; property: string | undefined}[] {
  const parts = [...text.matchAll(/\$\{\{((?:'[^'\n]*'|[^'}\n]|\}(?!\}))*)\}\}/g)].map(([, inside = '']) => inside)
  const expressions = parts.length === 0 && isCondition ? [text] : parts
  return expressions.flatMap((each) =>
    [...each.replace(/'(?:[^']|'')*'/g, "''").matchAll(contexts)].map(([, context = '', property]) => ({
      context,
      property,
    })),
  )
}
