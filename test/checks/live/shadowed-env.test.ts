import shadowedEnv from '../../../checks/live/shadowed-env.ts'
import {testCheck} from '../../harness.ts'

testCheck(shadowedEnv, {
  clean: {
    'other names': {files: {'fly.toml': 'app = "shop"\n[env]\nLOG_LEVEL = "info"\n'}},
    'names are told apart by their case': {files: {'fly.toml': 'app = "shop"\n[env]\nsecret_key = "x"\n'}},
  },
  flagged: {
    'the value in fly.toml is not what the app gets': {
      files: {'fly.toml': 'app = "shop"\n[env]\nSECRET_KEY = "from-file"\n'},
      expect: ['warning fly.toml:3:1 SECRET_KEY in [env] is never used: the secret SECRET_KEY of shop takes its place'],
    },
  },
  skipped: {
    'no [env]': {files: {'fly.toml': 'app = "shop"\n'}, reason: 'nothing is set in [env]'},
  },
})
