import copiedPython from '../../../checks/image/copied-python.ts'
import {testCheck} from '../../harness.ts'

const project = (Dockerfile: string) => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile, 'requirements.txt': 'gunicorn\n', 'shop.py': ''},
})
const built = (from: string, run = 'python -m venv /venv && /venv/bin/pip install -r requirements.txt') =>
  `FROM ${from} AS build\nCOPY requirements.txt ./\nRUN ${run}\n`
const site = (version: string) => `/usr/local/lib/python${version}/site-packages`

testCheck(copiedPython, {
  clean: {
    'packages in a folder that PYTHONPATH names': project(
      `${built('python:3.11', 'pip install -r requirements.txt')}FROM python:3.12-slim\nENV PYTHONPATH=/deps\nCOPY --from=build ${site('3.11')} /deps\n`,
    ),
    'an environment in a folder that PYTHONPATH names': project(
      `${built('python:3.11')}FROM python:3.12-slim\nENV PYTHONPATH=/venv/lib/python3.11/site-packages\nCOPY --from=build /venv /venv\n`,
    ),
    'the same version': project(`${built('python:3.12')}FROM python:3.12-slim\nCOPY --from=build /venv /venv\n`),
    'the same version, one with its patch': project(
      `${built('python:3.12.4')}FROM python:3.12-slim\nCOPY --from=build ${site('3.12')} ${site('3.12')}\n`,
    ),
    'uv brings its own Python': project(
      `${built('python:3.12', 'uv venv --python 3.13 /venv && uv pip install gunicorn')}FROM python:3.13-slim\nCOPY --from=build /venv /venv\n`,
    ),
    'the whole of /usr/local, its Python with it': project(
      `${built('python:3.12', 'pip install gunicorn')}FROM python:3.13-slim\nCOPY --from=build /usr/local /usr/local\n`,
    ),
    'a prefix of pip, of the same version': project(
      `${built('python:3.12', 'pip install --prefix=/install gunicorn')}FROM python:3.12-slim\nCOPY --from=build /install /usr/local\n`,
    ),
    'a prefix of pip, in a folder of its own': project(
      `${built('python:3.11', 'pip install --prefix=/install gunicorn')}FROM python:3.12-slim\nCOPY --from=build /install /opt/packages\n`,
    ),
    'something else is copied': project(
      `${built('python:3.12')}FROM python:3.13-slim\nCOPY --from=build /app/static /static\n`,
    ),
    'a version that no tag tells': project(
      `${built('python:slim')}FROM python:3.13-slim\nCOPY --from=build /venv /venv\n`,
    ),
  },
  flagged: {
    'a prefix of pip, of another Python': {
      ...project(
        `${built('python:3.11', 'pip install --prefix=/install gunicorn')}FROM python:3.12-slim\nCOPY --from=build /install /usr/local\n`,
      ),
      expect: [
        'error Dockerfile:4:1 the packages that build installs for Python 3.11 are copied to python:3.12-slim, whose Python 3.12 does not find them',
      ],
    },
    "a user's packages, of another Python": {
      ...project(
        `${built('python:3.11', 'pip install --user gunicorn')}FROM python:3.12-slim\nCOPY --from=build /root/.local /root/.local\n`,
      ),
      expect: [
        'error Dockerfile:4:1 the packages that build installs for Python 3.11 are copied to python:3.12-slim, whose Python 3.12 does not find them',
      ],
    },
    'a virtual environment of another Python': {
      ...project(`${built('python:3.13')}FROM python:3.12-slim\nCOPY --from=build /venv /venv\n`),
      expect: [
        'error Dockerfile:4:1 the packages that build installs for Python 3.13 are copied to python:3.12-slim, whose Python 3.12 does not find them',
      ],
    },
    'packages of another Python': {
      ...project(
        `${built('python:3.12', 'pip install -r requirements.txt')}FROM python:3.13-slim\nCOPY --from=build ${site('3.12')} ${site('3.12')}\n`,
      ),
      expect: [
        'error Dockerfile:4:1 the packages that build installs for Python 3.12 are copied to python:3.13-slim, whose Python 3.13 does not find them',
      ],
    },
    'a folder of another version than the stage has': {
      ...project(
        `${built('python:3.13', 'pip install -r requirements.txt')}FROM python:3.13-slim\nCOPY --from=build ${site('3.12')} ${site('3.13')}\n`,
      ),
      expect: [
        'error Dockerfile:5:1 the packages of Python 3.12 are copied from build, which has Python 3.13 (python:3.13): the folder is not there',
      ],
    },
  },
})
