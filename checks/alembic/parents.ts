import {defineCheck, faultsOn} from '../../src/check.ts'

export default defineCheck({
  id: 'alembic/parents',
  title: 'every revision follows from one that exists',
  why: 'alembic builds the whole graph before any command, and stops at a parent that it cannot find or at a circle.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['alembic'],
  *run({alembic}) {
    // A file whose id is computed may be the parent.
    if (alembic.environments.every(({graph}) => !graph)) return 'the revisions cannot be read without running them'
    yield* faultsOn(alembic, 'parents')
  },
})
