import {visible} from '../redact.ts'
import type {Part, ReporterContext} from './index.ts'
import type {Report, ReportedFinding} from './report.ts'
import {
  blockedBy,
  counts,
  duration,
  findingsByWeight,
  fromTop,
  moments,
  plural,
  unverifiedByReason,
  verdict,
} from './words.ts'

interface Annotation {
  level: 'error' | 'warning' | 'notice'
  properties: Record<string, string | number | undefined>
  text: string
}

const levels = {error: 'error', warning: 'warning', info: 'notice'} as const
/** GitHub shows no more of each level for one step. */
const shown = 10

/** Workflow commands that put annotations on the lines of a pull request, and the verdict as a line of the log. */
export const github = (report: Report, context: ReporterContext): string => githubSet([{report, context}])

/** The annotations of all deploys share what GitHub shows of a step. */
export function githubSet(parts: readonly Part[]): string {
  const annotations = parts.flatMap(({report, context}) => annotationsOf(report, context))
  const lines: string[] = []
  for (const level of Object.values(levels)) {
    const same = annotations.filter((each) => each.level === level)
    lines.push(...same.slice(0, shown).map(command))
    const more = same.length - shown
    if (more > 0)
      lines.push(`${plural(more, `more ${level}`)} not annotated: GitHub shows ${shown} of a level for a step.`)
  }
  for (const {report, context} of parts) {
    const {word, remarks} = verdict(report, context)
    const numbers = counts(report).map(({text}) => text)
    const name = parts.length > 1 ? ` ${visible(fromTop(report.target.config ?? 'fly.toml', context))}` : ''
    lines.push(`preflight${name}: ${word}${remarks}  ${numbers.join(' · ')}  ${duration(report)}`)
    if (word === 'NO-GO') lines.push(`Blocked by ${blockedBy(report)}`)
  }
  return `${lines.join('\n')}\n`
}

function annotationsOf(report: Report, context: ReporterContext): Annotation[] {
  return [
    ...unverifiedByReason(report).map(({reason, checks, severity}) => ({
      level: levels[severity],
      properties: {title: 'preflight: could not be verified'},
      text: `${visible(reason)}\n${checks.map(({id}) => id).join(', ')}`,
    })),
    ...findingsByWeight(report).map(({check, finding}) => ({
      level: levels[finding.severity],
      properties: {...spot(finding, context), title: `preflight: ${check.id}`},
      text: [
        visible(finding.message),
        `Without preflight: ${moments[finding.failsAt]}.`,
        ...(finding.hint ? [`Cure: ${visible(finding.hint)}`] : []),
      ].join('\n'),
    })),
  ]
}

function spot({location}: ReportedFinding, context: ReporterContext): Annotation['properties'] {
  if ('live' in location || location.file === '.') return {}
  const {file, line, column, endLine, endColumn} = location
  // The runner takes columns of a single line only.
  const oneLine = (endLine ?? line) === line
  return {file: visible(fromTop(file, context)), line, endLine, ...(oneLine && {col: column, endColumn})}
}

/** The escapes are those by which the runner reads a command back: a text can neither end its line nor its property. */
function command({level, properties, text}: Annotation): string {
  const words = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapeData(String(value)).replace(/:/g, '%3A').replace(/,/g, '%2C')}`],
  )
  return `::${level} ${words.join(',')}::${escapeData(text)}`
}

const escapeData = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
