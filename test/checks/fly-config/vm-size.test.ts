import {expect, it} from 'vitest'
import vmSize from '../../../checks/fly-config/vm-size.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})

testCheck(vmSize, {
  clean: {
    'no machine is described': toml('app = "shop"\n'),
    'a size of each kind': toml(
      '[processes]\nweb = ""\nworker = ""\n[[vm]]\nsize = "shared-cpu-8x"\n[[vm]]\nsize = "performance-16x"\nprocesses = ["worker"]\n',
    ),
    'an empty size, which counts as none': toml('[[vm]]\nsize = ""\nmemory = "512mb"\n'),
    'a size that only a group without machines would get': toml('[[vm]]\nsize = "huge"\nprocesses = ["nobody"]\n'),
    'a size that another [[vm]] overrides': toml(
      '[processes]\nweb = ""\n[[vm]]\nsize = "huge"\n[[vm]]\nsize = "shared-cpu-1x"\nprocesses = ["web"]\n',
    ),
    'the machine of a release command that there is not': toml('[deploy.release_command_vm]\nsize = "huge"\n'),
    'a GPU, which flyctl still knows': toml('[[vm]]\nsize = "a10"\n'),
  },
  flagged: {
    'a number of CPUs that there is not': {
      ...toml('[[vm]]\n  size = "shared-cpu-3x"\n'),
      expect: ['error fly.toml:2:3 "shared-cpu-3x" is no machine size: the deploy fails when it makes the machines'],
    },
    'after the release command': {
      ...toml('[deploy]\nrelease_command = "migrate"\n[[vm]]\nsize = "Shared-CPU-1x"\n'),
      expect: [
        'error fly.toml:4:1 "Shared-CPU-1x" is no machine size: the deploy fails after the release command has run',
      ],
    },
    'the machine of the release command': {
      ...toml('[deploy]\nrelease_command = "migrate"\n[deploy.release_command_vm]\nsize = "nope"\n'),
      expect: ['error fly.toml:4:1 "nope" is no machine size: the release command cannot start'],
    },
    'under its old name': {
      ...toml('[compute]\nsize = "dedicated-cpu-1x"\n'),
      expect: ['error fly.toml:2:1 "dedicated-cpu-1x" is no machine size: the deploy fails when it makes the machines'],
    },
    'a name that JavaScript knows': {
      ...toml('[[vm]]\nsize = "constructor"\n'),
      expect: ['error fly.toml:2:1 "constructor" is no machine size: the deploy fails when it makes the machines'],
    },
    'in JSON': {
      files: {'fly.json': '{"vm": [{"size": "shared-cpu"}]}'},
      expect: ['error fly.json:1:10 "shared-cpu" is no machine size: the deploy fails when it makes the machines'],
    },
    'in YAML': {
      files: {'fly.yaml': 'vm:\n  - size: small\n'},
      expect: ['error fly.yaml:2:5 "small" is no machine size: the deploy fails when it makes the machines'],
    },
  },
})

it('names the nearest size, and when flyctl notices', async () => {
  const text = '[deploy]\nrelease_command = "x"\nrelease_command_vm = {size = "dedicated-cpu-2x"}\n'
  const [finding] = (await checkOne(toml(text), vmSize)).findings
  expect(finding).toMatchObject({failsAt: 'release', location: {keyPath: 'deploy.release_command_vm.size'}})
  expect(finding?.hint).toMatch(/^Write size = "performance-2x"\. The sizes are shared-cpu-1x, .*, performance-16x\.$/)
})
