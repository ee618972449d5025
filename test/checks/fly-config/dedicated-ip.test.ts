import {expect, it} from 'vitest'
import dedicatedIp from '../../../checks/fly-config/dedicated-ip.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const ports = (text: string) => toml(`[[services]]\nprotocol = "tcp"\n[[services.ports]]\n${text}\n`)

testCheck(dedicatedIp, {
  clean: {
    '[http_service]': toml('[http_service]\ninternal_port = 80\n'),
    'HTTP on its ports': ports(
      'port = 80\nhandlers = ["http"]\n[[services.ports]]\nport = 443\nhandlers = ["tls", "http"]',
    ),
    'in the other order': ports('port = 443\nhandlers = ["http", "tls"]'),
    'a range that holds port 443 alone': ports('start_port = 443\nend_port = 443\nhandlers = ["tls", "http"]'),
    'mistakes that other checks tell': ports(
      'port = 0\n[[services.ports]]\nport = 443\nhandlers = ["http"]\n[[services.ports]]\nport = 80\nhandlers = ["https"]',
    ),
    'no protocol: flyctl does not look at the ports': toml('[[services]]\n[[services.ports]]\nport = 5432\n'),
    'no ports': toml('[[services]]\nprotocol = "tcp"\n'),
  },
  flagged: {
    UDP: {
      ...toml('[[services]]\nprotocol = "udp"\n[[services.ports]]\nport = 53\n'),
      expect: [
        'info fly.toml:2:1 services[0] is UDP: at the first deploy flyctl asks for a dedicated IPv4 address, and in CI, where nobody answers, the app gets no address at all',
      ],
    },
    'another port, told once': {
      ...ports('port = 5432\n[[services.ports]]\nport = 5433'),
      expect: [
        'info fly.toml:3:3 services[0] has port 5432: at the first deploy flyctl asks for a dedicated IPv4 address, and in CI, where nobody answers, the app gets no address at all',
      ],
    },
    'TLS that the app ends itself': {
      ...ports('port = 443'),
      expect: [
        'info fly.toml:3:3 services[0] has port 443 with other handlers than tls and http: at the first deploy flyctl asks for a dedicated IPv4 address, and in CI, where nobody answers, the app gets no address at all',
      ],
    },
    'beside [http_service], which gets no address then either': {
      ...toml('[http_service]\n[[services]]\nprotocol = "tcp"\n[[services.ports]]\nstart_port = 80\nend_port = 81\n'),
      expect: [
        'info fly.toml:4:3 services[0] has port 80 to 81: at the first deploy flyctl asks for a dedicated IPv4 address, and in CI, where nobody answers, the app gets no address at all',
      ],
    },
  },
})

it('knows that TLS needs no address of its own', async () => {
  const hint = async (text: string) => (await checkOne(ports(text), dedicatedIp)).findings[0]?.hint
  expect(await hint('port = 8443\nhandlers = ["tls", "http"]')).toMatch(/allocate-v4 --shared/)
  expect(await hint('port = 8443\nhandlers = ["tls"]\n[[services.ports]]\nport = 5432')).not.toMatch(/--shared/)
})
