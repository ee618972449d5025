import check from '../../../checks/migrations/refused-operation.ts'
import {testCheck} from '../../harness.ts'
import {followed} from './project.ts'

const table = 'op.create_table("notes", sa.Column("id", sa.Integer))'
/** What a second migration does. */
const then = (lines: string) => followed(table, lines)
const column = (rest: string) => `op.add_column("notes", sa.Column("done", ${rest}))`
const noSql = (value: string) =>
  `the server_default of notes.done is ${value}, which is no SQL: the revision ends with ArgumentError: Argument 'arg' is expected to be one of type 'str' or 'ClauseElement'`

const long = `ix_${'a'.repeat(61)}`
const lost = (key: string, name: string) =>
  `${key} names the column ${name}, which the table does not get: the revision ends with ConstraintColumnNotFoundError: Can't create ${key} on table: no column named '${name}' is present`

testCheck(check, {
  clean: {
    'defaults that are SQL': then(
      `${column('sa.Boolean, server_default=sa.false()')}\n${column('sa.Integer, server_default="0"')}\n${column('sa.DateTime, server_default=sa.func.now()')}\n${column('sa.Integer, server_default=None')}`,
    ),
    'a default of Python': then(column('sa.Boolean, default=False')),
    'a default that stays as it is': then('op.alter_column("notes", "done", server_default=False)'),
    'a type of the dialect': then(column('postgresql.JSONB()')),
    'another thing by that name': then(column('other.JSONB()')),
    'keys and names as they must be': then(
      `op.create_table("more", sa.Column("id", sa.UUID, primary_key=True), sa.Column("note_id", sa.Integer), sa.PrimaryKeyConstraint("id"), sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("${long}")), sa.UniqueConstraint("note_id", name="uq"), sa.CheckConstraint("note_id > 0"))\nop.create_table("other", *columns, sa.UniqueConstraint("any"))\nop.create_index(op.f("${long}"), "notes", ["id"])\nop.create_index("ix", "notes", columns)\nop.execute(sa.text("SELECT 1"), execution_options={})\nop.get_bind().execute(sa.text("SELECT :a"), {"a": 1})`,
    ),
    'a number that counts itself up': then(
      'op.create_table("more", sa.Column("id", sa.Integer, primary_key=True, autoincrement=True))',
    ),
  },
  flagged: {
    'a default that is a value of Python': {
      ...then(`${column('sa.Boolean, server_default=False')}\n${column('sa.Integer, server_default=0')}`),
      expect: [
        `error alembic/versions/bbbb.py:7:73 ${noSql('False')}`,
        `error alembic/versions/bbbb.py:8:73 ${noSql('0')}`,
      ],
    },
    'of a column that gets one': {
      ...then('op.alter_column("notes", "done", server_default=True)'),
      expect: [`error alembic/versions/bbbb.py:7:53 ${noSql('True')}`],
    },
    'a type that SQLAlchemy has elsewhere': {
      ...then(column('sa.JSONB()')),
      expect: [
        "error alembic/versions/bbbb.py:7:46 sa.JSONB is no name of SQLAlchemy: the revision ends with AttributeError: module 'sqlalchemy' has no attribute 'JSONB'",
      ],
    },
    'a name in the place of a column': {
      ...then('op.add_column("notes", "done", sa.Boolean())'),
      expect: [
        `error alembic/versions/bbbb.py:7:5 op.add_column is given the name "done" in the place of a column: the revision ends with AttributeError: 'str' object has no attribute 'table'`,
      ],
    },
    'a second argument of op.execute': {
      ...then('op.execute(sa.text("UPDATE notes SET id = :b"), {"b": 1})'),
      expect: [
        'error alembic/versions/bbbb.py:7:53 op.execute is given a second argument, and takes the SQL alone: the revision ends with TypeError: execute() takes 2 positional arguments but 3 were given',
      ],
    },
    'keys of columns that the table does not get': {
      ...then(
        'op.create_table("more", sa.Column("id", sa.Integer), sa.PrimaryKeyConstraint("idd"), sa.ForeignKeyConstraint(["note_id"], ["notes.id"]))',
      ),
      expect: [
        `error alembic/versions/bbbb.py:7:82 ${lost('PrimaryKeyConstraint', 'idd')}`,
        `error alembic/versions/bbbb.py:7:115 ${lost('ForeignKeyConstraint', 'note_id')}`,
      ],
    },
    'a key of text that counts itself up': {
      ...then('op.create_table("more", sa.Column("id", sa.String(36), primary_key=True, autoincrement=True))'),
      expect: [
        'error alembic/versions/bbbb.py:7:29 id has autoincrement=True, and its type is no number: the revision ends with ArgumentError: Column type is not compatible with autoincrement=True',
      ],
    },
    'columns that are a text': {
      ...then('op.create_index("ix", "notes", "id")'),
      expect: [
        'error alembic/versions/bbbb.py:7:36 the columns of notes are a text and no list: each letter of "id" is taken for a column: the revision ends with column "i" does not exist',
      ],
    },
    'names that are too long': {
      ...then(`op.create_index("${long}", "notes", ["id"])\nop.drop_constraint("${long}", "notes")`),
      expect: [7, 8].map(
        (line) =>
          `error alembic/versions/bbbb.py:${line}:${line === 7 ? 21 : 24} the name ${long} has 64 letters, and Postgres takes 63: the revision ends with IdentifierError: Identifier '${long}' exceeds maximum length of 63 characters`,
      ),
    },
  },
})
