/** The blocks of a Prisma schema, and what stands in them, by their offsets in the file. */
import {blank} from '../../code/code.ts'
import type {TextFile} from '../../files/text.ts'

export interface SchemaBlock {
  kind: 'enum' | 'model' | 'type' | 'view'
  name: string
  /** The offset of the name. */
  from: number
  /** Fields, values of an enum and `@@` attributes, each with the lines over which it goes on. */
  entries: SchemaEntry[]
}

export interface SchemaEntry {
  /** The first word: `id` of `id Int @id`; empty: an attribute of the block. */
  name: string
  from: number
  /** Without comments, and with the texts blanked, so that it is as long as `source`. */
  text: string
  source: string
}

const block = /^(model|enum|type|view)[ \t]+(\w+)[ \t]*\{([^{}]{0,50000})^\}/gm

export function schemaBlocks(file: TextFile): SchemaBlock[] {
  const text = file.text.replace(/\/\/[^\n]*|\/\*(?:[\s\S]*?\*\/|[\s\S]*)|"(?:[^"\\\n]|\\.)*"/g, blank)
  return [...text.matchAll(block)].map((match) => {
    const [whole, kind = '', name = '', body = ''] = match
    const from = match.index + whole.length - 1 - body.length
    return {
      kind: kind as SchemaBlock['kind'],
      name,
      from: match.index + whole.indexOf(name, kind.length),
      entries: entriesOf(body, from, file.text),
    }
  })
}

function entriesOf(body: string, offset: number, source: string): SchemaEntry[] {
  const found: SchemaEntry[] = []
  let from = offset
  let depth = 0
  for (const line of body.split('\n')) {
    const start = from + line.length - line.trimStart().length
    const end = from + line.trimEnd().length
    if (depth === 0 && /^\s*(?:[A-Za-z]|@@)/.test(line))
      found.push({
        name: /^\w*/.exec(line.trimStart())?.[0] ?? '',
        from: start,
        text: line.trim(),
        source: source.slice(start, end),
      })
    else {
      // An attribute may go on over several lines.
      const last = depth > 0 ? found.at(-1) : undefined
      if (last) {
        last.text = body.slice(last.from - offset, Math.max(end, last.from) - offset)
        last.source = source.slice(last.from, end)
      }
    }
    depth += (line.match(/[([]/g)?.length ?? 0) - (line.match(/[)\]]/g)?.length ?? 0)
    from += line.length + 1
  }
  return found
}
