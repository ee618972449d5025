import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/missing-table',
  title: 'migrations work on tables that a migration makes',
  why: 'The database has no table of that name, and the migrations stop there: relation "…" does not exist.',
  // Somebody may have made it by hand.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['missingTables'],
  *run({missingTables}) {
    for (const {table, by, at, upgrade} of missingTables) {
      yield {
        message: `${/^Foreign/.test(by) ? 'a foreign key points to' : `${by} works on`} the table ${table}, which no migration makes: the database refuses it (relation "${table}" does not exist)`,
        at,
        related: upgrade ? [upgrade] : [],
        hint: `Correct the name, or make the table in a migration before: op.create_table("${table}", …).`,
        ...(!upgrade && {failsAt: 'silent' as const}),
      }
    }
  },
})
