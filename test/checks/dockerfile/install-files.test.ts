import {execFileSync} from 'node:child_process'
import {mkdirSync} from 'node:fs'
import {join} from 'node:path'
import {expect, it} from 'vitest'
import installFiles from '../../../checks/dockerfile/install-files.ts'
import {preflight} from '../../../src/preflight.ts'
import {temporary} from '../../cli.ts'
import {testCheck} from '../../harness.ts'

const project = (dockerfile: string, ...files: string[]) => ({
  files: {
    'fly.toml': 'app = "shop"',
    Dockerfile: dockerfile,
    ...Object.fromEntries(files.map((file) => [file, ''])),
  },
})
/** A package.json with this text. */
const written = (text: string, dockerfile: string) => ({
  files: {'fly.toml': 'app = "shop"', Dockerfile: dockerfile, 'package.json': text},
})
const from = 'node:22-slim\nWORKDIR /app\n'
const node = `FROM ${from}`
/** What is installed in one stage is built in another. */
const staged = (build: string, manifest = '') =>
  project(
    `${node}COPY package.json pnpm-workspace.yaml ./\nCOPY web/package.json web/\nRUN npm i -g pnpm && pnpm install\nFROM ${from}COPY --from=0 /app/node_modules ./node_modules\nCOPY ${manifest}turbo.json ./\nRUN ${build}\n`,
    'package.json',
    'pnpm-workspace.yaml',
    'turbo.json',
    'web/package.json',
  )

