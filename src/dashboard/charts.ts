import {type Html, html} from '../report/html/html.ts'
import {plural} from '../report/words.ts'
import type {App, Span} from './model.ts'
import type {Run} from './run.ts'

/** Bars that differ in height and colour, so that nobody needs the colour. */
const [barWidth, gap, height] = [6, 2, 24]

/** The last runs of an app, the newest is the last one: a NO-GO is a high bar, a GO a low one. */
export function strip({runs}: App, most = 24): Html {
  const shown = runs.slice(-most)
  const stopped = shown.filter(({verdict}) => verdict === 'no-go').length
  const words = `${shown.length === 1 ? 'the only run' : `the last ${shown.length} runs`}: ${stopped} NO-GO, ${shown.length - stopped} GO`
  const width = most * (barWidth + gap)
  return html`<svg class="strip" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${words}">${shown.map(
    ({verdict}, index) => {
      const size = verdict === 'go' ? 9 : height
      const x = index * (barWidth + gap)
      return html`<rect class="${verdict}" x="${x}" y="${height - size}" width="${barWidth}" height="${size}" rx="1.5"/>`
    },
  )}</svg>`
}

/** A place in time with two counts, the worse one below. */
interface Column {
  label: string
  parts: {name: 'no-go' | 'warning' | 'go'; count: number; words: string}[]
}

/** How many runs of each span of days were NO-GO and GO. */
export const spansChart = (spans: readonly Span[], labelledBy: string): Html =>
  columns(
    spans.map(({from, go, noGo}) => ({
      label: from,
      parts: [
        {name: 'no-go', count: noGo, words: `${noGo} NO-GO`},
        {name: 'go', count: go, words: `${go} GO`},
      ],
    })),
    labelledBy,
  )

/** The errors and warnings of the last runs. */
export const findingsChart = (runs: readonly Run[], labelledBy: string): Html =>
  columns(
    runs.slice(-60).map(({startedAt, summary: {errors, warnings}}) => ({
      label: startedAt.slice(0, 10),
      parts: [
        {name: 'no-go', count: errors, words: plural(errors, 'error')},
        {name: 'warning', count: warnings, words: plural(warnings, 'warning')},
      ],
    })),
    labelledBy,
  )

function columns(data: readonly Column[], labelledBy: string): Html {
  const room = 96
  const step = Math.min(28, 720 / Math.max(1, data.length))
  const width = Math.max(240, data.length * step)
  const sum = ({parts}: Column) => parts.reduce((total, {count}) => total + count, 0)
  const scale = room / Math.max(1, ...data.map(sum))
  const bars = data.map(({label, parts}, index) => {
    let y = room
    const stacked = parts.map(({name, count}) => {
      y -= count * scale
      return (
        count > 0 &&
        html`<rect class="${name}" x="${(index * step + step * 0.1).toFixed(1)}" y="${y.toFixed(1)}" width="${(step * 0.8).toFixed(1)}" height="${(count * scale).toFixed(1)}"/>`
      )
    })
    return html`<g><title>${label}: ${parts.map(({words}) => words).join(', ')}</title>${stacked}</g>`
  })
  const [first, last] = [data[0], data.at(-1)]
  return html`<svg class="chart" viewBox="0 0 ${width} ${room + 2}" role="img" aria-labelledby="${labelledBy}">${bars}
<line x1="0" x2="${width}" y1="${room + 1}" y2="${room + 1}"/></svg>
<p class="ends"><span>${first?.label}</span>${last !== first && html`<span>${last?.label}</span>`}</p>`
}
