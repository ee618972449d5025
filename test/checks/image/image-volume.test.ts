import imageVolume from '../../../checks/image/image-volume.ts'
import {testCheck} from '../../harness.ts'

const fly = (text: string, files: Record<string, string> = {}) => ({
  files: {'fly.toml': `app = "shop"\n${text}`, ...files},
})
const image = (name: string, more = '') => fly(`[build]\n  image = "${name}"\n${more}`)

testCheck(imageVolume, {
  clean: {
    'with a volume': image('louislam/uptime-kuma:1', '[[mounts]]\nsource = "data"\ndestination = "/app/data"\n'),
    'another image': image('nginx:1'),
    'a database elsewhere': image('n8nio/n8n', '[env]\nDB_POSTGRESDB_HOST = "db.internal"\n'),
    'only copied from': fly('', {Dockerfile: 'FROM debian\nCOPY --from=minio/minio /usr/bin/minio /usr/bin/minio\n'}),
  },
  flagged: {
    'an image of [build]': {
      ...image('vaultwarden/server:1.32.0'),
      expect: [
        'warning fly.toml:3:3 Vaultwarden keeps its data in /data, but fly.toml mounts no volume there: each deploy begins with nothing',
      ],
    },
    'the base of the Dockerfile': {
      ...fly('', {Dockerfile: 'FROM postgres:16-alpine\nCOPY init.sql /docker-entrypoint-initdb.d/\n', 'init.sql': ''}),
      expect: [
        'warning Dockerfile:1:1 PostgreSQL keeps its data in /var/lib/postgresql/data, but fly.toml mounts no volume there: each deploy begins with nothing',
      ],
    },
  },
})
