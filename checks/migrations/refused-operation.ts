import {defineCheck, perMigration, refusedIn} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/refused-operation',
  title: 'alembic can make the operations of its revisions',
  why: 'SQLAlchemy refuses what is no column, no type or no default of the database: the release command fails before it asks Postgres.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {migrations}}) {
    yield* perMigration(migrations, function* ({tool, steps}) {
      if (tool !== 'alembic') return
      for (const step of steps) {
        for (const {message, error, cure, at} of refusedIn(step)) {
          yield {
            message: `${message}: the revision ends with ${error}`,
            at,
            hint: cure,
            ...(!step.isSure && {severity: 'warning'}),
          }
        }
      }
    })
  },
})
