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
    'a size that a newer flyctl knows': {
      ...toml('[[vm]]\nsize = "shared-cpu-16x"\n'),
      answers: {'platform vm-sizes': '{"shared-cpu-16x": {"cpu_kind": "shared", "cpus": 16, "memory_mb": 4096}}'},
    },
    'a GPU, which flyctl still knows': toml('[[vm]]\nsize = "a10"\n'),
  },
  flagged: {
    'the machine of a release command that the deploy skips': {
      files: {
        'fly.toml': '[deploy]\nrelease_command = "migrate"\n[deploy.release_command_vm]\nsize = "huge"\n',
        Makefile: 'deploy:\n\tflyctl deploy --skip-release-command\n',
      },
      expect: ['warning fly.toml:4:1 deploy.release_command_vm.size is "huge", which is no machine size'],
    },
    'a number of CPUs that there is not': {
      ...toml('[[vm]]\n  size = "shared-cpu-3x"\n'),
      expect: ['error fly.toml:2:3 vm[0].size is "shared-cpu-3x", which is no machine size'],
    },
    'after the release command': {
      ...toml('[deploy]\nrelease_command = "migrate"\n[[vm]]\nsize = "Shared-CPU-1x"\n'),
      expect: [
        'error fly.toml:4:1 vm[0].size is "Shared-CPU-1x", which is no machine size; the release command has run by then',
      ],
    },
    'the machine of the release command': {
      ...toml('[deploy]\nrelease_command = "migrate"\n[deploy.release_command_vm]\nsize = "nope"\n'),
      expect: ['error fly.toml:4:1 deploy.release_command_vm.size is "nope", which is no machine size'],
    },
    'under its old name': {
      ...toml('[compute]\nsize = "dedicated-cpu-1x"\n'),
      expect: ['error fly.toml:2:1 vm[0].size is "dedicated-cpu-1x", which is no machine size'],
    },
    'a name that JavaScript knows': {
      ...toml('[[vm]]\nsize = "constructor"\n'),
      expect: ['error fly.toml:2:1 vm[0].size is "constructor", which is no machine size'],
    },
    'in JSON': {
      files: {'fly.json': '{"vm": [{"size": "shared-cpu"}]}'},
      expect: ['error fly.json:1:10 vm[0].size is "shared-cpu", which is no machine size'],
    },
    'in YAML': {
      files: {'fly.yaml': 'vm:\n  - size: small\n'},
      expect: ['error fly.yaml:2:5 vm[0].size is "small", which is no machine size'],
    },
  },
})

it('names the nearest size, and when flyctl notices', async () => {
  const text = '[deploy]\nrelease_command = "x"\nrelease_command_vm = {size = "dedicated-cpu-2x"}\n'
  const [finding] = (await checkOne(toml(text), vmSize)).findings
  expect(finding).toMatchObject({failsAt: 'release', location: {keyPath: 'deploy.release_command_vm.size'}})
  expect(finding?.hint).toMatch(/^Write size = "performance-2x"\. The sizes are shared-cpu-1x, .*, performance-16x\.$/)
})

it.each([
  ['shared-cpu-3x', 'shared-cpu-4x'],
  ['Shared-CPU-1x', 'shared-cpu-1x'],
  ['shared-cpu-1', 'shared-cpu-1x'],
  ['shared-cpu-16x', 'shared-cpu-8x'],
  ['dedicated-cpu-4x', 'performance-4x'],
  ['performance-3x', 'performance-4x'],
  ['micro-1x', 'shared-cpu-1x'],
  ['512mb', 'shared-cpu-1x'],
])('takes %s for %s', async (text, size) => {
  const [finding] = (await checkOne(toml(`[[vm]]\nsize = "${text}"\n`), vmSize)).findings
  expect(finding?.fix?.edits[0]?.text).toBe(`"${size}"`)
})
