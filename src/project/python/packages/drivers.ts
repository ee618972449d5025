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
export function driverOf({name, extras, specifier}: ParsedRequirement): Driver | undefined {
  const has = (...wanted: string[]) => wanted.some((extra) => extras.includes(extra))
  switch (name) {
    case 'psycopg2':
      // Until 2.7 its wheels, libpq in them, had this name.
      return /2\.[0-7]\b|<(?:\s*=)?\s*2\.[0-8]\b/.test(specifier)
        ? driver(name, false, false)
        : driver(name, true, true)
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

/** Packages of which it is known that nothing they bring along is a Postgres driver. */
const without = new Set(
  `aiofiles aiohttp aiosqlite alembic anyio apscheduler arq asgiref async-timeout attrs authlib bcrypt beautifulsoup4 black boto3
  bleach cachetools celery certifi cffi channels click cryptography daphne dj-database-url django django-allauth
  django-cors-headers django-crispy-forms django-debug-toolbar django-environ django-extensions django-filter
  django-redis django-storages djangorestframework djangorestframework-simplejwt dnspython drf-spectacular drf-yasg ecdsa email-validator factory-boy faker fastapi
  fastapi-users flask flask-cors flask-login flask-migrate flask-sqlalchemy flask-wtf greenlet gunicorn h11 httptools httpx
  hypercorn idna isort itsdangerous jinja2 jsonschema kombu loguru lxml mako markdown markupsafe marshmallow mypy numpy
  openai openpyxl orjson packaging pandas passlib pillow pip poetry prometheus-client prometheus-fastapi-instrumentator psutil
  pycparser pydantic pydantic-core pydantic-settings pyjwt pymysql pytest pytest-asyncio pytest-cov pytest-mock python-dateutil python-decouple
  python-dotenv python-jose python-multipart python-slugify pytz pyyaml redis regex requests rich rsa ruff sentry-sdk
  setuptools six slowapi sniffio sqlparse sqlalchemy sqlmodel starlette stripe structlog tenacity tqdm typer typing-extensions
  tzdata ujson urllib3 uv uvicorn uvloop watchfiles websockets werkzeug wheel whitenoise yarl`.split(/\s+/),
)

/** Whether a package brings a Postgres driver along: `maybe` by its name, `no` where it is known, else `unknown`. */
export function bringsDriver({name}: ParsedRequirement): 'no' | 'maybe' | 'unknown' {
  if (without.has(name)) return 'no'
  if (
    /postgres|psycopg|(^|-)pg|pg(-|$)|^(gino|tortoise-orm|ormar|piccolo|procrastinate|django.*|apache-airflow.*|langchain.*|llama-index.*|supabase.*|dbt.*|ibis.*|vecs|dbos|cloud-sql-python-connector)$/.test(
      name,
    )
  )
    return 'maybe'
  return 'unknown'
}
