import {
  type ErrorCode,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type YAMLMap,
  type Document as Yaml,
  type Scalar as YamlScalar,
} from 'yaml'
import type {TextFile} from '../files/text.ts'
import {
  type Document,
  isTable,
  locate,
  type Node,
  type Range,
  type Scalar,
  type SyntaxProblem,
  type TableNode,
} from './document.ts'

/** Parses YAML as yaml.v3, flyctl's decoder, does. */
export function parseYaml(file: TextFile, {textKeys = false} = {}): Document | SyntaxProblem {
  const lineCounter = new LineCounter()
  // flyctl reads the first document of several.
  const documents = parseAllDocuments(file.text, {lineCounter, prettyErrors: false, merge: true, uniqueKeys: false})
  const [document] = Array.isArray(documents) ? documents : []
  const error = document?.errors[0]
  if (error) {
    const isSure = sure.has(error.code) || error.message.startsWith('Missing closing')
    return {
      message: `this is no YAML: ${gluedDash(file, error.pos[0]) ?? words[error.code]}`,
      at: file.span(error.pos[0], error.pos[1]),
      ...(!isSure && {severity: 'warning'}),
    }
  }
  let root: Node
  try {
    root = document?.contents ? new Builder(document, textKeys).build(document.contents) : emptyTable
  } catch (problem) {
    if (!(problem instanceof Unreadable)) throw problem
    return {message: problem.message, at: file.span(...problem.range)}
  }
  if (root.type === 'null') root = emptyTable
  if (root.type !== 'table')
    return {message: 'the file holds no table of keys', at: {file: file.path, line: 1, column: 1}}
  const table = root
  return {
    root: table,
    get value() {
      const value = document?.toJS() as unknown
      return isTable(value) ? value : {}
    },
    at: (path) => locate(file, table, path),
  }
}

/** Every key must be a string, as flyctl demands of fly.yaml. */
export const parseFlyYaml = (file: TextFile): Document | SyntaxProblem => parseYaml(file, {textKeys: true})

/** What makes of `-uses: x` a key of its own: told where the parser stops, at it or at the next lines. */
function gluedDash(file: TextFile, position: number): string | undefined {
  const {line} = file.position(position)
  for (let number = line; number > Math.max(line - 3, 0); number--) {
    const [, key] = /^\s{0,200}-(\w[\w-]{0,60}):(?:\s|$)/.exec(file.line(number)) ?? []
    if (key) return `a dash needs a blank behind it, - ${key}: …`
  }
  return undefined
}

/** The parser's error codes in plain words. */
const words: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias can have no anchor and no tag',
  BAD_ALIAS: 'an alias must name an anchor',
  BAD_COLLECTION_TYPE: 'the tag does not fit what it stands at',
  BAD_DIRECTIVE: 'the line that begins with % is none that YAML knows',
  BAD_DQ_ESCAPE: 'double quotes do not know this escape; a backslash is written twice',
  BAD_INDENT: 'this line is indented too little or too far',
  BAD_PROP_ORDER: 'an anchor or a tag stands at the wrong place',
  BAD_SCALAR_START: 'a value that begins with this character needs quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a second colon on the line: a value with a colon and a blank needs quotes',
  BLOCK_IN_FLOW: 'within brackets there can be no lines with dashes or keys of their own',
  DUPLICATE_KEY: 'this key stands twice',
  IMPOSSIBLE: 'this cannot be read',
  KEY_OVER_1024_CHARS: 'a key has at most 1024 characters',
  MISSING_CHAR: 'a quote, a bracket, a comma, a colon or a blank is missing',
  MULTILINE_IMPLICIT_KEY: 'a colon is missing: a key stands on one line',
  MULTIPLE_ANCHORS: 'a value can have one anchor only',
  MULTIPLE_DOCS: 'a second document begins here',
  MULTIPLE_TAGS: 'a value can have one tag only',
  NON_STRING_KEY: 'a key must be a string',
  RESOURCE_EXHAUSTION: 'the file is nested too deeply',
  TAB_AS_INDENT: 'lines are indented by blanks, not by tabs',
  TAG_RESOLVE_FAILED: 'the tag is none that YAML knows',
  UNEXPECTED_TOKEN: 'this character cannot stand here',
}

/** What yaml.v3 refuses too. It is lenient with a comment or a bracket that stands too near, and with older escapes. */
const sure: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'BAD_ALIAS',
  'UNEXPECTED_TOKEN',
  'BLOCK_AS_IMPLICIT_KEY',
  'MULTILINE_IMPLICIT_KEY',
])

const emptyTable: TableNode = {type: 'table', range: [0, 0], entries: new Map()}

/** What yaml.v3, flyctl's decoder, refuses although it is YAML. */
class Unreadable extends Error {
  readonly range: Range
  constructor(message: string, range: Range) {
    super(message)
    this.range = range
  }
}

/** More than a person writes; a file that multiplies itself by aliases stops here, as it does in yaml.v3. */
const manyNodes = 100_000

