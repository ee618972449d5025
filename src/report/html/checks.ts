import {groupBy} from '../../group-by.ts'
import type {CheckReport, Report} from '../report.ts'
import {type Html, html} from './html.ts'
import type {Ids} from './ids.ts'
import {checkCode, placeCode} from './place.ts'

/** What passed, what was skipped and what is ignored: folded, nothing left out. */
export function checksSection({checks}: Report, ids: Ids): Html {
  const passed = checks.filter(({outcome}) => outcome === 'passed')
  const skipped = checks.filter(({outcome}) => outcome === 'skipped')
  const ignored = checks.flatMap((check) => check.ignored.map((each) => ({check, ...each})))
  return html`<section aria-labelledby="${ids.labels('checks')}">
<h2 id="${ids.of('checks')}">Everything else that was looked at</h2>
${fold('Passed', passed.length, byGroup(passed))}
${fold('Skipped', skipped.length, byReason(skipped))}
${fold(
  'Ignored',
  ignored.length,
  html`<ul>${ignored.map(
    ({check, finding, reason}) =>
      html`<li>${finding.message} ${placeCode(finding.location)} ${checkCode(check)}<br><span class="label">Ignored because</span> ${reason}</li>
`,
  )}</ul>`,
)}
</section>`
}

/** Those that could not be verified: one root cause, one block. */
export function unverifiedSection({checks}: Report, ids: Ids): Html | undefined {
  const unverified = checks.filter(({outcome}) => outcome === 'unverified')
  if (unverified.length === 0) return undefined
  return html`<section aria-labelledby="${ids.labels('unverified')}">
<h2 id="${ids.of('unverified')}">Not verified <span class="count">${unverified.length}</span></h2>
<div class="finding unverified">${byReason(unverified)}</div>
</section>`
}

const fold = (title: string, count: number, content: Html): Html | undefined =>
  count === 0
    ? undefined
    : html`<details><summary>${title} <span class="count">${count}</span></summary>${content}</details>`

const item = (check: CheckReport): Html => html`<li>${check.title} ${checkCode(check)}</li>
`

const byGroup = (checks: readonly CheckReport[]): Html =>
  html`${[...groupBy(checks, ({group}) => group)].map(
    ([group, members]) => html`<h3>${group}</h3><ul>${members.map(item)}</ul>`,
  )}`

const byReason = (checks: readonly CheckReport[]): Html =>
  html`${[...groupBy(checks, ({reason}) => reason ?? 'no reason is given')].map(
    ([reason, members]) => html`<h3>${reason}</h3><ul>${members.map(item)}</ul>`,
  )}`
