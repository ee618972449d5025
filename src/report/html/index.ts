import {type Severity, severities} from '../../severity.ts'
import {deployName} from '../deploy-name.ts'
import type {Part, ReporterContext} from '../index.ts'
import type {Report} from '../report.ts'
import {momentRank, verdictInWords} from '../timeline.ts'
import {commitInWords, counts, duration, findingsByWeight, plural, scopeInWords, verdict} from '../words.ts'
import {checksSection, unverifiedSection} from './checks.ts'
import {type Anchored, findingsSection} from './findings.ts'
import {type Html, html} from './html.ts'
import {Ids} from './ids.ts'
import {Marks} from './marks.ts'
import {page} from './page.ts'
import {moment} from './place.ts'
import {revisionsSection} from './revisions.ts'
import {stagesSection} from './stages.ts'
import {timelineSection} from './timeline.ts'
import {trafficSection} from './traffic.ts'

/** One file for a browser, which loads nothing and runs nothing. */
export async function htmlReport(report: Report, context: ReporterContext): Promise<string> {
  const {word} = verdict(report, context)
  const title = html`<h1><span class="verdict">${word}</span> <span class="app">${nameOf(report)}</span></h1>`
  const body = html`${header(report, context, title)}
<main>
${await sections(report, context, new Ids())}
</main>
<footer>${footer(report)}</footer>`
  return page(`${word}: ${nameOf(report)}`, body)
}

/** The deploys of a repository in one file: a list of them, then each as it is alone. */
export async function htmlSet(parts: readonly Part[]): Promise<string> {
  const stopped = parts.filter(({report}) => report.verdict === 'no-go').length
  const all = plural(parts.length, 'deploy')
  const [word, count] = stopped === 0 ? ['GO', all] : ['NO-GO', `${stopped} of ${all}`]
  const deploys = await Promise.all(
    parts.map(async ({report, context}, index) => {
      const ids = new Ids(`deploy-${index + 1}-`)
      const title = html`<h2 class="title" id="${ids.of('title')}"><span class="verdict">${verdict(report, context).word}</span> <span class="app">${fullName(report)}</span></h2>`
      return html`<article class="deploy" aria-labelledby="${ids.of('title')}">
${header(report, context, title)}
${await sections(report, context, ids)}
<footer>${footer(report)}</footer>
</article>
`
    }),
  )
  const rows = parts.map(({report, context}, index) => {
    const numbers = counts(report).map(({text}) => text)
    return html`<li class="${report.verdict}"><span class="verdict">${verdict(report, context).word}</span> <a href="#deploy-${index + 1}-title">${fullName(report)}</a> <span class="muted">${numbers.join(' · ')}</span></li>
`
  })
  const body = html`<header class="${stopped > 0 ? 'no-go' : 'go'}">
<h1><span class="verdict">${word}</span> <span class="app">${count}</span></h1>
<ul class="deploys">${rows}</ul>
</header>
<main>${deploys}</main>`
  return page(`${word}: ${count}`, body)
}

/** The app; of one without a name the configuration. */
const nameOf = ({target}: Report): string => target.app ?? deployName(target)

const fullName = ({target}: Report): string =>
  target.app === null ? deployName(target) : `${deployName(target)} (${target.app})`

function header(report: Report, context: ReporterContext, title: Html): Html {
  const {target, scope} = report
  const facts: [string, string | Html | null][] = [
    ['Folder', target.root === '.' ? null : target.root],
    ['Configuration', target.config],
    ['Branch', target.branch],
    ['Commit', commitInWords(target)],
    ['Scope', scopeInWords(scope)],
    ['Warnings', context.strict ? 'block too (--strict)' : null],
    ['Checked', moment(report.startedAt)],
  ]
  return html`<header class="${report.verdict}">
${title}
<p class="words">${verdictInWords(report)}</p>
<p class="counts">${counts(report)
    .map(({text}) => text)
    .join(' · ')}</p>
<dl class="target">${facts.map(([name, value]) => value !== null && html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>`
}

/** The timeline, the findings (what ends the deploy first comes first), the pictures, and the other checks. */
async function sections(report: Report, context: ReporterContext, ids: Ids): Promise<Html> {
  const told = findingsByWeight(report)
    .toSorted((a, b) => momentRank(a.finding.failsAt) - momentRank(b.finding.failsAt))
    .map((each, index): Anchored => ({...each, anchor: ids.of(`finding-${index + 1}`)}))
  const anchors = new Map<object, string>(told.map(({finding, anchor}) => [finding, anchor]))
  const of = (severity: Severity) => told.filter(({finding}) => finding.severity === severity)
  const findings: Html[] = []
  for (const severity of severities) {
    if (of(severity).length > 0) findings.push(await findingsSection(severity, of(severity), context, ids))
  }
  return html`${timelineSection(report, ids, (finding) => anchors.get(finding))}
${findings}
${unverifiedSection(report, ids)}
${await pictures(report, context, ids)}
${checksSection(report, ids)}`
}

/** What preflight saw of the project, where that is known; the findings are there without it. */
async function pictures(report: Report, {project}: ReporterContext, ids: Ids): Promise<Html | undefined> {
  if (!project) return undefined
  try {
    const {routes, stages, migrations} = await project()
    const marks = new Marks(report)
    return html`${trafficSection(routes, marks, ids)}
${stagesSection(stages, marks, ids)}
${revisionsSection(migrations, marks, ids)}`
  } catch (error) {
    return html`<p>The pictures of the project could not be drawn: ${error instanceof Error ? error.message : String(error)}</p>`
  }
}

function footer(report: Report): Html {
  const {preflight, flyctl, node} = report.tools
  const names = [`preflight ${preflight}`, flyctl && `flyctl ${flyctl}`, `Node ${node}`].filter(Boolean)
  return html`Made by ${names.join(', ')} in ${duration(report)}. More about a check: <code>preflight explain ID</code>`
}
