import {defineCheck, perMigration, refusedSql, sqlIn} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/sql-syntax',
  title: 'Postgres takes the SQL of the migrations',
  why: 'SQL that Postgres refuses, whatever is in the database, ends the migrations, and with them the deploy.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {migrations, own}}) {
    yield* perMigration([...migrations, ...own], function* (migration) {
      for (const step of migration.steps) {
        const refused = refusedSql(step, sqlIn(step))
        if (!refused) continue
        yield {
          message: `${refused.what} (${refused.error})`,
          at: refused.at ?? step.at,
          hint: refused.cure,
          ...(!(step.isSure && !refused.mayExist) && {severity: 'warning' as const}),
        }
      }
    })
  },
})
