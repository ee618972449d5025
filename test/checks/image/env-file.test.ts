import check from '../../../checks/image/env-file.ts'
import {testCheck} from '../../harness.ts'

const project = (start: string, files: Record<string, string> = {}, dockerfile = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\n${dockerfile}CMD ["npm", "start"]\n`,
    'package.json': JSON.stringify({scripts: {start}}),
    'server.js': '',
    ...files,
  },
})
const start = 'node --env-file=.env server.js'
const hidden = {'.dockerignore': 'node_modules\n.env\n'}
const missing = '/app/.env is not in the image'
const stops = 'node stops with ".env: not found"'

/** A member of a workspace, with a file of its own. */
const member = (command: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ${command}\n`,
    'package.json': '{"workspaces": ["api"], "scripts": {"start": "node --env-file=.env server.js"}}',
    'api/package.json': JSON.stringify({name: 'api', scripts: {start}}),
    'api/.env': '',
    'api/server.js': '',
  },
})

testCheck(check, {
  clean: {
    'the file is there': project(start, {'.env': 'LEVEL=info\n'}),
    'it need not be there': project('node --env-file-if-exists=.env server.js', hidden),
    'an argument of the script': project('node server.js --env-file=.env', hidden),
    'bun goes on without': project('bun --env-file=.env server.js', hidden),
    'for the computer alone': project('node server.js', {
      ...hidden,
      'package.json': JSON.stringify({scripts: {start: 'node server.js', dev: start}}),
    }),
    'the build writes it': project(start, hidden, 'RUN cp .env.example .env\n'),
    'the script that starts it writes it': {
      files: {
        ...project(start, hidden).files,
        Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["sh", "start.sh"]\n',
        'start.sh': 'echo "$SETTINGS" > .env\nexec node --env-file=.env server.js\n',
      },
    },
    'code that is started before may write it': project('x', {
      ...hidden,
      'package.json': JSON.stringify({scripts: {prestart: 'node make-env.js', start}}),
      'make-env.js': `require('fs').writeFileSync('.env', '')`,
    }),
    'a tool that is started before may write it': project('x', {
      ...hidden,
      'package.json': JSON.stringify({scripts: {prestart: 'dotenv-vault pull', start}}),
    }),
    'another node than that of the image': project(start, {
      '.env': '',
      Dockerfile: 'FROM node:18\nRUN npm i -g n && n 22\nWORKDIR /app\nCOPY . .\nCMD ["npm", "start"]\n',
    }),
    'node of another image': project(start, {
      '.env': '',
      Dockerfile:
        'FROM node:18\nCOPY --from=node:22 /usr/local/bin/node /usr/local/bin/node\nWORKDIR /app\nCOPY . .\nCMD ["npm", "start"]\n',
    }),
    'node as a package': project(start, {
      '.env': '',
      Dockerfile: 'FROM node:18\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["npm", "start"]\n',
      'package.json': JSON.stringify({scripts: {start}, dependencies: {node: '^22.0.0'}}),
    }),
    'fly.toml lays it': project(start, {
      ...hidden,
      'fly.toml': 'app = "shop"\n[[files]]\nguest_path = "/app/.env"\nsecret_name = "SETTINGS"\n',
    }),
    'a volume has it': project('node --env-file=/data/app.env server.js', {
      ...hidden,
      'fly.toml': 'app = "shop"\n[mounts]\nsource = "data"\ndestination = "/data"\n',
    }),
    'what comes after it goes on': project(`${start} || node server.js`, hidden),
    'in a folder that is not known': project(start, hidden, 'RUN ./configure.sh && mv settings/* .\n'),
    'a member of a workspace, by npm': member('["npm", "start", "-w", "api"]'),
    'a member, by npm and its folder': member('["npm", "--prefix", "api", "run", "start"]'),
    'a member, by pnpm': member('["pnpm", "--filter", "api", "start"]'),
    'a member, by yarn': member('["yarn", "workspace", "api", "start"]'),
    'a member, in its folder': member('cd api && npm start'),
    'a member, in its folder, by pnpm': member('["pnpm", "-C", "api", "start"]'),
    'a member, through a script of the root': {
      files: {
        ...member('["npm", "start"]').files,
        'package.json': '{"workspaces": ["api"], "scripts": {"start": "npm start -w api"}}',
      },
    },
    'node 20, of whatever minor version': project('node --env-file=.env server.js', {
      '.env': '',
      Dockerfile: 'FROM node:20\nWORKDIR /app\nCOPY . .\nCMD ["node", "--env-file=.env", "server.js"]\n',
    }),
  },
  flagged: {
    'a file that .dockerignore keeps out': {
      ...project(start, hidden),
      expect: [
        `error package.json:1:13 CMD starts node with --env-file, and ${missing} (.dockerignore keeps it out of the image): ${stops}`,
      ],
    },
    'a file that nothing brings': {
      ...project(start),
      expect: [
        `warning package.json:1:13 CMD starts node with --env-file, and ${missing} (nothing brings it): ${stops}`,
      ],
    },
    'as a word of its own, of tsx': {
      ...project('tsx --import ./trace.js --env-file .env server.js', hidden),
      expect: [
        `error package.json:1:13 CMD starts node with --env-file, and ${missing} (.dockerignore keeps it out of the image): ${stops}`,
      ],
    },
    'a node that does not know the option': {
      ...project(start, {
        '.env': '',
        Dockerfile: 'FROM node:18-alpine\nWORKDIR /app\nCOPY . .\nCMD ["npm", "start"]\n',
      }),
      expect: [
        'error package.json:1:13 CMD starts node with --env-file, which node 18 of the image does not know: it stops with "bad option"',
      ],
    },
    'migrations run before': {
      ...project(`npx prisma migrate deploy && ${start}`, hidden),
      expect: [
        `error package.json:1:13 CMD starts node with --env-file, and ${missing} (.dockerignore keeps it out of the image): ${stops}`,
      ],
    },
    'before the release': {
      files: {
        ...project('node server.js', hidden).files,
        'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "node --env-file=.env migrate.js"\n',
        'migrate.js': '',
      },
      expect: [
        `error fly.toml:3:1 release_command starts node with --env-file, and ${missing} (.dockerignore keeps it out of the image): ${stops}`,
      ],
    },
  },
})
