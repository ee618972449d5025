import {defineCheck, type Facts, refusedCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'env/proxy-https',
  title: "the app believes Fly.io's proxy that a request is https",
  why: 'The proxy ends TLS and talks http to the app: one that redirects http to https, and does not believe the proxy, redirects for ever.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig', 'refusals'],
  *run({flyConfig, refusals}) {
    if (!flyConfig.services.some(endsTls)) return
    for (const refusal of refusals) {
      const {by, kind, believesHeader, exempt, at} = refusal
      if (kind !== 'redirect' || believesHeader || exempt === '*') continue
      // The health check that meets the same is told of there, with both cures.
      if (refusedCheck(flyConfig, refusal)) continue
      const cure = cures.get(by)
      if (!cure) continue
      yield {
        message: `${by} sees every request as http, since Fly.io's proxy ends TLS, and redirects it to https again and again`,
        at,
        hint: `Let it believe the header that the proxy sends: ${cure}`,
      }
    }
  },
})

const cures = new Map([
  ['Phoenix', 'force_ssl: [rewrite_on: [:x_forwarded_proto]]'],
  ['Express', "app.set('trust proxy', 1)"],
  ['Django', 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")'],
])

/** A public port on which the proxy ends TLS. */
const endsTls = ({ports}: Facts['flyConfig']['services'][number]): boolean =>
  ports.some(({port}) => port.handlers?.includes('tls'))
