import neededPackages from '../../../checks/python/needed-packages.ts'
import {testCheck} from '../../harness.ts'

const form =
  'from fastapi import FastAPI, Form\napp = FastAPI()\n@app.post("/")\ndef send(name: str = Form(...)):\n    pass\n'
const project = (requirements: string, code = form, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM python:3.12-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nCMD ["uvicorn", "main:app"]\n',
    'requirements.txt': requirements,
    'main.py': code,
    ...more,
  },
})
const email = 'from pydantic import (\n    BaseModel,\n    EmailStr,\n)\nclass User(BaseModel):\n    email: EmailStr\n'
const tokens = 'import jwt\ndef read(token, key):\n    return jwt.decode(token, key, algorithms=["ES256"])\n'
const late =
  'warning main.py:3:35 PyJWT checks tokens of RS256 and ES256 with cryptography, which nothing installs: each of them is refused, as their algorithm is not known'
/** uv installs a member of a workspace, of which it cannot be told what that is. */
const locked = (lock: string, code = form, run = 'RUN uv sync --frozen --package shop\n') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:latest /uv /usr/local/bin/uv\nWORKDIR /app\nCOPY . .\n${run}CMD ["uvicorn", "main:app"]\n`,
    'pyproject.toml': '[project]\nname = "shop"\nversion = "1"\ndependencies = ["fastapi"]\n',
    'uv.lock': `version = 1\n[[package]]\nname = "fastapi"\nversion = "0.115.0"\n${lock}`,
    'main.py': code,
  },
})

const sockets =
  'from fastapi import FastAPI, WebSocket\napp = FastAPI()\n@app.websocket("/ws")\nasync def ws(socket: WebSocket):\n    await socket.accept()\n'

const spacy = 'import spacy\nnlp = spacy.load("en_core_web_sm")\n'

const worker = 'from celery import Celery\napp = Celery("shop", broker="redis://shop-redis.internal:6379/0")\n'
/** Django, whose settings name the broker, and an app of which has a picture. */
const django = (requirements: string) =>
  project(requirements, '', {
    'manage.py': '',
    'shop/settings.py':
      'import os\nCELERY_BROKER_URL = os.environ.get("REDIS_URL", "redis://localhost:6379/0")\nINSTALLED_APPS = ["django_celery_beat"]\n',
    'orders/models.py':
      'from django.db import models\n\nclass Order(models.Model):\n    photo = models.ImageField(upload_to="photos")\n',
  })

const stopwords = 'from nltk.corpus import stopwords\nSTOP = set(stopwords.words("english"))\n'
const tokenize = 'import nltk\n\ndef words(text):\n    return nltk.word_tokenize(text)\n'
const nltk = 'nltk==3.9.1\nuvicorn\n'

testCheck(neededPackages, {
  clean: {
    'requests that another package brings, or may': project(
      'google-auth\nsome-sdk\n',
      'from google.auth.transport import requests\n',
    ),
    'the extra of google-auth': project(
      'google-auth[requests]\n',
      'from google.auth.transport.requests import Request\n',
    ),
    'data of NLTK that the code fetches': project(nltk, `import nltk\nnltk.download("stopwords")\n${stopwords}`),
    'data of NLTK that the Dockerfile fetches': project(nltk, stopwords, {
      Dockerfile:
        'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt && python -m nltk.downloader stopwords\nCMD ["uvicorn", "main:app"]\n',
    }),
    'data of NLTK in the project': project(nltk, stopwords, {'nltk_data/corpora/stopwords/english': ''}),
    'data of NLTK that can be missing': project(nltk, `try:\n    pass\nexcept LookupError:\n    pass\n${stopwords}`),
    'a word in a comment, of NLTK': project(nltk, 'import nltk\n# nltk.word_tokenize(text)\n'),
    'Celery with Redis': project('celery[redis]==5.4.0\nuvicorn\n', worker),
    'Celery and redis': project('celery==5.4.0\nredis\nuvicorn\n', worker),
    'Celery with another broker': project('celery==5.4.0\nuvicorn\n', worker.replace('redis://', 'amqp://')),
    'Celery beside a package that may bring redis': project('celery==5.4.0\nuvicorn\nacme-tasks\n', worker),
    'Django with both': django('django\nceleryn\nredis\npillow\n'),
    'Django with what brings Pillow': django('django\ncelery[redis]\nqrcode[pil]\n'),
    'the validator Email of WTForms with its extra': project(
      'flask\nwtforms[email]\n',
      'from wtforms import Form, StringField\nfrom wtforms.validators import Email\n\n\nclass Login(Form):\n    email = StringField("Email", [Email()])\n',
    ),
    'a model of spaCy, and a script that fetches it': project('spacy\n', spacy, {
      'start.sh': 'python -m spacy download en_core_web_sm\n',
    }),
    'a model of spaCy as a package': project('spacy\nen-core-web-md==3.8.0\n', spacy),
    'a model of spaCy that the code fetches': project('spacy\n', `${spacy}spacy.cli.download("en_core_web_sm")\n`),
    'a model of spaCy in a function': project('spacy\n', spacy.replace('nlp', 'def f():\n    nlp')),
    'WebSockets, and the extra of uvicorn': project('fastapi\nuvicorn[standard]\n', sockets),
    'WebSockets, and a library for them': project('fastapi\nuvicorn\nwsproto\n', sockets),
    'WebSockets, and a server that has them': project('fastapi\nhypercorn\n', sockets),
    'WebSockets, and a package that may bring a library': project('fastapi\nuvicorn\nshop-sdk\n', sockets),
    'tokens of a shared secret': project('pyjwt\n', tokens.replace('ES256', 'HS256')),
    'tokens, and the extra of PyJWT': project('pyjwt[crypto]\n', tokens),
    'tokens, and a package that brings cryptography': project('pyjwt\nfirebase-admin\n', tokens),
    'tokens, and extras of others': project('pyjwt\nflask-jwt-extended[asymmetric_crypto]\n', tokens),
    'tokens, and a client of GitHub': project('pyjwt\npygithub\n', tokens),
    'tokens whose signature is not checked': project(
      'pyjwt\n',
      tokens.replace('algorithms', 'options={"verify_signature": False}, algorithms'),
    ),
    'tokens in a comment': project('pyjwt\n', `import jwt\n# jwt.decode(token, key, algorithms=["RS256"])\n`),
    'tokens of another library': project('python-jose\n', tokens.replace('import jwt', 'from jose import jwt')),
    'it is declared': project('fastapi\npython-multipart\n'),
    'an extra brings it': project('fastapi[standard]\nuvicorn\n'),
    'a framework brings it by way of mcp': project('fastapi\ncrewai[tools]==1.5.0\n'),
    'FastAPI 0.111 depends on it': project('fastapi==0.111.0\n'),
    'another package brings it': project('fastapi\nsqladmin\n'),
    'one brings it by way of mcp': project('fastapi\nopenai-agents\n'),
    'no form': project('fastapi\n', 'from fastapi import FastAPI\napp = FastAPI()\n'),
    'a Form of another library': project('flask\n', 'from wtforms import Form\nclass F(Form):\n    pass\n'),
    'a module that nothing imports': project('fastapi\n', 'from fastapi import FastAPI\napp = FastAPI()\n', {
      'old.py': form,
    }),
    'templates that are made when they are used': project(
      'fastapi\n',
      'from fastapi.templating import Jinja2Templates\ndef templates():\n    return Jinja2Templates(directory="t")\n',
    ),
    'an EmailStr with its extra': project('fastapi\npydantic[email]\n', email),
  },
  flagged: {
    'data of NLTK at the start': {
      ...project(nltk, stopwords),
      expect: [
        'warning main.py:2:12 stopwords of NLTK reads the data stopwords, which nothing fetches: the import ends with LookupError',
      ],
    },
    'data of NLTK for a request': {
      ...project(nltk, tokenize),
      expect: [
        'warning main.py:4:17 word_tokenize of NLTK reads the data punkt, which nothing fetches: the first call of it ends with LookupError',
      ],
    },
    'Celery without redis': {
      ...project('celery==5.4.0\nuvicorn\n', worker),
      expect: [
        'warning main.py:2:22 the broker of Celery needs redis, which nothing installs: the worker stops, and each task that is sent fails, with ImportError: Missing redis library',
      ],
    },
    'Django without redis and Pillow': {
      ...django('django\ncelery\nuvicorn\n'),
      expect: [
        'warning orders/models.py:4:1 an ImageField of Django needs pillow, which nothing installs: migrate and check stop with fields.E210',
        'warning shop/settings.py:2:1 the broker of Celery needs redis, which nothing installs: the worker stops, and each task that is sent fails, with ImportError: Missing redis library',
      ],
    },
    'the validator Email of WTForms': {
      ...project(
        'flask\nflask-wtf\n',
        'from flask_wtf import FlaskForm\nfrom wtforms import StringField\nfrom wtforms.validators import DataRequired, Email\n\n\nclass Login(FlaskForm):\n    email = StringField("Email", validators=[DataRequired(), Email()])\n',
      ),
      expect: [
        "error main.py:7:1 the validator Email of WTForms needs email-validator, which nothing installs: the import ends with Exception: Install 'email_validator' for email validation support.",
      ],
    },
    'a model of spaCy': {
      ...project('spacy\n', spacy),
      expect: [
        "warning main.py:2:1 spacy.load needs the model en_core_web_sm, which nothing installs: the import ends with OSError: [E050] Can't find model 'en_core_web_sm'",
      ],
    },
    'WebSockets, and uvicorn alone': {
      ...project('fastapi\nuvicorn\nasyncpg\n', sockets),
      expect: [
        'warning main.py:3:1 a route for WebSockets needs websockets, which nothing installs: uvicorn takes each connection for a plain request, and it fails: No supported WebSocket library detected',
      ],
    },
    'tokens of keys in two halves': {...project('fastapi\npyjwt>=2.8\n', tokens), expect: [late]},
    'what the lock does not have, whatever else is installed': {
      ...locked(''),
      expect: [
        'warning main.py:4:20 a form needs python-multipart, which nothing installs: the import ends with RuntimeError: Form data requires "python-multipart" to be installed',
      ],
    },
    'a form': {
      ...project('fastapi\nuvicorn\n'),
      expect: [
        'error main.py:4:20 a form needs python-multipart, which nothing installs: the import ends with RuntimeError: Form data requires "python-multipart" to be installed',
      ],
    },
    'beside a package that is not known: a warning': {
      ...project('fastapi\nacme\n'),
      expect: [
        'warning main.py:4:20 a form needs python-multipart, which nothing installs: the import ends with RuntimeError: Form data requires "python-multipart" to be installed',
      ],
    },
    'in a module that a function imports: a warning': {
      ...project('fastapi\n', 'def late():\n    from routes import app\n', {'routes.py': form}),
      expect: [
        'warning routes.py:4:20 a form needs python-multipart, which nothing installs: the import ends with RuntimeError: Form data requires "python-multipart" to be installed',
      ],
    },
    'templates of Starlette': {
      ...project(
        'fastapi\nuvicorn\n',
        'from fastapi import FastAPI\nfrom fastapi.templating import Jinja2Templates\napp = FastAPI()\ntemplates = Jinja2Templates(directory="templates")\n',
      ),
      expect: [
        'error main.py:4:1 Jinja2Templates needs jinja2, which nothing installs: the import ends with jinja2 must be installed to use Jinja2Templates',
      ],
    },
    EmailStr: {
      ...project('fastapi\n', email),
      expect: [
        'error main.py:6:10 EmailStr needs email-validator, which nothing installs: the import ends with ImportError: email-validator is not installed',
      ],
    },
    'the requests of google-auth': {
      ...project('google-auth\nfastapi[standard]\n', 'import google.auth.transport.requests\n'),
      expect: [
        'warning main.py:1:1 google.auth.transport.requests needs requests, which nothing installs: the import ends with ImportError: The requests library is not installed',
      ],
    },
    sessions: {
      ...project('fastapi\n', 'from starlette.middleware.sessions import SessionMiddleware\n'),
      expect: [
        "error main.py:1:1 SessionMiddleware needs itsdangerous, which nothing installs: the import ends with ModuleNotFoundError: No module named 'itsdangerous'",
      ],
    },
    settings: {
      ...project('fastapi\npydantic\n', 'from pydantic_settings import BaseSettings\n'),
      expect: [
        "error main.py:1:1 pydantic_settings needs pydantic-settings, which nothing installs: the import ends with ModuleNotFoundError: No module named 'pydantic_settings'",
      ],
    },
  },
  skipped: {
    'an install of Poetry whose place is not known, beside one of pip, in what a COPY takes': {
      files: {
        ...project('fastapi==0.115.0\n').files,
        Dockerfile:
          'FROM python:3.12-slim AS build\nRUN pip install poetry==1.8.5\nCOPY service/pyproject.toml service/poetry.lock ./\nRUN poetry config virtualenvs.create false && poetry install --no-root\nFROM python:3.12-slim\nWORKDIR /app\nCOPY --from=build /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.12/site-packages\nCOPY . .\nCMD ["uvicorn", "main:app"]\n',
        'service/pyproject.toml':
          '[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\nfastapi = "^0.115"\npython-multipart = "^0.0.20"\n',
        'service/poetry.lock': '[[package]]\nname = "python-multipart"\nversion = "0.0.20"\n',
      },
      reason: 'not every installed Python package can be told',
    },
    'the lock has it': {
      ...locked('[[package]]\nname = "python-multipart"\nversion = "0.0.9"\n'),
      reason: 'not every installed Python package can be told',
    },
    'a lock of Poetry that writes names as their projects do': {
      ...locked(
        '[[package]]\nname = "Jinja2"\nversion = "3.1.2"\n',
        'from fastapi.templating import Jinja2Templates\npages = Jinja2Templates("pages")\n',
      ),
      reason: 'not every installed Python package can be told',
    },
    'pip installs more than the lock, with a cache of its own': {
      ...locked(
        '',
        form,
        'RUN uv sync --frozen --package shop\nRUN pip install --cache-dir /root/.cache/pip -r more.txt\n',
      ),
      reason: 'not every installed Python package can be told',
    },
    'a package of Debian beside the lock': {
      ...locked('', form, 'RUN apt-get install -y python3-multipart && uv sync --frozen --package shop\n'),
      reason: 'not every installed Python package can be told',
    },
    'pip installs more than the lock': {
      ...locked('', form, 'RUN uv sync --frozen --package shop && uv pip install x\n'),
      reason: 'not every installed Python package can be told',
    },
    'an install that cannot be told': {
      ...project('fastapi\n-e .\n'),
      reason: 'not every installed Python package can be told',
    },
  },
})
