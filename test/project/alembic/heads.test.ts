import {execFileSync} from 'node:child_process'
import {describe, expect, it} from 'vitest'
import heads from '../../../checks/alembic/heads.ts'
import {preflight} from '../../../src/preflight.ts'
import type {AlembicEnvironment} from '../../../src/project/alembic/environment.ts'
import {mergeCommand} from '../../../src/project/alembic/heads.ts'
import {temporary} from '../../cli.ts'

type Parts = Parameters<typeof mergeCommand>[0]

describe('the command that joins heads', () => {
  const command = (parts: Partial<Parts>, paths: readonly string[] = []) =>
    mergeCommand(
      {config: 'alembic.ini', section: 'alembic', flask: false, cwd: '.', upgrade: undefined, ...parts},
      [{id: 'aaaa'}, {id: 'b c'}],
      new Set(paths),
    )
  const upgrade = {command: 'poetry run alembic upgrade head'} as AlembicEnvironment['upgrade']

  it.each<[string, Partial<Parts>, string[], string]>([
    ['alembic alone', {}, [], `alembic merge -m "merge heads" aaaa 'b c'`],
    ['by what has the lock file', {}, ['uv.lock'], `uv run alembic merge -m "merge heads" aaaa 'b c'`],
    ['as the deploy calls it', {upgrade}, ['uv.lock'], `poetry run alembic merge -m "merge heads" aaaa 'b c'`],
    [
      'in the folder of its configuration',
      {config: 'api/alembic.ini', cwd: 'api'},
      ['api/poetry.lock'],
      `cd api && poetry run alembic merge -m "merge heads" aaaa 'b c'`,
    ],
    [
      'another file and section',
      {config: 'conf/alembic.ini', section: 'shop'},
      [],
      `alembic -c conf/alembic.ini -n shop merge -m "merge heads" aaaa 'b c'`,
    ],
    ['pyproject.toml', {config: 'pyproject.toml'}, [], `alembic merge -m "merge heads" aaaa 'b c'`],
    [
      'Flask-Migrate',
      {config: 'migrations/alembic.ini', flask: true, cwd: 'migrations'},
      ['Pipfile'],
      `pipenv run flask db merge -m "merge heads" aaaa 'b c'`,
    ],
    [
      'its folder by another name, below',
      {config: 'web/db/alembic.ini', flask: true, cwd: 'web/db'},
      [],
      `cd web && flask db merge -d db -m "merge heads" aaaa 'b c'`,
    ],
  ])('%s', (_, parts, paths, expected) => {
    expect(command(parts, paths)).toBe(expected)
  })
})

it('alembic/heads names the commits that brought the heads', async () => {
  const revision = (id: string, down: string) => `revision = "${id}"\ndown_revision = ${down}\n`
  const root = temporary({
    'fly.toml': 'app = "shop"\n',
    'alembic.ini': '[alembic]\nscript_location = alembic\n',
    'alembic/env.py': '',
    'alembic/versions/a.py': revision('a', 'None'),
    'alembic/versions/b.py': revision('b', '"a"'),
    'alembic/versions/c.py': revision('c', '"a"'),
  })
  const at = (day: string) => `GIT_COMMITTER_DATE=2026-${day}T12:00:00Z git -c user.name=x -c user.email=x@example.com`
  const script = `git init -q -b main
git add fly.toml alembic.ini alembic/env.py alembic/versions/a.py; ${at('11-01')} commit -qm first
git add alembic/versions/b.py; ${at('11-02')} commit -qm second
echo >> alembic/versions/b.py; git add -u; ${at('11-03')} commit -qm touched`
  execFileSync('bash', ['-ec', script], {cwd: root})
  const report = await preflight({root, offline: true, only: [heads.id]})
  expect(report.checks[0]?.findings[0]?.hint).toMatch(
    /^Join them: alembic merge -m "merge heads" b c, or let one revise the other\. b\.py came with commit [0-9a-f]{7} of 2026-11-02\.$/,
  )

  // Of one commit nothing tells which came first.
  execFileSync(
    'bash',
    [
      '-ec',
      'rm -rf .git; git init -q -b main; git add .; git -c user.name=x -c user.email=x@example.com commit -qm all',
    ],
    {cwd: root},
  )
  const squashed = await preflight({root, offline: true, only: [heads.id]})
  expect(squashed.checks[0]?.findings[0]?.hint).toMatch(/or let one revise the other\.$/)
})
