import {defineCheck, keyPath, oneOf, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/machine-checks',
  title: 'machine checks can run',
  why: 'flyctl stops in the middle of the rollout at a machine check without a command, and some strategies run none of them.',
  severity: 'warning',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const {services, config, machineChecks} = flyConfig
    const [first] = machineChecks
    if (!first) return
    const strategy = config.deploy?.strategy
    // Only rolling and canary come to run them (internal/command/deploy/machines_deploymachinesapp.go).
    if (strategy === 'immediate' || strategy === 'bluegreen') {
      yield {
        message: `${keyPath(first.path)} never runs: deploy.strategy is ${quote(strategy)}, it must be ${oneOf(['rolling', 'canary'])} for that`,
        at: flyConfig.at(...first.path),
        related: [flyConfig.at('deploy', 'strategy')],
        hint: `Write ${flyConfig.setting('strategy', 'rolling')}, or check the health by [[http_service.checks]].`,
        failsAt: 'silent',
      }
      return
    }
    const port = services.find(({internal_port}) => internal_port)?.internal_port ?? 8080
    for (const {check, path} of machineChecks) {
      // internal/appconfig/machines.go, ToTestMachineConfig. The first deploy runs none, nor do stopped machines.
      if (check.command?.length) continue
      yield {
        message: `${keyPath(path)} has no command: a deploy stops after it has updated the first running machine`,
        at: flyConfig.at(...path, 'command'),
        hint: `${check.entrypoint?.length ? 'The entrypoint alone is not enough. ' : ''}Write what to run: ${flyConfig.setting('command', ['sh', '-c', `curl --fail http://[$FLY_TEST_MACHINE_IP]:${port}/`])}`,
      }
    }
  },
})
