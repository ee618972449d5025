import checkTimeout from '../../../checks/fly-config/check-timeout.ts'
import {testCheck} from '../../harness.ts'

const toml = (line: string) => ({files: {'fly.toml': `[checks.web]\ntype = "tcp"\nport = 1\n${line}\n`}})

testCheck(checkTimeout, {
  clean: {
    none: toml(''),
    'sixty seconds': toml('timeout = "1m"'),
    'a number is milliseconds': toml('timeout = 60_000'),
    'a long interval and grace period': toml('interval = "10m"\ngrace_period = "2m"'),
    'checks of a service, whose times Fly.io lowers': {
      files: {'fly.toml': '[http_service]\ninternal_port = 1\n[[http_service.checks]]\ntimeout = "2m"\n'},
    },
  },
  flagged: {
    'more than sixty seconds': {
      ...toml('timeout = "60.001s"'),
      expect: ['error fly.toml:4:1 checks.web.timeout is 1m0.001s, it must be 60s or less'],
    },
    'as a number': {
      ...toml('timeout = 90_000'),
      expect: ['error fly.toml:4:1 checks.web.timeout is 90000 (no unit, so milliseconds), it must be 60s or less'],
    },
    'in YAML': {
      files: {'fly.yaml': 'checks:\n  web:\n    type: tcp\n    port: 1\n    timeout: 2m\n'},
      expect: ['error fly.yaml:5:5 checks.web.timeout is 2m0s, it must be 60s or less'],
    },
  },
})
