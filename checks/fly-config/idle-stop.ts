import {defineCheck, keyPath} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/idle-stop',
  title: 'no machine with work of its own stops when it is idle',
  why: 'Fly.io’s proxy stops a machine to which no requests come, whatever the app does meanwhile: a bot goes offline, and no task starts at its time.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig', 'ownWork'],
  uses: ['otherConfigs'],
  *run({flyConfig, ownWork, otherConfigs}) {
    const {groups, services, hasContainers} = flyConfig
    // With several groups, or another configuration for it, the work may be done where no service stops it.
    const elsewhere = otherConfigs?.some(({file}) => /bot|worker|cron|job|schedul|background/i.test(file))
    if (groups.length > 1 || elsewhere || hasContainers) return
    const stays = services.some(
      ({auto_stop_machines: stop, min_machines_running: least = 0}) => !stop || stop === 'off' || least > 0,
    )
    const [service] = services
    if (!service || stays) return
    for (const {what, waits, at} of ownWork) {
      const path = [...service.path, 'auto_stop_machines']
      yield {
        message: `${keyPath(path)} is "${service.auto_stop_machines}", and the app runs ${what}: once no requests come, the last machine stops, and ${waits ? 'it is offline until the next one' : 'nothing happens at its time'}`,
        at: flyConfig.at(...path),
        related: [at],
        hint: `Let one machine run: ${flyConfig.setting('min_machines_running', 1)} under ${keyPath(service.path)}. Or let none stop: ${flyConfig.setting('auto_stop_machines', 'off')}`,
      }
    }
  },
})
