import type {ReporterContext} from '../index.ts'
import type {Report, ReportedFinding} from '../report.ts'
import {momentRank, plural, verdictInWords} from '../timeline.ts'
import {checksSection, unverifiedSection} from './checks.ts'
import {findingsSection, type Numbered} from './findings.ts'
import {type Html, html} from './html.ts'
import {Marks} from './marks.ts'
import {page} from './page.ts'
import {moment} from './place.ts'
import {revisionsSection} from './revisions.ts'
import {stagesSection} from './stages.ts'
import {timelineSection} from './timeline.ts'
import {trafficSection} from './traffic.ts'

/** One file for a browser, which loads nothing and runs nothing. */
export async function htmlReport(report: Report, context: ReporterContext): Promise<string> {
  const numbered = report.checks
    .flatMap((check) => check.findings.map((finding) => ({check, finding})))
    .toSorted((a, b) => momentRank(a.finding.failsAt) - momentRank(b.finding.failsAt))
    .map((each, index): Numbered => ({...each, anchor: `finding-${index + 1}`}))
  const anchors = new Map<object, string>(numbered.map(({finding, anchor}) => [finding, anchor]))
  const of = (severity: ReportedFinding['severity']) => numbered.filter(({finding}) => finding.severity === severity)
  const findings: Html[] = []
  for (const severity of ['error', 'warning', 'info'] as const) {
    if (of(severity).length > 0) findings.push(await findingsSection(severity, of(severity), context))
  }
  const body = html`${header(report)}
<main>
${timelineSection(report, (finding) => anchors.get(finding))}
${findings}
${unverifiedSection(report)}
${await pictures(report, context)}
${checksSection(report)}
</main>
<footer>${footer(report)}</footer>`
  return page(`${verdictOf(report)}: ${nameOf(report)}`, body)
}

const verdictOf = ({verdict}: Report): string => (verdict === 'go' ? 'GO' : 'NO-GO')

/** The app; of one without a name the folder that it is in. */
export const nameOf = ({target: {app, root}}: Report): string => app ?? (root === '.' ? 'app without a name' : root)

function header(report: Report): Html {
  const {target, summary, scope} = report
  const counts = [
    summary.errors > 0 && plural(summary.errors, 'error'),
    summary.warnings > 0 && plural(summary.warnings, 'warning'),
    summary.infos > 0 && plural(summary.infos, 'info'),
    `${summary.passed} passed`,
    summary.skipped > 0 && `${summary.skipped} skipped`,
    summary.unverified > 0 && `${summary.unverified} unverified`,
    summary.ignored > 0 && `${summary.ignored} ignored`,
  ].filter(Boolean)
  const facts: [string, string | Html | null][] = [
    ['Configuration', target.config],
    ['Branch', target.branch],
    ['Commit', target.commit && `${target.commit.slice(0, 12)}${target.dirty ? ' and changes' : ''}`],
    ['Scope', scope === 'static' ? 'files only; Fly.io was not asked' : 'the files and Fly.io'],
    ['Checked', moment(report.startedAt)],
  ]
  return html`<header class="${report.verdict}">
<h1><span class="verdict">${verdictOf(report)}</span> <span class="app">${nameOf(report)}</span></h1>
<p class="words">${verdictInWords(report)}</p>
<p class="counts">${counts.join(' · ')}</p>
<dl class="target">${facts.map(([name, value]) => value !== null && html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>`
}

/** What preflight saw of the project; the findings are there without it. */
async function pictures(report: Report, context: ReporterContext): Promise<Html> {
  try {
    const {routes, stages, migrations} = await context.project()
    const marks = new Marks(report)
    return html`${trafficSection(routes, marks)}
${stagesSection(stages, marks)}
${revisionsSection(migrations, marks)}`
  } catch (error) {
    return html`<p>The pictures of the project could not be drawn: ${error instanceof Error ? error.message : String(error)}</p>`
  }
}

function footer({tools, durationMs}: Report): Html {
  const names = [`preflight ${tools.preflight}`, tools.flyctl && `flyctl ${tools.flyctl}`, `Node ${tools.node}`]
  return html`Made by ${names.filter(Boolean).join(', ')} in ${durationMs} ms. More about a check: <code>preflight explain ID</code>`
}
