/** What an expression of JavaScript is for one request, where that can be told. */
import type {Node} from '@babel/types'

/** undefined: it cannot be told; else what it is. */
export type Known = {value: unknown} | undefined

/** What names stand for, and what the caller knows of calls and members that are none of the language. */
export interface Given {
  names: ReadonlyMap<string, Known>
  /** Asked first, of each expression. */
  ask(node: Node): Known
}

/** Members of texts and lists that change nothing. */
const methods: Readonly<Record<string, (of: string | readonly unknown[], argument: unknown) => unknown>> = {
  startsWith: (of, argument) => (typeof of === 'string' ? of.startsWith(String(argument)) : undefined),
  endsWith: (of, argument) => (typeof of === 'string' ? of.endsWith(String(argument)) : undefined),
  includes: (of, argument) => (typeof of === 'string' ? of.includes(String(argument)) : of.includes(argument)),
}
const mostDepth = 40

export function knownValue(node: Node | null | undefined, given: Given, depth = 0): Known {
  if (!node || depth > mostDepth) return undefined
  const asked = given.ask(node)
  if (asked) return asked
  const of = (each: Node | null | undefined) => knownValue(each, given, depth + 1)
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return {value: node.value}
    case 'NullLiteral':
      return {value: null}
    case 'Identifier':
      return node.name === 'undefined' ? {value: undefined} : given.names.get(node.name)
    case 'AwaitExpression':
      return of(node.argument)
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
      return of(node.expression)
    case 'ArrayExpression': {
      const items = node.elements.map(of)
      return items.every((each) => each !== undefined) ? {value: items.map((each) => each.value)} : undefined
    }
    case 'UnaryExpression': {
      const argument = of(node.argument)
      return argument && node.operator === '!' ? {value: !argument.value} : undefined
    }
    case 'LogicalExpression':
      return logical(node.operator, of(node.left), () => of(node.right))
    case 'ConditionalExpression': {
      const test = of(node.test)
      return test && of(test.value ? node.consequent : node.alternate)
    }
    case 'BinaryExpression':
      return equality(node.operator, of(node.left), of(node.right))
    case 'OptionalMemberExpression': {
      const object = of(node.object)
      return object && (object.value ?? undefined) === undefined ? {value: undefined} : undefined
    }
    case 'CallExpression':
      return called(node, given, depth)
    default:
      return undefined
  }
}

function logical(operator: string, left: Known, right: () => Known): Known {
  // Of a part that cannot be told the other one may decide alone.
  const other =
    left && (operator === '??' ? (left.value ?? undefined) !== undefined : Boolean(left.value) === (operator === '||'))
  if (other) return left
  const decided = right()
  if (left) return decided
  const decides = decided && operator !== '??' && Boolean(decided.value) === (operator === '||')
  return decides ? {value: operator === '||'} : undefined
}

function equality(operator: string, left: Known, right: Known): Known {
  if (!left || !right) return undefined
  if (operator === '===' || operator === '==') return {value: left.value === right.value}
  return operator === '!==' || operator === '!=' ? {value: left.value !== right.value} : undefined
}

/** `pathname.startsWith('/login')`, `open.includes(pathname)`, `open.some((path) => pathname.startsWith(path))`. */
function called(node: Extract<Node, {type: 'CallExpression'}>, given: Given, depth: number): Known {
  const {
    callee,
    arguments: [first],
  } = node
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier') return undefined
  const object = knownValue(callee.object, given, depth + 1)?.value
  if (typeof object !== 'string' && !Array.isArray(object)) return undefined
  const {name} = callee.property
  if (Object.hasOwn(methods, name)) {
    const argument = knownValue(first, given, depth + 1)
    const value = argument && methods[name]?.(object, argument.value)
    return value === undefined ? undefined : {value}
  }
  const parameter = first?.type === 'ArrowFunctionExpression' && first.params[0]
  if (typeof object === 'string' || !/^(?:some|every)$/.test(name) || !parameter || parameter.type !== 'Identifier')
    return undefined
  const results = object.map((value: unknown) =>
    knownValue(
      first.body,
      {ask: (each) => given.ask(each), names: new Map([...given.names, [parameter.name, {value}]])},
      depth + 1,
    ),
  )
  if (results.some((each) => each === undefined)) return undefined
  return {value: name === 'some' ? results.some((each) => each?.value) : results.every((each) => each?.value)}
}
