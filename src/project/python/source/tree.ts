import type {SyntaxNodeRef, Tree} from '@lezer/common'
import {parser} from '@lezer/python'

/** In characters: more than the sources of any project that fits a machine; then the trees are let go. */
const most = 32 * 1024 * 1024
const trees = new Map<string, Tree>()
let kept = 0

/** The syntax tree of a Python source; parsed once, however many facts look at the file. */
export function pythonTree(source: string): Tree {
  const known = trees.get(source)
  if (known) return known
  // Python passes over a byte order mark (PEP 263), which the parser takes for a name. A line of its own keeps all places.
  const tree = parser.parse(source.replace(/^\ufeff/, '\n'))
  kept += source.length
  if (kept > most) {
    trees.clear()
    kept = source.length
  }
  trees.set(source, tree)
  return tree
}

/**
 * Whether the parser does not know the text at a node, so that what it says of the rest may be wrong. Of `yield` alone it
 * misses the value, and knows all the same where it ends.
 */
export const isUnread = (node: SyntaxNodeRef): boolean =>
  node.type.isError && !(node.from === node.to && /^Yield/.test(node.node.parent?.name ?? ''))

/** As deep as code of people ever is; a tree of a made up source may be as deep as it is long. */
const deepest = 300

/** Whether the parser knows all of a source: what it does not take has another meaning for all that stands around it. */
export function isWhole(tree: Tree): boolean {
  let whole = true
  let depth = 0
  tree.iterate({
    enter: (node) => {
      depth += 1
      if (isUnread(node) || depth > deepest) whole = false
      return whole
    },
    leave: () => {
      depth -= 1
    },
  })
  return whole
}
