import standardLibrary from '../../../checks/python/standard-library.ts'
import {testCheck} from '../../harness.ts'

const project = (python: string, code: string, more: Record<string, string> = {}, install = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:${python}-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n${install}CMD ["uvicorn", "main:app"]\n`,
    'requirements.txt': 'fastapi\nuvicorn\n',
    'main.py': code,
    ...more,
  },
})
const distutils = 'from distutils.util import strtobool\n'

testCheck(standardLibrary, {
  clean: {
    'a Python that has it still': project('3.11', `${distutils}import cgi\nfrom typing import Self\n`),
    'a Python that has it already': project(
      '3.13',
      'import tomllib\nfrom typing import override\nfrom datetime import UTC\n',
    ),
    'setuptools brings distutils': project('3.12', distutils, {'requirements.txt': 'uvicorn\nsetuptools\n'}),
    'a package brings setuptools': project('3.12', distutils, {'requirements.txt': 'uvicorn\napscheduler==3.10.1\n'}),
    'an old version of a package brings setuptools': project('3.12', distutils, {
      'requirements.txt': 'uvicorn\ngunicorn<21\n',
    }),
    'it is tried': project('3.10', 'try:\n    import tomllib\nexcept ImportError:\n    import tomli as tomllib\n'),
    'in a branch on the version': project('3.10', 'import sys\nif sys.version_info >= (3, 11):\n    import tomllib\n'),
    'a module of the project': project('3.13', 'import crypt\n', {'crypt.py': ''}),
    'another name of the module': project('3.10', 'from typing import Any\nfrom collections import OrderedDict\n'),
    'another Python is brought': project('3.13', 'import cgi\n', {}, 'RUN uv venv --python 3.11\n'),
    'uv is told to take another one': project('3.10', 'import tomllib\n', {}, 'RUN uv sync --frozen -p 3.12\n'),
    'a file says which one uv is to take': project('3.10', 'import tomllib\n', {'.python-version': 'python3.12\n'}),
    'another one is copied over it': project(
      '3.10',
      'import tomllib\n',
      {},
      'COPY --from=python:3.12-slim /usr/local /usr/local\n',
    ),
    'the environment comes from a stage with another one': {
      files: {
        ...project('3.10', 'import tomllib\n').files,
        Dockerfile:
          'FROM ghcr.io/astral-sh/uv:bookworm-slim AS build\nWORKDIR /app\nCOPY . .\nRUN uv pip install --target /packages -r requirements.txt\nFROM python:3.10-slim\nCOPY --from=build /app /app\nCOPY --from=build /packages /packages\nWORKDIR /app\nCMD ["uvicorn", "main:app"]\n',
      },
    },
    'a package brings what is new': project('3.8', 'import graphlib\n', {
      'requirements.txt': 'uvicorn\ngraphlib_backport\n',
    }),
  },
  flagged: {
    'a package whose versions of today bring no setuptools': {
      ...project('3.12', distutils, {'requirements.txt': 'uvicorn\ngunicorn>=20.1\n'}),
      expect: [
        'error main.py:1:1 CMD imports distutils here, which Python has no more since 3.12: the image has 3.12 (python:3.12-slim)',
      ],
    },
    'distutils, where a package that is not known may bring setuptools: a warning': {
      ...project('3.12', distutils, {'requirements.txt': 'uvicorn\nacme\n'}),
      expect: [
        'warning main.py:1:1 CMD imports distutils here, which Python has no more since 3.12: the image has 3.12 (python:3.12-slim)',
      ],
    },
    'cgi, where all packages are known': {
      ...project('3.13.1', 'import os\nimport cgi, html\n'),
      expect: [
        'error main.py:2:1 CMD imports cgi here, which Python has no more since 3.13: the image has 3.13 (python:3.13.1-slim)',
      ],
    },
    'names that are new, and one that moved': {
      ...project(
        '3.10',
        'from collections import Mapping\nfrom typing import (\n    Any,\n    Self,\n)\nimport tomllib\n',
      ),
      expect: [
        'error main.py:1:1 CMD imports collections.Mapping here, which Python has no more since 3.10: the image has 3.10 (python:3.10-slim)',
        'error main.py:2:1 CMD imports typing.Self here, which Python has only since 3.11: the image has 3.10 (python:3.10-slim)',
        'error main.py:6:1 CMD imports tomllib here, which Python has only since 3.11: the image has 3.10 (python:3.10-slim)',
      ],
    },
  },
})
