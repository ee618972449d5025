import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {truth, type Value} from '../../database/value.ts'
import {statementEnd} from '../../elixir/blocks.ts'
import {isApart} from '../../files/apart.ts'
import {javascript, noFiles} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {Inputs} from '../../inputs.ts'
import {settingsModule} from '../../python/django/settings-module.ts'
import {executed, textsOf} from '../../python/django/settings-values.ts'
import {moduleConstants} from '../../python/imports/module-constants.ts'
import {closing, codeOf} from '../code.ts'
import {withoutHashLines, withoutSlashComments} from '../comments.ts'

/** What makes an app refuse a plain request that names the machine by its address: that of a health check. */
export interface Refusal {
  by: 'Rails' | 'Django' | 'Phoenix' | 'Starlette' | 'Express'
  /** `redirect`: to https. `host`: the name is none of those that it allows. */
  kind: 'redirect' | 'host'
  /** A header that says https is believed. */
  believesHeader: boolean
  /** The paths that it answers all the same: their texts, as they are written. */
  exempt: string
  at: FileLocation
}

export async function loadRefusals({reader}: Inputs, facts: FactStore): Promise<Fact<Refusal[]>> {
  const {services, topLevelChecks, config: written} = await facts.need('flyConfig')
  if (services.length === 0 && topLevelChecks.length === 0) return known([])
  const paths = (await facts.value('files')) ?? noFiles
  const read = async (path: string) => (paths.has(path) ? reader.text(path) : undefined)
  const image = await facts.value('image')
  const given = (name: string) => written.env?.[name] ?? image?.final.env.get(name)?.value
  const settings = await settingsModule(paths, reader, given)
  const found = [
    rails(await read('config/environments/production.rb')),
    await railsHosts(),
    ...(paths.has('mix.exs') ? [await phoenixRedirect()] : []),
    ...(settings ? django(settings, given, await redirectOf(settings), await middlewareOf(settings)) : []),
    ...(await starlette()),
    ...(await express()),
  ]
  return known(found.filter((each) => each !== undefined))

  /** What SECURE_SSL_REDIRECT is on the machine; a secret may tell otherwise. */
  async function redirectOf(file: TextFile): Promise<Value | undefined> {
    if (!file.text.includes('SECURE_SSL_REDIRECT')) return undefined
    return (await executed(file, paths, reader, (name) => given(name) ?? undefined)).names.get('SECURE_SSL_REDIRECT')
  }

  /** The names of MIDDLEWARE, also of a file that this one imports with a star; none where they cannot be told. */
  async function middlewareOf(file: TextFile): Promise<string[] | undefined> {
    return textsOf((await executed(file, paths, reader, (name) => given(name) ?? undefined)).names.get('MIDDLEWARE'))
  }

  /** Of the one file that makes an app: others may make another one. */
  async function starlette(): Promise<(Refusal | undefined)[]> {
    const sources = paths.ending('.py').filter((path) => !isApart(path) && (!image || image.copies(path)))
    const apps = (await reader.texts(sources)).filter(({text}) =>
      /^\w+\s*(?::[^=\n]{1,100})?=\s*(?:FastAPI|Starlette)\(/m.test(text),
    )
    const [app, another] = apps
    if (!app || another) return []
    return [trustedHosts(app) ?? settingsHosts(app, await reader.texts(sources), given), httpsRedirect(app)]
  }

  /** A middleware of the project's own; what stands before it in its file may let the path of the check pass. */
  async function express(): Promise<Refusal[]> {
    const sources = paths
      .ending(...javascript)
      .filter(
        (path) =>
          !isApart(path) && !/(?:^|\/)(?:dist|build|public|static)\//.test(path) && (!image || image.copies(path)),
      )
    const texts = (await reader.texts(sources)).filter(
      ({text}) => /\bexpress\b/.test(text) && text.includes('https://'),
    )
    const isProduction = given('NODE_ENV') === 'production'
    return texts.flatMap((file) => {
      const match = expressRedirect.exec(withoutSlashComments(file.text))
      const before = match ? file.text.slice(Math.max(0, match.index - 400), match.index + match[0].length) : ''
      // For production alone, which the machine is then told to be.
      if (!match || (/NODE_ENV|isProd/i.test(before) && !isProduction)) return []
      const exempt = file.text.slice(0, match.index + match[0].length)
      return [
        {by: 'Express' as const, kind: 'redirect' as const, believesHeader: true, exempt, at: placeOf(file, match)},
      ]
    })
  }

  /** What another file does with the list is not followed. */
  async function railsHosts(): Promise<Refusal | undefined> {
    const others = paths.ending('.rb').filter((path) => /^config\/(?:application|initializers\/.*)\.rb$/.test(path))
    const texts = await reader.texts(others)
    return texts.some(({text}) => /^[^#\n]*\b(?:hosts|host_authorization|HostAuthorization)\b/m.test(text))
      ? undefined
      : allowedHosts(await read('config/environments/production.rb'))
  }

  /** force_ssl counts where it stands when the release is built; a plug of the endpoint does the same. */
  async function phoenixRedirect(): Promise<Refusal | undefined> {
    const {env = 'prod'} = (await facts.value('mixConfig')) ?? {}
    const configured = phoenix(await read(`config/${env}.exs`)) ?? phoenix(await read('config/config.exs'))
    const endpoints = paths.ending('.ex').filter((path) => /^lib\/.*endpoint\.ex$/.test(path))
    return configured ?? (endpoints.length === 1 ? sslPlug(await read(endpoints[0] as string)) : undefined)
  }
}

/** `if (req.header('x-forwarded-proto') !== 'https') res.redirect(\`https://…` */
const expressRedirect =
  /\bif\s*\([^\n{};]{0,200}x-forwarded-proto["'`][\])]{0,2}\s*!==?\s*["']https["']\s*\)\s*\{?\s*(?:return\s+)?res\.redirect\(\s*(?:30\d\s*,\s*)?["'`]https:\/\//i

const placeOf = (file: TextFile, match: RegExpExecArray): FileLocation =>
  file.span(match.index + match[0].length - match[0].trimStart().length, match.index + match[0].length)

/** `config.force_ssl = true` at its usual indentation: not in a branch. */
function rails(file: TextFile | undefined): Refusal | undefined {
  const match = file && /^ {2}config\.force_ssl\s*=\s*true[ \t]*(?=#|$)/m.exec(file.text)
  if (!file || !match || /^[ \t]*config\.assume_ssl\s*=\s*true/m.test(file.text)) return undefined
  const options = /^[ \t]*config\.ssl_options\s*=\s*([\s\S]*?)(?=\n\s*\n|\n\s*config\.|$)/m.exec(file.text)?.[1] ?? ''
  if (/redirect:\s*false/.test(options)) return undefined
  return {by: 'Rails', kind: 'redirect', believesHeader: true, exempt: options, at: placeOf(file, match)}
}

/**
 * `config.hosts = ["shop.com"]`, `config.hosts << "shop.com"`: ActionDispatch::HostAuthorization answers all other names with
 * 403, /up among them. A pattern, or a name that is computed, may be the machine's address.
 */
function allowedHosts(file: TextFile | undefined): Refusal | undefined {
  const text = withoutHashLines(file?.text ?? '')
  if (!file || /\bhost_authorization\b|HostAuthorization/.test(text)) return undefined
  const name = String.raw`["'][\w.-]{1,253}["']`
  const list = new RegExp(
    String.raw`^ {2}config\.hosts\s{0,99}(?:<<\s{0,99}${name}|\+?=\s{0,99}\[\s{0,99}${name}(?:\s{0,99},\s{0,99}${name}){0,50}\s{0,99},?\s{0,99}\])[ \t]*(?=#|$)`,
    'gm',
  )
  const all = [...text.matchAll(list)]
  const [first] = all
  if (!first || all.length !== (text.match(/\bhosts\b/g) ?? []).length) return undefined
  // An address of the machine's own kind.
  if (all.some(([each]) => /["']\d[\d.]*["']/.test(each))) return undefined
  return {by: 'Rails', kind: 'host', believesHeader: false, exempt: '', at: placeOf(file, first)}
}

/** Plug.SSL; what is in comments is the template's advice. */
function phoenix(file: TextFile | undefined): Refusal | undefined {
  const code = file && codeOf(file)
  const match = /\bforce_ssl:\s{0,200}\[/.exec(code?.bare ?? '')
  if (!code || !match) return undefined
  const end = closing(code, match.index + match[0].length - 1)
  const options = code.text.slice(match.index + match[0].length, end)
  return {
    by: 'Phoenix',
    kind: 'redirect',
    believesHeader: options.includes('x_forwarded_proto'),
    exempt:
      /paths:\s{0,200}\[([^[\]]{0,2000})\]/.exec(options)?.[1] ?? (/exclude:\s*[{&]|conn:/.test(options) ? '*' : ''),
    at: code.file.span(match.index, end + 1),
  }
}

/** `plug Plug.SSL, …` of an endpoint, unless something rewrites the request before. */
function sslPlug(file: TextFile | undefined): Refusal | undefined {
  const code = file && codeOf(file)
  const match = /^ {2}plug[ (]+Plug\.SSL\b/m.exec(code?.text ?? '')
  if (!code || !match || /\bRewriteOn\b/.test(code.text)) return undefined
  const options = code.text.slice(match.index, statementEnd(code, match.index))
  return {
    by: 'Phoenix',
    kind: 'redirect',
    believesHeader: options.includes('x_forwarded_proto'),
    exempt: /exclude:|@/.test(options) ? '*' : '',
    at: placeOf(code.file, match),
  }
}

/** `env.list("HOSTS", default=["a"])`, `config("HOSTS", default="a,b", cast=Csv())`, `os.environ.get("HOSTS", "a,b").split(",")`. */
const hostsOf =
  /^ALLOWED_HOSTS\s{0,9}=\s{0,9}(?:env\.list|config|env|os\.environ\.get|os\.getenv)\(\s{0,99}["'](\w{1,100})["']\s{0,9},\s{0,99}(?:default\s{0,9}=\s{0,9})?(?:\[([\s\w"'.,*-]{0,2000})\]|["']([\w.,*\s-]{0,1000})["'])\s{0,99}(?:,\s{0,99}cast\s{0,9}=\s{0,9}Csv\(\)\s{0,9},?\s{0,9})?\)(\.split\(\s{0,9}["'],["']\s{0,9}\))?[ \t]*(?=#|\r?$)/m

/**
 * The hosts that a variable says, else the code. Where the code names real ones it is meant for production, and nobody need set the
 * variable there; where it has those of a laptop alone, somebody does.
 */
function readHosts(
  text: string,
  given: (name: string) => string | undefined,
): {names: string[]; match: RegExpExecArray} | undefined {
  const match = hostsOf.exec(text)
  const [, variable = '', list, words = ''] = match ?? []
  if (!match || (text.match(/\bALLOWED_HOSTS\b/g) ?? []).length !== (variable === 'ALLOWED_HOSTS' ? 2 : 1))
    return undefined
  const set = given(variable)
  const written =
    list === undefined ? words.split(',') : [...list.matchAll(/["']([^"']*)["']/g)].map(([, name = '']) => name)
  const names = (set?.split(',') ?? written).map((name) => name.trim()).filter(Boolean)
  // Of `*.fly.dev` Django knows nothing: that is no name either.
  const isReal = names.some(
    (name) =>
      /^\.?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(name) && !/\.(?:local|localhost|test|internal)$/.test(name),
  )
  return set !== undefined || isReal ? {names, match} : undefined
}

function django(
  file: TextFile,
  given: (name: string) => string | undefined,
  redirects: Value | undefined,
  middleware: readonly string[] | undefined,
): (Refusal | undefined)[] {
  const {text} = file
  const constants = moduleConstants(text)
  const read = readHosts(text, given)
  const hosts = read
    ? {start: read.match.index, end: read.match.index + read.match[0].trimEnd().length}
    : constants.get('ALLOWED_HOSTS')
  const listed = constants.get('ALLOWED_HOSTS')?.value
  const names: (string | undefined)[] =
    read?.names ??
    (listed?.kind === 'tuple' ? listed.items.map((item) => (item.kind === 'string' ? item.value : undefined)) : [])
  // What is appended later, or computed, may be the machine's address.
  const closed =
    names.length > 0 && !names.includes(undefined) && !/ALLOWED_HOSTS\s*(?:\+=|\.(?:append|extend|insert))/.test(text)
  const always = /^SECURE_SSL_REDIRECT\s*=\s*True\s*$/m.exec(text)
  const evaluated = redirects && truth(redirects) === true
  const redirect = always ?? (evaluated ? /^[ \t]*SECURE_SSL_REDIRECT\s*=(?!=)[^\n]{0,300}/m.exec(text) : null)
  const exempt = /SECURE_REDIRECT_EXEMPT\s*=\s*\[([^\]]{0,2000})\]/.exec(text)?.[1] ?? ''
  const once = (text.match(/\bSECURE_SSL_REDIRECT\b/g) ?? []).length === 1
  const written = middleware?.map((name) => `"${name}"`).join()
  const own = /["'][\w.]*(?:[Hh]ealth|Heartbeat|Probe)\w*["']/.test(
    written ?? /MIDDLEWARE\s{0,99}=\s{0,99}\[[^[\]]{0,2000}\]/.exec(text)?.[0] ?? '',
  )
  if (own) return []
  const runs = (name: string) => !written || written.includes(name)
  return [
    // It is this one that asks each request for its host (process_request of django/middleware/common.py).
    hosts && closed && !names.includes('*') && runs('CommonMiddleware')
      ? {
          by: 'Django',
          kind: 'host',
          believesHeader: false,
          exempt: names.join(' '),
          at: file.span(hosts.start, hosts.end),
        }
      : undefined,
    redirect && (once || evaluated) && runs('SecurityMiddleware')
      ? {
          by: 'Django',
          kind: 'redirect',
          believesHeader: text.includes('SECURE_PROXY_SSL_HEADER'),
          exempt,
          at: placeOf(file, redirect),
        }
      : undefined,
  ]
}

/** Other names get 400, "Invalid host header" (starlette/middleware/trustedhost.py); at the left margin it is in no branch. */
function trustedHosts(file: TextFile): Refusal | undefined {
  const adds =
    /^\w{1,100}\.add_middleware\(\s{0,50}TrustedHostMiddleware\s{0,9},\s{0,50}allowed_hosts\s{0,9}=\s{0,9}\[([\s\w"'.*,:-]{1,2000})\]/gm
  const [match, another] = file.text.matchAll(adds)
  const names = [...(match?.[1] ?? '').matchAll(/["']([^"']*)["']/g)].map(([, name = '']) => name)
  // An address of the machine's own kind.
  // Names alone: what a variable brings is not known.
  const isWritten = /^[\s,]*$/.test((match?.[1] ?? '').replace(/["'][^"']*["']/g, ''))
  if (!match || another || !isWritten || names.some((name) => name === '*' || /^[\d.]+$/.test(name))) return undefined
  return {by: 'Starlette', kind: 'host', believesHeader: false, exempt: '', at: placeOf(file, match)}
}

/** `allowed_hosts=settings.allowed_hosts`, by the default of the one class of settings, where that has names of the world outside. */
function settingsHosts(
  file: TextFile,
  sources: readonly TextFile[],
  given: (name: string) => unknown,
): Refusal | undefined {
  const adds =
    /^\w{1,100}\.add_middleware\(\s{0,50}TrustedHostMiddleware\s{0,9},\s{0,50}allowed_hosts\s{0,9}=\s{0,9}(?:\w{1,50}\.){1,3}(\w{1,50})\s{0,9},?\s{0,50}\)/m
  const match = adds.exec(file.text)
  const [, field = ''] = match ?? []
  if (!match || given(field.toUpperCase()) !== undefined) return undefined
  const pattern = new RegExp(`^ {4}${field}\\s{0,9}:[^=\\n]{1,100}=\\s{0,9}\\[([\\s\\w"'.*,:-]{1,2000})\\]`, 'im')
  const said = sources.flatMap(({text}) => {
    const list =
      /\bBaseSettings\b/.test(text) && !/env_prefix|validator/.test(text) ? pattern.exec(text)?.[1] : undefined
    return list === undefined ? [] : [list]
  })
  const [list, another] = said
  if (list === undefined || another !== undefined || !/^[\s,]*$/.test(list.replace(/["'][^"']*["']/g, '')))
    return undefined
  const names = [...list.matchAll(/["']([^"']*)["']/g)].map(([, name = '']) => name)
  // Else somebody sets the variable on Fly.io.
  const isOutside = names.some((name) => /\.(?!local\b|test\b|internal\b)[a-z]{2,}$/.test(name))
  if (!isOutside || names.some((name) => name === '*' || /^[\d.]+$/.test(name))) return undefined
  return {by: 'Starlette', kind: 'host', believesHeader: false, exempt: '', at: placeOf(file, match)}
}

/** The scheme is the one that a proxy tells the server (starlette/middleware/httpsredirect.py). */
function httpsRedirect(file: TextFile): Refusal | undefined {
  const match = /^\w{1,100}\.add_middleware\(\s{0,50}HTTPSRedirectMiddleware\s{0,50}\)/m.exec(file.text)
  return match
    ? {by: 'Starlette', kind: 'redirect', believesHeader: true, exempt: '', at: placeOf(file, match)}
    : undefined
}
