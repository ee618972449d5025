import {type Connector, connectorOf} from './sinks.ts'
import {readUrl} from './value.ts'

/** What goes wrong when a library is given a URL: what it says, to follow the URL and a colon. */
export interface Problem {
  kind: 'dialect' | 'query' | 'tls' | 'not-async' | 'not-sync' | 'scheme' | 'driver'
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

/** What happens where `callee` gets `url`; `ssl`: whether the call is told how to do TLS. */
export function problemsOf(
  callee: string,
  url: string,
  ssl: 'yes' | 'no' | 'unknown',
  installed: Installed,
): Problem[] {
  const connector = connectorOf(callee)
  const parts = readUrl(url)
  if (!connector || !parts) return []
  const [dialect = '', driver] = parts.scheme.split('+')
  const keys = parts.query.map(([key]) => key)
  const flycast = /\.flycast$/.test(parts.host)
  const told = ssl !== 'no' || keys.some((key) => key === 'ssl' || key === 'sslmode')
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
    if (effective !== 'asyncpg') return problems
    const wrong = keys.filter((key) => libpqOnly.has(key))
    if (wrong.length > 0) problems.push({kind: 'query', text: `asyncpg knows no ${wrong.join(' and no ')}`})
    if (flycast && ssl === 'no' && !keys.includes('ssl')) {
      problems.push({kind: 'tls', text: 'asyncpg asks for TLS first, which ends the connection to .flycast'})
    }
    return problems
  }
  return connected(connector, {dialect, driver, keys, flycast, told})
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
}

/** Libraries that connect themselves. */
function connected(connector: Connector, {dialect, driver, keys, flycast, told}: Given): Problem[] {
  const problems: Problem[] = []
  const scheme = driver ? `${dialect}+${driver}` : dialect
  const tls: Problem = {kind: 'tls', text: 'asyncpg asks for TLS first, which ends the connection to .flycast'}
  switch (connector) {
    case 'asyncpg':
      if (driver) problems.push({kind: 'scheme', text: `asyncpg takes postgresql:// and postgres://, not ${scheme}://`})
      if (flycast && !told) problems.push(tls)
      return problems
    case 'libpq':
      if (driver) problems.push({kind: 'scheme', text: `libpq takes postgresql:// and postgres://, not ${scheme}://`})
      if (keys.includes('ssl')) problems.push({kind: 'query', text: 'libpq knows no ssl, it is sslmode there'})
      return problems
    case 'databases':
      // It reads ssl alone of the query (databases/backends/asyncpg.py).
      if (flycast && !keys.includes('ssl') && !told) problems.push(tls)
      return problems
    case 'tortoise':
      if (keys.includes('sslmode'))
        problems.push({kind: 'query', text: 'Tortoise hands sslmode to asyncpg, which knows none'})
      return problems
    default:
      return problems
  }
}
