import type {SyntaxNode} from '@lezer/common'
import {pythonTree} from './tree.ts'

/** `Path(__file__).resolve().parents[3]`, the fourth folder above a file. */
export interface FileParent {
  text: string
  count: number
  start: number
  end: number
}

const parent = /\b(?:pathlib\.)?Path\(__file__\)(?:\.(?:resolve|absolute)\(\)){0,2}\.parents\[(\d{1,2})\]/g
/** What may not be worked out, or by something else. */
const mayNotRun = /\b(?:lambda|if|else|or|and|for)\b/
const mayEnd = /\b_?exit\b/

/**
 * The folders above its own file that a module asks for when it is imported: at its top level or in the body of a class, in
 * no branch, function or `try`. Missed: those that are asked for by way of a variable.
 */
export function fileParents(source: string): FileParent[] {
  if (!source.includes('.parents[') || !/^(?:from|import)[ \t]+pathlib\b/m.test(source)) return []
  const tree = pythonTree(source)
  const found: FileParent[] = []
  look(tree.topNode.firstChild)
  return found

  /** False where what stands behind may not be reached. */
  function look(first: SyntaxNode | null): boolean {
    for (let node = first; node; node = node.nextSibling) {
      if (node.name === 'RaiseStatement') return false
      const text = source.slice(node.from, node.to)
      if (node.name === 'ClassDefinition') look(node.getChild('Body')?.firstChild ?? null)
      else if (/Definition|Decorated|Import/.test(node.name)) continue
      else if (mayEnd.test(text)) return false
      else if (/^(?:Assign|Expression|Update)Statement$/.test(node.name) && !mayNotRun.test(text)) {
        for (const match of text.matchAll(parent)) {
          const start = node.from + match.index
          // In a text or a comment it is none.
          if (tree.resolveInner(start, 1).name !== 'VariableName') continue
          found.push({text: match[0], count: Number(match[1]), start, end: start + match[0].length})
        }
      }
    }
    return true
  }
}

/** The first of them that is above the root, of a file at this path: pathlib ends with an IndexError. */
export const parentAboveRoot = (source: string, path: string): FileParent | undefined =>
  fileParents(source).find(({count}) => count >= path.split('/').length - 1)
