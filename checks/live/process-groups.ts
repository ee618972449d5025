import {defineCheck, type Facts, isFirstDeploy, machinesByGroup, plural, suggest, updatesAll} from '../../src/check.ts'

export default defineCheck({
  id: 'live/process-groups',
  title: 'the machines are of the process groups in fly.toml',
  why: 'flyctl destroys the machines of a process group that fly.toml does not have any more, without asking.',
  // What is renamed or given up on purpose looks the same.
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig', 'app'],
  uses: ['deployCommands'],
  appliesTo: updatesAll,
  *run({flyConfig, app, deployCommands}) {
    if (isFirstDeploy(app) !== false) return
    const machines = machinesByGroup(app)
    const gone = [...machines.keys()].filter((group) => !flyConfig.groups.includes(group))
    const added = deployCommands?.hasFlag('--update-only')
      ? []
      : flyConfig.groups.filter((group) => !machines.has(group))
    const written = Object.keys(flyConfig.config.processes ?? {}).length > 0
    for (const group of gone) {
      const those = machines.get(group) ?? []
      const meant = added.length === 1 && gone.length === 1 ? added[0] : suggest(group, added)
      const renamed = meant ? `, and makes new ones for ${meant}` : ''
      const volumes = those.some(({mounts}) => mounts.length > 0)
        ? '; what is on the volumes stays, without a machine'
        : ''
      yield {
        message: `this deploy destroys ${plural(those.length, 'machine')} of the group ${group}, which fly.toml does not have${renamed}${volumes}`,
        at: flyConfig.at('processes'),
        related: those.map(({id}) => ({live: 'app' as const, subject: id})),
        hint: written
          ? `To keep them: ${flyConfig.setting(group, 'COMMAND')} in [processes]${meant ? `, in the place of ${meant}` : ''}. If the group is meant to go, nothing is to be done.`
          : `To keep them: [processes] with ${flyConfig.setting(group, 'COMMAND')}. Without [processes] the only group is app.`,
      }
    }
    for (const group of added) {
      // Of a group that took another one's place the line above tells.
      if (gone.length === 1 && added.length === 1) continue
      yield {
        message: `the group ${group} has no machines so far: this deploy makes ${newMachines(group, flyConfig, deployCommands)}`,
        at: written ? flyConfig.at('processes', group) : flyConfig.at(),
        hint: `More of them after the deploy: flyctl scale count N -g ${group} -a ${app.name}`,
        severity: 'info',
      }
    }
  },
})

/** deployCreateMachinesForGroups (internal/command/deploy/machines_deploymachinesapp.go). */
function newMachines(
  group: string,
  {services, mounts}: Facts['flyConfig'],
  deploys: Facts['deployCommands'] | undefined,
): string {
  const has = (part: readonly {groups: readonly string[]}[]) => part.some(({groups}) => groups.includes(group))
  // --ha=false, as a rule; its value is not read.
  if (has(mounts) || deploys?.hasFlag('--ha')) return '1 machine'
  return has(services) ? '2 machines' : '1 machine and a standby for it'
}
