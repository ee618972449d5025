import {deployName} from '../report/deploy-name.ts'
import type {Report, ReportedFinding} from '../report/report.ts'
import {verdictInWords} from '../report/timeline.ts'

/** What the dashboard keeps of a report. */
export interface Run {
  /** The file that it was read from, as it was given or found. */
  file: string
  /** What it is about: the app, or of a project without a name its folder and configuration. */
  app: string
  verdict: Report['verdict']
  scope: Report['scope']
  startedAt: string
  /** The verdict in words. */
  words: string
  target: Report['target']
  summary: Report['summary']
  durationMs: number
  version: string
  blockers: Report['blockers']
  findings: RunFinding[]
}

export interface RunFinding extends Pick<ReportedFinding, 'severity' | 'message' | 'hint' | 'location' | 'failsAt'> {
  check: string
  /** The claim that is not true. */
  title: string
}

export function runOf(report: Report, file: string): Run {
  const {target, checks, tools, verdict, scope, startedAt, summary, durationMs, blockers} = report
  return {
    file,
    app: target.app ?? `app without a name: ${deployName(target)}`,
    verdict,
    scope,
    startedAt,
    words: verdictInWords(report),
    target,
    summary,
    durationMs,
    version: tools.preflight,
    blockers,
    findings: checks.flatMap(({id, title, findings}) =>
      findings.map(({severity, message, hint, location, failsAt}) => ({
        check: id,
        title,
        severity,
        message,
        hint,
        location,
        failsAt,
      })),
    ),
  }
}
