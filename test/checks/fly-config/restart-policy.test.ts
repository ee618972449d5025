import {expect, it} from 'vitest'
import restartPolicy from '../../../checks/fly-config/restart-policy.ts'
import {checkOne, testCheck} from '../../harness.ts'

const restart = (text: string) => ({files: {'fly.toml': `app = "shop"\n[[restart]]\n${text}\n`}})

testCheck(restartPolicy, {
  clean: {
    'a policy of Fly': restart('policy = "on-failure"\nretries = 3'),
    'no [[restart]], which restarts what failed': {files: {'fly.toml': 'app = "shop"'}},
    'an empty array': {files: {'fly.toml': 'restart = []'}},
  },
  flagged: {
    "Docker's word": {
      ...restart('policy = "no"'),
      expect: ['error fly.toml:3:1 restart[0].policy is "no", it must be "always", "never" or "on-failure"'],
    },
    none: {
      ...restart('retries = 3'),
      expect: ['error fly.toml:2:3 restart[0] has no policy, it must have "always", "never" or "on-failure"'],
    },
    'in YAML': {
      files: {'fly.yaml': 'app: shop\nrestart:\n  - policy: always\n  - policy: Always\n'},
      expect: ['error fly.yaml:4:5 restart[1].policy is "Always", it must be "always", "never" or "on-failure"'],
    },
  },
})

it.each([
  ['no', 'never'],
  ['unless-stopped', 'always'],
  ['ON_FAILURE', 'on-failure'],
  ['NEVER', 'never'],
])('knows what %s means', async (written, meant) => {
  const {findings} = await checkOne(restart(`policy = "${written}"`), restartPolicy)
  expect(findings[0]?.hint).toBe(`Write policy = "${meant}"`)
})
