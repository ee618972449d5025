import prismaClient from '../../../checks/image/prisma-client.ts'
import {testCheck} from '../../harness.ts'

const schema = 'generator client {\n  provider = "prisma-client-js"\n}\n'
const build = 'FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npx prisma generate && npm run build\n'
const production = 'WORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\n'
const project = (last: string, more: Record<string, string> = {}, before = build) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `${before}FROM node:22-slim\n${last}CMD ["node", "dist/main.js"]\n`,
    'package.json': JSON.stringify({
      scripts: {build: 'tsc', start: 'node dist/main.js'},
      dependencies: {'@prisma/client': '^6.0.0'},
      devDependencies: {prisma: '^6.0.0'},
    }),
    'package-lock.json': '{"lockfileVersion": 3, "packages": {}}',
    '.dockerignore': 'node_modules\n',
    'prisma/schema.prisma': schema,
    ...more,
  },
})
const member = '{"dependencies": {"@prisma/client": "^6.0.0"}}'
const workspace =
  'FROM node:22-slim AS deps\nWORKDIR /app\nCOPY package*.json ./\nCOPY apps/api/package.json apps/api/\nRUN npm ci --omit=dev --workspace apps/api\nFROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npx prisma generate\n'
const message = 'The packages of the image come from this install, and no prisma generate runs behind it'

