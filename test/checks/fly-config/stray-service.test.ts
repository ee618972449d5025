import {expect, it} from 'vitest'
import strayService from '../../../checks/fly-config/stray-service.ts'
import {check, checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const http = '[http_service]\ninternal_port = 8080\n'
const service = '[[services]]\ninternal_port = 9000\n[[services.ports]]\nport = 9000\nhandlers = ["tls"]\n'
const concurrency = '[services.concurrency]\nhard_limit = 500\n'

testCheck(strayService, {
  clean: {
    'each at its own': toml(
      `${http}[[http_service.checks]]\npath = "/"\n${service}[[services.tcp_checks]]\ninterval = "10s"\n`,
    ),
    'no other service is meant': toml(concurrency),
    'a service that lacks its internal_port is a mistake of its own': toml(
      `${http}[[services]]\n[[services.ports]]\nport = 9000\n`,
    ),
    'a service that lacks its ports, too': toml(`${http}[[services]]\ninternal_port = 9000\n`),
    '[http_service] with a wish of its own': toml(`${service}[http_service]\nforce_https = true\n`),
  },
  flagged: {
    'checks beside [http_service]': {
      ...toml(`${http}[[services.http_checks]]\npath = "/"\n`),
      expect: [
        'warning fly.toml:3:3 services[0] is a service of its own without internal_port, not a part of http_service: this check never passes',
      ],
    },
    'checks beside [[services]]': {
      ...toml(`${service}[[http_service.checks]]\npath = "/"\n`),
      expect: [
        'warning fly.toml:6:3 http_service is a service of its own without internal_port, not a part of services[0]: this check never passes',
      ],
    },
    'limits beside [http_service]': {
      ...toml(`${http}${concurrency}`),
      expect: [
        'warning fly.toml:3:2 services[0] is a service of its own without internal_port, not a part of http_service: what is set here applies to nothing',
      ],
    },
  },
})

it('says what to write', async () => {
  const hint = async (text: string) => (await checkOne(toml(text), strayService)).findings[0]?.hint
  expect(await hint(`${http}[[services.tcp_checks]]\ninterval = "10s"\n`)).toBe(
    'Write [[http_service.checks]] in place of [[services.tcp_checks]].',
  )
  expect(await hint(`${service}[[http_service.checks]]\npath = "/"\n`)).toBe(
    'Write [[services.http_checks]] in place of [[http_service.checks]].',
  )
  expect(
    await hint(
      `[processes]\nweb = "a"\nworker = "b"\n${http}processes = ["web"]\n[[services]]\nprocesses = ["worker"]\n${concurrency}`,
    ),
  ).toBe('Delete it: no request reaches worker without ports, and it runs without a service.')
  expect(await hint(`${http}${concurrency}`)).toBe('Move its keys to [http_service], as in [http_service.concurrency].')
})

it('is told once, and by flyctl too where there are groups', async () => {
  const told = async (text: string) => {
    const {checks} = await check({
      ...toml(`primary_region = "fra"\n${text}`),
      options: {offline: true, only: ['fly-config']},
    })
    return checks.filter(({findings}) => findings.some(({severity}) => severity !== 'info')).map(({id}) => id)
  }
  const name = 'app = "shop"\n'
  expect(await told(`${name}${http}[[http_service.checks]]\n[[services.http_checks]]\npath = "/"\n`)).toEqual([
    strayService.id,
  ])
  expect(await told(`${name}${service}[[services.tcp_checks]]\n[[http_service.checks]]\npath = "/"\n`)).toEqual([
    strayService.id,
  ])
  expect(
    await told(`${name}${http}processes = ["web"]\n[[http_service.checks]]\n[processes]\nweb = "a"\n${concurrency}`),
  ).toEqual(['fly-config/service-processes', strayService.id])
})
