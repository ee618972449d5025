import {defineCheck, perMigration, sqlOf} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/several-statements',
  title: 'asyncpg gets one SQL statement at a time',
  why: 'asyncpg prepares what it is given, and Postgres prepares one statement: with two the release command fails.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {migrations}}) {
    yield* perMigration(migrations, function* (migration) {
      if (migration.driver !== 'asyncpg') return
      for (const {step, statements} of sqlOf(migration)) {
        if (statements.length < 2) continue
        yield {
          message: `${step.call.method} gets ${statements.length} SQL statements, and asyncpg takes one: "cannot insert multiple commands into a prepared statement"`,
          at: step.at,
          hint: 'Make one call of each statement.',
          ...(!step.isSure && {severity: 'warning'}),
        }
      }
    })
  },
})
