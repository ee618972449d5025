import {expect, it} from 'vitest'
import mountPlace from '../../../checks/fly-config/mount-place.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const mount = (source: string, destination: string) =>
  toml(`[mounts]\nsource = "${source}"\ndestination = "${destination}"\n`)

testCheck(mountPlace, {
  clean: {
    'no mount': toml('app = "shop"\n'),
    'a name of every kind of character': mount('my_data_2', '/data'),
    'the longest name': mount('a'.repeat(30), '/var/lib/data/'),
    'nobody mounts it': toml('[mounts]\nprocesses = ["nobody"]\n'),
  },
  flagged: {
    'nothing at all': {
      ...toml('app = "shop"\n[mounts]\n'),
      expect: [
        'error fly.toml:2:2 mounts[0] has no source and no destination: flyctl looks for a volume without a name, and finds none',
      ],
    },
    'an empty source': {
      ...mount('', '/data'),
      expect: ['error fly.toml:2:1 mounts[0] has no source: flyctl looks for a volume without a name, and finds none'],
    },
    'the root': {
      ...mount('data', '/'),
      expect: [
        `error fly.toml:3:1 mounts[0].destination is "/", where the machine's own files are: no volume can be mounted there`,
      ],
    },
    'a name with a dash': {
      ...mount('my-data', '/data'),
      expect: [
        'warning fly.toml:2:1 mounts[0].source is "my-data", which no volume can be called: names are made of a-z, 0-9 and _, at most 30 of them',
      ],
    },
    'a relative path': {
      ...mount('data', 'data'),
      expect: ['warning fly.toml:3:1 mounts[0].destination is "data", it must be an absolute path'],
    },
    'in JSON': {
      files: {'fly.json': '{"mounts": [{"source": "data"}]}'},
      expect: ['error fly.json:1:13 mounts[0] has no destination, it must be the folder where the volume is mounted'],
    },
    'in YAML': {
      files: {'fly.yaml': 'mounts:\n  source: Data\n  destination: ./data\n'},
      expect: [
        'warning fly.yaml:2:3 mounts[0].source is "Data", which no volume can be called: names are made of a-z, 0-9 and _, at most 30 of them',
        'warning fly.yaml:3:3 mounts[0].destination is "./data", it must be an absolute path',
      ],
    },
  },
})

it.each([
  ['my-data', '/data', 'Write source = "my_data"'],
  ['/Data', '/data', 'Write source = "data"'],
  ['data', './data', 'Write destination = "/data"'],
])('says what to write instead of %s and %s', async (source, destination, hint) => {
  expect((await checkOne(mount(source, destination), mountPlace)).findings[0]?.hint).toBe(hint)
})
