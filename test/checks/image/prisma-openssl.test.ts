import prismaOpenssl from '../../../checks/image/prisma-openssl.ts'
import {testCheck} from '../../harness.ts'

const generator = 'generator client {\n  provider = "prisma-client-js"\n}\n'
const project = (Dockerfile: string, {version = '^5.14.0', schema = generator, scripts = {}} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile,
    'package.json': JSON.stringify({scripts, dependencies: {'@prisma/client': version}}),
    'prisma/schema.prisma': schema,
  },
})
const run = 'WORKDIR /app\nCOPY . .\nRUN npm ci\n'
const message = (image: string, major = 5) =>
  `the engine of Prisma ${major} loads libssl, and the final stage (${image}) has no OpenSSL`
const workspace = (dockerfile: string) => ({
  files: {
    ...project(`FROM node:20-slim\nWORKDIR /app\n${dockerfile}`).files,
    'package.json': '{"workspaces": ["apps/*"]}',
    'apps/api/package.json': '{"name": "@shop/api", "dependencies": {"@prisma/client": "^5.14.0"}}',
    'apps/web/package.json': '{"name": "@shop/web"}',
  },
})

testCheck(prismaOpenssl, {
  clean: {
    'openssl is installed': project(`FROM node:20-slim\nRUN apt-get update && apt-get install -y openssl\n${run}`),
    'in the stage that it is built on': project(
      `FROM node:20-slim AS base\nRUN apt-get update && apt-get install -y openssl\nFROM base\n${run}`,
    ),
    'ca-certificates bring it': project(`FROM node:20-slim\nRUN apt-get install -y ca-certificates\n${run}`),
    'the full image': project(`FROM node:20\n${run}`),
    'an Alpine that has it where Prisma 5 looks': project(`FROM node:20-alpine3.20\n${run}`),
    'an Alpine that is not known': project(`FROM node:20.1.0-alpine\n${run}`),
    'a Prisma that looks in /usr/lib': project(`FROM node:20-alpine\n${run}`, {version: '^6.2.0'}),
    'a package on Alpine that may bring the program': project(
      `FROM node:20-alpine\nRUN apk add --no-cache git alpine-sdk\n${run}`,
    ),
    'an older Prisma on an Alpine with OpenSSL 1.1': project(`FROM node:16-alpine3.16\n${run}`, {version: '4.4.0'}),
    'an older Prisma, and OpenSSL 1.1 beside 3': project(
      `FROM node:16-alpine\nRUN apk add --no-cache openssl1.1-compat-dev\n${run}`,
      {version: '4.4.0'},
    ),
    'Prisma 4.8 on an Alpine with OpenSSL 3': project(`FROM node:16-alpine\n${run}`, {version: '^4.8.0'}),
    'openssl on Alpine': project(`FROM node:20-alpine\nRUN apk add --no-cache openssl\n${run}`),
    'a link to the library': project(`FROM node:20-alpine\nRUN ln -s /usr/lib/libssl.so.3 /lib/libssl.so.3\n${run}`),
    'bullseye and trixie have it': project(`FROM node:20-trixie-slim\n${run}`),
    'a release that is not known': project(`FROM node:lts-slim\n${run}`),
    'version 7': project(`FROM node:20-slim\n${run}`, {version: '^7.1.0'}),
    'a range that does not tell': project(`FROM node:20-slim\n${run}`, {version: '>=5'}),
    'a client without an engine': project(`FROM node:20-slim\n${run}`, {
      version: '^6.16.0',
      schema: 'generator client {\n  provider = "prisma-client"\n  engineType = "client"\n}\n',
    }),
    'generated for Accelerate': project(`FROM node:20-slim\n${run}`, {scripts: {build: 'prisma generate --no-engine'}}),
    'a script may have installed it': project(`FROM node:20-slim\nCOPY s.sh .\nRUN ./s.sh\n${run}`),
    'libraries from another stage': project(
      `FROM node:20 AS build\nFROM node:20-slim\nCOPY --from=build /usr/lib /usr/lib\n${run}`,
    ),
  },
  flagged: {
    'an older Prisma on an Alpine with OpenSSL 3': {
      ...project(`FROM node:16-alpine\nRUN apk add --no-cache openssl\n${run}`, {version: '4.4.0'}),
      expect: [
        'warning Dockerfile:1:1 the engine of Prisma 4 loads libssl, and the final stage (node:16-alpine) has OpenSSL 3, where its engine for Alpine takes 1.1',
      ],
    },
    'engines that are named for Debian alone': {
      ...project(`FROM node:20-alpine\n${run}`, {
        version: '4.16.2',
        schema:
          'generator client {\n  provider = "prisma-client-js"\n  binaryTargets = ["native", "debian-openssl-3.0.x"]\n}\n',
      }),
      expect: [
        'warning Dockerfile:1:1 the engine of Prisma 4 loads libssl, and the final stage (node:20-alpine) has it where Prisma does not look',
      ],
    },
    'an engine that is named, and not looked for': {
      ...project(`FROM node:20-alpine\n${run}`, {
        schema:
          'generator client {\n  provider = "prisma-client-js"\n  binaryTargets = ["native", "linux-musl-openssl-3.0.x"]\n}\n',
      }),
      expect: [
        'warning Dockerfile:1:1 the engine of Prisma 5 loads libssl, and the final stage (node:20-alpine) has it where Prisma does not look',
      ],
    },
    'engines that are named, and one of OpenSSL 1.1 first': {
      ...project(`FROM node:20-alpine\n${run}`, {
        schema:
          'generator client {\n  provider = "prisma-client-js"\n  binaryTargets = ["native", "linux-musl", "linux-musl-openssl-3.0.x"]\n}\n',
      }),
      expect: [
        'warning Dockerfile:1:1 the engine of Prisma 5 loads libssl, and the final stage (node:20-alpine) has it where Prisma does not look',
      ],
    },
    'a package of the workspace, by its folder': {
      ...workspace('COPY . .\nRUN npm ci\nCMD ["node", "apps/api/dist/main.js"]\n'),
      expect: [`warning Dockerfile:1:1 ${message('node:20-slim')}`],
    },
    'a package of the workspace, by its name': {
      ...workspace('COPY . .\nRUN npm ci -w @shop/api\n'),
      expect: [`warning Dockerfile:1:1 ${message('node:20-slim')}`],
    },
    'a slim image': {
      ...project(`FROM node:20-slim\n${run}`),
      expect: [`warning Dockerfile:1:1 ${message('node:20-slim')}`],
    },
    'an old one, and packages that do not bring it': {
      ...project(
        `FROM node:20 AS build\n${run}FROM node:14-slim\nRUN apt-get update && apt-get install -y dumb-init\nCOPY --from=build /app /app\n`,
        {version: '^2.27.0'},
      ),
      expect: [`warning Dockerfile:5:1 ${message('node:14-slim', 2)}`],
    },
    'Prisma 5 on a new Alpine': {
      ...project(`FROM node:20-alpine\nRUN apk add --no-cache libc6-compat\n${run}`),
      expect: [
        'warning Dockerfile:1:1 the engine of Prisma 5 loads libssl, and the final stage (node:20-alpine) has it where Prisma does not look',
      ],
    },
    'Prisma 5 on a new Alpine, and what uses the library': {
      ...project(`FROM node:20-alpine\nRUN apk add --no-cache wget python3 make g++\n${run}`),
      expect: [
        'warning Dockerfile:1:1 the engine of Prisma 5 loads libssl, and the final stage (node:20-alpine) has it where Prisma does not look',
      ],
    },
    'the version of the lock counts': {
      files: {
        ...project(`FROM node:20-bookworm-slim\n${run}`, {version: '>=6'}).files,
        'package-lock.json': '{"packages": {"node_modules/@prisma/client": {"version": "6.2.1"}}}',
      },
      expect: [`warning Dockerfile:1:1 ${message('node:20-bookworm-slim', 6)}`],
    },
  },
  skipped: {
    'an image of another package of the workspace': {
      ...workspace('COPY . .\nRUN npm ci -w @shop/web\n'),
      reason: 'no client of Prisma is generated here',
    },
    'no Prisma': {
      files: {...project(`FROM node:20-slim\n${run}`).files, 'package.json': '{"dependencies": {}}'},
      reason: 'no client of Prisma is generated here',
    },
  },
})
