import {defineCheck, startedFindings} from '../../src/check.ts'

export default defineCheck({
  id: 'python/flask-routes',
  title: 'Flask takes the routes and the start of the app',
  why: 'Flask takes each name of a function once, and has dropped decorators: the start of the app ends with what it refuses.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['startedFaults'],
  uses: ['buildsElse'],
  *run({startedFaults, buildsElse}) {
    yield* startedFindings(startedFaults, 'flask', buildsElse)
  },
})
