import type {FileLocation} from '../../check.ts'
import type {Arguments} from './arguments.ts'
import type {Program, Sink} from './program.ts'
import {type Dict, inPlaceOf, readUrl, text, traceOf, unknown, type Value, writeUrl} from './value.ts'

/** The engines of Django that a scheme leads to (dj_database_url.SCHEMES, environ.Env.DB_SCHEMES), as far as they matter here. */
const engines = new Map([
  ['postgres', 'django.db.backends.postgresql'],
  ['postgresql', 'django.db.backends.postgresql'],
  ['pgsql', 'django.db.backends.postgresql'],
  ['psql', 'django.db.backends.postgresql'],
  ['postgis', 'django.contrib.gis.db.backends.postgis'],
  ['sqlite', 'django.db.backends.sqlite3'],
])

/**
 * `dj_database_url.config()`, `dj_database_url.parse(url)`, `env.db()` and `env.db_url()`: the entry of DATABASES that they
 * make of a URL. Undefined for another call.
 */
export function databaseEntry(
  program: Program,
  callee: string,
  {positional, named}: Arguments,
  at: FileLocation,
): Value | undefined {
  const [first] = positional
  const isRead = /^dj_database_url\.config$|^environ\.(FileAware)?Env\(\)\.(db|db_url)$/.test(callee)
  if (!isRead && callee !== 'dj_database_url.parse') return undefined
  const name = named.get('env') ?? named.get('var') ?? first
  const variable = name === undefined ? 'DATABASE_URL' : name.kind === 'string' ? name.value : undefined
  const standard = named.get('default') ?? (isRead ? positional[1] : undefined)
  const url = isRead
    ? variable === undefined
      ? unknown
      : (program.environment(variable, at) ?? inPlaceOf(variable, standard ?? unknown, at))
    : (named.get('url') ?? first)
  if (url?.kind !== 'string') return unknown
  const requires = named.get('ssl_require')
  return entryOf(url.value, traceOf(url), requires?.kind === 'bool' && requires.value)
}

function entryOf(url: string, trace: ReturnType<typeof traceOf>, requiresTls: boolean): Value {
  const parts = readUrl(url)
  if (!parts) return unknown
  const of = (value: string) => text(value, trace)
  const options: Dict = {kind: 'dict', open: false, entries: new Map(parts.query.map(([key, each]) => [key, of(each)]))}
  // It takes the place of what the URL says.
  if (requiresTls) options.entries.set('sslmode', text('require'))
  return {
    kind: 'dict',
    open: true,
    entries: new Map<string, Value>([
      // What is no scheme of theirs is no engine of Django's.
      ['ENGINE', of(engines.get(parts.scheme) ?? parts.scheme)],
      ['NAME', of(parts.path.slice(1))],
      ['HOST', of(parts.host)],
      ['OPTIONS', options],
    ]),
  }
}

/** What DATABASES of the settings leads to: the URL that its default entry stands for. */
export function djangoSink(program: Program, path: string): Sink | undefined {
  const databases = program.module(path).get('DATABASES')
  const entry = databases?.kind === 'dict' ? databases.entries.get('default') : undefined
  if (entry?.kind !== 'dict') return undefined
  const word = (name: string): Value => entry.entries.get(name) ?? (entry.open ? unknown : text(''))
  const [engine, host, database] = [word('ENGINE'), word('HOST'), word('NAME')]
  if (engine.kind !== 'string') return undefined
  const trace = [host, database, engine].map(traceOf).find(Boolean)
  // A constant says nothing where what stands beside it is not known.
  if (!trace && (host.kind !== 'string' || database.kind !== 'string')) return undefined
  const scheme = [...engines].reverse().find(([, each]) => each === engine.value)?.[0]
  const options = entry.entries.get('OPTIONS')
  const mode = options?.kind === 'dict' ? options.entries.get('sslmode') : undefined
  const url = writeUrl({
    scheme: scheme === 'psql' || scheme === 'pgsql' ? 'postgresql' : (scheme ?? engine.value),
    user: undefined,
    password: undefined,
    host: host.kind === 'string' ? host.value : '',
    port: undefined,
    path: database.kind === 'string' ? `/${database.value}` : '',
    query: mode?.kind === 'string' ? [['sslmode', mode.value]] : [],
  })
  return {callee: 'django.DATABASES', url: text(url, trace), ssl: 'no', at: trace?.steps.at(-1) ?? {file: path}}
}
