import {posix} from 'node:path'
import picocolors from 'picocolors'
import wrapAnsi from 'wrap-ansi'
import {visible} from '../redact.ts'
import {codeFrame} from './code-frame.ts'
import {deployName} from './deploy-name.ts'
import type {Part, ReporterContext} from './index.ts'
import type {CheckReport, Report, ReportedFinding} from './report.ts'
import {
  blockedBy,
  counts,
  duration,
  type FilePlace,
  moments,
  place,
  plural,
  type Unverified,
  unverifiedByReason,
  verdict,
} from './words.ts'

/** The reports under the names of their deploys, and one line for each at the end. */
export async function prettySet(parts: readonly Part[]): Promise<string> {
  const c = picocolors.createColors(parts[0]?.context.color ?? false)
  const title = ({target}: Report) =>
    visible(noCommand(target.app ? `${deployName(target)} (${target.app})` : deployName(target)))
  const texts = await Promise.all(
    parts.map(
      async ({report, context}) => `${c.bold(c.underline(title(report)))}\n\n${await describe(report, context)}`,
    ),
  )
  const lines = parts.map(({report}) => {
    const badge = report.verdict === 'go' ? c.green('GO   ') : c.red('NO-GO')
    const numbers = counts(report).filter(({kind}) => ['error', 'warning', 'unverified'].includes(kind))
    return `  ${badge}  ${title(report)}${c.dim(numbers.map(({text}, index) => `${index > 0 ? ' · ' : '  '}${text}`).join(''))}`
  })
  const stopped = parts.filter(({report}) => report.verdict === 'no-go').length
  const all = plural(parts.length, 'deploy')
  const conclusion =
    stopped === 0 ? `${c.bold(c.green('GO'))}  ${all}` : `${c.bold(c.red('NO-GO'))}  ${stopped} of ${all}`
  return `${texts.join('\n')}\n${conclusion}\n${lines.join('\n')}\n`

  /** Paths are as the terminal's folder sees them, so that they can be opened. */
  function describe(report: Report, context: ReporterContext): Promise<string> {
    const {root} = report.target
    return pretty(report, context, (at) => ({...at, file: posix.join(root, at.file)}))
  }
}

/** For a person at a terminal: each finding with its place, then the verdict. */
export async function pretty(
  report: Report,
  context: ReporterContext,
  seen: (at: FilePlace) => FilePlace = (at) => at,
): Promise<string> {
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
    const where = nowhere ? '' : noCommand(place('live' in location ? location : seen(location)))
    const frame = 'live' in location ? undefined : await codeFrame(location, context)
    const also = finding.related.flatMap((other) => ('file' in other ? [`see ${place(seen(other))}`] : [])).slice(0, 4)
    return [
      wrap(`${paint(c.bold(finding.severity))} ${visible(finding.message)}`),
      `  ${where ? `${c.cyan(visible(where))}  ` : ''}${c.dim(check.id)}`,
      ...(frame ? [frame] : []),
      ...also.map((each) => `  ${c.dim(visible(each))}`),
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

/** A line that begins with :: is a command to the runner of GitHub Actions; a path that does gets a beginning. */
const noCommand = (path: string): string => path.replace(/^(?=\s*::)/, './')
