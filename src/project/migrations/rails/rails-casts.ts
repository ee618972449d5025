/** Changes of a column's type in Rails that Postgres does not make by itself. */
import {withoutHashLines} from '../../code/comments.ts'
import type {TextFile} from '../../text.ts'

export interface RailsCast {
  /** `items.price` */
  column: string
  /** The types as Rails calls them. */
  from: string
  to: string
  /** Offsets in the text of the migration. */
  start: number
  end: number
}

/** What Postgres turns into each other without being told how (pg_cast); everything becomes text. */
const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  text: 'text',
  integer: 'number',
  bigint: 'number',
  decimal: 'number',
  float: 'number',
  boolean: 'boolean',
  date: 'time',
  datetime: 'time',
  timestamp: 'time',
  uuid: 'uuid',
  json: 'json',
  jsonb: 'json',
}

const table =
  /\bcreate_table[ \t(]{1,9}[:"'](\w{1,100})[^\n]{0,500}\bdo[ \t]{0,9}\|(\w{1,50})\|([\s\S]{0,5000}?)^[ \t]{0,50}end\b/gm
const added =
  /\b(add_column|change_column)[ \t(]+[:"'](\w+)["']?[ \t]*,[ \t]*[:"'](\w+)["']?[ \t]*,[ \t]*:(\w+)([^\n]*)/g
/** What takes tables and columns away, or does what is not followed. */
const forgets = /\b(?:drop_table|rename_table|rename_column|remove_columns?|change_table|execute|create_enum)\b/

/** `earlier`: the migrations before it, in their order. */
export function railsCasts(file: TextFile, earlier: readonly TextFile[]): RailsCast[] {
  const types = new Map<string, string | undefined>()
  for (const {text} of earlier) note(forwards(text), types)
  const own = forwards(file.text)
  // What it does itself before may have made another type of it.
  if (/\bexecute\b|\bif\b|\bunless\b|\brescue\b|\breversible\b/.test(own)) return []
  const named = [...own.matchAll(added)].map(([, , of, column]) => `${of}.${column}`)
  return [...own.matchAll(added)].flatMap(({0: whole, 1: verb, 2: of, 3: name, 4: to = '', 5: options = '', index}) => {
    const column = `${of}.${name}`
    const from = types.get(column) ?? ''
    const isOnce = named.filter((each) => each === column).length === 1
    const isFree = kinds[to] === 'text' || kinds[from] === kinds[to] || !kinds[from] || !kinds[to]
    // The rest of the statement may stand on the next line.
    const rest = options + (/,\s*$/.test(options) ? own.slice(index + whole.length, index + whole.length + 300) : '')
    if (verb !== 'change_column' || isFree || !isOnce || /\busing\b|\barray\b/i.test(rest)) return []
    return [{column, from, to, start: index, end: index + whole.trimEnd().length}]
  })
}

/** Without comments and what is for the way back. */
const forwards = (text: string): string => withoutHashLines(text).split(/^[ \t]*def (?:self\.)?down\b/m)[0] ?? ''

function note(text: string, types: Map<string, string | undefined>): void {
  if (forgets.test(text)) {
    const words = new Set(text.match(/\w+/g))
    for (const key of types.keys()) if (words.has(key.split('.')[0] ?? '')) types.delete(key)
  }
  for (const [, name, by, block = ''] of text.matchAll(table)) {
    for (const [, type, names = '', options = ''] of block.matchAll(
      new RegExp(`\\b${by}\\.(\\w+)[ \\t(]+((?:[:"']\\w+["']?(?:[ \\t]*,[ \\t]*(?=[:"']\\w))?)+)([^\\n]*)`, 'g'),
    )) {
      for (const [, column] of names.matchAll(/[:"'](\w+)/g))
        types.set(`${name}.${column}`, /\barray:/.test(options) ? undefined : type)
    }
  }
  for (const [, , name, column, type, options = ''] of text.matchAll(added))
    types.set(`${name}.${column}`, /\barray:/.test(options) ? undefined : type)
}
