import {defineCheck, startedFindings} from '../../src/check.ts'

export default defineCheck({
  id: 'python/pydantic-models',
  title: 'classes are written as the installed pydantic takes them',
  why: 'pydantic 2 refuses what pydantic 1 took, and types that are none, when the class is defined: the import of the module ends with it.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['startedFaults'],
  uses: ['buildsElse'],
  *run({startedFaults, buildsElse}) {
    yield* startedFindings(startedFaults, 'pydantic', buildsElse)
  },
})
