import commandFile from '../../../checks/image/command-file.ts'
import {testCheck} from '../../harness.ts'

const project = (dockerfile: string, config = '', ...files: string[]) => ({
  files: {
    'fly.toml': `app = "shop"\n${config}`,
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\n${dockerfile}`,
    ...Object.fromEntries(['start.sh', 'build/server.js', ...files].map((file) => [file, ''])),
  },
})
const laravel = (path: string, folder = '/var/www/html', more = '') => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\n  release_command = "php ${path} migrate --force"\n`,
    Dockerfile: `FROM php:8.3-apache\nWORKDIR ${folder}\nCOPY . .\nRUN composer install && php artisan config:cache\n${more}`,
    artisan: '<?php\n',
    'composer.json': '{}',
  },
})
const supervised = (path: string, more = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM php:8.3-fpm-alpine\nRUN apk add --no-cache supervisor\nWORKDIR /srv\nCOPY s/supervisord.conf ./\n${more}CMD ["supervisord", "-n", "-c", "${path}"]\n`,
    's/supervisord.conf': '[supervisord]\n',
  },
})
const start = '[processes]\napp = "sh start.sh"\n'

/** A server that a stage builds. */
const staged = (last: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:22-slim\nWORKDIR /srv\n${last}CMD ["node", "server/entry.js"]\n`,
    'package.json': '{"scripts": {"build": "vite build --ssr"}}',
  },
})

/** The folder of an api in the image, of which a stage brings some files. */
const api = (release: string, more = '') => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${release}"\n`,
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/packages/api/package.json packages/api/package.json\nCOPY --from=build /app/packages/api/dist packages/api/dist\n${more}RUN npm install\nCMD ["node", "packages/api/dist/main.js"]\n`,
    'package.json': '{"workspaces": ["packages/*"]}',
    'packages/api/package.json': '{"scripts": {"build": "tsc"}}',
    'packages/api/migrate.sh': '#!/bin/sh\n',
  },
})

/** … and a script in a folder of it that no COPY brings. */
const below = (more = '') => {
  const {files} = api('node -r ts-node/register /app/packages/api/tools/seed.ts', more)
  return {files: {...files, 'packages/api/tools/seed.ts': ''}}
}

/** What a release command of npm starts: the last stage takes the output alone, and what it is told. */
const released = (script: string, last = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "npm run migrate"\n',
    Dockerfile: `FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/package.json ./\nCOPY --from=build /app/node_modules ./node_modules\nCOPY --from=build /app/dist ./dist\n${last}CMD ["node", "dist/main.js"]\n`,
    'package.json': JSON.stringify({scripts: {build: 'tsc', migrate: script}}),
    'scripts/migrate.js': '',
    'src/data-source.ts': '',
    'knexfile.js': '',
  },
})

/** A program that a build makes, of a name that the project has, too. */
const standalone = (last: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:22-slim\nWORKDIR /srv\nCOPY package.json ./\n${last}`,
    'package.json': '{"scripts": {"build": "next build"}}',
    'server.js': '',
    'start.sh': '',
  },
})

/** An app whose files lie in /app, with no WORKDIR that says so. */
const rootless = (rest: string, base = 'node:22-slim', config = '') => ({
  files: {
    'fly.toml': `app = "shop"\n${config}`,
    Dockerfile: `FROM ${base}\nCOPY . /app\n${rest}`,
    'package.json': '{"scripts": {"start": "node src/server.js"}}',
    'src/server.js': '',
    Gemfile: '',
    artisan: '',
  },
})

/** A workspace of which the last stage takes the parts. */
const deno = (copies: string, more: Record<string, string> = {}, task = '"start"') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM denoland/deno:2.1.0\nWORKDIR /app\n${copies}CMD ["deno", "task", ${task}]\n`,
    'deno.json': '{"tasks": {"start": "deno run -A main.ts"}}',
    'main.ts': '',
    ...more,
  },
})
const turbo = (rest: string, release: string, file = 'turbo.json') => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${release}"\n`,
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npx turbo run build\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/package.json ./\nCOPY --from=build /app/node_modules ./node_modules\nCOPY --from=build /app/apps/api ./apps/api\n${rest}CMD ["node", "apps/api/server.js"]\n`,
    'package.json':
      '{"workspaces": ["apps/*"], "devDependencies": {"turbo": "^2.5.0"}, "packageManager": "npm@10.9.0"}',
    [file]: '{"tasks": {"migrate": {"cache": false}}}',
    'apps/api/package.json': '{"name": "api", "scripts": {"migrate": "node migrate.js"}}',
    'apps/api/turbo.json': '{"extends": ["//"]}',
    'apps/api/server.js': '',
    'apps/api/migrate.js': '',
  },
})

/** The last of two stages, with less than all of the app. */
const partly = (rest: string, base = 'node:22-slim') => ({
  files: {
    ...rootless('').files,
    Dockerfile: `FROM ${base} AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM ${base}\nWORKDIR /app\nCOPY --from=build /app/src ./src\n${rest}`,
  },
})

/** A script that the machines start, with what it starts. */
const scripted = (script: string, ...files: string[]) => {
  const {files: own} = project(
    'COPY . .\nENTRYPOINT ["sh", "entry.sh"]\nCMD ["node", "build/server.js"]\n',
    '',
    ...files,
  )
  return {files: {...own, 'entry.sh': script}}
}

/** A start that makes its settings of an example. */
const exampled = (script: string, ignored: string, more = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM php:8.3-cli\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["/app/entry.sh"]\nCMD ["php", "artisan", "serve"]\n',
    '.dockerignore': ignored,
    '.env.example': 'APP_ENV=production\n',
    artisan: '',
    'entry.sh': `#!/bin/sh\nset -e\n${script}exec "$@"\n`,
    ...more,
  },
})
const unless = 'if [ ! -f .env ]; then\n  cp .env.example .env\nfi\n'

