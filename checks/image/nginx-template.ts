import {defineCheck, hasSecretName} from '../../src/check.ts'

export default defineCheck({
  id: 'image/nginx-template',
  title: 'the variables of the nginx templates are set',
  why: 'A variable that is not set stays in the configuration as it is written, and nginx refuses to start.',
  // It may be a secret.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['templateVariables', 'flyConfig', 'settings'],
  *run({templateVariables, flyConfig, settings}) {
    const secrets = [...settings.requiredSecrets, ...settings.recommendedSecrets].map(({name}) => name)
    // Where others of them are set, this one is missing beside them; where none is, all may be secrets.
    const others = templateVariables.some(({isSet}) => isSet)
    const places = Object.keys(flyConfig.config.env ?? {}).map((name) => flyConfig.at('env', name))
    // It would be added behind the last.
    const place = places.sort((a, b) => (b.line ?? 0) - (a.line ?? 0))[0] ?? flyConfig.at('env')
    for (const {name, at, isSet} of templateVariables) {
      if (isSet || secrets.includes(name)) continue
      yield {
        message: `\${${name}} in ${'file' in at ? at.file : 'a template'} is filled in when nginx starts, and neither [env] nor ENV sets ${name}`,
        at: place,
        related: [at],
        hint: `Set it in [env] of ${flyConfig.file}: ${flyConfig.setting(name, '…')}; or as a secret: flyctl secrets set ${name}=…`,
        ...((!others || hasSecretName(name)) && {severity: 'info'}),
      }
    }
  },
})
