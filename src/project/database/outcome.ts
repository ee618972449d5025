import type {Tls} from './program.ts'
import {type Connector, connectorOf, requiresTls} from './sinks.ts'
import {readUrl} from './value.ts'

/** What goes wrong when a library is given a URL: what it says, to follow the URL and a colon. */
export interface Problem {
  kind: 'dialect' | 'query' | 'tls' | 'tls-demanded' | 'not-async' | 'not-sync' | 'scheme' | 'driver' | 'option'
  text: string
}

/** What is known of the Python packages of the image. */
export interface Installed {
  /** Whether the image has a package; undefined where that cannot be told. */
  has(name: string): boolean | undefined
  /** The one version of SQLAlchemy that is pinned, where there is one. */
  sqlalchemy: string | undefined
  /** `postgres` is a dialect: SQLAlchemy is older than 1.4, or the code registers it. */
  oldDialect: boolean
  /** The Tortoise that is pinned is one that knows no postgresql://. */
  oldTortoise: boolean
  /** pip takes the newest SQLAlchemy, 2.1 or later: nothing pins or bounds it. */
  newestSqlalchemy: boolean
}

/** The dialects of SQLAlchemy for Postgres and what speaks their protocol. */
const dialects =
  /^(postgresql|cockroachdb|redshift|sqlite|mysql|mariadb|mssql|oracle|snowflake|bigquery|duckdb|clickhouse|crate|awsathena|databricks|trino|iris|firebird|sybase|access|db2|hive|presto)$/

/** libpq's words, which SQLAlchemy hands to asyncpg.connect as keywords that it does not have. */
const libpqOnly = new Set(
  'sslmode sslcert sslkey sslrootcert sslcrl sslpassword channel_binding connect_timeout options application_name gssencmode keepalives keepalives_idle keepalives_interval keepalives_count pgbouncer pool_timeout fallback_application_name client_encoding'.split(
    ' ',
  ),
)
const async = /^(asyncpg|aiosqlite|asyncmy|aiomysql|aioodbc)$/
const both = /^psycopg(_async)?$/

/**
 * What happens where `callee` gets `url`; `ssl`: whether the call is told how to do TLS; `options`: what else it hands to
 * the driver.
 */
export function problemsOf(
  callee: string,
  url: string,
  ssl: Tls,
  installed: Installed,
  options: readonly string[] = [],
): Problem[] {
  const connector = connectorOf(callee)
  const parts = readUrl(url)
  if (!connector || !parts) return []
  // The variable holds another part of the URL, a host say: this deploy sets it by itself.
  if (url.indexOf('://') !== url.lastIndexOf('://')) return []
  const [dialect = '', driver] = parts.scheme.split('+')
  const keys = parts.query.map(([key]) => key)
  const flycast = /\.flycast$/.test(parts.host)
  const told = ssl !== 'no' || keys.some((key) => key === 'ssl' || key === 'sslmode')
  // What the call says takes the place of what the URL says.
  const mode = parts.query.findLast(([key]) => key === 'sslmode')?.[1]
  const refuses = flycast && (ssl === 'required' || (ssl === 'no' && requiresTls(mode)))
  if (connector === 'engine' || connector === 'async engine') {
    const problems: Problem[] = []
    const known = dialects.test(dialect) || (dialect === 'postgres' && installed.oldDialect)
    // A name like SQLAlchemy's own, but none: a replacement that went wrong, or that did not happen.
    if (!known && /^postgres/.test(dialect)) {
      problems.push({kind: 'dialect', text: `SQLAlchemy has no dialect ${driver ? `${dialect}.${driver}` : dialect}`})
    } else if (!known) return []
    const effective = driverOf(connector, dialect, driver, known, installed)
    if (known && connector === 'async engine') {
      if (!effective) problems.push({kind: 'not-async', text: 'SQLAlchemy takes psycopg2 for it, which is not async'})
      else if (!async.test(effective) && !both.test(effective))
        problems.push({kind: 'not-async', text: `${effective} is not async`})
    }
    if (known && connector === 'engine' && effective && async.test(effective)) {
      problems.push({kind: 'not-sync', text: `${effective} is async, and this engine is not`})
    }
    const missing = known && problems.length === 0 ? missingDriver(connector, dialect, driver, installed) : undefined
    if (missing) problems.push({kind: 'driver', text: missing})
    // Of the driver of SQLite; libpq says: invalid connection option "check_same_thread".
    if (options.includes('check_same_thread') && speaksPostgres(installed))
      problems.push({kind: 'option', text: 'no driver for Postgres knows check_same_thread'})
    if (effective === 'pg8000' && keys.includes('sslmode'))
      problems.push({kind: 'query', text: 'pg8000 knows no sslmode'})
    if (effective !== 'asyncpg') return [...problems, ...libpqProblems(mode, refuses)]
    const wrong = keys.filter((key) => libpqOnly.has(key))
    if (wrong.length > 0) problems.push({kind: 'query', text: `asyncpg knows no ${wrong.join(' and no ')}`})
    if (refuses) problems.push(demanded)
    else if (flycast && ssl === 'no' && !keys.includes('ssl')) problems.push(asked)
    return problems
  }
  return connected(connector, {dialect, driver, keys, flycast, told, mode, refuses}, installed)
}

const asked: Problem = {kind: 'tls', text: 'asyncpg asks for TLS first, which ends the connection to .flycast'}
const demanded: Problem = {kind: 'tls-demanded', text: 'TLS is demanded, which ends the connection to .flycast'}

