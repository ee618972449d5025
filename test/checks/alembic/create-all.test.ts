import createAll from '../../../checks/alembic/create-all.ts'
import {testCheck} from '../../harness.ts'
import {base} from './projects.ts'

const app = (main: string, release = '') => ({
  files: {
    ...base,
    'fly.toml': `app = "shop"\n${release}[processes]\n  app = "uvicorn shop.main:app"\n`,
    'shop/__init__.py': '',
    'shop/main.py': main,
  },
})
const call = 'from shop.models import Base, engine\n\nBase.metadata.create_all(bind=engine)\n'

testCheck(createAll, {
  clean: {
    'in development only': app('if DEBUG:\n    Base.metadata.create_all(bind=engine)\n'),
    'in a function': app('def make_tables():\n    Base.metadata.create_all(bind=engine)\n'),
    'in a module that nothing starts': {files: {...app('').files, 'scripts/seed.py': call}},
    'in a comment': app('# Base.metadata.create_all(bind=engine)\n'),
    'without migrations': {
      files: {...app(call).files, 'alembic/versions/a.py': '', 'alembic.ini': '[alembic]\nscript_location = other\n'},
    },
  },
  flagged: {
    'when the app is imported': {
      ...app(call),
      expect: [
        'info shop/main.py:3:1 create_all() at each start, beside the migrations: a new table is made here first, and its migration then fails, for it exists',
      ],
    },
    'after the release command': {
      ...app(call, '[deploy]\nrelease_command = "alembic upgrade head"\n'),
      expect: [
        'info shop/main.py:3:1 create_all() at each start, beside the migrations: it hides a table that no migration makes',
      ],
    },
  },
})
