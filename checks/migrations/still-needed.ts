import {defineCheck, migrationName} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/still-needed',
  title: 'nothing needs what a migration drops or changes',
  why: 'Postgres drops nothing that something else needs, and gives no column another type that a view or a policy names: the migrations stop there.',
  // Somebody may have dropped what needs it by hand.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['files'],
  uses: ['tableHistory'],
  *run({tableHistory}) {
    if (!tableHistory) return 'no migrations can be read'
    for (const {kind, table, column, what, by, at, made, run, failsAt} of tableHistory) {
      if (kind !== 'held' || what === undefined || !made) continue
      const where = made.file === at.file ? 'above' : `in ${migrationName(made.file)}`
      yield {
        message:
          column === undefined
            ? `${by} meets ${what}, made ${where}: Postgres refuses it (cannot drop ${table} because other objects depend on it)`
            : `${by} changes ${column}, which ${what}, made ${where}, names: Postgres refuses it (other objects depend on column ${column} of table ${table})`,
        at,
        related: [made, ...run],
        hint:
          column === undefined
            ? 'Drop what needs it before, or write CASCADE behind it where that may go as well.'
            : 'Drop it before, and make it again behind: Postgres looks at no part of a view or a policy that is not changed, either.',
        failsAt,
      }
    }
  },
})
