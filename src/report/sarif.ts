import type {
  ArtifactLocation,
  Location,
  Log,
  Notification,
  Region,
  ReportingConfiguration,
  ReportingDescriptor,
  Result,
  Run as SarifRun,
  Suppression,
} from 'sarif'
import {visible} from '../redact.ts'
import {pageUrl} from './docs.ts'
import {fingerprints} from './fingerprint.ts'
import type {Part, ReporterContext} from './index.ts'
import {stringify} from './json.ts'
import type {CheckReport, Report, ReportedFinding} from './report.ts'
import {anchor, type FilePlace, isOnOtherDrive, moments, type Place, uriFromTop, verdictWord} from './words.ts'

const levels = {error: 'error', warning: 'warning', info: 'note'} as const satisfies Record<
  string,
  ReportingConfiguration.level
>

/** SARIF 2.1.0, so that code scanning of GitHub takes it as it is. */
export const sarif = async (report: Report, context: ReporterContext): Promise<string> =>
  logOf([await runOf(report, context)])

/** One run for each deploy. */
export const sarifSet = async (parts: readonly Part[]): Promise<string> =>
  logOf(await Promise.all(parts.map(({report, context}) => runOf(report, context))))

function logOf(runs: SarifRun[]): string {
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs,
  }
  return stringify(log)
}

async function runOf(report: Report, context: ReporterContext): Promise<SarifRun> {
  const {target, tools} = report
  const names = await fingerprints(report, context)
  // Only checks that tell something are rules: the pages of all would fill half a megabyte.
  const telling = report.checks.filter(
    ({findings, ignored, outcome}) => findings.length + ignored.length > 0 || outcome === 'unverified',
  )
  const results: Result[] = []
  for (const [ruleIndex, check] of telling.entries()) {
    for (const finding of check.findings) results.push(result(ruleIndex, check, finding))
    for (const {finding, reason} of check.ignored) {
      const suppressions = [await suppression(finding, reason, context)]
      results.push({...result(ruleIndex, check, finding), suppressions})
    }
  }
  const notifications = telling.flatMap((check, index) =>
    check.outcome === 'unverified' ? [unverified(check, index)] : [],
  )
  return {
    tool: {
      driver: {
        name: 'preflight',
        semanticVersion: tools.preflight,
        rules: await Promise.all(telling.map((check) => rule(check, context))),
      },
    },
    // Without it the alerts of one app would replace those of another in the same repository.
    automationDetails: {id: `preflight/${uriFromTop(target.config ?? 'fly.toml', context)}/`},
    invocations: [
      {
        executionSuccessful: !notifications.some(({level}) => level === 'error'),
        exitCode: report.verdict === 'go' ? 0 : 1,
        exitCodeDescription: verdictWord(report),
        startTimeUtc: report.startedAt,
        endTimeUtc: new Date(Date.parse(report.startedAt) + report.durationMs).toISOString(),
        workingDirectory: {uri: `${uriFromTop('.', context)}/`, uriBaseId: 'SRCROOT'},
        toolExecutionNotifications: notifications,
      },
    ],
    originalUriBaseIds: {SRCROOT: {description: {text: 'The top of the repository.'}}},
    columnKind: 'utf16CodeUnits',
    results,
    properties: {verdict: report.verdict, scope: report.scope, app: target.app, commit: target.commit},
  }

  function result(ruleIndex: number, check: CheckReport, finding: ReportedFinding): Result {
    const {severity, message, hint, failsAt, location, related, fix} = finding
    const cure = hint ? ` Cure: ${hint}` : ''
    return {
      ruleId: check.id,
      ruleIndex,
      level: levels[severity],
      message: {text: plain(`${message}. Without preflight: ${moments[failsAt]}.${cure}`)},
      locations: [locate(location)],
      ...(related.length > 0 && {
        relatedLocations: related.map((each, id) => ({id, ...locate(each), message: {text: 'see also'}})),
      }),
      partialFingerprints: fingerprint(finding),
      ...(fix && {
        fixes: [
          {
            description: {text: plain(fix.title)},
            artifactChanges: fix.edits.map(({text, ...edit}) => ({
              artifactLocation: artifact(edit.file),
              replacements: [{deletedRegion: region(edit) as Region, insertedContent: {text}}],
            })),
          },
        ],
      }),
      properties: {failsAt},
    }
  }

  /** GitHub matches alerts by the name that it computes of the line itself; where there is no line, it needs ours. */
  function fingerprint(finding: ReportedFinding): Record<string, string> {
    const name = names.get(finding) as string
    const {line} = anchor(finding.location, report)
    return {'preflightFinding/v1': name, ...(line === undefined && {primaryLocationLineHash: name})}
  }

  function locate(location: Place): Location {
    const at = anchor(location, report)
    const where = region(at)
    const name = 'live' in location ? logicalName(location) : at.keyPath
    return {
      physicalLocation: {artifactLocation: artifact(at.file), ...(where && {region: where})},
      ...(name !== undefined && {
        logicalLocations: [{fullyQualifiedName: visible(name), kind: 'live' in location ? 'resource' : 'member'}],
      }),
    }
  }

  function artifact(file: string): ArtifactLocation {
    return {uri: uriFromTop(file, context), ...(!isOnOtherDrive(file) && {uriBaseId: 'SRCROOT'})}
  }
}

const logicalName = ({live, subject}: Extract<Place, {live: string}>): string =>
  subject === undefined ? live : `${live}/${subject}`

async function rule(check: CheckReport, context: ReporterContext): Promise<ReportingDescriptor> {
  const page = await context.page(check.docs)
  const helpUri = pageUrl(check.docs)
  return {
    id: check.id,
    shortDescription: {text: plain(check.title)},
    fullDescription: {text: plain(`${check.title}. Where it is not so, ${moments[check.failsAt]}.`)},
    ...(page !== undefined && {help: {text: page, markdown: page}}),
    ...(helpUri !== undefined && {helpUri}),
    defaultConfiguration: {level: levels[check.severity]},
    properties: {
      tags: ['deploy', check.group],
      'problem.severity': check.severity === 'info' ? 'recommendation' : check.severity,
    },
  }
}

function unverified({id, reason, severity}: CheckReport, index: number): Notification {
  const text = plain(`${id} could not be verified: ${reason}`)
  return {level: levels[severity], message: {text}, associatedRule: {id, index}}
}

async function suppression(
  {location}: ReportedFinding,
  justification: string,
  context: ReporterContext,
): Promise<Suppression> {
  const line = 'file' in location ? location.line : undefined
  const before = line === undefined ? '' : (await context.file((location as FilePlace).file))?.line(line - 1)
  const kind = before?.includes('preflight-ignore') ? 'inSource' : 'external'
  return {kind, status: 'accepted', justification: visible(justification)}
}

function region({line, column, endLine, endColumn}: Omit<FilePlace, 'file' | 'keyPath'>): Region | undefined {
  if (line === undefined) return undefined
  return {
    startLine: line,
    ...(column !== undefined && {startColumn: column}),
    ...(endLine !== undefined && {endLine}),
    ...(endColumn !== undefined && {endColumn}),
  }
}

/** A text in which nothing is a link (`[text](place)`) or a placeholder (`{0}`), as messages of SARIF may have them. */
const plain = (text: string): string =>
  visible(text)
    .replace(/\]\(/g, '\\](')
    .replace(/\{(\d+)\}/g, '{{$1}}')
