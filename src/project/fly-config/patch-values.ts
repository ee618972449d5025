/** How the patches of flyctl's configuration change single values, whatever key they stand under. */
import type {Format, Node, Path, TableNode} from '../documents/document.ts'
import {Duration} from './duration.ts'
import {goText} from './go-text.ts'
import {headerOf, kindOf, refuse} from './refusals.ts'

/** A value that flyctl leaves out without a word. */
export interface Dropped {
  path: Path
  node: Node
  message: string
  hint: string
}

export interface Patching {
  format: Format
  dropped: Dropped[]
}
export type Entries = Map<string, Node>

/**
 * A bare number gets its unit, cut off to whole ones before that; an empty text unsets the key.
 * Anything else is dropped, and so are YAML's integers: they come as Go's `int`, which the patch does not know.
 */
export function patchDuration(
  entries: Entries,
  key: string,
  path: Path,
  unit: 'seconds' | 'milliseconds',
  {format, dropped}: Patching,
): void {
  const node = entries.get(key)
  if (!node || node.type === 'null') return
  if (node.type === 'string') {
    if (node.value === '') entries.set(key, {...node, type: 'null'})
    return
  }
  const inUnits = (number: number) => String(new Duration(Math.trunc(number) * (unit === 'seconds' ? 1e9 : 1e6)))
  if (node.type === 'float' || (node.type === 'integer' && format !== 'yaml')) {
    entries.set(key, {...node, type: 'string', value: inUnits(node.value)})
    return
  }
  const meant = node.type === 'integer' ? inUnits(node.value) : '30s'
  dropped.push({
    path: [...path, key],
    node,
    message: `flyctl drops ${key}, which is ${kindOf(node)}${node.type === 'integer' ? ' in a YAML file' : ''}`,
    hint: `Write it as a string with its unit: "${meant}"`,
  })
  entries.set(key, {...node, type: 'null'})
}

/** ensureArrayOfMap: an array of tables, or one table. */
export function tables(node: Node, path: Path): TableNode[] {
  const hint = `Write [[${headerOf(path)}]], and its keys below.`
  if (node.type === 'table') return [node]
  if (node.type !== 'array') return refuse(path, node, 'an array of tables', hint)
  return node.items.map((item, index) =>
    item.type === 'table' ? item : refuse([...path, index], item, 'a table', hint),
  )
}

export const asText = (node: Node): Node => ({...node, type: 'string', value: goText(node)})

export const integerOf = (value: number) => ({type: 'integer', value, digits: String(value)}) as const
