import type {SyntaxNode} from '@lezer/common'
import {children, stringValue} from '../python/imports/module-constants.ts'
import {call} from './call.ts'
import {instanceAttribute, memberOf} from './classes.ts'
import {comprehension} from './comprehension.ts'
import {binary, formatted, negated} from './operators.ts'
import type {Program, Scope} from './program.ts'
import {plus, slice} from './texts.ts'
import {urlAttribute} from './url-values.ts'
import {bool, type Dict, handedOn, list, merged, none, number, text, truth, unknown, type Value} from './value.ts'

/** The value of an expression. */
export function evaluate(program: Program, scope: Scope, node: SyntaxNode): Value {
  if (program.exhausted) return unknown
  const source = () => program.textOf(scope.path, node)
  const at = (each: SyntaxNode) => evaluate(program, scope, each)
  switch (node.name) {
    case 'String': {
      const constant = stringValue(source())
      return constant.kind === 'string' ? text(constant.value) : unknown
    }
    case 'ContinuedString':
      return children(node).map(at).reduce(plus)
    case 'FormatString':
      return formatted(program, scope, node)
    case 'Number':
      return number(Number(source().replaceAll('_', '')))
    case 'Boolean':
      return bool(source() === 'True')
    case 'None':
      return none
    case 'VariableName':
      return lookUp(program, scope, source())
    case 'ParenthesizedExpression':
    case 'AwaitExpression': {
      const inner = children(node)[1]
      return inner ? at(inner) : unknown
    }
    case 'NamedExpression': {
      const [name, , value] = children(node)
      if (!name || !value) return unknown
      const result = at(value)
      scope.names.set(program.textOf(scope.path, name), result)
      return result
    }
    case 'TupleExpression':
    case 'ArrayExpression':
    case 'SetExpression': {
      const items = children(node).filter(({name}) => !/^([()[\]{},]|Comment)$/.test(name))
      return items.some(({name}) => name === '*') ? unknown : list(items.map(at))
    }
    case 'DictionaryExpression':
      return dictionary(program, scope, node)
    case 'ConditionalExpression': {
      const [yes, , condition, , no] = children(node)
      if (!yes || !condition || !no) return unknown
      const answer = truth(at(condition))
      return answer === undefined ? merged(at(yes), at(no)) : at(answer ? yes : no)
    }
    case 'UnaryExpression': {
      const [operator, operand] = children(node)
      if (!operator || !operand) return unknown
      if (operator.name === 'not') return negated(program, scope, operand)
      const value = at(operand)
      return value.kind === 'number' && program.textOf(scope.path, operator) === '-' ? number(-value.value) : unknown
    }
    case 'BinaryExpression':
      return binary(program, scope, node)
    case 'MemberExpression':
      return member(program, scope, node)
    case 'CallExpression':
      return call(program, scope, node)
    case 'ArrayComprehensionExpression':
    case 'SetComprehensionExpression':
    case 'DictionaryComprehensionExpression':
    case 'ComprehensionExpression':
      return comprehension(program, scope, node)
    case 'LambdaExpression':
      return {kind: 'function', node, path: scope.path, outer: scope.names, self: undefined, decorators: []}
    default:
      return unknown
  }
}

/** One expression, or a tuple without parentheses. */
export function sequence(program: Program, scope: Scope, nodes: readonly SyntaxNode[]): Value {
  const [only] = nodes
  if (only && nodes.length === 1) return evaluate(program, scope, only)
  return list(nodes.filter(({name}) => name !== ',').map((each) => evaluate(program, scope, each)))
}

const builtins = new Set(
  'object str len bool int isinstance hasattr getattr dict list tuple set print any all type super vars sorted'.split(
    ' ',
  ),
)

function lookUp(program: Program, scope: Scope, name: string): Value {
  for (const names of [scope.names, ...scope.outer, program.module(scope.path)]) {
    const value = names.get(name)
    if (value) return program.resolve(value)
  }
  return builtins.has(name) ? {kind: 'foreign', name: `builtins.${name}`} : unknown
}

function dictionary(program: Program, scope: Scope, node: SyntaxNode): Dict {
  const result: Dict = {kind: 'dict', entries: new Map(), open: false}
  const parts = children(node).filter(({name}) => !/^([{},:]|Comment)$/.test(name))
  for (let index = 0; index < parts.length; index += 2) {
    const [key, value] = [parts[index] as SyntaxNode, parts[index + 1]]
    if (!value) break
    const each = evaluate(program, scope, value)
    if (key.name === '**') {
      if (each.kind === 'dict') {
        for (const [name, inner] of each.entries) result.entries.set(name, inner)
        result.open ||= each.open
      } else result.open = true
      continue
    }
    const name = evaluate(program, scope, key)
    if (name.kind === 'string') result.entries.set(name.value, each)
    else result.open = true
  }
  return result
}

/** `a.b`, `a[b]`, `a[b:c]` */
function member(program: Program, scope: Scope, node: SyntaxNode): Value {
  const [object, mark, ...rest] = children(node)
  if (!object || !mark) return unknown
  const on = evaluate(program, scope, object)
  const place = () => program.place(scope.path, node)
  if (mark.name === '.') {
    const [name] = rest
    return name ? handedOn(attribute(program, on, program.textOf(scope.path, name)), place()) : unknown
  }
  const inner = rest.filter(({name}) => name !== ']')
  const colon = inner.findIndex(({name}) => name === ':')
  const value = (each: SyntaxNode | undefined) => each && evaluate(program, scope, each)
  if (colon >= 0) {
    if (inner.filter(({name}) => name === ':').length > 1) return unknown
    return handedOn(slice(on, value(inner.slice(0, colon)[0]), value(inner[colon + 1])), place())
  }
  const key = value(inner[0])
  if (!key) return unknown
  if (on.kind === 'foreign' && on.name === 'os.environ' && key.kind === 'string') {
    return program.environment(key.value, place()) ?? unknown
  }
  if (on.kind === 'dict' && key.kind === 'string') return on.entries.get(key.value) ?? unknown
  if (on.kind === 'list' && key.kind === 'number') return on.items.at(key.value) ?? unknown
  return unknown
}

/** `on.name`; a name that is not known to be anything is a method, which `call` knows or does not. */
export function attribute(program: Program, on: Value, name: string): Value {
  switch (on.kind) {
    case 'module':
      return program.member(on.path, name)
    case 'foreign':
      return name === 'config' && on.config ? on.config : {kind: 'foreign', name: `${on.name}.${name}`}
    case 'instance':
      return instanceAttribute(program, on, name)
    case 'class': {
      const own = memberOf(on, name)
      return own && !on.odd ? program.resolve(own) : unknown
    }
    case 'url':
      return urlAttribute(on, name) ?? {kind: 'method', of: on, name}
    case 'string':
    case 'dict':
    case 'list':
      return {kind: 'method', of: on, name}
    case 'unknown':
      return on.begins && name === 'startswith' ? {kind: 'method', of: on, name} : unknown
    default:
      return unknown
  }
}
