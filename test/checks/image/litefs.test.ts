import litefs from '../../../checks/image/litefs.ts'
import {testCheck} from '../../harness.ts'

const usual = {
  fuse: 'fuse:\n  dir: /litefs\n',
  data: 'data:\n  dir: /data/litefs\n',
  lease: 'lease:\n  type: consul\n  candidate: ${FLY_REGION == PRIMARY_REGION}\n',
  exec: 'exec:\n  - cmd: npx prisma migrate deploy\n    if-candidate: true\n  - cmd: npm start\n',
}
interface Parts {
  yml?: Partial<typeof usual> & {more?: string}
  fly?: string
  from?: string
  more?: string
  command?: string
}
/** LiteFS as ENTRYPOINT: what fly.toml or CMD start is handed to it. */
const entrypoint = (entry: string, fly = region + volume, cmd = '') => {
  const {files} = project({fly})
  const Dockerfile = files.Dockerfile.replace('CMD ["litefs", "mount"]\n', `ENTRYPOINT ${entry}\n${cmd}`)
  return {files: {...files, Dockerfile}}
}
const region = 'app = "shop"\nprimary_region = "ams"\n'
const volume = '[mounts]\nsource = "data"\ndestination = "/data"\n'
const project = ({
  yml,
  fly = region + volume,
  from = '0.5',
  more = '',
  command = '["litefs", "mount"]',
}: Parts = {}) => {
  const {fuse, data, lease, exec} = {...usual, ...yml}
  return {
    files: {
      'fly.toml': fly,
      Dockerfile: `FROM node:22-slim\nCOPY --from=flyio/litefs:${from} /usr/local/bin/litefs /usr/local/bin/litefs\nWORKDIR /app\nCOPY other/litefs.yml /etc/litefs.yml\n${more}CMD ${command}\n`,
      'other/litefs.yml': `${fuse}${data}${lease}${exec}${yml?.more ?? ''}`,
      'package.json': '{"scripts": {"start": "node server.js"}}',
    },
  }
}
const withCommand = {yml: {exec: 'exec: cd /app && npm start\n'}}
const withExec = (...commands: string[]) =>
  project({yml: {exec: `exec:\n${commands.map((each) => `  - cmd: ${each}\n`).join('')}`}})

