import type {TextFile} from '../../files/text.ts'
import {scopesOf} from '../source/scopes.ts'
import {nodesOf} from '../source/syntax-nodes.ts'

/**
 * Where the specifiers stand of the imports that code needs, and not types alone: what a compiler keeps. A `const enum` is
 * gone all the same, as its values are written in its place.
 */
export const keptImports = (file: TextFile): ReadonlySet<number> => file.once(keptImports, () => readKept(file))

function readKept(file: TextFile): ReadonlySet<number> {
  const values = new Set(
    (scopesOf(file)?.bindings ?? []).filter(({kind, isValue}) => kind === 'import' && isValue).map(({start}) => start),
  )
  const found = new Set<number>()
  for (const {node} of nodesOf(file, 'ImportDeclaration')) {
    const isKept = node.specifiers.some(
      (each) =>
        !(each.type === 'ImportSpecifier' && each.importKind === 'type') && values.has(each.local.start ?? Number.NaN),
    )
    if (isKept && node.importKind !== 'type') found.add((node.source.start ?? 0) + 1)
  }
  return found
}
