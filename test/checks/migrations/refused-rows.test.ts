import check from '../../../checks/migrations/refused-rows.ts'
import {testCheck} from '../../harness.ts'
import {file, followed, migration} from './project.ts'
import {drizzle, prisma} from './sql-project.ts'

const roles =
  'op.create_table("roles", sa.Column("id", sa.UUID(), nullable=False), sa.Column("name", sa.String(50), nullable=False), sa.Column("note", sa.Text()), sa.Column("since", sa.Date()), sa.Column("at", sa.DateTime(), server_default=sa.func.now(), nullable=False), sa.PrimaryKeyConstraint("id"))'
/** What a second migration does. */
const then = (lines: string) => followed(roles, lines)
const sql = (text: string) => `op.execute("${text}")`
const lacks = (table: string, columns: string, by = 'INSERT INTO') =>
  `${by} ${table} gives no value for ${columns}, which may not be NULL, and ${columns.includes(' ') ? 'they have' : 'it has'} no default in the database: Postgres refuses the row (null value in column "${columns.split(/,| and /)[0]}" of relation "${table}" violates not-null constraint)`
const next = 'alembic/versions/bbbb.py'
const asyncpg = {requires: 'asyncpg', env: 'engine = create_async_engine(url)\n'}
const rows = (values: string) =>
  `op.bulk_insert(sa.table("roles", sa.column("id", sa.UUID), sa.column("name", sa.String), sa.column("since", sa.Date)), [${values}])`

testCheck(check, {
  clean: {
    'each value that must be': then(
      sql("INSERT INTO roles (id, name) VALUES (gen_random_uuid(), 'admin') ON CONFLICT DO NOTHING"),
    ),
    'rows of a query, which may have none': then(sql('INSERT INTO roles (name) SELECT name FROM roles')),
    'a default that comes first': then(
      `op.alter_column("roles", "id", server_default=sa.text("gen_random_uuid()"))\n${sql("INSERT INTO roles (name) VALUES ('admin')")}`,
    ),
    'a key that counts itself up': migration(
      `op.create_table("tags", sa.Column("id", sa.Integer, primary_key=True), sa.Column("n", sa.BigInteger, sa.Identity(), nullable=False), sa.Column("name", sa.Text, nullable=False))\n${sql("INSERT INTO tags (name) VALUES ('a')")}`,
    ),
    'a default of the columns, which op.bulk_insert knows': migration(
      'tags = op.create_table("tags", sa.Column("id", sa.UUID, primary_key=True, default=uuid4), sa.Column("name", sa.Text))\nop.bulk_insert(tags, [{"name": "a"}])',
    ),
    'a trigger that fills the row': then(
      `${sql('CREATE TRIGGER fill BEFORE INSERT ON roles FOR EACH ROW EXECUTE FUNCTION fill()')}\n${sql("INSERT INTO roles (name) VALUES ('admin')")}`,
    ),
    'a table that another step may change': then(
      `op.execute(f"ALTER TABLE roles ALTER id SET DEFAULT {value}")\n${sql("INSERT INTO roles (name) VALUES ('admin')")}`,
    ),
    'a column that comes later': followed(
      `op.create_table("tags", sa.Column("name", sa.Text))\n${sql("INSERT INTO tags (name) VALUES ('a')")}`,
      'op.add_column("tags", sa.Column("kind", sa.Text, nullable=False))',
    ),
    'a column that is told elsewhere': then(sql("INSERT INTO roles (nam) VALUES ('admin')")),
    'an UPDATE of what is there': then(sql("UPDATE roles SET note = 'x', name = 'y' WHERE id IS NULL")),
    'a row where a table asks first': then(
      `if not has_rows():\n    ${sql("INSERT INTO roles (name) VALUES ('admin')")}`,
    ),
    'texts for times by another driver': then(rows('{"id": x, "name": "a", "since": "2024-01-01"}')),
    'keys and rows of SQL': prisma({
      '1_a':
        'CREATE TABLE "Role" ("id" SERIAL NOT NULL, "name" TEXT NOT NULL, "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, CONSTRAINT "Role_pkey" PRIMARY KEY ("id"));',
      '2_b': `INSERT INTO "Role" ("name") VALUES ('admin');`,
    }),
  },
  flagged: {
    'a key that the model alone gives': {
      ...then(sql("INSERT INTO roles (name) VALUES ('admin')")),
      expect: [`warning ${next}:7:5 ${lacks('roles', 'id')}`],
    },
    'of a table that the same migration makes': {
      ...migration(`${roles}\n${sql("INSERT INTO roles (note) SELECT 'x'")}`),
      expect: [`error ${file}:9:5 ${lacks('roles', 'id and name')}`],
    },
    'rows of op.bulk_insert': {
      ...then(rows('{"name": "admin"}')),
      expect: [`warning ${next}:7:5 ${lacks('roles', 'id', 'op.bulk_insert')}`],
    },
    'texts for times by asyncpg': {
      ...migration(`${roles}\n${rows('{"id": x, "name": "a", "since": "2024-01-01"}')}`, asyncpg),
      expect: [
        `error ${file}:9:5 op.bulk_insert roles gives texts for since, which is of times: asyncpg stops with DataError, invalid input for query argument`,
      ],
    },
    'an UPDATE of a column that the table has not': {
      ...then(sql("UPDATE roles SET title = 'x'")),
      expect: [
        `warning ${next}:7:5 UPDATE roles names the column title, which no migration before gives that table: Postgres refuses it (column "title" of relation "roles" does not exist)`,
      ],
    },
    "a row of Prisma, whose @updatedAt is the client's": {
      ...prisma({
        '1_a':
          'CREATE TABLE "Role" ("id" TEXT NOT NULL, "name" TEXT NOT NULL, "updatedAt" TIMESTAMP(3) NOT NULL, CONSTRAINT "Role_pkey" PRIMARY KEY ("id"));',
        '2_b': `INSERT INTO "Role" ("id", "name") VALUES ('1', 'admin');`,
      }),
      expect: [`warning prisma/migrations/2_b/migration.sql:1:1 ${lacks('Role', 'updatedAt')}`],
    },
    'a row of drizzle': {
      ...drizzle({
        '0000_a': `CREATE TABLE "roles" ("id" uuid PRIMARY KEY NOT NULL, "name" text NOT NULL);`,
        '0001_b': `INSERT INTO "roles" ("name") VALUES ('admin');`,
      }),
      expect: [`warning drizzle/0001_b.sql:1:1 ${lacks('roles', 'id')}`],
    },
  },
})
