import managedPostgres from '../../../checks/live/managed-postgres.ts'
import {testCheck} from '../../harness.ts'

const named = (name: string) => ({
  'fly.toml': 'app = "shop"\n',
  'preflight.toml': `[postgres]\ncluster = "${name}"\n`,
})

testCheck(managedPostgres, {
  clean: {
    'by its name': {files: named('shop-pg')},
    'by its id': {
      files: named('q49'),
      answers: {'mpg list -o acme-widgets': '[{"id": "q49", "name": "shop-pg"}]'},
    },
  },
  flagged: {
    'one that is not there': {
      files: named('other'),
      expect: [
        'error preflight.toml:2:1 preflight.toml names the Managed Postgres cluster other, which acme-widgets does not have',
      ],
    },
  },
  skipped: {
    'none is named': {files: {'fly.toml': 'app = "shop"\n'}, reason: 'preflight.toml names no Managed Postgres'},
    'a deploy token cannot see it': {
      files: named('shop-pg'),
      flyctl: 'deploy-token',
      reason: 'this token may not run flyctl mpg list',
    },
  },
})
