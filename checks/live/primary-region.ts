import {defineCheck, deployedMachines, plural, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'live/primary-region',
  title: 'some machine is in the primary region',
  why: 'A deploy moves no machine: another primary_region is where new ones are made and where the release command runs.',
  severity: 'info',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig', 'app'],
  uses: ['deployCommands'],
  appliesTo({flyConfig, deployCommands}) {
    // A part of the world, or a list of regions, is for Fly.io to choose from.
    if (!/^[a-z]{3}$/.test(flyConfig.config.primary_region ?? '')) return 'the configuration names no primary region'
    return !deployCommands?.commands.some(({region}) => region) || 'a deploy names a region on its command line'
  },
  *run({flyConfig, app}) {
    const {primary_region: region = ''} = flyConfig.config
    const machines = deployedMachines(app)
    if (machines.length === 0 || machines.some((machine) => machine.region === region)) return
    const groups = [...new Set(machines.map(({group}) => group))]
    const group = groups.length > 1 ? 'GROUP' : groups[0]
    const count = groups.length > 1 ? 'N' : machines.length
    const regions = [...new Set(machines.map((machine) => machine.region))].sort()
    yield {
      message: `primary_region is ${quote(region)}, and ${machines.length === 1 ? 'the machine' : `all ${plural(machines.length, 'machine')}`} of ${app.name} ${machines.length === 1 ? 'is' : 'are'} in ${regions.join(' and ')}: a deploy moves none`,
      at: flyConfig.at('primary_region'),
      related: machines.map(({id}) => ({live: 'app' as const, subject: id})),
      hint: `If they should move: flyctl scale count ${count} -r ${region} -g ${group} -a ${app.name}, then flyctl scale count 0 -r ${regions[0]} -g ${group} -a ${app.name}. If not: ${flyConfig.setting('primary_region', regions[0] as string)}`,
    }
  },
})
