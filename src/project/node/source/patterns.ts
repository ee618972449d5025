import type {Node} from '@babel/types'

/** A part of a pattern: a name, or what is read on the way to it: the value for one that is missing, a key, a type. */
export interface PatternPart {
  node: Node
  isName: boolean
  /** It is taken out of an object or a list. */
  isTaken: boolean
  /** It needs no use: beside `...rest` it says what that leaves out, and a parameter of a constructor may be a property. */
  isFree: boolean
}

/** `order`, `{id, items: [first = none, ...others]}: Order`, in the order of the text. */
export function* patternParts(node: Node, isTaken = false, isFree = false): Generator<PatternPart> {
  const read = (other: Node | null | undefined): PatternPart[] =>
    other ? [{node: other, isName: false, isTaken, isFree}] : []
  if ('decorators' in node) for (const each of node.decorators ?? []) yield* read(each)
  switch (node.type) {
    case 'Identifier':
      // `this` of TypeScript is none.
      if (node.name !== 'this') yield {node, isName: true, isTaken, isFree}
      break
    case 'TSParameterProperty':
      yield* patternParts(node.parameter, isTaken, true)
      break
    case 'RestElement':
      yield* patternParts(node.argument, isTaken, isFree)
      break
    case 'AssignmentPattern':
      yield* patternParts(node.left, isTaken, isFree)
      yield* read(node.right)
      break
    case 'ArrayPattern':
      for (const each of node.elements) if (each) yield* patternParts(each, true, isFree)
      break
    case 'ObjectPattern': {
      const hasRest = node.properties.at(-1)?.type === 'RestElement'
      for (const each of node.properties) {
        if (each.type === 'RestElement') yield* patternParts(each, true, isFree)
        else {
          if (each.computed) yield* read(each.key)
          yield* patternParts(each.value, true, isFree || hasRest)
        }
      }
      break
    }
    default:
      yield* read(node)
      return
  }
  if ('typeAnnotation' in node) yield* read(node.typeAnnotation)
}

/** The names that a pattern declares. */
export const patternNames = (node: Node): string[] =>
  [...patternParts(node)].flatMap(({node: {type, ...rest}, isName}) =>
    isName && type === 'Identifier' && 'name' in rest ? [String(rest.name)] : [],
  )
