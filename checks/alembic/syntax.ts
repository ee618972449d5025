import {defineCheck, faultsOn} from '../../src/check.ts'

export default defineCheck({
  id: 'alembic/syntax',
  title: 'the migrations are valid Python',
  why: 'alembic imports every revision file for any command: one that Python cannot compile ends them all.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['alembic'],
  *run({alembic}) {
    yield* faultsOn(alembic, 'syntax')
  },
})
