import type {Report, ReportedFinding} from '../report/report.ts'
import {judgeRun, summarize} from './verdict.ts'

/** The report as it is without some of its findings. */
export function leaveOut(report: Report, isLeftOut: (finding: ReportedFinding) => boolean, strict: boolean): Report {
  const checks = report.checks.map((check) => {
    const findings = check.findings.filter((finding) => !isLeftOut(finding))
    const outcome = check.outcome === 'failed' && findings.length === 0 ? ('passed' as const) : check.outcome
    return {...check, findings, outcome}
  })
  return {...report, ...judgeRun(checks, strict), summary: summarize(checks), checks}
}
