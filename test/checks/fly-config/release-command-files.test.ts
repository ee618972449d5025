import releaseCommandFiles from '../../../checks/fly-config/release-command-files.ts'
import {testCheck} from '../../harness.ts'

const project = (command: string, {run = '', cmd = '["gunicorn", "shop.wsgi"]', more = {}} = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${command}"\n`,
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install django gunicorn ${run}\nCMD ${cmd}\n`,
    ...more,
  },
})
const lost = (task: string, what: string) =>
  `release_command runs ${task} in a machine that is thrown away: no other machine gets ${what}`

testCheck(releaseCommandFiles, {
  clean: {
    migrations: project('python manage.py migrate'),
    'the build has them, too': project('python manage.py collectstatic --noinput', {
      run: '&& python manage.py collectstatic --noinput',
    }),
    'each machine writes its own': project('python manage.py collectstatic --noinput', {
      cmd: 'python manage.py collectstatic --noinput && gunicorn shop.wsgi',
    }),
    'a storage elsewhere': project('python manage.py collectstatic --noinput', {run: 'django-storages'}),
    'packages that are not seen': {
      files: {
        ...project('python manage.py collectstatic --noinput').files,
        Dockerfile: 'FROM registry.example.com/shop\nCOPY . .\nCMD ["gunicorn", "shop.wsgi"]\n',
      },
    },
    'a script of npm that migrates': project('npm run db:migrate'),
    'a look whether migrations are missing': project('python manage.py makemigrations --check --dry-run'),
    'a build of something else': project("sh -c 'npm run build:seed && npm run seed'"),
    'the build says it in other words': project('python manage.py collectstatic --noinput', {
      run: '&& uv run -m manage collectstatic',
    }),
    'a script of the build may do it': project('python manage.py collectstatic --noinput', {run: '&& ./build.sh'}),
    'no release command': {
      files: {...project('').files, 'fly.toml': 'app = "shop"\n'},
    },
  },
  flagged: {
    'static files': {
      ...project("bash -c 'python manage.py migrate && python manage.py collectstatic --noinput'"),
      expect: [`warning fly.toml:3:1 ${lost('manage.py collectstatic', 'static files')}`],
    },
    'in a script': {
      ...project('sh release.sh', {
        more: {'release.sh': 'python manage.py makemigrations\npython manage.py migrate\n'},
      }),
      expect: [`warning release.sh:1:1 ${lost('manage.py makemigrations', 'migrations')}`],
    },
    'a build of the pages': {
      ...project("sh -c 'npm ci && npm run build && python manage.py migrate'"),
      expect: [`warning fly.toml:3:1 ${lost('npm run build', 'the files of the build')}`],
    },
    'the assets of Rails': {
      ...project('bin/rails db:migrate assets:precompile'),
      expect: [`warning fly.toml:3:1 ${lost('assets:precompile', 'the assets')}`],
    },
  },
})
