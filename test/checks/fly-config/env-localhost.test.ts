import envLocalhost from '../../../checks/fly-config/env-localhost.ts'
import {testCheck} from '../../harness.ts'

const env = (text: string, more: Record<string, string> = {}) => ({files: {'fly.toml': `[env]\n${text}\n`, ...more}})
const redis = 'REDIS_URL = "redis://localhost:6379"'
const expected = 'REDIS_URL points to localhost:6379, where nothing listens in the machine unless its image starts it'

const supervised = (...commands: string[]) => ({
  Dockerfile: 'FROM python:3.13\nCOPY s.conf /etc/s.conf\nCMD ["supervisord", "-n", "-c", "/etc/s.conf"]\n',
  's.conf': commands.map((each, index) => `[program:p${index}]\ncommand=${each}\n`).join(''),
})

testCheck(envLocalhost, {
  clean: {
    'another app': env('REDIS_URL = "redis://shop-redis.internal:6379"'),
    'where the app listens': env(
      'HOST = "0.0.0.0"\nBIND_ADDRESS = "127.0.0.1:8080"\nASPNETCORE_URLS = "http://localhost:8080"',
    ),
    "the app's own port": env('APP_URL = "http://localhost:8080"\n[http_service]\ninternal_port = 8080'),
    'a port that the app is told': env('GRPC_PORT = "9000"\nGRPC_URL = "http://localhost:9000"'),
    'origins that may call': env('CORS_ORIGIN_URL = "http://localhost:3000"\nNO_PROXY = "localhost,127.0.0.1"'),
    'a host for links in mails': env('MAILER_DEFAULT_HOST = "localhost"'),
    'a server that is told where to listen': env(
      'QDRANT__SERVICE__HOST = "0.0.0.0"\nOLLAMA_HOST = "http://0.0.0.0:11434"',
    ),
    'containers that share a machine': env(`${redis}\n[build.compose]\nfile = "compose.yaml"`),
    'a server that the image installs': env(redis, {
      Dockerfile:
        'FROM python:3.13\nRUN apt-get update && apt-get install -y redis-server\nCMD ["python", "main.py"]\n',
    }),
    'an image of the server': env(redis, {
      Dockerfile: 'FROM redis:7\nRUN apt-get update && apt-get install -y nodejs\nCMD ["node", "start.js"]\n',
    }),
    'a server that a supervisor starts': env(redis, supervised('mysqld_safe', 'redis-server --port 6379')),
    'a program of a supervisor that may start it': env(redis, supervised('gunicorn app:app', '/srv/more.sh')),
    'several programs in one machine': env(redis, {Dockerfile: 'FROM python:3.13\nCMD ["supervisord", "-n"]\n'}),
    'a script that starts the server': env(redis, {
      Dockerfile: 'FROM python:3.13\nCOPY start.sh .\nCMD ["./start.sh"]\n',
      'start.sh': '#!/bin/sh\nredis-server --daemonize yes\nexec python app.py\n',
    }),
  },
  flagged: {
    'a supervisor that starts no server': {
      ...env(redis, supervised('gunicorn app:app', 'celery -A app worker')),
      expect: [`warning fly.toml:2:1 ${expected}`],
    },
    'a client of the server is installed': {
      ...env(redis, {
        Dockerfile:
          'FROM python:3.13\nRUN apt-get update && apt-get install -y redis-tools\nCMD ["python", "main.py"]\n',
      }),
      expect: [
        'warning fly.toml:2:1 REDIS_URL points to localhost:6379, where nothing listens in the machine unless its image starts it',
      ],
    },
    'a cache of the developer': {...env(redis), expect: [`warning fly.toml:2:1 ${expected}`]},
    'with a Dockerfile that starts one program': {
      ...env(redis, {Dockerfile: 'FROM python:3.13\nCMD ["python", "app.py"]\n'}),
      expect: [`warning fly.toml:2:1 ${expected}`],
    },
    'without the password': {
      ...env('DATABASE_URL = "postgres://shop:hunter2@127.0.0.1:5432/shop"'),
      expect: [
        'warning fly.toml:2:1 DATABASE_URL points to 127.0.0.1:5432, where nothing listens in the machine unless its image starts it',
      ],
    },
    'by host and port': {
      ...env('DB_HOST = "localhost"\nDB_PORT = "5432"'),
      expect: [
        'warning fly.toml:2:1 DB_HOST points to localhost, where nothing listens in the machine unless its image starts it',
      ],
    },
    'names that Docker gives': {
      ...env('ELASTICSEARCH_URL = "http://host.docker.internal:9200"\nNEO4J_URI = "bolt://[::1]:7687"'),
      expect: [
        'warning fly.toml:2:1 ELASTICSEARCH_URL points to host.docker.internal:9200, where nothing listens in the machine unless its image starts it',
        'warning fly.toml:3:1 NEO4J_URI points to [::1]:7687, where nothing listens in the machine unless its image starts it',
      ],
    },
    'what may be meant for the browser': {
      ...env('SIGNER_BASE_URL = "http://127.0.0.1:17373"'),
      expect: [
        'info fly.toml:2:1 SIGNER_BASE_URL points to 127.0.0.1:17373, where nothing listens in the machine unless its image starts it',
      ],
    },
    'in an image that nobody has read': {
      ...env(`${redis}\n[build]\nimage = "chatwoot/chatwoot"`),
      expect: [`info fly.toml:2:1 ${expected}`],
    },
    'in YAML': {
      files: {'fly.yaml': 'app: shop\nenv:\n  REDIS_URL: redis://localhost:6379\n'},
      expect: [`warning fly.yaml:3:3 ${expected}`],
    },
  },
})