testCheck(installFiles, {
  clean: {
    'a build with the manifest of the top': staged('pnpm turbo run build', 'package.json '),
    'a build of the members alone': staged('pnpm --filter web run build && pnpm -r build && pnpm exec tsc'),
    'programs, and a script of a folder above': project(
      `${node}COPY package.json ./\nRUN npx tsc --version\nWORKDIR /app/web\nRUN npm run build\n`,
      'package.json',
    ),
    'a project that a tool makes': project(`${node}RUN npm create vite@latest . && npm run build\n`),
    'the project itself': project('FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install -e .[dev]\n', 'setup.py'),
    'a submodule that is not fetched here': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: `${node}COPY panel/package*.json ./\nRUN npm ci\nCOPY panel/ ./\n`,
        '.gitmodules': '[submodule "panel"]\n\tpath = panel\n\turl = https://example.com/panel.git\n',
      },
    },
    'a folder for packages': project('FROM python:3.12\nWORKDIR /app\nRUN pip install --target . flask\n'),
    'a project that is cloned': project(
      'FROM python:3.12\nRUN git clone https://example.com/tool.git /tool && cd /tool && pip install .\n',
    ),
    'the top of a workspace of pnpm, without a manifest': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: `${node}COPY pnpm-workspace.yaml pnpm-lock.yaml ./\nCOPY assets/package.json assets/\nRUN pnpm install --no-frozen-lockfile\n`,
        'pnpm-workspace.yaml': 'packages:\n  - assets\n',
        'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
        'assets/package.json': '{}',
      },
    },
    'the assets of a package that mix fetched': project(
      'FROM hexpm/elixir:1.18.4-erlang-27.3-debian-bookworm-20250811-slim\nRUN apt-get update && apt-get install -y npm\nWORKDIR /app\nCOPY mix.exs ./\nRUN mix deps.get\nRUN cd deps/storybook && npm ci --prefix assets\n',
      'mix.exs',
    ),
    'a package that npm installed': project(
      `${node}COPY package*.json ./\nRUN npm ci\nRUN cd node_modules/tool && npm ci\n`,
      'package.json',
      'package-lock.json',
    ),
    'bun takes a comma at the end': written(
      '{"name": "shop",}',
      'FROM oven/bun\nWORKDIR /app\nCOPY . .\nRUN bun install\n',
    ),
    'an install that may fail': written('{"name": "shop",}', `${node}COPY . .\nRUN npm install || true\n`),
    'a RUN that writes package.json': written(
      '{"name": "shop",}',
      `${node}COPY . .\nRUN sed -i 's/,}/}/' package.json && npm install\n`,
    ),
    'Bundler takes what is copied': project(
      'FROM ruby:3.4\nENV BUNDLE_DEPLOYMENT=1\nWORKDIR /app\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\n',
      'Gemfile',
      'Gemfile.lock',
    ),
    'Bundler is told otherwise': project(
      'FROM ruby:3.4\nENV BUNDLE_DEPLOYMENT=1\nWORKDIR /app\nCOPY Gemfile ./\nRUN bundle config unset deployment && bundle install\n',
      'Gemfile',
    ),
    'Bundler makes a lock file of its own': project(
      'FROM ruby:3.4\nWORKDIR /app\nCOPY Gemfile ./\nRUN bundle install\n',
      'Gemfile',
    ),
    'the lock file is copied': project(
      `${node}COPY package*.json ./\nRUN npm ci\n`,
      'package.json',
      'package-lock.json',
    ),
    'the RUN fetches the project first': project(
      `${node}RUN git clone https://git.example/shop.git && cd shop && npm ci\n`,
    ),
    'it is above, in a workspace': project(
      `${node}COPY package*.json ./\nWORKDIR /app/api\nRUN npm ci\n`,
      'package.json',
      'package-lock.json',
    ),
    'npm installs again, with the manifest': project(
      `${node}RUN npm install\nCOPY . .\nRUN npm install\n`,
      'package.json',
    ),
    'a tool, before the project': project(`${node}RUN npm install -g pm2\nCOPY . .\n`, 'package.json'),
    'the machine installs when it starts': {
      files: {
        'fly.toml': 'app = "shop"',
        Dockerfile: `${node}RUN npm install\nCOPY . .\nCMD npm install && npm start\n`,
        'package.json': '{"dependencies": {"express": "5"}}',
      },
    },
    'the packages come from another stage': {
      files: {
        'fly.toml': 'app = "shop"',
        Dockerfile: `${node.replace('slim', 'slim AS a')}COPY . .\nRUN npm install\n${node}RUN npm install\nCOPY . .\nCOPY --from=a /app/node_modules node_modules\n`,
        'package.json': '{"dependencies": {"express": "5"}}',
      },
    },
    'a workspace of Go has no go.mod of its own': project(
      'FROM golang:1.25\nWORKDIR /src\nCOPY go.work ./\nCOPY api/go.mod api/\nRUN go mod download\n',
      'go.work',
      'api/go.mod',
    ),
    'a variable of the command names it': project(
      'FROM ruby:3.4\nWORKDIR /app\nCOPY gems gems\nRUN BUNDLE_GEMFILE=gems/Gemfile bundle install\n',
      'gems/Gemfile',
    ),
    'it is mounted': project(
      `${node}COPY package.json ./\nRUN --mount=type=bind,source=package-lock.json,target=package-lock.json npm ci\n`,
      'package.json',
      'package-lock.json',
    ),
    'an earlier step makes it': project(
      `${node}COPY package.json ./\nRUN npm install --package-lock-only\nRUN npm ci\n`,
      'package.json',
    ),
    'an earlier step clones the project': project(`${node}RUN git clone https://example.com/x .\nRUN npm ci\n`),
    'another stage brings what it holds': project(
      `FROM node:22 AS a\nRUN make-it\n${node}COPY --from=a /src .\nRUN npm ci\n`,
    ),
    'the base image is somebody else’s': project('FROM example/app\nWORKDIR /app\nRUN npm ci\n'),
    'with another way out': project(`${node}COPY package.json ./\nRUN npm ci || npm install\n`, 'package.json'),
    'in a folder that is not known': project(`${node}COPY . .\nRUN cd "$DIR" && npm ci\n`, 'package.json'),
    'npm install needs none': project(`${node}COPY package.json ./\nRUN npm install\n`, 'package.json'),
    'pip installs to a prefix, and reads where it is': project(
      'FROM python:3.12\nWORKDIR /app\nCOPY r.txt .\nRUN pip install --prefix=/install -r r.txt\n',
      'r.txt',
    ),
    'npm works in another folder': project(
      `${node}COPY web web\nRUN npm ci --prefix web\n`,
      'web/package.json',
      'web/package-lock.json',
    ),
    'cargo has the lock file of the workspace above': project(
      'FROM rust:1\nWORKDIR /app\nCOPY Cargo.* ./\nCOPY api api\nWORKDIR /app/api\nRUN cargo build --locked\n',
      'Cargo.toml',
      'Cargo.lock',
      'api/Cargo.toml',
    ),
    'cargo and bundler have files elsewhere': project(
      'FROM rust:1\nCOPY api api\nRUN cargo build --manifest-path api/Cargo.toml\n',
      'api/Cargo.toml',
    ),
    'pip in a folder of bash': project(
      'FROM python:3.12\nSHELL ["/bin/bash", "-c"]\nWORKDIR /app\nCOPY requirements.txt /\nRUN pushd / && pip install -r requirements.txt && popd\n',
      'requirements.txt',
    ),
    'uv in another folder': project(
      'FROM python:3.12\nWORKDIR /app\nCOPY requirements.txt api/\nRUN uv pip install --system --directory api -r requirements.txt\n',
      'requirements.txt',
    ),
    'requirements from the network': project('FROM python:3.12\nRUN pip install -r https://example.com/r.txt\n'),
  },
  flagged: {
    'a build at the top of a workspace, whose manifest stays in another stage': {
      ...staged('pnpm turbo run build --filter=web...'),
      expect: ['error Dockerfile:10:5 pnpm turbo stops without package.json, which is not in /app by then'],
    },
    'scripts of npm, of Yarn and of a folder': {
      ...project(
        `${node}COPY src src\nRUN npm run build\nFROM ${from}RUN yarn build\nFROM ${from}RUN npm --version && npm run --prefix web build\nFROM ${from}RUN npx turbo build\nCOPY --from=0 /app a\nCOPY --from=1 /app b\nCOPY --from=2 /app c\n`,
        'src/main.js',
        'package.json',
      ),
      expect: [
        'error Dockerfile:4:5 npm run build stops without package.json, which is not in /app by then',
        'error Dockerfile:7:5 yarn build stops without package.json, which is not in /app by then',
        'error Dockerfile:10:22 npm run build stops without package.json, which is not in /app/web by then',
        'error Dockerfile:13:5 turbo build stops without package.json, which is not in /app by then',
      ],
    },
    'the project itself, which is no package': {
      ...project('FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install --no-cache-dir -e .\n', 'requirements.txt'),
      expect: [
        'error Dockerfile:4:5 pip install . stops without pyproject.toml or setup.py, which is not in /app by then',
      ],
    },
    'a package.json that is no JSON': {
      ...written('{\n  "dependencies": {\n    "a": "1"\n    "b": "2"\n  }\n}\n', `${node}COPY . .\nRUN npm install\n`),
      expect: ['error package.json:4:5 npm install stops at package.json: this is no JSON: a comma must stand here'],
    },
    'a package.json that breaks off': {
      ...written('"scripts": {\n  "build": "tsc"\n', `${node}COPY . .\nRUN yarn && yarn build\n`),
      expect: ['error package.json:1:10 yarn stops at package.json: this is no JSON: the file must end here'],
    },
    'Bundler wants the lock file for a deployment': {
      ...project(
        'FROM ruby:3.4\nENV BUNDLE_DEPLOYMENT="1"\nWORKDIR /app\nCOPY Gemfile ./\nRUN bundle install\n',
        'Gemfile',
        'Gemfile.lock',
      ),
      expect: [
        'error Dockerfile:5:5 bundle install with BUNDLE_DEPLOYMENT stops without Gemfile.lock, which is not in /app by then',
      ],
    },
    'npm install before anything is copied': {
      files: {
        'fly.toml': 'app = "shop"',
        Dockerfile: `${node}RUN npm install --production\nCOPY . .\nRUN npm run build\n`,
        'package.json': '{"dependencies": {"express": "5"}}',
      },
      expect: [
        'warning Dockerfile:3:5 npm install runs before package.json is in /app: it installs nothing and ends well, and no install follows',
      ],
    },
    'pnpm install before anything is copied': {
      ...project(`${node}RUN corepack enable\nRUN pnpm install --prod\nCOPY . .\n`, 'package.json'),
      expect: ['error Dockerfile:4:5 pnpm install stops without package.json, which is not in /app by then'],
    },
    'npm ci with the lock file alone': {
      ...project(`${node}COPY package-lock.json ./\nRUN npm ci\n`, 'package.json', 'package-lock.json'),
      expect: ['error Dockerfile:4:5 npm ci stops without package.json, which is not in /app by then'],
    },
    'cargo is held to a lock file that is not there': {
      ...project(
        'FROM rust:1\nWORKDIR /app\nCOPY Cargo.toml ./\nCOPY src src\nRUN cargo build --release --locked\n',
        'Cargo.toml',
        'src/main.rs',
      ),
      expect: ['error Dockerfile:5:5 cargo build --locked stops without Cargo.lock, which is not in /app by then'],
    },
    'pip, whose file nothing brings into an empty folder of the base': {
      ...project(
        'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install -r /tmp/requirements.txt\n',
        'requirements.txt',
      ),
      expect: ['error Dockerfile:4:5 pip install -r stops without /tmp/requirements.txt, which is not there by then'],
    },
    'npm ci without a lock file': {
      ...project(`${node}COPY package*.json ./\nRUN npm ci --omit=dev\n`, 'package.json'),
      expect: [
        'error Dockerfile:4:5 npm ci stops without package-lock.json or npm-shrinkwrap.json, which is not in /app by then',
      ],
    },
    'in a folder below': {
      ...project(`${node}COPY web/package.json web/\nRUN cd web && npm ci\n`, 'web/package.json'),
      expect: [
        'error Dockerfile:4:15 npm ci stops without package-lock.json or npm-shrinkwrap.json, which is not in /app/web by then',
      ],
    },
    'pip, whose file is in the folder above': {
      ...project(
        'FROM python:3.12\nWORKDIR /app\nCOPY requirements.txt /\nRUN pip install -r requirements.txt\n',
        'requirements.txt',
      ),
      expect: ['error Dockerfile:4:5 pip install -r stops without requirements.txt, which is not in /app by then'],
    },
    'pip before its file is copied': {
      ...project('FROM python:3.12\nWORKDIR /app\nRUN pip install -r requirements.txt\nCOPY . .\n', 'requirements.txt'),
      expect: ['error Dockerfile:3:5 pip install -r stops without requirements.txt, which is not in /app by then'],
    },
    'where the workflow deploys another folder': {
      files: {
        'api/fly.toml': 'app = "shop"',
        'api/Dockerfile': `${node}COPY package*.json ./\nRUN npm ci\n`,
        'api/package.json': '{}',
        'api/package-lock.json': '{}',
        'package.json': '{}',
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - uses: superfly/flyctl-actions/setup-flyctl@master\n      - run: flyctl deploy\n        working-directory: api\n',
      },
      options: {config: 'api/fly.toml', dockerfile: 'api/Dockerfile'},
      expect: [
        'warning api/Dockerfile:4:5 npm ci stops without package-lock.json or npm-shrinkwrap.json, which is not in /app by then',
      ],
    },
    'one that .dockerignore leaves out': {
      files: {
        'fly.toml': 'app = "shop"',
        Dockerfile: `${node}COPY . .\nRUN pnpm install --frozen-lockfile\n`,
        'package.json': '',
        'pnpm-lock.yaml': '',
        '.dockerignore': '*.yaml\n',
      },
      expect: ['error Dockerfile:4:5 pnpm install stops without pnpm-lock.yaml, which is not in /app by then'],
    },
  },
})

