import {defineCheck, exitsOf, machinesByGroup, plural} from '../../src/check.ts'

export default defineCheck({
  id: 'live/memory',
  title: 'no machine ran out of memory since its last update',
  why: 'A machine that has too little memory is stopped in the middle of its work, and after this deploy again.',
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['app'],
  uses: ['flyConfig'],
  *run({app, flyConfig}) {
    for (const [group, machines] of machinesByGroup(app)) {
      const guest = flyConfig?.guests.find(({groups}) => groups.includes(group))
      for (const machine of machines) {
        const ends = exitsOf(machine).filter(({exit}) => exit.outOfMemory)
        const [last] = ends
        const memory = machine.guest?.memoryMb
        // This deploy gives it more.
        if (!last || (memory && guest?.machine && guest.machine.memoryMb > memory)) continue
        const more = memory ? `${memory * 2}` : 'MB'
        yield {
          message: `the machine ${machine.id} of the group ${group} ran out of memory${memory ? ` (it has ${memory} MB)` : ''}: ${ends.length > 1 ? `${plural(ends.length, 'time')}, last ` : ''}on ${new Date(last.at).toISOString().slice(0, 10)}`,
          at: {live: 'app', subject: machine.id},
          ...(guest && flyConfig && {related: [flyConfig.at(...guest.path)]}),
          hint:
            guest && flyConfig
              ? `Write ${flyConfig.setting('memory', `${more}mb`)} in [[vm]]: it counts with the next deploy.`
              : `flyctl scale memory ${more} -g ${group} -a ${app.name}`,
        }
      }
    }
  },
})
