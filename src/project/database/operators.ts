import type {SyntaxNode} from '@lezer/common'
import {children, stringValue} from '../python/imports/module-constants.ts'
import {evaluate} from './evaluate.ts'
import type {Program, Scope} from './program.ts'
import {contains, plus, shown} from './texts.ts'
import {
  beginning,
  bool,
  equal,
  handedOn,
  inPlaceOf,
  number,
  type Trace,
  text,
  traceOf,
  truth,
  unknown,
  type Value,
} from './value.ts'

const opposite = (answer: boolean | undefined): Value => (answer === undefined ? unknown : bool(!answer))
const answered = (answer: boolean | undefined): Value => (answer === undefined ? unknown : bool(answer))

/** `f"…{a}…"`, where everything in it is known. */
export function formatted(program: Program, scope: Scope, node: SyntaxNode): Value {
  const source = program.textOf(scope.path, node)
  if (/^[a-z]*b/i.test(source.split(/["']/)[0] ?? '')) return unknown
  const quotes = /^[a-zA-Z]*("""|'''|"|')/.exec(source)
  if (!quotes) return unknown
  let result = ''
  let from = node.from + quotes[0].length
  let trace: Trace | undefined
  const literal = (to: number) => {
    const raw = program.sources.files.get(scope.path)?.text.slice(from, to) ?? ''
    const constant = stringValue(`${quotes[1]}${raw}${quotes[1]}`)
    return constant.kind === 'string' ? constant.value.replaceAll('{{', '{').replaceAll('}}', '}') : raw
  }
  for (const part of node.getChildren('FormatReplacement')) {
    result += literal(part.from)
    const [, expression, next] = children(part)
    const value = expression && shown(evaluate(program, scope, expression))
    if (!value || (next && next.name !== '}')) return trace ? unknown : beginning(result)
    result += value.value
    trace ??= value.trace
    from = part.to
  }
  result += literal(node.to - (quotes[1] as string).length)
  return handedOn(text(result, trace), program.place(scope.path, node))
}

/** `not a`, which in `not a and b` reaches no further than `a`: the grammar has all of `a and b` below it. */
export function negated(program: Program, scope: Scope, operand: SyntaxNode): Value {
  const isJoined = operand.name === 'BinaryExpression' && (operand.getChild('and') ?? operand.getChild('or')) !== null
  if (isJoined) return binary(program, scope, operand, negated)
  return opposite(truth(evaluate(program, scope, operand)))
}

/** `a + b`, `a or b`, `a in b`, `a == b` and the like. `first`: what becomes of the left side. */
export function binary(program: Program, scope: Scope, node: SyntaxNode, first = evaluate): Value {
  const parts = children(node)
  const [left, right] = [parts[0], parts.at(-1)]
  if (!left || !right || parts.length < 3) return unknown
  const operator = program.textOf(scope.path, {from: left.to, to: right.from} as SyntaxNode).trim()
  const a = first(program, scope, left)
  if (operator === 'and' || operator === 'or') {
    const answer = truth(a)
    if (answer === (operator === 'or')) return a
    const b = evaluate(program, scope, right)
    // `os.getenv("A") or "b"`: what is taken where A is not set.
    const asked = traceOf(a)
    if (answer === false && operator === 'or' && asked)
      return inPlaceOf(asked.variable, b, program.place(scope.path, node))
    if (answer !== undefined) return b
    const other = truth(b)
    // `unknown and False` is surely not true.
    return other === (operator === 'or') && b.kind === 'bool' ? b : unknown
  }
  const b = evaluate(program, scope, right)
  switch (operator.replace(/\s+/g, ' ')) {
    case '==':
      return answered(equal(a, b))
    case '!=':
      return opposite(equal(a, b))
    case 'is':
      return b.kind === 'none' ? isNone(a) : unknown
    case 'is not':
      return b.kind === 'none' ? opposite(truth(isNone(a))) : unknown
    case 'in':
      return answered(contains(b, a))
    case 'not in':
      return opposite(contains(b, a))
    case '+':
      return handedOn(plus(a, b), program.place(scope.path, node))
    case '%': {
      const items = b.kind === 'list' ? b.items : [b]
      const words = items.map(shown)
      if (a.kind !== 'string' || words.includes(undefined) || /%[^s%]/.test(a.value)) return unknown
      let next = 0
      const result = a.value.replace(/%[s%]/g, (mark) => (mark === '%%' ? '%' : (words[next++]?.value ?? '')))
      return text(result, words.map((each) => each?.trace).find(Boolean))
    }
    case '-':
      return a.kind === 'number' && b.kind === 'number' ? number(a.value - b.value) : unknown
    case '>':
    case '<':
    case '>=':
    case '<=': {
      if (a.kind !== 'number' || b.kind !== 'number') return unknown
      const [x, y] = [a.value, b.value]
      return bool(operator === '>' ? x > y : operator === '<' ? x < y : operator === '>=' ? x >= y : x <= y)
    }
    default:
      return unknown
  }
}

function isNone(value: Value): Value {
  if (value.kind === 'unknown' || value.kind === 'import' || value.kind === 'foreign') return unknown
  return bool(value.kind === 'none')
}
