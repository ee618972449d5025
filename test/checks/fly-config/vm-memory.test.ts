import {expect, it} from 'vitest'
import vmMemory from '../../../checks/fly-config/vm-memory.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const vm = (text: string) => toml(`[[vm]]\n${text}`)

testCheck(vmMemory, {
  clean: {
    'two ways to say one size': {
      files: {'fly.toml': 'app = "shop"\n[[vm]]\ncpus = 1\nmemory = "1gb"\nmemory_mb = 1024\n'},
    },
    'the least and the most of shared CPUs': toml(
      '[processes]\na = ""\nb = ""\n[[vm]]\nmemory = "256mb"\n[[vm]]\ncpus = 8\nmemory = "16gb"\nprocesses = ["b"]\n',
    ),
    'the least of performance CPUs': vm('size = "performance-2x"\nmemory = "8192mb"\ncpus = 4\n'),
    'a number of MB': vm('memory = 512\n'),
    'CPUs that are told by themselves': vm('cpus = 3\nmemory = "64gb"\n'),
    'a GPU machine, which has rules of its own': vm('size = "a10"\nmemory = "4gb"\n'),
    'nobody gets it': vm('memory = "1mb"\nprocesses = ["nobody"]\n'),
    'no release command': toml('[deploy.release_command_vm]\nmemory = "lots"\n'),
  },
  flagged: {
    'two sizes': {
      files: {'fly.toml': 'app = "shop"\n[[vm]]\ncpus = 1\nmemory = "1gb"\nmemory_mb = 256\n'},
      expect: ['warning fly.toml:5:1 vm[0].memory is "1gb" and does not count: memory_mb = 256 takes its place'],
    },
    'a size that the deploy may decide itself': {
      files: {
        'fly.toml': '[[vm]]\nmemory = "128mb"\n',
        '.gitlab-ci.yml': 'script:\n  - flyctl deploy --vm-memory 512\n',
      },
      expect: ['warning fly.toml:2:1 vm[0].memory is "128mb", it must be at least 256 MB for 1 shared CPU'],
    },
    'no size': {
      ...vm('  memory = "1 gigabyte"\n'),
      expect: ['error fly.toml:2:3 vm[0].memory is "1 gigabyte", it must be a size such as "512mb"'],
    },
    'no size, although memory_mb overrides it': {
      ...vm('memory = "lots"\nmemory_mb = 512\n'),
      expect: ['error fly.toml:2:1 vm[0].memory is "lots", it must be a size such as "512mb"'],
    },
    'less than a MB': {
      ...vm('memory = "512B"\n'),
      expect: ['error fly.toml:2:1 vm[0].memory is "512B", it must be at least 1 MB'],
    },
    'too little, after the release command': {
      ...toml('[deploy]\nrelease_command = "migrate"\n[[vm]]\nmemory = "512mb"\ncpu_kind = "performance"\ncpus = 2\n'),
      expect: [
        'error fly.toml:4:1 vm[0].memory is "512mb", it must be at least 4096 MB for 2 performance CPUs; the release command has run by then',
      ],
    },
    'below zero': {
      ...vm('memory = "-5"\n'),
      expect: ['error fly.toml:2:1 vm[0].memory is "-5", it must be at least 256 MB for 1 shared CPU'],
    },
    'more CPUs than the size has memory for': {
      ...vm('size = "shared-cpu-1x"\ncpus = 2\n'),
      expect: [
        'error fly.toml:3:1 vm[0] has 2 shared CPUs and the 256 MB of memory of shared-cpu-1x, it must have at least 512 MB',
      ],
    },
    'a kind of CPU that the default size has no memory for': {
      ...vm('cpu_kind = "performance"\n'),
      expect: [
        'error fly.toml:2:1 vm[0] has 1 performance CPU and the 256 MB of memory of shared-cpu-1x, it must have at least 2048 MB',
      ],
    },
    'too much': {
      ...vm('memory_mb = 4096\ncpu_kind = "shared"\ncpus = 1\n'),
      expect: ['error fly.toml:2:1 vm[0].memory_mb is 4096, it must be at most 2048 MB for 1 shared CPU'],
    },
    'no multiple, which only the documentation asks for': {
      ...vm('memory = "600mb"\n'),
      expect: ['warning fly.toml:2:1 vm[0].memory is "600mb", it should be a multiple of 256 MB for shared CPUs'],
    },
    'of the release command': {
      ...toml('[deploy]\nrelease_command = "migrate"\n[deploy.release_command_vm]\nmemory = "64mb"\n'),
      expect: [
        'error fly.toml:4:1 deploy.release_command_vm.memory is "64mb", it must be at least 256 MB for 1 shared CPU',
      ],
    },
    'in JSON': {
      files: {'fly.json': '{"vm": [{"memory": 128}]}'},
      expect: ['error fly.json:1:10 vm[0].memory is "128", it must be at least 256 MB for 1 shared CPU'],
    },
    'in YAML': {
      files: {'fly.yaml': 'vm:\n  - memory: 4gb\n'},
      expect: ['error fly.yaml:2:5 vm[0].memory is "4gb", it must be at most 2048 MB for 1 shared CPU'],
    },
  },
})

it.each([
  ['memory = "512mb"\ncpu_kind = "performance"\ncpus = 2\n', 'Write memory = "4gb", or cpu_kind = "shared"'],
  ['memory = "1gb"\nsize = "performance-1x"\n', 'Write memory = "2gb", or size = "shared-cpu-1x"'],
  ['memory = "512mb"\ncpus = 4\n', 'Write memory = "1gb", or cpus = 2'],
  ['memory_mb = 128\n', 'Write memory_mb = 256'],
  ['size = "shared-cpu-1x"\ncpus = 2\n', 'Write memory = "512mb"'],
  ['memory = "4gb"\ncpus = 1\n', 'Write cpus = 2, or memory = "2gb"'],
  ['memory = "4gb"\nsize = "shared-cpu-1x"\n', 'Write size = "shared-cpu-2x", or memory = "2gb"'],
  ['memory = "64gb"\n', 'Write memory = "2gb"'],
  ['memory = "600mb"\n', 'Write memory = "768mb"'],
  ['memory = "2 gigs"\n', 'Write memory = "2gb"'],
  ['memory = "1000k"\n', 'Write memory = "512mb"'],
])('says what to write instead of %j', async (text, hint) => {
  expect((await checkOne(vm(text), vmMemory)).findings[0]?.hint).toBe(hint)
})
