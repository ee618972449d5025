import conflicting from '../../../checks/python/conflicting-versions.ts'
import {testCheck} from '../../harness.ts'

const project = (requirements: string, app: string, python = '3.12') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:${python}-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY app.py .\nCMD ["gunicorn", "app:app"]\n`,
    'requirements.txt': requirements,
    'app.py': app,
  },
})
const flask = 'from flask import Flask\n\napp = Flask(__name__)\n'
const sql = `${flask}from flask_sqlalchemy import SQLAlchemy\n\ndb = SQLAlchemy(app)\n`
const werkzeug =
  "error requirements.txt:1:1 flask 2.2.2 does not work with the newest werkzeug, as nothing limits it: CMD imports it, and the import ends with ImportError: cannot import name 'url_quote' from 'werkzeug.urls'"

testCheck(conflicting, {
  clean: {
    'the other one is limited': project('flask==2.2.2\nwerkzeug<3\ngunicorn\n', flask),
    'the other one is pinned': project('flask==2.2.2\nwerkzeug==2.2.3\ngunicorn\n', flask),
    'a version that was mended': project('flask==2.3.3\ngunicorn\n', flask),
    'a version that limits the other one itself': project('flask==1.1.4\ngunicorn\n', flask),
    'a range takes a newer one': project('flask>=2.2\ngunicorn\n', flask),
    'a package that may limit it': project('flask==2.2.2\nconnexion\ngunicorn\n', flask),
    'passlib without bcrypt': project('passlib==1.7.4\ngunicorn\n', flask),
    'openai beside a package that may limit httpx': project('openai==1.40.0\npython-telegram-bot\ngunicorn\n', flask),
    'nothing imports it': project('flask==2.2.2\ngunicorn\n', 'app = print\n'),
    'passlib with another scheme': project(
      'passlib==1.7.4\nbcrypt==5.0.0\ngunicorn\n',
      'from passlib.hash import argon2\n',
    ),
    'a Python for which the other one has no such version': project(
      'pandas==2.0.3\ngunicorn\n',
      'import pandas\n',
      '3.8',
    ),
    'a package that is known to limit the other one': project(
      'pandas==2.0.3\nscipy==1.10.0\ngunicorn\n',
      'import pandas\n',
      '3.11',
    ),
    'what mends it is installed, too': project(
      'discord.py==2.3.2\naudioop-lts\ngunicorn\n',
      'import discord\n',
      '3.13',
    ),
    'an older patch of Python': project('fastapi==0.95.0\npydantic==1.10.13\ngunicorn\n', 'import fastapi\n', '3.12.3'),
    'an older Python': project('aioredis==2.0.1\ngunicorn\n', 'import aioredis\n', '3.10'),
  },
  flagged: {
    'what it depends on is newer': {
      ...project('flask==2.2.2\ngunicorn\n', flask),
      expect: [werkzeug],
    },
    'another package that is not known': {
      ...project('flask==2.2.2\nacme\ngunicorn\n', flask),
      expect: [werkzeug.replace('error', 'warning')],
    },
    'both are pinned': {
      ...project('flask-sqlalchemy==2.5.1\nSQLAlchemy==2.0.29\nflask==2.3.3\ngunicorn\nacme\n', sql),
      expect: [
        "error requirements.txt:1:1 flask-sqlalchemy 2.5.1 does not work with sqlalchemy 2.0.29: CMD imports it, and its use ends with AttributeError: module 'sqlalchemy' has no attribute '__all__'",
      ],
    },
    'a client that is only made later': {
      ...project(
        'openai==1.40.0\nhttpx==0.28.1\ngunicorn\n',
        'from openai import OpenAI\n\ndef ask():\n    return OpenAI()\n',
      ),
      expect: [
        "warning requirements.txt:1:1 openai 1.40.0 does not work with httpx 0.28.1: CMD imports it, and its use ends with TypeError: Client.__init__() got an unexpected keyword argument 'proxies'",
      ],
    },
    'a newer Python without what it had': {
      ...project('discord.py==2.3.2\ngunicorn\n', 'import discord\n', '3.13'),
      expect: [
        "error requirements.txt:1:1 discord-py 2.3.2 does not work with Python 3.13: CMD imports it, and the import ends with ModuleNotFoundError: No module named 'audioop'",
      ],
    },
    'a newer patch of Python': {
      ...project('fastapi==0.95.0\npydantic==1.10.13\ngunicorn\n', 'import fastapi\n'),
      expect: [
        "error requirements.txt:2:1 pydantic 1.10.13 does not work with Python 3.12: CMD imports it, and the import ends with TypeError: ForwardRef._evaluate() missing 1 required keyword-only argument: 'recursive_guard'",
      ],
    },
    'a library of the new numpy': {
      ...project('pandas==2.0.3\n', 'import pandas\n', '3.11'),
      expect: [
        'error requirements.txt:1:1 pandas 2.0.3 does not work with the newest numpy, as nothing limits it: CMD imports it, and the import ends with ValueError: numpy.dtype size changed, may indicate binary incompatibility',
      ],
    },
    'a newer Python': {
      ...project('aioredis==2.0.1\ngunicorn\n', 'import aioredis\n', '3.11'),
      expect: [
        'error requirements.txt:1:1 aioredis 2.0.1 does not work with Python 3.11: CMD imports it, and the import ends with TypeError: duplicate base class TimeoutError',
      ],
    },
    'a hash, of the extra that brings bcrypt': {
      ...project(
        'passlib[bcrypt]==1.7.4\ngunicorn\n',
        'from passlib.context import CryptContext\n\npwd = CryptContext(schemes=["bcrypt"])\n',
      ),
      expect: [
        'warning requirements.txt:1:1 passlib 1.7.4 does not work with the newest bcrypt, as nothing limits it: CMD imports it, and its use ends with ValueError: password cannot be longer than 72 bytes',
      ],
    },
  },
})
