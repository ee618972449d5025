import djangoSettings from '../../../checks/python/django-settings.ts'
import {testCheck} from '../../harness.ts'

const project = (settings: string, more: Record<string, string> = {}, run = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "python manage.py migrate --noinput"\n',
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\n${run}CMD ["gunicorn", "shop.wsgi"]\n`,
    'manage.py':
      "import os, sys\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n",
    'shop/__init__.py': '',
    'shop/settings.py': `INSTALLED_APPS = ['django.contrib.admin', 'django.contrib.staticfiles']\n${settings}`,
    ...more,
  },
})
const storage = "STATICFILES_STORAGE = 'whitenoise.storage.CompressedManifestStaticFilesStorage'\n"
const debug = "DEBUG = os.environ.get('DEBUG') == 'True'\n"
const templates = (rest: string) =>
  `TEMPLATES = [{\n    'BACKEND': 'django.template.backends.django.DjangoTemplates',\n    ${rest}\n}]\n`
const loaders = "'OPTIONS': {'loaders': [('django.template.loaders.cached.Loader', [])]},"
const apps = (list: string) => {
  const {files} = project('')
  return {files: {...files, 'shop/settings.py': list}}
}

testCheck(djangoSettings, {
  clean: {
    'the build collects them': project(debug + storage, {}, 'RUN python manage.py collectstatic --noinput\n'),
    'a script does': project(debug + storage, {'bin/build.sh': 'python manage.py collectstatic\n'}),
    'no manifest': project(`${debug}STATICFILES_STORAGE = 'whitenoise.storage.CompressedStaticFilesStorage'\n`),
    'with DEBUG none is asked for': project(`DEBUG = os.environ.get('DEBUG', 'True') == 'True'\n${storage}`),
    'one of two storages': project(
      `${debug}if DEBUG:\n    STATICFILES_STORAGE = 'a.StaticFilesStorage'\nelse:\n    ${storage}`,
    ),
    'no page names a file': {
      files: {...project('').files, 'shop/settings.py': `INSTALLED_APPS = ['rest_framework']\n${debug}${storage}`},
    },
    'loaders alone': project(templates(`'APP_DIRS': False,\n    ${loaders}`)),
    'APP_DIRS alone': project(templates("'APP_DIRS': True,\n    'OPTIONS': {'context_processors': []},")),
    'APP_DIRS is taken back': project(
      `${templates(`'APP_DIRS': True,\n    ${loaders}`)}TEMPLATES[0]['APP_DIRS'] = False\n`,
    ),
    'an app and its part': apps("INSTALLED_APPS = ['orders', 'orders.api']\n"),
    'the second one is a comment': apps("INSTALLED_APPS = [\n    'orders',\n    # 'orders',\n]\n"),
    'what is there twice is taken out': apps(
      "INSTALLED_APPS = ['orders', 'orders']\nINSTALLED_APPS = list(dict.fromkeys(INSTALLED_APPS))\n",
    ),
    'one of two lists': apps("INSTALLED_APPS = ['orders', 'orders'] if LOCAL else ['orders']\n"),
    'another list has it, too': apps("INSTALLED_APPS = ['orders']\nTENANT_APPS = ['orders']\n"),
    'the list is read elsewhere': apps("APPS = ['orders', 'orders']\nINSTALLED_APPS = set(APPS)\n"),
    'a place where the settings are completed': apps("INSTALLED_APPS = ['orders', 'orders']\nfrom .local import *\n"),
  },
  flagged: {
    'an app twice': {
      ...apps("INSTALLED_APPS = [\n    'orders',\n    'notes',\n    'orders',\n]\n"),
      expect: [
        "error shop/settings.py:4:5 INSTALLED_APPS names orders twice: release_command runs python manage.py migrate --noinput, which stops (Application labels aren't unique)",
      ],
    },
    'nothing collects the static files': {
      ...project(debug + storage),
      expect: [
        'warning shop/settings.py:3:23 the static files are named by a manifest, and nothing runs collectstatic, which writes it: each page that names one is an error (Missing staticfiles manifest entry)',
      ],
    },
    'APP_DIRS with loaders': {
      ...project(templates(`'APP_DIRS': True,\n    ${loaders}`)),
      expect: [
        'error shop/settings.py:4:5 APP_DIRS is True and OPTIONS has loaders, of which Django takes one alone: release_command runs python manage.py migrate --noinput, and stops (templates.E001)',
      ],
    },
  },
})
