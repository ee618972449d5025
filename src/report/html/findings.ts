import type {Severity} from '../../severity.ts'
import {type Frame, frameOf} from '../frame.ts'
import type {ReporterContext} from '../index.ts'
import type {ReportedFinding} from '../report.ts'
import {moments, plural, type Told} from '../words.ts'
import {fixDiff} from './fix.ts'
import {type Html, html} from './html.ts'
import type {Ids} from './ids.ts'
import {checkCode, placeCode} from './place.ts'

export interface Anchored extends Told {
  /** The id of its article. */
  anchor: string
}

const headings: Readonly<Record<Severity, string>> = {error: 'Errors', warning: 'Warnings', info: 'Advice'}

/** The findings of one severity, each with its place, its cause and its cure. */
export async function findingsSection(
  severity: Severity,
  findings: readonly Anchored[],
  context: ReporterContext,
  ids: Ids,
): Promise<Html> {
  const articles: Html[] = []
  for (const each of findings) articles.push(await article(each, context))
  return html`<section aria-labelledby="${ids.labels(`${severity}s`)}">
<h2 id="${ids.of(`${severity}s`)}">${headings[severity]} <span class="count">${findings.length}</span></h2>
${articles}</section>`
}

async function article({check, finding, anchor}: Anchored, context: ReporterContext): Promise<Html> {
  const {severity, message, location, related, failsAt, hint, fix} = finding
  const frame = 'live' in location ? undefined : await frameOf(location, context, 160)
  return html`<article class="finding ${severity}" id="${anchor}" aria-labelledby="${anchor}-message">
<h3 id="${anchor}-message">${message}</h3>
<p class="facts"><span class="badge">${severity}</span> ${placeCode(location)} ${checkCode(check)}</p>
${frame && codeBlock(frame)}
${relatedPlaces(related)}
<p><span class="label">Without preflight</span> ${moments[failsAt]}.</p>
${hint && html`<p class="cure"><span class="label">Cure</span> ${hint}</p>`}
${fix && (await fixDiff(fix, context))}
</article>
`
}

/** More than these are folded. */
const many = 8

function relatedPlaces(related: ReportedFinding['related']): Html | undefined {
  if (related.length === 0) return undefined
  const list = (places: typeof related) => places.map((place, index) => [index > 0 && ', ', placeCode(place)])
  const rest = related.length > many ? related.slice(many) : []
  return html`<p class="related">See also ${list(related.slice(0, many))}</p>${
    rest.length > 0 &&
    html`<details class="fix related"><summary>${plural(rest.length, 'more place')}</summary>${list(rest)}</details>`
  }`
}

function codeBlock({first, lines, place}: Frame): Html {
  // Behind the end of a file there is nothing to see.
  const shown = lines.at(-1) === '' && first + lines.length - 1 > place.line ? lines.slice(0, -1) : lines
  return html`<pre class="code">${shown.map((text, index) => {
    const number = first + index
    const isPlace = number === place.line
    return html`<span class="line${isPlace && ' place'}"><span class="number">${number}</span><code>${isPlace ? marked(text, place) : text}</code></span>`
  })}</pre>`
}

/** The place in its line; a long one is marked to the end of it. */
function marked(text: string, {start, end}: Frame['place']): Html {
  const from = Math.max(0, (start ?? 1) - 1)
  const to = Math.max(from + 1, (end ?? text.length + 1) - 1)
  const place = text.slice(from, to)
  return place ? html`${text.slice(0, from)}<mark>${place}</mark>${text.slice(to)}` : html`${text}`
}
