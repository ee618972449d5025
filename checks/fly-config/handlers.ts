import {defineCheck, keyPath, suggest} from '../../src/check.ts'

/** fly.io/docs/networking/services; edge_http is in Fly.io's API only. */
const known = ['http', 'tls', 'pg_tls', 'proxy_proto']
const meantByMany = new Map([
  ['https', '["tls", "http"]'],
  ['ssl', '["tls"]'],
  ['http2', '["tls", "http"]'],
  ['h2', '["tls", "http"]'],
  ['ws', '["http"]'],
  ['websocket', '["http"]'],
  ['wss', '["tls", "http"]'],
  ['proxy', '["proxy_proto"]'],
])

export default defineCheck({
  id: 'fly-config/handlers',
  title: 'the handlers of every port exist and fit it',
  why: 'A port whose handler does not speak what clients speak answers none of them.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    for (const {port, path} of flyConfig.services.flatMap(({ports}) => ports)) {
      if (!path) continue
      const {handlers = []} = port
      const at = flyConfig.at(...path, 'handlers')
      for (const [index, handler] of handlers.entries()) {
        const place = {at: flyConfig.valueAt(...path, 'handlers', index)}
        if (handlers.indexOf(handler) < index) {
          yield {...place, message: `handlers has ${JSON.stringify(handler)} twice`, hint: 'Delete one of them.'}
        } else if (!known.includes(handler) && handler !== 'edge_http') {
          const meant = meantByMany.get(handler.toLowerCase())
          const similar = suggest(handler.toLowerCase(), known)
          yield {
            ...place,
            message: `${JSON.stringify(handler)} is no handler of Fly.io, it must be one of ${known.join(', ')}`,
            hint: meant
              ? `Write handlers = ${meant}.`
              : similar
                ? `Did you mean ${similar}?`
                : 'Delete it: a port without handlers passes TCP on as it is.',
            failsAt: 'machine',
          }
        }
      }
      if (port.port === 443 && handlers.includes('http') && !handlers.includes('tls')) {
        yield {
          message: `port 443 of ${keyPath(path.slice(0, -2))} has the handler http without tls: browsers speak TLS there, so every https:// request fails`,
          at,
          hint: 'Write handlers = ["tls", "http"].',
        }
      }
      if (port.port === 80 && handlers.includes('tls')) {
        yield {
          message: `port 80 of ${keyPath(path.slice(0, -2))} has the handler tls: browsers speak plain HTTP there, so every http:// request fails`,
          at,
          hint: 'Write handlers = ["http"], and handlers = ["tls", "http"] for port 443.',
        }
      }
    }
  },
})
