import {isCollection, isMap, isNode, isPair, LineCounter, parseAllDocuments} from 'yaml'
import type {FileLocation} from '../../check.ts'
import type {TextFile} from '../text.ts'
import {type Document, isTable, keyPath, type Path, type SyntaxProblem} from './document.ts'

/** Parses JSON: JSON itself says whether it is valid, YAML's tree where its keys stand. Of a repeated key the last wins. */
export function parseJson(file: TextFile): Document | SyntaxProblem {
  try {
    JSON.parse(file.text)
  } catch (error) {
    const offset = Number(/position (\d+)/.exec(String(error))?.[1] ?? 0)
    return {
      message: `this is no JSON: ${(error as Error).message.replace(/ in JSON at position.*$/, '')}`,
      at: file.span(offset),
    }
  }
  return parseYaml(file, false)
}

export function parseYaml(file: TextFile, uniqueKeys = true): Document | SyntaxProblem {
  const lines = new LineCounter()
  // flyctl reads the first document of several.
  const documents = parseAllDocuments(file.text, {lineCounter: lines, uniqueKeys, prettyErrors: false, merge: true})
  const [document] = Array.isArray(documents) ? documents : []
  if (!document) return {value: {}, at: () => ({file: file.path, line: 1, column: 1})}
  const error = document.errors[0]
  if (error) return {message: error.message.split('\n')[0] as string, at: file.span(error.pos[0], error.pos[1])}
  const value = document.toJS() as unknown
  if (value !== null && !isTable(value))
    return {message: 'the file holds no table of keys', at: {file: file.path, line: 1, column: 1}}
  return {value: value ?? {}, at: (path) => locate(file, document.contents, path)}
}

function locate(file: TextFile, contents: unknown, path: Path): FileLocation {
  let node: unknown = contents
  let range: [number, number] | undefined
  for (const key of path) {
    if (!isCollection(node)) break
    const item = isMap(node) ? node.items.find((pair) => keyOf(pair.key) === String(key)) : node.items[Number(key)]
    if (item === undefined) break
    const keyNode = isPair(item) ? item.key : item
    node = isPair(item) ? item.value : item
    const start = isNode(keyNode) ? keyNode.range?.[0] : undefined
    const end = isNode(node) ? node.range?.[1] : isNode(keyNode) ? keyNode.range?.[1] : undefined
    if (start !== undefined && end !== undefined) range = [start, end]
  }
  const span = range ? file.span(...range) : {file: file.path, line: 1, column: 1}
  return path.length > 0 ? {...span, keyPath: keyPath(path)} : span
}

const keyOf = (key: unknown): string => (isNode(key) ? String(key.toJSON()) : String(key))
