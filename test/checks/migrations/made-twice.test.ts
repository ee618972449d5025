import check from '../../../checks/migrations/made-twice.ts'
import {testCheck} from '../../harness.ts'
import {ecto, ectoFile, followed, migration} from './project.ts'
import {goMod, numbered} from './sql-project.ts'

const next = 'alembic/versions/bbbb.py'
const users = 'op.create_table("users", sa.Column("id", sa.Integer), sa.Column("name", sa.String))'

/** What the second migration does, which follows one that makes the table users. */
const then = (lines: string, down = '"aaaa"') =>
  migration(users, {
    files: {
      [next]: `from alembic import op\nimport sqlalchemy as sa\nrevision = "bbbb"\ndown_revision = ${down}\n\ndef upgrade():\n${lines
        .split('\n')
        .map((line) => `    ${line}\n`)
        .join('')}`,
    },
  })

/** Files of goose: what the second does, where the first has made users. */
const sql = (second: string) =>
  numbered(
    {'1_a.sql': '-- +goose Up\nCREATE TABLE users (id int);\n', '2_b.sql': `-- +goose Up\n${second}\n`},
    goMod('github.com/jackc/pgx/v5'),
  )

/** An index of the first migration, and what the second does. */
const index = 'op.create_index("ix_name", "users", ["name"])'
const indexed = (lines: string, files: Record<string, string> = {}) => followed(`${users}\n${index}`, lines, files)
const again = 'op.create_index("ix_name", "orders", ["name"])'

/** A first revision of these lines, a second of others, and the models of today. */
const created = (lines: string, second: string, files: Record<string, string> = {}) =>
  migration('pass', {
    files: {
      'alembic/env.py': 'from alembic import context\nfrom shop.models import Base\n',
      'shop/__init__.py': '',
      'shop/models.py':
        'from sqlalchemy import Column, Integer, String\nfrom sqlalchemy.orm import DeclarativeBase\n\nclass Base(DeclarativeBase):\n    pass\n\nclass User(Base):\n    __tablename__ = "users"\n    id = Column(Integer, primary_key=True)\n    nick = Column(String)\n',
      'alembic/versions/aaaa.py': `from alembic import op\nfrom shop.models import Base\nrevision = "aaaa"\ndown_revision = None\n\ndef upgrade():\n    ${lines}\n`,
      [next]: `from alembic import op\nimport sqlalchemy as sa\nrevision = "bbbb"\ndown_revision = "aaaa"\n\ndef upgrade():\n    ${second}\n`,
      ...files,
    },
  })
const all = 'Base.metadata.create_all(bind=op.get_bind())'
const addsNick = 'op.add_column("users", sa.Column("nick", sa.String))'

const orders = 'create table(:orders) do\n  add :title, :string\nend'

