import {defineCheck, type Facts} from '../../src/check.ts'

type App = Facts['app']
type Wanted = Facts['wantedSecrets'][number]

export default defineCheck({
  id: 'live/required-secrets',
  title: 'the required secrets are set',
  why: 'The app, or the release command before it, starts without a value that it cannot do without.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['wantedSecrets', 'app', 'secrets'],
  uses: ['flyConfig', 'postgres', 'managedPostgres'],
  *run({wantedSecrets, app, secrets, flyConfig, postgres, managedPostgres}) {
    const missing = wantedSecrets.filter(({names}) => !names.some((name) => secrets.names.has(name)))
    const [first] = missing
    const command = (each: readonly Wanted[]) =>
      `flyctl secrets set ${each.map(({names}) => `${names[0]}=…`).join(' ')} -a ${app.name}`
    for (const each of missing) {
      const {names, at, why, certain} = each
      const isDatabase = names[0] === 'DATABASE_URL'
      yield {
        message: `the secret ${names.join(' or ')} is not set on ${app.name}; ${why}`,
        at,
        related: names.map((name) => ({live: 'secrets', subject: name})),
        hint: [
          isDatabase && `Attach a Postgres: ${attach(app, postgres, managedPostgres)}. Or: ${command([each])}`,
          // One command for all of them, where they are told of first.
          each === first && missing.length > 1
            ? `${missing.length === 2 ? 'Both' : `All ${missing.length}`} at once: ${command(missing)}`
            : !isDatabase && command([each]),
        ]
          .filter(Boolean)
          .join('. '),
        ...(certain
          ? {failsAt: isDatabase && flyConfig?.config.deploy?.release_command ? 'release' : 'boot'}
          : {severity: 'warning', failsAt: 'runtime'}),
      }
    }
  },
})

/** The command that sets DATABASE_URL, with the databases that the organisation has. */
function attach(app: App, postgres: Facts['postgres'] | undefined, clusters: Facts['managedPostgres'] = []): string {
  const [cluster] = clusters
  // The command wants an id, and people know names.
  const known = clusters.map(({id, name}) => `${id} (${name})`)
  if (cluster && known.length === 1) return `flyctl mpg attach ${cluster.id} -a ${app.name} (${cluster.name})`
  if (cluster) return `flyctl mpg attach CLUSTER -a ${app.name}, where CLUSTER is ${known.slice(0, 3).join(' or ')}`

  const apps = (postgres?.apps ?? []).filter(({organization}) => organization === app.organization)
  const names = apps.map(({name}) => name)
  if (names.length === 1) return `flyctl postgres attach ${names[0]} -a ${app.name}`
  if (names.length > 1)
    return `flyctl postgres attach DBAPP -a ${app.name}, where DBAPP is ${names.slice(0, 3).join(' or ')}`
  return `flyctl mpg create, then flyctl mpg attach CLUSTER -a ${app.name}`
}
