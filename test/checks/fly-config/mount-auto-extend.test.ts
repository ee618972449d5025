import {expect, it} from 'vitest'
import mountAutoExtend from '../../../checks/fly-config/mount-auto-extend.ts'
import {checkOne, testCheck} from '../../harness.ts'

const mount = (text: string) => ({files: {'fly.toml': `[mounts]\n${text}`}})
const at = (threshold: string, increment: string, limit: string) =>
  mount(
    [
      threshold && `auto_extend_size_threshold = ${threshold}\n`,
      increment && `auto_extend_size_increment = ${increment}\n`,
      limit && `auto_extend_size_limit = ${limit}\n`,
    ].join(''),
  )

testCheck(mountAutoExtend, {
  clean: {
    'a volume that does not grow': mount('source = "data"\n'),
    'all three': at('80', '"1gb"', '"10gb"'),
    'numbers in quotes are GB': at('50', '"100"', '"500"'),
    'the highest threshold': at('99', '"1.9gb"', '"1gb"'),
    'zero and empty texts, which count as not written': at('0', '""', '""'),
  },
  flagged: {
    'a threshold alone': {
      ...at('80', '', ''),
      expect: [
        'error fly.toml:2:1 mounts[0].auto_extend_size_threshold needs auto_extend_size_increment, which is missing',
      ],
    },
    'no threshold': {
      ...at('', '"1gb"', '"10gb"'),
      expect: [
        'error fly.toml:2:1 mounts[0].auto_extend_size_increment needs auto_extend_size_threshold, which is missing',
      ],
    },
    'a limit alone': {
      ...at('', '', '"10gb"'),
      expect: [
        'error fly.toml:2:1 mounts[0].auto_extend_size_limit needs auto_extend_size_threshold and auto_extend_size_increment, which are missing',
      ],
    },
    'no limit, which only the documentation asks for': {
      ...at('80', '"1gb"', ''),
      expect: [
        'warning fly.toml:3:1 mounts[0].auto_extend_size_limit is missing: without it the volume may never grow, and nothing says so before it is full',
      ],
    },
    'a threshold out of its range': {
      ...at('49', '"1gb"', '"10gb"'),
      expect: ['error fly.toml:2:1 mounts[0].auto_extend_size_threshold is 49, it must be 50 to 99 percent'],
    },
    'sizes out of their ranges': {
      ...at('100', '"101gb"', '"501gb"'),
      expect: [
        'error fly.toml:2:1 mounts[0].auto_extend_size_threshold is 100, it must be 50 to 99 percent',
        'error fly.toml:3:1 mounts[0].auto_extend_size_increment is "101gb", it must be 1 to 100 GB',
        'error fly.toml:4:1 mounts[0].auto_extend_size_limit is "501gb", it must be 1 to 500 GB',
      ],
    },
    'sizes below a GB': {
      ...at('80', '"500mb"', '"0"'),
      expect: [
        'error fly.toml:3:1 mounts[0].auto_extend_size_increment is "500mb", it must be 1 to 100 GB',
        'error fly.toml:4:1 mounts[0].auto_extend_size_limit is "0", it must be 1 to 500 GB',
      ],
    },
    'no sizes': {
      ...at('80', '"some"', '"10 gigs"'),
      expect: [
        'error fly.toml:3:1 mounts[0].auto_extend_size_increment is "some", which is no size',
        'error fly.toml:4:1 mounts[0].auto_extend_size_limit is "10 gigs", which is no size',
      ],
    },
    'in JSON, of the second mount': {
      files: {'fly.json': '{"mounts": [{}, {"auto_extend_size_threshold": 80}]}'},
      expect: [
        'error fly.json:1:18 mounts[1].auto_extend_size_threshold needs auto_extend_size_increment, which is missing',
      ],
    },
  },
})

it.each([
  [at('80', '', ''), 'Write auto_extend_size_increment = "1gb", or delete auto_extend_size_threshold.'],
  [at('100', '"1gb"', '"9gb"'), 'Write auto_extend_size_threshold = 99'],
  [at('80', '"200gb"', '"9gb"'), 'Write auto_extend_size_increment = "100gb"'],
  [at('80', '"5 gigs"', '"9gb"'), 'Write auto_extend_size_increment = "5gb"'],
])('says what to write instead', async (project, hint) => {
  expect((await checkOne(project, mountAutoExtend)).findings[0]?.hint).toBe(hint)
})
