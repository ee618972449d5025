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

/** A project whose apps, installs and modules are all known. */
const whole = (settings: string, more: Record<string, string> = {}) => {
  const {files} = set('')
  const own = {'shop/__init__.py': '', 'orders/__init__.py': '', 'orders/models.py': ''}
  const wsgi = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
  return {files: {...files, ...own, 'shop/wsgi.py': wsgi, 'shop/settings.py': settings, ...more}}
}
const contrib = "'django.contrib.admin', 'django.contrib.auth'"
const ordersConfig = (name: string) => ({
  'orders/apps.py': `from django.apps import AppConfig\n\n\nclass OrdersConfig(AppConfig):\n    name = '${name}'\n`,
})
const migrate = 'release_command runs python manage.py migrate --noinput, which stops'

/** A list that a library makes of a variable that fly.toml sets. */
const read = (lines: string) =>
  set(`${lines}\n`, undefined, '[env]\nALLOWED_HOSTS = "shop.fly.dev,shop.com"\nDEBUG = "False"\n')

testCheck(djangoSettings, {
  clean: {
    'hosts of decouple': read(
      'from decouple import config, Csv\nALLOWED_HOSTS = config("ALLOWED_HOSTS", default="shop.com", cast=Csv())\nDEBUG = config("DEBUG", default=False, cast=bool)',
    ),
    'hosts of decouple, by places': read(
      'from decouple import config, Csv\nALLOWED_HOSTS = config("ALLOWED_HOSTS", "shop.com", Csv())',
    ),
    'hosts of decouple, by a function': read(
      'from decouple import config\nALLOWED_HOSTS = config("ALLOWED_HOSTS", cast=lambda v: [s.strip() for s in v.split(",")], default="shop.com")',
    ),
    'hosts of django-environ': read(
      'import environ\nenv = environ.Env()\nALLOWED_HOSTS = env("ALLOWED_HOSTS", list, [])',
    ),
    'hosts of django-environ, by the default': read(
      'import environ\nenv = environ.Env()\nALLOWED_HOSTS = env("ALLOWED_HOSTS", default=["shop.com"])',
    ),
    'hosts of django-environ, by the scheme': read(
      'import environ\nenv = environ.Env(ALLOWED_HOSTS=(list, []))\nALLOWED_HOSTS = env("ALLOWED_HOSTS")',
    ),
    'hosts of starlette': read(
      'from starlette.config import Config\nfrom starlette.datastructures import CommaSeparatedStrings\nALLOWED_HOSTS = Config()("ALLOWED_HOSTS", CommaSeparatedStrings, "shop.com")',
    ),
    'names of what is there': whole(
      `INSTALLED_APPS = [${contrib}, 'orders.apps.OrdersConfig']\nMIDDLEWARE = ['orders.middleware.Locale', 'django.middleware.common.CommonMiddleware']\nAUTH_USER_MODEL = 'orders.user'\n`,
      {
        ...ordersConfig('orders'),
        'orders/models.py': 'class User: ...\n',
        'orders/middleware.py': 'from .parts import *\n',
      },
    ),
    'a middleware that its package brings along': whole("MIDDLEWARE = ['orders.middleware.Locale']\n", {
      'orders/middleware/__init__.py': 'from .locale import Locale\n',
    }),
    'a name that a newer Django may have': whole("MIDDLEWARE = ['django.middleware.hsts.HstsMiddleware']\n"),
    'a module that git leaves out, or that the build writes': whole("MIDDLEWARE = ['orders.middleware.Locale']\n", {
      Dockerfile:
        'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt && python tools/write.py\nCMD ["gunicorn", "shop.wsgi"]\n',
    }),
    'an app of a package that is called otherwise': whole("INSTALLED_APPS = ['social_django']\n", {
      'requirements.txt': 'django==5.1.4\nsocial-auth-app-django==5.4.2\n',
    }),
    'an app that a list under a condition has': whole(
      "import os\nINSTALLED_APPS = ['orders']\nif os.environ.get('DEBUG'):\n    INSTALLED_APPS += ['toolbox']\n",
    ),
    'an app in a folder that Python is told of': whole(
      "import sys\nsys.path.insert(0, 'apps')\nINSTALLED_APPS = ['apps.notes']\n",
      {
        'apps/__init__.py': '',
        'apps/notes/__init__.py': '',
        'apps/notes/apps.py': "class NotesConfig(AppConfig):\n    name = 'notes'\n",
      },
    ),
    'an app that says another name, in a Django that does not look': whole("INSTALLED_APPS = ['orders']\n", {
      'requirements.txt': 'django==3.1.14\n',
      ...ordersConfig('accounts'),
    }),
    'two apps with labels of their own': whole("INSTALLED_APPS = ['orders', 'shop.orders']\n", {
      'shop/orders/__init__.py': '',
      'shop/orders/apps.py':
        "from django.apps import AppConfig\nclass C(AppConfig):\n    name = 'shop.orders'\n    label = 'shop_orders'\n",
    }),
    'the user of a package': whole(
      `INSTALLED_APPS = [${contrib}, 'accounts_lib']\nAUTH_USER_MODEL = 'accounts.User'\n`,
      {
        'requirements.txt': 'django==5.1.4\naccounts-lib==1.0\n',
      },
    ),
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
    'a text that a function splits': set(
      'from decouple import Csv, config\nALLOWED_HOSTS = config("HOSTS", cast=lambda v: [s.strip() for s in v.split(",")])\n',
      'django==5.1.4\n',
      '[env]\nHOSTS = "shop.example.com,shop.fly.dev"\n',
    ),
    'a text that a class splits': set(
      'from decouple import Csv, config\nALLOWED_HOSTS = config("HOSTS", default="shop.fly.dev", cast=Csv())\n',
    ),
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
    'a list that no app reads': set("INSTALLED_APPS = ['django.contrib.sites']\nCORS_ALLOWED_ORIGINS = ['a.b']\n"),
    'the storage of an older Django': set("STATICFILES_STORAGE = 'a.B'\n", 'django==5.0.9\n'),
    'both, in a Django that knows one': set("STATICFILES_STORAGE = 'a.B'\nSTORAGES = {}\n"),
    'the header as WSGI has it': set("SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')\n"),
    'a text that is compared': set("DEBUG = os.environ.get('DEBUG', 'False') == 'True'\n"),
    'a text that is empty': set("DEBUG = os.environ.get('DEBUG', '')\n"),
    'the build collects them': project(debug + storage, {}, 'RUN python manage.py collectstatic --noinput\n'),
    'a script does': project(debug + storage, {'bin/build.sh': 'python manage.py collectstatic\n'}),
    'finders with that of the apps, and one of somebody': project(
      "STATICFILES_FINDERS = ['django.contrib.staticfiles.finders.FileSystemFinder', 'django.contrib.staticfiles.finders.AppDirectoriesFinder']\n",
    ),
    'a finder of somebody': project("STATICFILES_FINDERS = ['shop.finders.AllFinder']\n"),
    'finders for an app without the admin': apps(
      "INSTALLED_APPS = ['django.contrib.staticfiles']\nSTATICFILES_FINDERS = ['django.contrib.staticfiles.finders.FileSystemFinder']\n",
    ),
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
    'a text of decouple': {
      ...read('from decouple import config\nALLOWED_HOSTS = config("ALLOWED_HOSTS", default="shop.com")'),
      expect: [
        `error shop/settings.py:3:1 ALLOWED_HOSTS is a text, and must be a list: ${migrate} (The ALLOWED_HOSTS setting must be a list or a tuple)`,
      ],
    },
    'finders without that of the apps': {
      ...project(
        "STATICFILES_FINDERS = [\n    'django.contrib.staticfiles.finders.FileSystemFinder',\n    'compressor.finders.CompressorFinder',\n]\n",
      ),
      expect: [
        'warning shop/settings.py:2:1 STATICFILES_FINDERS looks into no app, and the files of the admin lie in its own: collectstatic leaves them out, and the pages of the admin come without style (404 for static/admin)',
      ],
    },
    'an app whose class is called otherwise': {
      ...whole("INSTALLED_APPS = ['orders.apps.OrderConfig']\n", ordersConfig('orders')),
      expect: [
        `error shop/settings.py:1:19 INSTALLED_APPS names orders.apps.OrderConfig, and orders/apps.py has no OrderConfig: ${migrate} (ImportError)`,
      ],
    },
    'what several settings name of a package that is nowhere': {
      ...whole("INSTALLED_APPS = ['orders', 'blog']\nMIDDLEWARE = ['blog.middleware.BlogMiddleware']\n"),
      expect: [
        `warning shop/settings.py:1:29 INSTALLED_APPS names blog, and neither the project nor what it installs has a module blog: ${migrate} (ModuleNotFoundError)`,
      ],
    },
    'an app that is nowhere': {
      ...whole("INSTALLED_APPS = ['orders', 'blog']\n"),
      expect: [
        `warning shop/settings.py:1:29 INSTALLED_APPS names blog, and neither the project nor what it installs has a module blog: ${migrate} (ModuleNotFoundError)`,
      ],
    },
    'an app that was moved, and says its old name': {
      ...whole("INSTALLED_APPS = ['shop.orders']\n", {
        'shop/orders/__init__.py': '',
        'shop/orders/apps.py': ordersConfig('accounts')['orders/apps.py'],
      }),
      expect: [
        `error shop/orders/apps.py:5:5 OrdersConfig is the app accounts, as its name says, and there is no such module: the settings name shop.orders: ${migrate} (Cannot import 'accounts')`,
      ],
    },
    'one app in two ways': {
      ...whole("INSTALLED_APPS = ['orders', 'orders.apps.OrdersConfig']\n", ordersConfig('orders')),
      expect: [
        `error shop/settings.py:1:29 INSTALLED_APPS names orders and orders.apps.OrdersConfig, which are both called orders: ${migrate} (Application labels aren't unique, duplicates: orders)`,
      ],
    },
    'an app that is called as one of Django': {
      ...whole(`INSTALLED_APPS = [${contrib}, 'orders.auth']\n`, {'orders/auth/__init__.py': ''}),
      expect: [
        `error shop/settings.py:1:66 INSTALLED_APPS names django.contrib.auth and orders.auth, which are both called auth: ${migrate} (Application labels aren't unique, duplicates: auth)`,
      ],
    },
    'a user whose app is not installed': {
      ...whole(`INSTALLED_APPS = [${contrib}]\nAUTH_USER_MODEL = 'orders.User'\n`),
      expect: [
        `error shop/settings.py:2:19 AUTH_USER_MODEL is orders.User, and INSTALLED_APPS has no app orders: ${migrate} (AUTH_USER_MODEL refers to model 'orders.User' that has not been installed)`,
      ],
    },
    'a user by the module': {
      ...whole(`INSTALLED_APPS = [${contrib}, 'orders']\nAUTH_USER_MODEL = 'orders.models.User'\n`),
      expect: [
        `error shop/settings.py:2:19 AUTH_USER_MODEL is orders.models.User, and must be the label of an app and the name of a model: ${migrate} (ValueError: Invalid model reference)`,
      ],
    },
    'a user that no file has': {
      ...whole(`INSTALLED_APPS = [${contrib}, 'orders']\nAUTH_USER_MODEL = 'orders.Member'\n`),
      expect: [
        `error shop/settings.py:2:19 AUTH_USER_MODEL is orders.Member, and no file of the project has a class Member: ${migrate} (AUTH_USER_MODEL refers to model 'orders.Member' that has not been installed)`,
      ],
    },
    'a middleware that is not there': {
      ...whole("MIDDLEWARE = ['orders.middleware.Locale']\n"),
      expect: [
        'error shop/settings.py:1:15 MIDDLEWARE names orders.middleware.Locale, and there is no module orders.middleware: CMD runs gunicorn shop.wsgi, which stops (ModuleNotFoundError)',
      ],
    },
    'a middleware of Django that is called otherwise': {
      ...whole("MIDDLEWARE = ['django.middleware.clickjacking.XFrameOptionMiddleware']\n"),
      expect: [
        'error shop/settings.py:1:15 MIDDLEWARE names django.middleware.clickjacking.XFrameOptionMiddleware, which Django does not have: CMD runs gunicorn shop.wsgi, which stops (ImportError)',
      ],
    },
    'a processor, a backend, a storage and a log format': {
      ...whole(
        "TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'OPTIONS': {'context_processors': ['orders.context.site']}}]\nAUTHENTICATION_BACKENDS = ['orders.models.ByMail']\nSTORAGES = {'default': {'BACKEND': 'orders.storage.Media'}}\nLOGGING = {'version': 1, 'formatters': {'json': {'()': 'orders.logs.Json'}}}\n",
      ),
      expect: [
        'warning shop/settings.py:1:112 context_processors names orders.context.site, and there is no module orders.context: each page with a template is an error (ModuleNotFoundError)',
        'warning shop/settings.py:2:28 AUTHENTICATION_BACKENDS names orders.models.ByMail, and orders/models.py has no ByMail: whoever signs in meets an error (ImportError)',
        'warning shop/settings.py:3:36 STORAGES names orders.storage.Media, and there is no module orders.storage: each upload is an error (ModuleNotFoundError)',
        `error shop/settings.py:4:56 LOGGING names orders.logs.Json, and there is no module orders.logs: ${migrate} (ModuleNotFoundError)`,
      ],
    },
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
