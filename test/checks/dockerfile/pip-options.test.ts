import pipOptions from '../../../checks/dockerfile/pip-options.ts'
import {testCheck} from '../../harness.ts'

const project = (run: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM python:3.12-slim\nCOPY requirements.txt .\nRUN ${run}\n`,
    'requirements.txt': 'fastapi\n',
  },
})

testCheck(pipOptions, {
  clean: {
    'known options': project('pip install --no-cache-dir --upgrade -r requirements.txt'),
    'the beginning of an option': project(
      'pip install --no-cache --extra-index https://example.com/simple -r requirements.txt',
    ),
    'an ambiguous beginning is none of ours': project('pip install --no-c -r requirements.txt'),
    'an option that pip once had': project('pip install --install-option="--prefix=/x" --use-wheel fastapi'),
    'a value that looks like an option': project(
      'pip install --global-option --with-x --config-settings --y -r requirements.txt',
    ),
    'a failure that is caught': project('pip install --no-cache-free -r requirements.txt || true'),
    'after a word that is not known': project('pip install $OPTION --what -r requirements.txt'),
    'an option that Debian gave its pip': {
      files: {
        ...project('').files,
        Dockerfile:
          'FROM ubuntu:20.04\nRUN apt-get update && apt-get install -y python3-pip && pip3 install --system flask\n',
      },
    },
    'behind --': project('pip install -- --what'),
  },
  flagged: {
    'an option that does not exist': {
      ...project('pip install --no-cache-free -r requirements.txt'),
      expect: ['error Dockerfile:3:5 pip has no option --no-cache-free'],
    },
    'by python -m pip, with a value': {
      ...project('python3 -m pip install --requirment=requirements.txt'),
      expect: ['error Dockerfile:3:5 pip has no option --requirment'],
    },
    'an option of uv': {
      ...project('pip install --system fastapi'),
      expect: ['error Dockerfile:3:5 pip has no option --system'],
    },
    'one that resembles none may be new': {
      ...project('pip install --quantum-entanglement fastapi'),
      expect: ['warning Dockerfile:3:5 pip has no option --quantum-entanglement'],
    },
    'whose failure does not stop the build': {
      ...project('pip install --no-cache-free fastapi; true'),
      expect: ['warning Dockerfile:3:5 pip has no option --no-cache-free'],
    },
  },
  skipped: {
    'uv pip is another program': {
      ...project('uv pip install --system -r requirements.txt'),
      reason: 'no RUN installs with pip',
    },
  },
})
