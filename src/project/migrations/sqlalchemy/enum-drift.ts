/** Words of an enum that a model stores, and that the type of the database does not have. */
import type {FileLocation} from '../../../check.ts'
import type {Attribute} from '../../python/source/class-bodies.ts'
import {type EnumMember, enumMembers} from '../../python/source/enum-members.ts'
import {type CallValue, textOf, type Value} from '../value.ts'
import type {ModelHistory} from './model-history.ts'

export interface MissingWords {
  /** The class of the enum, and the type of the database. */
  enum: string
  type: string
  missing: string[]
  /** The names of the members are stored, and the type has their values. */
  isValue: boolean
}

interface Found {
  model: string
  table: string
  columns: string[]
  words: MissingWords
  at: FileLocation
}

/**
 * SQLAlchemy stores the names of an enum's members, and not their values, unless `values_callable` says otherwise
 * (docs of SQLAlchemy, "Enum"). Only of types that Postgres has; a column of text takes any word.
 */
export function enumDrift({models, loaded, revisions}: ModelHistory): Found[] {
  const texts = revisions.map(({text}) => text)
  // What a type of Python becomes may be said once for all.
  const isMapped = loaded.some(({text}) => text.includes('type_annotation_map'))
  const found: Found[] = []
  for (const {name: model, table, attributes, isModel} of models) {
    for (const attribute of attributes) {
      const stored = isModel
        ? fieldEnum(attribute)
        : storedEnum(isMapped ? {...attribute, annotation: undefined} : attribute)
      if (!stored || found.some(({words}) => words.type === stored.type)) continue
      const members = membersOf(stored.of, loaded)
      const words = members && wordsOfType(stored.type, texts)
      if (!words) continue
      const kept = members.map(({name, value}) => (stored.byValue ? value : name))
      const missing = kept.filter((word) => !words.has(word))
      if (missing.length === 0) continue
      const isValue = !stored.byValue && members.every(({value}) => words.has(value))
      found.push({
        model,
        table,
        columns: [attribute.name],
        words: {enum: stored.of, type: stored.type, missing, isValue},
        at: attribute.at,
      })
    }
  }
  return found
}

interface Stored {
  /** The class. */
  of: string
  type: string
  byValue: boolean
}

/** `mapped_column(Enum(Role, name="role"))`, `Column(SQLEnum(Role))`: what is said of the type in that call alone. */
function storedEnum({value, annotation}: Attribute): Stored | undefined {
  const call = value?.kind === 'call' && /(?:^|\.)(?:Column|mapped_column)$/.test(value.name) ? value : undefined
  const type = call?.args.find(isEnum)
  // `Mapped[Role]` alone says it, too.
  const [, annotated] = /^(?:\w+\.)?Mapped\[(?:Optional\[)?(\w+)\]?(?:\s*\|\s*None)?\]$/.exec(annotation ?? '') ?? []
  const isBare = value === undefined || (call?.method === 'mapped_column' && call.args.length === 0)
  if (annotated && isBare) return {of: annotated, type: annotated.toLowerCase(), byValue: false}
  const [first] = type?.args ?? []
  if (!type || first?.kind !== 'name' || type.args.length > 1) return undefined
  // With a length, without a type of the database, or in another schema.
  if (['native_enum', 'length', 'schema', 'metadata', 'inherit_schema'].some((each) => type.keywords.has(each)))
    return undefined
  const of = first.name.split('.').at(-1) as string
  const name = type.keywords.get('name')
  const own = name ? textOf(name) : of.toLowerCase()
  return own === undefined ? undefined : {of, type: own, byValue: type.keywords.has('values_callable')}
}

/** `role: Role = Field(default=Role.USER)` of SQLModel (sqlmodel/main.py, get_sqlalchemy_type). */
function fieldEnum({value, annotation, source}: Attribute): Stored | undefined {
  const [, of] = /^(?:Optional\[)?([A-Z]\w*)\]?(?:\s*\|\s*None)?$/.exec(annotation ?? '') ?? []
  const isField = value?.kind !== 'call' || value.method === 'Field'
  return of === undefined || !isField || /\bsa_(?:type|column)\b/.test(source)
    ? undefined
    : {of, type: of.toLowerCase(), byValue: false}
}

const isEnum = (value: Value): value is CallValue & {at: FileLocation} =>
  value.kind === 'call' && /(?:^|\.)(?:\w*Enum|ENUM)$/.test(value.name)

/** The members of the only class of that name. */
function membersOf(name: string, files: ModelHistory['loaded']): EnumMember[] | undefined {
  const [only, another] = files.flatMap(({text}) => (text.includes(`class ${name}(`) ? [enumMembers(name, text)] : []))
  return another === undefined ? only : undefined
}

/** The words that the revisions give a type; undefined where one of them makes it otherwise, or takes it away. */
function wordsOfType(type: string, texts: readonly string[]): Set<string> | undefined {
  const makes = new RegExp(
    `\\b(?:Enum|ENUM)\\(([^()]{1,5000}?)\\bname\\s{0,9}=\\s{0,9}["']${type}["']|\\btype\\s{1,20}(?:public\\.)?"?${type}"?\\s{1,20}as\\s{1,20}enum\\s{0,20}\\(([^()]{1,5000})\\)`,
    'gi',
  )
  const words = new Set<string>()
  const named = new RegExp(`\\b${type}\\b`)
  for (const text of texts) {
    if (!named.test(text)) continue
    // It may be another type by then, or be made of what is not written here.
    if (
      /\bdrop\s{1,20}type\b|\.drop\(|\brename\s{1,20}(?:to|value)\b|\bfor\b[^\n]{1,200}\bin\b|\btype\s{1,20}(?:varchar|text)\b|native_enum/i.test(
        text,
      )
    )
      return undefined
    for (const [, listed = '', inSql = ''] of text.matchAll(makes)) {
      const found = [...(listed || inSql).matchAll(/["']([^"'\n]*)["']/g)].map(([, word = '']) => word)
      if (found.length === 0 || /\*|\bfor\b/.test(listed)) return undefined
      for (const word of found) words.add(word)
    }
    for (const [, word = ''] of text.matchAll(
      /\badd\s{1,20}value\s{1,20}(?:if\s{1,20}not\s{1,20}exists\s{1,20})?\\?'([^'\n]*?)\\?'/gi,
    ))
      words.add(word)
  }
  return words.size === 0 ? undefined : words
}
