import libraryNames from '../../../checks/python/library-names.ts'
import {testCheck} from '../../harness.ts'

const project = (requirements: string, code: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["uvicorn", "main:app"]\n',
    'requirements.txt': requirements,
    'main.py': code,
    ...more,
  },
})
const settings = 'from pydantic import BaseModel, BaseSettings\n'
const told = (name: string, rest: string) =>
  `main.py:1:1 CMD imports ${name} here, which ${rest}. The import ends with an ImportError`
const newest = (name: string, library: string, until: string) =>
  told(name, `${library} has no more since ${until}: the newest is installed`)

testCheck(libraryNames, {
  clean: {
    'names that every version has': project(
      'fastapi\nsqlalchemy\n',
      'from fastapi import FastAPI, Depends\nfrom sqlalchemy import Column, select\nfrom sqlalchemy.orm import relationship\n',
    ),
    'moviepy 1 has its editor': project('moviepy==1.0.3\nuvicorn\n', 'from moviepy.editor import VideoFileClip\n'),
    'pydantic 1 has BaseSettings': project('fastapi\npydantic<2\n', settings),
    'mcp 1 has FastMCP': project('mcp>=1.9,<2\nuvicorn\n', 'from mcp.server.fastmcp import FastMCP\n'),
    'mcp that another package brings, too': project(
      'mcp\nopenai-agents\nuvicorn\n',
      'from mcp.server.fastmcp import FastMCP\n',
    ),
    'a pin of it': project('fastapi\npydantic==1.10.24\n', settings),
    'FastAPI before 0.100 brings pydantic 1': project('fastapi==0.95.2\n', settings),
    'a try, for both': project(
      'pydantic==2.8.2\n',
      'try:\n    from pydantic_settings import BaseSettings\nexcept ImportError:\n    from pydantic import BaseSettings\n',
    ),
    'another package may ask for an old one': project('pydantic\nspacy==3.4\n', settings),
    'it is not installed: another check tells it': project('uvicorn\n', settings),
    'SQLAlchemy 2 has mapped_column': project(
      'sqlalchemy==2.0.36\n',
      'from sqlalchemy import Uuid\nfrom sqlalchemy.orm import DeclarativeBase, mapped_column\n',
    ),
    'a version that cannot be told': project(
      'sqlalchemy~=1.4\n',
      'from sqlalchemy.orm import DeclarativeBase, mapped_column\n',
    ),
    'a module of the project': project('uvicorn\n', 'from telegram import ParseMode\n', {
      'telegram/__init__.py': 'ParseMode = 1\n',
    }),
    'a module that nothing starts': project('uvicorn\n', 'app = None\n', {'old.py': 'from sqlalchemy import JSONB\n'}),
  },
  flagged: {
    'FastMCP of mcp 2': {
      ...project('mcp[cli]==2.3.0\nuvicorn\n', 'from mcp.server.fastmcp import FastMCP\n'),
      expect: [`error ${told('mcp.server.fastmcp', 'mcp has no more since 2.0: 2.3.0 is installed')}`],
    },
    'the editor of moviepy 2': {
      ...project('moviepy\nuvicorn\n', 'from moviepy.editor import VideoFileClip\n'),
      expect: [`warning ${newest('moviepy.editor', 'moviepy', '2.0')}`],
    },
    'a client that openai has only later': {
      ...project('openai==0.28.1\nuvicorn\n', 'from openai import OpenAI\n'),
      expect: [`error ${told('openai.OpenAI', 'openai has only since 1.0: 0.28.1 is installed')}`],
    },
    'FastMCP of the newest': {
      ...project('mcp>=1.2.0\nuvicorn\n', 'from mcp.server.fastmcp import FastMCP\n'),
      expect: [`warning ${newest('mcp.server.fastmcp', 'mcp', '2.0')}`],
    },
    'the addresses of Django, in an app': {
      files: {
        'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "python manage.py migrate"\n',
        Dockerfile:
          'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "shop.wsgi"]\n',
        'requirements.txt': 'django==4.2.16\ngunicorn\n',
        'manage.py':
          "import os, sys\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n",
        'shop/__init__.py': '',
        'shop/settings.py': "INSTALLED_APPS = ['orders']\nROOT_URLCONF = 'shop.urls'\n",
        'shop/urls.py': "from django.urls import include, path\nurlpatterns = [path('', include('orders.urls'))]\n",
        'orders/__init__.py': '',
        'orders/urls.py': 'from django.conf.urls import url\n',
      },
      expect: [
        'error orders/urls.py:1:1 release_command imports django.conf.urls.url here, which django has no more since 4.0: 4.2.16 is installed. The import ends with an ImportError',
      ],
    },
    'BaseSettings of a pinned pydantic 2': {
      ...project('pydantic==2.10.4\n', settings),
      expect: [`error ${told('pydantic.BaseSettings', 'pydantic has no more since 2.0: 2.10.4 is installed')}`],
    },
    'that of whichever pydantic FastAPI brings': {
      ...project('fastapi==0.115.0\nuvicorn\n', settings),
      expect: [`warning ${newest('pydantic.BaseSettings', 'pydantic', '2.0')}`],
    },
    'one that is new enough at least': {
      ...project('pydantic>=2.4\n', settings),
      expect: [`error ${newest('pydantic.BaseSettings', 'pydantic', '2.0')}`],
    },
    'the version of a lock file': {
      ...project('', 'from sqlalchemy.orm import Mapped, mapped_column\n', {
        Dockerfile:
          'FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/uv\nWORKDIR /app\nCOPY . .\nRUN uv sync --frozen\nCMD ["uv", "run", "uvicorn", "main:app"]\n',
        'pyproject.toml':
          '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = ["sqlalchemy"]\n',
        'uv.lock':
          'version = 1\nrequires-python = ">=3.12"\n\n[[package]]\nname = "shop"\nversion = "1"\nsource = { virtual = "." }\ndependencies = [{ name = "sqlalchemy" }]\n\n[[package]]\nname = "sqlalchemy"\nversion = "1.4.54"\nsource = { registry = "https://pypi.org/simple" }\n',
      }),
      expect: [`error ${told('sqlalchemy.orm.mapped_column', 'sqlalchemy has only since 2.0: 1.4.54 is installed')}`],
    },
    "types of Postgres, which are its dialect's": {
      ...project('sqlalchemy\n', 'from sqlalchemy import Column, JSONB\n'),
      expect: [`error ${told('sqlalchemy.JSONB', 'sqlalchemy does not have')}`],
    },
    'a middleware of another module': {
      ...project('fastapi\n', 'from fastapi import FastAPI, CORSMiddleware, JSONResponse\n'),
      expect: [`error ${told('fastapi.CORSMiddleware', 'fastapi does not have')}`],
    },
    'a module that is gone': {
      ...project('openai>=1.30\n', 'from openai.error import RateLimitError\n'),
      expect: [`error ${newest('openai.error', 'openai', '1.0')}`],
    },
    'an import of the module itself': {
      ...project('langchain==1.0.3\n', 'import langchain.chains\n'),
      expect: [`error ${told('langchain.chains', 'langchain has no more since 1.0: 1.0.3 is installed')}`],
    },
    'pydantic 1, and names of pydantic 2': {
      ...project('pydantic==1.10.24\n', 'from pydantic import BaseModel, ConfigDict\n'),
      expect: [`error ${told('pydantic.ConfigDict', 'pydantic has only since 2.0: 1.10.24 is installed')}`],
    },
    'Flask 3': {
      ...project('flask\ngunicorn\n', 'from flask import Flask, Markup\n'),
      expect: [`warning ${newest('flask.Markup', 'flask', '3.0')}`],
    },
  },
})
