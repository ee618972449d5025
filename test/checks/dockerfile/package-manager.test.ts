import packageManager from '../../../checks/dockerfile/package-manager.ts'
import {testCheck} from '../../harness.ts'

const project = (run: string, more: Record<string, string>, manifest: object = {}, base = 'node:22-slim') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${base}\nWORKDIR /app\nCOPY . .\n${run}\n`,
    'package.json': JSON.stringify(manifest),
    ...more,
  },
})
const pnpm = (version: string) => ({'pnpm-lock.yaml': `lockfileVersion: '${version}'\n`})
const berry = {'yarn.lock': '__metadata:\n  version: 8\n'}
const npm = (version: number) => ({'package-lock.json': `{"name": "shop", "lockfileVersion": ${version}}`})
const bun = (version: number) => ({'bun.lock': `{"lockfileVersion": ${version}, "packages": {}}`})
const yarn4 = {packageManager: 'yarn@4.9.0+sha512.0'}

testCheck(packageManager, {
  clean: {
    'the version stands in devEngines': project('RUN corepack enable && pnpm install --frozen-lockfile', pnpm('6.0'), {
      devEngines: {packageManager: {name: 'pnpm', version: '8.15.9'}},
    }),
    'corepack takes the version that it knows': project(
      'ENV COREPACK_DEFAULT_TO_LATEST=0\nRUN corepack enable && pnpm install --frozen-lockfile',
      pnpm('6.0'),
    ),
    'Yarn 1 is told not to look at packageManager': project(
      'ENV SKIP_YARN_COREPACK_CHECK=1\nRUN yarn install',
      {'yarn.lock': '# yarn lockfile v1\n'},
      yarn4,
    ),
    'corepack is told not to insist on it': project(
      'RUN corepack enable && COREPACK_ENABLE_STRICT=0 yarn install',
      {},
      {packageManager: 'pnpm@9.0.0'},
    ),
    'pnpm of the lock’s time': project('RUN npm i -g pnpm@8\nRUN pnpm install --frozen-lockfile', pnpm('6.0')),
    'pnpm 9 reads both': project('RUN npm i -g pnpm@9\nRUN pnpm install --frozen-lockfile', pnpm('6.0')),
    'pnpm 10 goes on as the project’s version': project(
      'RUN npm i -g pnpm@10\nRUN pnpm install --frozen-lockfile',
      pnpm('6.0'),
      {packageManager: 'pnpm@8.15.0'},
    ),
    'corepack takes the project’s version': project(
      'RUN corepack enable && pnpm install --frozen-lockfile',
      pnpm('6.0'),
      {packageManager: 'pnpm@9.0.0'},
    ),
    'pnpm 7 could be asked to write it': project(
      'RUN npm i -g pnpm@7\nRUN pnpm install --frozen-lockfile',
      pnpm('6.0'),
    ),
    'npm 6 reads what npm 8 writes': project('RUN npm ci', npm(2), {}, 'node:14-slim'),
    'Node 16 has npm 8': project('RUN npm ci', npm(3), {}, 'node:16-slim'),
    'npm that is brought up to date': project('RUN npm i -g npm@8\nRUN npm ci', npm(3), {}, 'node:14-slim'),
    'the Bun that first read it': project('RUN bun install --frozen-lockfile', bun(0), {}, 'oven/bun:1.1.39'),
    'the Bun that writes it': project('RUN bun install --frozen-lockfile', bun(2), {}, 'oven/bun:1.4-alpine'),
    'a later Bun': project('RUN bun install --frozen-lockfile', bun(1), {}, 'oven/bun:1.4.2'),
    'a tag that moves': project('RUN bun install --frozen-lockfile', bun(1), {}, 'oven/bun:1'),
    'a Bun that npm installs': project(
      'RUN npm i -g bun@1.2.4\nRUN bun install --frozen-lockfile',
      bun(1),
      {},
      'oven/bun:1.1.30',
    ),
    'a version that a variable holds': project('RUN npm i -g pnpm@$V\nRUN pnpm install --frozen-lockfile', pnpm('6.0')),
    'pnpm that comes another way': project('RUN pnpm install --frozen-lockfile', pnpm('6.0'), {}, 'shop/base'),
    'Yarn 1 on its own lock': project('RUN yarn install --frozen-lockfile', {'yarn.lock': '# yarn lockfile v1\n'}),
    'corepack starts Yarn 4': project('RUN corepack enable\nRUN yarn install --immutable', berry, yarn4),
    'the release that .yarnrc.yml names': project(
      'RUN yarn install --immutable',
      {...berry, '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.9.0.cjs\n'},
      yarn4,
    ),
    'Yarn that is set': project('RUN yarn set version 4.9.0 && yarn install --immutable', berry),
    'a base that has another Yarn': project('RUN yarn install', berry, yarn4, 'shop/base'),
    'npm in a project of pnpm': project('RUN corepack enable && npm install', pnpm('9.0'), {
      packageManager: 'pnpm@9.0.0',
    }),
    'a Yarn that npm installs over that of corepack': project(
      'RUN corepack enable && npm install -g yarn --force && yarn install',
      {},
      {packageManager: 'pnpm@9.0.0'},
    ),
    'corepack that is not strict': project(
      'ENV COREPACK_ENABLE_STRICT=0\nRUN corepack enable && yarn install',
      {},
      {
        packageManager: 'pnpm@9.0.0',
      },
    ),
    'the linker of Yarn is copied': project(
      'RUN corepack enable && yarn install',
      {...berry, '.yarnrc.yml': 'nodeLinker: node-modules\n'},
      yarn4,
    ),
    'the setting of pnpm comes with a later install': {
      files: {
        ...project('', {'.npmrc': 'shamefully-hoist=true\n'}).files,
        Dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nCOPY package.json ./\nRUN npm i -g pnpm@9 && pnpm install\nCOPY . .\nRUN pnpm install --offline\n',
      },
    },
    'workspace: in a folder that is no member': project(
      'RUN npm ci',
      {'tools/api/package.json': '{"name": "api", "dependencies": {"ui": "workspace:*"}}'},
      {workspaces: ['apps/*']},
    ),
    'workspace: with npm, which is told to leave the members alone': project(
      'RUN npm ci --workspaces=false',
      {'apps/api/package.json': '{"name": "api", "dependencies": {"ui": "workspace:*"}}'},
      {workspaces: ['apps/*']},
    ),
    'workspace: with pnpm, in the workspace': project(
      'RUN npm i -g pnpm@9 && pnpm install',
      {'pnpm-workspace.yaml': 'packages:\n  - packages/*\n', 'packages/ui/package.json': '{"name": "ui"}'},
      {dependencies: {ui: 'workspace:*'}},
    ),
    'workspace: with pnpm, by the lock file': project('RUN npm i -g pnpm@9 && pnpm install', pnpm('9.0'), {
      dependencies: {ui: 'workspace:*'},
    }),
    'workspace: with Bun, and another in its place': project(
      'RUN bun install',
      {},
      {dependencies: {ui: 'workspace:*'}, overrides: {ui: '1.0.0'}},
      'oven/bun:1',
    ),
    'workspace: with Bun, for development alone': project(
      'RUN bun install --production',
      {},
      {devDependencies: {ui: 'workspace:*'}},
      'oven/bun:1',
    ),
    'workspace: with Bun, where the package.json above has the workspace': project(
      'WORKDIR /app/apps/api\nRUN bun install',
      {'apps/api/package.json': '{"dependencies": {"ui": "workspace:*"}}'},
      {workspaces: ['apps/*']},
      'oven/bun:1',
    ),
    'workspace: with Bun, and a RUN that takes it out': project(
      'RUN sed -i /workspace/d package.json && bun install',
      {},
      {dependencies: {ui: 'workspace:*'}},
      'oven/bun:1',
    ),
  },
  flagged: {
    'bun.lock of a later Bun': {
      ...project('RUN bun install --frozen-lockfile', bun(2), {}, 'oven/bun:1.3.14-slim'),
      expect: [
        'error Dockerfile:4:5 bun install --frozen-lockfile stops: Bun 1.3.14 does not read bun.lock of version 2, which is for Bun 1.4.0 or later',
      ],
    },
    'pnpm 10 on a lock of pnpm 8': {
      ...project('RUN npm i -g pnpm@10.2.0\nRUN pnpm install --frozen-lockfile', pnpm('6.0')),
      expect: [
        'error Dockerfile:5:5 pnpm install --frozen-lockfile stops: pnpm 10 does not read pnpm-lock.yaml of version 6.0, which is for pnpm 8 or 9',
      ],
    },
    'two installs with one lock: the one that stops': {
      ...project('RUN npm i -g pnpm@10.2.0\nRUN pnpm install\nRUN pnpm install --frozen-lockfile --prod', pnpm('6.0')),
      expect: [
        'error Dockerfile:6:5 pnpm install --frozen-lockfile stops: pnpm 10 does not read pnpm-lock.yaml of version 6.0, which is for pnpm 8 or 9',
      ],
    },
    'the newest one, by corepack': {
      ...project('RUN corepack enable\nRUN pnpm install', pnpm('6.0')),
      expect: [
        'warning Dockerfile:5:5 pnpm install does not go by the lock file: the newest pnpm, which is taken here, does not read pnpm-lock.yaml of version 6.0, which is for pnpm 8 or 9',
      ],
    },
    // In CI it leaves a lock file aside that it does not know; frozen, it stops.
    'corepack’s newest pnpm, in CI': {
      ...project('ENV CI=true\nRUN corepack enable\nRUN pnpm install', pnpm('6.0')),
      expect: [
        'warning Dockerfile:6:5 pnpm install does not go by the lock file: the newest pnpm, which is taken here, does not read pnpm-lock.yaml of version 6.0, which is for pnpm 8 or 9',
      ],
    },
    'pnpm 8 on a lock of pnpm 7, in CI': {
      ...project('ENV CI=true\nRUN npm i -g pnpm@8\nRUN pnpm install', pnpm('5.4')),
      expect: [
        'error Dockerfile:6:5 pnpm install stops: pnpm 8 does not read pnpm-lock.yaml of version 5.4, which is for pnpm 7 or earlier',
      ],
    },
    'pnpm 8 on a lock of pnpm 9': {
      ...project('RUN corepack prepare pnpm@8.15.0 --activate\nRUN pnpm i --frozen-lockfile', pnpm('9.0')),
      expect: [
        'error Dockerfile:5:5 pnpm i --frozen-lockfile stops: pnpm 8 does not read pnpm-lock.yaml of version 9.0, which is for pnpm 9 or later',
      ],
    },
    'pnpm 9 on a lock of pnpm 7': {
      ...project('RUN npm i -g pnpm@9\nRUN pnpm i --frozen-lockfile', pnpm('5.4')),
      expect: [
        'error Dockerfile:5:5 pnpm i --frozen-lockfile stops: pnpm 9 does not read pnpm-lock.yaml of version 5.4, which is for pnpm 7 or earlier',
      ],
    },
    'npm 6 on a lock of npm 9': {
      ...project('RUN npm ci --omit=dev', npm(3), {}, 'node:14.21-slim'),
      expect: [
        'error Dockerfile:4:5 npm ci --omit=dev stops: npm 6, which comes with Node 14.21, does not read package-lock.json of version 3, which is for npm 7 or later',
      ],
    },
    'npm 6, which goes on': {
      ...project('RUN npm install', npm(3), {}, 'node:12'),
      expect: [
        'warning Dockerfile:4:5 npm install does not go by the lock file: npm 6, which comes with Node 12, does not read package-lock.json of version 3, which is for npm 7 or later',
      ],
    },
    'a Bun that knows bun.lockb alone': {
      ...project('RUN bun install --frozen-lockfile', bun(1), {}, 'oven/bun:1.1.30-slim'),
      expect: [
        'warning Dockerfile:4:5 bun install --frozen-lockfile does not go by the lock file: Bun 1.1.30 does not read bun.lock of version 1, which is for Bun 1.2.0 or later',
      ],
    },
    'a Bun that knows the first bun.lock alone': {
      ...project('RUN bun install --frozen-lockfile', bun(1), {}, 'oven/bun:1.1'),
      expect: [
        'error Dockerfile:4:5 bun install --frozen-lockfile stops: Bun 1.1 does not read bun.lock of version 1, which is for Bun 1.2.0 or later',
      ],
    },
    'Yarn 1 where the project asks for Yarn 4': {
      ...project('RUN yarn install', {...berry, '.yarnrc.yml': 'nodeLinker: node-modules\n'}, yarn4),
      expect: ['error Dockerfile:4:5 yarn install stops: Yarn here is version 1, and package.json asks for yarn@4.9.0'],
    },
    'by an image whose Yarn may be older': {
      ...project('RUN yarn install', berry, yarn4, 'node:18.12.0-slim'),
      expect: [
        'warning Dockerfile:4:5 yarn install stops: Yarn here is version 1, and package.json asks for yarn@4.9.0',
      ],
    },
    'Yarn 1 on a newer lock': {
      ...project('RUN yarn install --frozen-lockfile', berry),
      expect: [
        'error Dockerfile:4:5 yarn install --frozen-lockfile stops: Yarn here is version 1, and a newer one wrote yarn.lock',
      ],
    },
    'that it may write anew': {
      ...project('RUN npm install -g yarn\nRUN yarn', berry, {}, 'ruby:3.4'),
      expect: [
        'warning Dockerfile:5:5 yarn does not go by yarn.lock: Yarn here is version 1, and a newer one wrote it',
      ],
    },
    'corepack and another one': {
      ...project('RUN corepack enable && yarn install', {}, {packageManager: 'pnpm@9.0.0'}),
      expect: [
        'error Dockerfile:4:24 yarn install stops: corepack lets yarn run in no project whose packageManager is pnpm@9.0.0',
      ],
    },
    'nor with the Yarn that volta brings': {
      files: {
        ...project('', {...berry, '.yarnrc.yml': 'nodeLinker: node-modules\n'}, {}).files,
        Dockerfile:
          'FROM debian:bookworm\nARG YARN_VERSION=3.1.1\nWORKDIR /app\nRUN volta install node@22 yarn@${YARN_VERSION}\nCOPY package.json yarn.lock ./\nRUN yarn install\nCOPY . .\n',
      },
      expect: [
        'warning Dockerfile:6:5 yarn install makes no node_modules: .yarnrc.yml, which has nodeLinker: node-modules, is not copied before',
      ],
    },
    'the linker of Yarn is not copied': {
      files: {
        ...project('', {...berry, '.yarnrc.yml': 'nodeLinker: node-modules\n'}, yarn4).files,
        Dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nCOPY package.json yarn.lock ./\nRUN corepack enable && yarn install --immutable\nCOPY . .\n',
      },
      expect: [
        'warning Dockerfile:4:24 yarn install --immutable makes no node_modules: .yarnrc.yml, which has nodeLinker: node-modules, is not copied before',
      ],
    },
    'the layout of pnpm is not copied': {
      files: {
        ...project('', {'.npmrc': 'node-linker=hoisted\n'}).files,
        Dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nCOPY package.json ./\nRUN npm i -g pnpm@9 && pnpm install\nCOPY . .\n',
      },
      expect: [
        'warning Dockerfile:4:24 pnpm install hides from the project’s code the packages that it does not declare: .npmrc, which has node-linker=hoisted, is not copied before',
      ],
    },
    'workspace: with npm ci, in a member': {
      ...project(
        'RUN npm ci',
        {'apps/api/package.json': '{"name": "api", "dependencies": {"ui": "workspace:*"}}'},
        {
          workspaces: ['apps/*'],
        },
      ),
      expect: [
        'error Dockerfile:4:5 npm ci stops: npm does not know workspace:, which apps/api/package.json asks for ui with',
      ],
    },
    'workspace: with pnpm, where the image has no workspace': {
      ...project('RUN npm i -g pnpm@9 && pnpm install', {}, {dependencies: {ui: 'workspace:*'}}),
      expect: [
        'warning Dockerfile:4:24 pnpm install stops: package.json asks for ui of the workspace, and the workspace is not in the image',
      ],
    },
    'workspace: with Bun, where the image has no workspace': {
      ...project('RUN bun install', {}, {devDependencies: {ui: 'workspace:^'}}, 'oven/bun:1'),
      expect: [
        'warning Dockerfile:4:5 bun install stops: package.json asks for ui of the workspace, and the workspace is not in the image',
      ],
    },
    'workspace: with npm': {
      ...project('RUN npm install', {}, {dependencies: {ui: 'workspace:*'}}),
      expect: [
        'error Dockerfile:4:5 npm install stops: npm does not know workspace:, which package.json asks for ui with',
      ],
    },
  },
})
