import {expect, it} from 'vitest'
import check from '../../../checks/live/regions.ts'
import {checkOne, testCheck} from '../../harness.ts'
import {type MachineWords, status} from '../../machines.ts'

const regions = {
  'platform regions': JSON.stringify([
    {code: 'iad', name: 'Ashburn'},
    {code: 'fra', name: 'Frankfurt', requires_paid_plan: true},
  ]),
}
const project = (machines: MachineWords[], primary = 'iad', paidPlan = true, more: Record<string, string> = {}) => ({
  files: {'fly.toml': `app = "shop"\nprimary_region = "${primary}"\n`, ...more},
  answers: {...regions, ...status(machines, {paidPlan})},
})

testCheck(check, {
  clean: {
    'regions that are open': project([{}, {region: 'fra'}]),
    'a region for who pays, and who pays': project([], 'fra'),
    'a machine there of a group that goes': project([{}, {region: 'mia', group: 'cron'}]),
    'a primary region that is closed, of which fly-config/region tells': project([], 'mia'),
    'another region on the command line': project([], 'fra', false, {'deploy.sh': 'fly deploy --primary-region iad\n'}),
  },
  flagged: {
    'machines in a region that is closed': {
      ...project([{}, {region: 'mia'}, {region: 'mia'}]),
      expect: [
        'warning app(m2) the machines m2 and m3 of shop are in mia, where Fly.io makes no machines any more: they run on, and cannot be replaced there',
      ],
    },
    'a region for who pays': {
      ...project([], 'fra', false),
      expect: [
        'warning fly.toml:2:1 primary_region is "fra", which Fly.io keeps for organisations with a paid plan, and acme-widgets has none',
      ],
    },
  },
})

it('says how to move, with what is on the volume', async () => {
  const {findings} = await checkOne(project([{region: 'mia', volume: 'data'}]), check)
  expect(findings[0]?.hint).toContain('flyctl machine clone m1 -r REGION -a shop (--from-snapshot last')
  expect(findings[0]?.hint).toContain('flyctl machine destroy m1 --force -a shop')
})
