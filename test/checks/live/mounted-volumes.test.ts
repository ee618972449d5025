import check from '../../../checks/live/mounted-volumes.ts'
import {testCheck} from '../../harness.ts'
import {type MachineWords, status} from '../../machines.ts'

const mount = '[[mounts]]\nsource = "data"\ndestination = "/data"\n'
const groups = '[processes]\napp = "a"\nworker = "b"\n'
const project = (toml: string, machines: MachineWords[]) => ({
  files: {'fly.toml': `app = "shop"\n${toml}`},
  answers: status(machines),
})
const automation = {'auth whoami': '{"email": "82a47e8c@tokens.fly.io"}'}
const detached = project('', [{volume: 'data'}, {volume: 'data'}, {volume: 'data'}])

testCheck(check, {
  clean: {
    'the volume that fly.toml mounts': project(mount, [{volume: 'data'}]),
    'one that is to be added, which is a matter of free volumes': project(mount, [{}]),
    'a group that goes, with its machine': project(groups, [{group: 'cron', volume: 'data'}]),
    'a machine that others have made': project('', [{unmanaged: true, volume: 'data'}]),
    'a volume whose name is not known, which flyctl keeps': project(mount, [{volume: ''}]),
  },
  flagged: {
    'no mounts any more': {
      ...detached,
      expect: [
        'warning fly.toml:1:1 the machines m1, m2 and 1 more of the group app each have a volume "data", and fly.toml mounts none for this group: flyctl asks whether to detach it, and stops where nobody can answer, as in CI',
      ],
    },
    'the same with a token at a terminal': {
      ...detached,
      answers: {...detached.answers, ...automation},
      expect: [
        'warning fly.toml:1:1 the machines m1, m2 and 1 more of the group app each have a volume "data", and fly.toml mounts none for this group: flyctl asks whether to detach it, and stops where nobody can answer, as in CI',
      ],
    },
    'the same in CI, where nobody answers': {
      ...detached,
      options: {env: {CI: 'true'}},
      expect: [
        'error fly.toml:1:1 the machines m1, m2 and 1 more of the group app each have a volume "data", and fly.toml mounts none for this group: flyctl asks whether to detach it, and stops where nobody can answer, as in CI',
      ],
    },
    'a mount without `processes`, which is the default group alone': {
      ...project(groups + mount, [{volume: 'data'}, {group: 'worker', volume: 'data'}]),
      expect: [
        'warning fly.toml:5:3 the machine m2 of the group worker has a volume "data", and fly.toml mounts none for this group: flyctl asks whether to detach it, and stops where nobody can answer, as in CI',
      ],
    },
    'another volume': {
      ...project(mount, [{volume: 'data'}, {volume: 'shop_data'}]),
      expect: [
        'error fly.toml:3:1 the machine m2 of the group app has the volume "shop_data" and fly.toml mounts "data": flyctl cannot exchange the volume of a machine, and stops',
      ],
    },
    'another place, which flyctl changes without a word': {
      ...project(mount, [{volume: 'data', path: '/var/data'}]),
      expect: ['info fly.toml:4:1 the volume "data" is mounted at /var/data so far, and at /data after this deploy'],
    },
  },
  skipped: {
    'a deploy that leaves machines out': {
      ...detached,
      files: {'fly.toml': 'app = "shop"\n', Makefile: 'deploy:\n\tfly deploy --only-machines $(ID)\n'},
      reason: 'a deploy picks the machines that it updates',
    },
  },
})
