import {defineCheck, doubleQuoted, type Facts, type Location, suggest, unknownFunctions} from '../../src/check.ts'

export default defineCheck({
  id: 'ci/workflow-rules',
  title: 'GitHub accepts the workflows that deploy',
  why: 'GitHub starts no job of a workflow that it refuses, and nothing is deployed.',
  severity: 'warning',
  failsAt: 'gate',
  since: '0.1.0',
  needs: ['workflows'],
  *run({workflows}) {
    for (const {at, run, keys} of workflows.actions.flatMap(({steps}) => steps)) {
      if (!run || keys.has('shell')) continue
      yield {
        message:
          'a command in an action needs its shell: GitHub refuses the action ("Required property is missing: shell"), and its job fails',
        at,
        hint: 'Add to the step: shell: bash',
      }
    }
    for (const {text, at} of workflows.workflows.flatMap(doubleQuoted)) {
      yield {
        message: `an expression has ${text}, and GitHub knows single quotes only: it refuses the whole workflow ("Unexpected symbol")`,
        at,
        hint: `Write '${text.replaceAll('"', '')}' there.`,
      }
    }
    for (const {name, at} of workflows.workflows.flatMap(unknownFunctions)) {
      yield {
        message: `an expression calls ${name}(), and GitHub has no function of that name: it refuses the whole workflow ("Unrecognized function: '${name}'")`,
        at,
        hint: /low|up/i.test(name)
          ? 'Let a step before do it: echo "name=${NAME,,}" >> "$GITHUB_OUTPUT", and take its output there.'
          : 'Call contains, startsWith, endsWith, format, join, toJSON, fromJSON or hashFiles, or let a step before work it out.',
      }
    }
    for (const {jobs, jobless, keys, triggers} of workflows.workflows) {
      yield* noJobs(jobless)
      yield* unknownKeys(keys, workflowKeys, 'workflow')
      yield* strayKeys(keys)
      yield* unknownEvents(triggers)
      yield* unknownFilters(triggers)
      for (const job of jobs) {
        for (const needed of job.needs) {
          const ids = jobs.map(({id}) => id)
          if (needed.text.includes('${{') || ids.includes(needed.text)) continue
          const meant = suggest(needed.text, ids)
          yield {
            message: `the job ${job.id} needs ${needed.text}, which the workflow does not have: GitHub refuses the whole workflow`,
            at: needed.at,
            hint: meant ? `Write needs: ${meant}` : `Name one of its jobs: ${ids.join(', ')}`,
          }
        }
        for (const {message, hint, at} of expressionProblems(job)) yield {message, hint, at}
        yield* keyProblems(job)
        yield* joinedLines(job)
        yield* cutLines(job)
        const circle = circleOf(job, jobs)
        if (circle) {
          yield {
            message: `the jobs ${circle.join(', ')} wait for each other: GitHub refuses the whole workflow`,
            at: job.needs[0]?.at ?? job.at,
            hint: 'Take one of them out of needs:',
          }
        }
      }
    }
  },
})

/** docs.github.com, "Events that trigger workflows", with those that there once were. */
const events =
  `branch_protection_rule check_run check_suite create delete deployment deployment_status discussion discussion_comment fork
  gollum image_version issue_comment issues label member merge_group milestone page_build project project_card project_column
  public pull_request pull_request_comment pull_request_review pull_request_review_comment pull_request_target push
  registry_package release repository_dispatch schedule status watch workflow_call workflow_dispatch workflow_run`.split(
    /\s+/,
  )
/** What is not alike, and what is meant by it. */
const mistaken = new Map([
  ['merge', 'push'],
  ['merged', 'push'],
  ['commit', 'push'],
  ['tag', 'push, with tags: below it'],
  ['tags', 'push, with tags: below it'],
  ['branches', 'push, with branches: below it'],
  ['cron', 'schedule, with cron: below it'],
  ['manual', 'workflow_dispatch'],
  ['dispatch', 'workflow_dispatch'],
])

/** What stands below an event, and not beside it. */
const ofEvents = /^(?:branches|tags|paths)(?:-ignore)?$|^(?:types|inputs)$/

function* unknownEvents(triggers: Facts['workflows']['workflows'][number]['triggers']) {
  for (const [event, {at}] of triggers ?? []) {
    if (ofEvents.test(event)) {
      yield {
        message: `${event} stands beside the events of on, and is none: GitHub refuses the whole workflow ("Unexpected value '${event}'")`,
        at,
        hint: `Indent it, so that it stands below ${event === 'inputs' ? 'workflow_dispatch' : 'push'}:`,
      }
      continue
    }
    const meant = events.includes(event) ? undefined : (mistaken.get(event) ?? suggest(event, events))
    // What resembles none of them may be one that GitHub has got since.
    if (meant === undefined) continue
    yield {
      message: `GitHub has no event ${event}: it refuses the whole workflow ("Unexpected value '${event}'")`,
      at,
      hint: `Write on: ${meant}`,
    }
  }
}

