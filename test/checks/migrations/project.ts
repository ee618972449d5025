/** A project whose release command runs one migration. */
import type {Project} from '../../harness.ts'

export const file = 'alembic/versions/aaaa.py'

interface Parts {
  /** What the image installs beside alembic. */
  requires?: string
  env?: string
  release?: string
  files?: Project['files']
}

/** `lines` are the body of upgrade(); the first stands on line 8. */
export function migration(
  lines: string,
  {requires = 'psycopg2-binary', env = '', release, files}: Parts = {},
): Project {
  return {
    files: {
      'fly.toml': `app = "shop"\n[deploy]\n  release_command = "${release ?? 'alembic upgrade head'}"\n`,
      Dockerfile: 'FROM python:3.12\nCOPY . .\nRUN pip install -r requirements.txt\n',
      'requirements.txt': `alembic\n${requires}\n`,
      'alembic.ini': '[alembic]\nscript_location = alembic\n',
      'alembic/env.py': env,
      [file]: `from alembic import op\nimport sqlalchemy as sa\nfrom sqlalchemy.dialects import mysql, postgresql\nrevision = "aaaa"\ndown_revision = None\n\ndef upgrade():\n${lines
        .split('\n')
        .map((line) => `    ${line}\n`)
        .join('')}`,
      ...files,
    },
  }
}

const next = 'alembic/versions/bbbb.py'

/** Two migrations; `lines` are the body of the second one's upgrade(), and the first of them stands on its line 7. */
export const followed = (first: string, lines: string, files: Project['files'] = {}): Project =>
  migration(first, {
    files: {
      [next]: `from alembic import op\nimport sqlalchemy as sa\nrevision = "bbbb"\ndown_revision = "aaaa"\n\ndef upgrade():\n${lines
        .split('\n')
        .map((line) => `    ${line}\n`)
        .join('')}`,
      ...files,
    },
  })

/** The same, followed by another migration: it was deployed already, or would have failed. */
export const old = (lines: string, parts: Parts = {}): Project =>
  migration(lines, {
    ...parts,
    files: {'alembic/versions/bbbb.py': 'revision = "bbbb"\ndown_revision = "aaaa"\n', ...parts.files},
  })

/** A project of Phoenix whose release runs these migrations: each is the body of change(), and begins on its line 4. */
export const ecto = (bodies: readonly string[], files: Project['files'] = {}): Project => ({
  files: {
    'fly.toml': 'app = "shop"\n[deploy]\n  release_command = "/app/bin/migrate"\n',
    'mix.exs':
      'defmodule Shop.MixProject do\n  defp deps, do: [{:ecto_sql, "~> 3.13"}, {:postgrex, ">= 0.0.0"}]\nend\n',
    ...Object.fromEntries(
      bodies.map((body, index) => [
        ectoFile(index + 1),
        `defmodule Shop.Repo.Migrations.M${index} do\n  use Ecto.Migration\n  def change do\n${body.replace(/^/gm, '    ')}\n  end\nend\n`,
      ]),
    ),
    ...files,
  },
})

export const ectoFile = (number: number): string => `priv/repo/migrations/${number}_m.exs`
