import packageName from '../../../checks/python/package-name.ts'
import {testCheck} from '../../harness.ts'

const project = (requirements: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
    'requirements.txt': requirements,
    ...more,
  },
})

testCheck(packageName, {
  clean: {
    'packages whose names have dots': project('zope.interface\nruamel.yaml==0.18\njaraco.text\ndiscord.py\n', {
      'main.py': 'import zope.interface\nfrom ruamel.yaml import YAML\n',
    }),
    'a dot in the place of a dash': project('Flask.Cors\nSQLAlchemy.Utils\n', {
      'main.py': 'from flask_cors import CORS\n',
    }),
    'a file that no image installs': project('flask\n', {'requirements-dev.txt': 'sqlite3\n'}),
    'a package of a namespace that nobody else knows': project('acme.client\n', {
      'main.py': 'from acme.client import Client\n',
    }),
    'an address': project('os @ https://example.com/os.whl\n'),
  },
  flagged: {
    'a module of a table': {
      ...project('flask\nplaywright.async_api>=1.40\n'),
      expect: [
        'warning requirements.txt:2:1 playwright.async_api is a module of the package playwright, but pip looks for a package playwright-async-api',
      ],
    },
    'a module that the code imports': {
      ...project('acme.client\nacme\n', {'main.py': 'import os\n\nfrom acme.client import Client\n'}),
      expect: [
        'warning requirements.txt:1:1 acme.client is a module of the package acme, but pip looks for a package acme-client',
      ],
    },
    'a part of Python': {
      ...project('sqlite3\n'),
      expect: [
        'warning requirements.txt:1:1 sqlite3 is a part of Python itself, and the package index has no package sqlite3',
      ],
    },
    'another name for the package': {
      ...project('PIL.Image\n'),
      expect: [
        'warning requirements.txt:1:1 PIL.Image is a module of the package pillow, but pip looks for a package pil-image',
      ],
    },
  },
})