/** What an event can be asked for (the schema of workflows, `on`); of others nothing is told. */
const filtersOf: Readonly<Record<string, readonly string[]>> = {
  push: ['branches', 'branches-ignore', 'tags', 'tags-ignore', 'paths', 'paths-ignore'],
  pull_request: ['types', 'branches', 'branches-ignore', 'paths', 'paths-ignore'],
  pull_request_target: ['types', 'branches', 'branches-ignore', 'paths', 'paths-ignore'],
  workflow_run: ['types', 'workflows', 'branches', 'branches-ignore'],
  workflow_dispatch: [],
  workflow_call: [],
  release: ['types'],
}

function* unknownFilters(triggers: Facts['workflows']['workflows'][number]['triggers']) {
  for (const [event, {filters, at}] of triggers ?? []) {
    const wrong = [...filters.keys()].find((key) => filtersOf[event]?.includes(key) === false)
    const twice = ['branches', 'tags', 'paths'].find((key) => filters.has(key) && filters.has(`${key}-ignore`))
    if (wrong !== undefined) {
      yield {
        message: `${event} cannot be asked for ${wrong}: GitHub refuses the whole workflow ("Unexpected value '${wrong}'")`,
        at: filters.get(wrong)?.[0]?.at ?? at,
        hint:
          event === 'workflow_run' && /^paths/.test(wrong)
            ? 'Take it out, and ask for the paths in the workflow that this one follows.'
            : 'Take it out.',
      }
    } else if (twice !== undefined) {
      yield {
        message: `${event} has both ${twice} and ${twice}-ignore: GitHub refuses the whole workflow (it takes one of them)`,
        at: filters.get(`${twice}-ignore`)?.[0]?.at ?? at,
        hint: `Keep ${twice} alone: a pattern with ! before it leaves out.`,
      }
    }
  }
}

/** Commands that take another one for their argument are not among them: doppler run, sudo, env. */
const begins = /^(?:echo|cd|export|fly|flyctl|mkdir|cp|git|curl|pip install|npm (?:ci|i|install))\s/
const beginsAnother = /^(?:echo|cd|export|fly|flyctl)\s/

/** ` #` begins a comment in YAML, also within the quotes of a shell. */
function* cutLines({steps}: Job) {
  for (const {run, shell} of steps) {
    // cmd of Windows wants no second quote.
    if (run?.cut === undefined || shell === 'cmd') continue
    yield {
      message: `YAML takes ${run.cut.slice(0, 40)} for a comment: the shell gets the command without it, with a quote that never ends, and the step fails`,
      at: run.at,
      hint: 'Write run: | and the command in the line below.',
    }
  }
}

