import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/sqlite-operation',
  title: 'SQLite can do what the migrations ask of it',
  why: 'SQLite changes no column and no constraint of a table that is there: alembic has to make the table anew, as a batch.',
  // A secret by the name of the variable may name another database.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['sqliteOperations'],
  *run({sqliteOperations}) {
    const [first, ...others] = sqliteOperations
      .filter(({isNew}) => isNew)
      .concat(sqliteOperations.filter(({isNew}) => !isNew))
    if (!first) return
    const {call, error, at, database, upgrade} = first
    yield {
      message: `the database is SQLite, which has no ${call} outside of a batch: the revision ends with ${error}${others.length > 0 ? `; ${others.length} more ${others.length === 1 ? 'revision has' : 'revisions have'} the like` : ''}`,
      at,
      related: [database, upgrade, ...others.slice(0, 5).map((each) => each.at)],
      hint: 'Write it in a batch, which makes the table anew: with op.batch_alter_table("TABLE") as batch: batch.… For new revisions set render_as_batch=True in env.py.',
    }
  },
})
