import check from '../../../checks/dockerfile/linked-modules.ts'
import {testCheck} from '../../harness.ts'

const project = (
  last: string,
  {base = 'node:22', install = 'pnpm install', ...files}: Record<string, string> = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${base} AS build\nWORKDIR /app\nCOPY . .\nRUN ${install}\nFROM ${base}-slim\nWORKDIR /srv\n${last}`,
    'package.json': '{"workspaces": ["apps/*"]}',
    'apps/api/package.json': '{"name": "api"}',
    'pnpm-workspace.yaml': 'packages: [apps/*]\n',
    ...files,
  },
})
const alone = 'COPY --from=build /app/apps/api/node_modules ./node_modules\nCOPY --from=build /app/apps/api/a.js ./\n'
const bun = {base: 'oven/bun:1.3.5', install: 'bun install'}
const message = (manager: string) =>
  `the packages in /app/apps/api/node_modules are links into /app/node_modules/.${manager}, and lead to /node_modules/.${manager} here, which nothing brings: they are not found`

/** The packages are installed in a stage before that which builds. */
const handedOn = (last: string, middle = 'COPY --from=deps /app/apps/api/node_modules ./apps/api/node_modules\n') =>
  project('', {
    Dockerfile: `FROM node:22 AS deps\nWORKDIR /app\nCOPY . .\nRUN pnpm install\nFROM node:22 AS build\nWORKDIR /app\nCOPY . .\nCOPY --from=deps /app/node_modules ./node_modules\n${middle}FROM node:22-slim\nWORKDIR /srv\n${last}`,
  })

/** A program that imports another member of its workspace. */
const member = (last: string, {install = 'pnpm install', ...files}: Record<string, string> = {}) =>
  project(
    `COPY --from=build /app/node_modules ./node_modules\nCOPY --from=build /app/apps/api/node_modules ./apps/api/node_modules\n${last}COPY --from=build /app/apps/api/index.js /app/apps/api/package.json ./apps/api/\nCMD ["node", "apps/api/index.js"]\n`,
    {
      install,
      'apps/api/package.json': '{"name": "api", "type": "module", "dependencies": {"@shop/prices": "workspace:*"}}',
      'apps/api/index.js': "import {price} from '@shop/prices'\n",
      'apps/prices/package.json': '{"name": "@shop/prices"}',
      'apps/prices/index.js': 'export const price = 1\n',
      ...files,
    },
  )

/** npm makes a link to a folder that a dependency names. */
const folder = (last: string, entry = '{"resolved": "prices", "link": true}') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nFROM node:22-slim\nWORKDIR /srv\nCOPY --from=build /app/node_modules ./node_modules\n${last}COPY index.js package.json ./\nCMD ["node", "index.js"]\n`,
    'package.json': '{"name": "api", "dependencies": {"prices": "file:./prices"}}',
    'package-lock.json': `{"lockfileVersion": 3, "packages": {"": {}, "node_modules/prices": ${entry}, "prices": {}}}`,
    'index.js': "const {price} = require('prices')\n",
    'prices/package.json': '{"name": "prices"}',
    'prices/index.js': 'exports.price = 1\n',
  },
})

testCheck(check, {
  clean: {
    'a folder that is named, and brought': folder('COPY prices ./prices\n'),
    'a folder that npm copies': folder('', '{"resolved": "file:prices"}'),
    'the member is brought, too': member('COPY --from=build /app/apps/prices ./apps/prices\n'),
    'all members are brought': member('COPY --from=build /app/apps ./apps\n'),
    'packages that are copied where pnpm would link them': member('', {'.npmrc': 'inject-workspace-packages=true\n'}),
    'the types of a member alone': member('', {'apps/api/index.js': "import('@shop/prices')\n"}),
    'installed once more, and linked': member('RUN pnpm install --offline\n'),
    'handed on, and made folders': handedOn(
      alone,
      'COPY --from=deps /app/apps/api/node_modules ./apps/api/node_modules\nRUN cp -rL apps/api/node_modules /n && rm -r apps/api/node_modules && mv /n apps/api/node_modules\n',
    ),
    'another folder is handed on': handedOn(
      alone,
      'COPY --from=deps /app/other/node_modules ./apps/api/node_modules\n',
    ),
    'with the store, at the same depth': project(
      'COPY --from=build /app/node_modules ./node_modules\nCOPY --from=build /app/apps/api/node_modules ./apps/api/node_modules\n',
    ),
    'the whole workspace': project(
      'COPY --from=build /app /app\nCOPY --from=build /app/apps/api/node_modules /app/apps/api/node_modules\n',
    ),
    'the packages of the top': project('COPY --from=build /app/node_modules ./node_modules\n'),
    'no links': project(alone, {'.npmrc': 'node-linker=hoisted\n'}),
    'a folder of its own': project(alone, {install: 'pnpm install && pnpm --filter api deploy /out'}),
    'no workspace': project(alone, {install: 'npm install'}),
    'installed once more': project(`${alone}RUN pnpm install\n`),
    'a store of each member': project(alone, {'.npmrc': 'shared-workspace-lockfile=false\n'}),
    'copied in the place of the links': project(alone, {
      install:
        'pnpm install && cp -rL apps/api/node_modules /tmp/n && rm -r apps/api/node_modules && mv /tmp/n apps/api/node_modules',
    }),
    'an older bun': project(alone, {...bun, base: 'oven/bun:1.2.20'}),
    'a lock file of an older bun': project(alone, {...bun, 'bun.lock': '{"lockfileVersion": 1}\n'}),
  },
  flagged: {
    'a folder that a dependency names': {
      ...folder(''),
      expect: [
        'warning Dockerfile:7:1 CMD imports prices, and what /app/node_modules has of it is a link, which leads to /srv/prices here: nothing brings that folder, and node stops there',
      ],
    },
    'a member that the program imports': {
      ...member(''),
      expect: [
        'warning Dockerfile:8:1 CMD imports @shop/prices, and what /app/apps/api/node_modules has of it is a link, which leads to /srv/apps/prices here: nothing brings that folder, and node stops there',
      ],
    },
    'handed on from stage to stage': {
      ...handedOn(alone),
      expect: [`warning Dockerfile:12:1 ${message('pnpm')}`],
    },
    'without the store': {...project(alone), expect: [`warning Dockerfile:7:1 ${message('pnpm')}`]},
    'what is copied into the output of a framework is another folder': {
      ...project(alone, {
        install: 'pnpm install && src=sharp && cp -rL "$src" apps/api/.output/server/node_modules/@img/',
      }),
      expect: [`warning Dockerfile:7:1 ${message('pnpm')}`],
    },
    'of bun': {...project(alone, bun), expect: [`warning Dockerfile:7:1 ${message('bun')}`]},
  },
})
