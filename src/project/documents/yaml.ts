import {
  type Document as Yaml,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Scalar as YamlScalar,
  type YAMLMap,
} from 'yaml'
import type {TextFile} from '../text.ts'
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

/** Parses YAML as yaml.v3, flyctl's decoder, does. `textKeys`: every key must be a text, as flyctl demands of fly.yaml. */
export function parseYaml(file: TextFile, {textKeys = false} = {}): Document | SyntaxProblem {
  const lineCounter = new LineCounter()
  // flyctl reads the first document of several.
  const documents = parseAllDocuments(file.text, {lineCounter, prettyErrors: false, merge: true})
  const [document] = Array.isArray(documents) ? documents : []
  const error = document?.errors[0]
  if (error) return {message: error.message.split('\n')[0] as string, at: file.span(error.pos[0], error.pos[1])}
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
  #count = 0

  constructor(document: Yaml, textKeys: boolean) {
    this.#document = document
    this.#textKeys = textKeys
  }

  build(node: unknown): Node {
    const range = rangeOf(node)
    if (++this.#count > manyNodes) throw new Unreadable('aliases make the file too large to be read', range)
    if (isAlias(node)) return {...this.#inside(node.resolve(this.#document), range), range, content: range}
    return this.#inside(node, range)
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
    for (const {key, value} of map.items) {
      const node = this.build(value)
      if (isScalar(key) && key.source === '<<' && key.type === 'PLAIN') {
        merged.push(...(node.type === 'array' ? node.items : [node]))
        continue
      }
      const keyRange = rangeOf(key)
      const name = isScalar(key) ? String(key.source ?? key.value) : 'a collection'
      // flyctl's loader takes every key for a string, and panics (internal/appconfig/serde.go).
      if (this.#textKeys && !(isScalar(key) && typeof key.value === 'string')) {
        throw new Unreadable(`the key ${name} is no text, which makes flyctl crash; it needs quotes`, keyRange)
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

const textOrNull = (value: unknown): Scalar =>
  value === null || value === undefined ? {type: 'null'} : {type: 'string', value: String(value)}
