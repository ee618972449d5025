import commandModule from '../../../checks/image/command-module.ts'
import {testCheck} from '../../harness.ts'

const files = {
  'backend/__init__.py': '',
  'backend/main.py': 'app = FastAPI()\n',
  'backend/tasks.py': 'queue = Celery()\n',
}
const project = (command: string, dockerfile = 'COPY . .\n', more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[processes]\napp = "${command}"\n`,
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\n${dockerfile}`,
    ...files,
    ...more,
  },
})
/** A command that a shell reads, where variables of the machines are not known. */
const shell = (command: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\nCOPY backend/ .\nCMD ${command}\n`,
    ...files,
  },
})
const starts = (what: string) => `fly.toml:3:1 [processes] app starts ${what}`
const flat = 'COPY backend/ .\n'
const supervised = (dockerfile: string, section: string) =>
  project('supervisord -n -c supervisord.conf', `RUN pip install supervisor\nCOPY supervisord.conf .\n${dockerfile}`, {
    'supervisord.conf': `[supervisord]\nnodaemon=true\n[program:tasks]\n${section}`,
    'worker/__init__.py': '',
    'worker/__main__.py': '',
  })

/** Django, whose settings name an app. */
const django = (copies: string, apps = "'orders'", more: Record<string, string> = {}) =>
  project('python manage.py migrate', copies, {
    'manage.py':
      "import os, sys\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n",
    'shop/__init__.py': '',
    'shop/settings.py': `INSTALLED_APPS = [\n    'django.contrib.auth',\n    ${apps},\n]\nROOT_URLCONF = 'shop.urls'\n`,
    'shop/urls.py': 'from prices import views\n',
    'orders/__init__.py': '',
    'orders/models.py': '',
    'prices/__init__.py': '',
    'prices/views.py': '',
    ...more,
  })
const some = 'COPY manage.py ./\nCOPY shop shop\nCOPY prices prices\n'

/** A module whose application a function of another one makes. */
const made = (command: string, main: string, api: string) =>
  project(command, 'COPY main.py api.py ./\n', {'main.py': main, 'api.py': api, 'lib/db.py': ''})
const factory = 'def create_app():\n  from lib.db import x\n  return 1\n'

/** A module that imports one of another folder, with a volume, and an install of the project before its code. */
const shop = ({mount = '/app/data', install = '', copy = 'COPY backend backend\n', more = {}} = {}) => ({
  files: {
    ...files,
    'fly.toml': `app = "shop"\n[mounts]\nsource = "d"\ndestination = "${mount}"\n`,
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\nCOPY pyproject.toml ./\n${install}${copy}CMD ["uvicorn", "backend.main:app"]\n`,
    'pyproject.toml': '[project]\nname = "shop"\n',
    'backend/main.py': 'from prices.today import price\napp = FastAPI()\n',
    'prices/__init__.py': '',
    'prices/today.py': 'price = 1\n',
    ...more,
  },
})
const editable = 'RUN pip install -e .\n'
const lost = `warning Dockerfile:3:1 CMD starts backend.main:app, which imports prices.today, but nothing brings prices/today.py into the image, where Python looks in /app`

/** The same behind a script that the machine starts. */
const behind = (script: string, command = 'sh boot.sh', copy = 'COPY backend backend\n') => {
  const {files: laid} = shop()
  return {
    files: {
      ...laid,
      'fly.toml': `app = "shop"\n[processes]\napp = "${command}"\n`,
      Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\n${copy}COPY boot.sh ./\n`,
      'boot.sh': `#!/bin/sh\nset -e\n${script}`,
    },
  }
}

/** A module that no file of the project is, where the image installs these packages. */
const installed = (command: string, requirements = 'gunicorn==23.0.0\nflask==3.1.0\n', more = {}) =>
  project(command, 'COPY requirements.txt /tmp/\nRUN pip install -r /tmp/requirements.txt\nCOPY . .\n', {
    'requirements.txt': requirements,
    ...more,
  })
/** Django, with the module of its settings in [env]. */
const configured = (module: string, more: Record<string, string> = {}) => {
  const {files: laid} = django('RUN pip install django==5.1.4\nCOPY . .\n', "'orders'", more)
  return {files: {...laid, 'fly.toml': `${laid['fly.toml']}[env]\nDJANGO_SETTINGS_MODULE = "${module}"\n`}}
}

