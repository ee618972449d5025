import {defineCheck, perMigration, refusedIfThere} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/caught-refusal',
  title: 'no migration goes on where Postgres does not',
  why: 'After a statement that it refuses, Postgres refuses all others of the transaction: a try around it saves nothing.',
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {migrations}}) {
    yield* perMigration(migrations, function* ({steps, autocommits, tool}) {
      const takesBack = steps.some(({call: {method}}) => /^(?:begin_nested|rollback)$/.test(method))
      if (tool !== 'alembic' || autocommits || takesBack) return
      const [first, ...others] = steps.flatMap((step) => {
        const what = refusedIfThere(step)
        return what ? [{what, at: step.at}] : []
      })
      if (!first) return
      const more = others.length > 0 ? `, and so ${others.length === 1 ? 'does 1' : `do ${others.length}`} more` : ''
      yield {
        message: `${first.what} stands in a try${more}: when Postgres refuses it, the transaction is over, and what follows fails, the number of the revision too (current transaction is aborted, commands ignored until end of transaction block)`,
        at: first.at,
        related: others.slice(0, 5).map(({at}) => at),
        hint: 'Ask before, with sa.inspect(op.get_bind()) or IF NOT EXISTS; or put it into a savepoint, inside of the try: with op.get_bind().begin_nested():',
      }
    })
  },
})
