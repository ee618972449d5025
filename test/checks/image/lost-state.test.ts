import lostState from '../../../checks/image/lost-state.ts'
import {testCheck} from '../../harness.ts'

const project = (fly: string, dockerfile = 'FROM debian\nWORKDIR /app\n', files: Record<string, string> = {}) => ({
  files: {'fly.toml': fly, Dockerfile: dockerfile, ...files},
})
const mount = '[[mounts]]\nsource = "data"\ndestination = "/data"\n'
const lost = 'which is on no volume: each deploy begins with an empty one'

testCheck(lostState, {
  clean: {
    'a database on a volume': project(`[env]\nDATABASE_URL = "sqlite:////data/app.db"\n${mount}`),
    'one that only some libraries look for on the volume': project(
      `[env]\nDATABASE_URL = "sqlite:///data/app.db"\n${mount}`,
    ),
    'a database server': project('[env]\nDATABASE_URL = "postgres://db.internal/shop"\n'),
    'in memory': project('[env]\nDATABASE_URL = "sqlite:///:memory:"\n'),
    'what may be lost': project('[env]\nCACHE_DB = "/tmp/cache.db"\n', 'FROM debian\nVOLUME /tmp /var/cache/x\n'),
    'another file of the image': project('[env]\nDATABASE_CERT = "/etc/ssl/db.pem"\n'),
    'a VOLUME that is mounted': project(mount, 'FROM debian\nVOLUME ["/data/files"]\n'),
    'a VOLUME of an earlier stage': project('', 'FROM debian AS a\nVOLUME /data\nFROM debian\nCOPY --from=a /x /x\n'),
    'a variable that fly.toml sets to another value': project(
      '[env]\nDB_PATH = "/data/app.db"\n[[mounts]]\ndestination = "/data"\n',
      'FROM debian\nENV DB_PATH=/app/app.db\n',
    ),
    'Litestream, which brings it back': project('[env]\nDB_PATH = "/app/app.db"\n', undefined, {
      'litestream.yml': '',
    }),
    containers: project('machine_config = "m.json"\n[env]\nDB_PATH = "/app/app.db"\n', undefined, {'m.json': '{}'}),
    'a folder of the repository, for development': project('', undefined, {
      'compose.yml': 'services:\n  web:\n    build: .\n    volumes:\n      - ./data:/app/data\n',
      'data/a.json': '{}',
    }),
    'the volume of another container': project('', undefined, {
      'compose.yml': 'services:\n  db:\n    image: postgres\n    volumes:\n      - db:/var/lib/postgresql/data\n',
    }),
    'what is made again': project('', undefined, {
      'compose.yml':
        'services:\n  web:\n    build: .\n    volumes:\n      - cache:/app/cache-data\n      - n:/app/node_modules\n',
    }),
    'a compose file beside a volume': project(mount, undefined, {
      'compose.yml': 'services:\n  web:\n    build: .\n    volumes:\n      - files:/app/files\n',
    }),
    'a working directory that is not known': project('[env]\nDATABASE_URL = "file:./dev.db"\n', 'FROM debian\n'),
  },
  flagged: {
    'a database of [env]': {
      ...project('[env]\n  DATABASE_URL = "sqlite+aiosqlite:////srv/app.db"\n'),
      expect: [`warning fly.toml:2:3 DATABASE_URL puts the database at /srv/app.db, ${lost}`],
    },
    'one beside the app, outside the volume': {
      ...project(`[env]\nDATABASE_URL = "sqlite:///./app.db"\n${mount}`),
      expect: [`warning fly.toml:2:1 DATABASE_URL puts the database at /app/app.db, ${lost}`],
    },
    "Prisma's form": {
      ...project('[env]\nDATABASE_URL = "file:./dev.db"\n'),
      expect: [`warning fly.toml:2:1 DATABASE_URL puts the database at /app/dev.db, ${lost}`],
    },
    'of the image': {
      ...project('app = "shop"\n', 'FROM debian\nENV A=1 \\\n    DB_FILE=/app/shop.sqlite3\n'),
      expect: [`warning Dockerfile:2:1 DB_FILE puts the database at /app/shop.sqlite3, ${lost}`],
    },
    'a volume of the compose file': {
      ...project('app = "shop"\n[http_service]\n  internal_port = 8080\n', undefined, {
        'docker-compose.yml':
          'services:\n  web:\n    build:\n      context: ./\n    volumes:\n      - .:/app\n      - ./user-files:/app/user-files\n',
      }),
      expect: [
        'warning docker-compose.yml:7:9 docker-compose.yml keeps /app/user-files in a volume, but fly.toml mounts none: each deploy begins with an empty one',
      ],
    },
    'a VOLUME': {
      ...project('app = "shop"\n', 'FROM debian AS base\nVOLUME ["/data"]\nFROM base\n'),
      expect: [
        'warning Dockerfile:2:1 VOLUME says that /data holds what must be kept, but no [[mounts]] of fly.toml is there: each deploy begins with an empty one',
      ],
    },
  },
})
