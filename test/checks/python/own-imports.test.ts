import ownImports from '../../../checks/python/own-imports.ts'
import {testCheck} from '../../harness.ts'

const project = (files: Record<string, string>, command = 'uvicorn app.main:api', dockerfile = 'COPY . .\n') => ({
  files: {
    'fly.toml': `app = "shop"\n[processes]\nweb = "${command}"\n`,
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\n${dockerfile}`,
    'app/__init__.py': '',
    ...files,
  },
})
const ends = '[processes] web starts this module, and the import ends it:'

const django = (more: Record<string, string>, settings = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN python manage.py collectstatic --noinput\nCMD ["gunicorn", "--bind", ":8080", "shop.wsgi"]\n',
    'shop/__init__.py': '',
    'shop/wsgi.py':
      'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
    'shop/settings.py': `ROOT_URLCONF = "shop.urls"\nINSTALLED_APPS = ["django.contrib.admin", "orders.apps.OrdersConfig"]\n${settings}`,
    'shop/urls.py': 'from django.urls import include, path\nurlpatterns = [path("", include("orders.urls"))]\n',
    'orders/__init__.py': '',
    'orders/models.py': 'from django.db import models\n',
    'orders/urls.py': 'from . import views\nurlpatterns = []\n',
    'orders/views.py': '',
    ...more,
  },
})
const loads = 'CMD starts Django, which loads this module, and the import ends it:'

/** A project whose package stands in `src`, installed by uv. */
const inSrc = (files: Record<string, string>, install = 'RUN uv sync --frozen\n') => ({
  files: {
    'fly.toml': 'app = "shop"\n[processes]\nweb = "uv run --no-sync uvicorn shop.main:api"\n',
    Dockerfile: `FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim\nWORKDIR /app\nCOPY . .\n${install}`,
    'pyproject.toml':
      '[project]\nname = "shop"\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n',
    'src/shop/__init__.py': '',
    ...files,
  },
})
const circle = {
  'src/shop/main.py': 'from shop import orders\napi = 1\nlimiter = 1\n',
  'src/shop/orders.py': 'from shop.main import limiter\n',
}

testCheck(ownImports, {
  clean: {
    'of the folder into which uv goes': project(
      {
        'services/x.py': '',
        'backend/app/__init__.py': '',
        'backend/app/main.py': 'from app.orders import a\n',
        'backend/app/orders.py': 'a = 1\n',
        'app/main.py': 'from app.orders import b\n',
      },
      'uv run --directory=backend uvicorn app.main:api',
    ),
    'a package in src that nothing installs: another check tells that it is not found': inSrc(
      circle,
      'RUN pip install uvicorn\n',
    ),
    'a package in src of which a backend or a hook makes a part': inSrc({
      'src/shop/main.py': 'from shop._native import sums\n',
      'pyproject.toml':
        '[project]\nname = "shop"\n[build-system]\nrequires = ["maturin>=1"]\nbuild-backend = "maturin"\n',
    }),
    'another folder than src, of which the project says so': inSrc({
      ...circle,
      'pyproject.toml': '[project]\nname = "shop"\n[tool.setuptools.package-dir]\n"" = "lib"\n',
    }),
    'a package in src that a script of another stage may have changed before it was installed': {
      files: {
        ...inSrc(circle).files,
        Dockerfile:
          'FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim AS builder\nWORKDIR /app\nCOPY . .\nRUN ./generate.sh && uv sync --no-editable\n' +
          'FROM python:3.13-slim-bookworm\nWORKDIR /app\nCOPY --from=builder /app/.venv /app/.venv\nCOPY src src\n',
      },
    },
    'a folder of modules that a RUN names': inSrc(
      {'src/shop/main.py': 'from shop.stubs import orders\n'},
      'RUN uv sync && python -m grpc_tools.protoc -I proto --python_out=src/shop/stubs proto/orders.proto\n',
    ),
    'a package in src of two projects, of which one is installed': inSrc({
      ...circle,
      'worker/pyproject.toml': '',
      'worker/src/shop/__init__.py': '',
    }),
    'a package in src whose modules find one another': inSrc({
      'src/shop/main.py': 'from shop.limits import limiter\napi = 1\n',
      'src/shop/limits.py': 'limiter = 1\n',
    }),
    'a package in src beside one of the same name where the command runs': inSrc({...circle, 'shop/__init__.py': ''}),
    'a circle that a function comes to from its other side, where it ends well': project({
      'app/__init__.py': 'def early():\n  from app import orders\nearly()\n',
      'app/main.py': 'import app.orders\nlimiter = 1\n',
      'app/orders.py': 'from app.main import limiter\n',
    }),
    'an import of a function that nobody calls': project({
      'app/main.py': 'def make():\n    from app.models import Task\n    return Task\n\n\napi = 1\n',
      'app/models.py': '',
    }),
    'a package of another folder, which the requirements name': project(
      {
        'app/main.py': 'from shared.mail import send\n',
        'libs/shared/pyproject.toml': '',
        'libs/shared/shared/mail.py': 'def send(): pass\n',
        'requirements.txt': 'uvicorn\n-e ../libs/shared\n',
      },
      undefined,
      'COPY libs /libs\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY app app\n',
    ),
    'Django finds what its settings name': django({
      'orders/views.py': 'from .models import Order\n',
      'orders/models.py': 'class Order: pass\n',
    }),
    'an app without models, and one of a package': django(
      {'orders/models.py': undefined as never, 'manage.py': ''},
      'INSTALLED_APPS += ["rest_framework"]\n',
    ),
    'addresses that are imported when they are asked for': django({
      'shop/urls.py': 'urlpatterns = []\n# path("", include("lost.urls"))\n',
      'lost/views.py': 'from .helpers import x\n',
    }),
    'settings that take an app out': django(
      {'orders/models.py': 'from .lost import x\n', 'shop/urls.py': 'urlpatterns = []\n'},
      'INSTALLED_APPS.remove("orders.apps.OrdersConfig")\n',
    ),
    'models that import one another, in an order that the settings decide': django({
      'orders/models.py': 'from shop.models import Shop\nclass Order: pass\n',
      'shop/models.py': 'from orders.models import Order\nclass Shop: pass\n',
    }),
    'addresses for developers': django({
      'shop/urls.py':
        'from django.urls import include, path\nurlpatterns = []\nif settings.DEBUG:\n    urlpatterns += [path("", include("debug_toolbar.urls"))]\n',
    }),
    'other settings than those of a developer': {
      files: {
        ...django({'orders/models.py': 'from .lost import x\n'}).files,
        'shop/wsgi.py':
          'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.dev")\napplication = get_wsgi_application()\n',
      },
    },
    'other settings, which a command or fly.toml names': {
      files: {
        ...django({
          'shop/settings.py': 'from .lost import x\n',
          'shop/prod.py': 'ROOT_URLCONF = "orders.urls"\n',
          'fly.toml':
            'app = "shop"\n[processes]\na = "gunicorn --env DJANGO_SETTINGS_MODULE=shop.prod shop.wsgi"\nb = "python manage.py runserver --settings=shop.prod"\n',
          'manage.py':
            'import os\nfrom django.core.management import execute_from_command_line\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\nexecute_from_command_line([])\n',
        }).files,
      },
    },
    'other settings, which fly.toml gives': django({
      'shop/settings.py': 'from .lost import x\n',
      'shop/prod.py': 'ROOT_URLCONF = "orders.urls"\n',
      'fly.toml': 'app = "shop"\n[env]\nDJANGO_SETTINGS_MODULE = "shop.prod"\n',
    }),
    'other settings, which the entrypoint exports': django({
      'shop/settings.py': 'from .lost import x\n',
      'shop/prod.py': 'ROOT_URLCONF = "orders.urls"\n',
      'start.sh': '#!/bin/sh\nexport DJANGO_SETTINGS_MODULE=shop.prod\nexec gunicorn shop.wsgi\n',
      Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["sh", "start.sh"]\n',
    }),
    'addresses in the text that startproject writes, or for developers': django({
      'shop/urls.py':
        '"""Including another URLconf\n    path("blog/", include("blog.urls"))\n"""\nurlpatterns = []\nif settings.DEBUG:\n    urlpatterns += [path("d/", include("blog.urls"))]\n',
      'blog/__init__.py': '',
      'blog/urls.py': 'from .lost import x\n',
    }),
    'an app in a folder called apps': django(
      {
        'shop/models.py': 'from .lost import x\n',
        'shop/apps/__init__.py': '',
        'shop/apps/users/__init__.py': '',
        'shop/apps/users/models.py': '',
      },
      'INSTALLED_APPS += ["shop.apps.users"]\n',
    ),
    'python starts somewhere else': project(
      {'backend/app/__init__.py': '', 'backend/app/main.py': '', 'app/main.py': 'from app.orders import b\n'},
      'python -m uvicorn --app-dir backend app.main:api',
    ),
    'a name that a function makes the module’s, in more than one line': project({
      'app/main.py': 'from app.models import db\n',
      'app/models.py': 'def start():\n    global cache, \\\n        db\n    db = 1\nstart()\n',
    }),
    'a name that another module gives it': project({
      'app/main.py': 'import app.setup\nfrom app.models import db\n',
      'app/setup.py': 'import app.models as models\nmodels.db = 1\n',
      'app/models.py': 'def use(db):\n    db = db or 1\n',
    }),
    'all is there': project({
      'app/main.py': 'from app import orders\nfrom .models import Order, Base\nfrom app.models import *\n',
      'app/orders.py': 'import app.models\n',
      'app/models/__init__.py': 'from .base import Base\nfrom .order import Order\n',
      'app/models/base.py': 'class Base: pass\n',
      'app/models/order.py': 'from . import base\nclass Order(base.Base): pass\n',
    }),
    'a circle of modules, not of names': project({
      'app/main.py': 'import app.orders\n',
      'app/orders.py': 'import app.main as main\nfrom app import main as again\n',
    }),
    'a name that stands above the import of the other': project({
      'app/main.py': 'limiter = 1\nfrom app import orders\n',
      'app/orders.py': 'from app.main import limiter\n',
    }),
    'Flask, which imports its routes at the end': project(
      {'app/__init__.py': 'app = Flask()\nfrom app import routes\n', 'app/routes.py': 'from app import app\n'},
      'gunicorn app:app',
    ),
    'in a function, in a branch, in a try': project({
      'app/main.py':
        'if TYPE_CHECKING:\n  from app.types import X\ntry:\n  from app.fast import y\nexcept ImportError:\n  y = 1\ndef f():\n  from app.lost import z\n',
    }),
    'a try that does without another module, which may be there': project({
      'app/main.py': 'try:\n  from app.fast import y\nexcept Exception:\n  y = 1\n',
      'app/fast.py': 'import yaml\nfrom base import Base\ny = 1\n',
    }),
    'a try one of whose handlers goes on': project({
      'app/main.py': 'try:\n  from app.fast import y\nexcept ImportError:\n  y = 1\nexcept ValueError:\n  raise\n',
    }),
    'behind what may end the program well, or surely ends it': project({
      'app/main.py': 'if done:\n  exit(0)\nfrom app.lost import z\n',
      'app/__init__.py': 'raise SystemExit\nfrom app.lost import z\n',
    }),
    'a name that may come another way': project({
      'app/main.py': 'from app.lazy import a\nfrom app.all import b\n',
      'app/lazy.py': 'def __getattr__(name): return 1\n',
      'app/all.py': 'from os import *\n',
    }),
    'a package of somebody else’s': project({
      'app/main.py': 'import fastapi.applications\nfrom services.mail import send\n',
    }),
    'a folder that is called as a module of Python': project({
      'app/main.py': 'from queue import Queue\n',
      'queue/__init__.py': '',
    }),
    'a folder that is called as a declared package': project({
      'app/main.py': 'from redis.asyncio import Redis\n',
      'redis/__init__.py': '',
      'requirements.txt': 'redis\n',
    }),
    'a folder without __init__.py may have another part': project({
      'app/main.py': 'from alembic.config import Config\n',
      'alembic/env.py': '',
    }),
    'protoc writes it': project(
      {'app/main.py': 'from app import orders_pb2\nfrom app.rpc_pb2 import Rpc\n'},
      undefined,
    ),
    'a RUN writes it': project(
      {'app/main.py': 'from app.build import number\n'},
      undefined,
      'COPY . .\nRUN echo number=1 > app/build.py\n',
    ),
    'a compiled module': project({'app/main.py': 'from app.fast import run\n', 'app/fast.cpython-313.so': ''}),
    'a package that finds its modules elsewhere': project({
      'app/__init__.py': '__path__ = extend_path(__path__, __name__)\n',
      'app/main.py': 'from app.plugins import load\n',
    }),
    'flask, which finds the package around': project(
      {'app/main.py': 'from .orders import x\n'},
      'flask --app main run',
      'COPY app/ .\n',
    ),
    'a path that the code adds': project({
      'app/main.py': 'import sys\nsys.path.insert(0, "src")\nfrom core.mail import send\n',
      'src/core/other.py': '',
    }),
    'the project is installed': project(
      {'app/main.py': 'from core.mail import send\n', 'src/core/other.py': ''},
      undefined,
      'COPY . .\nRUN pip install .\n',
    ),
    'a module of a package, started as one': project(
      {'app/main.py': 'from .orders import x\n', 'app/orders.py': 'x = 1\n'},
      'python -m app.main',
    ),
    'a package with a __main__': project(
      {'app/__main__.py': 'from .orders import x\n', 'app/orders.py': 'x = 1\n'},
      'python -m app',
    ),
    'one of a package that an extra brings, beside a folder of that name': project({
      'app/main.py': 'from crew.flow import Flow\n',
      'app/crew/agent.py': '',
      'requirements.txt': 'kit[crew]==1\n',
    }),
    'one of a package that a virtual environment in git has': project({
      'app/main.py': 'from starlette.middleware.base import BaseHTTPMiddleware\n',
      'venv/Lib/site-packages/starlette/middleware/base.py': '',
      'requirements.txt': 'fastapi\n',
    }),
    'one of a package that the lock file has, beside a folder of that name': project({
      'app/main.py': 'from crew.flow import Flow\n',
      'app/crew/agent.py': '',
      'poetry.lock': '[[package]]\nname = "crew"\nversion = "1.0"\n',
    }),
    'behind what may end the program': project({'app/main.py': 'sys.exit(0)\nfrom app.lost import x\n'}),
  },
  flagged: {
    'what a try imports, and goes on without': {
      ...project({
        'app/main.py': '# The app.\ntry:\n  from app import fast\n  print(fast)\nexcept Exception:\n  fast = None\n',
        'app/fast.py': 'from app.lost import y\n',
      }),
      expect: [
        'warning app/fast.py:1:1 [processes] web imports this module in a try, and goes on without it, as an import in it fails: there is no module app.lost in its package',
      ],
    },
    'a module of the same folder, as if that were a root': {
      ...project({'app/main.py': 'from base import Base\n', 'app/base.py': 'class Base: ...\n'}),
      expect: [
        `warning app/main.py:1:1 ${ends} there is no package base where Python looks: app/base.py is in another folder`,
      ],
    },
    'a module that .dockerignore leaves out': {
      ...project(
        {
          '.dockerignore': 'marks.py\n',
          'main.py': 'from .marks import take\napi = take\n',
          'marks.py': 'take = 1\n',
          '__init__.py': '',
        },
        'uvicorn shop.main:api',
        'COPY . ./shop/\n',
      ),
      expect: [`error main.py:1:1 ${ends} marks.py is not in the image`],
    },
    'a circle in a package in src that uv installs as a link': {
      ...inSrc(circle),
      expect: [
        `error src/shop/orders.py:1:1 ${ends} src/shop/main.py is itself importing this file by then (line 1) and has no limiter yet`,
      ],
    },
    'a circle in src, with the environment of another stage': {
      files: {
        ...inSrc(circle).files,
        Dockerfile:
          'FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim AS builder\nWORKDIR /app\nCOPY . .\nRUN uv sync --frozen\n' +
          'FROM python:3.13-slim-bookworm\nWORKDIR /app\nCOPY --from=builder /app/.venv /app/.venv\nCOPY --from=builder /app/src /app/src\n',
      },
      expect: [
        `error src/shop/orders.py:1:1 ${ends} src/shop/main.py is itself importing this file by then (line 1) and has no limiter yet`,
      ],
    },
    'a name that a module with a lifespan has not, behind flags of gunicorn': {
      ...project(
        {
          'app/main.py': 'from app.life import lifespan, engine\n',
          'app/life.py': 'async def lifespan(app):\n    start()\n    yield\n    engine = 1\n',
        },
        'gunicorn --access-logfile - --capture-output app.main:api',
      ),
      expect: [`error app/main.py:1:1 ${ends} app/life.py has no engine`],
    },
    'a name that a module in src has not': {
      ...inSrc({'src/shop/main.py': 'from shop.models import Order\n', 'src/shop/models.py': ''}),
      expect: [`error src/shop/main.py:1:1 ${ends} src/shop/models.py has no Order`],
    },
    'a view that Django is led to': {
      ...django({'utils/__init__.py': '', 'orders/views.py': 'from utils.dates import today\n'}),
      expect: [`warning orders/views.py:1:1 ${loads} there is no module utils.dates in its package`],
    },
    'the models of an app': {
      ...django({'orders/models.py': 'from .fields import Money\n'}),
      expect: [`warning orders/models.py:1:1 ${loads} there is no module orders.fields in its package`],
    },
    'a module that its package has not': {
      ...project({'app/main.py': 'import os\nfrom app.extractor import extract\n'}),
      expect: [`error app/main.py:2:1 ${ends} there is no module app.extractor in its package`],
    },
    'a module that a script of the project may write': {
      ...project(
        {'app/main.py': 'from app.client import x\n', 'scripts/build.py': ''},
        undefined,
        'COPY . .\nRUN pip install uv && python scripts/build.py\n',
      ),
      expect: [`warning app/main.py:1:1 ${ends} there is no module app.client in its package`],
    },
    'a module that a generator may write': {
      ...project({'app/main.py': 'from app.client import x\n'}, undefined, 'COPY . .\nRUN buf generate\n'),
      expect: [`warning app/main.py:1:1 ${ends} there is no module app.client in its package`],
    },
    'a module that what starts before may write': {
      ...project({'app/main.py': 'from app.client import x\n'}, "sh -c 'python build.py && uvicorn app.main:api'"),
      expect: [`warning app/main.py:1:1 ${ends} there is no module app.client in its package`],
    },
    'a module that a step of the deploy may generate': {
      files: {
        ...project({'app/main.py': 'from app.client import x\n'}).files,
        '.github/workflows/deploy.yml': 'steps:\n  - run: make codegen\n  - run: flyctl deploy\n',
      },
      expect: [`warning app/main.py:1:1 ${ends} there is no module app.client in its package`],
    },
    'a relative one, through another module': {
      ...project({'app/main.py': 'from . import orders\n', 'app/orders.py': 'from .lost import x\n'}),
      expect: [`error app/orders.py:1:1 ${ends} there is no module app.lost in its package`],
    },
    'a package that stands elsewhere, without this module': {
      ...project({'app/main.py': 'from services.extractor import extract\n', 'app/services/other.py': ''}),
      expect: [
        `warning app/main.py:1:1 ${ends} there is no package services where Python looks, and no module extractor anywhere in the project`,
      ],
    },
    'a name that the module has not': {
      ...project({'app/main.py': 'from app.models import Order\n', 'app/models.py': 'class Item: pass\n'}),
      expect: [`error app/main.py:1:1 ${ends} app/models.py has no Order`],
    },
    'a name that a package has not': {
      ...project({'app/main.py': 'from app import orders\n'}),
      expect: [`error app/main.py:1:1 ${ends} app/__init__.py has no orders, and there is no module app.orders`],
    },
    'a package that is left out, imported by the one around it': {
      ...project({
        'app/__init__.py': 'from . import workers\n',
        'app/main.py': '',
        'app/workers/__init__.py': '',
        '.dockerignore': 'app/workers\n',
      }),
      expect: [
        `error app/__init__.py:1:1 ${ends} app/__init__.py has no workers, and app/workers/__init__.py is not in the image`,
      ],
    },
    'one that the module hangs on its state, too': {
      ...project({
        'app/main.py': 'import app.cache\nfrom app import orders\nlimiter = 1\napi = 2\napi.state.limiter = limiter\n',
        'app/cache.py': 'class Cache:\n    def __init__(self):\n        self.limiter = 1\n',
        'app/orders.py': 'from app.main import limiter\n',
      }),
      expect: [
        `error app/orders.py:1:1 ${ends} app/main.py is itself importing this file by then (line 2) and has no limiter yet`,
      ],
    },
    'a circle': {
      ...project({
        'app/main.py': 'from fastapi import FastAPI\nfrom app import orders\nlimiter = 1\napi = 1\n',
        'app/orders.py': 'from app.main import limiter\n',
      }),
      expect: [
        `error app/orders.py:1:1 ${ends} app/main.py is itself importing this file by then (line 2) and has no limiter yet`,
      ],
    },
    'an import of the function that makes the app': {
      ...project(
        {
          'app/main.py': 'def make():\n    from app.models import Task\n    return Task\n',
          'app/models.py': 'class Todo:\n    pass\n',
        },
        "gunicorn 'app.main:make()'",
      ),
      expect: [`error app/main.py:2:5 ${ends} app/models.py has no Task`],
    },
    'an import of a function that the module calls': {
      ...project({
        'app/main.py': 'def make():\n    from app.models import Task\n    return Task\n\n\napi = make()\n',
        'app/models.py': 'class Todo:\n    pass\n',
      }),
      expect: [`error app/main.py:2:5 ${ends} app/models.py has no Task`],
    },
    'a package that stands elsewhere': {
      ...project({'app/main.py': 'from services.mail import send\n', 'app/services/mail.py': 'def send(): pass\n'}),
      expect: [
        `warning app/main.py:1:1 ${ends} there is no package services where Python looks: app/services/mail.py is in another folder`,
      ],
    },
    'a relative import in a script': {
      ...project({'app/main.py': 'from .orders import x\n', 'app/orders.py': 'x = 1\n'}, 'python app/main.py'),
      expect: [
        `error app/main.py:1:1 ${ends} .orders is relative, and Python knows of no package around this file when it is started like that`,
      ],
    },
    'and in a module without a package': {
      ...project({'app/main.py': 'from .orders import x\n'}, 'uvicorn main:api', 'COPY app/ .\n'),
      expect: [
        `error app/main.py:1:1 ${ends} .orders is relative, and Python knows of no package around this file when it is started like that`,
      ],
    },
    'in the release command': {
      files: {
        ...project({'app/jobs.py': 'from app.lost import x\n'}).files,
        'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "python -m app.jobs"\n',
      },
      expect: [
        'error app/jobs.py:1:1 release_command starts this module, and the import ends it: there is no module app.lost in its package',
      ],
    },
  },
  skipped: {
    'poetry goes to a folder': {
      ...project(
        {
          'backend/app/__init__.py': '',
          'backend/app/main.py': '',
          'app/main.py': 'from app.orders import b\n',
        },
        'poetry --directory=backend run uvicorn app.main:api',
      ),
      reason: 'no command names a Python module',
    },
  },
})
