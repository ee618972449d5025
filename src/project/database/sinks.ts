import type {Arguments} from './call.ts'
import type {Sink} from './program.ts'
import {unknown, type Value} from './value.ts'

/** How a library goes about a URL. */
export type Connector = 'engine' | 'async engine' | 'asyncpg' | 'libpq' | 'databases' | 'tortoise'

/**
 * Calls that take a database URL, by the last part of their name: the library that they must come from, where the
 * argument stands, and how the URL is used.
 */
const connectors: readonly {name: RegExp; connector: Connector; named: readonly string[]}[] = [
  {name: /^(sqlalchemy|sqlmodel)\b.*\.create_engine$/, connector: 'engine', named: ['url', 'name_or_url']},
  {name: /^(sqlalchemy|sqlmodel)\b.*\.create_async_engine$/, connector: 'async engine', named: ['url']},
  {name: /^sqlalchemy\b.*\.engine_from_config$/, connector: 'engine', named: []},
  {name: /^sqlalchemy\b.*\.async_engine_from_config$/, connector: 'async engine', named: []},
  {name: /^asyncpg\.(connect|create_pool)$/, connector: 'asyncpg', named: ['dsn']},
  {name: /^psycopg2?\.(connect|(Async)?Connection\.connect)$/, connector: 'libpq', named: ['dsn', 'conninfo']},
  {name: /^psycopg_pool\.(Async)?ConnectionPool$/, connector: 'libpq', named: ['conninfo']},
  {name: /^databases\.Database$/, connector: 'databases', named: ['url']},
  {
    name: /^tortoise\.(Tortoise\.init|contrib\.\w+\.(register_tortoise|RegisterTortoise))$/,
    connector: 'tortoise',
    named: ['db_url'],
  },
]

export function connectorOf(callee: string): Connector | undefined {
  return connectors.find(({name}) => name.test(callee))?.connector
}

/** The connection that a call makes, if it makes one. */
export function sinkOf(callee: string, given: Arguments, wrapper: string | undefined): Omit<Sink, 'at'> | undefined {
  const found = connectors.find(({name}) => name.test(callee))
  if (!found) return undefined
  const {positional, named, open} = given
  const ssl = sslOf(
    named.get('connect_args') ?? named.get('ssl'),
    open,
    named.has('creator') || named.has('async_creator'),
  )
  if (callee.endsWith('engine_from_config')) {
    const [section] = positional
    const url =
      named.get('url') ?? (section?.kind === 'dict' ? section.entries.get(keyOf(named.get('prefix'))) : undefined)
    return {callee, url: url ?? unknown, ssl}
  }
  const url =
    found.named.map((name) => named.get(name)).find(Boolean) ??
    (found.connector === 'tortoise' ? undefined : positional[0])
  // SQLModel's way before it had an async engine of its own.
  const made = /(^|\.)AsyncEngine$/.test(wrapper ?? '')
    ? callee.replace(/create_engine$/, 'create_async_engine')
    : callee
  return {callee: made, url: url ?? unknown, ssl}
}

const keyOf = (prefix: Value | undefined): string => `${prefix?.kind === 'string' ? prefix.value : 'sqlalchemy.'}url`

/** Whether a connection is told how to do TLS, and so does not try it first. */
function sslOf(value: Value | undefined, open: boolean, elsewhere: boolean): Sink['ssl'] {
  if (elsewhere) return 'unknown'
  if (value === undefined) return open ? 'unknown' : 'no'
  if (value.kind !== 'dict') return value.kind === 'unknown' ? 'unknown' : 'yes'
  if (value.entries.has('ssl')) return value.entries.get('ssl')?.kind === 'unknown' ? 'unknown' : 'yes'
  return value.open || open ? 'unknown' : 'no'
}
