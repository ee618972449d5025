import packageScript from '../../../checks/image/package-script.ts'
import {testCheck} from '../../harness.ts'

const manifest = {
  scripts: {start: 'node dist/main.js', 'start:prod': 'node dist/main.js', dev: 'tsx src/main.ts'},
  dependencies: {express: '^5.0.0'},
  devDependencies: {prisma: '^6.0.0', tsx: '^4.0.0'},
}
const lock =
  '{"lockfileVersion": 3, "packages": {"node_modules/prisma": {"dev": true}, "node_modules/tsx": {"dev": true}}}'
const project = (
  command: string,
  install = 'RUN npm ci --omit=dev\n',
  more: Record<string, string> = {},
  before = '',
) => ({
  files: {
    'fly.toml': `app = "shop"\n[processes]\nweb = "${command}"\n`,
    Dockerfile: `FROM node:22-slim\n${before}WORKDIR /app\nCOPY package*.json ./\n${install}COPY . .\n`,
    '.dockerignore': 'node_modules\n',
    'package.json': JSON.stringify(manifest, null, 1),
    'package-lock.json': lock,
    ...more,
  },
})
const web = 'fly.toml:3:1 [processes] web'

/** A workspace of pnpm, of which a member has Prisma, and a stage that takes what another one installs. */
const ofPnpm = (command: string, more: Record<string, string> = {}, copies = '') => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${command}"\n`,
    Dockerfile: `FROM node:22-slim AS deps\nRUN npm install -g pnpm@9\nWORKDIR /app\nCOPY . .\nRUN pnpm install --frozen-lockfile\nFROM node:22-slim AS build\nWORKDIR /app\nCOPY --from=deps /app/node_modules ./node_modules\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/node_modules ./node_modules\nCOPY --from=deps /app/packages/db packages/db\n${copies}CMD ["node", "packages/db/index.js"]\n`,
    'package.json': '{"devDependencies": {"turbo": "^2.0.0"}}',
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    'packages/db/package.json': '{\n"name": "@shop/db",\n"devDependencies": {"prisma": "^5.0.0"}\n}\n',
    'packages/db/index.js': '',
    ...more,
  },
})

/** As flyctl's generator for Node writes it. */
const entrypoint = (lines: string, cmd = '["npm", "run", "start"]') => ({
  files: {
    ...project('x').files,
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["/app/docker-entrypoint.js"]\nCMD ${cmd}\n`,
    'docker-entrypoint.js': `#!/usr/bin/env node
const {spawn} = require('node:child_process')
;(async () => {
  if (process.argv.slice(-3).join(' ') === 'npm run start') {
    ${lines}
  }
  await exec(process.argv.slice(2).join(' '))
})()
function exec(command) {
  const child = spawn(command, {shell: true, stdio: 'inherit'})
  return new Promise((resolve, reject) => {
    child.on('exit', code => (code === 0 ? resolve() : reject(new Error(command))))
  })
}
`,
  },
})

/** An app whose scripts ask for one another; its api has a package.json of its own. */
const scripts = (own: Record<string, string>, install = 'RUN npm ci\n') =>
  project('npm start', install, {
    'package.json': JSON.stringify({scripts: own, dependencies: {concurrently: '^9.0.0'}}, null, 1),
    'api/package.json': '{"scripts": {"serve": "node server.js"}}',
  })
const asks = (script: string) => `[processes] web runs npm start, and its script ${script}`

/** What Next.js wrote, in the last stage. */
const traced = (script: string, more = '', files: Record<string, string> = {}, base = 'node:22-alpine') => ({
  files: {
    'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "npm run migrate"\n',
    Dockerfile: `FROM ${base} AS base\nFROM base AS builder\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM base AS runner\nWORKDIR /app\n${more}COPY --from=builder /app/.next/standalone ./\nCOPY --from=builder /app/.next/static ./.next/static\nCMD ["node", "server.js"]\n`,
    'next.config.js': "module.exports = {output: 'standalone'}\n",
    'package.json': `{\n  "scripts": {"build": "next build", "migrate": "${script}"},\n  "dependencies": {"next": "15.1.0", "prisma": "6.1.0"}\n}\n`,
    'package-lock.json': '{"lockfileVersion": 3, "packages": {}}',
    'prisma/schema.prisma': '',
    ...files,
  },
})

/** The whole folder of the stage that builds, as flyctl writes it. */
const twoStages = (scripts: object, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM node:22-slim AS base\nWORKDIR /app\nFROM base AS build\nRUN apt-get update -qq && apt-get install -y build-essential\nCOPY package*.json ./\nRUN npm ci --include=dev\nCOPY . .\nRUN npm run build\nRUN npm prune --omit=dev\nFROM base\nCOPY --from=build /app /app\nCMD ["npm", "run", "start"]\n',
    'package.json': JSON.stringify({...manifest, scripts}, null, 1),
    'package-lock.json': lock,
    ...files,
  },
})

/** A workspace of npm, whose top has no script start. */
const workspace = (env: string, script = 'start', dockerfile = 'CMD ["npm", "start"]\n') => ({
  files: {
    'fly.toml': `app = "shop"\n${env}`,
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\n${dockerfile}`,
    'package.json': '{"workspaces": ["api"], "scripts": {"lint": "eslint ."}}',
    'api/package.json': `{"name": "@shop/api", "scripts": {"${script}": "node server.js"}}`,
    'api/server.js': '',
    'package-lock.json': '{"lockfileVersion": 3, "packages": {}}',
  },
})

