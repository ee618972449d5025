/** The deploy as a row of phases: which of them would have failed, and why. */
import type {CheckReport, Report, ReportedFinding} from './report.ts'

type FailsAt = ReportedFinding['failsAt']

/** When a deploy would have met it, as a sentence goes on after "Without preflight: ". */
export const moments: Readonly<Record<FailsAt, string>> = {
  gate: 'flyctl would stop before anything starts',
  parse: 'flyctl would not be able to read the file',
  decode: 'flyctl would refuse the file',
  validate: 'flyctl would refuse the configuration',
  build: 'the image build would fail',
  release: 'the release command would fail, after the build',
  machine: 'the deploy would stop when it makes or updates the machines, after the build',
  boot: 'the machine would stop while it starts',
  health: 'the app could not be reached',
  runtime: 'it would show while the app runs',
  silent: 'nothing would fail; the deploy would be green',
  policy: "nothing would fail: it is the project's own rule",
}

/** `policy` belongs to none: nothing of a deploy fails for it. */
const phases = [
  {name: 'gate', title: 'Access', about: 'login, app and secrets', moments: ['gate']},
  {name: 'parse', title: 'Parse', about: 'flyctl reads the configuration', moments: ['parse', 'decode', 'validate']},
  {name: 'build', title: 'Build', about: 'the image is built', moments: ['build']},
  {name: 'release', title: 'Release', about: 'the release command runs', moments: ['release']},
  {name: 'machine', title: 'Machine', about: 'machines are made or updated', moments: ['machine']},
  {name: 'boot', title: 'Boot', about: 'the app starts', moments: ['boot']},
  {name: 'health', title: 'Health', about: 'requests and health checks reach it', moments: ['health']},
  {name: 'runtime', title: 'Runtime', about: 'the app does its work', moments: ['runtime', 'silent']},
] as const satisfies readonly {name: FailsAt; title: string; about: string; moments: readonly FailsAt[]}[]

export interface Trouble {
  check: CheckReport
  finding: ReportedFinding
}

export interface Phase {
  name: (typeof phases)[number]['name']
  title: string
  /** What happens in it. */
  about: string
  /**
   * `fails`: an error. `unverified`: an error-level check could not be verified. `at-risk`: a warning.
   * `unchecked`: every check of it was skipped.
   */
  state: 'fails' | 'unverified' | 'at-risk' | 'passes' | 'unchecked'
  /** No phase before it is one that fails. */
  reached: boolean
  /** Errors, then warnings, each in the report's order. */
  troubles: Trouble[]
  unverified: CheckReport[]
  passed: number
}

/** The phases in their order, gate to runtime. */
export function timeline({checks, scope}: Report): Phase[] {
  let reached = true
  return phases.map(({name, title, about, moments: own}) => {
    const isOwn = (failsAt: FailsAt) => (own as readonly FailsAt[]).includes(failsAt)
    const troubles = troublesOf(checks).filter(({finding}) => isOwn(finding.failsAt))
    const members = checks.filter(({failsAt}) => isOwn(failsAt))
    const unverified = members.filter(({outcome, severity}) => outcome === 'unverified' && severity === 'error')
    const passed = members.filter(({outcome}) => outcome === 'passed').length
    // Whether Fly.io lets this deploy begin, files alone do not tell.
    const ran = members.some(({outcome}) => outcome !== 'skipped') && (name !== 'gate' || scope === 'full')
    const state: Phase['state'] =
      troubles[0]?.finding.severity === 'error'
        ? 'fails'
        : unverified.length > 0
          ? 'unverified'
          : troubles.length > 0
            ? 'at-risk'
            : ran
              ? 'passes'
              : 'unchecked'
    const phase: Phase = {name, title, about, state, reached, troubles, unverified, passed}
    reached &&= state !== 'fails'
    return phase
  })
}

/** Where a moment stands in the deploy: what ends it first comes first. */
export const momentRank = (failsAt: FailsAt): number => {
  const index = phases.findIndex(({moments: own}) => (own as readonly FailsAt[]).includes(failsAt))
  return index < 0 ? phases.length : index
}

/** Errors and warnings, the errors first. */
const troublesOf = (checks: readonly CheckReport[]): Trouble[] =>
  (['error', 'warning'] as const).flatMap((severity) =>
    checks.flatMap((check) =>
      check.findings.filter((finding) => finding.severity === severity).map((finding) => ({check, finding})),
    ),
  )

/** The verdict in words: what the deploy would have come to, and the first thing that ends it. */
export function verdictInWords(report: Report): string {
  const first = timeline(report).find(({state}) => state === 'fails')?.troubles[0] ?? troublesOf(report.checks)[0]
  if (report.verdict === 'go') {
    const {warnings} = report.summary
    const remark = warnings > 0 ? `; ${plural(warnings, 'warning')} ${warnings === 1 ? 'is' : 'are'} worth reading` : ''
    return `Nothing is known that would stop this deploy${remark}.`
  }
  if (first?.finding.severity === 'error') return `${openings[first.finding.failsAt]}: ${first.finding.message}.`
  const unverified = report.checks.find(
    ({id}) => id === report.blockers.find(({because}) => because === 'unverified')?.check,
  )
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

export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
