import syntax from '../../../checks/python/syntax.ts'
import {testCheck} from '../../harness.ts'

const broken = 'def f():\n"""text"""\n    return 1\n'
const project = (files: Record<string, string>) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["uvicorn", "app.main:app"]\n',
    'app/__init__.py': '',
    'app/main.py': 'from app import metrics\napp = 1\n',
    'app/metrics.py': '',
    ...files,
  },
})
const old = (line: string, image = 'python:3.11-slim') =>
  project({
    Dockerfile: `FROM ${image}\nWORKDIR /app\nCOPY . .\nCMD ["uvicorn", "app.main:app"]\n`,
    'app/metrics.py': `import re\n${line}\n`,
  })
const refused = 'error app/metrics.py:2:5 CMD imports this file, which Python cannot read: an f-string has'

testCheck(syntax, {
  clean: {
    'what the compiler refuses of a file that nothing imports': project({
      'app/old.py': 'def load():\n    return await fetch()\n',
      'app/main.py': 'app = "app.old"\n',
    }),
    'an f-string of Python 3.12 in Python 3.12': old('b = f"{a["name"]}"', 'python:3.12-slim'),
    'an f-string of Python 3.12 in a Python that nobody can tell': old('b = f"{a["name"]}"', 'shop/python:3.11'),
    'f-strings with other quotes': old(`b = f"{a['name']}" f'{a["x"]:>{width}}' f'''{a["y"]} {a['z']!r}'''`),
    'backslashes beside the braces': old('b = f"\\n{a}\\{a}\\t\\N{DASH}{{\\d}}{a:\\n}"'),
    'a pattern that is written raw': old("b = rf'{a}\\{{.*?\\}}\\s{a}'"),
    'quotes in a comment, and in a text': old('# f"{a["b"]}"\nb = "{a[" + "x"\nc = \'f"{a["b"]}"\''),
    'braces of a text that is no f-string': old('b = "{a.\\n".format(a=1)\nc = b"{\\x00"'),
    'words that stand before a text without a space': old(
      'b = 1 if"{"in a else"}"\ndef f():\n    return"{" + f"{a}"\nc = "a""of" "{"',
    ),
    'a comparison in braces': old('b = f"{a != 1} {(lambda: 1)()} {a[1:2]}"'),
    'files that Python reads': project({}),
    'a test': project({'tests/test_a.py': broken}),
    'a template': project({'app/templates/main.py': broken}),
    'Python 2': project({'old.py': 'def f():\nprint "text"\n    return 1\n'}),
    'a migration, which alembic/syntax tells': project({
      'alembic.ini': '[alembic]\nscript_location = alembic\n',
      'alembic/env.py': '',
      'alembic/versions/1_a.py': broken,
    }),
    'a file that nobody names': project({'cleanup_scheduler.py': broken}),
    'what the image does not hold': project({'old.py': broken, '.dockerignore': 'old.py\n'}),
  },
  flagged: {
    'notes that are called like a file of Python': {
      ...project({'app/notes.py': './compile.py :\n<<<\n'}),
      expect: ['warning app/notes.py:2:1 Python cannot read: a line ends with a colon, and begins no block'],
    },
    'a module that a package of the same name hides stops nothing': {
      ...project({'app/metrics.py': broken, 'app/metrics/__init__.py': ''}),
      expect: ['warning app/metrics.py:2:1 Python cannot read: def f has no body: the line below it is not indented'],
    },
    'what the compiler refuses of a file that is surely imported': {
      ...project({'app/metrics.py': 'def load():\n    return await fetch()\n'}),
      expect: [
        'error app/metrics.py:2:12 await stands outside of an async function (def load). CMD imports this file, which ends with SyntaxError',
      ],
    },
    'its own quotes in an f-string, before Python 3.12': {
      ...old('b = f"{a["name"]}"'),
      expect: [`${refused} its own quotes in its braces, which Python 3.11 refuses (3.12 was the first to take it)`],
    },
    'a backslash in an f-string, before Python 3.12': {
      ...old(`b = f"{', '.join(f'\\"{w}\\"' for w in a)}"`),
      expect: [`${refused} a backslash in its braces, which Python 3.11 refuses (3.12 was the first to take it)`],
    },
    'a module that the app imports': {
      ...project({'app/metrics.py': broken}),
      expect: [
        'error app/metrics.py:2:1 CMD imports this file, which Python cannot read: def f has no body: the line below it is not indented',
      ],
    },
    'a file that a script starts': {
      ...project({'cleanup.py': broken, 'jobs.sh': 'python cleanup.py\n'}),
      expect: ['warning cleanup.py:2:1 Python cannot read: def f has no body: the line below it is not indented'],
    },
    'one of a folder that is loaded whole': {
      ...project({
        'plugins/mail.py': broken,
        'app/loader.py': 'import importlib\ndef load(name):\n    return importlib.import_module(f"plugins.{name}")\n',
      }),
      expect: ['warning plugins/mail.py:2:1 Python cannot read: def f has no body: the line below it is not indented'],
    },
    'a module of which it is not known': {
      ...project({'app/other.py': broken}),
      expect: ['warning app/other.py:2:1 Python cannot read: def f has no body: the line below it is not indented'],
    },
    'without a Dockerfile': {
      files: {'main.py': '<<<<<<< HEAD\n=======\n>>>>>>> x\n'},
      expect: ['warning main.py:1:1 Python cannot read: a merge conflict is left: <<<<<<<'],
    },
  },
  skipped: {
    'no Python': {files: {'fly.toml': 'app = "shop"\n'}, reason: 'the project has no Python'},
  },
})
