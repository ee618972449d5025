import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'migrations/rails-not-null',
  title: 'a column that Rails adds has a value for all rows',
  why: 'A column that may not be NULL has no value in the rows of a table in use: Postgres refuses it, and the release command fails.',
  // An empty table takes it.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['railsEmptyColumns'],
  *run({railsEmptyColumns}) {
    for (const {table, column, at} of railsEmptyColumns) {
      yield {
        message: `${table}.${column} may not be NULL and has no default: where ${table} has rows, Postgres refuses the column`,
        at,
        hint: `Give it a default:, or add it without null: false, fill it, and then change_column_null :${table}, :${column}, false.`,
      }
    }
  },
})
