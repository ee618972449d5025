/** What Python's compiler refuses of a source that its grammar takes: the import of the file ends with a SyntaxError. */
import type {SyntaxNode} from '@lezer/common'
import {children} from '../imports/module-constants.ts'
import {isWhole, pythonTree} from './tree.ts'

export interface CompileError {
  message: string
  cure: string
  start: number
  end: number
}

/** What surrounds a statement. */
interface Scope {
  /** In a class the names of the function around it are no names of its own. */
  kind: 'module' | 'class' | 'function' | 'async'
  inLoop: boolean
  /** In a comprehension, which has rules of its own for `await`. */
  inComprehension?: boolean
}

/** The errors of CPython's symtable.c, compile.c and action_helpers.c that stand alone. Many others are not looked for. */
export function compileErrors(source: string): CompileError[] {
  const found: CompileError[] = []
  const text = ({from, to}: SyntaxNode) => source.slice(from, to)
  const add = ({from, to}: SyntaxNode, message: string, cure: string) =>
    found.push({message, cure, start: from, end: Math.min(to, from + 80)})
  const tree = pythonTree(source)
  if (!isWhole(tree)) return []
  const {topNode} = tree
  lateFuture()
  visitAll(topNode, {kind: 'module', inLoop: false})
  return found.toSorted((a, b) => a.start - b.start)

  function visitAll(parent: SyntaxNode, scope: Scope): void {
    for (let node = parent.firstChild; node; node = node.nextSibling) visit(node, scope)
  }

  function visit(node: SyntaxNode, scope: Scope): void {
    const isInFunction = scope.kind === 'function' || scope.kind === 'async'
    switch (node.name) {
      case 'FunctionDefinition': {
        const kind = node.firstChild?.name === 'async' ? 'async' : 'function'
        parametersOf(node.getChild('ParamList'))
        lateGlobals(node)
        for (const part of children(node))
          if (part.name === 'Body') visitAll(part, {kind, inLoop: false})
          else visit(part, scope)
        return
      }
      case 'LambdaExpression': {
        const list = node.getChild('ParamList')
        parametersOf(list)
        for (const part of children(node))
          if (part.name === 'ParamList') visitAll(part, scope)
          else visit(part, {kind: 'function', inLoop: false})
        return
      }
      case 'ClassDefinition':
        for (const part of children(node))
          if (part.name === 'Body') visitAll(part, {kind: 'class', inLoop: false})
          else visit(part, scope)
        return
      case 'ForStatement':
      case 'WhileStatement': {
        asyncOutside(node, scope)
        let isElse = false
        for (const part of children(node)) {
          if (part.name === 'else') isElse = true
          visit(part, part.name === 'Body' && !isElse ? {...scope, inLoop: true} : scope)
        }
        return
      }
      case 'WithStatement':
        asyncOutside(node, scope)
        break
      case 'AwaitExpression':
        if (scope.kind !== 'async' && !scope.inComprehension)
          add(node, `await stands outside of an async function${nameOf(node)}`, 'Write async def, or take await away.')
        break
      case 'ReturnStatement':
        if (!isInFunction)
          add(node, 'return stands outside of a function', 'Move it into one, or indent it as the function is.')
        break
      case 'YieldStatement':
        if (!isInFunction) add(node, 'yield stands outside of a function', 'Move it into one.')
        break
      case 'BreakStatement':
      case 'ContinueStatement':
        if (!scope.inLoop)
          add(node, `${text(node)} stands outside of a loop`, 'Write return, or move it into the loop.')
        break
      case 'ImportStatement':
        if (scope.kind !== 'module' && node.lastChild?.name === '*')
          add(node, 'import * stands inside a function or a class', 'Move it to the top of the file.')
        break
      case 'TryStatement':
        bareExcept(node)
        break
      case 'ArgList':
        if (/^(?:CallExpression|Decorator|ClassDefinition)$/.test(node.parent?.name ?? '')) argumentsOf(node)
        break
      default:
        if (/Comprehension/.test(node.name)) {
          visitAll(node, {...scope, inComprehension: true})
          return
        }
    }
    visitAll(node, scope)
  }

  function asyncOutside(node: SyntaxNode, scope: Scope): void {
    if (node.firstChild?.name !== 'async' || scope.kind === 'async') return
    const word = node.name === 'ForStatement' ? 'for' : 'with'
    add(node.firstChild, `async ${word} stands outside of an async function${nameOf(node)}`, 'Write async def.')
  }

  /** ` (def load)` */
  function nameOf(node: SyntaxNode): string {
    for (let parent = node.parent; parent; parent = parent.parent) {
      if (parent.name === 'LambdaExpression') return ' (a lambda)'
      if (parent.name === 'FunctionDefinition') return ` (def ${text(parent.getChild('VariableName') ?? parent)})`
    }
    return ''
  }

  function parametersOf(list: SyntaxNode | null): void {
    const names = new Set<string>()
    let hasDefault = false
    let isKeyword = false
    const parts = list ? children(list) : []
    for (const [index, part] of parts.entries()) {
      if (part.name === '*' || part.name === '**') isKeyword = true
      if (part.name !== 'VariableName' || !/^(?:[(,*]|\*\*)?$/.test(parts[index - 1]?.name ?? '')) continue
      const name = text(part)
      if (names.has(name)) add(part, `the function has two parameters ${name}`, 'Give one of them another name.')
      names.add(name)
      const after = parts.slice(index + 1, index + 3).find((each) => each.name !== 'TypeDef')
      if (after?.name === 'AssignOp') hasDefault = true
      else if (hasDefault && !isKeyword)
        add(
          part,
          `the parameter ${name} has no default and stands behind one that has`,
          'Move it before those with a default, or give it one.',
        )
    }
  }

  function argumentsOf(list: SyntaxNode): void {
    const keywords = new Set<string>()
    const parts = children(list).filter(({name}) => name !== 'Comment')
    let unpacked = false
    for (const [index, part] of parts.entries()) {
      const before = parts[index - 1]?.name ?? ''
      if (before === '**') unpacked = true
      if (before !== '(' && before !== ',') continue
      if (/^(?:[),*]|\*\*)$/.test(part.name)) continue
      const operator = parts[index + 1]
      // `name := value` is an argument without a name.
      if (operator?.name === 'AssignOp' && text(operator) === '=') {
        const name = text(part)
        if (keywords.has(name)) add(part, `the call has the argument ${name} twice`, 'Take one of them away.')
        keywords.add(name)
      } else if (keywords.size > 0 || unpacked)
        add(
          part,
          `an argument without a name stands behind one with a name`,
          'Give it its name, or move it before the others.',
        )
    }
  }

  function bareExcept(node: SyntaxNode): void {
    const words = node.getChildren('except')
    const bare = words.slice(0, -1).find(({nextSibling}) => nextSibling?.name === 'Body')
    if (bare) add(bare, 'a plain except stands before another one', 'Move it behind the others.')
  }

  /** Nothing but the docstring, comments and others like it may stand before one. */
  function lateFuture(): void {
    let isLate = false
    const statements = children(topNode).filter(({name}) => name !== 'Comment')
    for (const [index, node] of statements.entries()) {
      const isFuture = /^from[ \t]+__future__[ \t]+import\b/.test(text(node))
      if (isFuture && isLate)
        add(node, 'from __future__ stands behind other statements', 'Move it to the top of the file.')
      const isDoc = index === 0 && node.name === 'ExpressionStatement' && /String$/.test(node.firstChild?.name ?? '')
      if (!isFuture && !isDoc) isLate = true
    }
  }

  /** `global x` behind a line of the same function that has read or set x. */
  function lateGlobals(definition: SyntaxNode): void {
    const used = new Set<string>()
    const parameters = new Set(definition.getChild('ParamList')?.getChildren('VariableName').map(text) ?? [])
    const body = definition.getChild('Body')
    if (body && /\bglobal\b/.test(text(body))) walk(body)

    function walk(parent: SyntaxNode): void {
      for (let node = parent.firstChild; node; node = node.nextSibling) {
        if (
          /^(?:FunctionDefinition|ClassDefinition|LambdaExpression|DecoratedStatement)$|Comprehension/.test(node.name)
        )
          continue
        if (node.name === 'ScopeStatement' && node.firstChild?.name === 'global') {
          for (const name of node.getChildren('VariableName')) {
            if (used.has(text(name)) || parameters.has(text(name)))
              add(
                node,
                `global ${text(name)} stands behind the first use of ${text(name)}`,
                'Move it to the top of the function.',
              )
          }
          continue
        }
        // The name of an argument is none of a variable.
        if (node.name === 'VariableName' && !(parent.name === 'ArgList' && node.nextSibling?.name === 'AssignOp'))
          used.add(text(node))
        walk(node)
      }
    }
  }
}
