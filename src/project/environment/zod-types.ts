/** What a type of zod takes of a text, as a variable of the environment always is (zod.dev/api; tried with 3.25 and 4.1). */
import type {CallExpression, Expression, Node} from '@babel/types'

/** Why a type refuses a text. */
export interface Refusal {
  /** `a number`. */
  wants: string
  /** How it would be mended; undefined where the value is to be changed. */
  cure?: string
  /** Nothing is refused: it is taken for the opposite. */
  isTaken?: true
}

interface Call {
  name: string
  args: readonly Node[]
}

/** What says nothing of the text itself, or only more of it. */
const passes =
  /^(?:optional|nullable|nullish|default|prefault|describe|meta|brand|register|readonly|refine|superRefine|check|transform|pipe|email|uuid|guid|cuid2?|ulid|nanoid|ip|ipv[46]|cidr|base64|jwt|datetime|date|time|regex|includes|lowercase|uppercase|finite|safe|multipleOf|step|catchall)$/
/** What makes another text of it. */
const changes = /^(?:trim|toLowerCase|toUpperCase|normalize)$/
/** Behind these it is no text any more. */
const ends = /^(?:transform|pipe)$/

/** Why `z.number().default(3000)` refuses a text; undefined where it takes it, or where that is not known. */
export function refusalOf(type: Node, value: string, zod: string): Refusal | undefined {
  const calls = chainOf(type, zod)
  const [first, ...rest] = calls ?? []
  if (!first) return undefined
  const end = rest.findIndex(({name}) => ends.test(name))
  // `.or()` and `.catch()` take what is refused before.
  if (rest.some((each) => !isKnown(each))) return undefined
  const own = end < 0 ? rest : rest.slice(0, end)
  switch (first.name) {
    case 'number':
      return {wants: 'a number', cure: 'z.coerce.number()'}
    case 'int':
      return {wants: 'a number', cure: 'z.coerce.number().int()'}
    case 'boolean':
      return {wants: 'a boolean', cure: "z.enum(['true', 'false']).transform((value) => value === 'true')"}
    case 'array':
      return {wants: 'a list', cure: "z.string().transform((value) => value.split(','))"}
    case 'coerce.number':
    case 'coerce.int':
      return ofNumber(Number(value), own)
    case 'coerce.boolean':
      return /^(?:false|0|no|off)$/i.test(value.trim()) && end < 0
        ? {wants: 'true', cure: "z.enum(['true', 'false']).transform((value) => value === 'true')", isTaken: true}
        : undefined
    case 'stringbool':
      return /^(?:true|1|yes|on|y|enabled|false|0|no|off|n|disabled)$/i.test(value) || first.args.length > 0
        ? undefined
        : {wants: 'true or false'}
    case 'enum':
    case 'literal':
      return ofChoice(first, value)
    case 'url':
      return ofText(value, [{name: 'url', args: []}, ...own])
    case 'string':
      return ofText(value, own)
    default:
      return undefined
  }
}

/** `z.coerce.number().int()`, from its beginning: `coerce.number`, `int`; undefined where it is something else. */
function chainOf(type: Node, zod: string): Call[] | undefined {
  const found: Call[] = []
  let node: Node = type
  for (;;) {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined
    const name = nameOf(node.callee.property)
    if (name === undefined || node.callee.computed) return undefined
    const {object} = node.callee
    const call = {name, args: argsOf(node)}
    if (object.type === 'Identifier') return object.name === zod ? [call, ...found] : undefined
    if (object.type === 'MemberExpression' && isNamed(object.object, zod) && isNamed(object.property, 'coerce'))
      return [{...call, name: `coerce.${name}`}, ...found]
    found.unshift(call)
    node = object
  }
}

const argsOf = ({arguments: args}: CallExpression): Node[] => args
const nameOf = (node: Node): string | undefined => (node.type === 'Identifier' ? node.name : undefined)
const isNamed = (node: Node, name: string): boolean => nameOf(node) === name

const bounds =
  /^(?:min|max|length|gt|gte|lt|lte|nonempty|positive|nonnegative|negative|nonpositive|int|url|startsWith|endsWith)$/
const isKnown = ({name}: Call): boolean => passes.test(name) || changes.test(name) || bounds.test(name)

/** The first argument as a number or a text; undefined where it is worked out. */
function literalOf({args: [first]}: Call): number | string | undefined {
  return first?.type === 'NumericLiteral' || first?.type === 'StringLiteral' ? first.value : undefined
}

function ofNumber(value: number, calls: readonly Call[]): Refusal | undefined {
  if (Number.isNaN(value)) return {wants: 'a number'}
  for (const call of calls) {
    const bound = literalOf(call)
    if (call.name === 'int' && !Number.isInteger(value)) return {wants: 'a whole number'}
    if (call.name === 'positive' && value <= 0) return {wants: 'a number above 0'}
    if (call.name === 'nonnegative' && value < 0) return {wants: 'a number from 0'}
    if (typeof bound !== 'number') continue
    if (/^(?:min|gte)$/.test(call.name) && value < bound) return {wants: `a number from ${bound}`}
    if (/^(?:max|lte)$/.test(call.name) && value > bound) return {wants: `a number up to ${bound}`}
    if (call.name === 'gt' && value <= bound) return {wants: `a number above ${bound}`}
    if (call.name === 'lt' && value >= bound) return {wants: `a number below ${bound}`}
  }
  return undefined
}

function ofText(given: string, calls: readonly Call[]): Refusal | undefined {
  // What stands behind trim() is asked of another text.
  const end = calls.findIndex(({name}) => changes.test(name))
  const own = end < 0 ? calls : calls.slice(0, end)
  for (const call of own) {
    const bound = literalOf(call)
    if (call.name === 'url' && call.args.length === 0 && !URL.canParse(given.trim()))
      return {wants: 'a URL, which begins with a scheme such as https://'}
    if (call.name === 'nonempty' && given === '') return {wants: 'a text that is not empty'}
    if (call.name === 'startsWith' && typeof bound === 'string' && !given.startsWith(bound))
      return {wants: `a text that begins with ${bound}`}
    if (typeof bound !== 'number') continue
    if (call.name === 'min' && given.length < bound) return {wants: `at least ${count(bound)}`}
    if (call.name === 'max' && given.length > bound) return {wants: `at most ${count(bound)}`}
    if (call.name === 'length' && given.length !== bound) return {wants: `exactly ${count(bound)}`}
  }
  return undefined
}

const count = (characters: number): string => `${characters} ${characters === 1 ? 'character' : 'characters'}`

/** `z.enum(['a', 'b'])` and `z.literal('a')`, of texts alone. */
function ofChoice({args: [first]}: Call, value: string): Refusal | undefined {
  const list: readonly (Node | Expression | null)[] =
    first?.type === 'ArrayExpression' ? first.elements : first ? [first] : []
  const texts = list.map((each) => (each?.type === 'StringLiteral' ? each.value : undefined))
  if (texts.length === 0 || texts.includes(undefined) || texts.includes(value)) return undefined
  return {wants: texts.map((each) => `'${each}'`).join(' or ')}
}
