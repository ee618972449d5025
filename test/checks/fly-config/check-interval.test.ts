import {expect, it} from 'vitest'
import checkInterval from '../../../checks/fly-config/check-interval.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (line: string) => ({files: {'fly.toml': `[checks.web]\ntype = "tcp"\nport = 1\n${line}\n`}})

testCheck(checkInterval, {
  clean: {
    'none: Fly.io chooses': toml(''),
    'an empty text unsets it': toml('interval = ""'),
    'two seconds': toml('interval = "2s"'),
    'a number is milliseconds': toml('interval = 2_000'),
    'a long one': toml('interval = "10m"'),
    'a short timeout and grace period': toml('timeout = "1s"\ngrace_period = "1s"'),
    'checks of a service, which Fly.io runs every second too': {
      files: {'fly.toml': '[http_service]\ninternal_port = 1\n[[http_service.checks]]\ninterval = "1s"\n'},
    },
    'a whole number in YAML, which flyctl drops': {
      files: {'fly.yaml': 'checks:\n  web:\n    type: tcp\n    port: 1\n    interval: 10\n'},
    },
  },
  flagged: {
    'less than two seconds': {
      ...toml('interval = "1.5s"'),
      expect: ['error fly.toml:4:1 checks.web.interval is 1.5s, it must be 2s or more'],
    },
    'a number that was meant as seconds': {
      ...toml('interval = 15'),
      expect: ['error fly.toml:4:1 checks.web.interval is 15 (no unit, so milliseconds), it must be 2s or more'],
    },
    'zero, which is not the same as none': {
      ...toml('interval = 0'),
      expect: ['error fly.toml:4:1 checks.web.interval is 0s, it must be 2s or more'],
    },
    'the old array': {
      files: {'fly.toml': '[[checks]]\nname = "web"\ntype = "tcp"\nport = 1\ninterval = 1.9\n'},
      expect: ['error fly.toml:5:1 checks.web.interval is 1.9 (no unit, so milliseconds), it must be 2s or more'],
    },
    'in JSON': {
      files: {'fly.json': '{"checks": {"web": {"type": "tcp", "port": 1, "interval": "500ms"}}}'},
      expect: ['error fly.json:1:47 checks.web.interval is 500ms, it must be 2s or more'],
    },
  },
})

it.each([
  ['interval = 15', 'Write interval = "15s"'],
  ['interval = 1500', 'Write interval = "15s"'],
  ['interval = 30', 'Write interval = "30s"'],
  ['interval = "1s"', 'Write interval = "15s"'],
])('says what to write for %s', async (line, hint) => {
  expect((await checkOne(toml(line), checkInterval)).findings[0]?.hint).toBe(hint)
})
