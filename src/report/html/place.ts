import {pageUrl} from '../docs.ts'
import {type Place, place} from '../words.ts'
import {type Html, html} from './html.ts'

/** A place as text: `fly.toml:12:3`, or the thing on Fly.io. */
export const placeText = (location: Place): string =>
  'file' in location && location.file === '.' ? 'the project' : place(location)

export const placeCode = (location: Place): Html => html`<code>${placeText(location)}</code>`

/** The name of a check, and where it can be known the way to its page. */
export function checkCode({id, docs}: {id: string; docs: string}): Html {
  const url = pageUrl(docs)
  return url === undefined ? html`<code class="muted">${id}</code>` : html`<a href="${url}"><code>${id}</code></a>`
}

/** A moment to the minute: `2026-07-01 12:00 UTC`. */
export const moment = (iso: string): Html =>
  html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC</time>`
