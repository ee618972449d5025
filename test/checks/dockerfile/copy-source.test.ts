import {execFileSync} from 'node:child_process'
import {expect, it} from 'vitest'
import copySource from '../../../checks/dockerfile/copy-source.ts'
import {preflight} from '../../../src/preflight.ts'
import {temporary} from '../../cli.ts'
import {checkOne, testCheck} from '../../harness.ts'

const project = (dockerfile: string, files: Record<string, string> = {}) => ({
  files: {'fly.toml': 'app = "shop"', Dockerfile: dockerfile, ...files},
})

/** Builds by other/Dockerfile under one tag, and deploys another or the same. */
const imageWorkflow = (tag: string) => `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: docker/build-push-action@v6
        with:
          context: .
          file: other/Dockerfile
          push: true
          tags: registry.fly.io/shop:\${{ github.sha }}
      - run: flyctl deploy --image registry.fly.io/shop:${tag}
`

const imageProject = (tag: string, dockerfile: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    'other/Dockerfile': dockerfile,
    'package.json': '{}',
    '.github/workflows/deploy.yml': imageWorkflow(tag),
  },
})

/** A stage that was to get the settings of the project with all the rest, and hands them on. */
const settings = (more: Record<string, string>, run = 'cargo build --release') => ({
  files: {
    'fly.toml': 'app = "shop"',
    Dockerfile: `FROM rust:1.89 AS build\nWORKDIR /src\nCOPY . .\nRUN ${run}\nFROM debian:12-slim\nCOPY --from=build /src/config /app/config\n`,
    'Cargo.toml': '[package]\nname = "shop"\nversion = "0.1.0"\n',
    'src/main.rs': 'fn main() {}\n',
    'config/production.yaml': 'port: 8080\n',
    ...more,
  },
})

