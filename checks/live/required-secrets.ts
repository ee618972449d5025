import {defineCheck, type Location, type Severity} from '../../src/check.ts'

export default defineCheck({
  id: 'live/required-secrets',
  title: 'the required secrets are set',
  why: 'The app, or the release command before it, starts without a value that it cannot do without.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['settings', 'app', 'secrets', 'environment'],
  uses: ['flyConfig', 'image', 'processes'],
  *run({settings, app, secrets, environment, flyConfig, image, processes}) {
    const set = new Set([
      ...secrets.names,
      ...Object.keys(flyConfig?.config.env ?? {}),
      ...(image?.final.env.keys() ?? []),
    ])
    const wanted: {name: string; at: Location; severity: Severity; why: string}[] = [
      ...settings.requiredSecrets.map((secret) => ({
        ...secret,
        severity: 'error' as const,
        why: 'preflight.toml requires it',
      })),
      ...settings.recommendedSecrets.map((secret) => ({
        ...secret,
        severity: 'warning' as const,
        why: 'preflight.toml recommends it',
      })),
    ]
    // DATABASE_URL needs no entry: code that cannot do without it says so itself.
    const reads = environment.reads.filter(({name}) => name === 'DATABASE_URL')
    const read =
      reads.find(({without}) => without === 'fails') ?? reads.find(({without}) => without === 'unknown') ?? reads[0]
    // A command or a script of the deploy may set it.
    const setByCommand = processes?.mayAssign('DATABASE_URL') ?? false
    if (read && !setByCommand && !wanted.some(({name}) => name === 'DATABASE_URL')) {
      wanted.push({
        name: 'DATABASE_URL',
        at: read.at,
        severity: read.without === 'fails' ? 'error' : 'warning',
        why: {
          fails: 'the code reads it and has no default',
          unknown: 'the code reads it',
          continues: 'the code reads it, and goes on with a default',
        }[read.without],
      })
    }
    for (const {name, without, at} of environment.needed) {
      if (name === 'DATABASE_URL' || wanted.some((each) => each.name === name) || processes?.mayAssign(name)) continue
      // A base image that is not known may set it.
      const proven = without === 'fails' && image?.final.base !== undefined
      wanted.push({name, at, severity: proven ? 'error' : 'warning', why: 'the code reads it and has no default'})
    }
    if (wanted.length === 0) {
      return read
        ? 'a command of the deploy may set DATABASE_URL'
        : 'preflight.toml names no secrets, and no Python, JavaScript or Prisma code reads DATABASE_URL'
    }

    const missing = wanted.filter(({name}) => !set.has(name))
    const command = `flyctl secrets set ${missing.map(({name}) => `${name}=<value>`).join(' ')} -a ${app.name}`
    for (const {name, at, severity, why} of missing) {
      yield {
        message: `the secret ${name} is not set on ${app.name}; ${why}`,
        at,
        related: [{live: 'secrets', subject: name}],
        hint:
          name === 'DATABASE_URL' && missing.length === 1
            ? `Attach a Postgres (flyctl mpg attach, flyctl postgres attach), or: ${command}`
            : command,
        severity,
        failsAt:
          severity === 'warning'
            ? 'runtime'
            : name === 'DATABASE_URL' && flyConfig?.config.deploy?.release_command
              ? 'release'
              : 'boot',
      }
    }
  },
})
