import type {SyntaxNode} from '@lezer/common'
import {children} from '../python/imports/module-constants.ts'
import {assign, bind, bindImports, set} from './bind.ts'
import {classOf} from './classes.ts'
import {evaluate, sequence} from './evaluate.ts'
import type {Program, Scope} from './program.ts'
import {plus} from './texts.ts'
import {handedOn, merged, truth, unknown, type Value} from './value.ts'

/** How a statement ends: `return` and `raise` leave the function; undefined goes on. */
export type Completion = {kind: 'return'; value: Value} | {kind: 'raise'; at: SyntaxNode} | {kind: 'loop'} | undefined

/** Executes the statements of a module or of a body, in their order. */
export function execute(program: Program, scope: Scope, body: SyntaxNode): Completion {
  for (const node of children(body)) {
    const completion = executeOne(program, scope, node)
    if (completion) return completion
  }
  return undefined
}

/** Executes one statement. */
export function executeOne(program: Program, scope: Scope, node: SyntaxNode): Completion {
  if (program.exhausted) return {kind: 'return', value: unknown}
  const text = (each: SyntaxNode) => program.textOf(scope.path, each)
  switch (node.name) {
    case 'ExpressionStatement':
      if (node.firstChild) evaluate(program, scope, node.firstChild)
      return undefined
    case 'StatementGroup':
      return execute(program, scope, node)
    case 'AssignStatement':
      assign(program, scope, node)
      return undefined
    case 'UpdateStatement': {
      const [target, operator, right] = children(node)
      if (!target || !operator || !right) return undefined
      const value = evaluate(program, scope, right)
      const before = evaluate(program, scope, target)
      bind(program, scope, target, text(operator) === '+=' ? plus(before, value) : unknown)
      return undefined
    }
    case 'ReturnStatement': {
      const values = children(node).slice(1)
      const [only] = values
      const value = only === undefined ? ({kind: 'none'} as const) : sequence(program, scope, values)
      return {kind: 'return', value: handedOn(value, program.place(scope.path, node))}
    }
    case 'RaiseStatement':
      return {kind: 'raise', at: node}
    case 'BreakStatement':
    case 'ContinueStatement':
      return {kind: 'loop'}
    case 'ScopeStatement':
      for (const each of node.getChildren('VariableName')) scope.globals.add(text(each))
      return undefined
    case 'ImportStatement':
      bindImports(program, scope, node)
      return undefined
    case 'DecoratedStatement': {
      const inner = node.lastChild
      return inner ? define(program, scope, inner, node.getChildren('Decorator').map(text)) : undefined
    }
    case 'FunctionDefinition':
    case 'ClassDefinition':
      return define(program, scope, node, [])
    case 'WithStatement':
      for (const each of node.getChildren('VariableName')) set(scope, text(each), unknown, program)
      return bodies(node)[0] && execute(program, scope, bodies(node)[0] as SyntaxNode)
    case 'IfStatement':
      return branches(program, scope, node)
    case 'TryStatement':
      return attempt(program, scope, node)
    case 'ForStatement':
    case 'WhileStatement':
    case 'MatchStatement':
      maybe(program, () => {
        if (node.name === 'ForStatement')
          for (const each of node.getChildren('VariableName')) set(scope, text(each), unknown, program)
        for (const body of bodies(node)) if (node.name !== 'MatchStatement') execute(program, scope, body)
      })
      // How often it runs is not followed: whatever is assigned in it may be anything then.
      for (const name of assignedIn(program, scope, node)) set(scope, name, unknown, program)
      return undefined
    default:
      return undefined
  }
}

const bodies = (node: SyntaxNode): SyntaxNode[] => node.getChildren('Body')

/** `if a: … elif b: … else: …`: the branch that is taken, or all of them where that cannot be told. */
function branches(program: Program, scope: Scope, node: SyntaxNode): Completion {
  const parts = children(node)
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] as SyntaxNode
    if (part.name === 'else') {
      const body = parts[index + 1]
      return body ? execute(program, scope, body) : undefined
    }
    if (part.name !== 'if' && part.name !== 'elif') continue
    const condition = parts[index + 1]
    const body = parts[index + 2]
    if (!condition || !body) return undefined
    const answer = truth(evaluate(program, scope, condition))
    if (answer === true) return execute(program, scope, body)
    if (answer === false) continue
    const rest = parts.slice(index + 3)
    return fork(
      program,
      scope,
      () => execute(program, scope, body),
      () => remaining(program, scope, rest),
    )
  }
  return undefined
}

