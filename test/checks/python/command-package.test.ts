import commandPackage from '../../../checks/python/command-package.ts'
import {testCheck} from '../../harness.ts'

/** Django's own Dockerfile, which runs `command` in the build. */
const django = (command: string, requirements: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.12-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nRUN ${command}\nCMD ["gunicorn", "shop.wsgi"]\n`,
    'requirements.txt': requirements,
    'manage.py': '',
    'shop/wsgi.py': '',
  },
})

const project = (requirements: string, more: Record<string, string> = {}, command = 'alembic upgrade head') => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\n  release_command = "${command}"\n`,
    Dockerfile:
      'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nCMD ["uvicorn", "main:app"]\n',
    'requirements.txt': requirements,
    ...more,
  },
})

testCheck(commandPackage, {
  clean: {
    'collectstatic runs in the build, and all are there': django(
      'python manage.py collectstatic --noinput',
      'django\ngunicorn\n',
    ),
    'all are there': project('uvicorn\nalembic\n'),
    'another package brings it': project('uvicorn\nflask-migrate\n'),
    'an extra brings it': project('fastapi[standard]\nalembic\n'),
    'FastAPI 0.111 brought uvicorn': project('fastapi==0.111.0\nalembic\n'),
    'the class of workers is there': project(
      'gunicorn\nuvicorn\n',
      {},
      'gunicorn -k uvicorn.workers.UvicornWorker main:app',
    ),
    'a class of gunicorn itself': project('gunicorn\nuvicorn\n', {}, 'gunicorn --worker-class gthread main:app'),
    'an extra of gunicorn brings gevent': project('gunicorn[gevent]\nuvicorn\n', {}, 'gunicorn -k gevent main:app'),
    'a package of the system brings the class of workers': {
      files: {
        ...project('uvicorn\n', {}, 'gunicorn -k gevent main:app').files,
        Dockerfile:
          'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y gunicorn python3-gevent\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["uvicorn", "main:app"]\n',
      },
    },
    'uv takes the file as the list of what is installed': {
      files: {
        ...project('uvicorn\nalembic\n').files,
        Dockerfile:
          'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install uv && uv pip sync --system requirements.txt\nCOPY . .\nCMD ["uvicorn", "main:app"]\n',
      },
    },
    'fastapi run with its extra': project('fastapi[standard]\n', {}, 'fastapi run main.py'),
    'fastapi run with the package of the program': project(
      'fastapi\nfastapi-cli\nuvicorn\n',
      {},
      'fastapi run main.py',
    ),
    'a program of the project': project('uvicorn\n', {}, './migrate.sh'),
  },
  flagged: {
    'fastapi run without the extra, in a virtual environment': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM python:3.12 AS builder\nWORKDIR /app\nRUN python -m venv .venv\nCOPY requirements.txt ./\nRUN .venv/bin/pip install -r requirements.txt\nFROM python:3.12-slim\nWORKDIR /app\nCOPY --from=builder /app/.venv .venv/\nCOPY . .\nCMD ["/app/.venv/bin/fastapi", "run"]\n',
        'requirements.txt': 'fastapi\nuvicorn\n',
        'main.py': '',
      },
      expect: [
        'error Dockerfile:10:1 fastapi is what CMD runs, and no package that the image installs brings what it works with: it asks for fastapi[standard], and ends',
      ],
    },
    'the server itself': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM python:3.12\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "a:b"]\n',
        'requirements.txt': 'flask\n',
      },
      expect: ['error Dockerfile:4:1 gunicorn is what CMD runs, and no package that the image installs brings it'],
    },
    'the build runs collectstatic, which installs nothing': {
      ...django('python manage.py collectstatic --noinput', 'django\n'),
      expect: ['error Dockerfile:7:1 gunicorn is what CMD runs, and no package that the image installs brings it'],
    },
    'alembic is nowhere': {
      ...project('uvicorn\nsqlalchemy\n'),
      expect: [
        'error fly.toml:3:3 alembic is what release_command runs, and no package that the image installs brings it',
      ],
    },
    'only in a file that is not installed': {
      ...project('uvicorn\n', {'requirements-dev.txt': 'alembic\n'}, 'python -m alembic upgrade head'),
      expect: [
        'error fly.toml:3:3 alembic is what release_command runs, and no package that the image installs brings it: requirements-dev.txt has it, but no step installs that',
      ],
    },
    'beside a package that is not known: a warning': {
      ...project('uvicorn\nacme\n'),
      expect: [
        'warning fly.toml:3:3 alembic is what release_command runs, and no package that the image installs brings it',
      ],
    },
    'the class of the workers': {
      ...project('gunicorn\nfastapi\nuvicorn\n', {}, 'gunicorn -w 2 --worker-class gevent main:app'),
      expect: [
        'error fly.toml:3:3 gevent is the worker class that gunicorn imports, and no package that the image installs brings gevent',
      ],
    },
    'the server': {
      ...project('alembic\nfastapi\n'),
      expect: ['error Dockerfile:5:1 uvicorn is what CMD runs, and no package that the image installs brings it'],
    },
  },
  skipped: {
    'an environment of Pipenv, in a stage with the pip that installed Pipenv': {
      files: {
        'fly.toml': 'app = "shop"\n[processes]\n  web = "daphne -b 0.0.0.0 shop.asgi:application"\n',
        Dockerfile:
          'FROM python:3.12-alpine AS base\nRUN pip install pipenv\nFROM base AS build\nENV PIPENV_VENV_IN_PROJECT=1\nWORKDIR /app\nCOPY Pipfile Pipfile.lock ./\nRUN pipenv install --deploy\nFROM base\nENV PATH=/app/.venv/bin:$PATH\nCOPY --from=build /app/.venv /app/.venv\nCOPY . /app/\nWORKDIR /app\n',
        Pipfile: '[packages]\ndjango = "*"\ndaphne = "*"\n',
        'Pipfile.lock': '{"default": {"django": {}, "daphne": {}}}',
        'shop/asgi.py': '',
      },
      reason: 'not every installed Python package can be told',
    },
    'a command of an app, which may do anything, runs in the build': {
      ...django('python manage.py prepare', 'django\n'),
      reason: 'not every installed Python package can be told',
    },
    'a script, which may do anything, has the words of Django': {
      ...django('python tool.py collectstatic', 'django\n'),
      reason: 'not every installed Python package can be told',
    },
    'a tool of uv, which has an environment of its own': {
      files: {
        ...project('uvicorn\n').files,
        Dockerfile:
          'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install uv -r requirements.txt && uv tool install alembic\nCOPY . .\nCMD ["uvicorn", "main:app"]\n',
      },
      reason: 'not every installed Python package can be told',
    },
    'an install that cannot be told': {
      ...project('uvicorn\n-e .\n'),
      reason: 'not every installed Python package can be told',
    },
  },
})
