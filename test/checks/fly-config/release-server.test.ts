import releaseServer from '../../../checks/fly-config/release-server.ts'
import {testCheck} from '../../harness.ts'

const release = (command: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${command}"\n`,
    Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "shop.wsgi"]\n',
    ...more,
  },
})
const starts = (what: string) => [
  `error fly.toml:3:1 deploy.release_command starts ${what}, which runs until somebody ends it: the deploy waits for its end until release_command_timeout, and fails`,
]

testCheck(releaseServer, {
  clean: {
    migrations: release('python manage.py migrate'),
    'no release command': {
      files: {'fly.toml': 'app = "shop"\n', Dockerfile: 'FROM python:3.13\nCMD ["gunicorn", "a"]\n'},
    },
    'a server that only looks at its settings': release('gunicorn --check-config shop.wsgi'),
    'a server that is to say its version': release('uvicorn --version'),
    'a daemon': release('gunicorn -D shop.wsgi'),
    'a task of the server': release('flask db upgrade'),
    'a worker until its queue is empty': release('php artisan queue:work --stop-when-empty'),
    'a script that may start a server': release('./start.sh', {
      'start.sh': '#!/bin/sh\nalembic upgrade head\n[ -n "$RELEASE_COMMAND" ] && exit 0\ngunicorn shop.wsgi\n',
    }),
    'a server in the background': release("sh -c 'uvicorn main:app & sleep 5 && curl localhost:8000'"),
    'migrations of rails': release('bin/rails db:migrate'),
    'a package that is named like a server': release('pip show gunicorn'),
  },
  flagged: {
    'a server': {...release('gunicorn shop.wsgi'), expect: starts('gunicorn')},
    'behind a launcher': {...release('poetry run gunicorn app.wsgi'), expect: starts('gunicorn')},
    'as a module of Python': {...release('python -m uvicorn main:app'), expect: starts('uvicorn')},
    'a server of Django': {
      ...release('python manage.py runserver 0.0.0.0:8000'),
      expect: starts('manage.py runserver'),
    },
    'a script of package.json': {
      ...release('npm start', {'package.json': '{"scripts": {"start": "next start"}}'}),
      expect: starts('next start'),
    },
    'behind the migrations, in one line': {
      ...release("sh -c 'alembic upgrade head && exec uvicorn main:app'"),
      expect: starts('uvicorn'),
    },
    'behind a script': {
      ...release('gunicorn shop.wsgi', {
        Dockerfile: 'FROM python:3.13-slim\nCOPY . .\nENTRYPOINT ["./entrypoint.sh"]\n',
        'entrypoint.sh': '#!/bin/sh\nexec "$@"\n',
      }),
      expect: starts('gunicorn').map((each) => each.replace('error', 'warning')),
    },
    'where a deploy leaves the release out': {
      ...release('gunicorn shop.wsgi', {'deploy.sh': 'flyctl deploy --skip-release-command\n'}),
      expect: starts('gunicorn').map((each) => each.replace('error', 'warning')),
    },
  },
})
