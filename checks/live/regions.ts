import {defineCheck, machinesByGroup, nameMachines, quote} from '../../src/check.ts'

export default defineCheck({
  id: 'live/regions',
  title: 'the machines are in regions that are open',
  why: 'In a region that Fly.io has closed a machine runs on, but none can be made again: when it is replaced the deploy fails.',
  severity: 'warning',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['regions', 'app'],
  uses: ['flyConfig', 'deployCommands'],
  *run({regions, app, flyConfig, deployCommands}) {
    const open = new Map(regions.map((region) => [region.code, region]))
    // Of a group that fly.toml does not have the machines are destroyed.
    const machines = [...machinesByGroup(app)].flatMap(([group, those]) =>
      flyConfig && !flyConfig.groups.includes(group) ? [] : those,
    )
    const closed = [...new Set(machines.map(({region}) => region))].filter((region) => !open.has(region)).sort()
    for (const region of closed) {
      const there = machines.filter((machine) => machine.region === region)
      const volumes = there.some(({mounts}) => mounts.length > 0)
      yield {
        message: `${nameMachines(there)} of ${app.name} ${there.length === 1 ? 'is' : 'are'} in ${region}, where Fly.io makes no machines any more: ${there.length === 1 ? 'it runs' : 'they run'} on, and cannot be replaced there`,
        at: {live: 'app', subject: there[0]?.id as string},
        related: there.slice(1).map(({id}) => ({live: 'app' as const, subject: id})),
        hint: `Make one in a region of flyctl platform regions, then destroy the old one: flyctl machine clone ${there[0]?.id} -r REGION -a ${app.name}${volumes ? ' (--from-snapshot last brings what is on its volume)' : ''}; flyctl machine destroy ${there.map(({id}) => id).join(' ')} --force -a ${app.name}`,
      }
    }
    const {primary_region: primary = ''} = flyConfig?.config ?? {}
    if (!flyConfig || deployCommands?.commands.some((command) => command.region)) return
    if (open.get(primary)?.paidPlan && app.paidPlan === false) {
      yield {
        message: `primary_region is ${quote(primary)}, which Fly.io keeps for organisations with a paid plan, and ${app.organization ?? 'the organisation of the app'} has none`,
        at: flyConfig.at('primary_region'),
        related: [{live: 'regions', subject: primary}],
        hint: 'Write another region of flyctl platform regions, or choose a plan: flyctl dashboard, then Billing.',
      }
    }
  },
})
