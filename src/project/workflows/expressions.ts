import type {CompositeAction} from './composite.ts'
import type {Deep, Script, Value} from './values.ts'
import type {Job, Step, Workflow} from './workflow.ts'

/** An expression that asks for what is not there. */
export interface Misplaced {
  /** `secrets`, `env`, `needs.build`, `steps.meta`, `env.TAG`. */
  name: string
  /** The key whose value it is: `jobs.deploy.if`. */
  key: string
  value: Value
  /** What can be asked for there; undefined where GitHub does not refuse it, and the expression is empty. */
  allowed: readonly string[] | undefined
  /** It decides on a deploy, or on what flyctl is given. */
  matters: boolean
}

const words = (text: string): string[] => text.split(' ')
const inJob = words('github needs strategy matrix inputs vars')
const beforeMatrix = words('github needs inputs vars')

/** The contexts of GitHub (docs.github.com, "Context availability"), by the keys of a job that are not as a step's. */
const ofJob: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^if$|^strategy\.(?:matrix|fail-fast|max-parallel)\b/, beforeMatrix],
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

/**
 * Those that GitHub refuses, and those that are empty: a job that is not waited for, a step that there is not, a variable
 * that nothing sets.
 */
export function misplacedExpressions(workflow: Workflow): Misplaced[] {
  return [
    ...refused(workflow.texts, ofWorkflow, ''),
    ...workflow.jobs.flatMap((job) => unset(job, workflow.file.text)),
    ...workflow.jobs.flatMap((job) => [...refused(job.texts, ofJob, `jobs.${job.id}.`), ...ofSteps(job)]),
    ...reservedNames(workflow),
    ...unknownNames(workflow),
    ...workflow.jobs.flatMap((job) => ofGithub(job, workflow.file.text)),
  ]
}

/** A text in double quotes, where an expression of GitHub has none but single ones. */
export interface DoubleQuoted {
  /** `"refs/heads/main"`: the first of the expression. */
  text: string
  at: Value['at']
}

/** Those of a workflow, each value once: the variables of a job are those of its steps, too. */
export function doubleQuoted(workflow: Workflow): DoubleQuoted[] {
  const all = [...workflow.texts, ...workflow.jobs.flatMap((job) => [...job.texts, ...job.steps.flatMap(textsOf)])]
  const found = new Map<string, DoubleQuoted>()
  for (const {path, value} of all) {
    for (const expression of expressionsIn(value, /(^|\.)if$/.test(path))) {
      const text = /"[^"\n]{0,200}"?/.exec(expression)?.[0].trim()
      const start = text === undefined ? -1 : value.text.indexOf(text)
      if (text === undefined) continue
      const at = isScript(value) && start >= 0 ? value.place(start, start + text.length) : value.at
      found.set(`${at.line}:${at.column}`, {text, at})
    }
  }
  return [...found.values()]
}

/** What expressions call (docs.github.com, "Functions"), and what Gitea and Forgejo take from there. */
const functions =
  /^(?:contains|startsWith|endsWith|format|join|toJSON|fromJSON|hashFiles|success|always|cancelled|failure|case)$/i

