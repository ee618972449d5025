import {changesOf, defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/not-null-column',
  title: 'a new column has a value for the rows that exist',
  why: 'A column that may not be NULL has no value in the rows of a table in use: Postgres refuses it, and the release command fails.',
  // An empty table takes it.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {migrations, made}}) {
    // What was deployed has passed.
    for (const migration of migrations.filter(({isNew}) => isNew)) {
      for (const change of changesOf(migration)) {
        if (change.kind !== 'add column' || !change.isEmpty || change.conditional || made.has(change.table)) continue
        const {table, column, at} = change
        const isSql = migration.tool !== 'alembic'
        yield {
          message: `${table}.${column} may not be NULL and has no ${isSql ? 'DEFAULT' : 'server_default'}: where ${table} has rows, Postgres refuses the column`,
          at,
          hint: isSql
            ? 'Give it a DEFAULT, or add it without NOT NULL, fill it, and then make it NOT NULL.'
            : 'Give it server_default="…", or add it with nullable=True, fill it, and then make it NOT NULL.',
        }
      }
    }
  },
})
