/** Conditions on the branch that never hold: `github.ref == 'main'`, where GitHub has `refs/heads/main`. */
import type {Value} from './values.ts'
import type {Step, Workflow} from './workflow.ts'

export interface NeverEqual {
  /** `github.ref`. */
  name: string
  /** What it is compared with. */
  text: string
  /** What would be equal. */
  meant: string
  /** There are other parts that let the deploy start. */
  isOneOf: boolean
  at: Value['at']
}

/**
 * Those that decide on a deploy. `github.ref` is "fully-formed": `refs/heads/`, `refs/tags/` or `refs/pull/` before the name,
 * which `ref_name`, `head_ref` and `base_ref` have without it (docs.github.com, "github context").
 */
export function neverEqual({jobs}: Workflow): NeverEqual[] {
  return conditionsOf(jobs).flatMap(ofCondition)
}

/** The conditions that decide on a deploy: those of its job, and of its steps. */
function conditionsOf(jobs: Workflow['jobs']): Value[] {
  return jobs.flatMap(({if: own, steps}) => {
    const deploying = steps.filter(isDeploy)
    return deploying.length > 0 ? [own, ...deploying.map((step) => step.if)].filter((value) => value !== undefined) : []
  })
}

export interface AbsentEvent {
  /** `github.event.workflow_run.conclusion`. */
  name: string
  text: string
  /** The event that alone brings it. */
  event: string
  at: Value['at']
}

/** Events whose data has a part of that name; a workflow that is called has the event of its caller. */
const partOf: Readonly<Record<string, RegExp>> = {
  workflow_run: /^workflow_(?:run|call)$/,
  pull_request: /^(?:pull_request|workflow_call$)/,
  release: /^(?:release|workflow_call)$/,
  deployment_status: /^(?:deployment_status|workflow_call)$/,
}
const ofEvent =
  /(?<![\w.])(github\.event\.(workflow_run|pull_request|release|deployment_status)(?:\.\w{1,50}){1,5})\s{0,20}==\s{0,20}(?:'([^'\n]{1,200})'|(true)\b)/gi

/** Those that decide on a deploy, and ask for the data of an event that does not start the workflow: there it is null. */
export function absentEvents({jobs, triggers}: Workflow): AbsentEvent[] {
  if (!triggers) return []
  return conditionsOf(jobs).flatMap((value) => {
    if (/\|\||!\s{0,20}\(/.test(value.text)) return []
    return [...value.text.matchAll(ofEvent)].flatMap(([, name = '', part = '', text, yes]) => {
      const event = part.toLowerCase()
      const isBrought = [...triggers.keys()].some((each) => partOf[event]?.test(each))
      return isBrought ? [] : [{name, text: text ?? yes ?? '', event, at: value.at}]
    })
  })
}

const isDeploy = ({run, uses}: Step): boolean =>
  /\bfly(?:ctl)?\s/.test(run?.text ?? '') || /^superfly\/(?!flyctl-actions\/setup)/.test(uses?.text ?? '')

const comparison =
  /(?<![\w.])github\.(ref|ref_name|head_ref|base_ref)\s{0,20}==\s{0,20}'([^'\n]{1,200})'|(?<![\w.!])startsWith\(\s{0,20}github\.(ref|ref_name|head_ref|base_ref)\s{0,20},\s{0,20}'([^'\n]{1,200})'\s{0,20}\)/gi

function ofCondition({text, at}: Value): NeverEqual[] {
  return [...text.matchAll(comparison)].flatMap(([whole, equal, exact, begins, start]) => {
    const name = (equal ?? begins ?? '').toLowerCase()
    const isStart = exact === undefined
    const value = exact ?? start ?? ''
    const meant = instead(name, value, isStart)
    // What is filled in later, and `!(…)`, may be anything.
    if (meant === undefined || value.includes('{{') || /!\s{0,20}\(/.test(text)) return []
    const rest = text.replace(whole, '')
    return [{name: `github.${name}`, text: value, meant, isOneOf: rest.includes('||'), at}]
  })
}

function instead(name: string, text: string, isStart: boolean): string | undefined {
  const whole = /^refs\/(?:heads|tags|pull)\//i
  if (name !== 'ref') return whole.test(text) ? text.replace(whole, '') : undefined
  if (whole.test(text) || (isStart && ['refs/heads/', 'refs/tags/', 'refs/pull/'].some(beginsWith(text))))
    return undefined
  const [, kind, rest] = /^refs\/(\w+)\/(.+)$/i.exec(text) ?? []
  if (kind) return /^tag/i.test(kind) ? `refs/tags/${rest}` : `refs/heads/${rest}`
  return /^v\d|^v$/.test(text) ? `refs/tags/${text}` : `refs/heads/${text.replace(/^\/|^(?:refs|heads)\//, '')}`
}

const beginsWith = (text: string) => (each: string) => each.startsWith(text.toLowerCase())
