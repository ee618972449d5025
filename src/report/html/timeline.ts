import type {Report} from '../report.ts'
import {type Phase, timeline} from '../timeline.ts'
import {plural, unverifiedByReason} from '../words.ts'
import {type Html, html} from './html.ts'
import type {Ids} from './ids.ts'

const marks: Readonly<Record<Phase['state'], {mark: string; words: string}>> = {
  breaks: {mark: '✕', words: 'would fail'},
  unverified: {mark: '?', words: 'not verified'},
  risky: {mark: '!', words: 'at risk'},
  passed: {mark: '✓', words: 'clear'},
  unchecked: {mark: '–', words: 'not checked'},
}

/** The phases of the deploy, each with what becomes of it, and the reasons below. `anchorOf`: the id of a finding's article. */
export function timelineSection(report: Report, ids: Ids, anchorOf: (finding: object) => string | undefined): Html {
  const phases = timeline(report)
  const told = phases.filter((phase) => phase.told.length > 0 || phase.unverified > 0)
  return html`<section aria-labelledby="${ids.labels('timeline')}">
<h2 id="${ids.of('timeline')}">The deploy, phase by phase</h2>
<ol class="timeline">
${phases.map(
  (phase) => html`<li class="${phase.state}${!phase.reached && ' unreached'}">
<span class="mark" aria-hidden="true">${!phase.reached && phase.state === 'passed' ? '·' : marks[phase.state].mark}</span>
<span class="phase"><strong>${phase.title}</strong><span class="about">${phase.about}</span>
<span class="state">${wordsOf(phase)}</span></span></li>
`,
)}</ol>
${told.length > 0 && html`<dl class="reasons">${told.map(reasons)}</dl>`}
</section>`

  function reasons({title, state, told: findings, unknown}: Phase): Html {
    return html`<div class="${state}"><dt>${title}</dt>
${findings.map(
  ({finding}) =>
    html`<dd><a href="#${anchorOf(finding)}">${finding.message}</a>${finding.severity === 'warning' && html` <span class="muted">(warning)</span>`}</dd>
`,
)}${unverifiedByReason({checks: unknown}).map(
  ({reason, checks}) => html`<dd>${plural(checks.length, 'check')} not verified: ${reason}</dd>
`,
)}</div>
`
  }
}

function wordsOf({name, state, reached, errors, warnings}: Phase): string {
  if (state === 'breaks') {
    // What shows while the app runs ends no deploy.
    return `${name === 'runtime' ? 'would go wrong' : 'would fail'}${reached ? '' : ' too'}: ${plural(errors, 'error')}`
  }
  const words = state === 'risky' ? `at risk: ${plural(warnings, 'warning')}` : marks[state].words
  if (reached) return words
  return state === 'passed' || state === 'unchecked' ? 'not reached' : `not reached; ${words}`
}
