import {expect, it} from 'vitest'
import mountSize from '../../../checks/fly-config/mount-size.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const size = (written: string) => toml(`[mounts]\ninitial_size = ${written}\n`)

testCheck(mountSize, {
  clean: {
    'none, which is 1 GB': toml('[mounts]\nsource = "data"\n'),
    'an empty one': size('""'),
    'with its unit': size('"10gb"'),
    'a number of GB': size('3'),
    'cut off to whole GB': size('"1.9gb"'),
    'MB that are a GB': size('"1000mb"'),
    'the largest': size('"500gb"'),
  },
  flagged: {
    'no size': {
      ...size('"1 gigabyte"'),
      expect: ['error fly.toml:2:1 mounts[0].initial_size is "1 gigabyte", which is no size'],
    },
    'less than a GB': {
      ...size('"999mb"'),
      expect: ['error fly.toml:2:1 mounts[0].initial_size is "999mb", it must be at least 1 GB'],
    },
    zero: {
      ...size('0'),
      expect: ['error fly.toml:2:1 mounts[0].initial_size is "0", it must be at least 1 GB'],
    },
    'below zero': {
      ...size('"-5"'),
      expect: ['error fly.toml:2:1 mounts[0].initial_size is "-5", it must be at least 1 GB'],
    },
    'MB without their unit': {
      ...size('1024'),
      expect: [
        'warning fly.toml:2:1 mounts[0].initial_size is "1024", which means 1024 GB: the largest volume has 500 GB',
      ],
    },
    'of the second mount, in YAML': {
      files: {'fly.yaml': 'mounts:\n  - initial_size: 1gb\n  - initial_size: big\n'},
      expect: ['error fly.yaml:3:5 mounts[1].initial_size is "big", which is no size'],
    },
    'under its old name': {
      ...toml('[mount]\ninitial_size = "small"\n'),
      expect: ['error fly.toml:2:1 mounts[0].initial_size is "small", which is no size'],
    },
  },
})

it.each([
  ['"5 gigs"', 'Write initial_size = "5gb"'],
  ['2048', 'Write initial_size = "2gb". A number without a unit is GB.'],
  ['"1tb"', 'Write initial_size = "500gb", or less: a volume can grow later.'],
])('says what to write instead of %s', async (written, hint) => {
  expect((await checkOne(size(written), mountSize)).findings[0]?.hint).toBe(hint)
})
