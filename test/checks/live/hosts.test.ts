import {expect, it} from 'vitest'
import check from '../../../checks/live/hosts.ts'
import {checkOne, testCheck} from '../../harness.ts'
import {type MachineWords, status} from '../../machines.ts'

const mount = '[[mounts]]\nsource = "data"\ndestination = "/data"\n'
const project = (machines: MachineWords[], toml = mount) => ({
  files: {'fly.toml': `app = "shop"\n${toml}`},
  answers: status(machines),
})
const lost = {volume: 'data', host: 'unreachable'}

testCheck(check, {
  clean: {
    'all hosts answer': project([{volume: 'data'}]),
    'another volume, of which another check tells': project([{...lost, volume: 'old'}]),
    'a group that goes': project([{...lost, group: 'db'}]),
  },
  flagged: {
    'with its volume': {
      ...project([{volume: 'data'}, lost], `${mount}[deploy]\nrelease_command = "migrate"\n`),
      expect: [
        'error app(m2) the machine m2 of the group app and its volume "data" are on a host that cannot be reached: flyctl cannot replace it, and stops; the release command has run by then',
      ],
    },
    'without one': {
      ...project([{host: 'unreachable'}], ''),
      expect: [
        'info app(m1) the machine m1 of the group app is on a host that cannot be reached: flyctl tries to put a new one in its place',
      ],
    },
  },
  skipped: {
    'a deploy that leaves it out': {
      ...project([lost]),
      files: {'fly.toml': `app = "shop"\n${mount}`, 'deploy.sh': 'fly deploy --exclude-machines m1\n'},
      reason: 'a deploy picks the machines that it updates',
    },
  },
})

it('names the way to a new machine with what was on the volume', async () => {
  const hint = (await checkOne(project([lost]), check)).findings[0]?.hint
  expect(hint).toContain('flyctl volumes create data -r iad --snapshot-id ID -a shop')
  expect(hint).toContain('flyctl volumes snapshots list vol_m1')
  expect(hint).toContain('flyctl machine destroy m1 --force -a shop')
})
