import {expect, it} from 'vitest'
import check from '../../../checks/live/volumes.ts'
import {checkOne, testCheck} from '../../harness.ts'
import {type MachineWords, status, type VolumeWords, volumes} from '../../machines.ts'

const mount = '[[mounts]]\nsource = "data"\ndestination = "/data"\n'
const app = `app = "shop"\nprimary_region = "iad"\n${mount}`
const two = `app = "shop"\nprimary_region = "iad"\n[processes]\nweb = "a"\nworker = "b"\n${mount}processes = ["web", "worker"]\n`

const project = (toml: string, machines: MachineWords[], list: VolumeWords[], deployed = true) => ({
  files: {'fly.toml': toml},
  answers: {...status(machines, {deployed}), ...volumes(list)},
})

testCheck(check, {
  clean: {
    'the first deploy makes its volumes': project(app, [], [], false),
    'and one for each group': project(two, [], [], false),
    'machines that have one': project(app, [{volume: 'data'}], [{machine: 'm1'}]),
    'as many free ones as machines without, in their regions': project(
      app,
      [{region: 'iad'}, {region: 'ord'}],
      [{region: 'ord'}, {region: 'iad'}],
    ),
    'one for a new group': project(two, [{group: 'web', volume: 'data'}], [{machine: 'm1'}, {}]),
    'machines that others have made: flyctl makes its own, and volumes with them': project(
      app,
      [{unmanaged: true}],
      [],
    ),
    'a part of the world, where any region will do': project(app.replace('iad', 'na'), [], [{region: 'ord'}]),
    'a new machine that is not made, and only asked for': {
      ...project(two, [{group: 'web', volume: 'data'}], [{region: 'ord'}]),
      files: {'fly.toml': two, 'deploy.sh': 'fly deploy --update-only\n'},
    },
    'whether it is the first deploy is not clear': {
      files: {'fly.toml': app},
      answers: {
        ...volumes([]),
        'status -a shop': '{"Name": "shop", "Deployed": true, "Status": "pending", "Machines": []}',
      },
    },
  },
  flagged: {
    'machines that ran without a volume so far': {
      ...project(app, [{}, {}, {region: 'ord'}], [{}]),
      expect: [
        'error fly.toml:4:1 1 machine of the group app in ord needs a free volume "data", and the app has none there',
        'error fly.toml:4:1 2 machines of the group app in iad each need a free volume "data", and only 1 is free there',
      ],
    },
    'none at all': {
      ...project(app, [{}], []),
      expect: [
        'error fly.toml:4:1 1 machine of the group app in iad needs a free volume "data", and the app has none of that name',
      ],
    },
    'a new group beside one that has its volume': {
      ...project(two, [{group: 'web', volume: 'data'}], [{machine: 'm1'}]),
      expect: [
        'error fly.toml:7:1 the new machine of the group worker in iad needs a free volume "data", and the one that there is belongs to a machine',
      ],
    },
    'an app that was scaled to nothing, or has machines of others, which nobody tells: a warning': {
      ...project(app, [], []),
      expect: [
        'warning fly.toml:4:1 the new machine of the group app in iad needs a free volume "data", and the app has none of that name',
      ],
    },
    'one volume for two new groups': {
      ...project(two, [], [{}]),
      expect: [
        'warning fly.toml:7:1 the new machine of the group worker in iad needs a free volume "data", and what is free goes to another new machine',
      ],
    },
    'a free one in another region, which only the making of the machine finds out': {
      ...project(`${app}[deploy]\nrelease_command = "migrate"\n`, [], [{region: 'ord'}]),
      expect: [
        'warning fly.toml:4:1 the new machine of the group app in iad needs a free volume "data", and the free one is in ord; the release command has run by then',
      ],
    },
    'the same at the first deploy, which then makes none': {
      ...project(app, [], [{region: 'ord'}], false),
      expect: [
        'error fly.toml:4:1 the new machine of the group app in iad needs a free volume "data", and the free one is in ord',
      ],
    },
    'a host that does not answer': {
      ...project(app, [{}], [{host: 'unreachable'}]),
      expect: [
        'error fly.toml:4:1 1 machine of the group app in iad needs a free volume "data", and the free one is on a host that cannot be reached',
      ],
    },
  },
  skipped: {
    'a deploy of one group only': {
      ...project(two, [{group: 'web', volume: 'data'}], []),
      files: {'fly.toml': two, 'deploy.sh': 'fly deploy --process-groups web\n'},
      reason: 'a deploy picks the machines that it updates',
    },
    'a deploy to one region only': {
      ...project(app, [{}], []),
      files: {'fly.toml': app, 'deploy.sh': 'fly deploy --only-regions ord\n'},
      reason: 'a deploy picks the machines that it updates',
    },
    'no mounts': {...project('app = "shop"\n', [], []), reason: 'the configuration mounts no volume'},
  },
})

it('makes what two groups need with one command', async () => {
  const {findings} = await checkOne(project(two, [{group: 'web'}], []), check)
  const command = 'flyctl volumes create data -r iad -n 2 -a shop'
  expect(findings.map(({hint}) => hint)).toEqual([command, command])
})

it.each([
  ['the command', [{}, {}], [], 'flyctl volumes create data -r iad -n 2 -a shop'],
  [
    'a copy of what is elsewhere',
    [],
    [{region: 'ord'}],
    'flyctl volumes create data -r iad -n 1 -a shop. It is empty; a copy of the one in ord: flyctl volumes fork vol_1 -r iad -a shop',
  ],
  [
    'a name that is nearly the same',
    [{}],
    [{name: 'data_'}],
    'Did you mean source = "data_", of which one is free? Else: flyctl volumes create data -r iad -n 1 -a shop',
  ],
])('the cure is %s', async (_, machines, list, hint) => {
  expect((await checkOne(project(app, machines, list), check)).findings[0]?.hint).toBe(hint)
})
