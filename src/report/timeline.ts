import type {CheckReport, Report} from './report.ts'

type FailsAt = CheckReport['failsAt']

/** The phases of a deploy in their order, by the moments at which it would fail in them. */
const phases = [
  ['gate', ['gate']],
  ['parse', ['parse', 'decode', 'validate']],
  ['build', ['build']],
  ['release', ['release']],
  ['machine', ['machine']],
  ['boot', ['boot']],
  ['health', ['health']],
  ['runtime', ['runtime']],
] as const satisfies readonly (readonly [string, readonly FailsAt[]])[]

export interface Phase {
  name: (typeof phases)[number][0]
  /** The worst of what is known: `unchecked` where no check of this phase has run. */
  state: 'breaks' | 'unverified' | 'risky' | 'passed' | 'unchecked'
  errors: number
  warnings: number
  unverified: number
}

/** How far the deploy would come: for each phase what was found. Information counts as passed. */
export function timeline({checks}: Report): Phase[] {
  const findings = checks.flatMap((check) => check.findings)
  return phases.map(([name, moments]) => {
    const isHere = ({failsAt}: {failsAt: FailsAt}) => (moments as readonly FailsAt[]).includes(failsAt)
    const here = checks.filter(isHere)
    const count = (severity: string) => findings.filter((each) => isHere(each) && each.severity === severity).length
    const phase = {
      name,
      errors: count('error'),
      warnings: count('warning'),
      unverified: here.filter(({outcome}) => outcome === 'unverified').length,
    }
    return {...phase, state: stateOf(phase, here)}
  })
}

function stateOf({errors, warnings, unverified}: Omit<Phase, 'state'>, here: readonly CheckReport[]): Phase['state'] {
  if (errors > 0) return 'breaks'
  if (unverified > 0) return 'unverified'
  if (warnings > 0) return 'risky'
  return here.some(({outcome}) => outcome !== 'skipped') ? 'passed' : 'unchecked'
}
