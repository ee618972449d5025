import {expect, it} from 'vitest'
import vmCpus from '../../../checks/fly-config/vm-cpus.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})

testCheck(vmCpus, {
  clean: {
    'what is not written comes from the size': toml('[[vm]]\nmemory = "1gb"\n'),
    'shared CPUs': toml('[[vm]]\ncpu_kind = "shared"\ncpus = 6\n'),
    'performance CPUs': toml('[[vm]]\nsize = "performance-1x"\ncpus = 10\n'),
    'more than one machine may have without GPUs, which is not known': toml(
      '[[vm]]\ncpu_kind = "performance"\ncpus = 32\n',
    ),
    'zero and an empty text, which count as not written': toml('[[vm]]\ncpus = 0\ncpu_kind = ""\n'),
    'GPU machines have rules of their own': toml('[[vm]]\nsize = "l40s"\ncpus = 5\n'),
    'an unknown size, which is told by itself': toml('[[vm]]\nsize = "huge"\ncpus = 3\n'),
    'nobody gets it': toml('[[vm]]\ncpus = 3\nprocesses = ["nobody"]\n'),
  },
  flagged: {
    'a number that is not offered': {
      ...toml('[deploy]\nrelease_command = "migrate"\n[[vm]]\n  cpus = 3\n'),
      expect: [
        'error fly.toml:4:3 vm[0] has 3 shared CPUs, it must have 1, 2, 4, 6 or 8; the release command has run by then',
      ],
    },
    'more than there are': {
      ...toml('[[vm]]\ncpu_kind = "shared"\ncpus = 16\n'),
      expect: ['error fly.toml:3:1 vm[0] has 16 shared CPUs, it must have 1, 2, 4, 6 or 8'],
    },
    'performance CPUs, where the API has not been heard': {
      ...toml('[[vm]]\nsize = "performance-2x"\ncpus = 3\n'),
      expect: ['warning fly.toml:3:1 vm[0] has 3 performance CPUs, it must have 1, 2, 4, 6, 8, 10, 12, 14 or 16'],
    },
    'a negative number': {
      ...toml('[[vm]]\nsize = "performance-2x"\ncpus = -1\n'),
      expect: ['error fly.toml:3:1 vm[0] has -1 performance CPUs, it must have 1, 2, 4, 6, 8, 10, 12, 14 or 16'],
    },
    'a kind that there is not': {
      ...toml('[[vm]]\ncpu_kind = "dedicated"\n'),
      expect: ['error fly.toml:2:1 vm[0].cpu_kind is "dedicated", it must be "shared" or "performance"'],
    },
    'of the release command': {
      ...toml('[deploy]\nrelease_command = "migrate"\n[deploy.release_command_vm]\ncpu_kind = "Shared"\n'),
      expect: [
        'error fly.toml:4:1 deploy.release_command_vm.cpu_kind is "Shared", it must be "shared" or "performance"',
      ],
    },
    'in JSON': {
      files: {'fly.json': '{"vm": {"cpus": 5}}'},
      expect: ['error fly.json:1:9 vm[0] has 5 shared CPUs, it must have 1, 2, 4, 6 or 8'],
    },
  },
})

it('names the memory that the CPUs need', async () => {
  const hint = async (text: string) => (await checkOne(toml(text), vmCpus)).findings[0]?.hint
  expect(await hint('[[vm]]\ncpus = 3\nmemory = "512mb"\n')).toBe(
    'Write cpus = 4 and memory = "1024mb", which it needs at least.',
  )
  expect(await hint('[[vm]]\ncpus = 3\nmemory = "1gb"\n')).toBe('Write cpus = 4')
})
