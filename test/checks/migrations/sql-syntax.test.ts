import check from '../../../checks/migrations/sql-syntax.ts'
import {testCheck} from '../../harness.ts'
import {file, migration, old} from './project.ts'
import {prisma} from './sql-project.ts'

const sql = (text: string) => migration(`op.execute("""${text}""")`)
const at = `error ${file}:8:5`
const reserved = (word: string, of: string) =>
  `${word} is a word of SQL itself, and without quotes no name of a ${of} (syntax error at or near "${word}")`
const text =
  '->> follows ->>, which gives text: only json has something in it (operator does not exist: text ->> unknown)'
const select =
  'the condition of CHECK has a SELECT in it, and may look at the row alone (cannot use subquery in check constraint)'

const defaulted = (column: string) =>
  `a DEFAULT names the column ${column}, and may read none (cannot use column reference in DEFAULT expression)`
const columns = (...all: string[]) => migration(`op.create_table("items", ${all.join(', ')})`)

testCheck(check, {
  clean: {
    'a DEFAULT of words that are columns as well': sql(
      `CREATE TABLE items (text text DEFAULT ''::text, now timestamp DEFAULT now(), day int DEFAULT extract(day from now()), date date DEFAULT CAST('2020-01-01' AS date), zone text, time timestamp DEFAULT now() AT TIME ZONE 'utc', interval interval DEFAULT interval '1 day', draft text DEFAULT 'draft', note text NOT NULL, n double precision DEFAULT 0::double precision, status text DEFAULT 'note' CHECK (status <> note))`,
    ),
    'a generated column': sql(
      'CREATE TABLE items (price int, tax int, total int GENERATED ALWAYS AS (price + tax) STORED, at int DEFAULT 1 REFERENCES price (tax))',
    ),
    'a default of SQLAlchemy that is text': columns(
      'sa.Column("draft", sa.Text)',
      'sa.Column("status", sa.Text, server_default="draft")',
      'sa.Column("kind", sa.Text, server_default=sa.text("\'draft\'"))',
      'sa.Column("id", sa.Text, server_default=sa.text("gen_random_uuid()"))',
      'sa.Column("total", sa.Integer, sa.Computed("price + tax"))',
      'sa.Column("on", sa.Boolean, server_default=sa.text("true"))',
    ),
    'reserved words in quotes': sql('CREATE TABLE "user" ("order" int, "limit" int DEFAULT 1)'),
    'words that are not reserved': sql('CREATE TABLE values (key text, value text, type text, row int, position int)'),
    'constraints of the table': sql(
      'CREATE TABLE items (id int, CONSTRAINT a UNIQUE (id), PRIMARY KEY (id), CHECK (id > 0), LIKE other)',
    ),
    'a table in a schema that is called so, and a longer name': sql('CREATE TABLE users (a int); DROP TABLE "user".a'),
    'a table of a query': sql('CREATE TABLE items AS SELECT 1 AS a'),
    'only the table itself': sql('ALTER TABLE ONLY items ADD COLUMN a int; UPDATE ONLY items SET a = 1'),
    'a key that is added': sql('ALTER TABLE items ADD PRIMARY KEY (id), ADD CHECK (a > 0)'),
    'a cast of a parameter in brackets': migration(
      'op.get_bind().execute(sa.text("UPDATE items SET data = (:data)::jsonb"), {"data": "{}"})',
    ),
    'a part of an array': sql('UPDATE items SET a = b[:2::int]'),
    'a SELECT in a policy': sql('CREATE POLICY p ON items WITH CHECK (a IN (SELECT 1))'),
    'a SELECT behind the constraint': sql('ALTER TABLE items ADD CHECK (a > 0); INSERT INTO items (SELECT 1)'),
    'a column that is called so': sql('ALTER TABLE items ADD CHECK ("select" > 0)'),
    'all tables of a place': sql('ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b'),
    'what a function makes of the text': sql("UPDATE items SET a = to_jsonb(data->>'a')->>'b'"),
    'a comment in a comment': sql('/* DROP /* it */; DELETE FROM user; */ SELECT 1'),
    'the word in a text': migration('op.create_check_constraint("c", "items", "kind <> \'(select )\'")'),
    'text at the end, and a comparison': sql("UPDATE items SET a = data->'a'->>'b' WHERE data->>'a' > 'x'"),
  },
  flagged: {
    'a DEFAULT that reads a column': {
      ...sql('CREATE TABLE items (price int, tax int, total int NOT NULL DEFAULT (price + tax))'),
      expect: [`${at} ${defaulted('price')}`],
    },
    'a server_default that does': {
      ...columns(
        'sa.Column("price", sa.Integer)',
        'sa.Column("tax", sa.Integer)',
        'sa.Column("total", sa.Integer, server_default=sa.text("price + tax"), nullable=False)',
      ),
      expect: [`${at} ${defaulted('price')}`],
    },
    'a column': {
      ...sql('CREATE TABLE items (id serial PRIMARY KEY, order int)'),
      expect: [`${at} ${reserved('order', 'column')}`],
    },
    'a column that is added': {
      ...sql('ALTER TABLE items ADD COLUMN IF NOT EXISTS window text'),
      expect: [`${at} ${reserved('window', 'column')}`],
    },
    'a table': {
      ...sql('INSERT INTO user (id) VALUES (1)'),
      expect: [`${at} ${reserved('user', 'table')}`],
    },
    'in a file of SQL': {
      ...prisma({'1_init': 'CREATE TABLE items (\n  id int,\n  desc text\n);\n'}),
      expect: [`error prisma/migrations/1_init/migration.sql:1:1 ${reserved('desc', 'column')}`],
    },
    'a cast of a parameter, in a loop: a warning': {
      ...migration(
        'conn = op.get_bind()\nfor row in rows:\n    conn.execute(sa.text("UPDATE items SET data = :data::jsonb"), {"data": row})',
      ),
      expect: [
        `warning ${file}:10:9 :data::jsonb is no parameter for SQLAlchemy, since a colon follows the name: Postgres gets it as it stands (syntax error at or near ":")`,
      ],
    },
    'a SELECT in a CHECK': {
      ...sql('ALTER TABLE items ADD CONSTRAINT c CHECK (a IN (SELECT id FROM other))'),
      expect: [`${at} ${select}`],
    },
    'by a function of alembic': {
      ...migration('op.create_check_constraint("c", "items", "NOT EXISTS (SELECT 1 FROM other)")'),
      expect: [`${at} ${select}`],
    },
    'of a new table': {
      ...migration('op.create_table("items", sa.CheckConstraint("a IN (SELECT 1)"))'),
      expect: [`${at} ${select}`],
    },
    'a step into text': {
      ...sql("UPDATE items SET a = data->>'a'->>'b'"),
      expect: [`${at} ${text}`],
    },
    'in brackets': {
      ...sql("UPDATE items SET a = (i.data ->> 'a')->>'b'"),
      expect: [`${at} ${text}`],
    },
    'an older migration': {
      ...old('op.execute("DROP TABLE user")'),
      expect: [`warning ${file}:8:5 ${reserved('user', 'table')}`],
    },
  },
})
