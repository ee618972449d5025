import postgres from '../../../checks/live/postgres.ts'
import {testCheck} from '../../harness.ts'

const named = (name: string) => ({
  'fly.toml': 'app = "shop"\n',
  'preflight.toml': `[postgres]\napp = "${name}"\n`,
})

testCheck(postgres, {
  clean: {
    'the app that preflight.toml names': {files: named('shop-db'), flyctl: 'unmanaged-postgres'},
    'what Fly.io says of Managed Postgres is of no interest': {
      files: named('shop-db'),
      flyctl: 'unmanaged-postgres',
      answers: {'mpg list -o acme-widgets': 'Error: server returned a non-200 status code: 500'},
    },
  },
  flagged: {
    'an app that is not there': {
      files: named('other-db'),
      expect: [
        'error preflight.toml:2:1 preflight.toml names the Postgres app other-db, which does not exist or is not visible to this login',
      ],
    },
  },
  skipped: {
    'none is named': {files: {'fly.toml': 'app = "shop"\n'}, reason: 'preflight.toml names no Postgres app'},
    'a deploy token cannot see it': {
      files: named('shop-db'),
      flyctl: 'deploy-token',
      reason: 'this token may not see other apps of the organisation',
    },
  },
})
