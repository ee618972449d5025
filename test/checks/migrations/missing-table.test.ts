import check from '../../../checks/migrations/missing-table.ts'
import {type Project, testCheck} from '../../harness.ts'
import {ecto, ectoFile, file, followed} from './project.ts'
import {drizzle, goMod, numbered, prisma} from './sql-project.ts'

const users = 'op.create_table("users", sa.Column("id", sa.Integer))'
/** What a second migration does, and what the first one makes. */
const then = (lines: string, first = users, files: Record<string, string> = {}) => followed(first, lines, files)
const phone = (table: string, more = '') => `op.add_column("${table}", sa.Column("phone", sa.String)${more})`
const refused = (by: string, line = 7) => [
  `warning alembic/versions/bbbb.py:${line}:5 ${by} works on the table user, which no migration makes: the database refuses it (relation "user" does not exist)`,
]

const owner = 'sa.Column("owner", sa.Integer, sa.ForeignKey("users.id"))'
const later = (path: string, line: number, column: number, made: string) =>
  `warning ${path}:${line}:${column} a foreign key of notes asks for the table users, which ${made} makes, later: the database refuses it (relation "users" does not exist)`
/** Two branches, the first of which has a foreign key to the users, and the revision that joins them. */
const branches = (other: string, joined: string): Project =>
  followed('op.create_table("shops", sa.Column("id", sa.Integer))', `op.create_table("notes", ${owner})`, {
    'alembic/versions/cccc.py': revision('cccc', '"aaaa"', other),
    'alembic/versions/dddd.py': revision('dddd', '("bbbb", "cccc")', joined),
  })
const revision = (id: string, down: string, line: string): string =>
  `from alembic import op\nimport sqlalchemy as sa\nrevision = "${id}"\ndown_revision = ${down}\n\ndef upgrade():\n    ${line}\n`

const orders = 'create table(:orders) do\n  add :title, :string\nend'
const items = 'create table(:items) do\n  add :order_id, references(:orders)\nend'

const usersSql = 'CREATE TABLE "users" (id int);'
const notesSql = 'CREATE TABLE notes (id int, owner int REFERENCES "user");'
const goose = (...files: string[]) =>
  numbered(
    Object.fromEntries(
      files.map((text, index) => [
        `0000${index + 1}_m.sql`,
        `-- +goose Up\n${text}\n-- +goose Down\nDROP TABLE gone;\n`,
      ]),
    ),
    goMod('github.com/pressly/goose/v3', 'github.com/jackc/pgx/v5'),
  )

/** A dump as the first migration of dbmate. */
const dump = (local: string, more = '') =>
  numbered(
    {
      '1_a.sql': `-- migrate:up\nSELECT pg_catalog.set_config('search_path', '', ${local});\nCREATE TABLE public.users (id int);\n${more}\n`,
      '2_b.sql': '-- migrate:up\nALTER TABLE users ADD a int;\n',
    },
    goMod('github.com/lib/pq'),
    'dbmate up',
  )

/** Files that the project runs with a program of its own. */
const own = (files: readonly string[], program: string): Project => ({
  files: {
    'fly.toml': 'app = "shop"\n[deploy]\n  release_command = "node scripts/migrate.js"\n',
    Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
    'package.json': '{"dependencies": {"pg": "8"}}',
    'scripts/migrate.js': program,
    ...Object.fromEntries(files.map((text, index) => [`migrations/00${index + 1}_m.sql`, text])),
  },
})
const runsAll =
  "for (const file of fs.readdirSync('migrations').filter((f) => f.endsWith('.sql')).sort()) await pool.query(fs.readFileSync(file, 'utf8'))\n"

