import {expect, it} from 'vitest'
import checkPort from '../../../checks/fly-config/check-port.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const check = '[checks.web]\ntype = "tcp"\n'
const groups = '[processes]\nweb = "a"\nworker = "b"\n'
const http = '[http_service]\ninternal_port = 8080\n'

testCheck(checkPort, {
  clean: {
    'a port': toml(`${check}port = 8080\n`),
    'the port of [http_service]': toml(`${http}${check}`),
    'the port of [http_service], in the same group': toml(
      `${groups}${http}processes = ["web"]\n${check}processes = ["web"]\n`,
    ),
    'neither names a group, and the default group is the same': toml(`${groups}${http}${check}`),
    'a group that does not exist: no machine gets the check': toml(`${groups}${check}processes = ["nobody"]\n`),
    'an empty name is the default group': toml(`${http}${check}processes = [""]\n`),
  },
  flagged: {
    'no [http_service]': {
      ...toml(check),
      expect: ['error fly.toml:1:2 checks.web has no port, and there is no [http_service] to take it from'],
    },
    'after the migrations': {
      ...toml(`[deploy]\nrelease_command = "migrate"\n${check}`),
      expect: [
        'error fly.toml:3:2 checks.web has no port, and there is no [http_service] to take it from; the release command has run by then',
      ],
    },
    'a service of [[services]] lends no port': {
      ...toml(`[[services]]\ninternal_port = 8080\n${check}`),
      expect: ['error fly.toml:3:2 checks.web has no port, and there is no [http_service] to take it from'],
    },
    'the [http_service] of another group, told once': {
      ...toml(`${groups}zoo = "c"\n${http}processes = ["web"]\n${check}processes = ["web", "worker", "zoo"]\n`),
      expect: [
        'error fly.toml:8:2 checks.web has no port, and the process group worker has no [http_service] to take it from',
      ],
    },
    'the default group, which is the first by name': {
      ...toml(`${groups}${http}processes = ["worker"]\n${check}`),
      expect: [
        'error fly.toml:7:2 checks.web has no port, and the process group web has no [http_service] to take it from',
      ],
    },
    'no port to take': {
      ...toml(`[http_service]\nforce_https = true\n${check}`),
      expect: [
        'warning fly.toml:3:2 checks.web has no port, and [http_service] has no internal_port to take it from: it asks port 0, and never passes',
      ],
    },
    'ports that are none': {
      ...toml('[checks.a]\ntype = "tcp"\nport = 0\n[checks.b]\ntype = "tcp"\nport = 80800\n'),
      expect: [
        'warning fly.toml:3:1 checks.a.port is 0, it must be a port from 1 to 65535: this check never passes',
        'warning fly.toml:6:1 checks.b.port is 80800, it must be a port from 1 to 65535: this check never passes',
      ],
    },
    'in YAML': {
      files: {'fly.yaml': 'checks:\n  web:\n    type: tcp\n'},
      expect: ['error fly.yaml:2:3 checks.web has no port, and there is no [http_service] to take it from'],
    },
  },
})

it('says which port', async () => {
  const hint = async (text: string) => (await checkOne(toml(text), checkPort)).findings[0]?.hint
  expect(await hint(`[[services]]\ninternal_port = 3000\n${check}`)).toBe(
    'Write port = 3000, the internal_port of services[0].',
  )
  expect(await hint(`${groups}${http}processes = ["web"]\n${check}processes = ["worker"]\n`)).toBe(
    'Write the port on which the app listens: port = 8080',
  )
})
