import type {Report, ReportedFinding} from '../report/report.ts'
import {judgeRun, summarize} from './verdict.ts'

/** The report as it is without some of its findings. */
export function leaveOut(report: Report, isLeftOut: (finding: ReportedFinding) => boolean, strict: boolean): Report {
  const checks = report.checks.map((check) => {
    const findings = check.findings.filter((finding) => !isLeftOut(finding))
    const outcome = check.outcome === 'failed' && findings.length === 0 ? ('passed' as const) : check.outcome
    return {...check, findings, outcome}
  })
  const {verdict, blockers} = judgeRun(checks, strict)
  // What could not be verified for a cause that is listed stays unlisted.
  const listed = new Set(report.blockers.map(({check}) => check))
  return {
    ...report,
    verdict,
    blockers: blockers.filter(({check}) => listed.has(check)),
    summary: summarize(checks),
    checks,
  }
}
