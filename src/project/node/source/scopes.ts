/** Which declaration each name of a module stands for, as ECMAScript and TypeScript bind them. */
import type {TextFile} from '../../files/text.ts'
import {parsedModule} from './parsed-module.ts'
import type {Binding, Reference, Scope, Use} from './scope.ts'
import {ScopeReader} from './scope-reader.ts'

/** A name that no scope around it has. */
export interface UnresolvedName extends Reference {
  /** Where another scope has it. */
  inner: number | undefined
}

export interface Scopes {
  bindings: readonly Binding[]
  unresolved: readonly UnresolvedName[]
}

/** undefined for a file that is no module. */
export const scopesOf = (file: TextFile): Scopes | undefined => file.once(scopesOf, () => readScopes(file))

function readScopes(file: TextFile): Scopes | undefined {
  const {tree} = parsedModule(file)
  if (!tree) return undefined
  const reader = new ScopeReader(tree.program.sourceType === 'script')
  try {
    for (const each of tree.program.body) reader.visit(each)
  } catch (error) {
    // A sum of thousands of parts is deeper than the stack.
    if (error instanceof RangeError) return undefined
    throw error
  }
  const {bindings, uses, usesAny} = reader
  const unknown = uses.filter((use) => !resolve(use) && !use.mayBeMissing)
  if (usesAny) {
    for (const each of bindings) each.isRead = true
    return {bindings, unresolved: []}
  }
  // Without strict mode a value makes a name of all modules.
  const made = new Set(unknown.filter(({access}) => access !== 'read').map(({name}) => name))
  const inner = new Map(bindings.toReversed().map(({name, start}) => [name, start]))
  const unresolved = unknown.flatMap(({name, start, meaning, isAtOnce}) =>
    made.has(name) ? [] : {name, start, meaning, isAtOnce, inner: inner.get(name)},
  )
  return {bindings, unresolved}
}

/** Marks what a name may stand for, from the inside out, once all are declared; whether one has its meaning. */
function resolve({name, meaning, access, isOfType, scope, within}: Use): boolean {
  for (let each: Scope | undefined = scope; each; each = each.parent) {
    const binding = each.names.get(name)
    if (!binding) continue
    if (access !== 'read') binding.isSet = true
    if (access !== 'set' && !within.includes(binding)) {
      binding.isRead = true
      if (!isOfType) binding.isValue = true
    }
    if (meaning === 'any' || binding.meaning === 'any' || binding.meaning === meaning) return true
  }
  return false
}
