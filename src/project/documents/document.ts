import type {FileLocation} from '../../check.ts'
import type {TextFile} from '../files/text.ts'

/** Of a file that flyctl reads as its configuration. */
export type Format = 'toml' | 'json' | 'yaml'

export type Path = readonly (string | number)[]

/** Offsets in the text, the end exclusive. */
export type Range = readonly [start: number, end: number]

/** A value without its place. */
export type Scalar =
  | {type: 'string'; value: string}
  | {type: 'boolean'; value: boolean}
  /** `digits` is the number in plain decimals, for those that JavaScript cannot hold. */
  | {type: 'integer'; value: number; digits: string}
  | {type: 'float'; value: number}
  /** As it is written; TOML's four kinds are told apart by what is in it. */
  | {type: 'date'; value: string}
  | {type: 'null'}

/** A value as it stands in a file. */
export type Node = (Place & Scalar) | ArrayNode | TableNode
export interface ArrayNode extends Place {
  type: 'array'
  items: Node[]
}
export interface TableNode extends Place {
  type: 'table'
  entries: Map<string, Node>
}

export interface Place {
  /** What a finding points at: the key with its value, or a table's header. */
  range: Range
  /** The key alone. Array items and roots have none. */
  key?: Range
  /** The value alone. A table that a header opens has none. */
  content?: Range
}

/** A parsed TOML, YAML or JSON file: its values, each with its place. */
export interface Document {
  root: TableNode
  /** The same as plain tables, arrays, strings, numbers, booleans and dates. */
  value: Record<string, unknown>
  /** The place of a key; of its nearest existing parent when the key is missing. */
  at(path: Path): FileLocation
}

/** Why a file could not be parsed, and where. */
export interface SyntaxProblem {
  message: string
  at: FileLocation
  hint?: string
  /** Where flyctl's parser may be more lenient than ours. */
  severity?: 'warning'
}

/** The values of a file; parsed once, though the runs of many apps read it, each from its own folder. */
export function valuesOnce(
  file: TextFile,
  parse: (file: TextFile) => Document | SyntaxProblem,
): TableNode | SyntaxProblem {
  const found = file.once(parse, () => {
    const document = parse(file)
    return 'message' in document ? document : document.root
  })
  return 'message' in found ? {...found, at: {...found.at, file: file.path}} : found
}

/** `http_service.checks[0].type`: flyctl's spelling of a path. */
export function keyPath(path: Path): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('')
}

/** The node at a path, or its nearest existing parent. */
function nearest(root: Node, path: Path): Node {
  let node = root
  for (const key of path) {
    const child =
      node.type === 'table'
        ? node.entries.get(String(key))
        : node.type === 'array'
          ? node.items[Number(key)]
          : undefined
    if (!child) break
    node = child
  }
  return node
}

/** The place of a path in a file; the file's beginning where it has no part of it. */
export function locate(file: TextFile, root: Node, path: Path): FileLocation {
  const node = nearest(root, path)
  const span = node === root ? {file: file.path, line: 1, column: 1} : file.span(...node.range)
  return path.length > 0 ? {...span, keyPath: keyPath(path)} : span
}

export const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
