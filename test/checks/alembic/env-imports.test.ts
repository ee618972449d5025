import envImports from '../../../checks/alembic/env-imports.ts'
import {testCheck} from '../../harness.ts'
import {envScript, release, withFiles} from './projects.ts'

const image = (...lines: string[]) => ({Dockerfile: `FROM python:3.12-slim\nWORKDIR /app\n${lines.join('\n')}\n`})
const app = {
  'alembic/env.py': `from shop.models import Base\n${envScript}`,
  'shop/models.py': '',
  'shop/__init__.py': '',
}
const ini = (more: string) => ({'alembic.ini': `[alembic]\nscript_location = %(here)s/alembic\n${more}\n`})

testCheck(envImports, {
  clean: {
    prepend_sys_path: withFiles({...image('COPY . .'), ...app, ...ini('prepend_sys_path = .')}),
    'beside the configuration': withFiles({
      ...image('COPY . db'),
      ...app,
      ...ini('prepend_sys_path = %(here)s'),
      ...release('alembic -c db/alembic.ini upgrade head'),
    }),
    PYTHONPATH: withFiles({...image('ENV PYTHONPATH=/app', 'COPY . .'), ...app}),
    'python -m alembic': withFiles({...image('COPY . .'), ...app, ...release('python -m alembic upgrade head')}),
    'the project is installed': withFiles({...image('COPY . .', 'RUN pip install .'), ...app}),
    'env.py sets the path itself': withFiles({
      ...image('COPY . .'),
      ...app,
      'alembic/env.py': `import sys\nsys.path.append("/app")\nfrom shop.models import Base\n${envScript}`,
    }),
    "other people's packages": withFiles({
      ...image('COPY . .'),
      'alembic/env.py': `from sqlalchemy import create_engine\nimport sqlmodel\n${envScript}`,
    }),
    'in a branch': withFiles({
      ...image('COPY . .'),
      ...app,
      'alembic/env.py': `try:\n    from shop.models import Base\nexcept ImportError:\n    Base = None\n${envScript}`,
    }),
  },
  flagged: {
    'nothing says where to look': {
      ...withFiles({...image('COPY . .'), ...app}),
      expect: [
        'warning alembic/env.py:1:1 env.py imports shop.models, and Python looks for shop in no folder of the project in the image: ModuleNotFoundError',
      ],
    },
    'in another folder than WORKDIR': {
      ...withFiles({
        ...image('COPY . db'),
        ...app,
        ...ini('prepend_sys_path = .'),
        ...release('alembic -c db/alembic.ini upgrade head'),
      }),
      expect: [
        'warning alembic/env.py:1:1 env.py imports shop.models, and Python looks for shop in /app in the image: ModuleNotFoundError',
      ],
    },
    'the migrations are copied, the app is not': {
      ...withFiles({...image('COPY alembic.ini .', 'COPY alembic alembic'), ...app, ...ini('prepend_sys_path = .')}),
      expect: [
        'warning alembic/env.py:1:1 env.py imports shop.models, and Python looks for shop in /app in the image: ModuleNotFoundError',
      ],
    },
  },
})
