import localService from '../../../checks/image/local-service.ts'
import {testCheck} from '../../harness.ts'

const python = (code: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["uvicorn", "main:app"]\n',
    'main.py': code,
    ...more,
  },
})
const node = (code: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
    'package.json': '{"type": "module"}',
    'server.js': code,
    ...more,
  },
})
const cache = 'import redis\ncache = redis.Redis(host="localhost", port=6379)\n'
/** Django, with a setting. */
const django = (setting: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "shop.wsgi"]\n',
    'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
    'shop/settings.py': `import os\n${setting}\n`,
  },
})
const database = (host: string, engine = 'postgresql') =>
  django(`DATABASES = {'default': {'ENGINE': 'django.db.backends.${engine}', 'HOST': ${host}}}`)

const says = (place: string, callee: string, target: string) => [
  `warning ${place} ${callee} connects to ${target}, where nothing listens in the machine: CMD runs this code, and each connection is refused`,
]

testCheck(localService, {
  clean: {
    'a default of a variable': python(
      'import os, redis\ncache = redis.from_url(os.environ.get("REDIS_URL", "redis://localhost:6379"))\n',
    ),
    'a default behind or': python(
      'import os, redis\ncache = redis.from_url(os.getenv("R") or "redis://localhost:6379")\n',
    ),
    'under a condition': python('import redis\nif DEBUG:\n    cache = redis.Redis(host="localhost")\n'),
    'an address elsewhere': python('import redis\ncache = redis.Redis(host="shop-redis.internal")\n'),
    'where the app itself listens': python('import uvicorn\nuvicorn.run("main:app", host="localhost")\n'),
    'a module that nothing imports': python('app = 1\n', {'tools.py': cache}),
    'a comment': python('app = 1  # redis.Redis(host="localhost")\n'),
    'the image brings the server': python(cache, {
      Dockerfile:
        'FROM python:3.13-slim\nRUN apt-get update && apt-get install -y redis-server\nWORKDIR /app\nCOPY . .\nCMD ["uvicorn", "main:app"]\n',
    }),
    'a machine of several programs': python(cache, {
      Dockerfile:
        'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["sh", "-c", "redis-server & uvicorn main:app"]\n',
    }),
    'Django: a host of a variable': database("os.environ.get('PGHOST', 'localhost')"),
    'Django: a file': database("'localhost'", 'sqlite3'),
    'Django: a broker that another module changes': django(
      "CELERY_BROKER_URL = 'redis://localhost:6379'\nif os.environ.get('FLY_APP_NAME'):\n    CELERY_BROKER_URL = os.environ['REDIS_URL']",
    ),
    'a client of another package that is told nothing': node(
      "import Redis from 'ioredis'\nimport {Pool} from 'pg'\nnew Redis(process.env.REDIS_URL)\nnew Pool()\n",
    ),
    'Node: a default': node(
      "import {createClient} from 'redis'\ncreateClient({url: process.env.REDIS_URL || 'redis://localhost:6379'})\n",
    ),
    'Node: a default, by ??': node(
      "import {createClient} from 'redis'\ncreateClient({\n  url: process.env.REDIS_URL ?? 'redis://localhost:6379',\n})\n",
    ),
    'Node: under a condition': node(
      "import mongoose from 'mongoose'\nif (process.env.NODE_ENV !== 'production') {\n  mongoose.connect('mongodb://localhost/shop')\n}\n",
    ),
    'Node: where the app listens': node(
      "import express from 'express'\nexpress().listen({host: 'localhost', port: 3000})\n",
    ),
  },
  flagged: {
    'Redis that is told nothing': {
      ...python('import redis\ncache = redis.Redis()\n'),
      expect: says('main.py:2:9', 'redis.Redis', 'localhost:6379'),
    },
    'Node: ioredis that is told nothing': {
      ...node("import Redis from 'ioredis'\nconst cache = new Redis()\n"),
      expect: says('server.js:2:15', 'Redis', 'localhost:6379'),
    },
    'Node: redis that is told nothing': {
      ...node("import {createClient} from 'redis'\nconst cache = createClient()\n"),
      expect: says('server.js:2:15', 'createClient', 'localhost:6379'),
    },
    'Django: the database': {
      ...database("'localhost'"),
      expect: says('shop/settings.py:2:1', 'DATABASES', 'localhost'),
    },
    'Django: the cache': {
      ...django(
        "CACHES = {'default': {'BACKEND': 'django.core.cache.backends.redis.RedisCache', 'LOCATION': 'redis://127.0.0.1:6379/1'}}",
      ),
      expect: says('shop/settings.py:2:1', 'CACHES', '127.0.0.1:6379'),
    },
    'Django: the broker': {
      ...django("CELERY_BROKER_URL = 'redis://localhost:6379/0'"),
      expect: says('shop/settings.py:2:1', 'CELERY_BROKER_URL', 'localhost:6379'),
    },
    'a host': {...python(cache), expect: says('main.py:2:21', 'redis.Redis', 'localhost')},
    'a URL': {
      ...python(
        'from sqlalchemy import create_engine\nengine = create_engine("postgresql://me:pw@localhost:5432/shop")\n',
      ),
      expect: says('main.py:2:24', 'create_engine', 'localhost:5432'),
    },
    'a broker, in a module that is imported': {
      ...python('from jobs import queue\n', {
        'jobs.py': 'from celery import Celery\nqueue = Celery("shop", broker="redis://127.0.0.1:6379/0")\n',
      }),
      expect: says('jobs.py:2:31', 'Celery', '127.0.0.1:6379'),
    },
    'Node: a URL, in a function': {
      ...node(
        "import mongoose from 'mongoose'\nasync function main() {\n  await mongoose.connect('mongodb://127.0.0.1:27017/shop')\n}\nmain()\n",
      ),
      expect: says('server.js:3:26', 'mongoose.connect', '127.0.0.1:27017'),
    },
    'Node: a host': {
      ...node("import pg from 'pg'\nconst pool = new pg.Pool({\n  host: 'localhost',\n  user: 'me',\n})\n"),
      expect: says('server.js:3:3', 'pg.Pool', 'localhost'),
    },
  },
})
