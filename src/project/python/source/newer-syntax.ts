/** Statements that Python reads only since a version of 3: an older one ends the import with a SyntaxError (What's New in Python). */
import type {SyntaxNodeRef} from '@lezer/common'
import {isWhole, pythonTree} from './tree.ts'

export interface NewerSyntax {
  /** In words: `a match statement`. */
  what: string
  /** The first version that takes it. */
  since: string
  cure: string
  start: number
  end: number
}

/** The first one of a source, by the version that it takes: the newest counts, as with it all others are read. */
export function newerSyntax(source: string): NewerSyntax | undefined {
  const tree = pythonTree(source)
  // What the grammar does not take may make anything of what stands around it.
  if (!words.test(source) || !isWhole(tree)) return undefined
  let found: NewerSyntax | undefined
  tree.iterate({
    enter: (node) => {
      const each = statementOf(node)
      if (each && (!found || minor(each.since) > minor(found.since)))
        found = {...each, start: node.from, end: Math.min(node.to, lineEnd(source, node.from))}
    },
  })
  return found
}

/** Of most sources one look tells that nothing of this is in it. */
const words =
  /^[ \t]*(?:match|type)\b|\bexcept\b[^:\n]{0,500}?[*,]|^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+\w+[ \t]*\[|:=/m

const minor = (version: string): number => Number(version.split('.')[1])
const lineEnd = (source: string, from: number): number => {
  const end = source.indexOf('\n', from)
  return end < 0 ? source.length : end
}

function statementOf({name, node}: SyntaxNodeRef): Omit<NewerSyntax, 'start' | 'end'> | undefined {
  if (name === 'NamedExpression') return {what: 'a := expression', since: '3.8', cure: 'Assign the value before'}
  if (name === 'MatchStatement') return {what: 'a match statement', since: '3.10', cure: 'Write if and elif'}
  if (name === 'TypeDefinition')
    return {what: 'a type statement', since: '3.12', cure: 'Write NAME: TypeAlias = …, of typing'}
  if (name === 'TypeParamList')
    return {what: 'type parameters in brackets', since: '3.12', cure: 'Write TypeVar and Generic, of typing'}
  if (name !== 'TryStatement') return undefined
  const heads = node.getChildren('except')
  if (heads.some(({nextSibling}) => nextSibling?.name === '*'))
    return {what: 'except*', since: '3.11', cure: 'Write except, and look into the group'}
  if (heads.some(({nextSibling}) => nextSibling?.nextSibling?.name === ','))
    return {what: 'except with several types and no parentheses', since: '3.14', cure: 'Put them in parentheses'}
  return undefined
}