testCheck(copySource, {
  clean: {
    'a folder that the image of Go names': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM golang:1.24.0 AS builder\nWORKDIR $GOPATH/src/shop\nCOPY . .\nRUN go build -o shop ./cmd/shop\nFROM ubuntu:24.04\nCOPY --from=builder /go/src/shop/shop /app/shop\nCMD ["/app/shop"]\n',
        'go.mod': 'module example.com/shop\n\ngo 1.24\n',
        'cmd/shop/main.go': 'package main\n\nfunc main() {}\n',
      },
    },
    'files that go into a folder of the system': project(
      'FROM alpine:3.22\nCOPY a.txt /tmp\nCOPY b.txt /tmp/b.txt\nCMD ["cat", "/tmp/a.txt"]\n',
      {'a.txt': '', 'b.txt': ''},
    ),
    'settings that come with the rest': settings({'.dockerignore': 'target\n'}),
    'a folder that is left out, and generated': settings({'.dockerignore': 'config\n'}, 'make generate && cargo build'),
    'a folder that is left out, and made by its name': settings(
      {'.dockerignore': 'config\n'},
      'mkdir config && cargo build',
    ),
    'an environment that uv makes': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM ghcr.io/astral-sh/uv:python3.12-bookworm-slim AS build\nWORKDIR /app\nCOPY apps/api/pyproject.toml apps/api/uv.lock ./\nRUN uv sync --frozen --no-install-project\nCOPY apps/api/ .\nRUN uv sync --frozen\nFROM python:3.12-slim\nWORKDIR /app\nCOPY --from=build /app/.venv /app/.venv\nCOPY --from=build /app/app /app/app\n',
        'apps/api/pyproject.toml': '[project]\nname = "api"\nversion = "1"\n',
        'apps/api/uv.lock': '',
        'apps/api/app/main.py': '',
      },
    },
    'what looks like the shell is a name of its own': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM node:22\nCOPY ["a|b.txt", "#1.txt", "./"]\nCOPY #1.txt a&b.txt /c#/\n',
        'a|b.txt': '',
        'a&b.txt': '',
        '#1.txt': '',
      },
    },
    'a folder at the top that a variable names': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22 AS build\nENV OUT=/site\nWORKDIR /app\nCOPY . .\nRUN npx vite build --outDir "$OUT"\nFROM nginx:alpine\nCOPY --from=build /site /usr/share/nginx/html\n',
      },
    },
    'a folder at the top that a script may make': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN ./build.sh\nFROM nginx:alpine\nCOPY --from=build /site /usr/share/nginx/html\n',
        'build.sh': 'mkdir /site\n',
      },
    },
    'what Go installs': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM golang:1.25 AS build\nWORKDIR /src\nRUN go install example.com/tool@latest\nFROM debian:12\nCOPY --from=build /go/bin/tool /usr/local/bin/\n',
      },
    },
    'what is copied to the top': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM python:3.13 AS build\nWORKDIR /src\nCOPY . .\nRUN cp -r site /\nFROM nginx:alpine\nCOPY --from=build /site /usr/share/nginx/html\n',
        'site/index.html': '',
      },
    },
    'a build that may write beside its folder': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22 AS build\nWORKDIR /web\nCOPY web .\nRUN npm run build\nFROM nginx:alpine\nCOPY --from=build /dist /usr/share/nginx/html\n',
        'web/package.json': '{"scripts": {"build": "vite build"}}',
        'web/vite.config.js': "export default {build: {outDir: '../dist'}}\n",
      },
    },
    'a folder at the top that settings name': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM python:3.13 AS build\nWORKDIR /docs\nCOPY . .\nRUN pip install mkdocs\nRUN mkdocs build\nFROM nginx:alpine\nCOPY --from=build /site /usr/share/nginx/html\n',
        'mkdocs.yml': 'site_name: shop\nsite_dir: ../site\n',
      },
    },
    'a folder at the top that a script of a package names': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22 AS build\nWORKDIR /usr/src/app\nCOPY . .\nRUN npm ci && npm run build\nFROM nginx:alpine\nCOPY --from=build /out /usr/share/nginx/html\n',
        'package.json': '{"scripts": {"build": "vite build --outDir /out"}}',
        'package-lock.json': '{}',
      },
    },
    'folders at the top that braces name, or a task may make': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM golang:1.25 AS build\nSHELL ["/bin/bash", "-c"]\nWORKDIR /src\nRUN mkdir -p /{one,two}\nFROM golang:1.25 AS other\nWORKDIR /src\nCOPY . .\nRUN mage build\nFROM debian:12\nCOPY --from=build /one /one\nCOPY --from=other /three /three\n',
        'magefile.go': 'package main\n',
      },
    },
    'a name that a deploy hands over': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM node:22\nARG APP=web\nENV FOLDER=apps/$APP\nCOPY $FOLDER/index.js ./\n',
        'apps/api/index.js': '',
        'deploy.sh': '#!/bin/sh\nflyctl deploy --build-arg APP=$1\n',
      },
    },
    'a folder at the top that is made there': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22 AS build\nRUN npx create-next-app site\nFROM node:22-slim\nCOPY --from=build /site /app\n',
      },
    },
    'bind mounts of what is there, of another stage and of a variable': project(
      'ARG X\nFROM debian AS a\nFROM debian\nRUN --mount=type=bind,source=a.txt,target=/a --mount=type=bind,from=a,source=/b,target=/b --mount=target=/c,source=$X --mount=type=cache,target=/d true\n',
      {'a.txt': ''},
    ),
    'what a step copies into the image that the deploy names': imageProject(
      '${{ github.sha }}',
      'FROM node:22\nCOPY package.json ./\n',
    ),
    'in the one of another app, whose workflow names none, beside one that names both': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM debian\nCOPY missing.txt /srv/\n',
        'docs/fly.toml': 'app = "shop-docs"\n',
        'docs/Dockerfile': 'FROM debian\nCOPY docs/index.html /srv/\n',
        'docs/index.html': '',
        '.github/workflows/app.yml': 'steps:\n  - run: flyctl deploy --remote-only\n',
        '.github/workflows/docs.yml':
          'steps:\n  - run: flyctl deploy --config=docs/fly.toml --dockerfile=docs/Dockerfile --app=shop-docs\n',
      },
      options: {config: 'docs/fly.toml'},
    },
    'what is there': project('FROM debian\nCOPY src/ /app/\nCOPY a.txt b.txt ./\n', {
      'src/x.py': '',
      'a.txt': '',
      'b.txt': '',
    }),
    'a pattern that matches nothing is no error': project('FROM debian\nCOPY yarn.lock* ./\n'),
    'a path that begins with / or ../ stays in the context': project('FROM debian\nCOPY /a.txt ../a.txt /x/\n', {
      'a.txt': '',
    }),
    'from a stage whose RUN may have made it': project(
      'FROM debian AS a\nRUN make\nFROM debian\nCOPY --from=a /out/app /app\n',
    ),
    'a program of Go by the name of its package': project(
      'FROM golang:1.25 AS b\nWORKDIR /src\nCOPY . .\nRUN go build ./cmd/web\nFROM debian\nCOPY --from=b /src/web /app\n',
      {'go.mod': 'module example.com/acme\n', 'cmd/web/main.go': 'package main\n'},
    ),
    'a folder of programs of Go': project(
      'FROM golang:1.25 AS b\nWORKDIR /src\nCOPY . .\nRUN go build -o bin/ ./...\nFROM debian\nCOPY --from=b /src/bin/web /app\n',
      {'go.mod': 'module example.com/acme\n', 'cmd/web/main.go': 'package main\n'},
    ),
    'a source that may be generated': project(
      'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npx prisma generate\nFROM node:22\nCOPY --from=build /app/src/db/client.ts /app/db/\n',
      {'src/main.ts': '', 'package.json': '{}'},
    ),
    'a script that is in one of two folders': project(
      'FROM node:22 AS build\nWORKDIR /app\nADD run .\nADD . .\nRUN npm run build\nFROM node:22\nCOPY --from=build /app/start.sh /app/\n',
      {'run/start.sh': '', 'app/root.tsx': '', 'package.json': '{"scripts": {"build": "remix build"}}'},
    ),
    'a folder below another that Go generates': project(
      'FROM golang:1.25 AS b\nWORKDIR /src\nCOPY . .\nRUN go generate ./... && go build -o app\nFROM debian\nCOPY --from=b /src/site/dist /app/\n',
      {'go.mod': 'module example.com/acme\n', 'main.go': 'package main\n'},
    ),
    'a program of Go that make may have made': project(
      'FROM golang:1.25 AS b\nWORKDIR /src\nCOPY . .\nRUN make\nRUN go build ./cmd/web\nFROM debian\nCOPY --from=b /src/app /app\n',
      {'go.mod': 'module example.com/acme\n', 'cmd/web/main.go': 'package main\n'},
    ),
    'a program of Go by the name that it is given': project(
      'FROM golang:1.25 AS b\nWORKDIR /src\nCOPY . .\nRUN go build -o app ./cmd/web\nFROM debian\nCOPY --from=b /src/app /app\n',
      {'go.mod': 'module example.com/acme\n', 'cmd/web/main.go': 'package main\n'},
    ),
    'public of an app of Next.js, into which another tool writes': project(
      'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:22\nCOPY --from=build /app/public /app/public\n',
      {'package.json': '{"scripts": {"build": "next build", "postbuild": "next-sitemap"}}'},
    ),
    'a pattern of a file that is not there, from a stage': project(
      'FROM node:22 AS a\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:22\nCOPY --from=a /app/pnpm-lock.yaml* /app/\n',
      {'package.json': '{"scripts": {"build": "remix build"}}'},
    ),
    'types and native code, which a compiler writes beside the sources': project(
      'FROM rust:1 AS a\nWORKDIR /app\nCOPY . .\nRUN napi build --release\nFROM node:22\nCOPY --from=a /app/engine/index.d.ts /app/engine/engine.linux-x64-gnu.node /app/\n',
      {'engine/Cargo.toml': ''},
    ),
    'a folder that a setting names': project(
      'FROM node:22 AS a\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:22\nCOPY --from=a /app/web/content /app/\n',
      {
        'web/page.js': '',
        'web/app.config.ts': "export default {out: './content'}\n",
        'package.json': '{"scripts": {"build": "remix build"}}',
      },
    ),
    'public, where other tools than next write': project(
      'FROM node:22 AS a\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:22\nCOPY --from=a /app/public /app/\n',
      {
        'package.json': '{"scripts": {"build": "gatsby build"}}',
      },
    ),
    'public of next, where a plugin writes': project(
      'FROM node:22 AS a\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:22\nCOPY --from=a /app/public /app/\n',
      {
        'package.json': '{"scripts": {"build": "next build"}}',
        'next.config.mjs': "export default withPWA({dest: 'public'})\n",
      },
    ),
    'among sources that are compiled there': project(
      'FROM node:22 AS a\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:22\nCOPY --from=a /app/server/start.js /app/\n',
      {'server/start.ts': '', 'server/a.js': '', 'package.json': '{"scripts": {"build": "tsc"}}'},
    ),
    'among sources, where a script of package.json writes it': project(
      'FROM node:22 AS a\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:22\nCOPY --from=a /app/server/start.js /app/\n',
      {'server/a.js': '', 'package.json': '{"scripts": {"build": "esbuild a.js --outdir=server"}}'},
    ),
    'what a heredoc writes': project('FROM debian\nCOPY <<EOF /x\nhi\nEOF\n'),
    'in a stage that is not built': project('FROM debian AS a\nCOPY nope /x\nFROM debian\n'),
    'an ARG that fills the path in': project('FROM debian\nARG NAME=a\nCOPY ${NAME}.txt ./\n', {'a.txt': ''}),
    'a page that another program than go may make': project(
      'FROM golang:1.25 AS b\nWORKDIR /src\nCOPY . .\nRUN go run ./cmd/pages && go build -o main ./cmd/web\nFROM debian\nCOPY --from=b /src/new.html /app/\n',
      {'go.mod': 'module shop\n', 'cmd/web/main.go': 'package main\n', 'old.html': ''},
    ),
    'what .dockerignore takes back': project('FROM debian\nCOPY src/lib ./\n', {
      'src/lib/a': '',
      '.dockerignore': '*\n!src/lib\n',
    }),
  },
  flagged: {
    'words of the shell, from another stage': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22 AS build\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nFROM node:22\nCOPY --from=build /app/node_modules ./node_modules 2>/dev/null || true\n',
        'package.json': '{}',
      },
      expect: [
        'error Dockerfile:6:1 COPY takes 2>/dev/null for a file to copy, which is not there: only a RUN has a shell',
      ],
    },
    'words of the shell, from the context': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM node:22\nCOPY package.json yarn.lock ./ || true\n',
        'package.json': '{}',
        'yarn.lock': '',
      },
      expect: ['error Dockerfile:2:1 COPY takes || for a file to copy, which is not there: only a RUN has a shell'],
    },
    'a comment behind the files': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM node:22\nCOPY package.json ./ # for npm\n',
        'package.json': '{}',
      },
      expect: ['error Dockerfile:2:1 COPY takes # for a file to copy, which is not there: only a RUN has a shell'],
    },
    'a folder at the top that the stage does not have': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22 AS build\nWORKDIR /usr/src/app\nCOPY . .\nRUN npm ci && npm run build\nFROM nginx:alpine\nCOPY --from=build /app/dist /usr/share/nginx/html\n',
        'package.json': '{"scripts": {"build": "vite build"}}',
        'package-lock.json': '{}',
      },
      expect: ['warning Dockerfile:6:1 the stage build has no /app/dist'],
    },
    'a source at the top of a stage that has the whole project': {
      ...project(
        'FROM oven/bun:1 AS all\nWORKDIR /app\nCOPY . .\nRUN bun run check\nFROM oven/bun:1\nCOPY --from=all /app/index.ts /app/package.json ./\n',
        {'package.json': '{"scripts": {"check": "true"}}', 'src/index.ts': ''},
      ),
      expect: [
        'warning Dockerfile:6:1 the stage all has no /app/index.ts: the project has no index.ts, and no RUN is seen to make it',
      ],
    },
    'in the Dockerfile that every deploy names, beside one for other uses': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM debian\n',
        'Dockerfile.fly': 'FROM debian\nCOPY missing.txt /srv/\n',
        '.github/workflows/deploy.yml': 'run: flyctl deploy --remote-only --dockerfile Dockerfile.fly\n',
      },
      expect: [
        'error Dockerfile.fly:2:1 missing.txt is not in the build context, which is the folder where flyctl runs',
      ],
    },
    'in the one by which a step builds the image that the deploy names': {
      ...imageProject('${{ github.sha }}', 'FROM node:22\nCOPY package.json missing.txt ./\n'),
      expect: [
        'error other/Dockerfile:2:1 missing.txt is not in the build context, which is the folder where flyctl runs',
      ],
    },
    'in the one that the workflow moves to where every deploy names it': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM debian\n',
        'other/Dockerfile': 'FROM debian\nCOPY missing.txt /srv/\n',
        '.github/workflows/deploy.yml':
          'run: |\n  mv other/Dockerfile Dockerfile.fly\n  flyctl deploy --dockerfile Dockerfile.fly\n',
      },
      expect: [
        'error other/Dockerfile:2:1 missing.txt is not in the build context, which is the folder where flyctl runs',
      ],
    },
    'in the default one, where another app is deployed from another': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM debian\nCOPY missing.txt /srv/\n',
        'Dockerfile.preview': 'FROM debian\n',
        '.github/workflows/deploy.yml': 'run: flyctl deploy -a shop-preview --dockerfile Dockerfile.preview\n',
      },
      expect: ['warning Dockerfile:2:1 missing.txt is not in the build context, which is the folder where flyctl runs'],
    },
    'a bind mount takes what is not there': {
      ...project(
        'FROM debian\nRUN --mount=type=bind,source=a.txt,target=/a.txt \\\n    --mount=type=bind,source=gone.txt,target=/b.txt cat /a.txt\n',
        {'a.txt': ''},
      ),
      expect: ['error Dockerfile:3:5 gone.txt is not in the build context, which is the folder where flyctl runs'],
    },
    'all of it is further up: one cause, told once': {
      files: {
        'fly.toml': 'app = "api"\n',
        Dockerfile: 'FROM node:22\nCOPY package.json pnpm-lock.yaml ./\nCOPY packages packages\nCOPY gone.txt .\n',
        '../.git/HEAD': '',
        '../package.json': '{}',
        '../pnpm-lock.yaml': '',
        '../packages/ui/package.json': '{}',
      },
      expect: [
        'error Dockerfile:2:1 package.json and 1 other source are not in this folder, but in ..: a deploy from here fails',
        'error Dockerfile:4:1 gone.txt is not in the build context, which is the folder where flyctl runs',
      ],
    },
    'beside the Dockerfile: one cause, told once': {
      files: {
        'api/fly.toml': 'app = "api"\n[build]\n  dockerfile = "Dockerfile"\n',
        'api/Dockerfile': 'FROM python:3.12\nCOPY pyproject.toml .\nCOPY src src\n',
        'api/pyproject.toml': '',
        'api/src/main.py': '',
      },
      options: {config: 'api/fly.toml'},
      expect: [
        'error api/Dockerfile:2:1 pyproject.toml and 1 other source are not in this folder, but in api: a deploy from here fails',
      ],
    },
    'further up, and a script of this folder starts it': {
      files: {
        'fly.toml': 'app = "api"\n',
        Dockerfile: 'FROM python:3.12\nCOPY scripts/sync.py scripts/\nCOPY project/entrypoint.sh .\n',
        'entrypoint.sh': '#!/bin/sh\npython scripts/sync.py\n',
        '../.git/HEAD': '',
        '../scripts/sync.py': '',
        '../.github/workflows/ci.yml':
          'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n',
      },
      expect: [
        'error Dockerfile:2:1 scripts/sync.py and 1 other source are not in this folder, but in ..: a deploy from here fails',
      ],
    },
    'further up, where the workflow runs flyctl': {
      files: {
        'fly.toml': 'app = "api"\n',
        Dockerfile: 'FROM node:22\nCOPY package.json .\n',
        '../.git/HEAD': '',
        '../package.json': '{}',
        '../.github/workflows/deploy.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: flyctl deploy -c project/fly.toml --dockerfile project/Dockerfile\n',
      },
      expect: [
        'warning Dockerfile:2:1 package.json is not in this folder, but in .., where ../.github/workflows/deploy.yml runs flyctl: a deploy from here fails',
      ],
    },
    'it is made where the workflow runs flyctl, and not here': {
      files: {
        'fly.toml': 'app = "docs"\n',
        Dockerfile: 'FROM nginx\nCOPY docs/build/html /usr/share/nginx/html\n',
        '../.git/HEAD': '',
        '../.github/workflows/deploy.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: make html\n      - run: flyctl deploy -c project/fly.toml --dockerfile project/Dockerfile\n',
      },
      expect: [
        'warning Dockerfile:2:1 docs/build/html is not in the build context, which is the folder where flyctl runs',
      ],
    },
    'all of another project: one cause, told once': {
      files: {
        'fly.toml': 'app = "api"\n',
        Dockerfile: 'FROM elixir:1.18\nCOPY mix.exs mix.lock ./\nCOPY priv priv\nCOPY lib lib\n',
        'Cargo.toml': '',
      },
      expect: [
        'error Dockerfile:2:1 mix.exs and 2 other sources are not in the build context, which is the folder where flyctl runs',
      ],
    },
    'a script further up lays it here': {
      files: {
        'fly.toml': 'app = "api"\n',
        Dockerfile: 'FROM debian\nCOPY config.graphql .\n',
        '../.git/HEAD': '',
        '../entrypoint.sh': '#!/bin/sh\ncp "$CONFIG" /project/config.graphql\ncd /project && flyctl deploy\n',
      },
      expect: [
        'warning Dockerfile:2:1 config.graphql is not in the build context, which is the folder where flyctl runs',
      ],
    },
    'a script further up lays it in another folder': {
      files: {
        'fly.toml': 'app = "api"\n',
        Dockerfile: 'FROM debian\nCOPY config.graphql .\n',
        '../.git/HEAD': '',
        '../scripts/aws.sh': '#!/bin/sh\ncp "$CONFIG" aws/config.graphql\n',
      },
      expect: [
        'error Dockerfile:2:1 config.graphql is not in the build context, which is the folder where flyctl runs',
      ],
    },
    'it is where the workflow runs flyctl, and not here': {
      files: {
        'web/fly.toml': 'app = "web"\n[build]\n  dockerfile = "Dockerfile"\n',
        'web/Dockerfile': 'FROM node:22\nCOPY package.json .\n',
        'web/package.json': '{}',
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: cd web && flyctl deploy\n',
      },
      options: {config: 'web/fly.toml'},
      expect: [
        'warning web/Dockerfile:2:1 package.json is not in this folder, but in web, where .github/workflows/deploy.yml runs flyctl: a deploy from here fails',
      ],
    },
    'one workflow runs flyctl where it is, and another one here': {
      files: {
        'web/fly.toml': 'app = "web"\n[build]\n  dockerfile = "Dockerfile"\n',
        'web/Dockerfile': 'FROM node:22\nCOPY package.json .\n',
        'web/package.json': '{}',
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: cd web && flyctl deploy\n',
        '.github/workflows/nightly.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: flyctl deploy -c web/fly.toml\n',
      },
      options: {config: 'web/fly.toml'},
      expect: [
        'error web/Dockerfile:2:1 package.json is not in the build context, which is the folder where flyctl runs',
      ],
    },
    'a folder of sources that the repository no longer has': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM maven:3 AS build\nCOPY app /app\nRUN mvn -f /app/pom.xml package && cp /app/target/a.jar /app/\nFROM eclipse-temurin:21\nCOPY --from=build /app/src/main/config /config/\nCOPY --from=build /app/target/a.jar /app/\n',
        'app/src/main/java/A.java': '',
      },
      expect: ['warning Dockerfile:5:1 the stage build has no /app/src/main/config'],
    },
    'a program of Go, which is named after the module': {
      ...project(
        'FROM golang:1.25 AS b\nWORKDIR /src\nCOPY . .\nRUN go mod download && go build .\nFROM debian\nCOPY --from=b /src/server /server\n',
        {'go.mod': 'module example.com/acme/shop/v2\n', 'main.go': 'package main\n'},
      ),
      expect: [
        'error Dockerfile:6:1 the stage b has no /src/server: go build names the program /src/shop, after the module example.com/acme/shop/v2',
      ],
    },
    'a program of Go, where another program may make it as well': {
      ...project(
        'FROM golang:1.25 AS b\nWORKDIR /src\nCOPY . .\nRUN npm run build\nRUN go build ./cmd/web\nFROM debian\nCOPY --from=b /src/app /app\n',
        {'go.mod': 'module example.com/acme\n', 'cmd/web/main.go': 'package main\n'},
      ),
      expect: [
        'warning Dockerfile:7:1 the stage b has no /src/app: go build names the program /src/web, after the package ./cmd/web',
      ],
    },
    'no more than once, where the folder is not the right one': {
      ...project(
        'FROM node:22 AS build\nWORKDIR /app\nCOPY package.json ./\nCOPY web web\nRUN npm run build\nFROM node:22\nCOPY --from=build /app/web /app/web\n',
        {'package.json': '{"scripts": {"build": "remix build"}}'},
      ),
      expect: ['error Dockerfile:4:1 web is not in the build context, which is the folder where flyctl runs'],
    },
    'a folder that the repository no longer has, from a stage': {
      ...project(
        'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:22\nCOPY --from=build /app/web/content /app/content\n',
        {'web/page.js': '', 'package.json': '{"scripts": {"build": "remix build"}}'},
      ),
      expect: [
        'warning Dockerfile:6:1 the stage build has no /app/web/content: the project has no web/content, and no RUN is seen to make it',
      ],
    },
    'public of an app of Next.js that has none': {
      ...project(
        'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:22\nCOPY --from=build /app/public /app/public\n',
        {'package.json': '{"scripts": {"build": "next build"}}'},
      ),
      expect: [
        'warning Dockerfile:6:1 the stage build has no /app/public: the project has no public, and no RUN is seen to make it',
      ],
    },
    'public of an app of Next.js, and a folder made beside it too late': {
      ...project(
        'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:22\nWORKDIR /app\nRUN mkdir .next && touch .next/x && make-pages\nCOPY --from=build /app/public /app/public\n',
        {'package.json': '{"scripts": {"build": "next build"}}'},
      ),
      expect: [
        'warning Dockerfile:8:1 the stage build has no /app/public: the project has no public, and no RUN is seen to make it',
      ],
    },
    'a page beside go.mod, of which go build makes none': {
      ...project(
        'FROM golang:1.25 AS b\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o main ./cmd/web\nFROM debian\nCOPY --from=b /src/new.html /app/\n',
        {'go.mod': 'module shop\n', 'cmd/web/main.go': 'package main\n', 'old.html': ''},
      ),
      expect: [
        'warning Dockerfile:6:1 the stage b has no /src/new.html: the project has no new.html, and no RUN is seen to make it',
      ],
    },
    'folders of pages that the project has no longer': {
      ...project(
        'FROM golang:1.25-alpine AS b\nWORKDIR /src\nCOPY go.mod ./\nRUN go mod download\nCOPY . .\nRUN CGO_ENABLED=0 go build -o main ./cmd/app\nFROM alpine:3.22\nCOPY --from=b /src/web/dist /app/web/dist\nCOPY --from=b /src/web/pages /app/web/pages\n',
        {'go.mod': 'module shop\n', 'cmd/app/main.go': 'package main\n'},
      ),
      expect: [
        'warning Dockerfile:8:1 the stage b has no /src/web/dist: the project has no web/dist, and no RUN is seen to make it',
        'warning Dockerfile:9:1 the stage b has no /src/web/pages: the project has no web/pages, and no RUN is seen to make it',
      ],
    },
    'settings of a computer, which git has none of': {
      ...project(
        'FROM rust:1 AS b\nRUN wget https://example.com/tool.tgz\nRUN tar -xf tool.tgz\nRUN cp tool /usr/local/bin\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nFROM debian\nCOPY --from=b /src/.env /app/\n',
        {'Cargo.toml': '[package]\nname = "shop"\nversion = "1.0.0"\n', 'src/main.rs': ''},
      ),
      expect: [
        'warning Dockerfile:9:1 the stage b has no /src/.env: the project has no .env, and no RUN is seen to make it',
      ],
    },
    'a file that the repository no longer has, from a stage': {
      ...project(
        'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:22\nCOPY --from=build /app/other/start.js /app/other/\n',
        {'other/run.js': '', 'package.json': '{"scripts": {"build": "remix build"}}'},
      ),
      expect: [
        'warning Dockerfile:6:1 the stage build has no /app/other/start.js: the project has no other/start.js, and no RUN is seen to make it',
      ],
    },
    'a source whose folder is gone, too': {
      ...project(
        'FROM node:22 AS build\nWORKDIR /app\nCOPY package.json ./\nCOPY api api\nRUN cd api && npx nest build\nFROM node:22\nCOPY --from=build /app/api/src/config/data-source.ts /app/config/\n',
        {'api/src/main.ts': '', 'package.json': '{}'},
      ),
      expect: [
        'warning Dockerfile:7:1 the stage build has no /app/api/src/config/data-source.ts: the project has no api/src/config/data-source.ts, and no RUN is seen to make it',
      ],
    },
    'a script that is gone from a folder that two folders fill': {
      ...project(
        'FROM node:22 AS build\nWORKDIR /app\nADD prisma .\nRUN npx prisma generate\nADD . .\nRUN npm run build\nFROM node:22\nCOPY --from=build /app/start.sh /app/\n',
        {'prisma/schema.prisma': '', 'app/root.tsx': '', 'package.json': '{"scripts": {"build": "remix build"}}'},
      ),
      expect: [
        'warning Dockerfile:8:1 the stage build has no /app/start.sh: the project has no start.sh, and no RUN is seen to make it',
      ],
    },
    'a file that is not there': {
      ...project('FROM debian\nCOPY package.json package-lock.json ./\n', {'package.json': ''}),
      expect: [
        'error Dockerfile:2:1 package-lock.json is not in the build context, which is the folder where flyctl runs',
      ],
    },
    'one beside the Dockerfile, which is not where Docker looks': {
      files: {
        'fly.toml': 'app = "shop"\n[build]\ndockerfile = "deploy/Dockerfile"\n',
        'deploy/Dockerfile': 'FROM debian\nCOPY start.sh /\n',
        'deploy/start.sh': '',
      },
      expect: [
        'error deploy/Dockerfile:2:1 start.sh is not in the build context, which is the folder where flyctl runs',
      ],
    },
    'one that the ignore file leaves out, which the workflow moves to its place': {
      files: {
        'fly.toml': 'app = "shop"',
        'other/Dockerfile': 'FROM debian\nCOPY dist ./\n',
        'other/.dockerignore': 'dist\n',
        'dist/app.js': '',
        '.github/workflows/cd.yml':
          'run: |\n  mv other/Dockerfile Dockerfile\n  mv other/.dockerignore .dockerignore\n  flyctl deploy\n',
      },
      expect: ['error other/Dockerfile:2:1 dist is left out of the build by other/.dockerignore'],
    },
    'one of another stage, which .dockerignore keeps away from that': {
      ...settings({'.dockerignore': 'target\nconfig\n'}),
      expect: [
        'warning Dockerfile:6:1 the stage build has no /src/config: config is left out of the build by .dockerignore, and no RUN is seen to make it',
      ],
    },
    'one that a step makes, and that another takes .dockerignore away for': {
      files: {
        'fly.toml': 'app = "shop"',
        Dockerfile: 'FROM debian\nCOPY target/shop ./\n',
        '.dockerignore': '/target/\n',
        '.github/workflows/cd.yml': 'run: |\n  cargo build -o target/shop\n  rm -f .dockerignore\n  flyctl deploy\n',
      },
      expect: ['warning Dockerfile:2:1 target/shop is not in the build context, which is the folder where flyctl runs'],
    },
    'one that a step makes, and .dockerignore leaves out': {
      files: {
        'fly.toml': 'app = "shop"',
        Dockerfile: 'FROM debian\nCOPY target/release/shop ./\nCOPY target/site ./site\n',
        '.dockerignore': '/target/\n!/target/release/other\n!/target/site\n',
        '.gitignore': '/target/\n',
        '.github/workflows/cd.yml':
          'run: |\n  cp other target/release/shop\n  cp -r other target/site\n  flyctl deploy\n',
      },
      expect: [
        'warning Dockerfile:2:1 target/release/shop is left out of the build by .dockerignore',
        'info Dockerfile:3:1 target/site is not in the build context, which is the folder where flyctl runs',
      ],
    },
    'one of a submodule that is not fetched here': {
      ...project('FROM debian\nCOPY panel/app.js ./\n', {'.gitmodules': '[submodule "panel"]\n\tpath = panel\n'}),
      expect: [
        'warning Dockerfile:2:1 panel/app.js is not in the build context, which is the folder where flyctl runs',
      ],
    },
    'what git knows of a submodule that is not fetched here': {
      ...project('FROM debian\nCOPY .git/modules/panel/HEAD /\n', {
        '.gitmodules': '[submodule "panel"]\n\tpath = panel\n',
      }),
      expect: [
        'warning Dockerfile:2:1 .git/modules/panel/HEAD is not in the build context, which is the folder where flyctl runs',
      ],
    },
    'of a Dockerfile that has its name for Fly.io, where nothing else is built': {
      files: {'fly.toml': 'app = "shop"\n', 'fly.Dockerfile': 'FROM debian\nCOPY panel.js ./\n'},
      expect: ['error fly.Dockerfile:2:1 panel.js is not in the build context, which is the folder where flyctl runs'],
    },
    'of a stage whose RUN has its name in that of another file': {
      ...project(
        'FROM node:22-slim AS build\nWORKDIR /app\nCOPY src ./src\nRUN npx tsc src/seed-templates.ts\nFROM node:22-slim\nCOPY --from=build /app/src/pdf/templates ./templates\n',
        {'src/seed-templates.ts': '', 'src/pdf/service.ts': ''},
      ),
      expect: [
        'warning Dockerfile:6:1 the stage build has no /app/src/pdf/templates: the project has no src/pdf/templates, and no RUN is seen to make it',
      ],
    },
    'one that .dockerignore leaves out': {
      ...project('FROM debian\nCOPY dist ./\n', {'dist/app.js': '', '.dockerignore': 'dist\n'}),
      expect: ['error Dockerfile:2:1 dist is left out of the build by .dockerignore'],
    },
    "by the Dockerfile's own ignore file, which counts alone": {
      ...project('FROM debian\nCOPY dist ./\n', {
        'dist/app.js': '',
        '.dockerignore': '',
        'Dockerfile.dockerignore': 'dist\n',
      }),
      expect: ['error Dockerfile:2:1 dist is left out of the build by Dockerfile.dockerignore'],
    },
    'a path that a stage surely lacks': {
      ...project('FROM scratch AS a\nCOPY src /out\nFROM debian\nCOPY --from=a /out/nope /x\n', {'src/x': ''}),
      expect: ['error Dockerfile:4:1 the stage a has no /out/nope'],
    },
    'a folder onto a file': {
      ...project('FROM debian\nCOPY a.txt /a\nCOPY src /a\n', {'a.txt': '', 'src/x': ''}),
      expect: ['error Dockerfile:3:1 /a is a file already, so nothing can be copied into it'],
    },
    'one that a step of the deploy makes': {
      ...project('FROM debian\nCOPY app.bin /\n', {
        '.github/workflows/deploy.yml': 'steps:\n  - run: make -s print > build/app.bin\n  - run: flyctl deploy\n',
      }),
      expect: ['warning Dockerfile:2:1 app.bin is not in the build context, which is the folder where flyctl runs'],
    },
    'one that a script of the project makes': {
      ...project('FROM debian\nCOPY tmp/gems ./\n', {
        'bin/prepare': "#!/usr/bin/env ruby\nFOLDER = 'tmp/gems'\nFileUtils.mkdir FOLDER\n",
      }),
      expect: ['warning Dockerfile:2:1 tmp/gems is not in the build context, which is the folder where flyctl runs'],
    },
    'one that another workflow makes and commits': {
      ...project('FROM debian\nCOPY data/model.bin ./\n', {
        '.github/workflows/deploy.yml': 'steps:\n  - run: flyctl deploy\n',
        '.github/workflows/train.yml':
          'steps:\n  - run: git lfs track data/model.bin\n  - run: python train.py\n  - run: git add -A && git commit -m train && git push\n',
      }),
      expect: [
        'warning Dockerfile:2:1 data/model.bin is not in the build context, which is the folder where flyctl runs',
      ],
    },
    'a script that the deploy does not run': {
      ...project('FROM debian\nCOPY tmp/gems ./\n', {
        'bin/prepare': "#!/usr/bin/env ruby\nFileUtils.mkdir 'tmp/gems'\n",
        '.github/workflows/deploy.yml': 'steps:\n  - run: flyctl deploy\n',
      }),
      expect: [
        'warning Dockerfile:2:1 tmp/gems is not in the build context, which is the folder where flyctl runs: bin/prepare makes it, and the deploy does not run that',
      ],
    },
    'what a build of the same job writes': {
      ...project('FROM debian\nCOPY dist /web\n', {
        '.github/workflows/deploy.yml':
          'steps:\n  - uses: actions/checkout@v4\n  - run: mkdir -p dist\n  - run: npm run build\n  - run: flyctl deploy\n',
      }),
      expect: ['info Dockerfile:2:1 dist is not in the build context, which is the folder where flyctl runs'],
    },
    'what a build of another job writes': {
      ...project('FROM debian\nCOPY dist /web\n', {
        '.github/workflows/deploy.yml':
          'steps:\n  - uses: actions/checkout@v4\n  - run: npm run build\n  - uses: actions/checkout@v4\n  - run: mkdir -p dist\n  - run: flyctl deploy\n',
      }),
      expect: ['warning Dockerfile:2:1 dist is not in the build context, which is the folder where flyctl runs'],
    },
    'what another job has built, and the one that deploys fetches': {
      ...project('FROM debian\nCOPY web/dist /web\n', {
        '.github/workflows/deploy.yml':
          'steps:\n  - uses: actions/checkout@v4\n  - uses: actions/download-artifact@v4\n    with:\n      name: web\n      path: web/dist\n  - run: flyctl deploy\n',
      }),
      expect: ['info Dockerfile:2:1 web/dist is not in the build context, which is the folder where flyctl runs'],
    },
    'a copy that the script makes before it deploys': {
      ...project('FROM debian\nCOPY copy-of-domain ./domain\n', {
        'package.json': '{"scripts": {"deploy": "cp -r ../domain ./copy-of-domain && flyctl deploy"}}\n',
      }),
      expect: ['info Dockerfile:2:1 copy-of-domain is not in the build context, which is the folder where flyctl runs'],
    },
    'an action of the project makes it before the deploy': {
      ...project('FROM debian\nCOPY output/app.jar ./\n', {
        '.github/actions/build/action.yml': 'runs:\n  using: docker\n  image: Dockerfile\n',
        '.github/actions/build/entrypoint.sh': './mvnw package\nmv target/shop.jar output/app.jar\n',
        '.github/workflows/deploy.yml': 'steps:\n  - uses: ./.github/actions/build\n  - run: flyctl deploy\n',
      }),
      expect: [
        'warning Dockerfile:2:1 output/app.jar is not in the build context, which is the folder where flyctl runs',
      ],
    },
    'a script that the deploy runs': {
      ...project('FROM debian\nCOPY tmp/gems ./\n', {
        'bin/prepare': "#!/usr/bin/env ruby\nFileUtils.mkdir 'tmp/gems'\n",
        '.github/workflows/deploy.yml': 'steps:\n  - run: bin/prepare\n  - run: flyctl deploy\n',
      }),
      expect: ['info Dockerfile:2:1 tmp/gems is not in the build context, which is the folder where flyctl runs'],
    },
    'a build in the job whose step then builds the image': {
      ...project('FROM debian\nCOPY dist ./\n', {
        '.github/workflows/deploy.yml': `on: push
jobs:
  build:
    steps:
      - uses: actions/checkout@v4
      - run: npm run build && mkdir -p dist/assets
      - uses: docker/build-push-action@v6
        with: {context: ., push: true, tags: 'registry.fly.io/shop:1'}
  deploy:
    steps:
      - uses: actions/checkout@v4
      - run: flyctl deploy --image registry.fly.io/shop:1
`,
      }),
      expect: ['info Dockerfile:2:1 dist is not in the build context, which is the folder where flyctl runs'],
    },
    'a deploy that builds another Dockerfile': {
      ...project('FROM debian\nCOPY app.bin /\n', {
        'bitbucket-pipelines.yml': 'script:\n  - flyctl deploy --dockerfile Dockerfile.prod\n',
      }),
      expect: ['warning Dockerfile:2:1 app.bin is not in the build context, which is the folder where flyctl runs'],
    },
    'a deploy that names this Dockerfile': {
      ...project('FROM debian\nCOPY app.bin /\n', {
        '.drone.yml': 'commands:\n  - flyctl deploy --dockerfile ./Dockerfile\n',
      }),
      expect: ['error Dockerfile:2:1 app.bin is not in the build context, which is the folder where flyctl runs'],
    },
    'a name that whoever deploys may hand over': {
      ...project('FROM debian\nARG APP\nCOPY apps/$APP/app.py /\n', {'apps/api/app.py': ''}),
      expect: [
        'warning Dockerfile:3:1 apps/app.py is not in the build context, which is the folder where flyctl runs: APP has no value here',
      ],
    },
    'with an empty variable': {
      ...project('FROM debian\nCOPY $DIR/app.py /\n'),
      expect: ['error Dockerfile:2:1 app.py is not in the build context, which is the folder where flyctl runs'],
    },
  },
})

