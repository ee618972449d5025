import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'live/app',
  title: 'the app exists on Fly.io',
  why: 'flyctl deploy never makes an app: it stops at one that is not there.',
  severity: 'error',
  failsAt: 'gate',
  since: '0.1.0',
  needs: [],
  examines: ['app'],
  *run({app}) {
    if (app.state !== 'ok' && app.problem) yield app.problem
  },
})
