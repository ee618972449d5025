import {defineCheck, oneOf, quote, suggest} from '../../src/check.ts'

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
    const path = ['deploy', 'strategy']
    yield {
      message: `deploy.strategy is ${quote(strategy)}, it must be ${oneOf(strategies)}`,
      at: flyConfig.valueAt(...path),
      ...(meant
        ? flyConfig.write(path, meant)
        : flyConfig.write(path, 'rolling', ', or delete the line: that is the default.')),
    }
  },
})
