import {expect, it} from 'vitest'
import concurrency from '../../../checks/fly-config/concurrency.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})
const limits = (text: string) => toml(`[http_service]\n[http_service.concurrency]\n${text}\n`)

testCheck(concurrency, {
  clean: {
    'in order': limits('type = "requests"\nsoft_limit = 200\nhard_limit = 250'),
    'the same': limits('type = "connections"\nsoft_limit = 25\nhard_limit = 25'),
    'a soft limit alone: there is no hard one by default': limits('soft_limit = 1000'),
    'a hard limit of 0 is none': limits('soft_limit = 20\nhard_limit = 0'),
    'the old form': toml('[[services]]\nconcurrency = "20,25"\n'),
  },
  flagged: {
    'the wrong way round': {
      ...limits('soft_limit = 250\nhard_limit = 200'),
      expect: [
        'warning fly.toml:3:1 http_service.concurrency.soft_limit is 250, above the hard_limit of 200: a machine is full before it counts as busy, so no further machine is started for the load',
      ],
    },
    'the wrong way round, in the old form': {
      ...toml('[[services]]\nconcurrency = "25,20"\n'),
      expect: [
        'warning fly.toml:2:1 services[0].concurrency.soft_limit is 25, above the hard_limit of 20: a machine is full before it counts as busy, so no further machine is started for the load',
      ],
    },
    'a type that is none': {
      ...limits('type = "request"'),
      expect: [
        'warning fly.toml:3:1 http_service.concurrency.type is "request", it must be "connections" or "requests"',
      ],
    },
  },
})

it('says what to write instead', async () => {
  const first = async (text: string) => (await checkOne(limits(text), concurrency)).findings[0]
  expect(await first('type = "request"')).toMatchObject({
    hint: 'Write type = "requests"',
    fix: {edits: [{line: 3, column: 8, endColumn: 17, text: '"requests"'}]},
  })
  expect(await first('type = "cpu"')).toMatchObject({hint: 'Write type = "requests"', fix: null})
  expect((await first('soft_limit = 250\nhard_limit = 200'))?.hint).toBe('Write at most 200, such as soft_limit = 160')
})
