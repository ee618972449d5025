import type {SyntaxNode} from '@lezer/common'
import {pythonTree} from '../source/tree.ts'

/** A value as far as it can be read without running the module. */
export type Constant =
  | {kind: 'string'; value: string}
  | {kind: 'none'}
  | {kind: 'tuple'; items: Constant[]}
  | {kind: 'number' | 'bytes'}
  /** A call, an import, a name with no constant: Python knows, a reader does not. */
  | {kind: 'unknown'}

export interface ModuleConstant {
  value: Constant
  /** Offsets of the assigned expression. */
  start: number
  end: number
}

const unknown: Constant = {kind: 'unknown'}

/**
 * The names that a module binds at its top level, with their values: the last assignment wins, as in Python.
 * A name that is bound in a branch and elsewhere too has no value that a reader can tell.
 * Assignments inside functions and classes are no module names and are left out.
 */
export function moduleConstants(source: string): Map<string, ModuleConstant> {
  const names = new Map<string, ModuleConstant>()
  let branch = false
  const bindings = new Map<string, {count: number; inBranch: boolean}>()
  statements(pythonTree(source).topNode, false)
  const indirect = /\bglobals\s*\(|\bexec\s*\(/.test(source)
  for (const [name, {count, inBranch}] of bindings) {
    const constant = names.get(name)
    if (constant && (indirect || (inBranch && count > 1))) constant.value = unknown
  }
  return names

  function set(name: string, constant: ModuleConstant): void {
    const before = bindings.get(name)
    bindings.set(name, {count: (before?.count ?? 0) + 1, inBranch: branch || (before?.inBranch ?? false)})
    names.set(name, constant)
  }

  function statements(parent: SyntaxNode, inBranch: boolean): void {
    for (let node = parent.firstChild; node; node = node.nextSibling) {
      branch = inBranch
      switch (node.name) {
        case 'AssignStatement':
          assign(node)
          break
        case 'UpdateStatement':
          update(node)
          break
        case 'ImportStatement':
          forget(node)
          break
        // `if`, `try`, `with` and `;` belong to the module; a function or a class does not.
        case 'WithStatement':
        case 'Body':
        case 'StatementGroup':
          statements(node, inBranch)
          break
        case 'IfStatement':
        case 'TryStatement':
        case 'ForStatement':
        case 'WhileStatement':
        case 'MatchStatement':
          statements(node, true)
      }
    }
  }

  /** `a = b = value`, `a, b = x, y`, `a: T = value`. */
  function assign(node: SyntaxNode): void {
    const sides: SyntaxNode[][] = [[]]
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === 'AssignOp') sides.push([])
      else if (child.name !== 'TypeDef') sides.at(-1)?.push(child)
    }
    const right = sides.pop() ?? []
    if (sides.length === 0 || right.length === 0) return // an annotation without a value defines nothing
    const value = sequence(right)
    const [start, end] = [(right[0] as SyntaxNode).from, (right.at(-1) as SyntaxNode).to]
    for (const left of sides) bind(left, value, start, end)
  }

  function bind(left: readonly SyntaxNode[], value: Constant, start: number, end: number): void {
    const targets = left.filter((target) => target.name !== ',' && target.name !== '(' && target.name !== ')')
    const [only] = targets
    if (targets.length === 1 && only && left.length === 1) {
      if (only.name === 'VariableName') set(text(only), {value, start, end})
      else if (only.name === 'TupleExpression') bind(children(only), value, start, end)
      return
    }
    targets.forEach((target, index) => {
      if (target.name !== 'VariableName') return
      const item = value.kind === 'tuple' && value.items.length === targets.length ? value.items[index] : unknown
      set(text(target), {value: item ?? unknown, start, end})
    })
  }

  function update(node: SyntaxNode): void {
    const [target, operator, ...right] = children(node)
    if (target?.name !== 'VariableName' || !operator) return
    const before = names.get(text(target))?.value ?? unknown
    const value = text(operator) === '+=' ? add(before, sequence(right)) : unknown
    set(text(target), {value, start: node.from, end: node.to})
  }

  function forget(node: SyntaxNode): void {
    for (const child of children(node)) {
      if (child.name === 'VariableName') set(text(child), {value: unknown, start: child.from, end: child.to})
    }
  }

  /** A right-hand side: one expression, or a tuple without parentheses. */
  function sequence(nodes: readonly SyntaxNode[]): Constant {
    const values = nodes.filter((node) => node.name !== ',')
    if (nodes.length === 1) return evaluate(nodes[0] as SyntaxNode)
    return {kind: 'tuple', items: values.map(evaluate)}
  }

  function evaluate(node: SyntaxNode): Constant {
    switch (node.name) {
      case 'String':
        return stringValue(text(node))
      case 'FormatString':
        return node.getChild('FormatReplacement') ? unknown : stringValue(text(node))
      case 'ContinuedString':
        return children(node).map(evaluate).reduce(add)
      case 'None':
        return {kind: 'none'}
      case 'Number':
        return {kind: 'number'}
      case 'VariableName':
        return names.get(text(node))?.value ?? unknown
      case 'ParenthesizedExpression': {
        const inner = children(node)[1]
        return inner ? evaluate(inner) : unknown
      }
      case 'TupleExpression':
      case 'ArrayExpression':
      case 'SetExpression': {
        const items = children(node).filter((child) => !/^[()[\]{},]$/.test(child.name) && child.name !== 'Comment')
        return {kind: 'tuple', items: items.map(evaluate)}
      }
      case 'BinaryExpression': {
        const [left, operator, right] = children(node)
        return left && right && operator && text(operator) === '+' ? add(evaluate(left), evaluate(right)) : unknown
      }
      default:
        return unknown
    }
  }

  function text(node: SyntaxNode): string {
    return source.slice(node.from, node.to)
  }
}

export function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child)
  return found
}

function add(left: Constant, right: Constant): Constant {
  if (left.kind === 'string' && right.kind === 'string') return {kind: 'string', value: left.value + right.value}
  if (left.kind === 'tuple' && right.kind === 'tuple') return {kind: 'tuple', items: [...left.items, ...right.items]}
  return unknown
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
}

/** The value of a string literal (Python reference, "String and Bytes literals"); bytes are no text. */
export function stringValue(literal: string): Constant {
  const match = /^([a-z]*)("""|'''|"|')([\s\S]*)\2$/i.exec(literal)
  if (!match) return unknown
  const [, prefix = '', , body = ''] = match
  if (/b/i.test(prefix)) return {kind: 'bytes'}
  if (/r/i.test(prefix)) return {kind: 'string', value: body}
  const value = body.replace(
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([0-7]{1,3})|([\s\S]))/gi,
    (all, hex, short, long, octal, plain) => {
      if (hex ?? short ?? long) return String.fromCodePoint(Number.parseInt(hex ?? short ?? long, 16))
      if (octal) return String.fromCodePoint(Number.parseInt(octal, 8))
      return escapes[plain as string] ?? all
    },
  )
  return {kind: 'string', value}
}
