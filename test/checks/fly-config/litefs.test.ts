import check from '../../../checks/fly-config/litefs.ts'
import {testCheck} from '../../harness.ts'

const litefs = ({data = '/var/lib/litefs', addr = ':8080', target = 'localhost:3000', more = ''} = {}) =>
  `fuse:\n  dir: "/litefs"\ndata:\n  dir: "${data}"\nproxy:\n  addr: "${addr}"\n  target: "${target}"\n  db: "shop.db"\nexec:\n  - cmd: "node server.js"\n${more}`
const config = ({port = 8080, mounts = '/var/lib/litefs', more = ''} = {}) =>
  `app = "shop"\n${more}[env]\nPORT = "3000"\n[mounts]\nsource = "litefs"\ndestination = "${mounts}"\n[http_service]\ninternal_port = ${port}\n`
const candidate = (condition: string) => `lease:\n  type: consul\n  candidate: \${${condition}}\n`
const Dockerfile =
  'FROM node:22-slim\nCOPY --from=flyio/litefs:0.5 /usr/local/bin/litefs /usr/local/bin/litefs\nWORKDIR /app\nCOPY . .\nCOPY litefs.yml /etc/litefs.yml\nCMD ["litefs", "mount"]\n'

testCheck(check, {
  clean: {
    'a volume for its data, and requests for its proxy': {
      files: {'fly.toml': config(), Dockerfile, 'litefs.yml': litefs()},
    },
    'a folder below the volume': {
      files: {'fly.toml': config({mounts: '/data'}), Dockerfile, 'litefs.yml': litefs({data: '/data/litefs'})},
    },
    'a port that a variable says': {
      files: {'fly.toml': config(), Dockerfile, 'litefs.yml': litefs({target: 'localhost:${PORT}'})},
    },
    'a folder that only the machine knows': {
      files: {'fly.toml': config(), Dockerfile, 'litefs.yml': litefs({data: '${FLY_DATA}/litefs'})},
    },
    'the keys of an older LiteFS': {
      files: {
        'fly.toml': config({mounts: '/data'}),
        Dockerfile,
        'litefs.yml': 'mount-dir: "/litefs"\ndata-dir: "/data/litefs"\n',
      },
    },
    'a folder by a variable of the image': {
      files: {
        'fly.toml': config({mounts: '/data'}),
        Dockerfile: Dockerfile.replace('WORKDIR', 'ENV DATA=/data\nWORKDIR'),
        'litefs.yml': litefs({data: '$DATA/litefs'}),
      },
    },
    'a backup brings the databases back': {
      files: {
        'fly.toml': config({mounts: '/data'}),
        Dockerfile,
        'litefs.yml': litefs({more: 'backup:\n  type: litefs-cloud\n'}),
      },
    },
    'a region of its own for the primary': {
      files: {
        'fly.toml': config({more: 'primary_region = "ams"\n'}),
        Dockerfile,
        'litefs.yml': litefs({more: candidate("FLY_REGION == 'ams'")}),
      },
    },
    'a primary region by a variable': {
      files: {
        'fly.toml': config().replace('[env]', '[env]\nPRIMARY_REGION = "ams"'),
        Dockerfile,
        'litefs.yml': litefs({more: candidate('FLY_REGION == PRIMARY_REGION')}),
      },
    },
    'a port of something else, beside its own': {
      files: {
        'fly.toml': `${config()}[[services]]\ninternal_port = 4021\n`,
        Dockerfile,
        'litefs.yml': litefs(),
      },
    },
    'a process group that mounts it': {
      files: {
        'fly.toml': config({more: '[processes]\napp = "litefs mount"\n'}),
        Dockerfile,
        'litefs.yml': litefs(),
      },
    },
  },
  flagged: {
    'a port on which neither listens': {
      files: {'fly.toml': config({port: 4021}), Dockerfile, 'litefs.yml': litefs()},
      expect: [
        'warning fly.toml:8:1 internal_port is 4021, and what LiteFS starts listens elsewhere: its proxy on port 8080, the app behind it on 3000',
      ],
    },
    'data beside the volume': {
      files: {'fly.toml': config({mounts: '/data'}), Dockerfile, 'litefs.yml': litefs()},
      expect: [
        'warning litefs.yml:4:3 LiteFS keeps the databases in /var/lib/litefs, but the volume is at /data: each deploy begins with what another machine still has, or with nothing',
      ],
    },
    'data where LiteFS keeps it by itself, and no volume': {
      files: {'fly.toml': 'app = "shop"\n', Dockerfile, 'litefs.yml': 'fuse:\n  dir: /litefs\n'},
      expect: [
        'warning litefs.yml:1:1 LiteFS keeps the databases in /var/lib/litefs, but fly.toml mounts no volume: each deploy begins with what another machine still has, or with nothing',
      ],
    },
    'a primary in another region': {
      files: {
        'fly.toml': config({more: 'primary_region = "ams"\n'}),
        Dockerfile,
        'litefs.yml': litefs({more: candidate("FLY_REGION == 'den'")}),
      },
      expect: [
        'warning litefs.yml:13:3 only machines in den may become the primary, and primary_region is ams: LiteFS there waits for a primary, and starts no app',
      ],
    },
    'no primary region': {
      files: {
        'fly.toml': config(),
        Dockerfile,
        'litefs.yml': litefs({more: candidate('FLY_REGION == PRIMARY_REGION')}),
      },
      expect: [
        'warning litefs.yml:13:3 no machine may become the primary: PRIMARY_REGION is set by primary_region, which fly.toml does not have',
      ],
    },
    'requests for the app itself': {
      files: {
        'fly.toml': config({port: 3000}),
        Dockerfile,
        'litefs.yml': litefs({target: 'localhost:${PORT}'}),
      },
      expect: [
        'warning fly.toml:8:1 internal_port is 3000, where the app itself listens: requests go past the proxy of LiteFS on port 8080, and what writes fails on every machine but the primary',
      ],
    },
    'one port for the proxy and the app': {
      files: {
        'fly.toml': config(),
        Dockerfile: Dockerfile.replace('WORKDIR', 'ENV PORT=8080\nWORKDIR'),
        'litefs.yml': litefs({target: 'localhost:8080'}),
      },
      expect: [
        'warning litefs.yml:7:3 the proxy of LiteFS listens on port 8080, and sends the requests to 8080, too: one of it and the app finds the port taken, or the proxy asks itself',
      ],
    },
    'a command that takes its place': {
      files: {
        'fly.toml': config({more: '[experimental]\ncmd = ["start.sh"]\nentrypoint = ["sh"]\n'}),
        Dockerfile,
        'litefs.yml': litefs(),
      },
      expect: [
        'warning fly.toml:3:1 experimental.cmd takes the place of the CMD that mounts LiteFS: the app finds no database where it looks for one',
      ],
    },
    'a process that takes its place': {
      files: {
        'fly.toml': config({more: '[processes]\nweb = "node server.js"\n'}),
        Dockerfile,
        'litefs.yml': litefs(),
      },
      expect: [
        'warning fly.toml:3:1 processes.web takes the place of the CMD that mounts LiteFS: the app finds no database where it looks for one',
      ],
    },
  },
})
