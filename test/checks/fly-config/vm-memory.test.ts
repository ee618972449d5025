import {expect, it} from 'vitest'
import vmMemory from '../../../checks/fly-config/vm-memory.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const vm = (text: string) => toml(`[[vm]]\n${text}`)

testCheck(vmMemory, {
  clean: {
    'the least and the most of shared CPUs': toml(
      '[processes]\na = ""\nb = ""\n[[vm]]\nmemory = "256mb"\n[[vm]]\ncpus = 8\nmemory = "16gb"\nprocesses = ["b"]\n',
    ),
    'the least of performance CPUs': vm('size = "performance-2x"\nmemory = "8192mb"\ncpus = 4\n'),
    'a number of MB': vm('memory = 512\n'),
    'memory_mb, which overrides memory': vm('memory = "64gb"\nmemory_mb = 512\n'),
    'CPUs that are told by themselves': vm('cpus = 3\nmemory = "64gb"\n'),
    'a GPU machine, which has rules of its own': vm('size = "a10"\nmemory = "4gb"\n'),
    'nobody gets it': vm('memory = "1mb"\nprocesses = ["nobody"]\n'),
    'no release command': toml('[deploy.release_command_vm]\nmemory = "lots"\n'),
  },
  flagged: {
    'no size': {
      ...vm('  memory = "1 gigabyte"\n'),
      expect: ['error fly.toml:2:3 "1 gigabyte" is no size of memory: the deploy fails when it makes the machines'],
    },
    'no size, although memory_mb overrides it': {
      ...vm('memory = "lots"\nmemory_mb = 512\n'),
      expect: ['error fly.toml:2:1 "lots" is no size of memory: the deploy fails when it makes the machines'],
    },
    'less than a MB': {
      ...vm('memory = "512B"\n'),
      expect: ['error fly.toml:2:1 "512B" is less than 1 MB of memory: the deploy fails when it makes the machines'],
    },
    'too little, after the release command': {
      ...toml('[deploy]\nrelease_command = "migrate"\n[[vm]]\nmemory = "512mb"\ncpu_kind = "performance"\ncpus = 2\n'),
      expect: [
        'error fly.toml:4:1 512 MB of memory is too little for 2 performance CPUs, the least is 4096 MB: the deploy fails after the release command has run',
      ],
    },
    'below zero': {
      ...vm('memory = "-5"\n'),
      expect: [
        'error fly.toml:2:1 -5 MB of memory is too little for 1 shared CPU, the least is 256 MB: the deploy fails when it makes the machines',
      ],
    },
    'more CPUs than the size has memory for': {
      ...vm('size = "shared-cpu-1x"\ncpus = 2\n'),
      expect: [
        'error fly.toml:3:1 2 shared CPUs need at least 512 MB of memory, the size shared-cpu-1x brings 256 MB: the deploy fails when it makes the machines',
      ],
    },
    'a kind of CPU that the default size has no memory for': {
      ...vm('cpu_kind = "performance"\n'),
      expect: [
        'error fly.toml:2:1 1 performance CPU needs at least 2048 MB of memory, the size shared-cpu-1x brings 256 MB: the deploy fails when it makes the machines',
      ],
    },
    'too much': {
      ...vm('memory_mb = 4096\ncpu_kind = "shared"\ncpus = 1\n'),
      expect: [
        'error fly.toml:2:1 4096 MB of memory is too much for 1 shared CPU, the most is 2048 MB: the deploy fails when it makes the machines',
      ],
    },
    'no multiple, which only the documentation asks for': {
      ...vm('memory = "600mb"\n'),
      expect: [
        'warning fly.toml:2:1 600 MB of memory is no multiple of 256 MB, which Fly.io asks for with shared CPUs',
      ],
    },
    'of the release command': {
      ...toml('[deploy]\nrelease_command = "migrate"\n[deploy.release_command_vm]\nmemory = "64mb"\n'),
      expect: [
        'error fly.toml:4:1 64 MB of memory is too little for 1 shared CPU, the least is 256 MB: the release command cannot start',
      ],
    },
    'in JSON': {
      files: {'fly.json': '{"vm": [{"memory": 128}]}'},
      expect: [
        'error fly.json:1:10 128 MB of memory is too little for 1 shared CPU, the least is 256 MB: the deploy fails when it makes the machines',
      ],
    },
    'in YAML': {
      files: {'fly.yaml': 'vm:\n  - memory: 4gb\n'},
      expect: [
        'error fly.yaml:2:5 4096 MB of memory is too much for 1 shared CPU, the most is 2048 MB: the deploy fails when it makes the machines',
      ],
    },
  },
})

it.each([
  ['memory = "512mb"\ncpu_kind = "performance"\ncpus = 2\n', 'Write memory = "4gb", or cpu_kind = "shared".'],
  ['memory = "1gb"\nsize = "performance-1x"\n', 'Write memory = "2gb", or size = "shared-cpu-1x".'],
  ['memory = "512mb"\ncpus = 4\n', 'Write memory = "1gb", or cpus = 2.'],
  ['memory_mb = 128\n', 'Write memory_mb = 256.'],
  ['size = "shared-cpu-1x"\ncpus = 2\n', 'Write memory = "512mb".'],
  ['memory = "4gb"\ncpus = 1\n', 'Write cpus = 2, or memory = "2gb".'],
  ['memory = "4gb"\nsize = "shared-cpu-1x"\n', 'Write size = "shared-cpu-2x", or memory = "2gb".'],
  ['memory = "64gb"\n', 'Write memory = "2gb".'],
  ['memory = "600mb"\n', 'Write memory = "768mb".'],
  ['memory = "2 gigs"\n', 'Write memory = "2gb".'],
  ['memory = "1000k"\n', 'Write memory = "512mb".'],
])('says what to write instead of %j', async (text, hint) => {
  expect((await checkOne(vm(text), vmMemory)).findings[0]?.hint).toBe(hint)
})
