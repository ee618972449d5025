import composeHost from '../../../checks/env/compose-host.ts'
import {testCheck} from '../../harness.ts'

const project = (files: Record<string, string>, toml = '') => ({
  files: {
    'fly.toml': `app = "shop"\n${toml}`,
    Dockerfile: 'FROM python:3.12\nCOPY . .\n',
    'docker-compose.yml': 'services:\n  web:\n    build: .\n  queue:\n    image: rabbitmq:4\n',
    ...files,
  },
})
const settings = (field: string) => ({'settings.py': `class Settings(BaseSettings):\n    ${field}\n`})
const asCalled = (at: string, name: string, host: string) =>
  `warning ${at} ${name} is set nowhere, and is then ${host}, as the services of docker compose are called: Fly.io knows no host of this name`
const service = (at: string, name: string) =>
  `warning ${at} ${name} is set nowhere, and is then queue, a service of docker-compose.yml: Fly.io knows no host of this name`

testCheck(composeHost, {
  clean: {
    'set in [env]': project(settings('REDIS_HOST: str = "redis"'), '[env]\n  REDIS_HOST = "redis.internal"\n'),
    'the name of the app, and what Tailscale calls it': project(
      {'docker-compose.yml': 'services:\n  queue:\n    build: .\n  shop:\n    build: .\n'},
      '[env]\n  TS_HOSTNAME = "queue"\n  MY_HOST = "shop"\n',
    ),
    'the user of an address with a password': project(
      settings('STORE_URL: str = "postgresql://postgres:postgres@localhost:5432/shop"'),
    ),
    'a word of [env] that is no host': project(
      {},
      '[env]\n  BACKEND = "queue"\n  NAME = "queue"\n  APP_SERVER = "queue"\n',
    ),
    'a host of [env] with a domain, and one that no compose file has': project(
      {},
      '[env]\n  AMQP_URL = "amqp://queue.internal:5672"\n  REDIS_HOST = "redis"\n  BUCKET_URL = "s3://queues/x"\n',
    ),
    'a host of [env] that the entrypoint names': project(
      {'start.sh': 'echo "127.0.0.1 queue" >> /etc/hosts\nexec app\n'},
      '[env]\n  QUEUE_HOST = "queue"\n',
    ),
    'set as a secret, as a script says': project({
      ...settings('REDIS_HOST: str = "redis"'),
      'bin/setup.sh': 'fly secrets set REDIS_HOST=redis.internal\n',
    }),
    'the proxy of a server for development': project({
      'vite.config.ts': "export default {server: {proxy: {'/api': process.env.API_URL ?? 'http://queue:3000'}}}\n",
    }),
    'the proxy of another server for development': project({
      'src/setupProxy.js': "module.exports = {target: process.env.API_URL || 'http://cache:3000'}\n",
    }),
    'localhost, for development': project(settings('REDIS_HOST: str = "localhost"')),
    'a host with a domain': project(settings('REDIS_HOST: str = "redis.example.net"')),
    'a URL that counts first': project(settings('REDIS_HOST: str = "redis"\n    REDIS_URL: str | None = None')),
    'a database whose URL Fly.io sets': project({
      'db.py': 'url = os.getenv("DATABASE_URL")\nhost = os.getenv("DB_HOST", "db")\n',
    }),
    'what flyctl sets': project({'app.js': 'const url = process.env.REDIS_URL || "redis://redis:6379"\n'}),
    'an address with a password is a secret': project({
      'app.py': 'url = os.getenv("BROKER_URL", "amqp://guest:guest@queue:5672//")\n',
    }),
    'a class that reads no environment': project({
      'settings.py': 'class Settings(BaseModel):\n    REDIS_HOST: str = "redis"\n',
    }),
    'in a test': project({'tests/settings.py': 'host = os.getenv("REDIS_HOST", "redis")\n'}),
    'in a comment': project({'app.py': '# os.getenv("REDIS_HOST", "redis")\n'}),
    'not in the image': project({
      Dockerfile: 'FROM python:3.12\nCOPY app.py .\n',
      'worker.py': 'host = os.getenv("REDIS_HOST", "redis")\n',
    }),
    'a word that is no host': project(settings('BACKEND: str = "redis"')),
  },
  flagged: {
    'copied into [env]': {
      ...project({}, '[env]\n  AMQP_URL = "amqp://guest:guest@queue:5672//"\n  QUEUE_HOST = "queue"\n'),
      expect: [
        'warning fly.toml:3:3 AMQP_URL points to queue, a service of docker-compose.yml: Fly.io knows no host of this name',
        'warning fly.toml:4:3 QUEUE_HOST points to queue, a service of docker-compose.yml: Fly.io knows no host of this name',
      ],
    },
    'settings of pydantic': {
      ...project(settings('REDIS_HOST: str = "redis"')),
      expect: [asCalled('settings.py:2:5', 'REDIS_HOST', 'redis')],
    },
    'a field of pydantic': {
      ...project(settings('QUEUE_HOST: str = Field(default="queue")')),
      expect: [service('settings.py:2:5', 'QUEUE_HOST')],
    },
    'os.getenv': {
      ...project({'app.py': 'broker = os.getenv("BROKER_URL", "amqp://queue:5672")\n'}),
      expect: [service('app.py:1:13', 'BROKER_URL')],
    },
    JavaScript: {
      ...project({
        'app.ts': 'const host = process.env.CACHE_HOST ?? "redis"\nconst again = process.env.CACHE_HOST ?? "redis"\n',
      }),
      expect: [asCalled('app.ts:1:14', 'CACHE_HOST', 'redis')],
    },
    Ruby: {
      ...project({
        'config/cable.yml': 'production:\n  url: <%= ENV.fetch("CABLE_URL") { "redis://redis:6379/1" } %>\n',
      }),
      expect: [asCalled('config/cable.yml:2:12', 'CABLE_URL', 'redis')],
    },
    Elixir: {
      ...project({'config/runtime.exs': 'host = System.get_env("QUEUE_HOST", "queue")\n'}),
      expect: [service('config/runtime.exs:1:8', 'QUEUE_HOST')],
    },
    Spring: {
      ...project({
        'src/main/resources/application.yml': 'spring:\n  data:\n    redis:\n      host: ${CACHE_HOST:redis}\n',
      }),
      expect: [asCalled('src/main/resources/application.yml:4:13', 'CACHE_HOST', 'redis')],
    },
  },
})
