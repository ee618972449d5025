import {defineCheck, deployedMachines, exitsOf, plural} from '../../src/check.ts'

export default defineCheck({
  id: 'live/crashes',
  title: 'no machine keeps crashing',
  why: 'What crashes again and again before the deploy does so after it, unless the deploy is the repair.',
  severity: 'info',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['app'],
  *run({app}) {
    for (const machine of deployedMachines(app)) {
      // Of those for want of memory another check tells; one that ends well says 0.
      const ends = exitsOf(machine).filter(({exit}) => exit.code && !exit.requested && !exit.outOfMemory)
      const [last] = ends
      if (!last || ends.length < 3) continue
      yield {
        message: `the machine ${machine.id} of the group ${machine.group} crashed ${plural(ends.length, 'time')} since it was updated, last with exit code ${last.exit.code}`,
        at: {live: 'app', subject: machine.id},
        hint: `What it said: flyctl logs --machine ${machine.id} -a ${app.name}`,
      }
    }
  },
})
