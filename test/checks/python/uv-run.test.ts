import uvRun from '../../../checks/python/uv-run.ts'
import {testCheck} from '../../harness.ts'

const pyproject = '[project]\nname = "shop"\nversion = "1"\ndependencies = []\n[dependency-groups]\ndev = ["pytest"]\n'
const project = (sync: string, command: string, more: Record<string, string> = {}, env = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.12-slim\n${env}WORKDIR /app\nCOPY . .\nRUN ${sync}\nCMD ${command}\n`,
    'pyproject.toml': pyproject,
    ...more,
  },
})

testCheck(uvRun, {
  clean: {
    'it is told not to': project('uv sync --no-dev', 'uv run --no-sync uvicorn main:app'),
    'it leaves the group out too': project('uv sync --no-dev', 'uv run --no-dev uvicorn main:app'),
    'a variable says so': project('uv sync --no-dev', 'uv run uvicorn main:app', {}, 'ENV UV_NO_SYNC=1\n'),
    'the group is in the image': project('uv sync --frozen', 'uv run uvicorn main:app'),
    'no groups': project('uv sync --no-dev', 'uv run uvicorn main:app', {
      'pyproject.toml': '[project]\nname = "shop"\nversion = "1"\n',
    }),
    'an option of the program itself': project('uv sync --no-dev', 'uv run --no-sync app --no-dev'),
  },
  flagged: {
    'each start installs it': {
      ...project('uv sync --locked --no-dev', 'uv run uvicorn main:app'),
      expect: [
        'warning Dockerfile:5:1 uv run installs the group for development before CMD runs, which uv sync left out of the image',
      ],
    },
    'the option is one of the program': {
      ...project('uv sync --no-dev', 'uv run app --no-dev'),
      expect: [
        'warning Dockerfile:5:1 uv run installs the group for development before CMD runs, which uv sync left out of the image',
      ],
    },
  },
  skipped: {
    'no uv run': {...project('uv sync --no-dev', 'uvicorn main:app'), reason: 'no command of the deploy is uv run'},
  },
})
