import pythonVersion from '../../../checks/dockerfile/python-version.ts'
import {testCheck} from '../../harness.ts'

const project = (Dockerfile: string, files: Record<string, string>) => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile, 'app.py': '', ...files},
})
const pyproject = (python: string) => `[project]\nname = "shop"\nrequires-python = "${python}"\ndependencies = []\n`
const pipInstall = 'WORKDIR /app\nCOPY . .\nRUN pip install .\n'

const pinned = (base: string, requirements: string) =>
  project(`FROM ${base}\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n`, {
    'requirements.txt': requirements,
  })

testCheck(pythonVersion, {
  clean: {
    'a version of Django for this Python': pinned('python:3.9-slim', 'Django==4.2.16\n'),
    'the first Python of a version': pinned('python:3.10-slim', 'Django==5.0\nnumpy==2.1.0\n'),
    'a version that pip chooses': pinned('python:3.9-slim', 'Django>=4.2\n'),
    'a package for another Python': pinned(
      'python:3.9-slim',
      'Django==5.0; python_version >= "3.10"\nDjango==4.2; python_version < "3.10"\n',
    ),
    'pip does not ask for the Python': project(
      'FROM python:3.9-slim\nCOPY requirements.txt .\nRUN pip install --ignore-requires-python -r requirements.txt\n',
      {'requirements.txt': 'Django==5.0\n'},
    ),
    'a variable by which pip does not ask for it': project(
      'FROM python:3.9-slim\nENV PIP_IGNORE_REQUIRES_PYTHON=1\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
      {'requirements.txt': 'Django==5.0\n'},
    ),
    'pip installs for another Python': project(
      'FROM python:3.9-slim\nCOPY requirements.txt .\nRUN pip install --python-version 3.12 --only-binary :all: --target /out -r requirements.txt\n',
      {'requirements.txt': 'Django==5.0\n'},
    ),
    'uv pip installs for another Python': project(
      'FROM python:3.9-slim\nCOPY requirements.txt .\nRUN uv pip install --python 3.12 -r requirements.txt\n',
      {'requirements.txt': 'Django==5.0\n'},
    ),
    'an image whose Python is not known': pinned('acme/python', 'Django==5.0\n'),
    'the tag satisfies it': project(`FROM python:3.12-slim\n${pipInstall}`, {'pyproject.toml': pyproject('>=3.11,<4')}),
    'any patch of the tag may satisfy it': project(`FROM python:3.12-slim\n${pipInstall}`, {
      'pyproject.toml': pyproject('>=3.12.4'),
    }),
    'a tag without a version says nothing': project(`FROM python:slim\n${pipInstall}`, {
      'pyproject.toml': pyproject('>=3.99'),
    }),
    'a version from a build argument': project(`ARG V=3.13\nFROM python:\${V}-slim\n${pipInstall}`, {
      'pyproject.toml': pyproject('>=3.13'),
    }),
    'uv fetches the Python that it needs': project(
      'FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nRUN uv sync --frozen\n',
      {
        'pyproject.toml': pyproject('>=3.12'),
        'uv.lock': 'version = 1\nrequires-python = ">=3.12"\n',
      },
    ),
    'another Python is brought and used': project(
      'FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nRUN pip install uv && uv venv --python 3.12 && uv pip install .\n',
      {'pyproject.toml': pyproject('>=3.12')},
    ),
    'a stage that is not built': project(
      `FROM python:3.11-slim AS old\n${pipInstall}FROM python:3.12-slim\n${pipInstall}`,
      {
        'pyproject.toml': pyproject('>=3.12'),
      },
    ),
    'the Python of a developer, where the project takes this one': project(
      'FROM python:3.11-slim\nWORKDIR /app\nCOPY pyproject.toml poetry.lock ./\nRUN pip install poetry && poetry install --no-root\n',
      {
        'pyproject.toml': '[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\npython = "^3.10"\n',
        'poetry.lock': '',
        '.python-version': '3.10.0\n',
      },
    ),
    'the demand of another folder': project(
      'FROM python:3.11-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
      {
        'requirements.txt': 'fastapi\n',
        'tools/pyproject.toml': pyproject('>=3.12'),
      },
    ),
  },
  flagged: {
    'a version of Django for a later Python': {
      ...pinned('python:3.9-slim', 'gunicorn==21.2.0\nDjango==5.0.1\n'),
      expect: [
        'error Dockerfile:1:1 the image has Python 3.9 (python:3.9-slim), and Django==5.0.1 asks for 3.10 or later: pip finds no such version',
      ],
    },
    'pip is told not to look: a warning': {
      ...project(`FROM python:3.11-slim\nENV PIP_IGNORE_REQUIRES_PYTHON=1\n${pipInstall}`, {
        'pyproject.toml': pyproject('>=3.12'),
      }),
      expect: ['warning Dockerfile:1:1 the image has Python 3.11 (python:3.11-slim), requires-python asks for >=3.12'],
    },
    'pip refuses the project': {
      ...project(`FROM python:3.11-slim\n${pipInstall}`, {'pyproject.toml': pyproject('>=3.12')}),
      expect: ['error Dockerfile:1:1 the image has Python 3.11 (python:3.11-slim), requires-python asks for >=3.12'],
    },
    'an exact patch that is too old': {
      ...project(`FROM python:3.12.3-slim\n${pipInstall}`, {'pyproject.toml': pyproject('>=3.12.4')}),
      expect: [
        'error Dockerfile:1:1 the image has Python 3.12.3 (python:3.12.3-slim), requires-python asks for >=3.12.4',
      ],
    },
    "Poetry's caret": {
      ...project(
        'FROM python:3.11-slim\nWORKDIR /app\nCOPY pyproject.toml ./\nRUN pip install poetry && poetry install\n',
        {
          'pyproject.toml': '[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\npython = "^3.12"\n',
        },
      ),
      expect: ['error Dockerfile:1:1 the image has Python 3.11 (python:3.11-slim), requires-python asks for >=3.12,<4'],
    },
    'pip -r does not look at it: only a warning': {
      ...project('FROM python:3.11-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n', {
        'requirements.txt': 'fastapi\n',
        '.python-version': '3.12.4\n',
      }),
      expect: [
        'warning Dockerfile:1:1 the image has Python 3.11 (python:3.11-slim), .python-version asks for ==3.12.*',
      ],
    },
  },
  skipped: {
    'no Python': {
      files: {'fly.toml': 'app = "shop"', Dockerfile: 'FROM node:22\n'},
      reason: 'the project has no Python',
    },
  },
})
