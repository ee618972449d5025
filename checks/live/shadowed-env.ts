import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'live/shadowed-env',
  title: 'no secret takes the place of a value in [env]',
  why: 'A secret wins over [env]: what fly.toml says is then not what the app gets, and nothing tells.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig', 'app', 'secrets'],
  appliesTo: ({flyConfig}) => Object.keys(flyConfig.config.env ?? {}).length > 0 || 'nothing is set in [env]',
  *run({flyConfig, app, secrets}) {
    for (const name of Object.keys(flyConfig.config.env ?? {})) {
      if (!secrets.names.has(name)) continue
      yield {
        message: `${name} in [env] is never used: the secret ${name} of ${app.name} takes its place`,
        at: flyConfig.keyAt('env', name),
        related: [{live: 'secrets', subject: name}],
        hint: `Take ${name} out of [env], or, if fly.toml is right: flyctl secrets unset ${name} -a ${app.name}`,
      }
    }
  },
})
