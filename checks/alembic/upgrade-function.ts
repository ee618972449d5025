import {defineCheck, faultsOn} from '../../src/check.ts'

export default defineCheck({
  id: 'alembic/upgrade-function',
  title: 'each revision has an upgrade() that runs',
  why: 'A revision without a plain upgrade() ends the upgrade, or is marked as done with nothing done.',
  // A database that is beyond the revision does not meet it.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['alembic'],
  *run({alembic}) {
    yield* faultsOn(alembic, 'upgrade-function')
  },
})