it('names the folder that has all of it, and not a nearer one with a part', async () => {
  const root = temporary({
    'deploy/tasks/fly.toml': 'app = "api"\n',
    'deploy/tasks/Dockerfile': 'FROM node:22\nCOPY package.json .\nCOPY tasks/feeds tasks/feeds\n',
    'deploy/tasks/feeds/fly.toml': '',
    'package.json': '{}',
    'tasks/feeds/index.js': '',
  })
  execFileSync('git', ['-C', root, 'init', '-q'])
  const options = {root: `${root}/deploy/tasks`, offline: true, only: ['dockerfile/copy-source'], env: {}}
  expect((await preflight(options)).checks.flatMap(({findings}) => findings.map(({message}) => message))).toEqual([
    'package.json and 1 other source are not in this folder, but in ../..: a deploy from here fails',
  ])
})

it('tells where a stage is to be named', async () => {
  const hint = async (copy: string) =>
    (
      await checkOne(
        {
          files: {
            'fly.toml': 'app = "shop"\n',
            Dockerfile: `FROM golang:1.23 AS build\nRUN go install example.com/shop@latest\nFROM debian\n${copy}\n`,
          },
        },
        copySource,
      )
    ).findings[0]?.hint
  expect(await hint('COPY /go/bin/shop /usr/local/bin/')).toBe(
    'If a stage before makes it, name that stage: COPY --from=STAGE /go/bin/shop …',
  )
  expect(await hint('COPY shop /usr/local/bin/')).toBe(
    'The project has nothing of this name: commit it, or take it out of this line.',
  )
})
