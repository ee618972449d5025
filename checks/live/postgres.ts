import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'live/postgres',
  title: 'the Postgres that the app needs exists',
  why: 'The app and its migrations start without a database to connect to.',
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['settings', 'app', 'secrets', 'environment'],
  uses: ['python', 'flyConfig', 'image'],
  examines: ['postgres', 'managedPostgres'],
  *run({settings, app, secrets, environment, postgres, managedPostgres, python, flyConfig, image}) {
    const {app: named, cluster} = settings.postgres
    if (named) {
      if (postgres.state !== 'ok') return postgres.reason
      if (!postgres.value.apps.some(({name}) => name === named.name)) {
        yield {
          message: `preflight.toml names the Postgres app ${named.name}, which does not exist or is not visible to this login`,
          at: named.at,
          related: [{live: 'postgres', subject: named.name}],
          hint: 'Correct the name: flyctl postgres list',
          severity: 'error',
        }
      }
    }
    if (cluster) {
      if (managedPostgres.state !== 'ok') return managedPostgres.reason
      if (!managedPostgres.value.some(({id, name}) => id === cluster.name || name === cluster.name)) {
        yield {
          message: `preflight.toml names the Managed Postgres cluster ${cluster.name}, which ${app.organization} does not have`,
          at: cluster.at,
          related: [{live: 'managedPostgres', subject: cluster.name}],
          hint: `Correct the name: flyctl mpg list -o ${app.organization}`,
          severity: 'error',
        }
      }
    }
    if (named || cluster) return

    const read = environment.reads.find(({name}) => name === 'DATABASE_URL')
    const use = python?.postgresUse?.at ?? read?.at
    if (!use) return 'nothing in the project asks for Postgres'
    const setInEnv = flyConfig?.config.env?.DATABASE_URL !== undefined || image?.final.env.has('DATABASE_URL')
    // A URL that is set may lead to any database, on Fly or elsewhere.
    if (secrets.names.has('DATABASE_URL') || setInEnv) return
    if (postgres.state !== 'ok') return postgres.reason
    const unmanaged = postgres.value.apps.filter(({organization}) => organization === app.organization)
    const managed = managedPostgres.state === 'ok' ? managedPostgres.value : []
    const names = [...managed, ...unmanaged].map(({name}) => name)
    if (names.length === 0 && managedPostgres.state !== 'ok') return managedPostgres.reason
    const [first] = managed
    const attach = first
      ? `flyctl mpg attach ${managed.length > 1 ? 'CLUSTER' : first.id} -a ${app.name}${choice(managed)}`
      : `flyctl postgres attach ${unmanaged.length > 1 ? 'DBAPP' : unmanaged[0]?.name} -a ${app.name} (an app of yours that runs Postgres, which Fly.io’s support does not cover)`
    yield {
      message:
        names.length > 0
          ? `${app.name} has no DATABASE_URL; ${names.slice(0, 3).join(', ')} could be attached to it`
          : `${python?.postgresUse ? 'the project uses Postgres' : 'the code reads DATABASE_URL'}, and the organisation ${app.organization ?? 'of the app'} has no Postgres`,
      at: {live: first ? 'managedPostgres' : 'postgres', ...(names[0] && {subject: names[0]})},
      related: [use],
      hint: names.length > 0 ? attach : `flyctl mpg create, then flyctl mpg attach CLUSTER -a ${app.name}`,
      failsAt: flyConfig?.config.deploy?.release_command ? 'release' : 'boot',
    }
  },
})

/** `, where CLUSTER is abc (shop-pg) or def (reports-pg)`: the command wants an id, and people know names. */
const choice = (clusters: readonly {id: string; name: string}[]): string =>
  clusters.length > 1
    ? `, where CLUSTER is ${clusters
        .slice(0, 3)
        .map(({id, name}) => `${id} (${name})`)
        .join(' or ')}`
    : ''
