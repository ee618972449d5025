import killTimeout from '../../../checks/fly-config/kill-timeout.ts'
import {testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})

testCheck(killTimeout, {
  clean: {
    'five minutes exactly': toml('kill_timeout = "5m"'),
    'a number, which is seconds': toml('kill_timeout = 300'),
    'none, which is five seconds': toml('app = "shop"'),
    'in a machine check, with its unit': toml('[[machine_checks]]\ncommand = ["true"]\nkill_timeout = "5s"'),
  },
  flagged: {
    'longer than the Machines API takes': {
      ...toml('kill_timeout = "24h"'),
      expect: ['error fly.toml:1:1 kill_timeout is 24h0m0s, it must be at most 5m'],
    },
    'milliseconds meant': {
      ...toml('kill_timeout = 5000'),
      expect: ['error fly.toml:1:1 kill_timeout is 1h23m20s, it must be at most 5m'],
    },
    'cut off to whole seconds': {
      ...toml('kill_timeout = 0.5'),
      expect: ['warning fly.toml:1:1 kill_timeout is 0s, so the app is killed before it can finish a request'],
    },
    'nanoseconds in machine checks, wherever they stand': {
      ...toml(
        '[[machine_checks]]\nkill_timeout = 5\n[http_service]\ninternal_port = 80\n[[http_service.machine_checks]]\nkill_timeout = 10\n[[services]]\ninternal_port = 81\n[[services.machine_checks]]\nkill_timeout = "10m"\n',
      ),
      expect: [
        'warning fly.toml:2:1 machine_checks[0].kill_timeout is 5ns: here a number without a unit counts nanoseconds',
        'warning fly.toml:6:1 http_service.machine_checks[0].kill_timeout is 10ns: here a number without a unit counts nanoseconds',
        'warning fly.toml:10:1 services[0].machine_checks[0].kill_timeout is 10m0s, it must be between 1s and 5m',
      ],
    },
    'where the old place is': {
      ...toml('[experimental]\nkill_timeout = 600'),
      expect: ['error fly.toml:2:1 kill_timeout is 10m0s, it must be at most 5m'],
    },
  },
})
