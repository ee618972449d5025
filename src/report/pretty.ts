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
  findingsByWeight,
  moments,
  place,
  plural,
  type Unverified,
  unverifiedByReason,
  verdict,
} from './words.ts'

/** More checks than this that could not be verified for one reason are counted. */
const manyIds = 6

/** The reports under the names of their deploys, and one line for each at the end. */
export async function prettySet(parts: readonly Part[]): Promise<string> {
  const c = picocolors.createColors(parts[0]?.context.color ?? false)
  const title = ({target}: Report) =>
    visible(noCommand(target.app ? `${deployName(target)} (${target.app})` : deployName(target)))
  const told = new Set<string>()
  const texts: string[] = []
  for (const {report, context} of parts) {
    texts.push(`${c.bold(c.underline(title(report)))}\n\n${await describe(report, context)}`)
  }
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
    return pretty(report, context, (at) => ({...at, file: posix.join(root, at.file)}), told)
  }
}

/** For a person at a terminal: each finding with its place, then the verdict. */
export async function pretty(
  report: Report,
  context: ReporterContext,
  seen: (at: FilePlace) => FilePlace = (at) => at,
  known = new Set<string>(),
): Promise<string> {
  const c = picocolors.createColors(context.color)
  const blocks: string[] = []
  // What is read first is what stands last, above the prompt: there the blockers belong, next to the verdict.
  const told = ['info', 'warning', 'error'].flatMap((severity) =>
    findingsByWeight(report).filter(({finding}) => finding.severity === severity),
  )
  for (const [index, {check, finding}] of told.entries()) {
    const before = told[index - 1]
    blocks.push(await describe(check, finding, before?.check === check && before.finding.hint === finding.hint))
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
    // Advice is short: nobody reads ten screens of it on the way to what blocks.
    const advice = finding.severity === 'info'
    // What several deploys share, as a workflow, is told in full with the first of them.
    const key = JSON.stringify([check.id, 'live' in location ? location : seen(location), finding.message])
    const again = known.has(key)
    known.add(key)
    const frame = 'live' in location || advice || again ? undefined : await codeFrame(location, context)
    const also = finding.related.flatMap((other) => ('file' in other ? [`see ${place(seen(other))}`] : []))
    return [
      wrap(`${paint(c.bold(finding.severity))} ${visible(finding.message)}`),
      `  ${where ? `${c.cyan(visible(where))}  ` : ''}${c.dim(check.id)}`,
      ...(frame ? [frame] : []),
      ...also.slice(0, advice || again ? 0 : 4).map((each) => `  ${c.dim(visible(each))}`),
      ...(advice || again ? [] : [wrap(`${c.dim('Without preflight:')} ${moments[finding.failsAt]}.`, '  ')]),
      ...(finding.hint
        ? [wrap(`${c.green('Cure:')} ${again ? 'as above.' : sameCure ? 'the same.' : visible(finding.hint)}`, '  ')]
        : []),
    ].join('\n')
  }

  function tellUnverified({reason, checks}: Unverified): string {
    // Those that block are named again below the verdict, so that some are enough where one cause stops a whole group.
    const shown = checks.length > manyIds + 1 ? checks.slice(0, manyIds) : checks
    const more = checks.length - shown.length
    const ids = `${shown.map(({id}) => id).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
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
