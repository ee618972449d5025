import {defineCheck, startedFindings} from '../../src/check.ts'

export default defineCheck({
  id: 'python/dataclass-fields',
  title: 'dataclasses have fields that Python takes',
  why: 'A list as a default, or a field without one behind one that has: the class cannot be made, and the import of the module ends with it.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['startedFaults'],
  uses: ['buildsElse'],
  *run({startedFaults, buildsElse}) {
    yield* startedFindings(startedFaults, 'dataclass', buildsElse)
  },
})
