import type {SyntaxNode} from '@lezer/common'
import {pythonTree} from './tree.ts'

/** `Path(__file__).resolve().parents[3]`, the fourth folder above a file; `count` is 3, and more where `.parent` comes first. */
export interface FileParent {
  text: string
  count: number
  start: number
  end: number
}

const chain = String.raw`((?:\.(?:resolve|absolute)\(\)|\.parent\b){0,12})`
const own = String.raw`(?:pathlib\.)?Path\(__file__\)`
/** `HERE = Path(__file__).resolve().parent` */
const named = new RegExp(
  String.raw`^(\w{1,100})[ \t]{0,9}(?::[ \t]{0,9}[\w.]{1,50}[ \t]{0,9})?=[ \t]{0,9}${own}${chain}[ \t]{0,9}(?:#.{0,500})?$`,
  'gm',
)
const steps = (text = ''): number => text.match(/\.parent\b/g)?.length ?? 0
/** What may not be worked out, or by something else. */
const mayNotRun = /\b(?:lambda|if|else|or|and|for)\b/
const mayEnd = /\b_?exit\b/

/**
 * The folders above its own file that a module asks for when it is imported: at its top level or in the body of a class, in
 * no branch, function or `try`, of `__file__` itself or of a name that has its path from one line.
 */
function fileParents(source: string): FileParent[] {
  if (!source.includes('.parents[') || !/^(?:from|import)[ \t]+pathlib\b/m.test(source)) return []
  const tree = pythonTree(source)
  const found: FileParent[] = []
  const above = new Map([...source.matchAll(named)].map(([, name = '', before]) => [name, steps(before)]))
  for (const name of above.keys())
    if ((source.match(new RegExp(`^[ \\t]{0,40}${name}\\b[ \\t]{0,9}[:=]`, 'gm'))?.length ?? 0) > 1) above.delete(name)
  const parent = new RegExp(
    `(?<![\\w.])(?:${own}|(${[...above.keys(), '(?!)'].join('|')}))${chain}\\.parents\\[(\\d{1,2})\\]`,
    'g',
  )
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
          const [whole, name, before, nth] = match
          const count = Number(nth) + steps(before) + (above.get(name ?? '') ?? 0)
          found.push({text: whole, count, start, end: start + whole.length})
        }
      }
    }
    return true
  }
}

/** The first of them that is above the root, of a file at this path: pathlib ends with an IndexError. */
export const parentAboveRoot = (source: string, path: string): FileParent | undefined =>
  fileParents(source).find(({count}) => count >= path.split('/').length - 1)
