import picocolors from 'picocolors'
import wrapAnsi from 'wrap-ansi'
import {visible} from '../redact.ts'
import {codeFrame} from './code-frame.ts'
import type {ReporterContext} from './index.ts'
import type {CheckReport, Report, ReportedFinding} from './report.ts'
import {moments, plural} from './timeline.ts'

/** For a person at a terminal: each finding with its place, then the verdict. */
export async function pretty(report: Report, context: ReporterContext): Promise<string> {
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

  async function describe(check: CheckReport, finding: ReportedFinding, sameCure: boolean): Promise<string> {
    const paint = finding.severity === 'error' ? c.red : finding.severity === 'warning' ? c.yellow : c.cyan
    const {location} = finding
    const where = 'live' in location ? (location.subject ?? '') : location.file === '.' ? '' : place(location)
    const frame = 'live' in location ? undefined : await codeFrame(location, context)
    const seen = finding.related.flatMap((other) => ('file' in other ? [`see ${place(other)}`] : [])).slice(0, 4)
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
