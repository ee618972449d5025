import {execFileSync} from 'node:child_process'
import {expect, it} from 'vitest'
import check from '../../../checks/dockerfile/failing-run.ts'
import {preflight} from '../../../src/preflight.ts'
import {temporary} from '../../cli.ts'
import {testCheck} from '../../harness.ts'

const byLock = `RUN \\
  if [ -f yarn.lock ]; then yarn --frozen-lockfile; \\
  elif [ -f package-lock.json ]; then npm ci; \\
  elif [ -f pnpm-lock.yaml ]; then corepack enable pnpm && pnpm i --frozen-lockfile; \\
  else echo "Lockfile not found." && exit 1; \\
  fi
`
const copy = 'COPY package.json yarn.lock* package-lock.json* pnpm-lock.yaml* ./\n'
const project = (rest: string, files: Record<string, string> = {}, from = 'FROM node:22-alpine\nWORKDIR /app\n') => ({
  files: {'fly.toml': 'app = "shop"\n', 'package.json': '{"name": "shop"}', Dockerfile: `${from}${rest}`, ...files},
})
testCheck(check, {
  flagged: {
    'a package that no package manager is told of': {
      ...project('RUN apt-get update && apt-get upgrade -y && install sudo\n', {}, 'FROM node:22\n'),
      expect: [
        'error Dockerfile:2:45 install sudo stops: "missing destination file operand", as install by itself copies files',
      ],
    },
    'a version of Node.js by the name of its tag': {
      ...project(
        'ARG NODE_VERSION=v20.10.0\nRUN curl -sL https://github.com/nodenv/node-build/archive/master.tar.gz | tar xz -C /tmp/ && \\\n    /tmp/node-build-master/bin/node-build "${NODE_VERSION}" /usr/local/node\n',
        {},
        'FROM ruby:3.4-slim\nWORKDIR /app\n',
      ),
      expect: [
        'error Dockerfile:5:5 node-build has no version called v20.10.0: the build stops with "definition not found"',
      ],
    },
    'no lock file at all': {
      ...project(`${copy}${byLock}`),
      expect: [
        'error Dockerfile:8:38 this RUN ends with exit 1: there is no yarn.lock or package-lock.json or pnpm-lock.yaml in /app by then',
      ],
    },
    'a lock file that is not copied': {
      ...project(`COPY package.json ./\n${byLock}`, {'yarn.lock': ''}),
      expect: [
        'error Dockerfile:8:38 this RUN ends with exit 1: there is no yarn.lock or package-lock.json or pnpm-lock.yaml in /app by then',
      ],
    },
    'one that .dockerignore leaves out': {
      ...project('COPY . .\nRUN if [ ! -f yarn.lock ]; then exit 1; fi\n', {
        'yarn.lock': '',
        '.dockerignore': '*.md\nyarn.lock\n',
      }),
      expect: [
        'error Dockerfile:4:33 this RUN ends with exit 1: .dockerignore leaves out yarn.lock, which it asks for',
      ],
    },
    'a list that ends with the question': {
      ...project('COPY . .\nRUN [ -f prisma/schema.prisma ] && npx prisma generate\n'),
      expect: [
        'error Dockerfile:4:5 this RUN fails: there is no prisma/schema.prisma in /app by then, and that is the status of its last command',
      ],
    },
    'a file that must be there': {
      ...project('COPY . .\nRUN test -f .ready || exit 3\n'),
      expect: ['error Dockerfile:4:23 this RUN ends with exit 3: there is no .ready in /app by then'],
    },
    'in another folder': {
      ...project('COPY . .\nRUN cd web && if [ ! -e package.json ]; then exit 1; fi\n', {'web/index.html': ''}),
      expect: ['error Dockerfile:4:46 this RUN ends with exit 1: there is no package.json in /app by then'],
    },
    'whatever it finds': {
      ...project('RUN echo stop; exit 1\n'),
      expect: ['error Dockerfile:3:16 this RUN ends with exit 1'],
    },
  },
  clean: {
    'install that copies, or makes a folder': project('RUN install -d /srv && install package.json /srv\n'),
    'a version of Node.js by its number': project(
      'ARG NODE_VERSION=20.10.0\nRUN /tmp/node-build-master/bin/node-build "${NODE_VERSION}" /usr/local/node\n',
    ),
    'a version of Node.js by a definition of its own': project(
      'ENV NODE_BUILD_DEFINITIONS=/definitions\nRUN node-build v20.10.0 /usr/local/node\n',
    ),
    'one of them is there': project(`${copy}${byLock}`, {'package-lock.json': '{}'}),
    'a step of the deploy makes it': project(`${copy}${byLock}`, {
      '.github/workflows/deploy.yml':
        'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: npm install --package-lock-only && cp package-lock.json x && flyctl deploy\n        env:\n          FLY_API_TOKEN: ${{ secrets.FLY_API_TOKEN }}\n',
    }),
    'the same RUN writes it': project('COPY . .\nRUN { date; } > yarn.lock; if [ ! -f yarn.lock ]; then exit 1; fi\n'),
    'a RUN before makes it': project(`${copy}RUN npm install --package-lock-only\n${byLock}`),
    'the same RUN makes it': project('COPY . .\nRUN ./configure && if [ ! -f Makefile ]; then exit 1; fi\n'),
    'a script of the project may': project('COPY . .\nRUN npm run build\nRUN if [ ! -d dist ]; then exit 1; fi\n'),
    'a base image that nobody knows': project(`${copy}${byLock}`, {}, 'FROM example/web:1\nWORKDIR /app\n'),
    'a mount brings it': project(
      'COPY package.json ./\nRUN --mount=type=bind,source=.,target=/app if [ ! -f yarn.lock ]; then exit 1; fi\n',
      {'yarn.lock': ''},
    ),
    'what the system may have': project('RUN if [ ! -f /etc/ssl/cert.pem ]; then exit 1; fi\n'),
    'a file that a RUN took away before': project(
      'COPY . .\nRUN rm -f yarn.lock\nRUN if [ -f yarn.lock ]; then exit 1; fi\n',
      {'yarn.lock': ''},
    ),
    'a variable in its name': project('ARG LOCK\nCOPY . .\nRUN if [ ! -f "$LOCK" ]; then exit 1; fi\n'),
    'another question besides': project('COPY . .\nRUN if [ ! -f x ] && [ -n "$CI" ]; then exit 1; fi\n'),
    'it goes on without': project('COPY . .\nRUN [ -f x ] && cat x || true\nRUN [ -f x ] && cat x; true\n'),
    'exit 0': project('COPY . .\nRUN if [ ! -f x ]; then exit 0; fi\n'),
    'a status that is handed on': project('COPY . .\nRUN [ -f x ] || exit $?\n', {x: ''}),
    'a folder of the home': project('COPY . .\nRUN [ -d ~/.cache ] || exit 1\n'),
    'the folder of git': project('COPY . .\nRUN [ -d .git ] || exit 1\n'),
    'a condition that goes elsewhere': project('COPY . .\nRUN if cd web && [ -f x ]; then true; else exit 1; fi\n', {
      'web/x': '',
    }),
    'a condition that makes the file': project('COPY . .\nRUN if touch x && [ -f x ]; then true; else exit 1; fi\n'),
    'an output alone makes the file': project('COPY . .\nRUN > x; [ -f x ] || exit 1\n'),
    'what fills a word in makes the file': project('COPY . .\nRUN A=$(touch x); [ -f x ] || exit 1\n'),
    'a folder above a mount': project(
      'COPY . .\nRUN --mount=type=cache,target=/app/cache/next [ -d cache ] || exit 1\n',
    ),
    'a folder of a variable': project('ENV DATA=/data\nRUN mkdir -p $DATA/up\nRUN [ -d /data ] || exit 1\n'),
    'what a build makes before anybody deploys': project('COPY . .\nRUN [ -d dist ] || exit 1\n'),
    'a submodule': project('COPY . .\nRUN [ -f lib/x ] || exit 1\n', {'.gitmodules': '[submodule "lib"]\n'}),
    'files that xargs takes away': project('COPY . .\nRUN ls *.lock | xargs rm\nRUN [ ! -f yarn.lock ] || exit 1\n', {
      'yarn.lock': '',
    }),
    'exit of a part of a pipe, or of a shell of its own': project('RUN { exit 1; } | cat\nRUN (exit 1); true\n'),
    'exit behind a command that may fail': project('RUN sh check.sh && exit 1; true\n'),
    'exit behind one that ends well': project('COPY . .\nRUN [ -f x ] || exit 0; exit 1\n'),
    'a function that nobody calls': project('RUN fail() { exit 1; }; true\n'),
    'another stage, which is not built': project('RUN exit 1\nFROM node:22-alpine\n'),
  },
})

it('is silent about what git ignores, which other computers may have', async () => {
  const {files} = project(`${copy}${byLock}`, {'.gitignore': 'package-lock.json\n'})
  const root = temporary(files)
  execFileSync('git', ['-C', root, 'init', '-q'])
  const report = await preflight({root, offline: true, only: ['dockerfile/failing-run'], env: {}})
  expect(report.checks.flatMap(({findings}) => findings)).toEqual([])
})
