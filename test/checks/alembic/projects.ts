/** Small projects with alembic, for the tests of the checks on it. */
export const release = (command = 'alembic upgrade head') => ({
  'fly.toml': `app = "shop"\n[deploy]\n  release_command = "${command}"\n`,
})

export const revision = (id: string, down: string, body = 'def upgrade():\n    pass\n') =>
  `revision = "${id}"\ndown_revision = ${down}\n${body}`

export const envScript = `from alembic import context

context.configure(connection=connection)
with context.begin_transaction():
    context.run_migrations()
`

/** A project that is well: its release command runs one revision. */
export const base = {
  ...release(),
  'alembic.ini': '[alembic]\nscript_location = alembic\n',
  'alembic/env.py': envScript,
  'alembic/versions/a.py': revision('aaaa', 'None'),
}

/** The same with these files, those of the versions folder by their name alone. */
export const withFiles = <T>(files: Readonly<Record<string, T>>) => ({
  files: {
    ...base,
    ...Object.fromEntries(
      Object.entries(files).map(([path, text]) => [
        /\/|^(?:fly\.toml|Dockerfile|\.dockerignore|\S+\.(?:txt|sh|ini))$/.test(path)
          ? path
          : `alembic/versions/${path}`,
        text,
      ]),
    ),
  },
})
