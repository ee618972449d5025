import type {AST} from 'toml-eslint-parser'
import {getStaticTOMLValue, ParseError, parseTOML, traverseNodes} from 'toml-eslint-parser'
import type {FileLocation} from '../../check.ts'
import type {TextFile} from '../files/text.ts'
import {
  type ArrayNode,
  type Document,
  locate,
  type Node,
  type Path,
  type Range,
  type Scalar,
  type SyntaxProblem,
  type TableNode,
} from './document.ts'

/**
 * Parses TOML 1.1, which is what go-toml 2.4 (flyctl's decoder) reads.
 * One parser gives both the values and the positions, so the two can never disagree.
 */
export function parseToml(file: TextFile): Document | SyntaxProblem {
  let program: AST.TOMLProgram
  try {
    program = parseTOML(withoutBulk(file.text), {tomlVersion: '1.1.0'})
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    // The parser's column counts from 0.
    const at: FileLocation = {file: file.path, line: error.lineNumber, column: error.column + 1}
    return {...explain(file, error), at}
  }
  // The parser takes a carriage return without its line feed for a blank; go-toml refuses it.
  const loneReturn = file.text.indexOf('\r')
  if (loneReturn >= 0) {
    const message = 'a carriage return stands without a line feed, which TOML does not allow'
    return {message, at: file.span(loneReturn), hint: 'Save the file with line ends of one kind.'}
  }
  const deep = deepKey(program)
  if (deep)
    return {message: 'the file is nested too deeply', at: file.span(...deep.range), hint: 'Write a shorter key.'}
  const huge = hugeInteger(program)
  if (huge) {
    const message = `${huge.number} is too large: TOML's whole numbers have 64 bits`
    return {message, at: file.span(...huge.range), hint: 'Write a smaller number, or put it in quotes as a text.'}
  }
  const root = build(program.body[0])
  let value: Record<string, unknown> | undefined
  return {
    root,
    get value() {
      value ??= getStaticTOMLValue(program) as Record<string, unknown>
      return value
    },
    at: (path) => locate(file, root, path),
  }
}

/**
 * Long strings, cut short: the parser passes a string's characters as arguments, and breaks at some 100,000. No check
 * reads such a value to its end, line ends stay, and nothing but the rest of a line moves.
 */
