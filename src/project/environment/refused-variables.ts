/** Values of [env], or of the image, that a schema refuses as it reads the environment: of zod, or that of Joi which NestJS asks. */
import type {CallExpression, Node, ObjectExpression, ObjectProperty} from '@babel/types'
import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {hasSecretName, passwordInUrl} from '../../secret-forms.ts'
import {isNotShipped} from '../code/parsed-addresses.ts'
import {isApart} from '../files/apart.ts'
import {noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import type {Inputs} from '../inputs.ts'
import {startedSources} from '../node/imports/started-packages.ts'
import type {Refusal} from './zod-types.ts'

export interface RefusedVariable extends Refusal {
  name: string
  /** undefined where it may be a secret. */
  value: string | undefined
  /** The type in the schema. */
  at: FileLocation
  /** Where the image sets it; undefined: [env] does. */
  set: FileLocation | undefined
  /** What the program stops with. */
  error: 'a ZodError' | 'a config validation error'
}

/** `schema.parse(process.env)`, of a schema that comes from zod. */
const readsAll = /\.(?:parse|safeParse)\(\s{0,20}process\.env\s{0,20}\)/

export async function loadRefusedVariables(inputs: Inputs, facts: FactStore): Promise<Fact<RefusedVariable[]>> {
  const {reader} = inputs
  const [flyConfig, image, files, processes] = await Promise.all([
    facts.need('flyConfig'),
    facts.value('image'),
    facts.value('files'),
    facts.value('processes'),
  ])
  const given = new Map<string, {value: string; at: FileLocation | undefined}>()
  for (const [name, {value, at}] of image?.final.env ?? []) if (value !== undefined) given.set(name, {value, at})
  for (const [name, value] of Object.entries(flyConfig.config.env ?? {}))
    given.set(name, {value: String(value), at: undefined})
  const paths = (files ?? noFiles).only((path) => !isApart(path) && !isNotShipped(path))
  const found: RefusedVariable[] = []
  if (given.size === 0 || paths.named('package.json').length === 0) return known(found)
  const texts = await reader.texts(paths.ending('.ts', '.mts', '.js', '.mjs', '.cjs'))
  const ofNest = texts.filter(({text}) => text.includes('validationSchema'))
  const sources = texts.filter(
    ({path, text}) =>
      ((readsAll.test(text) && text.includes('zod')) || (ofNest.length > 0 && /["']joi["']/.test(text))) &&
      (!image || image.copies(path)),
  )
  if (sources.length === 0) return known(found)
  // Of several packages it is that of the program that is started.
  const started = paths.named('package.json').length > 1 ? await startedSources(inputs, facts) : undefined
  const loaded = new Set(started?.flatMap((each) => each.sources.map(({file}) => file.path)))
  const [{refusalOf}, {joiFields, joiRefusal}] = await Promise.all([
    import('./zod-types.ts'),
    import('./joi-fields.ts'),
  ])
  for (const file of sources) {
    if (started && !loaded.has(file.path)) continue
    const fields = [
      ...(await fieldsOf(file)).map(({zod, ...each}) => ({
        ...each,
        error: 'a ZodError' as const,
        refusal: (value: string) => refusalOf(each.type, value, zod),
      })),
      ...joiFields(file, ofNest).map((each) => ({
        ...each,
        error: 'a config validation error' as const,
        refusal: (value: string) => joiRefusal(each.type, value),
      })),
    ]
    for (const {name, type, error, refusal: refuses} of fields) {
      const {value, at} = given.get(name) ?? {}
      if (value === undefined || processes?.mayAssign(name) || found.some((each) => each.name === name)) continue
      const refusal = refuses(value)
      const shown = hasSecretName(name) || passwordInUrl(value) !== undefined ? undefined : value
      const place = file.span(type.start ?? 0, type.end ?? 0)
      if (refusal) found.push({name, value: shown, ...refusal, error, at: place, set: at})
    }
  }
  return known(found)
}

interface Field {
  /** What the file calls zod: `z`. */
  zod: string
  name: string
  type: Node
}

/** Those of the schemas that read process.env, and stop where it does not fit. */
async function fieldsOf(file: TextFile): Promise<Field[]> {
  const {nodesOf} = await import('../node/source/syntax-nodes.ts')
  const [zod] = nodesOf(file, 'ImportDeclaration').flatMap(({node}) =>
    /^zod(?:\/v[34])?$/.test(node.source.value)
      ? node.specifiers.flatMap((each) =>
          each.type !== 'ImportSpecifier' || (each.imported.type === 'Identifier' && each.imported.name === 'z')
            ? each.local.name
            : [],
        )
      : [],
  )
  if (zod === undefined) return []
  const schemas = new Map<string, Node>()
  for (const {node} of nodesOf(file, 'VariableDeclarator'))
    if (node.id.type === 'Identifier' && node.init) schemas.set(node.id.name, node.init)
  return nodesOf(file, 'CallExpression').flatMap(({node}) => {
    const schema = readBy(node, file.text)
    const shape = schema && shapeOf(schema.type === 'Identifier' ? schemas.get(schema.name) : schema, zod)
    return (shape?.properties ?? []).flatMap((each) => {
      const name = each.type === 'ObjectProperty' && !each.computed ? keyOf(each) : undefined
      return name === undefined || each.type !== 'ObjectProperty' ? [] : [{zod, name, type: each.value}]
    })
  })
}

/** What reads process.env with `parse`, or with `safeParse` where the file stops the program. */
function readBy({callee, arguments: [given]}: CallExpression, text: string): Node | undefined {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier' || given?.type !== 'MemberExpression')
    return undefined
  const isAll =
    given.object.type === 'Identifier' &&
    given.object.name === 'process' &&
    given.property.type === 'Identifier' &&
    given.property.name === 'env'
  const {name} = callee.property
  const stops = name === 'parse' || (name === 'safeParse' && /\bprocess\.exit\(|\bthrow\b/.test(text))
  return isAll && stops ? callee.object : undefined
}

/** Of an object these change nothing of its fields. */
const keepsFields = /^(?:strip|passthrough|loose|readonly|refine|superRefine|describe)$/

/** The fields of `z.object({…})`. */
function shapeOf(schema: Node | undefined, zod: string): ObjectExpression | undefined {
  if (schema?.type !== 'CallExpression' || schema.callee.type !== 'MemberExpression') return undefined
  const {object, property} = schema.callee
  if (property.type !== 'Identifier') return undefined
  if (object.type === 'Identifier' && object.name === zod) {
    const [shape] = schema.arguments
    return property.name === 'object' && shape?.type === 'ObjectExpression' ? shape : undefined
  }
  return keepsFields.test(property.name) ? shapeOf(object, zod) : undefined
}

const keyOf = ({key}: ObjectProperty): string | undefined =>
  key.type === 'Identifier' ? key.name : key.type === 'StringLiteral' ? key.value : undefined
