import check from '../../../checks/migrations/foreign-key-target.ts'
import {testCheck} from '../../harness.ts'
import {ecto, ectoFile, file, followed, migration} from './project.ts'
import {drizzle} from './sql-project.ts'

const users =
  'op.create_table("users", sa.Column("id", sa.Integer, primary_key=True), sa.Column("email", sa.Integer))\n'
const orders = (target: string, first = users) =>
  `${first}op.create_table("orders", sa.Column("id", sa.Integer, primary_key=True), sa.Column("user_id", sa.Integer), sa.ForeignKeyConstraint(["user_id"], ["${target}"]))`
const then = (lines: string, first: string) => followed(first, lines)
const noTable = (place: string) =>
  `warning alembic/versions/${place} a foreign key points to members.id, and neither a migration nor a model makes a table members (relation "members" does not exist)`
const noKey = (place: string) =>
  `warning alembic/versions/${place} a foreign key points to users.email, which is no primary key and not unique (there is no unique constraint matching given keys for referenced table "users")`
const unique = (more: string) => users.replace('sa.Column("email", sa.Integer)', more)

const typed = (type: string, key = 'sa.Integer', more = '') =>
  migration(
    `op.create_table("users", sa.Column("id", ${key}, primary_key=True))\nop.create_table("orders", sa.Column("user_id", ${type}, sa.ForeignKey("users.id")))\n${more}`,
  )
const otherType = (from: string, to: string, place = `${file}:9:67`) =>
  `warning ${place} a foreign key points to users.id, whose type is ${to}, from a column of ${from} (foreign key constraint cannot be implemented: key columns are of incompatible types)`

const inSql = (key: string) =>
  drizzle({
    '0000_a': 'CREATE TABLE "users" ("id" uuid PRIMARY KEY, "org" uuid);\n',
    '0001_b': `CREATE TABLE "notes" ("user_id" uuid);\n${key}ALTER TABLE "notes" ADD CONSTRAINT "k" FOREIGN KEY ("user_id") REFERENCES "public"."users"("org");\n`,
  })
const inEcto = (reference: string, files: Record<string, string> = {}) =>
  ecto(['create table(:users)\n', `create table(:notes) do\n  add :user_id, ${reference}\nend`], files)

