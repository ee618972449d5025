import {visible} from '../redact.ts'
import {fingerprints} from './fingerprint.ts'
import type {Part, ReporterContext} from './index.ts'
import {stringify} from './json.ts'
import type {Report, ReportedFinding} from './report.ts'
import {anchor, findingsByWeight, fromTop, moments, unverifiedByReason} from './words.ts'

/** An issue of GitLab's Code Quality: what its documentation calls required, and nothing that it does not read. */
interface Issue {
  description: string
  check_name: string
  fingerprint: string
  severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker'
  location: {path: string; lines: {begin: number}}
}

const severities = {error: 'blocker', warning: 'major', info: 'info'} as const

/** Code Quality of GitLab: https://docs.gitlab.com/ci/testing/code_quality/ */
export const gitlab = async (report: Report, context: ReporterContext): Promise<string> =>
  stringify(await issuesOf(report, context))

export const gitlabSet = async (parts: readonly Part[]): Promise<string> =>
  stringify((await Promise.all(parts.map(({report, context}) => issuesOf(report, context)))).flat())

async function issuesOf(report: Report, context: ReporterContext): Promise<Issue[]> {
  const names = await fingerprints(report, context)
  const locate = (location: ReportedFinding['location']): Issue['location'] => {
    const {file, line} = anchor(location, report)
    return {path: visible(fromTop(file, context)), lines: {begin: line ?? 1}}
  }
  return [
    ...findingsByWeight(report).map(({check, finding}) => ({
      description: visible(
        `${finding.message}. Without preflight: ${moments[finding.failsAt]}.${finding.hint ? ` Cure: ${finding.hint}` : ''}`,
      ),
      check_name: check.id,
      fingerprint: names.get(finding) as string,
      severity: severities[finding.severity],
      location: locate(finding.location),
    })),
    // What could not be verified is told too: an empty list would look like a pass.
    ...unverifiedByReason(report).flatMap(({reason, checks}) =>
      checks.map(({id, severity}) => {
        const location = locate({file: '.'})
        return {
          description: visible(`could not be verified: ${reason}`),
          check_name: id,
          fingerprint: `unverified:${location.path}:${id}`,
          severity: severity === 'error' ? ('critical' as const) : ('minor' as const),
          location,
        }
      }),
    ),
  ]
}
