/** Code that looks for a file or a folder first, and goes on without it. */
import {blocksAround, type Code, headersAround, type Span, textOf} from '../code.ts'

const asks = /\b(?:existsSync|(?:l?stat|access)Sync|exists|is_?dir|is_?file)\s*\(/

/** A branch for a developer: `if (isDev) {`, `if settings.DEBUG:` */
const isForTrial = /^(?:\}\s{0,9}else\s+)?if\b[^\n]{0,200}?\b(?:is)?_?(?:dev|debug|local|test)/i

/** Whether the code looks before whether it is there, and goes on without it. */
export function isOptional(code: Code, {0: text, index}: RegExpExecArray, line: string): boolean {
  const around = code.language === 'python' ? headersAround(code, index) : [...blocksAround(code, index), line]
  if (around.some((header) => asks.test(header) || isForTrial.test(header))) return true
  // `X = …`, and below it `if X.exists():`; behind a `not` it mostly stops.
  const [, name] = /^[ \t]*(\w{1,100})[^\n=]{0,200}=[ \t]*$/.exec(text) ?? []
  if (code.language !== 'python' || !name) return false
  const asked = new RegExp(
    `(?<!\\bnot )(?:\\b${name}\\b[^\\n]{0,80}\\.${asks.source}|\\b${asks.source}(?:str\\()?${name}\\b)`,
  )
  return asked.test(code.bare)
}

/** Whether the file asks for the first name of this expression, `if not index.is_file(): return …`, with any answer. */
export function isAskedFor(code: Code, argument: Span): boolean {
  const [name] = /^\w{1,100}/.exec(textOf(code, argument).trim()) ?? []
  return (
    name !== undefined &&
    new RegExp(`\\b${name}\\b[^\\n]{0,80}\\.${asks.source}|${asks.source}[^\\n]{0,80}\\b${name}\\b`).test(code.bare)
  )
}
