import {run} from './call.ts'
import {djangoSink} from './django.ts'
import {flaskSinks} from './flask.ts'
import type {Program} from './program.ts'
import {type ClassValue, type FunctionValue, type Instance, unknown} from './value.ts'

/**
 * Executes modules, and then each of their functions and methods that is about a database, as if somebody called it with
 * arguments unknown.
 */
export function runAll(program: Program, roots: readonly string[], matters: RegExp, settings?: string): void {
  const given = {positional: [], named: new Map(), open: true}
  for (const path of roots) {
    for (const value of [...program.module(path).values()]) {
      if (value.kind === 'function' && value.path === path && (isFactory(value) || isAbout(value)))
        run(program, value, {...given, open: !isFactory(value)})
      else if (value.kind === 'class' && value.path === path && !value.odd) methods(value)
    }
  }

  program.sinks.push(...flaskSinks(program))
  const django = settings === undefined ? undefined : djangoSink(program, settings)
  if (django) program.sinks.push(django)

  /** A factory is called without arguments, as by `gunicorn "shop:create_app()"`: its defaults count. */
  function isFactory({path, node}: FunctionValue): boolean {
    return /^(?:async\s+)?def\s+(?:create|make|build)_app\b/.test(program.textOf(path, node))
  }

  function isAbout({path, node}: FunctionValue): boolean {
    return matters.test(program.textOf(path, node))
  }

  function methods(value: ClassValue): void {
    const self: Instance = {
      kind: 'instance',
      of: value,
      fields: new Map([...value.fields.keys()].map((name) => [name, unknown])),
    }
    for (const member of value.members.values()) {
      // A validator is run where its class is made, with a value that is known.
      const validates = member.kind === 'function' && member.decorators.some((each) => /validator/.test(each))
      if (member.kind === 'function' && !validates && isAbout(member)) run(program, {...member, self}, given)
    }
  }
}
