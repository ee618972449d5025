/** What runs migrations; how each lets a statement out of its transaction, and commits one before the next. */
export const migrationTools = {
  alembic: {
    outside: 'Put it into: with op.get_context().autocommit_block():',
    before: 'Add the value in a migration of its own, within: with op.get_context().autocommit_block():',
    index:
      'Build it beside the writes: with op.get_context().autocommit_block(): op.create_index(…, postgresql_concurrently=True)',
  },
  drizzle: {
    outside:
      'drizzle has one transaction for all new migrations: run it by hand before the deploy, and write IF NOT EXISTS, without CONCURRENTLY, here.',
    before:
      'drizzle has one transaction for all new migrations: add the value with one deploy and use it with the next, or make the type anew (ALTER COLUMN … TYPE text, DROP TYPE, CREATE TYPE, ALTER COLUMN … TYPE … USING).',
    index: 'On a large table: CREATE INDEX CONCURRENTLY by hand before the deploy, and write IF NOT EXISTS here.',
  },
  prisma: alone('Prisma'),
  'golang-migrate': alone('migrate'),
  flyway: alone('Flyway'),
  sqlx: marked('-- no-transaction in its first line'),
  goose: marked('-- +goose NO TRANSACTION'),
  dbmate: marked('-- migrate:up transaction:false'),
} as const

export type MigrationTool = keyof typeof migrationTools

/** One that sends each file as it is: to Postgres several statements are one transaction, and one alone is in none. */
function alone(name: string) {
  return {
    outside: 'Put it into a migration of its own, alone: one statement is no transaction, several in a file are.',
    before: `Add the value in a migration of its own: ${name} commits after each.`,
    index: 'Build it beside the writes: CREATE INDEX CONCURRENTLY, alone in a migration of its own.',
  }
}

/** One that has a transaction for each file, unless a comment says otherwise. */
function marked(comment: string) {
  return {
    outside: `Put it into a migration of its own, with ${comment}`,
    before: 'Add the value in a migration of its own, before this one.',
    index: `Build it beside the writes: CREATE INDEX CONCURRENTLY in a migration of its own, with ${comment}`,
  }
}
