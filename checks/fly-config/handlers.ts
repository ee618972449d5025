import {
  defineCheck,
  type Facts,
  handlersFit,
  keyPath,
  handlers as known,
  oneOf,
  quote,
  suggest,
} from '../../src/check.ts'

type Port = Facts['flyConfig']['services'][number]['ports'][number]['port']

const isPlain = ({port, handlers = []}: Port): boolean => port === 80 && handlers.includes('http')

const meantByMany = new Map([
  ['https', ['tls', 'http']],
  ['ssl', ['tls']],
  ['http2', ['tls', 'http']],
  ['h2', ['tls', 'http']],
  ['ws', ['http']],
  ['websocket', ['http']],
  ['wss', ['tls', 'http']],
  ['proxy', ['proxy_proto']],
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
    for (const {port, path, beside} of flyConfig.services.flatMap(({ports}) =>
      ports.map((each) => ({...each, beside: ports})),
    )) {
      if (!path) continue
      const at = [...path, 'handlers']
      const {handlers = []} = port
      const unknown = handlers.filter((handler) => !handlersFit({handlers: [handler]}))
      for (const [index, handler] of handlers.entries()) {
        const place = {at: flyConfig.valueAt(...at, index)}
        if (handlers.indexOf(handler) < index) {
          yield {...place, message: `${keyPath(at)} has ${quote(handler)} twice`, hint: 'Delete one of them.'}
        } else if (unknown.includes(handler)) {
          const meant = meantByMany.get(handler.toLowerCase())
          const similar = suggest(handler.toLowerCase(), known)
          yield {
            ...place,
            message: `${keyPath([...at, index])} is ${quote(handler)}, it must be ${oneOf(known)}`,
            ...(meant
              ? flyConfig.write(at, meant)
              : {
                  hint: similar
                    ? `Did you mean ${quote(similar)}?`
                    : 'Delete it: a port without handlers passes TCP on as it is.',
                }),
            failsAt: 'machine',
          }
        }
      }
      // An app that ends TLS itself speaks no plain HTTP at the same port.
      if (port.port === 443 && handlers.length === 0 && beside.some((each) => isPlain(each.port)))
        yield {
          message: `port 443 of ${keyPath(path.slice(0, -2))} has no handlers: TLS goes on to the app, which gets plain HTTP from port 80 at the same internal_port`,
          at: flyConfig.at(...path, 'port'),
          ...flyConfig.write(at, ['tls', 'http']),
        }
      if (unknown.length > 0 || handlersFit(port)) continue
      const name = `port ${port.port} of ${keyPath(path.slice(0, -2))}`
      yield port.port === 443
        ? {
            message: `${name} has the handler http without tls: browsers speak TLS there, so every https:// request fails`,
            at: flyConfig.at(...at),
            ...flyConfig.write(at, ['tls', 'http']),
          }
        : {
            message: `${name} has the handler tls: browsers speak plain HTTP there, so every http:// request fails`,
            at: flyConfig.at(...at),
            ...flyConfig.write(at, ['http'], `, and ${flyConfig.setting('handlers', ['tls', 'http'])} for port 443`),
          }
    }
  },
})
