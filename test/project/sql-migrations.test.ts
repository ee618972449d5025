import {describe, expect, it} from 'vitest'
import enumValue from '../../checks/migrations/enum-value.ts'
import notNull from '../../checks/migrations/not-null-column.ts'
import tableLock from '../../checks/migrations/table-lock.ts'
import transaction from '../../checks/migrations/transaction.ts'
import type {AnyCheck} from '../../src/check.ts'
import {drizzle, goMod, numbered, prisma} from '../checks/migrations/sql-project.ts'
import {checkOne, line, type Project} from '../harness.ts'

const told = async (project: Project, check: AnyCheck) => (await checkOne(project, check)).findings.map(line)
const add = `ALTER TYPE "public"."status" ADD VALUE 'done' BEFORE 'gone';--> statement-breakpoint\n`
const use = `UPDATE "orders" SET "status" = 'done' WHERE id = 1;`
const concurrently = 'CREATE INDEX CONCURRENTLY "ix" ON "orders" ("day");'

describe('migrations in SQL are looked at like those of alembic', () => {
  it('each statement at its place, whatever stands in comments and quotes', async () => {
    const text = `-- one; two\nINSERT INTO "notes" VALUES ('a; b');\n/* ; */ DO $$ BEGIN; END $$;\n  ALTER TABLE "orders"\n    ADD COLUMN "day" date NOT NULL;\n`
    expect(await told(drizzle({'0000_a': text}), notNull)).toEqual([
      'warning drizzle/0000_a.sql:4:3 orders.day may not be NULL and has no DEFAULT: where orders has rows, Postgres refuses the column',
    ])
  })

  it('what the base lacks; without one the newest, and older ones less surely', async () => {
    const both = {'0000_a': concurrently, '0001_b': 'SELECT 1;'}
    expect((await told(drizzle(both), transaction)).map((each) => each.split(':')[0])).toEqual([
      'warning drizzle/0000_a.sql',
    ])
    expect(await told({...drizzle(both), base: []}, transaction)).toHaveLength(1)
    expect(await told({...drizzle(both), base: ['drizzle/0000_a.sql']}, transaction)).toEqual([])
  })

  it('drizzle has a transaction around all, Prisma around several statements of a file', async () => {
    const message = 'CREATE INDEX CONCURRENTLY stands in the transaction of the migration, where Postgres refuses it'
    expect(await told(drizzle({'0000_a': concurrently}), transaction)).toEqual([
      `error drizzle/0000_a.sql:1:1 ${message}`,
    ])
    expect(await told(prisma({'1_a': concurrently}), transaction)).toEqual([])
    expect(await told(prisma({'1_a': `SELECT 1;\n${concurrently}`}), transaction)).toEqual([
      `error prisma/migrations/1_a/migration.sql:2:1 ${message}`,
    ])
  })

  it('a value of an enum is used in the transaction that adds it', async () => {
    const message = `'done' is used in the transaction that adds it to its type: Postgres wants it committed before`
    expect(await told(drizzle({'0000_a': add + use}), enumValue)).toEqual([`error drizzle/0000_a.sql:2:1 ${message}`])
    expect(await told(prisma({'1_a': add + use}), enumValue)).toEqual([
      `error prisma/migrations/1_a/migration.sql:2:1 ${message}`,
    ])
    const otherUses = [
      `CREATE TYPE "other" AS ENUM('done', 'open');`,
      `COMMENT ON TABLE "orders" IS 'done';`,
      `CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN NEW.status = 'done'; END $$ LANGUAGE plpgsql;`,
      `ALTER TYPE "status" ADD VALUE 'late' AFTER 'done';`,
    ]
    for (const other of otherUses) expect(await told(drizzle({'0000_a': add + other}), enumValue), other).toEqual([])
    const made = `CREATE TYPE "public"."status" AS ENUM('gone');\n`
    expect(await told(drizzle({'0000_a': made + add + use}), enumValue)).toEqual([
      `warning drizzle/0000_a.sql:3:1 ${message}`,
    ])
  })

  it('the cure is that of the tool', async () => {
    const index = 'CREATE INDEX "ix" ON "orders" ("day");'
    const hint = async (project: Project) => (await checkOne(project, tableLock)).findings[0]?.hint
    expect(await hint(drizzle({'0000_a': index}))).toContain('by hand before the deploy')
    expect(await hint(prisma({'1_a': index}))).toContain('alone in a migration of its own')
  })

  it('only what runs forwards, and not what a comment lets out of the transaction', async () => {
    const pgx = goMod('github.com/jackc/pgx/v5')
    const goose = (comment = '') =>
      numbered({'1_a.sql': `${comment}-- +goose Up\n${concurrently}\n-- +goose Down\nVACUUM;\n`}, pgx)
    const message = 'CREATE INDEX CONCURRENTLY stands in the transaction of the migration, where Postgres refuses it'
    expect(await told(goose(), transaction)).toEqual([`warning db/migrations/1_a.sql:2:1 ${message}`])
    expect(await told(goose('-- +goose NO TRANSACTION\n'), transaction)).toEqual([])
    const dbmate = (options: string) => numbered({'1_a.sql': `-- migrate:up${options}\n${concurrently}\n`}, pgx)
    expect(await told(dbmate(''), transaction)).toEqual([`warning db/migrations/1_a.sql:2:1 ${message}`])
    expect(await told(dbmate(' transaction:false'), transaction)).toEqual([])
  })

  it('sqlx, by its Cargo.toml', async () => {
    const cargo = {'Cargo.toml': '[dependencies]\nsqlx = {version = "0.8", features = ["runtime-tokio", "postgres"]}\n'}
    expect(await told(numbered({'1_a.sql': concurrently}, cargo), transaction)).toHaveLength(1)
    expect(await told(numbered({'1_a.sql': `-- no-transaction\n${concurrently}`}, cargo), transaction)).toEqual([])
    expect(await told(numbered({'1_a.down.sql': concurrently, '1_a.up.sql': 'SELECT 1;'}, cargo), transaction)).toEqual(
      [],
    )
  })

  it('nothing where the project has another database too, or no tool is seen', async () => {
    const both = goMod('github.com/jackc/pgx/v5', 'modernc.org/sqlite')
    expect(await checkOne(numbered({'1_a.sql': `-- +goose Up\n${concurrently}`}, both), transaction)).toMatchObject({
      outcome: 'skipped',
    })
    const none = goMod('github.com/jackc/pgx/v5')
    expect(await checkOne(numbered({'1_a.sql': concurrently}, none), transaction)).toMatchObject({outcome: 'skipped'})
  })

  it('nothing is said of SQLite, nor of examples', async () => {
    const files = {...drizzle({'0000_a': concurrently}).files}
    files['drizzle/meta/_journal.json'] = String(files['drizzle/meta/_journal.json']).replace('postgresql', 'sqlite')
    expect(await told({files}, transaction)).toEqual([])
  })
})
