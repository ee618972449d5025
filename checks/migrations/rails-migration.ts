import {defineCheck, type Facts} from '../../src/check.ts'

type Stop = Facts['railsMigrationStops'][number]

export default defineCheck({
  id: 'migrations/rails-migration',
  title: 'Rails can load and run its new migrations',
  why: 'A migration of another class, of a newer Rails, or with an index beside the writes within a transaction, stops the run.',
  // Which of them the database has run already is not known.
  severity: 'warning',
  failsAt: 'release',
  since: '0.1.0',
  needs: ['railsMigrationStops'],
  *run({railsMigrationStops}) {
    for (const stop of railsMigrationStops) {
      yield {
        ...told[stop.kind](stop),
        at: stop.at,
        related: [stop.command],
        ...(stop.by !== 'release_command' && {failsAt: 'boot' as const}),
      }
    }
  },
})

const told: Record<Stop['kind'], (stop: Stop) => {message: string; hint: string}> = {
  class: ({wanted, has}) => ({
    message: `the class is ${has}, and by the name of its file Rails looks for ${wanted}: it stops with "uninitialized constant ${wanted}"`,
    hint: `Call the class ${wanted}, or rename the file.`,
  }),
  version: ({wanted, has}) => ({
    message: `the migration is of Rails ${wanted}, and Gemfile.lock has ${has}: Rails stops with "Unknown migration version"`,
    hint: `Write ActiveRecord::Migration[${has}].`,
  }),
  bare: ({wanted}) => ({
    message:
      'the migration names no version of Rails, which stops: "Directly inheriting from ActiveRecord::Migration is not supported"',
    hint: `Write ActiveRecord::Migration[${wanted}].`,
  }),
  transaction: () => ({
    message: 'Rails runs the migration in a transaction, where Postgres refuses CREATE INDEX CONCURRENTLY',
    hint: 'Write disable_ddl_transaction! in the class, and keep the index alone in this migration.',
  }),
  cast: ({wanted, has, column = ''}) => {
    const name = column.split('.').at(-1)
    return {
      message: `${column} becomes ${wanted} and was ${has}, which Postgres does not convert by itself: "cannot be cast automatically"`,
      hint: `Say how: using: "${name}::${sqlOf[wanted] ?? wanted}"`,
    }
  },
}

const sqlOf: Readonly<Record<string, string>> = {datetime: 'timestamp', float: 'double precision'}
