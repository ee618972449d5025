import {expect, it} from 'vitest'
import handlers from '../../../checks/fly-config/handlers.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const ports = (text: string) => toml(`[[services]]\n[[services.ports]]\n${text}\n`)

testCheck(handlers, {
  clean: {
    'the usual two': ports(
      'port = 80\nhandlers = ["http"]\n[[services.ports]]\nport = 443\nhandlers = ["tls", "http"]',
    ),
    'in the other order, as flyctl writes them itself': ports('port = 443\nhandlers = ["http", "tls"]'),
    'none: the app ends TLS itself': ports('port = 443'),
    'TLS and plain HTTP for the app, at two ports of its own': toml(
      '[[services]]\ninternal_port = 80\n[[services.ports]]\nport = 80\nhandlers = ["http"]\n[[services]]\ninternal_port = 443\n[[services.ports]]\nport = 443\n',
    ),
    'TLS for something else than HTTP': ports('port = 443\nhandlers = ["tls"]'),
    'Postgres and the PROXY protocol': ports('port = 5433\nhandlers = ["pg_tls", "proxy_proto"]'),
    'HTTP on another port': ports('port = 8443\nhandlers = ["http"]'),
    'one that is only in the API': ports('port = 80\nhandlers = ["edge_http"]'),
  },
  flagged: {
    'no handler of this name': {
      ...ports('port = 443\nhandlers = ["https"]'),
      expect: [
        'warning fly.toml:4:13 services[0].ports[0].handlers[0] is "https", it must be "http", "tls", "pg_tls" or "proxy_proto"',
      ],
    },
    'in upper case, as early versions had it': {
      ...ports('port = 8080\nhandlers = ["HTTP"]'),
      expect: [
        'warning fly.toml:4:13 services[0].ports[0].handlers[0] is "HTTP", it must be "http", "tls", "pg_tls" or "proxy_proto"',
      ],
    },
    twice: {
      ...ports('port = 443\nhandlers = ["tls", "http", "tls"]'),
      expect: ['warning fly.toml:4:28 services[0].ports[0].handlers has "tls" twice'],
    },
    'no handler of this name, told once': {
      ...ports('port = 443\nhandlers = ["https", "http"]'),
      expect: [
        'warning fly.toml:4:13 services[0].ports[0].handlers[0] is "https", it must be "http", "tls", "pg_tls" or "proxy_proto"',
      ],
    },
    'HTTPS without TLS': {
      ...ports('port = 443\nhandlers = ["http"]'),
      expect: [
        'warning fly.toml:4:1 port 443 of services[0] has the handler http without tls: browsers speak TLS there, so every https:// request fails',
      ],
    },
    'TLS for an app that gets plain HTTP beside it': {
      ...ports('port = 80\nhandlers = ["http"]\n[[services.ports]]\nport = 443'),
      expect: [
        'warning fly.toml:6:1 port 443 of services[0] has no handlers: TLS goes on to the app, which gets plain HTTP from port 80 at the same internal_port',
      ],
    },
    'HTTP with TLS': {
      ...ports('port = 80\nhandlers = ["tls", "http"]'),
      expect: [
        'warning fly.toml:4:1 port 80 of services[0] has the handler tls: browsers speak plain HTTP there, so every http:// request fails',
      ],
    },
  },
})

it('says which handler is meant', async () => {
  const hint = async (handler: string) =>
    (await checkOne(ports(`port = 8443\nhandlers = ["${handler}"]`), handlers)).findings[0]?.hint
  expect(await hint('https')).toBe('Write handlers = ["tls", "http"]')
  expect(await hint('HTTP')).toBe('Did you mean "http"?')
  expect(await hint('pgtls')).toBe('Did you mean "pg_tls"?')
  expect(await hint('constructor')).toBe('Delete it: a port without handlers passes TCP on as it is.')
})
