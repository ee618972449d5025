/** What an f-string may hold since Python 3.12 alone (PEP 701); before, it is a string that ends at its first quote. */
export interface OldFstring {
  kind: 'backslash' | 'quote'
  start: number
  end: number
}

/** A string behind its prefix, or behind a word such as `return`; a comment. */
const prefixed = /(?<!\w)(\w{0,20})("""|'''|"|')|#[^\n]*/g

/** The first f-string that Python up to 3.11 refuses. A file that Python 3.12 can read is taken for granted. */
export function oldFstring(text: string): OldFstring | undefined {
  prefixed.lastIndex = 0
  for (let match = prefixed.exec(text); match; match = prefixed.exec(text)) {
    const [whole, prefix = '', quote] = match
    if (!quote) continue
    const from = match.index + whole.length
    const to = endOf(text, from, quote)
    // Not closed as an older Python reads it: a quote in it has led astray.
    if (to === undefined) return undefined
    if (/^(?:f|fr|rf)$/i.test(prefix)) {
      const kind = faultOf(text.slice(from, to), /r/i.test(prefix))
      if (kind) return {kind, start: match.index, end: to + quote.length}
    }
    prefixed.lastIndex = to + quote.length
  }
  return undefined
}

/** Where a string ends: at the first quote of its kind that no backslash stands before. */
function endOf(text: string, from: number, quote: string): number | undefined {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text.startsWith(quote, at)) return at
    else if (text[at] === '\n' && quote.length === 1) return undefined
  }
  return undefined
}

/** A field that has a backslash, or that is still open where the string ends. */
function faultOf(content: string, isRaw: boolean): OldFstring['kind'] | undefined {
  /** The brackets that are open in a field, and the quote of a string in it. */
  let depth = 0
  let quote = ''
  let isFormat = false
  for (let at = 0; at < content.length; at++) {
    const character = content[at] as string
    if (depth === 0) {
      // `\N{DASH}` is a name.
      if (!isRaw && content.startsWith('\\N{', at)) at = Math.max(at, content.indexOf('}', at))
      else if (content.startsWith('{{', at)) at++
      else if (character === '{') {
        depth = 1
        isFormat = false
      }
      continue
    }
    if (isFormat) {
      // What stands in it is looked at no more closely: it may have fields of its own.
      if (character === '{') depth++
      else if (character === '}') depth--
      continue
    }
    if (character === '\\') return 'backslash'
    if (quote) {
      if (content.startsWith(quote, at)) {
        at += quote.length - 1
        quote = ''
      }
    } else if (character === '"' || character === "'") {
      quote = content.startsWith(character.repeat(3), at) ? character.repeat(3) : character
      at += quote.length - 1
    } else if (/[({[]/.test(character)) depth++
    else if (/[)}\]]/.test(character)) depth--
    else if (depth === 1 && (character === ':' || (character === '!' && content[at + 1] !== '='))) isFormat = true
  }
  return depth > 0 ? 'quote' : undefined
}
