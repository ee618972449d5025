import type {ReportedFinding} from '../report.ts'
import {type Html, html} from './html.ts'

type Location = ReportedFinding['location']

/** A place as text: `fly.toml:12:3`, or the thing on Fly. */
export function placeText(location: Location): string {
  if ('live' in location) return location.subject ?? `Fly.io: ${location.live}`
  const {file, line, column} = location
  if (line === undefined) return file === '.' ? 'the project' : file
  return `${file}:${line}${column === undefined ? '' : `:${column}`}`
}

export const placeCode = (location: Location): Html => html`<code>${placeText(location)}</code>`

const severities = ['error', 'warning', 'info'] as const
export type Severity = (typeof severities)[number]

export const severityRank = (severity: Severity): number => severities.indexOf(severity)

/** The most severe of some findings. */
export const worst = (findings: readonly {severity: Severity}[]): Severity | undefined =>
  severities.find((severity) => findings.some((finding) => finding.severity === severity))
