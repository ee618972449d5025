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
testCheck(syntax, {
  clean: {
    'files that Python reads': project({}),
    'a test': project({'tests/test_a.py': broken}),
    'a template': project({'app/templates/main.py': broken}),
    'Python 2': project({'old.py': 'def f():\nprint "text"\n    return 1\n'}),
    'a migration, which alembic/syntax tells': project({
      'alembic.ini': '[alembic]\nscript_location = alembic\n',
      'alembic/env.py': '',
      'alembic/versions/1_a.py': broken,
    }),
    'what the image does not hold': project({'old.py': broken, '.dockerignore': 'old.py\n'}),
  },
  flagged: {
    'a module that the app imports': {
      ...project({'app/metrics.py': broken}),
      expect: [
        'error app/metrics.py:2:1 CMD imports this file, which Python cannot read: def f has no body: the line below it is not indented',
      ],
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
