import {defineCheck, startedFindings} from '../../src/check.ts'

export default defineCheck({
  id: 'python/fastapi-routes',
  title: 'FastAPI can make routes of the functions',
  why: 'FastAPI looks at the arguments and the answer of a route when it is declared: the import of the module ends with what it refuses.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['startedFaults'],
  uses: ['buildsElse'],
  *run({startedFaults, buildsElse}) {
    yield* startedFindings(startedFaults, 'fastapi', buildsElse)
  },
})
