import redis from '../../../checks/live/redis.ts'
import {testCheck} from '../../harness.ts'

const toml = {'fly.toml': 'app = "shop"\n'}
const code = {...toml, 'app.py': 'import os\nURL = os.environ.get("REDIS_URL", "redis://localhost:6379")\n'}
const list = (...names: string[]) => ({
  'redis list -o acme-widgets': `NAME │ ORG │ PLAN │ EVICTION │ PRIMARY REGION │ READ REGIONS\n${names.map((name) => `${name} │ acme-widgets │ Free │ Disabled │ iad │\n`).join('')}`,
})

testCheck(redis, {
  clean: {
    'the secret is set': {
      files: code,
      answers: {'secrets list -a shop': '[{"name": "REDIS_URL", "digest": "x", "status": "Deployed"}]'},
    },
  },
  flagged: {
    'one that waits': {
      files: code,
      answers: list('shop-redis'),
      expect: [
        'warning redis(shop-redis) shop has no REDIS_URL, which the code reads, and goes on with a default; shop-redis could be what it is for',
      ],
    },
  },
  skipped: {
    'no code asks for it': {files: toml, reason: 'no code reads REDIS_URL'},
    'it is in [env]': {
      files: {...code, 'fly.toml': 'app = "shop"\n[env]\nREDIS_URL = "redis://x.internal:6379"\n'},
      reason: 'REDIS_URL is set in [env] or in the image',
    },
    'without a default another check tells it': {
      files: {...toml, 'app.py': 'import os\nURL = os.environ["REDIS_URL"]\n'},
      reason: 'the code needs REDIS_URL, of which live/required-secrets tells',
    },
    'the organisation has none': {
      files: code,
      answers: list(),
      reason: 'acme-widgets has no Redis, and the code goes on without',
    },
    'a deploy token cannot see it': {
      files: code,
      flyctl: 'deploy-token',
      reason: 'this token may not run flyctl redis list',
    },
  },
})