class Builder {
  readonly #document: Yaml
  readonly #textKeys: boolean
  readonly #open = new Set<unknown>()
  /** How many of the nodes around this one are aliases. */
  #aliases = 0
  /** What stands below aliases so far. */
  #count = 0

  constructor(document: Yaml, textKeys: boolean) {
    this.#document = document
    this.#textKeys = textKeys
  }

  build(node: unknown): Node {
    const range = rangeOf(node)
    if (this.#aliases > 0 && ++this.#count > manyNodes) {
      throw new Unreadable('aliases make the file too large to be read', range)
    }
    if (!isAlias(node)) return this.#inside(node, range)
    this.#aliases += 1
    try {
      return {...this.#inside(node.resolve(this.#document), range), range, content: range}
    } finally {
      this.#aliases -= 1
    }
  }

  #inside(node: unknown, range: Range): Node {
    const place = {range, content: range}
    if (isScalar(node)) return {...place, ...scalarOf(node)}
    if (this.#open.has(node)) throw new Unreadable('an anchor contains itself', range)
    this.#open.add(node)
    try {
      if (isSeq(node)) return {...place, type: 'array', items: node.items.map((item) => this.build(item))}
      if (isMap(node)) return {...place, type: 'table', entries: this.#entries(node)}
      return {...place, type: 'null'}
    } finally {
      this.#open.delete(node)
    }
  }

  #entries(map: YAMLMap): Map<string, Node> {
    const entries = new Map<string, Node>()
    const merged: Node[] = []
    // The parser would compare each key with every other one.
    const seen = new Set<unknown>()
    for (const {key, value} of map.items) {
      if (isScalar(key) && key.value !== '<<') {
        if (seen.has(key.value)) throw new Unreadable('this is no YAML: this key stands twice', rangeOf(key))
        seen.add(key.value)
      }
      const node = this.build(value)
      if (isScalar(key) && key.source === '<<' && key.type === 'PLAIN') {
        merged.push(...(node.type === 'array' ? node.items : [node]))
        continue
      }
      const keyRange = rangeOf(key)
      const name = isScalar(key) ? String(key.source ?? key.value) : 'a collection'
      // flyctl's loader takes every key for a string, and panics (internal/appconfig/serde.go).
      if (this.#textKeys && !(isScalar(key) && typeof key.value === 'string')) {
        throw new Unreadable(`the key ${name} is no string, which makes flyctl crash; it needs quotes`, keyRange)
      }
      const content = node.content ?? keyRange
      entries.set(name, {...node, range: [keyRange[0], Math.max(keyRange[1], content[1])], key: keyRange, content})
    }
    for (const table of merged) {
      if (table.type !== 'table') continue
      for (const [name, node] of table.entries) if (!entries.has(name)) entries.set(name, node)
    }
    return entries
  }
}

const rangeOf = (node: unknown): Range => (isNode(node) && node.range ? [node.range[0], node.range[1]] : [0, 0])

function scalarOf({value, source = '', type}: YamlScalar): Scalar {
  const whole = type === 'PLAIN' ? wholeNumber(source) : undefined
  if (whole !== undefined) return {type: 'integer', value: Number(whole), digits: String(whole)}
  if (typeof value === 'boolean') return {type: 'boolean', value}
  if (typeof value === 'bigint') return {type: 'integer', value: Number(value), digits: String(value)}
  if (typeof value === 'number') {
    const whole = Number.isInteger(value) && (/^[-+]?0x/i.test(source) || !/[.e]/i.test(source))
    return whole ? {type: 'integer', value, digits: String(value)} : {type: 'float', value}
  }
  // yaml.v3 reads YAML 1.1's timestamps.
  const isDate = /^\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d:\d\d(\.\d+)?\s*(Z|[-+]\d\d?(:\d\d)?)?)?$/
  if (type === 'PLAIN' && isDate.test(String(value))) return {type: 'date', value: String(value)}
  return textOrNull(value)
}

/** yaml.v3's resolve: `0x1F`, `0o17`, `017`, `0b11` and `1_000` are whole numbers. */
function wholeNumber(source: string): bigint | undefined {
  const [, sign, prefix = '', digits = ''] = /^([-+]?)(?=\d)(0[xXoObB]|0(?=\d))?([\da-fA-F_]+)$/.exec(source) ?? []
  const text = digits.replaceAll('_', '')
  const radix = {x: '0x', o: '0o', b: '0b', 0: '0o'}[prefix.toLowerCase().at(-1) ?? ''] ?? ''
  if (!/^(0x[\da-f]+|0o[0-7]+|0b[01]+|\d+)$/i.test(radix + text)) return undefined
  const size = BigInt(radix + text)
  return size < 2n ** 64n ? (sign === '-' ? -size : size) : undefined
}

const textOrNull = (value: unknown): Scalar =>
  value === null || value === undefined ? {type: 'null'} : {type: 'string', value: String(value)}
