import check from '../../../checks/migrations/missing-column.ts'
import {testCheck} from '../../harness.ts'
import {ecto, ectoFile, followed} from './project.ts'
import {drizzle, prisma} from './sql-project.ts'

const users = 'op.create_table("users", sa.Column("id", sa.Integer), sa.Column("name", sa.String))'

/** What the second migration does, which follows one that makes the table users. */
const then = (lines: string, first = users) => followed(first, lines)
const index = 'op.create_index("ix", "users", ["email"])'
const refused = (by: string, column = 'email') =>
  `${by} names the column ${column} of users, which no migration gives that table: the database refuses it (column "${column}" does not exist)`

const orders = 'create table(:orders) do\n  add :title, :string\nend'

testCheck(check, {
  clean: {
    'a column that is dropped and added again': followed(
      'op.create_table("users", sa.Column("id", sa.Integer()), sa.Column("email", sa.String()))',
      'op.drop_column("users", "email")\nop.add_column("users", sa.Column("email", sa.Text()))\nop.create_index("ix", "users", ["email"])',
    ),
    'of SQL, one that is added': prisma({
      '1_a': 'CREATE TABLE a (id int);',
      '2_b': 'ALTER TABLE a ADD b int; CREATE INDEX ON a (b);',
    }),
    'SQL for each row, where a helper looks first': then(
      `if column_exists("users", "email"):\n    op.execute("INSERT INTO users (name, email) VALUES ('a', 'b')")`,
    ),
    'SQL for each row, which may fail': then(
      `try:\n    op.execute("INSERT INTO users (name, email) VALUES ('a', 'b')")\nexcept Exception:\n    pass`,
    ),
    'of Ecto, one that it has': ecto([orders, 'create index(:orders, [:title, :id])']),
    'of Ecto, one that is added': ecto([
      orders,
      'alter table(:orders) do\n  add :note, :string\nend',
      'create index(:orders, [:note])',
    ]),
    'of Ecto, one by an expression': ecto([orders, 'create index(:orders, ["lower(note)"])']),
    'of Ecto, one that a helper may give': ecto([
      'create table(:orders) do\n  audit_columns()\nend',
      'create index(:orders, [:note])',
    ]),
    'of Ecto, stamps of other names': ecto([
      'create table(:orders) do\n  timestamps(inserted_at: :made_at)\nend',
      'create index(:orders, [:made_at])',
    ]),
    'of Ecto, one of its new name': ecto([
      orders,
      'rename table(:orders), :title, to: :name',
      'create index(:orders, [:name])',
    ]),
    'a column that may be gone': then('op.drop_column("users", "email", if_exists=True)'),
    'a function of the project may add it': then(`from shop.sql import run_file\nrun_file("email.sql")\n${index}`),
    'a text of the project may add it': then(`from shop.sql import (\n    EMAIL,\n)\nop.execute(EMAIL)\n${index}`),
    'a column that the table begins with': then('op.create_index("ix", "users", ["name"])'),
    'one that is added': then(`op.add_column("users", sa.Column("email", sa.String))\n${index}`),
    'one that is added in a batch': then(
      `with op.batch_alter_table("users") as batch:\n    batch.add_column(sa.Column("email", sa.String))\n${index}`,
    ),
    'one that gets that name': then(`op.alter_column("users", "name", new_column_name="email")\n${index}`),
    'one that SQL adds': then(`op.execute("ALTER TABLE users ADD COLUMN IF NOT EXISTS email text")\n${index}`),
    'one that is added to tables in a list': then(
      `for table in ["users"]:\n    op.add_column(table, sa.Column("email", sa.String))\n${index}`,
    ),
    'one whose name is put into the SQL': then(
      `for name in ("email",):\n    op.execute(f"ALTER TABLE users ADD {name} text")\n${index}`,
    ),
    'one whose name is put behind the SQL': then(`op.execute("ALTER TABLE users ADD COLUMN " + NAME)\n${index}`),
    'one that a function of the project adds': then(`helpers.add_email(op, "users")\n${index}`),
    'a table that a helper makes': then(index, 'op.create_table("users", *columns())'),
    'a table with columns of a helper': then(index, 'op.create_table("users", sa.Column("id"), timestamps("x"))'),
    'a table that SQL makes': then(index, 'op.execute("CREATE TABLE users (id int)")'),
    'in capital letters': then('op.execute("INSERT INTO USERS (ID, Name) VALUES (1, \'a\')")'),
    'a table that no migration makes': then('op.create_index("ix", "orders", ["email"])'),
    'tables from the models': then(index, `${users}\n    Base.metadata.create_all(op.get_bind())`),
    'only where it is there': then(`if "email" in sa.inspect(op.get_bind()).get_columns("users"):\n    ${index}`),
    'in a branch': then(`if flag:\n    ${index}`),
    'in downgrade only': then(`pass\n\ndef downgrade():\n    ${index}`),
    'in another schema': then('op.create_index("ix", "users", ["email"], schema="audit")'),
    'an index of an expression': then('op.create_index("ix", "users", [sa.text("lower(email)")])'),
    'a function for later': then(
      'op.execute("CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN INSERT INTO users (email) VALUES (1); END $$ LANGUAGE plpgsql")',
    ),
  },
  flagged: {
    'a column under the name that it had before': {
      ...followed(
        'op.create_table("users", sa.Column("id", sa.Integer()), sa.Column("email", sa.String()))',
        'op.alter_column("users", "email", new_column_name="mail")\nop.create_index("ix", "users", ["email"])',
      ),
      expect: [
        'warning alembic/versions/bbbb.py:8:5 create_index names the column email of users, which that table does not have by then: the database refuses it (column "email" does not exist)',
      ],
    },
    'of SQL, an index of none': {
      ...drizzle({'0000_a': 'CREATE TABLE "users" ("id" int);', '0001_b': 'CREATE INDEX "ix" ON "users" ("email");'}),
      expect: [
        'warning drizzle/0001_b.sql:1:31 the index on users names the column email of users, which that table does not have by then: the database refuses it (column "email" does not exist)',
      ],
    },
    'SQL for each row': {
      ...then(`for row in rows:\n    op.execute("INSERT INTO users (name, email) VALUES ('a', 'b')")`),
      expect: [`warning alembic/versions/bbbb.py:8:9 ${refused('INSERT INTO')}`],
    },
    'of Ecto, an index of one that it has not': {
      ...ecto([orders, 'create index(:orders, [:name])']),
      expect: [
        `warning ${ectoFile(2)}:4:5 create index(:orders) names the column name of orders, which that table does not have by then: the database refuses it (column "name" does not exist)`,
      ],
    },
    'of Ecto, one that is taken out twice': {
      ...ecto([orders, 'alter table(:orders) do\n  remove :name\nend']),
      expect: [
        `warning ${ectoFile(2)}:5:7 alter table(:orders) names the column name of orders, which that table does not have by then: the database refuses it (column "name" does not exist)`,
      ],
    },
    'an index': {...then(index), expect: [`warning alembic/versions/bbbb.py:7:5 ${refused('create_index')}`]},
    'rows with it': {
      ...then('op.execute("INSERT INTO users (id, full_name) VALUES (1, \'a\')")'),
      expect: [`warning alembic/versions/bbbb.py:7:5 ${refused('INSERT INTO', 'full_name')}`],
    },
    'rows with it, by a connection': {
      ...then(
        'op.get_bind().execute(sa.text("""\n        INSERT INTO users (id, email)\n        SELECT 1, :a"""), {"a": 1})',
      ),
      expect: [`warning alembic/versions/bbbb.py:7:5 ${refused('INSERT INTO')}`],
    },
    'a change of it, which another table has': {
      ...then(
        'op.alter_column("users", "email", nullable=True)',
        `${users}\n    op.create_table("orders", sa.Column("id", sa.Integer))`,
      ),
      expect: [`warning alembic/versions/bbbb.py:7:5 ${refused('alter_column')}`],
    },
    'it goes': {
      ...then('op.drop_column("users", "email")'),
      expect: [`warning alembic/versions/bbbb.py:7:5 ${refused('drop_column')}`],
    },
  },
})
