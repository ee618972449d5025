import type {SyntaxNode} from '@lezer/common'
import {children} from '../python/imports/module-constants.ts'
import {attribute, evaluate, sequence} from './evaluate.ts'
import type {Program, Scope} from './program.ts'
import {unknown, type Value} from './value.ts'

/** `a = b = value`, `a, b = value`, `a: T = value`. */
export function assign(program: Program, scope: Scope, node: SyntaxNode): void {
  const sides: SyntaxNode[][] = [[]]
  for (const child of children(node)) {
    if (child.name === 'AssignOp') sides.push([])
    else if (child.name !== 'TypeDef' && child.name !== 'Comment') sides.at(-1)?.push(child)
  }
  const right = sides.pop() ?? []
  if (sides.length === 0 || right.length === 0) return
  const value = sequence(program, scope, right)
  for (const left of sides) {
    const targets = left.filter(({name}) => name !== ',')
    if (left.length === 1 && targets[0]) bind(program, scope, targets[0], value)
    else unpack(program, scope, targets, value)
  }
}

function unpack(program: Program, scope: Scope, targets: readonly SyntaxNode[], value: Value): void {
  const items = value.kind === 'list' && value.items.length === targets.length ? value.items : undefined
  targets.forEach((target, index) => {
    bind(program, scope, target, items?.[index] ?? unknown)
  })
}

/** Gives a name, an attribute or an entry its value. */
export function bind(program: Program, scope: Scope, target: SyntaxNode, value: Value): void {
  const {path} = scope
  if (target.name === 'VariableName') {
    const name = program.textOf(path, target)
    set(scope, name, value, program)
    return
  }
  if (target.name === 'TupleExpression' || target.name === 'ArrayExpression') {
    const inner = children(target).filter(({name}) => !/^[()[\],]$/.test(name))
    unpack(program, scope, inner, value)
    return
  }
  if (target.name !== 'MemberExpression') return
  const [object, mark, key] = children(target)
  if (!object || !mark || !key) return
  const on = evaluate(program, scope, object)
  const kept = program.uncertain > 0 ? unknown : value
  if (mark.name === '.') {
    if (on.kind === 'instance') on.fields.set(program.textOf(path, key), kept)
    else if (on.kind === 'module') program.module(on.path).set(program.textOf(path, key), kept)
    return
  }
  const index = evaluate(program, scope, key)
  if (on.kind !== 'dict') return
  if (index.kind === 'string') on.entries.set(index.value, kept)
  else on.open = true
}

export function set(scope: Scope, name: string, value: Value, program: Program): void {
  if (!scope.globals.has(name)) {
    scope.names.set(name, value)
    return
  }
  program.module(scope.path).set(name, program.uncertain > 0 ? unknown : value)
}

/** What `import` and `from … import` bind: a name of the project is looked up when it is used. */
export function bindImports(program: Program, scope: Scope, node: SyntaxNode): void {
  const source = program
    .textOf(scope.path, node)
    .replace(/#.*$/gm, ' ')
    .replace(/[()\\\s]+/g, ' ')
    .trim()
  const [, dots = '', module = '', names] = /^from (\.*) ?(?!\.)([\w.]*) import (.*)$/.exec(source) ?? []
  if (names === undefined) {
    for (const each of source.replace(/^import /, '').split(',')) {
      const [, name = '', alias] = /^\s*([\w.]+)(?: as (\w+))?\s*$/.exec(each) ?? []
      const [top = ''] = name.split('.')
      if (alias) set(scope, alias, program.imported(scope.path, name, 0), program)
      else if (top) set(scope, top, program.imported(scope.path, top, 0), program)
    }
    return
  }
  const origin = program.imported(scope.path, module, dots.length)
  for (const each of names.split(',')) {
    const [, name = '', alias] = /^\s*([\w*]+)(?: as (\w+))?\s*$/.exec(each) ?? []
    if (name === '*' && origin.kind === 'module') {
      for (const [own, value] of program.module(origin.path)) set(scope, own, value, program)
    } else if (name && name !== '*') {
      const value: Value =
        origin.kind === 'module' ? {kind: 'import', path: origin.path, name} : attribute(program, origin, name)
      set(scope, alias ?? name, value, program)
    }
  }
}
