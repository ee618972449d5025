import databaseUrl from '../../../checks/env/database-url.ts'
import {testCheck} from '../../harness.ts'

const project = (code: string, more: Record<string, string> = {}) => ({
  files: {'fly.toml': 'app = "shop"\n', 'requirements.txt': 'sqlalchemy==2.0.36\nasyncpg\n', 'db.py': code, ...more},
})
const sync = 'import os\nfrom sqlalchemy import create_engine\n'
const async = 'import os\nfrom sqlalchemy.ext.asyncio import create_async_engine\n'
const settings = (body: string) =>
  `from pydantic import Field, field_validator\nfrom pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n${body}\nsettings = Settings()\n`

/** env.py makes an engine that is not async, of the settings that the app makes an async one of. */
const shared = (requirements: string) =>
  project(`${async}from settings import settings\nengine = create_async_engine(settings.database.url)\n`, {
    'requirements.txt': `sqlalchemy==2.0.36\n${requirements}`,
    '.env.example': 'DATABASE_URL=postgresql+asyncpg://user:pass@localhost/shop\n',
    Dockerfile: 'FROM python:3.12-slim\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "db.py"]\n',
    'settings.py': settings(
      '    database: Database = Field(default_factory=Database)\n    storage: str = "s3"\n',
    ).replace(
      'class Settings',
      'class Database(BaseSettings):\n    url: str = Field(validation_alias="DATABASE_URL")\nclass Settings',
    ),
    'alembic/env.py':
      'from alembic import context\nfrom sqlalchemy import engine_from_config\nfrom settings import settings\nconfig = context.config\nconfig.set_main_option("sqlalchemy.url", settings.database.url.replace("%", "%%"))\nengine = engine_from_config(config.get_section("alembic"), prefix="sqlalchemy.")\n',
  })
const flask = (code: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    'requirements.txt': 'flask\nflask-sqlalchemy==3.1.1\npsycopg2-binary\n',
    'app.py': `import os\nfrom flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\napp = Flask(__name__)\n${code}`,
    ...more,
  },
})
const django = (code: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    'shop/wsgi.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
    'shop/settings.py': `import os\nimport environ\nimport dj_database_url\n${code}`,
    ...more,
  },
})

