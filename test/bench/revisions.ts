import {spawnSync} from 'node:child_process'
import type {Measurement} from './bench.ts'
import {preflight, timed, withProject} from './run.ts'

const count = 2000

/** A project with many migrations, against alembic itself, which only looks for the heads. */
export function revisions(): Promise<Measurement | string> {
  if (spawnSync('alembic', ['--version']).error) return Promise.resolve('there is no alembic on this machine')
  const files: Record<string, string> = {
    'fly.toml':
      'app = "shop"\n\n[build]\ndockerfile = "Dockerfile"\n\n[deploy]\nrelease_command = "alembic upgrade head"\n',
    Dockerfile:
      'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install alembic psycopg2-binary\nCMD ["python"]\n',
    'alembic.ini': '[alembic]\nscript_location = alembic\n',
    'alembic/env.py': 'from alembic import context\n',
  }
  for (let index = 0; index < count; index++) {
    const id = String(index).padStart(12, '0')
    const before = index === 0 ? 'None' : `"${String(index - 1).padStart(12, '0')}"`
    files[`alembic/versions/${id}_step.py`] =
      `"""step"""\nimport sqlalchemy as sa\nfrom alembic import op\n\nrevision = "${id}"\ndown_revision = ${before}\nbranch_labels = None\ndepends_on = None\n\n\ndef upgrade():\n    op.add_column("t", sa.Column("c${index}", sa.Integer(), nullable=True))\n\n\ndef downgrade():\n    op.drop_column("t", "c${index}")\n`
  }
  return withProject(files, (folder) => ({
    what: `a project with ${count} revisions, against alembic heads`,
    took: preflight(['--offline', '--json'], folder, 3),
    against: timed('alembic', ['heads'], folder, 3)[0],
    budget: 1,
  }))
}
