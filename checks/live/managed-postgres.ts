import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'live/managed-postgres',
  title: 'the Managed Postgres that preflight.toml names exists',
  why: 'The release command and every machine connect to a database that is not there.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['settings', 'app', 'managedPostgres'],
  appliesTo: ({settings: {postgres}}) => postgres.cluster !== undefined || 'preflight.toml names no Managed Postgres',
  *run({settings, app, managedPostgres}) {
    const {cluster} = settings.postgres
    if (!cluster || managedPostgres.some(({id, name}) => id === cluster.name || name === cluster.name)) return
    yield {
      message: `preflight.toml names the Managed Postgres cluster ${cluster.name}, which ${app.organization} does not have`,
      at: cluster.at,
      related: [{live: 'managedPostgres', subject: cluster.name}],
      hint: `Correct the name: flyctl mpg list -o ${app.organization}`,
    }
  },
})
