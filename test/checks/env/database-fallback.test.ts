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
    'with or': {
      ...project('os.getenv("DATABASE_URL") or "sqlite:///./shop.db"'),
      expect: [
        'info db.py:3:24 sqlite:///./shop.db takes the place of DATABASE_URL where that is missing, and the deploy is green all the same',
      ],
    },
  },
})
