import type {SyntaxNode} from '@lezer/common'
import type {FileLocation} from '../../check.ts'
import {children} from '../python/imports/module-constants.ts'
import {envPrefix} from '../python/settings/env-prefix.ts'
import type {Arguments} from './arguments.ts'
import {invoke, run} from './call.ts'
import {lineageOf} from './classes.ts'
import {evaluate} from './evaluate.ts'
import type {Program, Scope} from './program.ts'
import {type ClassValue, type FunctionValue, type Instance, inPlaceOf, traceOf, unknown, type Value} from './value.ts'

const nothing: Arguments = {positional: [], named: new Map(), open: false}

/**
 * Fills the fields of a pydantic settings class: what the call gives, then the environment, then the default, each through
 * its validators (docs of pydantic-settings, "Field value priority"). False where a validator surely refuses a value.
 */
export function settingsFields(program: Program, instance: Instance, given: Arguments): boolean {
  const classes = [...lineageOf(instance.of)].reverse()
  const validators = classes.flatMap((each) =>
    [...each.members.values()].filter((member) => member.kind === 'function'),
  )
  for (const each of classes) {
    const prefix = prefixOf(program, each)
    for (const [name, field] of each.fields) {
      if (/\bClassVar\b/.test(field.annotation) || name === 'model_config') continue
      const {names, fallback} = describe(program, each, name, field.fallback, prefix)
      const at = program.place(each.path, field.node)
      const standard = inPlaceOf(names[0] as string, fallback, at)
      // A part of the settings with variables of its own: as a whole nobody sets it, which would be by JSON.
      const read = standard.kind === 'instance' ? undefined : firstRead(program, names, at)
      let value: Value = given.named.get(name) ?? read ?? standard
      // Annotated[str, BeforeValidator(…)]: a function in the type.
      if (/Validator\b/.test(field.annotation)) value = unknown
      const isDefault = value === standard && !given.named.has(name)
      for (const validator of validators) {
        if (!appliesTo(validator, name) || (isDefault && value.kind === 'none')) continue
        if (isDefault && traceOf(value) === undefined) continue
        const info: Value = {
          kind: 'instance',
          of: instance.of,
          fields: new Map([['data', {kind: 'dict', entries: instance.fields, open: false}]]),
        }
        const {value: result, raised} = run(
          program,
          {...validator, self: instance.of},
          {...nothing, positional: [value, info]},
        )
        const trace = traceOf(value)
        if (raised && trace && !trace.fallback) {
          if (program.uncertain === 0) program.refusals.push({trace, at: program.place(validator.path, raised)})
          return false
        }
        value = raised ? unknown : result
      }
      instance.fields.set(name, value)
    }
  }
  for (const validator of validators) {
    const model = validator.decorators.find((each) => /^@(?:\w+\.)?(model_validator|root_validator)\b/.test(each))
    if (!model) continue
    if (/after/.test(model)) {
      run(program, {...validator, self: instance}, nothing)
      continue
    }
    // It may put anything in the place of what was read.
    const source = program.textOf(validator.path, validator.node)
    for (const name of instance.fields.keys()) if (source.includes(name)) instance.fields.set(name, unknown)
  }
  return true
}

function firstRead(program: Program, names: readonly string[], at: FileLocation): Value | undefined {
  for (const name of names) {
    const value = program.environment(name, at)
    if (value) return value
  }
  return undefined
}

function appliesTo({decorators}: FunctionValue, name: string): boolean {
  return decorators.some((each) => {
    const found = /^@(?:\w+\.)?(?:field_)?validator\(([\s\S]*)\)\s*$/.exec(each)
    return found
      ? [...(found[1] ?? '').matchAll(/["'](\w+|\*)["']/g)].some(([, field]) => field === name || field === '*')
      : false
  })
}

const prefixOf = (program: Program, {path, node}: ClassValue): string => envPrefix(program.textOf(path, node))

interface Described {
  /** The variables it is read from, the first one that is set. */
  names: string[]
  fallback: Value
}

/** The variables of a field, and its default: bare, or in `Field(…)`. */
function describe(
  program: Program,
  of: ClassValue,
  name: string,
  fallback: SyntaxNode | undefined,
  prefix: string,
): Described {
  const own = [`${prefix}${name}`.toUpperCase()]
  if (!fallback) return {names: own, fallback: unknown}
  const scope: Scope = {
    path: of.path,
    names: new Map(),
    outer: [of.members, program.module(of.path)],
    globals: new Set(),
    returned: [],
  }
  const source = program.textOf(of.path, fallback)
  if (fallback.name !== 'CallExpression' || !/^(?:\w+\.)?Field\(/.test(source)) {
    return {names: own, fallback: evaluate(program, scope, fallback)}
  }
  const parts = children(fallback.getChild('ArgList') as SyntaxNode)
  const named = (wanted: string) => {
    const at = parts.findIndex(
      (each, index) => parts[index + 1]?.name === 'AssignOp' && program.textOf(of.path, each) === wanted,
    )
    return at < 0 ? undefined : parts[at + 2]
  }
  const first = parts[1] && parts[2]?.name !== 'AssignOp' && !/^[),]$/.test(parts[1].name) ? parts[1] : undefined
  const standard = named('default') ?? first
  const texts = (each: SyntaxNode | undefined) =>
    each
      ? [...program.textOf(of.path, each).matchAll(/["'](\w+)["']/g)].map(([, found]) =>
          (found as string).toUpperCase(),
        )
      : []
  const aliases = [...texts(named('validation_alias') ?? named('alias')), ...texts(named('env'))]
  const isGiven = standard && program.textOf(of.path, standard) !== '...'
  const factory = named('default_factory')
  const made = factory ? invoke(program, evaluate(program, scope, factory), nothing) : unknown
  return {
    names: aliases.length > 0 ? aliases : own,
    fallback: isGiven ? evaluate(program, scope, standard) : made,
  }
}
