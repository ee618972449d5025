import serverOptions from '../../../checks/image/server-options.ts'
import {testCheck} from '../../harness.ts'

const cmd = (line: string, toml = '', more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n${toml}`,
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ${line}\n`,
    ...more,
  },
})
const refuses = (program: string, option: string, says: string) => [
  `error Dockerfile:4:1 CMD gives ${program} ${option}, and ${program} has no such option: it ends with "${says}"`,
]

testCheck(serverOptions, {
  clean: {
    'options of each': cmd('gunicorn -w 4 -k uvicorn.workers.UvicornWorker --timeout 60 --bind 0.0.0.0:8080 main:app'),
    'those of uvicorn': cmd(
      '["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8080", "--workers", "2", "--proxy-headers"]',
    ),
    'a port of flask': cmd('flask --app shop run -h 0.0.0.0 -p 8080'),
    'an option of a program of its own': cmd('python main.py --bind 0.0.0.0'),
    'a command that is replaced': cmd('uvicorn main:app --bind 0.0.0.0:80', '[processes]\napp = "uvicorn main:app"\n'),
    'the help of it': cmd('gunicorn --port --help'),
    'a server of Remix': cmd('["npx", "remix-serve", "./build/server/index.js"]'),
    'in a branch': cmd('./start.sh', '', {
      'start.sh': '#!/bin/sh\nif [ -n "$BIND" ]; then uvicorn main:app --bind $BIND; fi\n',
    }),
  },
  flagged: {
    'a port for gunicorn': {
      ...cmd('["gunicorn", "--host", "0.0.0.0", "--port", "8080", "main:app"]'),
      expect: refuses('gunicorn', '--host', 'unrecognized arguments: --host'),
    },
    'an address for uvicorn': {
      ...cmd('exec uvicorn main:app --bind=0.0.0.0:8080'),
      expect: refuses('uvicorn', '--bind', 'No such option: --bind'),
    },
    'workers of gunicorn': {
      ...cmd('["python", "-m", "uvicorn", "main:app", "-w", "2"]'),
      expect: refuses('uvicorn', '-w', 'No such option: -w'),
    },
    'behind a launcher': {
      ...cmd('["poetry", "run", "hypercorn", "main:app", "--port", "8080"]'),
      expect: refuses('hypercorn', '--port', 'unrecognized arguments: --port'),
    },
    'of flask and fastapi': {
      ...cmd('flask --app shop run --bind 0.0.0.0'),
      expect: refuses('flask --app shop run', '--bind', 'No such option: --bind'),
    },
    'a host for Remix': {
      ...cmd('["pnpm", "exec", "remix-serve", "--host", "0.0.0.0", "./build/server/index.js"]'),
      expect: refuses('remix-serve', '--host', "Cannot find module '…/--host'"),
    },
    'in [processes]': {
      ...cmd('true', '[processes]\napp = "uvicorn main:app --timeout 60"\n'),
      expect: [
        'error fly.toml:3:1 [processes] app gives uvicorn --timeout, and uvicorn has no such option: it ends with "No such option: --timeout"',
      ],
    },
  },
})
