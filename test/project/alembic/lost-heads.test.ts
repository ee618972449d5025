import {execFileSync} from 'node:child_process'
import {expect, it} from 'vitest'
import parents from '../../../checks/alembic/parents.ts'
import {preflight} from '../../../src/preflight.ts'
import {temporary} from '../../cli.ts'

const revision = (id: string, down: string) =>
  `revision: str = "${id}"\ndown_revision = ${down}\n\ndef upgrade():\n    pass\n`
const files = (release = 'alembic upgrade head') => ({
  'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${release}"\n`,
  'alembic.ini': '[alembic]\nscript_location = alembic\n',
  'alembic/env.py': '',
  'alembic/versions/a.py': revision('aaaa', 'None'),
  'alembic/versions/b.py': revision('bbbb', '"aaaa"'),
})

/** What is told once the second commit has been made by a script. */
async function told(script: string, more: Record<string, string> = {}, release?: string): Promise<string[]> {
  const root = temporary({...files(release), ...more})
  const commit = 'git add -A; git -c user.name=x -c user.email=x@example.com commit -qm'
  execFileSync('bash', ['-ec', `git init -q -b main\n${commit} first\n${script}\n${commit} second`], {cwd: root})
  const {checks} = await preflight({root, offline: true, only: [parents.id]})
  return (
    checks[0]?.findings.map(({severity, location, message}) => `${severity} ${JSON.stringify(location)} ${message}`) ??
    []
  )
}
const write = (name: string, id: string, down: string) =>
  `cat > alembic/versions/${name}.py <<'E'\n${revision(id, down)}E`

it('tells a head that was deleted, and what stands in its place', async () => {
  const [finding, another] = await told(`rm alembic/versions/b.py\n${write('c', 'cccc', '"aaaa"')}`)
  expect(another).toBeUndefined()
  expect(finding).toMatch(
    /^warning .*alembic\/versions\/c\.py.*the commit before has the head bbbb, and no file has this revision any more: .*ends release_command with "Can't locate revision identified by 'bbbb'"$/,
  )
})

it('tells a head that has another id now', async () => {
  expect(await told(write('b', 'bbb2', '"aaaa"'))).toHaveLength(1)
})

it.each<[string, string, Record<string, string>?, string?]>([
  ['a new revision that follows it', write('c', 'cccc', '"bbbb"')],
  ['the same revision in another file', 'git mv alembic/versions/b.py alembic/versions/b_notes.py'],
  [
    'an older revision that is written anew',
    `rm alembic/versions/a.py\n${write('z', 'zzzz', 'None')}\n${write('b', 'bbbb', '"zzzz"')}`,
  ],
  [
    'several heads before: no deploy of it came to an end',
    'rm alembic/versions/b.py',
    {'alembic/versions/c.py': revision('cccc', '"aaaa"')},
  ],
  [
    'a revision that cannot be read',
    'rm alembic/versions/b.py',
    {'alembic/versions/b.py': 'import os\nrevision = os.environ["ID"]\ndown_revision = "aaaa"\n'},
  ],
  ['nothing that runs them', `rm alembic/versions/b.py`, {}, 'true'],
])('is silent: %s', async (_, script, more, release) => {
  expect(await told(script, more, release)).toEqual([])
})
