import {execFileSync} from 'node:child_process'
import {expect, it} from 'vitest'
import builtProgram from '../../../checks/image/built-program.ts'
import {preflight} from '../../../src/preflight.ts'
import {temporary} from '../../cli.ts'
import {checkOne, testCheck} from '../../harness.ts'

const project = (dockerfile: string, files: Record<string, string> = {}, config = '') => ({
  files: {'fly.toml': `app = "shop"\n${config}`, Dockerfile: dockerfile, ...files},
})

const java = (copy: string, entrypoint: string) =>
  `FROM maven:3.9-eclipse-temurin-21 AS build\nWORKDIR /src\nCOPY . .\nRUN mvn package\nFROM eclipse-temurin:21-jre\nWORKDIR /app\n${copy}\nENTRYPOINT ${entrypoint}\n`

const csproj = (properties = '', items = '') =>
  `<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net8.0</TargetFramework>${properties}</PropertyGroup>${items}</Project>\n`
const dotnet = (entry: string, publish = 'dotnet publish -c Release -o /out', copy = '/out .') =>
  `FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build\nARG CONFIGURATION=Release\nWORKDIR /src\nCOPY . .\nRUN ${publish}\nFROM mcr.microsoft.com/dotnet/aspnet:8.0\nWORKDIR /app\nCOPY --from=build ${copy}\nENTRYPOINT ["dotnet", "${entry}"]\n`

const node = (copy: string, start = 'node .output/server/index.mjs', {install = '', files = {}} = {}) =>
  project(
    `FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\n${install}${copy}CMD ["npm", "start"]\n`,
    {
      'package.json': JSON.stringify({scripts: {build: 'vite build', start}}, null, 2),
      'package-lock.json': '{}',
      ...files,
    },
  )
const other = 'COPY --from=build /app/build build\n'

/** A workspace, of which each member has a `start`, and whose last stage takes what it is told of the build. */
const shop = (
  command: string,
  {copy = 'COPY api/package.json api/\n', entrypoint = '', ...files}: Record<string, string> = {},
) =>
  project(
    `FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN make\nFROM node:22-slim\nWORKDIR /app\nCOPY package.json pnpm-workspace.yaml *.sh *.conf ./\nCOPY api/package.json api/\n${copy}${entrypoint}CMD ${command}\n`,
    {
      'package.json': '{"scripts": {"api": "npm start -w api"}, "workspaces": ["api"]}',
      'pnpm-workspace.yaml': 'packages:\n  - api\n',
      'api/package.json': '{\n  "name": "@shop/api",\n  "scripts": {\n    "start": "node dist/server.js"\n  }\n}\n',
      'start.sh': '',
      'empty.conf': '',
      ...files,
    },
  )
const lost = 'CMD starts dist/server.js, but nothing brings it to /app/api/dist/server.js'

/** An app in one stage, which starts by `start` of package.json. */
const unbuilt = (start: string, {run = '', ...files}: Record<string, string> = {}) =>
  project(`FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\n${run}CMD ["npm", "start"]\n`, {
    'package.json': JSON.stringify({scripts: {build: 'next build', start}}, null, 2),
    'package-lock.json': '{}',
    '.dockerignore': '.next\ndist\n.output\n',
    ...files,
  })

const mix = (command: string, copy = '', before = '') =>
  `FROM hexpm/elixir:1.18.4-erlang-27.3-debian-bookworm-20250520-slim AS builder\nWORKDIR /app\nENV MIX_ENV=prod\nCOPY mix.exs ./\nCOPY lib lib\n${copy}${before}RUN mix release\nFROM debian:bookworm-slim\nWORKDIR "/app"\nENV MIX_ENV="prod"\nCOPY --from=builder --chown=nobody:root /app/_build/\${MIX_ENV}/rel/shop ./\nCMD ["${command}"]\n`
const mixFiles = {'mix.exs': 'defmodule Shop.MixProject do\nend\n', 'lib/shop.ex': ''}