testCheck(packageScript, {
  clean: {
    'npx: a Prisma whose newest refuses the schema, as image/prisma-url tells': {
      files: {
        ...project('npx prisma migrate deploy', 'RUN npm ci --omit=dev\n').files,
        'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n',
        'package-lock.json':
          '{"lockfileVersion": 3, "packages": {"": {}, "node_modules/prisma": {"version": "6.19.0", "dev": true}}}',
      },
    },
    'npx: Prisma without a lock file, which npm keeps beside its client': {
      files: {
        'fly.toml': 'app = "shop"\n[processes]\nweb = "npx prisma migrate deploy"\n',
        Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm install && npm prune --omit=dev\n',
        '.dockerignore': 'node_modules\n',
        'package.json': JSON.stringify({...manifest, dependencies: {'@prisma/client': '^6.0.0'}}),
      },
    },
    'npm whose environment names the member that has the script': workspace('[env]\nNPM_CONFIG_WORKSPACE = "api"\n'),
    'all members, by the environment of the image': workspace(
      '',
      'start',
      'ENV npm_config_workspaces=true\nCMD ["npm", "start"]\n',
    ),
    'a script of the shell that starts it': workspace(
      '[env]\nNPM_CONFIG_WORKSPACE = "@shop/api"\n',
      'start',
      'CMD ["sh", "-c", "npm run start"]\n',
    ),
    'two stages: a start': twoStages({build: 'tsc', start: 'node dist/main.js'}),
    'two stages: server.js, which npm starts by itself': twoStages({build: 'tsc'}, {'server.js': ''}),
    'two stages: server.ts, of which tsc makes it': twoStages({build: 'tsc'}, {'server.ts': ''}),
    'two stages: a build that writes it': twoStages({build: 'esbuild src/main.ts --bundle --outfile=server.js'}),
    'a script of node beside what Next.js wrote': traced('node migrate.js'),
    'an install before the start': project('npm run dev', undefined, {
      'package.json': JSON.stringify({
        ...manifest,
        scripts: {...manifest.scripts, predev: 'npm install --include=dev'},
      }),
    }),
    'a program that is installed for all': traced('prisma migrate deploy', 'RUN npm install -g prisma@6.1.0\n'),
    'all packages before it': traced('prisma migrate deploy', 'COPY --from=builder /app/node_modules ./node_modules\n'),
    'the programs before it': traced(
      'prisma migrate deploy',
      'COPY --from=builder /app/node_modules/.bin ./node_modules/.bin\n',
    ),
    'the whole app before it': traced('prisma migrate deploy', 'COPY --from=builder /app ./\n'),
    'what Next.js is told to bring along': traced('prisma migrate deploy', '', {
      'next.config.js':
        "module.exports = {output: 'standalone', outputFileTracingIncludes: {'/': ['node_modules/.bin/prisma']}}\n",
    }),
    'an image that may bring it': traced('prisma migrate deploy', '', {}, 'registry.example.com/node:22'),
    'pnpm -w asks the package at the top of the workspace': project('pnpm -w run serve'),
    'a program of the build that writes package.json': project('npm run serve', undefined, {
      'scripts/release.js':
        "const own = JSON.parse(fs.readFileSync('package.json'))\nown.scripts.serve = 'node dist'\nfs.writeFileSync('package.json', JSON.stringify(own))\n",
      Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && node scripts/release.js\n',
    }),
    'what the build makes is laid over it': project('npm run serve', undefined, {
      Dockerfile:
        'FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY package.json ./\nCOPY --from=build /app/dist ./\n',
    }),
    'scripts that ask for one another': scripts({
      start: 'npm run migrate && npm run serve',
      migrate: 'node migrate.js',
      serve: 'cd api && npm run serve',
    }),
    'the package at the top of the workspace': scripts({start: 'pnpm -w run serve'}),
    'a package.json that a RUN writes': {
      files: {
        ...scripts({start: 'cd api && npm run seed'}).files,
        'api/package.prod.json': '{"scripts": {"seed": "node seed.js"}}',
        Dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN cp api/package.prod.json api/package.json\nRUN npm ci\n',
      },
    },
    'a script that may be missing': scripts({start: 'npm run migrate --if-present && node app.js'}),
    'a script whose failure is caught': scripts({start: 'npm run migrate || true; node app.js'}),
    'a script of an unknown folder': scripts({start: 'cd $DIR && npm run go'}),
    'a script of a folder that is not in the image': scripts({start: 'npm run go --prefix web'}),
    'a script of a member of the workspace': scripts({start: 'npm run go -w api'}),
    'what may be a program': scripts({start: 'yarn serve && bun run tool'}),
    'a start that has a default': scripts({start: 'cd api && npm start'}),
    'a script that only a condition asks for': scripts({start: 'if [ -n "$X" ]; then npm run go; fi; node app.js'}),
    'started together': scripts({
      start: 'concurrently -n api,web "npm run serve --prefix api" npm:web',
      web: 'node web.js',
    }),
    'a RUN that writes package.json': scripts({start: 'npm run go'}, 'RUN npm pkg set scripts.go="node app.js"\n'),
    'a script that an entrypoint of JavaScript runs': entrypoint("await exec('npm run start:prod')"),
    'one that it may not run': entrypoint("if (process.env.X) await exec('npm run seed')"),
    'a shell is what it is given': entrypoint("await exec('npm run seed')", 'npm run start'),
    'the script is there': project('npm start'),
    'by run': project('npm run start:prod'),
    'npx: a program of a member, in its folder': ofPnpm("sh -c 'cd packages/db && npx prisma migrate deploy'"),
    'npx: a version of its own': ofPnpm('npx prisma@5 migrate deploy'),
    'npx: what the top of the workspace has, too': ofPnpm('npx prisma migrate deploy', {
      'package.json': '{"devDependencies": {"prisma": "^5.0.0"}}',
    }),
    'npx: what pnpm is told to hoist': ofPnpm('npx prisma migrate deploy', {'.npmrc': 'shamefully-hoist=true\n'}),
    'npx: what npm lays at the top': ofPnpm('npx prisma migrate deploy', {
      Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD ["node", "packages/db/index.js"]\n',
    }),
    'npx: what the last stage installs': ofPnpm('npx prisma migrate deploy', {}, 'RUN npm install -g prisma@5\n'),
    'npx: node_modules of the member at the top': ofPnpm(
      'npx prisma migrate deploy',
      {},
      'COPY --from=deps /app/packages/db/node_modules ./node_modules\n',
    ),
    'bun: a value behind =': project('bun --cwd=/app run start'),
    'of a member, named behind the script': project('npm start -w web'),
    'of another folder, by pnpm': project('pnpm -C web run serve'),
    'a pattern of pnpm': project('pnpm run /^serve:.*/'),
    '.npmrc asks for what is for development': project('npm run dev', 'RUN npm ci --omit=dev\n', {
      '.npmrc': 'include=dev\n',
    }),
    'a development dependency that another package needs, by the lock of Yarn': project(
      'npm run dev',
      'RUN yarn install --production\n',
      {
        'package-lock.json': '',
        'yarn.lock': 'other@^1:\n  version "1.0.0"\n  dependencies:\n    tsx "^4.0.0"\n\ntsx@^4.0.0:\n',
      },
    ),
    'a development dependency that another package needs, by the lock of Bun': project(
      'npm run dev',
      'RUN bun install --production\n',
      {
        'package-lock.json': '',
        'bun.lock':
          '{\n"packages": {\n"other": ["other@1.0.0", "", { "dependencies": { "a": "^1", "tsx": "^4" } }, ""],\n}}\n',
      },
    ),
    'a word of npm’s own': project('yarn install'),
    'a program that yarn runs': project('yarn run prisma'),
    'a script of another member, by Yarn': project('yarn start:web', undefined, {
      'web/package.json': '{"scripts": {"start:web": "x"}}',
    }),
    'a file of bun': project('bun run server.ts'),
    'npm start without a script runs server.js': project('npm start', undefined, {
      'package.json': '{"scripts": {}}',
      'server.js': '',
    }),
    'a development dependency, with all installed': project('npm run dev', 'RUN npm ci\n'),
    'kept by --include': project('npm run dev', 'ENV NODE_ENV=production\nRUN npm ci --include=dev\n'),
    'installed by its name': project('npm run dev', 'RUN npm ci --omit=dev && npm install -g tsx\n'),
    'copied alone': project(
      'npx prisma migrate deploy',
      'RUN npm ci --omit=dev\nCOPY --from=build /app/node_modules/prisma ./node_modules/prisma\n',
      {},
      'WORKDIR /app\nRUN npm ci\nFROM node:22-slim\n',
    ),
    'another package needs it in production': project('npx prisma migrate deploy', undefined, {
      'package-lock.json': '{"lockfileVersion": 3, "packages": {"node_modules/prisma": {"devOptional": true}}}',
    }),
    'a version that is to be fetched': project('npx prisma@6 migrate deploy'),
    'a package.json that a RUN changes': project('npm run serve', 'RUN npm pkg set scripts.serve=x\n'),
    'a file that is called like a script': project('node start:prod', undefined, {'start:prod.js': ''}),
    'a file that is compiled in its place': project('node start', undefined, {'start.ts': ''}),
    'a file that a build makes': project('node start', 'RUN npm ci && node make.js > start.js\n'),
    'a file that a build writes under the name of a script': project('node dev', 'RUN npm ci && npm run build\n'),
    'a command of npm that is a script, too': project('npm test', undefined, {
      'package.json': '{"scripts": {"test": "node test.js"}}',
    }),
    'the beginning of a command of npm': project('npm publ', undefined, {
      'package.json': '{"scripts": {"publ": "node x.js"}}',
    }),
    'node runs a script by itself': project('node --run start:prod'),
    'another folder': project("sh -c 'cd web && npm run serve'"),
    'pnpm, which may heed NODE_ENV or not': project('pnpm run dev', 'ENV NODE_ENV=production\nRUN pnpm install\n'),
  },
  flagged: {
    'npx: a program of a member, at the top of the workspace': {
      ...ofPnpm('npx prisma migrate deploy'),
      expect: [
        'warning fly.toml:3:1 release_command runs npx prisma, and pnpm lays prisma into packages/db alone, whose package.json names it: npx then fetches its newest version at every start',
      ],
    },
    'bun: a value behind a blank, before run': {
      ...project('bun --cwd /app run start'),
      expect: [
        'error fly.toml:3:1 [processes] web runs bun --cwd /app run start, and with the value of --cwd as a word of its own bun does not take run for its command: it prints its help and ends',
      ],
    },
    'a script of shell that a stage has of what turbo has pruned': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim AS pruner\nWORKDIR /src\nRUN npm i -g turbo@^2\nCOPY . .\nRUN turbo prune @shop/web --docker\nFROM node:22-slim AS deps\nWORKDIR /src\nCOPY --from=pruner /src/out/json/ .\nRUN npm ci\nFROM node:22-slim AS build\nWORKDIR /src\nCOPY --from=deps /src/ /src/\nCOPY --from=pruner /src/out/full/ .\nRUN npx turbo build\nFROM node:22-slim\nWORKDIR /src/apps/web\nCOPY --from=build /src/node_modules /src/node_modules\nCOPY --from=build /src/apps/web/package.json ./package.json\nCOPY --from=build /src/apps/web/start.sh ./start.sh\nENTRYPOINT ["/src/apps/web/start.sh"]\n',
        'package.json': '{"name": "shop", "workspaces": ["apps/*"]}',
        'package-lock.json': '{}',
        'turbo.json': '{"tasks": {"build": {}}}',
        'apps/web/package.json': '{"name": "@shop/web", "scripts": {"build": "tsc", "start": "node dist/server.js"}}',
        'apps/web/start.sh': '#!/bin/sh\nset -e\nnpm run db:deploy\nnpm start\n',
        'apps/web/src/server.ts': '',
      },
      expect: [
        'error apps/web/start.sh:3:1 ENTRYPOINT runs npm run db:deploy, but apps/web/package.json has no script db:deploy',
      ],
    },
    'a workspace that the environment names nothing of': {
      ...workspace('[env]\nNPM_CONFIG_WORKSPACE = ""\n'),
      expect: ['error Dockerfile:5:1 CMD runs npm start, but package.json has no script start'],
    },
    'two stages: no start': {
      ...twoStages({build: 'tsc', dev: 'tsx src/main.ts'}),
      expect: ['error Dockerfile:12:1 CMD runs npm run start, but package.json has no script start'],
    },
    'a program beside what Next.js wrote': {
      ...traced('prisma migrate deploy'),
      expect: [
        'error package.json:2:38 release_command runs npm run migrate, which starts prisma, but the node_modules of .next/standalone has no .bin: prisma is not found',
      ],
    },
    'and its package alone': {
      ...traced(
        'prisma migrate deploy',
        'COPY --from=builder /app/package*.json ./\nCOPY --from=builder /app/node_modules/prisma ./node_modules/prisma\nCOPY --from=builder /app/prisma ./prisma\n',
      ),
      expect: [
        'error package.json:2:38 release_command runs npm run migrate, which starts prisma, but the node_modules of .next/standalone has no .bin: prisma is not found',
      ],
    },
    'a script that a script asks for': {
      ...scripts({start: 'npm run migrate && node app.js'}),
      expect: [`error package.json:3:3 ${asks('start')} asks for the script migrate, which package.json does not have`],
    },
    'further down, and in another folder': {
      ...scripts({start: 'npm run all', all: 'cd api && npm run seed && npm run serve'}),
      expect: [`error package.json:4:3 ${asks('all')} asks for the script seed, which api/package.json does not have`],
    },
    'a script that npm takes for a command': {
      ...scripts({start: 'npm setup && node app.js', setup: 'node setup.js'}),
      expect: [
        `error package.json:3:3 ${asks('start')} runs npm setup: npm has no such command: setup is a script of package.json`,
      ],
    },
    'beside another one': {
      ...scripts({
        start: 'npx concurrently --kill-others "npm run api" "npm run web"',
        api: 'npm setup && node api.js',
        web: 'node web.js',
        setup: 'node setup.js',
      }),
      expect: [
        `warning package.json:4:3 ${asks('api')} runs npm setup: npm has no such command: setup is a script of package.json`,
      ],
    },
    'a script that an entrypoint of JavaScript runs': {
      ...entrypoint("await exec('npm run seed')"),
      expect: ['error docker-entrypoint.js:5:17 ENTRYPOINT runs npm run seed, but package.json has no script seed'],
    },
    'a COPY that brings the packages of the computer that deploys': {
      ...project('npm run dev', undefined, {'.dockerignore': ''}),
      expect: [
        'warning package.json:12:3 [processes] web runs npm run dev, which starts tsx, but tsx is a development dependency and the image installs none: it is not found',
      ],
    },
    'the same, by way of another stage': {
      ...project('npm run dev', undefined, {
        '.dockerignore': '',
        Dockerfile:
          'FROM node:22-slim AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY . .\nFROM node:22-slim\nWORKDIR /srv\nCOPY --from=build /app ./\n',
      }),
      expect: [
        'warning package.json:12:3 [processes] web runs npm run dev, which starts tsx, but tsx is a development dependency and the image installs none: it is not found',
      ],
    },
    'no such script': {
      ...project('npm run start:production'),
      expect: [`error ${web} runs npm run start:production, but package.json has no script start:production`],
    },
    'a script for npm without run': {
      ...project('npm start:prod'),
      expect: [`error ${web} runs npm start:prod, and npm has no such command: start:prod is a script of package.json`],
    },
    'a script for node': {
      ...project('node start:prod'),
      expect: [
        `error ${web} runs node start:prod, and node looks for a file called start:prod: start:prod is a script of package.json`,
      ],
    },
    'the words of npm for node': {
      ...project('node run dev'),
      expect: [`error ${web} runs node run dev, and node looks for a file called run: dev is a script of package.json`],
    },
    'a file in the place of a script': {
      ...project('npm run src/main.js'),
      expect: [`error ${web} runs npm run src/main.js, but package.json has no script src/main.js`],
    },
    'no start': {
      ...project('npm start', undefined, {'package.json': '{"scripts": {"serve": "node x"}}'}),
      expect: [`error ${web} runs npm start, but package.json has no script start`],
    },
    'of yarn': {
      ...project('yarn start:web'),
      expect: [`error ${web} runs yarn start:web, but package.json has no script start:web`],
    },
    'a script of a script that starts a development dependency': {
      ...project('npm run dev', undefined, {
        'package.json': JSON.stringify(
          {
            scripts: {dev: 'npm run tool -- watch server.ts', tool: 'tsx'},
            dependencies: {express: '^4.21.0'},
            devDependencies: {tsx: '^4.19.0'},
          },
          null,
          1,
        ),
      }),
      expect: [
        'error package.json:10:3 [processes] web runs npm run dev, which starts tsx, but tsx is a development dependency and the image installs none: it is not found',
      ],
    },
    'a script that starts a development dependency': {
      ...project('npm run dev'),
      expect: [
        'error package.json:12:3 [processes] web runs npm run dev, which starts tsx, but tsx is a development dependency and the image installs none: it is not found',
      ],
    },
    'what LiteFS starts once it has mounted its folder': {
      ...project('litefs mount', undefined, {
        'litefs.yml': 'exec:\n  - cmd: npx prisma migrate deploy\n    if-candidate: true\n  - cmd: npm run dev\n',
      }),
      expect: [
        'error package.json:12:3 [processes] web runs npm run dev, which starts tsx, but tsx is a development dependency and the image installs none: it is not found',
      ],
    },
    'left out by NODE_ENV': {
      ...project('npm run dev', 'ENV NODE_ENV=production\nRUN npm ci\n'),
      expect: [
        'error package.json:12:3 [processes] web runs npm run dev, which starts tsx, but tsx is a development dependency and the image installs none: it is not found',
      ],
    },
    'pruned in another stage': {
      files: {
        ...project('npx prisma migrate deploy').files,
        Dockerfile:
          'FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build && npm prune --omit=dev\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app /app\n',
      },
      expect: [
        'warning package.json:11:3 [processes] web runs npx prisma, but prisma is a development dependency and the image installs none: npx then fetches its newest version at every start',
      ],
    },
    'a program that another package would only like to have': {
      ...project('npx serve dist', 'RUN npm ci\n', {
        'package-lock.json':
          '{"lockfileVersion": 3, "packages": {"node_modules/express": {"peerDependencies": {"serve": "^14.0.0"}}}}',
      }),
      expect: [
        'warning package.json:7:2 [processes] web runs npx serve, but package.json does not name serve: npx then fetches its newest version at every start',
      ],
    },
    'a program that no package.json names': {
      ...project('npx serve dist', 'RUN npm ci\n'),
      expect: [
        'warning package.json:7:2 [processes] web runs npx serve, but package.json does not name serve: npx then fetches its newest version at every start',
      ],
    },
  },
})
