import {type Html, html} from '../report/html/html.ts'
import {page} from '../report/html/page.ts'
import {moment, placeCode} from '../report/html/place.ts'
import {momentRank} from '../report/timeline.ts'
import {commitInWords, moments, plural, scopeInWords, verdictWord} from '../report/words.ts'
import {severities} from '../severity.ts'
import {findingsChart} from './charts.ts'
import type {App} from './model.ts'
import type {RunFinding} from './run.ts'
import {dashboardStyle} from './style.ts'

/** The page of one app: what its newest run says, and all of its runs. */
export function appPage(app: App): string {
  const {name, newest} = app
  const inTime = newest.findings.toSorted((a, b) => momentRank(a.failsAt) - momentRank(b.failsAt))
  const findings = severities.flatMap((severity) => inTime.filter((each) => each.severity === severity))
  const body = html`<nav class="back" aria-label="Back"><a href="../index.html">All apps</a></nav>
${header(app)}
<main>
<section aria-labelledby="findings">
<h2 id="findings">Findings of the newest run <span class="count">${findings.length}</span></h2>
${findings.length > 0 ? findings.map(article) : html`<p>There are none.</p>`}
</section>
${history(app)}
</main>
<footer>Made by preflight from its reports (preflight dashboard). The newest is <code>${newest.file}</code></footer>`
  return page(`${name}: ${verdictWord(newest)}`, body, dashboardStyle)
}

function header({name, newest, since, runs}: App): Html {
  const {target, scope, startedAt, words, version} = newest
  const facts: [string, string | Html | null][] = [
    ['Configuration', target.config],
    ['Branch', target.branch],
    ['Commit', commitInWords(target)],
    ['Scope', scopeInWords(scope)],
    ['Newest run', moment(startedAt)],
    [`${verdictWord(newest)} since`, moment(since.startedAt)],
    ['Runs', String(runs.length)],
    ['preflight', version],
  ]
  return html`<header class="${newest.verdict}">
<h1><span class="verdict">${verdictWord(newest)}</span> <span class="app">${name}</span></h1>
<p class="words">${words}</p>
<dl class="target">${facts.map(([title, value]) => value !== null && html`<div><dt>${title}</dt><dd>${value}</dd></div>`)}</dl>
</header>`
}

const article = ({
  severity,
  message,
  location,
  check,
  failsAt,
  hint,
}: RunFinding): Html => html`<article class="finding ${severity}">
<h3>${message}</h3>
<p class="facts"><span class="badge">${severity}</span> ${placeCode(location)} <code class="muted">${check}</code></p>
<p><span class="label">Without preflight</span> ${moments[failsAt]}.</p>
${hint && html`<p class="cure"><span class="label">Cure</span> ${hint}</p>`}
</article>
`

function history({runs}: App): Html {
  const newestFirst = runs.toReversed()
  return html`<section aria-labelledby="runs">
<h2 id="runs">Runs <span class="count">${runs.length}</span></h2>
${
  runs.length > 1 &&
  html`<figure>${findingsChart(runs, 'runs-words')}
<figcaption id="runs-words"><span class="key no-go"></span> Errors and <span class="key warning"></span> warnings of the last ${plural(Math.min(60, runs.length), 'run')}.</figcaption></figure>`
}
<div class="scroll" role="region" aria-label="Table of the runs" tabindex="0">
<table>
<thead><tr><th scope="col">When</th><th scope="col">Verdict</th><th scope="col">Branch</th><th scope="col">Commit</th><th scope="col">Errors</th><th scope="col">Warnings</th><th scope="col">Blocked by</th></tr></thead>
<tbody>${newestFirst.map(
    (
      run,
    ) => html`<tr class="${run.verdict}"><th scope="row">${moment(run.startedAt)}</th><td><span class="verdict">${verdictWord(run)}</span></td><td>${run.target.branch ?? ''}</td><td>${run.target.commit && html`<code>${commitInWords(run.target)}</code>`}</td><td class="number">${run.summary.errors}</td><td class="number">${run.summary.warnings}</td><td>${run.blockers.map(({check}, index) => html`${index > 0 && ', '}<code>${check}</code>`)}</td></tr>
`,
  )}</tbody>
</table>
</div>
</section>`
}
