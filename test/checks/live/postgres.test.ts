import postgres from '../../../checks/live/postgres.ts'
import {testCheck} from '../../harness.ts'

const app = {'fly.toml': 'app = "shop"\n'}
const code = {...app, 'app.py': 'import os\nURL = os.environ["DATABASE_URL"]\n'}
const named = (table: string) => ({...app, 'preflight.toml': `[postgres]\n${table}\n`})

testCheck(postgres, {
  clean: {
    'DATABASE_URL is set, wherever it leads': {files: code},
    'it is in [env]': {
      files: {...code, 'fly.toml': 'app = "shop"\n[env]\nDATABASE_URL = "sqlite:///x"\n'},
      flyctl: 'no-postgres',
    },
    'the cluster that preflight.toml names': {files: named('cluster = "shop-pg"')},
    'the app that preflight.toml names': {files: named('app = "shop-db"'), flyctl: 'unmanaged-postgres'},
  },
  flagged: {
    'a cluster that waits to be attached': {
      files: code,
      flyctl: 'missing-secret',
      expect: [
        'warning managedPostgres(shop-pg) shop has no DATABASE_URL; shop-pg, reports-pg could be attached to it',
      ],
    },
    'a Postgres app that waits to be attached': {
      files: code,
      flyctl: 'unmanaged-postgres',
      expect: ['warning postgres(shop-db) shop has no DATABASE_URL; shop-db could be attached to it'],
    },
    'none at all': {
      files: code,
      flyctl: 'no-postgres',
      expect: ['warning postgres the code reads DATABASE_URL, and the organisation acme-widgets has no Postgres'],
    },
    'an app that preflight.toml names and that is not there': {
      files: named('app = "other-db"'),
      expect: [
        'error preflight.toml:2:1 preflight.toml names the Postgres app other-db, which does not exist or is not visible to this login',
      ],
    },
    'a cluster that preflight.toml names and that is not there': {
      files: named('cluster = "other"'),
      expect: [
        'error preflight.toml:2:1 preflight.toml names the Managed Postgres cluster other, which acme-widgets does not have',
      ],
    },
  },
  skipped: {
    'nothing asks for Postgres': {files: app, reason: 'nothing in the project asks for Postgres'},
    'a deploy token cannot see it': {
      files: named('app = "shop-db"'),
      flyctl: 'deploy-token',
      reason: 'this token may not see other apps of the organisation',
    },
  },
})
