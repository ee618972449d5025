import {expect, it} from 'vitest'
import checkService from '../../../checks/fly-config/check-service.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const http = '[http_service]\ninternal_port = 8080\n'
const service = '[[services]]\ninternal_port = 9000\n'

testCheck(checkService, {
  clean: {
    'each at its own': toml(
      `${http}[[http_service.checks]]\npath = "/"\n${service}[[services.tcp_checks]]\ninterval = "10s"\n`,
    ),
    'no other service is meant': toml('[[services]]\n[[services.http_checks]]\npath = "/"\n'),
    'a service that lacks its port is a mistake of its own': toml(
      `${http}[[services]]\nprotocol = "tcp"\n[[services.tcp_checks]]\n[http_service.concurrency]\n`,
    ),
    'a service without a port and without checks': toml(`${http}[[services]]\nprotocol = "tcp"\n`),
  },
  flagged: {
    'below [http_service]': {
      ...toml(`${http}[[services.http_checks]]\npath = "/"\n`),
      expect: [
        'warning fly.toml:3:3 this check is not one of http_service: it belongs to a service of its own, which has no internal_port, and never passes',
      ],
    },
    'below [[services]]': {
      ...toml(`${service}[[http_service.checks]]\npath = "/"\n`),
      expect: [
        'warning fly.toml:3:3 this check is not one of services[0]: it belongs to a service of its own, which has no internal_port, and never passes',
      ],
    },
  },
})

it('says which header to write', async () => {
  const hint = async (text: string) => (await checkOne(toml(text), checkService)).findings[0]?.hint
  expect(await hint(`${http}[[services.tcp_checks]]\ninterval = "10s"\n`)).toBe(
    'Write [[http_service.checks]] in place of [[services.tcp_checks]].',
  )
  expect(await hint(`${service}[[http_service.checks]]\npath = "/"\n`)).toBe(
    'Write [[services.http_checks]] in place of [[http_service.checks]].',
  )
})
