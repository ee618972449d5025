import check from '../../../checks/migrations/schema-drift.ts'
import {testCheck} from '../../harness.ts'
import {migration} from './project.ts'

const users = 'op.create_table("users", sa.Column("id", sa.Integer), sa.Column("email", sa.String))'
const user = (body: string) =>
  `from sqlalchemy import Column, Integer, String\nfrom app.base import Base\n\nclass User(Base):\n    __tablename__ = "users"\n    id = Column(Integer, primary_key=True)\n    email = Column(String)\n${body
    .split('\n')
    .map((line) => `    ${line}\n`)
    .join('')}`
const env = 'from app.models import Base\ntarget_metadata = Base.metadata\n'

/** A project whose env.py imports these models; the migration makes the table users. */
const project = (models: string, upgrade = users, files: Record<string, string> = {}, release?: string) =>
  migration(upgrade, {
    env,
    ...(release && {release}),
    files: {'app/__init__.py': '', 'app/base.py': 'class Base: ...\n', 'app/models.py': models, ...files},
  })
const phone = 'phone = Column(String)'
const tag = `${user('')}\nclass Tag(Base):\n    __tablename__ = "tags"\n    id = Column(Integer, primary_key=True)\n`
const lacks = (column: string, line = 8) =>
  `warning app/models.py:${line}:5 no migration adds ${column} to users, the table of User: each query of it ends with "column … does not exist"`

/** Users whose role is of an enum: its words in the migration, its members, and the column. */
const role = (labels: string, members: string, column = 'role = Column(Enum(Role))', upgrade = '') =>
  project(
    `class Role(str, enum.Enum):\n${members
      .split('\n')
      .map((line) => `    ${line}\n`)
      .join('')}\n${user(column)}`,
    `op.create_table("users", sa.Column("id"), sa.Column("email"), sa.Column("role", sa.Enum(${labels}, name="role")))\n${upgrade}`,
  )
const member = 'ADMIN = "admin"\nUSER = "user"'
const stores = (what: string, word: string, line = 12) => [
  `warning app/models.py:${line}:5 User.role stores ${what} (invalid input value for enum role: "${word}")`,
]

/** Users whose key is of such types, in the model and in the migration. */
const keyed = (model: string, database: string, requires = 'asyncpg') =>
  migration(`op.create_table("users", sa.Column("id", ${database}, primary_key=True), sa.Column("email", sa.String))`, {
    env,
    requires,
    files: {
      'app/__init__.py': '',
      'app/base.py': 'class Base: ...\n',
      'app/models.py': `from app.base import Base\n\nclass User(Base):\n    __tablename__ = "users"\n    id: Mapped[str] = mapped_column(${model}, primary_key=True)\n    email = Column(String)\n`,
    },
  })
const differs = (model: string, database: string, operator: string) => [
  `warning app/models.py:5:5 User.id is a ${model} in the model, and a ${database} in the migrations: Postgres refuses to compare them (operator does not exist: ${operator})`,
]

