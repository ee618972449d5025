/** How reports say things, so that each format says them alike. */
import {posix} from 'node:path'
import {groupBy} from '../group-by.ts'
import {rankOf, type Severity, worst} from '../severity.ts'
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
  isOnOtherDrive(file) ? file : posix.join(prefix, file).replace(/(?<=.)\/$/, '')

/** The same as a relative URI; of another drive, an absolute one. */
export const uriFromTop = (file: string, context: ReporterContext): string => {
  const [first = '', ...rest] = fromTop(file.replace(/\p{Surrogate}/gu, '\ufffd'), context).split('/')
  return [isOnOtherDrive(file) ? `file:///${first}` : encodeURIComponent(first), ...rest.map(encodeURIComponent)].join(
    '/',
  )
}

/** On Windows a path of another drive than the working directory's has no relative form. */
export const isOnOtherDrive = (file: string): boolean => process.platform === 'win32' && /^[A-Za-z]:\//.test(file)

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

/** Every finding, the heaviest first, else in the plan's order. */
export const findingsByWeight = ({checks}: Report): Told[] =>
  checks
    .flatMap((check) => check.findings.map((finding) => ({check, finding})))
    .sort((a, b) => rankOf(a.finding.severity) - rankOf(b.finding.severity))

export interface Unverified {
  reason: string
  checks: CheckReport[]
  /** Of the heaviest of them. */
  severity: CheckReport['severity']
}

/** One root cause, one thing to tell: checks that could not be verified for the same reason stand together. */
export function unverifiedByReason({checks}: Pick<Report, 'checks'>): Unverified[] {
  const unverified = checks.filter(({outcome}) => outcome === 'unverified')
  return [...groupBy(unverified, ({reason}) => reason ?? '')].map(([reason, same]) => ({
    reason,
    checks: same,
    severity: worst(same) as Severity,
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

export const verdictWord = ({verdict}: Pick<Report, 'verdict'>): 'GO' | 'NO-GO' => (verdict === 'go' ? 'GO' : 'NO-GO')

/** What was looked at. */
export const scopeInWords = (scope: Report['scope']): string =>
  scope === 'static' ? 'files only; Fly.io was not asked' : 'the files and Fly.io'

/** `1f3a9c0b7d2e and changes`; null outside of git. */
export const commitInWords = ({commit, dirty}: Report['target']): string | null =>
  commit === null ? null : `${commit.slice(0, 12)}${dirty ? ' and changes' : ''}`

/** `NO-GO (files only; Fly.io was not asked)` */
export function verdict(report: Report, {strict}: ReporterContext): {word: 'GO' | 'NO-GO'; remarks: string} {
  const word = verdictWord(report)
  const remarks = [
    report.scope === 'static' && scopeInWords(report.scope),
    word === 'NO-GO' && strict && report.summary.errors === 0 && '--strict: warnings block',
  ].filter(Boolean)
  return {word, remarks: remarks.length > 0 ? ` (${remarks.join('; ')})` : ''}
}

/** `image/port, and live/app (could not be verified)` */
export function blockedBy({blockers}: Report): string {
  const ids = (because: string) => blockers.filter((each) => each.because === because).map(({check}) => check)
  const [found, unverifiable] = [ids('finding'), ids('unverified')]
  const parts = [found.join(', '), unverifiable.length > 0 && `${unverifiable.join(', ')} (could not be verified)`]
  return parts.filter(Boolean).join(', and ')
}
