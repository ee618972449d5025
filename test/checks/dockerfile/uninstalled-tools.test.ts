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
/** Pages with a package.json of their own, beside that of the server. */
const pages = (lines: string, more: Record<string, string> = {}) =>
  project(lines, {
    '.dockerignore': '**/node_modules\n',
    'package.json': '{"scripts": {"build": "cd web && npm run build"}, "devDependencies": {"typescript": "^5"}}',
    'package-lock.json':
      '{"lockfileVersion": 3, "packages": {"": {}, "node_modules/typescript": {"bin": {"tsc": "bin/tsc"}}}}',
    'web/package.json':
      '{"scripts": {"build": "tsc && vite build"}, "devDependencies": {"typescript": "^5", "vite": "^7"}}',
    ...more,
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

/** A workspace that is installed in one stage and built in the next. */
const workspace = (
  lines: string,
  {install = 'pnpm install --frozen-lockfile', ...more}: Record<string, string> = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS deps\nWORKDIR /app\nRUN corepack enable\nCOPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./\nCOPY apps/web/package.json apps/web/\nRUN ${install}\nFROM node:22-slim\nRUN corepack enable\nWORKDIR /app\n${lines}`,
    '.dockerignore': '**/node_modules\n',
    'package.json': '{"packageManager": "pnpm@10.12.0", "devDependencies": {"typescript": "^5"}}',
    'pnpm-workspace.yaml': 'packages: [apps/*]\n',
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    'apps/web/package.json':
      '{"name": "web", "scripts": {"build": "vite build", "check": "tsc"}, "devDependencies": {"vite": "^7", "typescript": "^5"}}',
    ...more,
  },
})
const top = 'COPY --from=deps /app/node_modules ./node_modules\n'
const left = (at: string, {by = 'pnpm', manager = 'pnpm', severity = 'error'} = {}) =>
  `${severity} ${at} ${by} run build calls vite, and ${manager} lays what apps/web/package.json asks for into node_modules beside it, which no COPY brings here: the build stops with "vite: not found"`
/** The same of bun, with the member in the place of the root. */
const bun = (tag: string, lock: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM oven/bun:${tag} AS deps\nWORKDIR /temp\nCOPY package.json bun.lock ./\nCOPY apps/web/package.json apps/web/\nRUN bun install\nFROM oven/bun:${tag}\nWORKDIR /app\nCOPY --from=deps /temp/node_modules /app/node_modules\nCOPY apps/web/ .\nRUN cd /app && bun run build\n`,
    '.dockerignore': '**/node_modules\n',
    'package.json': '{"workspaces": ["apps/*"]}',
    'bun.lock': lock,
    'apps/web/package.json': '{"name": "web", "scripts": {"build": "vite build"}, "devDependencies": {"vite": "^7"}}',
  },
})

/** `bun build` takes a package along that the member alone asks for. */
const bundling = (tag: string, lock: string, root: object = {}) => {
  const {files} = bun(tag, lock)
  return {
    files: {
      ...files,
      Dockerfile: files.Dockerfile.replace('COPY apps/web/ .', 'COPY . .')
        .replace('cd /app &&', 'cd /app/apps/web &&')
        .replace('/temp\n', '/app\n')
        .replace('/temp/', '/app/'),
      'package.json': JSON.stringify({workspaces: ['apps/*'], ...root}),
      'apps/web/package.json':
        '{"name": "web", "scripts": {"build": "bun build --target bun --outfile ./dist/server.js ./src/server.ts"}, "dependencies": {"elysia": "^1"}}',
      'apps/web/src/server.ts': "import {app} from './app'\n\napp.listen(8080)\n",
      'apps/web/src/app.ts': "import {Elysia} from 'elysia'\n\nexport const app = new Elysia()\n",
    },
  }
}
const isolated = '{"lockfileVersion": 1, "configVersion": 1}'

/** A build that takes the sources of another member along, which asks for a package of its own. */
const along = (copies: string, more: Record<string, string> = {}) =>
  workspace(
    `${top}COPY --from=deps /app/apps/web/node_modules apps/web/node_modules\n${copies}COPY . .\nRUN pnpm --filter web build\n`,
    {
      'apps/web/src/main.ts': "import {Price} from '@shop/prices'\n\nPrice.parse(1)\n",
      'apps/prices/package.json': '{"name": "@shop/prices", "main": "index.ts", "dependencies": {"zod": "^4"}}',
      'apps/prices/index.ts': "export * from './price'\n",
      'apps/prices/price.ts': "import {z} from 'zod'\n\nexport const Price = z.number()\n",
      ...more,
    },
  )