testCheck(check, {
  clean: {
    'a key of one type in both': keyed('PG_UUID(as_uuid=True)', 'sa.UUID()'),
    'a key of a type that is not known': keyed('GUID()', 'sa.String(36)'),
    'a driver that does not name the types': keyed('UUID(as_uuid=False)', 'sa.String(36)', 'psycopg2-binary'),
    'numbers of another size': keyed('BigInteger', 'sa.Integer()'),
    'each column is made': project(user('')),
    'a column with a name of its own': project(user('mail = Column("email", String)')),
    'a relationship has none': project(user('orders = relationship("Order")\ntotal = column_property(id)')),
    'one that SQL adds': project(
      user(phone),
      `${users}\nop.execute("ALTER TABLE users ADD COLUMN IF NOT EXISTS phone TEXT")`,
    ),
    'one that tables in a list get': project(
      user(phone),
      `${users}\nfor table in ("users",):\n    op.add_column(table, sa.Column("phone", sa.String))`,
    ),
    'one that takes another place': project(
      user(phone),
      `${users}\nop.alter_column("users", "tel", new_column_name="phone")`,
    ),
    'a table whose columns a helper brings': project(
      user(phone),
      'op.create_table("users", sa.Column("id", sa.Integer), *contact())',
    ),
    'a program adds it when it starts': project(user(phone), users, {
      'app/start.py': 'engine.execute("ALTER TABLE users ADD COLUMN phone TEXT")\n',
    }),
    'models of another database': project(user(`__bind_key__ = "old"\n${phone}`)),
    'a class that has no table': project(user(`__abstract__ = True\n${phone}`)),
    'models that nothing imports': project('', users, {'old/models.py': user(phone)}),
    'two classes of one table': project(`${user(phone)}\nclass Old(Base):\n    __tablename__ = "users"\n`),
    'a table that the app makes by itself': project(tag, users, {
      'app/start.py': 'Base.metadata.create_all(engine)\n',
    }),
    'a table that a file of SQL makes': project(tag, users, {'sql/tags.sql': 'CREATE TABLE tags (id int);\n'}),
    'migrations that only add to tables made elsewhere': project(
      `${tag}\nclass Item(Base):\n    __tablename__ = "items"\n    id = Column(Integer, primary_key=True)\n`,
    ),
    'a revision that the deploy writes': project(
      user(phone),
      users,
      {'release.sh': 'alembic revision --autogenerate -m x\nalembic upgrade head\n'},
      'sh release.sh',
    ),
    'the names of an enum': role('"ADMIN", "USER"', member),
    'the values of an enum, which the column stores': role(
      '"admin", "user"',
      member,
      'role = Column(Enum(Role, name="role", values_callable=lambda e: [m.value for m in e]))',
    ),
    'a word that is added': role('"ADMIN"', member, undefined, 'op.execute("ALTER TYPE role ADD VALUE \'USER\'")'),
    'a text in the place of an enum': role('"admin"', member, 'role = Column(Enum(Role, native_enum=False))'),
    'a type of another name': role('"admin"', member, 'role = Column(Enum(Role, name="kind"))'),
    'members that are not read': role('"admin"', 'ADMIN = auto()'),
    'a type that is made anew': role('"admin"', member, undefined, 'op.execute("DROP TYPE role")'),
    'nothing runs the migrations': project(user(phone), users, {}, 'python -c pass'),
  },
  flagged: {
    'a key that is text in the database': {
      ...keyed('UUID(as_uuid=False)', 'sa.String(36)'),
      expect: differs('uuid', 'text', 'character varying = uuid'),
    },
    'a key that is text in the model': {
      ...keyed('String(36)', 'postgresql.UUID(as_uuid=True)', 'psycopg[binary]'),
      expect: differs('text', 'uuid', 'uuid = character varying'),
    },
    'a column': {...project(user(phone)), expect: [lacks('phone')]},
    'several, as SQLAlchemy 2 writes them': {
      ...project(user('phone: Mapped[str | None]\nage: Mapped[int] = mapped_column()')),
      expect: [lacks('phone and age')],
    },
    'a column that another table has': {
      ...project(user(phone), users, {
        'alembic/versions/bbbb.py':
          'from alembic import op\nimport sqlalchemy as sa\nrevision = "bbbb"\ndown_revision = "aaaa"\n\ndef upgrade():\n    op.create_table("orders", sa.Column("phone", sa.String))\n',
      }),
      expect: [lacks('phone')],
    },
    'a field of SQLModel, of its base too': {
      ...project(
        'class UserBase(SQLModel):\n    email: str\n    phone: str | None = None\n\nclass User(UserBase, table=True):\n    __tablename__ = "users"\n    id: int = Field(primary_key=True)\n    age: Optional[int] = Field(default=None)\n',
        users,
      ),
      expect: [lacks('phone and age', 3)],
    },
    'the values of an enum, and its names are stored': {
      ...role('"admin", "user"', member),
      expect: stores(
        'the names of Role, ADMIN and USER, and the migrations give the type role its values: Postgres refuses each row',
        'ADMIN',
      ),
    },
    'the values of an enum, and SQLModel stores its names': {
      ...project(
        'class Role(str, Enum):\n    ADMIN = "admin"\n\nclass User(SQLModel, table=True):\n    __tablename__ = "users"\n    role: Role | None = Field(default=Role.ADMIN)\n',
        'op.create_table("users", sa.Column("id"), sa.Column("role", sa.Enum("admin", name="role")))',
      ),
      expect: stores(
        'the names of Role, ADMIN, and the migrations give the type role its values: Postgres refuses each row',
        'ADMIN',
        6,
      ),
    },
    'a member that came later': {
      ...role('"ADMIN", "USER"', `${member}\nGUEST = "guest"`, 'role: Mapped[Role] = mapped_column()'),
      expect: stores(
        'GUEST of Role, and no migration adds it to the type role: Postgres refuses a row with it',
        'GUEST',
        13,
      ),
    },
    'two that came later': {
      ...role('"admin"', `${member}\nGUEST = "guest"`, 'role = Column(SAEnum(Role, values_callable=values))'),
      expect: stores(
        'user and guest of Role, and no migration adds them to the type role: Postgres refuses a row with it',
        'user',
        13,
      ),
    },
    'a model': {
      ...project(tag),
      expect: ['warning app/models.py:10:7 no migration makes tags, the table of Tag: relation "tags" does not exist'],
    },
    'a model of Flask-SQLAlchemy, named as its class': {
      ...project(
        'class Users(db.Model):\n    id = db.Column(db.Integer, primary_key=True)\n    phone = db.Column(db.String)\n',
      ),
      expect: [
        'warning app/models.py:3:5 no migration adds phone to users, the table of Users: each query of it ends with "column … does not exist"',
      ],
    },
  },
})
