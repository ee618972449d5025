/** What SQLAlchemy refuses of classes with a table while they are defined (orm/decl_base.py, mapper.py, sql/schema.py). */

import {once, onceOf} from '../../../once.ts'
import type {TextFile} from '../../files/text.ts'
import {type Attribute, type ClassBody, classBodies} from '../source/class-bodies.ts'
import type {ModuleFault} from './module-fault.ts'
import {argumentFaults} from './table-arguments.ts'

/** `files`: all that the deploy surely imports, in no order. */
export function tableFaults(files: readonly TextFile[]): ModuleFault[] {
  const found: ModuleFault[] = []
  const tables = new Map<string, {owner: ClassBody; file: TextFile}>()
  for (const file of files) {
    if (!/\bsqlalchemy\b|\bdb\.Model\b/.test(file.text)) continue
    for (const owner of classBodies(file)) {
      found.push(...defaultFaults(owner))
      const table = explicitTable(owner)
      if (table === undefined) continue
      const plain = isPlain(owner, files)
      const isHidden = /\bdeclared_attr\b|\bdeferred\b.{0,99}\bColumn\b|\bsetattr\b/.test(owner.text)
      found.push(...argumentFaults(owner, table, plain && !isHidden))
      if (!plain) continue
      const before = tables.get(`${owner.bases[0]} ${table}`)
      if (before) found.push(twice(owner, table, before))
      else tables.set(`${owner.bases[0]} ${table}`, {owner, file})
      if (!keyed.test(owner.text) && owner.attributes.every(isExplicit)) found.push(keyless(owner, table))
    }
  }
  return found
}

const twice = (owner: ClassBody, table: string, before: {owner: ClassBody; file: TextFile}): ModuleFault => ({
  message: `${owner.name} has the table ${table}, as ${before.owner.name} of ${before.file.path} has`,
  error: `InvalidRequestError: Table '${table}' is already defined for this MetaData instance`,
  cure: 'Keep one of the two classes, and import it where the other one is used.',
  at: owner.at,
})

const keyless = (owner: ClassBody, table: string): ModuleFault => ({
  message: `${owner.name} has no primary key`,
  error: `ArgumentError: Mapper could not assemble any primary key columns for mapped table '${table}'`,
  cure: 'Give one of its columns primary_key=True.',
  at: owner.at,
})

