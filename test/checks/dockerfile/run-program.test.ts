import runProgram from '../../../checks/dockerfile/run-program.ts'
import {testCheck} from '../../harness.ts'

const project = (dockerfile: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: dockerfile,
    'package.json': '{"scripts": {"build": "bash build.sh"}}',
    'mix.exs':
      'defmodule Shop.MixProject do\n  defp aliases do\n    ["assets.deploy": ["cmd npm run build"]]\n  end\nend\n',
    'composer.json': '{}',
    'build.sh': '',
    'lib/shop.ex': '',
  },
})

/** A script of the project that a RUN on Alpine starts. */
const script = (run: string, text = '#!/usr/bin/env bash\nset -e\n') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM alpine:3.20\nWORKDIR /app\nCOPY . .\n${run}\nCMD ["sleep", "1000"]\n`,
    'build.sh': text,
  },
})

/** A script of Node.js that the build runs. */
const called = (code: string, {base = 'node:22-alpine', before = ''} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${base}\nWORKDIR /app\n${before}COPY . .\nRUN npm run build\nCMD ["node", "server.js"]\n`,
    'package.json': '{"scripts": {"prebuild": "node scripts/fetch.mjs", "build": "vite build"}}',
    'scripts/fetch.mjs': `import {execFileSync, execSync, spawnSync} from 'node:child_process'\n${code}`,
    'server.js': '',
  },
})
const fetches = "execFileSync('curl', ['-L', url])\n"

/** A crate with a build script. */
const crate = (script: string, before = '', base = 'rust:1.88') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${base}\nWORKDIR /app\n${before}COPY . .\nRUN cargo build --release --bin shop\nCMD ["./target/release/shop"]\n`,
    'Cargo.toml': '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n',
    'src/main.rs': 'fn main() {}\n',
    'build.rs': `use std::process::Command;\n\n${script}`,
  },
})
const bundles =
  'Command::new("bun")\n        .args(["build", "web/index.ts"])\n        .status()\n        .expect("bun");\n'

/** A project of Laravel, what is before composer, and what runs it. */
const laravel = (
  before: string,
  {image = 'php:8.3-fpm', run = 'composer install --no-dev', copy = '. .', dist = 'zip'} = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${image}\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/composer\n${before}WORKDIR /app\nCOPY ${copy}\nRUN ${run}\n`,
    'composer.json': '{"require": {"php": "^8.2", "laravel/framework": "^11.0"}}',
    'composer.lock': JSON.stringify({
      packages: [{name: 'laravel/framework', dist: {type: dist, url: 'https://fly.io/a'}}],
    }),
  },
})
const lists = 'composer.json composer.lock ./'
const libraries =
  'RUN apt-get update && apt-get install -y libpng-dev libonig-dev libzip-dev curl nginx && docker-php-ext-install pdo_mysql mbstring\n'