function remaining(program: Program, scope: Scope, parts: readonly SyntaxNode[]): Completion {
  const [keyword, condition, body, ...rest] = parts
  if (!keyword || !condition) return undefined
  if (keyword.name === 'else') return execute(program, scope, condition)
  if (!body) return undefined
  const answer = truth(evaluate(program, scope, condition))
  if (answer === true) return execute(program, scope, body)
  if (answer === false) return remaining(program, scope, rest)
  return fork(
    program,
    scope,
    () => execute(program, scope, body),
    () => remaining(program, scope, rest),
  )
}

/** Both ways, and then what is the same on both. A way that ends in `raise` is taken not to be the one. */
function fork(program: Program, scope: Scope, first: () => Completion, second: () => Completion): Completion {
  const before = new Map(scope.names)
  const a = maybe(program, first)
  const afterFirst = new Map(scope.names)
  replaceNames(scope, before)
  const b = maybe(program, second)
  const leaves = (each: Completion) => each?.kind === 'raise' || each?.kind === 'return'
  if (a?.kind === 'return') scope.returned.push(a.value)
  if (b?.kind === 'return') scope.returned.push(b.value)
  if (leaves(a) && leaves(b)) {
    const value = a?.kind === 'raise' && b?.kind === 'raise' ? undefined : scope.returned.pop()
    return value ? {kind: 'return', value} : b
  }
  if (leaves(a)) return undefined
  if (leaves(b)) {
    replaceNames(scope, afterFirst)
    return undefined
  }
  for (const name of new Set([...afterFirst.keys(), ...scope.names.keys()])) {
    scope.names.set(name, merged(afterFirst.get(name), scope.names.get(name)))
  }
  return undefined
}

function maybe<T>(program: Program, run: () => T): T {
  program.uncertain++
  const result = run()
  program.uncertain--
  return result
}

function replaceNames(scope: Scope, names: ReadonlyMap<string, Value>): void {
  scope.names.clear()
  for (const [name, value] of names) scope.names.set(name, value)
}

/** `try`: what it raises itself goes to the first `except`; that anything else raises is not assumed. */
function attempt(program: Program, scope: Scope, node: SyntaxNode): Completion {
  const parts = children(node)
  const bodyAfter = (index: number) => parts.slice(index).find(({name}) => name === 'Body')
  const [body] = bodies(node)
  let completion = body && execute(program, scope, body)
  const handler = parts.findIndex(({name}) => name === 'except')
  const orElse = parts.findIndex(({name}) => name === 'else')
  if (completion?.kind === 'raise' && handler >= 0) {
    const handling = bodyAfter(handler)
    completion = handling && execute(program, scope, handling)
  } else if (!completion && orElse >= 0) {
    const after = bodyAfter(orElse)
    completion = after && execute(program, scope, after)
  }
  const last = parts.findIndex(({name}) => name === 'finally')
  const closing = last >= 0 ? bodyAfter(last) : undefined
  return (closing && execute(program, scope, closing)) ?? completion
}

function define(program: Program, scope: Scope, node: SyntaxNode, decorators: string[]): Completion {
  const name = node.getChild('VariableName')
  if (!name) return undefined
  const {path} = scope
  const outer = scope.names
  const value: Value =
    node.name === 'ClassDefinition'
      ? classOf(program, scope, node, decorators)
      : {kind: 'function', node, path, outer, self: undefined, decorators}
  set(scope, program.textOf(path, name), value, program)
  return undefined
}

/** The names that statements assign, wherever in them. */
function assignedIn(program: Program, scope: Scope, node: SyntaxNode): string[] {
  const names: string[] = []
  const cursor = node.cursor()
  const end = node.to
  do {
    if (cursor.from >= end) break
    if (cursor.name === 'AssignStatement' || cursor.name === 'UpdateStatement') {
      const target = cursor.node.firstChild
      if (target?.name === 'VariableName') names.push(program.textOf(scope.path, target))
    }
  } while (cursor.next() && cursor.from < end)
  return names
}
