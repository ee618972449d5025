import {defineCheck, suggest} from '../../src/check.ts'

/** appconfig/validation.go, MachinesDeployStrategies. */
const strategies = ['canary', 'rolling', 'immediate', 'bluegreen']

export default defineCheck({
  id: 'fly-config/deploy-strategy',
  title: 'flyctl knows the deployment strategy',
  why: 'flyctl refuses the whole file for a strategy that it does not know.',
  severity: 'error',
  failsAt: 'validate',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const strategy = flyConfig.config.deploy?.strategy
    if (!strategy || strategies.includes(strategy)) return
    const meant = suggest(strategy.toLowerCase(), strategies)
    yield {
      message: `the deployment strategy is "${strategy}", it must be one of ${strategies.join(', ')}, in lower case`,
      at: flyConfig.valueAt('deploy', 'strategy'),
      hint: meant
        ? `Write strategy = "${meant}"`
        : 'Write strategy = "rolling", or delete the line: rolling is the default.',
    }
  },
})
