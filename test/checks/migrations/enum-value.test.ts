import check from '../../../checks/migrations/enum-value.ts'
import {testCheck} from '../../harness.ts'
import {file, migration, old} from './project.ts'
import {drizzle, prisma} from './sql-project.ts'

const add = `op.execute("ALTER TYPE status ADD VALUE IF NOT EXISTS 'done'")`
const use = `op.execute("UPDATE orders SET status = 'done'")`

const base = {
  '0000_a': `CREATE TYPE "status" AS ENUM('open');\nCREATE TABLE "orders" ("id" serial, "status" "status" DEFAULT 'open', "note" text);\n`,
  '0001_b': `ALTER TYPE "public"."status" ADD VALUE 'done';\n`,
}
const across = (sql: string) => drizzle({...base, '0002_c': sql})
const fill = `INSERT INTO "orders" ("note", "status") VALUES ('open', 'open'), ('a, (b', 'done');\n`
const early = (by: string, place: string) =>
  `warning drizzle/0002_c.sql:${place} ${by} has 'done' for status, which 0001_b.sql adds to its type: drizzle runs all files that a database has not run in one transaction, and Postgres takes no value that is not committed (unsafe use of new value "done" of enum type)`

testCheck(check, {
  clean: {
    'drizzle, the same text for another column': across(
      `INSERT INTO "orders" ("note", "status") VALUES ('done', 'open');\nUPDATE "orders" SET "note" = 'done';\n`,
    ),
    'drizzle, a column that is text by then': across(
      `ALTER TABLE "orders" ALTER COLUMN "status" SET DATA TYPE text;\n${fill}`,
    ),
    'drizzle, long before the newest': drizzle({...base, '0002_c': fill, '0003_d': 'SELECT 1;\n'}),
    'Prisma, each file by itself': prisma({'1_a': base['0000_a'], '2_b': base['0001_b'], '3_c': fill}),
    'added and not used': migration(add),
    'used before it is added': migration(`${use}\n${add}`),
    'another value gets its name': migration(`${add}\nop.execute("ALTER TYPE colour RENAME VALUE 'red' TO 'done'")`),
    'another value is used': migration(`${add}\nop.execute("UPDATE orders SET status = 'open'")`),
    'committed by a block': migration(`with op.get_context().autocommit_block():\n    ${add}\n${use}`),
    'committed by hand': migration(`${add}\nop.execute("COMMIT")\n${use}`),
  },
  flagged: {
    'drizzle, rows of a later file': {...across(fill), expect: [early('INSERT INTO orders', '1:1')]},
    'drizzle, a default of a later file': {
      ...across(`ALTER TABLE "orders" ALTER COLUMN "status" SET DEFAULT 'done';\n`),
      expect: [early('ALTER TABLE orders', '1:1')],
    },
    'drizzle, a condition': {
      ...across(`UPDATE "orders" SET "note" = 'a' WHERE "status" = 'done';\n`),
      expect: [early('UPDATE orders', '1:1')],
    },
    'in the next statement': {
      ...migration(`${add}\n${use}`),
      expect: [
        `error ${file}:9:5 'done' is used in the transaction that adds it to its type: Postgres wants it committed before`,
      ],
    },
    'as a default': {
      ...migration(
        `${add}\nop.add_column("orders", sa.Column("s", sa.Enum("open", "done", name="status"), server_default="done"))`,
      ),
      expect: [
        `error ${file}:9:5 'done' is used in the transaction that adds it to its type: Postgres wants it committed before`,
      ],
    },
    'as a value that is cast': {
      ...migration(`${add}\nop.execute("INSERT INTO orders VALUES (1, 'done'::public.status)")`),
      expect: [
        `error ${file}:9:5 'done' is used in the transaction that adds it to its type: Postgres wants it committed before`,
      ],
    },
    ...Object.fromEntries(
      [
        `op.execute("INSERT INTO settings (key) VALUES ('done')")`,
        `op.execute("UPDATE settings SET key = 'done'")`,
        `op.execute("UPDATE orders SET note = '' WHERE status::text = 'done'")`,
        'op.add_column("orders", sa.Column("s", sa.Text(), server_default="done"))',
      ].map((line) => [
        `where it may be a text as well: ${line}`,
        {
          ...migration(`${add}\n${line}`),
          expect: [
            `warning ${file}:9:5 'done' is used in the transaction that adds it to its type: Postgres wants it committed before`,
          ],
        },
      ]),
    ),
    'of a type that another new migration makes: a warning': {
      ...migration(`${add}\n${use}`, {
        files: {
          'alembic/versions/0000.py':
            'from alembic import op\nrevision = "0000"\ndown_revision = None\ndef upgrade():\n    op.execute("CREATE TYPE status AS ENUM (\'open\')")\n',
        },
      }),
      base: [],
      expect: [
        `warning ${file}:9:5 'done' is used in the transaction that adds it to its type: Postgres wants it committed before`,
      ],
    },
    'in an old migration': {
      ...old(`${add}\n${use}`),
      expect: [
        `warning ${file}:9:5 'done' is used in the transaction that adds it to its type: Postgres wants it committed before`,
      ],
    },
  },
})
