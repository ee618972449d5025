import {expect, it} from 'vitest'
import check from '../../../checks/live/process-groups.ts'
import {checkOne, testCheck} from '../../harness.ts'
import {type MachineWords, status} from '../../machines.ts'

const two = '[processes]\nweb = "a"\nworker = "b"\n'
const project = (toml: string, machines: MachineWords[], deployed = true) => ({
  files: {'fly.toml': `app = "shop"\n${toml}`},
  answers: status(machines, {deployed}),
})

testCheck(check, {
  clean: {
    'each group has machines': project(two, [{group: 'web'}, {group: 'worker'}]),
    'no [processes], and machines of app': project('', [{group: 'app'}]),
    'the first deploy, where every group is new': project(two, [], false),
    'a machine of a group of its own, made without Fly Launch': project('', [{}, {group: 'cron', unmanaged: true}]),
  },
  flagged: {
    'a group that is gone': {
      ...project('[processes]\nweb = "a"\n', [{group: 'web'}, {group: 'worker'}, {group: 'worker'}]),
      expect: [
        'warning fly.toml:2:2 this deploy destroys 2 machines of the group worker, which fly.toml does not have',
      ],
    },
    'with its volumes': {
      ...project('[processes]\nweb = "a"\n', [{group: 'web'}, {group: 'db', volume: 'data'}]),
      expect: [
        'warning fly.toml:2:2 this deploy destroys 1 machine of the group db, which fly.toml does not have; what is on the volumes stays, without a machine',
      ],
    },
    '[processes] in a project that had none: app is gone': {
      ...project('[processes]\nweb = "a"\n', [{group: 'app'}, {group: 'app'}]),
      expect: [
        'warning fly.toml:2:2 this deploy destroys 2 machines of the group app, which fly.toml does not have, and makes new ones for web',
      ],
    },
    'a name that was misspelt': {
      ...project('[processes]\nweb = "a"\nworkers = "b"\ncron = "c"\n', [{group: 'web'}, {group: 'worker'}]),
      expect: [
        'warning fly.toml:2:2 this deploy destroys 1 machine of the group worker, which fly.toml does not have, and makes new ones for workers',
        'info fly.toml:4:1 the group workers has no machines so far: this deploy makes 1 machine and a standby for it',
        'info fly.toml:5:1 the group cron has no machines so far: this deploy makes 1 machine and a standby for it',
      ],
    },
    'a new group with a service': {
      ...project(`${two}[http_service]\ninternal_port = 80\nprocesses = ["worker"]\n`, [{group: 'web'}]),
      expect: ['info fly.toml:4:1 the group worker has no machines so far: this deploy makes 2 machines'],
    },
    'a new group with a volume': {
      ...project(`${two}[[mounts]]\nsource = "data"\ndestination = "/data"\nprocesses = ["worker"]\n`, [
        {group: 'web'},
      ]),
      expect: ['info fly.toml:4:1 the group worker has no machines so far: this deploy makes 1 machine'],
    },
    'an app that was scaled to nothing': {
      ...project('[http_service]\ninternal_port = 80\n', []),
      expect: ['info fly.toml:1:1 the group app has no machines so far: this deploy makes 2 machines'],
    },
  },
  skipped: {
    'a deploy of one group, which leaves the others alone': {
      ...project('[processes]\nweb = "a"\n', [{group: 'web'}, {group: 'worker'}]),
      files: {
        'fly.toml': 'app = "shop"\n[processes]\nweb = "a"\n',
        '.github/workflows/deploy.yml': 'run: flyctl deploy --process-groups web\n',
      },
      reason: 'a deploy picks the machines that it updates',
    },
  },
})

it('says what to write to keep the machines', async () => {
  const hint = async (toml: string, group: string) =>
    (await checkOne(project(toml, [{group}]), check)).findings[0]?.hint
  expect(await hint('[processes]\nweb = "a"\n', 'app')).toContain('app = "COMMAND" in [processes], in the place of web')
  expect(await hint('', 'web')).toContain('[processes] with web = "COMMAND"')
})
