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
export type Content = Html | string | number | false | null | undefined | readonly Content[]

/** A template of HTML or SVG in which every value is escaped but those that are HTML already. Quote attributes. */
export const html = (strings: TemplateStringsArray, ...parts: Content[]): Html =>
  new Html(strings.map((text, index) => (index === 0 ? text : fill(parts[index - 1]) + text)).join(''))

function fill(part: Content): string {
  if (part instanceof Html) return part.text
  if (part === false || part === null || part === undefined) return ''
  if (typeof part === 'object') return part.map(fill).join('')
  return escaped(String(part))
}

const entities: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'}

const escaped = (text: string): string =>
  visible(text).replace(/[&<>"']/g, (character) => entities[character] as string)
