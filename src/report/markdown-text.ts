import {visible} from '../redact.ts'

/** Keeps `@name` from calling somebody, and `#1` and `GH-1` from linking what they do not mean. */
const apart = '\u200b'

/** A text of the project in a line of Markdown, where it is nothing but text. */
export const plainText = (text: string): string =>
  visible(text)
    .replace(/[&<>]/g, (character) => ({'&': '&amp;', '<': '&lt;', '>': '&gt;'})[character] as string)
    .replace(/[\\`*[\]|~$]/g, '\\$&')
    // Inside of a word it is nothing else.
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    .replace(/(?<![A-Za-z0-9])@(?=[A-Za-z0-9])/g, `@${apart}`)
    .replace(/#(?=\d)/g, `#${apart}`)
    .replace(/\bGH-(?=\d)/gi, `$&${apart}`)

/** The same as code: between more backticks than it holds. */
export function codeSpan(text: string): string {
  const plain = visible(text)
  const ticks = fence(plain, 1)
  // One space on both sides is taken away again; a text of spaces alone stays as it is.
  const pad = /^[` ]|[` ]$/.test(plain) && plain.trim() !== '' ? ' ' : ''
  return `${ticks}${pad}${plain}${pad}${ticks}`
}

export function codeBlock(text: string): string {
  const ticks = fence(text, 3)
  return `${ticks}text\n${text}\n${ticks}`
}

const fence = (text: string, least: number): string =>
  '`'.repeat(Math.max(least, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)))
