import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'live/session',
  title: 'flyctl is logged in',
  why: 'Deploy stops at once, in CI often with a message that speaks of something else.',
  severity: 'error',
  failsAt: 'gate',
  since: '0.1.0',
  needs: [],
  examines: ['session'],
  *run({session}) {
    if (session.state !== 'ok' && session.problem) yield session.problem
  },
})
