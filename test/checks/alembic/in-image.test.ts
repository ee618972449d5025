import inImage from '../../../checks/alembic/in-image.ts'
import {testCheck} from '../../harness.ts'
import {envScript, release, revision, withFiles} from './projects.ts'

const image = (...lines: string[]) => ({Dockerfile: `FROM python:3.12-slim\nWORKDIR /app\n${lines.join('\n')}\n`})
const second = {'alembic/versions/b.py': revision('bbbb', '"aaaa"')}

testCheck(inImage, {
  clean: {
    'no Dockerfile': withFiles({}),
    'all of it': withFiles(image('COPY . .')),
    'in a folder that -c names': withFiles({
      ...image('COPY . /app/db'),
      ...release('alembic -c db/alembic.ini upgrade head'),
      'alembic.ini': '[alembic]\nscript_location = %(here)s/alembic\n',
    }),
    'a folder that a script goes to': withFiles({
      ...image('COPY . /srv', 'CMD ["/srv/start.sh"]'),
      'fly.toml': 'app = "shop"\n',
      'start.sh': '#!/bin/sh\nset -e\ncd /srv\nalembic upgrade head\n',
    }),
    'a script_location that is a folder of a package': withFiles({
      ...image('COPY db ./db'),
      ...release('alembic -c db/alembic.ini upgrade head'),
      'db/alembic.ini': '[alembic]\nscript_location = db:migrations\nprepend_sys_path = .\n',
      'db/__init__.py': '',
      'db/migrations/env.py': envScript,
      'db/migrations/versions/a.py': revision('aaaa', 'None'),
    }),
    'a script_location that Flask-Migrate does not go by': {
      files: {
        ...image('COPY . .'),
        ...release('flask --app wsgi db upgrade'),
        'migrations/alembic.ini': '[alembic]\nscript_location = migrations\n',
        'migrations/env.py': envScript,
        'migrations/versions/a.py': revision('aaaa', 'None'),
      },
    },
    'a folder that the code names to Flask-Migrate': {
      files: {
        ...image('COPY src ./src'),
        ...release('flask db upgrade'),
        'src/shop/migrations/alembic.ini': '[alembic]\n',
        'src/shop/migrations/env.py': envScript,
        'src/shop/migrations/versions/a.py': revision('aaaa', 'None'),
        'src/shop/app.py': 'from flask_migrate import Migrate\nmigrate = Migrate(app, db, directory=folder)\n',
      },
    },
    'a base image that is not known': withFiles({Dockerfile: 'FROM acme/shop\nWORKDIR /app\n'}),
    'a RUN that may bring them': withFiles(image('RUN git clone https://example.com/shop.git .')),
    'nothing runs them': withFiles({...image('COPY shop .'), 'fly.toml': 'app = "shop"\n', 'shop/a.py': ''}),
  },
  flagged: {
    'only the app is copied': {
      ...withFiles({...image('COPY shop ./shop'), 'shop/main.py': ''}),
      expect: [
        'warning fly.toml:3:3 release_command runs alembic, but nothing brings alembic.ini to /app/alembic.ini in the image: it stops',
      ],
    },
    'alembic.ini alone': {
      ...withFiles(image('COPY alembic.ini ./')),
      expect: [
        'warning fly.toml:3:3 release_command runs alembic, but nothing brings alembic/env.py to /app/alembic/env.py in the image: it stops',
      ],
    },
    'copied to another folder than WORKDIR': {
      ...withFiles(image('COPY . /srv')),
      expect: [
        'warning fly.toml:3:3 release_command runs alembic, but nothing brings alembic.ini to /app/alembic.ini in the image: it stops',
      ],
    },
    'a script_location that counts from WORKDIR, not from the ini': {
      ...withFiles({...image('COPY . /app/db'), ...release('alembic -c db/alembic.ini upgrade head')}),
      expect: [
        'warning fly.toml:3:3 release_command runs alembic, but nothing brings alembic/env.py to /app/alembic/env.py in the image: it stops',
      ],
    },
    'the migrations of Flask-Migrate, not copied': {
      files: {
        ...image('COPY src ./src'),
        ...release('flask db upgrade'),
        'src/app.py': '',
        'migrations/alembic.ini': '[alembic]\n',
        'migrations/env.py': envScript,
        'migrations/versions/a.py': revision('aaaa', 'None'),
      },
      expect: [
        'warning fly.toml:3:3 release_command runs alembic, but nothing brings migrations/alembic.ini to /app/migrations/alembic.ini in the image: it stops',
      ],
    },
    '.dockerignore leaves all revisions out': {
      ...withFiles({...image('COPY . .'), '.dockerignore': '**/versions\n'}),
      expect: [
        'warning fly.toml:3:3 release_command runs alembic, but nothing brings alembic/versions to /app/alembic/versions in the image: it finds no revision, exits 0 and does nothing',
      ],
    },
    '.dockerignore leaves one out': {
      ...withFiles({...image('COPY . .'), ...second, '.dockerignore': 'alembic/versions/b*\n'}),
      expect: [
        'warning fly.toml:3:3 release_command runs alembic, but nothing brings alembic/versions/b.py to /app/alembic/versions/b.py in the image: this revision is not run, and what follows it fails',
      ],
    },
  },
})
