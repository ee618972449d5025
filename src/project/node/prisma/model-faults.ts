/**
 * What models of Prisma refer to, and the schema has not: no command of Prisma reads it then (P1012). The rules are those of
 * the schema validation of prisma-engines (`psl/psl-core/src/validate`).
 */
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {onlySchema, readerOf, type SchemaReader} from './read-schema.ts'
import {type SchemaBlock, type SchemaEntry, schemaBlocks} from './schema-blocks.ts'

export interface ModelFault {
  /** `Post.author`: the field, or the model whose attribute it is. */
  owner: string
  at: FileLocation
  /**
   * `type`: nothing is called as the type is. `opposite`: the other model has no field back. `field`: an attribute names a
   * field that its model has not. `default`: the enum has no such value. `alike`: another relation to the same model has
   * the same name.
   */
  kind: 'alike' | 'default' | 'field' | 'opposite' | 'type'
  name: string
  /** Where it is looked for: the model, or the enum. */
  inside: string
  /** The model or the enum where it is looked for. */
  there: FileLocation | undefined
  reader: SchemaReader | undefined
}

type Found = Omit<ModelFault, 'reader'>

interface Field extends SchemaEntry {
  type: string
  isList: boolean
  /** The name of `@relation`; empty without one. */
  relation: string
}

interface Model extends SchemaBlock {
  file: TextFile
  fields: Field[]
}

const builtIn = new Set('String Boolean Int BigInt Float Decimal DateTime Json Bytes Unsupported'.split(' '))

export async function loadModelFaults({reader}: Inputs, facts: FactStore): Promise<Fact<ModelFault[]>> {
  const paths = (await facts.value('files')) ?? noFiles
  const file = await onlySchema(reader, paths)
  if (!file) return known([])
  // A schema may be a folder of files; one that lies elsewhere may be copied to it.
  const folder = `${posix.dirname(file.path)}/`
  const all = paths.ending('.prisma').filter((path) => path !== file.path)
  if (all.some((path) => folder !== './' && !path.startsWith(folder))) return known([])
  const found = faultsOf([file, ...(await reader.texts(all))])
  const by = found.length > 0 ? await readerOf(file, reader, facts) : undefined
  return known(found.map((each) => ({...each, reader: by})))
}

function faultsOf(files: TextFile[]): Found[] {
  const blocks = files.flatMap((file) =>
    schemaBlocks(file).map((each): Model => ({...each, file, fields: each.kind === 'enum' ? [] : fieldsOf(each)})),
  )
  const byName = new Map(blocks.map((each) => [each.name, each]))
  // Of two blocks with one name, either may be meant.
  if (byName.size < blocks.length || blocks.length === 0) return []
  return blocks
    .filter(({kind}) => kind !== 'enum')
    .flatMap((model) => [...model.fields.flatMap((field) => fieldFaults(field, model, byName)), ...indexFaults(model)])
}

function fieldsOf({entries}: SchemaBlock): Field[] {
  return entries.flatMap((entry) => {
    const [, type, list] = /^\w+[ \t]+(\w+)[ \t]*(\[\])?/.exec(entry.text) ?? []
    if (!entry.name || type === undefined) return []
    const [, relation = ''] =
      /@relation\(\s*(?:[^()"]{0,300}\bname:\s*)?"([^"\n]{0,200})"/.exec(entry.source) ??
      /@relation\((?:[^()]{0,300}[,\s])?name:\s*"([^"\n]{0,200})"/.exec(entry.source) ??
      []
    return [{...entry, type, isList: list !== undefined, relation}]
  })
}

function fieldFaults(field: Field, model: Model, byName: Map<string, Model>): Found[] {
  const owner = `${model.name}.${field.name}`
  const at = model.file.span(field.from, field.from + field.name.length)
  if (builtIn.has(field.type)) return []
  const target = byName.get(field.type)
  if (!target) return [{owner, at, kind: 'type', name: field.type, inside: '', there: undefined}]
  if (target.kind === 'enum') {
    const [, value] = /@default\(\s*([A-Za-z]\w*)\s*\)/.exec(field.text) ?? []
    const has = value === undefined || target.entries.some(({name}) => name === value)
    return has ? [] : [{owner, at, kind: 'default', name: value, inside: target.name, there: placeOf(target)}]
  }
  if (target.kind !== 'model' || model.kind !== 'model') return []
  const [fault] = relationFaults(field, model, target)
  return fault ? [{owner, at, ...fault, inside: fault.inside.name, there: placeOf(fault.inside)}] : []
}

const placeOf = ({file, from, name}: Model): FileLocation => file.span(from, from + name.length)

function relationFaults(
  field: Field,
  model: Model,
  target: Model,
): {kind: ModelFault['kind']; name: string; inside: Model}[] {
  const unknown = [
    ...namesOf('fields', field.text).map((name) => ({name, of: model})),
    ...namesOf('references', field.text).map((name) => ({name, of: target})),
  ].find(({name, of}) => !of.fields.some((each) => each.name === name))
  if (unknown) return [{kind: 'field', name: unknown.name, inside: unknown.of}]
  const back = target.fields.filter(
    (each) => each.type === model.name && each.relation === field.relation && each.from !== field.from,
  )
  if (back.length === 0) return [{kind: 'opposite', name: field.relation, inside: target}]
  const like = model.fields.find(
    (each) => each.type === field.type && each.relation === field.relation && each.from !== field.from,
  )
  return like && target !== model && like.from < field.from ? [{kind: 'alike', name: like.name, inside: target}] : []
}

/** `fields: [a, b]` of an attribute. */
const namesOf = (argument: 'fields' | 'references', text: string): string[] =>
  wordsOf(new RegExp(`\\b${argument}:\\s{0,99}\\[([^\\]]{0,1000})\\]`).exec(text)?.[1])

/** `a, b(sort: Desc)`; those of a composite type, `address.city`, are left out. */
const wordsOf = (list: string | undefined): string[] =>
  (list ?? '')
    .replace(/\([^()]{0,300}\)/g, '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => /^\w+$/.test(word))

function indexFaults(model: Model): Found[] {
  return model.entries.flatMap(({text, from}) => {
    const [attribute, list] = /^@@(?:index|unique|id|fulltext)\(\s*(?:fields:\s*)?\[([^\]]{0,2000})\]/.exec(text) ?? []
    const name = wordsOf(list).find((word) => !model.fields.some((each) => each.name === word))
    if (attribute === undefined || name === undefined) return []
    const at = model.file.span(from, from + (/^@@\w+/.exec(text)?.[0].length ?? 0))
    return [{owner: model.name, at, kind: 'field' as const, name, inside: model.name, there: undefined}]
  })
}
