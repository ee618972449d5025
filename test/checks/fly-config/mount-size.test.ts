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
      expect: ['error fly.toml:2:1 "1 gigabyte" is no size of a volume'],
    },
    'less than a GB': {
      ...size('"999mb"'),
      expect: ['error fly.toml:2:1 "999mb" is less than 1 GB, the smallest volume'],
    },
    zero: {
      ...size('0'),
      expect: ['error fly.toml:2:1 "0" is less than 1 GB, the smallest volume'],
    },
    'below zero': {
      ...size('"-5"'),
      expect: ['error fly.toml:2:1 "-5" is less than 1 GB, the smallest volume'],
    },
    'MB without their unit': {
      ...size('1024'),
      expect: ['warning fly.toml:2:1 "1024" means 1024 GB, and the largest volume has 500 GB: Fly.io makes none'],
    },
    'of the second mount, in YAML': {
      files: {'fly.yaml': 'mounts:\n  - initial_size: 1gb\n  - initial_size: big\n'},
      expect: ['error fly.yaml:3:5 "big" is no size of a volume'],
    },
    'under its old name': {
      ...toml('[mount]\ninitial_size = "small"\n'),
      expect: ['error fly.toml:2:1 "small" is no size of a volume'],
    },
  },
})

it.each([
  ['"5 gigs"', 'Write initial_size = "5gb".'],
  ['2048', 'A number without a unit is GB. Write initial_size = "2gb".'],
  ['"1tb"', 'Write initial_size = "500gb", or less: a volume can grow later.'],
])('says what to write instead of %s', async (written, hint) => {
  expect((await checkOne(size(written), mountSize)).findings[0]?.hint).toBe(hint)
})
