import {visible} from '../redact.ts'
import {severities} from '../severity.ts'
import type {Part, ReporterContext} from './index.ts'
import type {Report} from './report.ts'
import {fromTop} from './words.ts'

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number]
interface Metric {
  name: string
  help: string
  samples: Sample[]
}

/**
 * The text format of Prometheus, for the textfile collector of node_exporter. Every sample names app and
 * configuration, so that the files of several apps can lie in one folder.
 */
export const prometheus = (report: Report, context: ReporterContext): string => prometheusSet([{report, context}])

/** The samples of one metric stand together, as the format wants it. */
export function prometheusSet(parts: readonly Part[]): string {
  const byName = new Map<string, Metric>()
  for (const {report, context} of parts) {
    for (const {name, help, samples} of metricsOf(report, context)) {
      byName.set(name, {name, help, samples: [...(byName.get(name)?.samples ?? []), ...samples]})
    }
  }
  return [...byName.values()].map(render).join('')
}

function metricsOf(report: Report, context: ReporterContext): Metric[] {
  const {target, summary, checks} = report
  const which = {app: target.app ?? '', config: fromTop(target.config ?? 'fly.toml', context)}
  const findings = checks.flatMap(({id, findings}) =>
    severities.map((severity): Sample => {
      const count = findings.filter((finding) => finding.severity === severity).length
      return [{check: id, severity}, count]
    }),
  )
  const outcomes = ['passed', 'failed', 'skipped', 'unverified'] as const
  return [
    metric('preflight_verdict', '1 if the deploy may go, 0 if not.', [[{}, report.verdict === 'go' ? 1 : 0]]),
    metric(
      'preflight_findings',
      'Findings of a check; checks without any have no sample.',
      findings.filter(([, count]) => count > 0),
    ),
    metric(
      'preflight_checks',
      'Checks by what became of them.',
      outcomes.map((outcome) => [{outcome}, summary[outcome]]),
    ),
    metric('preflight_duration_seconds', 'How long the run took.', [[{}, report.durationMs / 1000]]),
    metric('preflight_last_run_timestamp_seconds', 'When the run began, in seconds since 1970.', [
      [{}, Date.parse(report.startedAt) / 1000],
    ]),
  ]

  function metric(name: string, help: string, samples: readonly Sample[]): Metric {
    return {name, help, samples: samples.map(([labels, value]) => [{...which, ...labels}, value])}
  }
}

function render({name, help, samples}: Metric): string {
  const lines = samples.map(([labels, value]) => {
    const words = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`)
    return `${name}{${words.join(',')}} ${value}\n`
  })
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join('')}`
}

const escapeLabel = (text: string): string => visible(text).replace(/\\/g, '\\\\').replace(/"/g, '\\"')