testCheck(builtProgram, {
  clean: {
    'next start: behind a build': unbuilt('next start', {run: 'RUN npm run build\n'}),
    'next start: after a build, at each start': unbuilt('next build && next start'),
    'next start: behind an entrypoint that builds': {
      files: {
        ...unbuilt('next start', {'entry.sh': '#!/bin/sh\nnpm run build\nexec "$@"\n'}).files,
        Dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && chmod +x entry.sh\nENTRYPOINT ["./entry.sh"]\nCMD ["npm", "start"]\n',
      },
    },
    'next start: of a folder that next.config.js names': unbuilt('next start', {
      'next.config.js': "module.exports = {distDir: 'build'}\n",
    }),
    'next start: from another stage': project(
      'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app .\nCMD ["npx", "next", "start"]\n',
      {'package.json': '{}'},
    ),
    'next dev: builds what is asked for': unbuilt('next dev'),
    'vite preview: of another folder': unbuilt('vite preview --outDir build'),
    ...Object.fromEntries(
      ['"dependencies": "tsc"', '"pnpm:devPreinstall": "node build.mjs"', '"prepare": "lefthook run build"'].map(
        (hook) => [
          `node: what an install runs: ${hook}`,
          project('FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "dist/index.js"]\n', {
            'package.json': `{"scripts": {${hook}}}`,
            'package-lock.json': '{}',
            'src/index.ts': '',
            '.dockerignore': 'dist\n',
          }),
        ],
      ),
    ),
    'node: a folder with an index.js, without its ending': node(
      'COPY --from=build /app/build ./dist/main\n',
      'node dist/main',
    ),
    'node: a file that the start fetches': node('', "sh -c 'curl -o job.js $JOB && node job.js'"),
    'cargo: in the stage that builds': project(
      'FROM rust:1\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\nCMD ["./target/release/my-shop"]\n',
      {'Cargo.toml': '[package]\nname = "my-shop"\n'},
    ),
    'java: where COPY lays it': project(
      java('COPY --from=build /src/target/*.jar app.jar', '["java", "-jar", "app.jar"]'),
    ),
    'java: into a folder': project(
      java('COPY --from=build /src/target/shop.jar /app/', '["java", "-Xmx256m", "-jar", "/app/shop.jar"]'),
    ),
    'java: from a volume': project(
      java('COPY --from=build /src/target/shop.jar .', '["java", "-jar", "/data/shop.jar"]'),
      {},
      '[mounts]\nsource = "data"\ndestination = "/data"\n',
    ),
    'java: a RUN fetches it': project(
      'FROM eclipse-temurin:21-jre\nWORKDIR /app\nRUN curl -o /opt.jar https://example.com/x.jar\nENTRYPOINT ["java", "-jar", "/opt.jar"]\n',
    ),
    'java: git ignores it, so a step before the deploy builds what COPY takes': project(
      'FROM eclipse-temurin:21-jre\nRUN mkdir /app\nCOPY ./build/libs/shop.jar /app/shop.jar\nENTRYPOINT ["java", "-jar", "/app/shop.jar"]\n',
      {'.gitignore': 'build/\n'},
    ),
    'java: a pattern in a folder that a step before the deploy makes': project(
      'FROM eclipse-temurin:21-jre\nCOPY target/shop-*.jar application.jar\nENTRYPOINT ["java", "-jar", "application.jar"]\n',
    ),
    'java: an image that may have it': project('FROM acme/base\nENTRYPOINT ["java", "-jar", "/app.jar"]\n'),
    'java: a class': project(java('COPY --from=build /src/target/classes .', '["java", "-cp", ".", "Main"]')),
    'node: where COPY lays it': node('COPY --from=build /app/.output .output\n'),
    'node: all that the build made': node('COPY --from=build /app .\n'),
    'node: a RUN of the last stage makes it': node(other, undefined, {install: 'RUN npm run build\n'}),
    'node: a script of an install may make it': node(other, undefined, {
      install: 'RUN npm ci\n',
      files: {'package.json': JSON.stringify({scripts: {start: 'node dist/a.js', postinstall: 'tsc'}})},
    }),
    'node: a file of the project, which another check tells': node(other, 'node server.js', {files: {'server.js': ''}}),
    'node: from a volume': {
      ...node(other),
      files: {...node(other).files, 'fly.toml': 'app = "shop"\n[mounts]\nsource = "data"\ndestination = "/app"\n'},
    },
    'bun: a source of that name': project(
      'FROM oven/bun:1\nWORKDIR /app\nCOPY package.json ./\nCOPY src dist\nCMD ["bun", "dist/index.js"]\n',
      {'package.json': '{}', 'src/index.ts': ''},
    ),
    'node: in a folder that is not known': node(other, 'cd "$WEB" && node .output/server/index.mjs'),
    'node: in a folder that a script which it takes in goes to': shop('. ./go.sh && node dist/server.js', {
      'go.sh': 'cd api\n',
    }),
    'node: in the folder that ENTRYPOINT goes to': shop('node dist/server.js', {
      entrypoint: 'ENTRYPOINT ["/app/go.sh"]\n',
      'go.sh': '#!/bin/sh\ncd /app/api\nexec "$@"\n',
    }),
    'node: a script of a member of the workspace, which lies there': shop('pnpm --filter @shop/api start', {
      copy: 'COPY --from=build /app/api/dist api/dist\n',
    }),
    'node: a script of a member that nobody has': shop('pnpm --filter @shop/web start'),
    'node: a script of another folder, with the name of one of this': shop('cd api && sh start.sh', {
      copy: 'COPY api/start.sh api/\n',
      'start.sh': 'node dist/server.js\n',
      'api/start.sh': 'exec sleep 1\n',
    }),
    'node: scripts of several members': shop('pnpm -r start'),
    'node: a program of supervisord, which starts in its own folder': shop('supervisord -c supervisord.conf', {
      copy: 'COPY --from=build /app/dist dist\n',
      'supervisord.conf':
        '[program:web]\ndirectory=/srv\ncommand=sleep 1\n[program:api]\ncommand=node dist/server.js\n',
    }),
    'mix: the release itself': project(mix('/app/bin/shop'), mixFiles),
    'mix: a release of another name, which another check tells': project(mix('/app/bin/server'), {
      ...mixFiles,
      'mix.exs': 'defmodule Store.MixProject do\n  def project, do: [app: :store]\nend\n',
    }),
    'mix: a script of rel/overlays': project(mix('/app/bin/server', 'COPY rel rel\n'), {
      ...mixFiles,
      'rel/overlays/bin/server': '',
    }),
    'mix: rel/overlays that is not copied, which another check tells': project(mix('/app/bin/server'), {
      ...mixFiles,
      'rel/overlays/bin/server': '',
    }),
    'mix: the build writes the scripts': project(mix('/app/bin/server', '', 'RUN mix phx.gen.release\n'), mixFiles),
    'mix: overlays of another folder': project(mix('/app/bin/server'), {
      ...mixFiles,
      'mix.exs': 'defmodule Shop.MixProject do\n  [releases: [shop: [overlays: ["deploy"]]]]\nend\n',
    }),
    'dotnet: the project’s file': project(dotnet('Shop.dll'), {'Shop.csproj': csproj()}),
    'dotnet: AssemblyName': project(dotnet('Api.dll'), {'Shop.csproj': csproj('<AssemblyName>Api</AssemblyName>')}),
    'dotnet: AssemblyName for all projects': project(dotnet('Acme.Shop.dll'), {
      'Shop.csproj': csproj(),
      'Directory.Build.props':
        '<Project><PropertyGroup><AssemblyName>Acme.$(MSBuildProjectName)</AssemblyName></PropertyGroup></Project>\n',
    }),
    'dotnet: a file that is imported may name it': project(dotnet('Other.dll'), {
      'Shop.csproj': csproj('', '<Import Project="common.props" />'),
    }),
    'dotnet: a project that it refers to': project(dotnet('Worker.dll', 'dotnet publish Shop/Shop.csproj -o /out'), {
      'Shop/Shop.csproj': csproj('', '<ItemGroup><ProjectReference Include="..\\Worker\\Worker.csproj" /></ItemGroup>'),
      'Worker/Worker.csproj': csproj(),
    }),
    'node: a RUN that may have made it': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim\nRUN npx create-shop /srv/shop\nWORKDIR /srv/shop\nCOPY package.json ./\nCMD ["node", "index.js"]\n',
        'package.json': '{}',
      },
    },
    'node: a build of Yarn, a script of a package': {
      files: {
        'fly.toml': 'app = "shop"\n[processes]\nweb = "node server.js"\njobs = "node node_modules/jobs/bin/run.js"\n',
        Dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN yarn --frozen-lockfile\nRUN yarn build\nCMD ["node", "server.js"]\n',
        'package.json': '{"scripts": {"build": "esbuild src/main.ts --outfile=server.js"}}',
        'yarn.lock': '',
        'src/main.ts': '',
      },
    },
    'node: an install runs what a member of the workspace prepares': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "packages/shop/lib/index.js"]\n',
        'package.json': '{"workspaces": ["packages/*"]}',
        'package-lock.json': '{}',
        'packages/shop/package.json': '{"name": "shop", "scripts": {"prepare": "tsc"}}',
        'packages/shop/src/index.ts': '',
      },
    },
    'node: a build that mounts the sources': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim\nWORKDIR /build\nRUN --mount=type=bind,target=.,rw npm ci && npm run build\nWORKDIR /srv/shop\nCMD ["node", "index.js"]\n',
        'package.json': '{"scripts": {"build": "tsc --outDir $TARGET"}}',
        'package-lock.json': '{}',
      },
    },
    'node: a build elsewhere that is told to write there': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim\nWORKDIR /build\nCOPY . .\nRUN npm ci && npx tsc\nWORKDIR /app\nCMD ["node", "index.js"]\n',
        'package.json': '{}',
        'package-lock.json': '{}',
        'tsconfig.json': '{"compilerOptions": {"outDir": "../app"}}',
        'src/main.ts': '',
      },
    },
    'node: a RUN that a variable leads there': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim\nENV TARGET=/srv/shop\nWORKDIR /opt\nRUN npx create-shop $TARGET\nWORKDIR /srv/shop\nCMD ["node", "index.js"]\n',
      },
    },
    'dotnet: one of several projects': project(dotnet('Other.dll'), {'a.csproj': csproj(), 'b.csproj': csproj()}),
    'dotnet: another folder is brought': project(dotnet('Other.dll', 'dotnet publish -o /out', '/src/extra .'), {
      'Shop.csproj': csproj(),
    }),
  },
  flagged: {
    'next start: without a build': {
      ...unbuilt('next start -p 8080'),
      expect: [
        'error package.json:4:5 CMD runs next start, but nothing brings what next build writes to /app/.next: it ends with "Could not find a production build in the \'.next\' directory"',
      ],
    },
    'vite preview: without a build': {
      ...unbuilt('vite preview --host 0.0.0.0 --port 8080'),
      expect: [
        'error package.json:4:5 CMD runs vite preview, but nothing brings what vite build writes to /app/dist: it ends with "The directory dist does not exist"',
      ],
    },
    'nuxt start: what it is called otherwise': {
      ...unbuilt('nuxt start'),
      expect: [
        'error package.json:4:5 CMD runs nuxt preview, but nothing brings what nuxt build writes to /app/.output: it ends with "Cannot find nitro.json"',
      ],
    },
    'astro preview: without a build': {
      ...unbuilt('astro preview --host'),
      expect: [
        'error package.json:4:5 CMD runs astro preview, but nothing brings what astro build writes to /app/dist: it ends with "The output directory does not exist"',
      ],
    },
    'node: in another folder': {
      ...shop('cd api && node dist/server.js'),
      expect: [`error Dockerfile:10:1 ${lost}`],
    },
    ...Object.fromEntries(
      [
        'pnpm --filter @shop/api start',
        'pnpm -C api start',
        'npm start --workspace=api',
        'npm run api',
        'npm --prefix api start',
        'yarn workspace @shop/api start',
        'bun run --filter @shop/api start',
        'cd api && npm start',
      ].map((command) => [`node: ${command}`, {...shop(command), expect: [`error api/package.json:4:5 ${lost}`]}]),
    ),
    'node: a script of the top, asked for in a member': {
      ...shop('cd api && pnpm -w run api'),
      expect: [`error api/package.json:4:5 ${lost}`],
    },
    'node: a program in the folder of a member': {
      ...shop('pnpm --filter @shop/api exec node dist/server.js'),
      expect: [`error Dockerfile:10:1 ${lost}`],
    },
    'node: in a loop without an end': {
      ...project(
        'FROM node:22-slim\nWORKDIR /app\nCOPY . .\n',
        {'server.js': ''},
        `[processes]\napp = "sh -c 'while true; do node tick.js; sleep 60; done'"\n`,
      ),
      expect: ['warning fly.toml:3:1 [processes] app starts tick.js, but nothing brings it to /app/tick.js'],
    },
    'node: a program that nobody has, behind a RUN that ran before the app was there': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim\nRUN apt-get update && apt-get install -y chromium && chromium --dump-dom about:blank\nWORKDIR /srv/shop\nCOPY . .\nRUN npm ci\nCMD ["node", "index.js"]\n',
        'package.json': '{}',
        'package-lock.json': '{}',
        'server.js': '',
      },
      expect: ['error Dockerfile:6:1 CMD starts index.js, but nothing brings it to /srv/shop/index.js'],
    },
    'node: what npm starts, and another folder is copied': {
      ...node(other),
      expect: [
        'error package.json:4:5 CMD starts .output/server/index.mjs, but nothing brings it to /app/.output/server/index.mjs',
      ],
    },
    'bun: in another folder': {
      ...project(
        'FROM oven/bun:1\nWORKDIR /app\nCOPY package.json ./\nCOPY src src\nCMD ["bun", "--cwd=src", "dist/index.js"]\n',
        {'package.json': '{}', 'src/index.ts': ''},
      ),
      expect: ['error Dockerfile:5:1 CMD starts dist/index.js, but nothing brings it to /app/src/dist/index.js'],
    },
    'bun: what the stage that builds keeps for itself': {
      ...project(
        'FROM oven/bun:1 AS build\nWORKDIR /app\nCOPY . .\nRUN bun install && bun run build\nFROM oven/bun:1-alpine\nWORKDIR /app\nRUN apk add --no-cache libc6-compat\nCOPY --from=build /app/node_modules node_modules\nCOPY --from=build /app/src src\nCMD ["bun", "run", "dist/index.js"]\n',
        {'package.json': '{"scripts": {"build": "tsc"}}', 'src/index.ts': ''},
      ),
      expect: ['error Dockerfile:10:1 CMD starts dist/index.js, but nothing brings it to /app/dist/index.js'],
    },
    'node: without its ending': {
      ...node(other, 'node dist/main'),
      expect: ['error package.json:4:5 CMD starts dist/main.js, but nothing brings it to /app/dist/main.js'],
    },
    'node: nothing builds it, and an install runs hooks of git and the client of Prisma': {
      ...project('FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["npm", "start"]\n', {
        'package.json':
          '{"scripts": {\n"start": "npm run migrate && node dist/index.js", "migrate": "prisma migrate deploy", "prepare": "husky || true", "postinstall": "prisma generate && patch-package", "prebuild": "rm -rf dist", "build": "tsc"}}',
        'package-lock.json': '{}',
        'src/index.ts': '',
        '.dockerignore': 'dist\n',
      }),
      expect: ['error package.json:2:1 CMD starts dist/index.js, but nothing brings it to /app/dist/index.js'],
    },
    'node: behind an install for production': {
      ...node(other, "NODE_OPTIONS='--enable-source-maps' node ./dist/main.js", {install: 'RUN npm ci --omit=dev\n'}),
      expect: ['error package.json:4:5 CMD starts ./dist/main.js, but nothing brings it to /app/dist/main.js'],
    },
    'cargo: an underscore, in the stage that builds': {
      ...project('FROM rust:1\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\nCMD ["./target/release/my_shop"]\n', {
        'Cargo.toml': '[package]\nname = "my-shop"\n',
      }),
      expect: [
        'error Dockerfile:5:1 CMD starts ./target/release/my_shop, but cargo build writes /app/target/release/my-shop, after the package my-shop',
      ],
    },
    'cargo: left in a cache': {
      ...project(
        'FROM rust:1\nWORKDIR /app\nCOPY . .\nRUN --mount=type=cache,target=/app/target cargo build --release\nCMD ["/app/target/release/my-shop"]\n',
        {'Cargo.toml': '[package]\nname = "my-shop"\n'},
      ),
      expect: [
        'error Dockerfile:5:1 CMD starts /app/target/release/my-shop, but cargo build writes it into a cache mount, which is in no layer of the image',
      ],
    },
    'gradle: a version that is no longer a snapshot': {
      ...project(
        'FROM gradle:8-jdk17\nWORKDIR /src\nCOPY . .\nRUN gradle bootJar\nENTRYPOINT ["java", "-jar", "build/libs/shop-0.2-SNAPSHOT.jar"]\n',
        {'build.gradle': "version = '0.2'\n", 'settings.gradle': "rootProject.name = 'shop'\n"},
      ),
      expect: [
        'error Dockerfile:5:1 ENTRYPOINT starts build/libs/shop-0.2-SNAPSHOT.jar, but gradle build writes /src/build/libs/shop-0.2.jar, after rootProject.name and the version in build.gradle',
      ],
    },
    'gradle: another version': {
      ...project(
        'FROM gradle:8-jdk17\nWORKDIR /src\nCOPY . .\nRUN gradle bootJar\nENTRYPOINT ["java", "-jar", "build/libs/shop-0.1.jar"]\n',
        {'build.gradle': "version = '0.2'\n", 'settings.gradle': "rootProject.name = 'shop'\n"},
      ),
      expect: [
        'error Dockerfile:5:1 ENTRYPOINT starts build/libs/shop-0.1.jar, but gradle build writes /src/build/libs/shop-0.2.jar, after rootProject.name and the version in build.gradle',
      ],
    },
    'java: beside the folder': {
      ...project(java('COPY --from=build /src/target/*.jar app.jar', '["java", "-jar", "/app.jar"]')),
      expect: [
        'error Dockerfile:8:1 ENTRYPOINT starts /app.jar, but nothing brings it to /app.jar: COPY lays it at /app/app.jar',
      ],
    },
    'java: another name': {
      ...project(java('COPY --from=build /src/target/*.jar shop.jar', '["java", "-jar", "app.jar"]')),
      expect: ['error Dockerfile:8:1 ENTRYPOINT starts app.jar, but nothing brings it to /app/app.jar'],
    },
    'mix: a script that nothing writes': {
      ...project(mix('/app/bin/server'), mixFiles),
      expect: [
        'error Dockerfile:11:1 CMD starts /app/bin/server, but mix release writes bin/shop, as the project has no rel/overlays/bin/server',
      ],
    },
    'mix: the script that migrates': {
      ...project(
        mix('/app/bin/shop', 'COPY rel rel\n'),
        {...mixFiles, 'rel/overlays/bin/server': ''},
        '[deploy]\nrelease_command = "/app/bin/migrate"\n',
      ),
      expect: [
        'error fly.toml:3:1 release_command starts /app/bin/migrate, but mix release writes bin/shop, as the project has no rel/overlays/bin/migrate',
      ],
    },
    'dotnet: another name': {
      ...project(dotnet('Shop.dll'), {'ShopApi.csproj': csproj()}),
      expect: [
        'error Dockerfile:9:1 ENTRYPOINT starts Shop.dll, but dotnet publish writes ShopApi.dll, after ShopApi.csproj',
      ],
    },
    'dotnet: the letters are of another case': {
      ...project(dotnet('shop.dll', 'dotnet publish Shop/Shop.csproj -c $CONFIGURATION -o /out /p:UseAppHost=false'), {
        'Shop/Shop.csproj': csproj(),
      }),
      expect: [
        'error Dockerfile:9:1 ENTRYPOINT starts shop.dll, but dotnet publish writes Shop.dll, after Shop/Shop.csproj',
      ],
    },
    'dotnet: a solution has no such project': {
      ...project(dotnet('Api.dll'), {
        'shop.sln':
          'Project("{9A19103F}") = "API", "API\\API.csproj", "{1}"\nProject("{9A19103F}") = "Core", "Core\\Core.csproj", "{2}"\n',
        'API/API.csproj': csproj(),
        'Core/Core.csproj': csproj(),
      }),
      expect: [
        'error Dockerfile:9:1 ENTRYPOINT starts Api.dll, but dotnet publish writes API.dll, after API/API.csproj',
      ],
    },
    'dotnet: AssemblyName says otherwise': {
      ...project(dotnet('Shop.dll'), {'Shop.csproj': csproj('<AssemblyName>Acme.Shop</AssemblyName>')}),
      expect: [
        'error Dockerfile:9:1 ENTRYPOINT starts Shop.dll, but dotnet publish writes Acme.Shop.dll, after Shop.csproj',
      ],
    },
    'dotnet: the folder without -o': {
      ...project(dotnet('Shop.dll', 'dotnet publish -c Release', '/src/bin/Release/net8.0/publish .'), {
        'Web.csproj': csproj(),
      }),
      expect: ['error Dockerfile:9:1 ENTRYPOINT starts Shop.dll, but dotnet publish writes Web.dll, after Web.csproj'],
    },
  },
})