/** Settings that a script names, beside others that are copied. */
const beside = (script: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM hashicorp/vault:1.18\nRUN apk add --no-cache bash\nCOPY deploy/vault.hcl /vault/config/vault.hcl\nCOPY deploy/start.sh /start.sh\nENTRYPOINT ["/start.sh"]\n',
    'deploy/vault.hcl': '',
    'deploy/transit.hcl': '',
    'deploy/start.sh': `#!/bin/sh\nset -e\n${script}`,
    ...more,
  },
})
const transit = 'tool server -config=/vault/config/transit.hcl\n'

/** A server of Node.js that loads another file before its own, which the last stage may not have. */
const preloading = (script: string, last = '', config = '') => ({
  files: {
    'fly.toml': `app = "shop"\n${config}`,
    Dockerfile: `FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/package.json ./\nCOPY --from=build /app/node_modules ./node_modules\nCOPY --from=build /app/dist ./dist\n${last}CMD ["npm", "start"]\n`,
    'package.json': JSON.stringify({scripts: {build: 'tsc', dev: 'node .', start: script}}),
    'instrument.mjs': '',
    'tracing.cjs': '',
  },
})

testCheck(commandFile, {
  clean: {
    'deno.json in the image': deno('COPY deno.json main.ts ./\n'),
    'deno.json above': deno('WORKDIR /app/src\nCOPY deno.json ../\n'),
    'the scripts of package.json for Deno': deno('COPY package.json main.ts ./\n', {'package.json': '{}'}),
    'deno that is told where its file is': deno(
      'COPY main.ts ./\nCOPY deno.json /etc/\n',
      {},
      '"-c", "/etc/deno.json", "start"',
    ),
    'what node is told to load first, and a COPY brings it': preloading(
      "NODE_OPTIONS='--import ./instrument.mjs' node dist/main.js",
      'COPY instrument.mjs ./\n',
    ),
    'a package that node is told to load first': preloading('node -r dotenv/config --import tsx dist/main.js'),
    'what a build makes, and node is told to load first': preloading('node --import ./dist/instrument.js dist/main.js'),
    'an argument of the program': preloading('node dist/main.js --import ./instrument.mjs'),
    'settings that the script writes before': beside(`echo "$TRANSIT" > /vault/config/transit.hcl\n${transit}`),
    'settings that the script fills in before': beside(`envsubst -i /a -o /vault/config/transit.hcl\n${transit}`),
    'settings that a base image has of its program': beside('transit server -config=/vault/config/transit.hcl\n'),
    'settings that the project does not have': beside('tool server -config=/vault/config/other.hcl\n'),
    'what an ONBUILD of the stage before brings': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim AS base\nWORKDIR /app\nONBUILD COPY --chown=node \\\n  *.sh ./\nFROM base\nCMD ["sh", "start.sh"]\n',
        'start.sh': '',
      },
    },
    'what tsc writes beside its source, though another folder has one of that name': project(
      'COPY . .\nRUN npm install && npm run build --workspace apps/api\nCMD ["node", "apps/api/index.js"]\n',
      '',
      'apps/api/index.ts',
      'packages/lint/index.js',
      'package.json',
    ),
    'a script of package.json starts what a COPY brings': released(
      'node scripts/migrate.js',
      'COPY scripts ./scripts\n',
    ),
    'a script of package.json starts what a build makes': released('node dist/migrate.js'),
    'typeorm is told of a file that a build makes': released('typeorm migration:run -d dist/data-source.js'),
    'typeorm, and a COPY brings the file': released('typeorm migration:run -d src/data-source.ts', 'COPY src src\n'),
    'typeorm behind what may not run': released('test -d src && typeorm migration:run -d src/data-source.ts || true'),
    'knex is told of what a COPY brings': released(
      'knex migrate:latest --knexfile knexfile.js',
      'COPY knexfile.js ./\n',
    ),
    'artisan where it is': laravel('/var/www/html/artisan'),
    'a link to its folder': laravel('/app/artisan', '/var/www/html', 'RUN ln -s /var/www/html /app\n'),
    'a RUN in the folder': laravel('/app/artisan', '/var/www/html', 'RUN cd /app && unzip app.zip\n'),
    'a volume with the app': {
      files: {
        ...laravel('/app/artisan').files,
        'fly.toml':
          'app = "shop"\n[deploy]\n  release_command = "php /app/artisan migrate"\n[mounts]\n  source = "a"\n  destination = "/app"\n',
      },
    },
    'a base of somebody else’s': {
      files: {...laravel('/app/artisan').files, Dockerfile: 'FROM acme/php\nWORKDIR /var/www/html\nCOPY . .\n'},
    },
    'the settings that the package of supervisord brings': supervised('/etc/supervisord.conf'),
    'settings of supervisord that a RUN lays there': supervised(
      '/etc/supervisor/supervisord.conf',
      'RUN cp /srv/supervisord.conf /etc/supervisor/supervisord.conf\n',
    ),
    'a file of the project beside what a build made': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim AS build\nWORKDIR /app/apps/web\nCOPY . /app\nRUN npm ci && npm run build\nFROM node:22-slim\nCOPY --from=build /app/apps/web/build /srv\nCOPY --from=build /app/apps/web/package.json /srv/\nCMD ["node", "/srv/index.js"]\n',
        'apps/web/package.json': '{"type": "module", "scripts": {"build": "vite build"}}',
        'apps/web/package-lock.json': '{}',
      },
    },
    'a folder from a stage that may hold anything': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM acme/build AS build\nWORKDIR /app\nRUN make\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/out ./\nCMD ["sh", "start.sh"]\n',
        'start.sh': '',
      },
    },
    'an example that the image has': exampled('cp .env.example .env\n', '.env\n'),
    'an example that is asked for': exampled('[ -f .env.example ] && cp .env.example .env\n', '.env*\n'),
    'an example that is not needed': exampled('cp .env.example .env || true\n', '.env*\n'),
    'an example for whoever has no .env, which the computer of who deploys has': exampled(unless, '.env.example\n'),
    'an example for one environment': exampled(
      `if [ "$APP_ENV" = local ]; then\n${unless}fi\n`.replace(/^if/gm, '  if'),
      '.env*\n',
    ),
    'an example that may be missed': exampled('[ -f .env ] || cp .env.example .env || true\n', '.env*\n'),
    'an example that the start writes': exampled('echo APP_ENV=a > .env.example\ncp .env.example .env\n', '.env*\n'),
    'an example for whoever has no .env, which the start writes': exampled(`printenv > .env\n${unless}`, '.env*\n'),
    'an example for whoever has no .env, which Fly.io lays there': exampled(unless, '.env*\n', {
      'fly.toml': 'app = "shop"\n[[files]]\nguest_path = "/app/.env"\nsecret_name = "DOTENV"\n',
    }),
    'an example on a volume': exampled('cp /data/.env.example .env\n', '.env*\n'),
    'a loop that is left': project(
      'COPY . .\n',
      `[processes]\napp = "sh -c 'while true; do test -f x && break; ./wait.sh; done; node build/server.js'"\n`,
    ),
    'a loop of which the condition may end it': project(
      'COPY . .\n',
      `[processes]\napp = "sh -c 'while ./more.sh; do ./wait.sh; done'"\n`,
    ),
    'a loop with a script that is there': project(
      'COPY . .\n',
      `[processes]\napp = "sh -c 'while true; do ./start.sh; sleep 9; done'"\n`,
    ),
    'a script that starts one where it is': scripted('[ -f wait.sh ] && ./wait.sh\nexec "$@"\n'),
    'a script that starts one if it works': scripted('./wait.sh || true\nexec "$@"\n'),
    'a script that goes to another folder': scripted('cd scripts\n./wait.sh\nexec "$@"\n', 'scripts/wait.sh'),
    'a script that fetches what it starts': scripted(
      'curl -o wait.sh https://example.org/wait.sh\n./wait.sh\nexec "$@"\n',
    ),
    'a line of a Procfile that nobody may start': {
      files: {
        ...project('COPY . .\nRUN gem install foreman\nCMD ["foreman", "start", "web"]\n').files,
        Procfile: 'web: sh start.sh\nworker: ./worker.sh\n',
      },
    },
    'no WORKDIR, and a path from the root': rootless('CMD ["node", "/app/src/server.js"]\n'),
    'no WORKDIR, and a shell that goes there': rootless('CMD cd /app && npm start\n'),
    'no WORKDIR, and an option that names the folder': rootless('CMD ["npm", "--prefix", "/app", "start"]\n'),
    'no WORKDIR, and a variable that names the Gemfile': rootless(
      'ENV BUNDLE_GEMFILE=/app/Gemfile\nCMD ["bundle", "exec", "puma"]\n',
      'ruby:3.3',
    ),
    'an image with a WORKDIR of its own': rootless('CMD ["node", "src/server.js"]\n', 'acme/node'),
    'the image of PHP has a WORKDIR of its own': {
      files: {...rootless('').files, Dockerfile: 'FROM php:8.3-fpm\nCOPY . .\nCMD ["php", "artisan", "serve"]\n'},
    },
    'all of it at the root': {
      files: {...rootless('').files, Dockerfile: 'FROM node:22-slim\nCOPY . .\nCMD ["npm", "start"]\n'},
    },
    'package.json in a folder above': partly('COPY package.json /app/\nWORKDIR /app/src\nCMD ["npm", "start"]\n'),
    'package.json that npm makes': partly(
      'RUN npm init -y && npm pkg set scripts.start="node a.js"\nCMD ["npm", "start"]\n',
    ),
    'package.json in what a build made': partly('COPY --from=build /app/dist ./\nCMD ["npm", "start"]\n'),
    'package.json that a RUN moves': partly('RUN mv src/package.json .\nCMD ["npm", "start"]\n'),
    'turbo.json in the image': turbo('COPY --from=build /app/turbo.json ./\n', 'npx turbo run migrate'),
    'turbo.json by its other name': turbo('COPY turbo.jsonc ./\n', 'npx turbo run migrate', 'turbo.jsonc'),
    'turbo.json with all that a build keeps': turbo('COPY --from=build /app/ ./\n', 'npx turbo run migrate'),
    'turbo that is told where its file is': turbo('', 'npx turbo run migrate --root-turbo-json apps/api/turbo.json'),
    'turbo that runs no task': turbo('', 'npx turbo daemon status'),
    'a program that a workspace has, too': turbo('', 'node apps/api/migrate.js'),
    'a file that bun runs': partly('CMD ["bun", "run", "src/server.js"]\n', 'oven/bun:1'),
    'a build makes a server of that name, too': standalone(
      'COPY --from=build /app/.next/standalone ./\nCMD ["node", "server.js"]\n',
    ),
    'the entrypoint goes to another folder before': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["/app/entry.sh"]\nCMD ["./app/start.sh"]\n',
        'entry.sh': '#!/bin/sh\ncd /\nexec "$@"\n',
        'start.sh': '',
      },
    },
    'a script that comes with the others of its folder': api(
      '/app/packages/api/migrate.sh',
      'COPY --from=build /app/packages/api/migrate.sh packages/api/\n',
    ),
    'a RUN lays the folder of it': below('COPY . /src\nRUN cp -r /src/packages/api/tools /app/packages/api/tools\n'),
    'a folder is copied unseen over the one above it': below('COPY --from=ghcr.io/shop/api /out /app/packages/api\n'),
    'a RUN lays it beside the others': api(
      '/app/packages/api/migrate.sh',
      'COPY . /src\nRUN cp /src/packages/api/* packages/api/\n',
    ),
    'gleam writes the script that starts its shipment': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM erlang:28-alpine AS build\nCOPY . /app/\nRUN cd /app && gleam export erlang-shipment\nFROM erlang:28-alpine\nCOPY healthcheck.sh /app/healthcheck.sh\nCOPY --from=build /app/build/erlang-shipment /app\nWORKDIR /app\nENTRYPOINT ["/app/entrypoint.sh"]\nCMD ["run"]\n',
        'healthcheck.sh': '',
        'gleam.toml': '',
      },
    },
    'a program of the project may make it': project(
      'COPY . .\nRUN node scripts/generate.js\nCMD ["sh", "run.sh"]\n',
      '',
      'scripts/generate.js',
    ),
    'the folders of the path are made anew': staged('COPY --parents --from=build /app/./server ./\n'),
    'bun goes to a folder': project(
      'COPY . .\n',
      '[processes]\napp = "bun run --cwd=backend main.ts"\n',
      'backend/main.ts',
      'a.ts',
    ),
    'deno takes a task, and has options with values': project(
      'COPY . .\n',
      '[processes]\napp = "deno task start"\njob = "deno run --allow-read=/app --config=x.json main.ts"\n',
      'main.ts',
    ),
    'tsx finds the source of a compiled name': project(
      'COPY . .\n',
      '[processes]\napp = "tsx src/main.js"\n',
      'src/main.ts',
      'src/a.ts',
    ),
    'the script is copied': project('COPY start.sh ./\n', start),
    'a program of a member of the workspace': project(
      'COPY . .\nRUN npm ci\n',
      '[deploy]\nrelease_command = "/app/packages/db/node_modules/.bin/prisma migrate deploy"\n',
      'packages/db/package.json',
    ),
    'a program of the root': project(
      'COPY . .\nRUN npm ci\n',
      '[deploy]\nrelease_command = "./node_modules/.bin/prisma migrate deploy"\n',
    ),
    'a program of a folder that a RUN makes': project(
      'COPY . .\nRUN npm i --prefix packages/tools prisma\n',
      '[deploy]\nrelease_command = "packages/tools/node_modules/.bin/prisma migrate deploy"\n',
      'packages/db/package.json',
    ),
    'a program outside of the project': project(
      'COPY . .\n',
      '[deploy]\nrelease_command = "/opt/tools/node_modules/.bin/prisma migrate deploy"\n',
    ),
    'with the whole project': project('COPY . .\n', start),
    'from a stage that may hold it': {
      files: {
        'fly.toml': `app = "shop"\n${start}`,
        Dockerfile:
          'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app .\n',
        'start.sh': '',
      },
    },
    'a folder that is copied to one of its name': staged('COPY --from=build /app/server ./server\n'),
    'the whole of the stage beside it': staged('COPY --from=build /app/server ./\nCOPY --from=build /app ./\n'),
    'a RUN that makes the folder': staged('COPY --from=build /app/server ./\nRUN mkdir server && mv *.js server/\n'),
    'a source that a command of the build names': project(
      'COPY . .\nRUN npx some-generator --out index.ts\n',
      '[processes]\napp = "bun index.ts"\n',
      'src/index.ts',
      'package.json',
    ),
    'what a build makes is not looked for': project('RUN npm run build\n', '[processes]\napp = "node dist/index.js"\n'),
    'what a build makes, and another folder has too': project(
      'RUN npm run build\n',
      '[processes]\napp = "node build/server.js"\n',
    ),
    'a file that a source of its name becomes': project(
      'COPY . .\nRUN npm run build\nCMD ["node", "server/start.js"]\n',
      '',
      'server/start.ts',
      'server/other.js',
    ),
    'a file that a script of package.json writes': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm run build\nCMD ["node", "server/start.js"]\n',
        'server/other.js': '',
        'package.json': '{"scripts": {"build": "esbuild src/a.js --outfile=server/start.js"}}',
      },
    },
    'a file beside the manifests, where a build may lay it': project(
      'COPY . .\nRUN npm run build\nCMD ["node", "start.js"]\n',
    ),
    'a folder that builds fill': project('COPY . .\nCMD ["node", "public/start.js"]\n', '', 'public/a.js'),
    'a program beside a folder of its name': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM golang:1.25 AS b\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/checker ./cmd/server\nFROM scratch\nCOPY --from=b /out/checker /bin/checker\nCMD ["/bin/checker"]\n',
        'checker/http.go': 'package checker\n',
      },
    },
    'a RUN that names it': project('COPY build .\nRUN echo hi > start.sh\n', start),
    'one on a volume': project(
      '',
      '[mounts]\nsource = "d"\ndestination = "/data"\n[processes]\napp = "sh /data/start.sh"\n',
    ),
    'one that [[files]] brings': project(
      '',
      '[[files]]\nguest_path = "/app/start.sh"\nlocal_path = "start.sh"\n[processes]\napp = "sh start.sh"\n',
    ),
    'a text in the place of a file': project('', '[processes]\napp = "sh -c start.sh"\n'),
    'a configuration that is copied': {
      files: {
        'fly.toml': 'app = "shop"\n[processes]\napp = "gunicorn -c conf/gunicorn.py main:app"\n',
        Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\n',
        'conf/gunicorn.py': '',
      },
    },
    'a configuration in the folder to which a shell goes': {
      files: {
        'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "sh -c 'cd backend && alembic upgrade head'"\n`,
        Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\n',
        'backend/alembic.ini': '',
      },
    },
    'a script in the folder to which the command goes': api(
      "sh -c 'cd packages/api && sh migrate.sh'",
      'COPY --from=build /app/packages/api/migrate.sh packages/api/\n',
    ),
    'and back again': api(
      "sh -c 'cd packages/api && cd ../.. && sh packages/api/migrate.sh'",
      'COPY --from=build /app/packages/api/migrate.sh packages/api/\n',
    ),
    'a folder that a variable names': api("sh -c 'cd $HOME_OF_API && sh migrate.sh'"),
    'a folder that a variable of the image names, which has a default': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22\nENV HOME_OF_API=/app/api\nWORKDIR /app\nCOPY . .\nCMD cd ${HOME_OF_API:-/srv} && node index.js\n',
        'api/index.js': '',
      },
    },
    'a folder that may not be gone to': api("sh -c 'test -d x && cd packages/api; sh migrate.sh'"),
    'a folder that a file says, which is read in': api("sh -c '. ./where.sh && sh migrate.sh'"),
    'a folder that is gone to for one command': api(
      "sh -c '(cd packages/api && ls) && sh packages/api/migrate.sh'",
      'COPY --from=build /app/packages/api/migrate.sh packages/api/\n',
    ),
    'a folder that a command in the background goes to': api(
      "sh -c 'cd packages/api && ls & sh packages/api/migrate.sh'",
      'COPY --from=build /app/packages/api/migrate.sh packages/api/\n',
    ),
    'a folder that another shell goes to': api(
      `sh -c 'sh -c \\"cd packages/api && ls\\" && sh packages/api/migrate.sh'`,
      'COPY --from=build /app/packages/api/migrate.sh packages/api/\n',
    ),
    'the configuration of alembic, of which alembic/in-image tells': {
      files: {
        'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "alembic upgrade head"\n',
        Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY shop shop\nRUN pip install alembic\n',
        'alembic.ini': '[alembic]\nscript_location = migrations\n',
        'migrations/env.py': 'from alembic import context\n',
        'migrations/versions/a.py': "revision = 'a'\ndown_revision = None\n",
        'shop/main.py': '',
      },
    },
    'alembic is told of another': {
      files: {
        'fly.toml':
          'app = "shop"\n[env]\nALEMBIC_CONFIG = "backend/alembic.ini"\n[deploy]\nrelease_command = "alembic upgrade head"\n',
        Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\n',
        'backend/alembic.ini': '',
      },
    },
  },
  flagged: {
    'the tasks of Deno': {
      ...deno('COPY main.ts ./\n'),
      expect: [
        'warning Dockerfile:4:1 CMD needs deno.json, but nothing brings deno.json to /app/deno.json in the image',
      ],
    },
    'what NODE_OPTIONS has node load first': {
      ...preloading("NODE_OPTIONS='--import ./instrument.mjs' node dist/main.js"),
      expect: [
        'warning package.json:1:42 CMD needs ./instrument.mjs, but nothing brings instrument.mjs to /app/instrument.mjs in the image',
      ],
    },
    'what node is told to load first': {
      ...preloading('node --enable-source-maps -r ./tracing.cjs dist/main.js'),
      expect: [
        'warning package.json:1:42 CMD needs ./tracing.cjs, but nothing brings tracing.cjs to /app/tracing.cjs in the image',
      ],
    },
    'what [env] has node load first': {
      ...preloading('node dist/main.js', '', '[env]\nNODE_OPTIONS = "--import=/app/instrument.mjs"\n'),
      expect: [
        'warning package.json:1:42 CMD needs /app/instrument.mjs, but nothing brings instrument.mjs to /app/instrument.mjs in the image',
      ],
    },
    'settings beside others that are copied': {
      ...beside(`curl -s http://localhost/ready\n${transit}`),
      expect: [
        'warning deploy/start.sh:4:1 ENTRYPOINT needs /vault/config/transit.hcl, but nothing brings deploy/transit.hcl to /vault/config/transit.hcl in the image',
      ],
    },
    'what an ONBUILD brings to the next stage alone': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim AS base\nWORKDIR /app\nONBUILD COPY *.sh /other/\nFROM base\nCMD ["sh", "start.sh"]\n',
        'start.sh': '',
      },
      expect: ['warning Dockerfile:5:1 CMD starts start.sh, but nothing brings start.sh to /app/start.sh in the image'],
    },
    'a script of Python, in a folder that nobody has': {
      files: {
        'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "python scripts/migrate.py"\n',
        Dockerfile:
          'FROM python:3.13-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nCMD ["python", "main.py"]\n',
        'requirements.txt': 'flask\n',
        'main.py': '',
      },
      expect: [
        'warning fly.toml:3:1 release_command starts scripts/migrate.py, but scripts/ of the project has no migrate.py, and nothing in the build is seen to make it',
      ],
    },
    'a script of package.json starts what no COPY brings': {
      ...released('node scripts/migrate.js'),
      expect: [
        'warning package.json:1:27 release_command starts scripts/migrate.js, but nothing brings scripts/migrate.js to /app/scripts/migrate.js in the image',
      ],
    },
    'typeorm is told of a source': {
      ...released('npx typeorm migration:run -d src/data-source.ts'),
      expect: [
        'warning package.json:1:27 release_command needs src/data-source.ts, but nothing brings src/data-source.ts to /app/src/data-source.ts in the image',
      ],
    },
    'typeorm by its file': {
      ...released('node ./node_modules/typeorm/cli.js migration:run --dataSource=./src/data-source.ts'),
      expect: [
        'warning package.json:1:27 release_command needs ./src/data-source.ts, but nothing brings src/data-source.ts to /app/src/data-source.ts in the image',
      ],
    },
    'knex is told of a file': {
      ...released('knex migrate:latest --knexfile knexfile.js'),
      expect: [
        'warning package.json:1:27 release_command needs knexfile.js, but nothing brings knexfile.js to /app/knexfile.js in the image',
      ],
    },
    'artisan of another folder': {
      ...laravel('/app/artisan'),
      expect: [
        'warning fly.toml:3:3 release_command starts /app/artisan, but nothing brings artisan to /app/artisan in the image',
      ],
    },
    'artisan of the folder that other images have': {
      ...laravel('/var/www/html/artisan', '/app'),
      expect: [
        'warning fly.toml:3:3 release_command starts /var/www/html/artisan, but nothing brings artisan to /var/www/html/artisan in the image',
      ],
    },
    'the settings of supervisord in the place of Debian’s package, on Alpine': {
      ...supervised('/etc/supervisor/supervisord.conf'),
      expect: [
        'warning Dockerfile:5:1 CMD needs /etc/supervisor/supervisord.conf, but nothing brings s/supervisord.conf to /etc/supervisor/supervisord.conf in the image',
      ],
    },
    'one file by its name from a stage that may hold anything': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM acme/build AS build\nWORKDIR /app\nRUN make\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/package.json ./\nCMD ["sh", "start.sh"]\n',
        'start.sh': '',
      },
      expect: ['warning Dockerfile:7:1 CMD starts start.sh, but nothing brings start.sh to /app/start.sh in the image'],
    },
    ...Object.fromEntries(
      ['cp .env.example .env\n', unless, '[ -f .env ] || cp .env.example .env\n'].map((script) => [
        `an example that .dockerignore hides: ${script}`,
        {
          ...exampled(script, 'vendor\n.env*\n'),
          expect: [
            'warning .dockerignore:2:1 ENTRYPOINT needs .env.example, but .dockerignore leaves .env.example out of the build',
          ],
        },
      ]),
    ),
    'a loop without an end': {
      ...project('COPY . .\n', `[processes]\napp = "sh -c 'while true; do ./tick.sh; sleep 60; done'"\n`),
      expect: [
        'warning fly.toml:3:1 [processes] app starts ./tick.sh, but the project has no tick.sh, and nothing in the build is seen to make it',
      ],
    },
    'a script in a folder that the project does not have': {
      ...project('COPY . .\n', '[processes]\napp = "sh jobs/tick.sh"\n'),
      expect: [
        'warning fly.toml:3:1 [processes] app starts jobs/tick.sh, but jobs/ of the project has no tick.sh, and nothing in the build is seen to make it',
      ],
    },
    'a script of the image that starts one': {
      ...scripted('./wait.sh db:5432\nexec "$@"\n'),
      expect: [
        'warning entry.sh:1:1 ENTRYPOINT starts ./wait.sh, but the project has no wait.sh, and nothing in the build is seen to make it',
      ],
    },
    'turbo without its file': {
      ...turbo('', 'npx turbo run migrate'),
      expect: [
        'warning fly.toml:3:1 release_command needs turbo.json, but nothing brings turbo.json to /app/turbo.json in the image',
      ],
    },
    'turbo of the path without its file': {
      ...turbo('', './node_modules/.bin/turbo run migrate'),
      expect: [
        'warning fly.toml:3:1 release_command needs turbo.json, but nothing brings turbo.json to /app/turbo.json in the image',
      ],
    },
    'no WORKDIR': {
      ...rootless('CMD ["node", "src/server.js"]\n'),
      expect: [
        'warning Dockerfile:3:1 CMD starts src/server.js, but nothing brings src/server.js to /src/server.js in the image',
      ],
    },
    'no WORKDIR, and a script of npm': {
      ...rootless('CMD ["npm", "start"]\n'),
      expect: [
        'warning Dockerfile:3:1 CMD needs package.json, but nothing brings package.json to /package.json in the image',
      ],
    },
    'no WORKDIR, and artisan': {
      ...rootless('CMD ["php", "artisan", "serve"]\n', 'php:8.3-cli'),
      expect: ['warning Dockerfile:3:1 CMD starts artisan, but nothing brings artisan to /artisan in the image'],
    },
    'a stage without package.json': {
      ...partly('CMD ["npm", "start"]\n'),
      expect: [
        'warning Dockerfile:8:1 CMD needs package.json, but nothing brings package.json to /app/package.json in the image',
      ],
    },
    'a stage without the Gemfile': {
      ...partly('CMD ["bundle", "exec", "puma"]\n', 'ruby:3.3'),
      expect: ['warning Dockerfile:8:1 CMD needs Gemfile, but nothing brings Gemfile to /app/Gemfile in the image'],
    },
    'a script behind a variable that a shell fills in': {
      ...project('COPY build build\n', `[processes]\napp = 'sh -c "echo $PORT && sh start.sh"'\n`),
      expect: [
        'warning fly.toml:3:1 [processes] app starts start.sh, but nothing brings start.sh to /app/start.sh in the image',
      ],
    },
    'no build makes the script that prepares the start': {
      ...standalone('COPY --from=build /app/.next/standalone ./\nCMD ["sh", "start.sh"]\n'),
      expect: ['warning Dockerfile:9:1 CMD starts start.sh, but nothing brings start.sh to /srv/start.sh in the image'],
    },
    'a script of a folder of which COPY brings other files': {
      ...api('/app/packages/api/migrate.sh'),
      expect: [
        'warning fly.toml:3:1 release_command starts /app/packages/api/migrate.sh, but nothing brings packages/api/migrate.sh to /app/packages/api/migrate.sh in the image',
      ],
    },
    'a script in the folder to which the command goes': {
      ...api("sh -c 'cd packages/api && sh migrate.sh'"),
      expect: [
        'warning fly.toml:3:1 release_command starts migrate.sh, but nothing brings packages/api/migrate.sh to /app/packages/api/migrate.sh in the image',
      ],
    },
    'a script that node reads with a loader before it': {
      ...api('node -r ts-node/register /app/packages/api/seed.ts'),
      files: {...api('node -r ts-node/register /app/packages/api/seed.ts').files, 'packages/api/seed.ts': ''},
      expect: [
        'warning fly.toml:3:1 release_command starts /app/packages/api/seed.ts, but nothing brings packages/api/seed.ts to /app/packages/api/seed.ts in the image',
      ],
    },
    'a script in a folder that the image does not have': {
      ...below('RUN apt-get update && apt-get install -y make curl && cp /bin/sh /usr/local/bin/tool\n'),
      expect: [
        'warning fly.toml:3:1 release_command starts /app/packages/api/tools/seed.ts, but nothing brings packages/api/tools/seed.ts to /app/packages/api/tools/seed.ts in the image',
      ],
    },
    'a path from the root of the image that begins with a dot': {
      ...api('./app/packages/api/migrate.sh', 'COPY --from=build /app/packages/api/migrate.sh packages/api/\n'),
      expect: [
        'warning fly.toml:3:1 release_command starts ./app/packages/api/migrate.sh, but nothing brings packages/api/migrate.sh to /app/app/packages/api/migrate.sh in the image',
      ],
    },
    'the content of a folder in its place': {
      ...staged('COPY --from=build /app/dist ./\nCOPY --from=build /app/server ./\n'),
      expect: [
        'warning Dockerfile:9:1 CMD starts server/entry.js, but COPY lays the content of /app/server in /srv, and not the folder: there is no server/ in it',
      ],
    },
    'a source at the top that is in a folder': {
      ...project(
        'COPY package.json ./\nRUN bun install\nCOPY . .\n',
        '[processes]\napp = "bun index.ts"\n',
        'src/index.ts',
        'package.json',
      ),
      expect: [
        'warning fly.toml:3:1 [processes] app starts index.ts, but the project has no index.ts, and nothing in the build is seen to make it',
      ],
    },
    'the script that prepares the start is not in the repository': {
      ...project(
        'COPY package.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\nENTRYPOINT ["/app/docker-entrypoint.js"]\nCMD ["npm", "start"]\n',
        '',
        'package.json',
      ),
      expect: [
        'warning Dockerfile:7:1 ENTRYPOINT starts /app/docker-entrypoint.js, but the project has no docker-entrypoint.js, and nothing in the build is seen to make it',
      ],
    },
    ...Object.fromEntries(
      [
        ['CMD ["deno", "run", "-A", "src/main.ts"]', 'denoland/deno:2.1.0'],
        ['CMD ["bun", "run", "src/main.ts"]', 'oven/bun:1'],
        ['CMD ["npx", "tsx", "src/main.ts"]', 'node:22'],
      ].map(([cmd = '', from]) => [
        `a program that stands elsewhere: ${cmd}`,
        {
          files: {
            'fly.toml': 'app = "shop"\n',
            Dockerfile: `FROM ${from}\nWORKDIR /app\nCOPY . .\n${cmd}\n`,
            'main.ts': '\n',
            'package.json': '{}',
          },
          expect: [
            'warning Dockerfile:4:1 CMD starts src/main.ts, but nothing brings main.ts to /app/src/main.ts in the image',
          ],
        },
      ]),
    ),
    'a program of a member that the project no longer has': {
      ...project(
        'COPY . .\nRUN npm ci\n',
        '[deploy]\nrelease_command = "/app/packages/inbox/node_modules/.bin/prisma migrate deploy"\n',
        'packages/db/package.json',
      ),
      expect: [
        'warning fly.toml:3:1 release_command starts /app/packages/inbox/node_modules/.bin/prisma, but packages/ of the project has no inbox, and nothing in the build is seen to make it',
      ],
    },
    'a configuration that no COPY brings': {
      files: {
        'fly.toml': 'app = "shop"\n[processes]\napp = "gunicorn -c conf/gunicorn.py main:app"\n',
        Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY main.py .\n',
        'main.py': '',
        'conf/gunicorn.py': '',
      },
      expect: [
        'warning fly.toml:3:1 [processes] app needs conf/gunicorn.py, but nothing brings conf/gunicorn.py to /app/conf/gunicorn.py in the image',
      ],
    },
    'alembic in another folder than its configuration': {
      files: {
        'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "alembic upgrade head"\n',
        Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\n',
        'backend/alembic.ini': '',
      },
      expect: [
        'warning fly.toml:3:1 release_command needs alembic.ini, but nothing brings backend/alembic.ini to /app/alembic.ini in the image',
      ],
    },
    'a script that no COPY brings': {
      ...project('COPY build ./build\n', start),
      expect: [
        'warning fly.toml:3:1 [processes] app starts start.sh, but nothing brings start.sh to /app/start.sh in the image',
      ],
    },
    'in CMD, and in another folder': {
      ...project('COPY build /srv/build\nCMD ["node", "build/server.js"]\n'),
      expect: [
        'warning Dockerfile:4:1 CMD starts build/server.js, but nothing brings build/server.js to /app/build/server.js in the image',
      ],
    },
    'one for an ENTRYPOINT that is a shell': {
      ...project('COPY build ./build\nENTRYPOINT ["sh"]\nCMD ["start.sh"]\n'),
      expect: ['warning Dockerfile:5:1 CMD starts start.sh, but nothing brings start.sh to /app/start.sh in the image'],
    },
    'the same in [experimental]': {
      ...project('COPY build ./build\n', '[experimental]\nentrypoint = ["sh"]\ncmd = ["start.sh"]\n'),
      expect: [
        'warning fly.toml:4:1 [experimental] cmd starts start.sh, but nothing brings start.sh to /app/start.sh in the image',
      ],
    },
    'beside a file of a stage that may hold anything': {
      files: {
        'fly.toml': `app = "shop"\n${start}`,
        Dockerfile:
          'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/package.json /app/\n',
        'start.sh': '',
        'package.json': '',
      },
      expect: [
        'warning fly.toml:3:1 [processes] app starts start.sh, but nothing brings start.sh to /app/start.sh in the image',
      ],
    },
    'one that the repository no longer has': {
      ...project(
        'COPY . .\nRUN npm install\nCMD ["node", "./other/start.js"]\n',
        '',
        'other/prepare.js',
        'package.json',
      ),
      expect: [
        'warning Dockerfile:5:1 CMD starts ./other/start.js, but other/ of the project has no start.js, and nothing in the build is seen to make it',
      ],
    },
    'one that nothing but pip could have made': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install flask\nCMD ["python", "main.py"]\n',
        'app.py': '',
      },
      expect: [
        'warning Dockerfile:5:1 CMD starts main.py, but the project has no main.py, and nothing in the build is seen to make it',
      ],
    },
    'a program that go build writes into a folder of its name': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM golang:1.25 AS b\nWORKDIR /src\nCOPY . .\nRUN go build -o checker ./cmd/server\nFROM scratch\nCOPY --from=b /src/checker /bin/checker\nCMD ["/bin/checker"]\n',
        'go.mod': 'module example.com/checker\n',
        'checker/http.go': 'package checker\n',
        'cmd/server/main.go': 'package main\n',
      },
      expect: [
        'warning Dockerfile:4:5 CMD starts /bin/checker, which is a folder: go build -o checker finds a folder of that name, and writes the program into it',
      ],
    },
    'a program that was copied into the folder of its name': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM golang:1.25 AS b\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/app .\nFROM debian\nWORKDIR /app\nCOPY --from=b /out/app /app\nCMD ["/app"]\n',
        'go.mod': 'module example.com/app\n',
      },
      expect: ['warning Dockerfile:8:1 CMD starts /app, which is a folder in the image'],
    },
    'in release_command': {
      ...project('COPY build ./build\n', '[deploy]\nrelease_command = "./start.sh"\n'),
      expect: [
        'warning fly.toml:3:1 release_command starts ./start.sh, but nothing brings start.sh to /app/start.sh in the image',
      ],
    },
  },
})
