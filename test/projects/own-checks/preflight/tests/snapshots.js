import {describe, it} from 'node:test'
import {testCheck} from 'fly-preflight/testing'
import snapshots from '../checks/snapshots.js'

const project = (mount) => ({files: {'fly.toml': `app = "notes"\n[[mounts]]\nsource = "data"\ndestination = "/data"\n${mount}`}})

testCheck(
  snapshots,
  {
    clean: {'two weeks': project('snapshot_retention = 14\n')},
    flagged: {
      'less than that': {
        ...project('snapshot_retention = 7\n'),
        expect: ['error fly.toml:5:1 mounts[0].snapshot_retention is 7, it must be at least 14'],
      },
      'nothing is written': {
        ...project(''),
        expect: ['error fly.toml:2:3 mounts[0].snapshot_retention is 5, it must be at least 14'],
      },
    },
    skipped: {'no volumes': {files: {'fly.toml': 'app = "notes"\n'}, reason: 'the app has no volumes'}},
  },
  {describe, it},
)
