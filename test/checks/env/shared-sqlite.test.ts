import sharedSqlite from '../../../checks/env/shared-sqlite.ts'
import {testCheck} from '../../harness.ts'

const project = (toml: string, {env = 'DB_PATH = "/data/shop.db"', dockerfile = '', more = {}} = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[env]\n  ${env}\n${toml}`,
    Dockerfile: `FROM node:22\nWORKDIR /app\nCOPY . .\n${dockerfile}`,
    ...more,
  },
})
const groups = '[processes]\n  app = "node app.js"\n  worker = "node worker.js"\n'
const mount = (more = '') => `[[mounts]]\n  source = "data"\n  destination = "/data"\n${more}`
const empty =
  'warning fly.toml:6:3 the volume with /data/shop.db is that of the machines of app: on those of worker the database is empty, and gone at each deploy'

testCheck(sharedSqlite, {
  clean: {
    'one group': project(`[processes]\n  app = "node app.js"\n${mount()}`),
    'no groups': project(mount()),
    'a database elsewhere': project(groups + mount(), {env: 'DB_PATH = "/srv/shop.db"'}),
    'no SQLite': project(groups + mount(), {env: 'DATABASE_URL = "postgres://db.internal/shop"'}),
    'uploads on the volume': project(groups + mount(), {env: 'UPLOADS = "/data/uploads"'}),
    'a group without a database': project(
      `[processes]\n  app = "node app.js"\n  proxy = "nginx -g daemon"\n${mount()}`,
    ),
    'a database that is replicated': project(groups + mount(), {more: {'litefs.yml': ''}}),
    'one machine': project(`[http_service]\n  internal_port = 80\n  min_machines_running = 1\n${mount()}`),
  },
  flagged: {
    'a mount of the first group': {...project(groups + mount()), expect: [empty]},
    'a URL': {...project(groups + mount(), {env: 'DATABASE_URL = "sqlite:////data/shop.db"'}), expect: [empty]},
    'a variable of the image': {
      ...project(groups + mount(), {env: 'LOG = "1"', dockerfile: 'ENV DATABASE_URL=file:/data/shop.db\n'}),
      expect: [empty],
    },
    'a volume for each': {
      ...project(groups + mount('  processes = ["app", "worker"]\n')),
      expect: [
        'warning fly.toml:6:3 the machines of app and worker have a volume each: /data/shop.db of worker is another database',
      ],
    },
    'what the code opens': {
      ...project(groups + mount(), {
        env: 'LOG = "1"',
        more: {
          'package.json': '{"dependencies": {"better-sqlite3": "11"}}',
          'app.js': "const Database = require('better-sqlite3')\nconst db = new Database('/data/shop.db')\n",
        },
      }),
      expect: [empty],
    },
    'the only database of Ecto': {
      ...project(`[processes]\n  app = "/app/bin/server"\n  worker = "/app/bin/worker"\n${mount()}`, {
        env: 'LOG = "1"',
        more: {'mix.exs': 'defp deps do\n  [\n    {:ecto_sqlite3, "~> 0.17"}\n  ]\nend\n'},
      }),
      expect: [
        'warning fly.toml:6:3 the volume with the SQLite database is that of the machines of app: on those of worker the database is empty, and gone at each deploy',
      ],
    },
    'several machines': {
      ...project(`[http_service]\n  internal_port = 80\n  min_machines_running = 2\n${mount()}`),
      expect: [
        'info fly.toml:6:3 2 machines run, and each has a volume with /data/shop.db of its own: requests meet different data',
      ],
    },
  },
})
