import databaseVariable from '../../../checks/env/database-variable.ts'
import {testCheck} from '../../harness.ts'

const app = 'import os\nfrom sqlalchemy import create_engine\nengine = create_engine(os.environ["DATABASE_URL"])\n'
const asks =
  'import os\nfrom sqlalchemy import create_engine\nurl = os.environ.get("ADMIN_DB_URL")\ndef get_url():\n    if not url:\n        raise RuntimeError("no URL")\n    return url\nengine = create_engine(get_url())\n'
const project = (files: Record<string, string>) => ({files: {'fly.toml': 'app = "shop"\n', 'db.py': app, ...files}})
const settings =
  'from pydantic_settings import BaseSettings\nfrom sqlalchemy import create_engine\nclass Settings(BaseSettings):\n    postgres_url: str = "postgresql://me:me@localhost/shop"\nengine = create_engine(Settings().postgres_url)\n'
const workflow = (name: string) =>
  `jobs:\n  deploy:\n    steps:\n      - run: flyctl secrets set ${name}="$X" --stage\n`

/** Migrations alone: the app has no database that is seen. */
const migrated = (env: string, release = 'alembic upgrade head') => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\n  release_command = "${release}"\n`,
    Dockerfile:
      'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install alembic psycopg2-binary\nCMD ["python", "main.py"]\n',
    'main.py': '',
    'alembic.ini': '[alembic]\nscript_location = alembic\nsqlalchemy.url = postgresql://me:me@localhost/shop\n',
    'alembic/env.py': `import os\nfrom alembic import context\nfrom sqlalchemy import engine_from_config\nconfig = context.config\n${env}engine = engine_from_config(config.get_section(config.config_ini_section), prefix="sqlalchemy.")\n`,
  },
})

testCheck(databaseVariable, {
  clean: {
    'migrations that get the URL of a variable': migrated(
      'config.set_main_option("sqlalchemy.url", os.environ["DATABASE_URL"])\n',
    ),
    'migrations that nothing runs': migrated('', 'python seed.py'),
    'the file that the app takes without a variable': {
      files: {
        'fly.toml': 'app = "shop"\n',
        'db.py':
          'import os\nfrom sqlalchemy.ext.asyncio import create_async_engine\nengine = create_async_engine(os.getenv("DATABASE_URL", "sqlite+aiosqlite:////data/app.db"))\n',
        'alembic.ini': '[alembic]\nscript_location = alembic\nsqlalchemy.url = sqlite:////data/app.db\n',
        'alembic/env.py':
          'from alembic import context\nfrom sqlalchemy import engine_from_config\nconfig = context.config\nengine = engine_from_config(config.get_section(config.config_ini_section), prefix="sqlalchemy.")\n',
      },
    },
    'env.py asks for both': project({
      'alembic/env.py': asks.replace('"ADMIN_DB_URL")', '"ADMIN_DB_URL", os.environ.get("DATABASE_URL"))'),
    }),
    'a workflow sets the other variable': project({
      'alembic/env.py': asks,
      '.github/workflows/deploy.yml': workflow('ADMIN_DB_URL'),
    }),
    'the app asks for it too': {
      files: {'fly.toml': 'app = "shop"\n', 'db.py': asks, 'alembic/env.py': asks},
    },
    'preflight.toml requires it': project({
      'alembic/env.py': asks,
      'preflight.toml': '[secrets]\nrequired = ["ADMIN_DB_URL"]\n',
    }),
    'settings with another variable, and nothing says that DATABASE_URL is set': {
      files: {'fly.toml': 'app = "shop"\n', 'db.py': settings},
    },
    'env.py sets what alembic.ini says': project({
      'alembic.ini': '[alembic]\nscript_location = alembic\nsqlalchemy.url = postgresql://me:me@localhost/shop\n',
      'alembic/env.py':
        'from alembic import context\nfrom db import engine\nfrom sqlalchemy import engine_from_config\nconfig = context.config\nconfig.set_main_option("sqlalchemy.url", str(engine.url))\nmigrations = engine_from_config(config.get_section("alembic"))\n',
    }),
    'a second engine on a file, in the app': project({
      'cache.py': 'from sqlalchemy import create_engine\ncache = create_engine("sqlite:///cache.db")\n',
    }),
  },
  flagged: {
    'migrations that look for the database in the machine': {
      ...migrated(''),
      expect: [
        'warning alembic.ini:3:1 engine_from_config gets postgresql://localhost/shop when release_command runs alembic, and no database listens in the machine: the connection is refused',
      ],
    },
    'env.py stops, and the app is of Flask': {
      ...project({
        'db.py':
          'import os\nfrom flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\napp = Flask(__name__)\napp.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]\ndb = SQLAlchemy(app)\n',
        'alembic/env.py': asks,
      }),
      expect: [
        'warning alembic/env.py:3:7 env.py asks for "ADMIN_DB_URL" and stops without, while the app takes its database from DATABASE_URL',
      ],
    },
    'the deploy sets what the settings of Django do not read': {
      files: {
        'fly.toml': 'app = "shop"\n',
        'shop/wsgi.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
        'shop/settings.py':
          'import os\nDATABASES = {\n    "default": {\n        "ENGINE": "django.db.backends.postgresql",\n        "NAME": "shop",\n        "HOST": os.environ.get("DB_HOST", "localhost"),\n    }\n}\n',
        '.github/workflows/deploy.yml': workflow('DATABASE_URL'),
      },
      expect: [
        'warning shop/settings.py:6:17 DB_HOST is what the code asks for, and nothing sets it: DATABASES gets postgresql://localhost/shop, not the DATABASE_URL that the deploy sets',
      ],
    },
    'env.py stops': {
      ...project({'alembic/env.py': asks}),
      expect: [
        'warning alembic/env.py:3:7 env.py asks for "ADMIN_DB_URL" and stops without, while the app takes its database from DATABASE_URL',
      ],
    },
    'env.py goes to a file': {
      ...project({
        'alembic/env.py': 'from sqlalchemy import create_engine\nengine = create_engine("sqlite:///shop.db")\n',
      }),
      expect: [
        'warning alembic/env.py:2:10 create_engine gets sqlite:///shop.db here, while the app takes its database from DATABASE_URL',
      ],
    },
    'env.py takes what alembic.ini says': {
      ...project({
        'alembic.ini': '[alembic]\nscript_location = alembic\nsqlalchemy.url = postgresql://me:me@localhost/shop\n',
        'alembic/env.py':
          'from alembic import context\nfrom sqlalchemy import engine_from_config\nconfig = context.config\nengine = engine_from_config(config.get_section("alembic"), prefix="sqlalchemy.")\n',
      }),
      expect: [
        'warning alembic.ini:3:1 engine_from_config gets postgresql://localhost/shop here, while the app takes its database from DATABASE_URL',
      ],
    },
    'the deploy sets what no code reads': {
      files: {
        'fly.toml': 'app = "shop"\n',
        'db.py': settings,
        '.github/workflows/deploy.yml': workflow('DATABASE_URL'),
      },
      expect: [
        'warning db.py:4:5 POSTGRES_URL is what the code asks for, and nothing sets it: create_engine gets postgresql://localhost/shop, not the DATABASE_URL that the deploy sets',
      ],
    },
  },
})