it('names what the folder of the image has instead', async () => {
  const {findings} = await checkOne(
    project('FROM node:22-slim\nWORKDIR /app\nCOPY src src\nCMD ["node", "src/server.js"]\n', {'src/index.js': ''}),
    builtProgram,
  )
  expect(findings[0]?.hint).toBe('Start what is there: /app/src has index.js. Or add src/server.js.')
})

it.each([
  [
    {},
    'warning CMD starts dist/main.js, but nothing brings it to /app/dist/main.js unless a step before the deploy makes dist/main.js',
  ],
  [
    {
      Dockerfile:
        'FROM node:22 AS src\nWORKDIR /src\nCOPY . .\nFROM node:22\nWORKDIR /app\nCOPY package.json ./\nCOPY --from=src /src/dist ./dist\nCMD ["node", "dist/main.js"]\n',
    },
    'warning CMD starts dist/main.js, but nothing brings it to /app/dist/main.js unless a step before the deploy makes dist/main.js',
  ],
  // Under another path than in the project.
  [
    {
      Dockerfile: 'FROM node:22\nWORKDIR /srv/api\nCOPY packages/api /srv/api\nCMD ["node", "dist/main.js"]\n',
      'packages/api/package.json': '{"scripts": {"build": "tsc"}}',
      'packages/api/.gitignore': '/dist\n',
      '.gitignore': 'node_modules\n',
    },
    'warning CMD starts dist/main.js, but nothing brings it to /srv/api/dist/main.js unless a step before the deploy makes packages/api/dist/main.js',
  ],
  // A folder with an index.js.
  [
    {Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "./dist"]\n'},
    'warning CMD starts ./dist.js, but nothing brings it to /app/dist.js unless a step before the deploy makes dist/index.js',
  ],
  [{'.dockerignore': 'dist\n'}, 'error CMD starts dist/main.js, but nothing brings it to /app/dist/main.js'],
  // The workflow that deploys builds before.
  [
    {
      '.github/workflows/deploy.yml':
        'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: npm ci && npm run build\n      - uses: superfly/flyctl-actions/setup-flyctl@master\n      - run: flyctl deploy\n',
    },
    undefined,
  ],
])('only warns of a program that git ignores, where .dockerignore lets it in: %s', async (more, expected) => {
  const root = temporary({
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci --omit=dev\nCMD ["node", "dist/main.js"]\n',
    '.gitignore': 'dist\n',
    'package.json': '{"scripts": {"build": "tsc"}}',
    'package-lock.json': '{}',
    'src/main.ts': '',
    ...more,
  })
  execFileSync('git', ['-C', root, 'init', '-q'])
  const report = await preflight({root, offline: true, only: ['image/built-program'], env: {}})
  expect(
    report.checks.flatMap(({findings}) => findings.map(({severity, message}) => `${severity} ${message}`)),
  ).toEqual(expected === undefined ? [] : [expected])
})