function withoutBulk(text: string): string {
  if (text.length < 50_000) return text
  return text.replace(/('''|""")([\s\S]*?)\1|"(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?|#[^\n]*/g, (whole, quote = '') => {
    if (whole.length < 4000) return whole
    const end = quote || (/^(["']).*\1$/s.test(whole) ? whole.slice(-1) : '')
    const kept = whole.slice(0, 2000).replace(/(?<!\\)\\+$/, '')
    return kept + whole.slice(kept.length).replace(/[^\n]/g, '') + end
  })
}

/** More tables below each other than any configuration has: what is told of each names all above it. */
const deepest = 500

/** A key of so many parts. Tables in braces are read one within the other, and end where the stack does. */
const deepKey = (program: AST.TOMLProgram): AST.TOMLKey | undefined =>
  program.body[0].body.map(({key}) => key).find(({keys}) => keys.length > deepest)

/** go-toml refuses an integer beyond int64 anywhere in the file. */
function hugeInteger(program: AST.TOMLProgram): AST.TOMLNumberValue | undefined {
  let huge: AST.TOMLNumberValue | undefined
  traverseNodes(program, {
    enterNode(node) {
      if (node.type !== 'TOMLValue' || node.kind !== 'integer' || huge) return
      if (BigInt.asIntN(64, node.bigint) !== node.bigint) huge = node
    },
    leaveNode() {},
  })
  return huge
}

/** Characters that an editor does not show, or shows alike. */
const characters: Readonly<Record<string, Pick<SyntaxProblem, 'message' | 'hint'>>> = {
  '\ufeff': {
    message: 'the file begins with a byte order mark (BOM), which TOML does not allow',
    hint: 'Save the file as UTF-8 without a byte order mark.',
  },
  '\u00a0': {
    message: 'a non-breaking space (as copied from a web page) stands where a plain space must',
    hint: 'Type the space anew; most editors can show such characters.',
  },
  ...Object.fromEntries(
    Array.from('\u201c\u201d\u2018\u2019', (quote) => [
      quote,
      {message: `the quote ${quote} is typographic; TOML needs " or '`, hint: 'Type the quotes anew.'},
    ]),
  ),
}

/** The parser's message, or a plainer one for what people really have in their files. */
function explain(file: TextFile, error: ParseError): Pick<SyntaxProblem, 'message' | 'hint'> {
  return characters[file.text[error.index] ?? ''] ?? {message: plainMessage(file, error)}
}

function plainMessage(file: TextFile, error: ParseError): string {
  const line = file.line(error.lineNumber)
  if (/^(<{7}|={7}|>{7})/.test(line)) return `a merge conflict was left in the file: ${line.slice(0, 40)}`
  if (/defining a key multiple times/i.test(error.message)) {
    const key = /^(?:[\w.-]|"[^"\n]*"|'[^'\n]*')+/.exec(file.text.slice(error.index, error.index + 200))?.[0]
    return `${key ?? 'the key'} stands a second time, which TOML does not allow`
  }
  // The value is not shown: it may be a secret.
  const [, key, bare] = /^\s*([\w.-]+)\s*=\s*([^"'\s[{#](?:[^#]*[^#\s])?)\s*(?:#.*)?$/.exec(line) ?? []
  if (bare && !/^([-+\d]|true|false|inf|nan)/.test(bare)) return `the value of ${key} needs quotes: ${key} = "…"`
  if (/^\s*[\w.-]+\s*:/.test(line)) return 'a colon stands where TOML wants =: NAME = "value"'
  return error.message.charAt(0).toLowerCase() + error.message.slice(1)
}

/** The values with their places. The first place that names a table is its place. */
function build(top: AST.TOMLTopLevelTable): TableNode {
  const root: TableNode = {type: 'table', range: [0, 0], entries: new Map()}
  for (const node of top.body) {
    if (node.type === 'TOMLKeyValue') addPair(root, node)
    else {
      // `resolvedKey` carries the indexes of arrays of tables: ["services", 0].
      const table = reach(root, node.resolvedKey, node.key.range)
      for (const pair of node.body) addPair(table, pair)
    }
  }
  return root
}

function addPair(table: TableNode, pair: AST.TOMLKeyValue): void {
  const keys = pair.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value))
  const range: Range = [pair.key.range[0], pair.value.range[1]]
  const parent = reach(table, keys.slice(0, -1), range)
  const last = pair.key.keys.at(-1) as AST.TOMLBare
  parent.entries.set(keys.at(-1) as string, {...nodeOf(pair.value), range, key: last.range, content: pair.value.range})
}

function nodeOf(node: AST.TOMLContentNode): Node {
  const {range} = node
  switch (node.type) {
    case 'TOMLArray':
      return {type: 'array', range, content: range, items: node.elements.map(nodeOf)}
    case 'TOMLInlineTable': {
      const table: TableNode = {type: 'table', range, content: range, entries: new Map()}
      for (const pair of node.body) addPair(table, pair)
      return table
    }
    default:
      return {...scalarOf(node), range, content: range}
  }
}

function scalarOf(node: AST.TOMLValue): Scalar {
  switch (node.kind) {
    case 'string':
      return {type: 'string', value: node.value}
    case 'boolean':
      return {type: 'boolean', value: node.value}
    case 'integer':
      return {type: 'integer', value: node.value, digits: String(node.bigint)}
    case 'float':
      return {type: 'float', value: node.value}
    default:
      return {type: 'date', value: node.datetime}
  }
}

/** The table at a path, made where it is missing, arrays on the way too. */
function reach(from: TableNode, path: Path, range: Range): TableNode {
  let node: Node = from
  path.forEach((key, index) => {
    let child: Node | undefined
    if (typeof key === 'number') child = (node as ArrayNode).items[key]
    else child = (node as TableNode).entries.get(key)
    if (!child) {
      child =
        typeof path[index + 1] === 'number'
          ? {type: 'array', range, key: range, items: []}
          : {type: 'table', range, key: range, entries: new Map()}
      if (typeof key === 'number') (node as ArrayNode).items[key] = child
      else (node as TableNode).entries.set(key, child)
    }
    node = child
  })
  return node as TableNode
}
