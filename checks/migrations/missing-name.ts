import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/missing-name',
  title: 'migrations drop indexes and constraints that exist',
  why: 'The database has nothing of that name, and the migrations stop there: constraint "…" of relation "…" does not exist.',
  // Somebody may have made it by hand.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['missingNames'],
  *run({missingNames}) {
    for (const {kind, name, table, at, made, upgrade} of missingNames) {
      const of = kind === 'constraint' ? ` of relation "${table}"` : ''
      yield {
        message: `drop_${kind} names ${name}, which no migration gives ${table}: the database refuses it (${kind} "${name}"${of} does not exist)`,
        at,
        related: [made, ...(upgrade ? [upgrade] : [])],
        hint: `Write the name under which it was made (\\d ${table} in psql shows it).`,
        ...(!upgrade && {failsAt: 'silent' as const}),
      }
    }
  },
})