const flaskPackages = 'flask==3.1.0\nflask-migrate==4.1.0\n'
const flaskApp = (name: string, more: Record<string, string> = {}) => {
  const {files} = installed('flask db upgrade', flaskPackages, more)
  return {files: {...files, 'fly.toml': `${files['fly.toml']}[env]\nFLASK_APP = "${name}"\n`}}
}

/** The folder that is built is called `project`, and what is in it imports itself by that name. */
const named = (dockerfile: string, packages = 'fastapi==0.115.0\nuvicorn==0.30.0\n') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.13-slim\n${dockerfile}`,
    'requirements.txt': packages,
    'app/main.py': 'from project.app.settings import port\n\napp = FastAPI()\n',
    'app/settings.py': 'port = 8000\n',
    '.git/HEAD': '',
  },
})
const served = (folder: string, copies: string, command: string) =>
  `WORKDIR ${folder}\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n${copies}\nCMD ["uvicorn", "${command}"]\n`

testCheck(commandModule, {
  clean: {
    'a package that is copied by the name of the folder': named(
      served('/srv', 'COPY . ./project/', 'project.app.main:app'),
    ),
    'a folder of the image that is called so': named(served('/project', 'COPY . .\nENV PYTHONPATH=/', 'app.main:app')),
    'a package of that name that is installed': named(
      served('/srv', 'COPY . .', 'app.main:app'),
      'project==1\nuvicorn==0.30.0\n',
    ),
    'a package below src that a list of requirements installs': project(
      'gunicorn shop.main:app',
      'COPY . .\nRUN pip install -r requirements.txt\n',
      {
        'requirements.txt': 'gunicorn\n-r base.txt\n',
        'requirements/base.txt': '-e .\n',
        'setup.py': 'from setuptools import setup\nsetup(name="shop", package_dir={"": "src"}, packages=["shop"])\n',
        'src/shop/__init__.py': '',
        'src/shop/main.py': 'app = object()\n',
      },
    ),
    'a module of the folder into which uv goes': project('uv run --no-sync --directory=backend uvicorn main:app'),
    'a folder of that name, where a RUN writes modules': project(
      'uvicorn server.api:app',
      'COPY . .\nRUN python build.py\n',
      {'server/src/shop/main.py': 'app = FastAPI()\n'},
    ),
    'a folder that only the machines know': shell('uvicorn backend.main:app --app-dir $CODE --port $PORT'),
    'options that only the machines know': shell('gunicorn backend.main:app $GUNICORN_OPTIONS --bind 0.0.0.0:$PORT'),
    'flask, of the app that FLASK_APP names': flaskApp('backend/main.py'),
    'flask, of a package by the name of a file': flaskApp('backend.py', {
      'backend/__init__.py': 'app = Flask(__name__)\n',
    }),
    'flask, which finds app.py': installed('flask db upgrade', flaskPackages, {'app.py': 'app = 1\n'}),
    'flask, which finds a package app': installed('flask db upgrade', flaskPackages, {'app/__init__.py': ''}),
    'flask, which .flaskenv may tell of the app': installed('flask db upgrade', flaskPackages, {'.flaskenv': ''}),
    'a module of the folder in which flyctl runs, which is the top, where it is copied by its name': project(
      'gunicorn shop.workers.mail:app',
      'COPY requirements.txt /tmp/\nRUN pip install -r /tmp/requirements.txt\nCOPY . /app/shop\n',
      {'requirements.txt': 'gunicorn==23.0.0\n', 'workers/mail.py': 'app = 1\n', '.git/HEAD': ''},
    ),
    'a module of the folder in which flyctl runs': installed('python -m shop.workers.mail', undefined, {
      'workers/mail.py': '',
    }),
    'a module that a package may bring': installed(
      'gunicorn superset.app:create_app',
      'apache-superset==4.1.1\ngunicorn\n',
    ),
    'a module that a package of a like name may bring': installed(
      'gunicorn social_web.wsgi',
      'acme-social==1.0\ngunicorn\n',
    ),
    'a package that is fetched elsewhere': installed(
      'gunicorn web.wsgi',
      'gunicorn\nacme-core @ git+https://github.com/acme/core\n',
    ),
    'an index of its own': installed(
      'gunicorn web.wsgi',
      '--extra-index-url https://pypi.acme.dev\nacme-core\ngunicorn\n',
    ),
    'packages that are not known': project('gunicorn web.wsgi'),
    'a step that writes it': {
      files: {
        ...installed('gunicorn web.wsgi').files,
        Dockerfile:
          'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nRUN ./generate.sh web\n',
      },
    },
    'a module of a program of others': installed('python -m playwright'),
    'settings that are there': configured('shop.settings'),
    'settings for a laptop, which a secret is to name': django('COPY . .\n', "'orders'", {
      'manage.py':
        "import os, sys\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.local')\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n",
    }),
    'a function that gunicorn calls': project("gunicorn 'backend.main:create_app()'", undefined, {
      'backend/main.py': 'def create_app():\n    return 1\n',
    }),
    'a function that workers of uvicorn take for what it is': project(
      'gunicorn -k uvicorn.workers.UvicornWorker backend.main:create_app',
      undefined,
      {'backend/main.py': 'def create_app():\n    return 1\n'},
    ),
    'a function that takes the request': project('gunicorn backend.main:app', undefined, {
      'backend/main.py': 'def app(environ, start_response):\n    return []\n',
    }),
    'a script that goes to a folder that is not known': behind('cd "$(dirname "$0")"\nexec uvicorn backend.main:app\n'),
    'a script that copies the modules': behind('cp -r backend/* .\nexec uvicorn main:app\n'),
    'a script that fetches the modules': behind('git clone https://git.example/shop .\npython -m prices.today\n'),
    'a script that says where to look': behind('export PYTHONPATH=/app/lib\nexec uvicorn backend.main:app\n'),
    'a script that goes to the folder with all of them': behind(
      'cd /srv\nexec uvicorn backend.main:app\n',
      'sh boot.sh',
      'COPY . /srv/\n',
    ),
    'a script that is started in another folder': behind(
      'exec uvicorn backend.main:app\n',
      "sh -c 'cd /srv && sh /app/boot.sh'",
      'COPY . /srv/\n',
    ),
    'one of the branches of a script': behind('if [ "$1" = web ]; then\n  exec uvicorn backend.main:app\nfi\n'),
    'a script that goes on without it': behind('uvicorn backend.main:app || true\nsleep 1\n'),
    'a volume that may hold the module': shop({mount: '/app/prices'}),
    'a volume over all': shop({mount: '/app'}),
    'a volume beside all modules': shop({copy: 'COPY . .\n'}),
    'the project is installed with its modules': shop({install: `COPY prices prices\n${editable}`}),
    'an install tells Python of another folder': shop({
      install: editable,
      copy: 'COPY backend backend\nCOPY prices src/prices\n',
    }),
    'the modules are lent to the install': shop({
      install: 'RUN --mount=type=bind,source=.,target=/src pip install /src\n',
    }),
    'a program of supervisord': supervised('COPY worker worker\n', 'command=python -m worker\n'),
    'a program of supervisord in its own folder': supervised(flat, 'command=python -m worker\ndirectory=/srv\n'),
    'a module to run that a RUN may write': project('python -m backend.prices', 'COPY . .\nRUN python make.py\n'),
    'a module that the workflow writes': project('python -m backend.prices', 'COPY . .\n', {
      '.github/workflows/deploy.yml':
        'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: python make.py > backend/prices.py\n      - uses: superfly/flyctl-actions/setup-flyctl@master\n      - run: flyctl deploy\n',
    }),
    'a package with modules elsewhere': project('python -m backend.prices', 'COPY . .\n', {
      'backend/__init__.py': '__path__ = __import__("pkgutil").extend_path(__path__, __name__)\n',
    }),
    'the package is copied': project('uvicorn backend.main:app --host 0.0.0.0'),
    'with its folder': project('uvicorn backend.main:app', 'COPY backend backend\n'),
    'from its own folder': project('uvicorn main:app', flat),
    'in a folder that the server is told': project('uvicorn --app-dir backend main:app'),
    'in a folder that the server goes to': project('gunicorn --chdir=backend main:app -b 0.0.0.0:8080'),
    'in PYTHONPATH': project('uvicorn main:app', 'ENV PYTHONPATH=/app/backend\nCOPY . .\n'),
    'in the folder to which a shell goes': project("sh -c 'cd backend && exec uvicorn main:app'"),
    'somebody else’s package': project('python -m http.server 8080', flat),
    'one of a folder without __init__.py': project('python -m scripts.migrate', 'COPY . .\n', {
      'scripts/migrate.py': '',
    }),
    'one of a folder without __init__.py that a RUN may write': project(
      'python -m scripts.migrate',
      'COPY . .\nRUN python make.py\n',
      {'scripts/backup.py': ''},
    ),
    'a package beside which a folder has its name': project('python -m alembic upgrade head', 'COPY . .\n', {
      'alembic/env.py': '',
    }),
    'all apps of Django are copied': django('COPY . .\n'),
    'an app of Django that a package brings': django('COPY . .\n', "'orders', 'reports'"),
    'an app of Django under a condition': django(some, "'django.contrib.admin'", {
      'shop/settings.py': "INSTALLED_APPS = ['django.contrib.auth']\nif DEBUG:\n    INSTALLED_APPS += ['orders']\n",
    }),
    'the project is installed, by a RUN of several lines': project(
      'uvicorn backend.main:app',
      `${flat}RUN uv pip install --system \\\n  -e ".[postgres]"\n`,
    ),
    'the project is installed as a wheel that a variable names': project(
      'uvicorn backend.main:app',
      'COPY . .\nRUN python -m build --outdir /tmp/dist\nFROM python:3.13-slim\nWORKDIR /app\nCOPY --from=0 /tmp/dist /tmp/dist\nRUN wheel="$(find /tmp/dist -name x)" && pip install --no-cache-dir "${wheel}[cloud]"\n',
    ),
    'the project is installed': project('uvicorn backend.main:app', `${flat}RUN pip install .\n`),
    'a RUN that may move it': project('uvicorn backend.main:app', `${flat}RUN mkdir backend && mv *.py backend\n`),
    'a base image that may have it': {
      files: {...project('uvicorn backend.main:app').files, Dockerfile: 'FROM shop/base\nWORKDIR /app\n'},
    },
    'a module that a task of Django writes': project(
      'uvicorn backend.mian:app',
      'COPY . .\nRUN python manage.py startapp mian\n',
      {'backend/__init__.py': ''},
    ),
    'one on a volume': {
      files: {
        ...files,
        'fly.toml':
          'app = "shop"\n[mounts]\nsource = "d"\ndestination = "/app/backend"\n[processes]\napp = "uvicorn backend.main:app"\n',
        Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\n',
      },
    },
    'a factory': project('uvicorn --factory backend.main:create', 'COPY . .\n', {
      'backend/main.py': 'def create():\n  return FastAPI()\n',
    }),
    'a call': project("gunicorn 'backend.main:create()'", 'COPY . .\n', {'backend/main.py': 'from .x import create\n'}),
    'a name that an import may bring': project('uvicorn backend.main:api', 'COPY . .\n', {
      'backend/main.py': 'from .x import *\n',
    }),
    'a name that a function gives the module': project('uvicorn backend.main:api', 'COPY . .\n', {
      'backend/main.py': 'def load():\n    global api\n    api = FastAPI()\nload()\n',
    }),
    'a name that is bound in a loop or with a with': project('uvicorn backend.main:api', 'COPY . .\n', {
      'backend/main.py': 'def make(): return 1\nfor api in [make()]:\n    pass\n',
    }),
    'a package with a part to run': project('python -m backend.jobs', 'COPY . .\n', {
      'backend/jobs/__init__.py': '',
      'backend/jobs/__main__.py': '',
    }),
    'a module to run of a package that is installed': project('python -m flask.cli'),
    'a class of that name': project('uvicorn backend.main:api', 'COPY . .\n', {
      'backend/main.py': 'class api:\n    def __init__(self, scope): ...\n',
    }),
    'a name in a branch': project('uvicorn backend.main:api', 'COPY . .\n', {
      'backend/main.py': 'if x:\n  api = 1\n',
    }),
    'a celery app in its module': project('celery -A backend.tasks.queue worker'),
    'a module of celery': project('celery -A backend.tasks worker'),
    'an import of a package that a folder of the repository is called after': project('uvicorn main:app', flat, {
      'backend/main.py': 'import redis\nfrom core.redis import pool\napp = 1\n',
      'backend/core/redis.py': '',
    }),
    'an import in a function that nobody is seen to call': made(
      'uvicorn main:app',
      'from api import create_app\napp = 1\n',
      factory,
    ),
    'an import behind what may leave the function': made(
      'uvicorn main:app',
      'from api import create_app\napp = create_app()\n',
      'def create_app():\n  if x:\n    return 2\n  from lib.db import x\n  return 1\n',
    ),
    'an import that may fail': project('uvicorn main:app', flat, {
      'backend/main.py': 'try:\n  import backend.tasks\nexcept ImportError:\n  pass\napp = 1\n',
    }),
    'an entrypoint that goes elsewhere': project('uvicorn main:app', 'COPY . .\nENTRYPOINT ["/app/entrypoint.sh"]\n', {
      'entrypoint.sh': 'cd backend\nexec "$@"\n',
    }),
    'a script beside what it imports': project('python backend/run.py', 'COPY . .\n', {
      'backend/run.py': 'import tasks\nimport redis\n',
    }),
    'a script in a folder, with PYTHONPATH': project('python jobs/run.py', 'ENV PYTHONPATH=/app\nCOPY . .\n', {
      'jobs/run.py': 'from backend.tasks import queue\n',
    }),
    'a script that adds to the path itself': project('python jobs/run.py', 'COPY . .\n', {
      'jobs/run.py': 'import sys\nsys.path.append("/app")\nfrom backend.tasks import queue\n',
    }),
    'the same script as a module': project('python -m jobs.run', 'COPY . .\n', {
      'jobs/run.py': 'from backend.tasks import queue\n',
    }),
    'a package of somebody else’s in a script': project('python jobs/run.py', 'COPY . .\n', {
      'jobs/run.py': 'import redis.asyncio\n',
    }),
    'a module of one word that a declared package brings': project('uvicorn main:app', 'COPY backend/main.py .\n', {
      'backend/main.py': 'import redis, dotenv, queue\napp = 1\n',
      'backend/redis.py': '',
      'backend/dotenv.py': '',
      'backend/queue.py': '',
      'requirements.txt': 'redis\npython-dotenv\n',
    }),
    'a module of one word in another folder of the repository': project(
      'uvicorn main:app',
      'COPY backend/main.py .\n',
      {
        'backend/main.py': 'import stripe\napp = 1\n',
        'scripts/stripe.py': '',
      },
    ),
    'a module that a RUN may write': project(
      'uvicorn main:app',
      'COPY backend/main.py .\nRUN curl -o helpers.py https://shop.example/helpers.py\n',
      {
        'backend/main.py': 'import helpers\napp = 1\n',
        'backend/helpers.py': '',
      },
    ),
  },
  flagged: {
    'a package that is copied without its folder': {
      ...named(served('/srv', 'COPY app app', 'app.main:app')),
      expect: [
        'error Dockerfile:6:1 CMD starts app.main:app, which imports project.app.settings, but app/settings.py is at /srv/app/settings.py in the image, and Python looks in /srv',
      ],
    },
    'one of a folder without __init__.py that has others': {
      ...project('python -m scripts.migrate', 'COPY . .\n', {'scripts/backup.py': ''}),
      expect: [
        'warning fly.toml:3:1 [processes] app starts scripts.migrate, but there is no scripts.migrate in the package, neither a file nor a folder',
      ],
    },
    'a port that only the machines know': {
      ...shell('exec gunicorn backend.main:app -k uvicorn.workers.UvicornWorker -w ${WORKERS:-2} --bind 0.0.0.0:$PORT'),
      expect: [
        'warning Dockerfile:4:1 CMD starts backend.main:app, but backend/main.py is at /app/main.py in the image, and Python looks in /app',
      ],
    },
    'flask, of an app that is nowhere': {
      ...installed('flask --app run.py db upgrade', flaskPackages),
      expect: [
        `warning ${starts('run, but there is no module run in the project, and no package that is installed is called so (ModuleNotFoundError)')}`,
      ],
    },
    'flask, which FLASK_APP tells of what the project has no more': {
      ...flaskApp('run.py'),
      expect: [
        `warning ${starts('run, but there is no module run in the project, and no package that is installed is called so (ModuleNotFoundError)')}`,
      ],
    },
    'flask, which nothing tells of an app': {
      ...installed('flask db upgrade', flaskPackages),
      expect: [
        `warning ${starts('flask, which is told of no app and looks for wsgi.py or app.py in /app: there is neither (Could not locate a Flask application)')}`,
      ],
    },
    'a module of the folder in which flyctl runs, which is the top': {
      ...installed('gunicorn shop.main:app', undefined, {
        'main.py': 'app = Flask(__name__)\n',
        '__pycache__/main.cpython-313.pyc': '',
        '.git/HEAD': '',
      }),
      expect: [
        `warning ${starts('shop.main:app, but main.py is at /app/main.py in the image, and Python looks in /app')}`,
      ],
    },
    'a module that is nowhere': {
      ...installed('gunicorn shop.wsgi', undefined, {'web/wsgi.py': 'app = Flask(__name__)\n'}),
      expect: [
        `error ${starts('shop.wsgi:application, but there is no module shop.wsgi in the project, and no package that is installed is called so (ModuleNotFoundError)')}`,
      ],
    },
    'a module that is nowhere, in a project whose application is in a file of another name': {
      ...installed('gunicorn shop.wsgi', undefined, {'web/main.py': 'app = Flask(__name__)\n'}),
      expect: [
        `warning ${starts('shop.wsgi:application, but there is no module shop.wsgi in the project, and no package that is installed is called so (ModuleNotFoundError)')}`,
      ],
    },
    'a module of one word that is nowhere': {
      ...installed('celery -A jobs worker', 'celery==5.4.0\n'),
      expect: [
        `warning ${starts('jobs, but there is no module jobs in the project, and no package that is installed is called so (ModuleNotFoundError)')}`,
      ],
    },
    'settings that are nowhere': {
      ...configured('shop.settings.production'),
      expect: [
        'error fly.toml:3:1 [processes] app starts manage.py, and Django loads shop.settings.production then, which DJANGO_SETTINGS_MODULE names: there is no such module (ModuleNotFoundError)',
      ],
    },
    'addresses that are nowhere': {
      ...django('RUN pip install django==5.1.4\nCOPY . .\n', "'orders'", {
        'shop/urls.py': "from django.urls import include, path\nurlpatterns = [path('', include('orders.urls'))]\n",
      }),
      expect: [
        'warning shop/urls.py:2:34 [processes] app starts manage.py, and Django loads orders.urls then, which is named here: there is no such module (ModuleNotFoundError)',
      ],
    },
    'a function that makes the app, and that gunicorn is to call itself': {
      ...project('gunicorn backend.main:create_app', undefined, {
        'backend/main.py': 'from flask import Flask\n\n\ndef create_app():\n    return Flask(__name__)\n',
      }),
      expect: [
        `error ${starts('backend.main:create_app, a function of backend/main.py that makes the app and takes nothing: gunicorn hands it each request, which ends with TypeError')}`,
      ],
    },
    'a name that only the path of an import has': {
      ...project('gunicorn backend:backend', undefined, {
        'backend/__init__.py': 'from backend.main import app\n',
      }),
      expect: [`error ${starts('backend:backend, but backend/__init__.py has no backend')}`],
    },
    'a name that the module of the same name does not have': {
      ...project('gunicorn backend.app:app', 'COPY . .\n', {
        'backend/app.py': 'def create_app():\n    app = Flask()\n',
      }),
      expect: [`error ${starts('backend.app:app, but backend/app.py has no app')}`],
    },
    'behind a script': {
      ...behind('python -m backend.main\nexec uvicorn backend.main:app\n'),
      expect: [
        'warning Dockerfile:4:1 [processes] app starts backend.main, which imports prices.today, but nothing brings prices/today.py into the image, where Python looks in /app',
      ],
    },
    'behind a script that goes to another folder': {
      ...behind('cd backend\nexec uvicorn backend.main:app\n'),
      expect: [
        'warning boot.sh:4:1 [processes] app starts backend.main:app, but backend/main.py is at /app/backend/main.py in the image, and Python looks in /app/backend',
      ],
    },
    'an app of Django that is not copied': {
      ...django(some),
      expect: [
        'warning Dockerfile:3:1 [processes] app starts manage.py, which imports orders, but nothing brings orders/__init__.py into the image, where Python looks in /app',
      ],
    },
    'an app of Django by its class, which .dockerignore leaves out': {
      ...django('COPY . .\n', "'orders.apps.OrdersConfig'", {'.dockerignore': 'orders\n'}),
      expect: [
        `warning ${starts('manage.py, which imports orders, but .dockerignore leaves orders/__init__.py out of the image')}`,
      ],
    },
    'what the addresses of Django import, and is not copied': {
      ...django(some.replace('COPY prices prices', 'COPY orders orders')),
      expect: [
        'warning Dockerfile:3:1 [processes] app starts manage.py, which imports prices, but nothing brings prices/__init__.py into the image, where Python looks in /app',
      ],
    },
    'a folder that is not copied, beside a volume': {...shop(), expect: [lost]},
    'a folder that is not copied, behind an install of the project': {...shop({install: editable}), expect: [lost]},
    'a program of supervisord whose package is not copied': {
      ...supervised(flat, 'command=python -m worker\n'),
      expect: [
        'warning supervisord.conf:4:1 [processes] app starts worker, but nothing brings worker/__main__.py into the image, where Python looks in /app',
      ],
    },
    'a module among those that are copied by name': {
      ...project('python main.py', 'COPY main.py cart.py ./\nCOPY static static\n', {
        'main.py': 'import cart\nfrom helpers import x\n',
        'cart.py': '',
        'helpers.py': '',
        'static/logo.svg': '',
      }),
      expect: [
        `warning Dockerfile:3:1 [processes] app starts main.py, which imports helpers, but nothing brings helpers.py into the image, where Python looks in /app`,
      ],
    },
    'a package beside the one that is copied': {
      ...project('uvicorn backend.main:app', 'COPY server/backend backend\n', {
        'server/backend/__init__.py': '',
        'server/backend/main.py': 'from shared import models\napp = 1\n',
        'server/shared/__init__.py': '',
        'server/shared/models.py': '',
      }),
      expect: [
        `warning Dockerfile:3:1 [processes] app starts backend.main:app, which imports shared, but nothing brings server/shared/__init__.py into the image, where Python looks in /app`,
      ],
    },
    'what is nowhere in the image, wherever the code lets Python look': {
      ...project('uvicorn main:app', 'COPY main.py ./\n', {
        'main.py': 'import sys\nsys.path.insert(0, parent)\nfrom helpers import x\napp = 1\n',
        'helpers.py': '',
      }),
      expect: [
        `warning Dockerfile:3:1 [processes] app starts main:app, which imports helpers, but nothing brings helpers.py into the image, where Python looks in /app`,
      ],
    },
    'an import in the function that makes the application': {
      ...made('uvicorn main:app', 'from api import create_app\napp = create_app(1)\n', factory),
      expect: [
        'warning Dockerfile:3:1 [processes] app starts main:app, which imports lib.db, but nothing brings lib/db.py into the image, where Python looks in /app',
      ],
    },
    '… that the server calls': {
      ...made('uvicorn api:create_app --factory', '', factory),
      expect: [
        'warning Dockerfile:3:1 [processes] app starts api:create_app, which imports lib.db, but nothing brings lib/db.py into the image, where Python looks in /app',
      ],
    },
    'an import whose failure is told and raised again': {
      ...project('uvicorn main:app', 'COPY main.py ./\n', {
        'main.py':
          'if not key:\n  raise ValueError\ntry:\n  from helpers import x\nexcept Exception as e:\n  log(e)\n  raise\napp = 1\n',
        'helpers.py': '',
      }),
      expect: [
        `warning Dockerfile:3:1 [processes] app starts main:app, which imports helpers, but nothing brings helpers.py into the image, where Python looks in /app`,
      ],
    },
    'a script that imports from the folder where it runs': {
      ...project('python jobs/run.py', 'COPY . .\n', {'jobs/run.py': 'from backend.tasks import queue\n'}),
      expect: [
        `warning ${starts('jobs/run.py, which imports backend.tasks, but backend/tasks.py is at /app/backend/tasks.py in the image, and Python looks in /app/jobs')}`,
      ],
    },
    'by one word': {
      ...project('python jobs/run.py', 'COPY . .\n', {'jobs/run.py': 'import settings\n', 'settings.py': ''}),
      expect: [
        `warning ${starts('jobs/run.py, which imports settings, but settings.py is at /app/settings.py in the image, and Python looks in /app/jobs')}`,
      ],
    },
    'what an imported module imports is left out': {
      ...project('uvicorn backend.main:app', 'COPY . .\n', {
        'backend/main.py': 'from backend.tasks import queue\napp = 1\n',
        'backend/tasks.py': 'from .settings import debug\n',
        'backend/settings.py': 'debug = 1\n',
        '.dockerignore': 'backend/settings.py\n',
      }),
      expect: [
        `warning ${starts('backend.main:app, which imports .settings, but .dockerignore leaves backend/settings.py out of the image')}`,
      ],
    },
    'the folder of the package is lost': {
      ...project('uvicorn backend.main:app', flat),
      expect: [
        `warning ${starts('backend.main:app, but backend/main.py is at /app/main.py in the image, and Python looks in /app')}`,
      ],
    },
    'the module is in a folder': {
      ...project('gunicorn main:app'),
      expect: [
        `warning ${starts('main:app, but backend/main.py is at /app/backend/main.py in the image, and Python looks in /app')}`,
      ],
    },
    'nothing brings it': {
      ...project('python -m backend.tasks', 'COPY requirements.txt .\n', {'requirements.txt': ''}),
      expect: [
        `warning ${starts('backend.tasks, but nothing brings backend/tasks.py into the image, where Python looks in /app')}`,
      ],
    },
    '.dockerignore leaves it out': {
      ...project('celery -A backend.tasks worker', 'COPY . .\n', {'.dockerignore': 'backend/tasks.py\n'}),
      expect: [`warning ${starts('backend.tasks, but .dockerignore leaves backend/tasks.py out of the image')}`],
    },
    'a path': {
      ...project('fastapi run main.py'),
      expect: [
        `warning ${starts('main.py, but backend/main.py is at /app/backend/main.py in the image, and Python looks in /app')}`,
      ],
    },
    'a module that nothing is called': {
      ...project('uvicorn backend.mian:app'),
      expect: [
        `warning ${starts('backend.mian:app, but there is no backend.mian in the package, neither a file nor a folder')}`,
      ],
    },
    'a worker in a package that is not there, beside an environment of another stage': {
      files: {
        ...project('/opt/venv/bin/celery -A backend.worker.celery_app worker').files,
        Dockerfile:
          'FROM python:3.13-slim AS builder\nWORKDIR /build\nCOPY . .\nRUN uv venv /opt/venv && maturin build --out dist\n' +
          'FROM python:3.13-slim\nWORKDIR /app\nCOPY --from=builder /opt/venv /opt/venv\nCOPY backend backend\n' +
          'CMD ["/opt/venv/bin/celery", "-A", "backend.worker.celery_app", "worker"]\n',
        'backend/__init__.py': '',
        'backend/workers/celery_app.py': 'celery_app = 1\n',
      },
      expect: [
        `warning ${starts('backend.worker.celery_app, but there is no backend.worker in the package, neither a file nor a folder')}`,
      ],
    },
    'a module that nothing is called, behind installs and tasks that write none': {
      ...project(
        'uvicorn backend.mian:app',
        'COPY . .\nRUN uv sync --frozen --no-install-project\nRUN python manage.py collectstatic --noinput\n',
        {'backend/__init__.py': ''},
      ),
      expect: [
        `warning ${starts('backend.mian:app, but there is no backend.mian in the package, neither a file nor a folder')}`,
      ],
    },
    'a module to run that nothing is called': {
      ...project('python -m backend.trader'),
      expect: [
        `warning ${starts('backend.trader, but there is no backend.trader in the package, neither a file nor a folder')}`,
      ],
    },
    'the module has no such name': {
      ...project('uvicorn backend.main:api'),
      expect: [`error ${starts('backend.main:api, but backend/main.py has no api')}`],
    },
    'a function alone has that name': {
      ...project('gunicorn backend.main:app', 'COPY . .\n', {
        'backend/main.py': 'def create_app():\n    app = Flask(__name__)\n    return app\n',
      }),
      expect: [`error ${starts('backend.main:app, but backend/main.py has no app')}`],
    },
    'a class alone has that name': {
      ...project('uvicorn backend.main:app', 'COPY . .\n', {
        'backend/main.py': 'class Server:\n    app = FastAPI()\nserver = Server()\n',
      }),
      expect: [`error ${starts('backend.main:app, but backend/main.py has no app')}`],
    },
    'and a RUN may have written it': {
      ...project('uvicorn backend.main:api', 'COPY . .\nRUN python build.py\n'),
      expect: [`warning ${starts('backend.main:api, but backend/main.py has no api')}`],
    },
    'of celery': {
      ...project('celery -A backend.tasks:app worker'),
      expect: [`warning ${starts('backend.tasks:app, but backend/tasks.py has no app')}`],
    },
    'a folder alone has the name of the package': {
      ...project('uvicorn server.api:app', 'COPY . .\n', {'server/src/shop/main.py': 'app = FastAPI()\n'}),
      expect: [
        `warning ${starts('server.api:app, but Python looks for it in /app/server, where no server.api is, nor anywhere in the project (ModuleNotFoundError)')}`,
      ],
    },
    'uv goes into the folder of the package before it starts it': {
      ...project('uv run --extra web --directory backend uvicorn backend.main:app'),
      expect: [
        `warning ${starts('backend.main:app, but backend/main.py is at /app/backend/main.py in the image, and Python looks in /app/backend')}`,
      ],
    },
    'what it imports is elsewhere': {
      ...project('uvicorn main:app', flat, {'backend/main.py': 'from backend.tasks import queue\napp = 1\n'}),
      expect: [
        `warning ${starts('main:app, which imports backend.tasks, but backend/tasks.py is at /app/tasks.py in the image, and Python looks in /app')}`,
      ],
    },
  },
  skipped: {
    'an address is no module': {
      ...project('gunicorn -b unix:app --workers 2'),
      reason: 'no command names a Python module',
    },
    'no module is named': {...project('./server'), reason: 'no command names a Python module'},
  },
})
