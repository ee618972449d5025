import {defineCheck, isConstant, migrationTools, perMigration, sqlIn} from '../../src/check.ts'

/** What Postgres does not do inside a transaction. */
const refused =
  /^(create\s+(unique\s+)?index\s+concurrently|drop\s+index\s+concurrently|reindex\b.*\bconcurrently|vacuum\b|create\s+database|drop\s+database|alter\s+system)\b/i

export default defineCheck({
  id: 'migrations/transaction',
  title: 'what cannot run in a transaction is outside of one',
  why: 'Migrations run in a transaction, where Postgres refuses CONCURRENTLY and VACUUM: the release command fails.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {migrations}}) {
    yield* perMigration(migrations, function* (migration) {
      const {steps, autocommits, commitsItself, tool} = migration
      if (autocommits) return
      let ended = false
      for (const step of steps) {
        const {call, autocommit, isSure, conditional, at} = step
        const isBind = call.receiver?.kind === 'call' && call.receiver.method === 'get_bind'
        if (call.method === 'commit' && isBind && !conditional && !autocommit && !commitsItself) {
          yield {
            message:
              'commit() ends the transaction in which alembic runs: with SQLAlchemy 2 nobody commits what follows, so it is rolled back, the number of the revision too, and upgrade exits 0',
            at,
            hint: 'Leave it out. What must be committed by itself stands in a block: with op.get_context().autocommit_block():',
            severity: 'warning',
            failsAt: 'silent',
          }
          return
        }
        const statements = sqlIn(step)?.statements ?? []
        // COMMIT ends alembic's own transaction.
        ended ||= statements.some((each) => /^(commit|end)\b/i.test(each))
        if (autocommit || ended) continue
        const what = isConstant(call.keywords.get('postgresql_concurrently'), true)
          ? `${call.method} with postgresql_concurrently`
          : statements
              .find((each) => refused.test(each))
              ?.match(refused)?.[0]
              .toUpperCase()
              .replace(/\s+/g, ' ')
        if (!what) continue
        yield {
          message: `${what} stands in the transaction of the migration, where Postgres refuses it`,
          at,
          hint: migrationTools[tool].outside,
          ...(!isSure && {severity: 'warning'}),
        }
      }
    })
  },
})
