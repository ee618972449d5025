import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'fly-config/app-name',
  title: 'an app is named',
  why: 'Without a name flyctl does not know what to deploy, and stops at once.',
  severity: 'error',
  failsAt: 'gate',
  since: '0.1.0',
  needs: [],
  examines: ['appName'],
  *run({appName}) {
    if (appName.state !== 'ok' && appName.problem) yield appName.problem
  },
})
