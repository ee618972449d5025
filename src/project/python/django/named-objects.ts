/** Modules and classes that the settings name by their full names, and that are nowhere. */
import {distance} from 'fastest-levenshtein'
import type {FileLocation} from '../../../check.ts'
import type {Code} from '../../code/code.ts'
import type {Value} from '../../database/value.ts'
import {describeLost} from './lost-names.ts'
import {appFaults} from './named-apps.ts'
import type {OwnNames} from './own-names.ts'
import type {RefusedSetting} from './refused-settings.ts'
import type {SettingsValues} from './settings-values.ts'

interface Surroundings {
  names: OwnNames
  codes: readonly Code[]
  /** Whether the image surely has this version of Django, or a later one. */
  isAtLeast(version: string): Promise<boolean>
}

/** A name of the settings, with what becomes of the deploy where it leads to nothing. */
interface Named extends Pick<RefusedSetting, 'met' | 'otherwise'> {
  setting: string
  name: string
  /** A module alone, with nothing of it. */
  isModule?: boolean
}

/** The first of each setting. */
export async function namedObjects(
  values: SettingsValues,
  {names, codes, isAtLeast}: Surroundings,
): Promise<RefusedSetting[]> {
  const at = (setting: string, name: string) => placeOf(name, codes) ?? values.at(setting)
  const found = await appFaults(values, {names, at, looks: await isAtLeast('3.2')})
  const told = new Set<string>()
  for (const named of namesIn(values)) {
    const place = at(named.setting, named.name)
    if (!place || told.has(named.setting)) continue
    const lost = await faultOf(named, names)
    if (!lost || (lost.lacks && found.some(({lacks}) => lacks === lost.lacks))) continue
    told.add(named.setting)
    found.push({...lost, at: place})
  }
  return found
}

async function faultOf(
  {setting, name, met, otherwise, isModule}: Named,
  names: OwnNames,
): Promise<Omit<RefusedSetting, 'at'> | undefined> {
  if (name.startsWith('django.')) {
    const own = ofDjango.get(setting)
    const instead = own && !own.includes(name) ? meant(name, own) : undefined
    return instead === undefined
      ? undefined
      : {
          problem: `${setting} names ${name}, which Django does not have`,
          error: 'ImportError',
          cure: `Write ${instead}`,
          ...{met, otherwise, isSure: true},
        }
  }
  const lost = isModule ? await names.lostModule(name) : await names.lostObject(name)
  return lost && {...describeLost(setting, name, lost), met, otherwise, isSure: lost.isOwn}
}

function* namesIn(values: SettingsValues): Generator<Named> {
  for (const name of itemsOf(values.get('MIDDLEWARE')))
    yield {setting: 'MIDDLEWARE', name, met: 'serving', otherwise: 'no server can start'}
  const session = textOf(values.get('SESSION_ENGINE'))
  const hasSessions = itemsOf(values.get('MIDDLEWARE')).some((name) => name.endsWith('.SessionMiddleware'))
  if (session && hasSessions)
    yield {setting: 'SESSION_ENGINE', name: session, isModule: true, met: 'serving', otherwise: 'no server can start'}
  for (const engine of dictsOf(values.get('TEMPLATES'))) {
    const backend = textOf(engine.get('BACKEND'))
    const each = {setting: 'TEMPLATES', met: 'requests', otherwise: 'each page with a template is an error'} as const
    if (backend) yield {...each, name: backend}
    const options = entriesOf(engine.get('OPTIONS'))
    for (const name of itemsOf(options.get('context_processors'))) yield {...each, setting: 'context_processors', name}
    for (const name of itemsOf(options.get('builtins'))) yield {...each, setting: 'builtins', name, isModule: true}
  }
  for (const cache of entriesOf(values.get('CACHES')).values()) {
    const name = textOf(entriesOf(cache).get('BACKEND'))
    if (name) yield {setting: 'CACHES', name, met: 'checking', otherwise: 'whatever asks for the cache is an error'}
  }
  for (const name of itemsOf(values.get('AUTHENTICATION_BACKENDS')))
    yield {setting: 'AUTHENTICATION_BACKENDS', name, met: 'requests', otherwise: 'whoever signs in meets an error'}
  for (const [alias, storage] of entriesOf(values.get('STORAGES'))) {
    const name = textOf(entriesOf(storage).get('BACKEND'))
    const otherwise =
      alias === 'staticfiles' ? 'each page that names a static file is an error' : 'each upload is an error'
    if (name) yield {setting: 'STORAGES', name, met: 'requests', otherwise}
  }
  const logging = entriesOf(values.get('LOGGING'))
  for (const [kind, keys] of [
    ['formatters', ['()', 'class']],
    ['filters', ['()']],
    ['handlers', ['()', 'class']],
  ] as const)
    for (const each of entriesOf(logging.get(kind)).values())
      for (const key of keys) {
        const name = textOf(entriesOf(each).get(key))
        if (name) yield {setting: 'LOGGING', name, met: 'loading', otherwise: 'Django stops when it is set up'}
      }
}