testCheck(check, {
  clean: {
    'a foreign key that comes when all tables are there': then(
      users,
      'op.create_table("notes", sa.Column("owner", sa.Integer, sa.ForeignKey("users.id", use_alter=True)))',
    ),
    'a foreign key to a table of a branch that may run before': branches(users, 'pass'),
    'a table by its new name': then(`op.rename_table("users", "people")\n${phone('people')}`),
    'a new table by the old name': then(`op.rename_table("users", "people")\n${users}\n${phone('users')}`),
    'a table that SQL may have made by the old name': then(
      `op.rename_table("users", "people")\nop.execute("CREATE VIEW users AS TABLE people")\nop.drop_column("users", "id")`,
    ),
    'a table that gets its old name again': then(
      `op.rename_table("users", "people")\nop.rename_table("people", "users")\n${phone('users')}`,
    ),
    'a foreign key to the table itself': then(
      'pass',
      'op.create_table("users", sa.Column("id", sa.Integer, primary_key=True), sa.Column("boss", sa.Integer, sa.ForeignKey("users.id")))',
    ),
    'a foreign key to a table that a revision makes where it is not there yet': then(
      'op.execute("CREATE TABLE IF NOT EXISTS users (id int primary key)")',
      `op.create_table("notes", ${owner})`,
    ),
    'of SQL, that of a program of its own, by the names of the files': own(
      [usersSql, 'CREATE VIEW v AS SELECT * FROM "users";', 'SELECT 1;'],
      runsAll,
    ),
    'of SQL, so many that something else must have made them': prisma({
      '1_a': usersSql,
      '2_b': notesSql,
      '3_c': 'ALTER TABLE a ADD x int;',
      '4_d': 'ALTER TABLE b ADD x int;',
      '5_e': 'ALTER TABLE c ADD x int;',
    }),
    'of SQL, behind a dump that empties search_path for itself': dump('true'),
    'of SQL, behind one that fills it again': dump(
      'false',
      "SELECT pg_catalog.set_config('search_path', 'public', false);",
    ),
    'of SQL, one that is made before': prisma({'1_a': usersSql, '2_b': 'ALTER TABLE users ADD a int;'}),
    'of SQL, one that another file makes': {
      files: {...goose(usersSql, notesSql).files, 'db/init.sql': 'CREATE TABLE IF NOT EXISTS "user" (id int);\n'},
    },
    'of Rails, one that a migration of an engine makes': {
      files: {
        'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "bin/rails db:migrate"\n',
        Gemfile: 'gem "rails"\n',
        'Gemfile.lock': 'GEM\n  specs:\n    activerecord (8.0.1)\n    pg (1.5.9)\n',
        'db/migrate/20210101000000_create_active_storage_tables.active_storage.rb':
          'class CreateActiveStorageTables < ActiveRecord::Migration[5.2]\n  def change\n    create_table :active_storage_blobs do |t|\n      t.string :key\n    end\n  end\nend\n',
        'db/migrate/20220101000000_active_storage_uuid.rb':
          'class ActiveStorageUuid < ActiveRecord::Migration[7.0]\n  def up\n    drop_table :active_storage_blobs\n    create_table :active_storage_blobs, id: :uuid do |t|\n      t.string :key\n    end\n  end\nend\n',
      },
    },
    'of Ecto, one that is made before': ecto([orders, items]),
    'of Ecto, one that SQL makes': ecto(['create table(:a)', 'execute "CREATE TABLE orders (id int)"', items]),
    'of Ecto, one of another schema': ecto([
      'create table(:a)',
      'create table(:items) do\n  add :order_id, references(:orders, prefix: "other")\nend',
    ]),
    'of Ecto, one that a loop makes': ecto([
      'for name <- [:orders, :carts] do\n  create table(name)\nend',
      'create table(:a)',
      items,
    ]),
    'of Ecto, one with that name now': ecto([
      'create table(:carts)',
      'rename table(:carts), to: table(:orders)',
      items,
    ]),
    'of Ecto, one that a package makes': ecto([
      'create table(:a)',
      'Oban.Migration.up(version: 12)',
      'alter table(:oban_jobs) do\n  add :note, :string\nend',
    ]),
    'of Ecto, one that the project makes with a module': ecto(['create table(:a)', 'Shop.Tables.up()', items]),
    'of Ecto, a history that was begun on a database with tables': ecto([
      'alter table(:orders) do\n  add :a, :string\nend',
    ]),
    'of Ecto, in a condition': ecto(['create table(:a)', `if direction() == :down do\n  ${items}\nend`]),
    'of Ecto, one that may be gone': ecto(['create table(:a)', 'drop_if_exists table(:orders)']),
    'a table that is made': then(phone('users')),
    'one that gets that name': then(`op.rename_table("users", "user")\n${phone('user')}`),
    'one that SQL makes': then(`op.execute("CREATE TABLE IF NOT EXISTS user (id int)")\n${phone('user')}`),
    'one of a list': then(`for name in ["user"]:\n    op.create_table(name, sa.Column("id"))\n${phone('user')}`),
    'a foreign key to a table of its own migration': then(
      'op.create_table("user", sa.Column("id"))\nop.create_table("notes", sa.Column("user_id", sa.Integer, sa.ForeignKey("user.id")))',
    ),
    'a batch of another schema': then(
      'with op.batch_alter_table("user", schema="auth") as batch_op:\n    batch_op.add_column(sa.Column("a", sa.Text))',
    ),
    'in a branch': then(`if flag:\n    ${phone('user')}`),
    'of another schema': then(phone('user', ', schema="auth"')),
    'one that may be gone': then('op.drop_table("user", if_exists=True)'),
    'a history that was begun on a database with tables': then(phone('user'), 'pass'),
    'the app makes its tables': then(phone('user'), users, {'app.py': 'Base.metadata.create_all(engine)\n'}),
    'a file of SQL makes tables': then(phone('user'), users, {'init.sql': 'create table user (id int);\n'}),
    'a function of the project may make it': then(`from shop.tables import make\nmake("user")\n${phone('user')}`),
    'in downgrade': then(`pass\n\ndef downgrade():\n    ${phone('user')}`),
  },
  flagged: {
    'of SQL, that of a program of its own': {
      ...own([usersSql, 'CREATE VIEW v AS\nSELECT * FROM people p;', 'SELECT 1;'], runsAll),
      expect: [
        'warning migrations/002_m.sql:2:15 the view v asks for the table people, which no migration makes: the database refuses it (relation "people" does not exist)',
      ],
    },
    'of a batch': {
      ...then(
        'with op.batch_alter_table("user", schema=None) as batch_op:\n    batch_op.add_column(sa.Column("a", sa.Text))',
      ),
      expect: refused('add_column', 8).map((each) => each.replace(':8:5', ':8:9')),
    },
    'of SQL, behind a dump that empties search_path': {
      ...dump('false'),
      expect: [
        'warning db/migrations/1_a.sql:2:19 this empties search_path for the whole connection, on which the next migrations run, too: ALTER TABLE users names no schema, and Postgres finds none for it',
      ],
    },
    'of SQL, that of Prisma': {
      ...prisma({'1_a': usersSql, '2_b': notesSql}),
      expect: [
        'warning prisma/migrations/2_b/migration.sql:1:39 a foreign key of notes asks for the table user, which no migration makes: the database refuses it (relation "user" does not exist)',
      ],
    },
    'of SQL, behind a file that has nothing in it': {
      ...prisma({'1_a': '-- Add migration script here\n', '2_b': usersSql, '3_c': notesSql}),
      expect: [
        'warning prisma/migrations/3_c/migration.sql:1:39 a foreign key of notes asks for the table user, which no migration makes: the database refuses it (relation "user" does not exist)',
      ],
    },
    'of SQL, that of drizzle': {
      ...drizzle({'0000_a': usersSql, '0001_b': 'CREATE VIEW v AS SELECT 1 FROM "people";'}),
      expect: [
        'warning drizzle/0001_b.sql:1:32 the view v asks for the table people, which no migration makes: the database refuses it (relation "people" does not exist)',
      ],
    },
    'of SQL, that of goose, which makes it later': {
      ...goose(notesSql, 'CREATE TABLE "user" (id int);'),
      expect: [
        'warning db/migrations/00001_m.sql:2:39 a foreign key of notes asks for the table user, which 00002_m.sql makes, later: the database refuses it (relation "user" does not exist)',
      ],
    },
    'of Ecto, a foreign key to none': {
      ...ecto(['create table(:a)', items]),
      expect: [
        `warning ${ectoFile(2)}:5:7 references(:orders) asks for the table orders, which no migration makes: the database refuses it (relation "orders" does not exist)`,
      ],
    },
    'of Ecto, one that a higher number makes': {
      ...ecto([items, orders]),
      expect: [
        `warning ${ectoFile(1)}:5:7 references(:orders) asks for the table orders, which 2_m.exs makes, later: the database refuses it (relation "orders" does not exist)`,
      ],
    },
    'of Ecto, below a text that is for a condition': {
      ...ecto(['create table(:a)', `check = """\na IS NULL\n"""\ncreate constraint(:a, :one, check: check)`, items]),
      expect: [
        `warning ${ectoFile(3)}:5:7 references(:orders) asks for the table orders, which no migration makes: the database refuses it (relation "orders" does not exist)`,
      ],
    },
    'of Ecto, an index': {
      ...ecto([orders, 'create unique_index(:order, [:title])']),
      expect: [
        `warning ${ectoFile(2)}:4:5 create index(:order) asks for the table order, which no migration makes: the database refuses it (relation "order" does not exist)`,
      ],
    },
    'a column for another name': {...then(phone('user')), expect: refused('add_column')},
    'an index': {...then('op.create_index(op.f("ix"), "user", ["id"])'), expect: refused('create_index')},
    'it goes': {...then(`pass\nop.drop_table("user")`), expect: refused('drop_table', 8)},
    'a foreign key of a new table': {
      ...then('op.create_table("notes", sa.Column("user_id", sa.Integer, sa.ForeignKey("user.id")))'),
      expect: [
        'warning alembic/versions/bbbb.py:7:77 a foreign key points to the table user, which no migration makes: the database refuses it (relation "user" does not exist)',
      ],
    },
    'a foreign key to a table that the same revision makes below': {
      ...then('pass', `op.create_table("notes", ${owner})\n${users}`),
      expect: [later(file, 8, 30, 'aaaa.py')],
    },
    'a foreign key to a table that a later revision makes': {
      ...then(users, `op.create_table("notes", ${owner})`),
      expect: [later(file, 8, 30, 'bbbb.py')],
    },
    'a foreign key to a table that the revision makes that joins two branches': {
      ...branches('pass', users),
      expect: [later('alembic/versions/bbbb.py', 7, 30, 'dddd.py')],
    },
    'a column of a table that has got another name': {
      ...then(`op.rename_table("users", "people")\n${phone('users')}`),
      expect: [
        'warning alembic/versions/bbbb.py:8:5 add_column asks for the table users, which bbbb.py has given another name: the database refuses it (relation "users" does not exist)',
      ],
    },
    'a constraint to a table that a later revision makes': {
      ...then(
        users,
        'op.create_table("notes", sa.Column("owner", sa.Integer), sa.ForeignKeyConstraint(["owner"], ["users.id"]))',
      ),
      expect: [later(file, 8, 62, 'bbbb.py')],
    },
    'twice the same': {...then(`${phone('user')}\nop.drop_column("user", "id")`), expect: refused('add_column')},
  },
  skipped: {
    'of SQL, that of a program of its own, with two files of one number': {
      files: {
        ...own([usersSql, 'SELECT 1;', 'SELECT 2;'], runsAll).files,
        'migrations/002_other.sql': 'CREATE VIEW v AS SELECT * FROM people;',
      },
      reason: 'no migrations can be read',
    },
    'of Ecto, on SQLite': {
      ...ecto(['create table(:a)', items], {
        'mix.exs': 'defmodule Shop.MixProject do\n  defp deps, do: [{:ecto_sqlite3, "~> 0.17"}]\nend\n',
      }),
      reason: 'no migrations can be read',
    },
  },
})
