import gitProgram from '../../../checks/image/git-program.ts'
import {testCheck} from '../../harness.ts'

const project = (Dockerfile: string, requirements = 'GitPython==3.1.44\n') => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile, 'requirements.txt': requirements},
})
const install = 'COPY requirements.txt .\nRUN pip install -r requirements.txt\n'
const clone = 'git+https://github.com/example/tool.git@v1\n'
const noGit = 'GitPython needs the program git when it is imported, and the final stage (python:3.12-slim) has none'
const cannotClone = 'pip clones a git+ requirement here, and the stage has no git'

/** A project of pyproject.toml, and what installs it. */
const pyproject = (
  run: string,
  wanted = '"tool"',
  sources = 'tool = { git = "https://github.com/example/tool" }\n',
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n${run}\nCMD ["python", "main.py"]\n`,
    'pyproject.toml': `[project]\nname = "shop"\nversion = "0.1.0"\ndependencies = [${wanted}]\n[tool.uv.sources]\n${sources}`,
    'main.py': '',
  },
})
const nothing = 'no package that runs git is seen to be installed'
const ofUv = 'COPY --from=ghcr.io/astral-sh/uv:0.8 /uv /bin/\nRUN uv sync --frozen'

const ruby = (dockerfile: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `${dockerfile}COPY Gemfile Gemfile.lock ./\nRUN bundle install\n`,
    Gemfile: 'gem "seo", github: "a/seo"\n',
    'Gemfile.lock':
      'GIT\n  remote: https://github.com/a/seo.git\n  revision: 1\n  specs:\n    seo (1.0)\n\nGEM\n  specs:\n    rack (3.0)\n\nDEPENDENCIES\n  seo!\n',
    ...more,
  },
})
const slimRuby = 'FROM ruby:3.3-slim\nRUN apt-get update -qq && apt-get install -y build-essential libpq-dev'
const cannotCloneGem = 'bundle install clones the gem seo here, and the stage has no git'

const elixir = (dockerfile: string, options = '', more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `${dockerfile}COPY mix.exs mix.lock ./\nRUN mix deps.get --only prod\n`,
    'mix.exs': `defp deps do\n[\n  {:heroicons,\n   github: "tailwindlabs/heroicons",\n   app: false${options}}\n]\nend\n`,
    'mix.lock': '%{\n  "heroicons": {:git, "https://github.com/tailwindlabs/heroicons.git", "1", [tag: "v2"]},\n}\n',
    ...more,
  },
})
const debianElixir = 'FROM hexpm/elixir:1.18.4-erlang-27.3-debian-bookworm-20250610-slim\n'

const sha = '0123456789abcdef0123456789abcdef01234567'
const npmLock = (resolved: string) => ({
  'package-lock.json': JSON.stringify({lockfileVersion: 3, packages: {'node_modules/seo': {resolved}}}),
})
const node = (install: string, spec: string, more: Record<string, string> = {}, base = 'FROM node:22-slim\n') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `${base}WORKDIR /app\nCOPY . .\nRUN ${install}\n`,
    'package.json': JSON.stringify({dependencies: {seo: spec}}),
    ...more,
  },
})
const yarnLock = (resolved: string) => ({
  'yarn.lock': `# yarn lockfile v1\n\n\n"seo@git+https://github.com/a/seo.git":\n  version "1.0.0"\n  resolved "${resolved}#${sha}"\n`,
})
const pnpmLock = (resolution: string) => ({
  'pnpm-lock.yaml': `lockfileVersion: '9.0'\n\npackages:\n\n  seo@git+https://git.example.com/a/seo.git#${sha}:\n    resolution: {${resolution}}\n    version: 1.0.0\n`,
})

