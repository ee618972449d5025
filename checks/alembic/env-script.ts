import {defineCheck, faultsOn} from '../../src/check.ts'

export default defineCheck({
  id: 'alembic/env-script',
  title: 'env.py runs the migrations and commits them',
  why: 'An env.py that never comes to run_migrations(), or commits nothing, exits 0: the deploy is green without its migrations.',
  severity: 'error',
  failsAt: 'silent',
  since: '0.1.0',
  needs: ['alembic'],
  *run({alembic}) {
    yield* faultsOn(alembic, 'env-script')
  },
})
