import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/flyway-database',
  title: 'Flyway has the package by which it knows Postgres',
  why: 'From Flyway 10 on each database has a package of its own, and without it the app ends as it starts.',
  severity: 'warning',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['flywayGaps'],
  *run({flywayGaps}) {
    for (const {at, because, tool} of flywayGaps) {
      yield {
        message: `nothing brings flyway-database-postgresql, by which Flyway knows Postgres (${because}): the app ends as it starts with "Unsupported Database: PostgreSQL"`,
        at,
        hint:
          tool === 'maven'
            ? 'Add the dependency org.flywaydb, flyway-database-postgresql beside it.'
            : 'Add beside it: runtimeOnly("org.flywaydb:flyway-database-postgresql")',
      }
    }
  },
})
