import {defineCheck, doneBeforeMachines, machinesByGroup, quote, updatesAll} from '../../src/check.ts'

export default defineCheck({
  id: 'live/hosts',
  title: 'the host of every machine can be reached',
  why: 'flyctl replaces a machine whose host cannot be reached; one with a volume it cannot replace, and the deploy stops.',
  severity: 'error',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig', 'app'],
  uses: ['deployCommands'],
  appliesTo: updatesAll,
  *run({flyConfig, app}) {
    for (const [group, machines] of machinesByGroup(app)) {
      // Of a group that fly.toml does not have the machines are destroyed.
      if (!flyConfig.groups.includes(group)) continue
      const mount = flyConfig.mounts.find(({groups}) => groups.includes(group))
      for (const machine of machines) {
        if (machine.reachable) continue
        const at = {live: 'app' as const, subject: machine.id}
        const [held] = machine.mounts
        // Of another volume, or a mount that is gone, another check tells (launchInputForUpdate).
        if (held && mount && (!held.name || held.name === mount.source)) {
          yield {
            message: `the machine ${machine.id} of the group ${group} and its volume${held.name ? ` ${quote(held.name)}` : ''} are on a host that cannot be reached: flyctl cannot replace it, and stops${doneBeforeMachines(flyConfig.config)}`,
            at,
            related: [flyConfig.at(...mount.path)],
            hint: `Wait for the host (status.fly.io). Or give it up: flyctl volumes create ${mount.source} -r ${machine.region} --snapshot-id ID -a ${app.name} (flyctl volumes snapshots list ${held.volume}), then flyctl machine destroy ${machine.id} --force -a ${app.name}`,
          }
        } else if (!held) {
          yield {
            message: `the machine ${machine.id} of the group ${group} is on a host that cannot be reached: flyctl tries to put a new one in its place`,
            at,
            hint: 'Nothing is to be done, or wait until status.fly.io says that the host is back.',
            severity: 'info',
          }
        }
      }
    }
  },
})
