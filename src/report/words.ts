/** How reports say things, so that each format says them alike. */
import {posix} from 'node:path'
import {plural} from '../wording.ts'
import type {ReporterContext} from './index.ts'
import type {CheckReport, Report, ReportedFinding} from './report.ts'

export {plural}

export type Place = ReportedFinding['location']
export type FilePlace = Extract<Place, {file: string}>

/** When a deploy would have met it, as a sentence goes on after "Without preflight: ". */
export const moments: Readonly<Record<ReportedFinding['failsAt'], string>> = {
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

/** `fly.toml:3:1`, the file alone where no line is meant, and of a place on Fly.io the name of the thing. */
export function place(location: Place): string {
  if ('live' in location) return location.subject ?? location.live
  const {file, line, column} = location
  return line === undefined ? file : `${file}:${line}:${column ?? 1}`
}

/** The same, from the top of the repository, as what reads reports in CI wants its paths. */
export const placeFromTop = (location: Place, context: ReporterContext): string =>
  place('live' in location ? location : {...location, file: fromTop(location.file, context)})

export const fromTop = (file: string, {prefix}: ReporterContext): string =>
  posix.join(prefix, file).replace(/(?<=.)\/$/, '')

/** The same as a relative URI. */
export const uriFromTop = (file: string, context: ReporterContext): string =>
  fromTop(file.replace(/\p{Surrogate}/gu, '\ufffd'), context)
    .split('/')
    .map(encodeURIComponent)
    .join('/')

/**
 * A file for what has none: GitHub refuses a whole SARIF file for one result without, and GitLab drops the finding.
 * What lies on Fly.io or is the folder as a whole is told at the configuration.
 */
export function anchor(location: Place, report: Report): FilePlace {
  return 'live' in location || location.file === '.' ? {file: report.target.config ?? 'fly.toml'} : location
}

export interface Told {
  check: CheckReport
  finding: ReportedFinding
}

const weights = {error: 0, warning: 1, info: 2}

/** Every finding, the heaviest first, else in the plan's order. */
export const findingsByWeight = ({checks}: Report): Told[] =>
  checks
    .flatMap((check) => check.findings.map((finding) => ({check, finding})))
    .sort((a, b) => weights[a.finding.severity] - weights[b.finding.severity])

export interface Unverified {
  reason: string
  checks: CheckReport[]
  /** Of the heaviest of them. */
  severity: CheckReport['severity']
}

/** One root cause, one thing to tell: checks that could not be verified for the same reason stand together. */
export function unverifiedByReason({checks}: Pick<Report, 'checks'>): Unverified[] {
  const byReason = new Map<string, CheckReport[]>()
  for (const check of checks) {
    const reason = check.reason ?? ''
    if (check.outcome === 'unverified') byReason.set(reason, [...(byReason.get(reason) ?? []), check])
  }
  return [...byReason].map(([reason, same]) => ({
    reason,
    checks: same,
    severity: same.map(({severity}) => severity).reduce((a, b) => (weights[b] < weights[a] ? b : a)),
  }))
}

/** What the run came to, in the order in which it matters; each with the word by which a terminal may colour it. */
export function counts({summary}: Report): {text: string; kind: string}[] {
  return [
    {kind: 'error', count: summary.errors, text: plural(summary.errors, 'error')},
    {kind: 'warning', count: summary.warnings, text: plural(summary.warnings, 'warning')},
    {kind: 'info', count: summary.infos, text: plural(summary.infos, 'info')},
    {kind: 'passed', count: 1, text: `${summary.passed} passed`},
    {kind: 'skipped', count: summary.skipped, text: `${summary.skipped} skipped`},
    {kind: 'unverified', count: summary.unverified, text: `${summary.unverified} unverified`},
    {kind: 'ignored', count: summary.ignored, text: `${summary.ignored} ignored`},
  ].filter(({count}) => count > 0)
}

export const duration = ({durationMs}: Report): string =>
  durationMs < 1000 ? `${durationMs} ms` : `${(durationMs / 1000).toFixed(1)} s`

/** `NO-GO (files only; Fly.io was not asked)` */
export function verdict(report: Report, {strict}: ReporterContext): {word: 'GO' | 'NO-GO'; remarks: string} {
  const go = report.verdict === 'go'
  const remarks = [
    report.scope === 'static' && 'files only; Fly.io was not asked',
    !go && strict && report.summary.errors === 0 && '--strict: warnings block',
  ].filter(Boolean)
  return {word: go ? 'GO' : 'NO-GO', remarks: remarks.length > 0 ? ` (${remarks.join('; ')})` : ''}
}

/** `image/port, and live/app (could not be verified)` */
export function blockedBy({blockers}: Report): string {
  const ids = (because: string) => blockers.filter((each) => each.because === because).map(({check}) => check)
  const [found, unverifiable] = [ids('finding'), ids('unverified')]
  const parts = [found.join(', '), unverifiable.length > 0 && `${unverifiable.join(', ')} (could not be verified)`]
  return parts.filter(Boolean).join(', and ')
}
