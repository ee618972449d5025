import databaseFallback from '../../../checks/env/database-fallback.ts'
import {testCheck} from '../../harness.ts'

const project = (url: string, toml = '') => ({
  files: {
    'fly.toml': `app = "shop"\n${toml}`,
    'db.py': `import os\nfrom sqlalchemy import create_engine\nengine = create_engine(${url})\n`,
  },
})

testCheck(databaseFallback, {
  clean: {
    'no default': project('os.environ["DATABASE_URL"]'),
    'a server on localhost: that it is not there is noticed': project(
      'os.getenv("DATABASE_URL", "postgresql://localhost/shop")',
    ),
    'the default of another variable': project('os.environ["DATABASE_URL"] + os.getenv("OPTIONS", "sqlite://")'),
    'a path that is computed, and a volume': project(
      'os.getenv("DATABASE_URL", "sqlite:///" + os.path.join(folder, "shop.db"))',
      '[[mounts]]\n  source = "data"\n  destination = "/data"\n',
    ),
    'Django writes to a file in any case': {
      files: {
        'fly.toml': 'app = "shop"\n',
        'shop/wsgi.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
        'shop/settings.py': 'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}\n',
      },
    },
    'a file on a volume': project(
      'os.getenv("DATABASE_URL", "sqlite:////data/shop.db")',
      '[[mounts]]\n  source = "data"\n  destination = "/data"\n',
    ),
  },
  flagged: {
    'a default': {
      ...project('os.getenv("DATABASE_URL", "sqlite:///./shop.db")'),
      expect: [
        'info db.py:3:24 sqlite:///./shop.db takes the place of DATABASE_URL where that is missing, and the deploy is green all the same',
      ],
    },
    'in the settings of Django': {
      files: {
        'fly.toml': 'app = "shop"\n',
        'shop/asgi.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
        'shop/settings.py':
          'import dj_database_url\nDATABASES = {\n    "default": dj_database_url.config(default="sqlite:///db.sqlite3", conn_max_age=600),\n}\n',
      },
      expect: [
        'info shop/settings.py:3:16 sqlite:///db.sqlite3 takes the place of DATABASE_URL where that is missing, and the deploy is green all the same',
      ],
    },
    'in the configuration of Flask': {
      files: {
        'fly.toml': 'app = "shop"\n',
        'app.py':
          'import os\nfrom flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\ndef create_app():\n    app = Flask(__name__)\n    app.config.from_mapping(SQLALCHEMY_DATABASE_URI=os.getenv("DATABASE_URL", "sqlite:///shop.db"))\n    db.init_app(app)\n    return app\n',
      },
      expect: [
        'info app.py:7:53 sqlite:///shop.db takes the place of DATABASE_URL where that is missing, and the deploy is green all the same',
      ],
    },
    'a path that is computed': {
      ...project('os.getenv("DATABASE_URL") or "sqlite:///" + os.path.join(folder, "shop.db")'),
      expect: [
        'info db.py:3:24 sqlite:///… takes the place of DATABASE_URL where that is missing, and the deploy is green all the same',
      ],
    },
    'a path in an f-string': {
      ...project('os.getenv("DATABASE_URL", f"sqlite:///{folder}/shop.db")'),
      expect: [
        'info db.py:3:24 sqlite:///… takes the place of DATABASE_URL where that is missing, and the deploy is green all the same',
      ],
    },
    'with or': {
      ...project('os.getenv("DATABASE_URL") or "sqlite:///./shop.db"'),
      expect: [
        'info db.py:3:24 sqlite:///./shop.db takes the place of DATABASE_URL where that is missing, and the deploy is green all the same',
      ],
    },
  },
})
