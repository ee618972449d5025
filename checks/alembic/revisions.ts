import {defineCheck, faultsOn} from '../../src/check.ts'

export default defineCheck({
  id: 'alembic/revisions',
  title: 'each file of the versions folder is a revision',
  why: 'alembic loads every .py file of the folder, and stops at one that it cannot take for a revision.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['alembic'],
  *run({alembic}) {
    yield* faultsOn(alembic, 'revisions')
  },
})
