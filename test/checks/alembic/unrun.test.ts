import {describe, expect, it} from 'vitest'
import unrun from '../../../checks/alembic/unrun.ts'
import {checkOne, testCheck} from '../../harness.ts'
import {envScript, revision} from './projects.ts'

const project = (more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["uvicorn", "shop:app", "--host", "0.0.0.0"]\n',
    'shop.py': 'app = None\n',
    'alembic.ini': '[alembic]\nscript_location = alembic\n',
    'alembic/env.py': envScript,
    'alembic/versions/a.py': revision('aaaa', 'None'),
    'alembic/versions/b.py': revision('bbbb', '"aaaa"'),
    ...more,
  },
})
const deploy = (steps: string) => ({
  '.github/workflows/deploy.yml': `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n${steps}      - run: flyctl deploy\n`,
})

testCheck(unrun, {
  clean: {
    'the release command': project({'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "alembic upgrade head"\n'}),
    'the command of the image': project({
      Dockerfile: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD alembic upgrade head && uvicorn shop:app\n',
    }),
    'a script that the release command starts': project({
      'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "python migrate.py"\n',
      'migrate.py': 'from alembic import command\n',
    }),
    'the code makes the tables': project({'shop.py': 'Base.metadata.create_all(engine)\napp = None\n'}),
    'the workflow that deploys': project(deploy('      - run: alembic upgrade head\n')),
    'a note says who runs it': project({'DEPLOY.md': 'fly ssh console -C "alembic upgrade head"\n'}),
    'a note of the deployed app': project({
      ...deploy(''),
      'README.md': '## Production\n\nSet DATABASE_URL, and run:\n\n    alembic upgrade head\n',
    }),
    'a workflow of its own, with the address of the database': project({
      ...deploy(''),
      '.github/workflows/migrate.yml':
        'on: push\njobs:\n  migrate:\n    runs-on: ubuntu-latest\n    env:\n      DATABASE_URL: ${{ secrets.DATABASE_URL }}\n    steps:\n      - run: alembic upgrade head\n',
    }),
    'a script of whoever deploys': project({'deploy.sh': 'fly deploy\nalembic upgrade head\n'}),
    'a script that the base image starts': project({'prestart.sh': 'alembic upgrade head\n'}),
    'the image of another service': project({Dockerfile: 'FROM nginx:1.27\nCOPY shop.py /srv/\n'}),
    'the first revision': project({'alembic/versions/b.py': ''}),
  },
  flagged: {
    'the code makes tables, and a migration adds a column': {
      ...project({
        ...deploy(''),
        'shop.py': 'Base.metadata.create_all(engine)\napp = None\n',
        'alembic/versions/b.py': revision('bbbb', '"aaaa"', 'op.add_column("users", sa.Column("memo", sa.Text()))'),
      }),
      expect: [
        'warning fly.toml:1:1 alembic.ini has 2 migrations, and nothing in the deploy, the image or the app runs them: create_all() makes tables, and adds no column to those that are there',
      ],
    },
    'nothing runs them, and whoever deploys may': {
      ...project(),
      expect: [
        'info fly.toml:1:1 alembic.ini has 2 migrations, and nothing in the deploy, the image or the app runs them: the new version starts on the old tables',
      ],
    },
    'a workflow that somebody starts': {
      ...project({
        '.github/workflows/deploy.yml': deploy('')['.github/workflows/deploy.yml'].replace(
          'on: push',
          'on: workflow_dispatch',
        ),
      }),
      expect: [
        'info fly.toml:1:1 alembic.ini has 2 migrations, and nothing in the deploy, the image or the app runs them: the new version starts on the old tables',
      ],
    },
    'a workflow that only tests runs them': {
      ...project({
        ...deploy(''),
        '.github/workflows/test.yml':
          'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: alembic upgrade head\n',
      }),
      expect: [
        'warning fly.toml:1:1 alembic.ini has 2 migrations, and nothing in the deploy, the image or the app runs them: the new version starts on the old tables',
      ],
    },
  },
})

describe('the cure', () => {
  it('calls Flask, where env.py asks the app for its database', async () => {
    const {findings} = await checkOne(project({'alembic/env.py': `from flask import current_app\n${envScript}`}), unrun)
    expect(findings[0]?.hint).toContain('release_command = "flask db upgrade"')
  })
})
