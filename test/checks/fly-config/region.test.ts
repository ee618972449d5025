import {expect, it} from 'vitest'
import region from '../../../checks/fly-config/region.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const offline = {options: {offline: true}}
/** What Fly.io says, in the place of the table. */
const live = (...codes: string[]) => ({answers: {'platform regions': JSON.stringify(codes.map((code) => ({code})))}})
const release = '[deploy]\nrelease_command = "migrate"\n'

testCheck(region, {
  clean: {
    'a region': toml('primary_region = "ams"\n'),
    none: toml('app = "shop"\n'),
    'an empty one': toml('primary_region = ""\n'),
    'where the app thinks it is, which is another matter': toml('[env]\nPRIMARY_REGION = "mia"\n'),
    'a workflow that names another one': {
      files: {
        'fly.toml': `primary_region = "mia"\n${release}`,
        '.github/workflows/deploy.yml': 'run: flyctl deploy --remote-only --primary-region sin\n',
      },
    },
    'a part of the world': toml('primary_region = "eu"\n'),
    'a list, in the order of preference': toml('primary_region = "iad,dfw"\n'),
    'a region that is newer than the table': {...toml('primary_region = "xyz"\n'), ...live('iad', 'xyz')},
    'one that has opened again': {...toml('primary_region = "mia"\n'), ...live('iad', 'mia')},
  },
  flagged: {
    'a retired region: what is there may go on': {
      ...toml('app = "shop"\nprimary_region = "den"\n'),
      expect: [
        'warning fly.toml:2:1 primary_region is "den", which Fly.io has retired: no new machines and volumes can be made there',
      ],
    },
    'a retired region and a release command, whose machine is new each time': {
      ...toml(`primary_region = "mia"\n${release}`),
      expect: [
        'warning fly.toml:1:1 primary_region is "mia", which Fly.io has retired: no machine can be made there for the release command',
      ],
    },
    'one that was closed since the table was made': {
      ...toml('primary_region = "jnb"\n'),
      ...live('iad', 'fra'),
      expect: [
        'warning fly.toml:1:1 primary_region is "jnb", which is no open region of Fly.io: no machine can be made there',
      ],
    },
    'a code that may be new': {
      ...offline,
      ...toml('primary_region = "xyz"\n'),
      expect: [
        'warning fly.toml:1:1 primary_region is "xyz", which was no region on 2026-08-21: in one that there is not, no machine can be made',
      ],
    },
    'upper case': {
      ...offline,
      ...toml('primary_region = "IAD"\n'),
      expect: [
        'warning fly.toml:1:1 primary_region is "IAD", which was no region on 2026-08-21: in one that there is not, no machine can be made',
      ],
    },
    "a region's name in another cloud": {
      ...offline,
      files: {'fly.json': '{"primary_region": "us-east-1"}'},
      expect: [
        'warning fly.json:1:2 primary_region is "us-east-1", which was no region on 2026-08-21: in one that there is not, no machine can be made',
      ],
    },
  },
})

it.each([
  ['mia', /^Write primary_region = "dfw", which Fly\.io names instead\./],
  ['IAD', /^Write primary_region = "iad"$/],
  ['paris', /^The regions are ams, arn, cdg, .*flyctl platform regions$/],
])('says what to write instead of %s', async (code, hint) => {
  expect((await checkOne({...offline, ...toml(`primary_region = "${code}"\n`)}, region)).findings[0]?.hint).toMatch(
    hint,
  )
})
