import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/aware-times',
  title: 'asyncpg takes the times that the models make',
  why: 'asyncpg writes no time with a zone into a column without one: each row ends with "can\'t subtract offset-naive and offset-aware datetimes".',
  // The code may give the row a time of its own.
  severity: 'warning',
  failsAt: 'runtime',
  since: '0.1.0',
  needs: ['awareTimes'],
  *run({awareTimes}) {
    const [first, ...others] = awareTimes
    if (!first) return
    const {model, column, by, at} = first
    const more =
      others.length > 0 ? `, and so ${others.length === 1 ? 'does one more' : `do ${others.length} more`}` : ''
    yield {
      message: `${model}.${column} has a type without a time zone, and ${by} gives it a time with one${more}: asyncpg refuses each such row (can't subtract offset-naive and offset-aware datetimes)`,
      at,
      related: others.slice(0, 5).map((each) => each.at),
      hint: 'Give the column DateTime(timezone=True), and have a migration change it; SQLite and psycopg take both, asyncpg does not.',
    }
  },
})
