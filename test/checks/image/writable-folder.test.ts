import writableFolder from '../../../checks/image/writable-folder.ts'
import {testCheck} from '../../harness.ts'

const rails = {
  'config/application.rb': '',
  'tmp/.keep': '',
  'public/index.html': '',
  Gemfile: 'gem "rails"\ngem "carrierwave"\n',
  'Gemfile.lock':
    'GEM\n  remote: https://rubygems.org/\n  specs:\n    carrierwave (3.1.2)\n    rails (8.0.0)\n\nDEPENDENCIES\n  carrierwave\n  rails\n',
}
const project = (rights: string, fly = '', more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n${fly}`,
    Dockerfile: `FROM ruby:3.4-slim\nWORKDIR /rails\nCOPY . .\n${rights}CMD ["./bin/rails", "server"]\n`,
    ...rails,
    ...more,
  },
})
const uploader = 'class Image < CarrierWave::Uploader::Base\n'
const made = 'RUN useradd rails && chown -R rails:rails '
const script = (text: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nUSER node\nCMD ["sh", "start.sh"]\n',
    'start.sh': text,
  },
})
const beat = (command: string, rights = '', folder = '/app') => ({
  files: {
    'fly.toml': `app = "shop"\n[processes]\napp = "gunicorn shop:app"\nbeat = "${command}"\n`,
    Dockerfile: `FROM python:3.13-slim\nRUN useradd shop\nWORKDIR ${folder}\nCOPY --chown=shop . .\n${rights}USER shop\n`,
    'shop.py': '',
  },
})

/** Django, whose entrypoint collects the static files as a user. */
const django = (rights: string, settings = 'STATIC_ROOT = os.path.join(BASE_DIR, "static")\n', copy = 'COPY . .') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.13-slim\nRUN useradd shop\nWORKDIR /app\n${copy}\n${rights}USER shop\nENTRYPOINT ["sh", "start.sh"]\n`,
    'start.sh': 'set -e\npython manage.py collectstatic --noinput\nexec gunicorn shop.wsgi -b 0.0.0.0:8080\n',
    'manage.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
    'shop/__init__.py': '',
    'shop/wsgi.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
    'shop/settings.py': `import os\nBASE_DIR = os.path.dirname(os.path.abspath(__file__))\nINSTALLED_APPS = ["django.contrib.staticfiles"]\n${settings}`,
  },
})

/** Started by uv, as a user that a RUN makes. */
const uv = (user: string, more = '', from = 'python:3.13-slim-bookworm', cmd = '["uv", "run", "main.py"]') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${from}\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/\nWORKDIR /app\nCOPY . .\nRUN uv sync --frozen\n${user}\n${more}USER shop\nCMD ${cmd}\n`,
    'main.py': '',
    'pyproject.toml': '[project]\nname = "shop"\n',
    'uv.lock': '',
  },
})
const corepack = (user: string, more = '', from = 'node:22-bookworm-slim') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${from} AS base\nRUN corepack enable\nFROM base\nWORKDIR /app\nCOPY . .\n${user}\n${more}CMD ["pnpm", "start"]\n`,
    'package.json': '{"packageManager": "pnpm@10.0.0", "scripts": {"start": "node server.js"}}',
    'server.js': '',
  },
})
/** An app that PM2 starts. */
const pm2 = (user: string, more = '', base = 'node:22-slim', start = 'pm2-runtime start server.js') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${base}\nWORKDIR /app\nCOPY . .\nRUN npm ci\n${user}\n${more}USER shop\nCMD ["npm", "start"]\n`,
    'package.json': JSON.stringify({scripts: {start}, dependencies: {pm2: '5.3.0'}}),
    'package-lock.json':
      '{"packages": {"": {"dependencies": {"pm2": "5.3.0"}}, "node_modules/pm2": {"version": "5.3.0"}}}',
    'server.js': '',
  },
})
/** Code that makes what it needs; as `shop`, in a folder of root's. */
const python = (code: string, rights = 'RUN useradd -m shop\n') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\n${rights}USER shop\nCMD ["python", "main.py"]\n`,
    'main.py': code,
  },
})
const node = (code: string, {rights = '', copy = 'COPY . .', fly = ''} = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n${fly}`,
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\n${copy}\n${rights}USER node\nCMD ["node", "server.js"]\n`,
    'package.json': '{"dependencies": {"multer": "2"}}',
    'server.js': `const fs = require('fs')\n${code}`,
  },
})
const makes = (file: string, place: string, user: string, line: number) =>
  `warning Dockerfile:${line}:1 /app is root's, and the image runs as ${user}: ${file}, which CMD starts, makes ${place}, which ends with Permission denied`
