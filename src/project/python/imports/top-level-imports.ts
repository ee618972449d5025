/** What a module imports where it is itself imported. */
import type {SyntaxNode} from '@lezer/common'
import {pythonTree} from '../source/tree.ts'

/** An import that surely runs when the module is imported. */
export interface Import {
  /** The module, without the dots before it. */
  name: string
  /** Of `from name import …`, without `*`. */
  names: string[]
  /** How many dots stand before the name. */
  relative: number
  start: number
  end: number
}

/** A statement that may end the program. */
export const mayEndProgram = /\b_?exit\b|\braise\b/
/** One that may end it well: behind a `raise` nobody comes whose program is to go on. */
const mayEndWell = /\b_?exit\b/

/**
 * The imports of a module that run where it is imported, or else something before them ends the program: those that stand
 * in no branch, function or `try`, but for one whose every `except` raises again. `called`: functions that run, too.
 */
export function topLevelImports(source: string, called: ReadonlySet<string> = new Set()): Import[] {
  const imported: Import[] = []
  const bodies: SyntaxNode[] = []
  const goesOn = (first: SyntaxNode | null, inFunction = false): boolean => {
    for (let node = first; node; node = node.nextSibling) {
      if (node.name === 'RaiseStatement') return false
      if (inFunction && mayReturn(node, source)) return false
      if (node.name === 'WithStatement' && !mayGoOn(source.slice(node.from, node.to))) {
        if (!goesOn(node.getChild('Body')?.firstChild ?? null, inFunction)) return false
        continue
      }
      if (node.name === 'FunctionDefinition' && !inFunction && called.has(functionName(node, source))) bodies.push(node)
      if (node.name === 'TryStatement' && everyHandlerEnds(node, source)) {
        if (!goesOn(node.getChild('Body')?.firstChild ?? null)) return false
        continue
      }
      const statement = source.slice(node.from, node.to)
      if (!/Import|Definition/.test(node.name) && mayEndWell.test(statement)) return false
      if (node.name === 'ImportStatement') imported.push(...importsOf(statement, {start: node.from, end: node.to}))
    }
    return true
  }
  goesOn(pythonTree(source).topNode.firstChild)
  for (const body of bodies) goesOn(body.getChild('Body')?.firstChild ?? null, true)
  return imported
}

/** Of one that is neither async nor a generator: a call of those runs nothing yet. */
const functionName = (node: SyntaxNode, source: string): string =>
  (!/\byield\b/.test(source.slice(node.from, node.to)) &&
    /^def\s+(\w+)/.exec(source.slice(node.from, node.from + 300))?.[1]) ||
  ''

/** A `with` may swallow what fails in it, as contextlib.suppress does; these do not. */
const mayGoOn = (statement: string): boolean =>
  !/^with\s+(?:\w+\.){0,3}(?:app_context|test_request_context|catch_warnings)\([^(),\n]{0,100}\)(?:\s+as\s+\w+)?\s*:/.test(
    statement,
  )

/** The imports with which a `try` at the top of a module begins that goes on without them: `except Exception: log(…)`. */
export function triedImports(source: string): Import[] {
  if (!/^try[ \t]*:/m.test(source)) return []
  const found: Import[] = []
  for (let node = pythonTree(source).topNode.firstChild; node; node = node.nextSibling) {
    if (node.name !== 'TryStatement' || everyHandlerEnds(node, source)) continue
    let first = node.getChild('Body')?.firstChild ?? null
    // A `:` is a part of the body, and so is a text or a comment.
    while (first && first.name !== 'ImportStatement' && !/^\w+Statement$/.test(first.name)) first = first.nextSibling
    for (; first?.name === 'ImportStatement'; first = first.nextSibling)
      found.push(...importsOf(source.slice(first.from, first.to), {start: first.from, end: first.to}))
  }
  return found
}

/** Whether each `except` of a `try` ends in `raise` or `sys.exit(…)`: what fails in it then ends the program. */
function everyHandlerEnds(statement: SyntaxNode, source: string): boolean {
  const words = statement.getChildren('except')
  const bodies = words.map(({nextSibling}) => {
    let node = nextSibling
    while (node && node.name !== 'Body') node = node.nextSibling
    return node?.lastChild
  })
  const ends = (last: SyntaxNode | null | undefined) =>
    last?.name === 'RaiseStatement' || /^(?:sys\.|os\._)?exit\(/.test(last ? source.slice(last.from, last.to) : '')
  return bodies.length > 0 && bodies.every(ends)
}

export function importsOf(statement: string, place: {start: number; end: number}): Import[] {
  const text = statement.replace(/#.*$/gm, ' ').replace(/[()\\\s]+/g, ' ')
  const [, origin, list] = /^from ([\w.]*) import (.*)$/.exec(text) ?? []
  const names = (list ?? text.replace(/^import /, '')).split(',').map((each) => each.trim().split(' ')[0] ?? '')
  if (origin === undefined) return names.map((name) => ({name, names: [], relative: 0, ...place}))
  const relative = /^\.*/.exec(origin)?.[0].length ?? 0
  return [{name: origin.slice(relative), names: names.filter((each) => each !== '*'), relative, ...place}]
}

/** A statement of a function with which it may end. */
export const mayReturn = (node: SyntaxNode, source: string): boolean =>
  /^(?:Return|If|For|While|With|Try|Match)Statement$/.test(node.name) &&
  /\breturn\b/.test(source.slice(node.from, node.to))

/** `app = create_app()`: the functions that are called at the top level of a module, by their plain names. */
export function calledAtOnce(source: string): string[] {
  const found: string[] = []
  for (let node = pythonTree(source).topNode.firstChild; node; node = node.nextSibling) {
    if (!/^(?:AssignStatement|ExpressionStatement)$/.test(node.name)) continue
    const statement = source.slice(node.from, node.to)
    // `create_app() if LOCAL else None` may call nothing.
    if (/\belse\b/.test(statement)) continue
    const [, name] = /^(?:[\w.]+\s*=\s*)?([a-z_]\w*)\(/.exec(statement) ?? []
    if (name) found.push(name)
  }
  return found
}
