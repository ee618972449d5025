import check from '../../../checks/migrations/missing-name.ts'
import {testCheck} from '../../harness.ts'
import {followed} from './project.ts'

const notes =
  'op.create_table("notes", sa.Column("id", sa.Integer), sa.Column("user_id", sa.Integer), sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_notes_user"))'
const unnamed =
  'op.create_table("notes", sa.Column("id", sa.Integer), sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), index=True), sa.Column("slug", sa.String, unique=True))'
/** What a second migration does, and what the first one makes. */
const then = (lines: string, first = notes, files: Record<string, string> = {}) => followed(first, lines, files)
const constraint = (name: string, more = '') => `op.drop_constraint("${name}", "notes"${more})`
const index = (name: string, more = '') => `op.drop_index("${name}", table_name="notes"${more})`
const refused = (kind: string, name: string, of = '') => [
  `warning alembic/versions/bbbb.py:7:5 drop_${kind} names ${name}, which no migration gives notes: the database refuses it (${kind} "${name}"${of} does not exist)`,
]

testCheck(check, {
  clean: {
    'one that is made under its name': then(constraint('fk_notes_user')),
    'one that an index of its own makes': then(index('ix_n'), `${notes}\nop.create_index("ix_n", "notes", ["id"])`),
    'names that Postgres gives': then(
      `${constraint('notes_user_id_fkey')}\n${constraint('notes_slug_key')}\n${constraint('notes_pkey')}`,
      unnamed,
    ),
    'the name that SQLAlchemy gives an index': then(index('ix_notes_user_id'), unnamed),
    'one that SQL names': then(constraint('old', ''), `${notes}\nop.execute("CREATE INDEX old ON x (id)")`),
    'one that may be gone': then(index('gone', ', if_exists=True')),
    'in a branch': then(`if flag:\n    ${constraint('gone')}`),
    'a rule names them': then(constraint('gone'), notes, {
      'models.py': 'metadata = MetaData(naming_convention={"fk": "fk_%(table_name)s"})\n',
    }),
    'SQL beside the revisions has made it': then(index('gone'), notes, {
      'schema.sql': 'create index gone on notes (id);\n',
    }),
    'a table that no migration makes': then('op.drop_index("gone", table_name="others")'),
    'it looks first': then(`names = sa.inspect(op.get_bind()).get_indexes("notes")\n${index('gone')}`),
  },
  flagged: {
    'a constraint under the name that Postgres would give, where it has its own': {
      ...then(constraint('notes_user_id_fkey')),
      expect: refused('constraint', 'notes_user_id_fkey', ' of relation "notes"'),
    },
    'an index that nothing makes': {...then(index('ix_notes_title')), expect: refused('index', 'ix_notes_title')},
    'one that no rule is to change': {
      ...then('op.drop_index(op.f("ix_notes_title"), table_name="notes")'),
      expect: refused('index', 'ix_notes_title'),
    },
    'the first of several: the revision stops there': {
      ...then(`${index('one')}\n${index('two')}`),
      expect: refused('index', 'one'),
    },
  },
})
