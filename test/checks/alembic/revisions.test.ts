import revisions from '../../../checks/alembic/revisions.ts'
import {testCheck} from '../../harness.ts'
import {base, revision, withFiles} from './projects.ts'

testCheck(revisions, {
  clean: {
    'files that are not loaded': withFiles({'__init__.py': '', 'README.md': '', 'utils.pyi': '', 'b.py.bak': ''}),
    'a hexadecimal file name in the place of the id': withFiles({
      'beef.py': 'down_revision = "aaaa"\ndef upgrade(): pass\n',
    }),
    'names that another module brings': withFiles({'b.py': 'from elsewhere import *\n'}),
    '32 characters': withFiles({'b.py': revision('b'.repeat(32), '"aaaa"')}),
    'exit in a function': withFiles({
      'b.py': `import sys\n${revision('bbbb', '"aaaa"', 'def upgrade():\n    sys.exit(1)\n')}`,
    }),
  },
  flagged: {
    'a helper beside the revisions': {
      ...withFiles({'utils.py': 'X = 1\n'}),
      expect: [
        'error alembic/versions/utils.py utils.py has no revision: alembic loads every .py file of the folder, and stops at one that is none',
      ],
    },
    'no down_revision': {
      ...withFiles({'b.py': 'revision = "bbbb"\n'}),
      expect: ['error alembic/versions/b.py:1:12 bbbb has no down_revision: alembic stops at it'],
    },
    'a comma behind the id': {
      ...withFiles({'b.py': 'revision = "bbbb",\ndown_revision = "aaaa"\n'}),
      expect: ['error alembic/versions/b.py:1:12 revision is a tuple: it must be a text'],
    },
    'a number': {
      ...withFiles({
        'b.py': 'revision = 2\ndown_revision = "aaaa"\n',
        'c.py': 'revision = "cccc"\ndown_revision = 1\n',
      }),
      expect: [
        'error alembic/versions/b.py:1:12 revision is a number: it must be a text',
        'error alembic/versions/c.py:2:17 the down_revision of cccc is no text, list or tuple of texts',
      ],
    },
    'an id with a minus': {
      ...withFiles({'b.py': revision('add-users', '"aaaa"')}),
      expect: ['error alembic/versions/b.py:1:12 the revision id add-users has -, which alembic does not allow'],
    },
    'a relative import': {
      ...withFiles({'b.py': `from .helpers import x\n${revision('bbbb', '"aaaa"')}`}),
      expect: [
        'error alembic/versions/b.py:1:1 alembic loads each revision by itself, in no package: this import fails, and with it every command',
      ],
    },
    'the end of Python': {
      ...withFiles({
        'b.py': `import sys\nsys.exit()\n${revision('bbbb', '"aaaa"')}`,
        'c.py': `exit(1)\n${revision('cccc', '"bbbb"')}`,
      }),
      expect: [
        'error alembic/versions/b.py:2:1 this line ends Python as soon as alembic loads the file: alembic exits 0 and does nothing',
        'error alembic/versions/c.py:1:1 this line ends Python as soon as alembic loads the file: every alembic command ends there',
      ],
    },
    '33 characters: a warning, since only Postgres minds': {
      ...withFiles({'b.py': revision('add_users_table_with_all_the_names', '"aaaa"')}),
      expect: [
        'warning alembic/versions/b.py:1:12 the revision id add_users_table_with_all_the_names has 34 characters, and alembic_version holds 32: on Postgres its upgrade fails',
      ],
    },
    'many such ids are told once': {
      ...withFiles(
        Object.fromEntries(
          ['b', 'c', 'd', 'e'].map((name, index) => [
            `${name}.py`,
            revision(name.repeat(33), `"${index === 0 ? 'aaaa' : 'abcd'[index]?.repeat(33)}"`),
          ]),
        ),
      ),
      expect: [
        'warning alembic/versions/b.py:1:12 the revision id bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb has 33 characters, and alembic_version holds 32: on Postgres its upgrade fails, so with 3 more',
      ],
    },
    'nothing in the deploy runs them: a warning': {
      files: {...base, 'fly.toml': 'app = "shop"\n', 'alembic/versions/utils.py': ''},
      expect: [
        'warning alembic/versions/utils.py utils.py has no revision: alembic loads every .py file of the folder, and stops at one that is none',
      ],
    },
  },
})
