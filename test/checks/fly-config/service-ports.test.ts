import {expect, it} from 'vitest'
import servicePorts from '../../../checks/fly-config/service-ports.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})

testCheck(servicePorts, {
  clean: {
    '[http_service] brings two': toml('[http_service]\ninternal_port = 80\n'),
    'no service at all': toml('app = "shop"\n'),
    'one port': toml('[[services]]\ninternal_port = 80\n[[services.ports]]\nport = 80\n'),
    'the old single table': toml('[services]\ninternal_port = 80\n[services.ports]\nport = 80\n'),
    'settings of another service, which is told elsewhere': toml(
      '[http_service]\ninternal_port = 80\n[services.concurrency]\nhard_limit = 500\n',
    ),
    'a port that was chosen': toml(
      '[[services]]\ninternal_port = 80\n[[services.ports]]\nport = 8443\nhandlers = ["tls", "http"]\n',
    ),
    'the inner port beside the usual one': toml(
      '[[services]]\ninternal_port = 8080\n[[services.ports]]\nport = 8080\nhandlers = ["http"]\n[[services.ports]]\nport = 443\nhandlers = ["tls", "http"]\n',
    ),
    'a range that has the usual one': toml(
      '[[services]]\ninternal_port = 8080\n[[services.ports]]\nport = 8080\nhandlers = ["http"]\n[[services.ports]]\nstart_port = 80\nend_port = 90\n',
    ),
    'a protocol of its own': toml('[[services]]\ninternal_port = 6379\n[[services.ports]]\nport = 6379\n'),
    'an empty table, which flyctl drops': toml('[[services]]\n'),
  },
  flagged: {
    'no ports': {
      ...toml('app = "shop"\n[[services]]\nprotocol = "tcp"\ninternal_port = 6379\n'),
      expect: [
        "warning fly.toml:2:3 services[0] has no ports, so Fly.io's proxy sends it no traffic, and flyctl warns at every deploy",
      ],
    },
    'the inner port alone, for requests': {
      ...toml(
        'app = "shop"\n[[services]]\ninternal_port = 8080\n[[services.ports]]\nport = 8080\nhandlers = ["tls", "http"]\n',
      ),
      expect: [
        'warning fly.toml:5:1 port 8080 is the only one that takes requests: browsers ask port 443 for https://shop.fly.dev, where nobody answers',
      ],
    },
    'an empty list': {
      ...toml('[[services]]\ninternal_port = 80\nports = []\n'),
      expect: [
        "warning fly.toml:3:1 services[0] has no ports, so Fly.io's proxy sends it no traffic, and flyctl warns at every deploy",
      ],
    },
  },
})

it('says how the app is reached without a service', async () => {
  const {findings} = await checkOne(toml('app = "shop"\n[[services]]\ninternal_port = 6379\n'), servicePorts)
  expect(findings[0]?.hint).toBe(
    'Add [[services.ports]] with the port to reach it on, or delete this [[services]]: other apps of the organization reach shop.internal:6379 without it.',
  )
})
