/** The tables that a file defines for Drizzle: `pgTable('orders', {…})`. */
import type {CallExpression, Node, ObjectExpression} from '@babel/types'
import type {FileLocation} from '../../../check.ts'
import type {TextFile} from '../../files/text.ts'
import {nodesOf, partsAround} from '../../node/source/syntax-nodes.ts'

export interface DrizzleTable {
  name: string
  at: FileLocation
  isSqlite: boolean
  columns: DrizzleColumn[]
}

interface DrizzleColumn {
  /** What it may be called in the database: as it says, or as its key, which `casing` may change. */
  names: [string, ...string[]]
  at: FileLocation
}

const core = /^drizzle-orm\/(?:pg|sqlite|mysql)-core$/

export function tablesIn(file: TextFile): DrizzleTable[] {
  const imported = new Map<string, string>()
  for (const {node} of nodesOf(file, 'ImportDeclaration'))
    if (core.test(node.source.value))
      for (const each of node.specifiers)
        if (each.type === 'ImportSpecifier' && each.imported.type === 'Identifier')
          imported.set(each.local.name, each.imported.name)
  return nodesOf(file, 'CallExpression').flatMap((placed) => {
    const {node} = placed
    const kind = /^(pg|sqlite|mysql)Table$/.exec(imported.get(nameOf(node.callee) ?? '') ?? '')
    const [name, columns] = node.arguments
    if (!kind || name?.type !== 'StringLiteral' || columns?.type !== 'ObjectExpression') return []
    // drizzle-kit knows of what is exported alone.
    if (![...partsAround(placed)].some(({node: {type}}) => type === 'ExportNamedDeclaration')) return []
    const at = file.span(name.start ?? 0, name.end ?? 0)
    return [{name: name.value, at, isSqlite: kind[1] === 'sqlite', columns: columnsIn(columns, imported, file)}]
  })
}

const nameOf = (node: Node): string | undefined => (node.type === 'Identifier' ? node.name : undefined)

function columnsIn(
  {properties}: ObjectExpression,
  imported: ReadonlyMap<string, string>,
  file: TextFile,
): DrizzleColumn[] {
  return properties.flatMap((each): DrizzleColumn[] => {
    // A helper of the project's own may name it otherwise.
    const call = each.type === 'ObjectProperty' && !each.computed ? begin(each.value) : undefined
    const key = each.type === 'ObjectProperty' ? nameOf(each.key) : undefined
    if (!call || key === undefined || !imported.has(nameOf(call.callee) ?? '')) return []
    const [given] = call.arguments
    const at = file.span(each.start ?? 0, (each.start ?? 0) + key.length)
    if (given?.type === 'StringLiteral') return [{names: [given.value], at}]
    if (given !== undefined && given.type !== 'ObjectExpression') return []
    return [{names: [key, key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)], at}]
  })
}

/** The first call of `text('note').notNull()`. */
function begin(value: Node): CallExpression | undefined {
  let node = value
  while (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') node = node.callee.object
  return node.type === 'CallExpression' ? node : undefined
}
