import type {FileLocation} from '../../../check.ts'
import type {Code} from '../../code/code.ts'
import {truth, type Value} from '../../database/value.ts'
import {type SettingsValues, textsOf} from './settings-values.ts'

/** A setting that Django, or an app of it, does not take as it is. */
export interface RefusedSetting {
  /** What is, and what must be. */
  problem: string
  error: string
  cure: string
  at: FileLocation
  /**
   * What meets it: whatever loads the settings; `migrate` and `check`, which look at them; a server, when it starts; or
   * requests, of which `otherwise` says what becomes of them.
   */
  met: 'loading' | 'checking' | 'serving' | 'requests'
  otherwise: string
  isSure: boolean
  /** A package that is nowhere: one cause, whatever else names parts of it. */
  lacks?: string
}

interface Surroundings {
  /** Whether the image has this version of a package or a later one. */
  has(name: string, version: string): Promise<'surely' | 'likely' | 'no'>
  /** The name of the app on Fly.io. */
  app: string | undefined
  isServed: boolean
  codes: readonly Code[]
  /** [env] of fly.toml. */
  env: Readonly<Record<string, string>>
}

export async function refusedSettings(values: SettingsValues, around: Surroundings): Promise<RefusedSetting[]> {
  const found = await Promise.all([
    hostsText(values),
    otherHosts(values, around),
    trustedOrigins(values, around),
    corsOrigins(values, around),
    twoStorages(values, around),
    proxyHeader(values),
    debugText(values, around),
    appFinder(values, around),
  ])
  return found.flatMap((each) => each ?? [])
}

/** Settings.__init__ of django/conf/__init__.py, `tuple_settings`. */
function hostsText(values: SettingsValues): RefusedSetting | undefined {
  const at = values.get('ALLOWED_HOSTS')?.kind === 'string' && values.at('ALLOWED_HOSTS')
  if (!at) return undefined
  return {
    problem: 'ALLOWED_HOSTS is a text, and must be a list',
    error: 'The ALLOWED_HOSTS setting must be a list or a tuple',
    cure: 'Put it in brackets, or split it: ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")',
    at,
    met: 'loading',
    otherwise: 'Django stops when it is set up',
    isSure: true,
  }
}

const isLocal = /^(?:localhost|\.localhost|127\.0\.0\.1|0\.0\.0\.0|\[?::1\]?|testserver|)$/

/** validate_host of django/http/request.py; with DEBUG, too, an empty list is that of the machine itself. */
function otherHosts(values: SettingsValues, {app, isServed}: Surroundings): RefusedSetting | undefined {
  const hosts = textsOf(values.get('ALLOWED_HOSTS'))
  const at = values.at('ALLOWED_HOSTS')
  const own = `${app ?? 'APP'}.fly.dev`
  const fits = (host: string) => host === '*' || host.toLowerCase() === own || (/^\./.test(host) && own.endsWith(host))
  // One that nothing on the internet is called by: of this machine, of another app, or no name at all.
  const isNone = (host: string) =>
    isLocal.test(host) || host.includes('://') || /^\*./.test(host) || (app !== undefined && host.endsWith('.fly.dev'))
  if (!isServed || !at || !hosts?.every((host) => !fits(host) && isNone(host))) return undefined
  return {
    problem: `ALLOWED_HOSTS ${hosts.length === 0 ? 'is empty' : `has ${hosts.join(' and ')} alone`}, and must have the name that is asked for`,
    error: 'DisallowedHost',
    cure: `Add it: ALLOWED_HOSTS = ["${own}"], and the domains of your own.`,
    at,
    met: 'requests',
    otherwise: `each request for ${own} is answered 400`,
    isSure: true,
  }
}