/** What may bring a key, or makes no table of the class. */
const keyed =
  /\bprimary_key\b|\bPrimaryKeyConstraint\b|\b__mapper_args__\b|\b__table__\b|\bdeclared_attr\b|\b__abstract__\b|\b__table_args__\s{0,9}=\s{0,9}(?![({\s])/

/**
 * A function of the project's own, `pk_column()`, may make the key, and a type of its own, `Mapped[intpk]`, may hold it
 * (SQLAlchemy, "Mapping Whole Column Declarations to Python Types").
 */
const isExplicit = ({name, annotation, value, source}: Attribute): boolean => {
  if (value?.kind === 'call' && /relationship$/i.test(value.name)) return true
  const isOwn =
    value?.kind === 'call'
      ? ofColumns.test(value.name) && !/\*\*|\(\s{0,99}\*/.test(source)
      : value?.kind === 'name' || value?.kind === 'unknown'
        ? /^__/.test(name)
        : true
  return (
    isOwn &&
    (annotation === undefined || (annotation.match(/\b[A-Za-z]\w*/g) ?? []).every((word) => plainWord.test(word)))
  )
}

/** What SQLAlchemy makes attributes of, which then say themselves that they are the key. */
const ofColumns =
  /^(?:\w+\.)*(?:Column|mapped_column|relationship|dynamic_loader|backref|column_property|synonym|deferred|composite|query_expression|association_proxy|[A-Z]\w*Constraint|Index)$/

const plainWord =
  /^(?:Mapped|Optional|Union|None|int|str|bool|float|bytes|dict|list|Any|Dict|List|datetime|date|time|timedelta|Decimal|UUID|uuid|typing|decimal|sa|orm)$/

const explicitTable = ({text, attributes}: ClassBody): string | undefined => {
  const value = attributes.find(({name}) => name === '__tablename__')?.value
  return value?.kind === 'text' &&
    !/\bextend_existing\b|\b__table__\b|\b__abstract__\b|\bschema["']?\s{0,9}[:=]|\b__bind_key__\b/.test(text)
    ? value.text
    : undefined
}

/** Its only base is a declarative one that adds nothing of its own, and that all of these files mean by the name. */
export function isPlain({bases, keywords}: Pick<ClassBody, 'bases' | 'keywords'>, files: readonly TextFile[]): boolean {
  const [base = '', ...others] = bases
  // That of Flask-SQLAlchemy has nothing of its own, unless it is given a class.
  if (base === 'db.Model')
    return (
      others.length === 0 &&
      files.some(({text}) => /^db\s{0,9}=\s{0,9}SQLAlchemy\(\s{0,9}\)/m.test(text)) &&
      !files.some(({text}) => /\bmodel_class\b/.test(text))
    )
  return others.length === 0 && keywords.size === 0 && /^\w+$/.test(base) && plainBases(files)(base)
}

/** For all the models of a project the same few bases are asked for. */
const plainBases = onceOf((files: readonly TextFile[]) => once((base: string) => isPlainBase(base, files)))

function isPlainBase(base: string, files: readonly TextFile[]): boolean {
  const made = new RegExp(
    `^${base}\\s{0,9}(?::[^=\\n]{1,80})?=\\s{0,9}(?:\\w+\\.)*(declarative_base\\(\\s{0,9}\\))?`,
    'm',
  )
  const defined = new RegExp(
    `^class ${base}\\b(?:\\((?:\\w+\\.)*(?:AsyncAttrs,\\s{0,9}(?:\\w+\\.)*)?(DeclarativeBase)\\):)?`,
    'm',
  )
  const makers = files.flatMap(({text}) =>
    [made.exec(text), defined.exec(text)].flatMap((match) => (match ? {match, text} : [])),
  )
  const [maker, another] = makers
  if (!maker || another || maker.match[1] === undefined) return false
  // A base may have columns, and give every class its key.
  const [body = ''] = maker.text.slice(maker.match.index).split(/\n(?=\S)/, 1)
  return !/\b(?:Mapped|Column|mapped_column|declared_attr)\b|__init_subclass__|__tablename__/.test(body)
}

const noText =
  /\bserver_default\s{0,9}=\s{0,9}(True\b|False\b|-?\d[\d.]{0,20}|\{[^}\n]{0,80}\}|\[[^\]\n]{0,80}\]|(?:dict|list|uuid4|uuid\.uuid4|(?:datetime\.)*(?:datetime|date)\.(?:utcnow|now|today)|(?:\w+\.)?func\.now)(?=\s{0,9}[,)]))/

/** A default of the database is SQL, as a text or an expression. */
function defaultFaults({name: owner, attributes}: Pick<ClassBody, 'name' | 'attributes'>): ModuleFault[] {
  return attributes.flatMap(({name, value, source, at}) => {
    const isColumn = value?.kind === 'call' && /^(?:\w+\.)*(?:Column|mapped_column)$/.test(value.name)
    const [, wrong] = (isColumn && noText.exec(source)) || []
    return wrong === undefined ? [] : [{...defaultFault(`${owner}.${name}`, wrong), at}]
  })
}

export const defaultFault = (column: string, wrong: string): Omit<ModuleFault, 'at'> => ({
  message: `the server_default of ${column} is ${wrong}, which is no SQL`,
  error: "ArgumentError: Argument 'arg' is expected to be one of type 'str' or 'ClauseElement'",
  cure: `Write it as SQL: server_default=${sqlOf(wrong)}`,
})

function sqlOf(wrong: string): string {
  if (/now|utcnow|today/.test(wrong)) return 'func.now()'
  if (/uuid/.test(wrong)) return 'text("gen_random_uuid()")'
  if (/^(?:dict|\{)/.test(wrong)) return `"{}"`
  if (/^(?:list|\[)/.test(wrong)) return `"[]", or "{}" for an array`
  return `text("${wrong.toLowerCase()}")`
}
