import logFolder from '../../../checks/image/log-folder.ts'
import {testCheck} from '../../harness.ts'

const project = (code: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nCMD ["uvicorn", "main:app"]\n',
    '.gitignore': 'logs/\n',
    'main.py': `import logging\nimport os\n\n${code}\n\napp = 1\n`,
    ...more,
  },
})
const basic = 'logging.basicConfig(level=logging.INFO, filename="logs/app.log")'
const told = (line: number, column: number) =>
  `error main.py:${line}:${column} CMD imports this file, which opens logs/app.log for its log, and nothing makes /app/logs in the image: the import ends with FileNotFoundError`

/** Django, whose LOGGING has a handler. */
const django = (handler: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "shop.wsgi"]\n',
    'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
    'shop/__init__.py': '',
    'shop/settings.py': `from pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\nLOGGING = {\n    'version': 1,\n    'handlers': {\n        'file': ${handler},\n    },\n}\n`,
    ...more,
  },
})
const handler = (file: string, kind = 'logging.FileHandler') => `{'class': '${kind}', 'filename': ${file}}`

testCheck(logFolder, {
  clean: {
    'a handler of Django beside manage.py': django(handler("BASE_DIR / 'django.log'")),
    'a handler of Django whose folder is there': django(handler("BASE_DIR / 'logs' / 'django.log'"), {
      'logs/.keep': '',
    }),
    'a handler of Django whose folder the settings make': django(handler("BASE_DIR / 'logs/django.log'"), {
      'shop/__init__.py': "import os\nos.makedirs('logs', exist_ok=True)\n",
    }),
    'a handler of Django that opens no file': django(handler("BASE_DIR / 'logs/django.log'", 'logging.StreamHandler')),
    'a server with other settings': django(handler("BASE_DIR / 'logs/django.log'"), {
      'shop/wsgi.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.production')\n",
    }),
    'LOGGING that is changed': django(handler("BASE_DIR / 'logs/django.log'"), {
      'shop/settings.py':
        "LOGGING = {'handlers': {'f': {'class': 'logging.FileHandler', 'filename': 'logs/a.log'}}}\nif True:\n    LOGGING = {}\n",
    }),
    'to the terminal': project('logging.basicConfig(level=logging.INFO)'),
    'beside the code': project('logging.basicConfig(filename="app.log")'),
    'in a folder of the project': project(basic, {'logs/.gitkeep': '', '.gitignore': ''}),
    'in a folder that the build makes': project(basic, {
      Dockerfile: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN mkdir -p logs\nCMD ["uvicorn", "main:app"]\n',
    }),
    'in a folder that the code makes': project(`os.makedirs("logs", exist_ok=True)\n${basic}`),
    'on a volume': project('logging.basicConfig(filename="/data/logs/app.log")', {
      'fly.toml': 'app = "shop"\n[mounts]\nsource = "data"\ndestination = "/data"\n',
    }),
    'in a folder of the system': project('logging.basicConfig(filename="/var/log/app.log")'),
    'in a function': project(`def setup():\n    ${basic}`),
    'in a branch': project(`if os.environ.get("LOG"):\n    ${basic}`),
    'a file that is opened with the first line': project('handler = logging.FileHandler("logs/app.log", delay=True)'),
    'a module that nothing starts': project('', {'jobs.py': `import logging\n${basic}\n`}),
  },
  flagged: {
    'a handler of Django': {
      ...django(handler("BASE_DIR / 'logs' / 'django.log'", 'logging.handlers.RotatingFileHandler')),
      expect: [
        'error shop/settings.py:6:79 CMD sets Django up, LOGGING opens logs/django.log, and nothing makes /app/logs in the image: Django stops (ValueError: Unable to configure handler)',
      ],
    },
    'a handler of Django, behind collectstatic': {
      ...django(handler("'logs/django.log'"), {
        Dockerfile:
          'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN python manage.py collectstatic --noinput\nCMD ["gunicorn", "shop.wsgi"]\n',
      }),
      expect: [
        'error shop/settings.py:6:62 CMD sets Django up, LOGGING opens logs/django.log, and nothing makes /app/logs in the image: Django stops (ValueError: Unable to configure handler)',
      ],
    },
    'a handler of Django, by os.path': {
      ...django(handler("os.path.join(BASE_DIR, 'logs/django.log')")),
      expect: [
        'error shop/settings.py:6:62 CMD sets Django up, LOGGING opens logs/django.log, and nothing makes /app/logs in the image: Django stops (ValueError: Unable to configure handler)',
      ],
    },
    'a folder that git ignores': {...project(basic), expect: [told(4, 1)]},
    'a handler among others': {
      ...project(
        'logging.basicConfig(\n    handlers=[\n        logging.StreamHandler(),\n        logging.FileHandler("logs/app.log"),\n    ],\n)',
      ),
      expect: [told(7, 9)],
    },
    'one that begins anew each day': {
      ...project(
        'from logging.handlers import TimedRotatingFileHandler\n\nhandler = TimedRotatingFileHandler(filename="logs/app.log", when="D")',
      ),
      expect: [told(6, 11)],
    },
  },
})
