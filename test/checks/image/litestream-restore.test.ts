import check from '../../../checks/image/litestream-restore.ts'
import {testCheck} from '../../harness.ts'

const volume = '[mounts]\nsource = "data"\ndestination = "/data"\n'
const project = (script: string, {fly = volume, env = ''} = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n${env}${fly}`,
    Dockerfile:
      'FROM alpine:3.22\nCOPY --from=litestream/litestream:0.3.13 /usr/local/bin/litestream /usr/local/bin/litestream\nCOPY start.sh /start.sh\nCMD ["sh", "/start.sh"]\n',
    'start.sh': `#!/bin/sh\n${script}exec litestream replicate -exec /shop\n`,
  },
})
const older = (script: string) => {
  const {files} = project(`set -e\n${script}`)
  return {files: {...files, Dockerfile: files.Dockerfile.replace(':0.3.13', ':0.3.9')}}
}
const restore = 'litestream restore -if-replica-exists /data/shop.db\n'
const told = (line: number) =>
  `warning start.sh:${line}:1 CMD restores /data/shop.db, which the volume at /data still has when a machine starts again: litestream then stops with "output path already exists", and the app does not start`

testCheck(check, {
  clean: {
    'a release that knows -v': older('litestream restore -v -if-db-not-exists /data/shop.db\n'),
    '-v, and its failure is caught': project('set -e\nlitestream restore -v -if-db-not-exists /data/shop.db || true\n'),
    'only where there is none': project(
      'set -e\nlitestream restore -if-db-not-exists -if-replica-exists /data/shop.db\n',
    ),
    'it is asked before': project(`set -e\nif [ ! -f /data/shop.db ]; then\n  ${restore}fi\n`),
    'by another test': project(`set -e\ntest -s /data/shop.db || ${restore}`),
    'the failure is caught': project(`set -e\n${restore.trim()} || echo there\n`),
    'a failure ends nothing': project(restore),
    'a failure in a branch ends nothing': project(`if [ -n "$BUCKET" ]; then\n${restore}fi\n`),
    'in a function, whose failure may be caught': project(
      `set -e\nbring() {\n  if [ -n "$BUCKET" ]; then\n    ${restore}  fi\n}\nbring || true\n`,
    ),
    'it is taken away': project(`set -e\nrm -f /data/shop.db\n${restore}`),
    'no volume keeps it': project(`set -e\n${restore}`, {fly: ''}),
    'it goes elsewhere': project('set -e\nlitestream restore -o /tmp/shop.db /data/shop.db\n'),
    'a path that is not known': project('set -e\nlitestream restore "$DB_PATH"\n'),
    'a condition of the shell': project(`set -e\nif ${restore.trim()}; then echo restored; fi\n`),
  },
  flagged: {
    'an option that there is no longer': {
      ...project('set -e\nlitestream restore -v -if-db-not-exists /data/shop.db\n', {fly: ''}),
      expect: [
        'error start.sh:3:1 CMD calls litestream restore -v, and litestream 0.3.13 has no such option: it stops with "flag provided but not defined: -v"',
      ],
    },
    '… in a branch': {
      ...project('set -e\nif [ ! -f /data/shop.db ]; then\n  litestream restore -v /data/shop.db\nfi\n'),
      expect: [
        'warning start.sh:4:3 CMD calls litestream restore -v, and litestream 0.3.13 has no such option: it stops with "flag provided but not defined: -v"',
      ],
    },
    'the database of the volume': {...project(`set -e\n${restore}`), expect: [told(3)]},
    'in a branch': {
      ...project(`set -e\nif [ -n "$BUCKET" ]; then\n${restore}fi\n`),
      expect: [told(4)],
    },
    'as the script names it, on several lines': {
      ...project(
        'set -eu\nDB="/data/shop.db"\nlitestream restore \\\n  -config /etc/l.yml \\\n  -if-replica-exists "${DB}"\n',
      ),
      expect: [told(4)],
    },
    'as [env] names it, by -o': {
      ...project('set -e\nlitestream restore -o "$DB_PATH" s3://shop/db\n', {
        env: '[env]\nDB_PATH = "/data/shop.db"\n',
      }),
      expect: [told(3)],
    },
    'in the command itself': {
      files: {
        ...project('').files,
        Dockerfile:
          'FROM alpine:3.22\nCOPY --from=litestream/litestream:0.3.13 /usr/local/bin/litestream /usr/local/bin/litestream\nCMD litestream restore -if-replica-exists /data/shop.db && litestream replicate -exec /shop\n',
      },
      expect: [
        'warning Dockerfile:3:1 CMD restores /data/shop.db, which the volume at /data still has when a machine starts again: litestream then stops with "output path already exists", and the app does not start',
      ],
    },
  },
})
