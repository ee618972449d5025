import {defineCheck, fitsOne} from '../../src/check.ts'

export default defineCheck({
  id: 'policy/env-names',
  title: 'no variable is set that the policy forbids',
  why: "The project's own rule in preflight.toml is broken: what is set in [env] reaches every machine, and the repository.",
  severity: 'error',
  failsAt: 'policy',
  since: '0.1.0',
  needs: ['settings', 'flyConfig'],
  *run({settings: {policy}, flyConfig}) {
    const {forbiddenEnv: rule} = policy
    if (!rule) return '[policy] has no forbidden-env'
    for (const name of Object.keys(flyConfig.config.env ?? {})) {
      const pattern = rule.value.find((each) => fitsOne(name, [each]))
      if (pattern === undefined) continue
      yield {
        message: `[env] sets ${name}, [policy] forbids ${pattern}`,
        at: flyConfig.keyAt('env', name),
        related: [rule.at],
        hint: `Take ${name} out of [env]. If the app needs it: flyctl secrets set ${name}=<value>`,
      }
    }
  },
})
