import check from '../../../checks/migrations/missing-extension.ts'
import {testCheck} from '../../harness.ts'
import {followed} from './project.ts'

const table = 'op.create_table("notes", sa.Column("id", sa.Integer))'
/** What a second migration does. */
const then = (lines: string, files: Record<string, string> = {}) => followed(table, lines, files)
const sql = (statement: string) => then(`op.execute("""${statement}""")`)
const vector = 'op.add_column("notes", sa.Column("embedding", Vector(1536)))'
const told = (extension: string, use: string) =>
  `warning alembic/versions/bbbb.py:7:5 this needs the extension ${extension} (${use}), and nothing in the project makes it: in a new database Postgres does not know it`

testCheck(check, {
  clean: {
    'in downgrade': then('pass', {
      'alembic/versions/bbbb.py': `revision = "bbbb"\ndown_revision = "aaaa"\n\ndef upgrade():\n    pass\n\ndef downgrade():\n    ${vector}\n`,
    }),
    'a type of Postgres itself': sql('ALTER TABLE notes ADD COLUMN uid uuid DEFAULT gen_random_uuid()'),
    'a migration makes the extension': then(`op.execute("CREATE EXTENSION IF NOT EXISTS vector")\n${vector}`),
    'the app makes it': then(vector, {'db.py': 'run("create extension if not exists vector")\n'}),
    'the notes say how': then(vector, {'README.md': 'Run `CREATE EXTENSION vector` once.\n'}),
    'a column of that name': sql('ALTER TABLE notes ADD COLUMN vector bytea'),
    'a comment': then('pass  # uses gin_trgm_ops later'),
  },
  flagged: {
    'a column of vectors': {...then(vector), expect: [told('vector', 'the type vector')]},
    'the type in SQL': {
      ...sql('ALTER TABLE notes ADD COLUMN e vector(3)'),
      expect: [told('vector', 'the type vector')],
    },
    'an operator class': {
      ...then('op.create_index("ix", "notes", ["id"], postgresql_using="gin", postgresql_ops={"id": "gin_trgm_ops"})'),
      expect: [told('pg_trgm', 'operator classes')],
    },
    'a function': {
      ...sql('ALTER TABLE notes ADD COLUMN uid uuid DEFAULT uuid_generate_v4()'),
      expect: [told('uuid-ossp', 'function uuid_generate_v4()')],
    },
    'a text without regard to capitals': {
      ...sql('ALTER TABLE notes ADD COLUMN mail citext NOT NULL'),
      expect: [told('citext', 'the type citext')],
    },
  },
})
