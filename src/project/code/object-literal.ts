/** Object literals of JavaScript, and what their properties are. */
import {type Code, closing, parts, type Span, textOf} from './code.ts'

/** An object literal, or the name of one that is declared in the same file. */
export function objectOf(code: Code, span: Span): Span | undefined {
  if (code.bare[span.start] === '{') return span
  const name = textOf(code, span)
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return undefined
  const [only, another] = code.bare.matchAll(
    new RegExp(`\\b(?:const|let|var)\\s+${name.replaceAll('$', '\\$')}\\s*(?::[^=;\\n]{1,200})?=\\s*(?=\\{)`, 'g'),
  )
  if (!only || another) return undefined
  const start = only.index + only[0].length
  return {start, end: closing(code, start) + 1}
}

/** The properties of an object literal; `isOpen` where others may come with `...`. */
export function objectAt(code: Code, span: Span) {
  const properties = parts(code, {start: span.start + 1, end: closing(code, span.start)})
  const find = (name: string): Span | undefined => {
    for (const each of properties) {
      const match = new RegExp(`^["']?${name}["']?\\s*:\\s*`).exec(textOf(code, each))
      if (match) return {start: each.start + match[0].length, end: each.end}
    }
    return undefined
  }
  const shorthand = (name: string) => properties.find((each) => textOf(code, each) === name)
  return {
    get: (name: string) => find(name) ?? shorthand(name),
    shorthand,
    has: (name: string) => properties.some((each) => new RegExp(`^(?:async\\s+)?${name}\\b`).test(textOf(code, each))),
    isOpen: properties.some((each) => textOf(code, each).startsWith('...')),
  }
}

/** The object that a configuration is: what its file exports, plainly, through defineConfig or from a function. */
export function exportedObject(code: Code): Span | undefined {
  const match = /(?:\bexport\s+default\s+|\bmodule\.exports\s*=\s*)(?:define\w*\s*\(\s*)?/.exec(code.bare)
  if (!match) return undefined
  const start = match.index + match[0].length
  const rest = code.bare.slice(start)
  const name = /^[A-Za-z_$][\w$]*(?=\s{0,200}[;)]?\s{0,200}$)/.exec(rest)?.[0]
  if (name) return objectOf(code, {start, end: start + name.length})
  if (rest.startsWith('{')) return {start, end: closing(code, start) + 1}
  // `() => ({…})`, and one that returns one object and no other.
  const arrow = /^(?:async\s*)?(?:\([^()]*\)|\w+)\s*=>\s*(?:\(\s*(?=\{)|(\{))/.exec(rest)
  if (!arrow) return undefined
  const open = start + arrow[0].length
  if (!arrow[1]) return {start: open, end: closing(code, open) + 1}
  const body = {start: open - 1, end: closing(code, open - 1)}
  const returns = [...code.bare.slice(body.start, body.end).matchAll(/\breturn\s+(?=\S)/g)]
  const [only, another] = returns
  const at = body.start + (only?.index ?? 0) + (only?.[0].length ?? 0)
  return only && !another && code.bare[at] === '{' ? {start: at, end: closing(code, at) + 1} : undefined
}
