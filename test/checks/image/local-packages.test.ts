import localPackages from '../../../checks/image/local-packages.ts'
import {testCheck} from '../../harness.ts'

const project = (dockerfile: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: dockerfile,
    'package.json': '{}',
    'package-lock.json': '{}',
    'node_modules/express/index.js': '',
    ...more,
  },
})
const node = 'FROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n'

testCheck(localPackages, {
  clean: {
    'they are left out': project(node, {'.dockerignore': 'node_modules\n'}),
    'there are none': {
      files: {'fly.toml': 'app = "shop"\n', Dockerfile: node, 'package.json': '{}', 'package-lock.json': '{}'},
    },
    'what is installed comes behind': project('FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\n'),
    'nothing is installed': project('FROM node:22-slim\nWORKDIR /app\nCOPY . .\n'),
    'it is installed once more': project(`${node}RUN npm ci --omit=dev\n`),
    'from another stage': project(
      `${node.replace('FROM node:22-slim', 'FROM node:22-slim AS build').replace('COPY . .', 'COPY src src')}FROM node:22-slim\nWORKDIR /app\nRUN npm install\nCOPY --from=build /app .\n`,
      {'src/index.js': ''},
    ),
  },
  flagged: {
    node_modules: {
      ...project(node),
      expect: [
        'warning Dockerfile:5:1 this COPY lays node_modules of the working directory over the one that the RUN before installs',
      ],
    },
    '.venv': {
      ...project(
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim\nWORKDIR /app\nCOPY pyproject.toml ./\nRUN uv sync --no-install-project\nCOPY . /app\n',
        {
          'pyproject.toml': '',
          '.venv/bin/python': '',
          '.dockerignore': 'node_modules\n',
        },
      ),
      expect: [
        'warning Dockerfile:5:1 this COPY lays .venv of the working directory over the one that the RUN before installs',
      ],
    },
  },
})
