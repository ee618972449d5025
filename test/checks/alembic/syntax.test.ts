import syntax from '../../../checks/alembic/syntax.ts'
import {testCheck} from '../../harness.ts'
import {base, withFiles} from './projects.ts'

const second = 'revision = "bbbb"\ndown_revision = "aaaa"\n'

testCheck(syntax, {
  clean: {
    'conflict marks in a text': withFiles({
      'b.py': `"""\n<<<<<<< HEAD\n=======\n>>>>>>> main\n"""\n${second}def upgrade():\n    pass\n`,
    }),
    'forms that look odd and are none': withFiles({
      'b.py': `${second}def upgrade():\n    op.execute("""\n  select (1\n""")\n    x = f"{d["a"]}{')'}"\n    if x: pass\n    else: pass\n    for a in (b\n    , c): pass\n`,
    }),
    'a file that alembic does not load': withFiles({'notes.md': 'def upgrade(\n', 'old/b.py': 'def upgrade(\n'}),
    'the rest of the project is another question': withFiles({'app/main.py': 'def f(\n'}),
  },
  flagged: {
    'lines left behind by an edit': {
      ...withFiles({'b.py': `${second}def upgrade():\n    pass\n        op.drop_column("a", "b")\n`}),
      expect: [
        'error alembic/versions/b.py:5:1 this line is indented deeper than the one before, which opens no block: every alembic command stops with IndentationError',
      ],
    },
    'no body': {
      ...withFiles({'b.py': `${second}def upgrade():\n\n\ndef downgrade():\n    pass\n`}),
      expect: [
        'error alembic/versions/b.py:6:1 def upgrade has no body: the line below it is not indented: every alembic command stops with IndentationError',
      ],
    },
    'a merge conflict': {
      ...withFiles({'b.py': `revision = "bbbb"\n<<<<<<< HEAD\ndown_revision = "aaaa"\n=======\n>>>>>>> main\n`}),
      expect: [
        'error alembic/versions/b.py:2:1 a merge conflict is left: <<<<<<<: every alembic command stops with SyntaxError',
      ],
    },
    'a bracket, a string, a colon, a quote of a text program': {
      ...withFiles({
        'b.py': `${second}def upgrade():\n    op.execute("a"\n`,
        'c.py': 'revision = "cccc\ndown_revision = "bbbb"\n',
        'd.py': 'revision = "dddd"\ndown_revision = "cccc"\ndef upgrade()\n    pass\n',
        'e.py': 'revision = \u201ceeee\u201d\ndown_revision = "dddd"\n',
      }),
      expect: [
        'error alembic/versions/b.py:4:15 the ( is never closed: every alembic command stops with SyntaxError',
        'error alembic/versions/c.py:1:12 the string is never closed: every alembic command stops with SyntaxError',
        'error alembic/versions/d.py:3:1 def upgrade lacks its colon: every alembic command stops with SyntaxError',
        'error alembic/versions/e.py:1:12 \u201c is no character of Python: every alembic command stops with SyntaxError',
      ],
    },
    'tabs and spaces': {
      ...withFiles({'b.py': `${second}def upgrade():\n        a = 1\n\tb = 2\n`}),
      expect: [
        'error alembic/versions/b.py:5:1 tabs and spaces are mixed in the indentation: every alembic command stops with TabError',
      ],
    },
    'Python 2': {
      ...withFiles({'b.py': `${second}def upgrade():\n    print "done"\n`}),
      expect: [
        'error alembic/versions/b.py:4:5 print without parentheses is Python 2: every alembic command stops with SyntaxError',
      ],
    },
    'what macOS leaves beside a file': {
      ...withFiles<string | Uint8Array>({'._a.py': new Uint8Array([0, 5, 22, 7])}),
      expect: [
        'error alembic/versions/._a.py ._a.py is no text, and alembic loads every .py file of the folder: each command stops',
      ],
    },
    'env.py itself': {
      ...withFiles({'alembic/env.py': 'from alembic import context\nif context.is_offline_mode()\n    pass\n'}),
      expect: ['error alembic/env.py:2:1 if context lacks its colon: alembic upgrade stops with SyntaxError'],
    },
    'nothing in the deploy runs them: a warning': {
      files: {...base, 'fly.toml': 'app = "shop"\n', 'alembic/versions/b.py': 'def upgrade()\n'},
      expect: [
        'warning alembic/versions/b.py:1:1 def upgrade lacks its colon: every alembic command stops with SyntaxError',
      ],
    },
  },
})
