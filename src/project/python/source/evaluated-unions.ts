/** `int | None` where Python works it out as it imports a module: between types there is no | before Python 3.10 (PEP 604). */
import type {SyntaxNode} from '@lezer/common'
import {once} from '../../../once.ts'
import {children} from '../imports/module-constants.ts'
import {isWhole, pythonTree} from './tree.ts'

export interface EvaluatedUnion {
  text: string
  start: number
  end: number
}

const types = /^(?:int|str|float|bool|bytes|bytearray|complex|list|dict|set|frozenset|tuple|object|type)$/

/**
 * Those in what surely runs at the import: annotations of functions and of the names of modules and classes, unless
 * `from __future__ import annotations` leaves them as they are, and values of names at the top level.
 */
export function evaluatedUnions(source: string): EvaluatedUnion[] {
  const tree = pythonTree(source)
  if (!/\|/.test(source) || !isWhole(tree)) return []
  const text = ({from, to}: SyntaxNode) => source.slice(from, to)
  const asText = /^from[ \t]+__future__[ \t]+import[^\n]*\bannotations\b/m.test(source)
  // A name that the module gives another meaning.
  const isOwn = once((name: string) =>
    new RegExp(
      `^[ \\t]*(?:${name}\\s*=|(?:class|def)\\s+${name}\\b|from\\s.{0,200}?import\\b.{0,500}?\\b${name}\\b)`,
      'm',
    ).test(source),
  )
  const found: EvaluatedUnion[] = []
  statements(tree.topNode)
  return found

  function statements(parent: SyntaxNode): void {
    for (const node of children(parent)) statement(node)
  }

  function statement(node: SyntaxNode): void {
    if (node.name === 'DecoratedStatement') statements(node)
    else if (node.name === 'ClassDefinition') {
      const body = node.getChild('Body')
      if (body) statements(body)
    } else if (node.name === 'FunctionDefinition') {
      if (asText) return
      for (const type of node.getChildren('TypeDef')) look(type)
      for (const type of node.getChild('ParamList')?.getChildren('TypeDef') ?? []) look(type)
    } else if (node.name === 'AssignStatement') {
      const type = node.getChild('TypeDef')
      if (type && !asText) look(type)
      if (node.lastChild?.name === 'BinaryExpression') look(node.lastChild)
    }
  }

  /** The first pair is worked out first, so that a type of the project beside it changes nothing. */
  function look(node: SyntaxNode): void {
    if (node.name === 'BinaryExpression') {
      const [left, operator, right] = children(node)
      if (!left || !right || !operator || text(operator) !== '|') return
      if (left.name === 'BinaryExpression') look(left)
      else if ((isType(left) && (isType(right) || isNone(right))) || (isNone(left) && isType(right)))
        found.push({text: text(node), start: node.from, end: node.to})
      return
    }
    // `Mapped[int | None]`, `list[int | str]`: the brackets are worked out, too. A lambda or a call may not be.
    if (/^(?:TypeDef|MemberExpression|ArrayExpression|TupleExpression)$/.test(node.name))
      for (const part of children(node)) look(part)
  }

  function isType(node: SyntaxNode): boolean {
    const named = node.name === 'MemberExpression' && node.getChild('[') ? node.firstChild : node
    return named?.name === 'VariableName' && types.test(text(named)) && !isOwn(text(named))
  }
}

const isNone = ({name}: SyntaxNode): boolean => name === 'None'
