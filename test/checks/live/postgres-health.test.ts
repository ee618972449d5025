import postgresHealth from '../../../checks/live/postgres-health.ts'
import {testCheck} from '../../harness.ts'

const toml = (region?: string) => ({
  'fly.toml': `app = "shop"\n${region ? `primary_region = "${region}"\n` : ''}`,
})
const cluster = (rest: object) => ({
  'mpg list -o acme-widgets': JSON.stringify([
    {id: 'q49y', name: 'shop-pg', region: 'iad', status: 'ready', attached_apps: [{name: 'shop', id: 1}], ...rest},
  ]),
})

testCheck(postgresHealth, {
  clean: {
    'ready, in the region of the app': {files: toml('iad'), answers: cluster({})},
    'no primary region to be far from': {files: toml(), answers: cluster({})},
    'a state that passes is not a failure': {files: toml('iad'), answers: cluster({status: 'initializing'})},
  },
  flagged: {
    'in another region': {
      files: toml('fra'),
      answers: cluster({}),
      expect: [
        'warning managedPostgres(shop-pg) the Managed Postgres shop-pg is in iad and the machines start in fra: every query crosses that distance',
      ],
    },
    'the one that preflight.toml names has failed': {
      files: {...toml('iad'), 'preflight.toml': '[postgres]\ncluster = "shop-pg"\n'},
      answers: cluster({status: 'failed', attached_apps: null}),
      expect: [
        'warning managedPostgres(shop-pg) the Managed Postgres shop-pg of shop is in the state "failed"; it must be ready before a release command or a machine can connect',
      ],
    },
  },
  skipped: {
    'another app has it': {
      files: toml('fra'),
      answers: cluster({attached_apps: [{name: 'other', id: 2}]}),
      reason: 'no Managed Postgres is attached to shop',
    },
    'a deploy token cannot see it': {
      files: toml('fra'),
      flyctl: 'deploy-token',
      reason: 'this token may not run flyctl mpg list',
    },
  },
})
