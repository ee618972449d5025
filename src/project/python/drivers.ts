import type {ParsedRequirement} from './pep508.ts'

/** How a Postgres driver talks to the server, which decides what the image must hold. */
export interface Driver {
  /** The distribution, as on PyPI. */
  name: string
  /** It is compiled against libpq where it is installed: no wheel exists for Linux. */
  compiled: boolean
  /** It loads libpq.so.5 from the system at run time. */
  needsLibpq: boolean
}

const driver = (name: string, compiled: boolean, needsLibpq: boolean): Driver => ({name, compiled, needsLibpq})

/**
 * The Postgres driver that a requirement brings, with its extras.
 * psycopg2 and psycopg[c] are sdists; psycopg without extras finds libpq through ctypes; the binary ones bundle it;
 * asyncpg and pg8000 speak the protocol themselves and need no libpq at all, neither to build nor to run.
 */
export function driverOf({name, extras}: ParsedRequirement): Driver | undefined {
  const has = (...wanted: string[]) => wanted.some((extra) => extras.includes(extra))
  switch (name) {
    case 'psycopg2':
    case 'psycopg2cffi':
      return driver(name, true, true)
    case 'psycopg2-binary':
    case 'psycopg-binary':
    case 'asyncpg':
    case 'pg8000':
      return driver(name, false, false)
    case 'aiopg': // depends on psycopg2-binary
      return driver(name, false, false)
    case 'psycopg-c':
      return driver(name, true, true)
    case 'psycopg':
      if (has('binary')) return driver('psycopg[binary]', false, false)
      return has('c') ? driver('psycopg[c]', true, true) : driver(name, false, true)
    case 'databases':
      return has('postgresql', 'postgres', 'asyncpg') ? driver('asyncpg', false, false) : undefined
    case 'sqlalchemy':
      if (has('postgresql-asyncpg')) return driver('asyncpg', false, false)
      if (has('postgresql-psycopg2binary')) return driver('psycopg2-binary', false, false)
      if (has('postgresql-psycopgbinary')) return driver('psycopg[binary]', false, false)
      if (has('postgresql-pg8000')) return driver('pg8000', false, false)
      // Which one `postgresql` means changed with SQLAlchemy 2.1: a driver, but not one to draw conclusions from.
      return has('postgresql', 'postgresql-psycopg') ? driver('sqlalchemy[postgresql]', false, false) : undefined
    default:
      return undefined
  }
}

/** Packages that may bring a driver of their own: with one of them nothing certain can be said of its absence. */
export function mayBringDriver({name}: ParsedRequirement): boolean {
  return /postgres|psycopg|(^|-)pg|pg(-|$)|^(gino|tortoise-orm|ormar|piccolo|procrastinate|django.*|apache-airflow.*|langchain.*|llama-index.*|litellm|prefect|dagster.*|mlflow|supabase.*|sqlmesh|dbt.*|ibis.*|records|peewee.*|pony)$/.test(
    name,
  )
}