/** A client in a folder of the project, and an app that tsc compiles. */
const own = ({
  run = 'RUN npx prisma generate\n',
  last = 'COPY package*.json ./\nRUN npm ci --omit=dev\nCOPY --from=build /app/dist dist\n',
  output = '../src/generated/prisma',
  provider = 'prisma-client-js',
  build = 'tsc',
  from = './generated/prisma',
  ignored = 'src/generated\n',
  more = {},
} = {}) => ({
  files: {
    ...project('').files,
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n${run}RUN npm run build\nFROM node:22-slim\nWORKDIR /app\n${last}CMD ["node", "dist/main.js"]\n`,
    'package.json': JSON.stringify({
      scripts: {build, start: 'node dist/main.js'},
      dependencies: {'@prisma/client': '^6.0.0'},
      devDependencies: {prisma: '^6.0.0'},
    }),
    'tsconfig.json': '{"compilerOptions": {"outDir": "dist", "rootDir": "src"}}',
    '.dockerignore': `node_modules\n${ignored}`,
    'src/main.ts': `import {PrismaClient} from '${from}'\nconst db = new PrismaClient()\n`,
    'prisma/schema.prisma': `generator client {\n  provider = "${provider}"\n  output = "${output}"\n}\n`,
    ...more,
  },
})
const lost = (folder: string, from = 29) =>
  `warning src/main.ts:1:${from} The client of Prisma, which this imports, is generated into ${folder}, and`

testCheck(prismaClient, {
  clean: {
    'a client of TypeScript is compiled': own({provider: 'prisma-client', from: './generated/prisma/client'}),
    'it is copied behind tsc': own({build: 'tsc && cp -r src/generated dist/'}),
    'a stage copies it': own({
      last: 'COPY --from=build /app/dist dist\nCOPY --from=build /app/src/generated dist/generated\n',
    }),
    'all of the stage is copied': own({
      output: '../generated/prisma',
      from: '../generated/prisma',
      last: 'COPY --from=build /app ./\n',
    }),
    'generated in the last stage': own({
      output: '../generated/prisma',
      from: '../generated/prisma',
      last: 'COPY package*.json ./\nCOPY prisma prisma\nRUN npm ci && npx prisma generate\nCOPY --from=build /app/dist dist\n',
    }),
    'a script of the build generates it': own({run: '', build: 'prisma generate && tsc && cp -r src/generated dist/'}),
    'an install generates it': own({
      run: 'RUN npm install\n',
      build: 'tsc && cp -r src/generated dist/',
    }),
    'only its types are asked for': own({
      run: '',
      more: {'src/main.ts': "import {User} from './generated/prisma'\nexport const of = (user: User) => user.id\n"},
    }),
    'it is committed': own({run: '', more: {'src/generated/prisma/index.js': ''}}),
    'the packages come from where it is generated': project('WORKDIR /app\nCOPY --from=build /app /app\n'),
    'the client is copied': project(
      `${production}COPY --from=build /app/node_modules/.prisma ./node_modules/.prisma\n`,
    ),
    'generated behind the install': project(`${production}COPY prisma prisma\nRUN npx prisma@6 generate\n`),
    'the schema is there when it is installed': project(`WORKDIR /app\nCOPY prisma prisma\n${production}`),
    'into a folder of the project': project(production, {
      'prisma/schema.prisma': schema.replace('}', '  output = "../src/client"\n}'),
    }),
    'the newer generator': project(production, {'prisma/schema.prisma': schema.replace('-js', '')}),
    'a script that is not followed': project(`${production}RUN ./setup.sh\n`),
    'a script of the project that is not followed': project(`${production}RUN node scripts/setup.js\n`),
    'a framework that generates as it builds': project(`${production}RUN npx keystone build\n`),
    'packages of a stage that copies them on': project(
      'WORKDIR /app\nCOPY --from=build /app/node_modules ./node_modules\n',
      {},
      'FROM node:22-slim AS deps\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nFROM node:22-slim AS build\nWORKDIR /app\nCOPY --from=deps /app/node_modules ./node_modules\nCOPY . .\nRUN npx prisma generate\n',
    ),
    'another package of the repository uses it': project(production.replace('package*.json', 'mcp/package.json'), {
      'mcp/package.json': '{"dependencies": {"pg": "^8.0.0"}}',
    }),
    'packages of a member beside those of the workspace': project(
      'WORKDIR /app\nCOPY --from=deps /app/node_modules ./node_modules\nCOPY --from=build /app/apps/api/node_modules ./apps/api/node_modules\nWORKDIR /app/apps/api\n',
      {'apps/api/package.json': member},
      workspace,
    ),
    'another package for the database': project(production, {'package.json': '{"dependencies": {"pg": "^8.0.0"}}'}),
    'a start that a script hands on generates it': {
      files: {
        ...project(production).files,
        'fly.toml': 'app = "shop"\n\n[processes]\napp = "node start.js npm run serve"\n',
        'start.js': "require('node:child_process').spawn(process.argv.slice(2).join(' '), {shell: true})\n",
        'package.json': JSON.stringify({
          scripts: {serve: 'npm run setup && node dist/main.js', setup: 'prisma generate'},
          dependencies: {'@prisma/client': '^6.0.0', prisma: '^6.0.0'},
        }),
      },
    },
  },
  flagged: {
    'tsc leaves it behind': {
      ...own(),
      expect: [
        `${lost('src/generated/prisma')} tsc, which takes no JavaScript along, does not bring it to /app/dist/generated/prisma`,
      ],
    },
    'another stage has it': {
      ...own({output: '../generated/prisma', from: '../generated/prisma'}),
      expect: [`${lost('generated/prisma')} the last stage does not have it at /app/generated/prisma`],
    },
    'nothing generates it into the project': {
      ...own({run: ''}),
      expect: [`${lost('src/generated/prisma')} neither the build nor a start runs prisma generate`],
    },
    'an install of its own': {
      ...project(`${production}COPY --from=build /app/dist ./dist\n`),
      expect: [`warning Dockerfile:8:5 ${message}: stage build generates it into packages of its own`],
    },
    'packages of a stage that does not generate': {
      ...project(
        'WORKDIR /app\nCOPY --from=deps /app/node_modules ./node_modules\nCOPY --from=build /app/dist ./dist\n',
        {},
        `FROM node:22-slim AS deps\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\n${build}`,
      ),
      expect: [`warning Dockerfile:4:5 ${message}: stage build generates it into packages of its own`],
    },
    'a member of a workspace, whose packages are above it': {
      ...project(
        'WORKDIR /app\nCOPY --from=deps /app/node_modules ./node_modules\nCOPY --from=build /app/apps/api/dist ./apps/api/dist\nWORKDIR /app/apps/api\n',
        {'apps/api/package.json': member},
        workspace,
      ),
      expect: [`warning Dockerfile:5:5 ${message}: stage build generates it into packages of its own`],
    },
    'nothing generates it': {
      ...project(`${production}COPY . .\n`, {}, ''),
      expect: [`warning Dockerfile:4:5 ${message}`],
    },
  },
})
