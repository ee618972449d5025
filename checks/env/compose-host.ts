import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'env/compose-host',
  title: 'no variable is a host that docker compose alone knows',
  why: 'The names of the services of a compose file are known in its network; at Fly.io nothing answers to them.',
  // A secret may set the variable, and what reads it may not be used.
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig', 'serviceDefaults'],
  *run({flyConfig, serviceDefaults}) {
    if (flyConfig.hasContainers) return
    for (const {kind, variable, host, at, compose} of serviceDefaults) {
      const says = kind === 'set' ? `${variable} points to ${host}` : `${variable} is set nowhere, and is then ${host}`
      yield {
        message: `${says}, ${compose ? `a service of ${compose.file}` : 'as the services of docker compose are called'}: Fly.io knows no host of this name`,
        at,
        related: compose ? [compose] : [],
        hint:
          kind === 'set'
            ? `Write where it runs, APP.internal for another app. With a password in it, take it out of fly.toml, and set a secret: flyctl secrets set ${variable}=…`
            : `Set it to where it runs, APP.internal for another app: in [env], or with flyctl secrets set ${variable}=…; or let the app do without, with no default.`,
      }
    }
  },
})
