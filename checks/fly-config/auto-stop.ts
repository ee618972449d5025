import {defineCheck, keyPath, replace} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/auto-stop',
  title: 'machines that are stopped are started again',
  why: 'The machines stop one after the other when traffic is low, and once the last one has stopped every request fails.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig'],
  *run({flyConfig}) {
    const {config, services} = flyConfig
    for (const {
      path,
      auto_stop_machines: stop,
      auto_start_machines: start,
      min_machines_running: least = 0,
    } of services) {
      if (!stop || stop === 'off') continue
      if (start === false) {
        const at = flyConfig.at(...path, 'auto_start_machines')
        yield {
          message: `${keyPath(path)} has auto_stop_machines "${stop}" and auto_start_machines false: idle machines are stopped${least > 0 ? ` down to ${least}` : ''} and never started again`,
          at,
          related: [flyConfig.at(...path, 'auto_stop_machines')],
          hint: 'Write auto_start_machines = true, or let no machine stop: auto_stop_machines = "off".',
          fix: replace(flyConfig.valueAt(...path, 'auto_start_machines'), 'true'),
        }
      } else if (least > 0 && !config.primary_region) {
        yield {
          message: `min_machines_running is ${least}, which counts in the primary region only, and there is no primary_region`,
          at: flyConfig.at(...path, 'min_machines_running'),
          hint: 'Write primary_region = "REGION" at the top level, with the region of the machines.',
          severity: 'info',
        }
      }
    }
  },
})