testCheck(litefs, {
  clean: {
    'the configuration of the Epic Stack': project(),
    'a candidate that is a word': project({yml: {lease: 'lease:\n  type: consul\n  candidate: true\n'}}),
    'a candidate that a variable says': project({yml: {lease: 'lease:\n  type: consul\n  candidate: ${CANDIDATE}\n'}}),
    'a comparison with a text': project({
      yml: {lease: "lease:\n  type: consul\n  candidate: ${FLY_REGION == 'ams'}\n  # key: ${KEY:-a}\n"},
    }),
    'folders by variables of the image': project({
      yml: {fuse: "fuse:\n  dir: '${LITEFS_DIR}'\n", data: 'data:\n  dir: $DATA\n'},
      more: 'ENV LITEFS_DIR=/litefs DATA=/data/litefs\n',
    }),
    'a shell that it is told to start': withExec(
      "bash -c 'npm run migrate && npm start'",
      'sh -c "cd /app; npm start"',
    ),
    'one command, as text': project({yml: {exec: 'exec: npm start\n'}}),
    'what stands behind -- is started in its place': project({
      yml: {exec: 'exec: cd /app && npm start\n'},
      command: '["litefs", "mount", "--", "npm", "start"]',
    }),
    'keys of a release before 0.3, with that release': project({
      from: '0.2',
      yml: {fuse: 'mount-dir: /litefs\n', data: 'data-dir: /data/litefs\n', lease: 'consul:\n  key: shop\n'},
    }),
    'a CMD that fly.toml replaces': project({
      ...withCommand,
      fly: `${region}[processes]\nweb = "npm start"\n${volume}`,
    }),
    'another key of a command, which LiteFS passes over': project({
      yml: {exec: 'exec:\n  - cmd: npm start\n    name: app\n'},
    }),
    'sections of a release before 0.4, which had no lease': project({
      from: '0.3',
      yml: {lease: 'consul:\n  url: "${FLY_CONSUL_URL}"\n'},
    }),
    'a configuration that only the machine knows': {
      files: {
        ...project({command: '["./start.sh"]', more: 'COPY start.sh ./\n'}).files,
        'start.sh': '#!/bin/sh\nexec litefs mount -config "$LITEFS_CONFIG"\n',
      },
    },
    'a configuration that the script fills in before': {
      files: {
        'fly.toml': region + volume,
        Dockerfile:
          'FROM node:22-slim\nCOPY --from=flyio/litefs:0.5 /usr/local/bin/litefs /usr/local/bin/litefs\nWORKDIR /app\nCOPY start.sh litefs.tmpl ./\nCMD ["./start.sh"]\n',
        'start.sh': '#!/bin/sh\nset -e\nenvsubst < litefs.tmpl > /etc/litefs.yml\nexec litefs mount\n',
        'litefs.tmpl': 'exec: npm start\n',
      },
    },
    'another configuration, which a script may write': project({
      command: '["litefs", "mount", "-config", "/run/litefs.yml"]',
      more: 'RUN ./make.sh > /run/litefs.yml\n',
    }),
    'an ENTRYPOINT, which leaves nothing of the CMD of the base': entrypoint('["litefs", "mount"]'),
    'a configuration that is copied into /etc': {
      files: {
        ...project({}).files,
        Dockerfile: project({}).files.Dockerfile.replace(
          'COPY other/litefs.yml /etc/litefs.yml',
          'COPY other/litefs.yml /etc',
        ),
      },
    },
    'an ENTRYPOINT with options': entrypoint('["litefs", "mount", "-config", "/etc/litefs.yml", "-tracing"]'),
    'what is behind two dashes in it': entrypoint(
      '["litefs", "mount", "--"]',
      `${region}[deploy]\nrelease_command = "npm run migrate"\n${volume}`,
      'CMD ["npm", "start"]\n',
    ),
    'a shell as ENTRYPOINT, which drops what it is handed': entrypoint(
      'litefs mount',
      `${region}[deploy]\nrelease_command = "npm run migrate"\n${volume}`,
    ),
    'an option of a release to come': entrypoint('["litefs", "mount", "-wait", "5s"]'),
  },
  flagged: {
    'a comparison outside of the braces': {
      ...project({yml: {lease: 'lease:\n  type: consul\n  candidate: ${FLY_REGION} == "${PRIMARY_REGION}"\n'}}),
      expect: [
        'error other/litefs.yml:7:3 lease.candidate is "${FLY_REGION} == \\"${PRIMARY_REGION}\\"", which is no true or false once LiteFS has filled it in: it stops',
      ],
    },
    'a default of a shell': {
      ...project({yml: {lease: 'lease:\n  type: consul\n  consul:\n    key: "litefs/${KEY:-v4}"\n'}}),
      expect: [
        'warning other/litefs.yml:8:18 LiteFS knows names and comparisons in braces alone, and puts nothing in the place of ${KEY:-v4}',
      ],
    },
    'a release command behind ENTRYPOINT': {
      ...entrypoint('["litefs", "mount"]', `${region}[deploy]\nrelease_command = "npm run migrate"\n${volume}`),
      expect: [
        'error fly.toml:4:1 release_command hands "npm" to litefs mount, which takes options only and stops: "too many arguments"',
      ],
    },
    'a CMD behind ENTRYPOINT': {
      ...entrypoint('["litefs", "mount"]', region + volume, 'CMD ["npm", "start"]\n'),
      expect: [
        'error Dockerfile:6:1 CMD hands "npm" to litefs mount, which takes options only and stops: "too many arguments"',
      ],
    },
    'the app is behind &&': {
      ...withExec('npm run migrate && npm start'),
      expect: [
        'error other/litefs.yml:9:5 LiteFS starts this without a shell: of it only "npm run migrate" runs, and what begins with && is left out, so that the app does not start',
      ],
    },
    'a part of a command before the app': {
      ...withExec('node swap.js || true', 'npm start'),
      expect: [
        'warning other/litefs.yml:9:5 LiteFS starts this without a shell: of it only "node swap.js" runs, and what begins with || is left out',
      ],
    },
    'a word of the shell': {
      ...withExec('cd /app && npm start'),
      expect: ['error other/litefs.yml:9:5 LiteFS starts this without a shell, and cd is no program'],
    },
    'the same, where a script may start it': {
      files: {
        ...project({...withCommand, command: '["./start.sh"]', more: 'COPY start.sh ./\n'}).files,
        'start.sh': '#!/bin/sh\nif [ -n "$FLY_APP_NAME" ]; then exec litefs mount; fi\nnpm start\n',
      },
      expect: ['warning other/litefs.yml:8:1 LiteFS starts this without a shell, and cd is no program'],
    },
    'a variable before the program': {
      ...withExec('NODE_ENV=production node server.js'),
      expect: ['error other/litefs.yml:9:5 LiteFS starts this without a shell, and NODE_ENV=production is no program'],
    },
    'keys of a release before': {
      ...project({
        yml: {
          fuse: 'mount-dir: /litefs\n',
          data: 'data-dir: /data\n',
          lease: 'lease:\n  type: static\n  region: ams\n',
        },
        fly: `${region}[mounts]\nsource = "data"\ndestination = "/var/lib/litefs"\n`,
      }),
      expect: [
        'error other/litefs.yml:1:1 LiteFS 0.5 does not know mount-dir, and refuses the whole file',
        'error other/litefs.yml:2:1 LiteFS 0.5 does not know data-dir, and refuses the whole file',
        'error other/litefs.yml:5:3 LiteFS 0.5 does not know lease.region, and refuses the whole file',
      ],
    },
    'no type of lease': {
      ...project({yml: {lease: ''}}),
      expect: [
        'error other/litefs.yml:1:1 lease.type is missing: LiteFS knows "consul" and "static", and stops at anything else',
      ],
    },
    'one folder for both': {
      ...project({yml: {fuse: 'fuse:\n  dir: /data/litefs/\n'}}),
      expect: [
        'error other/litefs.yml:4:3 fuse.dir and data.dir are both /data/litefs: LiteFS stops, as they must be two folders',
      ],
    },
    'no configuration beside a release of Elixir': {
      files: {
        ...project().files,
        'mix.exs': 'defmodule Shop.MixProject do\nend\n',
        Dockerfile:
          'FROM elixir:1.18-slim AS build\nENV MIX_ENV=prod\nWORKDIR /app\nCOPY . .\nRUN mix release\nFROM debian:bookworm-slim\nWORKDIR /app\nCOPY --from=build /app/_build/prod/rel/shop ./\nENTRYPOINT litefs mount\n',
      },
      expect: [
        'error Dockerfile:9:1 ENTRYPOINT starts litefs mount, and the image has no /etc/litefs.yml: LiteFS stops without its configuration',
      ],
    },
    'no configuration in the image': {
      files: {...project().files, Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCMD ["litefs", "mount"]\n'},
      expect: [
        'error Dockerfile:3:1 CMD starts litefs mount, and the image has no /etc/litefs.yml: LiteFS stops without its configuration',
      ],
    },
  },
})
