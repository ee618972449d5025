import {defineCheck, type Facts, inSeries} from '../../src/check.ts'

type RowFault = Facts['stateFaults']['rows'][number]

export default defineCheck({
  id: 'migrations/refused-rows',
  title: 'Postgres takes the rows that migrations write',
  why: 'A row without a value that its table asks for ends the migration, and the release command with it.',
  severity: 'error',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['stateFaults'],
  *run({stateFaults: {rows}}) {
    for (const fault of rows) {
      const {message, hint} = describe(fault)
      yield {
        message,
        at: fault.at,
        related: [fault.made],
        hint,
        // What a table was given since, by hand, no migration says.
        ...(!fault.isSure && {severity: 'warning' as const}),
      }
    }
  },
})

function describe({kind, by, table, columns}: RowFault): {message: string; hint: string} {
  const names = inSeries(columns)
  const [first] = columns
  const [is, they] = columns.length > 1 ? ['are', 'they have'] : ['is', 'it has']
  switch (kind) {
    case 'lacks':
      return {
        message: `${by} ${table} gives no value for ${names}, which may not be NULL, and ${they} no default in the database: Postgres refuses the row (null value in column "${first}" of relation "${table}" violates not-null constraint)`,
        hint: 'Write a value, such as gen_random_uuid() or now(): the default of a model counts in the code alone. Or give the column a default of the database (server_default) before.',
      }
    case 'unknown':
      return {
        message: `${by} ${table} names the column ${names}, which no migration before gives that table: Postgres refuses it (column "${first}" of relation "${table}" does not exist)`,
        hint: 'Correct the name, or add the column before.',
      }
    case 'text':
      return {
        message: `${by} ${table} gives texts for ${names}, which ${is} of times: asyncpg stops with DataError, invalid input for query argument`,
        hint: 'Write datetime.date(2024, 1, 1), or datetime.datetime(…), for each of them.',
      }
  }
}
