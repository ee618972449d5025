import check from '../../../checks/migrations/enum-created-twice.ts'
import {testCheck} from '../../harness.ts'
import {file, migration, old} from './project.ts'

const table = (type: string) => `op.create_table("orders", sa.Column("status", ${type}))`
const made = 'status = sa.Enum("a", name="status")\nstatus.create(op.get_bind())\n'

/** A migration that follows one which has a column of this type. */
const later = (lines: string, type = 'sa.Enum("a", name="status")') =>
  migration(`op.create_table("users", sa.Column("status", ${type}))`, {
    files: {
      'alembic/versions/bbbb.py': `from alembic import op\nimport sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql\nrevision = "bbbb"\ndown_revision = "aaaa"\n\ndef upgrade():\n${lines
        .split('\n')
        .map((line) => `    ${line}\n`)
        .join('')}`,
    },
  })

testCheck(check, {
  clean: {
    'an earlier migration has made it, and the column leaves it alone': later(
      table('postgresql.ENUM("a", name="status", create_type=False)'),
    ),
    'an earlier migration has made it, and it is dropped': later(
      `op.execute("DROP TYPE status")\n${table('sa.Enum("a", name="status")')}`,
    ),
    'an earlier migration has one of another name': later(table('sa.Enum("a", name="state")')),
    'an earlier migration has a text in its place': later(
      table('sa.Enum("a", name="status")'),
      'sa.Enum("a", name="status", native_enum=False)',
    ),
    'an older one, which has run': {
      files: {
        ...later(table('sa.Enum("a", name="status")')).files,
        'alembic/versions/cccc.py': 'revision = "cccc"\ndown_revision = "bbbb"\n',
      },
    },
    'dropped in between': migration(
      'op.execute("CREATE TYPE status AS ENUM (\'a\')")\nop.execute("DROP TYPE IF EXISTS status")\nop.create_table("orders", sa.Column("s", sa.Enum("a", name="status")))',
    ),
    'of another schema': migration(
      'op.execute("CREATE TYPE audit.status AS ENUM (\'a\')")\nop.create_table("orders", sa.Column("s", sa.Enum("a", name="status")))',
    ),
    'create_table makes it alone': migration(table('sa.Enum("a", name="status")')),
    'the column leaves it alone': migration(made + table('postgresql.ENUM("a", name="status", create_type=False)')),
    'two tables with one type: the second finds it made': migration(
      `${table('sa.Enum("a", name="status")')}\n${table('sa.Enum("a", name="status")')}`,
    ),
    'another type': migration(made + table('sa.Enum("a", name="state")')),
    'no type of its own': migration(made + table('sa.Enum("a", name="status", native_enum=False)')),
    'only on another database': migration(`if op.get_bind().dialect.name == "sqlite":\n    ${table('status')}`),
  },
  flagged: {
    'an earlier migration has made it': {
      ...later(table('sa.Enum("a", name="status")')),
      expect: [
        'warning alembic/versions/bbbb.py:8:31 create_table makes the type status, which aaaa.py has made: where that one has run in an earlier deploy, Postgres refuses the second CREATE TYPE',
      ],
    },
    'create_type=False on the general Enum': {
      ...migration(made + table('sa.Enum("a", name="status", create_type=False)')),
      expect: [
        `error ${file}:10:31 create_table makes the type status again: the general Enum does not know create_type=False, only postgresql.ENUM does`,
      ],
    },
    'the variable is the type of the column': {
      ...migration(made + table('status')),
      expect: [
        `error ${file}:10:31 create_table makes the type status, which was created above: Postgres refuses the second CREATE TYPE`,
      ],
    },
    'CREATE TYPE as SQL': {
      ...migration(`op.execute("CREATE TYPE status AS ENUM ('a')")\n${table('postgresql.ENUM("a", name="status")')}`),
      expect: [
        `error ${file}:9:31 create_table makes the type status, which was created above: Postgres refuses the second CREATE TYPE`,
      ],
    },
    'in a branch that may not run': {
      ...migration(
        `if x:\n    status = sa.Enum("a", name="status")\n    status.create(op.get_bind())\n${table('status')}`,
      ),
      expect: [
        `warning ${file}:11:31 create_table makes the type status, which was created above: Postgres refuses the second CREATE TYPE`,
      ],
    },
    'in a function of the module': {
      ...migration('make()', {
        files: {
          [file]: `from alembic import op\nimport sqlalchemy as sa\nrevision = "aaaa"\ndown_revision = None\nstatus = sa.Enum("a", name="status")\n\ndef make():\n    status.create(op.get_bind())\n    ${table('status')}\n\ndef upgrade():\n    make()\n`,
        },
      }),
      expect: [
        `error ${file}:9:31 create_table makes the type status, which was created above: Postgres refuses the second CREATE TYPE`,
      ],
    },
    'a migration that another one follows may have been replaced on the server': {
      ...old(made + table('status')),
      expect: [
        `warning ${file}:10:31 create_table makes the type status, which was created above: Postgres refuses the second CREATE TYPE`,
      ],
    },
  },
})
