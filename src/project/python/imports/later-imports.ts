import type {SyntaxNode} from '@lezer/common'
import {pythonTree} from '../source/tree.ts'
import {type Import, importsOf, mayReturn} from './top-level-imports.ts'

/** Who asks whether a package is there goes on without it. */
const asksForPackages = /\b(?:ImportError|ModuleNotFoundError|find_spec|import_module|__import__|importorskip)\b/
/** Functions for somebody who tries the program out. */
const forTrial = /^(?:main|cli|demo|debug|dev|test|bench|_?try|_?has|_?is|_?check)(?:_|$)/

/**
 * The imports that stand in functions and methods of a module, and that whoever calls one of them comes to: in no branch, no
 * `try`, and behind nothing that may leave the function. None where the module asks whether a package is there.
 */
export function laterImports(source: string): Import[] {
  if (!/^[ \t]+(?:import|from)[ \t]/m.test(source) || asksForPackages.test(source)) return []
  const found: Import[] = []
  look(pythonTree(source).topNode)
  return found

  /** Through modules and classes, with what decorates them. */
  function look(around: SyntaxNode): void {
    for (let node = around.firstChild; node; node = node.nextSibling) {
      if (node.name === 'DecoratedStatement') look(node)
      else if (node.name === 'ClassDefinition') look(node.getChild('Body') ?? node)
      else if (node.name === 'FunctionDefinition') {
        const name = node.getChild('VariableName')
        if (!name || !forTrial.test(source.slice(name.from, name.to))) inFunction(node.getChild('Body'))
      }
    }
  }

  function inFunction(body: SyntaxNode | null): void {
    for (let node = body?.firstChild ?? null; node; node = node.nextSibling) {
      if (node.name === 'RaiseStatement' || mayReturn(node, source)) return
      if (node.name === 'ImportStatement')
        found.push(...importsOf(source.slice(node.from, node.to), {start: node.from, end: node.to}))
    }
  }
}
