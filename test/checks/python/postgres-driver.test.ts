import postgresDriver from '../../../checks/python/postgres-driver.ts'
import {testCheck} from '../../harness.ts'

const project = (
  requirements: string,
  code = 'URL = "postgresql+asyncpg://localhost/shop"\nengine = create_async_engine(URL, echo=True)\n',
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
    'requirements.txt': requirements,
    'app/db.py': code,
  },
})

const django = (database: string, rest = '') =>
  `import os\nDATABASES = {\n    "default": {\n        ${database}\n    }\n}\n${rest}`
const engine = '"ENGINE": "django.db.backends.postgresql", "NAME": os.environ["PGDATABASE"],'

testCheck(postgresDriver, {
  clean: {
    'Django with a driver': project('django\npsycopg[binary]\n', django(engine)),
    asyncpg: project('sqlalchemy\nasyncpg\n'),
    'through an extra of SQLAlchemy': project('SQLAlchemy[postgresql_asyncpg]\n'),
  },
  flagged: {
    'the engine of Django': {
      ...project('django==5.1.4\ngunicorn\n', django(engine)),
      expect: [
        'error requirements.txt:1:1 django is installed and the project uses Postgres, but no Postgres driver is declared',
      ],
    },
    'an engine of Django that another module may take the place of': {
      ...project('django==5.1.4\n', django(engine, 'DATABASES["default"]["ENGINE"] = os.environ["ENGINE"]\n')),
      expect: [
        'warning requirements.txt:1:1 django is installed and the project uses Postgres, but no Postgres driver is declared',
      ],
    },
    'beside a package of which it is not known what it brings: a warning': {
      ...project('sqlalchemy\nacme-db==1.4\n'),
      expect: [
        'warning requirements.txt:1:1 sqlalchemy is installed and the project uses Postgres, but no Postgres driver is declared',
      ],
    },
    'a URL that is only a default: a warning': {
      ...project('sqlalchemy\n', 'url = os.environ.get("DATABASE_URL", "postgresql://localhost/dev")\n'),
      expect: [
        'warning requirements.txt:1:1 sqlalchemy is installed and the project uses Postgres, but no Postgres driver is declared',
      ],
    },
    'a URL that may be another by then: a warning': {
      ...project(
        'sqlalchemy\n',
        'URL = "postgresql://localhost/dev"\nif TEST:\n    URL = "sqlite://"\nengine = create_engine(URL)\n',
      ),
      expect: [
        'warning requirements.txt:1:1 sqlalchemy is installed and the project uses Postgres, but no Postgres driver is declared',
      ],
    },
    'a URL that create_engine gets': {
      ...project('sqlalchemy\n', 'engine = sqlalchemy.create_engine("postgresql://localhost/shop")\n'),
      expect: [
        'error requirements.txt:1:1 sqlalchemy is installed and the project uses Postgres, but no Postgres driver is declared',
      ],
    },
    'SQLAlchemy alone': {
      ...project('sqlalchemy==2.0.36\nfastapi\n'),
      expect: [
        'error requirements.txt:1:1 sqlalchemy is installed and the project uses Postgres, but no Postgres driver is declared',
      ],
    },
  },
  skipped: {
    'another database': {
      ...project('sqlalchemy\n', 'URL = "sqlite:///x"\n'),
      reason: 'nothing in the project names a Postgres URL',
    },
    'the driver of another database': {
      ...project('sqlalchemy\npymysql\n'),
      reason: 'the driver of another database is installed',
    },
    'only a comment names Postgres': {
      ...project('sqlalchemy\n', '# postgresql://…\n'),
      reason: 'nothing in the project names a Postgres URL',
    },
    'only a scheme is named, to be replaced': {
      ...project('sqlalchemy\n', 'url = url.replace("postgres://", "postgresql://", 1)\n'),
      reason: 'nothing in the project names a Postgres URL',
    },
    '[env] leads to another database': {
      files: {
        ...project('sqlalchemy\n').files,
        'fly.toml': 'app = "shop"\n[env]\nDATABASE_URL = "sqlite:////data/app.db"\n',
      },
      reason: '[env] DATABASE_URL leads to another database',
    },
    'it is installed when the machine starts': {
      files: {
        ...project('sqlalchemy\n').files,
        Dockerfile:
          'FROM python:3.12-slim\nCOPY . .\nRUN pip install -r requirements.txt\nCMD pip install asyncpg && python app.py\n',
      },
      reason: 'not every installed Python package can be told',
    },
    'no SQLAlchemy': {...project('fastapi\n'), reason: 'neither SQLAlchemy, alembic nor Django is installed'},
    'a package that may bring one': {
      ...project('sqlalchemy\nlangchain-postgres\n'),
      reason: 'a package may bring the driver',
    },
    'types of Postgres alone connect to nothing': {
      ...project('sqlalchemy\n', 'from sqlalchemy.dialects.postgresql import ARRAY\n'),
      reason: 'nothing in the project names a Postgres URL',
    },
    'a docstring alone connects to nothing': {
      ...project('sqlalchemy\n', '"""Like postgresql://host/db."""\n'),
      reason: 'nothing in the project names a Postgres URL',
    },
    'poetry installs the groups for development too': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install poetry && poetry install\n',
        'pyproject.toml':
          '[tool.poetry.dependencies]\npython = "^3.12"\nsqlalchemy = "^2"\n[tool.poetry.group.dev.dependencies]\npsycopg2-binary = "^2.9"\n',
        'app/db.py': 'URL = "postgresql://localhost/shop"\n',
      },
      reason: 'not every installed Python package can be told',
    },
    'a script may install anything': {
      files: {
        ...project('sqlalchemy\n').files,
        Dockerfile: 'FROM python:3.12-slim\nCOPY . .\nRUN pip install -r requirements.txt && ./install.sh\n',
      },
      reason: 'not every installed Python package can be told',
    },
    'an install that cannot be told': {
      ...project('sqlalchemy\n-e .\n'),
      reason: 'not every installed Python package can be told',
    },
  },
})
