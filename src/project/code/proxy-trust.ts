import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import {setVariables} from '../environment/set-variables.ts'
import {isApart} from '../files/apart.ts'
import {noFiles} from '../files/files.ts'
import type {TextFile} from '../files/text.ts'
import {handedScheme} from '../image/servers/nginx-scheme.ts'
import type {Inputs} from '../inputs.ts'
import {codeOf} from './code.ts'

/** A place that asks whether a request came by https, in an app that does not believe the proxy when it says so. */
export interface UntrustedProxy {
  /**
   * `redirect`: http is redirected to https. `address`: an address of the app is made, with its scheme, for somebody else
   * to call. `cookie`: a cookie is sent by https alone. `form`: what a form sends must come from the app's own address.
   * `header`: it believes what is in front of it, and that says http.
   */
  kind: 'redirect' | 'address' | 'cookie' | 'form' | 'header'
  at: FileLocation
  /** What would have to trust the proxy: the command of the server, where it is one. */
  server: {name: 'uvicorn' | 'gunicorn' | 'express' | 'Django' | 'nginx'; at: FileLocation | undefined}
}

const notShipped = /(^|\/)scripts?\//

export async function loadUntrustedProxies(inputs: Inputs, facts: FactStore): Promise<Fact<UntrustedProxy[]>> {
  const {reader} = inputs
  const [files, image, processes, set] = await Promise.all([
    facts.value('files'),
    facts.value('image'),
    facts.value('processes'),
    setVariables(facts),
  ])
  if (!set.complete || !image) return known([])
  const paths = (files ?? noFiles).only((path) => !isApart(path) && !notShipped.test(path) && image.copies(path))
  return known([...(await python()), ...(await django()), ...(await express()), ...(await nginx())])

  /** What an app is written to believe, and nginx in front of it sets to the scheme of its own connection. */
  async function nginx(): Promise<UntrustedProxy[]> {
    const sources = paths.ending('.py', '.ex', '.exs')
    if (sources.length === 0) return []
    const handed = await handedScheme(inputs, facts)
    const read = handed ? await reader.texts(sources) : []
    const [at] = read.flatMap((file) => place(file, believes) ?? [])
    return handed && at ? [{kind: 'header', at, server: {name: 'nginx', at: handed}}] : []
  }

  /** uvicorn believes X-Forwarded-Proto of 127.0.0.1 alone, and so do the workers that gunicorn starts. */
  async function python(): Promise<UntrustedProxy[]> {
    const server = processes?.commands.find(({text}) => /\buvicorn\b|\bfastapi run\b/.test(text))
    if (!server || /forwarded-allow-ips/.test(server.text) || set.mayBeSet('FORWARDED_ALLOW_IPS')) return []
    const isGunicorn = /\bgunicorn\b/.test(server.text)
    // Its configuration is a file of its own, or variables.
    if (
      isGunicorn &&
      (paths.ending('.py').some((path) => /gunicorn[\w.]{0,100}\.py$/.test(path)) || set.mayBeSet('GUNICORN_CMD_ARGS'))
    )
      return []
    const read = await reader.texts(paths.ending('.py'))
    if (read.some(({text}) => /ProxyHeaders|forwarded_allow_ips|x-forwarded-proto/i.test(text))) return []
    const how = {server: {name: isGunicorn ? 'gunicorn' : 'uvicorn', at: server.at}} as const
    return read.flatMap((file): UntrustedProxy[] => {
      const at = (pattern: RegExp) => place(file, pattern)
      const redirect = /\bimport\b[^\n]{0,300}\bHTTPSRedirectMiddleware\b/.test(file.text)
        ? at(/\badd_middleware\(\s*HTTPSRedirectMiddleware\b|\bMiddleware\(\s*HTTPSRedirectMiddleware\b/)
        : undefined
      if (redirect) return [{kind: 'redirect', at: redirect, ...how}]
      // An address that is mended by hand.
      if (
        /replace\([^)\n]{0,300}https?|scheme\s*=\s*["']https|(?:startswith|removeprefix)\(\s*["']http:|["']https:\/\/["']/.test(
          file.text,
        )
      )
        return []
      const address = /\bauthorize_redirect\(|\bredirect_uri\b/.test(file.text)
        ? at(/\brequest\.(?:url_for\(|base_url\b)/)
        : undefined
      return address ? [{kind: 'address', at: address, ...how}] : []
    })
  }

  /**
   * Since 4.0 Django compares Origin with its own address (django/middleware/csrf.py, _origin_verified): that begins with
   * http where no header is believed, and the browser's with https. The forms of the admin are looked at alone.
   */
  async function django(): Promise<UntrustedProxy[]> {
    const started = processes?.commands.map(({text}) => text).join('\n') ?? ''
    if (paths.named('manage.py').length === 0 || /forwarded-allow-ips/.test(started)) return []
    if (set.mayBeSet('FORWARDED_ALLOW_IPS')) return []
    const declared = await reader.texts(declaring())
    const versions = declared.flatMap(({text}) =>
      [...text.matchAll(djangoVersion)].map(([, version, locked]) => Number(version ?? locked)),
    )
    if (versions.length === 0 || Math.min(...versions) < 4) return []
    const read = await reader.texts(paths.ending('.py'))
    if (
      read.some(({text}) => /CSRF_TRUSTED_ORIGINS|SECURE_PROXY_SSL_HEADER|forwarded_allow_ips|ProxyHeaders/.test(text))
    )
      return []
    const [settings, another] = read.filter(({text}) =>
      /["']django\.middleware\.csrf\.CsrfViewMiddleware["']/.test(text),
    )
    if (!settings || another || !/["']django\.contrib\.admin["']/.test(settings.text)) return []
    const at = place(settings, /["']django\.middleware\.csrf\.CsrfViewMiddleware["']/)
    return at ? [{kind: 'form', at, server: {name: 'Django', at: undefined}}] : []
  }

  /** express-session sends no secure cookie, and cookie-session throws, where the request is not https to Express. */
  async function express(): Promise<UntrustedProxy[]> {
    if (paths.named('package.json').length === 0) return []
    const read = await reader.texts(paths.ending('.js', '.cjs', '.mjs', '.ts', '.cts', '.mts'))
    if (read.some(({text}) => /trust proxy/.test(text))) return []
    return read.flatMap((file): UntrustedProxy[] => {
      if (!/["'](?:express-session|cookie-session)["']/.test(file.text) || /\bproxy\s*:\s*true\b/.test(file.text))
        return []
      const at = place(file, /\bsecure\s*:\s*(?:true|process\.env\.NODE_ENV\s*===?\s*["']production["'])/)
      return at ? [{kind: 'cookie', at, server: {name: 'express', at: undefined}}] : []
    })
  }

  /** What says which packages there are. */
  function declaring(): string[] {
    const requirements = paths.ending('.txt').filter((path) => /(^|\/)requirements[\w./-]*\.txt$/.test(path))
    return [...requirements, ...paths.named('pyproject.toml', 'poetry.lock', 'uv.lock', 'Pipfile.lock')].sort()
  }
}

/** `Django==5.1`, `django>=4.2`, `django = "^5.0"`, and the version of a lock file. */
const djangoVersion =
  /^[ \t]*["']?django["']?\s*(?:\[[^\]\n]*\]\s*)?(?:[=~>]=\s*|=\s*["'][\^~>=]*)(\d+)|^name = "django"\nversion = "(?=\d)(\d+)/gim

/** Settings of Django, middleware of Flask, Plug.SSL and Plug.RewriteOn: each asks for X-Forwarded-Proto by its name or by default. */
const believes =
  /^[ \t]{0,20}SECURE_PROXY_SSL_HEADER\s{0,9}=\s{0,9}\(\s{0,9}["']HTTP_X_FORWARDED_PROTO["']|(?<==\s{0,9})ProxyFix\((?![^)]{0,200}\bx_proto\s{0,9}=\s{0,9}0)|(?:\brewrite_on:\s{0,9}|\bPlug\.RewriteOn,\s{0,9})\[[^\]]{0,100}:x_forwarded_proto\b/m

/** The first place that a pattern finds outside of comments. */
function place(file: TextFile, pattern: RegExp): FileLocation | undefined {
  const code = codeOf(file)
  const match = pattern.exec(code?.text ?? '')
  // What begins inside a string is text.
  if (!code || !match || code.bare[match.index] === ' ') return undefined
  return file.span(match.index, match.index + match[0].length)
}
