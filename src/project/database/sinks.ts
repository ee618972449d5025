import type {Arguments} from './arguments.ts'
import type {Sink, Tls} from './program.ts'
import {text, unknown, type Value, writeUrl} from './value.ts'

/** How a library goes about a URL. */
export type Connector = 'engine' | 'async engine' | 'asyncpg' | 'libpq' | 'databases' | 'tortoise' | 'peewee' | 'django'

interface Call {
  name: RegExp
  connector: Connector
  /** What the argument is called. */
  named: readonly string[]
  /** Where it stands: the first one, if nothing else is said; `false` for one that has no place. */
  position?: number | false
}

/** Calls that take a database URL, by the library that they must come from, and how it uses the URL. */
const calls: readonly Call[] = [
  {name: /^(sqlalchemy|sqlmodel)\b.*\.create_engine$/, connector: 'engine', named: ['url', 'name_or_url']},
  {name: /^(sqlalchemy|sqlmodel)\b.*\.create_async_engine$/, connector: 'async engine', named: ['url']},
  {name: /^sqlalchemy\b.*\.engine_from_config$/, connector: 'engine', named: []},
  {name: /^sqlalchemy\b.*\.async_engine_from_config$/, connector: 'async engine', named: []},
  {name: /^sqlalchemy_utils\b.*\.(create_database|database_exists)$/, connector: 'engine', named: ['url']},
  {name: /^apscheduler\.jobstores\.sqlalchemy\.SQLAlchemyJobStore$/, connector: 'engine', named: ['url']},
  {name: /^flask_sqlalchemy\.SQLALCHEMY_DATABASE_URI$/, connector: 'engine', named: []},
  {name: /^django\.DATABASES$/, connector: 'django', named: []},
  {name: /^asyncpg\.(connect|create_pool)$/, connector: 'asyncpg', named: ['dsn']},
  {name: /^psycopg2?\.(connect|(Async)?Connection\.connect)$/, connector: 'libpq', named: ['dsn', 'conninfo']},
  {name: /^psycopg2\.pool\.\w*ConnectionPool$/, connector: 'libpq', named: ['dsn'], position: 2},
  {name: /^psycopg_pool\.(Async)?ConnectionPool$/, connector: 'libpq', named: ['conninfo']},
  {name: /^aiopg\.(connect|create_pool)$/, connector: 'libpq', named: ['dsn']},
  {name: /^langgraph\.checkpoint\.postgres\b.*\.from_conn_string$/, connector: 'libpq', named: ['conn_string']},
  {name: /^playhouse\.db_url\.connect$/, connector: 'peewee', named: ['url']},
  {name: /^databases\.Database$/, connector: 'databases', named: ['url']},
  {
    name: /^tortoise\.(Tortoise\.init|contrib\.\w+\.(register_tortoise|RegisterTortoise))$/,
    connector: 'tortoise',
    named: ['db_url'],
    position: false,
  },
]

export function connectorOf(callee: string): Connector | undefined {
  return calls.find(({name}) => name.test(callee))?.connector
}

/** The connection that a call makes, if it makes one. */
export function sinkOf(callee: string, given: Arguments, wrapper: string | undefined): Omit<Sink, 'at'> | undefined {
  const found = calls.find(({name}) => name.test(callee))
  if (!found) return undefined
  const {positional, named, open} = given
  const told = named.get('connect_args') ?? named.get('ssl') ?? named.get('sslmode')
  const ssl = sslOf(told, open, named.has('creator') || named.has('async_creator'))
  if (callee.endsWith('engine_from_config')) {
    const [section] = positional
    const url =
      named.get('url') ?? (section?.kind === 'dict' ? section.entries.get(keyOf(named.get('prefix'))) : undefined)
    return {callee, url: written(url), ssl}
  }
  const {position = 0} = found
  const url =
    found.named.map((name) => named.get(name)).find(Boolean) ??
    (position === false
      ? configured(named.get('config') ?? positional.find(({kind}) => kind === 'dict'))
      : positional[position])
  // SQLModel's way before it had an async engine of its own.
  const made = /(^|\.)AsyncEngine$/.test(wrapper ?? '')
    ? callee.replace(/create_engine$/, 'create_async_engine')
    : callee
  return {callee: made, url: written(url), ssl, options: keysOf(named.get('connect_args'))}
}

/** Those that a dict surely has. */
export const keysOf = (value: Value | undefined): string[] => (value?.kind === 'dict' ? [...value.entries.keys()] : [])

const written = (url: Value | undefined): Value =>
  url?.kind === 'url' ? text(writeUrl(url.url), url.trace) : (url ?? unknown)

/** The default connection of Tortoise's configuration: `{"connections": {"default": url}}`. */
function configured(config: Value | undefined): Value | undefined {
  const connections = config?.kind === 'dict' ? config.entries.get('connections') : undefined
  return connections?.kind === 'dict' ? connections.entries.get('default') : undefined
}

const keyOf = (prefix: Value | undefined): string => `${prefix?.kind === 'string' ? prefix.value : 'sqlalchemy.'}url`

/** Whether a connection is told how to do TLS, and so does not try it first. */
export function sslOf(value: Value | undefined, open: boolean, elsewhere: boolean): Tls {
  if (elsewhere) return 'unknown'
  if (value === undefined) return open ? 'unknown' : 'no'
  if (value.kind !== 'dict') return toldBy(value)
  const told = value.entries.get('ssl') ?? value.entries.get('sslmode')
  if (told) return toldBy(told)
  return value.open || open ? 'unknown' : 'no'
}

function toldBy(value: Value): Tls {
  if (value.kind === 'unknown') return 'unknown'
  if (value.kind === 'string') return requiresTls(value.value) ? 'required' : 'yes'
  const demands = value.kind === 'bool' ? value.value : value.kind === 'foreign' && /^ssl\./.test(value.name)
  return demands ? 'required' : 'yes'
}

/** libpq's modes, which asyncpg has too, that end a connection without TLS. */
export const requiresTls = (mode: string | undefined): boolean => /^(require|verify-ca|verify-full)$/.test(mode ?? '')
