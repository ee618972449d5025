import type {Blocker, CheckReport, Summary, Verdict} from '../report/report.ts'

/**
 * NO-GO when a finding is an error, or a check of severity error could not be verified: fail closed.
 * With `strict` the same holds for warnings. Of checks that could not be verified for one cause (`causes`: by their ids)
 * one stands for all among the blockers, and none where the cause itself is a finding that blocks.
 */
export function judgeRun(
  checks: readonly CheckReport[],
  strict: boolean,
  causes: ReadonlyMap<string, string> = new Map(),
): {verdict: Verdict; blockers: Blocker[]} {
  const blocks = (severity: string) => severity === 'error' || (strict && severity === 'warning')
  const blockers: Blocker[] = []
  for (const {id, severity, outcome, findings} of checks) {
    if (findings.some((finding) => blocks(finding.severity))) blockers.push({check: id, because: 'finding'})
    else if (outcome === 'unverified' && blocks(severity)) blockers.push({check: id, because: 'unverified'})
  }
  const listed = new Set(blockers.flatMap(({check, because}) => (because === 'finding' ? [check] : [])))
  const roots = blockers.filter(({check, because}) => {
    const cause = causes.get(check)
    if (because === 'finding' || cause === undefined) return true
    if (listed.has(cause)) return false
    listed.add(cause)
    return true
  })
  return {verdict: blockers.length > 0 ? 'no-go' : 'go', blockers: roots}
}

export function summarize(checks: readonly CheckReport[]): Summary {
  const count = (outcome: CheckReport['outcome']) => checks.filter((check) => check.outcome === outcome).length
  const findings = checks.flatMap((check) => check.findings)
  const weigh = (severity: string) => findings.filter((finding) => finding.severity === severity).length
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    unverified: count('unverified'),
    errors: weigh('error'),
    warnings: weigh('warning'),
    infos: weigh('info'),
    ignored: checks.reduce((sum, check) => sum + check.ignored.length, 0),
  }
}

/** Printed in `--help` from the same table. 3 and 130 are set where they happen: no report exists then. */
export const exitCodes = {
  go: {code: 0, meaning: 'GO'},
  noGo: {code: 1, meaning: 'NO-GO: an error, or an error-level check that could not be verified'},
  usage: {code: 2, meaning: 'wrong usage or configuration'},
  broken: {code: 3, meaning: 'preflight itself broke, or could not write its report'},
  interrupted: {code: 130, meaning: 'interrupted'},
} as const

export const exitCode = (verdict: Verdict): number => (verdict === 'go' ? exitCodes.go.code : exitCodes.noGo.code)