it('tells of a lock file that git ignores in node_modules alone', async () => {
  const {files} = project(
    `FROM node:22 AS deps\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nFROM node:22\nWORKDIR /app\nCOPY --from=deps /node_modules /node_modules\nCOPY package.json ./\nRUN npm ci\n`,
  )
  const root = temporary({...files, '.gitignore': 'node_modules\n', 'package.json': ''})
  execFileSync('git', ['-C', root, 'init', '-q'])
  const report = await preflight({root, offline: true, only: ['dockerfile/install-files'], env: {}})
  expect(
    report.checks.flatMap(({findings}) => findings.map(({severity, message}) => `${severity} ${message}`)),
  ).toEqual(['error npm ci stops without package-lock.json or npm-shrinkwrap.json, which is not in /app by then'])
})

it('tells of a lock file that git ignores, where no COPY would bring it', async () => {
  const {files} = project(`${node}COPY package.json ./\nCOPY dist/bot.js dist/\nRUN npm ci\nCOPY . .\n`)
  const root = temporary({...files, '.gitignore': 'dist\npackage-lock.json\n', 'package.json': '', 'dist/bot.js': ''})
  execFileSync('git', ['-C', root, 'init', '-q'])
  const report = await preflight({root, offline: true, only: ['dockerfile/install-files'], env: {}})
  expect(
    report.checks.flatMap(({findings}) => findings.map(({severity, message}) => `${severity} ${message}`)),
  ).toEqual(['error npm ci stops without package-lock.json or npm-shrinkwrap.json, which is not in /app by then'])
})

