import {defineCheck, perMigration} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/made-twice',
  title: 'no migration makes what an earlier one has made',
  why: 'The database refuses a second table or column of a name, and the migrations stop there: relation "…" already exists.',
  // A database may be past both, or the earlier one may have been edited after it had run.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['madeTwice'],
  *run({madeTwice}) {
    yield* perMigration(madeTwice, function* ({found, upgrade}) {
      for (const {table, column, at, first} of found) {
        const earlier = first.file.split('/').at(-1)
        const where = first.file === at.file ? 'which stands above already' : `which ${earlier} has made before`
        yield {
          message:
            column === undefined
              ? `create_table makes ${table}, ${where}: the database refuses it (relation "${table}" already exists)`
              : `add_column adds ${column} to ${table}, ${where}: the database refuses it (column "${column}" already exists)`,
          at,
          related: [first, ...(upgrade ? [upgrade] : [])],
          hint: `Take it out here, and keep only what is new; a migration that autogenerate wrote against an empty database has all tables in it.`,
          ...(!upgrade && {failsAt: 'silent' as const}),
        }
      }
    })
  },
})
