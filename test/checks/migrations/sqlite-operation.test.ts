import check from '../../../checks/migrations/sqlite-operation.ts'
import {testCheck} from '../../harness.ts'
import {revision} from '../alembic/projects.ts'

const project = (body: string, more: Record<string, string> = {}, toml = '') => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "alembic upgrade head"\n[env]\nDATABASE_URL = "sqlite+aiosqlite:////data/shop.db"\n${toml}`,
    Dockerfile: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install alembic\n',
    'alembic.ini': '[alembic]\nscript_location = alembic\n',
    'alembic/env.py': 'import os\nfrom alembic import context\nurl = os.environ["DATABASE_URL"]\n',
    'alembic/versions/a.py': revision('aaaa', 'None'),
    'alembic/versions/b.py': revision(
      'bbbb',
      '"aaaa"',
      `from alembic import op\nimport sqlalchemy as sa\n\ndef upgrade():\n    ${body}\n`,
    ),
    ...more,
  },
})
const refused = (call: string, error: string) =>
  `the database is SQLite, which has no ${call} outside of a batch: the revision ends with ${error}`
const constraint = 'op.create_unique_constraint("uq", "users", ["name"])'

testCheck(check, {
  clean: {
    'a batch': project(
      'with op.batch_alter_table("users") as batch:\n        batch.create_unique_constraint("uq", ["name"])',
    ),
    'columns that are added and renamed': project(
      'op.add_column("users", sa.Column("a", sa.Text))\n    op.alter_column("users", "a", new_column_name="b")',
    ),
    'a branch on the database': project(`if op.get_bind().dialect.name != "sqlite":\n        ${constraint}`),
    'a branch': project(`if x:\n        ${constraint}`),
    Postgres: project(constraint, {
      'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "alembic upgrade head"\n',
    }),
    'an address that the code does not ask for': project(constraint, {
      'alembic/env.py': 'from alembic import context\n',
    }),
    'nothing runs them': project(constraint, {
      'fly.toml': 'app = "shop"\n[env]\nDATABASE_URL = "sqlite:////data/shop.db"\n',
    }),
  },
  flagged: {
    'a constraint': {
      ...project(constraint),
      expect: [
        `warning alembic/versions/b.py:7:5 ${refused('op.create_unique_constraint', 'NotImplementedError: No support for ALTER of constraints in SQLite dialect')}`,
      ],
    },
    'a column that may be empty': {
      ...project('op.alter_column("users", "name", existing_type=sa.Text(), nullable=True)'),
      expect: [
        `warning alembic/versions/b.py:7:5 ${refused('op.alter_column', 'OperationalError: near "ALTER": syntax error')}`,
      ],
    },
    'a field of the settings, and two revisions': {
      ...project(constraint, {
        'alembic/env.py': 'from config import settings\n',
        'config.py': 'class Settings(BaseSettings):\n    database_url: str\n',
        'alembic/versions/c.py': revision(
          'cccc',
          '"bbbb"',
          'from alembic import op\n\ndef upgrade():\n    op.drop_constraint("uq", "users")\n',
        ),
      }),
      expect: [
        `warning alembic/versions/c.py:6:5 ${refused('op.drop_constraint', 'NotImplementedError: No support for ALTER of constraints in SQLite dialect')}; 1 more revision has the like`,
      ],
    },
  },
})
