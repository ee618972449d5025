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

/** A moment to the minute: `2026-07-01 12:00 UTC`. */
export const moment = (iso: string): Html =>
  html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC</time>`

const severities = ['error', 'warning', 'info'] as const
export type Severity = (typeof severities)[number]

/** The most severe of some findings. */
export const worst = (findings: readonly {severity: Severity}[]): Severity | undefined =>
  severities.find((severity) => findings.some((finding) => finding.severity === severity))
