import type {Report} from '../report.ts'
import {type Phase, plural, timeline} from '../timeline.ts'
import {type Html, html} from './html.ts'

const marks: Readonly<Record<Phase['state'], {mark: string; words: string}>> = {
  fails: {mark: '✕', words: 'would fail'},
  unverified: {mark: '?', words: 'not verified'},
  'at-risk': {mark: '!', words: 'at risk'},
  passes: {mark: '✓', words: 'clear'},
  unchecked: {mark: '–', words: 'not checked'},
}

/** The phases of the deploy, each with what becomes of it, and the reasons below. `anchorOf`: the id of a finding's article. */
export function timelineSection(report: Report, anchorOf: (finding: object) => string | undefined): Html {
  const phases = timeline(report)
  const told = phases.filter(({troubles, unverified}) => troubles.length > 0 || unverified.length > 0)
  return html`<section aria-labelledby="timeline">
<h2 id="timeline">The deploy, phase by phase</h2>
<ol class="timeline">
${phases.map(
  (phase) => html`<li class="${phase.state}${!phase.reached && ' unreached'}">
<span class="mark" aria-hidden="true">${!phase.reached && phase.state === 'passes' ? '·' : marks[phase.state].mark}</span>
<span class="phase"><strong>${phase.title}</strong><span class="about">${phase.about}</span>
<span class="state">${wordsOf(phase)}</span></span></li>
`,
)}</ol>
${told.length > 0 && html`<dl class="reasons">${told.map(reasons)}</dl>`}
</section>`

  function reasons({title, state, troubles, unverified}: Phase): Html {
    return html`<div class="${state}"><dt>${title}</dt>
${troubles.map(
  ({
    finding,
  }) => html`<dd><a href="#${anchorOf(finding)}">${finding.message}</a>${finding.severity === 'warning' && html` <span class="muted">(warning)</span>`}</dd>
`,
)}${unverified.map(
  ({title: claim, reason}) => html`<dd>not verified that ${claim}: ${reason}</dd>
`,
)}</div>
`
  }
}

function wordsOf({name, state, reached, troubles}: Phase): string {
  if (state === 'fails') {
    const errors = troubles.filter(({finding}) => finding.severity === 'error').length
    // What shows while the app runs ends no deploy.
    return `${name === 'runtime' ? 'would go wrong' : 'would fail'}${reached ? '' : ' too'}: ${plural(errors, 'error')}`
  }
  const words = state === 'at-risk' ? `at risk: ${plural(troubles.length, 'warning')}` : marks[state].words
  if (reached) return words
  return state === 'passes' || state === 'unchecked' ? 'not reached' : `not reached; ${words}`
}
