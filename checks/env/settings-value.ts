import {defineCheck, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'env/settings-value',
  title: 'the settings class takes the values that [env] gives it',
  why: 'pydantic checks each value when the settings are made: one that its field does not take ends the app while it starts.',
  // A secret of the same name would be taken instead.
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['flyConfig', 'refusedValues'],
  *run({flyConfig, refusedValues}) {
    for (const {name, value, wants, example, at, set} of refusedValues) {
      yield {
        message: `${name} is ${quote(value)}, and the settings in ${at.file} want ${wants}: the app stops with a ValidationError or SettingsError`,
        at: set ?? flyConfig.at('env', name),
        related: [at],
        hint: `Write it as pydantic reads it: ${name} = '${example}'. Or give the field a validator with mode="before" that reads what is there.`,
      }
    }
  },
})
