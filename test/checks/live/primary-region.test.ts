import {expect, it} from 'vitest'
import check from '../../../checks/live/primary-region.ts'
import {checkOne, testCheck} from '../../harness.ts'
import {type MachineWords, status} from '../../machines.ts'

const project = (primary: string, machines: MachineWords[], more: Record<string, string> = {}) => ({
  files: {'fly.toml': `app = "shop"\nprimary_region = "${primary}"\n`, ...more},
  answers: status(machines),
})

testCheck(check, {
  clean: {
    'one of them is there': project('iad', [{region: 'ord'}, {region: 'iad'}]),
    'no machines so far': project('iad', []),
  },
  flagged: {
    'the file was changed, and the machine is where it was': {
      ...project('fra', [{region: 'iad'}]),
      expect: ['info fly.toml:2:1 primary_region is "fra", and the machine of shop is in iad: a deploy moves none'],
    },
    'several regions': {
      ...project('fra', [{region: 'ord'}, {region: 'iad'}, {region: 'iad'}]),
      expect: [
        'info fly.toml:2:1 primary_region is "fra", and all 3 machines of shop are in iad and ord: a deploy moves none',
      ],
    },
  },
  skipped: {
    'a part of the world': {...project('eu', [{region: 'fra'}]), reason: 'the configuration names no primary region'},
    'another region on the command line': {
      ...project('iad', [{region: 'ord'}], {
        'deploy.sh': 'fly deploy --primary-region ord\n',
      }),
      reason: 'a deploy names a region on its command line',
    },
  },
})

it.each([
  [[{group: 'web'}], 'flyctl scale count 1 -r fra -g web -a shop, then flyctl scale count 0 -r iad -g web -a shop'],
  [[{group: 'web'}, {group: 'worker'}], 'flyctl scale count N -r fra -g GROUP -a shop'],
])('says how to move, group by group', async (machines, command) => {
  expect((await checkOne(project('fra', machines), check)).findings[0]?.hint).toContain(command)
})
