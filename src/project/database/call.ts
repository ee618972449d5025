import type {SyntaxNode} from '@lezer/common'
import type {FileLocation} from '../../check.ts'
import {children} from '../python/imports/module-constants.ts'
import {type Arguments, argumentsOf, parameters} from './arguments.ts'
import {instantiate} from './classes.ts'
import {evaluate} from './evaluate.ts'
import {execute} from './execute.ts'
import {configMethod, databaseApp} from './flask.ts'
import {castOf, foreignCall} from './libraries.ts'
import type {Program, Scope} from './program.ts'
import {sinkOf} from './sinks.ts'
import {beginsWith, textMethod} from './texts.ts'
import {urlMethod} from './url-values.ts'
import {type FunctionValue, handedOn, list, merged, none, unknown, type Value} from './value.ts'

export function call(program: Program, scope: Scope, node: SyntaxNode): Value {
  const [callee, listed] = children(node)
  if (!callee || !listed) return unknown
  const on = evaluate(program, scope, callee)
  const given = argumentsOf(program, scope, listed)
  const place = program.place(scope.path, node)
  if (on.kind === 'foreign') {
    const config = databaseApp(on.name, given)
    if (config) program.flask.push({config, at: place})
    const sink = sinkOf(on.name, given, wrapperOf(program, scope, node))
    if (sink) {
      program.sinks.push({...sink, at: place})
      return {kind: 'foreign', name: `${on.name}()`}
    }
    const read = foreignCall(program, on.name, given, place)
    const cast = castOf(on.name, given)
    return handedOn(cast ? castBy(program, cast, read, place) : read, place)
  }
  return handedOn(invoke(program, on, given), place)
}

/** A text of the environment as decouple, starlette and django-environ cast it: `cast=int`, `cast=dj_database_url.parse`. */
function castBy(program: Program, cast: Value, read: Value, at: FileLocation): Value {
  const given: Arguments = {positional: [read], named: new Map(), open: false}
  if (cast.kind === 'function') return invoke(program, cast, given)
  const by = cast.kind === 'foreign' ? cast.name : cast.kind
  if (by === 'builtins.str' || by === 'none') return read
  if (by === 'builtins.bool') {
    if (read.kind === 'bool') return read
    if (read.kind !== 'string') return unknown
    if (/^(?:1|true|yes|y|on|t)$/i.test(read.value)) return {kind: 'bool', value: true}
    return /^(?:0|false|no|n|off|f|)$/i.test(read.value) ? {kind: 'bool', value: false} : unknown
  }
  if (by === 'builtins.int') {
    if (read.kind === 'number') return read
    return read.kind === 'string' && /^-?\d+$/.test(read.value) ? {kind: 'number', value: Number(read.value)} : unknown
  }
  return cast.kind === 'foreign' && !by.startsWith('builtins.') ? foreignCall(program, by, given, at) : unknown
}

/** `AsyncEngine(create_engine(…))`: the name of the call that a call is the argument of. */
function wrapperOf(program: Program, scope: Scope, node: SyntaxNode): string | undefined {
  const around = node.parent?.name === 'ArgList' ? node.parent.parent?.firstChild : undefined
  return around ? program.textOf(scope.path, around) : undefined
}

/** Calls a function, a class or a method of a value. */
export function invoke(program: Program, on: Value, given: Arguments): Value {
  switch (on.kind) {
    case 'function':
      return run(program, on, given).value
    case 'class':
      return instantiate(program, on, given)
    case 'method':
      return method(program, on.of, on.name, given)
    default:
      return unknown
  }
}

function method(program: Program, of: Value, name: string, given: Arguments): Value {
  const {positional, named} = given
  const [first, second] = positional
  const limit =
    /^r?split$/.test(name) && positional.length === 1 && named.size === 1 ? named.get('maxsplit') : undefined
  if (of.kind === 'string') {
    if (given.open || (named.size > 0 && !limit)) return unknown
    return textMethod(of, name, limit ? [...positional, limit] : positional)
  }
  if (of.kind === 'unknown') return of.begins ? beginsWith(of.begins, first) : unknown
  if (of.kind === 'url') return urlMethod(of, name, given)
  if (of.kind === 'list') {
    if (name === 'append' && first && program.uncertain === 0) of.items.push(first)
    else if (name === 'append' || name === 'extend') of.items.push(unknown)
    return none
  }
  if (of.kind !== 'dict') return unknown
  const configured = configMethod(program, of, name, given)
  if (configured) return configured
  const found = first?.kind === 'string' ? of.entries.get(first.value) : undefined
  switch (name) {
    case 'get':
      return first?.kind === 'string' ? (found ?? (of.open ? unknown : (second ?? none))) : unknown
    case 'pop':
      if (first?.kind !== 'string') return unknown
      if (program.uncertain === 0) of.entries.delete(first.value)
      else of.entries.set(first.value, unknown)
      return found ?? (of.open ? unknown : (second ?? none))
    case 'items':
      return of.open
        ? unknown
        : list([...of.entries].map(([key, value]) => list([{kind: 'string', value: key}, value])))
    case 'keys':
      return of.open ? unknown : list([...of.entries.keys()].map((value) => ({kind: 'string', value})))
    case 'copy':
      return {...of, entries: new Map(of.entries)}
    case 'update':
    case 'setdefault': {
      const more = first?.kind === 'dict' ? first.entries : new Map<string, Value>()
      if (first && first.kind !== 'dict' && name === 'update') of.open = true
      for (const [key, value] of [...more, ...named]) of.entries.set(key, program.uncertain > 0 ? unknown : value)
      if (name === 'setdefault' && first?.kind === 'string' && !found) of.entries.set(first.value, second ?? none)
      return none
    }
    default:
      return unknown
  }
}

/** Decorators that leave what a function returns as it is. */
const harmless =
  /^@(?:[\w.]*\.)?(?:lru_cache|cache|staticmethod|classmethod|property|computed_field|cached_property|field_validator|validator|model_validator|field_serializer|override)\b/

export interface Ending {
  value: Value
  /** Where it surely raises. */
  raised: SyntaxNode | undefined
}

/** Runs a function; what is not given and has no default is not known. */
export function run(program: Program, on: FunctionValue, given: Arguments): Ending {
  if (program.exhausted) return {value: unknown, raised: undefined}
  const {node, path, decorators} = on
  const names = parameters(program, on, given)
  const scope: Scope = {path, names, outer: on.outer ? [on.outer] : [], globals: new Set(), returned: []}
  program.depth++
  const ending = ended(program, scope, node)
  program.depth--
  const opaque = decorators.some((each) => !harmless.test(each)) || /\byield\b/.test(program.textOf(path, node))
  return opaque ? {...ending, value: unknown} : ending
}

function ended(program: Program, scope: Scope, node: SyntaxNode): Ending {
  const body = node.getChild('Body')
  if (!body) {
    const expression = node.name === 'LambdaExpression' ? node.lastChild : undefined
    return {value: expression ? evaluate(program, scope, expression) : unknown, raised: undefined}
  }
  const completion = execute(program, scope, body)
  if (completion?.kind === 'raise') {
    if (scope.returned.length === 0 && program.uncertain === 0) {
      program.raised.push(program.place(scope.path, completion.at))
    }
    return {
      value: scope.returned.reduce(merged, scope.returned[0] ?? unknown),
      raised: scope.returned.length > 0 ? undefined : completion.at,
    }
  }
  const last = completion?.kind === 'return' ? completion.value : none
  return {value: scope.returned.reduce(merged, last), raised: undefined}
}
