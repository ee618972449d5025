import picocolors from 'picocolors'
import wrapAnsi from 'wrap-ansi'
import {visible} from '../redact.ts'
import {codeFrame} from './code-frame.ts'
import type {ReporterContext} from './index.ts'
import type {CheckReport, Report, ReportedFinding} from './report.ts'
import {blockedBy, counts, duration, moments, place, type Unverified, unverifiedByReason, verdict} from './words.ts'

/** For a person at a terminal: each finding with its place, then the verdict. */
export async function pretty(report: Report, context: ReporterContext): Promise<string> {
  const c = picocolors.createColors(context.color)
  const blocks: string[] = []
  for (const check of report.checks) {
    for (const [index, finding] of check.findings.entries()) {
      blocks.push(await describe(check, finding, check.findings[index - 1]?.hint === finding.hint))
    }
  }
  blocks.push(...unverifiedByReason(report).map(tellUnverified), conclude())
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
    const nowhere = 'live' in location ? location.subject === undefined : location.file === '.'
    // A line that begins with :: is a command to the runner of GitHub Actions.
    const where = nowhere ? '' : place(location).replace(/^(?=\s*::)/, './')
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

  function tellUnverified({reason, checks}: Unverified): string {
    const ids = checks.map(({id}) => id).join(', ')
    return [wrap(`${c.magenta(c.bold('unverified'))} ${visible(reason)}`), wrap(c.dim(ids), '  ')].join('\n')
  }

  function conclude(): string {
    const paints: Readonly<Record<string, (text: string) => string>> = {
      error: c.red,
      warning: c.yellow,
      info: c.cyan,
      unverified: c.magenta,
    }
    const {word, remarks} = verdict(report, context)
    const badge = c.bold(word === 'GO' ? c.green(word) : c.red(word))
    const numbers = counts(report).map(({kind, text}) => (paints[kind] ?? String)(text))
    const line = wrap(`${badge}${remarks}  ${numbers.join(' · ')}  ${c.dim(duration(report))}`)
    if (word === 'GO') return line
    const more = c.dim('; more about one: preflight explain ID')
    return `${line}\n${wrap(`${c.dim('Blocked by')} ${blockedBy(report)}${more}`)}`
  }
}
