/** Columns that migrations made NOT NULL and that the model has no more: Django keeps no default in the database. */
import type {FileLocation} from '../../../check.ts'
import {escapePattern} from '../../escape-pattern.ts'
import {isConstant, textOf, type Value} from '../value.ts'
import type {DjangoApp} from './apps.ts'
import {argumentOf, type Operation} from './migration-file.ts'
import {modelsOf} from './models.ts'

export interface LeftField {
  app: string
  model: string
  /** The columns, as the database calls them. */
  columns: string[]
  /** The class of the model. */
  at: FileLocation
}

/** Django's fields with a column that a row has to fill, unless it may be NULL. */
const field =
  /^(?:(?:BigInteger|Boolean|Char|Date|DateTime|Decimal|Duration|Email|File|FilePath|Float|GenericIPAddress|Image|Integer|JSON|PositiveInteger|PositiveBigInteger|PositiveSmallInteger|Slug|SmallInteger|Text|Time|URL|UUID|OneToOne)Field|ForeignKey)$/
/** What may change a column besides the operations that name it. */
const changesMore = /^(?:RunSQL|RunPython|SeparateDatabaseAndState)$/

export function leftFields({label, models, migrations, isNamespace}: DjangoApp): LeftField[] {
  const texts = models.map(({text}) => text)
  if (isNamespace || !migrations?.length || texts.some((text) => /\badd_to_class\b|\bcontribute_to_class\b/.test(text)))
    return []
  const operations = migrations.flatMap((each) => each.operations ?? [undefined])
  const read = operations.flatMap((each) => each ?? [])
  if (read.length < operations.length || read.some(({method}) => changesMore.test(method))) return []
  const named = (call: Operation, ...places: [name: string, place: number][]) =>
    places.map(([name, place]) => textOf(argumentOf(call, name, place))?.toLowerCase())
  // Whatever is renamed, removed or changed once is left aside, in whichever order that is.
  const touched = read.flatMap((call) =>
    /^(?:RemoveField|AlterField|RenameField)$/.test(call.method)
      ? named(call, ['model_name', 0], [call.method === 'RenameField' ? 'old_name' : 'name', 1]).join('.')
      : [],
  )
  const gone = read.flatMap((call) =>
    /^(?:RenameModel|DeleteModel)$/.test(call.method)
      ? named(call, ['old_name', 0], ['name', 0], ['new_name', 1]).filter((name) => name !== undefined)
      : [],
  )
  return models.flatMap(modelsOf).flatMap((model): LeftField[] => {
    const key = model.name.toLowerCase()
    if (!model.isPlain || gone.includes(key)) return []
    const columns = read
      .flatMap((call) => fieldsOf(call, key))
      .filter(([name, value]) => isRequired(value) && !touched.includes(`${key}.${name.toLowerCase()}`))
      .filter(([name]) => !new RegExp(`\\b${escapePattern(name)}\\b`).test(model.text))
      .map(([name, value]) => (/ForeignKey|OneToOne/.test(methodOf(value)) ? `${name}_id` : name))
    return columns.length > 0 ? [{app: label, model: model.name, columns: [...new Set(columns)], at: model.at}] : []
  })
}

/** The fields that an operation gives a model of this name, in lower case. */
function fieldsOf(call: Operation, model: string): [name: string, value: Value | undefined][] {
  if (call.method === 'AddField') {
    const name = textOf(argumentOf(call, 'name', 1))
    const isOf = textOf(argumentOf(call, 'model_name', 0))?.toLowerCase() === model
    return isOf && name !== undefined ? [[name, argumentOf(call, 'field', 2)]] : []
  }
  const list = argumentOf(call, 'fields', 1)
  // With bases of the project it has fields of theirs, and with options it may be no table of Django's.
  const isOwn = call.method === 'CreateModel' && textOf(argumentOf(call, 'name', 0))?.toLowerCase() === model
  if (!isOwn || list?.kind !== 'list' || call.keywords.has('bases')) return []
  return list.items.flatMap((item): [string, Value | undefined][] => {
    const name = item.kind === 'list' ? textOf(item.items[0]) : undefined
    return item.kind === 'list' && name !== undefined ? [[name, item.items[1]]] : []
  })
}

const methodOf = (value: Value | undefined): string => (value?.kind === 'call' ? value.method : '')

function isRequired(value: Value | undefined): boolean {
  if (value?.kind !== 'call' || !field.test(value.method)) return false
  const {keywords} = value
  return (
    !['null', 'primary_key'].some((flag) => keywords.has(flag) && !isConstant(keywords.get(flag), false)) &&
    !keywords.has('db_default')
  )
}
