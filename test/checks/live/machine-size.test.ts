import {expect, it} from 'vitest'
import check from '../../../checks/live/machine-size.ts'
import {checkOne, testCheck} from '../../harness.ts'
import {type MachineWords, status} from '../../machines.ts'

const project = (toml: string, machines: MachineWords[]) => ({
  files: {'fly.toml': `app = "shop"\n${toml}`},
  answers: status(machines),
})

testCheck(check, {
  clean: {
    'the size that they have': project('[[vm]]\nsize = "shared-cpu-1x"\nmemory = "512mb"\n', [{memory: 512}]),
    'a [[vm]] of another group': project(
      '[processes]\napp = "a"\nworker = "b"\n[[vm]]\nmemory = "256mb"\nprocesses = ["worker"]\n',
      [{memory: 2048}],
    ),
    'more than they have': project('[[vm]]\nmemory = "1gb"\n', [{memory: 256}]),
    'fewer CPUs, of the kind that does more': project('[[vm]]\nsize = "performance-1x"\n', [{cpus: 8, memory: 2048}]),
    'a machine whose host does not tell its size': {
      files: {'fly.toml': 'app = "shop"\n[[vm]]\nmemory = "256mb"\n'},
      answers: {
        'status -a shop': JSON.stringify({
          Name: 'shop',
          Machines: [{id: 'm1', region: 'iad', state: 'started', config: {metadata: {fly_platform_version: 'v2'}}}],
        }),
      },
    },
  },
  flagged: {
    'memory of flyctl scale': {
      ...project('[[vm]]\nsize = "shared-cpu-1x"\nmemory = "256mb"\n', [{memory: 1024}, {memory: 1024}]),
      expect: [
        'warning fly.toml:4:1 the machines m1 and m2 of the group app have 1024 MB of memory, and fly.toml asks for 256 MB of memory: this deploy takes the rest away',
      ],
    },
    'the memory of a size, where none is written': {
      ...project('[[vm]]\nsize = "shared-cpu-2x"\n', [{cpus: 2, memory: 2048}]),
      expect: [
        'warning fly.toml:3:1 the machine m1 of the group app has 2048 MB of memory, and fly.toml asks for 512 MB of memory: this deploy takes the rest away',
      ],
    },
    'another kind of CPU': {
      ...project('[[vm]]\nsize = "shared-cpu-8x"\nmemory = "4gb"\n', [{cpuKind: 'performance', cpus: 2, memory: 4096}]),
      expect: [
        'warning fly.toml:3:1 the machine m1 of the group app has 2 performance CPUs, and fly.toml asks for 8 shared CPUs: this deploy takes the rest away',
      ],
    },
  },
  skipped: {
    'no [[vm]], where they keep what they have': {
      ...project('', [{memory: 2048}]),
      reason: 'no [[vm]] sizes a machine',
    },
    'the machine of the release command, which is new each time': {
      ...project('[deploy]\nrelease_command = "migrate"\n[deploy.release_command_vm]\nmemory = "256mb"\n', [
        {memory: 2048},
      ]),
      reason: 'no [[vm]] sizes a machine',
    },
  },
})

it.each([
  ['memory = "256mb"\n', {memory: 1024}, 'write in [[vm]] memory = "1024mb".'],
  ['size = "shared-cpu-1x"\n', {cpus: 2, memory: 512}, 'write in [[vm]] size = "shared-cpu-2x" and memory = "512mb".'],
])('says what to write to keep it: %s', async (vm, machine, cure) => {
  expect((await checkOne(project(`[[vm]]\n${vm}`, [machine]), check)).findings[0]?.hint).toContain(cure)
})
