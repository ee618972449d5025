import {defineCheck, doneBeforeMachines, machinesByGroup} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/bluegreen-checks',
  title: 'a bluegreen deploy has a health check to go by',
  why: 'flyctl stops a bluegreen deploy of an app without health checks, after the build and the release command.',
  // The first deploy has nothing to replace and goes through (deploy/strategy_bluegreen.go, Deploy).
  severity: 'warning',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['deployCommands', 'app'],
  *run({flyConfig, deployCommands, app}) {
    const {deploy, http_service: http} = flyConfig.config
    if (deploy?.strategy !== 'bluegreen' || deployCommands?.hasFlag('--strategy')) return
    const {checkedGroups, groups} = flyConfig
    // Only machines that there are count: a check of a group that is new comes too late.
    const replaced = app && !deployCommands?.picksMachines ? [...machinesByGroup(app).keys()] : []
    const due = replaced.filter((group) => groups.includes(group))
    if (checkedGroups.length > 0 && (due.length === 0 || due.some((group) => checkedGroups.includes(group)))) return
    yield {
      message: `deploy.strategy is "bluegreen" and no health check is configured${checkedGroups.length > 0 ? ' for the groups that have machines' : ''}: ${due.length > 0 ? `this deploy stops before it replaces the machines of ${due.join(' and ')}${doneBeforeMachines(flyConfig.config)}` : 'every deploy but the first stops'}`,
      at: flyConfig.at('deploy', 'strategy'),
      hint: `Add one: ${
        http
          ? '[[http_service.checks]] with method = "GET", path = "/", interval = "15s", timeout = "5s", grace_period = "10s"'
          : flyConfig.services.length > 0
            ? '[[services.tcp_checks]] with interval = "15s", timeout = "5s", grace_period = "10s"'
            : '[checks.alive] with type = "tcp", port = the one it listens on, interval = "15s", timeout = "5s"'
      }. [[machine_checks]] do not count. Or write ${flyConfig.setting('strategy', 'rolling')}`,
      // A file of machine_config may bring checks of its own.
      ...(due.length > 0 && !flyConfig.hasContainers && {severity: 'error'}),
    }
  },
})
