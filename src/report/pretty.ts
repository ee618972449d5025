import {codeFrameColumns} from '@babel/code-frame'
import picocolors from 'picocolors'
import type {ReporterContext} from './index.ts'
import {redact} from './redact.ts'
import type {CheckReport, Report, ReportedFinding} from './report.ts'

/** When a deploy would have met it, as a sentence goes on after "Without preflight: ". */
const moments: Readonly<Record<ReportedFinding['failsAt'], string>> = {
  gate: 'flyctl would stop before anything starts',
  parse: 'flyctl would not be able to read the file',
  decode: 'flyctl would refuse the file',
  validate: 'flyctl would refuse the configuration',
  build: 'the image build would fail',
  release: 'the release command would fail, after the build',
  machine: 'Fly would refuse the machine, after the release command',
  boot: 'the machine would stop while it starts',
  health: 'the health checks would fail',
  runtime: 'it would show while the app runs',
  silent: 'nothing would fail; the deploy would be green',
  policy: "nothing would fail: it is the project's own rule",
}

/** For a person at a terminal: each finding with its place, then the verdict. */
export async function pretty(report: Report, context: ReporterContext): Promise<string> {
  const c = picocolors.createColors(context.color)
  const blocks: string[] = []
  for (const check of report.checks) {
    for (const [index, finding] of check.findings.entries()) {
      const before = check.findings[index - 1]
      blocks.push(await describe(check, finding, before?.hint === finding.hint))
    }
  }
  const notVerified = unverified(report.checks)
  if (notVerified) blocks.push(notVerified)
  blocks.push(verdict())
  return `${blocks.join('\n\n')}\n`

  async function describe(check: CheckReport, finding: ReportedFinding, sameCure: boolean): Promise<string> {
    const paint = finding.severity === 'error' ? c.red : finding.severity === 'warning' ? c.yellow : c.cyan
    const lines = [`${paint(c.bold(finding.severity))} ${finding.message}  ${c.dim(check.id)}`]
    const {location} = finding
    if ('live' in location) lines.push(`  ${c.dim(`on Fly.io: ${location.subject ?? location.live}`)}`)
    else {
      lines.push(`  ${c.cyan(place(location))}`)
      const frame = await codeFrame(location)
      if (frame) lines.push(frame)
    }
    for (const other of finding.related.slice(0, 4))
      if ('file' in other) lines.push(`  ${c.dim(`see ${place(other)}`)}`)
    lines.push(`  ${c.dim('Without preflight:')} ${moments[finding.failsAt]}.`)
    if (finding.hint) lines.push(`  ${c.green('Cure:')} ${sameCure ? 'the same.' : finding.hint}`)
    return lines.join('\n')
  }

  async function codeFrame(at: {
    file: string
    line?: number | undefined
    column?: number | undefined
    endLine?: number | undefined
    endColumn?: number | undefined
  }) {
    const file = at.line === undefined ? undefined : await context.file(at.file)
    if (!file || at.line === undefined) return undefined
    // A long instruction is shown by its first line: the place to look, not the whole of it.
    const oneLine = at.endLine === undefined || at.endLine === at.line
    const end = oneLine && at.endColumn !== undefined ? {line: at.line, column: at.endColumn} : undefined
    const first = Math.max(1, at.line - 2)
    const shown = Array.from({length: at.line + 1 - first + 1}, (_, index) => shorten(redact(file.line(first + index))))
    const options = {linesAbove: 2, linesBelow: 1, highlightCode: false, startLine: first}
    const start = {line: at.line, ...(at.column && {column: at.column})}
    const frame = codeFrameColumns(shown.join('\n'), {start, ...(end && {end})}, options)
    return frame.replace(/^/gm, '  ')
  }

  /** One root cause, one line: checks that could not be verified for the same reason stand together. */
  function unverified(checks: readonly CheckReport[]): string | undefined {
    const byReason = new Map<string, string[]>()
    for (const {id, outcome, reason} of checks) {
      if (outcome === 'unverified') byReason.set(reason ?? '', [...(byReason.get(reason ?? '') ?? []), id])
    }
    if (byReason.size === 0) return undefined
    return [...byReason]
      .map(([reason, ids]) => `${c.magenta(c.bold('unverified'))} ${reason}  ${c.dim(ids.join(', '))}`)
      .join('\n')
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
    const badge = go ? c.bold(c.green('GO')) : c.bold(c.red('NO-GO'))
    const scope = report.scope === 'static' ? ' (files only; Fly.io was not asked)' : ''
    const strict = !go && context.strict && summary.errors === 0 ? ' (--strict: warnings block)' : ''
    const lines = [`${badge}${scope}${strict}  ${counts.join(' · ')}  ${c.dim(time)}`]
    if (!go)
      lines.push(
        `${c.dim('Blocked by')} ${report.blockers.map(({check}) => check).join(', ')}${c.dim('; more about one: preflight explain ID')}`,
      )
    return lines.join('\n')
  }
}

const place = ({file, line, column}: {file: string; line?: number | undefined; column?: number | undefined}): string =>
  line === undefined ? file : `${file}:${line}:${column ?? 1}`

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

const shorten = (line: string) => (line.length > 160 ? `${line.slice(0, 160)}…` : line)
