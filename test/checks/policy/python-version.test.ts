import pythonVersion from '../../../checks/policy/python-version.ts'
import {testCheck} from '../../harness.ts'

const project = (Dockerfile: string, python = '>=3.12,<3.14') => ({
  files: {'fly.toml': 'app = "shop"\n', 'preflight.toml': `[policy]\npython = "${python}"\n`, Dockerfile},
})

testCheck(pythonVersion, {
  clean: {
    'an allowed version': project('FROM python:3.13-slim\n'),
    'a version of which some patch is allowed': project('FROM python:3.12-slim\n', '>=3.12.4'),
    'the Python of another stage does not count': project(
      'FROM python:3.9 AS build\nFROM python:3.12-slim\nCOPY --from=build /a /a\n',
    ),
  },
  flagged: {
    'an older version': {
      ...project('FROM python:3.9-slim\n'),
      expect: ['error Dockerfile:1:1 the image has Python 3.9 (python:3.9-slim), [policy] demands >=3.12,<3.14'],
    },
    'a newer patch than is allowed': {
      ...project('FROM python:3.12.4-slim\n', '<3.12.4'),
      expect: ['error Dockerfile:1:1 the image has Python 3.12.4 (python:3.12.4-slim), [policy] demands <3.12.4'],
    },
  },
  skipped: {
    'the name does not tell': {
      ...project('FROM ghcr.io/acme/base\n'),
      reason: 'the name of the base image does not say which Python it has',
    },
    'a step brings another one': {
      ...project('FROM python:3.9-slim\nRUN uv python install 3.12\n'),
      reason: 'the Dockerfile brings a Python of its own',
    },
    'no policy': {
      files: {'fly.toml': 'app = "shop"\n', Dockerfile: 'FROM debian\n'},
      reason: '[policy] has no python',
    },
  },
})
