import type {Severity} from '../../severity.ts'
import {type Content, type Html, html} from './html.ts'

/** Of a box: red, amber, plain, or dashed for what is not known or takes no part. */
export type Tone = Severity | 'plain' | 'unknown'

export interface Line {
  text: string
  /** `label` is small, `value` stands out, `detail` is quiet. */
  kind: 'label' | 'value' | 'detail'
}

const lineHeight = 17
const padding = 12
/** The widths of a character of the monospaced font, in the sizes of the style sheet. */
const advance: Readonly<Record<Line['kind'], number>> = {label: 6.7, value: 7.3, detail: 6.7}

export const boxHeight = (lines: readonly Line[]): number => lines.length * lineHeight + padding * 2 - 4

/** A box with lines of text; what is too long for it is cut and stays as its title. */
export function box(
  at: {x: number; y: number; width: number; height: number},
  lines: readonly Line[],
  tone: Tone,
): Html {
  const {x, y, width, height} = at
  return html`<g class="box ${tone}"><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>${lines.map(
    ({text, kind}, index) =>
      html`<text class="${kind}" x="${x + padding}" y="${y + padding + 11 + index * lineHeight}">${cut(text, (width - padding * 2) / advance[kind])}</text>`,
  )}</g>
`
}

/** An arrow along a path. */
export const arrow = (path: string, tone: Tone = 'plain'): Html => html`<path class="arrow ${tone}" d="${path}"/>`

/** The head of an arrow, its tip at a point. */
export function tip(x: number, y: number, towards: 'right' | 'down' | 'left', tone: Tone = 'plain'): Html {
  const back = {right: [-7, -4, -7, 4], down: [-4, -7, 4, -7], left: [7, -4, 7, 4]}[towards] as [
    number,
    number,
    number,
    number,
  ]
  return html`<path class="tip ${tone}" d="M${x} ${y}l${back[0]} ${back[1]}L${x + back[2]} ${y + back[3]}z"/>`
}

/** `labelledBy`: the id of the text that says the same. */
export const picture = (
  {width, height, labelledBy, className = ''}: {width: number; height: number; labelledBy: string; className?: string},
  content: Content,
): Html =>
  html`<svg class="picture ${className}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${labelledBy}">${content}</svg>`

const cut = (text: string, room: number): string =>
  text.length > room ? `${text.slice(0, Math.floor(room) - 1)}…` : text
