import {expect, it} from 'vitest'
import deployStrategy from '../../../checks/fly-config/deploy-strategy.ts'
import {checkOne, testCheck} from '../../harness.ts'

const toml = (text: string) => ({files: {'fly.toml': text}})

testCheck(deployStrategy, {
  clean: {
    'each of the four': toml('[deploy]\nstrategy = "immediate"\n'),
    'an empty one, which is the default': toml('[deploy]\nstrategy = ""\n'),
    'no [deploy]': toml('app = "shop"\n'),
  },
  flagged: {
    'in capitals': {
      ...toml('[deploy]\n  strategy = "Rolling"\n'),
      expect: [
        'error fly.toml:2:14 deploy.strategy is "Rolling", it must be "canary", "rolling", "immediate" or "bluegreen"',
      ],
    },
    'with a hyphen': {
      files: {'fly.yaml': 'deploy:\n  strategy: blue-green\n'},
      expect: [
        'error fly.yaml:2:13 deploy.strategy is "blue-green", it must be "canary", "rolling", "immediate" or "bluegreen"',
      ],
    },
    'of another platform': {
      files: {'fly.json': '{"deploy": {"strategy": "recreate"}}'},
      expect: [
        'error fly.json:1:25 deploy.strategy is "recreate", it must be "canary", "rolling", "immediate" or "bluegreen"',
      ],
    },
  },
})

it('says which one is meant', async () => {
  const hint = async (strategy: string) =>
    (await checkOne(toml(`[deploy]\nstrategy = "${strategy}"\n`), deployStrategy)).findings[0]?.hint
  expect(await hint('BlueGreen')).toBe('Write strategy = "bluegreen"')
  expect(await hint('blue-green')).toBe('Write strategy = "bluegreen"')
  expect(await hint('recreate')).toBe('Write strategy = "rolling", or delete the line: that is the default.')
})
