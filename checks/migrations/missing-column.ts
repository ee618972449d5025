import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/missing-column',
  title: 'migrations work on columns that their tables have',
  why: 'The database knows no column of that name, and the migrations stop there: column "…" of relation "…" does not exist.',
  // Somebody may have added it by hand.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['files'],
  uses: ['missingColumns', 'tableHistory'],
  *run({missingColumns, tableHistory}) {
    if (!missingColumns && !tableHistory) return 'no migrations can be read'
    for (const {kind, table, column, by, at, made, run, failsAt} of tableHistory ?? []) {
      if (kind !== 'no column' || !made) continue
      yield {
        message: `${by} names the column ${column} of ${table}, which that table does not have by then: the database refuses it (column "${column}" does not exist)`,
        at,
        related: [made, ...run],
        hint: 'Correct the name, or add the column in a migration before.',
        failsAt,
      }
    }
    for (const {table, column, by, at, made, upgrade} of missingColumns ?? []) {
      yield {
        message: `${by} names the column ${column} of ${table}, which no migration gives that table: the database refuses it (column "${column}" does not exist)`,
        at,
        related: [made, ...(upgrade ? [upgrade] : [])],
        hint: `Add it before, as the model has it: op.add_column("${table}", sa.Column("${column}", …)); or correct the name.`,
        ...(!upgrade && {failsAt: 'silent' as const}),
      }
    }
  },
})
