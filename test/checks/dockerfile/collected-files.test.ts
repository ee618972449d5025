import collectedFiles from '../../../checks/dockerfile/collected-files.ts'
import {testCheck} from '../../harness.ts'

const base = `from pathlib import Path
BASE_DIR = Path(__file__).resolve().parent.parent
INSTALLED_APPS = ["django.contrib.admin", "django.contrib.staticfiles", "orders"]
STATIC_URL = "/static/"
`
const root = 'STATIC_ROOT = BASE_DIR / "staticfiles"\n'
const folders = 'STATICFILES_DIRS = [BASE_DIR / "static"]\n'
const storages = (staticfiles: string) =>
  `STORAGES = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}${staticfiles}}\n`
const manifest = storages(', "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}')
const project = (
  settings: string,
  more: Record<string, string> = {},
  run = 'python manage.py collectstatic --noinput',
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nRUN ${run}\nCMD ["gunicorn", "shop.wsgi"]\n`,
    'requirements.txt': 'django==5.1.4\ngunicorn==23.0.0\nwhitenoise==6.8.2\n',
    'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
    'shop/__init__.py': '',
    'shop/settings.py': `${base}${settings}`,
    'orders/__init__.py': '',
    ...more,
  },
})
const collected = (more: Record<string, string>) => project(root + folders + manifest, more)

testCheck(collectedFiles, {
  clean: {
    'a folder for static files': project(root),
    'a folder that another module of the settings names': project('', {
      'shop/settings.py': 'from .base import *\n',
      'shop/base.py': base + root,
    }),
    'a bucket needs no folder': project(storages(', "staticfiles": {"BACKEND": "storages.backends.s3.S3Storage"}')),
    'settings that are taken from elsewhere': project('import dynaconf\ndynaconf.DjangoDynaconf(__name__)\n'),
    'another app': project('', {'shop/settings.py': 'INSTALLED_APPS = ["orders"]\n'}),
    'failure is caught': project('', {}, 'python manage.py collectstatic --noinput || true'),
    'storages without static files, in a Django that does not know them': project(root + storages(''), {
      'requirements.txt': 'django==4.1.13\n',
    }),
    'storages that are completed': project(`${root}${storages('')}STORAGES["staticfiles"] = {"BACKEND": "a.B"}\n`),
    'nothing to write over': project(root, {}, 'python manage.py collectstatic'),
    'a file beside it': collected({
      'static/css/site.css': 'a { background: url("../img/a.png") }',
      'static/img/a.png': '',
    }),
    'a file of an app': collected({
      'static/css/site.css': 'a { background: url(../orders/a.png) }',
      'orders/static/orders/a.png': '',
    }),
    'from the top of the static files': collected({
      'static/css/site.css': 'a { background: url(/static/a.png) }',
      'static/a.png': '',
    }),
    'addresses, data and parts of a page': collected({
      'static/site.css':
        'a { background: url(https://a.b/c.png) } b { background: url(data:image/png;base64,AA) } i { fill: url(#x) } @import "//cdn/x.css"; u { background: url(/media/a.png) }',
    }),
    'a comment': collected({'static/site.css': '/* url(old.png) */'}),
    'a file of the admin': collected({'static/css/site.css': 'a { background: url(../admin/img/a.svg) }'}),
    'a query': collected({'static/f.css': 'a { src: url("f.eot?#iefix") }', 'static/f.eot': ''}),
    'a build writes it': {
      files: {
        ...collected({'static/site.css': '@import "built.css";'}).files,
        Dockerfile:
          'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN ./build.sh static\nRUN python manage.py collectstatic --noinput\nCMD ["gunicorn", "shop.wsgi"]\n',
      },
    },
    'no manifest': project(root + folders, {'static/site.css': 'a { background: url(a.png) }'}),
    'a storage of its own': project(`${root}${folders}STATICFILES_STORAGE = "shop.storage.LooseManifestStorage"\n`, {
      'static/site.css': 'a { background: url(a.png) }',
    }),
    'a storage that Django no more looks at': project(
      `${root}${folders}STATICFILES_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"\n`,
      {'static/site.css': '@import "tailwindcss";'},
    ),
    'a storage of which it is not known whether it counts': project(
      `${root}${folders}STATICFILES_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"\n`,
      {'requirements.txt': 'django\nwhitenoise\n', 'static/site.css': '@import "tailwindcss";'},
    ),
    'a map, in a Django that does not look it up': project(root + folders + manifest, {
      'requirements.txt': 'django==4.0.10\n',
      'static/a.js': 'x()\n//# sourceMappingURL=a.js.map',
    }),
    'a map that is there': collected({'static/a.js': 'x()\n//# sourceMappingURL=a.js.map', 'static/a.js.map': '{}'}),
    'what is ignored': project(
      root + folders + manifest,
      {'static/scss/a.css': 'a { background: url(a.png) }'},
      'python manage.py collectstatic --noinput -i scss',
    ),
  },
  flagged: {
    'no folder for static files': {
      ...project(''),
      expect: [
        'error Dockerfile:5:5 collectstatic stops: shop/settings.py sets no STATIC_ROOT, the folder that it fills',
      ],
    },
    'no folder, and WhiteNoise': {
      ...project(manifest),
      expect: [
        'error Dockerfile:5:5 collectstatic stops: shop/settings.py sets no STATIC_ROOT, the folder that it fills',
      ],
    },
    'storages without one for static files': {
      ...project(root + storages('')),
      expect: [
        "error Dockerfile:5:5 collectstatic stops: STORAGES of shop/settings.py has no staticfiles, and takes the place of Django's own, which has it (InvalidStorageError)",
      ],
    },
    'a folder that is in git': {
      ...project(root, {'staticfiles/admin/a.css': ''}, 'python manage.py collectstatic'),
      expect: [
        'error Dockerfile:5:5 collectstatic asks whether it may write over what is in /app/staticfiles, and nobody answers in a build: it stops (EOFError)',
      ],
    },
    'a picture that is not there': {
      ...collected({'static/css/site.css': 'a {\n  background: url("../img/a.png");\n}\n'}),
      expect: [
        'error static/css/site.css:2:15 collectstatic stops: this names ../img/a.png, no folder of static files has img/a.png, and CompressedManifestStaticFilesStorage looks up everything that a file names (ValueError: The file could not be found)',
      ],
    },
    'the map of a minified library': {
      ...project(root + manifest, {'orders/static/orders/lib.min.js': 'x()\n//# sourceMappingURL=lib.min.js.map\n'}),
      expect: [
        'error orders/static/orders/lib.min.js:2:1 collectstatic stops: this names lib.min.js.map, no folder of static files has orders/lib.min.js.map, and CompressedManifestStaticFilesStorage looks up everything that a file names (ValueError: The file could not be found)',
      ],
    },
    'the older way to name folders': {
      ...project(
        `import os\nBASE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))\nSTATIC_ROOT = os.path.join(BASE, "out")\nSTATICFILES_DIRS = (os.path.join(BASE, "assets"),)\nSTATICFILES_STORAGE = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"\n`,
        {'requirements.txt': 'django==4.1.13\n', 'assets/site.css': '@import "reset.css";'},
      ),
      expect: [
        'error assets/site.css:1:1 collectstatic stops: this names reset.css, no folder of static files has reset.css, and ManifestStaticFilesStorage looks up everything that a file names (ValueError: The file could not be found)',
      ],
    },
  },
})
