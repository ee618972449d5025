import {defineCheck, startedFindings} from '../../src/check.ts'

export default defineCheck({
  id: 'python/mapped-tables',
  title: 'SQLAlchemy can make tables of the classes',
  why: 'SQLAlchemy looks at a class with a table when it is defined: the import of the module ends with what it refuses.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['startedFaults'],
  uses: ['buildsElse'],
  *run({startedFaults, buildsElse}) {
    yield* startedFindings(startedFaults, 'sqlalchemy', buildsElse)
  },
})