const turbo = (start: string, more = '') =>
  project(`RUN npm i -g pnpm@9\nCOPY . .\n${more}RUN ${start}\n`, {
    'package.json': '{"packageManager": "pnpm@9.15.9", "devDependencies": {"turbo": "^2.5.0"}}',
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
  })

testCheck(uninstalledTools, {
  clean: {
    'the packages of a member that the build takes along': along(
      'COPY --from=deps /app/apps/prices/node_modules apps/prices/node_modules\n',
    ),
    'a member whose package the root asks for, too': along('', {
      'package.json': '{"packageManager": "pnpm@10.12.0", "dependencies": {"zod": "^4"}}',
    }),
    'a member whose packages the settings may lead elsewhere': along('', {
      'apps/web/vite.config.ts': 'export default {resolve: {preserveSymlinks: true}}\n',
    }),
    'a member of whose packages the types alone are used': along('', {
      'apps/prices/price.ts': "import type {z} from 'zod'\n\nexport type Price = z.infer<any>\n",
    }),
    'bun build, and the root asks for the package': bundling('1', isolated, {dependencies: {elysia: '^1'}}),
    'bun build, and a lock file that does not tell the layout': bundling('1', '{"lockfileVersion": 1}'),
    'pnpm fetches the program': turbo('pnpm dlx turbo prune api'),
    'npx fetches the program': turbo('npx turbo prune api'),
    'the program of a package is installed before': turbo('pnpm turbo prune api', 'RUN pnpm install\n'),
    'turbo is installed for all': turbo('pnpm turbo prune api', 'RUN pnpm add -g turbo\n'),
    'the node_modules of the member, too': workspace(
      `${top}COPY --from=deps /app/apps/web/node_modules apps/web/node_modules\nCOPY . .\nRUN pnpm --filter web build\n`,
    ),
    'the folder with all members': workspace(
      `${top}COPY --from=deps /app/apps apps\nCOPY . .\nRUN pnpm --filter web build\n`,
    ),
    'all of the stage': workspace('COPY --from=deps /app .\nCOPY . .\nRUN pnpm --filter web build\n'),
    'what the root asks for, too': workspace(`${top}COPY . .\nRUN pnpm --filter web check\n`),
    'installed here once more': workspace(`${top}COPY . .\nRUN pnpm install --offline && pnpm --filter web build\n`),
    'installed here by a script': workspace(`${top}COPY . .\nRUN bash bin/setup\nRUN pnpm --filter web build\n`),
    'one folder for all, by settings that a COPY gives their name': workspace(
      `${top}COPY . .\nRUN pnpm --filter web build\n`,
      {'docker/npmrc': 'shamefully-hoist=true\n'},
    ),
    'programs that the stage of the install lays to those of the root': workspace(
      `${top}COPY . .\nRUN pnpm --filter web build\n`,
      {install: 'pnpm install && cp -r apps/web/node_modules/. node_modules/'},
    ),
    'one folder for all': workspace(`${top}COPY . .\nRUN pnpm --filter web build\n`, {
      '.npmrc': 'shamefully-hoist=true\n',
    }),
    'pnpm 11 installs before it runs a script': workspace(`${top}COPY . .\nRUN pnpm --filter web build\n`, {
      'package.json': '{"packageManager": "pnpm@11.0.0"}',
    }),
    'npm lays all into the root': workspace(`${top}COPY . .\nRUN cd apps/web && npm run build\n`, {install: 'npm ci'}),
    'those of the computer that deploys': workspace(`${top}COPY . .\nRUN pnpm --filter web build\n`, {
      '.dockerignore': 'node_modules\n',
    }),
    'a bun that lays all into the root': bun('1.2.20', '{"lockfileVersion": 1}'),
    'a lock file that keeps the layout of before': bun('1.3.2', '{"lockfileVersion": 1, "configVersion": 0}'),
    'an install of the folder, too': pages('COPY . .\nRUN npm ci\nRUN cd web && npm ci\nRUN npm run build\n'),
    'an install of the folder by its name': pages('COPY . .\nRUN npm ci && npm ci --prefix web\nRUN npm run build\n'),
    'an install of the folder by a script': pages('COPY . .\nRUN npm ci\nRUN npm run build\n', {
      'package.json': '{"scripts": {"build": "npm install --prefix web && npm run build --prefix web"}}',
    }),
    'an install of the folder behind each install': pages('COPY . .\nRUN npm ci\nRUN npm run build\n', {
      'package.json': '{"scripts": {"postinstall": "cd web && npm ci", "build": "cd web && npm run build"}}',
    }),
    'an install of the folder before its build': pages('COPY . .\nRUN npm ci\nRUN npm run build\n', {
      'web/package.json':
        '{"scripts": {"prebuild": "npm install", "build": "vite build"}, "devDependencies": {"vite": "^7"}}',
    }),
    'an install of the workspace': pages('COPY . .\nRUN npm ci\nRUN npm run build\n', {
      'package.json': '{"workspaces": ["web"], "scripts": {"build": "cd web && npm run build"}}',
    }),
    'the program of another package above': pages('COPY . .\nRUN npm ci\nRUN npm run build\n', {
      'package-lock.json':
        '{"lockfileVersion": 3, "packages": {"": {}, "node_modules/typescript": {}, "node_modules/vite": {}}}',
    }),
    'packages above that no lock file tells of': pages('COPY . .\nRUN npm install\nRUN npm run build\n', {
      'package-lock.json': '',
    }),
    'packages of another stage in the folder': pages(
      'FROM node:22-slim AS web\nWORKDIR /web\nCOPY web/package.json ./\nRUN npm i\nFROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCOPY --from=web /web/node_modules web/node_modules\nRUN npm run build\n',
    ),
    'an install of a folder that a script names': pages(
      'COPY . .\nRUN npm ci\nRUN for each in web; do cd $each && npm ci; done\nRUN npm run build\n',
    ),
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
    'packages of the server alone': {
      ...pages('COPY . .\nRUN npm ci --include=dev\nRUN npx prisma generate\nRUN npm run build\n'),
      expect: [
        'error Dockerfile:6:5 npm run build calls vite, and the install before it is that of /app, and lays none of what web/package.json asks for: the build stops with "vite: not found"',
      ],
    },
    '… of another folder, and those of the pages come from the computer that deploys': {
      ...pages('COPY . .\nWORKDIR /app/api\nRUN npm install\nWORKDIR /app/web\nRUN npm run build\n', {
        '.dockerignore': 'node_modules\n',
        'api/package.json': '{}',
      }),
      expect: [
        'warning Dockerfile:7:5 npm run build calls tsc, and the install before it is that of /app/api, and lays none of what web/package.json asks for: the build stops with "tsc: not found", unless the computer that deploys has the packages in web/node_modules, which .dockerignore lets through',
      ],
    },
    'a member that the build takes along, without its packages': {
      ...along(''),
      expect: [
        'warning Dockerfile:13:5 pnpm run build takes apps/prices along, which imports zod, and pnpm lays that into node_modules beside apps/prices/package.json, which no COPY brings here: the build does not find it',
      ],
    },
    'bun build, and a package of the member': {
      ...bundling('1', isolated),
      expect: [
        'warning Dockerfile:10:25 bun run build takes elysia along, and bun lays what apps/web/package.json asks for into node_modules beside it, which no COPY brings here: the build stops with "Could not resolve: elysia"',
      ],
    },
    'pnpm is to start a program before the install': {
      ...turbo('pnpm turbo prune api --docker'),
      expect: ['error Dockerfile:5:5 pnpm turbo stops: nothing before installs turbo, which package.json asks for'],
    },
    'so is pnpm exec': {
      ...turbo('pnpm exec turbo prune api --docker'),
      expect: ['error Dockerfile:5:5 pnpm turbo stops: nothing before installs turbo, which package.json asks for'],
    },
    'the node_modules of the root alone': {
      ...workspace(`${top}COPY . .\nRUN pnpm --filter web build\n`),
      expect: [left('Dockerfile:12:5')],
    },
    'a comment that tells of another layout': {
      ...workspace(`# hoisted to the root\n${top}COPY . .\nRUN pnpm --filter web build\n`),
      expect: [left('Dockerfile:13:5')],
    },
    'with npm in the folder of the member': {
      ...workspace(`${top}COPY apps/web apps/web\nRUN cd apps/web && npm run build\n`),
      expect: [left('Dockerfile:12:20', {by: 'npm'})],
    },
    'by a workflow, whose checkout has no node_modules': {
      ...workspace(`${top}COPY . .\nRUN pnpm --filter web build\n`, {
        '.dockerignore': 'node_modules\n',
        '.github/workflows/fly.yml':
          'on: push\njobs:\n  fly:\n    runs-on: ubuntu-latest\n    steps:\n      - run: flyctl deploy\n',
      }),
      expect: [left('Dockerfile:12:5', {severity: 'warning'})],
    },
    'bun, with the member in the place of the root': {
      ...bun('1.3.2', '{"lockfileVersion": 1, "configVersion": 1}'),
      expect: [left('Dockerfile:10:16', {by: 'bun', manager: 'bun', severity: 'warning'})],
    },
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