/** `toLower(…)`, as other languages have it: GitHub knows no function of that name. Each place once. */
export function unknownFunctions(workflow: Workflow): {name: string; at: Value['at']}[] {
  const all = [...workflow.texts, ...workflow.jobs.flatMap((job) => [...job.texts, ...job.steps.flatMap(textsOf)])]
  const found = new Map<string, {name: string; at: Value['at']}>()
  for (const {path, value} of all) {
    for (const expression of expressionsIn(value, /(^|\.)if$/.test(path))) {
      // What GitHub stops at first is the quote.
      if (expression.includes('"')) continue
      for (const [, name = ''] of expression.matchAll(/(?<![\w.'$-])([a-z_]\w*)\(/gi)) {
        if (functions.test(name)) continue
        const start = value.text.indexOf(`${name}(`)
        const at = isScript(value) && start >= 0 ? value.place(start, start + name.length) : value.at
        found.set(`${at.line}:${at.column}`, {name, at})
      }
    }
  }
  return [...found.values()]
}

/** What is no context at all: `${{ GITHUB_SHA }}`, which is a variable of the shell. */
function unknownNames({texts, jobs}: Workflow): Misplaced[] {
  const all = [...texts, ...jobs.flatMap((job) => [...job.texts, ...job.steps.flatMap(textsOf)])]
  return all.flatMap(({path: key, value}) =>
    expressionsIn(value, /(^|\.)if$/.test(key)).flatMap((text) =>
      // What GitHub stops at first is the quote.
      text.includes('"')
        ? []
        : [...text.matchAll(unknownName)].map(([name]) => ({name, key, value, allowed: [], matters: true})),
    ),
  )
}

/** A name that is no property, no function, no literal and no context, of Gitea and Forgejo either. */
const unknownName =
  /(?<![\w\])"'$-]|\.\s{0,99})(?!(?:gitea|forgejo|forge|github|env|vars|jobs?|steps|runner|secrets|strategy|matrix|needs|inputs|true|false|null|nan|infinity)(?![\w-]))[a-z_][\w-]*(?![\w-]|\s*\()/gi

/**
 * GitHub takes no secret and no variable whose name begins with GITHUB_ (docs.github.com, "Naming your secrets"): they are
 * empty, but for the token that it gives itself. Who calls a workflow may call what it hands on as it likes.
 */
function reservedNames({triggers, texts, jobs}: Workflow): Misplaced[] {
  if (!triggers || triggers.has('workflow_call')) return []
  const deploys = jobs.some(({steps}) => steps.some(isFlyctl))
  const all = [
    ...texts.map((each) => ({...each, matters: deploys})),
    ...jobs.flatMap((job) => {
      const own = job.texts.map((each) => ({...each, matters: job.steps.some(isFlyctl)}))
      return [...own, ...job.steps.flatMap((step) => textsOf(step).map((each) => ({...each, matters: isFlyctl(step)})))]
    }),
  ]
  const found = new Map<string, Misplaced>()
  for (const {path: key, value, matters} of all) {
    for (const {context, property = ''} of contextsIn(value, /(^|\.)if$/.test(key))) {
      if (!/^(?:secrets|vars)$/.test(context) || !/^github_(?!token$)/i.test(property)) continue
      const name = `${context}.${property}`
      const start = Math.max(value.text.indexOf(name), 0)
      const at = isScript(value) ? value.place(start, start + name.length) : value.at
      const place = `${name} ${at.line}:${at.column}`
      // The variables of a job are those of its steps, too.
      if (!found.get(place)?.matters) found.set(place, {name, key, value: {...value, at}, allowed: undefined, matters})
    }
  }
  return [...found.values()]
}

/** docs.github.com, "github context", but for those whose name is no variable's either. */
const ofGithubContext = new Set(
  words(
    'action actor api_url base_ref env event event_name event_path graphql_url head_ref job path ref ref_name ref_protected ' +
      'ref_type repository repository_id repository_owner repository_owner_id repository_visibility retention_days run_id ' +
      'run_number run_attempt secret_source server_url sha token triggering_actor workflow workflow_ref workflow_sha workspace ' +
      'actor_id action_path action_ref action_repository action_status job_workflow_sha output state step_summary',
  ),
)

/** A variable of the workflow that is asked for as if it were GitHub's: `github.IMAGE`. */
function ofGithub({texts, steps}: Job, text: string): Misplaced[] {
  const matters = steps.some(isFlyctl)
  return [...texts, ...steps.flatMap(textsOf)].flatMap(({path: key, value}) => {
    const asked = contextsIn(value, /(^|\.)if$/.test(key)).filter(({context}) => context === 'github')
    const names = new Set(asked.map(({property = ''}) => property).filter((name) => /^[A-Z]\w+$/.test(name)))
    return [...names]
      .filter((name) => !ofGithubContext.has(name.toLowerCase()))
      .filter((name) => new RegExp(`(?<![\\w.])${name}\\s{0,20}[:=]`).test(text))
      .map((name) => ({name: `github.${name}`, key, value, allowed: undefined, matters}))
  })
}

/** The steps of an action see what it is given, and no secrets (docs.github.com, "Context availability"). */
export function misplacedInAction({steps}: CompositeAction): Misplaced[] {
  const allowed = words('github env inputs job matrix runner steps strategy')
  return steps.flatMap((step) =>
    textsOf(step).flatMap(({path, value}) =>
      contextsIn(value, path === 'if')
        .filter(({context}) => context === 'secrets')
        .map(({context}) => ({name: context, key: path, value, allowed, matters: true})),
    ),
  )
}

const textsOf = ({if: condition, run, inputs, env}: Step): Deep[] => [
  ...(condition ? [{path: 'if', value: condition}] : []),
  ...(run ? [{path: 'run', value: run}] : []),
  ...[...inputs].map(([name, value]) => ({path: `with.${name}`, value})),
  ...[...env].map(([name, value]) => ({path: `env.${name}`, value})),
]

function refused(texts: readonly Deep[], rules: typeof ofJob, above: string): Misplaced[] {
  return texts.flatMap(({path, value}) => {
    const allowed = rules.find(([keys]) => keys.test(path))?.[1]
    if (!allowed) return []
    return contextsIn(value, path === 'if')
      .filter(({context}) => !allowed.includes(context))
      .map(({context}) => ({name: context, key: above + path, value, allowed, matters: true}))
  })
}

function ofSteps({id, needs, texts, steps}: Job): Misplaced[] {
  const deploys = steps.some(isFlyctl)
  const needed = new Set(needs.map(({text}) => text))
  const isKnown = ![...needed].some((each) => each.includes('${{'))
  const found: Misplaced[] = []
  const empty = (value: Value, key: string, ids: ReadonlySet<string> | undefined, matters: boolean) => {
    for (const {context, property} of contextsIn(value, /(^|\.)if$/.test(key))) {
      const known = context === 'needs' ? (isKnown ? needed : undefined) : context === 'steps' ? ids : undefined
      if (!known || property === undefined || known.has(property)) continue
      found.push({name: `${context}.${property}`, key, value, allowed: undefined, matters})
    }
  }
  for (const {path, value} of texts) empty(value, `jobs.${id}.${path}`, undefined, deploys)
  const ids = new Set<string>()
  for (const step of steps) {
    const matters = isFlyctl(step)
    for (const {path, value} of textsOf(step)) {
      const asked = path === 'if' ? contextsIn(value, true) : []
      for (const {context} of asked.filter((each) => !ofStepCondition.includes(each.context))) {
        found.push({name: context, key: path, value, allowed: ofStepCondition, matters: true})
      }
      empty(value, path, ids, matters)
    }
    if (step.id) ids.add(step.id)
  }
  return found
}

/** Actions that set no variables but those of a language's tools. */
const setsNothing =
  /^(?:actions\/(?:checkout|cache|setup-[\w-]+|(?:up|down)load-artifact)|docker\/[\w-]+|superfly\/[\w./-]+|erlef\/setup-beam|oven-sh\/setup-bun|pnpm\/action-setup|ruby\/setup-ruby|shivammathur\/setup-php)@/
const ofTools =
  /^(?:JAVA|GO|PYTHON|PKG|LD|DOTNET|PNPM|NODE|BUN|RUBY|INSTALL|FLY|DOCKER|BUILDX|ACTIONS|GITHUB|RUNNER)|[a-z]/

/** What flyctl is given of `env`, where no line of the workflow sets it, and no program can have written it to GITHUB_ENV. */
function unset({steps, uses}: Job, text: string): Misplaced[] {
  if (uses || text.includes('GITHUB_ENV')) return []
  const quiet = steps.every((step) =>
    step.uses
      ? setsNothing.test(step.uses.text)
      : !/\.(?:sh|py|js|ts)\b|\b(?:make|just|task|bash|source)\b|npm run|pnpm |yarn |bun /.test(step.run?.text ?? ''),
  )
  if (!quiet) return []
  return steps.filter(isFlyctl).flatMap((step) =>
    textsOf(step).flatMap(({path, value}) => {
      // `env` has that of the job in it, too.
      if (path === 'if' || path.startsWith('env.')) return []
      return contextsIn(value, false).flatMap(({context, property = ''}): Misplaced[] =>
        context === 'env' && property !== '' && !ofTools.test(property) && !isNamed(property, text)
          ? [{name: `env.${property}`, key: path, value, allowed: undefined, matters: true}]
          : [],
      )
    }),
  )
}

/** Whether a text has a name elsewhere than where it is asked for. */
const isNamed = (name: string, text: string): boolean => new RegExp(`(?<!\\benv\\.|\\w)${name}(?!\\w)`).test(text)
/** Of a script it is told on which of its lines it stands. */
const isScript = (value: Value): value is Script => 'place' in value

const isFlyctl = ({run, uses}: Step): boolean => /\bfly(ctl)? |superfly\//.test(`${run?.text} ${uses?.text}`)

const contexts =
  /(?<![\w.\])"'-])(github|env|vars|jobs?|steps|runner|secrets|strategy|matrix|needs|inputs)\s*(?:\.\s*([\w-]+)|\[)/g

/** What the expressions of a value ask for: `needs` and `build`. */
function contextsIn(value: Value, isCondition: boolean): {context: string; property: string | undefined}[] {
  return expressionsIn(value, isCondition).flatMap((each) =>
    [...each.matchAll(contexts)].map(([, context = '', property]) => ({context, property})),
  )
}

/** The expressions of a value, their strings empty. A condition is one without its braces. */
function expressionsIn({text}: Value, isCondition: boolean): string[] {
  const parts = [...text.matchAll(/\$\{\{((?:'[^']*'|\$(?!\{\{)|[^'}$]|\}(?!\}))*)\}\}/g)].map(
    ([, inside = '']) => inside,
  )
  const expressions = parts.length === 0 && isCondition ? [text] : parts
  return expressions.map((each) => each.replace(/'(?:[^']|'')*'/g, "''"))
}
