import {expect, it} from 'vitest'
import machineChecks from '../../../checks/fly-config/machine-checks.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const withCommand = '[[machine_checks]]\ncommand = ["true"]\n'

testCheck(machineChecks, {
  clean: {
    none: toml('app = "shop"\n'),
    'with a command': toml(withCommand),
    'strategies that run them': toml(`${withCommand}[deploy]\nstrategy = "canary"\n`),
    'health checks, which have none': toml('[http_service]\ninternal_port = 80\n[[http_service.checks]]\npath = "/"\n'),
  },
  flagged: {
    'at all three places': {
      ...toml(
        '[[machine_checks]]\nimage = "a"\n[http_service]\ninternal_port = 80\n[[http_service.machine_checks]]\nentrypoint = ["sh"]\n[[services]]\ninternal_port = 81\n[[services.machine_checks]]\ncommand = []\n',
      ),
      expect: [
        'warning fly.toml:1:3 machine_checks[0] has no command: a deploy stops after it has updated the first running machine',
        'warning fly.toml:5:3 http_service.machine_checks[0] has no command: a deploy stops after it has updated the first running machine',
        'warning fly.toml:10:1 services[0].machine_checks[0] has no command: a deploy stops after it has updated the first running machine',
      ],
    },
    'strategies that run none, so that a command makes no difference': {
      ...toml(`${withCommand}[[machine_checks]]\n[deploy]\nstrategy = "bluegreen"\n`),
      expect: [
        'warning fly.toml:1:3 machine_checks[0] never runs: deploy.strategy is "bluegreen", it must be "rolling" or "canary" for that',
      ],
    },
    'in JSON': {
      files: {'fly.json': '{"machine_checks": [{"image": "a"}]}'},
      expect: [
        'warning fly.json:1:21 machine_checks[0] has no command: a deploy stops after it has updated the first running machine',
      ],
    },
  },
})

it('says what to write, with the port of the app', async () => {
  const {findings} = await checkOne(
    toml('[http_service]\ninternal_port = 3000\n[[http_service.machine_checks]]\nentrypoint = ["sh"]\n'),
    machineChecks,
  )
  expect(findings[0]?.hint).toBe(
    'The entrypoint alone is not enough. Write what to run: command = ["sh", "-c", "curl --fail http://[$FLY_TEST_MACHINE_IP]:3000/"]',
  )
})
