import {expect, it} from 'vitest'
import mountSnapshots from '../../../checks/fly-config/mount-snapshots.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const days = (written: string) => toml(`[mounts]\nsnapshot_retention = ${written}\n`)

testCheck(mountSnapshots, {
  clean: {
    'not written': toml('[mounts]\nsource = "data"\n'),
    'the least': days('1'),
    'the most': days('60'),
  },
  flagged: {
    zero: {
      ...days('0'),
      expect: ['error fly.toml:2:1 mounts[0].snapshot_retention is 0, it must be 1 to 60 days'],
    },
    'too many, of the second mount': {
      ...toml('[[mounts]]\nsource = "a"\n[[mounts]]\nsnapshot_retention = 61\n'),
      expect: ['error fly.toml:4:1 mounts[1].snapshot_retention is 61, it must be 1 to 60 days'],
    },
    'in JSON': {
      files: {'fly.json': '{"mounts": {"snapshot_retention": -1}}'},
      expect: ['error fly.json:1:13 mounts[0].snapshot_retention is -1, it must be 1 to 60 days'],
    },
  },
})

it('says how to have none', async () => {
  expect((await checkOne(days('0'), mountSnapshots)).findings[0]?.hint).toMatch(/scheduled_snapshots = false/)
})