const modes = /^(disable|allow|prefer|require|verify-ca|verify-full)$/

/** What libpq makes of sslmode. */
function libpqProblems(mode: string | undefined, refuses: boolean): Problem[] {
  // `url + "?sslmode=require"`, where the URL has a query already.
  if (mode !== undefined && !modes.test(mode)) return [{kind: 'query', text: `libpq knows no sslmode ${mode}`}]
  return refuses ? [demanded] : []
}

/** The driver that the URL leads to; where its scheme is wrong, the one that is meant, if only one can be. */
function driverOf(
  connector: Connector,
  dialect: string,
  driver: string | undefined,
  known: boolean,
  {has, sqlalchemy}: Installed,
): string | undefined {
  if (driver) return driver
  if (connector !== 'async engine') return undefined
  if (!known) return has('asyncpg') && !has('psycopg') ? 'asyncpg' : undefined
  // From 2.1 on, postgresql:// is psycopg, which is both.
  const isNew = sqlalchemy === undefined ? has('psycopg') === true : /^(2\.[1-9]|[3-9])/.test(sqlalchemy)
  return dialect === 'postgresql' && isNew ? 'psycopg' : undefined
}

const ofPostgres = ['psycopg2', 'psycopg2-binary', 'psycopg', 'asyncpg', 'pg8000']

/** A driver for Postgres is installed. */
export const speaksPostgres = ({has}: Installed): boolean => ofPostgres.some((name) => has(name))

/** The packages that bring a driver. */
const drivers = new Map([
  ['psycopg2', ['psycopg2', 'psycopg2-binary']],
  ['psycopg', ['psycopg']],
  ['asyncpg', ['asyncpg']],
  ['pg8000', ['pg8000']],
])

/** What is said of a driver that SQLAlchemy would import, and that surely nothing installs. */
function missingDriver(
  connector: Connector,
  dialect: string,
  driver: string | undefined,
  {has, sqlalchemy, newestSqlalchemy}: Installed,
): string | undefined {
  const lacks = (name: string) => (drivers.get(name) ?? []).every((each) => has(each) === false)
  if (driver) return drivers.has(driver) && lacks(driver) ? `${driver} is not installed` : undefined
  if (dialect !== 'postgresql' || connector !== 'engine') return undefined
  const isNew = sqlalchemy === undefined ? newestSqlalchemy : /^(2\.[1-9]|[3-9])/.test(sqlalchemy)
  if (isNew) return lacks('psycopg') ? 'since 2.1 SQLAlchemy takes psycopg for it, which is not installed' : undefined
  const old = sqlalchemy !== undefined
  if (!lacks('psycopg2') || !(old || lacks('psycopg'))) return undefined
  return 'SQLAlchemy takes psycopg2 for it, which is not installed'
}

interface Given {
  dialect: string
  driver: string | undefined
  keys: string[]
  flycast: boolean
  told: boolean
  mode: string | undefined
  /** TLS is demanded of a server that has none. */
  refuses: boolean
}

/** Libraries that connect themselves. */
function connected(
  connector: Connector,
  {dialect, driver, keys, flycast, told, mode, refuses}: Given,
  {has, oldTortoise}: Installed,
): Problem[] {
  const problems: Problem[] = []
  const scheme = driver ? `${dialect}+${driver}` : dialect
  const wrong = (library: string): Problem => ({
    kind: 'scheme',
    text: `${library} takes postgresql:// and postgres://, not ${scheme}://`,
  })
  const isPostgres = /^(postgres|postgresql)$/.test(dialect)
  switch (connector) {
    case 'asyncpg':
      if (driver) problems.push(wrong('asyncpg'))
      if (refuses) problems.push(demanded)
      else if (flycast && !told) problems.push(asked)
      return problems
    case 'libpq':
      if (driver) problems.push(wrong('libpq'))
      if (keys.includes('ssl')) problems.push({kind: 'query', text: 'libpq knows no ssl, it is sslmode there'})
      return [...problems, ...libpqProblems(mode, refuses)]
    case 'peewee':
      // playhouse.db_url.schemes; the query becomes arguments of psycopg2.connect.
      if (isPostgres && driver && driver !== 'pool') problems.push(wrong('peewee'))
      return [...problems, ...libpqProblems(mode, refuses)]
    case 'databases':
      // It reads ssl alone of the query (databases/backends/postgres.py); aiopg is libpq, which does without TLS.
      if (driver !== 'aiopg' && flycast && !keys.includes('ssl') && !told) problems.push(asked)
      return problems
    case 'tortoise':
      // tortoise/backends/base/config_generator.py: postgres, asyncpg and psycopg, and in 2026 postgresql too.
      if (isPostgres && driver) problems.push(wrong('Tortoise'))
      else if (dialect === 'postgresql' && oldTortoise)
        problems.push({kind: 'scheme', text: 'this Tortoise takes postgres:// and asyncpg://, not postgresql://'})
      if (dialect !== 'psycopg' && keys.includes('sslmode'))
        problems.push({kind: 'query', text: 'Tortoise hands sslmode to asyncpg, which knows none'})
      return problems
    case 'django': {
      if (isPostgres && driver) problems.push(wrong('Django'))
      const lacks = ['psycopg', 'psycopg2', 'psycopg2-binary'].every((name) => has(name) === false)
      if (isPostgres && lacks)
        problems.push({kind: 'driver', text: 'Django needs psycopg for it, which is not installed'})
      return [...problems, ...libpqProblems(mode, refuses)]
    }
    default:
      return problems
  }
}
