/** The rules of typescript-eslint's recommended settings that one file alone shows broken. */
import type {Node} from '@babel/types'
import type {Span} from '../../code/code.ts'
import type {TextFile} from '../../files/text.ts'
import {parsedModule} from '../source/parsed-module.ts'
import {patternParts} from '../source/patterns.ts'
import {scopesOf} from '../source/scopes.ts'
import {nodesOf, partsAround, spanOf} from '../source/syntax-nodes.ts'
import type {LintRule} from './lint-rules.ts'

export const typescriptRules: readonly Omit<LintRule, 'settings'>[] = [
  {
    name: '@typescript-eslint/no-explicit-any',
    what: 'the type any',
    cure: 'Name the type (unknown, where it is not known).',
    find: (file) => nodesOf(file, 'TSAnyKeyword').map(({node}) => spanOf(node)),
  },
  {
    name: '@typescript-eslint/ban-ts-comment',
    what: 'a comment @ts-ignore or @ts-nocheck',
    cure: 'Write `// @ts-expect-error: why`, or mend what TypeScript finds.',
    find: suppressions,
  },
  {
    name: '@typescript-eslint/no-empty-object-type',
    what: 'a type without members',
    cure: 'Write `type Name = Other` for such an interface, and `object` or `Record<string, never>` for {}.',
    find: emptyTypes,
  },
  {
    name: '@typescript-eslint/no-require-imports',
    what: 'a require()',
    cure: 'Write `import` for it.',
    find: (file) => unresolvedNames(file, 'value').filter((span) => isCalled(file, span)),
  },
  {
    name: '@typescript-eslint/no-unsafe-function-type',
    what: 'the type Function',
    cure: 'Write what it takes and gives: () => void.',
    find: (file) => unresolvedNames(file, 'type').filter((span) => textOf(file, span) === 'Function'),
  },
  {
    name: '@typescript-eslint/no-wrapper-object-types',
    what: 'the type of an object in place of a value’s (String, Number, Object)',
    cure: 'Write it with a small letter: string.',
    find: (file) =>
      unresolvedNames(file, 'type').filter((span) =>
        /^(?:BigInt|Boolean|Number|Object|String|Symbol)$/.test(textOf(file, span)),
      ),
  },
  {
    name: '@typescript-eslint/no-namespace',
    what: 'a namespace',
    cure: 'Make a module of it: a file with exports.',
    find: namespaces,
  },
  {
    name: '@typescript-eslint/no-non-null-asserted-optional-chain',
    what: 'a ! behind ?.',
    cure: 'Ask whether the value is there.',
    find: (file) =>
      nodesOf(file, 'TSNonNullExpression')
        .filter(
          // `order?.total!.net` ends as a whole where there is no order.
          ({node: {expression}, part}) =>
            expression.type.startsWith('Optional') && part !== 'object' && part !== 'callee',
        )
        .map(({node}) => spanOf(node)),
  },
  {
    name: '@typescript-eslint/no-this-alias',
    what: 'another name for this',
    cure: 'Write an arrow function where it is used.',
    find: (file) =>
      nodesOf(file, 'VariableDeclarator')
        .filter(({node: {id, init}}) => id.type === 'Identifier' && init?.type === 'ThisExpression')
        .map(({node}) => spanOf(node.id)),
  },
  {
    name: 'no-var',
    what: 'a var',
    cure: 'Write `let` or `const` for it.',
    find: (file) =>
      nodesOf(file, 'VariableDeclaration')
        .filter(
          ({node, parent}) => node.kind === 'var' && !node.declare && parent && !isOf(parent.node, 'TSModuleBlock'),
        )
        .map(({node}) => spanOf(node)),
  },
  {
    name: 'prefer-const',
    what: 'a let whose name is never set again',
    cure: 'Write `const` for it.',
    find: unchangedNames,
  },
]

const textOf = ({text}: TextFile, {start, end}: Span): string => text.slice(start, end)

const isOf = ({type}: Node, ...types: Node['type'][]): boolean => types.includes(type)

/** Names that are not the file's own. */
const unresolvedNames = (file: TextFile, meaning: 'value' | 'type'): Span[] =>
  (scopesOf(file)?.unresolved ?? [])
    .filter((each) => each.meaning === meaning)
    .map(({name, start}) => ({start, end: start + name.length}))

const isCalled = (file: TextFile, span: Span): boolean =>
  textOf(file, span) === 'require' &&
  nodesOf(file, 'CallExpression').some(({node: {callee}}) => callee.start === span.start && isOf(callee, 'Identifier'))

function suppressions(file: TextFile): Span[] {
  const {tree} = parsedModule(file)
  const [first] = tree?.program.body ?? []
  return (tree?.comments ?? []).flatMap((comment) => {
    const line = comment.type === 'CommentLine' ? comment.value : (comment.value.split('\n').at(-1) ?? '')
    const [, kind] =
      (comment.type === 'CommentLine'
        ? /^\/{0,20}\s{0,200}@ts-(ignore|nocheck)/
        : /^\s{0,200}[/*]{0,20}\s{0,200}@ts-(ignore|nocheck)/
      ).exec(line) ?? []
    // Below the first statement nobody looks for that.
    const isLate = kind === 'nocheck' && first?.loc && comment.loc && first.loc.start.line <= comment.loc.start.line
    return kind === undefined || isLate ? [] : [spanOf(comment)]
  })
}

function emptyTypes(file: TextFile): Span[] {
  const classes = nodesOf(file, 'ClassDeclaration').map(({node}) => node.id?.name)
  const interfaces = nodesOf(file, 'TSInterfaceDeclaration').filter(
    ({node}) => node.body.body.length === 0 && (node.extends?.length ?? 0) < 2 && !classes.includes(node.id.name),
  )
  const literals = nodesOf(file, 'TSTypeLiteral').filter(
    ({node, parent}) => node.members.length === 0 && parent && !isOf(parent.node, 'TSIntersectionType'),
  )
  return [...interfaces.map(({node}) => spanOf(node.id)), ...literals.map(({node}) => spanOf(node))]
}

/** `declare global` and what is declared for others may be. */
function namespaces(file: TextFile): Span[] {
  return nodesOf(file, 'TSModuleDeclaration')
    .filter((placed) => {
      const {node, parent} = placed
      if (node.id.type !== 'Identifier' || node.kind === 'global' || node.declare) return false
      const around = [...partsAround(placed)]
      return (
        !isOf(parent?.node ?? node, 'TSModuleDeclaration') &&
        !around.some((each) => 'declare' in each.node && each.node.declare)
      )
    })
    .map(({node}) => spanOf(node))
}

/** A value at once, and no other one ever; a loop sets what stands in its head. */
function unchangedNames(file: TextFile): Span[] {
  const unset = new Map(
    (scopesOf(file)?.bindings ?? []).filter(({isSet}) => !isSet).map(({name, start}) => [start, name]),
  )
  return nodesOf(file, 'VariableDeclaration').flatMap(({node: {kind, declare, declarations}, part, parent}) => {
    if (kind !== 'let' || declare || part === 'init') return []
    const isOfLoop = part === 'left' && parent !== undefined
    return declarations.flatMap(({id, init}) =>
      init || isOfLoop
        ? [...patternParts(id)]
            .filter(({node, isName}) => isName && unset.has(node.start ?? -1))
            .map(({node}) => spanOf(node))
        : [],
    )
  })
}
