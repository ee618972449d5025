import {expect, it} from 'vitest'
import serviceCheckTiming from '../../../checks/fly-config/service-check-timing.ts'
import {checkOne, testCheck} from '../../harness.ts'

const http = (lines: string) => ({
  files: {'fly.toml': `[http_service]\ninternal_port = 80\n[[http_service.checks]]\n${lines}\n`},
})
const tcp = (lines: string) => ({
  files: {'fly.toml': `[[services]]\ninternal_port = 80\n[[services.tcp_checks]]\n${lines}\n`},
})

testCheck(serviceCheckTiming, {
  clean: {
    'nothing set': http('path = "/"'),
    'the limits themselves': http('interval = "1m"\ntimeout = "1s"\ngrace_period = "60s"'),
    'no grace period': tcp('grace_period = 0'),
    'milliseconds under [[services]]': tcp('interval = 15_000\ntimeout = 2000'),
    'nanoseconds that come to seconds': http('interval = 15_000_000_000'),
    'checks under [checks], which have other limits': {
      files: {'fly.toml': '[checks.a]\ntype = "tcp"\nport = 1\ninterval = "5m"\ngrace_period = "2m"\n'},
    },
  },
  flagged: {
    'nanoseconds that were meant as milliseconds, or as seconds': {
      ...http('interval = 10_000\ntimeout = 5'),
      expect: [
        'warning fly.toml:4:1 http_service.checks[0].interval is 10000 (no unit, so nanoseconds), and Fly.io raises it to 1s',
        'warning fly.toml:5:1 http_service.checks[0].timeout is 5 (no unit, so nanoseconds), and Fly.io raises it to 1s',
      ],
    },
    'milliseconds that were meant as seconds': {
      ...tcp('interval = 15'),
      expect: [
        'warning fly.toml:4:1 services[0].tcp_checks[0].interval is 15 (no unit, so milliseconds), and Fly.io raises it to 1s',
      ],
    },
    'zero, where it means something': {
      ...tcp('timeout = "0s"'),
      expect: ['warning fly.toml:4:1 services[0].tcp_checks[0].timeout is 0s, and Fly.io raises it to 1s'],
    },
    'more than a minute': {
      ...http('interval = "5m"\ngrace_period = "2m"'),
      expect: [
        'warning fly.toml:4:1 http_service.checks[0].interval is 5m0s, and Fly.io lowers it to 1m',
        'warning fly.toml:5:1 http_service.checks[0].grace_period is 2m0s, and Fly.io lowers it to 1m',
      ],
    },
    'in JSON': {
      files: {'fly.json': '{"services": [{"internal_port": 80, "http_checks": [{"timeout": "100ms"}]}]}'},
      expect: ['warning fly.json:1:54 services[0].http_checks[0].timeout is 100ms, and Fly.io raises it to 1s'],
    },
    'in YAML': {
      files: {'fly.yaml': 'http_service:\n  internal_port: 80\n  checks:\n    - interval: 30\n'},
      expect: [
        'warning fly.yaml:4:7 http_service.checks[0].interval is 30 (no unit, so nanoseconds), and Fly.io raises it to 1s',
      ],
    },
  },
})

it.each([
  ['interval = 10', 'Write interval = "10s"'],
  ['interval = 2000', 'Write interval = "2s"'],
  ['interval = 500', 'Write interval = "1s"'],
  ['interval = "500ms"', 'Write interval = "1s"'],
  ['interval = "2m"', 'Write interval = "1m"'],
])('says what to write for %s', async (line, hint) => {
  expect((await checkOne(http(line), serviceCheckTiming)).findings[0]?.hint).toBe(hint)
})
