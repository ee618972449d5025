import type {CheckReport, Report} from './report.ts'
import {findingsByWeight, moments, plural, type Told} from './words.ts'

type FailsAt = CheckReport['failsAt']

/** The phases of a deploy in their order, by the moments at which it would fail in them: `silent` and `policy` fail in none. */
const phases = [
  {name: 'gate', title: 'Access', about: 'login, app and secrets', moments: ['gate']},
  {name: 'parse', title: 'Parse', about: 'flyctl reads the configuration', moments: ['parse', 'decode', 'validate']},
  {name: 'build', title: 'Build', about: 'the image is built', moments: ['build']},
  {name: 'release', title: 'Release', about: 'the release command runs', moments: ['release']},
  {name: 'machine', title: 'Machine', about: 'machines are made or updated', moments: ['machine']},
  {name: 'boot', title: 'Boot', about: 'the app starts', moments: ['boot']},
  {name: 'health', title: 'Health', about: 'requests and health checks reach it', moments: ['health']},
  {name: 'runtime', title: 'Runtime', about: 'the app does its work', moments: ['runtime']},
] as const satisfies readonly {name: FailsAt; title: string; about: string; moments: readonly FailsAt[]}[]

export interface Phase {
  name: (typeof phases)[number]['name']
  title: string
  /** What happens in it. */
  about: string
  /** The worst of what is known: `unchecked` where no check of this phase has run. */
  state: 'breaks' | 'unverified' | 'risky' | 'passed' | 'unchecked'
  /** No phase before it breaks. */
  reached: boolean
  errors: number
  warnings: number
  unverified: number
  /** Its errors, then its warnings. */
  told: Told[]
  /** The checks that could not be verified. */
  unknown: CheckReport[]
}

/** How far the deploy would come: for each phase what was found. Information counts as passed. */
export function timeline(report: Report): Phase[] {
  const findings = findingsByWeight(report).filter(({finding}) => finding.severity !== 'info')
  let reached = true
  return phases.map(({name, title, about, moments: own}) => {
    const isHere = ({failsAt}: {failsAt: FailsAt}) => (own as readonly FailsAt[]).includes(failsAt)
    const here = report.checks.filter(isHere)
    const told = findings.filter(({finding}) => isHere(finding))
    const count = (severity: string) => told.filter(({finding}) => finding.severity === severity).length
    const unknown = here.filter(({outcome}) => outcome === 'unverified')
    const phase = {errors: count('error'), warnings: count('warning'), unverified: unknown.length}
    // Whether Fly.io lets this deploy begin, files alone do not tell.
    const wasChecked = here.some(({outcome}) => outcome !== 'skipped') && (name !== 'gate' || report.scope === 'full')
    const state = stateOf(phase, wasChecked)
    const result = {name, title, about, state, reached, ...phase, told, unknown}
    reached &&= state !== 'breaks'
    return result
  })
}

function stateOf(
  {errors, warnings, unverified}: Pick<Phase, 'errors' | 'warnings' | 'unverified'>,
  wasChecked: boolean,
): Phase['state'] {
  if (errors > 0) return 'breaks'
  if (unverified > 0) return 'unverified'
  if (warnings > 0) return 'risky'
  return wasChecked ? 'passed' : 'unchecked'
}

/** Where a moment stands in the deploy: what ends it first comes first. */
export const momentRank = (failsAt: FailsAt): number => {
  const index = phases.findIndex(({moments: own}) => (own as readonly FailsAt[]).includes(failsAt))
  return index < 0 ? phases.length : index
}

/** The verdict in words: what the deploy would have come to, and the first thing that ends it. */
export function verdictInWords(report: Report): string {
  const [heaviest] = findingsByWeight(report)
  const first = timeline(report).find(({state}) => state === 'breaks')?.told[0] ?? heaviest
  if (report.verdict === 'go') {
    const {warnings} = report.summary
    const remark = warnings > 0 ? `; ${plural(warnings, 'warning')} ${warnings === 1 ? 'is' : 'are'} worth reading` : ''
    return `Nothing is known that would stop this deploy${remark}.`
  }
  if (first?.finding.severity === 'error') return `${openings[first.finding.failsAt]}: ${first.finding.message}.`
  const blocker = report.blockers.find(({because}) => because === 'unverified')
  const unverified = report.checks.find(({id}) => id === blocker?.check)
  if (unverified)
    return `Whether the deploy would work could not be verified: ${unverified.reason ?? unverified.title}.`
  return `Nothing is proven to fail, but warnings block this deploy (--strict)${first ? `: ${first.finding.message}` : ''}.`
}

/** The moments as a sentence begins. */
const openings: typeof moments = {
  ...(Object.fromEntries(
    Object.entries(moments).map(([name, words]) => [
      name,
      words.replace(/^(?!flyctl)./, (first) => first.toUpperCase()),
    ]),
  ) as typeof moments),
  silent: 'The deploy would be green, and not do what it should',
  policy: "The project's own rule is broken",
}
