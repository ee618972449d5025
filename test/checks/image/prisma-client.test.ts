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

testCheck(prismaClient, {
  clean: {
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
  },
  flagged: {
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
