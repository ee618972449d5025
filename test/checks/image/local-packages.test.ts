import localPackages from '../../../checks/image/local-packages.ts'
import {testCheck} from '../../harness.ts'

const project = (dockerfile: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: dockerfile,
    'package.json': '{}',
    'package-lock.json': '{}',
    'node_modules/express/index.js': '',
    ...more,
  },
})
const node = 'FROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n'
const below =
  'FROM node:22-slim\nWORKDIR /app\nCOPY server/package*.json server/\nRUN cd server && npm ci\nCOPY server/ server/\n'
const checkout = (dockerfile: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: dockerfile,
    '.gitignore': 'node_modules\n',
    'server/package.json': '{}',
    ...more,
  },
})

const byPnpm = (more: {manifest?: string; env?: string; run?: string; files?: Record<string, string>} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\n${more.env ?? ''}RUN corepack enable\nCOPY . .\nRUN ${more.run ?? 'pnpm install --frozen-lockfile'}\n`,
    '.gitignore': 'node_modules\n',
    'package.json': more.manifest ?? '{"packageManager": "pnpm@10.23.0"}',
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    ...more.files,
  },
})

testCheck(localPackages, {
  clean: {
    'Yarn that makes no folder of packages': checkout(
      'FROM node:22-slim\nRUN corepack enable\nWORKDIR /app\nCOPY package.json yarn.lock ./\nRUN yarn install --immutable\nCOPY . .\n',
      {'package.json': '{"packageManager": "yarn@4.5.3"}', 'yarn.lock': '__metadata:\n  version: 8\n'},
    ),
    'pnpm is told that nobody answers': byPnpm({env: 'ENV CI=true\n'}),
    'pnpm may be told so by a build argument': byPnpm({env: 'ARG CI\n'}),
    'pnpm that does not ask': byPnpm({run: 'pnpm install --frozen-lockfile --force'}),
    'pnpm behind what takes them away': byPnpm({
      run: "find . -name node_modules -prune -exec rm -rf '{}' + && pnpm install --frozen-lockfile",
    }),
    'pnpm is told so in its command': byPnpm({run: 'CI=1 pnpm install --frozen-lockfile'}),
    'pnpm need not ask': byPnpm({files: {'pnpm-workspace.yaml': 'confirmModulesPurge: false\n'}}),
    'a pnpm that ends well all the same': byPnpm({manifest: '{"packageManager": "pnpm@9.15.9"}'}),
    'pnpm finds none of them': byPnpm({files: {'.dockerignore': 'node_modules\n'}}),
    'they are taken away before pnpm': byPnpm({run: 'rm -rf node_modules && pnpm install'}),
    'they are left out': project(node, {'.dockerignore': 'node_modules\n'}),
    'what is installed comes behind': project('FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\n'),
    'nothing is installed': project('FROM node:22-slim\nWORKDIR /app\nCOPY . .\n'),
    'it is installed once more': project(`${node}RUN npm ci --omit=dev\n`),
    'in a checkout, with none of them let in': checkout(below, {'.dockerignore': '**/node_modules\n'}),
    'of Yarn, which makes no such folder': checkout(below.replace('npm ci', 'yarn install --immutable'), {
      'server/.pnp.cjs': '',
      'server/yarn.lock': '',
    }),
    'in a checkout, and the install comes behind': checkout(`${below}RUN cd server && npm ci\n`),
    'in a checkout, with the manifest alone copied behind': checkout(
      `${below}`.replace('COPY server/ ', 'COPY server/src '),
    ),
    'from another stage': project(
      `${node.replace('FROM node:22-slim', 'FROM node:22-slim AS build').replace('COPY . .', 'COPY src src')}FROM node:22-slim\nWORKDIR /app\nRUN npm install\nCOPY --from=build /app .\n`,
      {'src/index.js': ''},
    ),
  },
  flagged: {
    node_modules: {
      ...project(node),
      expect: [
        'warning Dockerfile:5:1 this COPY lays node_modules of the working directory over the one that the RUN before installs',
      ],
    },
    'before pnpm, which asks about them': {
      ...byPnpm(),
      expect: [
        'warning Dockerfile:4:1 a deploy from your computer brings its node_modules along: pnpm install then asks whether it may remove it, gets no answer and stops',
      ],
    },
    'of a folder, as whoever works on the project has them': {
      ...checkout(below, {'.dockerignore': 'node_modules\n'}),
      expect: [
        'warning Dockerfile:5:1 a deploy from your computer lays its server/node_modules over the one that the RUN before installs: nothing leaves it out of the build',
      ],
    },
    'and a workflow deploys': {
      ...checkout(below, {
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: flyctl deploy\n',
      }),
      expect: [
        'info Dockerfile:5:1 a deploy from your computer lays its server/node_modules over the one that the RUN before installs: nothing leaves it out of the build',
      ],
    },
    '.venv': {
      ...project(
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim\nWORKDIR /app\nCOPY pyproject.toml ./\nRUN uv sync --no-install-project\nCOPY . /app\n',
        {
          'pyproject.toml': '',
          '.venv/bin/python': '',
          '.dockerignore': 'node_modules\n',
        },
      ),
      expect: [
        'warning Dockerfile:5:1 this COPY lays .venv of the working directory over the one that the RUN before installs',
      ],
    },
  },
})