testCheck(gitProgram, {
  clean: {
    'git for uv': pyproject(`RUN apt-get update && apt-get install -y git\n${ofUv}`),
    'a commit on GitHub, which npm fetches as an archive': node(
      'npm ci',
      'github:a/seo',
      npmLock(`git+ssh://git@github.com/a/seo.git#${sha}`),
    ),
    'the full image of Node.js': node('npm install', 'a/seo', {}, 'FROM node:22\n'),
    'what Yarn 1 fetches from the registry, and a folder of the project': node('npm install', 'a/seo', {
      ...yarnLock('https://x/a.tgz'),
      'package.json': JSON.stringify({dependencies: {seo: 'a/seo', ui: './ui'}}),
    }),
    'a member of the workspace, whose name comes before': node('npm install', 'a/seo', {
      'package.json': JSON.stringify({workspaces: ['web'], dependencies: {web: 'a/web', seo: 'a/seo'}}),
      'web/package.json': '{"name": "web"}',
      ...yarnLock('https://x/a.tgz'),
    }),
    'the lock file of Yarn, which npm reads': node(
      'npm install',
      'a/seo',
      yarnLock('https://codeload.github.com/a/seo/tar.gz/1'),
    ),
    'packages that another stage has installed': node(
      'npm install --omit=dev',
      'a/seo',
      {},
      'FROM node:22 AS deps\nRUN npm install\nFROM node:22-slim\nCOPY --from=deps /app/node_modules ./node_modules\n',
    ),
    'git of another image': node(
      'npm install',
      'a/seo',
      {},
      'FROM node:22-slim\nCOPY --from=example/git /usr/bin/git /usr/bin/git\n',
    ),
    'a package that is taken out before': node('npm pkg delete dependencies.seo && npm install', 'a/seo'),
    'what lies in the store': node(
      'pnpm install --offline',
      'a/seo',
      pnpmLock(`commit: ${sha}, repo: https://git.example.com/a/seo.git, type: git`),
    ),
    'git for npm': node('npm install', 'a/seo', {}, 'FROM node:22-alpine\nRUN apk add --no-cache git\n'),
    'a commit on GitHub for pnpm, whose lock is not there by then': {
      files: {
        ...node('', `github:a/seo#${sha}`, pnpmLock('tarball: https://codeload.github.com/a/seo/tar.gz/1')).files,
        Dockerfile:
          'FROM node:22-alpine\nWORKDIR /app\nRUN npm i -g pnpm\nCOPY package.json .\nRUN pnpm install\nCOPY . .\n',
      },
    },
    'an archive for Yarn and pnpm': node(
      'yarn install',
      'a/seo',
      yarnLock('https://codeload.github.com/a/seo/tar.gz/1'),
    ),
    'an archive for pnpm': node(
      'pnpm i',
      'github:a/seo',
      pnpmLock('tarball: https://codeload.github.com/a/seo/tar.gz/1'),
    ),
    'the lock of the workspace': {
      files: {
        'fly.toml': 'app = "shop"\n',
        'pnpm-workspace.yaml': 'packages:\n  - api\n',
        'api/package.json': '{"dependencies": {"seo": "github:a/seo"}}',
        ...pnpmLock('tarball: https://codeload.github.com/a/seo/tar.gz/1'),
        Dockerfile:
          'FROM node:22-alpine\nWORKDIR /app\nRUN npm i -g pnpm\nCOPY pnpm-*.yaml ./\nCOPY api/package.json api/\nWORKDIR /app/api\nRUN pnpm install\n',
      },
    },
    'one that is installed by its name': node('npm install -g pnpm', 'a/seo'),
    'git for mix': elixir(`${debianElixir}RUN apt-get update && apt-get install -y build-essential git\n`),
    'the full image of Elixir': elixir('FROM elixir:1.18\n'),
    'a dependency of one environment alone': elixir(debianElixir, ', only: :dev'),
    'dependencies that are packed': elixir(debianElixir, '', {'deps/heroicons/mix.exs': ''}),
    'git for the gems': ruby(`${slimRuby} git\n`),
    'a full image of Ruby': ruby('FROM ruby:3.3\n'),
    'a package that needs git itself': ruby(`${slimRuby} docker.io\n`),
    'gems of another image': ruby('FROM ruby:3.3-slim\nCOPY --from=gems /usr/local/bundle /usr/local/bundle\n'),
    'gems that are packed': ruby(`${slimRuby}\n`, {'vendor/cache/seo-1/seo.gemspec': ''}),
    'a script may have installed git': ruby('FROM ruby:3.3-slim\nCOPY s.sh .\nRUN ./s.sh\n'),
    'the full image has git': project(`FROM python:3.12\n${install}`),
    'git is installed': project(`FROM python:3.12-slim\nRUN apt-get update && apt-get install -y git\n${install}`),
    'a base image that is not known': project(`FROM registry.example.com/base\n${install}`),
    'a script may have installed it': project(`FROM python:3.12-slim\nCOPY s.sh .\nRUN ./s.sh\n${install}`),
    'a package that may bring it': project(`FROM python:3.12-slim\nRUN apt-get install -y devscripts\n${install}`),
    'it may do without': project(`FROM python:3.12-slim\nENV GIT_PYTHON_REFRESH=quiet\n${install}`),
    'cloned in a full stage': project(
      `FROM python:3.12 AS builder\nCOPY requirements.txt .\nRUN pip install --prefix=/install -r requirements.txt\nFROM python:3.12-slim\nCOPY --from=builder /install /usr/local\n`,
      clone,
    ),
    'git before the clone, gone afterwards': project(
      `FROM python:3.12-alpine\nRUN apk add --no-cache --virtual .build git\n${install}RUN apk del .build\n`,
      clone,
    ),
  },
  flagged: {
    'a source of uv': {
      ...pyproject(ofUv),
      expect: ['error Dockerfile:5:5 uv clones a git+ requirement here, and the stage has no git'],
    },
    'a dependency from git': {
      ...pyproject('RUN pip install .', `"tool @ ${clone.trim()}"`),
      expect: ['error Dockerfile:4:5 pip clones a git+ requirement here, and the stage has no git'],
    },
    'requirements of uv': {
      ...project(
        `FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.8 /uv /bin/\n${install.replace('RUN pip install', 'RUN uv pip install --system')}`,
        clone,
      ),
      expect: ['error Dockerfile:4:5 uv clones a git+ requirement here, and the stage has no git'],
    },
    'a package from GitHub, whose lock pnpm does not have by then': {
      files: {
        ...node('', 'github:a/seo', pnpmLock('tarball: https://codeload.github.com/a/seo/tar.gz/1')).files,
        Dockerfile:
          'FROM node:22-alpine\nWORKDIR /app\nRUN npm i -g pnpm\nCOPY package.json .\nRUN pnpm install\nCOPY . .\n',
      },
      expect: ['error Dockerfile:5:5 pnpm install asks git for seo here, and the stage has no git'],
    },
    'a package from GitHub without a lock': {
      ...node('npm install --omit=dev', 'github:a/seo'),
      expect: ['error Dockerfile:4:5 npm install --omit=dev asks git for seo here, and the stage has no git'],
    },
    'a package from elsewhere with one': {
      ...node(
        'npm ci',
        'git+https://git.example.com/a/seo.git',
        npmLock(`git+https://git.example.com/a/seo.git#${sha}`),
      ),
      expect: ['error Dockerfile:4:5 npm ci clones seo here, and the stage has no git'],
    },
    'what Yarn 1 and pnpm clone': {
      ...node(
        'yarn install --frozen-lockfile\nRUN pnpm install',
        'git+https://github.com/a/seo.git',
        {
          ...yarnLock('git+https://github.com/a/seo.git'),
          ...pnpmLock(`commit: ${sha}, repo: https://git.example.com/a/seo.git, type: git`),
        },
        'FROM node:22-alpine\n',
      ),
      expect: [
        'error Dockerfile:4:5 yarn install --frozen-lockfile clones seo here, and the stage has no git',
        'error Dockerfile:5:5 pnpm install clones seo here, and the stage has no git',
      ],
    },
    'a dependency that mix clones': {
      ...elixir(`${debianElixir}RUN apt-get update && apt-get install -y build-essential\n`),
      expect: ['error Dockerfile:4:5 mix deps.get clones heroicons here, and the stage has no git'],
    },
    'a dependency that mix clones on Alpine': {
      ...elixir('FROM elixir:1.18-alpine\nRUN apk add --no-cache build-base\n'),
      expect: ['error Dockerfile:4:5 mix deps.get clones heroicons here, and the stage has no git'],
    },
    'npm of Debian without what it recommends, and a version of Bundler': {
      files: {
        ...ruby('').files,
        Dockerfile:
          'FROM ruby:3.3-slim AS base\nARG BUNDLER=2.5.6\nFROM base\nRUN apt-get update && apt-get install --no-install-recommends -y npm\nCOPY Gemfile Gemfile.lock ./\nRUN bundle _${BUNDLER}_ install\n',
      },
      expect: [`error Dockerfile:6:5 ${cannotCloneGem}`],
    },
    'a gem that is cloned': {
      ...ruby(`${slimRuby}\n`),
      expect: [`error Dockerfile:4:5 ${cannotCloneGem}`],
    },
    'GitPython in a slim image': {
      ...project(
        `FROM python:3.12-slim\nRUN apt-get update && apt-get install -y build-essential libpq-dev\n${install}`,
      ),
      expect: [`warning Dockerfile:1:1 ${noGit}`],
    },
    'a requirement that is cloned': {
      ...project(`FROM python:3.12-slim\n${install}`, `fastapi\n${clone}`),
      expect: [`error Dockerfile:3:5 ${cannotClone}`],
    },
    'with a name before it': {
      ...project(`FROM python:3.12-alpine\n${install}`, `tool @ ${clone}`),
      expect: [`error Dockerfile:3:5 ${cannotClone}`],
    },
    'on the command line': {
      ...project(`FROM python:3.12-slim\nRUN pip install --no-cache-dir "tool @ ${clone.trim()}"\n`),
      expect: [`error Dockerfile:2:5 ${cannotClone}`],
    },
  },
  skipped: {
    'a source that no dependency has': {...pyproject(ofUv, '"httpx"'), reason: nothing},
    'a source for another system': {
      ...pyproject(
        ofUv,
        undefined,
        `tool = { git = "https://github.com/example/tool", marker = "sys_platform == 'win32'" }\n`,
      ),
      reason: nothing,
    },
    'pip, which knows no sources of uv': {...pyproject('RUN pip install .'), reason: nothing},
    'Poetry, which clones by itself': {
      ...pyproject('RUN pip install poetry && poetry install', `"tool @ ${clone.trim()}"`),
      reason: nothing,
    },
    'another package in its place': {
      files: {
        ...node('', 'github:a/seo').files,
        'package.json': '{"dependencies": {"seo": "github:a/seo"}, "pnpm": {"overrides": {"seo": "1.0.0"}}}',
        Dockerfile: 'FROM node:22-alpine\nWORKDIR /app\nRUN npm i -g pnpm\nCOPY package.json .\nRUN pnpm install\n',
      },
      reason: 'no package that runs git is seen to be installed',
    },
    'a clone that may fail': {
      ...project(`FROM python:3.12-slim\nRUN pip install ${clone.trim()} || true\n`),
      reason: 'no package that runs git is seen to be installed',
    },
    'a clone for another system': {
      ...project(
        `FROM python:3.12-slim\n${install}`,
        'tool @ git+https://github.com/example/tool.git ; sys_platform == "win32"\n',
      ),
      reason: 'no package that runs git is seen to be installed',
    },
    'no such package': {
      ...project(`FROM python:3.12-slim\n${install}`, 'fastapi\n'),
      reason: 'no package that runs git is seen to be installed',
    },
  },
})
