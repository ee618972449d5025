import type {FileLocation} from '../../check.ts'
import type {Code} from '../code/code.ts'
import {isReached, statementStart} from './blocks.ts'

/** Variables of which one must be set, or what reads them stops. */
export interface RequiredVariables {
  names: string[]
  at: FileLocation
}

/** `System.get_env("X") || raise …`, with others between, and `System.fetch_env!("X")`. */
const stops =
  /\bSystem\.fetch_env!\(\s*"(\w+)"\s*\)|((?:\bSystem\.get_env\(\s*"\w+"\s*\)\s*\|\|\s*)+)(?:\(\s*)?raise\b/g

/** What a configuration of mix stops without when it is read for an environment, whatever else is set. */
export function requiredVariables(code: Code, env: string): RequiredVariables[] {
  return [...code.text.matchAll(stops)].flatMap((match) => {
    const [, fetched, chain = ''] = match
    // Something else is asked first; or the text is that of a string.
    const before = code.bare.slice(0, match.index).trimEnd()
    if (/\|\|$/.test(before) || !code.bare.startsWith('System', match.index)) return []
    if (isReached(code, match.index, env) !== 'yes') return []
    const names = fetched ? [fetched] : [...chain.matchAll(/"(\w+)"/g)].map(([, name]) => name as string)
    const end = match.index + match[0].replace(/(?<!\s)\s*\|\|\s*(?:\(\s*)?raise$/, '').length
    return [{names, at: code.file.span(match.index, end)}]
  })
}

/** `raise` as a statement of its own that nothing leads around. */
export function certainRaises(code: Code, env: string): FileLocation[] {
  return [...code.bare.matchAll(/^[ \t]*raise\b/gm)].flatMap(({0: match, index}) => {
    const start = index + match.length - 'raise'.length
    const isOwn = statementStart(code, start) === index
    return isOwn && isReached(code, start, env) === 'yes' ? [code.file.lineSpan(code.file.position(start).line)] : []
  })
}
