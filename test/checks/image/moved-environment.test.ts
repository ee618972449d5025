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
    'another patch of the same Python': project(
      `FROM python:3.13.1-slim\nCOPY --from=build /app/.venv /app/.venv\nENV PATH="/app/.venv/bin:$PATH"\n${run}`,
    ),
  },
  flagged: {
    'in another place': {
      ...project(
        `FROM python:3.13-slim\nCOPY --from=build /app/.venv /opt/venv\nENV PATH="/opt/venv/bin:$PATH"\n${run}`,
      ),
      expect: [
        'error Dockerfile:8:1 CMD starts gunicorn of /opt/venv, but its first line names /app/.venv/bin/python, which is not in the image',
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
