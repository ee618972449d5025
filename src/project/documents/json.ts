import {type Node as JsonNode, type ParseError, parse, parseTree, printParseErrorCode} from 'jsonc-parser'
import {onceOf} from '../../once.ts'
import type {TextFile} from '../files/text.ts'
import {type Document, isTable, locate, type Node, type Range, type SyntaxProblem} from './document.ts'

/**
 * Parses JSON, once for a file that many ask for: JavaScript itself says whether it is valid. Of a repeated key the last one
 * counts, as in Go.
 */
export const parseJson = onceOf((file: TextFile): Document | SyntaxProblem => {
  let value: unknown
  const errors: ParseError[] = []
  const tree = parseTree(file.text, errors, {disallowComments: true})
  try {
    value = JSON.parse(file.text)
  } catch {
    const [first] = errors
    if (file.text.startsWith('\ufeff'))
      return {message: 'the file begins with a byte order mark (BOM), which JSON does not allow', at: file.span(0)}
    return {
      message: `this is no JSON: ${first ? words[printParseErrorCode(first.error)] : 'a character is not allowed'}`,
      at: file.span(first?.offset ?? 0),
    }
  }
  const root = tree && nodeOf(tree)
  if (!isTable(value) || root?.type !== 'table')
    return {message: 'the file holds no table of keys', at: {file: file.path, line: 1, column: 1}}
  return {root, value, at: (path) => locate(file, root, path)}
})

/** The table of a file that may have comments and commas at its ends, as tsconfig.json may. */
export function parseLoosely(text: string): Record<string, unknown> | undefined {
  const value: unknown = parse(text, [], {allowTrailingComma: true})
  return isTable(value) ? value : undefined
}

/** The parser's error codes in plain words. */
const words: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a string needs double quotes',
  InvalidNumberFormat: 'this is no number',
  PropertyNameExpected: 'a key in double quotes must stand here',
  ValueExpected: 'a value must stand here',
  ColonExpected: 'a colon must stand here',
  CommaExpected: 'a comma must stand here',
  CloseBraceExpected: 'a } must stand here',
  CloseBracketExpected: 'a ] must stand here',
  EndOfFileExpected: 'the file must end here',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfComment: 'JSON has no comments',
  UnexpectedEndOfString: 'this string is not closed',
  UnexpectedEndOfNumber: 'this number is not complete',
  InvalidUnicode: 'this is no character: \\uXXXX has four digits',
  InvalidEscapeCharacter: 'JSON does not know this escape',
  InvalidCharacter: 'this character must be escaped',
}

const rangeOf = ({offset, length}: JsonNode): Range => [offset, offset + length]

function nodeOf(node: JsonNode): Node {
  const range = rangeOf(node)
  const place = {range, content: range}
  switch (node.type) {
    case 'object': {
      const entries = new Map<string, Node>()
      for (const {children: [key, value] = []} of node.children ?? []) {
        if (!key || !value) continue
        entries.set(key.value, {...nodeOf(value), range: [key.offset, rangeOf(value)[1]], key: rangeOf(key)})
      }
      return {...place, type: 'table', entries}
    }
    case 'array':
      return {...place, type: 'array', items: (node.children ?? []).map(nodeOf)}
    // Go has floats only for JSON's numbers.
    case 'number':
      return {...place, type: 'float', value: node.value}
    case 'boolean':
      return {...place, type: 'boolean', value: node.value}
    case 'null':
      return {...place, type: 'null'}
    default:
      return {...place, type: 'string', value: String(node.value)}
  }
}
