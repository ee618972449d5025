import type {AnyCheck, Finding, NotApplicable} from '../check.ts'
import {type Fact, type FactName, type FactStore, isLive, type Unknown} from '../facts.ts'
import {factsOf} from './plan.ts'

/** Thrown by a check that cannot be carried out: what it says is the reason, and no bug. */
export class Unverified extends Error {}

/** What one check came to, before the project's own rules are applied. */
export interface RawResult {
  outcome: 'ran' | 'skipped' | 'unverified'
  reason: string | undefined
  findings: Finding[]
  durationMs: number
  /** The fact that it could not do without. */
  lacks?: Unknown
}

/** Whether another check of this run tells the problem of a fact; if none does, nothing may be skipped because of it. */
type IsTold = (fact: FactName) => boolean

/** What the check gets to see, by the facts' names. */
type Values = Record<string, unknown>

/** Runs a check and never throws: an absent need skips it, a failed one leaves it unverified, and so does a bug in it. */
export async function runCheck(check: AnyCheck, facts: FactStore, isTold: IsTold): Promise<RawResult> {
  // Fly.io's answers take the longest: it is asked while files are read, if these cannot tell that there is no need.
  if (!check.appliesTo) askFor(check, facts)
  const values: Values = {}
  const early = (await readFacts(check, facts, isTold, values, isStatic)) ?? reasonToSkip(check, values)
  if (early) return early
  askFor(check, facts)
  return (await readFacts(check, facts, isTold, values, isLive)) ?? carryOut(check, values)
}

/** Whether it applies to the project, as far as the files tell: else Fly.io is asked nothing for it. */
export async function applies(check: AnyCheck, facts: FactStore): Promise<boolean> {
  if (!check.appliesTo) return true
  const values: Values = {}
  return !((await readFacts(check, facts, () => true, values, isStatic)) ?? reasonToSkip(check, values))
}

const isStatic = (name: FactName): boolean => !isLive(name)

/** Side by side: it does not wait for one answer before it asks for the next. */
function askFor(check: AnyCheck, facts: FactStore): void {
  for (const name of factsOf(check).filter(isLive)) void facts.get(name)
}

/** Puts the facts of one kind into `values`; one that the check cannot do without ends it. */
async function readFacts(
  {needs, uses = [], examines = []}: AnyCheck,
  facts: FactStore,
  isTold: IsTold,
  values: Values,
  isMeant: (name: FactName) => boolean,
): Promise<RawResult | undefined> {
  for (const name of (needs as FactName[]).filter(isMeant)) {
    const fact: Fact<unknown> = await facts.get(name)
    if (fact.state !== 'ok') return unmet(fact, isTold)
    values[name] = fact.value
  }
  for (const name of (uses as FactName[]).filter(isMeant)) values[name] = await facts.value(name)
  for (const name of (examines as FactName[]).filter(isMeant)) {
    const fact: Fact<unknown> = await facts.get(name)
    const own = fact.state !== 'ok' && fact.problem !== undefined && fact.origin === name
    // It tells the problem of its own fact; a fact that failed without one leaves it nothing to look at.
    if (fact.state !== 'ok' && !own && (fact.state === 'failed' || fact.problem)) return unmet(fact, isTold)
    values[name] = fact
  }
  return undefined
}

/** Undefined: the check applies. */
function reasonToSkip(check: AnyCheck, values: Values): RawResult | undefined {
  try {
    const answer = check.appliesTo?.(values as never) ?? true
    return answer === true ? undefined : {outcome: 'skipped', reason: answer, findings: [], durationMs: 0}
  } catch (error) {
    return broken(error, 0)
  }
}

function carryOut(check: AnyCheck, values: Values): RawResult {
  const started = performance.now()
  const sinceStarted = () => Math.round(performance.now() - started)
  try {
    const {findings, notApplicable} = collect(check.run(values as never))
    const durationMs = sinceStarted()
    if (notApplicable !== undefined) return {outcome: 'skipped', reason: notApplicable, findings: [], durationMs}
    return {outcome: 'ran', reason: undefined, findings, durationMs}
  } catch (error) {
    return broken(error, sinceStarted())
  }
}

/** A bug in the check: never silently passed. */
function broken(error: unknown, durationMs: number): RawResult {
  const message = error instanceof Error ? error.message : String(error)
  const reason = error instanceof Unverified ? message : `the check broke: ${message}`
  return {outcome: 'unverified', reason, findings: [], durationMs}
}

function unmet(fact: Unknown, isTold: IsTold): RawResult {
  const untold = fact.problem !== undefined && fact.origin !== undefined && !isTold(fact.origin)
  const outcome = fact.state === 'failed' || untold ? 'unverified' : 'skipped'
  return {outcome, reason: fact.reason, findings: [], durationMs: 0, lacks: fact}
}

/** Nobody reads more of one check, and no memory is without end. */
const most = 1000

function collect(run: Iterator<Finding, NotApplicable | undefined | void>): {
  findings: Finding[]
  notApplicable: NotApplicable | undefined
} {
  const findings: Finding[] = []
  const told = new Set<string>()
  for (;;) {
    const next = run.next()
    if (next.done) return {findings, notApplicable: findings.length === 0 ? (next.value ?? undefined) : undefined}
    // A step that a matrix or two callers run is one step: what is the same at the same place is told once.
    const same = JSON.stringify([next.value.at, next.value.message])
    if (told.has(same)) continue
    told.add(same)
    findings.push(next.value)
    if (findings.length < most) continue
    const {at} = next.value
    findings.push({
      at,
      message: `only the first ${most} findings are told; there may be more`,
      hint: 'Cure these, and run it again.',
    })
    return {findings, notApplicable: undefined}
  }
}
