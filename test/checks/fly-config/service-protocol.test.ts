import {expect, it} from 'vitest'
import serviceProtocol from '../../../checks/fly-config/service-protocol.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})

testCheck(serviceProtocol, {
  clean: {
    tcp: toml('[[services]]\nprotocol = "tcp"\n[[services.ports]]\nport = 80\n'),
    udp: toml('[[services]]\nprotocol = "udp"\n[[services.ports]]\nport = 53\n'),
    '[http_service] is TCP': toml('[http_service]\ninternal_port = 80\n'),
    'a service without traffic': toml('[services.concurrency]\nhard_limit = 1\n'),
    'the protocol of a check is another thing': toml(
      '[http_service]\n[[http_service.checks]]\nprotocol = "https"\n[[services]]\nprotocol = "tcp"\n',
    ),
  },
  flagged: {
    'a handler in its place': {
      ...toml('[[services]]\nprotocol = "https"\n[[services.ports]]\nport = 443\n'),
      expect: ['warning fly.toml:2:1 services[0].protocol is "https", it must be "tcp" or "udp"'],
    },
    'in upper case': {
      ...toml('[[services]]\nprotocol = "TCP"\n'),
      expect: ['warning fly.toml:2:1 services[0].protocol is "TCP", it must be "tcp" or "udp"'],
    },
    'none, on ports': {
      ...toml('[[services]]\ninternal_port = 80\n[[services.ports]]\nport = 80\n'),
      expect: ['info fly.toml:1:3 services[0] has no protocol, it should say "tcp" or "udp"'],
    },
  },
})

it('says what to write instead', async () => {
  const first = async (protocol: string) =>
    (await checkOne(toml(`[[services]]\nprotocol = "${protocol}"\n`), serviceProtocol)).findings[0]
  expect(await first('http')).toMatchObject({
    hint: 'Write protocol = "tcp", and on its ports handlers = ["http"] for HTTP, handlers = ["tls", "http"] for HTTPS',
    fix: {edits: [{line: 2, column: 12, endColumn: 18, text: '"tcp"'}]},
  })
  expect((await first('UDP'))?.hint).toBe('Write protocol = "udp"')
})
