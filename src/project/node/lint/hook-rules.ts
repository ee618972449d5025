/** What react-hooks/rules-of-hooks refuses beyond doubt. */
import type {Node} from '@babel/types'
import type {Span} from '../../code/code.ts'
import type {TextFile} from '../../files/text.ts'
import {nodesOf, type PlacedNode, partsAround, spanOf} from '../source/syntax-nodes.ts'

export function wrongHooks(file: TextFile): Span[] {
  return nodesOf(file, 'CallExpression').flatMap((placed) => {
    const {callee} = placed.node
    const name = hookName(callee)
    // `use` may stand in a condition.
    if (name === undefined || name === 'use') return []
    const around = [...partsAround(placed)]
    const home = around.findIndex(({node}) => isFunction(node))
    const owner = around[home]
    if (!owner) return []
    const kind = kindOf(owner)
    const isWrong =
      kind === 'component'
        ? isConditional([placed, ...around.slice(0, home + 1)])
        : kind === 'other' ||
          (kind === 'nameless' &&
            around.slice(home + 1).some((each) => isFunction(each.node) && kindOf(each) === 'component'))
    return isWrong ? [spanOf(callee)] : []
  })
}

/** `useState`, `React.useState` */
function hookName(callee: Node): string | undefined {
  if (callee.type === 'MemberExpression') {
    const isOfModule = callee.object.type === 'Identifier' && /^[A-Z]/.test(callee.object.name)
    return isOfModule && !callee.computed ? hookName(callee.property) : undefined
  }
  return callee.type === 'Identifier' && /^use(?:[A-Z0-9]|$)/.test(callee.name) ? callee.name : undefined
}

const isFunction = ({type}: Node): boolean =>
  /^(?:Function(?:Declaration|Expression)|ArrowFunctionExpression|.*Method)$/.test(type)

/** What a function is for React, by its name: a component or a hook, another one, or one without a name. */
function kindOf({node, parent}: PlacedNode): 'component' | 'other' | 'nameless' | 'method' {
  if (/Method$/.test(node.type)) return 'method'
  const name = 'id' in node && node.id?.type === 'Identifier' ? node.id.name : givenName(node, parent?.node)
  if (name !== undefined) return /^(?:[A-Z]|use(?:[A-Z0-9]|$))/.test(name) ? 'component' : 'other'
  return isWrapped(node, parent?.node)
    ? 'component'
    : /^(?:CallExpression|JSXExpressionContainer)$/.test(parent?.node.type ?? '')
      ? 'nameless'
      : 'method'
}

/** `const Page = () => …` */
const givenName = (node: Node, parent: Node | undefined): string | undefined =>
  parent?.type === 'VariableDeclarator' && parent.init === node && parent.id.type === 'Identifier'
    ? parent.id.name
    : undefined

/** `forwardRef((props) => …)`, `React.memo(…)` */
function isWrapped(node: Node, parent: Node | undefined): boolean {
  if (parent?.type !== 'CallExpression' || parent.arguments[0] !== node) return false
  const {callee} = parent
  const named = callee.type === 'MemberExpression' ? callee.property : callee
  return named.type === 'Identifier' && /^(?:forwardRef|memo)$/.test(named.name)
}

/** The parts of a node that may not run, or more than once. */
const branches: Partial<Record<Node['type'], RegExp>> = {
  IfStatement: /^(?:consequent|alternate)$/,
  ConditionalExpression: /^(?:consequent|alternate)$/,
  LogicalExpression: /^right$/,
  ForStatement: /^body$/,
  ForInStatement: /^body$/,
  ForOfStatement: /^body$/,
  WhileStatement: /^body$/,
  SwitchCase: /^consequent$/,
}

/** From a call up to its function: in a branch, or behind a statement that may have returned. */
function isConditional(parts: readonly PlacedNode[]): boolean {
  return parts.some(({node, part, parent}) => {
    if (!parent || isFunction(node)) return false
    if (branches[parent.node.type]?.test(part)) return true
    const isTop = parent.node.type === 'BlockStatement' && parent.parent && isFunction(parent.parent.node)
    return isTop && parent.node.type === 'BlockStatement' && mayReturn(parent.node.body, node)
  })
}

/** `if (!order) return null`, before a statement. */
function mayReturn(statements: readonly Node[], until: Node): boolean {
  const before = statements.slice(0, statements.indexOf(until))
  return before.some((each) => each.type === 'IfStatement' && !each.alternate && returns(each.consequent))
}

const returns = (node: Node): boolean =>
  node.type === 'ReturnStatement' || (node.type === 'BlockStatement' && node.body.at(-1)?.type === 'ReturnStatement')
