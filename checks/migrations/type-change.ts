import {changesOf, defineCheck, perMigration} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/type-change',
  title: 'a change of type tells Postgres how to convert',
  why: 'Postgres does not turn text into a number, a UUID or an enum by itself: the release command fails.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['migrations'],
  *run({migrations: {migrations}}) {
    yield* perMigration(migrations, function* (migration) {
      for (const change of changesOf(migration)) {
        if (change.kind !== 'change type' || change.hasUsing) continue
        const {from, to, table, column, at, isSure} = change
        // Everything can become text.
        if (!from || !to || from === to || to === 'text') continue
        yield {
          message: `${table}.${column} becomes ${to} and was ${from}, which Postgres does not convert by itself`,
          at,
          hint: `Say how: postgresql_using="${column}::${to === 'number' ? 'integer' : to === 'time' ? 'timestamp' : to}"`,
          ...(!isSure && {severity: 'warning'}),
        }
      }
    })
  },
})
