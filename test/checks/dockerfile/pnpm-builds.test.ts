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

const vite = (lines: string, more: Record<string, unknown> = {}, extra: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\n${lines}`,
    'package.json': JSON.stringify({devDependencies: {vite: '^5.0.0'}, ...more}),
    'pnpm-lock.yaml':
      "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    devDependencies:\n      vite:\n        specifier: ^5.0.0\n        version: 5.4.0\n\npackages:\n\n  '@esbuild/linux-x64@0.21.5':\n    os: [linux]\n\n  esbuild@0.21.5:\n    resolution: {integrity: sha512-a}\n\n  vite@5.4.0:\n    resolution: {integrity: sha512-b}\n\nsnapshots:\n\n  esbuild@0.21.5: {}\n\n  vite@5.4.0:\n    dependencies:\n      esbuild: 0.21.5\n",
    ...extra,
  },
})
const stops =
  'pnpm install --frozen-lockfile stops: the newest pnpm, which is taken here, runs no install script of esbuild unasked, and'
const copied = 'COPY package.json pnpm-lock.yaml pnpm-workspace.yaml* ./\n'

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
    'the newest pnpm, and nothing says what may run': {
      ...vite(`${corepack}${copied}${install}`),
      expect: [`warning Dockerfile:2:5 ${stops} nothing says whether they may`],
    },
    'the file that says it is not copied': {
      ...vite(
        `RUN npm install -g pnpm\nCOPY package.json pnpm-lock.yaml ./\n${install}`,
        {},
        {'pnpm-workspace.yaml': 'allowBuilds:\n  esbuild: true\n'},
      ),
      expect: [`warning Dockerfile:4:5 ${stops} pnpm-workspace.yaml is not copied before`],
    },
    'the newest pnpm, which knows the list of pnpm 10 no more': {
      ...vite(
        `RUN corepack enable && corepack prepare pnpm@latest --activate\n${copied}${install}`,
        {},
        {'pnpm-workspace.yaml': 'packages:\n- web\n\n# what may run\nonlyBuiltDependencies:\n- esbuild\n'},
      ),
      expect: [`warning Dockerfile:2:5 ${stops} onlyBuiltDependencies of pnpm-workspace.yaml is not read any more`],
    },
    'pnpm 11 of the project, which reads no settings of package.json': {
      ...vite(`${corepack}${copied}${install}`, {
        packageManager: 'pnpm@11.5.3',
        pnpm: {onlyBuiltDependencies: ['esbuild']},
      }),
      expect: [
        'warning Dockerfile:4:5 pnpm install --frozen-lockfile stops: pnpm from 11 on runs no install script of esbuild unasked, and what package.json says under "pnpm" is not read any more',
      ],
    },
    'the newest pnpm of corepack': {
      ...project(`${corepack}${files}${install}COPY . .\n`),
      expect: [`warning Dockerfile:4:5 ${message}`],
    },
    'if a question finds no other lock file, and allowBuilds': {
      ...project(
        `COPY package.json ./\n${corepack}RUN if [ ! -f yarn.lock ]; then pnpm install; fi\n`,
        {packageManager: 'pnpm@10.12.1+sha512.abc'},
        'allowBuilds:\n  better-sqlite3: true\n  esbuild: false\n',
      ),
      expect: [`warning Dockerfile:4:33 ${message}`],
    },
  },
  skipped: {
    'pnpm 10 only warns': {reason: none, ...vite(`${corepack}${copied}${install}`, {packageManager: 'pnpm@10.34.5'})},
    'allowed by name': {
      reason: none,
      ...vite(`${corepack}${copied}${install}`, {}, {'pnpm-workspace.yaml': 'allowBuilds:\n  esbuild: true\n'}),
    },
    'the list of pnpm 10 and that of pnpm 11': {
      reason: none,
      ...vite(
        `${corepack}${copied}${install}`,
        {},
        {'pnpm-workspace.yaml': 'onlyBuiltDependencies:\n  - esbuild\nallowBuilds:\n  esbuild: true\n'},
      ),
    },
    'a plugin of pnpm allows it': {
      reason: none,
      ...vite(
        `${corepack}${copied}${install}`,
        {},
        {'pnpm-workspace.yaml': 'configDependencies:\n  "@pnpm/plugin-trusted-deps": 0.2.2+sha512-a\n'},
      ),
    },
    'a hook may': {
      reason: none,
      ...vite(`${corepack}${copied}COPY .pnpmfile.cjs ./\n${install}`, {}, {'.pnpmfile.cjs': ''}),
    },
    'told not to stop': {
      reason: none,
      ...vite(`${corepack}${copied}COPY .npmrc ./\n${install}`, {}, {'.npmrc': 'strict-dep-builds=false\n'}),
    },
    'no scripts at all': {
      reason: none,
      ...vite(`${corepack}${copied}RUN pnpm install --frozen-lockfile --ignore-scripts\n`),
    },
    'a setting of the environment': {
      reason: none,
      ...vite(`${corepack}ENV npm_config_strict_dep_builds=false\n${copied}${install}`),
    },
    'what production does not need': {reason: none, ...vite(`${corepack}${copied}${install.trim()} --prod\n`)},
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
