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

/** Settings, with the packages of a requirements.txt that is installed, and a service. */
const set = (settings: string, requirements = 'django==5.1.4\ndjango-cors-headers==4.6.0\n', more = '') => {
  const {files} = project('', {}, 'RUN pip install -r requirements.txt\n')
  return {
    files: {
      ...files,
      'fly.toml': `${files['fly.toml']}[http_service]\ninternal_port = 8000\n${more}`,
      'shop/settings.py': `import os\n${settings}`,
      'requirements.txt': requirements,
    },
  }
}
const cors = (list: string) => `INSTALLED_APPS = ['corsheaders']\nCORS_ALLOWED_ORIGINS = ${list}\n`

testCheck(djangoSettings, {
  clean: {
    'settings for a laptop, beside which a secret may name others': {
      files: {
        ...set('').files,
        'manage.py': project('').files['manage.py'].replace('shop.settings', 'shop.local'),
        'shop/local.py': 'ALLOWED_HOSTS = []\n',
      },
    },
    'a server with other settings': {
      files: {
        ...set('ALLOWED_HOSTS = []\n').files,
        'shop/wsgi.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.production')\n",
      },
    },
    'a name of its own': set("ALLOWED_HOSTS = ['shop.example.com', 'localhost']\n"),
    'all names of Fly.io': set("ALLOWED_HOSTS = ['.fly.dev']\n"),
    'names of a variable that may be a secret': set(
      "ALLOWED_HOSTS = os.environ.get('HOSTS', 'localhost').split(',')\n",
    ),
    'one that is added': set("ALLOWED_HOSTS = []\nALLOWED_HOSTS.append(os.environ['HOST'])\n"),
    'one that is put in front': set("ALLOWED_HOSTS = ['localhost']\nALLOWED_HOSTS.insert(0, os.environ['HOST'])\n"),
    'hosts that depend': set("ALLOWED_HOSTS = []\nif os.environ.get('FLY_APP_NAME'):\n    ALLOWED_HOSTS = ['*']\n"),
    'origins with their scheme': set("CSRF_TRUSTED_ORIGINS = ['https://*.example.com']\n"),
    'origins without it, before Django 4': set("CSRF_TRUSTED_ORIGINS = ['example.com']\n", 'django==3.2.25\n'),
    'origins of browsers': set(cors("['https://a.b', 'http://localhost:3000', 'null']")),
    'a list that no app reads': set("INSTALLED_APPS = ['orders']\nCORS_ALLOWED_ORIGINS = ['a.b']\n"),
    'the storage of an older Django': set("STATICFILES_STORAGE = 'a.B'\n", 'django==5.0.9\n'),
    'both, in a Django that knows one': set("STATICFILES_STORAGE = 'a.B'\nSTORAGES = {}\n"),
    'the header as WSGI has it': set("SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')\n"),
    'a text that is compared': set("DEBUG = os.environ.get('DEBUG', 'False') == 'True'\n"),
    'a text that is empty': set("DEBUG = os.environ.get('DEBUG', '')\n"),
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
    'hosts as a text': {
      ...set("ALLOWED_HOSTS = 'shop.fly.dev'\n"),
      expect: [
        'error shop/settings.py:2:1 ALLOWED_HOSTS is a text, and must be a list: release_command runs python manage.py migrate --noinput, which stops (The ALLOWED_HOSTS setting must be a list or a tuple)',
      ],
    },
    'no hosts': {
      ...set('ALLOWED_HOSTS = []\n'),
      expect: [
        'warning shop/settings.py:2:1 ALLOWED_HOSTS is empty, and must have the name that is asked for: each request for shop.fly.dev is answered 400 (DisallowedHost)',
      ],
    },
    'an address in the place of a name': {
      ...set("ALLOWED_HOSTS = ['https://shop.fly.dev', 'localhost']\n"),
      expect: [
        'warning shop/settings.py:2:1 ALLOWED_HOSTS has https://shop.fly.dev and localhost alone, and must have the name that is asked for: each request for shop.fly.dev is answered 400 (DisallowedHost)',
      ],
    },
    'the name of another app': {
      ...set("ALLOWED_HOSTS = ['shop-old.fly.dev']\n"),
      expect: [
        'warning shop/settings.py:2:1 ALLOWED_HOSTS has shop-old.fly.dev alone, and must have the name that is asked for: each request for shop.fly.dev is answered 400 (DisallowedHost)',
      ],
    },
    'an origin without its scheme, from [env]': {
      ...set(
        "CSRF_TRUSTED_ORIGINS = os.environ.get('ORIGINS', 'http://localhost').split(',')\n",
        'django==4.2.16\n',
        '[env]\nORIGINS = "shop.fly.dev"\n',
      ),
      expect: [
        'error shop/settings.py:2:1 CSRF_TRUSTED_ORIGINS has "shop.fly.dev", and must begin with the scheme: release_command runs python manage.py migrate --noinput, which stops (4_0.E001)',
      ],
    },
    'origins as a text': {
      ...set("CSRF_TRUSTED_ORIGINS = 'https://shop.fly.dev'\n"),
      expect: [
        'error shop/settings.py:2:1 CSRF_TRUSTED_ORIGINS is a text, and must be a list: release_command runs python manage.py migrate --noinput, which stops (4_0.E001)',
      ],
    },
    'an origin of a browser with a / at its end': {
      ...set(cors("['https://a.b/']")),
      expect: [
        'error shop/settings.py:3:1 CORS_ALLOWED_ORIGINS has "https://a.b/", and must have the scheme and the host of each origin, without a path: release_command runs python manage.py migrate --noinput, which stops (corsheaders.E014)',
      ],
    },
    'an origin of a browser without its scheme': {
      ...set(cors("['localhost:3000']")),
      expect: [
        'error shop/settings.py:3:1 CORS_ALLOWED_ORIGINS has "localhost:3000", and must have the scheme and the host of each origin, without a path: release_command runs python manage.py migrate --noinput, which stops (corsheaders.E013)',
      ],
    },
    'a storage that Django no more looks at': {
      ...set("STATICFILES_STORAGE = 'whitenoise.storage.CompressedStaticFilesStorage'\n"),
      expect: [
        "warning shop/settings.py:2:1 STATICFILES_STORAGE is no setting since Django 5.1, and must be an entry of STORAGES: Django's own storage takes its place (nothing is said of it)",
      ],
    },
    'storages in two ways': {
      ...set("STATICFILES_STORAGE = 'a.B'\nSTORAGES = {'default': {}}\n", 'django==4.2.16\n'),
      expect: [
        'error shop/settings.py:2:1 STATICFILES_STORAGE and STORAGES are both set, and Django takes one alone: release_command runs python manage.py migrate --noinput, which stops (STATICFILES_STORAGE/STORAGES are mutually exclusive)',
      ],
    },
    'a header by its own name': {
      ...set("SECURE_SSL_REDIRECT = True\nSECURE_PROXY_SSL_HEADER = ('X-Forwarded-Proto', 'https')\n"),
      expect: [
        'warning shop/settings.py:3:1 SECURE_PROXY_SSL_HEADER names "X-Forwarded-Proto", and must name it as WSGI does: HTTP_X_FORWARDED_PROTO: each request counts as http, and is redirected to https again and again (the header is never found)',
      ],
    },
    'debugging that "False" turns on': {
      ...set("DEBUG = os.environ.get('DEBUG', 'False')\n"),
      expect: [
        'warning shop/settings.py:2:1 DEBUG is the text "False", of which each but the empty one counts as true: whoever meets an error is shown the code and the settings (DEBUG is on)',
      ],
    },
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
        'error shop/settings.py:4:5 APP_DIRS is True and OPTIONS has loaders, of which Django takes one alone: release_command runs python manage.py migrate --noinput, which stops (templates.E001)',
      ],
    },
  },
})
