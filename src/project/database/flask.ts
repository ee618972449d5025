import type {Arguments} from './arguments.ts'
import {instanceAttribute, lineageOf, memberOf} from './classes.ts'
import type {Program, Sink} from './program.ts'
import {keysOf, sslOf} from './sinks.ts'
import {type Dict, none, unknown, type Value} from './value.ts'

/** What Flask-SQLAlchemy makes its engine of. */
const key = 'SQLALCHEMY_DATABASE_URI'

/** `Flask(…)`: an app, and the configuration that it is given from then on. */
export const flaskApp = (name: string): Value => ({
  kind: 'foreign',
  name: `${name}()`,
  config: {kind: 'dict', entries: new Map(), open: true},
})

/** `SQLAlchemy(app)` and `db.init_app(app)`: the app whose configuration decides. */
export function databaseApp(callee: string, {positional, named}: Arguments): Dict | undefined {
  if (!/^flask_sqlalchemy\.SQLAlchemy(\(\)\.init_app)?$/.test(callee)) return undefined
  const app = named.get('app') ?? positional[0]
  return app?.kind === 'foreign' ? app.config : undefined
}

/**
 * The engines of Flask-SQLAlchemy, at the end of a run: version 2 reads the configuration when the first query is made, and
 * version 3 refuses an app that has no URL when it is registered (SQLAlchemy.init_app).
 */
export function flaskSinks(program: Program): Sink[] {
  return program.flask.map(({config, at}) => {
    const options = config.entries.get('SQLALCHEMY_ENGINE_OPTIONS')
    const given = options?.kind === 'dict' ? options.entries.get('connect_args') : options
    return {
      callee: `flask_sqlalchemy.${key}`,
      url: config.entries.get(key) ?? unknown,
      ssl: sslOf(given, false, false),
      options: options?.kind === 'dict' ? keysOf(given) : [],
      at,
    }
  })
}

/** A method of `app.config` beside those of a dict; undefined for another. */
export function configMethod(
  program: Program,
  of: Dict,
  name: string,
  {positional, named}: Arguments,
): Value | undefined {
  const [first] = positional
  const put = (entry: string, value: Value) => of.entries.set(entry, program.uncertain > 0 ? unknown : value)
  switch (name) {
    case 'from_object': {
      const given = first && members(program, first)
      if (given) for (const [entry, value] of given) put(entry, value)
      else of.entries.set(key, unknown)
      return none
    }
    case 'from_mapping': {
      const entries = [...(first?.kind === 'dict' ? first.entries : []), ...named]
      for (const [entry, value] of entries) put(entry, value)
      return none
    }
    case 'from_pyfile':
    case 'from_envvar':
    case 'from_file':
    case 'from_json':
    case 'from_prefixed_env':
      // It may set anything.
      of.entries.set(key, unknown)
      return none
    default:
      return undefined
  }
}

/** The names in capitals of an object, which are what Flask takes of it: of `"config.Production"` as of the class itself. */
function members(program: Program, object: Value): Map<string, Value> | undefined {
  const isSetting = (name: string) => /^[A-Z][A-Z0-9_]*$/.test(name)
  switch (object.kind) {
    case 'string': {
      const parts = object.value.split('.')
      const whole = program.imported('', object.value, 0)
      if (whole.kind === 'module') return members(program, whole)
      const module = program.imported('', parts.slice(0, -1).join('.'), 0)
      return module.kind === 'module'
        ? members(program, program.member(module.path, parts.at(-1) as string))
        : undefined
    }
    case 'module':
      return new Map([...program.module(object.path)].filter(([name]) => isSetting(name)))
    case 'class': {
      if (object.odd) return undefined
      const names = new Set([...lineageOf(object)].flatMap(({members: own}) => [...own.keys()].filter(isSetting)))
      return new Map([...names].map((name) => [name, program.resolve(memberOf(object, name) ?? unknown)]))
    }
    case 'instance': {
      const names = [...object.fields.keys(), ...[...lineageOf(object.of)].flatMap(({members: own}) => [...own.keys()])]
      return new Map(names.filter(isSetting).map((name) => [name, instanceAttribute(program, object, name)]))
    }
    default:
      return undefined
  }
}
