import type {SyntaxNode} from '@lezer/common'
import {children} from '../python/imports/module-constants.ts'
import type {Arguments} from './arguments.ts'
import {run} from './call.ts'
import {evaluate} from './evaluate.ts'
import {executeOne} from './execute.ts'
import type {Program, Scope} from './program.ts'
import {settingsFields} from './settings.ts'
import {type ClassValue, type Field, type FunctionValue, type Instance, unknown, type Value} from './value.ts'

/** Bases and decorators that change nothing about what a class's names are. */
const plainBase =
  /^(builtins\.object|abc\.ABC|pydantic(\.\w+)*\.BaseModel|pydantic(_settings)?(\.\w+)*\.BaseSettings|typing\.Protocol)$/
const plainDecorator = /^@(?:[\w.]*\.)?(dataclass|final|lru_cache|cache|total_ordering)\b/

export function classOf(program: Program, scope: Scope, node: SyntaxNode, decorators: readonly string[]): ClassValue {
  const {path} = scope
  const text = (each: SyntaxNode) => program.textOf(path, each)
  const bases: Value[] = []
  let odd = decorators.some((each) => !plainDecorator.test(each))
  const parts = children(node.getChild('ArgList') ?? node).filter(({name}) => !/^[(),]$/.test(name))
  if (node.getChild('ArgList')) {
    if (parts.some(({name}) => name === 'AssignOp' || name === '*')) odd = true
    else bases.push(...parts.map((each) => evaluate(program, scope, each)))
  }
  const name = node.getChild('VariableName')
  const value: ClassValue = {
    kind: 'class',
    node,
    path,
    name: name ? text(name) : '',
    bases,
    odd:
      odd ||
      bases.some((base) => (base.kind === 'class' ? base.odd : base.kind !== 'foreign' || !plainBase.test(base.name))),
    members: new Map(),
    fields: new Map(),
  }
  const body = node.getChild('Body')
  const inner: Scope = {...scope, names: value.members, outer: [scope.names, ...scope.outer], globals: new Set()}
  const settings = isSettings(value)
  for (const statement of body ? children(body) : []) {
    if (statement.name === 'FunctionDefinition') method(statement, [])
    else if (statement.name === 'DecoratedStatement' && statement.lastChild?.name === 'FunctionDefinition') {
      method(statement.lastChild, statement.getChildren('Decorator').map(text))
    } else if (statement.name === 'AssignStatement') member(statement)
    else if (statement.name === 'StatementGroup')
      for (const each of children(statement)) if (each.name === 'AssignStatement') member(each)
    // What a branch assigns: a URL whose scheme is written anew.
    if (/^(If|Try|Update|For|While|With)Statement$/.test(statement.name)) executeOne(program, inner, statement)
  }
  return value

  function method(definition: SyntaxNode, decorated: string[]): void {
    const called = definition.getChild('VariableName')
    if (!called) return
    value.members.set(text(called), {
      kind: 'function',
      node: definition,
      path,
      outer: scope.names,
      self: undefined,
      decorators: decorated,
    })
  }

  function member(statement: SyntaxNode): void {
    const [target, ...rest] = children(statement)
    if (target?.name !== 'VariableName') return
    const annotation = statement.getChild('TypeDef')
    const assigned = rest.findIndex(({name: each}) => each === 'AssignOp')
    const fallback = assigned < 0 ? undefined : rest[assigned + 1]
    if (annotation)
      value.fields.set(text(target), {annotation: text(annotation), fallback, node: statement} satisfies Field)
    // What a field of settings is, the environment decides when an instance is made.
    if (fallback && !(settings && annotation)) value.members.set(text(target), evaluate(program, inner, fallback))
  }
}

/** The class and those it is made from, the nearest first. */
export function* lineageOf(value: ClassValue, depth = 0): Iterable<ClassValue> {
  yield value
  for (const base of value.bases) if (base.kind === 'class' && depth < 8) yield* lineageOf(base, depth + 1)
}

/** A class of pydantic whose fields are read from the environment. */
const isSettings = (value: ClassValue): boolean =>
  [...lineageOf(value)].some(({bases}) =>
    bases.some((base) => base.kind === 'foreign' && /\.BaseSettings$/.test(base.name)),
  )

/** A new object is what it is, though it may not be sure that one is made: what its code raises is told where it surely is. */
export function instantiate(program: Program, of: ClassValue, given: Arguments): Value {
  if (program.uncertain === 0) return made(program, of, given)
  const {uncertain, raised, refusals} = program
  const before = [raised.length, refusals.length] as const
  program.uncertain = 0
  const value = made(program, of, given)
  program.uncertain = uncertain
  if (raised.length > before[0] || refusals.length > before[1]) program.made.delete(of)
  raised.length = before[0]
  refusals.length = before[1]
  return value
}

function made(program: Program, of: ClassValue, given: Arguments): Value {
  if (of.odd || program.exhausted) return unknown
  const plain = given.positional.length === 0 && given.named.size === 0
  const before = plain ? program.made.get(of) : undefined
  if (before) return before
  const instance: Instance = {kind: 'instance', of, fields: new Map()}
  if (plain) program.made.set(of, instance)
  if (isSettings(of)) {
    if (!settingsFields(program, instance, given)) {
      program.made.set(of, unknown)
      return unknown
    }
  } else {
    for (const each of [...lineageOf(of)].reverse()) {
      for (const name of each.fields.keys()) {
        const value = given.named.get(name) ?? each.members.get(name)
        if (value) instance.fields.set(name, value)
      }
    }
  }
  const initializer = memberOf(of, '__init__') ?? memberOf(of, 'model_post_init')
  if (initializer?.kind === 'function') run(program, {...initializer, self: instance}, given)
  return instance
}

export function memberOf(of: ClassValue, name: string): Value | undefined {
  for (const each of lineageOf(of)) {
    const found = each.members.get(name)
    if (found) return found
  }
  return undefined
}

const isProperty = ({decorators}: FunctionValue) =>
  decorators.some((each) => /^@(?:[\w.]*\.)?(cached_)?property\b/.test(each))

/** A field, a property or a method of an instance. */
export function instanceAttribute(program: Program, on: Instance, name: string): Value {
  const field = on.fields.get(name)
  if (field) return program.resolve(field)
  const found = memberOf(on.of, name)
  if (found?.kind !== 'function') return found ? program.resolve(found) : unknown
  const bound: FunctionValue = {...found, self: on}
  return isProperty(found) ? run(program, bound, {positional: [], named: new Map(), open: false}).value : bound
}
