import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'alembic/create-all',
  title: 'the tables come from the migrations alone',
  why: 'create_all() makes new tables and alters none; the migration that makes such a table then finds it there and fails.',
  severity: 'info',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['alembic'],
  *run({alembic: {createAll, upgrade}}) {
    for (const at of createAll) {
      yield {
        message:
          upgrade?.failsAt === 'release'
            ? 'create_all() at each start, beside the migrations: it hides a table that no migration makes'
            : 'create_all() at each start, beside the migrations: a new table is made here first, and its migration then fails, for it exists',
        at,
        related: upgrade ? [upgrade.at] : [],
        hint: 'Take it away, and let alembic upgrade head make the tables; keep create_all() for tests.',
      }
    }
  },
})
