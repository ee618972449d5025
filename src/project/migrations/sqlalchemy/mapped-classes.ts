/** The classes of a file that SQLAlchemy, SQLModel or Flask-SQLAlchemy makes tables of. */
import type {FileLocation} from '../../../check.ts'
import {onceOf} from '../../../once.ts'
import type {TextFile} from '../../files/text.ts'
import {type Attribute, type ClassBody, classBodies} from '../../python/source/class-bodies.ts'
import {type CallValue, textOf} from '../value.ts'

export interface MappedClass {
  name: string
  table: string
  at: FileLocation
  /** Those that its own body names, and with SQLModel those of its bases in the same file. */
  columns: MappedColumn[]
  attributes: Attribute[]
  /** As they are written: `Base`, `db.Model`. */
  bases: readonly string[]
  /** Of SQLModel, whose fields are columns by their type alone. */
  isModel: boolean
}

export interface MappedColumn {
  /** Its name in the database. */
  name: string
  at: FileLocation
}

/** A class with a table: by its own name for it, or by the one that its base gives it. */
export const mappedClasses = onceOf((file: TextFile): MappedClass[] => {
  if (!/\b__tablename__\b|\btable\s{0,20}=\s{0,20}True\b|\bdb\.Model\b/.test(file.text)) return []
  const classes = classBodies(file)
  const byName = new Map(classes.map((each) => [each.name, each]))
  return classes.flatMap((each) => {
    const table = tableOf(each)
    // Kept elsewhere, or no table: an abstract one, a view, one of another database or schema.
    if (table === undefined || elsewhere.test(each.text)) return []
    const isModel = each.keywords.get('table') === 'True'
    const inherited = isModel ? each.bases.flatMap((base) => modelBase(base, byName)) : []
    const attributes = [...inherited, ...each.attributes]
    const columns = attributes.flatMap((attribute) => columnOf(attribute, isModel))
    return [{name: each.name, at: each.at, table, columns, attributes: each.attributes, bases: each.bases, isModel}]
  })
})

const elsewhere =
  /\b__abstract__\b|\b__bind_key__\b|\bis_view\b|\bview\b|["']schema["']\s*:|\bschema\s*=|\b__table__\b|\bautoload|\binfo\s*=|\bdeclared_attr\b/i

function tableOf({name, bases, keywords, attributes}: ClassBody): string | undefined {
  const own = attributes.find((each) => each.name === '__tablename__')
  if (own) return textOf(own.value)
  // sqlmodel/main.py: the name of the class in small letters.
  if (keywords.get('table') === 'True') return name.toLowerCase()
  // flask_sqlalchemy/model.py: camel_to_snake_case. A mixin may bring another name, and columns.
  return bases.join() === 'db.Model' ? snakeCase(name) : undefined
}

/** The name that Flask-SQLAlchemy gives the table of a class. */
export const snakeCase = (name: string): string =>
  name
    .replace(/(?:(?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))/g, '_$&')
    .toLowerCase()
    .replace(/^_/, '')

/** The fields that a model of SQLModel takes from a base which has no table of its own. */
function modelBase(name: string, byName: ReadonlyMap<string, ClassBody>): Attribute[] {
  const base = byName.get(name)
  if (!base || base.keywords.get('table') === 'True') return []
  return [...base.bases.flatMap((each) => modelBase(each, byName)), ...base.attributes]
}

const makesColumn = /^(?:\w+\.)*(?:Column|mapped_column)$/
const plainType = /^(?:int|str|bool|float|bytes|date|datetime|time|timedelta|Decimal|UUID)$/

function columnOf({name, annotation, value, at}: Attribute, isModel: boolean): MappedColumn[] {
  const call = value?.kind === 'call' ? value : undefined
  if (call && makesColumn.test(call.name)) return [{name: nameIn(call) ?? name, at}]
  if (annotation === undefined || name.startsWith('_') || /\bClassVar\b/.test(annotation)) return []
  const [, inside] = /^(?:\w+\.)?Mapped\[([\s\S]*)\]$/.exec(annotation) ?? []
  const type = (inside ?? annotation)
    .replace(/^(?:\w+\.)?Optional\[([^[\]]*)\]$/, '$1')
    .replace(/\s{0,9}\|\s{0,9}None$/, '')
  if (!plainType.test(type.split('.').at(-1) ?? '')) return []
  if (inside !== undefined) return value === undefined ? [{name, at}] : []
  if (!isModel || (call && call.method !== 'Field')) return []
  const own = call?.keywords.get('sa_column')
  return own && own.kind !== 'call' ? [] : [{name: (own?.kind === 'call' && nameIn(own)) || name, at}]
}

const nameIn = ({args, keywords}: CallValue): string | undefined => textOf(keywords.get('name') ?? args[0])
