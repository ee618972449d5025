import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'live/postgres-health',
  title: 'the Managed Postgres of the app is ready and near',
  why: 'The release command and every machine connect to it: a cluster that is not ready fails them, a far one slows each query.',
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['flyConfig', 'settings', 'app', 'managedPostgres'],
  *run({flyConfig, settings, app, managedPostgres}) {
    const named = settings.postgres.cluster?.name
    const attached = managedPostgres.filter(
      ({id, name, attachedApps}) => name === named || id === named || attachedApps?.includes(app.name),
    )
    if (attached.length === 0) return `no Managed Postgres is attached to ${app.name}`
    const region = flyConfig.config.primary_region
    for (const cluster of attached) {
      const at = {live: 'managedPostgres' as const, subject: cluster.name}
      if (cluster.status === 'failed' || cluster.status === 'error') {
        yield {
          message: `the Managed Postgres ${cluster.name} of ${app.name} is in the state "${cluster.status}"; it must be ready before a release command or a machine can connect`,
          at,
          hint: `See what it is: flyctl mpg status ${cluster.id}`,
        }
      }
      if (region && cluster.region && cluster.region !== region) {
        yield {
          message: `the Managed Postgres ${cluster.name} is in ${cluster.region} and the machines start in ${region}: every query crosses that distance`,
          at,
          related: [flyConfig.at('primary_region')],
          hint: `Put the machines beside it: ${flyConfig.setting('primary_region', cluster.region)}`,
          failsAt: 'runtime',
        }
      }
    }
  },
})
