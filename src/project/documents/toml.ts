import type {AST} from 'toml-eslint-parser'
import {getStaticTOMLValue, ParseError, parseTOML} from 'toml-eslint-parser'
import type {FileLocation} from '../../check.ts'
import type {TextFile} from '../text.ts'
import {type Document, keyPath, type Path, type SyntaxProblem} from './document.ts'

/** A key's place in the text: offsets of the key itself and of what it holds. */
interface Entry {
  start: number
  end: number
  children: Map<string | number, Entry>
}

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
  const root = index(program.body[0])
  return {
    value: getStaticTOMLValue(program) as Record<string, unknown>,
    at: (path) => locate(file, root, path),
  }
}

/**
 * Base64 and the like, cut short: the parser passes a string's characters as arguments, and breaks at some 100,000. No
 * check reads such a value, and nothing but the rest of its line moves.
 */
const withoutBulk = (text: string): string => text.replace(/[A-Za-z0-9+/=_-]{4000,}/g, (bulk) => bulk.slice(0, 4000))

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
  const bare = /^\s*[\w.-]+\s*=\s*([^"'\s[{#][^#]*?)\s*(?:#.*)?$/.exec(line)?.[1]
  if (bare && !/^([-+\d]|true|false|inf|nan)/.test(bare)) return `a text needs quotes: "${bare}"`
  if (/^\s*[\w.-]+\s*:/.test(line)) return 'a colon stands where TOML wants =: NAME = "value"'
  return error.message.charAt(0).toLowerCase() + error.message.slice(1)
}

function index(table: AST.TOMLTopLevelTable): Entry {
  const root: Entry = {start: 0, end: 0, children: new Map()}
  for (const node of table.body) {
    if (node.type === 'TOMLKeyValue') addPair(root, node)
    else {
      // `resolvedKey` carries the indexes of arrays of tables: ["services", 0].
      const entry = reach(root, node.resolvedKey, node.key.range)
      for (const pair of node.body) addPair(entry, pair)
    }
  }
  return root
}

function addPair(parent: Entry, pair: AST.TOMLKeyValue): void {
  const keys = pair.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value))
  const entry = reach(parent, keys, [pair.key.range[0], pair.value.range[1]])
  addValue(entry, pair.value)
}

function addValue(entry: Entry, value: AST.TOMLContentNode): void {
  if (value.type === 'TOMLInlineTable') for (const pair of value.body) addPair(entry, pair)
  if (value.type === 'TOMLArray') {
    value.elements.forEach((element, position) => {
      addValue(reach(entry, [position], element.range), element)
    })
  }
}

/** The entry at a path, made where it is missing. The first place that names a table is its place. */
function reach(from: Entry, path: Path, [start, end]: readonly [number, number]): Entry {
  let entry = from
  for (const key of path) {
    let child = entry.children.get(key)
    if (!child) {
      child = {start, end, children: new Map()}
      entry.children.set(key, child)
    }
    entry = child
  }
  return entry
}

function locate(file: TextFile, root: Entry, path: Path): FileLocation {
  let entry = root
  for (const key of path) {
    const child = entry.children.get(key)
    if (!child) break
    entry = child
  }
  const span = entry === root ? {file: file.path, line: 1, column: 1} : file.span(entry.start, entry.end)
  return path.length > 0 ? {...span, keyPath: keyPath(path)} : span
}
