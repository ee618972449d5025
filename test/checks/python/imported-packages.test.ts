import importedPackages from '../../../checks/python/imported-packages.ts'
import {testCheck} from '../../harness.ts'

const dockerfile = (install: string) =>
  `FROM python:3.12-slim\nWORKDIR /app\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/\nCOPY requirement*.txt pyproject.toml *.lock ./\nRUN ${install}\nCOPY . .\nCMD ["uvicorn", "main:app"]\n`
const project = (files: Record<string, string>, install = 'pip install -r requirements.txt') => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile: dockerfile(install), ...files},
})
const app = 'import stripe\nfrom fastapi import FastAPI\n\napp = FastAPI()\n'
const manifest = (...names: string[]) =>
  `[project]\nname = "shop"\ndependencies = [${names.map((name) => `"${name}"`).join(', ')}]\n[dependency-groups]\ndev = ["stripe"]\n`
const packages = (...names: string[]) =>
  names
    .map((line) => {
      const [name, ...brings] = line.split(' ')
      const list = brings.map((each) => `    { name = "${each}" },\n`).join('')
      return `[[package]]\nname = "${name}"\nversion = "1.0"\nsource = { registry = "https://pypi.org/simple" }\n${list && `dependencies = [\n${list}]\n`}\n`
    })
    .join('')
/** Pages that node builds, beside an app of Python. */
const beside = (build: string, copy = 'COPY --from=pages /pages/dist ./static', base = 'node:22-slim') => {
  const {files} = project({'requirements.txt': 'fastapi\nuvicorn\n', 'main.py': app})
  const pages = `FROM ${base} AS pages\nWORKDIR /pages\nCOPY package.json ./\n${build}\n`
  return {
    files: {
      ...files,
      'package.json': '{"scripts": {"build": "vite build"}}',
      Dockerfile: `${pages}${files.Dockerfile?.replace('CMD', `${copy}\nCMD`)}`,
    },
  }
}
const pages = 'RUN npm install\nCOPY . .\nRUN npm run build'
/** Django, as a server that imports shop/wsgi.py has it. */
const django = (settings: string, more: Record<string, string> = {}, start = 'get_wsgi_application()') => {
  const {files} = project({
    'requirements.txt': 'django\ngunicorn\n',
    'shop/__init__.py': '',
    'shop/wsgi.py': `import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = ${start}\n`,
    'shop/settings.py': settings,
    ...more,
  })
  return {
    files: {
      ...files,
      Dockerfile: files.Dockerfile?.replace('"uvicorn", "main:app"', '"gunicorn", "shop.wsgi:application"') ?? '',
    },
  }
}
/** Flask, whose application a function makes. */
const factory = (
  body: string,
  more: Record<string, string> = {},
  start = '"gunicorn", "main:app", "--bind", "0.0.0.0:8080"',
) => {
  const {files} = project({
    'requirements.txt': 'flask\ngunicorn\n',
    'main.py': 'from shop import create_app\napp = create_app()\n',
    'shop/__init__.py': `from flask import Flask\n\ndef create_app():\n    """Makes the app, to return it."""\n    app = Flask(__name__)\n${body}    return app\n`,
    'shop/pay.py': 'import stripe\n',
    ...more,
  })
  return {files: {...files, Dockerfile: files.Dockerfile?.replace('"uvicorn", "main:app"', start) ?? ''}}
}
const paid = [
  "warning shop/pay.py:1:1 CMD imports stripe here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'stripe')",
]
const uv = (lock: string, more: string, pyproject = manifest('fastapi'), code = app) =>
  project({'pyproject.toml': pyproject, 'uv.lock': lock, 'main.py': code}, `uv sync ${more}`)
/** The same, started by uv. */
const uvRun = (options: string) => {
  const {files} = uv(packages('fastapi', 'stripe'), '--frozen --no-dev')
  return {
    files: {...files, Dockerfile: files.Dockerfile?.replace('"uvicorn"', `"uv", "run", ${options}"uvicorn"`) ?? ''},
  }
}
const grouped =
  '[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\nfastapi = "*"\n[tool.poetry.group.dev.dependencies]\nstripe = "*"\n'
const poetry = (options: string, more = '') =>
  project(
    {'pyproject.toml': grouped + more, 'poetry.lock': packages('fastapi', 'stripe'), 'main.py': app},
    `pip install poetry && poetry install ${options}`,
  )
