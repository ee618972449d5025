/** Values of [env], or of the image, that a settings class of pydantic refuses: the program that makes one stops. */
import type {SyntaxNode} from '@lezer/common'
import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {isApart} from '../../files/apart.ts'
import {noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {children} from '../imports/module-constants.ts'
import {enumMembers} from '../source/enum-members.ts'
import {pythonTree} from '../source/tree.ts'
import {envPrefix} from './env-prefix.ts'

export interface RefusedValue {
  name: string
  value: string
  /** What the field wants: `a whole number`. */
  wants: string
  /** How it would be written. */
  example: string
  /** The field. */
  at: FileLocation
  /** Where the image sets it; undefined: [env] does. */
  set: FileLocation | undefined
}

/** What may give a field its value otherwise, or take one that is written in another way. */
const otherwise =
  /\bsettings_customise_sources\b|\bmodel_validator\b|\broot_validator\b|\bparse_env_var\b|\benable_decoding\b|\bNoDecode\b|\benv_parse_none_str\b|\bcase_sensitive["']?\s*[=:]\s*True\b|\b__init__\b|\benv_ignore_empty\b/

export async function loadRefusedValues({reader}: Inputs, facts: FactStore): Promise<Fact<RefusedValue[]>> {
  const [flyConfig, image, files] = await Promise.all([
    facts.need('flyConfig'),
    facts.value('image'),
    facts.value('files'),
  ])
  const given = new Map<string, {value: string; at: FileLocation | undefined}>()
  for (const [name, {value, at}] of image?.final.env ?? []) if (value !== undefined) given.set(name, {value, at})
  for (const [name, value] of Object.entries(flyConfig.config.env ?? {})) {
    given.set(name, {value: String(value), at: undefined})
  }
  const paths = (files ?? noFiles).only((path) => !isApart(path) && (!image || image.copies(path)))
  const found: RefusedValue[] = []
  if (given.size === 0) return known(found)
  for (const file of await reader.texts(paths.ending('.py'))) {
    if (!file.text.includes('BaseSettings')) continue
    for (const field of settingsFields(file)) {
      // Names are compared without regard to capital letters (pydantic-settings, "Case-sensitivity").
      const [name, {value, at}] = [...given].find(([each]) => each.toUpperCase() === field.variable) ?? [
        '',
        {value: ''},
      ]
      const type = name === '' ? undefined : typeOf(field.annotation, file.text)
      if (type && !type.takes(value)) found.push({name, value, ...type, at: field.at, set: at})
    }
  }
  return known(found)
}

interface Field {
  variable: string
  annotation: string
  at: FileLocation
}

/** Those of classes that have no other base, no validator for them, and no other way to get a value. */
function settingsFields(file: TextFile): Field[] {
  const source = ({from, to}: SyntaxNode) => file.text.slice(from, to)
  return children(pythonTree(file.text).topNode).flatMap((node) => {
    const [name, bases, body] = ['VariableName', 'ArgList', 'Body'].map((part) => node.getChild(part))
    if (node.name !== 'ClassDefinition' || !name || !bases || !body) return []
    const whole = source(body)
    // One that nothing makes without arguments at the left margin may be given the value.
    const isMade = new RegExp(`^\\w+(?:\\s*:\\s*\\w+)?\\s*=\\s*${source(name)}\\(\\s*\\)`, 'm').test(file.text)
    if (!isMade || !/^\(\s{0,99}BaseSettings\s{0,99}(?:,\s{0,99})?\)$/.test(source(bases)) || otherwise.test(whole))
      return []
    const validated = [...whole.matchAll(/@\s*(?:\w+\.)?(?:field_)?validator\(([^)]{0,1000})\)/g)].map(
      ([, names = '']) => names,
    )
    if (validated.some((names) => names.includes('*'))) return []
    const prefix = envPrefix(whole)
    return body.getChildren('AssignStatement').flatMap((statement) => {
      const [target, type, , value] = children(statement)
      if (target?.name !== 'VariableName' || type?.name !== 'TypeDef') return []
      const field = source(target)
      const isChecked = validated.some((names) => new RegExp(`["']${field}["']`).test(names))
      // An alias is another name, or several.
      if (isChecked || (value && /\b(?:alias|validation_alias|env|init)\s*=/.test(source(value)))) return []
      const annotation = source(type).slice(1).trim()
      return [{variable: `${prefix}${field}`.toUpperCase(), annotation, at: file.span(target.from, target.to)}]
    })
  })
}

interface Type {
  wants: string
  example: string
  takes(value: string): boolean
}

const url = (schemes: RegExp, wants: string, example: string): Type => ({
  wants,
  example,
  takes: (value) => schemes.test(value),
})

/** What pydantic 2 makes of a text (pydantic-core, src/input/input_string.rs), and 1 does not do better. */
const plain: Readonly<Record<string, Type>> = {
  bool: {
    wants: 'true or false',
    example: 'true',
    takes: (value) => /^(?:true|false|1|0|yes|no|on|off|t|f|y|n)$/i.test(value),
  },
  int: {
    wants: 'a whole number',
    example: '10',
    takes: (value) => /^\s*[+-]?\d+(?:_\d+)*(?:\.0+)?\s*$/.test(value),
  },
  float: {
    wants: 'a number',
    example: '0.5',
    takes: (value) =>
      /^[+-]?(?:(?:\d[\d_]{0,99}(?:\.[\d_]{0,99})?|\.\d[\d_]{0,99})(?:e[+-]?\d{1,9})?|inf(?:inity)?|nan)$/i.test(
        value.trim(),
      ),
  },
  AnyHttpUrl: url(/^https?:\/\/./i, 'an address with http:// or https://', 'https://…'),
  HttpUrl: url(/^https?:\/\/./i, 'an address with http:// or https://', 'https://…'),
  AnyUrl: url(/^[a-z][\w+.-]*:/i, 'an address with its scheme', 'https://…'),
  RedisDsn: url(/^rediss?:\/\//i, 'an address with redis://', 'redis://…'),
  PostgresDsn: url(/^postgres(?:ql)?(?:\+\w+)?:\/\//i, 'an address with postgresql://', 'postgresql://…'),
}

const isJson = (value: string): boolean => {
  try {
    return typeof JSON.parse(value) === 'object'
  } catch {
    return false
  }
}

/** Of these pydantic-settings reads a text as JSON, and nothing else (docs, "Parsing environment variable values"). */
const listed = /^(?:typing\.)?(?:list|List|set|Set|frozenset|FrozenSet|tuple|Tuple|Sequence)(?:\[|$)/
const mapped = /^(?:typing\.)?(?:dict|Dict|Mapping)(?:\[|$)/

function typeOf(annotation: string, source: string): Type | undefined {
  const type = annotation
    .replace(/^["']|["']$/g, '')
    .replace(/\s{0,9}\|\s{0,9}None$/, '')
    .replace(/^(?:typing\.)?Optional\[([\s\S]*)\]$/, '$1')
    .trim()
  const known = plain[type]
  if (known) return known
  if (hasUnion(type)) return undefined
  if (listed.test(type)) return {wants: 'a list, written as JSON', example: '["…"]', takes: isJson}
  if (mapped.test(type)) return {wants: 'JSON', example: '{"…": "…"}', takes: isJson}
  const [, words] = /^(?:typing\.)?Literal\[([^[\]]{1,2000})\]$/.exec(type) ?? []
  // Of other things than texts nothing is said.
  const isQuoted = /^[\s,]*$/.test((words ?? '').replace(/["'][^"'\n]*["']/g, ''))
  const members = /^\w{1,100}$/.test(type) ? enumMembers(type, source) : undefined
  const names = words && isQuoted ? quoted(words) : (members ?? []).map(({value}) => value)
  return names.length === 0
    ? undefined
    : {wants: `one of ${names.join(', ')}`, example: names[0] as string, takes: (value) => names.includes(value)}
}

/** `list[str] | str`: what the one refuses, the other may take. */
const hasUnion = (type: string): boolean => /^(?:typing\.)?Union\[/.test(type) || /\|(?![^[]*\])/.test(type)

const quoted = (text: string): string[] => [...text.matchAll(/["']([^"'\n]*)["']/g)].map(([, word = '']) => word)
