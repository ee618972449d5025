import {expect, it} from 'vitest'
import deployTimeouts from '../../../checks/fly-config/deploy-timeouts.ts'
import {checkOne, testCheck} from '../../harness.ts'

const deploy = (text: string) => ({files: {'fly.toml': `[deploy]\n${text}\n`}})
const check = '[checks.alive]\ntype = "tcp"\nport = 80'
const releaseStops = (time: string) =>
  `deploy.release_command_timeout is ${time}, and no release command ends within that: the deploy stops there`
const waitStops = (time: string) =>
  `deploy.wait_timeout is ${time}, and the machine of the release command does not start within that: the deploy stops there`
const waitGivesUp = (time: string) =>
  `deploy.wait_timeout is ${time}, and flyctl gives up on every machine that does not start within that`

testCheck(deployTimeouts, {
  clean: {
    'texts with units': deploy('release_command = "a"\nwait_timeout = "300s"\nrelease_command_timeout = "10m"'),
    'a second': deploy('release_command = "a"\nwait_timeout = "1s"'),
    'nanoseconds that someone counted': deploy('release_command = "a"\nwait_timeout = 300000000000'),
    'no limit for the release command': deploy('release_command = "a"\nrelease_command_timeout = 0'),
    'no release command that could run out of time': deploy('release_command_timeout = 600'),
    'immediate, which waits for nothing': deploy('strategy = "immediate"\nwait_timeout = 300'),
    'zero without checks, which is two minutes': deploy('wait_timeout = "0"'),
    'zero with a check of a group that is not there': deploy(`wait_timeout = 0\n${check}\nprocesses = ["nobody"]`),
  },
  flagged: {
    'bare numbers': {
      ...deploy('release_command = "a"\nwait_timeout = 300\nrelease_command_timeout = 600'),
      expect: [
        `error fly.toml:3:1 ${waitStops('300 nanoseconds')}`,
        `error fly.toml:4:1 ${releaseStops('600 nanoseconds')}`,
      ],
    },
    'a bare number where machines that are stopped may get by': {
      ...deploy('wait_timeout = 3600'),
      expect: [`warning fly.toml:2:1 ${waitGivesUp('3600 nanoseconds')}`],
    },
    'short texts, which a quick answer might meet': {
      ...deploy('release_command = "a"\nwait_timeout = "5ms"\nrelease_command_timeout = "999ms"'),
      expect: [`warning fly.toml:3:1 ${waitStops('5ms')}`, `warning fly.toml:4:1 ${releaseStops('999ms')}`],
    },
    'less than nothing': {
      ...deploy('release_command = "a"\nrelease_command_timeout = "-1s"'),
      expect: [`error fly.toml:3:1 ${releaseStops('-1s')}`],
    },
    'zero with checks': {
      ...deploy(`wait_timeout = 0\n${check}`),
      expect: ['warning fly.toml:2:1 deploy.wait_timeout is 0, and flyctl then gives up on the health checks at once'],
    },
    'in JSON': {
      files: {'fly.json': '{"deploy": {"release_command": "a", "release_command_timeout": 600}}'},
      expect: [`error fly.json:1:37 ${releaseStops('600 nanoseconds')}`],
    },
    'in YAML': {
      files: {'fly.yaml': 'deploy:\n  wait_timeout: 300\n'},
      expect: [`warning fly.yaml:2:3 ${waitGivesUp('300 nanoseconds')}`],
    },
  },
})

it('says what is meant', async () => {
  const hint = async (timeout: string) =>
    (await checkOne(deploy(`release_command = "a"\nrelease_command_timeout = ${timeout}`), deployTimeouts)).findings[0]
      ?.hint
  expect(await hint('600')).toBe('Write release_command_timeout = "600s". A bare number counts nanoseconds.')
  expect(await hint('"5ms"')).toBe('Write release_command_timeout = "5s"')
  expect(await hint('-5')).toBe('Write release_command_timeout = "5m", which is the default, or delete it.')
})