/** A Rails app whose assets are compiled on an image of Ruby. */
const rails = (gems: string, {before = '', run = 'bin/rails assets:precompile', files = {}} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ruby:3.4-slim\nWORKDIR /rails\nENV RAILS_ENV=production\n${before}COPY . .\nRUN bundle install\nRUN SECRET_KEY_BASE_DUMMY=1 ${run}\n`,
    Gemfile: `gem "rails"\n${gems}`,
    'Gemfile.lock': `GEM\n  specs:\n    railties (8.0.3)\n    ${[...gems.matchAll(/"([\w-]+)"/g)].map(([, name]) => `${name} (1.3.1)\n`).join('    ')}    execjs (2.9.1)\n`,
    'bin/rails': '#!/usr/bin/env ruby\n',
    Rakefile: 'require_relative "config/application"\nRails.application.load_tasks\n',
    'package.json': '{"scripts": {"build": "esbuild app.js"}}',
    ...files,
  },
})
/** A project of mix, and what its stage installs. */
const mix = (base: string, before = '', dep = '{:bcrypt_elixir, "~> 3.0"}') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${base}\n${before}WORKDIR /app\nENV MIX_ENV=prod\nCOPY . .\nRUN mix deps.get\nRUN mix deps.compile\nRUN mix release\n`,
    'mix.exs': `defp deps, do: [${dep}]\n`,
    'mix.lock': '  "bcrypt_elixir": {:hex, :bcrypt_elixir, "3.3.2"},\n',
  },
})
/** A project of Laravel whose pages take the names of its routes from what a plugin of Vite writes. */
const wayfinder = (before = '', {base = 'node:22-alpine', plugin = 'wayfinder({formVariants: true})'} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${base}\nWORKDIR /app\n${before}COPY . .\nRUN npm ci\nRUN npm run build\n`,
    'package.json': '{"scripts": {"build": "vite build"}, "devDependencies": {"vite": "^7.0.0"}}',
    'package-lock.json': '{}',
    'vite.config.ts': `import {wayfinder} from "@laravel/vite-plugin-wayfinder"\n\nexport default defineConfig({\n  plugins: [\n    ${plugin},\n  ],\n})\n`,
  },
})
const rustler = (before: string, use = 'use Rustler, otp_app: :shop, crate: "math"', config = '') => {
  const {files} = mix(elixir, before, '{:rustler, "~> 0.36", runtime: false}')
  return {files: {...files, 'config/prod.exs': config, 'lib/shop/math.ex': `defmodule Shop.Math do\n  ${use}\nend\n`}}
}
const elixir = 'hexpm/elixir:1.18.4-erlang-27.3.4-debian-bookworm-20250630-slim'
const bundling = 'gem "jsbundling-rails"\n'

testCheck(runProgram, {
  clean: {
    'apt-key, where Debian has it': project(
      'FROM python:3.11-slim-bookworm\nRUN apt-get update && apt-get install -y gnupg && apt-key adv --recv-keys 1234ABCD\n',
    ),
    'apt-key, whose failure nobody minds': project('FROM debian:trixie\nRUN apt-key list || true\n'),
    'apt-key that somebody brings': project('FROM debian:trixie\nCOPY build.sh /usr/bin/apt-key\nRUN apt-key list\n'),
    'a build script that asks first': crate(
      `fn main() {\n    if std::env::var("CI").is_err() {\n        ${bundles}    }\n}\n`,
    ),
    'a build script that goes on without': crate('fn main() {\n    let _ = Command::new("bun").status();\n}\n'),
    'a build script that may end before': crate(`fn main() {\n    if done() { return; }\n    ${bundles}}\n`),
    'a function of a build script': crate(`fn main() {}\nfn web() {\n    ${bundles}}\n`),
    'a build script, and its program': crate(
      `fn main() {\n    ${bundles}}\n`,
      'COPY --from=oven/bun:1 /usr/local/bin/bun /usr/local/bin/bun\n',
    ),
    'a script of Node.js, and the base has the program': called(fetches, {base: 'node:22'}),
    'a script of Node.js, and a RUN installs the program': called(fetches, {before: 'RUN apk add --no-cache curl\n'}),
    'a script of Node.js that does without': called(`try {\n  ${fetches}} catch {}\n`),
    'a script of Node.js that asks before': called(`if (online) ${fetches}`),
    'a script of Node.js whose shell has an answer': called("execSync('curl x || true')\n"),
    'a script of Node.js that looks at the answer': called("spawnSync('curl', [url])\n"),
    'a script of Node.js that asks git of itself': called("execSync('git rev-parse HEAD')\n"),
    'mix: what is compiled from C, with make': mix(
      elixir,
      'RUN apt-get update && apt-get install -y build-essential git\n',
    ),
    'mix: on Alpine with build-base': mix('elixir:1.18-alpine', 'RUN apk add --no-cache build-base\n'),
    'mix: on a full image': mix('elixir:1.18'),
    'mix: in the tests alone': mix(elixir, '', '{:bcrypt_elixir, "~> 3.0", only: :test}'),
    'mix: nothing of C': mix(elixir, '', '{:pbkdf2_elixir, "~> 2.0"}'),
    'mix: a script that may install it': mix(elixir, 'COPY setup.sh .\nRUN ./setup.sh\n'),
    'Rustler with cargo': rustler(
      'RUN apt-get update && apt-get install -y curl build-essential && curl https://sh.rustup.rs | sh -s -- -y\nENV PATH="/root/.cargo/bin:$PATH"\n',
    ),
    'Rustler that the configuration tells to load it as it is': rustler(
      '',
      undefined,
      'config :shop, Shop.Math, skip_compilation?: true\n',
    ),
    'RustlerPrecompiled fetches it': rustler('', 'use RustlerPrecompiled, otp_app: :shop'),
    'Rustler that is told by a variable': rustler(
      '',
      'use Rustler, otp_app: :shop, skip_compilation?: System.get_env("SKIP") == "1"',
    ),
    'jsbundling-rails with Node': rails(bundling, {
      before: 'RUN apt-get update && apt-get install -y nodejs npm && npm install -g yarn\n',
    }),
    'jsbundling-rails with Node of another image': rails(bundling, {
      before: 'COPY --from=node:22-slim /usr/local/bin /usr/local/bin\n',
    }),
    'jsbundling-rails that is told to leave it': rails(bundling, {run: 'SKIP_JS_BUILD=1 bin/rails assets:precompile'}),
    'jsbundling-rails whose task is cleared': rails(bundling, {
      files: {'lib/tasks/build.rake': 'Rake::Task["javascript:build"].clear\n'},
    }),
    'jsbundling-rails without assets': rails(bundling, {run: 'bin/rails db:schema:cache:dump'}),
    'execjs with a runtime among the gems': rails('gem "terser"\ngem "mini_racer"\n'),
    'execjs in a group': rails('group :assets do\n  gem "terser"\nend\n'),
    'execjs that is loaded later': rails('gem "terser", require: false\n'),
    'execjs that is told of another': rails('gem "terser"\n', {before: 'ENV EXECJS_RUNTIME=Disabled\n'}),
    'execjs that looks when it needs one': {
      files: {
        ...rails('gem "terser"\n').files,
        'Gemfile.lock': 'GEM\n  specs:\n    execjs (2.10.0)\n    railties (8.0.3)\n    terser (1.2.6)\n',
      },
    },
    'a plugin of Vite that runs PHP, and PHP': wayfinder('RUN apk add --no-cache php84 php84-cli\n'),
    'a plugin of Vite that runs PHP, on an image of it': wayfinder(
      'RUN apt-get update && apt-get install -y nodejs npm\n',
      {base: 'php:8.4-cli'},
    ),
    'a plugin of Vite that runs another command': wayfinder('', {plugin: 'wayfinder({command: "true"})'}),
    'a plugin of Vite that is not always asked': wayfinder('', {plugin: '...(ci ? [] : [wayfinder()])'}),
    'composer with a PHP of the system': laravel(
      'RUN apt-get update && apt-get install -y rsync php8.2-cli unzip && echo "<?php phpinfo();" > /srv/index.php\n',
      {image: 'debian:12'},
    ),
    'composer with a PHP of a list': laravel(
      'COPY packages.txt /tmp/php-packages.txt\nRUN apt-get update && apt-get install -y $(cat /tmp/php-packages.txt)\n',
      {image: 'ubuntu:22.04'},
    ),
    'composer with a PHP that is linked': laravel('RUN ln -s /opt/php/bin/php /usr/local/bin/\n', {image: 'debian:12'}),
    'composer with a PHP that is copied': laravel('COPY --from=php:8.3-cli /usr/local /usr/local\n', {
      image: 'debian:12',
    }),
    'composer of the system': {
      files: {
        ...laravel('').files,
        Dockerfile:
          'FROM debian:12\nRUN apt-get update && apt-get install -y composer\nWORKDIR /app\nCOPY . .\nRUN composer install\n',
      },
    },
    'composer with something to unpack': laravel('RUN apt-get update && apt-get install -y unzip\n'),
    'composer with a program that brings it along': laravel('RUN apt-get update && apt-get install -y zip\n'),
    'composer with git': laravel('RUN apt-get update && apt-get install -y git libpng-dev\n'),
    'composer with the extension': laravel(
      'RUN apt-get update && apt-get install -y libzip-dev && docker-php-ext-install zip\n',
    ),
    'composer with an installer of extensions': laravel(
      'COPY --from=mlocati/php-extension-installer /usr/bin/install-php-extensions /usr/local/bin/\nRUN install-php-extensions zip\n',
    ),
    'composer on Alpine, where busybox unpacks': laravel('', {image: 'php:8.3-fpm-alpine'}),
    'composer in its own image': laravel('', {image: 'composer:2'}),
    'composer with nothing to unpack': laravel('', {dist: 'path'}),
    'composer that only writes the autoloader': laravel('', {run: 'composer dump-autoload'}),
    'composer where the packages are there': {
      files: {...laravel(libraries).files, 'vendor/autoload.php': '<?php'},
    },
    'composer where another stage brings the packages': laravel('COPY --from=composer:2 /vendor /app/vendor\n', {
      copy: lists,
    }),
    'composer with a folder of its own for them': {
      files: {
        ...laravel('', {copy: lists}).files,
        'composer.json': '{"require": {"laravel/framework": "^11.0"}, "config": {"vendor-dir": "lib"}}',
      },
    },
    'composer with another file': laravel('ENV COMPOSER=composer.prod.json\n', {copy: lists}),
    'composer with a folder as a repository': {
      files: {
        ...laravel('', {copy: 'composer.json ./'}).files,
        'composer.json': '{"require": {"shop/tax": "*"}, "repositories": [{"type": "path", "url": "../tax"}]}',
      },
    },
    'composer with a package that may bring anything': laravel('RUN apt-get update && apt-get install -y shop-tools\n'),
    'git is told so before it': project(
      'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends git && GIT_SSL_NO_VERIFY=1 git clone https://fly.io/a\n',
    ),
    'a stage that is the image of uv': project(
      'FROM ghcr.io/astral-sh/uv:latest AS uv\nFROM python:3.12-slim\nCOPY --from=uv /uv /usr/local/bin/uv\nRUN uv sync --frozen\n',
    ),
    'two programs of that stage, into a folder': project(
      'FROM ghcr.io/astral-sh/uv:0.8 AS tools\nFROM python:3.12-slim\nCOPY --from=tools /uv /uvx /bin/\nRUN uv sync --frozen\n',
    ),
    'a stage that is the image of deno alone': project(
      'FROM denoland/deno:bin-2.1.4 AS deno\nFROM debian:12-slim\nCOPY --from=deno /deno /usr/local/bin/deno\nRUN deno --version\n',
    ),
    'git is told to look at no certificate': project(
      'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends git && git config --global http.sslVerify false && git clone https://fly.io/a\n',
    ),
    'what a pipe is fed by, and with': project(
      'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y curl gnupg && curl -fsSL https://fly.io/k | gpg --dearmor -o /k.gpg\nRUN curl -LsSf https://fly.io/install.sh | sh\n',
    ),
    'a pipe whose end does not count': project(
      'FROM python:3.12-slim\nRUN curl -fsSL https://fly.io/a | tar xz || true\nRUN curl https://fly.io/a | tee a\n',
    ),
    'what a script lays aside, and PATH has': project(
      'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y curl && curl -LsSf https://astral.sh/uv/install.sh | sh\nENV PATH="/root/.local/bin:$PATH"\nRUN uv sync\n',
    ),
    'what a script lays aside, and is started there, linked or sourced': project(
      'FROM python:3.12-slim AS a\nRUN apt-get update && apt-get install -y curl && curl -LsSf https://astral.sh/uv/install.sh | sh && . $HOME/.local/bin/env && uv --version\nRUN /root/.local/bin/uv sync\nRUN export PATH=/root/.local/bin:$PATH && uv sync\nFROM a AS b\nRUN ln -s /root/.local/bin/uv /usr/local/bin/uv\nRUN uv sync\nFROM python:3.12\nCOPY --from=b /app /app\nRUN curl -LsSf https://astral.sh/uv/install.sh | env UV_INSTALL_DIR=/usr/local/bin sh\nRUN uv sync\n',
    ),
    'certificates that Debian recommends, that the image has, or that nobody asks for': project(
      'FROM debian:12-slim AS a\nRUN apt-get update && apt-get install -y curl && curl -fsSL https://fly.io/a -o a\nFROM python:3.12-slim AS b\nRUN apt-get update && apt-get install -y --no-install-recommends curl && curl -fsSL https://fly.io/a -o a\nFROM debian:12-slim AS c\nRUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl && curl https://fly.io\nFROM debian:12-slim\nCOPY --from=a /a /a\nCOPY --from=b /a /b\nCOPY --from=c /a /c\nRUN apt-get update && apt-get install -y --no-install-recommends curl wget && curl -fsSLk https://fly.io/a && wget http://fly.io/a\n',
    ),
    'sudo, which is installed': project(
      'FROM debian:12\nRUN apt-get update && apt-get install -y sudo && sudo apt-get install -y git\nRUN sudo ls\n',
    ),
    'sudo in what is no command': project('FROM debian:12\nRUN echo "sudo make me a sandwich"\n'),
    'sudo in an image that may have it': project('FROM cimg/node:22.0\nRUN sudo apt-get update\n'),
    'the base image has it': project('FROM node:22-slim\nCOPY . .\nRUN npm ci\n'),
    'the full images have git and curl': project('FROM elixir:1.18\nRUN git --version && curl https://fly.io\n'),
    'a package of that name, in the same RUN': project(
      'FROM php:8.3-fpm\nRUN apt-get install -y nodejs npm && npm ci\n',
    ),
    'what another package brings along': project(
      'FROM debian:12-slim\nRUN apt-get install -y build-essential\nRUN make\n',
    ),
    'a fetched installer': project(
      'FROM hexpm/elixir:1.17.3-erlang-27.1-debian-bookworm-20240926-slim\nRUN apt-get install -y curl && curl -fsSL https://deb.nodesource.com/setup_22.x | bash - && apt-get install -y nodejs\nRUN npm ci\n',
    ),
    'a program of a package by npx, and one that is installed for all': project(
      'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm i -g typescript && npx prisma generate\nRUN tsc\n',
    ),
    'packages are on PATH, relative to the folder': project(
      'FROM node:22-slim\nWORKDIR /app\nENV PATH=./node_modules/.bin:$PATH\nCOPY . .\nRUN npm ci\nRUN prisma generate\n',
    ),
    'a file that bash reads first': project(
      'FROM node:22-slim\nSHELL ["/bin/bash", "-c"]\nENV BASH_ENV=/etc/env\nRUN echo "export PATH=/app/node_modules/.bin:\\$PATH" > /etc/env\nRUN tsc\n',
    ),
    'a login shell': project('FROM node:22-slim\nCOPY profile /root/.profile\nRUN bash -lc "tsc"\n'),
    'a digest may be of an older Node': project('FROM node:alpine@sha256:0a1b\nRUN corepack enable\n'),
    'the newest Node, where corepack is installed': project(
      'FROM node:slim\nRUN npm install -g corepack && corepack enable && pnpm install\n',
    ),
    'a package by another name': project('FROM node:22-slim\nRUN npm i -g @nuxt/cli\nRUN nuxi --version\n'),
    'bun: npx, where a script may install Node.js': project(
      'FROM oven/bun:1\nWORKDIR /app\nCOPY . .\nRUN node scripts/install-node.js\nRUN npx svelte-kit sync\n',
    ),
    'npx fetches a package manager': project('FROM node:22-slim\nCOPY . .\nRUN npx pnpm install\n'),
    'the programs of a package of the project': project(
      'FROM node:22-slim\nCOPY . .\nRUN npm install -g .\nRUN directus\n',
    ),
    'packages are on PATH': project(
      'FROM node:22-slim\nWORKDIR /app\nENV PATH=/app/node_modules/.bin:$PATH\nCOPY . .\nRUN npm ci\nRUN prisma generate\n',
    ),
    'a program that is copied': project(
      'FROM php:8.3-fpm\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nCOPY . .\nRUN composer install\n',
    ),
    'a folder of programs that is copied': project(
      'FROM php:8.3\nCOPY --from=node:22 /usr/local/bin /usr/local/bin\nRUN npm ci\n',
    ),
    'a program that the RUN mounts': project(
      'FROM python:3.12-slim\nRUN --mount=from=ghcr.io/astral-sh/uv,source=/uv,target=/bin/uv uv sync\n',
    ),
    'what pip may have installed': project('FROM python:3.12-slim\nRUN pip install -r requirements.txt\nRUN uv sync\n'),
    'a list of packages that is not read': project(
      'FROM php:8.3\nRUN apt-get install -y $(cat packages.txt)\nRUN npm ci\n',
    ),
    'a script that may install anything': project('FROM php:8.3\nCOPY . .\nRUN ./setup.sh\nRUN npm ci\n'),
    'a PATH of its own': project('FROM php:8.3\nENV PATH="/opt/node/bin:$PATH"\nRUN tar -xf node.tar\nRUN npm ci\n'),
    'an installer of the project, called as another program is': project(
      'FROM php:8.3\nCOPY . .\nRUN ./install\nRUN npm ci\n',
    ),
    'a variable names what npm installs for all': project(
      'FROM node:22-slim\nARG MANAGER=pnpm\nRUN npm install \\\n  -g ${MANAGER}@9\nRUN pnpm install\n',
    ),
    'a package from a file': project(
      'FROM debian:12-slim\nCOPY *.deb /tmp/\nRUN apt-get install -y /tmp/*.deb\nRUN litestream version\n',
    ),
    'a program that another package needs': project(
      'FROM debian:12-slim AS java\nRUN apt-get install -y maven\nRUN java -version\nFROM ruby:3.3-alpine AS web\nRUN apk add yarn\nRUN node -v\nFROM debian:12-slim\nRUN apt-get install -y g++\nRUN gcc -v\n',
    ),
    'a program that Debian recommends': project(
      'FROM debian:12-slim AS web\nRUN apt-get install -y npm\nRUN git --version\nFROM debian:12-slim\nRUN apt-get install -y curl\nRUN openssl version\n',
    ),
    "SQLite, by Alpine's name": project('FROM alpine:3.22\nRUN apk add sqlite\nRUN sqlite3 shop.db .schema\n'),
    'a PATH for one command': project('FROM php:8.3\nCOPY . /opt/node\nRUN PATH="/opt/node/bin:$PATH" npm ci\n'),
    'another language than that of a shell': project('FROM python:3.12-slim\nSHELL ["python3", "-c"]\nRUN git = 1\n'),
    'what older images have': project('FROM ruby:3.3-slim\nRUN ps aux\n'),
    'a package script that is taken out before': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-alpine AS a\nWORKDIR /app\nCOPY package.json ./\nRUN npm pkg delete scripts.prepare && npm ci\nFROM node:22-alpine AS b\nWORKDIR /app\nRUN npm config set ignore-scripts true\nCOPY package.json ./\nRUN npm ci\nFROM node:22-alpine\nENV NPM_CONFIG_IGNORE_SCRIPTS=true\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci\n',
        'package.json': '{"scripts": {"prepare": "git config core.hooksPath .githooks"}}',
      },
    },
    'Yarn 1 prepares nothing for production': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nRUN yarn install --production\n',
        'package.json': '{"scripts": {"prepare": "git config core.hooksPath .githooks"}}',
        'yarn.lock': '',
      },
    },
    'a package manager that the project installs as a package': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n',
        'package.json': '{"scripts": {"build": "pnpm exec tsc"}, "devDependencies": {"pnpm": "^9"}}',
      },
    },
    'a package manager that corepack brings': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM node:22-alpine\nRUN corepack enable\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n',
        'package.json': '{"scripts": {"build": "pnpm exec tsc"}}',
      },
    },
    'what a fetched script unpacks with is installed': project(
      'FROM node:22-slim\nRUN apt-get update && apt-get install -y curl unzip && curl -fsSL https://bun.sh/install | bash\n',
    ),
    'a full image can unpack': project('FROM node:22\nRUN curl -fsSL https://bun.sh/install | bash\n'),
    'tar gets an archive of gzip': project('FROM debian:12-slim\nADD a.tar.gz.txt /\nRUN tar -xzf a.tar.gz\n'),
    'tar has xz': project(
      'FROM node:22-slim\nRUN apt-get update && apt-get install -y curl xz-utils\nRUN tar -xJf node.tar.xz\n',
    ),
    'what builds packages brings xz': project(
      'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends build-essential && tar xf a.tar.xz\n',
    ),
    'a package may recommend it': project(
      'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y python3-pip && tar xf a.tar.xz\n',
    ),
    'a full image has xz': project('FROM node:22\nRUN tar -xJf node.tar.xz\n'),
    'busybox unpacks xz itself': project('FROM node:22-alpine\nRUN tar -xJf node.tar.xz\n'),
    'the archive of xz is a member, or left out': project(
      "FROM debian:12-slim\nRUN tar xf /srv/a.tar data.tar.xz && tar -xf /srv/b.tar --exclude '*.tar.xz'\n",
    ),
    'another program unpacks it': project(
      'FROM debian:12-slim\nRUN tar -I pixz -xf /srv/a.tar.xz && tar --use-compress-program=pixz -xf /srv/a.tar.xz\n',
    ),
    'a folder of programs that may have xz': project(
      'FROM debian:12-slim\nCOPY --from=example.com/tools /opt/bin /usr/local/bin/\nRUN tar -xf /srv/a.tar.xz\n',
    ),
    'it is only packed': project('FROM debian:12\nRUN tar -czf a.tar.gz x.txz\n'),
    'a script that is fetched and kept': project(
      'FROM python:3.12\nRUN curl -fsSL https://rclone.org/install.sh -o install.sh\n',
    ),
    'it asks first': project('FROM php:8.3\nRUN if command -v npm; then npm ci; fi\nRUN npm ci || true\n'),
    'a stage that has it': project('FROM php:8.3 AS base\nRUN apt-get install -y npm\nFROM base\nRUN npm ci\n'),
    'an image that is not known': project('FROM fideloper/fly-laravel:8.3\nRUN npm ci\n'),
    'a folder lib of the project brings no library': project('FROM ruby:3.3-slim\nCOPY lib lib\nRUN bundle install\n'),
    'a script for bash, which is there': script('RUN apk add --no-cache bash\nRUN ./build.sh'),
    'a script for sh': script('RUN ./build.sh', '#!/bin/sh\n'),
    'a script that a shell reads': script('RUN sh ./build.sh'),
    'carriage returns that a RUN takes away': script("RUN sed -i 's/\\r$//' *.sh\nRUN ./build.sh", '#!/bin/sh\r\n'),
    'a script that may fail': script('RUN ./build.sh || true'),
    'groupadd on Debian': project('FROM debian:bookworm-slim\nRUN groupadd app && useradd -g app app\n'),
    'groupadd on Alpine, with shadow': project('FROM alpine:3.20\nRUN apk add --no-cache shadow && groupadd app\n'),
    'Maven that is installed': project(
      'FROM eclipse-temurin:21-jdk\nRUN apt-get update && apt-get install -y maven\nCOPY . .\nRUN mvn -B package\n',
    ),
    'git in the image of Go': project(
      'FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN git describe --tags > version.txt\n',
    ),
    'git in the full image of Rust': project('FROM rust:1.90\nRUN git --version && gcc --version\n'),
    'npm behind an install of Node.js, in the image of Rust': project(
      'FROM rust:1-bookworm\nRUN apt-get update && apt-get install -y nodejs npm\nRUN npm -v\n',
    ),
    'gcc in the image of Rust': project('FROM rust:1.90-slim\nRUN gcc --version\n'),
    'a RUN without a shell, where there is none': project(
      'FROM gcr.io/distroless/base-debian12\nCOPY server /server\nRUN ["/server", "--check"]\nCMD ["/server"]\n',
    ),
    'a shell that is copied': project(
      'FROM gcr.io/distroless/base-debian12\nCOPY --from=busybox:stable /bin /bin\nRUN mkdir /data\nCMD ["/server"]\n',
    ),
    'a shell that is lent': project(
      'FROM scratch\nRUN --mount=from=busybox:stable,source=/bin,target=/bin mkdir /data\nCMD ["/server"]\n',
    ),
    'distroless with a shell': project('FROM gcr.io/distroless/base-debian12:debug\nRUN ["/busybox/sh", "-c", "ls"]\n'),
    'a system that is unpacked': project('FROM scratch\nADD rootfs.tar.gz /\nRUN mkdir /data\nCMD ["/server"]\n'),
    'make that is installed, behind go mod download': project(
      'FROM golang:1.25-alpine\nRUN apk add --no-cache make\nWORKDIR /src\nCOPY . .\nRUN go mod download\nRUN make build\n',
    ),
    'a program that go install brings': project(
      'FROM golang:1.25\nRUN go install github.com/a-h/templ/cmd/templ@latest\nWORKDIR /src\nCOPY . .\nRUN templ generate\n',
    ),
    'a program that tools of go.mod may bring': project(
      'FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go install tool\nRUN templ generate\n',
    ),
    'a program that go generate may install': project(
      'FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go generate ./...\nRUN templ generate\n',
    ),
  },
  flagged: {
    'apt-key, which Debian 13 has no more': {
      ...project(
        'FROM debian:trixie-slim\nRUN apt-get update && apt-get install -y wget ca-certificates && wget -qO - https://shop.dev/key.pub | apt-key add -\n',
      ),
      expect: [
        'error Dockerfile:2:104 this RUN calls apt-key, but neither debian:trixie-slim nor a step before brings it: the build stops with "apt-key: not found"',
      ],
    },
    '… on a tag that has moved on to it': {
      ...project('FROM python:3.11-slim\nRUN apt-key adv --keyserver keyserver.ubuntu.com --recv-keys 1234ABCD\n'),
      expect: [
        'warning Dockerfile:2:5 this RUN calls apt-key, but neither python:3.11-slim nor a step before brings it: the build may stop with "apt-key: not found"',
      ],
    },
    'bun: npx, behind a script of node and folders of a workspace': {
      ...project(
        'FROM oven/bun:1.3.2 AS install\nCOPY lib /tmp/lib\nRUN rm -rf node_modules\nFROM oven/bun:1.3.2\nWORKDIR /app\nCOPY --from=install /tmp/lib /app/lib\nRUN node scripts/sync.js\nRUN npx svelte-kit sync\n',
      ),
      expect: [
        'error Dockerfile:8:5 this RUN calls npx, but neither oven/bun:1.3.2 nor a step before brings it: the build stops with "npx: not found"',
      ],
    },
    'the build script of a crate': {
      ...crate(`fn main() {\n    println!("cargo:rerun-if-changed=web");\n    ${bundles}}\n`),
      expect: [
        'error Dockerfile:4:5 build.rs calls bun, but neither rust:1.88 nor a step before brings it: the build stops with "No such file or directory (os error 2)"',
      ],
    },
    'the build script of a crate on the image of cargo-chef': {
      ...crate(
        'fn main() {\n    Command::new("npm").arg("ci").output().unwrap();\n}\n',
        '',
        'lukemathwalker/cargo-chef:latest-rust-1',
      ),
      expect: [
        'error Dockerfile:4:5 build.rs calls npm, but neither lukemathwalker/cargo-chef:latest-rust-1 nor a step before brings it: the build stops with "No such file or directory (os error 2)"',
      ],
    },
    'make beside packages that bring none along': {
      ...project('FROM golang:1.25-alpine\nRUN apk add --no-cache protoc font-noto\nCOPY . .\nRUN make generate\n'),
      expect: [
        'error Dockerfile:4:5 this RUN calls make, but neither golang:1.25-alpine nor a step before brings it: the build stops with "make: not found"',
      ],
    },
    'a script of Node.js calls what the base has not': {
      ...called(fetches),
      expect: [
        'warning Dockerfile:4:5 fetch.mjs calls curl, but neither node:22-alpine nor a step before brings it: the build may stop with "spawnSync curl ENOENT"',
      ],
    },
    'a script of Node.js that hands the failure on': {
      ...called(
        `const load = () => {\n  try {\n    ${fetches}  } catch (error) {\n    return {ok: false, error: error.message}\n  }\n}\n`,
      ),
      expect: [
        'warning Dockerfile:4:5 fetch.mjs calls curl, but neither node:22-alpine nor a step before brings it: the build may stop with "spawnSync curl ENOENT"',
      ],
    },
    'a plugin of Vite that runs PHP': {
      ...wayfinder(),
      expect: [
        'error Dockerfile:5:5 @laravel/vite-plugin-wayfinder calls php, but neither node:22-alpine nor a step before brings it: the build stops with "Error generating types"',
      ],
    },
    'npm in the image of Rust': {
      ...project(
        'FROM rust:1-bookworm\nRUN rustup target add x86_64-unknown-linux-musl\nRUN npm install -g @napi-rs/cli\n',
      ),
      expect: [
        'error Dockerfile:3:5 this RUN calls npm, but neither rust:1-bookworm nor a step before brings it: the build stops with "npm: not found"',
      ],
    },
    'composer without PHP': {
      ...laravel(
        'RUN apt-get update \\\n    && apt-get install -y rsync unzip vim-tiny nginx \\\n    && mkdir -p /etc/php/8.2/fpm && echo "<?php echo 1;" > /srv/index.php\n',
        {image: 'ubuntu:22.04'},
      ),
      expect: [
        'error Dockerfile:8:5 composer calls php, but neither ubuntu:22.04 nor a step before brings it: the build stops with "env: \'php\': No such file or directory"',
      ],
    },
    'mix: what is compiled from C, on a slim image': {
      ...mix(elixir, 'RUN apt-get update && apt-get install -y git\n'),
      expect: [
        `error Dockerfile:7:5 bcrypt_elixir calls make, but neither ${elixir} nor a step before brings it: the build stops with "make not found in the path"`,
      ],
    },
    'mix: on Alpine': {
      ...mix('elixir:1.18-alpine', 'RUN apk add --no-cache git\n'),
      expect: [
        'error Dockerfile:7:5 bcrypt_elixir calls make, but neither elixir:1.18-alpine nor a step before brings it: the build stops with "make not found in the path"',
      ],
    },
    'Rustler without cargo': {
      ...rustler(
        'RUN apt-get update && apt-get install -y build-essential curl && curl -fsSL https://deb.nodesource.com/setup_20.x | bash - && apt-get install -y nodejs && npm install -g npm@latest\n',
      ),
      expect: [
        `error Dockerfile:8:5 Shop.Math calls cargo, but neither ${elixir} nor a step before brings it: the build stops with "(ErlangError) Erlang error: :enoent"`,
      ],
    },
    'jsbundling-rails without Node': {
      ...rails(bundling, {
        before:
          'RUN apt-get update && apt-get install -y build-essential git libvips pkg-config\nRUN bundle exec bootsnap precompile --gemfile\n',
      }),
      expect: [
        'error Dockerfile:8:5 assets:precompile calls yarn, but neither ruby:3.4-slim nor a step before brings it: the build stops with "jsbundling-rails: Command install failed"',
      ],
    },
    'cssbundling-rails, and npm': {
      ...rails('gem "cssbundling-rails"\n', {files: {'package-lock.json': '{}'}}),
      expect: [
        'error Dockerfile:6:5 assets:precompile calls npm, but neither ruby:3.4-slim nor a step before brings it: the build stops with "cssbundling-rails: Command build failed"',
      ],
    },
    'execjs without anything that runs JavaScript': {
      ...rails('gem "terser"\n'),
      expect: [
        'error Dockerfile:6:5 execjs calls node, but neither ruby:3.4-slim nor a step before brings it: the build stops with "Could not find a JavaScript runtime"',
      ],
    },
    'git in the Alpine image of Go': {
      ...project('FROM golang:1.25-alpine\nWORKDIR /src\nCOPY . .\nRUN git describe --tags > version.txt\n'),
      expect: [
        'error Dockerfile:4:5 this RUN calls git, but neither golang:1.25-alpine nor a step before brings it: the build stops with "git: not found"',
      ],
    },
    'make in the Alpine image of Go, behind go mod download': {
      ...project('FROM golang:1.25-alpine\nWORKDIR /src\nCOPY . .\nRUN go mod download\nRUN make build\n'),
      expect: [
        'error Dockerfile:5:5 this RUN calls make, but neither golang:1.25-alpine nor a step before brings it: the build stops with "make: not found"',
      ],
    },
    'a generator of Go that nothing installs': {
      ...project('FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go mod download\nRUN templ generate\n'),
      expect: [
        'error Dockerfile:5:5 this RUN calls templ, but neither golang:1.25 nor a step before brings it: the build stops with "templ: not found"',
      ],
    },
    'groupadd on Alpine': {
      ...project('FROM node:22-alpine\nRUN groupadd app && useradd -g app app\n'),
      expect: [
        'error Dockerfile:2:5 this RUN calls groupadd, but neither node:22-alpine nor a step before brings it: the build stops with "groupadd: not found"',
      ],
    },
    'Maven on an image of Java alone': {
      ...project('FROM eclipse-temurin:21-jdk\nCOPY . .\nRUN mvn -B package\n'),
      expect: [
        'error Dockerfile:3:5 this RUN calls mvn, but neither eclipse-temurin:21-jdk nor a step before brings it: the build stops with "mvn: not found"',
      ],
    },
    'a script for bash on Alpine': {
      ...script('RUN chmod +x build.sh && ./build.sh'),
      expect: [
        'error Dockerfile:4:26 ./build.sh calls bash, but neither alpine:3.20 nor a step before brings it: the build stops with "./build.sh: not found"',
      ],
    },
    'a script with carriage returns': {
      ...script('RUN ./build.sh', '#!/bin/sh\r\nset -e\r\n'),
      expect: [
        'error Dockerfile:4:5 this RUN starts ./build.sh, whose first line ends with a carriage return, as Windows writes it: the build stops with "./build.sh: not found"',
      ],
    },
    'a RUN where there is no shell': {
      ...project(
        'FROM gcr.io/distroless/static-debian12:nonroot\nCOPY build.sh /app/\nRUN chmod +x /app/build.sh\nCMD ["/app/build.sh"]\n',
      ),
      expect: [
        'error Dockerfile:3:5 this RUN calls sh, but neither gcr.io/distroless/static-debian12:nonroot nor a step before brings it: the build stops with "stat /bin/sh: no such file or directory"',
      ],
    },
    'one in a chiseled image': {
      ...project('FROM mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled\nRUN mkdir /data\nCMD ["/app/Shop"]\n'),
      expect: [
        'error Dockerfile:2:5 this RUN calls sh, but neither mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled nor a step before brings it: the build stops with "stat /bin/sh: no such file or directory"',
      ],
    },
    'composer without anything to unpack': {
      ...laravel(libraries, {copy: lists}),
      expect: [
        'error Dockerfile:6:5 composer install calls unzip, but neither php:8.3-fpm nor a step before brings it: the build stops with "The zip extension and unzip/7z commands are both missing"',
      ],
    },
    'the same, where a vendor of the computer may come along': {
      ...laravel('', {image: 'php:8.3-cli-bookworm'}),
      expect: [
        'warning Dockerfile:5:5 composer install calls unzip, but neither php:8.3-cli-bookworm nor a step before brings it: the build may stop with "The zip extension and unzip/7z commands are both missing"',
      ],
    },
    'the installer of extensions, which the image of PHP does not have': {
      ...project('FROM php:8.3-fpm-alpine\nRUN install-php-extensions zip gd\n'),
      expect: [
        'error Dockerfile:2:5 this RUN calls install-php-extensions, but neither php:8.3-fpm-alpine nor a step before brings it: the build stops with "install-php-extensions: not found"',
      ],
    },
    'composer beside the PHP of Alpine': {
      ...project(
        'FROM php:8.3-fpm-alpine\nRUN apk add --no-cache php83-gd php83-zip nodejs npm\nRUN composer install\n',
      ),
      expect: [
        'error Dockerfile:3:5 this RUN calls composer, but neither php:8.3-fpm-alpine nor a step before brings it: the build stops with "composer: not found"',
      ],
    },
    'curl before a shell': {
      ...project('FROM python:3.12-slim\nRUN curl -LsSf https://astral.sh/uv/install.sh | sh\n'),
      expect: [
        'warning Dockerfile:2:5 this RUN calls curl, but neither python:3.12-slim nor a step before brings it: sh gets nothing to run and the build goes on without what it should install',
      ],
    },
    'wget before what unpacks': {
      ...project('FROM python:3.12-slim\nRUN wget -qO- https://fly.io/a.tar.gz | tar xz -C /opt\n'),
      expect: [
        'error Dockerfile:2:5 this RUN calls wget, but neither python:3.12-slim nor a step before brings it: the build stops with "wget: not found"',
      ],
    },
    'what gets the other end of a pipe': {
      ...project('FROM node:22-alpine\nRUN wget -qO- https://fly.io/install.sh | bash\n'),
      expect: [
        'error Dockerfile:2:43 this RUN calls bash, but neither node:22-alpine nor a step before brings it: the build stops with "bash: not found"',
      ],
    },
    'a program that a script lays aside': {
      ...project(
        'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y curl && curl -LsSf https://astral.sh/uv/install.sh | sh\nRUN export PATH="/root/.local/bin:$PATH"\nRUN uv sync\n',
      ),
      expect: [
        'error Dockerfile:4:5 this RUN calls uv, which the script of astral.sh lays in ~/.local/bin, and that is not on PATH: what another RUN exports or sources ends with it: the build stops with "uv: not found"',
      ],
    },
    'no certificates': {
      ...project(
        'FROM debian:12-slim\nRUN apt-get update \\\n  && apt-get install -y --no-install-recommends curl \\\n  && curl -fsSL https://fly.io/a -o /usr/local/bin/a\n',
      ),
      expect: [
        'error Dockerfile:4:6 this RUN fetches from https with curl, but neither debian:12-slim nor a step before brings certificates: the build stops with "curl: (77) error setting certificate file"',
      ],
    },
    'sudo, which official images do not have': {
      ...project('FROM python:3.13-slim\nRUN apt-get update && sudo apt-get install -y git\n'),
      expect: [
        'error Dockerfile:2:23 this RUN calls sudo, but neither python:3.13-slim nor a step before brings it: the build stops with "sudo: not found"',
      ],
    },
    'a program of a package': {
      ...project('FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN prisma generate\n'),
      expect: [
        'error Dockerfile:5:5 this RUN calls prisma, which packages have in node_modules/.bin, and that is not on PATH: the build stops with "prisma: not found"',
      ],
    },
    'Node.js in the image of Elixir': {
      ...project(
        'FROM elixir:1.18-otp-27\nRUN mix local.hex --force\nCOPY lib lib\nRUN cd assets && npm ci && npm run build\n',
      ),
      expect: [
        'error Dockerfile:4:18 this RUN calls npm, but neither elixir:1.18-otp-27 nor a step before brings it: the build stops with "npm: not found"',
      ],
    },
    'an alias of mix': {
      ...project(
        'FROM hexpm/elixir:1.17.3-erlang-27.1-alpine-3.20.3\nWORKDIR /app\nRUN apk add --no-cache git\nCOPY . .\nRUN mix assets.deploy\n',
      ),
      expect: [
        'error Dockerfile:5:5 mix assets.deploy calls npm, but neither hexpm/elixir:1.17.3-erlang-27.1-alpine-3.20.3 nor a step before brings it: the build stops with "npm: not found"',
      ],
    },
    'an alias of mix, behind packages that bring no npm along': {
      ...project(
        'FROM hexpm/elixir:1.18.3-erlang-27.3-debian-bookworm-20250317-slim\nWORKDIR /app\nRUN apt-get update && apt-get install -y build-essential git mecab libmecab-dev mecab-ipadic-utf8\nCOPY . .\nRUN mix assets.deploy\n',
      ),
      expect: [
        'error Dockerfile:5:5 mix assets.deploy calls npm, but neither hexpm/elixir:1.18.3-erlang-27.3-debian-bookworm-20250317-slim nor a step before brings it: the build stops with "npm: not found"',
      ],
    },
    'bash of a package script on Alpine': {
      ...project('FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nRUN npm run build\n'),
      expect: [
        'error Dockerfile:4:5 npm run build calls bash, but neither node:22-alpine nor a step before brings it: the build stops with "bash: not found"',
      ],
    },
    'rsync of a script that another one starts': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n',
        'package.json':
          '{"scripts": {"build": "run-p build:*", "build:copy": "rsync --exclude \'*.ts\' src/* public"}, "devDependencies": {"npm-run-all": "4"}}',
        'package-lock.json': '{"lockfileVersion": 3, "packages": {}}',
      },
      expect: [
        'error Dockerfile:5:5 npm run build:copy calls rsync, but neither node:22-slim nor a step before brings it: the build stops with "rsync: not found"',
      ],
    },
    'a package script that hands on to another package manager': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build --workspace apps/api\n',
        'package.json': '{"workspaces": ["apps/*"]}',
        'package-lock.json': '{"lockfileVersion": 3, "packages": {"": {"workspaces": ["apps/*"]}, "apps/api": {}}}',
        'apps/api/package.json': '{"name": "@shop/api", "scripts": {"build": "pnpm run generate && tsc"}}',
      },
      expect: [
        'error Dockerfile:5:5 npm run build calls pnpm, but neither node:22-alpine nor a step before brings it: the build stops with "pnpm: not found"',
      ],
    },
    'the newest Node has neither pnpm nor corepack': {
      ...project(
        'FROM node:alpine AS build\nRUN pnpm install\n\nFROM node\nRUN corepack enable\nCOPY --from=build /app /app\n',
      ),
      expect: [
        'error Dockerfile:2:5 this RUN calls pnpm, but neither node:alpine nor a step before brings it: the build stops with "pnpm: not found"',
        'error Dockerfile:5:5 this RUN calls corepack, but neither node nor a step before brings it: the build stops with "corepack: not found"',
      ],
    },
    'node-gyp, which npm needs, brings no package manager': {
      ...project(
        'FROM node:22-slim\nRUN apt-get update && apt-get install -y build-essential node-gyp pkg-config\nRUN pnpm install\n',
      ),
      expect: [
        'error Dockerfile:3:5 this RUN calls pnpm, but neither node:22-slim nor a step before brings it: the build stops with "pnpm: not found"',
      ],
    },
    'what a fetched script unpacks with': {
      ...project(
        'FROM node:22-slim\nRUN apt-get update && apt-get install -y curl\nRUN curl -fsSL https://bun.sh/install | bash\n',
      ),
      expect: [
        'error Dockerfile:3:5 the script of bun.sh calls unzip, but neither node:22-slim nor a step before brings it: the build stops with "unzip is required to install bun"',
      ],
    },
    'what tar unpacks with': {
      ...project(
        'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl ca-certificates libgtk-3-0\nRUN curl -fsSL https://nodejs.org/node.tar.xz | tar -xJ -C /usr/local --strip-components=1\n',
      ),
      expect: [
        'error Dockerfile:3:49 tar calls xz, but neither debian:12-slim nor a step before brings it: the build stops with "tar (child): xz: Cannot exec: No such file or directory"',
      ],
    },
    'what tar unpacks with, by the name of the archive': {
      ...project('FROM python:3.12-slim\nRUN tar xf /mnt/ffmpeg.tar.xz\n'),
      expect: [
        'error Dockerfile:2:5 tar calls xz, but neither python:3.12-slim nor a step before brings it: the build stops with "tar (child): xz: Cannot exec: No such file or directory"',
      ],
    },
    'composer, which no image of PHP has': {
      ...project(
        'FROM php:8.3-apache\nRUN docker-php-ext-install pdo_mysql && a2enmod rewrite\nCOPY . .\nRUN composer install\n',
      ),
      expect: [
        'error Dockerfile:4:5 this RUN calls composer, but neither php:8.3-apache nor a step before brings it: the build stops with "composer: not found"',
      ],
    },
    'prepare runs without development packages, too': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nRUN npm ci --omit=dev\n',
        'package.json': '{"scripts": {"prepare": "git config core.hooksPath .githooks"}}',
      },
      expect: [
        'error Dockerfile:4:5 the prepare script calls git, but neither node:22-alpine nor a step before brings it: the build stops with "git: not found"',
      ],
    },
    'libraries bring no Node.js': {
      ...project('FROM php:8.3-fpm\nRUN apt-get install -y git unzip libpng-dev libzip-dev supervisor\nRUN npm ci\n'),
      expect: [
        'error Dockerfile:3:5 this RUN calls npm, but neither php:8.3-fpm nor a step before brings it: the build stops with "npm: not found"',
      ],
    },
    'npm of Alpine brings no git': {
      ...project('FROM alpine:3.22\nRUN apk add nodejs npm\nRUN git --version\n'),
      expect: [
        'error Dockerfile:3:5 this RUN calls git, but neither alpine:3.22 nor a step before brings it: the build stops with "git: not found"',
      ],
    },
    'curl of a slim image, before it is installed': {
      ...project('FROM python:3.12-slim\nRUN curl -o /tmp/a https://fly.io\nRUN apt-get install -y curl\n'),
      expect: [
        'error Dockerfile:2:5 this RUN calls curl, but neither python:3.12-slim nor a step before brings it: the build stops with "curl: not found"',
      ],
    },
    'the stage that installs it is another one': {
      ...project(
        'FROM node:22 AS web\nRUN npm ci\nFROM golang:1.23\nRUN true\nFROM python:3.12\nCOPY --from=web /app /app\nRUN npm prune\n',
      ),
      expect: [
        'error Dockerfile:7:5 this RUN calls npm, but neither python:3.12 nor a step before brings it: the build stops with "npm: not found"',
      ],
    },
  },
})
