import {type ParserOptions, parse} from '@babel/parser'
import type {File} from '@babel/types'
import type {TextFile} from '../../files/text.ts'

/** Where a file of JavaScript or TypeScript is none. */
export interface ParseFault {
  /** `Unexpected token, expected ","`. */
  message: string
  start: number
  /** The name that is declared twice. */
  twice: string | undefined
}

export interface ParsedModule {
  /** undefined where nothing can be made of the text. */
  tree: File | undefined
  fault: ParseFault | undefined
}

/** A module by its ending: no declaration of types. */
export const isModule = (path: string): boolean => /(?<!\.d)\.[cm]?[jt]sx?$/.test(path)

/** TypeScript. */
export const isTyped = (path: string): boolean => /\.[cm]?tsx?$/.test(path)

/** What is refused by all that read a file: V8, tsc, swc and esbuild. The rest of what the parser can say is for one of them. */
const refused = new Set([
  'VarRedeclaration',
  'DuplicateDefaultExport',
  'DuplicateExport',
  'MissingSemicolon',
  'MissingUnicodeEscape',
  'MalformedRegExpFlags',
  'MissingClosingTagElement',
  'MissingClosingTagFragment',
  'AwaitNotInAsyncContext',
])

/** A file in the syntax of its ending, once. */
export const parsedModule = (file: TextFile): ParsedModule => file.once(parsedModule, () => parseModule(file))

function parseModule({path, text}: TextFile): ParsedModule {
  const nothing = {tree: undefined, fault: undefined}
  // Flow is for who translates it.
  if (/@flow\b/.test(text.slice(0, 1_000)) || !isModule(path) || text.length > mostText || isTangled(text))
    return nothing
  const first = parseWith('decorators-legacy')
  // `export @sealed class` is of the decorators of the standard alone.
  return first.fault && /(?:^|\s)@\w/.test(text) ? withoutFault(parseWith('decorators'), first) : first

  function parseWith(decorators: 'decorators' | 'decorators-legacy'): ParsedModule {
    try {
      const tree = parse(text, optionsOf(path, decorators))
      // A file without import and export may be a module all the same, and wait at its top.
      const isStrict = tree.program.sourceType === 'module'
      const error = tree.errors?.find(
        ({reasonCode}) => refused.has(reasonCode) && (isStrict || reasonCode !== 'AwaitNotInAsyncContext'),
      )
      return {tree, fault: error && faultOf(error, text)}
    } catch (error) {
      return isParseError(error) && !/Plugin/.test(error.reasonCode)
        ? {tree: undefined, fault: faultOf(error, text)}
        : nothing
    }
  }
}

/** What is longer was written by a tool. */
const mostText = 500_000
/** The parser reads what may be a cast or the types of a function twice, and what is in it twice again. */
const deepest = 8

/** Whether brackets behind `<…>` stand in one another deeper than that. */
function isTangled(text: string): boolean {
  const open: boolean[] = []
  let depth = 0
  for (const {0: bracket, index} of text.matchAll(/[()]/g)) {
    if (bracket === ')') depth -= Number(open.pop() ?? 0)
    else {
      const hasTypes = /(?<!=)>\s{0,20}$/.test(text.slice(Math.max(0, index - 22), index))
      open.push(hasTypes)
      depth += Number(hasTypes)
      if (depth > deepest) return true
    }
  }
  return false
}

const withoutFault = (second: ParsedModule, first: ParsedModule): ParsedModule => (second.fault ? first : second)

function optionsOf(path: string, decorators: 'decorators' | 'decorators-legacy'): ParserOptions {
  return {
    sourceType: /\.m[jt]s$/.test(path) ? 'module' : 'unambiguous',
    errorRecovery: true,
    allowReturnOutsideFunction: true,
    allowSuperOutsideMethod: true,
    allowUndeclaredExports: true,
    plugins: [
      decorators,
      ...(isTyped(path) ? (['typescript'] as const) : []),
      // `<string>value` is a cast where no elements are.
      ...(/\.[cm]?ts$/.test(path) ? [] : (['jsx'] as const)),
      'decoratorAutoAccessors',
      'deferredImportEvaluation',
      'deprecatedImportAssert',
      'explicitResourceManagement',
      'exportDefaultFrom',
      'sourcePhaseImports',
    ],
  }
}

interface ParseError {
  message: string
  reasonCode: string
  loc: {index: number}
}

const isParseError = (error: unknown): error is ParseError =>
  typeof error === 'object' && error !== null && 'reasonCode' in error && 'loc' in error

function faultOf({message, reasonCode, loc}: ParseError, text: string): ParseFault {
  const isEnd = reasonCode === 'UnexpectedToken' && text.slice(loc.index).trim() === ''
  const said = isEnd ? 'the file ends, and something in it is still open' : message.replace(/\.? \(\d+:\d+\)$/, '')
  const twice = reasonCode === 'VarRedeclaration' ? /^Identifier '(.+)' has/.exec(said)?.[1] : undefined
  return {message: said, start: loc.index, twice}
}

/** Whether a file of JavaScript is one with the types of Flow. */
export function isFlow({path, text}: TextFile): boolean {
  if (isTyped(path)) return false
  try {
    parse(text, {
      ...optionsOf(path, 'decorators-legacy'),
      plugins: [['flow', {all: true}], 'jsx', 'decorators-legacy'],
      errorRecovery: false,
    })
    return true
  } catch {
    return false
  }
}
