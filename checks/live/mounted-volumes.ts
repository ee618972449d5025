import {defineCheck, type Facts, machinesByGroup, nameMachines, quote, updatesAll} from '../../src/check.ts'

type Machine = Facts['app']['machines'][number]

export default defineCheck({
  id: 'live/mounted-volumes',
  title: 'every machine keeps the volume that it has',
  why: 'flyctl cannot give a machine another volume, and asks before it takes one away: where nobody can answer, it stops.',
  severity: 'error',
  failsAt: 'machine',
  since: '0.1.0',
  needs: ['flyConfig', 'app'],
  uses: ['session', 'deployCommands'],
  appliesTo: updatesAll,
  *run({flyConfig, app, session}) {
    for (const [group, machines] of machinesByGroup(app)) {
      if (!flyConfig.groups.includes(group)) continue
      const mount = flyConfig.mounts.find(({groups}) => groups.includes(group))
      const attached = machines.filter((machine) => machine.mounts.length > 0)
      const related = (some: readonly Machine[]) => some.map(({id}) => ({live: 'app' as const, subject: id}))
      if (!mount) {
        const [first] = attached
        const volume = first?.mounts[0]
        if (!first || !volume) continue
        const processes = flyConfig.groupsOf(undefined).includes(group) ? '' : `, processes = [${quote(group)}]`
        yield {
          message: `${nameMachines(attached)} of the group ${group} ${attached.length === 1 ? 'has' : 'each have'} a volume${volume.name ? ` ${quote(volume.name)}` : ''}, and fly.toml mounts none for this group: flyctl asks whether to detach it, and stops where nobody can answer, as in CI`,
          at: flyConfig.at('mounts', 0),
          related: related(attached),
          hint: `Write [[mounts]] with source = ${quote(volume.name ?? 'NAME')}, destination = ${quote(volume.path)}${processes}. To go without it, deploy from a terminal and say yes: the volume stays, without a machine.`,
          // A person at a terminal can say yes.
          ...(!session?.ci && {severity: 'warning'}),
        }
        continue
      }
      const {source, destination, path} = mount
      if (!source || !destination) continue
      const others = attached.filter(({mounts: [first]}) => first?.name && first.name !== source)
      const [other] = others
      if (other) {
        const name = other.mounts[0]?.name as string
        yield {
          message: `${nameMachines(others)} of the group ${group} ${others.length === 1 ? 'has' : 'have'} the volume ${quote(name)} and fly.toml mounts ${quote(source)}: flyctl cannot exchange the volume of a machine, and stops`,
          at: flyConfig.at(...path, 'source'),
          related: related(others),
          ...flyConfig.write(
            [...path, 'source'],
            name,
            `. If the other volume is meant: flyctl machine destroy ${others.map(({id}) => id).join(' ')} --force -a ${app.name}, and deploy makes a new machine.`,
          ),
        }
      }
      const moved = attached.filter(
        ({mounts: [first]}) => first && first.path !== destination && (!first.name || first.name === source),
      )
      const from = moved[0]?.mounts[0]?.path
      if (from === undefined) continue
      yield {
        message: `the volume ${quote(source)} is mounted at ${from} so far, and at ${destination} after this deploy`,
        at: flyConfig.at(...path, 'destination'),
        related: related(moved),
        hint: `If the app still looks in ${from}: ${flyConfig.setting('destination', from)}. Else nothing is to be done.`,
        severity: 'info',
        failsAt: 'silent',
      }
    }
  },
})
