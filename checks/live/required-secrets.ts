import {defineCheck, type Severity} from '../../src/check.ts'

export default defineCheck({
  id: 'live/required-secrets',
  title: 'the secrets that the app needs are set',
  why: 'The app, or the release command before it, starts without a value that it cannot do without.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['settings', 'app', 'secrets', 'environment'],
  uses: ['flyConfig', 'image'],
  *run({settings, app, secrets, environment, flyConfig, image}) {
    const set = new Set([...secrets.names, ...Object.keys(flyConfig?.env ?? {}), ...(image?.final.env.keys() ?? [])])
    const wanted = [
      ...settings.requiredSecrets.map((secret) => ({
        ...secret,
        severity: 'error' as Severity,
        why: 'preflight.toml requires it',
      })),
      ...settings.recommendedSecrets.map((secret) => ({
        ...secret,
        severity: 'warning' as Severity,
        why: 'preflight.toml recommends it',
      })),
    ]
    // DATABASE_URL needs no entry: code that reads it says so itself.
    const reads = environment.reads.filter(({name}) => name === 'DATABASE_URL')
    const read = reads.find(({required}) => required) ?? reads[0]
    if (read && !wanted.some(({name}) => name === 'DATABASE_URL')) {
      wanted.push({
        name: 'DATABASE_URL',
        at: read.at,
        severity: read.required ? 'error' : 'warning',
        why: read.required ? 'the code reads it and has no default' : 'the code reads it, and goes on with a default',
      })
    }
    if (wanted.length === 0) return 'preflight.toml names no secrets, and the code reads no DATABASE_URL'

    const needed = flyConfig?.releaseCommand ? 'release' : 'boot'
    const missing = wanted.filter(({name}) => !set.has(name))
    const command = `flyctl secrets set ${missing.map(({name}) => `${name}=…`).join(' ')} -a ${app.name}`
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
        failsAt: severity === 'error' ? needed : 'runtime',
      }
    }
  },
})
