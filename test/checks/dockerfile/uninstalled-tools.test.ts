import uninstalledTools from '../../../checks/dockerfile/uninstalled-tools.ts'
import {testCheck} from '../../harness.ts'

const project = (lines: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\n${lines}`,
    '.dockerignore': 'node_modules\nassets/node_modules/\n',
    'package.json': '{\n"scripts": {"build": "vite build"},\n"devDependencies": {"vite": "^6.0.0"}\n}\n',
    ...more,
  },
})
const phoenix = (lines: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM elixir:1.18\nRUN curl -fsSL https://deb.nodesource.com/setup_22.x | bash - && apt-get install -y nodejs\nWORKDIR /app\nCOPY . .\nRUN mix deps.get\n${lines}`,
    '.dockerignore': '/assets/node_modules/\n',
    'mix.exs':
      'defmodule Shop.MixProject do\n  defp aliases do\n    [\n      "assets.setup": ["cmd --cd assets npm install"],\n      "assets.deploy": ["cmd --cd assets npm run build", "phx.digest"]\n    ]\n  end\nend\n',
    'assets/package.json':
      '{\n"scripts": {"build": "tsc && vite build"},\n"devDependencies": {"typescript": "^5"}\n}\n',
  },
})

testCheck(uninstalledTools, {
  clean: {
    'an install before': project('COPY . .\nRUN npm ci\nRUN npm run build\n'),
    'in the same RUN': project('COPY . .\nRUN npm ci && npm run build\n'),
    'an install of the stage below': project(
      'COPY . .\nRUN npm ci\nFROM node:22-slim\nWORKDIR /app\nCOPY . .\nCOPY --from=0 /app/node_modules node_modules\nRUN npm run build\n',
    ),
    'a script before the script installs': project('COPY . .\nRUN npm run build\n', {
      'package.json':
        '{"scripts": {"prebuild": "npm ci", "build": "vite build"}, "devDependencies": {"vite": "^6.0.0"}}',
    }),
    'the newest pnpm installs before it runs a script': project('RUN corepack enable\nCOPY . .\nRUN pnpm run build\n'),
    'a pnpm that is not known': project('COPY . .\nRUN pnpm run build\n'),
    'pnpm 11 of the project': project('RUN corepack enable\nCOPY . .\nRUN pnpm build\n', {
      'package.json':
        '{"packageManager": "pnpm@11.5.3", "scripts": {"build": "vite build"}, "devDependencies": {"vite": "^6.0.0"}}',
    }),
    'packages of another folder on PATH': project(
      'COPY . .\nFROM node:22-slim\nCOPY --from=0 /deps /deps\nENV PATH=/deps/node_modules/.bin:$PATH\nWORKDIR /app\nCOPY . .\nRUN npm run build\n',
    ),
    'packages that a mount brings': project(
      'COPY . .\nFROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN --mount=type=bind,from=0,source=/app,target=/app npm run build\n',
    ),
    'packages of another stage above': project(
      'COPY package.json /\nRUN cd / && npm ci\nFROM node:22-slim\nWORKDIR /app\nCOPY . .\nCOPY --from=0 /node_modules /node_modules\nRUN npm run build\n',
    ),
    'all of another stage': project(
      'COPY . .\nRUN npm ci\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=0 /app ./\nCOPY . .\nRUN npm run build\n',
    ),
    'all of another stage, and its scripts': project(
      'COPY . .\nRUN npm ci\nFROM node:22-slim\nCOPY --from=0 / /\nWORKDIR /app\nRUN npm run build\n',
    ),
    'deno installs': project(
      'COPY --from=denoland/deno:bin /deno /bin/deno\nCOPY . .\nRUN deno install\nRUN npm run build\n',
    ),
    'the assets of Rails install': project('COPY . .\nRUN bin/rails javascript:install\nRUN npm run build\n'),
    'a package of the system': project(
      'RUN apt-get update && apt-get install -y node-vite\nCOPY . .\nRUN npm run build\n',
    ),
    'on a condition': project('COPY . .\nRUN if [ -f yarn.lock ]; then yarn; else npm i; fi\nRUN npm run build\n'),
    'the packages of the computer that deploys': project('COPY . .\nRUN npm run build\n', {'.dockerignore': 'dist\n'}),
    'an install that the script begins with': project('COPY . .\nRUN npm run build\n', {
      'package.json': '{"scripts": {"build": "npm install && vite build"}, "devDependencies": {"vite": "^6.0.0"}}',
    }),
    'the program is installed for all': project('COPY . .\nRUN npm i -g vite\nRUN npm run build\n'),
    'packages that the cache of the build keeps': project(
      'COPY . .\nRUN --mount=type=cache,target=/app/node_modules npm run build\n',
    ),
    'an image that is not known': {
      files: {...project('').files, Dockerfile: 'FROM shop/base\nWORKDIR /app\nCOPY . .\nRUN npm run build\n'},
    },
    'no package of the project': project('COPY . .\nRUN npm run build\n', {
      'package.json': '{"scripts": {"build": "vite build"}}',
    }),
    'an alias of mix installs': phoenix('RUN mix assets.setup\nRUN mix assets.deploy\n'),
  },
  flagged: {
    'nothing installs': {
      ...project('COPY . .\nRUN npm run build\n'),
      expect: [
        'error Dockerfile:4:5 npm run build calls vite, and nothing before installs vite, which package.json asks for: the build stops with "vite: not found"',
      ],
    },
    'an older pnpm': {
      ...project('RUN corepack enable\nCOPY . .\nRUN pnpm run build\n', {
        'package.json':
          '{"packageManager": "pnpm@10.34.5", "scripts": {"build": "vite build"},\n"devDependencies": {"vite": "^6.0.0"}}',
      }),
      expect: [
        'error Dockerfile:5:5 pnpm run build calls vite, and nothing before installs vite, which package.json asks for: the build stops with "vite: not found"',
      ],
    },
    'another package is installed, for all': {
      ...project('RUN npm install -g serve\nCOPY . .\nRUN npm run build\n'),
      expect: [
        'error Dockerfile:5:5 npm run build calls vite, and nothing before installs vite, which package.json asks for: the build stops with "vite: not found"',
      ],
    },
    'an alias of mix builds the assets': {
      ...phoenix('RUN mix assets.deploy\n'),
      expect: [
        'error Dockerfile:6:5 npm run build calls tsc, and nothing before installs typescript, which assets/package.json asks for: the build stops with "tsc: not found"',
      ],
    },
  },
})
