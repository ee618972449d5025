import command from '../../../checks/alembic/command.ts'
import {testCheck} from '../../harness.ts'
import {release, withFiles} from './projects.ts'

const run = (text: string) => withFiles(release(text))
const flask = (text: string) => ({
  files: {
    ...release(text),
    'migrations/alembic.ini': '[alembic]\n',
    'migrations/env.py': '',
    'migrations/versions/a.py': 'revision = "aaaa"\ndown_revision = None\n',
  },
})

testCheck(command, {
  clean: {
    'options first': run('alembic -c alembic.ini -x tenant=a upgrade head'),
    'through a runner': run('uv run python -m alembic upgrade head'),
    'alembic current has a -c of its own': run("sh -c 'alembic current -c || alembic upgrade head'"),
    'a revision from a variable': run("sh -c 'alembic upgrade $REVISION'"),
    'a label': run('alembic upgrade shop@head'),
    'flask db upgrade needs no revision': flask('flask db upgrade'),
    'printed, not run': run('echo alembic stamp head'),
  },
  flagged: {
    '-c behind the command': {
      ...run('alembic upgrade head -c alembic.ini'),
      expect: [
        'error fly.toml:3:3 -c stands behind upgrade: alembic exits 2, for its own options come before the command',
      ],
    },
    'no revision': {
      ...run('poetry run alembic upgrade'),
      expect: ['error fly.toml:3:3 alembic upgrade names no revision: it exits 2'],
    },
    'a word that is none': {
      ...run('alembic upgrade latest'),
      expect: ['error fly.toml:3:3 latest is no revision, and alembic stops: it must be head'],
    },
    'a range': {
      ...run('alembic upgrade aaaa:bbbb'),
      expect: ['error fly.toml:3:3 alembic upgrade aaaa:bbbb: a range is for --sql alone, and is refused'],
    },
    'one step': {
      ...run('alembic upgrade +1'),
      expect: ['warning fly.toml:3:3 alembic upgrade +1 goes 1 further at each deploy, however many there are'],
    },
    'only the statements': {
      ...run('alembic upgrade head --sql'),
      expect: ['warning fly.toml:3:3 alembic upgrade --sql prints the statements and runs none'],
    },
    'stamp head before the upgrade': {
      ...run("sh -ec 'alembic stamp head && alembic upgrade head'"),
      expect: [
        'error fly.toml:3:3 alembic stamp head marks every migration as done and runs none, so the upgrade after it does nothing',
      ],
    },
    'stamp head where it may not run: a warning': {
      ...run("sh -ec 'alembic stamp head || true; alembic upgrade head'"),
      expect: [
        'warning fly.toml:3:3 alembic stamp head marks every migration as done and runs none, so the upgrade after it does nothing',
      ],
    },
    'stamp head alone': {
      ...run('alembic stamp head'),
      expect: ['warning fly.toml:3:3 alembic stamp head marks every migration as done and runs none'],
    },
    'a revision that is stamped each time': {
      ...run("sh -ec 'alembic stamp aaaa && alembic upgrade head'"),
      expect: [
        'warning fly.toml:3:3 alembic stamp aaaa before the upgrade: each deploy runs the migrations after aaaa again',
      ],
    },
    'a revision made by the deploy': {
      ...run("sh -ec 'alembic revision --autogenerate -m auto && alembic upgrade head'"),
      expect: [
        'warning fly.toml:3:3 alembic revision makes a revision in a machine that is thrown away: the next deploy does not find the one that the database is at',
      ],
    },
    'a manage.py of Flask': {
      ...flask("sh -ec 'python manage.py db upgrade && python manage.py db migrate --directory migrations'"),
      expect: [
        'warning fly.toml:3:3 flask db migrate makes a revision in a machine that is thrown away: the next deploy does not find the one that the database is at',
      ],
    },
    'flask db migrate': {
      ...flask("sh -ec 'flask db migrate && flask db upgrade'"),
      expect: [
        'warning fly.toml:3:3 flask db migrate makes a revision in a machine that is thrown away: the next deploy does not find the one that the database is at',
      ],
    },
    'a downgrade': {
      ...run('alembic downgrade -1'),
      expect: ['warning fly.toml:3:3 alembic downgrade runs at each deploy, and undoes migrations'],
    },
    "alembic on Flask-Migrate's folder": {
      ...flask('alembic upgrade head'),
      expect: [
        "warning fly.toml:3:3 alembic finds no script_location: migrations/alembic.ini is Flask-Migrate's, which sets it itself",
      ],
    },
  },
})
