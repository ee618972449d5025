import check from '../../../checks/migrations/still-needed.ts'
import {testCheck} from '../../harness.ts'
import {ecto, ectoFile, followed} from './project.ts'
import {drizzle, prisma} from './sql-project.ts'

const users = 'CREATE TABLE users (id uuid PRIMARY KEY, age int);\n'
const view = 'CREATE VIEW v AS SELECT age FROM users;\n'
const changed = 'ALTER TABLE users ALTER COLUMN age TYPE bigint;\n'
const policy = `create table(:users) do
  add :age, :integer
end
execute """
CREATE POLICY own ON users
  USING (age > 1)
"""`

/** Of alembic. */
const orders = `op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True))
op.create_table("orders", sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id")), sa.Column("state", sa.Enum("new", name="state")))`

testCheck(check, {
  clean: {
    'alembic: what needs it goes before': followed(orders, 'op.drop_table("orders")\nop.drop_table("users")'),
    'alembic: a table that points to itself': followed(
      'op.create_table("users", sa.Column("id", sa.Integer()), sa.Column("boss", sa.Integer(), sa.ForeignKey("users.id")))',
      'op.drop_table("users")',
    ),
    'alembic: the key goes before': followed(
      orders,
      'op.drop_constraint("orders_user_id_fkey", "orders", type_="foreignkey")\nop.drop_table("users")',
    ),
    'alembic: the column goes before, and its type behind': followed(
      orders,
      'op.drop_column("orders", "user_id")\nop.drop_table("users")\nop.drop_column("orders", "state")\nop.execute("DROP TYPE state")',
    ),
    'alembic: SQL that is about the other table': followed(
      orders,
      'op.execute("ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey")\nop.drop_table("users")',
    ),
    'alembic: SQL that may be about any': followed(
      orders,
      'op.execute("DO $$ BEGIN PERFORM unbind(); END $$")\nop.drop_table("users")',
    ),
    'alembic: something that is not read goes before': followed(
      orders,
      'old.drop(op.get_bind())\nop.drop_table("users")',
    ),
    'alembic: CASCADE': followed(orders, 'op.execute("DROP TABLE users CASCADE")'),
    'alembic: where it is asked before': followed(
      orders,
      'if "orders" in names:\n    op.drop_table("orders")\nop.drop_table("users")',
    ),
    'a view that is made anew': drizzle({'0000_a': users + view, '0001_b': `DROP VIEW v;\n${changed}${view}`}),
    'a policy that goes before': ecto([
      policy,
      'execute "DROP POLICY own ON users"\nexecute "ALTER TABLE users ALTER COLUMN age TYPE bigint"',
    ]),
    'a policy that gets another condition before': drizzle({
      '0000_a': `${users}CREATE POLICY own ON users USING (age > 1);\n`,
      '0001_b': `ALTER POLICY "own" ON "users" TO app USING (id IS NOT NULL);\n${changed}`,
    }),
    'a foreign key that goes with its column': ecto([
      'create table(:users)\n',
      'create table(:orders) do\n  add :user_id, references(:users)\nend',
      'alter table(:orders) do\n  remove :user_id\nend\ndrop table(:users)',
    ]),
    'drop with its mode': ecto([
      'create table(:users)\n',
      'create table(:orders) do\n  add :user_id, references(:users)\nend',
      'drop table(:users), mode: :cascade',
    ]),
  },
  flagged: {
    'a table of alembic': {
      ...followed(orders, 'op.drop_table("users")'),
      expect: [
        'warning alembic/versions/bbbb.py:7:5 drop_table meets a foreign key of orders, made in aaaa.py: Postgres refuses it (cannot drop users because other objects depend on it)',
      ],
    },
    'a table that is dropped by SQL, behind a foreign key of its own step': {
      ...followed(
        'op.create_table("users", sa.Column("id", sa.Integer()))\nop.create_table("orders", sa.Column("user_id", sa.Integer()))\nop.create_foreign_key("fk", "orders", "users", ["user_id"], ["id"])',
        'op.execute("DROP TABLE users")',
      ),
      expect: [
        'warning alembic/versions/bbbb.py:7:5 DROP TABLE meets a foreign key of orders, made in aaaa.py: Postgres refuses it (cannot drop users because other objects depend on it)',
      ],
    },
    'a type of alembic': {
      ...followed(orders, 'sa.Enum(name="state").drop(op.get_bind())'),
      expect: [
        'warning alembic/versions/bbbb.py:7:5 drop of the type state meets the column state of orders, made in aaaa.py: Postgres refuses it (cannot drop state because other objects depend on it)',
      ],
    },
    'a view': {
      ...prisma({'1_a': users + view, '2_b': changed}),
      expect: [
        'warning prisma/migrations/2_b/migration.sql:1:32 ALTER TABLE users changes age, which the view v, made in 1_a/migration.sql, names: Postgres refuses it (other objects depend on column age of table users)',
      ],
    },
    'a policy of Ecto': {
      ...ecto([policy, 'execute "ALTER TABLE users ALTER COLUMN age TYPE bigint"']),
      expect: [
        `warning ${ectoFile(2)}:4:45 ALTER TABLE users changes age, which the policy own, made in 1_m.exs, names: Postgres refuses it (other objects depend on column age of table users)`,
      ],
    },
    'a table of Ecto': {
      ...ecto([
        'create table(:users)\n',
        'create table(:orders) do\n  add :user_id, references(:users)\nend',
        'drop table(:users)',
      ]),
      expect: [
        `warning ${ectoFile(3)}:4:5 drop table(:users) meets a foreign key of orders, made in 2_m.exs: Postgres refuses it (cannot drop users because other objects depend on it)`,
      ],
    },
  },
})
