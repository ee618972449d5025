import {defineCheck, type Facts, machinesByGroup, nameMachines} from '../../src/check.ts'

type Machine = Facts['app']['machines'][number]

export default defineCheck({
  id: 'live/stopped-machines',
  title: 'every group runs after the deploy',
  why: 'flyctl updates a stopped machine and leaves it stopped: the deploy is green, and nothing of that group runs.',
  severity: 'warning',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['flyConfig', 'app'],
  *run({flyConfig, app}) {
    for (const [group, all] of machinesByGroup(app)) {
      if (!flyConfig.groups.includes(group) || isStartedByProxy(group, flyConfig)) continue
      // A standby waits for another one, and a schedule starts what it is for.
      const machines = all.filter(({standbyFor, schedule}) => standbyFor.length === 0 && !schedule)
      if (machines.length === 0 || !machines.every(isStopped)) continue
      const exits = machines.map(({events}) => events.find(({exit}) => exit)?.exit)
      const byItself = exits.find((exit) => exit && !exit.requested)
      const one = machines.length === 1
      yield {
        message: `${nameMachines(machines)} of the group ${group} ${one ? 'is' : 'are'} ${machines[0]?.state}${byItself ? `, since ${one ? 'it' : 'one'} ended by itself${byItself.code === undefined ? '' : ` with exit code ${byItself.code}`}` : ''}: flyctl updates ${one ? 'it and leaves it' : 'them and leaves them'} so, and nothing else starts ${one ? 'it' : 'them'}`,
        at: flyConfig.at('processes', group),
        related: machines.map(({id}) => ({live: 'app' as const, subject: id})),
        hint: `After the deploy: flyctl machine start ${machines.map(({id}) => id).join(' ')} -a ${app.name}`,
        // Somebody stopped it, and will know why.
        ...(!byItself && {severity: 'info'}),
      }
    }
  },
})

/** Those that shouldSkipLaunch leaves as they are (internal/command/deploy/machines_launchinput.go); others are on their way. */
const isStopped = ({state}: Machine): boolean => state === 'stopped' || state === 'suspended' || state === 'created'

/** Requests start the machines of a service, unless it says that they do not. */
const isStartedByProxy = (group: string, {services}: Facts['flyConfig']): boolean =>
  services.some(({groups, auto_start_machines: start}) => groups.includes(group) && start !== false)
