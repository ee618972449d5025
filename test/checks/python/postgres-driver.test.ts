import postgresDriver from '../../../checks/python/postgres-driver.ts'
import {testCheck} from '../../harness.ts'

const project = (requirements: string, code = 'URL = "postgresql+asyncpg://localhost/shop"\n') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
    'requirements.txt': requirements,
    'app/db.py': code,
  },
})

testCheck(postgresDriver, {
  clean: {
    asyncpg: project('sqlalchemy\nasyncpg\n'),
    'through an extra of SQLAlchemy': project('SQLAlchemy[postgresql_asyncpg]\n'),
  },
  flagged: {
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
      reason: 'nothing in the project names Postgres',
    },
    'only a comment names Postgres': {
      ...project('sqlalchemy\n', '# postgresql://…\n'),
      reason: 'nothing in the project names Postgres',
    },
    'no SQLAlchemy': {...project('fastapi\n'), reason: 'neither SQLAlchemy nor alembic is installed'},
    'a package that may bring one': {
      ...project('sqlalchemy\nlangchain-postgres\n'),
      reason: 'a package may bring the driver',
    },
    'an install that cannot be told': {
      ...project('sqlalchemy\n-e .\n'),
      reason: 'not every installed Python package can be told',
    },
  },
})
