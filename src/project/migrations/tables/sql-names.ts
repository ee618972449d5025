/** Names in SQL for Postgres. */

/** A name of one part, in quotes or without. */
export const word = String.raw`(?:"[^"\n]{1,100}"|[A-Za-z_][\w$]{0,100})`
/** A name with its schema or without, as a group. */
export const name = `(${word}(?:\\s{0,5}\\.\\s{0,5}${word})?)`

/** Postgres folds what has no quotes; `public` is where it looks first. */
export const keyOf = (written: string): string =>
  written
    .split('.')
    .map((part) => part.trim())
    .map((part) => (part.startsWith('"') ? part.replaceAll('"', '') : part.toLowerCase()))
    .filter((part, index, all) => all.length === 1 || index > 0 || part !== 'public')
    .join('.')

/** What stands between the commas of the brackets that open at this offset. */
export function itemsIn(text: string, opening: number): {text: string; from: number}[] {
  const found: {text: string; from: number}[] = []
  let depth = 0
  let start = opening + 1
  const push = (end: number) => {
    const part = text.slice(start, end)
    const from = start + (part.length - part.trimStart().length)
    if (part.trim() !== '') found.push({text: part.trim(), from})
  }
  for (let at = opening; at < text.length; at++) {
    const each = text[at]
    if (each === '(') depth++
    else if (each === ')' && --depth === 0) {
      push(at)
      return found
    } else if (each === ',' && depth === 1) {
      push(at)
      start = at + 1
    }
  }
  push(text.length)
  return found
}
