import tracked from '../../../checks/alembic/tracked.ts'
import {testCheck} from '../../harness.ts'
import {base, revision} from './projects.ts'

const second = {'alembic/versions/b.py': revision('bbbb', '"aaaa"')}

testCheck(tracked, {
  clean: {
    'all of them': {files: {...base, '.gitignore': '__pycache__/\n'}},
    'what is ignored is none of them': {
      files: {...base, '.gitignore': 'alembic/versions/__pycache__/\n', 'alembic/versions/__pycache__/a.pyc': ''},
    },
    'scripts above the working directory': {
      files: {
        ...base,
        'alembic.ini': '[alembic]\nscript_location = ../db\n',
        '../db/env.py': base['alembic/env.py'],
        '../db/versions/a.py': revision('aaaa', 'None'),
      },
    },
  },
  flagged: {
    'the whole folder is ignored': {
      files: {...base, ...second, '.gitignore': 'alembic/versions/\n'},
      expect: [
        'warning alembic/versions/a.py git ignores alembic/versions/a.py and 1 other: a deploy from CI, or from another clone, does not have them',
      ],
    },
    'env.py too': {
      files: {...base, 'fly.toml': 'app = "shop"\n', '.gitignore': 'alembic/\n'},
      expect: [
        'warning alembic/env.py git ignores alembic/env.py and 1 other: a deploy from CI, or from another clone, does not have them',
      ],
    },
  },
})
