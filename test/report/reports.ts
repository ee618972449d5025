import {judgeRun, summarize} from '../../src/engine/verdict.ts'
import type {CheckReport, Report, ReportedFinding} from '../../src/report/report.ts'

/** A check of a made-up report; without findings and outcome it passed. */
export interface Checked extends Partial<Omit<CheckReport, 'findings' | 'ignored'>> {
  findings?: Partial<ReportedFinding>[]
  ignored?: {finding: Partial<ReportedFinding>; reason: string}[]
}

/** A report as the engine makes it, of checks that need not say more than what matters. */
export function reportOf(
  checks: readonly Checked[],
  {
    strict = false,
    ...rest
  }: Partial<Omit<Report, 'target'>> & {strict?: boolean; target?: Partial<Report['target']>} = {},
): Report {
  const results = checks.map(full)
  const {verdict, blockers} = judgeRun(results, strict)
  const made: Report = {
    version: 1,
    verdict,
    scope: 'full',
    target: {root: '.', config: 'fly.toml', app: 'shop', commit: null, branch: null, dirty: null},
    tools: {preflight: '0.1.0', node: 'v22.0.0', flyctl: '0.4.87'},
    startedAt: '2026-07-01T12:00:00.000Z',
    durationMs: 412,
    summary: summarize(results),
    blockers,
    checks: results,
  }
  return {...made, ...rest, target: {...made.target, ...rest.target}}
}

function full({findings = [], ignored = [], ...check}: Checked): CheckReport {
  const id = check.id ?? 'group/name'
  const severity = check.severity ?? 'error'
  const failsAt = check.failsAt ?? 'build'
  const finding = (each: Partial<ReportedFinding>): ReportedFinding => ({
    severity,
    failsAt,
    message: 'the one thing is not the other',
    hint: null,
    location: {file: 'fly.toml', line: 1, column: 1},
    related: [],
    fix: null,
    ...each,
  })
  return {
    id,
    group: id.split('/')[0] as string,
    title: `${id} holds`,
    severity,
    failsAt,
    outcome: findings.length > 0 ? 'failed' : 'passed',
    reason: null,
    durationMs: 1,
    docs: `checks/${id}.md`,
    ...check,
    findings: findings.map(finding),
    ignored: ignored.map((each) => ({...each, finding: finding(each.finding)})),
  }
}
