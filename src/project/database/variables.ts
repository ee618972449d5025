import type {FileLocation} from '../../check.ts'
import type {Arguments} from './arguments.ts'
import {invoke} from './call.ts'
import {foreignCall} from './libraries.ts'
import type {Program} from './program.ts'
import {bool, type Foreign, inPlaceOf, list, none, number, text, unknown, type Value} from './value.ts'

/** Readers of the environment: what they are called, and under which name they take a default. */
const readers =
  /^(os\.(getenv|environ\.get|environ\.setdefault|environ\.pop)|decouple\.(config|Auto?Config\(\)|Config\(\))|starlette\.config\.Config\(\)|environ\.(Env|FileAwareEnv)\(\)(\.(str|get_value|db_url_config))?|environs\.(Env|env)(\(\))?(\.(str|get))?)$/

export const readsVariable = (name: string): boolean => readers.test(name)

/** Where a reader takes its default, and what is made of the text, when neither has its name before it. */
function placesOf(name: string): {standard: number; cast?: number} {
  if (name.startsWith('decouple.')) return {standard: 1, cast: 2}
  return /^starlette\.|^environ\.\w+\(\)(?:\.get_value)?$/.test(name) ? {standard: 2, cast: 1} : {standard: 1}
}

/** What a reader of the environment gives for a variable, or in its place. */
export function readVariable(program: Program, name: string, {positional, named}: Arguments, at: FileLocation): Value {
  const [variable] = positional
  if (variable?.kind !== 'string') return unknown
  const places = placesOf(name)
  const given = positional[places.standard] ?? named.get('default') ?? named.get('fallback')
  const cast = named.get('cast') ?? (places.cast === undefined ? undefined : positional[places.cast])
  const set = program.environment(variable.value, at)
  const value = set ?? inPlaceOf(variable.value, given ?? (name.startsWith('os.') ? none : unknown), at)
  const isEnviron = name.startsWith('environ.')
  // django-environ takes a default as it is; with one, or with a scheme, it makes of the text what that is.
  if (isEnviron && !set) return value
  if (isEnviron && !cast && program.schemed.has(variable.value)) return unknown
  const made = cast ?? (isEnviron && !name.endsWith('.str') ? typeOf(given) : undefined)
  return made && made.kind !== 'none' ? castTo(program, value, made, {isEnviron, at}) : value
}

const type = (name: string): Foreign => ({kind: 'foreign', name: `builtins.${name}`})

function typeOf(value: Value | undefined): Value | undefined {
  switch (value?.kind) {
    case 'bool':
      return type('bool')
    case 'number':
      return type('int')
    case 'list':
      return type('list')
    case 'dict':
      return type('dict')
    default:
      return undefined
  }
}

/** The words on which the libraries agree. */
const [yes, no] = [/^(?:true|1|yes|y|on)$/i, /^(?:false|0|no|n|off)$/i]

/** What a type, or a function of the project or of a library (`dj_database_url.parse`), makes of a text; that of `Csv()` is not followed. */
function castTo(
  program: Program,
  value: Value,
  cast: Value,
  {isEnviron, at}: {isEnviron: boolean; at: FileLocation},
): Value {
  const given: Arguments = {positional: [value], named: new Map(), open: false}
  if (cast.kind === 'function') return invoke(program, cast, given)
  if (cast.kind === 'foreign' && !/^builtins\.|\)$/.test(cast.name)) return foreignCall(program, cast.name, given, at)
  const name = cast.kind === 'foreign' ? cast.name : ''
  if (name === 'builtins.str') return value
  if (name === 'builtins.bool' && value.kind === 'bool') return value
  if (name === 'builtins.int' && value.kind === 'number') return value
  if (value.kind !== 'string') return unknown
  if (name === 'builtins.bool') return yes.test(value.value) ? bool(true) : no.test(value.value) ? bool(false) : unknown
  if (name === 'builtins.int') return /^\d{1,15}$/.test(value.value) ? number(Number(value.value)) : unknown
  if (name === 'builtins.list' && isEnviron)
    return list(value.value.split(',').flatMap((each) => (each ? [text(each)] : [])))
  return unknown
}