const homeless = (at: string, what: string, path: string, home: string, user = 'shop') =>
  `warning Dockerfile:${at}:1 CMD starts ${what}, which needs ${path}, but the image runs as ${user}, whose home ${home}: it ends with Permission denied`

testCheck(writableFolder, {
  clean: {
    'static files of Django in a folder of the user': django('RUN mkdir shop/static && chown shop shop/static\n'),
    'static files of Django, where all is of the user': django('', undefined, 'COPY --chown=shop . .'),
    'static files of Django elsewhere': django('', 'STATIC_ROOT = "/tmp/static"\n'),
    'static files of Django in a bucket': django(
      '',
      'STATIC_ROOT = os.path.join(BASE_DIR, "static")\nSTORAGES = {"staticfiles": {"BACKEND": "storages.backends.s3.S3Storage"}}\n',
    ),
    'a file for swap, by a user who may write at the top, or does it as root': {
      files: {
        ...script('set -e\nfallocate -l 128M /swapfile\nsudo fallocate -l 128M /other\nexec node server.js\n').files,
        Dockerfile:
          'FROM node:22-slim\nRUN apt-get update && apt-get install -y sudo && chown node / && echo "node ALL=(ALL) NOPASSWD: ALL" >> /etc/sudoers\nWORKDIR /app\nCOPY . .\nUSER node\nCMD ["sh", "start.sh"]\n',
      },
    },
    'a file for swap in a folder of the app': script('set -e\nfallocate -l 128M /tmp/swapfile\nexec node server.js\n'),
    'uv, as a user with a home': uv('RUN useradd -m shop'),
    'uv, as a user with a home by its short options': uv('RUN useradd -rms /bin/bash shop'),
    'uv, as a user whose home another command makes': uv(
      'RUN useradd shop && mkdir -p /home/shop && chown shop /home/shop',
    ),
    'uv, as a user whose home WORKDIR makes': uv('RUN useradd shop', 'WORKDIR /home/shop\n'),
    'uv, with a cache elsewhere': uv('RUN useradd shop', 'ENV UV_CACHE_DIR=/tmp/uv\n'),
    'uv, with a cache that its settings name': {
      files: {...uv('RUN useradd shop').files, 'uv.toml': 'cache-dir = "/tmp/uv"\n'},
    },
    'uv, as a number, for which the folder is made': uv(
      'RUN mkdir /.cache && chmod 777 /.cache',
      'USER 1001\nCMD ["uv", "run", "main.py"]\n#',
    ),
    'uv, without a cache': uv('RUN useradd shop', 'ENV UV_NO_CACHE=1\n'),
    'uv, with a home that ENV names': uv('RUN useradd shop', 'ENV HOME=/tmp\n'),
    'uv, as a system user of an earlier Debian': uv('RUN adduser --system shop', '', 'python:3.13-slim-bullseye'),
    'uv, as a user of adduser': uv('RUN adduser --disabled-password --gecos "" shop'),
    'uv, as a system user of Alpine': uv('RUN adduser -S shop', '', 'python:3.13-alpine'),
    'uv, as root': uv('RUN useradd shop', 'USER root\nCMD ["uv", "run", "main.py"]\n#'),
    'the program of the environment': uv('RUN useradd shop', '', undefined, '["/app/.venv/bin/python", "main.py"]'),
    'corepack, as the user of the image of node': corepack('', 'USER node\n'),
    'corepack, with a folder of its own': corepack('RUN useradd shop', 'ENV COREPACK_HOME=/opt/corepack\nUSER shop\n'),
    'yarn of the image, beside the pnpm of corepack': {
      files: {
        ...corepack('').files,
        Dockerfile:
          'FROM node:22-bookworm-slim\nRUN corepack enable pnpm\nWORKDIR /app\nCOPY . .\nRUN adduser --system shop\nUSER shop\nCMD ["yarn", "start"]\n',
      },
    },
    'pnpm of npm': corepack('RUN npm install -g pnpm && useradd shop', 'USER shop\n'),
    'PM2, as a user with a home': pm2('RUN useradd --system -m shop'),
    'PM2, as a user whose home another RUN makes': pm2('RUN useradd --system shop', 'RUN mkhomedir_helper shop\n'),
    'PM2, as a user of Alpine': pm2('RUN adduser -S shop', '', 'node:22-alpine'),
    'PM2, with a folder of its own': pm2('RUN useradd --system shop', 'ENV PM2_HOME=/tmp/pm2\n'),
    'PM2, with a home that ENV names': pm2('RUN useradd --system shop', 'ENV HOME=/tmp\n'),
    'PM2, with a folder that its script names': pm2(
      'RUN useradd shop',
      '',
      undefined,
      'PM2_HOME=/tmp pm2-runtime server.js',
    ),
    'PM2, as a user that the image of node has': {
      files: {
        ...pm2('').files,
        Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nUSER node\nCMD ["npm", "start"]\n',
      },
    },
    'node alone': pm2('RUN useradd --system shop', '', undefined, 'node server.js'),
    'celery beat, with its schedule elsewhere': beat('celery -A shop beat -s /tmp/schedule'),
    'celery beat, with its schedule in a database': beat('celery -A shop beat --scheduler django'),
    'celery beat in a folder of its user': beat('celery -A shop beat', 'RUN chown shop /app\n'),
    'celery beat in the home itself': beat('celery -A shop beat', '', '/home/shop'),
    'a celery worker alone': beat('celery -A shop worker'),
    'as root': project(''),
    'what the build has made is given with the rest': {
      files: {
        'fly.toml': 'app = "shop"\n',
        'config/application.rb': '',
        Gemfile: rails.Gemfile,
        'Gemfile.lock': rails['Gemfile.lock'],
        Dockerfile:
          'FROM ruby:3.4-slim AS base\nWORKDIR /rails\nFROM base AS build\nCOPY . .\nRUN bundle exec bootsnap precompile app/ lib/\nFROM base\nRUN useradd rails\nUSER rails:rails\nCOPY --from=build --chown=rails:rails /rails /rails\nCMD ["./bin/rails", "server"]\n',
      },
    },
    'both are given': project(`${made}tmp public\nUSER rails\n`),
    'all is given': project(`${made}/rails\nUSER rails\n`),
    'the COPY gives': {
      files: {
        ...project('').files,
        Dockerfile:
          'FROM ruby:3.4-slim\nRUN useradd rails\nWORKDIR /rails\nCOPY --chown=rails . .\nUSER rails\nCMD ["./bin/rails", "server"]\n',
      },
    },
    'a volume': project(`${made}tmp\nUSER rails\n`, '[mounts]\nsource = "data"\ndestination = "/rails/public"\n'),
    'CarrierWave has another folder': project(`${made}tmp\nUSER rails\n`, '', {
      'app/uploaders/image.rb': `${uploader}  def cache_dir = "/tmp/uploads"\nend\n`,
    }),
    'nothing is uploaded with CarrierWave': project(`${made}tmp log\nUSER rails\n`),
    'a folder that is left out, and given': project(
      `RUN useradd rails && mkdir tmp && chown -R rails tmp public\nUSER rails\n`,
      '',
      {
        '.dockerignore': 'tmp\n',
      },
    ),
    'code that goes on without': node("try {\n  fs.mkdirSync('logs')\n} catch {}\n"),
    'code that makes a folder later': node("function save() {\n  fs.mkdirSync('logs')\n}\n"),
    'code that makes a folder for tests': node("if (process.env.NODE_ENV === 'test') fs.mkdirSync('logs')\n"),
    'code that makes a folder elsewhere': node("fs.mkdirSync('/tmp/logs')\n"),
    'code that makes a folder which a variable names': node("fs.mkdirSync(process.env.LOGS || 'logs')\n"),
    'code that makes a folder on a volume': node("fs.mkdirSync('data/uploads', {recursive: true})\n", {
      fly: '[mounts]\nsource = "data"\ndestination = "/app/data"\n',
    }),
    'code that makes a folder in one that is given': node("fs.mkdirSync('logs')\n", {rights: 'RUN chown node .\n'}),
    'code that makes a folder which is there and given': node("fs.mkdirSync('logs', {recursive: true})\n", {
      rights: 'RUN mkdir logs && chown node logs\n',
    }),
    'modules that go on without, or make a folder later': python(
      `import os
try:
    os.makedirs("logs")
except OSError:
    pass

def save():
    os.makedirs("uploads")
`,
    ),
    'a log that is opened with its first line': python('import logging\nlogging.FileHandler("app.log", delay=True)\n'),
    'a module that makes a folder at home': python('import os\nos.makedirs("/home/shop/logs")\n'),
    'a script makes a folder elsewhere': script('mkdir -p /tmp/cache\n'),
    'a script makes a folder if it likes': script('mkdir data || true\n'),
  },
  flagged: {
    'static files of Django that are collected at the start': {
      ...django(''),
      expect: [
        "warning Dockerfile:5:1 /app/shop is root's, and the image runs as shop: ENTRYPOINT runs manage.py collectstatic, which ends with Permission denied",
      ],
    },
    'a file for swap, by a script that another stage brings along': {
      files: {
        ...script('#!/bin/bash -e\nfallocate -l 128M /swapfile\nexec "$@"\n').files,
        Dockerfile:
          'FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nFROM node:22-slim\nCOPY --from=build /app /app\nUSER node\nENTRYPOINT ["/app/start.sh"]\nCMD ["node", "server.js"]\n',
        'package.json': '{}',
      },
      expect: [
        "warning Dockerfile:7:1 / is root's, and the image runs as node: ENTRYPOINT runs fallocate -l 128M /swapfile, which ends with Permission denied",
      ],
    },
    'a file for swap, as another user': {
      ...script('set -e\nfallocate -l 128M /swapfile\nmkswap /swapfile\nswapon /swapfile\nexec node server.js\n'),
      expect: [
        "warning Dockerfile:4:1 / is root's, and the image runs as node: CMD runs fallocate -l 128M /swapfile, which ends with Permission denied",
      ],
    },
    'uv, as a user without a home': {
      ...uv('RUN useradd -r shop'),
      expect: [homeless('8', 'uv', '/home/shop/.cache/uv', '/home/shop nothing makes')],
    },
    'PM2, as a user without a home': {
      ...pm2('RUN groupadd --system shop && useradd --system -g shop shop', 'ENV XDG_CACHE_HOME=/tmp\n'),
      expect: [
        'warning package.json:1:13 CMD starts pm2-runtime, which needs /home/shop/.pm2, but the image runs as shop, whose home /home/shop nothing makes: it ends with Permission denied',
      ],
    },
    'uv, as a system user': {
      ...uv('RUN addgroup --system shop && adduser --system --group shop'),
      expect: [homeless('8', 'uv', '/nonexistent/.cache/uv', '/nonexistent nothing makes')],
    },
    'uv, as a user that docker init makes': {
      ...uv(
        'RUN adduser --disabled-password --gecos "" --home "/nonexistent" --shell "/sbin/nologin" --no-create-home --uid 10001 shop',
      ),
      expect: [homeless('8', 'uv', '/nonexistent/.cache/uv', '/nonexistent nothing makes')],
    },
    'uv, as a user of Alpine without a home': {
      ...uv('RUN adduser -SDH shop', '', 'python:3.13-alpine'),
      expect: [homeless('8', 'uv', '/home/shop/.cache/uv', '/home/shop nothing makes')],
    },
    'corepack, as a system user': {
      ...corepack('RUN adduser --system --uid 1001 shop', 'USER shop\n'),
      expect: [homeless('8', 'pnpm', '/nonexistent/.cache/node/corepack', '/nonexistent nothing makes')],
    },
    'corepack, as a number': {
      ...corepack('', 'USER 1001\n'),
      expect: [homeless('8', 'pnpm', '/.cache/node/corepack', 'is /, which is root’s', '1001')],
    },
    'celery beat in the folder that WORKDIR made': {
      ...beat('celery -A shop beat -l info'),
      expect: [
        "warning Dockerfile:5:1 /app is root's, and the image runs as shop: celery beat keeps celerybeat-schedule there, which ends with Permission denied",
      ],
    },
    'a folder that WORKDIR made in the home of the user': {
      ...beat('celery -A shop beat', '', '/home/shop/app'),
      expect: [
        "warning Dockerfile:5:1 /home/shop/app is root's, and the image runs as shop: celery beat keeps celerybeat-schedule there, which ends with Permission denied",
      ],
    },
    'a worker that is the clock, too': {
      ...beat('celery -A shop worker -B'),
      expect: [
        "warning Dockerfile:5:1 /app is root's, and the image runs as shop: celery beat keeps celerybeat-schedule there, which ends with Permission denied",
      ],
    },
    uploads: {
      ...project(`${made}tmp log\nUSER rails\n`, '', {'app/uploaders/image.rb': `${uploader}end\n`}),
      expect: [
        "warning Dockerfile:4:22 /rails/public is root's, and the image runs as rails: CarrierWave lays every upload into public/uploads/tmp first, which ends with Permission denied",
      ],
    },
    'nothing is given': {
      ...project('RUN useradd rails\nUSER rails\n', '', {Gemfile: 'gem "rails"\n'}),
      expect: [
        "warning Dockerfile:5:1 /rails/tmp is root's, and the image runs as rails: Rails keeps its caches and the number of its process there, which ends with Permission denied",
      ],
    },
    'code makes a folder': {
      ...node("fs.mkdirSync('./uploads', {recursive: true})\nfs.mkdirSync('./more')\n"),
      expect: [makes('server.js', '/app/uploads', 'node', 4)],
    },
    'code makes a folder that is not there': {
      ...node("if (!fs.existsSync('logs')) {\n  fs.mkdirSync('logs')\n}\n"),
      expect: [makes('server.js', '/app/logs', 'node', 4)],
    },
    'multer makes the folder for uploads': {
      ...node("const upload = require('multer')({})\nconst multer = require('multer')\nmulter({dest: 'uploads/'})\n"),
      expect: [makes('server.js', '/app/uploads', 'node', 4)],
    },
    'COPY gives what it brings, and not the folder of WORKDIR': {
      ...node("fs.appendFileSync('app.log', 'started')\n", {copy: 'COPY --chown=node:node . .'}),
      expect: [makes('server.js', '/app/app.log', 'node', 4)],
    },
    'a module makes a folder beside it': {
      ...python(
        'from pathlib import Path\n\nUPLOADS = Path(__file__).parent / "uploads"\nUPLOADS.mkdir(exist_ok=True)\n',
      ),
      expect: [makes('main.py', '/app/uploads', 'shop', 5)],
    },
    'a module makes a folder that its app is told of': {
      ...python(
        'import os\nfrom flask import Flask\napp = Flask(__name__)\napp.config["UPLOADS"] = "uploads"\nos.makedirs(app.config["UPLOADS"])\n',
      ),
      expect: [makes('main.py', '/app/uploads', 'shop', 5)],
    },
    'a module opens a log': {
      ...python('import logging\nlogging.basicConfig(level=20, filename="app.log")\n'),
      expect: [makes('main.py', '/app/app.log', 'shop', 5)],
    },
    'what is started itself': {
      ...python('import os\nif __name__ == "__main__":\n    os.makedirs("logs")\n'),
      expect: [makes('main.py', '/app/logs', 'shop', 5)],
    },
    'a script makes a folder': {
      ...script('set -e\nmkdir -p data/uploads\nexec node server.js\n'),
      expect: [
        "warning Dockerfile:4:1 /app is root's, and the image runs as node: CMD runs mkdir -p data/uploads, which ends with Permission denied",
      ],
    },
  },
})
