import check from '../../../checks/migrations/type-change.ts'
import {testCheck} from '../../harness.ts'
import {file, migration} from './project.ts'
import {drizzle} from './sql-project.ts'

const change = (from: string, to: string, more = '') =>
  migration(`op.alter_column("orders", "total", existing_type=${from}, type_=${to}${more})`)

const changed = (
  sql: string,
  before = 'CREATE TABLE "orders" ("id" serial PRIMARY KEY, "total" text NOT NULL, "at" timestamp, "tags" text[]);\n',
) => drizzle({'0000_a': before, '0001_b': `ALTER TABLE "orders" ${sql};\n`})
const snapshot = (type: string, more = {}) =>
  drizzle(
    {'0000_a': '', '0001_b': 'ALTER TABLE "orders" ALTER COLUMN "total" SET DATA TYPE integer;\n'},
    {
      files: {
        'drizzle/meta/0000_snapshot.json': JSON.stringify({
          tables: {'public.orders': {name: 'orders', columns: {total: {name: 'total', type, ...more}}}},
        }),
      },
    },
  )

const enums = (change: string) =>
  drizzle({
    '0000_a': `CREATE TYPE "state" AS ENUM('a');\nCREATE TABLE "orders" ("id" serial, "state" "state" DEFAULT 'a' NOT NULL);\n`,
    '0001_b': `CREATE TYPE "state2" AS ENUM('a');\n${change}ALTER TABLE "orders" ALTER COLUMN "state" TYPE "state2" USING "state"::text::"state2";\n`,
  })

testCheck(check, {
  clean: {
    'an enum for another, without its default': enums('ALTER TABLE "orders" ALTER COLUMN "state" DROP DEFAULT;\n'),
    'SQL that says how': changed('ALTER COLUMN "total" SET DATA TYPE integer USING "total"::integer'),
    'SQL that makes text': changed('ALTER COLUMN "id" TYPE varchar(20), ALTER COLUMN "at" TYPE text'),
    'SQL of one kind': changed(
      'ALTER COLUMN "id" TYPE bigint, ALTER COLUMN "at" SET DATA TYPE timestamp with time zone, ALTER COLUMN "total" TYPE varchar(9)',
    ),
    'SQL of a type of the project': changed('ALTER COLUMN "total" SET DATA TYPE "public"."state"'),
    'SQL that makes the column anew before': drizzle({
      '0000_a':
        'CREATE TABLE orders (total text);\nALTER TABLE orders DROP COLUMN total;\nALTER TABLE orders ADD COLUMN total numeric;\n',
      '0001_b': 'ALTER TABLE orders ALTER COLUMN total TYPE integer;\n',
    }),
    'SQL for a table that no migration makes': changed('ALTER COLUMN "total" SET DATA TYPE integer', 'SELECT 1;\n'),
    'SQL that a block changed before': drizzle({
      '0000_a':
        'CREATE TABLE orders (total text);\nDO $$ BEGIN ALTER TABLE orders ALTER COLUMN total TYPE bigint USING 1; END $$;\n',
      '0001_b': 'ALTER TABLE orders ALTER COLUMN total TYPE integer;\n',
    }),
    'SQL for one of two schemas': drizzle({
      '0000_a': 'CREATE TABLE a.orders (total int);\nCREATE TABLE b.orders (total text);\n',
      '0001_b': 'ALTER TABLE a.orders ALTER COLUMN total TYPE bigint;\n',
    }),
    'SQL for a table of that name in another schema': drizzle({
      '0000_a': 'CREATE TABLE a.orders (total text);\n',
      '0001_b': 'ALTER TABLE b.orders ALTER COLUMN total TYPE integer;\n',
    }),
    'SQL that changes it in the same revision, before': migration(
      'op.execute("ALTER TABLE orders ALTER COLUMN total TYPE integer USING total::integer")\n    op.alter_column("orders", "total", existing_type=sa.String(), type_=sa.Integer())',
    ),
    'a revision that teaches Postgres': migration(
      'op.execute("CREATE CAST (varchar AS integer) WITH INOUT AS ASSIGNMENT")\n    op.alter_column("orders", "total", existing_type=sa.String(), type_=sa.Integer())',
    ),
    'SQL that teaches Postgres': drizzle({
      '0000_a': 'CREATE TABLE orders (total text);\nCREATE CAST (text AS integer) WITH INOUT AS ASSIGNMENT;\n',
      '0001_b': 'ALTER TABLE orders ALTER COLUMN total TYPE integer;\n',
    }),
    'a snapshot with a number': snapshot('numeric(10, 2)'),
    'a snapshot with a type of the project': snapshot('text', {typeSchema: 'public'}),
    'told how': change('sa.String()', 'sa.Integer()', ', postgresql_using="total::integer"'),
    'text can be made of anything': change('sa.Integer()', 'sa.String()'),
    'an enum without a type of its own': change('sa.String(20)', 'sa.Enum("a", name="status", native_enum=False)'),
    'a UUID that is kept as text': change('sa.CHAR(32)', 'sa.Uuid(native_uuid=False)'),
    'another size': change('sa.String(10)', 'sa.String(20)'),
    'numbers among each other': change('sa.Integer()', 'sa.BigInteger()'),
    'a type of the project': change('sa.String()', 'app.models.Money()'),
    'what it was is not said': migration('op.alter_column("orders", "total", type_=sa.Integer())'),
  },
  flagged: {
    'an enum for another, with its default': {
      ...enums(''),
      expect: [
        `warning drizzle/0001_b.sql:2:35 ALTER TABLE orders gives state another type, and USING is for its rows alone: its default 'a' is one of the old enum, and becomes none of the new one by itself (default for column "state" cannot be cast automatically)`,
      ],
    },
    'SQL: text to a number': {
      ...changed('ALTER COLUMN "total" SET DATA TYPE integer'),
      expect: [
        'error drizzle/0001_b.sql:1:1 orders.total becomes number and was text, which Postgres does not convert by itself',
      ],
    },
    'SQL: an array, and a time': {
      ...changed('ALTER COLUMN "tags" SET DATA TYPE jsonb, ALTER COLUMN "id" SET DATA TYPE uuid'),
      expect: [
        'error drizzle/0001_b.sql:1:1 orders.id becomes uuid and was number, which Postgres does not convert by itself',
        'error drizzle/0001_b.sql:1:1 orders.tags becomes json and was array, which Postgres does not convert by itself',
      ],
    },
    'a snapshot with text': {
      ...snapshot('varchar(20)'),
      expect: [
        'error drizzle/0001_b.sql:1:1 orders.total becomes number and was text, which Postgres does not convert by itself',
      ],
    },
    'text to a number': {
      ...change('sa.String()', 'sa.Integer()'),
      expect: [`error ${file}:8:5 orders.total becomes number and was text, which Postgres does not convert by itself`],
    },
    'a driver of another database is declared, too': {
      files: {...change('sa.String()', 'sa.Integer()').files, 'requirements.txt': 'psycopg2\npymysql\nalembic\n'},
      expect: [
        `warning ${file}:8:5 orders.total becomes number and was text, which Postgres does not convert by itself`,
      ],
    },
    'text to an enum': {
      ...change('sa.VARCHAR(length=20)', 'sa.Enum("a", name="status")'),
      expect: [`error ${file}:8:5 orders.total becomes enum and was text, which Postgres does not convert by itself`],
    },
  },
})
