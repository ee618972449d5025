import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'env/trusted-proxy',
  title: 'what asks for https hears it from the proxy',
  why: "Fly.io's proxy talks http to the app, and says https in a header that a server believes only of those whom it is told to trust.",
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig', 'untrustedProxies'],
  *run({flyConfig, untrustedProxies}) {
    if (!flyConfig.services.some(({ports}) => ports.some(({port}) => port.handlers?.includes('tls')))) return
    const told = new Set<string>()
    for (const {kind, at, server} of untrustedProxies) {
      if (told.has(kind)) continue
      told.add(kind)
      const trust =
        server.name === 'express'
          ? "Let Express trust the proxy, before the session: app.set('trust proxy', 1)"
          : server.name === 'Django'
            ? `Let Django believe the proxy: SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https"), or name the address: CSRF_TRUSTED_ORIGINS = ["https://${flyConfig.config.app ?? 'APP'}.fly.dev"]`
            : server.name === 'nginx'
              ? 'Hand on what Fly.io says: proxy_set_header X-Forwarded-Proto $http_x_forwarded_proto;'
              : `Let ${server.name} trust the proxy: --forwarded-allow-ips='*', or add to [env]: ${flyConfig.setting('FORWARDED_ALLOW_IPS', '*')}`
      const believes = `${server.name} believes X-Forwarded-Proto of 127.0.0.1 alone, not of Fly.io's proxy`
      yield {
        message: {
          header: `nginx tells the app X-Forwarded-Proto: http for every request, as TLS ends at Fly.io's proxy before it: ${at.file} believes it, so that redirects to https never end, and addresses begin with http`,
          redirect: `${believes}: ${at.file} redirects every request to https again and again`,
          address: `${believes}: the address that ${at.file} makes begins with http, and who is sent there does not come back`,
          form: 'Django believes no proxy here and takes every request for http: the forms come from https, which is another address to it, and are answered 403',
          cookie:
            'Express believes no proxy here, takes every request for http and does not send this cookie, which is secure: nobody stays logged in',
        }[kind],
        at: server.at ?? at,
        related: server.at ? [at] : [],
        hint: trust,
      }
    }
  },
})
