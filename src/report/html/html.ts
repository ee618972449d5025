import {visible} from '../../redact.ts'

/** HTML that may be put into HTML as it is. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }
}

/** What a template takes: a text is escaped, what is empty leaves nothing. */
export type Part = Html | string | number | false | null | undefined | readonly Part[]

/** A template of HTML or SVG in which every value is escaped but those that are HTML already. Quote attributes. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(strings.map((text, index) => (index === 0 ? text : fill(parts[index - 1]) + text)).join(''))

function fill(part: Part): string {
  if (part instanceof Html) return part.text
  if (part === false || part === null || part === undefined) return ''
  if (typeof part === 'object') return part.map(fill).join('')
  return escaped(String(part))
}

const entities: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'}

/** Characters that turn the order of what follows round, and so let a text look like another one. */
const reordering = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

const escaped = (text: string): string =>
  visible(text)
    .replace(reordering, '\ufffd')
    .replace(/[&<>"']/g, (character) => entities[character] as string)
