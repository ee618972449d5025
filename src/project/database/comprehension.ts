import type {SyntaxNode} from '@lezer/common'
import {children} from '../python/imports/module-constants.ts'
import {evaluate} from './evaluate.ts'
import type {Program, Scope} from './program.ts'
import {type Dict, list, truth, unknown, type Value} from './value.ts'

/** `[a for b in c if d]` and `{a: e for b, f in c if d}` over items that are known. */
export function comprehension(program: Program, scope: Scope, node: SyntaxNode): Value {
  const parts = children(node).filter(({name}) => !/^[()[\]{}]$/.test(name))
  const start = parts.findIndex(({name}) => name === 'for')
  const middle = parts.findIndex(({name}) => name === 'in')
  if (start < 0 || middle < 0 || parts.filter(({name}) => name === 'for').length > 1) return unknown
  const shape = parts.slice(0, start).filter(({name}) => name !== ':')
  const names = parts
    .slice(start + 1, middle)
    .flatMap((each) => (each.name === 'TupleExpression' ? children(each) : [each]))
  const variables = names.filter(({name}) => name === 'VariableName').map((each) => program.textOf(scope.path, each))
  const [source] = parts.slice(middle + 1)
  const over = source && evaluate(program, scope, source)
  if (!over) return unknown
  const items = over.kind === 'list' ? over.items : undefined
  if (!items) return unknown
  const conditions = parts.slice(middle + 2).filter(({name}) => name !== 'if')
  const inner: Scope = {...scope, names: new Map(), outer: [scope.names, ...scope.outer]}
  const results: Value[] = []
  const dict: Dict = {kind: 'dict', entries: new Map(), open: false}
  for (const item of items) {
    const values = variables.length === 1 ? [item] : item.kind === 'list' ? item.items : []
    variables.forEach((name, index) => {
      inner.names.set(name, values[index] ?? unknown)
    })
    const kept = conditions.map((each) => truth(evaluate(program, inner, each)))
    if (kept.includes(false)) continue
    if (kept.includes(undefined)) return unknown
    const [first, second] = shape.map((each) => evaluate(program, inner, each))
    if (!first) return unknown
    if (second) {
      if (first.kind !== 'string') return unknown
      dict.entries.set(first.value, second)
    } else results.push(first)
  }
  return shape.length > 1 ? dict : list(results)
}
