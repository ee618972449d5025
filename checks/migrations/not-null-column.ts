import {changesOf, defineCheck, groupBy, inSeries, partlyFilled} from '../../src/check.ts'

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
      for (const {table, column, condition, at, end} of partlyFilled(migration)) {
        if (made.has(table)) continue
        if (condition === undefined) {
          const update = `UPDATE ${table} SET ${column} = …`
          yield {
            message: `${table}.${column} is added and then made NOT NULL, and nothing gives it a value in between: where ${table} has rows, Postgres refuses it`,
            at: end,
            related: [at],
            hint: `Fill it before: ${migration.tool === 'alembic' ? `op.execute("${update}")` : update}`,
          }
          continue
        }
        yield {
          message: `UPDATE gives ${table}.${column} a value only where ${condition}: the other rows have NULL, and Postgres refuses to make it NOT NULL`,
          at,
          related: [end],
          hint: 'Fill it for every row: leave WHERE out, or add an UPDATE for the others (WHERE … IS NULL).',
        }
      }
      const added = changesOf(migration)
        .filter((change) => change.kind === 'add column')
        .filter(({isEmpty, conditional, table}) => isEmpty && !conditional && !made.has(table))
      for (const [table, [first, ...others]] of groupBy(added, (change) => change.table)) {
        if (!first) continue
        const isSql = migration.tool !== 'alembic'
        const names = inSeries([first, ...others].map(({column}) => column))
        const [have, what] = others.length > 0 ? ['have', 'them'] : ['has', 'the column']
        yield {
          message: `${table}.${names} may not be NULL and ${have} no ${isSql ? 'DEFAULT' : 'server_default'}: where ${table} has rows, Postgres refuses ${what}`,
          at: first.at,
          related: others.slice(0, 4).map(({at}) => at),
          hint: isSql
            ? 'Give it a DEFAULT, or add it without NOT NULL, fill it, and then make it NOT NULL.'
            : 'Give it server_default="…", or add it with nullable=True, fill it, and then make it NOT NULL.',
        }
      }
    }
  },
})
