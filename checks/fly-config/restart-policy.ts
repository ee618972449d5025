import {defineCheck, keyPath, oneOf, quote} from '../../src/check.ts'

const policies: readonly string[] = ['always', 'never', 'on-failure']

/** What other tools call the same: Docker, compose, systemd, Kubernetes and Railway. */
const meant = new Map([
  ['no', 'never'],
  ['none', 'never'],
  ['unless-stopped', 'always'],
  ['on_failure', 'on-failure'],
  ['onfailure', 'on-failure'],
])

export default defineCheck({
  id: 'fly-config/restart-policy',
  title: 'every [[restart]] has a policy that Fly.io knows',
  why: 'flyctl refuses the configuration before it builds anything.',
  severity: 'error',
  failsAt: 'validate',
  since: '0.1.0',
  needs: ['flyConfig'],
  // flyctl internal/appconfig/machines.go, parseRestartPolicy
  *run({flyConfig}) {
    for (const [index, {policy = ''}] of (flyConfig.config.restart ?? []).entries()) {
      if (policies.includes(policy)) continue
      const lower = policy.toLowerCase()
      const instead = policies.includes(lower) ? lower : (meant.get(lower) ?? 'on-failure')
      const path = ['restart', index]
      const at = [...path, 'policy']
      yield {
        message: policy
          ? `${keyPath(at)} is ${quote(policy)}, it must be ${oneOf(policies)}`
          : `${keyPath(path)} has no policy, it must have ${oneOf(policies)}`,
        at: flyConfig.at(...at),
        ...flyConfig.write(at, instead),
      }
    }
  },
})
