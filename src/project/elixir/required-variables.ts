import type {FileLocation} from '../../check.ts'
import type {Code} from '../code/code.ts'
import {isReached, statementStart} from './blocks.ts'

/** Variables of which one must be set, or what reads them stops. */
export interface RequiredVariables {
  names: string[]
  at: FileLocation
}

/**
 * `System.get_env("X") || raise …`, with others between, `System.fetch_env!("X")`, and a number that is read of nothing:
 * `String.to_integer(System.get_env("X"))`.
 */
const stops =
  /\bSystem\.fetch_env!\(\s*"(\w+)"\s*\)|\bString\.to_(?:integer|float)\(\s*System\.get_env\(\s*"(\w+)"\s*\)\s*\)|((?:\bSystem\.get_env\(\s*"\w+"\s*\)\s*\|\|\s*)+)(?:\(\s*)?raise\b/g

/** What a configuration of mix stops without when it is read for an environment, whatever else is set. */
export function requiredVariables(code: Code, env: string): RequiredVariables[] {
  return [...code.text.matchAll(stops)].flatMap((match) => {
    const [, fetched, parsed, chain = ''] = match
    const alone = fetched ?? parsed
    // Something else is asked first; or the text is that of a string.
    const before = code.bare.slice(0, match.index).trimEnd()
    if (/\|\|$/.test(before) || !/^S(?:ystem|tring)/.test(code.bare.slice(match.index, match.index + 6))) return []
    if (isReached(code, match.index, env) !== 'yes') return []
    const names = alone ? [alone] : [...chain.matchAll(/"(\w+)"/g)].map(([, name]) => name as string)
    const end = match.index + match[0].replace(/(?<!\s)\s*\|\|\s*(?:\(\s*)?raise$/, '').length
    return [{names, at: code.file.span(match.index, end)}]
  })
}

/** `import_config "prod.secret.exs"`: the files that one reads for sure, from the folder of the configuration. */
export const importedConfigs = (code: Code, env: string): string[] =>
  [...code.text.matchAll(/\bimport_config[ \t(]+"([\w./-]+)"/g)].flatMap(({index, 1: name = ''}) =>
    code.bare.startsWith('import_config', index) && isReached(code, index, env) === 'yes' ? [name] : [],
  )

/** `raise` as a statement of its own that nothing leads around. */
export function certainRaises(code: Code, env: string): FileLocation[] {
  return [...code.bare.matchAll(/^[ \t]*raise\b/gm)].flatMap(({0: match, index}) => {
    const start = index + match.length - 'raise'.length
    const isOwn = statementStart(code, start) === index
    return isOwn && isReached(code, start, env) === 'yes' ? [code.file.lineSpan(code.file.position(start).line)] : []
  })
}
