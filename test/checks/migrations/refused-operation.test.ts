import check from '../../../checks/migrations/refused-operation.ts'
import {testCheck} from '../../harness.ts'
import {followed} from './project.ts'

const table = 'op.create_table("notes", sa.Column("id", sa.Integer))'
/** What a second migration does. */
const then = (lines: string) => followed(table, lines)
const column = (rest: string) => `op.add_column("notes", sa.Column("done", ${rest}))`
const noSql = (value: string) =>
  `the server_default of notes.done is ${value}, which is no SQL: the revision ends with ArgumentError: Argument 'arg' is expected to be one of type 'str' or 'ClauseElement'`

testCheck(check, {
  clean: {
    'defaults that are SQL': then(
      `${column('sa.Boolean, server_default=sa.false()')}\n${column('sa.Integer, server_default="0"')}\n${column('sa.DateTime, server_default=sa.func.now()')}\n${column('sa.Integer, server_default=None')}`,
    ),
    'a default of Python': then(column('sa.Boolean, default=False')),
    'a default that stays as it is': then('op.alter_column("notes", "done", server_default=False)'),
    'a type of the dialect': then(column('postgresql.JSONB()')),
    'another thing by that name': then(column('other.JSONB()')),
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
  },
})
