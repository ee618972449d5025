import type {AnyCheck, Finding, NotApplicable} from '../check.ts'
import {type Fact, type FactName, type FactStore, isLive} from '../facts.ts'
import {factsOf} from './plan.ts'

/** Thrown by a check that cannot be carried out: what it says is the reason, and no bug. */
export class Unverified extends Error {}

/** What one check came to, before the project's own rules are applied. */
export interface RawResult {
  outcome: 'ran' | 'skipped' | 'unverified'
  reason: string | undefined
  findings: Finding[]
  durationMs: number
}

/**
 * Runs a check and never throws: an absent need skips it, a failed one leaves it unverified, and so does a bug in it.
 * `isTold` says whether another check of this run tells the problem of a fact; if none does, nothing may be skipped.
 */
export async function runCheck(
  check: AnyCheck,
  facts: FactStore,
  isTold: (fact: FactName) => boolean,
): Promise<RawResult> {
  // Fly.io's answers take the longest: those that this check looks at are asked for side by side.
  for (const name of factsOf(check).filter(isLive)) void facts.get(name)
  const values: Record<string, unknown> = {}
  for (const name of check.needs as FactName[]) {
    const fact: Fact<unknown> = await facts.get(name)
    if (fact.state === 'ok') values[name] = fact.value
    else return unmet(fact, isTold)
  }
  for (const name of (check.uses ?? []) as FactName[]) values[name] = await facts.value(name)
  for (const name of (check.examines ?? []) as FactName[]) {
    const fact: Fact<unknown> = await facts.get(name)
    const own = fact.state !== 'ok' && fact.problem !== undefined && fact.origin === name
    // It tells the problem of its own fact; a fact that failed without one leaves it nothing to look at.
    if (fact.state !== 'ok' && !own && (fact.state === 'failed' || fact.problem)) return unmet(fact, isTold)
    values[name] = fact
  }
  const started = performance.now()
  try {
    const {findings, notApplicable} = collect(check.run(values as never))
    const durationMs = Math.round(performance.now() - started)
    if (notApplicable !== undefined) return {outcome: 'skipped', reason: notApplicable, findings: [], durationMs}
    return {outcome: 'ran', reason: undefined, findings, durationMs}
  } catch (error) {
    // A bug in the check: never silently passed.
    const message = error instanceof Error ? error.message : String(error)
    const reason = error instanceof Unverified ? message : `the check broke: ${message}`
    return {outcome: 'unverified', reason, findings: [], durationMs: Math.round(performance.now() - started)}
  }
}

function unmet(fact: Exclude<Fact<unknown>, {state: 'ok'}>, isTold: (fact: FactName) => boolean): RawResult {
  const untold = fact.problem !== undefined && fact.origin !== undefined && !isTold(fact.origin)
  const outcome = fact.state === 'failed' || untold ? 'unverified' : 'skipped'
  return {outcome, reason: fact.reason, findings: [], durationMs: 0}
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
