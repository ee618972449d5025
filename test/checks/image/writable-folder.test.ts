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

testCheck(writableFolder, {
  clean: {
    'celery beat, with its schedule elsewhere': beat('celery -A shop beat -s /tmp/schedule'),
    'celery beat, with its schedule in a database': beat('celery -A shop beat --scheduler django'),
    'celery beat in a folder of its user': beat('celery -A shop beat', 'RUN chown shop /app\n'),
    'celery beat in the home itself': beat('celery -A shop beat', '', '/home/shop'),
    'a celery worker alone': beat('celery -A shop worker'),
    'as root': project(''),
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
      'app/uploaders/image.rb': 'def cache_dir\n  "/tmp/uploads"\nend\n',
    }),
    'a folder that is left out, and given': project(
      `RUN useradd rails && mkdir tmp && chown -R rails tmp public\nUSER rails\n`,
      '',
      {
        '.dockerignore': 'tmp\n',
      },
    ),
    'a script makes a folder elsewhere': script('mkdir -p /tmp/cache\n'),
    'a script makes a folder if it likes': script('mkdir data || true\n'),
  },
  flagged: {
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
      ...project(`${made}tmp log\nUSER rails\n`),
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
    'a script makes a folder': {
      ...script('set -e\nmkdir -p data/uploads\nexec node server.js\n'),
      expect: [
        "warning Dockerfile:4:1 /app is root's, and the image runs as node: CMD runs mkdir -p data/uploads, which ends with Permission denied",
      ],
    },
  },
})
