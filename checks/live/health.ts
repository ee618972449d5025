import {defineCheck, deployedMachines} from '../../src/check.ts'

export default defineCheck({
  id: 'live/health',
  title: 'the running machines pass their health checks',
  why: 'A deploy waits for the health checks: one that fails today most likely fails again.',
  severity: 'warning',
  failsAt: 'health',
  since: '0.1.0',
  needs: ['app'],
  *run({app}) {
    const failing = deployedMachines(app)
      .filter(({state}) => state === 'started')
      .flatMap(({id, group, checks}) =>
        checks.filter(({status}) => status === 'critical').map(({name}) => ({id, group, name})),
      )
    for (const name of new Set(failing.map((each) => each.name))) {
      const ones = failing.filter((each) => each.name === name)
      const started = deployedMachines(app).filter(({group, state}) => group === ones[0]?.group && state === 'started')
      yield {
        message: `the health check ${name} fails on ${ones.length} of ${started.length} running machines of the group ${ones[0]?.group}: ${ones.map(({id}) => id).join(', ')}`,
        at: {live: 'app', subject: ones[0]?.id as string},
        hint: `See what it says: flyctl checks list -a ${app.name}`,
      }
    }
  },
})
