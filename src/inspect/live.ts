import type {LiveRun} from '../ask-fly.ts'
import type {AnyCheck} from '../check.ts'
import {factsOf} from '../engine/plan.ts'
import type {LiveFactName} from '../facts.ts'
import {plural} from '../wording.ts'

/** A call of flyctl. Times are in milliseconds from the first call of the run. */
export interface InspectedCall {
  /** `flyctl status -a shop` */
  command: string
  startedAt: number
  durationMs: number
  /** Why it gave no answer. */
  problem: string | null
  /** The facts that wait for it, and the checks that look at these. */
  usedBy: {fact: LiveFactName; checks: string[]}[]
}

export interface InspectedLive {
  app: string | null
  durationMs: number
  calls: InspectedCall[]
  facts: {fact: LiveFactName; state: 'ok' | 'absent' | 'failed'; reason: string | null}[]
}

export function inspectLive({calls, askers, facts, checks, app}: LiveRun): InspectedLive {
  const end = Math.max(0, ...calls.map(({startedAt, endedAt}) => endedAt ?? startedAt))
  return {
    app: app ?? null,
    durationMs: Math.round(end),
    calls: calls.map(({command, startedAt, endedAt = end, problem}) => ({
      command,
      startedAt: Math.round(startedAt),
      durationMs: Math.round(endedAt - startedAt),
      problem: problem ?? null,
      usedBy: [...(askers.get(command) ?? [])].map((fact) => ({fact, checks: idsWith(fact, checks)})),
    })),
    facts: [...facts].map(([fact, {state, ...rest}]) => ({
      fact,
      state,
      reason: 'reason' in rest ? rest.reason : null,
    })),
  }
}

const idsWith = (fact: LiveFactName, checks: readonly AnyCheck[]): string[] =>
  checks.filter((check) => factsOf(check).includes(fact)).map(({id}) => id)

/** The width of the chart in characters, and how many checks are named in a line. */
const width = 40
const named = 4

/** A bar for each call, from when it began to when it ended; below it, what used the answer. */
export function describeLive({app, durationMs, calls, facts}: InspectedLive): string {
  const commands = Math.max(0, ...calls.map(({command}) => command.length))
  const times = Math.max(0, ...calls.map(({durationMs: each}) => duration(each).length))
  const bar = ({startedAt, durationMs: each}: InspectedCall) => {
    const scale = width / Math.max(1, durationMs)
    const from = Math.min(width - 1, Math.floor(startedAt * scale))
    const length = Math.max(1, Math.min(width - from, Math.round(each * scale)))
    return (' '.repeat(from) + '█'.repeat(length)).padEnd(width)
  }
  const lines = calls.flatMap((call) => [
    `${call.command.padEnd(commands)}  ${duration(call.durationMs).padStart(times)}  │${bar(call)}│`,
    ...call.usedBy.map(({fact, checks}) => `  ${fact} (${listed(checks)})`),
    ...(call.problem ? [`  no answer: ${call.problem}`] : []),
  ])
  const unknown = facts.filter(({state}) => state !== 'ok')
  const column = Math.max(0, ...unknown.map(({fact}) => fact.length))
  return [
    `${plural(calls.length, 'call')} of flyctl in ${duration(durationMs)}${app ? `, for ${app}` : ''}`,
    '',
    ...lines,
    ...(unknown.length > 0 ? ['', 'Not known'] : []),
    ...unknown.map(({fact, state, reason}) => `  ${fact.padEnd(column)}  ${state}  ${reason ?? ''}`),
    '',
  ].join('\n')
}

const duration = (ms: number): string => (ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(2)} s`)

const listed = (ids: readonly string[]): string => {
  const rest = ids.length - named
  if (ids.length === 0) return 'no check by itself'
  return rest > 1 ? `${ids.slice(0, named).join(', ')} and ${rest} more` : ids.join(', ')
}
