import {expect, it} from 'vitest'
import bluegreenChecks from '../../../checks/fly-config/bluegreen-checks.ts'
import {checkOne, testCheck} from '../../harness.ts'
import {type MachineWords, status} from '../../machines.ts'

/** As far as the files say; an app with machines knows more. */
const toml = (text: string) => ({files: {'fly.toml': text}, options: {offline: true}})
const live = (text: string, ...machines: MachineWords[]) => ({
  files: {'fly.toml': `app = "shop"\n${text}`},
  answers: status(machines),
})
const alive = '[processes]\nweb = "a"\nworker = "b"\n[checks.alive]\ntype = "tcp"\nport = 80\nprocesses = ["worker"]\n'
const bluegreen = '[deploy]\nstrategy = "bluegreen"\n'
const message = 'deploy.strategy is "bluegreen" and no health check is configured: every deploy but the first stops'

testCheck(bluegreenChecks, {
  clean: {
    'a check of [http_service]': toml(
      `${bluegreen}[http_service]\ninternal_port = 80\n[[http_service.checks]]\npath = "/"\n`,
    ),
    'a TCP check of [[services]]': toml(
      `${bluegreen}[[services]]\ninternal_port = 80\n[[services.tcp_checks]]\ninterval = "15s"\n`,
    ),
    'a top-level check': toml(`${bluegreen}[checks.alive]\ntype = "tcp"\nport = 80\n`),
    'this deploy has another strategy': {
      files: {
        'fly.toml': `${bluegreen}[http_service]\ninternal_port = 80\n`,
        'bin/deploy': 'fly deploy --strategy rolling\n',
      },
    },
    'a check of one of the groups that have machines': live(`${bluegreen}${alive}`, {group: 'web'}, {group: 'worker'}),
    'another strategy': toml('[deploy]\nstrategy = "rolling"\n[http_service]\ninternal_port = 80\n'),
  },
  flagged: {
    'no check': {
      ...toml(`${bluegreen}[http_service]\ninternal_port = 80\n`),
      expect: [`warning fly.toml:2:1 ${message}`],
    },
    'machine checks, which do not count': {
      ...toml(`${bluegreen}[http_service]\ninternal_port = 80\n[[http_service.machine_checks]]\ncommand = ["a"]\n`),
      expect: [`warning fly.toml:2:1 ${message}`],
    },
    'a check of a group that is not there': {
      ...toml(`${bluegreen}[processes]\nweb = "a"\n[checks.alive]\ntype = "tcp"\nport = 80\nprocesses = ["app"]\n`),
      expect: [`warning fly.toml:2:1 ${message}`],
    },
    'a deploy of another configuration has another strategy': {
      files: {
        'fly.toml': `${bluegreen}[http_service]\ninternal_port = 80\n`,
        'bin/deploy': 'fly deploy -c fly.staging.toml --strategy rolling\n',
      },
      expect: [`warning fly.toml:2:1 ${message}`],
    },
    'machines that would have to be replaced: this deploy stops': {
      ...live(`${bluegreen}release_command = "migrate"\n`, {}, {}),
      expect: [
        'error fly.toml:3:1 deploy.strategy is "bluegreen" and no health check is configured: this deploy stops before it replaces the machines of app; the release command has run by then',
      ],
    },
    'a check of a group that has no machines so far': {
      ...live(`${bluegreen}${alive}`, {group: 'web'}),
      expect: [
        'error fly.toml:3:1 deploy.strategy is "bluegreen" and no health check is configured for the groups that have machines: this deploy stops before it replaces the machines of web',
      ],
    },
    'machines of others, and the first deploy': {
      ...live(bluegreen, {unmanaged: true}),
      expect: [`warning fly.toml:3:1 ${message}`],
    },
    'in YAML': {
      options: {offline: true},
      files: {'fly.yaml': 'deploy:\n  strategy: bluegreen\n'},
      expect: [`warning fly.yaml:2:3 ${message}`],
    },
  },
})

it('says where the check belongs', async () => {
  const hint = async (text: string) => (await checkOne(toml(bluegreen + text), bluegreenChecks)).findings[0]?.hint
  expect(await hint('[http_service]\ninternal_port = 80\n')).toContain('[[http_service.checks]]')
  expect(await hint('[[services]]\ninternal_port = 80\n')).toContain('[[services.tcp_checks]]')
  expect(await hint('')).toContain('[checks.alive]')
})
