import {type Html, html} from '../report/html/html.ts'
import {page} from '../report/html/page.ts'
import {moment} from '../report/html/place.ts'
import {plural, scopeInWords, verdictWord} from '../report/words.ts'
import {firstOf} from '../wording.ts'
import {spansChart, strip} from './charts.ts'
import {type App, type FiringCheck, firingChecks, orders, spansOf} from './model.ts'
import {dashboardStyle} from './style.ts'

/** The first page, in one of its orders. */
export function overview(apps: readonly App[], order: (typeof orders)[number]): string {
  const runs = apps.flatMap((app) => app.runs)
  const blocked = apps.filter(({newest}) => newest.verdict === 'no-go')
  const dates = runs.map(({startedAt}) => startedAt).sort()
  const [first, last] = [dates[0] as string, dates.at(-1) as string]
  const body = html`<header class="${blocked.length > 0 ? 'no-go' : 'go'}">
<h1><span class="verdict">${blocked.length > 0 ? `${blocked.length} of ${apps.length}` : apps.length === 1 ? 'The only' : `All ${apps.length}`}</span> <span class="app">${apps.length === 1 ? 'app is' : 'apps are'} ${blocked.length > 0 ? 'NO-GO' : 'GO'}</span></h1>
<p class="words">${blocked.length === 0 ? 'Nothing is known that would stop a deploy.' : `Blocked: ${nameSome(blocked)}.`}</p>
<p class="counts">${plural(runs.length, 'report')}, ${moment(first)}${last !== first && html` to ${moment(last)}`}</p>
</header>
<main>
<section aria-labelledby="apps">
<h2 id="apps">Apps</h2>
<nav class="orders" aria-label="The order of the apps"><span>Order by</span> ${orders.map(
    ({page: file, title}) =>
      html`<a href="${file}#apps"${file === order.page && html` aria-current="page"`}>${title}</a> `,
  )}</nav>
<ul class="apps">${[...apps].sort(order.sort).map(row)}</ul>
</section>
<section aria-labelledby="time">
<h2 id="time">Over time</h2>
${overTime(apps)}
</section>
${checksSection(firingChecks(apps), apps.length)}
</main>
<footer>Made by preflight from its reports (preflight dashboard). Nothing is loaded from anywhere.</footer>`
  return page('preflight: the apps', body, dashboardStyle)
}

const nameSome = (apps: readonly App[]): string =>
  firstOf(
    apps.map(({name}) => name),
    5,
  )

function row(app: App): Html {
  const {name, page: file, newest, since, runs} = app
  const {summary, blockers, verdict, words, scope, startedAt} = newest
  const said = verdictWord(newest)
  const counts = [
    summary.errors > 0 && plural(summary.errors, 'error'),
    summary.warnings > 0 && plural(summary.warnings, 'warning'),
    scope === 'static' && scopeInWords(scope),
  ].filter(Boolean)
  return html`<li class="row ${verdict}">
<div><span class="verdict">${said}</span> <a href="apps/${file}"><strong>${name}</strong></a></div>
<div>${verdict === 'no-go' && html`<p>${words}</p><p class="muted">Blocked by ${blockers.map(({check}, index) => html`${index > 0 && ', '}<code>${check}</code>`)}</p>`}
<p class="muted">${counts.join(', ')}</p></div>
<div>${strip(app)}<p class="muted">${said} since ${day(since.startedAt)}<br>${runs.length === 1 ? 'one run' : html`last of ${runs.length} runs ${day(startedAt)}`}</p></div>
</li>
`
}

const day = (iso: string): Html => html`<time datetime="${iso}">${iso.slice(0, 10)}</time>`

function overTime(apps: readonly App[]): Html {
  const spans = spansOf(apps.flatMap(({runs}) => runs))
  const stopped = spans.reduce((sum, {noGo}) => sum + noGo, 0)
  const total = spans.reduce((sum, {go, noGo}) => sum + go + noGo, 0)
  return html`<figure>${spansChart(spans, 'time-words')}
<figcaption id="time-words"><span class="key no-go"></span> ${stopped} of ${plural(total, 'run')} ended in NO-GO, <span class="key go"></span> ${total - stopped} in GO.</figcaption>
</figure>`
}

/** More than this are folded. */
const many = 15

/** The checks that fire, those of most apps first. `all`: how many apps there are. */
function checksSection(checks: readonly FiringCheck[], all: number): Html {
  if (checks.length === 0) {
    return html`<section aria-labelledby="firing"><h2 id="firing">Checks that fire</h2><p>None did in these runs.</p></section>`
  }
  const rest = checks.slice(many)
  return html`<section aria-labelledby="firing">
<h2 id="firing">Checks that fire most</h2>
<ol class="firing">${checks.slice(0, many).map((check) => checkRow(check, all))}</ol>
${rest.length > 0 && html`<details><summary>${plural(rest.length, 'more check')}</summary><ol class="firing">${rest.map((check) => checkRow(check, all))}</ol></details>`}
</section>`
}

function checkRow({id, title, apps, runs, severity}: FiringCheck, all: number): Html {
  const width = 120
  return html`<li class="${severity}">
<div><span class="badge">${severity}</span> <code>${id}</code><p class="muted">expected: ${title}</p></div>
<div class="share"><svg class="bar" viewBox="0 0 ${width} 8" width="${width}" height="8" aria-hidden="true"><rect class="whole" width="${width}" height="8" rx="4"/><rect class="part" width="${((apps.length / all) * width).toFixed(1)}" height="8" rx="4"/></svg>
<p>now in ${apps.length} of ${plural(all, 'app')}, in ${plural(runs, 'run')}</p>${apps.length > 0 && html`<p class="muted">${nameSome(apps)}</p>`}</div>
</li>
`
}
