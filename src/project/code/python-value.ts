import type {Surroundings} from '../image/servers/servers.ts'
import {argumentsAt, type Code, closing, lineAt, parts, type Span, textOf, trim} from './code.ts'
import {type CodeWord, filled, fromEnvironment, joined, literal, unknownWord} from './word.ts'

/** The value of an expression where it can be read without running anything. */
export function pythonValue(files: readonly Code[], code: Code, span: Span, around: Surroundings, depth = 0): CodeWord {
  if (depth > 8) return unknownWord
  const {start, end} = trim(code, span)
  const text = code.text.slice(start, end)
  const again = (inner: Span, of = code) => pythonValue(files, of, inner, around, depth + 1)
  if (/^\d[\d_]*$/.test(text)) return literal(text.replaceAll('_', ''))
  if (/^(["'])[^"'\\\n]*\1$/.test(text)) return literal(text.slice(1, -1))
  if (text === 'None') return literal('')
  const format = /^f(?:"((?:[^"\\\n{}]|\{[^{}"\n]{1,200}\})*)"|'((?:[^'\\\n{}]|\{[^{}'\n]{1,200}\})*)')$/.exec(text)
  if (format) {
    const holes = [...text.matchAll(/\{([^{}]+)\}/g)]
    // What stands behind a colon says how it is to look.
    if (holes.some(([, hole = '']) => /[!:]/.test(hole.replace(/(["']).*?\1/g, '')))) return unknownWord
    const words = holes.map(({index, 0: {length}}) =>
      again({start: start + index + 1, end: start + index + length - 1}),
    )
    return filled(format[1] ?? format[2] ?? '', /\{[^{}]+\}/, words)
  }
  const sum = parts(code, {start, end}, /\+/y)
  if (sum.length > 1 && sum.some((each) => /^["']/.test(textOf(code, each))))
    return joined(sum.map((each) => again(each)))
  if (text.startsWith('(') && closing(code, start) === end - 1) return again({start: start + 1, end: end - 1})
  const [left, right] = parts(code, {start, end}, /\bor\b/y)
  if (left && right) {
    const [one, two] = [again(left), again(right)]
    return one.unset ? {...two, fixed: false, variable: one.variable} : one
  }
  const call = /^([\w.]+)\s*\(/.exec(text)
  if (call && closing(code, start + call[0].length - 1) === end - 1) {
    const [first, second] = argumentsAt(code, start + call[0].length - 1)
    const name = call[1] as string
    if (/^(?:int|str)$/.test(name)) return first && !second ? again(first) : unknownWord
    if (/^(?:os\.)?(?:environ\.get|getenv)$/.test(name) && first) {
      const variable = again(first)
      const standard = second && {
        ...second,
        start: second.start + (/^default\s*=\s*/.exec(textOf(code, second))?.[0].length ?? 0),
      }
      return variable.fixed && variable.text
        ? fromEnvironment(variable.text, standard && again(standard), around)
        : unknownWord
    }
    return unknownWord
  }
  const read = /^(?:os\.)?environ\[\s*["'](\w+)["']\s*\]$/.exec(text)
  // Without it the program stops, which is not for whoever asks for the port to tell.
  if (read) {
    const word = fromEnvironment(read[1] as string, undefined, around)
    return word.unset ? {...unknownWord, variable: read[1]} : word
  }
  if (/^[A-Za-z_]\w*$/.test(text)) return named(text)
  const [, property] = /^(?=\w*(?:settings|config|conf))\w*(?:\(\))?\.(\w+)$/i.exec(text) ?? []
  return property ? setting(property) : unknownWord

  function named(name: string): CodeWord {
    const pattern = new RegExp(`^[ \\t]*${name}\\s*(?::[^=\\n]+)?=(?!=)\\s*`, 'gm')
    const places = [
      code,
      ...files.filter(
        (each) => each !== code && new RegExp(`\\bimport\\b[^\\n]{0,500}\\b${name}\\b|\\b${name}\\b`).test(code.text),
      ),
    ]
    for (const place of places) {
      const found = [...place.bare.matchAll(pattern)]
      if (found.length > 1) return unknownWord
      const [match] = found
      if (match) return again(lineAt(place, match.index + match[0].length), place)
    }
    return unknownWord
  }

  /** `port: int = 8000` of a pydantic settings class, which PORT sets. */
  function setting(name: string): CodeWord {
    const found = files.flatMap((each) => {
      if (!/\bBaseSettings\b/.test(each.text) || /env_prefix|validation_alias|alias=/.test(each.text)) return []
      return [...each.bare.matchAll(new RegExp(`^[ \\t]+${name}\\s*:[^=\\n]+=\\s*`, 'gm'))].map((match) => ({
        each,
        match,
      }))
    })
    const [only] = found
    if (!only || found.length > 1) return unknownWord
    const standard = again(lineAt(only.each, only.match.index + only.match[0].length), only.each)
    return fromEnvironment(name.toUpperCase(), standard, around)
  }
}
