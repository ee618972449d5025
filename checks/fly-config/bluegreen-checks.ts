import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/bluegreen-checks',
  title: 'a bluegreen deploy has a health check to go by',
  why: 'flyctl stops a bluegreen deploy of an app without health checks, after the build and the release command.',
  // The first deploy has nothing to replace and goes through (deploy/strategy_bluegreen.go, Deploy).
  severity: 'warning',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['deployCommands'],
  *run({flyConfig, deployCommands}) {
    const {deploy, http_service: http} = flyConfig.config
    if (deploy?.strategy !== 'bluegreen' || deployCommands?.hasFlag('--strategy')) return
    if (flyConfig.checkedGroups.length > 0) return
    yield {
      message: 'deploy.strategy is "bluegreen" and no health check is configured: every deploy but the first stops',
      at: flyConfig.at('deploy', 'strategy'),
      hint: `Add one: ${
        http
          ? '[[http_service.checks]] with method = "GET", path = "/", interval = "15s", timeout = "5s", grace_period = "10s"'
          : flyConfig.services.length > 0
            ? '[[services.tcp_checks]] with interval = "15s", timeout = "5s", grace_period = "10s"'
            : '[checks.alive] with type = "tcp", port = the one it listens on, interval = "15s", timeout = "5s"'
      }. [[machine_checks]] do not count. Or write ${flyConfig.setting('strategy', 'rolling')}`,
    }
  },
})
