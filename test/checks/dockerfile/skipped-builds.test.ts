import skippedBuilds from '../../../checks/dockerfile/skipped-builds.ts'
import {testCheck} from '../../harness.ts'

const project = (run: string, files: Record<string, string>, copy = 'COPY . .') => ({
  files: {
    'fly.toml': 'app = "shop"',
    Dockerfile: `FROM node:22\nWORKDIR /app\n${copy}\n${run}\n`,
    'package.json': '{}',
    ...files,
  },
})
const twoStages = (last: string, more = {}) => ({
  files: {
    'fly.toml': 'app = "shop"',
    Dockerfile: `FROM node:18-alpine AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nFROM node:18-alpine\nWORKDIR /app\n${last}CMD ["node", "dist/server.js"]\n`,
    'package.json': '{}',
    ...npm('sqlite3', '5.1.6', more),
  },
})
const npm = (name: string, version: string, more = {}) => ({
  'package-lock.json': JSON.stringify({
    packages: {[`node_modules/${name}`]: {version, hasInstallScript: true, ...more}},
  }),
})
const pnpm = {
  'pnpm-lock.yaml': `lockfileVersion: '9.0'

importers:

  .: {}

  apps/web:
    dependencies:
      '@shop/db':
        specifier: workspace:*
        version: link:../../packages/db
    devDependencies:
      canvas:
        specifier: ^3.0.0
        version: 3.0.0

  packages/db:
    dependencies:
      knex:
        specifier: ^3.0.0
        version: 3.1.0(better-sqlite3@12.0.0)

packages:

  better-sqlite3@12.0.0:
    resolution: {integrity: sha512-x}

snapshots:

  better-sqlite3@12.0.0:
    dependencies:
      bindings: 1.5.0

  canvas@3.0.0: {}

  knex@3.1.0(better-sqlite3@12.0.0):
    dependencies:
      better-sqlite3: 12.0.0
`,
  'apps/web/package.json': '{}',
  'packages/db/package.json': '{}',
}

testCheck(skippedBuilds, {
  clean: {
    'the packages of a stage that runs the scripts': twoStages(
      'COPY package*.json ./\nRUN npm ci --ignore-scripts\nRUN rm -rf node_modules\nCOPY --from=build /app/node_modules ./node_modules\n',
    ),
    'brought from the stage that has built it': twoStages(
      'COPY package*.json ./\nRUN npm ci --ignore-scripts\nCOPY --from=build /app/node_modules/sqlite3/build ./node_modules/sqlite3/build\n',
    ),
    'for development, and left out of the last stage': twoStages(
      'COPY package*.json ./\nRUN npm ci --omit=dev --ignore-scripts\n',
      {dev: true},
    ),
    'scripts are run': project('RUN npm ci', npm('better-sqlite3', '12.0.0')),
    'for development only': project('RUN npm ci --ignore-scripts', npm('better-sqlite3', '12.0.0', {dev: true})),
    'a version that brings its native part': project('RUN npm ci --ignore-scripts', npm('argon2', '0.43.0')),
    'a script that the package does without': project('RUN npm ci --ignore-scripts', npm('esbuild', '0.25.0')),
    'built behind it': project(
      'RUN npm ci --ignore-scripts\nRUN npm rebuild better-sqlite3',
      npm('better-sqlite3', '12.0.0'),
    ),
    'all are built behind it': project('RUN npm ci --ignore-scripts && npm rebuild', npm('better-sqlite3', '12.0.0')),
    'another install runs them': project(
      'RUN npm ci --ignore-scripts\nRUN npm ci --omit=dev',
      npm('better-sqlite3', '12.0.0'),
    ),
    'a member that is not built needs it': project(
      'RUN pnpm install --frozen-lockfile --ignore-scripts\nRUN pnpm --filter @shop/site run build',
      {...pnpm, 'apps/site/package.json': '{"name": "@shop/site", "scripts": {"build": "true"}}'},
    ),
    'a member that is not in the image needs it': project(
      'RUN pnpm install --frozen-lockfile --ignore-scripts',
      pnpm,
      'COPY package.json pnpm-lock.yaml ./',
    ),
  },
  flagged: {
    'of the last stage, though another one runs the scripts': {
      ...twoStages('COPY package*.json ./\nRUN npm ci --omit=dev --ignore-scripts\nCOPY --from=build /app/dist dist\n'),
      expect: [
        'warning Dockerfile:9:5 sqlite3 5.1.6 is installed without its install script, which fetches or builds its native part',
      ],
    },
    'npm leaves scripts out': {
      ...project('RUN npm ci --ignore-scripts', npm('better-sqlite3', '12.0.0')),
      expect: [
        'warning Dockerfile:4:5 better-sqlite3 12.0.0 is installed without its install script, which fetches or builds its native part',
      ],
    },
    '.npmrc leaves them out': {
      ...project('RUN npm ci', {...npm('sharp', '0.32.6'), '.npmrc': 'ignore-scripts=true\n'}),
      expect: [
        'warning Dockerfile:4:5 sharp 0.32.6 is installed without its install script, which fetches or builds its native part',
      ],
    },
    'a dependency of a member of the workspace': {
      ...project('RUN pnpm install --frozen-lockfile --ignore-scripts', pnpm),
      expect: [
        'warning Dockerfile:4:5 better-sqlite3 12.0.0 is installed without its install script, which fetches or builds its native part',
      ],
    },
  },
})