/** What Django itself has, in any version (docs.djangoproject.com/en/stable/ref): one that is not among it may be newer still. */
const ofDjango: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    MIDDLEWARE: [
      ...`cache.UpdateCacheMiddleware cache.FetchFromCacheMiddleware cache.CacheMiddleware clickjacking.XFrameOptionsMiddleware
        common.CommonMiddleware common.BrokenLinkEmailsMiddleware csp.ContentSecurityPolicyMiddleware csrf.CsrfViewMiddleware
        gzip.GZipMiddleware http.ConditionalGetMiddleware locale.LocaleMiddleware security.SecurityMiddleware`
        .split(/\s+/)
        .map((name) => `django.middleware.${name}`),
      ...`admindocs.middleware.XViewMiddleware auth.middleware.AuthenticationMiddleware auth.middleware.LoginRequiredMiddleware
        auth.middleware.RemoteUserMiddleware auth.middleware.PersistentRemoteUserMiddleware
        auth.middleware.SessionAuthenticationMiddleware flatpages.middleware.FlatpageFallbackMiddleware
        messages.middleware.MessageMiddleware redirects.middleware.RedirectFallbackMiddleware
        sessions.middleware.SessionMiddleware sites.middleware.CurrentSiteMiddleware`
        .split(/\s+/)
        .map((name) => `django.contrib.${name}`),
    ],
    context_processors: [
      ...'csp csrf debug i18n media request static tz'
        .split(' ')
        .map((name) => `django.template.context_processors.${name}`),
      'django.contrib.auth.context_processors.auth',
      'django.contrib.messages.context_processors.messages',
    ],
    TEMPLATES: ['django.template.backends.django.DjangoTemplates', 'django.template.backends.jinja2.Jinja2'],
    CACHES: [
      ...`base.BaseCache db.DatabaseCache dummy.DummyCache filebased.FileBasedCache locmem.LocMemCache memcached.MemcachedCache
        memcached.PyLibMCCache memcached.PyMemcacheCache redis.RedisCache`
        .split(/\s+/)
        .map((name) => `django.core.cache.backends.${name}`),
    ],
    AUTHENTICATION_BACKENDS: [
      ...'BaseBackend ModelBackend AllowAllUsersModelBackend RemoteUserBackend AllowAllUsersRemoteUserBackend'
        .split(' ')
        .map((name) => `django.contrib.auth.backends.${name}`),
    ],
    SESSION_ENGINE: [
      ...'base cache cached_db db file signed_cookies'
        .split(' ')
        .map((name) => `django.contrib.sessions.backends.${name}`),
    ],
  }),
)

/** The one with which a name has its last part in common, or all but a few letters: what is further away may be of a newer Django. */
const meant = (name: string, all: readonly string[]): string | undefined =>
  all.find((each) => each.split('.').at(-1) === name.split('.').at(-1)) ?? all.find((each) => distance(each, name) <= 2)

/** Where the settings write the name, if they do so once. */
function placeOf(name: string, codes: readonly Code[]): FileLocation | undefined {
  const found = codes.flatMap(({file, text}) =>
    [`"${name}"`, `'${name}'`].flatMap((quoted) => {
      const first = text.indexOf(quoted)
      if (first < 0) return []
      const place = file.span(first, first + quoted.length)
      return text.indexOf(quoted, first + 1) < 0 ? [place] : [place, place]
    }),
  )
  return found.length === 1 ? found[0] : undefined
}

/** The texts of a list that stand in the settings themselves; of others nobody knows. */
const itemsOf = (value: Value | undefined): string[] =>
  value?.kind === 'list' ? value.items.flatMap((each) => textOf(each) ?? []) : []

const textOf = (value: Value | undefined): string | undefined =>
  value?.kind === 'string' && !value.trace && /^[A-Za-z_]\w*(?:\.\w+)+$/.test(value.value) ? value.value : undefined

const entriesOf = (value: Value | undefined): ReadonlyMap<string, Value> =>
  value?.kind === 'dict' ? value.entries : new Map()

const dictsOf = (value: Value | undefined): ReadonlyMap<string, Value>[] =>
  value?.kind === 'list' ? value.items.map(entriesOf) : []
