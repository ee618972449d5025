import check from '../../../checks/image/unset-port.ts'
import {testCheck} from '../../harness.ts'

const project = (end: string, {env = '', more = {}}: {env?: string; more?: Record<string, string>} = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n\n[http_service]\n  internal_port = 8000\n${env}`,
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install fastapi uvicorn gunicorn\n${end}\n`,
    'main.py': 'app = 1\n',
    ...more,
  },
})
const script = (text: string) => ({more: {'start.sh': `#!/bin/sh\n${text}\n`}})
const says = (given: string, server = 'uvicorn', by = 'CMD') =>
  `${by} gives ${server} the port $PORT, which nothing sets: it gets "${given}" without a number, and stops`

testCheck(check, {
  clean: {
    'a number': project('CMD uvicorn main:app --port 8000'),
    '[env] sets it': project('CMD uvicorn main:app --port $PORT', {env: '\n[env]\n  PORT = "8000"\n'}),
    'the image sets it': project('ENV PORT=8000\nCMD uvicorn main:app --port $PORT'),
    'a default': project('CMD uvicorn main:app --port ${PORT:-8000}'),
    'a default of an address': project('CMD gunicorn main:app -b 0.0.0.0:${PORT:-8000}'),
    'a script that sets it': project('CMD ["sh", "start.sh"]', script('PORT=8000\nexec uvicorn main:app --port $PORT')),
    'a script that gives it a default': project(
      'CMD ["sh", "start.sh"]',
      script(': ${PORT:=8000}\nPORT="${PORT:-8000}"\nexec uvicorn main:app --port "$PORT"'),
    ),
    'a script that reads a file of variables': project(
      'CMD ["sh", "start.sh"]',
      script('. /etc/defaults\nexec uvicorn main:app --port "$PORT"'),
    ),
    'no shell, which image/exec-form tells': project('CMD ["uvicorn", "main:app", "--port", "$PORT"]'),
    'another value than the port': project('CMD uvicorn main:app --port 8000 --root-path "$PREFIX_PORT"'),
    'a server that then takes its own port': project('CMD npx http-server -p $PORT'),
    'a condition': project('CMD test -z "$PORT" || uvicorn main:app --port $PORT'),
    'a base that is not known': {
      files: {
        ...project('').files,
        Dockerfile: 'FROM ghcr.io/example/base:1\nCMD uvicorn main:app --port $PORT\n',
      },
    },
  },
  flagged: {
    'the value of a flag': {
      ...project('CMD uvicorn main:app --host 0.0.0.0 --port $PORT'),
      expect: [`warning Dockerfile:5:1 ${says('--port')}`],
    },
    'before other flags': {
      ...project('CMD exec uvicorn main:app --port ${PORT} --workers 2'),
      expect: [`warning Dockerfile:5:1 ${says('--port')}`],
    },
    'behind an equals sign': {
      ...project('CMD uvicorn main:app --port=$PORT'),
      expect: [`warning Dockerfile:5:1 ${says('--port=')}`],
    },
    'behind an address': {
      ...project('CMD gunicorn main:app -b 0.0.0.0:$PORT'),
      expect: [`warning Dockerfile:5:1 ${says('-b 0.0.0.0:', 'gunicorn')}`],
    },
    'a script': {
      ...project('CMD ["sh", "start.sh"]', script('exec gunicorn --bind "0.0.0.0:$PORT" main:app')),
      expect: [`warning start.sh:2:1 ${says('--bind 0.0.0.0:', 'gunicorn')}`],
    },
    'a shell that a process group starts': {
      ...project('', {env: `\n[processes]\n  web = "sh -c 'uvicorn main:app --port $PORT'"\n`}),
      expect: [`warning fly.toml:7:3 ${says('--port', 'uvicorn', '[processes] web')}`],
    },
  },
})
