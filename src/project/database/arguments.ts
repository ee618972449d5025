import type {SyntaxNode} from '@lezer/common'
import {children} from '../python/imports/module-constants.ts'
import {comprehension} from './comprehension.ts'
import {evaluate} from './evaluate.ts'
import type {Program, Scope} from './program.ts'
import {type FunctionValue, unknown, type Value} from './value.ts'

/** What a call is given. */
export interface Arguments {
  positional: Value[]
  named: Map<string, Value>
  /** `*args` or `**kwargs` of which not everything is known. */
  open: boolean
}

/** Evaluates what stands between the parentheses of a call. */
export function argumentsOf(program: Program, scope: Scope, node: SyntaxNode): Arguments {
  const given: Arguments = {positional: [], named: new Map(), open: false}
  const parts = children(node).filter(({name}) => !/^([()]|Comment)$/.test(name))
  // `"&".join(each for each in pairs)`: a generator is the only argument, and has no parentheses of its own.
  if (parts.some(({name}) => name === 'for')) return {...given, positional: [comprehension(program, scope, node)]}
  let index = 0
  while (index < parts.length) {
    const part = parts[index] as SyntaxNode
    const next = parts[index + 1]
    if (part.name === ',') index++
    else if (part.name === '*' || part.name === '**') {
      const value = next ? evaluate(program, scope, next) : unknown
      if (part.name === '**' && value.kind === 'dict') {
        for (const [name, each] of value.entries) given.named.set(name, each)
        given.open ||= value.open
      } else if (part.name === '*' && value.kind === 'list') given.positional.push(...value.items)
      else given.open = true
      index += 2
    } else if (next?.name === 'AssignOp') {
      const value = parts[index + 2]
      given.named.set(program.textOf(scope.path, part), value ? evaluate(program, scope, value) : unknown)
      index += 3
    } else {
      given.positional.push(evaluate(program, scope, part))
      index++
    }
  }
  return given
}

/** What the names of a function's parameters are in a call. */
export function parameters(
  program: Program,
  {node, path, self, outer, decorators}: FunctionValue,
  given: Arguments,
): Map<string, Value> {
  const names = new Map<string, Value>()
  const parts = children(node.getChild('ParamList') ?? node).filter(
    ({name}) => !/^([()]|Comment|TypeDef|,)$/.test(name),
  )
  const bound =
    self && !decorators.some((each) => /^@staticmethod\b/.test(each)) ? [self, ...given.positional] : given.positional
  let position = 0
  let star = false
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] as SyntaxNode
    if (part.name === '*' || part.name === '**') {
      star = true
      const next = parts[index + 1]
      if (next?.name === 'VariableName') {
        names.set(
          program.textOf(path, next),
          part.name === '**' ? {kind: 'dict', entries: new Map(given.named), open: given.open} : unknown,
        )
        index++
      }
      continue
    }
    if (part.name !== 'VariableName') continue
    const name = program.textOf(path, part)
    const hasDefault = parts[index + 1]?.name === 'AssignOp'
    const fallback = hasDefault ? parts[index + 2] : undefined
    if (hasDefault) index += 2
    const positional = star ? undefined : bound[position++]
    const value = positional ?? given.named.get(name)
    const scope: Scope = {path, names: outer ?? new Map(), outer: [], globals: new Set(), returned: []}
    names.set(name, value ?? (fallback && !given.open ? evaluate(program, scope, fallback) : unknown))
  }
  return names
}
