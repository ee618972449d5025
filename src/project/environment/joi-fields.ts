/**
 * Schemas of Joi for the environment: those that NestJS validates it by (`validationSchema` of ConfigModule), and what they take of
 * a text (joi.dev/api; tried with 17.13).
 */
import type {Node, ObjectExpression} from '@babel/types'
import type {TextFile} from '../files/text.ts'
import {nodesOf} from '../node/source/syntax-nodes.ts'
import type {Refusal} from './zod-types.ts'

export interface JoiField {
  name: string
  type: Node
}

/** The fields of each schema in a file that is named as `validationSchema` there or in another one. */
export function joiFields(file: TextFile, all: readonly TextFile[]): JoiField[] {
  const names = new Set(
    nodesOf(file, 'ImportDeclaration').flatMap(({node}) =>
      node.source.value === 'joi' ? node.specifiers.map((each) => each.local.name) : [],
    ),
  )
  if (names.size === 0) return []
  return nodesOf(file, 'CallExpression').flatMap(({node, part, parent}) => {
    const {
      callee,
      arguments: [shape],
    } = node
    const isObject =
      callee.type === 'MemberExpression' &&
      callee.object.type === 'Identifier' &&
      names.has(callee.object.name) &&
      callee.property.type === 'Identifier' &&
      callee.property.name === 'object'
    if (!isObject || shape?.type !== 'ObjectExpression') return []
    const isInline =
      part === 'value' && parent?.node.type === 'ObjectProperty' && keyOf(parent.node.key) === 'validationSchema'
    const named =
      part === 'init' && parent?.node.type === 'VariableDeclarator' && parent.node.id.type === 'Identifier'
        ? parent.node.id.name
        : undefined
    return isInline || (named !== undefined && isValidated(named, all)) ? fieldsOf(shape) : []
  })
}

const isValidated = (name: string, all: readonly TextFile[]): boolean => {
  const given = new RegExp(
    `\\bvalidationSchema:\\s{0,20}${name.replaceAll('$', '\\$')}\\b${name === 'validationSchema' ? '|[{,]\\s{0,20}validationSchema\\s{0,20}[,}]' : ''}`,
  )
  // With validatePredefined: false it asks of .env alone.
  return all.some(
    ({text}) => text.includes('ConfigModule.forRoot') && given.test(text) && !/\bvalidatePredefined\b/.test(text),
  )
}

const fieldsOf = ({properties}: ObjectExpression): JoiField[] =>
  properties.flatMap((each) => {
    const name = each.type === 'ObjectProperty' && !each.computed ? keyOf(each.key) : undefined
    return name === undefined || each.type !== 'ObjectProperty' ? [] : [{name, type: each.value}]
  })

const keyOf = (key: Node): string | undefined =>
  key.type === 'Identifier' ? key.name : key.type === 'StringLiteral' ? key.value : undefined

interface Call {
  name: string
  args: readonly Node[]
}

/** What asks nothing of a text, or only more of it. */
const passes =
  /^(?:required|optional|default|description|label|note|example|meta|tag|unit|messages?|strict|email|hostname|ip|guid|uuid|hex|base64|domain|pattern|regex|alphanum|token|multiple|precision|unsafe)$/
const bounds = /^(?:valid|equal|port|integer|positive|min|max|length|uri)$/

/** Why `Joi.number().port()` refuses a text; undefined where it takes it, or where that is not known. */
export function joiRefusal(type: Node, value: string): Refusal | undefined {
  const [first, ...rest] = chainOf(type) ?? []
  if (
    !first ||
    rest.some(({name}) => !passes.test(name) && !bounds.test(name)) ||
    rest.some(({name}) => name === 'strict')
  )
    return undefined
  const choices = rest.find(({name}) => /^(?:valid|equal)$/.test(name))
  switch (first.name) {
    case 'string':
      return choices ? ofChoices(choices, value) : ofText(value, rest)
    case 'number':
      return choices ? undefined : ofNumber(value, rest)
    case 'boolean':
      return choices || /^(?:true|false)$/i.test(value) ? undefined : {wants: 'true or false'}
    default:
      return undefined
  }
}

function ofChoices({args}: Call, value: string): Refusal | undefined {
  const texts = args.map((each) => (each.type === 'StringLiteral' ? each.value : undefined))
  if (texts.length === 0 || texts.includes(undefined) || texts.includes(value)) return undefined
  return {wants: texts.map((each) => `'${each}'`).join(' or ')}
}

function ofNumber(given: string, calls: readonly Call[]): Refusal | undefined {
  const value = Number(given)
  if (given.trim() === '' || Number.isNaN(value)) return {wants: 'a number'}
  for (const {
    name,
    args: [bound],
  } of calls) {
    if (name === 'port' && !(Number.isInteger(value) && value >= 0 && value <= 65_535)) return {wants: 'a port'}
    if (name === 'integer' && !Number.isInteger(value)) return {wants: 'a whole number'}
    if (name === 'positive' && value <= 0) return {wants: 'a number above 0'}
    if (bound?.type !== 'NumericLiteral') continue
    if (name === 'min' && value < bound.value) return {wants: `a number from ${bound.value}`}
    if (name === 'max' && value > bound.value) return {wants: `a number up to ${bound.value}`}
  }
  return undefined
}

function ofText(value: string, calls: readonly Call[]): Refusal | undefined {
  if (value === '') return {wants: 'a text that is not empty'}
  for (const {
    name,
    args: [bound],
  } of calls) {
    if (name === 'uri' && !bound && !/^[a-z][a-z\d+.-]*:/i.test(value))
      return {wants: 'a URI, which begins with a scheme such as https://'}
    if (bound?.type !== 'NumericLiteral') continue
    if (name === 'min' && value.length < bound.value) return {wants: `at least ${bound.value} characters`}
    if (name === 'max' && value.length > bound.value) return {wants: `at most ${bound.value} characters`}
    if (name === 'length' && value.length !== bound.value) return {wants: `exactly ${bound.value} characters`}
  }
  return undefined
}

/** `Joi.string().valid('a')`, from its beginning: `string`, `valid`. */
function chainOf(type: Node): Call[] | undefined {
  const found: Call[] = []
  for (let node: Node = type; node.type === 'CallExpression'; ) {
    const {callee, arguments: args} = node
    if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier') return undefined
    found.unshift({name: callee.property.name, args})
    if (callee.object.type === 'Identifier') return found
    node = callee.object
  }
  return undefined
}
