import {describe, expect, it} from 'vitest'
import notNull from '../../checks/migrations/not-null-column.ts'
import transaction from '../../checks/migrations/transaction.ts'
import {checkOne, line, type Project} from '../harness.ts'

const concurrently = 'op.create_index("ix", "t", ["a"], postgresql_concurrently=True)'
const empty = 'op.add_column("orders", sa.Column("day", sa.Date(), nullable=False))'
const file = (id: string) => `alembic/versions/${id}.py`

/** Revisions a, b, c … that follow each other, with what upgrade() does in each. */
function revisions(...bodies: string[]): Project {
  const files = bodies.map((body, index): [string, string] => {
    const [id, parent] = ['abcdefg'[index] as string, 'abcdefg'[index - 1]]
    const down = parent ? `"${parent}"` : 'None'
    return [file(id), `revision = "${id}"\ndown_revision = ${down}\ndef upgrade():\n    ${body}\n`]
  })
  return {
    files: {
      'fly.toml': 'app = "shop"\n[deploy]\n  release_command = "alembic upgrade head"\n',
      Dockerfile: 'FROM python:3.12\nCOPY . .\nRUN pip install -r requirements.txt\n',
      'requirements.txt': 'alembic\npsycopg2-binary\n',
      'alembic.ini': '[alembic]\nscript_location = alembic\n',
      'alembic/env.py': '',
      ...Object.fromEntries(files),
    },
  }
}

const told = async (project: Project, check = transaction) => (await checkOne(project, check)).findings.map(line)
const message =
  'create_index with postgresql_concurrently stands in the transaction of the migration, where Postgres refuses it'

describe('which migrations are looked at', () => {
  it('all that the base lacks, and each as sure as the newest', async () => {
    const project = revisions(concurrently, concurrently, concurrently)
    expect(await told({...project, base: [file('a')]})).toEqual([
      `error ${file('b')}:4:5 ${message}`,
      `error ${file('c')}:4:5 ${message}`,
    ])
  })

  it('none that the base has: it ran, or never will', async () => {
    const project = revisions(concurrently, concurrently)
    expect(await told({...project, base: [file('a'), file('b')]})).toEqual([])
  })

  it('without a base the newest, and of those below one line', async () => {
    expect(await told(revisions(concurrently, concurrently, concurrently, concurrently))).toEqual([
      `warning ${file('a')}:4:5 ${message}; 2 more of the older migrations have the like`,
      `error ${file('d')}:4:5 ${message}`,
    ])
  })

  it('a table that another new migration makes has no rows', async () => {
    const project = revisions('op.create_table("orders")', empty)
    expect(await told({...project, base: []}, notNull)).toEqual([])
    expect(await told({...project, base: [file('a')]}, notNull)).toHaveLength(1)
  })

  it('one that git ignores, and no commit has, by its place in the line', async () => {
    const project = revisions(empty, empty)
    const ignored = {...project, files: {...project.files, '.gitignore': 'alembic/versions/\n'}, base: []}
    expect((await told(ignored, notNull)).map((each) => each.split(':')[0])).toEqual([`warning ${file('b')}`])
  })
})
