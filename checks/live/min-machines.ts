import {defineCheck, type Facts, keyPath, machinesByGroup, plural} from '../../src/check.ts'

export default defineCheck({
  id: 'live/min-machines',
  title: 'there are as many machines as should run at least',
  why: 'min_machines_running keeps machines from being stopped and makes none: with fewer of them, fewer run.',
  severity: 'info',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig', 'app'],
  uses: ['deployCommands'],
  appliesTo({flyConfig, deployCommands}) {
    // It counts in the primary region only.
    if (!flyConfig.config.primary_region) return 'the configuration names no primary region'
    if (deployCommands?.commands.some(({region}) => region)) return 'a deploy names a region on its command line'
    return flyConfig.services.some(mayStop) || 'nothing stops the machines, and all of them run'
  },
  *run({flyConfig, app}) {
    const {primary_region: region} = flyConfig.config
    const machines = machinesByGroup(app)
    // That there are none at all, live/primary-region tells.
    if (![...machines.values()].flat().some((machine) => machine.region === region)) return
    for (const {path, groups, min_machines_running: least = 0} of flyConfig.services.filter(mayStop)) {
      for (const group of groups) {
        const all = machines.get(group)
        // A group without machines gets two with this deploy.
        if (!all) continue
        const there = all.filter((machine) => machine.region === region).length
        if (there >= least) continue
        yield {
          message: `${keyPath([...path, 'min_machines_running'])} is ${least}, and the group ${group} has ${there === 0 ? 'no machine' : plural(there, 'machine')} in ${region}: no more than that can run there`,
          at: flyConfig.at(...path, 'min_machines_running'),
          related: all.map(({id}) => ({live: 'app' as const, subject: id})),
          hint: `flyctl scale count ${least} -r ${region} -g ${group} -a ${app.name}`,
        }
      }
    }
  },
})

const mayStop = ({auto_stop_machines: stop = 'off'}: Facts['flyConfig']['services'][number]): boolean => stop !== 'off'