const inGroup =
  "imports stripe here, and nothing that the image installs brings it: stripe is in a group that the Dockerfile leaves out (ModuleNotFoundError: No module named 'stripe')"

/** Wheels that one stage builds and the last one installs. */
const wheels = (
  build: string,
  install = 'pip install --no-cache-dir /wheels/*',
  requirements = 'fastapi\nuvicorn\n',
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.12-slim AS builder\nWORKDIR /build\nCOPY requirements.txt ./\nRUN ${build}\nFROM python:3.12-slim\nWORKDIR /app\nCOPY --from=builder /build/wheels /wheels\nRUN ${install}\nCOPY . .\nCMD ["uvicorn", "main:app"]\n`,
    'requirements.txt': requirements,
    'requirements-dev.txt': 'stripe\n',
    'main.py': app,
  },
})
const builds = 'pip wheel --no-cache-dir --wheel-dir wheels -r requirements.txt'

testCheck(importedPackages, {
  clean: {
    'wheels of another stage, with the package': wheels(builds, undefined, 'fastapi\nuvicorn\nstripe\n'),
    'wheels of another stage, into which something else is laid': wheels(`${builds} && cp extra/*.whl wheels/`),
    'wheels of another stage, and an index of its own': wheels(`${builds} && pip download -d wheels -r more.txt`),
    'wheels of another stage without what they need, and nothing brings that': wheels(
      builds.replace('wheel ', 'wheel --no-deps '),
      'pip install --no-deps /wheels/*',
    ),
    'wheels of the context': wheels(builds, 'pip install vendor/*.whl'),
    'a module of Python, after which a plug-in for tests is called': django(
      "INSTALLED_APPS = ['orders']\nimport asyncio\n",
      {
        'requirements-dev.txt': 'pytest-asyncio\ntypes-simplelib\n',
        'orders/__init__.py': '',
        'orders/models.py': 'import simplelib\n',
      },
    ),
    'a package of a like name is installed': django("INSTALLED_APPS = ['debug_toolbar']\n", {
      'requirements.txt': 'django\ngunicorn\nacme-debug-toolbar\n',
      'requirements-dev.txt': 'django-debug-toolbar==4.4.6\n',
    }),
    'packages of one folder, which others bring along': project({
      'requirements.txt': 'fastapi\nuvicorn\nlangchain-google-genai\nfirebase-admin\nlogfire[fastapi]\n',
      'main.py':
        'from google import genai\nfrom google.cloud import storage\nfrom opentelemetry.instrumentation.fastapi import FastAPIInstrumentor\nfrom fastapi import FastAPI\n\napp = FastAPI()\n',
    }),
    'packages of one folder': project({
      'requirements.txt':
        'fastapi\nuvicorn\ngoogle-genai\nopentelemetry-exporter-otlp\nopentelemetry-instrumentation-redis\n',
      'main.py':
        'from google.genai import types\nfrom opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter\nimport opentelemetry.instrumentation.redis\nfrom fastapi import FastAPI\n\napp = FastAPI()\n',
    }),
    'an install behind an if that ends with a question': project({
      Dockerfile:
        'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN if grep -q a b; then grep -q c d; fi && pip install -r requirements.txt\nCMD ["uvicorn", "main:app"]\n',
      'requirements.txt': 'fastapi\nuvicorn\n',
      'main.py': 'import argon2\nfrom fastapi import FastAPI\n\napp = FastAPI()\n',
    }),
    'a folder google of the project': project({
      'requirements.txt': 'fastapi\nuvicorn\n',
      'google/genai.py': '',
      'main.py': 'from google import genai\nfrom fastapi import FastAPI\n\napp = FastAPI()\n',
    }),
    'node builds pages, and python installs packages there': beside(`${pages} && pip install stripe`),
    'node builds pages with a script of its own': beside(`${pages}\nRUN ./more.sh`),
    'node builds pages, and packages of Python come from there': beside(
      pages,
      'COPY --from=pages /pages/site-packages /usr/local/lib/python3.12/site-packages',
    ),
    'an image of somebody else builds pages': beside(pages, undefined, 'example/builder'),
    'another package brings a common one': project({
      'requirements.txt': 'fastapi\nuvicorn\nrequests-oauthlib\n',
      'main.py': app.replace('stripe', 'requests'),
    }),
    'uv run installs the group for development': uvRun(''),
    'uv run installs a group that it is told of': uvRun('"--no-dev", "--group", "payments", '),
    'one group of two is left out': poetry('--without dev', '[tool.poetry.group.pay.dependencies]\nboto3 = "*"\n'),
    'a group of another name is left out': poetry('--without docs'),
    'an app of Django without models, and one that imports what is there': django(
      'INSTALLED_APPS = ["blog", "shop"]\n',
      {
        'blog/__init__.py': '',
        'blog/views.py': 'import taggit\n',
        'shop/models.py':
          'from django.db import models\ntry:\n    import taggit\nexcept ImportError:\n    taggit = None\n',
      },
    ),
    'the models of an app that is not listed': django('INSTALLED_APPS = ["shop"]\n', {
      'blog/__init__.py': '',
      'blog/models.py': 'import taggit\n',
    }),
    'a function that makes the app, and may have ended by then': factory(
      '    if app.testing:\n        return app\n    from .pay import bp\n',
    ),
    'an import of that function under a condition': factory('    if app.debug:\n        from .pay import bp\n'),
    'a with that may swallow the error': factory(
      '    with LazyImport("Run pip install stripe"):\n        from . import pay\n',
    ),
    'a function that is called in one case only': factory('    from .pay import bp\n', {
      'main.py': 'import os\nfrom shop import create_app\napp = create_app() if "SHOP" in os.environ else None\n',
    }),
    'a generator, which begins when it is asked for a value': factory('    from .pay import bp\n    yield bp\n'),
    'a function that nobody calls': factory('    from .pay import bp\n', {'main.py': 'from shop import create_app\n'}),
    'one of two modules of that name, which the image does not start': factory('', {
      'worker/main.py': 'import stripe\n',
    }),
    'packages that bring others along': project({
      'requirements.txt': 'fastapi\nuvicorn\nweb3\nprophet\ngradio\nfastapi-users\nweaviate-client\npython-pptx\n',
      'main.py':
        'import eth_account\nimport holidays\nimport pydub\nimport pwdlib\nimport validators\nimport xlsxwriter\n',
    }),
    'a package that may bring bcrypt': project({
      'requirements.txt': 'fastapi\nuvicorn\nparamiko\n',
      'main.py': 'import bcrypt\n',
    }),
    'it is declared': project({'requirements.txt': 'fastapi\nuvicorn\nstripe\n', 'main.py': app}),
    'a package brings it': project({
      'requirements.txt': 'fastapi\nuvicorn\nflask-cors\n',
      'main.py': 'import flask\nimport pydantic\nimport starlette\n',
    }),
    'an extra brings it': project({
      'requirements.txt': 'fastapi[standard]\n',
      'main.py': 'import jinja2\nimport yaml\n',
    }),
    'what a package that is not known may bring': project({
      'requirements.txt': 'acme\nuvicorn\n',
      'main.py': 'import requests\n',
    }),
    'it is tried, in a function or for types only': project({
      'requirements.txt': 'fastapi\nuvicorn\n',
      'main.py':
        'from typing import TYPE_CHECKING\ntry:\n    import stripe\nexcept ImportError:\n    stripe = None\nif TYPE_CHECKING:\n    import twilio\ndef late():\n    import stripe\n',
    }),
    'in a function behind a return, or one for trying out, or in a branch': project({
      'requirements.txt': 'fastapi\nuvicorn\n',
      'main.py':
        'def late(key):\n    if not key:\n        return None\n    import stripe\n\ndef debug_bill():\n    import stripe\n\ndef pay(live):\n    if live:\n        import stripe\n',
    }),
    'in a function, and a list of the project names it': project({
      'requirements.txt': 'fastapi\nuvicorn\n# optional: stripe\n',
      'main.py': 'def late():\n    import stripe\n',
    }),
    'apps of Django, of the project and of what is installed': django(
      'INSTALLED_APPS = [\n    "django.contrib.auth",\n    "shop",  # "corsheaders"\n    "blog.apps.BlogConfig",\n]\n',
    ),
    'an app of Django that is installed': django('INSTALLED_APPS = ["corsheaders"]\n', {
      'requirements.txt': 'django\ngunicorn\ndjango-cors-headers\n',
    }),
    'an app of Django under a condition': django(
      'import os\nif os.environ.get("X"):\n    INSTALLED_APPS = ["corsheaders"]\n',
    ),
    'an app of Django that is taken out again': django(
      'INSTALLED_APPS = ["corsheaders", "shop"]\nINSTALLED_APPS.remove("corsheaders")\n',
    ),
    'an app of Django that is left out behind': django(
      'INSTALLED_APPS = ["corsheaders", "shop"]\nINSTALLED_APPS = [app for app in INSTALLED_APPS if app != "corsheaders"]\n',
    ),
    'an app of Django in one of two lists': django(
      'DEBUG = False\nINSTALLED_APPS = [\n    "shop",\n    "corsheaders" if DEBUG else "django.contrib.auth",\n]\n',
    ),
    'a list in a text': django('X = """\nINSTALLED_APPS = ["corsheaders"]\n"""\n'),
    'settings that one of two lines names': django('INSTALLED_APPS = ["corsheaders"]\n', {
      'shop/wsgi.py':
        'import os\nif os.environ.get("FLY_APP_NAME"):\n    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.prod")\nelse:\n    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
      'shop/prod.py': '',
    }),
    'settings that one of two lines names, the other way': django('INSTALLED_APPS = ["corsheaders"]\n', {
      'shop/wsgi.py':
        'import os\nif "FLY_APP_NAME" not in os.environ:\n    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\nelse:\n    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.prod")\napplication = get_wsgi_application()\n',
      'shop/prod.py': '',
    }),
    'middleware that a task never loads': {
      files: {
        ...django('MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]\n').files,
        'manage.py':
          'import os\nfrom django.core.management import execute_from_command_line\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\nexecute_from_command_line()\n',
        Dockerfile: dockerfile('pip install -r requirements.txt').replace(
          '"uvicorn", "main:app"',
          '"python", "manage.py", "runbot"',
        ),
      },
    },
    'settings that put modules in place': django(
      'import sys\nsys.path.insert(0, "/opt/lib")\nINSTALLED_APPS = ["corsheaders"]\n',
    ),
    'settings that the command names': {
      files: {
        ...django('INSTALLED_APPS = ["corsheaders"]\n', {'shop/prod.py': ''}).files,
        'manage.py':
          'import os\nfrom django.core.management import execute_from_command_line\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\nexecute_from_command_line()\n',
        Dockerfile: dockerfile('pip install -r requirements.txt').replace(
          '"uvicorn", "main:app"',
          '"python", "manage.py", "runserver", "--settings=shop.prod"',
        ),
      },
    },
    'settings that an assignment before the command names': {
      files: {
        ...django('INSTALLED_APPS = ["corsheaders"]\n', {'shop/prod.py': ''}).files,
        Dockerfile: dockerfile('pip install -r requirements.txt').replace(
          'CMD ["uvicorn", "main:app"]',
          'CMD DJANGO_SETTINGS_MODULE=shop.prod gunicorn shop.wsgi:application',
        ),
      },
    },
    'settings that gunicorn is told': {
      files: {
        ...django('INSTALLED_APPS = ["corsheaders"]\n', {'shop/prod.py': ''}).files,
        Dockerfile: dockerfile('pip install -r requirements.txt').replace(
          'CMD ["uvicorn", "main:app"]',
          'CMD gunicorn --env DJANGO_SETTINGS_MODULE=shop.prod shop.wsgi:application',
        ),
      },
    },
    'settings that a script names': {
      files: {
        ...django('INSTALLED_APPS = ["corsheaders"]\n', {'shop/prod.py': ''}).files,
        'start.sh': '#!/bin/sh\nexport DJANGO_SETTINGS_MODULE=shop.prod\nexec gunicorn shop.wsgi:application\n',
        Dockerfile: dockerfile('pip install -r requirements.txt').replace(
          'CMD ["uvicorn", "main:app"]',
          'CMD ["sh", "start.sh"]',
        ),
      },
    },
    'a processes group names the settings': {
      files: {
        ...django('INSTALLED_APPS = ["corsheaders"]\n', {'shop/prod.py': ''}).files,
        'fly.toml':
          'app = "shop"\n[processes]\napp = "env DJANGO_SETTINGS_MODULE=shop.prod gunicorn shop.wsgi:application"\n',
      },
    },
    'uv run brings it': {
      files: {
        ...uv(packages('fastapi'), '--frozen', manifest('fastapi')).files,
        Dockerfile: dockerfile('uv sync --frozen').replace(
          'CMD ["uvicorn", "main:app"]',
          'CMD ["uv", "run", "--with", "stripe", "uvicorn", "main:app"]',
        ),
      },
    },
    'MySQLdb by another name': project({
      'requirements.txt': 'fastapi\nuvicorn\npymysql\n',
      'main.py': 'import pymysql\npymysql.install_as_MySQLdb()\nimport MySQLdb\n',
    }),
    'OpenCV with all its parts': project({
      'requirements.txt': 'fastapi\nuvicorn\nopencv-contrib-python-headless\n',
      'main.py': 'import cv2\n',
    }),
    'settings that nothing loads': django('INSTALLED_APPS = ["corsheaders"]\n', {}, 'None'),
    'settings of a developer': django('', {
      'shop/wsgi.py':
        'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.local")\napplication = get_wsgi_application()\n',
      'shop/local.py': 'INSTALLED_APPS = ["corsheaders"]\n',
    }),
    'a folder of the project has the name': project({
      'requirements.txt': 'fastapi\nuvicorn\n',
      'main.py': app,
      'vendor/stripe/__init__.py': '',
    }),
    'a module that nothing starts': project({
      'requirements.txt': 'fastapi\nuvicorn\n',
      'main.py': 'import fastapi\n',
      'tools/pay.py': 'import stripe\n',
    }),
    'setuptools, which images of older Pythons bring': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: dockerfile('pip install -r requirements.txt').replace('3.12', '3.11'),
        'requirements.txt': 'uvicorn==0.30.0\n    # via -r requirements.in\n',
        'main.py': 'import pkg_resources\n',
      },
    },
    ...Object.fromEntries(
      [
        'sys.path.insert(0, "/opt/lib")',
        'sys.modules["stripe"] = fake',
        'run("pip install stripe")',
        'run([sys.executable, "-m", "pip", "-q", "install", "stripe"])',
        'run(["uv", "add", "stripe"])',
        'run([PIP, "install", "stripe"])',
      ].map((line) => [
        `code that brings it itself: ${line}`,
        project({'requirements.txt': 'fastapi\nuvicorn\n', 'main.py': `${line}\n${app}`}),
      ]),
    ),
    'packages on a volume': {
      files: {
        ...project({'requirements.txt': 'fastapi\nuvicorn\n', 'main.py': app}).files,
        'fly.toml':
          'app = "shop"\n[env]\nPYTHONPATH = "/data/packages"\n[mounts]\nsource = "data"\ndestination = "/data"\n',
      },
    },
    'packages that are fetched': {
      files: {
        ...project({'requirements.txt': 'fastapi\nuvicorn\n', 'main.py': app}).files,
        Dockerfile: `${dockerfile('pip install -r requirements.txt')}ADD https://example.com/packages.tar.gz /packages\nENV PYTHONPATH=/packages\n`,
      },
    },
    'a group that is installed beside the plain ones': project(
      {
        'pyproject.toml':
          '[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\nfastapi = "*"\n[tool.poetry.group.prod.dependencies]\nstripe = "*"\n',
        'poetry.lock': packages('fastapi', 'stripe'),
        'main.py': app,
      },
      'pip install poetry && poetry install --no-root --only main,prod',
    ),
    'a step that installs more': project(
      {'requirements.txt': 'fastapi\nuvicorn\n', 'main.py': app},
      'pip install -r requirements.txt && ./install.sh',
    ),
    'uv.lock has it behind another one': uv(
      packages('fastapi shop-payments', 'shop-payments stripe', 'stripe'),
      '--frozen --no-dev',
    ),
    'the groups for development are installed too': uv(packages('fastapi', 'stripe'), '--frozen'),
    'uv adds to the lock file what pyproject.toml asks for': uv(packages('fastapi'), '', manifest('fastapi', 'stripe')),
    'an extra may bring it': uv(packages('fastapi', 'stripe'), '--frozen --no-dev --extra payments'),
  },
  flagged: {
    ...Object.fromEntries(
      (
        [
          ['wheels of another stage', builds, undefined],
          ['wheels of another stage, by their ending', builds, 'pip install /wheels/*.whl'],
          ['wheels of another stage that are built alone', builds.replace('wheel ', 'wheel --no-deps '), undefined],
          ['wheels of another stage, which have all that they need', builds, 'pip install --no-deps /wheels/*'],
        ] as const
      ).map(([name, build, install]) => [
        name,
        {
          ...wheels(build, install),
          expect: [
            "warning main.py:1:1 CMD imports stripe here, and nothing that the image installs brings it: stripe is in requirements-dev.txt, which is not installed (ModuleNotFoundError: No module named 'stripe')",
          ],
        },
      ]),
    ),
    'what the addresses of Django import': {
      ...django("INSTALLED_APPS = ['orders']\nROOT_URLCONF = 'shop.urls'\n", {
        'shop/urls.py': "from django.urls import include, path\nurlpatterns = [path('', include('orders.urls'))]\n",
        'orders/__init__.py': '',
        'orders/urls.py': 'from . import views\n',
        'orders/views.py': 'import stripe\n',
      }),
      expect: [
        "warning orders/views.py:1:1 CMD imports stripe here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'stripe')",
      ],
    },
    'what the admin of an app imports': {
      ...django("INSTALLED_APPS = ['django.contrib.admin', 'orders']\n", {
        'orders/__init__.py': '',
        'orders/admin.py': 'from django.contrib import admin\nimport stripe\n',
      }),
      expect: [
        "warning orders/admin.py:2:1 CMD imports stripe here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'stripe')",
      ],
    },
    'a package that only the list for development has': {
      ...django("INSTALLED_APPS = ['debug_toolbar']\n", {
        'requirements-dev.txt': '-r requirements.txt\ndjango-debug-toolbar==4.4.6\n',
      }),
      expect: [
        "warning shop/settings.py:1:19 CMD imports debug_toolbar here, and nothing that the image installs brings it: django-debug-toolbar is in requirements-dev.txt, which is not installed (ModuleNotFoundError: No module named 'debug_toolbar')",
      ],
    },
    'a revision of alembic, which is loaded before any runs': {
      files: {
        'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "alembic upgrade head"\n',
        Dockerfile: dockerfile('pip install -r requirements.txt').replace('"uvicorn", "main:app"', '"python"'),
        'requirements.txt': 'alembic\npsycopg2-binary\n',
        'alembic.ini': '[alembic]\nscript_location = alembic\n',
        'alembic/env.py': 'from alembic import context\n',
        'alembic/versions/aaaa.py':
          'from alembic import op\nfrom pgvector.sqlalchemy import Vector\nrevision = "aaaa"\ndown_revision = None\n',
      },
      expect: [
        "warning alembic/versions/aaaa.py:2:1 release_command imports pgvector here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'pgvector')",
      ],
    },
    'beside pages that node builds': {
      ...beside(pages),
      expect: [
        "warning main.py:1:1 CMD imports stripe here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'stripe')",
      ],
    },
    'packages of one folder, of which others are installed': {
      ...project({
        'requirements.txt':
          'fastapi\nuvicorn\ngoogle-generativeai\ngoogle-auth\nopenai\ngoogle-api-python-client\nopentelemetry-api\nopentelemetry-sdk\nmcp\n',
        'main.py':
          'from google import genai\nfrom opentelemetry.instrumentation.fastapi import FastAPIInstrumentor\nfrom argon2 import PasswordHasher\nfrom fastapi import FastAPI\n\napp = FastAPI()\n',
      }),
      expect: [
        "warning main.py:1:1 CMD imports google.genai here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'google.genai')",
        "warning main.py:2:1 CMD imports opentelemetry.instrumentation.fastapi here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'opentelemetry.instrumentation.fastapi')",
        "warning main.py:3:1 CMD imports argon2 here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'argon2')",
      ],
    },
    'a package that pyproject.toml alone asks for': {
      ...project({
        'requirements.txt': 'fastapi\nuvicorn\n',
        'pyproject.toml':
          '[project]\nname = "shop"\nversion = "1"\ndependencies = ["fastapi", "python-i18n[YAML]>=0.3.9"]\n',
        'main.py': 'import i18n\nfrom fastapi import FastAPI\n\napp = FastAPI()\n',
      }),
      expect: [
        "warning main.py:1:1 CMD imports i18n here, and nothing that the image installs brings it: python-i18n is in pyproject.toml, which is not installed (ModuleNotFoundError: No module named 'i18n')",
      ],
    },
    'families of packages of which it is known what they bring': {
      ...project({
        'requirements.txt': 'fastapi\nuvicorn\nlanggraph\nlangchain-openai\n',
        'main.py': 'from pinecone import Pinecone\nfrom fastapi import FastAPI\n\napp = FastAPI()\n',
      }),
      expect: [
        "warning main.py:1:1 CMD imports pinecone here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'pinecone')",
      ],
    },
    'an install behind an if, which succeeds where its question has no for an answer': {
      ...project({
        Dockerfile:
          'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -U pip && if [ -f /run/secrets/T ]; then git config --global a b; fi && pip install -r requirements.txt\nCMD ["uvicorn", "main:app"]\n',
        'requirements.txt': 'fastapi\nuvicorn\n',
        'main.py': 'import argon2\nfrom fastapi import FastAPI\n\napp = FastAPI()\n',
      }),
      expect: [
        "warning main.py:1:1 CMD imports argon2 here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'argon2')",
      ],
    },
    'the new package of Gemini, beside the old one': {
      ...project({
        'requirements.txt':
          'fastapi==0.115.0\n    # via -r requirements.in\ngoogle-generativeai==0.8.5\n    # via -r\n',
        'main.py': 'from google import genai\nfrom fastapi import FastAPI\n\napp = FastAPI()\n',
      }),
      expect: [
        "error main.py:1:1 CMD imports google.genai here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'google.genai')",
      ],
    },
    'a module that looks itself up': {
      ...project({
        'requirements.txt': 'fastapi\nuvicorn\n',
        'main.py': `import sys\n${app}this = sys.modules[__name__]\nif sys.modules["main"] == this:\n    pass\n`,
      }),
      expect: [
        "warning main.py:2:1 CMD imports stripe here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'stripe')",
      ],
    },
    'another package of the same search': {
      ...project({
        'requirements.txt': 'fastapi\nuvicorn\nduckduckgo-search\n',
        'main.py': 'from ddgs import DDGS\nfrom fastapi import FastAPI\n\napp = FastAPI()\n',
      }),
      expect: [
        "warning main.py:1:1 CMD imports ddgs here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'ddgs')",
      ],
    },
    'a common package, which none of those that are known brings': {
      ...project({
        'requirements.txt': 'fastapi\nuvicorn\naiosqlite\ntomli\npytest-cov\nblack\n',
        'main.py': app.replace('stripe', 'httpx'),
      }),
      expect: [
        "warning main.py:1:1 CMD imports httpx here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'httpx')",
      ],
    },
    'uv run without the group for development': {
      ...uvRun('"--no-dev", '),
      expect: [`error main.py:1:1 CMD ${inGroup}`],
    },
    'poetry without the only group': {...poetry('--without dev'), expect: [`warning main.py:1:1 CMD ${inGroup}`]},
    'the models of an app of Django, which gunicorn starts without a name': {
      files: Object.fromEntries(
        Object.entries(
          django('INSTALLED_APPS = ["blog.apps.BlogConfig"]\n', {
            'blog/__init__.py': '',
            'blog/apps.py': 'from django.apps import AppConfig\n',
            'blog/models.py': 'from django.db import models\nfrom taggit.managers import TaggableManager\n',
          }).files,
        ).map(([path, text]) => [path, text.replace('shop.wsgi:application', 'shop.wsgi')]),
      ),
      expect: [
        "warning blog/models.py:2:1 CMD imports taggit here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'taggit')",
      ],
    },
    'in a function of a module that is loaded': {
      ...project({
        'requirements.txt': 'fastapi\nuvicorn\n',
        'main.py': 'from shop import app\n',
        'shop.py':
          'from fastapi import FastAPI\napp = FastAPI()\n\n@app.post("/pay")\nasync def pay():\n    import stripe\n    return stripe.charge()\n',
      }),
      expect: [
        "warning shop.py:6:5 CMD starts this module, where a function imports stripe, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'stripe')",
      ],
    },
    'in a function that makes the app': {...factory('    from .pay import bp\n'), expect: paid},
    'in a function that the server calls': {
      ...factory('    with app.app_context():\n        from . import pay\n', {}, '"gunicorn", "shop:create_app()"'),
      expect: paid,
    },
    'of two modules of that name the one that the image starts': {
      ...factory('    from .pay import bp\n', {'worker/main.py': ''}),
      expect: paid,
    },
    'fastapi finds the file itself': {
      files: {
        ...project({'requirements.txt': 'fastapi[standard]\n', 'main.py': app.replace('stripe', 'nh3')}).files,
        Dockerfile: dockerfile('pip install -r requirements.txt').replace('"uvicorn", "main:app"', '"fastapi", "run"'),
      },
      expect: [
        "warning main.py:1:1 CMD imports nh3 here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'nh3')",
      ],
    },
    'bcrypt, which none of the others brings': {
      files: {
        ...project({'requirements.txt': 'fastapi\nuvicorn\ngarth\n', 'main.py': 'import bcrypt\n'}).files,
        'fly.toml': 'app = "shop"\n[env]\nPYTHONPATH = "/app"\n[mounts]\nsource = "d"\ndestination = "/data"\n',
      },
      expect: [
        "warning main.py:1:1 CMD imports bcrypt here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'bcrypt')",
      ],
    },
    'a text that tells to install something is no pip': {
      ...project({
        'requirements.txt': 'fastapi\nuvicorn\n',
        'main.py': `${app}HINT = "Tracing is off. Install it with: pip install langfuse"\n`,
      }),
      expect: [
        "warning main.py:1:1 CMD imports stripe here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'stripe')",
      ],
    },
    'an app and a middleware of Django, and what the settings import': {
      ...django(
        'import environ\nINSTALLED_APPS = [\n    "django.contrib.auth",\n    "corsheaders",\n]\nMIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware"]\n',
      ),
      expect: [
        "warning shop/settings.py:1:1 CMD imports environ here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'environ')",
        "warning shop/settings.py:4:5 CMD imports corsheaders here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'corsheaders')",
        "warning shop/settings.py:6:15 CMD imports whitenoise here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'whitenoise')",
      ],
    },
    'uv.lock does not have it': {
      ...uv(packages('fastapi starlette', 'starlette'), '--frozen --no-dev'),
      expect: [
        "error main.py:1:1 CMD imports stripe here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'stripe')",
      ],
    },
    'pyproject.toml asks for it, and the lock file is taken as it is': {
      ...uv(packages('fastapi'), '--frozen --no-dev', manifest('fastapi', 'stripe')),
      expect: [
        "error main.py:1:1 CMD imports stripe here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'stripe')",
      ],
    },
    'it is in the group for development': {
      ...uv(packages('fastapi', 'stripe'), '--locked --no-dev'),
      expect: [
        "error main.py:1:1 CMD imports stripe here, and nothing that the image installs brings it: stripe is in a group that the Dockerfile leaves out (ModuleNotFoundError: No module named 'stripe')",
      ],
    },
    'a compiled requirements file does not have it': {
      ...project({
        'requirements.txt': 'fastapi==0.115.0\n    # via -r requirements.in\nstarlette==0.38.0\n    # via fastapi\n',
        'main.py': app,
      }),
      expect: [
        "error main.py:1:1 CMD imports stripe here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'stripe')",
      ],
    },
    'a requirements file, which does not list what its packages bring: a warning': {
      ...project({
        'requirements.txt': 'fastapi\nuvicorn\nacme\n',
        'main.py': 'from routes import app\n',
        'routes.py': 'import fastapi\nfrom jose import jwt\napp = fastapi.FastAPI()\n',
      }),
      expect: [
        "warning routes.py:2:1 CMD imports jose here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'jose')",
      ],
    },
    'a release command': {
      files: {
        'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "python -m manage"\n',
        Dockerfile: dockerfile('pip install -r requirements.txt'),
        'requirements.txt': 'fastapi\nuvicorn\n',
        'main.py': 'import fastapi\n',
        'manage.py': 'import requests\n',
      },
      expect: [
        "warning manage.py:1:1 release_command imports requests here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'requests')",
      ],
    },
    'the module of a worker': {
      files: {
        'fly.toml': 'app = "shop"\n[processes]\nworker = "celery -A jobs.main worker"\n',
        Dockerfile: dockerfile('pip install -r requirements.txt'),
        'requirements.txt': 'celery\n',
        'jobs/main.py': 'import twilio\nfrom celery import Celery\napp = Celery()\n',
      },
      expect: [
        "warning jobs/main.py:1:1 [processes] worker imports twilio here, and nothing that the image installs brings it (ModuleNotFoundError: No module named 'twilio')",
      ],
    },
  },
})
