import type {InspectedProject} from '../../inspect/project.ts'
import {plural} from '../words.ts'
import {type Html, html} from './html.ts'
import type {Ids} from './ids.ts'
import type {Marks} from './marks.ts'
import {placeCode} from './place.ts'
import {picture} from './svg.ts'

type Environment = InspectedProject['migrations'][number]
type Row = Environment['graph']['rows'][number]

/** In units of the picture; the style sheet gives a row the same height. */
const [rowHeight, laneWidth, margin] = [44, 18, 14]
/** What nobody would scroll through. */
const most = 120

/** The graph of the revisions of each alembic environment, heads on top. */
export function revisionsSection(environments: readonly Environment[], marks: Marks, ids: Ids): Html | undefined {
  const drawn = environments.filter(({count}) => count > 0)
  if (drawn.length === 0) return undefined
  return html`<section aria-labelledby="${ids.labels('migrations')}">
<h2 id="${ids.of('migrations')}">The migrations</h2>
${drawn.map((environment, index) => section(environment, ids.of(`graph-${index + 1}`), marks))}</section>`
}

function section(environment: Environment, id: string, marks: Marks): Html {
  const {config, count, heads, outcome, upgrade, brought, since, faults, undetermined, graph} = environment
  const rows = graph.rows.slice(0, most)
  return html`<figure>
<figcaption id="${id}"><strong>${config}</strong>: ${plural(count, 'revision')}${heads && `, ${plural(heads.length, 'head')} (${heads.join(', ')})`}. ${outcome}.
${upgrade ? html`Run by ${upgrade.by}: <code>${upgrade.command}</code>.` : 'Nothing in this deploy is seen to run them.'} New: ${brought}.</figcaption>
<div class="graph">
${lanes(environment, rows, id, marks)}
<ol>${rows.map(
    (row) => html`<li>${rowText(row, heads, !('reason' in since))}</li>
`,
  )}</ol>
</div>
${graph.rows.length > most && html`<p class="muted">Below are ${graph.rows.length - most} more rows, which are not drawn: preflight inspect migrations</p>`}
${faults.length > 0 && html`<ul class="faults">${faults.map(({message, at}) => html`<li>${message} ${placeCode(at)}</li>`)}</ul>`}
${undetermined.length > 0 && html`<p>Only Python can tell the identifiers of ${undetermined.join(', ')}.</p>`}
</figure>
`
}

function lanes({graph}: Environment, rows: readonly Row[], id: string, marks: Marks): Html {
  const x = (lane: number) => margin + lane * laneWidth
  const height = rows.length * rowHeight
  const edges = graph.edges
    .filter(({from}) => from < rows.length)
    .map(({from, to, lane}) => {
      const [start, way, end] = [x(rows[from]?.lane ?? 0), x(lane), x(graph.rows[to]?.lane ?? 0)]
      return html`<path class="edge" d="${edge({x: start, row: from}, way, {x: end, row: to})}"/>`
    })
  const dots = rows.map((row, index) => {
    const cx = x(row.lane)
    if (row.kind === 'more') return html`<circle class="dot more" cx="${cx}" cy="${y(index)}" r="4"/>`
    const tone = marks.about(row.revision.at.file) ?? (row.revision.isHead ? 'head' : 'plain')
    return html`<circle class="dot ${tone}" cx="${cx}" cy="${y(index)}" r="6"/>`
  })
  return picture({width: margin * 2 + (graph.lanes - 1) * laneWidth, height, labelledBy: id}, [edges, dots])
}

const y = (row: number): number => row * rowHeight + rowHeight / 2

/** Into its lane below the child, out of it above the parent. */
function edge(from: {x: number; row: number}, way: number, to: {x: number; row: number}): string {
  const curve = (x: number, row: number, end: number) =>
    x === end ? '' : `C${x} ${y(row) + rowHeight / 2} ${end} ${y(row) + rowHeight / 2} ${end} ${y(row + 1)}`
  if (to.row === from.row + 1) return `M${from.x} ${y(from.row)}${curve(from.x, from.row, to.x) || `V${y(to.row)}`}`
  const [into, out] = [curve(from.x, from.row, way), curve(way, to.row - 1, to.x)]
  return `M${from.x} ${y(from.row)}${into}V${y(to.row - 1)}${out || `V${y(to.row)}`}`
}

function rowText(row: Row, heads: readonly string[] | null, knowsNew: boolean): Html {
  if (row.kind === 'more') return html`<span class="muted">${plural(row.count, 'revision')} in between</span>`
  const {id, title, isHead, isNew, parents, labels, dependsOn, at} = row.revision
  const tags = [
    isNew && knowsNew && 'new',
    isHead && (heads && heads.length > 1 ? 'one of several heads' : 'head'),
    parents.length === 0 && 'base',
    parents.length > 1 && 'merge',
    ...labels.map((label) => `label ${label}`),
    dependsOn.length > 0 && `needs ${dependsOn.join(', ')}`,
  ].filter(Boolean) as string[]
  return html`<span class="first"><code>${id}</code>${tags.map((tag) => html` <span class="tag">${tag}</span>`)}</span>
<span class="second">${title || at.file.split('/').at(-1)}</span>`
}
