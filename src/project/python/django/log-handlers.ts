import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Code, codeOf, openBraces, parts, textOf} from '../../code/code.ts'
import {pathExpression} from '../../code/folders/path-expression.ts'
import type {DjangoSettings} from './settings-files.ts'
import {assigned, settingPlace} from './static-folders.ts'

/**
 * The files that LOGGING of the settings opens when Django is set up: each handler is made then, used or not
 * (logging/config.py, DictConfigurator.configure).
 */
export function logHandlers(settings: DjangoSettings, cwd: string): {file: string; place: string; at: FileLocation}[] {
  const mentions = settings.files.flatMap((file) => codeOf(file)?.bare.match(/\bLOGGING\b/g) ?? [])
  const given = mentions.length === 1 ? assigned('LOGGING', settings) : undefined
  if (given?.code.bare[given.span.start] !== '{') return []
  const {code} = given
  const {start, end} = given.span
  if (/\b(?:if|for)\b/.test(code.bare.slice(start, end))) return []
  return [...code.text.slice(start, end).matchAll(/["']filename["']\s{0,20}:\s{0,20}/g)].flatMap((match) => {
    const from = start + match.index + match[0].length
    const [value] = parts(code, {start: from, end: closingBrace(code, start + match.index)})
    const handler =
      value && textOf(code, {start: openBraces(code, value.start).at(-1) ?? 0, end: closingBrace(code, from)})
    if (!handler || !/["']class["']\s*:\s*["'][\w.]*FileHandler["']/.test(handler) || /["']delay["']/.test(handler))
      return []
    const place = settingPlace(code, value, settings, cwd)
    const file = pathExpression(code, value)?.path
    if (place === undefined || file === undefined) return []
    return [
      {file: posix.normalize(file).replace(/^(?:\.\.\/)+/, ''), place, at: code.file.span(value.start, value.end)},
    ]
  })
}

/** Where the dictionary ends that an offset stands in. */
function closingBrace({bare}: Code, offset: number): number {
  let depth = 0
  for (let at = offset; at < bare.length; at++) {
    if (bare[at] === '{') depth++
    else if (bare[at] === '}' && --depth < 0) return at
  }
  return bare.length
}