/** `run:` with several commands below it, and without the | that keeps their lines. */
function* joinedLines({steps}: Job) {
  for (const {run} of steps) {
    const {joined: lines = []} = run ?? {}
    const index = lines.findIndex((line, at) => at > 0 && lines[at - 1] !== '' && beginsAnother.test(line))
    const before = lines[index - 1] ?? ''
    if (!run || index < 0 || !begins.test(lines[0] ?? '') || /(?:&&|\|\||[|;\\(])$|--$/.test(before)) continue
    yield {
      message: `run: without | is one command: YAML joins its ${lines.length} lines by blanks, and ${lines[index]?.split(' ')[0]} becomes a word of the command before it`,
      at: run.at,
      hint: 'Write run: | and leave the lines below it as they are.',
    }
  }
}

function* noJobs(jobless: Facts['workflows']['workflows'][number]['jobless']) {
  for (const [key, at] of jobless) {
    yield {
      message: `${key} stands below jobs, where each key is a job with keys of its own, and this one has none: GitHub refuses the whole workflow`,
      at,
      hint: jobKeys.includes(key)
        ? 'Indent it, so that it stands in its job.'
        : 'Give it runs-on and steps, or take it out.',
    }
  }
}

const workflowKeys = 'name run-name on permissions env defaults concurrency jobs'.split(' ')
const jobKeys =
  'name permissions needs if runs-on environment concurrency outputs env defaults steps timeout-minutes strategy continue-on-error container services uses with secrets'.split(
    ' ',
  )
const stepKeys = 'id if name uses run working-directory shell with env continue-on-error timeout-minutes'.split(' ')
/** What a job that calls a workflow may have (docs.github.com, "Supported keywords for jobs that call a reusable workflow"). */
const callKeys = 'name uses with secrets strategy needs if concurrency permissions'.split(' ')

/** Keys that GitHub does not know, that do not go together, and that are missing. */
function* keyProblems(job: Job) {
  yield* unknownKeys(job.keys, jobKeys, 'job')
  const isPlain = [...job.keys.keys()].every((key) => jobKeys.includes(key))
  const [beside] = job.uses ? jobKeys.filter((key) => job.keys.has(key) && !callKeys.includes(key)) : []
  if (job.uses && beside) {
    yield {
      message: `a job that calls a workflow (uses) cannot have ${beside}: GitHub refuses the whole workflow`,
      at: job.keys.get(beside) as Location,
      hint:
        beside === 'env'
          ? 'Hand the values on as inputs: with:, and secrets:'
          : `Move ${beside} into ${job.uses.text}.`,
    }
  } else if (!job.uses && !job.keys.has('runs-on') && isPlain) {
    yield {
      message: `the job ${job.id} has no runs-on: GitHub refuses the whole workflow`,
      at: job.at,
      hint: 'Write runs-on: ubuntu-latest',
    }
  } else if (!job.uses && ![job.keys, job.strategyKeys].some((keys) => keys.has('steps')) && isPlain) {
    yield {
      message: `the job ${job.id} has no steps: GitHub refuses the whole workflow`,
      at: job.at,
      hint: 'Write them below it, with steps:, or take the job out.',
    }
  }
  for (const [key, at] of job.strategyKeys) {
    if (!jobKeys.includes(key)) continue
    yield {
      message: `${key} stands in strategy, which has no such key: GitHub refuses the whole workflow ("Unexpected value '${key}'")`,
      at,
      hint: `${key} is of the job: let it begin where strategy does.`,
    }
  }
  for (const {keys, at} of job.steps) {
    yield* unknownKeys(keys, stepKeys, 'step')
    if (
      keys.size > 0 &&
      !keys.has('uses') &&
      !keys.has('run') &&
      [...keys.keys()].every((key) => stepKeys.includes(key))
    ) {
      yield {
        message: 'this step has neither uses nor run: GitHub refuses the whole workflow',
        at,
        hint: 'Write its command below it, with run:, and no dash before that; or take the step out.',
      }
    }
    const [own, other] = keys.has('uses') ? ['uses', ['run', 'working-directory', 'shell']] : ['run', ['with']]
    const [wrong] = (other as string[]).filter((key) => keys.has(own as string) && keys.has(key))
    if (wrong === 'run') {
      yield {
        message: 'a step has either uses or run: GitHub refuses the whole workflow',
        at,
        hint: 'Make two steps of it.',
      }
    } else if (wrong) {
      yield {
        message: `a step with ${own} cannot have ${wrong}: GitHub refuses the whole workflow`,
        at: keys.get(wrong) as Location,
        hint:
          own === 'run'
            ? 'Give the command its arguments itself, and variables with env:'
            : `Take ${wrong} out: an action works at the top of the repository, or where an input of its own says.`,
      }
    }
  }
}

/** Only where it is clear: one like it is meant, `runs_on` and `step`, or it is a name of another kind. GitHub may have learnt others. */
function* unknownKeys(keys: Job['keys'], known: readonly string[], of: string) {
  const plain = (key: string) => key.replace(/[-_s]/gi, '').toLowerCase()
  for (const [key, at] of keys) {
    const meant = known.includes(key) ? undefined : known.find((each) => plain(each) === plain(key))
    const isInput = of === 'step' && keys.has('uses') && ofActions.test(key)
    if (!meant && (isVariable.test(key) || isInput)) {
      yield {
        message: `a ${of} has no key ${key}: GitHub refuses the whole workflow ("Unexpected value '${key}'")`,
        at,
        hint: isInput
          ? 'Write it below with:, as an input of the action.'
          : of === 'step'
            ? 'Write it below env:, or below with: for an input of the action.'
            : 'Write it below env:',
      }
    }
    const cure = meant ? `Write ${meant}:` : known.includes(key) ? undefined : misplaced(key, of, keys)
    if (!cure) continue
    yield {
      message: `a ${of} has no key ${key}: GitHub refuses the whole workflow ("Unexpected value '${key}'")`,
      at,
      hint: cure,
    }
  }
}

/** A key of a job that stands in a step, or one of a step in a job: no level has those of the other. */
function misplaced(key: string, of: string, keys: Job['keys']): string | undefined {
  if (of === 'step')
    return jobKeys.includes(key) ? `${key} is of the job: let it stand beside steps, outside of them.` : undefined
  if (key === 'working-directory' || key === 'shell')
    return `Write it below defaults: and run:, or in the steps: defaults: {run: {${key}: …}}`
  return stepKeys.includes(key) && keys.has('steps') ? 'Write it in a step, below steps:.' : undefined
}

/** Inputs of actions that are used much: checkout, setup-node and its like, cache, github-script. */
const ofActions =
  /^(?:submodules|lfs|fetch-depth|ref|repository|(?:github-)?token|path|args|version|[a-z]+-version|cache|key|script)$/

/** GitHub's own keys are of small letters. */
const isVariable = /^[A-Z][A-Z0-9_]*$/

/** What no key at the top can be: a path, or a word that belongs below a job or a trigger. */
const stray =
  /[\s/]|^(?:runs-on|steps|uses|with|run|needs|strategy|timeout-minutes|push|pull_request|branches|workflow_dispatch|schedule)$/

function* strayKeys(keys: Job['keys']) {
  for (const [key, at] of keys) {
    if (!stray.test(key)) continue
    yield {
      message: `a workflow has no key ${key}: GitHub refuses the whole workflow ("Unexpected value '${key}'")`,
      at,
      hint: /[\s/]/.test(key)
        ? 'Take the line out.'
        : `Write it below ${/^(?:push|pull|branches|workflow|schedule)/.test(key) ? 'on:' : 'a job of jobs:'}, with blanks before it.`,
    }
  }
}

/** The jobs that wait for each other, told of the first of them. */
function circleOf(job: Job, jobs: readonly Job[]): string[] | undefined {
  const path: string[] = []
  const seen = new Set<Job>()
  const leadsBack = (each: Job): boolean => {
    if (seen.has(each)) return false
    seen.add(each)
    path.push(each.id)
    const found = each.needs.some(({text}) => {
      const needed = jobs.find(({id}) => id === text)
      return needed !== undefined && (needed === job || leadsBack(needed))
    })
    if (!found) path.pop()
    return found
  }
  if (!leadsBack(job)) return undefined
  return path.every((id) => jobs.findIndex((each) => each.id === id) >= jobs.indexOf(job)) ? path : undefined
}

type Script = NonNullable<Job['steps'][number]['run']>
type Job = Facts['workflows']['workflows'][number]['jobs'][number]

/** Expressions that do not end, which GitHub refuses, and those without $, which it leaves as they are. */
function expressionProblems({steps, texts}: Job): {message: string; hint: string; at: Location}[] {
  const values = steps.flatMap(({uses, run, inputs, env}) => [
    ...(run ? [{value: run, isTemplate: false}] : []),
    // Another action may fill in braces of its own.
    ...[...inputs.values()].map((value) => ({value, isTemplate: !/^superfly\//.test(uses?.text ?? '')})),
    ...[...env.values()].map((value) => ({value, isTemplate: false})),
  ])
  const conditions = [...texts.map(({value}) => value), ...steps.flatMap((step) => step.if ?? [])]
  values.push(...conditions.map((value) => ({value, isTemplate: true})))
  return [...new Map(values.map((each) => [JSON.stringify(each.value.at), each])).values()].flatMap((each) => {
    const {value, isTemplate} = each
    const at = (index: number) => ('place' in value ? (value as Script).place(index, index) : value.at)
    // It may go over several lines, and a string in it may have braces: ${{ '${{' }}
    const expressions = value.text.matchAll(/\$\{\{(?:'[^']*(?:'|$)|(?!\}\}|\$\{\{)[^'])*(\}\}|\$\{\{|$)/g)
    const open = [...expressions].find(([, end]) => end !== '}}')
    if (open) {
      return [
        {
          message: `${/^\$\{\{[^}\n]*\}?/.exec(open[0])?.[0].trim()} does not end with }}: GitHub refuses the whole workflow`,
          hint: 'Close the expression with two braces: ${{ … }}',
          at: at(open.index),
        },
      ]
    }
    const bare = /(?<![${])\{\{\s*((?:secrets|vars|github|inputs|env)\.\w+)\s*\}\}/.exec(value.text)
    if (!bare || (isTemplate && !bare[1]?.startsWith('secrets.'))) return []
    return [
      {
        message: `{{ ${bare[1]} }} has no $ before it: GitHub leaves it as it is, and the braces become the value`,
        hint: `Write \${{ ${bare[1]} }}`,
        at: at(bare.index),
      },
    ]
  })
}
