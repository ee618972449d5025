/** Keys whose type in the model is another than the migrations give them: the driver names the type of each value it sends. */
import type {FileLocation} from '../../../check.ts'
import type {Attribute} from '../../python/source/class-bodies.ts'
import {type ColumnTypes, columnKey} from '../column-types.ts'
import {kindOfType} from '../types.ts'
import {isConstant, textOf, type Value} from '../value.ts'
import type {ModelHistory} from './model-history.ts'

export interface OtherType {
  /** Kinds of types: `uuid`, `text`, `number`. */
  model: string
  database: string
}

interface Found {
  model: string
  table: string
  columns: string[]
  types: OtherType
  at: FileLocation
}

/**
 * asyncpg and psycopg 3 send `WHERE id = $1::UUID` where the model says so, and Postgres compares no text with a UUID or a number.
 * Only of primary keys: an app asks for these. `drivers`: all that connect.
 */
export function typeDrift({models}: ModelHistory, columns: ColumnTypes, drivers: readonly {name: string}[]): Found[] {
  if (drivers.length === 0 || !drivers.every(({name}) => /^(?:asyncpg|psycopg(?:\[\w+\])?)$/.test(name))) return []
  const found: Found[] = []
  for (const {name: model, table, attributes} of models) {
    for (const attribute of attributes) {
      const key = keyOf(attribute)
      const database = key && columns.get(columnKey(table, key.name))
      if (!key || database === undefined || database === key.type || !compared.has(database)) continue
      found.push({model, table, columns: [key.name], types: {model: key.type, database}, at: attribute.at})
    }
  }
  return found
}

const compared = new Set(['uuid', 'text', 'number'])
const ofUuid = /^(?:pg|postgres(?:ql)?)_?uuid$/i

/** `id = Column(UUID(as_uuid=True), primary_key=True)`: its type where the call itself says it. */
function keyOf({name, value}: Attribute): {name: string; type: string} | undefined {
  const call = value?.kind === 'call' && /(?:^|\.)(?:Column|mapped_column)$/.test(value.name) ? value : undefined
  if (!call || !isConstant(call.keywords.get('primary_key'), true)) return undefined
  const own = textOf(call.args[0])
  const [written] = own === undefined ? call.args : call.args.slice(1)
  const type = isUuid(written) ? 'uuid' : kindOfType(written)
  return type !== undefined && compared.has(type) ? {name: own ?? name, type} : undefined
}

const isUuid = (value: Value | undefined): boolean =>
  (value?.kind === 'call' || value?.kind === 'name') && ofUuid.test(value.name.split('.').at(-1) as string)