testCheck(check, {
  clean: {
    'create_all() and a column that no model has any more': created(
      all,
      'op.add_column("users", sa.Column("old", sa.String))',
    ),
    'create_all() and a step that looks first': created(all, `if missing():\n        ${addsNick}`),
    'create_all() and a column that goes before': created(all, `op.drop_column("users", "nick")\n    ${addsNick}`),
    'create_all() of some tables': created(
      'Base.metadata.create_all(bind=op.get_bind(), tables=[Base.metadata.tables["orders"]])',
      addsNick,
    ),
    'create_all() behind the table': created(
      `op.create_table("users", sa.Column("id", sa.Integer))\n    ${all}`,
      addsNick,
    ),
    'create_all() of another base': created('Old.metadata.create_all(bind=op.get_bind())', addsNick),
    'create_all() of models as they were': created(all, addsNick, {
      'alembic/versions/aaaa.py': `from alembic import op\nfrom shop.then import Base\nrevision = "aaaa"\ndown_revision = None\n\ndef upgrade():\n    ${all}\n`,
      'shop/then.py': 'from sqlalchemy.orm import DeclarativeBase\n\nclass Base(DeclarativeBase):\n    pass\n',
    }),
    'of Ecto, once': ecto([orders, 'alter table(:orders) do\n  add :note, :string\nend']),
    'of Ecto, where it is not there': ecto([orders, 'create_if_not_exists table(:orders)']),
    'of Ecto, after it was dropped': ecto([orders, 'drop table(:orders)', orders]),
    'of Ecto, a column that was taken out': ecto([
      orders,
      'alter table(:orders) do\n  remove :title\nend',
      'alter table(:orders) do\n  add :title, :text\nend',
    ]),
    'of Ecto, after SQL that changed the table': ecto([
      orders,
      'execute "ALTER TABLE orders DROP COLUMN title"',
      'alter table(:orders) do\n  add :title, :text\nend',
    ]),
    'an index that goes before': indexed(`op.drop_index("ix_name", "users")\n${again}`),
    'an index that goes with its table': indexed(`op.drop_table("users")\n${again}`),
    'an index that goes in SQL': indexed(`op.execute("DROP INDEX IF EXISTS ix_name")\n${again}`),
    'an index that is made where there is none': indexed(
      'op.create_index("ix_name", "orders", ["name"], if_not_exists=True)',
    ),
    'an index that may not be made': indexed(`if missing():\n    ${again}`),
    'an index of another schema': indexed('op.create_index("ix_name", "orders", ["name"], schema="audit")'),
    'MySQL, which calls indexes by their table': indexed(again, {'requirements.txt': 'alembic\nmysqlclient\n'}),
    'goose: guarded': sql('CREATE TABLE IF NOT EXISTS users (id int);'),
    'goose: dropped before': sql('DROP TABLE IF EXISTS a, users CASCADE;\nCREATE TABLE users (id int);'),
    'goose: renamed before': sql('ALTER TABLE users RENAME TO old;\nCREATE TABLE users (id int);'),
    'goose: of another schema': sql('CREATE TABLE audit.users (id int);'),
    'goose: of another case': sql('CREATE TABLE "Users" (id int);'),
    'goose: for this session alone': sql('CREATE TEMP TABLE users (id int);'),
    'goose: in another schema': sql('SET search_path TO audit;\nCREATE TABLE users (id int);'),
    'goose: in a comment and in a text': sql("-- CREATE TABLE users (\nSELECT ';CREATE TABLE users (';"),
    'goose: in what runs backwards': sql('SELECT 1;\n-- +goose Down\nCREATE TABLE users (id int);'),
    'goose: an old one': {
      ...sql('CREATE TABLE users (id int);'),
      base: ['db/migrations/2_b.sql', 'db/migrations/1_a.sql'],
    },
    'an index of a column with another name': then(
      'op.create_table("orders", sa.Column("user_id", sa.Integer, index=True))\nop.create_index("ix_orders_by_user", "orders", ["user_id"])',
    ),
    'an index of two columns beside that of one': then(
      'op.create_table("orders", sa.Column("user_id", sa.Integer, index=True))\nop.create_index("ix_orders_user_id_day", "orders", ["user_id", "day"])',
    ),
    'an index where there is none': then(
      'op.create_table("orders", sa.Column("user_id", sa.Integer, index=True))\nop.create_index("ix_orders_user_id", "orders", ["user_id"], if_not_exists=True)',
    ),
    'an index in its own step': then(
      'op.create_table("orders", sa.Column("user_id", sa.Integer, index=False))\nop.create_index(op.f("ix_orders_user_id"), "orders", ["user_id"])',
    ),
    'an index that is dropped before': then(
      'op.create_table("orders", sa.Column("user_id", sa.Integer, index=True))\nop.drop_index("ix_orders_user_id", "orders")\nop.create_index("ix_orders_user_id", "orders", ["user_id"])',
    ),
    'an index that is dropped before by its name alone': then(
      'op.create_table("orders", sa.Column("user_id", sa.Integer, index=True))\nop.drop_index("ix_orders_user_id")\nop.create_index("ix_orders_user_id", "orders", ["user_id"])',
    ),
    'indexes that a naming_convention names': {
      files: {
        ...then(
          'op.create_table("orders", sa.Column("user_id", sa.Integer, index=True))\nop.create_index("ix_orders_user_id", "orders", ["user_id"])',
        ).files,
        'base.py': 'metadata = MetaData(naming_convention={"ix": "%(table_name)s_%(column_0_name)s_idx"})\n',
      },
    },
    'an index in a branch': then(
      'op.create_table("orders", sa.Column("user_id", sa.Integer, index=True))\nif missing("ix_orders_user_id"):\n    op.create_index("ix_orders_user_id", "orders", ["user_id"])',
    ),
    'another table': then('op.create_table("orders", sa.Column("id", sa.Integer))'),
    'another column': then('op.add_column("users", sa.Column("email", sa.String))'),
    'the table is dropped in between': then(`op.drop_table("users")\n${users}`),
    'in a loop': then(`for each in ["users"]:\n    op.drop_table(each)\n${users}`),
    'by SQL': then(`op.execute("DROP TABLE IF EXISTS users CASCADE")\n${users}`),
    'the column is dropped in between': then(
      'op.drop_column("users", "name")\nop.add_column("users", sa.Column("name", sa.Text))',
    ),
    'the old column gets another name': then(
      'op.alter_column("users", "name", new_column_name="old")\nop.add_column("users", sa.Column("name", sa.Text))',
    ),
    'only where there is none': then(`if not sa.inspect(op.get_bind()).has_table("users"):\n    ${users}`),
    if_not_exists: then('op.create_table("users", sa.Column("id", sa.Integer), if_not_exists=True)'),
    'in another schema': then('op.create_table("users", sa.Column("id", sa.Integer), schema="audit")'),
    'a helper that may look first': then('tools.add_column("users", sa.Column("name", sa.String))'),
    'in downgrade only': then(`pass\n\ndef downgrade():\n    ${users}`),
    'it goes before it comes to that': then(
      `inspector = sa.inspect(op.get_bind())\nif inspector.has_table("users"):\n    return\n${users}`,
    ),
    'it goes in one line': then(`if sa.inspect(op.get_bind()).has_table("users"): return\n${users}`),
    'an error is caught': then(`try:\n    ${users}\nexcept Exception:\n    pass`),
    'errors are suppressed': then(`with contextlib.suppress(Exception):\n    ${users}`),
    'in a function that is not called': then(`def later():\n    ${users}`),
    'behind or': then(`has_table("users") or ${users}`),
    'behind if, in one line': then(`if not has_table("users"): ${users}`),
    'an expression': then(`${users} if not has_table("users") else None`),
    'the column is dropped in a batch': then(
      `with op.batch_alter_table("users") as b:\n    b.drop_column("name")\nwith op.batch_alter_table("users") as b:\n    b.add_column(sa.Column("name", sa.Text))`,
    ),
    'the column is dropped and added in one batch': then(
      `with op.batch_alter_table("users") as b:\n    b.drop_column("name")\n    b.add_column(sa.Column("name", sa.Text))`,
    ),
    'the column is dropped by SQL': then(
      `op.execute("ALTER TABLE users DROP COLUMN name")\nop.add_column("users", sa.Column("name", sa.Text))`,
    ),
    'renamed by SQL': then(`op.execute("ALTER TABLE users RENAME TO old_users")\n${users}`),
    'renamed by op': then(`op.rename_table("users", "old_users")\n${users}`),
    'dropped by its object': then(`users = sa.table("users")\nusers.drop(op.get_bind())\n${users}`),
    'dropped in a file of SQL': then(`op.execute(open("reset.sql").read())\n${users}`),
    'dropped by a helper': then(`drop_everything()\n${users}`),
    'dropped by a schema': then(`op.execute("DROP SCHEMA public CASCADE")\n${users}`),
    'not for another dialect': then(`if op.get_bind().dialect.name == "sqlite":\n    ${users}`),
    'columns over a loop': then(
      `for name in missing_columns():\n    op.add_column("users", sa.Column("name", sa.String))`,
    ),
    match: then(`match op.get_bind().dialect.name:\n    case "sqlite":\n        ${users}`),
    'the schema of a variable': then(`op.create_table("users", sa.Column("id", sa.Integer), **options)`),
    'the search path is another': then(`op.execute("SET search_path TO audit")\n${users}`),
    'a line of its own': then(users, 'None'),
  },
  flagged: {
    'a column that create_all() makes from the models of today': {
      ...created(all, addsNick),
      expect: [
        'warning alembic/versions/bbbb.py:7:5 add_column adds nick to users, which create_all() of aaaa.py makes from the models of today: a new database refuses it (column "nick" of relation "users" already exists)',
      ],
    },
    'a table that create_all() makes, too': {
      ...created(all, 'op.create_table("users", sa.Column("id", sa.Integer))'),
      expect: [
        'warning alembic/versions/bbbb.py:7:5 create_table makes users, which create_all() of aaaa.py makes from the models of today: a new database refuses it (relation "users" already exists)',
      ],
    },
    'of Ecto, a table': {
      ...ecto([orders, orders]),
      expect: [
        `warning ${ectoFile(2)}:4:5 create table(:orders) makes orders, which 1_m.exs has made before: the database refuses it (relation "orders" already exists)`,
      ],
    },
    'of Ecto, a column': {
      ...ecto([orders, 'alter table(:orders) do\n  add :title, :text\nend']),
      expect: [
        `warning ${ectoFile(2)}:5:7 alter table(:orders) adds title, which 1_m.exs has made before: the database refuses it (column "title" of relation "orders" already exists)`,
      ],
    },
    'of Ecto, a column that timestamps has made': {
      ...ecto([
        'create table(:orders) do\n  timestamps(type: :utc_datetime)\nend',
        'alter table(:orders) do\n  add :inserted_at, :utc_datetime\nend',
      ]),
      expect: [
        `warning ${ectoFile(2)}:5:7 alter table(:orders) adds inserted_at, which 1_m.exs has made before: the database refuses it (column "inserted_at" of relation "orders" already exists)`,
      ],
    },
    'an index of another table with the name of an earlier one': {
      ...indexed(again),
      expect: [
        'warning alembic/versions/bbbb.py:7:5 create_index makes ix_name, which aaaa.py has made before: the database refuses it (relation "ix_name" already exists)',
      ],
    },
    'a unique constraint with the name of an index': {
      ...indexed(
        'with op.batch_alter_table("orders") as batch:\n    batch.create_unique_constraint("ix_name", ["name"])',
      ),
      expect: [
        'warning alembic/versions/bbbb.py:8:9 create_unique_constraint makes ix_name, which aaaa.py has made before: the database refuses it (relation "ix_name" already exists)',
      ],
    },
    'goose: a table': {
      ...sql('SELECT 1;\nCREATE TABLE public.Users (\n  id int\n);'),
      expect: [
        'warning db/migrations/2_b.sql:3:1 2_b.sql makes the table users, which 1_a.sql has made before: the database refuses it (relation "users" already exists)',
      ],
    },
    'migrate: a table': {
      ...numbered(
        {
          '1_a.up.sql': 'CREATE TABLE IF NOT EXISTS "users" (id int);',
          '1_a.down.sql': 'DROP TABLE users;',
          '2_b.up.sql': 'CREATE TABLE users (id int);',
        },
        goMod('github.com/lib/pq', 'github.com/golang-migrate/migrate/v4'),
      ),
      expect: [
        'warning db/migrations/2_b.up.sql:1:1 2_b.up.sql makes the table users, which 1_a.up.sql has made before: the database refuses it (relation "users" already exists)',
      ],
    },
    'an index that index=True makes': {
      ...then(
        'op.create_table("orders", sa.Column("user_id", sa.Integer, index=True))\nop.create_index("ix_orders_user_id", "orders", ["user_id"])',
      ),
      expect: [
        'warning alembic/versions/bbbb.py:8:5 create_index makes ix_orders_user_id, which index=True above makes already: the database refuses it (relation "ix_orders_user_id" already exists)',
      ],
    },
    'the same at a new column, by op.f': {
      ...then(
        'op.add_column("users", sa.Column("team", sa.String, index=True))\nop.create_index(op.f("ix_users_team"), "users", ["team"])',
      ),
      expect: [
        'warning alembic/versions/bbbb.py:8:5 create_index makes ix_users_team, which index=True above makes already: the database refuses it (relation "ix_users_team" already exists)',
      ],
    },
    'a table': {
      ...then(users),
      expect: [
        `warning ${next}:7:5 create_table makes users, which aaaa.py has made before: the database refuses it (relation "users" already exists)`,
      ],
    },
    'several: told once': {
      ...then(`${users}\nop.add_column("users", sa.Column("id", sa.Integer))`),
      expect: [
        `warning ${next}:7:5 create_table makes users, which aaaa.py has made before, so with 1 more: the database refuses it (relation "users" already exists)`,
      ],
    },
    'a column of create_table': {
      ...then('op.add_column("users", sa.Column("name", sa.String))'),
      expect: [
        `warning ${next}:7:28 add_column adds name to users, which aaaa.py has made before: the database refuses it (column "name" already exists)`,
      ],
    },
    'a column, in a batch as autogenerate writes it': {
      ...then(
        'with op.batch_alter_table("users", schema=None) as batch_op:\n    batch_op.add_column(sa.Column("name", sa.String))',
      ),
      expect: [
        'warning alembic/versions/bbbb.py:8:29 add_column adds name to users, which aaaa.py has made before: the database refuses it (column "name" already exists)',
      ],
    },
    'a column, in a batch': {
      ...then('with op.batch_alter_table("users") as batch_op:\n    batch_op.add_column(sa.Column("name", sa.String))'),
      expect: [
        `warning ${next}:8:29 add_column adds name to users, which aaaa.py has made before: the database refuses it (column "name" already exists)`,
      ],
    },
    'twice in one migration': {
      ...then(
        'op.add_column("users", sa.Column("email", sa.String))\nop.add_column("users", sa.Column("email", sa.String))',
      ),
      expect: [
        `warning ${next}:8:28 add_column adds email to users, which stands above already: the database refuses it (column "email" already exists)`,
      ],
    },
  },
})
