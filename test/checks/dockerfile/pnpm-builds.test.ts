import pnpmBuilds from '../../../checks/dockerfile/pnpm-builds.ts'
import {testCheck} from '../../harness.ts'

const project = (
  Dockerfile: string,
  more: Record<string, unknown> = {},
  allowed = 'onlyBuiltDependencies: [better-sqlite3]\n',
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\n${Dockerfile}`,
    'package.json': JSON.stringify({dependencies: {'better-sqlite3': '^12.6.0'}, ...more}),
    'pnpm-workspace.yaml': allowed,
  },
})
const corepack = 'RUN corepack enable\n'
const files = 'COPY package.json pnpm-lock.yaml* ./\n'
const install = 'RUN pnpm install --frozen-lockfile\n'
const message = 'pnpm does not build better-sqlite3 here: pnpm-workspace.yaml, which allows it, is not copied before'
const none = 'pnpm installs no package that it must be allowed to build'

testCheck(pnpmBuilds, {
  clean: {
    'the file is copied': project(`${corepack}COPY package.json pnpm-*.yaml ./\n${install}`),
    'everything is copied': project(`${corepack}COPY . .\n${install}`),
    'built by name': project(`${corepack}${files}${install}RUN pnpm rebuild better-sqlite3\n`),
    'an older pnpm': project(`${corepack}${files}${install}`, {packageManager: 'pnpm@9.15.0'}),
    'an older pnpm by npm': project(`RUN npm install -g pnpm@9\n${files}${install}`),
    'a pnpm that is not known': project(`${files}${install}`),
    'a step that may write the file': project(`${corepack}${files}RUN echo x > pnpm-workspace.yaml\n${install}`),
    'a bind mount': project(
      `${corepack}${files}RUN --mount=type=bind,source=.,target=/src pnpm install --frozen-lockfile\n`,
    ),
  },
  flagged: {
    'the newest pnpm of corepack': {
      ...project(`${corepack}${files}${install}COPY . .\n`),
      expect: [`warning Dockerfile:4:5 ${message}`],
    },
    'if there is a lock file, and allowBuilds': {
      ...project(
        `${files}${corepack}RUN if [ -f pnpm-lock.yaml ]; then pnpm install --frozen-lockfile; else npm ci; fi\n`,
        {packageManager: 'pnpm@10.12.1+sha512.abc'},
        'allowBuilds:\n  better-sqlite3: true\n  esbuild: false\n',
      ),
      expect: [`warning Dockerfile:4:36 ${message}`],
    },
  },
  skipped: {
    'package.json allows it': {
      ...project(`${corepack}${files}${install}`, {pnpm: {onlyBuiltDependencies: []}}),
      reason: none,
    },
    'the package.json of another folder': {
      ...project(`${corepack}COPY api/package.json ./\n${install}`),
      reason: none,
    },
    npm: {...project(`${files}RUN npm ci\n`), reason: none},
  },
})
