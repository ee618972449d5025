import {posix} from 'node:path'
import picocolors from 'picocolors'
import wrapAnsi from 'wrap-ansi'
import {visible} from '../redact.ts'
import {codeFrame} from './code-frame.ts'
import {deployName} from './deploy-name.ts'
import type {ReporterContext} from './index.ts'
import type {CheckReport, Report, ReportedFinding} from './report.ts'

/** When a deploy would have met it, as a sentence goes on after "Without preflight: ". */
const moments: Readonly<Record<ReportedFinding['failsAt'], string>> = {
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

/** For a person at a terminal: each finding with its place, then the verdict; of a set, then the verdict on all. */
export async function pretty(reports: readonly Report[], context: ReporterContext): Promise<string> {
  const texts = await Promise.all(reports.map((report) => describeReport(report, context)))
  return context.isSet ? describeSet(reports, texts, context) : (texts[0] as string)
}

/** The texts under the names of the deploys, and one line for each at the end. */
function describeSet(reports: readonly Report[], texts: readonly string[], {color}: ReporterContext): string {
  const c = picocolors.createColors(color)
  const badge = ({verdict}: Pick<Report, 'verdict'>) => (verdict === 'go' ? c.green('GO   ') : c.red('NO-GO'))
  const title = ({target}: Report) => visible(target.app ? `${deployName(target)} (${target.app})` : deployName(target))
  const blocks = reports.map((report, index) => `${c.bold(c.underline(title(report)))}\n\n${texts[index]}`)
  const lines = reports.map((report) => {
    const {errors, warnings, unverified} = report.summary
    const counts = [
      errors > 0 && plural(errors, 'error'),
      warnings > 0 && plural(warnings, 'warning'),
      unverified > 0 && `${unverified} unverified`,
    ].filter(Boolean)
    return `  ${badge(report)}  ${title(report)}${counts.length > 0 ? c.dim(`  ${counts.join(' · ')}`) : ''}`
  })
  const stopped = reports.filter(({verdict}) => verdict === 'no-go').length
  const all = stopped === 0 ? c.bold(c.green('GO')) : c.bold(c.red('NO-GO'))
  const count = stopped === 0 ? plural(reports.length, 'deploy') : `${stopped} of ${plural(reports.length, 'deploy')}`
  return `${blocks.join('\n')}\n${all}  ${count}\n${lines.join('\n')}\n`
}

async function describeReport(report: Report, context: ReporterContext): Promise<string> {
  const c = picocolors.createColors(context.color)
  const blocks: string[] = []
  for (const check of report.checks) {
    for (const [index, finding] of check.findings.entries()) {
      blocks.push(await describe(check, finding, check.findings[index - 1]?.hint === finding.hint))
    }
  }
  blocks.push(...unverified(report.checks), verdict())
  return `${blocks.join('\n\n')}\n`

  /** Lines no longer than the terminal, broken at words; what follows the first is indented. */
  function wrap(text: string, indent = ''): string {
    if (context.width === undefined) return indent + text
    const lines = wrapAnsi(text, Math.max(40, context.width - indent.length - 2), {hard: false, trim: true}).split('\n')
    return lines.map((each, index) => `${indent}${index > 0 ? '  ' : ''}${each}`).join('\n')
  }

  /** In a set, paths are as the terminal's folder sees them, so that they can be opened. */
  function seenFromHere(at: Extract<ReportedFinding['location'], {file: string}>): string {
    return place(context.isSet ? {...at, file: posix.join(report.target.root, at.file)} : at)
  }

  async function describe(check: CheckReport, finding: ReportedFinding, sameCure: boolean): Promise<string> {
    const paint = finding.severity === 'error' ? c.red : finding.severity === 'warning' ? c.yellow : c.cyan
    const {location} = finding
    const where = 'live' in location ? (location.subject ?? '') : location.file === '.' ? '' : seenFromHere(location)
    const frame =
      'live' in location
        ? undefined
        : await codeFrame(location, {width: context.width, file: (path) => context.file(report, path)})
    const seen = finding.related.flatMap((other) => ('file' in other ? [`see ${seenFromHere(other)}`] : [])).slice(0, 4)
    return [
      wrap(`${paint(c.bold(finding.severity))} ${visible(finding.message)}`),
      `  ${where ? `${c.cyan(visible(where))}  ` : ''}${c.dim(check.id)}`,
      ...(frame ? [frame] : []),
      ...seen.map((each) => `  ${c.dim(visible(each))}`),
      wrap(`${c.dim('Without preflight:')} ${moments[finding.failsAt]}.`, '  '),
      ...(finding.hint ? [wrap(`${c.green('Cure:')} ${sameCure ? 'the same.' : visible(finding.hint)}`, '  ')] : []),
    ].join('\n')
  }

  /** One root cause, one block: checks that could not be verified for the same reason stand together. */
  function unverified(checks: readonly CheckReport[]): string[] {
    const byReason = new Map<string, string[]>()
    for (const {id, outcome, reason} of checks) {
      if (outcome === 'unverified') byReason.set(reason ?? '', [...(byReason.get(reason ?? '') ?? []), id])
    }
    return [...byReason].map(([reason, ids]) =>
      [wrap(`${c.magenta(c.bold('unverified'))} ${visible(reason)}`), wrap(c.dim(ids.join(', ')), '  ')].join('\n'),
    )
  }

  function verdict(): string {
    const {summary} = report
    const counts = [
      summary.errors > 0 && c.red(plural(summary.errors, 'error')),
      summary.warnings > 0 && c.yellow(plural(summary.warnings, 'warning')),
      summary.infos > 0 && c.cyan(plural(summary.infos, 'info')),
      `${summary.passed} passed`,
      summary.skipped > 0 && `${summary.skipped} skipped`,
      summary.unverified > 0 && c.magenta(`${summary.unverified} unverified`),
      summary.ignored > 0 && `${summary.ignored} ignored`,
    ].filter(Boolean)
    const time = report.durationMs < 1000 ? `${report.durationMs} ms` : `${(report.durationMs / 1000).toFixed(1)} s`
    const go = report.verdict === 'go'
    const remarks = [
      report.scope === 'static' && 'files only; Fly.io was not asked',
      !go && context.strict && summary.errors === 0 && '--strict: warnings block',
    ].filter(Boolean)
    const badge = go ? c.bold(c.green('GO')) : c.bold(c.red('NO-GO'))
    const line = `${badge}${remarks.length > 0 ? ` (${remarks.join('; ')})` : ''}  ${counts.join(' · ')}  ${c.dim(time)}`
    return go ? wrap(line) : `${wrap(line)}\n${wrap(blockedBy())}`
  }

  function blockedBy(): string {
    const ids = (because: string) => report.blockers.filter((each) => each.because === because).map(({check}) => check)
    const [found, unverifiable] = [ids('finding'), ids('unverified')]
    const parts = [found.join(', '), unverifiable.length > 0 && `${unverifiable.join(', ')} (could not be verified)`]
    return `${c.dim('Blocked by')} ${parts.filter(Boolean).join(', and ')}${c.dim('; more about one: preflight explain ID')}`
  }
}

const place = ({file, line, column}: {file: string; line?: number | undefined; column?: number | undefined}): string =>
  line === undefined ? file : `${file}:${line}:${column ?? 1}`

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`