testCheck(check, {
  clean: {
    'SQL, of a column that is unique': inSql('CREATE UNIQUE INDEX "u" ON "users" ("org");\n'),
    'Ecto, of the type that keys have': inEcto('references(:users, on_delete: :delete_all)'),
    'Ecto, of another number': inEcto('references(:users, type: :integer)'),
    'Ecto, where the project has keys of its own': inEcto('references(:users, type: :binary_id)', {
      'config/config.exs': 'config :shop, Shop.Repo, migration_primary_key: [type: :binary_id]\n',
    }),
    'Ecto, where the table says its key': ecto([
      'create table(:users, primary_key: false) do\n  add :id, :binary_id, primary_key: true\nend',
      'create table(:notes) do\n  add :user_id, references(:users, type: :binary_id)\nend',
    ]),
    'another number': typed('sa.BigInteger'),
    'another text': typed('sa.Text()', 'sa.String(36)'),
    'a type of the project': typed('GUID()'),
    'no type of its own': migration(
      'op.create_table("users", sa.Column("id", sa.Integer, primary_key=True))\nop.create_table("orders", sa.Column("user_id", sa.ForeignKey("users.id")))',
    ),
    'a type that is changed': typed('sa.String', 'sa.Integer', 'op.alter_column("users", "id", type_=sa.String())'),
    'the primary key of a table': migration(orders('users.id')),
    'a primary key that stands apart': migration(
      orders('users.id', 'op.create_table("users", sa.Column("id", sa.Integer), sa.PrimaryKeyConstraint("id"))\n'),
    ),
    'a column that is unique': migration(orders('users.email', unique('sa.Column("email", sa.Integer, unique=True)'))),
    'a constraint of the table': migration(
      orders('users.email', unique('sa.Column("email", sa.Integer), sa.UniqueConstraint("email", name="u")')),
    ),
    'a constraint that comes afterwards': migration(
      orders('users.email', `${users}op.create_unique_constraint("u", "users", ["email"])\n`),
    ),
    'a unique index': migration(
      orders('users.email', `${users}op.create_index(op.f("ix"), "users", ["email"], unique=True)\n`),
    ),
    'SQL that makes it unique': migration(
      orders('users.email', `${users}op.execute("ALTER TABLE users ADD UNIQUE (email)")\n`),
    ),
    'SQL that is put together': migration(orders('users.email', `${users}op.execute(f"{sql} users")\n`)),
    'another revision made it unique': then(
      'op.create_foreign_key("fk", "orders", "users", ["mail"], ["email"])',
      `${users}with op.batch_alter_table("users") as batch:\n    batch.create_unique_constraint("u", ["email"])`,
    ),
    'the table itself': migration(
      'op.create_table("nodes", sa.Column("id", sa.Integer, primary_key=True), sa.Column("up", sa.Integer, sa.ForeignKey("nodes.id")))',
    ),
    'a table that SQL makes': migration(
      orders('members.id', 'op.execute("CREATE TABLE IF NOT EXISTS members (id int primary key)")\n'),
    ),
    'a table that SQLAlchemy makes': migration(
      orders('members.id', 'op.get_bind().execute(sa.schema.CreateTable(members))\n'),
    ),
    'a table that gets this name': migration(orders('members.id', `${users}op.rename_table("users", "members")\n`)),
    'a table of a model, which create_all makes': migration(orders('members.id'), {
      files: {'models.py': 'class Person(Base):\n    __tablename__ = "members"\n'},
    }),
    'a model of SQLModel without a name of its table': migration(orders('members.id'), {
      files: {'models.py': 'class Members(SQLModel, table=True):\n    id: int\n'},
    }),
    'a base class that names the tables': migration(orders('members.id'), {
      files: {
        'base.py':
          'class Base:\n    @declared_attr\n    def __tablename__(cls):\n        return cls.__name__.lower() + "s"\n',
      },
    }),
    'SQL beside makes it': migration(orders('members.id'), {
      files: {'schema.sql': 'create table public.members (id int primary key);\n'},
    }),
    'a table that Django makes': migration(orders('members.id'), {
      files: {'shop/models.py': 'class Member(models.Model):\n    class Meta:\n        db_table = "members"\n'},
    }),
    'a table of another program, by Prisma': migration(orders('members.id'), {
      files: {'web/prisma/schema.prisma': 'model members {\n  id Int @id\n}\n'},
    }),
    'by Drizzle': migration(orders('members.id'), {
      files: {'web/src/schema.ts': "export const members = pgTable('members', {id: serial().primaryKey()})\n"},
    }),
    'a name that is not read': migration(
      orders('members.id', 'op.create_table(name(), sa.Column("id", sa.Integer, primary_key=True))\n'),
    ),
    'a list of tables': migration(
      orders(
        'members.id',
        `${users}for name in ["members"]:\n    op.create_table(name, sa.Column("id", sa.Integer, primary_key=True))\n`,
      ),
    ),
    'another schema': migration(
      'op.create_table("orders", sa.Column("id", sa.Integer), sa.Column("u", sa.Integer, sa.ForeignKey("auth.users.id")))',
    ),
    'a schema of its own': migration(
      'op.create_table("orders", sa.Column("id", sa.Integer), sa.Column("u", sa.Integer, sa.ForeignKey("members.id")), schema="shop")',
    ),
    'columns that a function brings': migration(
      orders('users.code', 'op.create_table("users", sa.Column("id", sa.Integer, primary_key=True), *columns())\n'),
    ),
    'a column that is added': migration(
      orders('users.code', `${users}op.add_column("users", sa.Column("code", sa.Integer, unique=True))\n`),
    ),
    'in a branch': migration(`if wanted():\n    ${orders('members.id', '').trim()}`),
  },
  flagged: {
    'SQL, before the column is unique': {
      ...inSql(''),
      expect: [
        'warning drizzle/0001_b.sql:2:64 a foreign key of notes points to users.org, which is no primary key and not unique (there is no unique constraint matching given keys for referenced table "users")',
      ],
    },
    'Ecto, of another type': {
      ...inEcto('references(:users, type: :binary_id)'),
      expect: [
        `warning ${ectoFile(2)}:5:7 the foreign key of references(:users) points to users.id, whose type is number, from a column of uuid (foreign key constraint cannot be implemented: key columns are of incompatible types)`,
      ],
    },
    'Ecto, without the type that the key has': {
      ...ecto([
        'create table(:users, primary_key: false) do\n  add :id, :uuid, primary_key: true\nend',
        'create table(:notes) do\n  add :user_id, references(:users)\nend',
      ]),
      expect: [
        `warning ${ectoFile(2)}:5:7 the foreign key of references(:users) points to users.id, whose type is uuid, from a column of number (foreign key constraint cannot be implemented: key columns are of incompatible types)`,
      ],
    },
    'a text that points to a number': {...typed('sa.String(36)'), expect: [otherType('text', 'number')]},
    'a text that points to a uuid': {
      ...typed('sa.String(36)', 'postgresql.UUID(as_uuid=True)'),
      expect: [otherType('text', 'uuid')],
    },
    'a number, in a constraint of the table': {
      ...migration(orders('users.id', 'op.create_table("users", sa.Column("id", sa.Uuid(), primary_key=True))\n')),
      expect: [otherType('number', 'uuid', `${file}:9:112`)],
    },
    'a table that nothing makes': {...migration(orders('members.id')), expect: [noTable('aaaa.py:9:112')]},
    'by add_column': {
      ...migration(`${users}op.add_column("users", sa.Column("m", sa.Integer, sa.ForeignKey("members.id")))`),
      expect: [noTable('aaaa.py:9:55')],
    },
    'by create_foreign_key, in a later revision': {
      ...then('op.create_foreign_key("fk", "users", "members", ["m"], ["id"])', users),
      expect: [noTable('bbbb.py:7:5')],
    },
    'a column that the table has not': {
      ...migration(orders('users.user_id')),
      expect: [
        'warning alembic/versions/aaaa.py:9:112 a foreign key points to users.user_id, and no migration gives users that column (column "user_id" referenced in foreign key constraint does not exist)',
      ],
    },
    'a column that is no key': {...migration(orders('users.email')), expect: [noKey('aaaa.py:9:112')]},
    'one that others are unique beside': {
      ...migration(
        orders(
          'users.email',
          `${users}op.create_table("tags", sa.Column("id", sa.Integer), sa.UniqueConstraint("id"))\n`,
        ),
      ),
      expect: [noKey('aaaa.py:10:112')],
    },
    'a part of a key alone': {
      ...migration(
        orders(
          'users.email',
          'op.create_table("users", sa.Column("id", sa.Integer), sa.Column("email", sa.Integer), sa.PrimaryKeyConstraint("id", "email"))\n',
        ),
      ),
      expect: [noKey('aaaa.py:9:112')],
    },
  },
})
