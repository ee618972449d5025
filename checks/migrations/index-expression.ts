import {defineCheck, keptExpressions, perMigration, sqlIn} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/index-expression',
  title: 'indexes are built of what never changes',
  why: 'Postgres builds an index or a generated column of IMMUTABLE functions only: the migration fails.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {migrations, own}}) {
    yield* perMigration([...migrations, ...own], function* (migration) {
      for (const step of migration.steps) {
        for (const {what, call, cure, mayExist} of keptExpressions(step, sqlIn(step))) {
          yield {
            message: `the ${what} has ${call}, which is not IMMUTABLE: Postgres refuses it`,
            at: step.at,
            hint: cure,
            ...(!(step.isSure && !mayExist) && {severity: 'warning'}),
          }
        }
      }
    })
  },
})
