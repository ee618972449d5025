import check from '../../../checks/python/server-interface.ts'
import {testCheck} from '../../harness.ts'

const project = (command: string, main: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ${JSON.stringify(command.split(' '))}\n`,
    'requirements.txt': 'fastapi\nflask\ngunicorn\nuvicorn\n',
    'main.py': main,
    ...more,
  },
})
const fastapi = 'from fastapi import FastAPI\n\napp = FastAPI()\n'
const flask = 'from flask import Flask\n\napp = Flask(__name__)\n'
const told = (started: string, server: string, calls: string, made: string, speaks: string) => [
  `error Dockerfile:5:1 CMD gives ${started} to ${server}, which calls it as ${calls}, and ${made} makes an app of ${speaks}: each request ends with a TypeError (500)`,
]

testCheck(check, {
  clean: {
    'uvicorn and FastAPI': project('uvicorn main:app --host 0.0.0.0', fastapi),
    'gunicorn and Flask': project('gunicorn main:app -k gthread --threads 4', flask),
    'a worker of uvicorn': project('gunicorn main:app -k uvicorn.workers.UvicornWorker', fastapi),
    'one of its own': project('gunicorn --worker-class=workers.Own main:app', fastapi),
    'uvicorn is told': project('uvicorn main:app --interface wsgi', flask),
    'hypercorn finds out by itself': project('hypercorn main:app', flask),
    'a file of settings': project('gunicorn main:app', fastapi, {'gunicorn.conf.py': 'worker_class = "x"\n'}),
    'an app that is wrapped': project('uvicorn main:app', `${flask}app = WsgiToAsgi(app)\n`),
    'an app under another name': project('uvicorn main:asgi', `${flask}asgi = WsgiToAsgi(app)\n`),
    'an app that a function makes': project('gunicorn main:app', 'from shop import make\n\napp = make()\n'),
    'a class of the project': project('gunicorn main:app', 'class FastAPI:\n    pass\n\napp = FastAPI()\n'),
    'a module that comes from elsewhere': project('gunicorn other:app', fastapi),
  },
  flagged: {
    'gunicorn and FastAPI': {
      ...project('gunicorn main:app --bind 0.0.0.0:8080 --workers 2', fastapi),
      expect: told('main:app', 'gunicorn', 'WSGI', 'FastAPI', 'ASGI'),
    },
    'a module of the package app': {
      ...project('gunicorn app.main:app', '', {
        'app/__init__.py': '',
        'app/main.py': `from app.config import settings\n${fastapi}`,
        'app/config.py': 'settings = 1\n',
      }),
      expect: told('app.main:app', 'gunicorn', 'WSGI', 'FastAPI', 'ASGI'),
    },
    'a worker of WSGI, by its long name': {
      ...project('gunicorn --worker-class gevent main:app', `${fastapi}app.include_router(x)\nuvicorn.run(app=app)\n`),
      expect: told('main:app', 'gunicorn', 'WSGI', 'FastAPI', 'ASGI'),
    },
    'uvicorn and Flask': {
      ...project('uvicorn main:app', flask.replace('= Flask', ': Flask = Flask')),
      expect: told('main:app', 'uvicorn', 'ASGI', 'Flask', 'WSGI'),
    },
    'uvicorn and the wsgi.py of Django': {
      ...project('uvicorn shop.wsgi:application', '', {
        'shop/__init__.py': '',
        'shop/wsgi.py': 'from django.core.wsgi import get_wsgi_application\n\napplication = get_wsgi_application()\n',
      }),
      expect: told('shop.wsgi:application', 'uvicorn', 'ASGI', 'get_wsgi_application', 'WSGI'),
    },
    'gunicorn and the asgi.py of Django': {
      ...project('gunicorn shop.asgi:application', '', {
        'shop/__init__.py': '',
        'shop/asgi.py': 'from django.core.asgi import get_asgi_application\n\napplication = get_asgi_application()\n',
      }),
      expect: told('shop.asgi:application', 'gunicorn', 'WSGI', 'get_asgi_application', 'ASGI'),
    },
    'a RUN may write the module': {
      files: {
        ...project('gunicorn main:app', fastapi).files,
        Dockerfile:
          'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN sed -i s/a/b/ main.py\nCMD ["gunicorn", "main:app"]\n',
      },
      expect: told('main:app', 'gunicorn', 'WSGI', 'FastAPI', 'ASGI').map((each) => each.replace('error', 'warning')),
    },
  },
})
