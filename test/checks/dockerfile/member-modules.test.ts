import memberModules from '../../../checks/dockerfile/member-modules.ts'
import {testCheck} from '../../harness.ts'

const lock = (...own: string[]) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: Object.fromEntries(['', 'packages/server', 'node_modules/pg', ...own].map((path) => [path, {}])),
  })
const project = (install: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22 AS deps\nWORKDIR /repo\nCOPY . .\n${install}\nFROM node:22\nWORKDIR /app\nCOPY --from=deps /repo/packages/server/node_modules packages/server/node_modules\n`,
    'package.json': '{"workspaces": ["packages/*"]}',
    'package-lock.json': lock(),
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
    'packages/server/package.json': '{"name": "server", "dependencies": {"pg": "8.0.0"}}',
    ...more,
  },
})
/** A client of Prisma that the last stage takes from the first. */
const client = (install: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22 AS deps\nWORKDIR /app\nCOPY . .\n${install} && npx prisma generate\nFROM node:22\nWORKDIR /app\nCOPY --from=deps /app/node_modules/.prisma ./node_modules/.prisma\n`,
    'package.json': '{"dependencies": {"@prisma/client": "6.0.0"}}',
    'prisma/schema.prisma': 'generator client {\n  provider = "prisma-client-js"\n}\n',
    ...more,
  },
})
/** The packages are installed in a stage before that which generates the client. */
const handedOn = (install: string, copies: string) => ({
  files: {
    ...client('').files,
    Dockerfile: `FROM node:22 AS deps\nWORKDIR /app\nCOPY package.json ./\nRUN ${install}\nFROM node:22 AS build\nWORKDIR /app\n${copies}COPY . .\nRUN pnpm prisma generate\nFROM node:22\nWORKDIR /app\nCOPY --from=build /app/node_modules/.prisma ./node_modules/.prisma\n`,
  },
})
/** It is written elsewhere, as the schema says. */
const output = (hasInstallScript: boolean, version = '7.2.0') => ({
  'package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: {'': {}, 'node_modules/@prisma/client': {version, ...(hasInstallScript && {hasInstallScript})}},
  }),
  'prisma/schema.prisma': 'generator client {\n  provider = "prisma-client"\n  output = "generated"\n}\n',
})
const bare = {'packages/server/package.json': '{"name": "server", "devDependencies": {"vitest": "3.0.0"}}'}
const missing = 'the stage deps has no /repo/packages/server/node_modules'
const hoisted = `${missing}: npm lays all packages of the workspace into /repo/node_modules, and package-lock.json has none for packages/server alone`

