import parents from '../../../checks/alembic/parents.ts'
import {testCheck} from '../../harness.ts'

const base = {
  'fly.toml': 'app = "shop"\n[deploy]\n  release_command = "alembic upgrade head"\n',
  'alembic.ini': '[alembic]\nscript_location = alembic\n',
  'alembic/env.py': '',
}
const revision = (id: string, down: string) => `revision = "${id}"\ndown_revision = ${down}\n`

testCheck(parents, {
  clean: {
    'a line and a merge': {
      files: {
        ...base,
        'alembic/versions/1.py': revision('a', 'None'),
        'alembic/versions/2.py': revision('b', '"a"'),
        'alembic/versions/3.py': revision('c', '("a", "b")'),
      },
    },
    'a circle that another file of an id leads to, which alembic does not see': {
      files: {
        ...base,
        'alembic/versions/1.py': revision('a', 'None'),
        'alembic/versions/2.py': revision('d', '"c"'),
        'alembic/versions/3.py': revision('b', '"a"'),
        'alembic/versions/4.py': revision('b', '"c"'),
        'alembic/versions/5.py': revision('c', '("b", "a")'),
        'alembic/versions/6.py': revision('d', 'None'),
      },
    },
    'no revisions': {files: {...base, 'alembic/versions/__init__.py': ''}},
  },
  flagged: {
    'a parent that no file defines': {
      files: {...base, 'alembic/versions/1.py': revision('a', 'None'), 'alembic/versions/2.py': revision('b', '"A"')},
      expect: [
        "error alembic/versions/2.py:1:12 b follows A, which no file defines: every alembic command stops with KeyError 'A'",
      ],
    },
    'a circle': {
      files: {...base, 'alembic/versions/1.py': revision('a', '"b"'), 'alembic/versions/2.py': revision('b', '"a"')},
      expect: ['error alembic/versions/1.py:1:12 a, b follow each other in a circle'],
    },
    'a circle beside a line that is well': {
      files: {
        ...base,
        'alembic/versions/0.py': revision('z', 'None'),
        'alembic/versions/1.py': revision('a', '"b"'),
        'alembic/versions/2.py': revision('b', '"a"'),
      },
      expect: ['error alembic/versions/1.py:1:12 a, b follow each other in a circle'],
    },
    'a circle that an id makes which two files have': {
      files: {
        ...base,
        'alembic/versions/1.py': revision('a', 'None'),
        'alembic/versions/2.py': revision('b', '"a"'),
        'alembic/versions/3.py': revision('c', '"b"'),
        'alembic/versions/4.py': revision('a', '"c"'),
      },
      expect: [
        'error alembic/versions/4.py:1:12 two files have the revision id a, so that b, c follow each other in a circle: every alembic command stops',
      ],
    },
    'nothing in the deploy runs them: a warning': {
      files: {...base, 'fly.toml': 'app = "shop"\n', 'alembic/versions/1.py': revision('a', '"b"')},
      expect: [
        "warning alembic/versions/1.py:1:12 a follows b, which no file defines: every alembic command stops with KeyError 'b'",
      ],
    },
  },
  skipped: {
    'scripts in a package that only Python finds': {
      files: {...base, 'alembic.ini': '[alembic]\nscript_location = acme:migrations\n'},
      reason: 'the revisions cannot be read without running them',
    },
    'an id that is computed': {
      files: {
        ...base,
        'alembic/versions/1.py': revision('a', '"b"'),
        'alembic/versions/2.py': 'revision = f()\ndown_revision = None\n',
      },
      reason: 'the revisions cannot be read without running them',
    },
  },
})
