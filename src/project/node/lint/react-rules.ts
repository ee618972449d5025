/** The rules of eslint-plugin-react's and eslint-plugin-react-hooks' recommended settings that one file alone shows broken. */
import type {Node} from '@babel/types'
import type {Span} from '../../code/code.ts'
import type {TextFile} from '../../files/text.ts'
import {scopesOf} from '../source/scopes.ts'
import {nodesOf, type PlacedNode, partsAround, spanOf} from '../source/syntax-nodes.ts'
import {wrongHooks} from './hook-rules.ts'
import type {LintRule} from './lint-rules.ts'

export const reactRules: readonly Omit<LintRule, 'settings'>[] = [
  {
    name: 'react/no-unescaped-entities',
    what: 'a quotation mark in the text of a page',
    cure: 'Write &apos; or &quot; there, or {"…"} around the text.',
    find: quotesInText,
  },
  {
    name: 'react/jsx-key',
    what: 'an element of a list without a key',
    cure: 'Give each one a key: <li key={order.id}>.',
    find: keyless,
  },
  {
    name: 'react-hooks/rules-of-hooks',
    what: 'a hook that is not called at the top of a component each time',
    cure: 'Call hooks at the top of a component or of a hook, before any return, and in no condition, loop or other function.',
    find: wrongHooks,
  },
  {
    name: 'react/display-name',
    what: 'a component without a name',
    cure: 'Name its function: export default function Page() {…}, forwardRef(function Field(props, ref) {…}).',
    find: nameless,
  },
  {
    name: 'react/jsx-no-undef',
    what: 'an element that nothing in the file declares or imports',
    cure: 'Import it.',
    find: unknownElements,
  },
  {
    name: 'react/jsx-no-comment-textnodes',
    what: 'a comment that is text of the page',
    cure: 'Write it in braces: {/* … */}.',
    find: (file) =>
      textsOf(file)
        .filter(({start, end}) => /^[ \t]{0,200}\/[/*]/m.test(file.text.slice(start, end)))
        .map(({start, end}) => ({start: start + file.text.slice(start, end).search(/\/[/*]/), end})),
  },
  {
    name: 'react/no-children-prop',
    what: 'children as an attribute',
    cure: 'Put them between the tags.',
    find: (file) =>
      nodesOf(file, 'JSXAttribute')
        .filter(({node: {name, value}}) => name.name === 'children' && !isFunction(value))
        .map(({node}) => spanOf(node.name)),
  },
]

const textsOf = (file: TextFile): Span[] => nodesOf(file, 'JSXText').map(({node}) => spanOf(node))

/** `{(order) => …}` */
const isFunction = (value: Node | null | undefined): boolean =>
  value?.type === 'JSXExpressionContainer' && /Function/.test(value.expression.type)

function quotesInText(file: TextFile): Span[] {
  return textsOf(file).flatMap(({start, end}) =>
    [...file.text.slice(start, end).matchAll(/['"]/g)].map(({index}) => ({
      start: start + index,
      end: start + index + 1,
    })),
  )
}

/** What `map` makes of each, and what stands in a list. */
function keyless(file: TextFile): Span[] {
  const made = nodesOf(file, 'JSXElement').filter((placed) => isOfList(placed) && !isForChildren(placed))
  return made
    .filter(({node: {openingElement}}) => !openingElement.attributes.some(isKey))
    .map(({node}) => spanOf(node.openingElement))
}

const isKey = (attribute: Node): boolean => attribute.type === 'JSXAttribute' && attribute.name.name === 'key'

function isOfList({part, parent}: PlacedNode): boolean {
  if (parent?.node.type === 'ArrayExpression') return true
  if (parent?.node.type === 'ArrowFunctionExpression') return part === 'body' && isMapped(parent)
  if (parent?.node.type !== 'ReturnStatement') return false
  const made = parent.parent?.node.type === 'BlockStatement' ? parent.parent.parent : undefined
  return made !== undefined && /^(?:ArrowFunction|Function)Expression$/.test(made.node.type) && isMapped(made)
}

/** Whether a function is the first thing that `.map()` takes. */
function isMapped({node, parent}: PlacedNode): boolean {
  const call = parent?.node
  if (call?.type !== 'CallExpression' && call?.type !== 'OptionalCallExpression') return false
  const {callee} = call
  return (
    call.arguments[0] === node &&
    (callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression') &&
    callee.property.type === 'Identifier' &&
    !callee.computed &&
    callee.property.name === 'map'
  )
}

/** `Children.toArray(…)` gives them keys. */
const isForChildren = (placed: PlacedNode): boolean =>
  [...partsAround(placed)].some(
    ({node}) =>
      node.type === 'CallExpression' &&
      node.callee.type === 'MemberExpression' &&
      node.callee.property.type === 'Identifier' &&
      node.callee.property.name === 'toArray',
  )

function unknownElements(file: TextFile): Span[] {
  const unknown = new Map((scopesOf(file)?.unresolved ?? []).map(({name, start}) => [start, name]))
  return nodesOf(file, 'JSXOpeningElement').flatMap(({node: {name}}) => {
    const first = name.type === 'JSXMemberExpression' ? name.object : name
    return unknown.has(first.start ?? -1) && first.type === 'JSXIdentifier' && first.name !== 'this'
      ? [spanOf(first)]
      : []
  })
}

/** `export default () => <p />`, and what `forwardRef` or `memo` makes of a function without a name. */
function nameless(file: TextFile): Span[] {
  const functions = [
    ...nodesOf(file, 'ArrowFunctionExpression'),
    ...nodesOf(file, 'FunctionExpression'),
    ...nodesOf(file, 'FunctionDeclaration'),
  ]
  return functions
    .filter(({node}) => !('id' in node && node.id) && givesElement(node.body))
    .flatMap(({node, parent}) => {
      if (parent?.node.type === 'ExportDefaultDeclaration') return [spanOf(node)]
      const call = parent?.node
      if (call?.type !== 'CallExpression' || call.arguments[0] !== node || !isWrapper(call.callee, file)) return []
      const holder = parent?.parent?.node
      const isNamed = holder?.type === 'VariableDeclarator' && holder.id.type === 'Identifier'
      if (!isNamed && holder?.type !== 'ExportDefaultDeclaration') return []
      const isLater = isNamed && file.text.includes(`${(holder.id as {name: string}).name}.displayName`)
      return isLater ? [] : [spanOf(call)]
    })
}

/** Of React itself. */
function isWrapper(callee: Node, {text}: TextFile): boolean {
  const isOfReact =
    callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'React'
  const named = isOfReact ? callee.property : callee
  return (
    named.type === 'Identifier' && /^(?:forwardRef|memo)$/.test(named.name) && /\bfrom\s{0,9}["']react["']/.test(text)
  )
}

function givesElement(body: Node): boolean {
  if (body.type === 'BlockStatement')
    return body.body.some((each) => each.type === 'ReturnStatement' && each.argument && isElement(each.argument))
  return isElement(body) || (body.type === 'ConditionalExpression' && [body.consequent, body.alternate].some(isElement))
}

const isElement = ({type}: Node): boolean => type === 'JSXElement' || type === 'JSXFragment'
