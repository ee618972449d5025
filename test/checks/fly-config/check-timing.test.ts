import checkTiming from '../../../checks/fly-config/check-timing.ts'
import {testCheck} from '../../harness.ts'

const check = (lines: string, rest = '') => ({
  files: {'fly.toml': `[checks.web]\ntype = "tcp"\nport = 1\n${lines}\n${rest}`},
})
const service = (lines: string, rest = '') => ({
  files: {'fly.toml': `[http_service]\ninternal_port = 80\n[[http_service.checks]]\n${lines}\n${rest}`},
})

testCheck(checkTiming, {
  clean: {
    'nothing set': check(''),
    'milliseconds that make sense': check('timeout = 500\ngrace_period = 2000'),
    'no grace period': check('grace_period = "0s"'),
    'an interval that is refused elsewhere': check('interval = 10'),
    'a grace period within what flyctl waits': check('grace_period = "4m"'),
    'flyctl waits longer': check('grace_period = "6m"', '[deploy]\nwait_timeout = "10m"\n'),
    'flyctl does not wait': check('grace_period = "6m"', '[deploy]\nstrategy = "immediate"\n'),
    'a wait that is a mistake of its own': service('grace_period = "30s"', '[deploy]\nwait_timeout = 300\n'),
    'of a service: Fly.io lowers it to a minute': service('grace_period = "10m"'),
    'of a service, where flyctl waits for even less: told with the minute': service(
      'grace_period = "90s"',
      '[deploy]\nwait_timeout = "2s"\n',
    ),
    'short times of a service, which Fly.io raises': service('timeout = 5'),
  },
  flagged: {
    'milliseconds that were meant as seconds': {
      ...check('timeout = 5\ngrace_period = 30'),
      expect: [
        'warning fly.toml:4:1 checks.web.timeout is 5 (no unit, so milliseconds): hardly any app answers so fast',
        'warning fly.toml:5:1 checks.web.grace_period is 30 (no unit, so milliseconds): as good as none',
      ],
    },
    'a grace period longer than flyctl waits': {
      ...check('grace_period = "5m"'),
      expect: ['warning fly.toml:4:1 checks.web.grace_period is 5m0s, but flyctl waits only 5m for checks to pass'],
    },
    'longer than wait_timeout': {
      ...service('grace_period = "45s"', '[deploy]\nwait_timeout = "30s"\n'),
      expect: [
        'warning fly.toml:4:1 http_service.checks[0].grace_period is 45s, but flyctl waits only 30s for checks to pass',
      ],
    },
  },
})
