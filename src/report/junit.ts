import {groupBy} from '../group-by.ts'
import {visible} from '../redact.ts'
import type {Part, ReporterContext} from './index.ts'
import type {CheckReport, Report, ReportedFinding} from './report.ts'
import {fromTop, moments, placeFromTop} from './words.ts'

/**
 * JUnit XML: a suite for each group, a case for each check. A case fails when its check blocks the deploy, so that the
 * file says what the verdict says; warnings that do not block are in the output of a case that passes.
 */
export const junit = (report: Report, context: ReporterContext): string =>
  document(report.durationMs, [report], suitesOf(report, context))

/** The suites of each deploy, under its name. */
export const junitSet = (parts: readonly Part[]): string =>
  document(
    Math.max(...parts.map(({report}) => report.durationMs)),
    parts.map(({report}) => report),
    parts.flatMap(({report, context}) =>
      suitesOf(report, context, `${fromTop(report.target.config ?? 'fly.toml', context)} `),
    ),
  )

function document(durationMs: number, reports: readonly Report[], suites: readonly string[]): string {
  const blockers = reports.flatMap((report) => report.blockers)
  const blocked = (wanted: string) => blockers.filter(({because}) => because === wanted).length
  const tests = reports.reduce((sum, {checks}) => sum + checks.length, 0)
  const numbers = {tests, failures: blocked('finding'), errors: blocked('unverified'), time: seconds(durationMs)}
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', {name: 'preflight', ...numbers}, suites)}`
}

function suitesOf(report: Report, context: ReporterContext, deploy = ''): string[] {
  const blocking = new Map(report.blockers.map(({check, because}) => [check, because]))
  const suites = groupBy(report.checks, ({group}) => group)

  const tally = (checks: readonly CheckReport[]) => {
    const blocked = (because: string) => checks.filter(({id}) => blocking.get(id) === because).length
    const milliseconds = checks.reduce((sum, {durationMs}) => sum + durationMs, 0)
    return {
      tests: checks.length,
      failures: blocked('finding'),
      errors: blocked('unverified'),
      time: seconds(milliseconds),
    }
  }
  return [...suites].map(([name, checks]) =>
    element(
      'testsuite',
      {
        name: `${deploy}${name}`,
        ...tally(checks),
        skipped: checks.filter((check) => isSkipped(check)).length,
        timestamp: report.startedAt.slice(0, 19),
      },
      checks.map(testCase),
    ),
  )

  /** What could not be verified and does not block either: nothing is said of it, but why. */
  function isSkipped({id, outcome}: CheckReport): boolean {
    return outcome === 'skipped' || (outcome === 'unverified' && !blocking.has(id))
  }

  function testCase(check: CheckReport): string {
    const {id, title, findings, outcome, reason} = check
    const [first] = findings
    const at = first && 'file' in first.location && first.location.file !== '.' ? first.location : undefined
    // Jenkins takes what stands before the dot for a package, and groups by it.
    const name = {classname: `${deploy}${id.replace('/', '.')}`, name: title, time: seconds(check.durationMs)}
    const file = at && {file: fromTop(at.file, context), line: at.line}
    return element('testcase', {...name, ...file}, result())

    function result(): string[] {
      if (isSkipped(check)) {
        return [element('skipped', {message: `${outcome === 'unverified' ? 'could not be verified: ' : ''}${reason}`})]
      }
      // GitLab shows the text and not the message: the text says all.
      const text = [
        ...findings.map(describe),
        ...(reason === null ? [] : [`could not be verified: ${visible(reason)}`]),
      ]
      const body = [escapeXml(text.join('\n\n'))]
      if (blocking.get(id) === 'unverified')
        return [element('error', {type: 'unverified', message: reason ?? ''}, body)]
      if (blocking.has(id)) {
        const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : ''
        return [element('failure', {type: check.failsAt, message: `${first?.message}${more}`}, body)]
      }
      return first ? [element('system-out', {}, body)] : []
    }
  }

  function describe({severity, message, location, failsAt, hint}: ReportedFinding): string {
    return [
      `${severity}: ${message}`,
      `at ${placeFromTop(location, context)}`,
      `Without preflight: ${moments[failsAt]}.`,
      ...(hint ? [`Cure: ${hint}`] : []),
    ]
      .map(visible)
      .join('\n')
  }
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3)

/** `content`: elements, or text that is escaped. */
function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content: readonly string[] = [],
): string {
  const words = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeXml(visible(String(value)))}"`],
  )
  const head = `<${name}${words.join('')}`
  if (content.length === 0) return `${head}/>\n`
  const inside = content.join('')
  return `${head}>${inside.startsWith('<') ? `\n${inside}` : inside}</${name}>\n`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Also what no XML document may hold in any form. */
const escapeXml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML 1.0 forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => entities[character] as string)
