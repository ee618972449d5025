import {defineCheck, machinesByGroup, nameMachines} from '../../src/check.ts'

export default defineCheck({
  id: 'live/cordoned-machines',
  title: 'requests reach the machines',
  why: 'Fly.io sends no requests to a cordoned machine, and a deploy does not change that.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['flyConfig', 'app'],
  appliesTo({flyConfig: {services, config}}) {
    if (services.length === 0) return 'the configuration has no service'
    return config.deploy?.strategy !== 'bluegreen' || 'the new machines of a bluegreen deploy are not cordoned'
  },
  *run({flyConfig, app}) {
    const served = new Set(flyConfig.services.flatMap(({groups}) => groups))
    for (const [group, machines] of machinesByGroup(app)) {
      if (!served.has(group)) continue
      const cordoned = machines.filter((machine) => machine.cordoned)
      if (cordoned.length === 0) continue
      const all = cordoned.length === machines.length
      yield {
        message: `${nameMachines(cordoned)} of the group ${group} ${cordoned.length === 1 ? 'is' : 'are'} cordoned: no request reaches ${all ? 'this group, before the deploy and after it' : cordoned.length === 1 ? 'it' : 'them'}`,
        at: {live: 'app', subject: cordoned[0]?.id as string},
        related: cordoned.slice(1).map(({id}) => ({live: 'app' as const, subject: id})),
        hint: `flyctl machine uncordon ${cordoned.map(({id}) => id).join(' ')} -a ${app.name}`,
        ...(!all && {severity: 'info'}),
      }
    }
  },
})
