import movedEnvironment from '../../../checks/image/moved-environment.ts'
import {testCheck} from '../../harness.ts'

const build =
  'FROM python:3.13-slim AS build\nWORKDIR /app\nRUN python -m venv /app/.venv\nENV PATH="/app/.venv/bin:$PATH" VIRTUAL_ENV=/app/.venv\nCOPY . .\nRUN pip install -r requirements.txt\n'
const project = (final: string, first = build) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: first + final,
    'requirements.txt': 'gunicorn\n',
    'main.py': '',
  },
})
/** Packages that pip lays into a folder of their own. */
const prefix =
  'FROM python:3.13-slim AS build\nCOPY requirements.txt .\nRUN pip install --no-cache-dir --prefix=/install -r requirements.txt\n'
const run = 'CMD ["gunicorn", "main:app"]\n'

testCheck(movedEnvironment, {
  clean: {
    'in its place': project(
      `FROM python:3.13-slim\nCOPY --from=build /app/.venv /app/.venv\nENV PATH="/app/.venv/bin:$PATH"\n${run}`,
    ),
    'in another, and by its module': project(
      'FROM python:3.13-slim\nCOPY --from=build /app/.venv /opt/venv\nENV PATH="/opt/venv/bin:$PATH"\nCMD ["python", "-m", "gunicorn", "main:app"]\n',
    ),
    'in another, with other first lines': project(
      `FROM python:3.13-slim\nCOPY --from=build /app/.venv /opt/venv\nENV PATH="/opt/venv/bin:$PATH"\n${run}`,
      `${build}RUN sed -i 's#/app/.venv#/opt/venv#' /app/.venv/bin/*\n`,
    ),
    'with another Python, and PYTHONPATH': project(
      `FROM python:3.12-slim\nCOPY --from=build /app/.venv /app/.venv\nENV PYTHONPATH=/app/.venv/lib/python3.13/site-packages\nCMD ["python", "-m", "gunicorn", "main:app"]\n`,
    ),
    'with the old place, too': project(
      `FROM python:3.13-slim\nCOPY --from=build /app /app\nCOPY --from=build /app/.venv /opt/venv\nENV PATH="/opt/venv/bin:$PATH"\n${run}`,
    ),
    'a prefix of pip, copied to where Python looks': project(
      `FROM python:3.13-slim\nCOPY --from=build /install /usr/local\n${run}`,
      prefix,
    ),
    'a prefix that PYTHONPATH names': project(
      `FROM python:3.13-slim\nENV PATH="/install/bin:$PATH" PYTHONPATH="/app:/install/lib/python3.13/site-packages"\nCOPY --from=build /install /install\n${run}`,
      prefix,
    ),
    'a prefix that a step moves': project(
      `FROM python:3.13-slim\nCOPY --from=build /install /install\nRUN cp -r /install/. /usr/local\n${run}`,
      prefix,
    ),
    'another patch of the same Python': project(
      `FROM python:3.13.1-slim\nCOPY --from=build /app/.venv /app/.venv\nENV PATH="/app/.venv/bin:$PATH"\n${run}`,
    ),
  },
  flagged: {
    'made by a path of the folder that it is in': {
      ...project(
        `FROM python:3.13-slim\nCOPY --from=build /build/venv /app/venv\nENV PATH="/app/venv/bin:$PATH"\n${run}`,
        'FROM python:3.13-slim AS build\nWORKDIR /build\nCOPY . .\nRUN python -m venv venv && venv/bin/pip install -r requirements.txt\n',
      ),
      expect: [
        'error Dockerfile:6:1 CMD starts gunicorn of /app/venv, but its first line names /build/venv/bin/python, which is not in the image',
      ],
    },
    'made active for one RUN': {
      ...project(
        `FROM python:3.13-slim\nCOPY --from=build /build/venv /app/venv\nENV PATH="/app/venv/bin:$PATH"\n${run}`,
        'FROM python:3.13-slim AS build\nWORKDIR /build\nCOPY . .\nRUN python -m venv venv && . venv/bin/activate && pip install -r requirements.txt\n',
      ),
      expect: [
        'error Dockerfile:6:1 CMD starts gunicorn of /app/venv, but its first line names /build/venv/bin/python, which is not in the image',
      ],
    },
    'in another place': {
      ...project(
        `FROM python:3.13-slim\nCOPY --from=build /app/.venv /opt/venv\nENV PATH="/opt/venv/bin:$PATH"\n${run}`,
      ),
      expect: [
        'error Dockerfile:8:1 CMD starts gunicorn of /opt/venv, but its first line names /app/.venv/bin/python, which is not in the image',
      ],
    },
    'a prefix of pip that PATH alone names': {
      ...project(
        `FROM python:3.13-slim\nENV PATH="/install/bin:$PATH" \\\n    PYTHONPATH="/app"\nWORKDIR /app\nCOPY --from=build /install /install\n${run}`,
        prefix,
      ),
      expect: [
        'error Dockerfile:3:5 the packages are in /install, where Python does not look: CMD ends with ModuleNotFoundError',
      ],
    },
    'another Python': {
      ...project(
        `FROM python:3.12-slim\nCOPY --from=build /app/.venv /app/.venv\nENV PATH="/app/.venv/bin:$PATH"\n${run}`,
      ),
      expect: [
        'error Dockerfile:8:1 /app/.venv is made with Python 3.13, and the final stage has Python 3.12: it does not find the packages',
      ],
    },
  },
})
