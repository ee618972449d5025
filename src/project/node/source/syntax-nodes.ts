import type {Comment, Node} from '@babel/types'
import type {Span} from '../../code/code.ts'
import type {TextFile} from '../../files/text.ts'
import {parsedModule} from './parsed-module.ts'

/** A node of a module, and what it is a part of. */
export interface PlacedNode<Kind extends Node = Node> {
  node: Kind
  /** The part of `parent` that it is: `test`, `body`. */
  part: string
  parent: PlacedNode | undefined
}

/** The nodes of a kind that a module has, in the order of its text. */
export function nodesOf<Type extends Node['type']>(
  file: TextFile,
  type: Type,
): readonly PlacedNode<Extract<Node, {type: Type}>>[] {
  const nodes = file.once(nodesOf, () => nodesByType(file))
  return (nodes.get(type) ?? []) as PlacedNode<Extract<Node, {type: Type}>>[]
}

function nodesByType(file: TextFile): ReadonlyMap<Node['type'], readonly PlacedNode[]> {
  const found = new Map<Node['type'], PlacedNode[]>()
  const next: PlacedNode[] = []
  const {tree} = parsedModule(file)
  if (tree) next.push({node: tree.program, part: 'program', parent: undefined})
  for (let placed = next.pop(); placed; placed = next.pop()) {
    const same = found.get(placed.node.type)
    if (same) same.push(placed)
    else found.set(placed.node.type, [placed])
    const parts = Object.entries(placed.node).filter(([part]) => !part.endsWith('Comments'))
    for (const [part, value] of parts.reverse()) {
      for (const each of Array.isArray(value) ? value.toReversed() : [value])
        if (isNode(each)) next.push({node: each, part, parent: placed})
    }
  }
  return found
}

/** What a node is a part of, from the inside out. */
export function* partsAround(placed: PlacedNode): Generator<PlacedNode> {
  for (let each = placed.parent; each; each = each.parent) yield each
}

export const spanOf = ({start, end}: Node | Comment): Span => ({start: start ?? 0, end: end ?? start ?? 0})

/** Visits what a node is made of, in the order of the text; comments are none of it. */
export function eachPart(node: Node, visit: (part: Node, name: string) => void): void {
  // A project has millions of nodes: Object.entries would make a list for each.
  for (const name in node) {
    const value: unknown = node[name as keyof Node]
    if (typeof value !== 'object' || value === null || name.endsWith('Comments')) continue
    if (Array.isArray(value)) for (const each of value) isNode(each) && visit(each, name)
    else if (isNode(value)) visit(value, name)
  }
}

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
