import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/query-data',
  title: 'the offline data of sqlx has every query',
  why: 'Where cargo builds without a database, sqlx takes what .sqlx says of a query: without that the build ends.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['unpreparedQueries'],
  uses: ['buildsElse'],
  *run({unpreparedQueries, buildsElse}) {
    for (const {macro, query, at, others, isCertain} of unpreparedQueries) {
      const more = others === 0 ? '' : others === 1 ? ', nor of one more' : `, nor of ${others} more`
      yield {
        message: `cargo build stops: .sqlx has no data of the query of this ${macro}${more}: there is no database to ask then`,
        at: query,
        related: [at],
        hint: 'Run cargo sqlx prepare (with --workspace in a workspace) after each change of a query, and commit .sqlx.',
        ...((buildsElse || !isCertain) && {severity: 'warning'}),
      }
    }
  },
})
