/**
 * Words of a Dockerfile as BuildKit reads them: quotes, escapes and variables
 * (frontend/dockerfile/shell/lex.go, and parseWords of frontend/dockerfile/parser/line_parsers.go).
 */

/** What a variable holds: undefined where it is not set. */
export type Lookup = (name: string) => string | undefined

/** BuildKit refuses such a text, and the build with it. */
export class LexError extends Error {}

/** Fills variables in and takes quotes off. Throws LexError. */
export function processWord(word: string, lookup: Lookup, escapeCharacter = '\\'): string {
  return new Lexer(word, lookup, escapeCharacter).word()
}

/** The same, split at blanks outside quotes, also those that a variable brings (EXPOSE). */
export const processWords = (text: string, lookup: Lookup, escapeCharacter = '\\'): string[] =>
  splitWords(text, escapeCharacter).flatMap((word) =>
    processWord(word, lookup, escapeCharacter)
      .split(/\s+/)
      .filter((part) => part !== ''),
  )

/** Splits at blanks outside quotes; quotes and escapes stay. */
export function splitWords(text: string, escapeCharacter = '\\'): string[] {
  const words: string[] = []
  let word = ''
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string
    if (!quote && /\s/.test(character)) {
      if (word) words.push(word)
      word = ''
      continue
    }
    word += character
    if (character === escapeCharacter && quote !== "'" && at + 1 < text.length) {
      at += 1
      word += text[at]
    } else if (quote ? character === quote : character === '"' || character === "'") {
      quote = quote ? '' : character
    }
  }
  return word ? [...words, word] : words
}

class Lexer {
  readonly #text: string
  readonly #lookup: Lookup
  readonly #escape: string
  #at = 0

  constructor(text: string, lookup: Lookup, escapeCharacter: string) {
    this.#text = text
    this.#lookup = lookup
    this.#escape = escapeCharacter
  }

  word(): string {
    return this.#until('', false)
  }

  /** Reads up to a closing character, which is taken too. `raw`: escapes stay, as in patterns. */
  #until(stop: string, raw: boolean): string {
    let result = ''
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] as string
      if (stop && character === stop) {
        this.#at += 1
        return result
      }
      if (character === "'") result += this.#singleQuoted()
      else if (character === '"') result += this.#doubleQuoted()
      else if (character === '$') result += this.#variable()
      else if (character === this.#escape) {
        const next = this.#text[this.#at + 1]
        this.#at += 2
        result += raw ? character + (next ?? '') : (next ?? '')
      } else {
        result += character
        this.#at += 1
      }
    }
    if (stop === '}') throw new LexError("syntax error: missing '}'")
    if (stop) throw new LexError(`a ${stop} is missing`)
    return result
  }

  #singleQuoted(): string {
    const end = this.#text.indexOf("'", this.#at + 1)
    if (end < 0) throw new LexError("a single quote (') is opened and never closed")
    const inside = this.#text.slice(this.#at + 1, end)
    this.#at = end + 1
    return inside
  }

  #doubleQuoted(): string {
    let result = ''
    this.#at += 1
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] as string
      if (character === '"') {
        this.#at += 1
        return result
      }
      if (character === '$') {
        result += this.#variable()
        continue
      }
      const next = this.#text[this.#at + 1]
      if (character === this.#escape && next !== undefined) {
        result += next === '"' || next === '$' || next === this.#escape ? next : character + next
        this.#at += 2
      } else {
        result += character
        this.#at += 1
      }
    }
    throw new LexError('a double quote (") is opened and never closed')
  }

  #variable(): string {
    this.#at += 1
    if (this.#text[this.#at] !== '{') {
      const name = this.#name()
      return name ? (this.#lookup(name) ?? '') : '$'
    }
    this.#at += 1
    const first = this.#text[this.#at]
    if (first === undefined) throw new LexError('a ${ has no }, it must have one')
    if ('{}:'.includes(first)) throw new LexError(`$\{${first} names no variable`)
    const name = this.#name()
    const value = this.#lookup(name)
    const operator = this.#text[this.#at] ?? ''
    this.#at += 1
    if (operator === '}') return value ?? ''
    if (operator === '/') return this.#replaced(value ?? '')
    const colon = operator === ':'
    const modifier = colon ? (this.#text[this.#at++] ?? '') : operator
    if (!'+-?#%'.includes(modifier) || modifier === '') {
      throw new LexError(`\${${name}${colon ? ':' : ''}${modifier}…} is a form that Docker does not know`)
    }
    const word = this.#until('}', modifier === '#' || modifier === '%')
    const isSet = value !== undefined && !(colon && value === '')
    if (modifier === '-') return isSet ? (value as string) : word
    if (modifier === '+') return isSet ? word : ''
    if (modifier === '?') {
      if (!isSet) throw new LexError(`${name}: ${word || 'not set'}`)
      return value as string
    }
    const greedy = word.startsWith(modifier)
    const pattern = greedy ? word.slice(1) : word
    return modifier === '%' ? trimEnd(value ?? '', pattern, greedy) : trimStart(value ?? '', pattern, greedy)
  }

  #replaced(value: string): string {
    const all = this.#text[this.#at] === '/'
    if (all) this.#at += 1
    const pattern = globExpression(this.#until('/', true))
    const replacement = this.#until('}', true)
    const expression = new RegExp(pattern, all ? 'g' : '')
    return value.replace(expression, () => replacement)
  }

  /** Letters, digits and _, or one special character. */
  #name(): string {
    const found = /^(?:[A-Za-z_]\w*|\d|[@*#?$!-])/.exec(this.#text.slice(this.#at))?.[0] ?? ''
    this.#at += found.length
    return found
  }
}

/** `*`, `?` and escapes as an expression; a pattern of the shell's parameter expansion. */
const globExpression = (pattern: string, lazy = false): string =>
  pattern.replace(/\\(.)|([*?])|([.+^${}()|[\]\\])/g, (_, escaped, wild, special) => {
    if (escaped || special) return /\w/.test(escaped ?? special) ? escaped : `\\${escaped ?? special}`
    return wild === '?' ? '.' : lazy ? '.*?' : '.*'
  })

const trimStart = (value: string, pattern: string, greedy: boolean): string =>
  value.replace(new RegExp(`^${globExpression(pattern, !greedy)}`, 's'), '')

/** The shortest or longest end that the pattern matches. */
function trimEnd(value: string, pattern: string, greedy: boolean): string {
  const expression = new RegExp(`^${globExpression(pattern)}$`, 's')
  const starts = Array.from({length: value.length + 1}, (_, at) => (greedy ? at : value.length - at))
  const start = starts.find((at) => expression.test(value.slice(at)))
  return start === undefined ? value : value.slice(0, start)
}
