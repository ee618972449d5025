import serverStage from '../../../checks/image/server-stage.ts'
import {testCheck} from '../../harness.ts'

const service = '[http_service]\ninternal_port = 8000\n'
const api = 'FROM base AS api\nCMD ["uvicorn", "shop:app", "--port", "8000"]\n'
const worker = 'FROM base AS worker\nCMD celery -A shop beat --loglevel=info\n'
const project = (stages: string, config = service, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n${config}`,
    Dockerfile: `FROM python:3.13-slim AS base\nWORKDIR /app\nCOPY shop.py .\n${stages}`,
    'shop.py': '',
    ...files,
  },
})
const workflow = `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: superfly/flyctl-actions/setup-flyctl@master
      - run: flyctl deploy --remote-only --build-target api
`

testCheck(serverStage, {
  clean: {
    'the server is last': project(worker + api),
    'its stage is named': project(api + worker, `[build]\nbuild-target = "api"\n${service}`),
    'a workflow names it': project(api + worker, service, {'.github/workflows/deploy.yml': workflow}),
    'no service': project(api + worker, ''),
    'the groups have commands': project(api + worker, `[processes]\napp = "uvicorn shop:app --port 8000"\n${service}`),
    'the configuration has one': project(api + worker, `[experimental]\ncmd = ["uvicorn", "shop:app"]\n${service}`),
    'the server starts the worker beside it': project(
      `${api}FROM base AS all\nCMD celery -A shop worker & uvicorn shop:app --port 8000\n`,
    ),
    'something else beside the worker may listen': project(
      `${api}FROM base AS last\nCMD python health.py & celery -A shop worker\n`,
    ),
    'a folder that is called like a worker': project(
      `${api}FROM base AS last\nCMD ["python", "-m", "http.server", "--directory", "/srv/arq"]\n`,
    ),
    'the service is for another port': project(api + worker, '[http_service]\ninternal_port = 9191\n'),
    'a worker alone': project(worker),
    'another program that may listen': project(`${api}FROM base AS flower\nCMD ["celery", "-A", "shop", "flower"]\n`),
    'a script may start the server': project(`${api}FROM base AS last\nENTRYPOINT ["./start.sh"]\n`),
  },
  flagged: {
    'a worker of a lock file': {
      ...project(`${api}FROM base AS worker\nCMD ["uv", "run", "arq", "shop.Worker"]\n`),
      expect: [
        'warning fly.toml:3:1 the last stage is built, and starts arq, which listens on no port; the server is in the stage api',
      ],
    },
    'the scheduler is last': {
      ...project(api + worker),
      expect: [
        'warning fly.toml:3:1 the last stage is built, and starts celery, which listens on no port; the server is in the stage api',
      ],
    },
  },
})