testCheck(memberModules, {
  clean: {
    'Prisma: packages that npm has laid, handed on': handedOn(
      'npm ci',
      'COPY --from=deps /app/node_modules ./node_modules\n',
    ),
    'Prisma: what two stages bring': handedOn(
      'pnpm install',
      'COPY --from=deps /app/node_modules ./node_modules\nCOPY --from=deps /app/other ./node_modules\n',
    ),
    'Prisma: laid beside the packages that are handed on': handedOn(
      'pnpm install',
      'COPY --from=deps /app/node_modules ./node_modules\nCOPY --from=deps /app/client ./node_modules/.prisma\n',
    ),
    'pnpm that lays the packages out as npm does, by its workspace': project('RUN pnpm install --prod', {
      ...bare,
      'pnpm-workspace.yaml': 'packages:\n  - packages/*\nnodeLinker: hoisted\n',
    }),
    'the client of Prisma, with npm': client('RUN npm ci'),
    'the client of Prisma, which is written elsewhere, and an install script makes the folder': client(
      'RUN npm ci',
      output(true, '6.2.0'),
    ),
    'the client of Prisma, which is written elsewhere, and a RUN makes the folder': client(
      'RUN npm ci && mkdir -p node_modules/.prisma',
      output(false),
    ),
    'the client of Prisma, with pnpm that lays out as npm does': client('RUN pnpm install', {
      '.npmrc': 'node-linker=hoisted\n',
    }),
    'the client of Prisma, with packages at the top': client('RUN pnpm install', {
      'pnpm-workspace.yaml': 'publicHoistPattern:\n  - "*prisma*"\n',
    }),
    'the client of Prisma, which is written there': client('RUN pnpm install', {
      'prisma/schema.prisma':
        'generator client {\n  provider = "prisma-client-js"\n  output = "../node_modules/.prisma/client"\n}\n',
    }),
    'the client of Prisma, with pnpm told to hoist': client('RUN pnpm install --shamefully-hoist'),
    'the client of Prisma, which is moved there': client(
      'RUN pnpm install && pnpm prisma generate && cp -r node_modules/.pnpm/@prisma*/node_modules/.prisma node_modules/',
    ),
    'the lock has a package for it alone': project('RUN npm ci', {
      'package-lock.json': lock('packages/server/node_modules/pg'),
    }),
    'an install of its own': project('RUN npm ci && npm --prefix packages/server ci'),
    'an install in its folder': project('RUN cd packages/server && npm ci'),
    'the folder is made': project('RUN npm ci && mkdir -p packages/server/node_modules'),
    'npm is told to nest': project('RUN npm ci', {'.npmrc': 'install-strategy=nested\n'}),
    'it is no member': project('RUN npm ci', {'package.json': '{"workspaces": ["apps/*"]}'}),
    'pnpm, for which it has packages': project('RUN pnpm install --frozen-lockfile'),
    'pnpm, which also installs what development needs': project('RUN pnpm install', bare),
    'Yarn, whose lock does not tell': project('RUN yarn install --immutable'),
  },
  flagged: {
    'Prisma: packages of pnpm that a stage hands on': {
      ...handedOn('pnpm install', 'COPY --from=deps /app/node_modules ./node_modules\n'),
      expect: [
        'warning Dockerfile:12:1 the stage build has no /app/node_modules/.prisma: pnpm has it below node_modules/.pnpm, beside the real @prisma/client',
      ],
    },
    'the client of Prisma, which is written elsewhere': {
      ...client('RUN npm ci', output(false)),
      expect: [
        'warning Dockerfile:7:1 the stage deps has no /app/node_modules/.prisma: the schema lets prisma generate write into prisma/generated',
      ],
    },
    'the client of Prisma, which is written elsewhere, and no install script runs': {
      ...client('RUN npm ci --ignore-scripts', output(true, '6.2.0')),
      expect: [
        'warning Dockerfile:7:1 the stage deps has no /app/node_modules/.prisma: the schema lets prisma generate write into prisma/generated',
      ],
    },
    'the client of Prisma, which pnpm has elsewhere': {
      ...client('RUN npm install -g pnpm && pnpm install --frozen-lockfile'),
      expect: [
        'warning Dockerfile:7:1 the stage deps has no /app/node_modules/.prisma: pnpm has it below node_modules/.pnpm, beside the real @prisma/client',
      ],
    },
    'the client of Prisma, generated with the path of the schema': {
      ...client('RUN pnpm install && npx prisma generate --schema ./prisma/schema.prisma'),
      expect: [
        'warning Dockerfile:7:1 the stage deps has no /app/node_modules/.prisma: pnpm has it below node_modules/.pnpm, beside the real @prisma/client',
      ],
    },
    'npm lays all of them into the root': {
      ...project('RUN npm ci'),
      expect: [`error Dockerfile:7:1 ${hoisted}`],
    },
    'and a build follows, which may keep something there': {
      ...project('RUN npm ci\nRUN npm run build -w server'),
      expect: [`warning Dockerfile:8:1 ${hoisted}`],
    },
    'pnpm, which hoists all packages to the root': {
      ...project('RUN pnpm install --frozen-lockfile --prod', {...bare, '.npmrc': 'shamefully-hoist=true\n'}),
      expect: [
        `error Dockerfile:7:1 ${missing}: packages/server asks for no packages, and pnpm makes the folder only for some`,
      ],
    },
    'pnpm, for a member without packages': {
      ...project('RUN pnpm install --frozen-lockfile --prod', bare),
      expect: [
        `error Dockerfile:7:1 ${missing}: packages/server asks for no packages, and pnpm makes the folder only for some`,
      ],
    },
  },
})
