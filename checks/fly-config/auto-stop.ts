import {defineCheck, keyPath} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/auto-stop',
  title: 'machines that are stopped are started again',
  why: 'The machines stop one after the other when traffic is low, and once the last one has stopped every request fails.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig'],
  uses: ['deployCommands'],
  *run({flyConfig, deployCommands}) {
    const {config, services, mounts} = flyConfig
    const hasRegion = config.primary_region || deployCommands?.commands.some(({region}) => region)
    // With volumes, mount-region tells that it is missing.
    const toldElsewhere = mounts.some(({groups}) => groups.length > 0)
    for (const {
      path,
      auto_stop_machines: stop,
      auto_start_machines: start,
      min_machines_running: least = 0,
    } of services) {
      if (!stop || stop === 'off') continue
      if (start === false) {
        const at = [...path, 'auto_start_machines']
        yield {
          message: `${keyPath(path)} has auto_stop_machines "${stop}" and auto_start_machines false: idle machines are stopped${least > 0 ? ` down to ${least}` : ''} and never started again`,
          at: flyConfig.at(...at),
          related: [flyConfig.at(...path, 'auto_stop_machines')],
          ...flyConfig.write(at, true, `, or let no machine stop: ${flyConfig.setting('auto_stop_machines', 'off')}`),
        }
      } else if (least > 0 && !hasRegion && !toldElsewhere) {
        yield {
          message: `${keyPath([...path, 'min_machines_running'])} is ${least}, which counts in the primary region only, and there is no primary_region`,
          at: flyConfig.at(...path, 'min_machines_running'),
          hint: `At the top level write ${flyConfig.setting('primary_region', 'REGION')}, with the region of the machines.`,
          severity: 'info',
        }
      }
    }
  },
})
