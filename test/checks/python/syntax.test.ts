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
    'a byte order mark, and a future behind it': project({
      'app/metrics.py': '\ufefffrom __future__ import annotations\n',
      'app/main.py': '\ufeff\n# the app\nfrom __future__ import annotations\nfrom app import metrics\napp = 1\n',
      'app/__init__.py': '\ufeff"""The app."""\nfrom __future__ import annotations\n',
    }),
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
    'statements that the Python of the image takes': old(
      'match a:\n    case 1:\n        pass\ndef f(a: int | None = None):\n    pass',
      'python:3.10-slim',
    ),
    'match as a name, before Python 3.10': old('match = re.match("a", "b")\nprint(match)\ntype = 1', 'python:3.9'),
    'types that stay as they are written, before Python 3.10': old(
      'def f(a: "int | None", b: Optional[int] = None):\n    c: int | None = a\n    return c',
      'python:3.9',
    ),
    'annotations that a line leaves as they are': {
      ...old('', 'python:3.9'),
      files: {
        ...old('', 'python:3.9').files,
        'app/metrics.py': 'from __future__ import annotations\ndef f(a: int | None = None):\n    pass\n',
      },
    },
    '| between numbers, and of names that the module makes': old(
      'flags = re.I | re.M\nbool = Flags()\nboth = bool | None',
      'python:3.9',
    ),
    'types on a condition': old('if sys.version_info >= (3, 10):\n    Id = int | str', 'python:3.9'),
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
    'a match statement, before Python 3.10': {
      ...old('match re:\n    case 1:\n        pass', 'python:3.9-slim'),
      expect: [
        'error app/metrics.py:2:1 CMD imports this file, which Python cannot read: a match statement, which Python 3.9 refuses (3.10 was the first to take it)',
      ],
    },
    'type parameters, before Python 3.12': {
      ...old('def first[T](items: list[T]) -> T:\n    return items[0]'),
      expect: [
        'error app/metrics.py:2:10 CMD imports this file, which Python cannot read: type parameters in brackets, which Python 3.11 refuses (3.12 was the first to take it)',
      ],
    },
    'several types without parentheses, before Python 3.14': {
      ...old('try:\n    pass\nexcept ValueError, KeyError:\n    pass', 'python:3.13'),
      expect: [
        'error app/metrics.py:2:1 CMD imports this file, which Python cannot read: except with several types and no parentheses, which Python 3.13 refuses (3.14 was the first to take it)',
      ],
    },
    'a | between types in an annotation, before Python 3.10': {
      ...old('def f(a: int | None = None):\n    pass', 'python:3.9-slim'),
      expect: [
        'error app/metrics.py:2:10 int | None is worked out here, and Python 3.9 has no | between types (3.10 was the first). CMD imports this file, which ends with TypeError: unsupported operand type(s) for |',
      ],
    },
    'a | between types in the brackets of another': {
      ...old('class A:\n    b: dict[str, list[int] | None] = {}', 'python:3.9-slim'),
      expect: [
        'error app/metrics.py:3:18 list[int] | None is worked out here, and Python 3.9 has no | between types (3.10 was the first). CMD imports this file, which ends with TypeError: unsupported operand type(s) for |',
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
