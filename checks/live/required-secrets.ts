import {defineCheck, type Facts, type Location, type Severity} from '../../src/check.ts'

/** What somebody says the app needs: one of the names would do. */
interface Wanted {
  names: string[]
  at: Location
  severity: Severity
  why: string
}

export default defineCheck({
  id: 'live/required-secrets',
  title: 'the required secrets are set',
  why: 'The app, or the release command before it, starts without a value that it cannot do without.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['settings', 'app', 'secrets', 'environment', 'requiredVariables'],
  uses: ['flyConfig', 'image', 'processes', 'secretsFile'],
  *run({settings, app, secrets, environment, requiredVariables, flyConfig, image, processes, secretsFile}) {
    const set = new Set([
      ...secrets.names,
      ...Object.keys(flyConfig?.config.env ?? {}),
      ...(image?.final.env.keys() ?? []),
    ])
    const wanted = new Map<string, Wanted>()
    const want = (each: Wanted) => {
      if (!each.names.some((name) => wanted.has(name))) wanted.set(each.names[0] as string, each)
    }
    for (const {name, at} of settings.requiredSecrets)
      want({names: [name], at, severity: 'error', why: 'preflight.toml requires it'})
    for (const {name, at} of settings.recommendedSecrets)
      want({names: [name], at, severity: 'warning', why: 'preflight.toml recommends it'})
    const isProven = requiredVariables.some(({names, proven}) => proven && names.includes('DATABASE_URL'))
    const read = databaseRead(environment, isProven)
    // A command or a script of the deploy may set it.
    if (read && !processes?.mayAssign('DATABASE_URL')) want(read)
    for (const {names, at, proven, forgotten} of requiredVariables) {
      // env/required tells of what belongs in [env].
      if (forgotten) continue
      want({names, at, severity: proven ? 'error' : 'warning', why: 'the code reads it and has no default'})
    }
    for (const {name, at} of secretsFile?.variables ?? [])
      want({names: [name], at, severity: 'warning', why: `${secretsFile?.file} has it`})
    if (wanted.size === 0) {
      return read
        ? 'a command of the deploy may set DATABASE_URL'
        : 'preflight.toml names no secrets, and no Python, JavaScript or Prisma code reads DATABASE_URL'
    }

    const missing = [...wanted.values()].filter(({names}) => !names.some((name) => set.has(name)))
    const [first] = missing
    const command = (each: readonly Wanted[]) =>
      `flyctl secrets set ${each.map(({names}) => `${names[0]}=…`).join(' ')} -a ${app.name}`
    for (const each of missing) {
      const {names, at, severity, why} = each
      const isDatabase = names[0] === 'DATABASE_URL'
      yield {
        message: `the secret ${names.join(' or ')} is not set on ${app.name}; ${why}`,
        at,
        related: names.map((name) => ({live: 'secrets', subject: name})),
        hint: [
          isDatabase && `Attach a Postgres (flyctl mpg attach, flyctl postgres attach), or: ${command([each])}`,
          // One command for all of them, where they are told of first.
          each === first && missing.length > 1
            ? `${missing.length === 2 ? 'Both' : `All ${missing.length}`} at once: ${command(missing)}`
            : !isDatabase && command([each]),
        ]
          .filter(Boolean)
          .join('. '),
        severity,
        failsAt:
          severity === 'warning'
            ? 'runtime'
            : isDatabase && flyConfig?.config.deploy?.release_command
              ? 'release'
              : 'boot',
      }
    }
  },
})

/** DATABASE_URL needs no entry: code that cannot do without it says so itself, and with a default it is a warning. */
function databaseRead({reads}: Facts['environment'], isProven: boolean): Wanted | undefined {
  const all = reads.filter(({name}) => name === 'DATABASE_URL')
  const read = all.find(({without}) => without === 'fails') ?? all.find(({without}) => without === 'unknown') ?? all[0]
  if (!read) return undefined
  const {without, at} = read
  const why = {
    fails: 'the code reads it and has no default',
    unknown: 'the code reads it',
    continues: 'the code reads it, and goes on with a default',
  }[without]
  return {names: ['DATABASE_URL'], at, severity: without === 'fails' && isProven ? 'error' : 'warning', why}
}
