import volumeRoot from '../../../checks/image/volume-root.ts'
import {testCheck} from '../../harness.ts'

const fly = (name: string, at: string, more = '') => ({
  files: {
    'fly.toml': `app = "db"\n[build]\n  image = "${name}"\n[[mounts]]\n  source = "data"\n  destination = "${at}"\n${more}`,
  },
})
const own = (dockerfile: string, at: string) => ({
  files: {
    'fly.toml': `app = "db"\n[[mounts]]\n  source = "data"\n  destination = "${at}"\n`,
    Dockerfile: dockerfile,
  },
})
const postgres = '/var/lib/postgresql/data'

testCheck(volumeRoot, {
  clean: {
    'a folder below': fly('postgres:16', postgres, `[env]\nPGDATA = "${postgres}/db"\n`),
    'a folder below, of the Dockerfile': own(`FROM postgres:16\nENV PGDATA=${postgres}/db\n`, postgres),
    'a volume one level up': fly('postgres:16', '/var/lib/postgresql'),
    'a version with folders of its own': fly('postgres:18', '/var/lib/postgresql/data'),
    'no version': fly('postgres', postgres),
    'a folder in the command': fly('postgres:16', postgres, `[processes]\napp = "postgres -D ${postgres}/db"\n`),
    'a program of its own': fly('postgres:16', postgres, '[processes]\napp = "sh /start.sh"\n'),
    'an entry of its own': own('FROM postgres:16\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n', postgres),
    'MySQL as Fly.io shows it': fly('mysql:8.0', '/data', '[processes]\napp = "--datadir /data/mysql"\n'),
    'MariaDB, which does not look': fly('mariadb:11', '/var/lib/mysql'),
    'Meilisearch by itself': fly('getmeili/meilisearch:v1.8', '/meili_data'),
    'Meilisearch in a folder': fly('getmeili/meilisearch:v1.8', '/data', '[env]\nMEILI_DB_PATH = "/data/data.ms"\n'),
    'another image': fly('redis:7', '/data'),
  },
  flagged: {
    PostgreSQL: {
      ...fly('postgres:16-alpine', postgres),
      expect: [
        'warning fly.toml:6:3 a volume is mounted at /var/lib/postgresql/data, and the data is to lie in its root: initdb of PostgreSQL finds lost+found there, and stops ("directory … exists but is not empty. It contains a lost+found directory")',
      ],
    },
    'PostgreSQL by PGDATA, of the Dockerfile': {
      ...own('FROM pgvector/pgvector:pg16\nENV PGDATA=/data\n', '/data'),
      expect: [
        'warning fly.toml:4:3 a volume is mounted at /data, and the data is to lie in its root: initdb of PostgreSQL finds lost+found there, and stops ("directory … exists but is not empty. It contains a lost+found directory")',
      ],
    },
    MySQL: {
      ...fly('mysql:8.0', '/var/lib/mysql', '[processes]\napp = "--performance-schema=OFF"\n'),
      expect: [
        'warning fly.toml:6:3 a volume is mounted at /var/lib/mysql, and the data is to lie in its root: mysqld --initialize finds lost+found there, and stops ("the data directory has files in it. Aborting")',
      ],
    },
    Meilisearch: {
      ...fly('getmeili/meilisearch:v1.8', '/meili_data', '[env]\nMEILI_DB_PATH = "/meili_data"\n'),
      expect: [
        'warning fly.toml:6:3 a volume is mounted at /meili_data, and the data is to lie in its root: Meilisearch finds lost+found there, and stops ("failed to infer the version of the database")',
      ],
    },
  },
})
