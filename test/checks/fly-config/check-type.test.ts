import {expect, it} from 'vitest'
import checkType from '../../../checks/fly-config/check-type.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})

testCheck(checkType, {
  clean: {
    'no checks': toml('app = "shop"\n'),
    'http and tcp': toml('[checks.a]\ntype = "http"\nport = 1\n[checks.b]\ntype = "tcp"\nport = 1\n'),
    'checks of a service, which need none': toml(
      '[http_service]\ninternal_port = 1\n[[http_service.checks]]\npath = "/"\n',
    ),
    'the old array': toml('[[checks]]\nname = "a"\ntype = "tcp"\nport = 1\n'),
  },
  flagged: {
    'in capitals': {
      ...toml('[checks.web]\ntype = "HTTP"\nport = 1\n'),
      expect: ['error fly.toml:2:1 checks.web.type is "HTTP", it must be "http" or "tcp"'],
    },
    'no type': {
      ...toml('[checks.web]\nport = 1\n'),
      expect: ['error fly.toml:1:2 checks.web has no type, it must be "http" or "tcp"'],
    },
    'an empty type': {
      ...toml('[checks.web]\ntype = ""\nport = 1\n'),
      expect: ['error fly.toml:2:1 checks.web.type is "", it must be "http" or "tcp"'],
    },
    'of a group that does not exist: flyctl looks at all of them': {
      ...toml('[checks.web]\ntype = "udp"\nport = 1\nprocesses = ["nobody"]\n'),
      expect: ['error fly.toml:2:1 checks.web.type is "udp", it must be "http" or "tcp"'],
    },
    'in JSON, with a name that JavaScript knows': {
      files: {'fly.json': '{"checks": {"constructor": {"port": 1}}}'},
      expect: ['error fly.json:1:13 checks.constructor has no type, it must be "http" or "tcp"'],
    },
    'in YAML': {
      files: {'fly.yaml': 'checks:\n  web:\n    type: https\n    port: 1\n'},
      expect: ['error fly.yaml:3:5 checks.web.type is "https", it must be "http" or "tcp"'],
    },
  },
})

it.each([
  ['type = "HTTP"', 'Write type = "http"'],
  ['type = "https"', 'Write type = "http" and protocol = "https"'],
  ['path = "/health"', 'Write type = "http"'],
  [
    'type = "script"',
    'No check runs a command in the machine any more. Write type = "http" with a path, or type = "tcp"',
  ],
  ['port = 1', 'Write type = "http" with a path to ask for, or type = "tcp", which only connects.'],
])('says what to write for %s', async (line, hint) => {
  expect((await checkOne(toml(`[checks.web]\n${line}\n`), checkType)).findings[0]?.hint).toBe(hint)
})