testCheck(databaseUrl, {
  clean: {
    'an option of SQLite for SQLite alone': project(
      `${sync}url = os.environ["DATABASE_URL"].replace("postgres://", "postgresql://", 1)\nengine = create_engine(url, connect_args={"check_same_thread": False} if url.startswith("sqlite") else {})\n`,
      {'requirements.txt': 'sqlalchemy==2.0.36\npsycopg2-binary\n'},
    ),
    'an option of SQLite, and no driver for Postgres': project(
      `${sync}engine = create_engine(os.environ["DATABASE_URL"].replace("postgres://", "postgresql://", 1), connect_args={"check_same_thread": False})\n`,
      {'requirements.txt': 'sqlalchemy==2.0.36\nfastapi\n'},
    ),
    'the scheme is written anew': project(
      `${sync}url = os.environ["DATABASE_URL"]\nif url.startswith("postgres://"):\n    url = url.replace("postgres://", "postgresql://", 1)\nengine = create_engine(url)\n`,
    ),
    'for asyncpg without the query, and TLS is off': project(
      `${async}url = os.environ["DATABASE_URL"].replace("postgres://", "postgresql://").replace("postgresql://", "postgresql+asyncpg://").split("?")[0]\nengine = create_async_engine(url, connect_args={"ssl": False})\n`,
    ),
    'the variable holds the host alone': project(
      `${async}engine = create_async_engine(f'postgresql+asyncpg://{os.environ.get("DB_USER")}@{os.environ.get("DATABASE_URL")}:5432/shop')\n`,
    ),
    'a function that is not followed makes the URL': project(
      `${sync}from acme import fix\nengine = create_engine(fix(os.environ["DATABASE_URL"]))\n`,
    ),
    'psycopg2 itself takes both schemes and sslmode': project(
      'import os\nimport psycopg2\nconnection = psycopg2.connect(os.environ["DATABASE_URL"])\n',
    ),
    'asyncpg itself takes them too': project(
      'import os\nimport asyncpg\nasync def main():\n    return await asyncpg.connect(os.environ["DATABASE_URL"])\n',
    ),
    'a validator of the settings writes it anew': project(
      `${async}from settings import settings\nengine = create_async_engine(settings.DATABASE_URL, connect_args={"ssl": False})\n`,
      {
        'settings.py': settings(
          '    DATABASE_URL: str\n    @field_validator("DATABASE_URL")\n    @classmethod\n    def fix(cls, v):\n        for_async = "postgresql+asyncpg://" + v.split("://", 1)[1]\n        return for_async.partition("?")[0]\n',
        ),
      },
    ),
    'a branch that nobody can tell': project(
      `${sync}from acme import flag\nurl = os.environ["DATABASE_URL"]\nif flag():\n    url = url.replace("postgres://", "postgresql://")\nengine = create_engine(url)\n`,
    ),
    'alembic gets the URL with its % doubled': project('', {
      'alembic/env.py':
        'import os\nfrom alembic import context\ncontext.config.set_main_option("sqlalchemy.url", "postgresql" + os.environ["DATABASE_URL"].split(":", 1)[1].replace("%", "%%"))\nfrom sqlalchemy import create_engine\n',
    }),
    'SQLAlchemy 1.3 has that dialect': project(`${sync}engine = create_engine(os.environ["DATABASE_URL"])\n`, {
      'requirements.txt': 'sqlalchemy==1.3.24\n',
    }),
    'the code registers the dialect': project(
      `${sync}from sqlalchemy.dialects import registry\nregistry.register("postgres", "sqlalchemy.dialects.postgresql", "dialect")\nengine = create_engine(os.environ["DATABASE_URL"])\n`,
    ),
    'a script that nothing imports': project(`${sync}print("no engine")\n`, {
      'debug.py': `${sync}if __name__ == "__main__":\n    create_engine(os.environ["DATABASE_URL"])\n`,
    }),
    'make_url sets the driver and drops the query': project(
      `${async}from sqlalchemy.engine import make_url\nurl = make_url(os.environ["DATABASE_URL"]).set(drivername="postgresql+asyncpg").difference_update_query(["sslmode"])\nengine = create_async_engine(str(url), connect_args={"ssl": False})\n`,
    ),
    'Flask: the scheme is written anew in the class of the configuration': flask(
      'app.config.from_object("config.Config")\ndb = SQLAlchemy(app)\n',
      {
        'config.py':
          'import os\nclass Config:\n    SQLALCHEMY_DATABASE_URI = os.environ.get("DATABASE_URL")\n    if SQLALCHEMY_DATABASE_URI and SQLALCHEMY_DATABASE_URI.startswith("postgres://"):\n        SQLALCHEMY_DATABASE_URI = SQLALCHEMY_DATABASE_URI.replace("postgres://", "postgresql://", 1)\n',
      },
    ),
    'Flask: it is written anew once it is set': flask(
      'app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]\nif app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgres://"):\n    app.config["SQLALCHEMY_DATABASE_URI"] = app.config["SQLALCHEMY_DATABASE_URI"].replace("postgres://", "postgresql://", 1)\ndb = SQLAlchemy(app)\n',
    ),
    'Flask: another file may set it': flask(
      'app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]\napp.config.from_pyfile("local.cfg", silent=True)\ndb = SQLAlchemy(app)\n',
    ),
    'Flask: no database is registered': flask('app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]\n'),
    'Django takes both schemes and sslmode': django(
      'DATABASES = {"default": dj_database_url.config(conn_max_age=600)}\n',
    ),
    'Django, with what it takes for true of a switch': django(
      'DATABASES = {"default": dj_database_url.config(ssl_require=not DEBUG)}\n',
    ),
    'Django with django-environ': django('env = environ.Env()\nDATABASES = {"default": env.db()}\n'),
    'URL.create of the parts, with the driver of their own': project(
      'import os\nfrom urllib.parse import urlparse\nfrom sqlalchemy import URL, create_engine\nu = urlparse(os.environ["DATABASE_URL"])\nengine = create_engine(URL.create("postgresql", u.username, u.password, u.hostname, u.port, u.path[1:]))\n',
    ),
    'peewee takes both schemes': project(
      'import os\nfrom playhouse.db_url import connect\ndb = connect(os.environ["DATABASE_URL"])\n',
    ),
    'aiopg and the pool of psycopg2 take them too': project(
      'import os\nimport aiopg\nfrom psycopg2.pool import SimpleConnectionPool\npool = SimpleConnectionPool(1, 10, os.environ["DATABASE_URL"])\nasync def main():\n    return await aiopg.create_pool(os.environ["DATABASE_URL"])\n',
    ),
    'databases with aiopg, which does without TLS': project(
      'import os\nfrom databases import Database\ndb = Database("postgresql+aiopg" + os.environ["DATABASE_URL"].split(":", 1)[1].join([":", ""]))\n',
    ),
    'Tortoise of unknown version, without the query': project(
      'import os\nfrom tortoise import Tortoise\nasync def main():\n    await Tortoise.init(db_url=os.environ["DATABASE_URL"].split("?")[0], modules={})\n',
    ),
  },
  flagged: {
    'of settings that a branch for the offline mode makes first, beside SQLite': {
      ...project(
        `${async}from settings import settings\ndef scheme(url):\n    return url.split("://", maxsplit=1)[0]\ndef make(url):\n    if scheme(url).startswith("sqlite"):\n        return create_async_engine(url, connect_args={"check_same_thread": False})\n    return create_async_engine(url)\ndef get():\n    return settings()\nif context.is_offline_mode():\n    print(get().url)\nelse:\n    engine = make(get().url)\n`,
        {
          'settings.py':
            'import os\nfrom functools import lru_cache\nfrom pydantic import model_validator\nfrom pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    url: str = ""\n    @model_validator(mode="after")\n    def fill(self):\n        self.url = os.environ["DATABASE_URL"].replace("postgres://", "postgresql+asyncpg://")\n        return self\n@lru_cache\ndef settings():\n    return Settings()\n',
        },
      ),
      expect: [
        'warning settings.py:9:20 postgresql+asyncpg://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches create_async_engine in db.py: asyncpg knows no sslmode, and asyncpg asks for TLS first, which ends the connection to .flycast',
      ],
    },
    'in the place of a path that begins as one of SQLite': {
      ...project(
        `${async}import pathlib\nurl = f"sqlite+aiosqlite:///{pathlib.Path.home()}/shop.db"\nraw = os.environ.get("DATABASE_URL")\nif raw and not url.startswith(("postgresql", "mysql")):\n    url = raw.replace("postgres://", "postgresql+asyncpg://")\nengine = create_async_engine(url)\n`,
      ),
      expect: [
        'warning db.py:5:7 postgresql+asyncpg://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches create_async_engine in db.py: asyncpg knows no sslmode, and asyncpg asks for TLS first, which ends the connection to .flycast',
      ],
    },
    'SQLite alone, as no driver for Postgres is installed': {
      ...project(`${sync}engine = create_engine(os.environ.get("DATABASE_URL", "sqlite:////data/shop.db"))\n`, {
        'requirements.txt': 'sqlalchemy==2.0.36\n',
        Dockerfile: 'FROM python:3.12-slim\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "db.py"]\n',
      }),
      expect: [
        'info db.py:3:24 postgres://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches create_engine in db.py: SQLAlchemy has no dialect postgres',
      ],
    },
    'an option of SQLite': {
      ...project(
        `${sync}url = os.environ["DATABASE_URL"].replace("postgres://", "postgresql://", 1)\nengine = create_engine(\n    url,\n    connect_args={"check_same_thread": False},\n)\n`,
        {
          'requirements.txt': 'sqlalchemy==2.0.36\npsycopg2-binary\n',
          Dockerfile: 'FROM python:3.12-slim\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "db.py"]\n',
        },
      ),
      expect: [
        'warning db.py:3:7 postgresql://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches create_engine in db.py: no driver for Postgres knows check_same_thread',
      ],
    },
    'Flask: as it is': {
      ...flask('app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("DATABASE_URL")\ndb = SQLAlchemy(app)\n'),
      expect: [
        'warning app.py:5:41 postgres://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches SQLALCHEMY_DATABASE_URI in app.py: SQLAlchemy has no dialect postgres',
      ],
    },
    'Flask: a factory, the class of its configuration and an extension of another file': {
      ...flask(
        'from extensions import db\nfrom config import Config\ndef create_app(config_class=Config):\n    app = Flask(__name__)\n    app.config.from_object(config_class)\n    register(app)\n    return app\ndef register(app):\n    db.init_app(app)\n',
        {
          'extensions.py': 'from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\n',
          'config.py':
            'import os\nclass Base(object):\n    SQLALCHEMY_DATABASE_URI = os.environ.get("DATABASE_URL") or "sqlite:///shop.db"\nclass Config(Base):\n    DEBUG = False\n',
        },
      ),
      expect: [
        'warning config.py:3:31 postgres://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches SQLALCHEMY_DATABASE_URI in app.py: SQLAlchemy has no dialect postgres',
      ],
    },
    'Django: TLS is demanded, which Postgres on .flycast has not': {
      ...django('DATABASES = {"default": dj_database_url.config(ssl_require=True)}\n'),
      expect: [
        'info shop/settings.py:4:25 postgresql://…?sslmode=require, as flyctl postgres attach sets DATABASE_URL, reaches DATABASES in shop/settings.py: TLS is demanded, which ends the connection to .flycast',
      ],
    },
    'Django: the driver is not installed': {
      ...django('DATABASES = {"default": dj_database_url.config()}\n', {
        'requirements.txt': 'django==5.1\ndj-database-url\ngunicorn\n',
        Dockerfile: 'FROM python:3.12-slim\nCOPY . .\nRUN pip install -r requirements.txt\n',
      }),
      expect: [
        'warning shop/settings.py:4:25 postgresql://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches DATABASES in shop/settings.py: Django needs psycopg for it, which is not installed',
      ],
    },
    'Django: a scheme of SQLAlchemy': {
      ...django('DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}\n', {
        '.env.example': 'DATABASE_URL=postgresql+asyncpg://me:me@localhost/shop\n',
      }),
      expect: [
        'warning shop/settings.py:4:47 postgresql+asyncpg://…, as .env.example writes DATABASE_URL, reaches DATABASES in shop/settings.py: Django takes postgresql:// and postgres://, not postgresql+asyncpg://',
      ],
    },
    'a call that demands TLS, whatever the URL says': {
      ...project('import os\nimport psycopg2\nc = psycopg2.connect(os.environ["DATABASE_URL"], sslmode="require")\n', {
        'deploy.sh': 'fly postgres attach shop-db\n',
      }),
      expect: [
        'warning db.py:3:22 postgres://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches connect in db.py: TLS is demanded, which ends the connection to .flycast',
      ],
    },
    'a second query behind the first': {
      ...project('import os\nimport psycopg\nc = psycopg.connect(os.environ["DATABASE_URL"] + "?sslmode=require")\n'),
      expect: [
        'warning db.py:3:21 postgres://…?sslmode=disable?sslmode=require, as flyctl postgres attach sets DATABASE_URL, reaches connect in db.py: libpq knows no sslmode disable?sslmode=require',
      ],
    },
    'an engine that demands TLS': {
      ...project(
        `${async}url = "postgresql+asyncpg" + os.environ["DATABASE_URL"].split("?")[0][8:]\nengine = create_async_engine(url, connect_args={"ssl": "require"})\n`,
        {'deploy.sh': 'fly postgres attach shop-db\n'},
      ),
      expect: [
        'warning db.py:3:30 postgresql+asyncpg://…, as flyctl postgres attach sets DATABASE_URL, reaches create_async_engine in db.py: TLS is demanded, which ends the connection to .flycast',
      ],
    },
    'pg8000 gets the query': {
      ...project(
        `${sync}engine = create_engine(os.environ["DATABASE_URL"].replace("postgres://", "postgresql+pg8000://"))\n`,
        {'requirements.txt': 'sqlalchemy\npg8000\n'},
      ),
      expect: [
        'warning db.py:3:24 postgresql+pg8000://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches create_engine in db.py: pg8000 knows no sslmode',
      ],
    },
    'the file of secrets names a driver': {
      ...project(`${sync}engine = create_engine(os.environ["DATABASE_URL"])\n`, {
        'preflight.toml': '[secrets]\nenv-file = "prod.env"\n',
        'prod.env': 'DATABASE_URL="postgresql+asyncpg://shop:k3yB0ard9@shop-db.flycast/shop"\n',
      }),
      expect: [
        'warning db.py:3:24 postgresql+asyncpg://…, as prod.env writes DATABASE_URL, reaches create_engine in db.py: asyncpg is async, and this engine is not',
      ],
    },
    'peewee with a scheme of SQLAlchemy': {
      ...project(
        'import os\nfrom playhouse.db_url import connect\ndb = connect(os.environ["DATABASE_URL"].replace("postgres://", "postgresql+psycopg2://"))\n',
      ),
      expect: [
        'warning db.py:3:14 postgresql+psycopg2://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches connect in db.py: peewee takes postgresql:// and postgres://, not postgresql+psycopg2://',
      ],
    },
    'make_url without a driver, given as it is': {
      ...project(
        `import os\nfrom sqlalchemy import create_engine, make_url\nengine = create_engine(make_url(os.environ["DATABASE_URL"]))\n`,
      ),
      expect: [
        'warning db.py:3:33 postgres://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches create_engine in db.py: SQLAlchemy has no dialect postgres',
      ],
    },
    'an old Tortoise knows one scheme': {
      ...project(
        'import os\nfrom tortoise import Tortoise\nasync def main():\n    await Tortoise.init(config={"connections": {"default": os.environ["DATABASE_URL"]}, "apps": {}})\n',
        {'requirements.txt': 'tortoise-orm==0.24.0\nasyncpg\n', 'deploy.sh': 'fly mpg attach shop\n'},
      ),
      expect: [
        'warning db.py:4:60 postgresql://…, as flyctl mpg attach sets DATABASE_URL, reaches init in db.py: this Tortoise takes postgres:// and asyncpg://, not postgresql://',
      ],
    },
    'as it is': {
      ...project(`${sync}engine = create_engine(os.environ["DATABASE_URL"])\n`),
      expect: [
        'warning db.py:3:24 postgres://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches create_engine in db.py: SQLAlchemy has no dialect postgres',
      ],
    },
    'only the other scheme is replaced': {
      ...project(
        `${async}url = os.getenv("DATABASE_URL").replace("postgresql://", "postgresql+asyncpg://")\nengine = create_async_engine(url)\n`,
      ),
      expect: [
        'warning db.py:3:7 postgres://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches create_async_engine in db.py: SQLAlchemy has no dialect postgres, asyncpg knows no sslmode, and asyncpg asks for TLS first, which ends the connection to .flycast',
      ],
    },
    'the replacement goes too far': {
      ...project(`${sync}engine = create_engine(os.environ["DATABASE_URL"].replace("postgres", "postgresql"))\n`),
      expect: [
        'warning db.py:3:24 postgresqlql://…, as flyctl mpg attach sets DATABASE_URL, reaches create_engine in db.py: SQLAlchemy has no dialect postgresqlql',
      ],
    },
    'one URL for an async engine and one that is not, in a part of the settings': {
      ...shared('asyncpg\n'),
      expect: [
        'info settings.py:4:5 postgres://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches create_async_engine in db.py: SQLAlchemy has no dialect postgres, asyncpg knows no sslmode, and asyncpg asks for TLS first, which ends the connection to .flycast',
        'warning settings.py:4:5 postgresql+asyncpg://…, as .env.example writes DATABASE_URL, reaches engine_from_config in alembic/env.py: asyncpg is async, and this engine is not',
      ],
    },
    'the same where psycopg is there, which is both: it is not the URL of the example that is set': {
      ...shared('psycopg[binary]\nasyncpg\n'),
      expect: [
        'info settings.py:4:5 postgres://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches engine_from_config in alembic/env.py: SQLAlchemy has no dialect postgres',
      ],
    },
    'with the settings of pydantic, in env.py, where the query stays': {
      ...project(`${async}from settings import settings\n`, {
        'settings.py': settings('    url: str = Field(..., validation_alias="DATABASE_URL")\n'),
        'alembic/env.py':
          'from alembic import context\nfrom sqlalchemy.ext.asyncio import async_engine_from_config\nfrom settings import settings\nconfig = context.config\nconfig.set_main_option("sqlalchemy.url", settings.url.replace("postgres://", "postgresql+asyncpg://"))\nasync def run():\n    engine = async_engine_from_config(config.get_section("alembic"), prefix="sqlalchemy.")\n',
      }),
      expect: [
        'info alembic/env.py:5:1 a % in the URL ends set_main_option with ValueError: invalid interpolation syntax',
        'warning settings.py:4:5 postgresql+asyncpg://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches async_engine_from_config in alembic/env.py: asyncpg knows no sslmode, and asyncpg asks for TLS first, which ends the connection to .flycast',
      ],
    },
    'a URL of Neon, of which the code takes sslmode alone': {
      ...project(
        `import os\n${async}# Neon wants TLS, and asyncpg knows no sslmode.\nurl = os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+asyncpg://")\nurl = url.split("?")[0] + "?" + "&".join(each for each in url.split("?")[1].split("&") if not each.startswith("sslmode="))\nengine = create_async_engine(url, connect_args={"ssl": True})\n`,
      ),
      expect: [
        'warning db.py:5:7 postgresql+asyncpg://…?channel_binding=require, which is left of the URL that Neon gives, reaches create_async_engine in db.py: asyncpg knows no channel_binding',
      ],
    },
    'a validator that refuses it': {
      ...project(`${sync}from settings import settings\nengine = create_engine(settings.DATABASE_URL)\n`, {
        'settings.py': settings(
          '    DATABASE_URL: str\n    @field_validator("DATABASE_URL")\n    @classmethod\n    def check(cls, v):\n        if not v.startswith(("postgresql://", "sqlite://")):\n            raise ValueError("not a Postgres URL")\n        return v\n',
        ),
      }),
      expect: [
        'warning settings.py:9:13 postgres://…?sslmode=disable is refused here, and that is how flyctl postgres attach sets DATABASE_URL',
      ],
    },
    'the example names an async driver, and env.py has no async engine': {
      ...project(`${async}engine = create_async_engine(os.environ["DATABASE_URL"])\n`, {
        '.env.example': 'DATABASE_URL=postgresql+asyncpg://me:me@localhost/shop\n',
        'alembic/env.py':
          'import os\nfrom sqlalchemy import create_engine\nengine = create_engine(os.environ["DATABASE_URL"])\n',
      }),
      expect: [
        'warning alembic/env.py:3:24 postgresql+asyncpg://…, as .env.example writes DATABASE_URL, reaches create_engine in alembic/env.py: asyncpg is async, and this engine is not',
        'info db.py:3:30 postgres://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches create_async_engine in db.py: SQLAlchemy has no dialect postgres, asyncpg knows no sslmode, and asyncpg asks for TLS first, which ends the connection to .flycast',
      ],
    },
    'the driver is not installed': {
      ...project(
        `${sync}url = os.environ["DATABASE_URL"].replace("postgres://", "postgresql://")\nengine = create_engine(url)\n`,
        {Dockerfile: 'FROM python:3.12-slim\nCOPY . .\nRUN pip install -r requirements.txt\n'},
      ),
      expect: [
        'warning db.py:3:7 postgresql://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches create_engine in db.py: SQLAlchemy takes psycopg2 for it, which is not installed',
      ],
    },
    'SQLAlchemy 2.1 takes another driver': {
      ...project(
        `${sync}url = os.environ["DATABASE_URL"].replace("postgres://", "postgresql://")\nengine = create_engine(url)\n`,
        {
          Dockerfile: 'FROM python:3.12-slim\nCOPY . .\nRUN pip install -r requirements.txt\n',
          'requirements.txt': 'sqlalchemy\npsycopg2-binary\n',
        },
      ),
      expect: [
        'warning db.py:3:7 postgresql://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches create_engine in db.py: since 2.1 SQLAlchemy takes psycopg for it, which is not installed',
      ],
    },
    'another provider is named: an info': {
      ...project(`${sync}engine = create_engine(os.environ["DATABASE_URL"])\n`, {
        'README.md': 'The database is on Supabase.\n',
      }),
      expect: [
        'info db.py:3:24 postgres://…?sslmode=disable, as flyctl postgres attach sets DATABASE_URL, reaches create_engine in db.py: SQLAlchemy has no dialect postgres',
      ],
    },
  },
  skipped: {
    'the image says that it is SQLite, and has no other driver': {
      ...project(`${sync}engine = create_engine(os.getenv("DATABASE_URL", "sqlite:///shop.db"))\n`, {
        'requirements.txt': 'sqlalchemy==2.0.36\nfastapi\n',
        Dockerfile:
          'FROM python:3.12-slim\nENV DATABASE_URL=sqlite:////data/shop.db\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "db.py"]\n',
      }),
      reason: 'the image sets DATABASE_URL to SQLite',
    },
    'no database': {
      files: {'fly.toml': 'app = "shop"\n', 'main.py': 'print("hello")\n'},
      reason: 'no Python code connects to a database',
    },
    'the code puts it back in another form before the settings read it': {
      ...project(
        `${sync}os.environ["DATABASE_URL"] = os.environ["DATABASE_URL"].replace("postgres://", "postgresql://", 1)\n${settings('    database_url: str')}engine = create_engine(settings.database_url)\n`,
      ),
      reason: 'the code sets DATABASE_URL anew before others read it',
    },
    'a script rewrites the URL for what it starts': {
      ...project(`${sync}engine = create_engine(os.environ["DATABASE_URL"])\n`, {
        'fly.toml': 'app = "shop"\n[processes]\n  app = "./start.sh"\n',
        'start.sh': '#!/bin/sh\nexport DATABASE_URL="${DATABASE_URL/postgres:/postgresql:}"\nexec python db.py\n',
      }),
      reason: 'a command of the deploy may set DATABASE_URL',
    },
    '[env] has the URL': {
      files: {
        ...project(`${sync}engine = create_engine(os.environ["DATABASE_URL"])\n`).files,
        'fly.toml': 'app = "shop"\n[env]\n  DATABASE_URL = "sqlite:////data/shop.db"\n',
      },
      reason: '[env] sets DATABASE_URL',
    },
  },
})
