import prismaSchema from '../../../checks/image/prisma-schema.ts'
import {testCheck} from '../../harness.ts'

const project = (release: string, copies: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${release}"\n`,
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\n\nFROM node:22-slim\nWORKDIR /app\n${copies}CMD ["node", "dist/server.js"]\n`,
    'package.json': '{"name": "shop"}',
    'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n',
    'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
    'prisma/migrations/1_init/migration.sql': 'SELECT 1;\n',
    ...more,
  },
})
const deploy = 'npx prisma migrate deploy'

testCheck(prismaSchema, {
  clean: {
    'the folder is copied': project(deploy, 'COPY --from=build /app/prisma ./prisma\n'),
    'all is copied': project(deploy, 'COPY . .\n'),
    'the schema that is named': project(`${deploy} --schema db/schema.prisma`, 'COPY prisma ./db\n'),
    'package.json says where it is': project(deploy, '', {
      'package.json': '{"name": "shop", "prisma": {"schema": "db/schema.prisma"}}',
    }),
    'a step of the build that brings a schema': {
      files: {
        'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${deploy}"\n`,
        'package.json': '{"name": "shop"}',
        Dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN cp -r apps/api/prisma .\nCMD ["node", "server.js"]\n',
        'apps/api/prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n',
      },
    },
    'pnpm deploy brings what the member has': {
      files: {
        'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${deploy}"\n`,
        'package.json': '{"name": "shop"}',
        'pnpm-workspace.yaml': 'packages: [apps/*]\n',
        Dockerfile:
          'FROM node:22-slim AS build\nWORKDIR /src\nCOPY . .\nRUN pnpm --filter=api deploy --prod /prod/api\n\nFROM node:22-slim\nCOPY --from=build /prod/api /prod/api\nWORKDIR /prod/api\nCMD ["node", "dist/main.js"]\n',
        'apps/api/package.json': '{"name": "api"}',
        'apps/api/prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n',
      },
    },
    'prisma.config.ts may say it': project(deploy, 'COPY prisma.config.ts ./\n', {
      'prisma.config.ts': 'export default {}\n',
    }),
    'and by its other name': project(deploy, 'COPY .config .config\n', {'.config/prisma.ts': 'export default {}\n'}),
    'a base image that may bring it': {
      files: {...project(deploy, '').files, Dockerfile: 'FROM acme/shop-base:1\nWORKDIR /app\nCMD ["node"]\n'},
    },
    'the command goes elsewhere first': project(`sh -c 'cd packages/db && ${deploy}'`, ''),
    'a schema of a package or a submodule': project(
      `${deploy} --schema node_modules/@shop/db/a.prisma && ${deploy} --schema shared/a.prisma`,
      'COPY . .\n',
      {'prisma.config.ts': 'export default {}\n', '.gitmodules': '[submodule "shared"]\n\tpath = shared\n'},
    ),
    'one of two schemas, by a flag': project(`${deploy} --schema=./db/schema.prisma`, 'COPY . .\n', {
      'db/schema.prisma': '',
    }),
    'a file of another name, by a flag': project(`${deploy} --schema=db/shop.prisma`, 'COPY . .\n', {
      'db/shop.prisma': '',
    }),
    'two schemas and no flag': project(deploy, '', {'db/schema.prisma': ''}),
    'a command that needs no schema': project('npx prisma --version', ''),
  },
  flagged: {
    'a prisma.config.ts that says it, and that no COPY brings': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\n\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/db db\nCOPY --from=build /app/package.json /app/start.sh ./\nENTRYPOINT ["/app/start.sh"]\n',
        'package.json':
          '{\n"name": "shop", "scripts": {\n"migrate": "prisma migrate deploy", "start": "node server.js"}}',
        'start.sh': '#!/bin/sh -e\nnpm run migrate\nnpm start\n',
        'prisma.config.ts':
          "import {defineConfig} from 'prisma/config'\nexport default defineConfig({schema: 'db/schema.prisma'})\n",
        'db/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n',
      },
      expect: [
        'warning package.json:3:1 ENTRYPOINT runs prisma, which looks for /app/prisma/schema.prisma in the image: the schema is at db/schema.prisma there, and it stops',
      ],
    },
    'the schema of a member of the workspace': {
      files: {
        'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${deploy}"\n`,
        Dockerfile:
          'FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npx prisma generate --schema apps/api/prisma/schema.prisma\n\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app /app\nCMD ["node", "dist/server.js"]\n',
        'package.json': '{"name": "shop"}',
        'apps/api/prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n',
      },
      expect: [
        'warning fly.toml:3:1 release_command runs prisma, which looks for /app/prisma/schema.prisma in the image: the schema is at apps/api/prisma/schema.prisma there, and it stops',
      ],
    },
    'nothing brings the schema': {
      ...project(deploy, 'COPY --from=build /app/dist ./dist\n'),
      expect: [
        'warning fly.toml:3:1 release_command runs prisma, but nothing brings prisma/schema.prisma to /app/prisma/schema.prisma in the image: it stops',
      ],
    },
    'a flag that names a schema which is nowhere': {
      ...project(`${deploy} --schema=./prisma/shop.prisma`, 'COPY prisma ./prisma\n', {
        'prisma.config.ts': 'export default {}\n',
      }),
      expect: [
        'warning fly.toml:3:1 release_command runs prisma, but nothing is seen to bring /app/prisma/shop.prisma in the image: it stops',
      ],
    },
    'a flag that names one of two schemas, which the image lacks': {
      ...project(`${deploy} --schema=db/schema.prisma`, 'COPY prisma ./prisma\n', {'db/schema.prisma': ''}),
      expect: [
        'warning fly.toml:3:1 release_command runs prisma, but nothing brings db/schema.prisma to /app/db/schema.prisma in the image: it stops',
      ],
    },
    'the schema alone': {
      ...project(deploy, 'COPY prisma/schema.prisma ./prisma/\n'),
      expect: [
        'warning fly.toml:3:1 release_command runs prisma migrate, but nothing brings prisma/migrations to /app/prisma/migrations in the image: it finds no migration, and ends well',
      ],
    },
  },
})
