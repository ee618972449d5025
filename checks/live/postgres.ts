import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'live/postgres',
  title: 'the Postgres that the app needs exists',
  why: 'The app and its migrations start without a database to connect to.',
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['settings', 'app', 'secrets', 'environment'],
  uses: ['python', 'flyConfig'],
  examines: ['postgres', 'managedPostgres'],
  *run({settings, app, secrets, environment, postgres, managedPostgres, python, flyConfig}) {
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
    const use = read?.at ?? python?.postgresUse
    if (!use) return 'nothing in the project asks for Postgres'
    const setInEnv = flyConfig?.env.DATABASE_URL !== undefined
    // A URL that is set may lead to any database, on Fly or elsewhere.
    if (secrets.names.has('DATABASE_URL') || setInEnv) return
    if (postgres.state !== 'ok') return postgres.reason
    const [unmanaged] = postgres.value.apps.filter(({organization}) => organization === app.organization)
    const [managed] = managedPostgres.state === 'ok' ? managedPostgres.value : []
    if (!managed && !unmanaged && managedPostgres.state !== 'ok') return managedPostgres.reason
    const attach = managed
      ? `flyctl mpg attach ${managed.id} -a ${app.name}`
      : unmanaged
        ? `flyctl postgres attach ${unmanaged.name} -a ${app.name}`
        : undefined
    yield {
      message: attach
        ? `${managed?.name ?? unmanaged?.name} exists, but it is not attached: ${app.name} has no DATABASE_URL`
        : `the project uses Postgres, and ${app.organization ?? 'the organisation'} has none`,
      at: {
        live: managed ? 'managedPostgres' : 'postgres',
        ...((managed ?? unmanaged) && {subject: (managed ?? unmanaged)?.name as string}),
      },
      related: [use],
      hint: attach ?? `flyctl mpg create, then flyctl mpg attach CLUSTER -a ${app.name}`,
    }
  },
})
