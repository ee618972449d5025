import type {FileLocation} from '../../check.ts'
import {type Fact, type FactStore, known} from '../../facts.ts'
import type {Inputs} from '../inputs.ts'
import {setVariables} from '../set-variables.ts'
import type {TextFile} from '../text.ts'
import {codeOf} from './code.ts'

/** A place that asks whether a request came by https, in an app that does not believe the proxy when it says so. */
export interface UntrustedProxy {
  /**
   * `redirect`: http is redirected to https. `address`: an address of the app is made, with its scheme, for somebody else
   * to call. `cookie`: a cookie is sent by https alone.
   */
  kind: 'redirect' | 'address' | 'cookie'
  at: FileLocation
  /** What would have to trust the proxy: the command of the server, where it is one. */
  server: {name: 'uvicorn' | 'gunicorn' | 'express'; at: FileLocation | undefined}
}

const notShipped =
  /(^|\/)(tests?|__tests__|spec|e2e|docs?|examples?|scripts?|node_modules|fixtures)\/|(^|\/)(test_|conftest)|[._](?:test|spec)\./

export async function loadUntrustedProxies({reader}: Inputs, facts: FactStore): Promise<Fact<UntrustedProxy[]>> {
  const [files, image, processes, set] = await Promise.all([
    facts.value('files'),
    facts.value('image'),
    facts.value('processes'),
    setVariables(facts),
  ])
  if (!set.complete || !image) return known([])
  const paths = (files?.paths ?? []).filter((path) => !notShipped.test(path) && image.copies(path))
  return known([...(await python()), ...(await express())])

  /** uvicorn believes X-Forwarded-Proto of 127.0.0.1 alone, and so do the workers that gunicorn starts. */
  async function python(): Promise<UntrustedProxy[]> {
    const server = processes?.commands.find(({text}) => /\buvicorn\b|\bfastapi run\b/.test(text))
    if (!server || /forwarded-allow-ips/.test(server.text) || set.mayBeSet('FORWARDED_ALLOW_IPS')) return []
    const isGunicorn = /\bgunicorn\b/.test(server.text)
    // Its configuration is a file of its own, or variables.
    if (isGunicorn && (paths.some((path) => /gunicorn[\w.]*\.py$/.test(path)) || set.mayBeSet('GUNICORN_CMD_ARGS')))
      return []
    const read = await texts(/\.py$/)
    if (read.some(({text}) => /ProxyHeaders|forwarded_allow_ips|x-forwarded-proto/i.test(text))) return []
    const how = {server: {name: isGunicorn ? 'gunicorn' : 'uvicorn', at: server.at}} as const
    return read.flatMap((file): UntrustedProxy[] => {
      const at = (pattern: RegExp) => place(file, pattern)
      const redirect = /\bimport\b[^\n]*\bHTTPSRedirectMiddleware\b/.test(file.text)
        ? at(/\badd_middleware\(\s*HTTPSRedirectMiddleware\b|\bMiddleware\(\s*HTTPSRedirectMiddleware\b/)
        : undefined
      if (redirect) return [{kind: 'redirect', at: redirect, ...how}]
      // An address that is mended by hand.
      if (/replace\([^)\n]*https?|scheme\s*=\s*["']https/.test(file.text)) return []
      const address = /\bauthorize_redirect\(|\bredirect_uri\b/.test(file.text)
        ? at(/\brequest\.(?:url_for\(|base_url\b)/)
        : undefined
      return address ? [{kind: 'address', at: address, ...how}] : []
    })
  }

  /** express-session sends no secure cookie, and cookie-session throws, where the request is not https to Express. */
  async function express(): Promise<UntrustedProxy[]> {
    if (!paths.some((path) => /(^|\/)package\.json$/.test(path))) return []
    const read = await texts(/\.[cm]?[jt]s$/)
    if (read.some(({text}) => /trust proxy/.test(text))) return []
    return read.flatMap((file): UntrustedProxy[] => {
      if (!/["'](?:express-session|cookie-session)["']/.test(file.text) || /\bproxy\s*:\s*true\b/.test(file.text))
        return []
      const at = place(file, /\bsecure\s*:\s*(?:true|process\.env\.NODE_ENV\s*===?\s*["']production["'])/)
      return at ? [{kind: 'cookie', at, server: {name: 'express', at: undefined}}] : []
    })
  }

  async function texts(kind: RegExp): Promise<TextFile[]> {
    const read = await Promise.all(paths.filter((path) => kind.test(path)).map((path) => reader.text(path)))
    return read.filter((file) => file !== undefined)
  }
}

/** The first place that a pattern finds outside of comments. */
function place(file: TextFile, pattern: RegExp): FileLocation | undefined {
  const match = pattern.exec(file.text)
  if (!match || codeOf(file)?.bare.startsWith(match[0].slice(0, 5), match.index) !== true) return undefined
  return file.span(match.index, match.index + match[0].length)
}