/** django/core/checks/compatibility/django_4_0.py; of a text each character is looked at. */
async function trustedOrigins(values: SettingsValues, {has}: Surroundings): Promise<RefusedSetting | undefined> {
  const origins = itemsOf(values.get('CSRF_TRUSTED_ORIGINS'))
  const wrong = origins?.find((origin) => !origin.includes('://'))
  const at = values.at('CSRF_TRUSTED_ORIGINS')
  if (wrong === undefined || !at) return undefined
  const since = await has('django', '4.0')
  if (since === 'no') return undefined
  const isText = values.get('CSRF_TRUSTED_ORIGINS')?.kind === 'string'
  return {
    problem: isText
      ? 'CSRF_TRUSTED_ORIGINS is a text, and must be a list'
      : `CSRF_TRUSTED_ORIGINS has ${shown(wrong)}, and must begin with the scheme`,
    error: '4_0.E001',
    cure: isText ? 'Put it in brackets.' : `Write https://${wrong}`,
    at,
    met: 'checking',
    isSure: since === 'surely',
    otherwise: 'forms from there are refused',
  }
}

/** corsheaders/checks.py, since 3.0. */
async function corsOrigins(values: SettingsValues, {has}: Surroundings): Promise<RefusedSetting | undefined> {
  if (!textsOf(values.get('INSTALLED_APPS'))?.some((app) => /^corsheaders\b/.test(app))) return undefined
  for (const name of ['CORS_ALLOWED_ORIGINS', 'CORS_ORIGIN_WHITELIST']) {
    const value = values.get(name)
    const wrong = textsOf(value)?.find(
      (origin) => !/^[a-z][a-z0-9+.-]*:\/\/[^/?#;]+$/i.test(origin) && !/^(?:null|file:\/\/)$/.test(origin),
    )
    const at = values.at(name)
    if (wrong === undefined || !at) continue
    const since = await has('django-cors-headers', '3.0')
    if (since === 'no') return undefined
    const bare = wrong.replace(/^([a-z]+:\/\/)?([^/?#;]*)[\s\S]*$/i, '$2')
    const scheme = /^[a-z]+:\/\//i.exec(wrong)?.[0] ?? 'https://'
    return {
      problem: `${name} has ${shown(wrong)}, and must have the scheme and the host of each origin, without a path`,
      error: /:\/\//.test(wrong) ? 'corsheaders.E014' : 'corsheaders.E013',
      cure: `Write ${scheme}${bare}`,
      at,
      met: 'checking',
      isSure: since === 'surely',
      otherwise: 'no browser is let in from there',
    }
  }
  return undefined
}

/** Settings.__init__ of Django 4.2 and 5.0; 5.1 does not know the older names at all. */
async function twoStorages(values: SettingsValues, {has}: Surroundings): Promise<RefusedSetting | undefined> {
  for (const name of ['STATICFILES_STORAGE', 'DEFAULT_FILE_STORAGE']) {
    const at = values.at(name)
    if (!at || !values.get(name)) continue
    if ((await has('django', '5.1')) === 'surely') {
      // For a package, or an older Django, that looks at it.
      if (values.get('STORAGES')) continue
      return {
        problem: `${name} is no setting since Django 5.1, and must be an entry of STORAGES`,
        error: 'nothing is said of it',
        cure: `STORAGES = {"default": {"BACKEND": …}, "staticfiles": {"BACKEND": …}}, with the class under ${name === 'STATICFILES_STORAGE' ? 'staticfiles' : 'default'}.`,
        at,
        met: 'requests',
        otherwise: "Django's own storage takes its place",
        isSure: true,
      }
    }
    if (!values.get('STORAGES') || (await has('django', '4.2')) !== 'surely') continue
    return {
      problem: `${name} and STORAGES are both set, and Django takes one alone`,
      error: `${name}/STORAGES are mutually exclusive`,
      cure: `Take ${name} out, and name its class in STORAGES.`,
      at,
      met: 'loading',
      otherwise: 'Django stops when it is set up',
      isSure: true,
    }
  }
  return undefined
}

/** HttpRequest.scheme looks it up among the variables of WSGI, where a header begins with HTTP_. */
function proxyHeader(values: SettingsValues): RefusedSetting | undefined {
  const at = values.at('SECURE_PROXY_SSL_HEADER')
  const [name] = textsOf(values.get('SECURE_PROXY_SSL_HEADER')) ?? []
  if (!at || name === undefined || /^HTTP_[A-Z0-9_]+$/.test(name)) return undefined
  const redirects = truth(values.get('SECURE_SSL_REDIRECT') ?? {kind: 'none'}) === true
  return {
    problem: `SECURE_PROXY_SSL_HEADER names ${shown(name)}, and must name it as WSGI does: HTTP_X_FORWARDED_PROTO`,
    error: 'the header is never found',
    cure: 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")',
    at,
    met: 'requests',
    isSure: true,
    otherwise: redirects
      ? 'each request counts as http, and is redirected to https again and again'
      : 'each request counts as http',
  }
}

const readsText =
  /^DEBUG\s{0,20}=\s{0,20}(?:bool\(\s{0,20})?os\.(?:environ\.get|getenv)\(\s{0,20}["'](\w{1,100})["']\s{0,20}(?:,\s{0,20}["']([^"'\n]{0,100})["']\s{0,20})?\)?\)[ \t]*$/m

/** `DEBUG = os.environ.get("DEBUG", "False")`: Python takes each text but the empty one for true. */
function debugText(values: SettingsValues, {codes, env}: Surroundings): RefusedSetting | undefined {
  const at = values.at('DEBUG')
  const written = codes.filter(({text}) => /^[ \t]*DEBUG\s*=/m.test(text))
  const [, name, standard] = (written.length === 1 && readsText.exec(written[0]?.text ?? '')) || []
  const given = name === undefined ? undefined : (env[name] ?? standard)
  if (!at || !given || !/^(?:false|0|no|off)$/i.test(given)) return undefined
  return {
    problem: `DEBUG is the text ${shown(given)}, of which each but the empty one counts as true`,
    error: 'DEBUG is on',
    cure: `DEBUG = os.environ.get("${name}", "") == "True"`,
    at,
    met: 'requests',
    otherwise: 'whoever meets an error is shown the code and the settings',
    isSure: true,
  }
}

/** Finders that look into no app: those of Django, and of what compiles or fetches files. */
const ofNoApp =
  /^(?:django\.contrib\.staticfiles\.finders\.(?:FileSystemFinder|DefaultStorageFinder)|(?:compressor|sass_processor|npm|pipeline|djangobower|node_assets|webpack_loader)\.[\w.]+)$/

/** The files of the admin lie in its own folder (django/contrib/staticfiles/finders.py). */
function appFinder(values: SettingsValues, {codes}: Surroundings): RefusedSetting | undefined {
  const at = values.at('STATICFILES_FINDERS')
  const finders = textsOf(values.get('STATICFILES_FINDERS'))
  const apps = textsOf(values.get('INSTALLED_APPS')) ?? []
  const hasAdmin = ['django.contrib.admin', 'django.contrib.staticfiles'].every((app) => apps.includes(app))
  // A folder of the project may hold a copy.
  const isCopied = codes.some(({text}) => /STATICFILES_DIRS[^\])]{0,1000}\badmin\b/.test(text))
  if (!at || !finders?.every((finder) => ofNoApp.test(finder)) || !hasAdmin || isCopied) return undefined
  return {
    problem: 'STATICFILES_FINDERS looks into no app, and the files of the admin lie in its own',
    error: '404 for static/admin',
    cure: 'Add "django.contrib.staticfiles.finders.AppDirectoriesFinder" to it.',
    at,
    met: 'requests',
    otherwise: 'collectstatic leaves them out, and the pages of the admin come without style',
    isSure: true,
  }
}

/** Those of a list, or the characters of a text. */
const itemsOf = (value: Value | undefined): string[] | undefined =>
  value?.kind === 'string' ? [...value.value] : textsOf(value)

/** Nothing that may be a secret is repeated: of a long one, its beginning. */
const shown = (text: string): string => `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`
