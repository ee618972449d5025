import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/sqlite-sql',
  title: 'the SQL of the app is that of its database',
  why: 'What SQLite alone knows works on a laptop, and Postgres answers with an error: each request that comes to it fails.',
  // The app may have another database after all.
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['sqliteSql'],
  *run({sqliteSql}) {
    const [first, ...others] = sqliteSql
    if (!first) return
    const more =
      others.length > 0
        ? `; ${others.length === 1 ? 'one more place has' : `${others.length} more places have`} the like`
        : ''
    yield {
      message: `${first.what} is of SQLite, and the image has a driver for Postgres alone: Postgres refuses it${more}`,
      at: first.at,
      related: others.slice(0, 5).map(({at}) => at),
      hint: `Postgres has: ${first.cure}.`,
    }
  },
})
