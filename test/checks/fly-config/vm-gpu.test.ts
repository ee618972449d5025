import {expect, it} from 'vitest'
import vmGpu from '../../../checks/fly-config/vm-gpu.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})

testCheck(vmGpu, {
  clean: {
    'large machines without one': toml('[[vm]]\nsize = "performance-16x"\n'),
    'none, in so many words': toml('[[vm]]\ngpus = 0\ngpu_kind = ""\n'),
    'nobody gets it': toml('[[vm]]\nsize = "a10"\nprocesses = ["nobody"]\n'),
  },
  flagged: {
    'a size with a GPU': {
      ...toml('[[vm]]\n  size = "l40s"\n'),
      expect: ['warning fly.toml:2:3 vm[0].size is "l40s", but Fly.io offers no GPU machines any more'],
    },
    'a kind of GPU': {
      ...toml('vm.gpu_kind = "a100-pcie-40gb"\n'),
      expect: ['warning fly.toml:1:1 vm[0].gpu_kind is "a100-pcie-40gb", but Fly.io offers no GPU machines any more'],
    },
    'a number of them': {
      ...toml('[[vm]]\nsize = "performance-8x"\ngpus = 1\n'),
      expect: ['warning fly.toml:3:1 vm[0].gpus is 1, but Fly.io offers no GPU machines any more'],
    },
    'in YAML': {
      files: {'fly.yaml': 'vm:\n  size: a10\n'},
      expect: ['warning fly.yaml:2:3 vm[0].size is "a10", but Fly.io offers no GPU machines any more'],
    },
  },
})

it('of the release command, fails with it', async () => {
  const text = '[deploy]\nrelease_command = "x"\nrelease_command_vm = {size = "a10"}\n'
  expect((await checkOne(toml(text), vmGpu)).findings).toMatchObject([{failsAt: 'release'}])
})