it('follows the stage behind a COPY of what git ignores, which another computer may have', async () => {
  const root = temporary({
    'fly.toml': 'app = "shop"',
    Dockerfile: 'FROM node:22-alpine\nWORKDIR /app\nCOPY package.json yarn.lock ./\nRUN npm run build\n',
    '.gitignore': 'yarn.lock\n',
    'package.json': '{"scripts": {"build": "bash build.sh"}}',
  })
  execFileSync('git', ['-C', root, 'init', '-q'])
  const only = ['dockerfile/copy-source', 'dockerfile/run-program']
  const report = await preflight({root, offline: true, only, env: {}})
  expect(
    report.checks.flatMap(({findings}) => findings.map(({severity, message}) => `${severity} ${message}`)),
  ).toEqual([
    'warning yarn.lock is not in the build context, which is the folder where flyctl runs',
    'error npm run build calls bash, but neither node:22-alpine nor a step before brings it: the build stops with "bash: not found"',
  ])
})

it.each([
  ['package.json package-lock.json*', {'.gitignore': 'package-lock.json\n', 'package.json': ''}],
  ['web/package*.json', {'web/.gitignore': '/package-lock.json\n', 'web/package.json': ''}],
])('only warns of a lock file that git ignores: COPY %s', async (sources, more) => {
  const {files} = project(`${node}COPY ${sources} ./\nRUN npm ci\n`)
  const root = temporary({...files, ...more})
  execFileSync('git', ['-C', root, 'init', '-q'])
  const report = await preflight({root, offline: true, only: ['dockerfile/install-files'], env: {}})
  expect(
    report.checks.flatMap(({findings}) => findings.map(({severity, message}) => `${severity} ${message}`)),
  ).toEqual([
    'warning npm ci stops without package-lock.json or npm-shrinkwrap.json, which is not in /app by then: git ignores it, so that only who has one of their own can build this',
  ])
})

it('says nothing of a submodule that is not fetched', async () => {
  const {files} = project('FROM golang:1.23\nWORKDIR /app\nCOPY proxy .\nRUN go mod download\n')
  const run = async (list: string) => {
    const root = temporary({...files, '.gitmodules': list})
    mkdirSync(join(root, 'proxy'))
    const report = await preflight({root, offline: true, only: ['dockerfile/install-files'], env: {}})
    return report.checks.flatMap(({findings}) => findings.map(({message}) => message))
  }
  expect(await run('[submodule "proxy"]\n\tpath = proxy\n\turl = https://example.com/proxy.git\n')).toEqual([])
  expect(await run('[submodule "other"]\n\tpath = other\n')).toEqual([
    'go mod download stops without go.mod or go.work, which is not in /app by then',
  ])
})
