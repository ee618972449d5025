import {withoutDowngrade} from './revisions/downgrade.ts'
import type {Step} from './steps.ts'
import {type CallValue, isConstant, textOf, type Value} from './value.ts'

/** An enum type of Postgres, as a column or a variable of a migration has it. */
export interface EnumType {
  name: string
  /**
   * Whether `create_table` makes the type: postgresql.ENUM does unless create_type=False; the general sa.Enum always does,
   * it does not know that argument (sqlalchemy/dialects/postgresql/named_types.py).
   */
  isMade: boolean
  /** It has create_type=False without effect. */
  ignoresFlag: boolean
}

function enumOf(value: Value | undefined): EnumType | undefined {
  if (value?.kind !== 'call' || !/^(Enum|ENUM)$/.test(value.method)) return undefined
  const name = textOf(value.keywords.get('name')) ?? className(value.args[0])
  // Without a type of its own, or with one that belongs to the tables of the app, or to another schema.
  if (name === undefined || isConstant(value.keywords.get('native_enum'), false)) return undefined
  if (value.keywords.has('metadata') || value.keywords.has('schema')) return undefined
  const isOff = isConstant(value.keywords.get('create_type'), false)
  const isGeneral = value.method === 'Enum'
  return {name, isMade: isGeneral || !isOff, ignoresFlag: isGeneral && isOff}
}

/** The name that SQLAlchemy gives the type of a Python enum. */
const className = (value: Value | undefined): string | undefined =>
  value?.kind === 'name' ? value.name.split('.').at(-1)?.toLowerCase() : undefined

/** The enum types of the columns that a call has among its arguments. */
export function columnEnums({args}: CallValue): {column: CallValue & Pick<Value, 'at'>; type: EnumType}[] {
  return args.flatMap((column) => {
    if (column.kind !== 'call' || column.method !== 'Column') return []
    const [, second] = column.args
    const type = enumOf(second) ?? enumOf(column.keywords.get('type_'))
    return type ? [{column, type}] : []
  })
}

/** The type that a step creates by itself: `status.create(op.get_bind())`, or CREATE TYPE. */
export function createdEnum({call}: Step): string | undefined {
  if (call.method === 'create') return enumOf(call.receiver)?.name
  const text = sqlText(call)
  return text && /\bcreate\s+type\s+(?:"?public"?\.)?"?(\w+)"?\s+as\s+enum\b/i.exec(text)?.[1]
}

/** The type that a step takes away, or gives another name. */
export function droppedEnum({call}: Step): string | undefined {
  if (call.method === 'drop') return enumOf(call.receiver)?.name
  const text = sqlText(call) ?? ''
  return (
    /\bdrop\s+type\s+(?:if\s+exists\s+)?(?:"?\w+"?\.)?"?(\w+)/i.exec(text)?.[1] ??
    /\balter\s+type\s+(?:"?\w+"?\.)?"?(\w+)"?\s+rename\s+to\b/i.exec(text)?.[1]
  )
}

const sqlText = ({method, args: [first]}: CallValue): string | undefined => {
  if (method !== 'execute' && method !== 'sql') return undefined
  return textOf(first?.kind === 'call' && first.method === 'text' ? first.args[0] : first)
}

/**
 * The file of the deployed revisions that makes an enum type, or that has a column of it, which needs it made; undefined
 * where any revision may drop it. `create_table` makes a type once in each run of alembic: it remembers what it has made.
 */
export function enumMade(
  name: string,
  deployed: ReadonlyMap<string, string>,
  all: ReadonlyMap<string, string>,
): string | undefined {
  const word = new RegExp(`\\b${name}\\b`)
  if ([...all.values()].some((text) => word.test(text) && dropsTypes.test(withoutDowngrade(text)))) return undefined
  const makes = new RegExp(
    `\\b(?:Enum|ENUM)\\([^()]{0,2000}\\bname\\s{0,9}=\\s{0,9}["']${name}["'][^()]{0,200}\\)|\\bcreate\\s{1,20}type\\s{1,20}(?:public\\.)?"?${name}"?\\s{1,20}as\\s{1,20}enum\\b`,
    'gi',
  )
  for (const [path, text] of deployed) {
    const found = [...text.matchAll(makes)].map(([whole]) => whole)
    if (found.some((each) => !/native_enum|create_type\s{0,9}=\s{0,9}False|\bschema\b|\bmetadata\b/.test(each)))
      return path
  }
  return undefined
}

const dropsTypes = /\.drop\(|\bdrop\s{1,20}type\b|\brename\s{1,20}to\b|\bdrop_all\b/i
