import installedPackages from '../../../checks/node/installed-packages.ts'
import {testCheck} from '../../harness.ts'

const npmLock = (packages: object) => JSON.stringify({lockfileVersion: 3, packages})
const locked = npmLock({'node_modules/express': {version: '5.1.0', dev: true}})

interface Shape {
  install?: string
  more?: string
  server?: string
  manifest?: object
  files?: Record<string, string>
}
const plain = ({
  install = 'npm ci --omit=dev',
  more = '',
  server = "const express = require('express')\n",
  manifest = {},
  files = {},
}: Shape = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN ${install}\n${more}COPY . .\nCMD ["node", "server.js"]\n`,
    '.dockerignore': 'node_modules\n',
    'package.json': JSON.stringify({devDependencies: {express: '^5.1.0'}, ...manifest}, null, 2),
    'package-lock.json': locked,
    'server.js': server,
    ...files,
  },
})

const preloading = (install: string, manifest: object = {}, loaded = 'tsx') =>
  plain({
    install,
    manifest: {devDependencies: {tsx: '^4.19.0'}, ...manifest},
    files: {
      'package-lock.json': npmLock({'node_modules/tsx': {version: '4.19.4', dev: !('dependencies' in manifest)}}),
      Dockerfile: `FROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN ${install}\nCOPY . .\nCMD ["node", "--import", "${loaded}", "src/server.ts"]\n`,
      'src/server.ts': '',
      'register.js': '',
    },
  })

/** Compiled by tsup, which leaves packages alone; the file that needs one is imported by an alias. */
const aliased = (settings: string, paths: object = {'@/*': ['./src/*']}) =>
  plain({
    manifest: {scripts: {build: 'tsup'}, devDependencies: {express: '^5.1.0', tsup: '^8.0.0'}},
    files: {
      Dockerfile:
        'FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY --from=build /app/build build\nCMD ["node", "build/server.js"]\n',
      'package-lock.json': npmLock({
        'node_modules/express': {version: '5.1.0', dev: true},
        'node_modules/tsup': {version: '8.5.0', dev: true},
      }),
      'tsconfig.json': JSON.stringify({compilerOptions: {paths}}),
      'tsup.config.ts': `export default {entry: ['src/server.ts'], outDir: 'build', ${settings}}\n`,
      'src/server.ts': "import {app} from '@/app'\n\napp.listen(8080)\n",
      'src/app.ts': "import express from 'express'\n\nexport const app = express()\n",
    },
  })

/** What a logger writes by. */
const logging = (server: string, manifest: object = {}) =>
  plain({
    server,
    manifest: {
      dependencies: {pino: '^9.0.0', fastify: '^5.0.0'},
      devDependencies: {'pino-pretty': '^13.0.0'},
      ...manifest,
    },
    files: {
      'package-lock.json': npmLock({
        'node_modules/pino': {version: '9.14.0'},
        'node_modules/fastify': {version: '5.6.0'},
        'node_modules/pino-pretty': {version: '13.1.0', ...('devDependencies' in manifest ? {} : {dev: true})},
      }),
    },
  })
const pino = "const pino = require('pino')\n"
const pretty = "{transport: {target: 'pino-pretty', options: {colorize: true}}}"

/** The packages of production from a stage of their own, and the start of the app by npm. */
const pruned = (start: string, files: Record<string, string> = {}, more = '') => ({
  files: {
    ...plain({manifest: {scripts: {start}}, files}).files,
    Dockerfile: `FROM node:22-slim AS deps\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nFROM node:22-slim AS production\nWORKDIR /app\nCOPY --from=deps /app/node_modules ./node_modules\nCOPY package*.json ./\nRUN npm prune --omit=dev\nFROM node:22-slim\nWORKDIR /app\n${more}COPY --from=production /app/node_modules ./node_modules\nCOPY . .\nCMD ["npm", "start"]\n`,
  },
})

/** One install for production at the root of a workspace of Yarn or Bun; `web` is another member. */
const members = (lock: Record<string, string>, install: string, web: object = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN ${install}\nCMD ["node", "api/server.js"]\n`,
    '.dockerignore': 'node_modules\n',
    'package.json': JSON.stringify({private: true, workspaces: ['api', 'web']}),
    'api/package.json': JSON.stringify({
      name: 'api',
      dependencies: {'@shop/web': '*'},
      devDependencies: {express: '^5.1.0'},
    }),
    'web/package.json': JSON.stringify({name: '@shop/web', ...web}),
    'api/server.js': "const express = require('express')\n",
    ...lock,
  },
})
const classic = {
  'yarn.lock':
    '# yarn lockfile v1\n\n\nexpress@^5.1.0:\n  version "5.1.0"\n\nhttp-kit@^1.0.0:\n  version "1.0.0"\n  dependencies:\n    express "^5.1.0"\n',
}
const ofBun = {
  'bun.lock':
    '{"lockfileVersion": 1, "workspaces": {"": {"name": "shop"}}, "packages": {"express": ["express@5.1.0", "", {}, "sha512-a"], "http-kit": ["http-kit@1.0.0", "", {"dependencies": {"express": "^5.1.0"}}, "sha512-b"]}}\n',
}

interface Space {
  copies?: string
  build?: string
  root?: object
  lock?: Record<string, string>
  files?: Record<string, string>
}
const pnpmLock = {'pnpm-lock.yaml': "lockfileVersion: '9.0'\n"}
const workspace = ({copies = '', build = 'tsc', root = {}, lock = pnpmLock, files = {}}: Space = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS build
WORKDIR /app
COPY . .
RUN corepack enable && pnpm install --frozen-lockfile && pnpm --filter api build
FROM node:22-slim
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/apps/api/package.json apps/api/
COPY --from=build /app/apps/api/dist apps/api/dist
${copies}CMD ["node", "apps/api/dist/server.js"]
`,
    'package.json': JSON.stringify({packageManager: 'pnpm@10.4.0', ...root}),
    'pnpm-workspace.yaml': 'packages:\n  - apps/*\n',
    ...lock,
    'apps/api/package.json': JSON.stringify({name: 'api', scripts: {build}, dependencies: {hono: '^4.0.0'}}),
    'apps/api/src/server.ts': "import {Hono} from 'hono'\n\nexport default new Hono()\n",
    ...files,
  },
})
const filtered = (start: string, server = "import {Hono} from 'hono'\n\nexport default new Hono()\n") => ({
  ...workspace({
    files: {
      Dockerfile: `FROM node:22-slim AS build
WORKDIR /app
COPY . .
RUN corepack enable && pnpm install --frozen-lockfile && pnpm --filter api build
FROM node:22-slim
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY apps/api/package.json apps/api/
${start}COPY --from=build /app/apps/api/dist apps/api/dist
CMD ["node", "apps/api/dist/server.js"]
`,
      'apps/api/src/server.ts': server,
      'apps/api/package.json': JSON.stringify({
        name: 'api',
        scripts: {build: 'tsc'},
        devDependencies: {hono: '^4.0.0'},
      }),
    },
  }),
})
const production = 'RUN corepack enable && pnpm install --frozen-lockfile --prod --filter api...\n'

/** What Replit's template makes: pages by Vite, and one file of the server by esbuild, whose packages stay imports. */
const oneFile = (options = '--packages=external --bundle --format=esm', files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS build
WORKDIR /app
RUN npm install -g pnpm@9
COPY . .
RUN pnpm install --frozen-lockfile && pnpm run build && pnpm prune --prod
FROM node:22-slim
WORKDIR /app
COPY package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
CMD ["node", "dist/index.js"]
`,
    '.dockerignore': 'node_modules\n',
    'pnpm-lock.yaml':
      "lockfileVersion: '9.0'\n\npackages:\n\n  express@5.1.0:\n    resolution: {}\n\n  qs@6.14.0:\n    resolution: {}\n",
    'package.json': JSON.stringify(
      {
        type: 'module',
        scripts: {build: `vite build && esbuild server/index.ts --platform=node ${options} --outdir=dist`},
        dependencies: {express: '^5.1.0'},
        devDependencies: {vite: '^7.0.0'},
      },
      null,
      2,
    ),
    'server/index.ts': "import {serve} from './vite'\n\nserve()\n",
    'server/vite.ts':
      "import express from 'express'\nimport {createServer} from 'vite'\n\nexport const serve = () => createServer(express())\n",
    ...files,
  },
})
const parse = "import {parse} from 'qs'\n\nexport const query = (text: string) => parse(text)\n"

/** An app that Bun starts as it is written. */
const bun = (install: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM oven/bun:1\nWORKDIR /app\nCOPY package.json bun.lock ./\nRUN ${install}\nCOPY . .\nCMD ["bun", "run", "src/index.ts"]\n`,
    '.dockerignore': 'node_modules\n',
    'package.json': JSON.stringify({dependencies: {elysia: '^1.3.0'}, devDependencies: {pino: '^9.0.0'}}, null, 2),
    'bun.lock':
      '{"lockfileVersion": 1, "packages": {"elysia": ["elysia@1.3.0", "", {"peerDependencies": {"zod": ">3"}}, ""], "zod": ["zod@4.0.0", "", {}, ""], "pino": ["pino@9.0.0", "", {}, ""],},}',
    'src/index.ts': "import pino from 'pino'\n\npino().info('here')\n",
    ...files,
  },
})

/** A member of a workspace of Bun, with the node_modules of the root alone. */
const isolated = (files: Record<string, string> = {}, tag = '1', install = 'bun install --production') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM oven/bun:${tag} AS base\nWORKDIR /app\nFROM base AS deps\nCOPY package.json bun.lock ./\nCOPY apps/api/package.json apps/api/\nRUN ${install}\nFROM base\nCOPY --from=deps /app/node_modules node_modules\nCOPY apps/api apps/api\nCMD ["bun", "run", "apps/api/index.ts"]\n`,
    '.dockerignore': '**/node_modules\n',
    'package.json': '{"name": "shop", "workspaces": ["apps/*"]}',
    'bun.lock': '{"lockfileVersion": 1, "configVersion": 1, "packages": {"hono": ["hono@4.9.0", "", {}, ""]}}',
    'apps/api/package.json': '{\n"name": "api",\n"dependencies": {"hono": "^4.9.0"}\n}',
    'apps/api/index.ts': "import {Hono} from 'hono'\n\nexport default new Hono()\n",
    ...files,
  },
})

/** An app of Remix, with what its root has. */
const remix = (root: string, files: Record<string, string> = {}) =>
  plain({
    install: 'npm ci --omit=dev',
    manifest: {dependencies: {'@remix-run/serve': '^2.16.0'}, scripts: {build: 'remix vite:build'}},
    files: {
      Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY --from=build /app/build build\nCMD ["npx", "remix-serve", "./build/server/index.js"]\n`,
      'app/root.tsx': root,
      'package-lock.json': npmLock({'node_modules/clsx': {version: '2.0.0', dev: true}}),
      'package.json': JSON.stringify({
        scripts: {build: 'remix vite:build'},
        dependencies: {'@remix-run/serve': '^2.16.0'},
        devDependencies: {clsx: '^2.0.0'},
      }),
      ...files,
    },
  })
/** An app of Astro on a server of its own. */
const astro = (code: string, settings = "output: 'server'") =>
  plain({
    files: {
      Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY --from=build /app/dist dist\nCMD ["node", "./dist/server/entry.mjs"]\n`,
      'astro.config.mjs': `import node from '@astrojs/node'\nexport default defineConfig({${settings}, adapter: node({mode: 'standalone'})})\n`,
      'src/pages/index.astro': `---\n${code}---\n<p>{name()}</p>\n`,
      'src/lib/name.ts': "import clsx from 'clsx'\n\nexport const name = () => clsx('a')\n",
      'package-lock.json': npmLock({'node_modules/clsx': {version: '2.0.0', dev: true}}),
      'package.json': JSON.stringify({
        scripts: {build: 'astro build'},
        dependencies: {astro: '^5.15.0', '@astrojs/node': '^9.5.1'},
        devDependencies: {clsx: '^2.0.0'},
      }),
    },
  })
/** An app of React Router that calls its own files by an import of package.json, and its builds by run-s. */
const routed = (part: string) =>
  remix("import {Part} from '#app/components/part.tsx'\n\nexport default () => <Part />\n", {
    'app/components/part.tsx': part,
    'package.json': JSON.stringify({
      scripts: {build: 'run-s build:*', 'build:app': 'react-router build'},
      imports: {'#app/*': './app/*'},
      dependencies: {'@remix-run/serve': '^2.16.0'},
      devDependencies: {storybook: '^9.0.0'},
    }),
  })
/** `pnpm deploy` makes a folder of a member with the packages that it needs in production. */
const deployed = ({flags = '--prod', end = 'CMD ["node", "dist/main.js"]', settings = '', lists = {}}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS build
WORKDIR /app
COPY . .
RUN corepack enable && pnpm install --frozen-lockfile && pnpm --filter api build
RUN pnpm --filter api deploy ${flags} /out
FROM node:22-slim
WORKDIR /app
COPY --from=build /out/node_modules node_modules
COPY --from=build /app/apps/api/package.json /app/apps/api/prisma.config.ts ./
COPY --from=build /app/apps/api/dist dist
${end}
`,
    'package.json': JSON.stringify({packageManager: 'pnpm@10.4.0'}),
    'pnpm-workspace.yaml': 'packages:\n  - apps/*\n',
    ...pnpmLock,
    'apps/api/package.json': JSON.stringify({
      name: 'api',
      scripts: {build: 'tsc'},
      dependencies: {prisma: '^7.2.0'},
      devDependencies: {dotenv: '^17.0.0'},
      ...lists,
    }),
    'apps/api/prisma.config.ts': `${settings}import {defineConfig} from 'prisma/config'\n\nexport default defineConfig({})\n`,
    'apps/api/src/main.ts': settings === '' ? "import 'dotenv/config'\n" : '',
  },
})
/** The whole folder that `pnpm deploy` makes is taken. */
const deployedWhole = (flags: string, filter = '--filter api') => ({
  files: {
    ...deployed({}).files,
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN corepack enable && pnpm install --frozen-lockfile && pnpm --filter api build\nRUN pnpm ${filter} deploy ${flags} /out\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /out .\nCMD ["node", "dist/main.js"]\n`,
  },
})
/** A last stage that takes some folders from the one that builds. */
const taken = (copies: string, start = 'node dist/server.js', more: Record<string, string> = {}) => ({
  files: {
    ...plain({manifest: {scripts: {build: 'tsc', start}, dependencies: {express: '^5.1.0'}}}).files,
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\nFROM node:22-slim\nWORKDIR /app\n${copies}CMD ["npm", "start"]\n`,
    'src/server.ts': "import express from 'express'\n\nexpress().listen(8080)\n",
    ...more,
  },
})
const dist = 'COPY --from=build /app/dist ./dist\nCOPY package*.json ./\n'

/** The image installs nothing: it takes what the job that deploys has. */
const onRunner = (step: string) =>
  plain({
    manifest: {dependencies: {express: '^5.1.0'}},
    files: {
      Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
      '.dockerignore': '',
      '.github/workflows/deploy.yml': `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: ${step}\n      - run: flyctl deploy\n`,
    },
  })

const migrates = 'CMD ["npx", "prisma", "migrate", "deploy"]'
const readsEnv = "import 'dotenv/config'\n"

const used = "import {clsx} from 'clsx'\n\nexport const name = clsx('a')\n"

testCheck(installedPackages, {
  clean: {
    'a program that the start installs before': taken(dist, 'npm install -g next && next start'),
    'the job installs them before it deploys, and the COPY takes them': onRunner('npm ci'),
    '… by yarn': onRunner('yarn --frozen-lockfile'),
    '… by an action of the project': onRunner('true\n      - uses: ./.github/actions/setup'),
    'tsup writes the package into its output': aliased('clean: true'),
    'tsup leaves packages alone, and the alias leads to a folder that is not there': aliased(
      'skipNodeModulesBundle: true',
      {'@/*': ['./lib/*']},
    ),
    'tsup is told of packages that it takes along': aliased('skipNodeModulesBundle: true, noExternal: [/express/]'),
    'a logger that writes by a package of production': logging(`${pino}const logger = pino(${pretty})\n`, {
      dependencies: {pino: '^9.0.0', 'pino-pretty': '^13.0.0'},
      devDependencies: {},
    }),
    'a logger that does so in development alone': logging(
      `${pino}const logger = pino({transport: process.env.NODE_ENV === 'production' ? undefined : {target: 'pino-pretty'}})\n`,
    ),
    'a part of the settings that stands in a branch': logging(
      `${pino}const logger = pino({level: 'info', ...(isLocal && {transport: {target: 'pino-pretty'}})})\n`,
    ),
    'a logger in a function': logging(`${pino}const make = () => {\n  return pino(${pretty})\n}\n`),
    'a comment about it': logging(`${pino}const logger = pino({\n  // transport: {target: 'pino-pretty'},\n})\n`),
    'a target that pino has itself': logging(`${pino}const logger = pino({transport: {target: 'pino/file'}})\n`),
    'a target of something else': logging(
      "const pino = require('./pino')\nconst logger = pino({target: 'pino-pretty'})\n",
    ),
    'Bun installs all': bun('bun install'),
    'Bun lays all of a workspace at its top': isolated({'bunfig.toml': '[install]\nlinker = "hoisted"\n'}),
    'Bun is told to lay all at the top': isolated({}, '1', 'bun install --linker=hoisted --production'),
    'a lock file of before keeps the layout of before': isolated({
      'bun.lock': '{"lockfileVersion": 1, "configVersion": 0, "packages": {"hono": ["hono@4.9.0", "", {}, ""]}}',
    }),
    'a Bun of before lays all at the top': isolated({}, '1.2'),
    'Bun leaves what an install of all has brought': bun('bun install && bun install --production'),
    'Bun installs it, as another needs it': bun('bun install --production', {
      'src/index.ts': "import {z} from 'zod'\n\nz.string()\n",
    }),
    'Bun is told to fetch what it does not find': bun('bun install --production', {
      'bunfig.toml': '[install]\nauto = "fallback"\n',
    }),
    'node_modules is taken, too': taken(`${dist}COPY --from=build /app/node_modules ./node_modules\n`),
    'node_modules is taken to a folder above': taken(`${dist}COPY --from=build /app/node_modules /node_modules\n`),
    'node_modules is taken into the output': taken(`${dist}COPY --from=build /app/node_modules ./dist/node_modules\n`),
    'all of the folder is taken': taken('COPY --from=build /app ./\n'),
    'the last stage installs, too': taken(`${dist}RUN npm ci --omit=dev\n`),
    'the output is a bundle': taken(dist, 'node dist/server.js', {
      'package.json': JSON.stringify({
        scripts: {build: 'esbuild src/server.ts --bundle --outdir=dist', start: 'node dist/server.js'},
      }),
    }),
    'Yarn does without node_modules': taken(dist, 'node dist/server.js', {'.pnp.cjs': ''}),
    'nothing but node itself is imported': taken(dist, 'node dist/server.js', {
      'src/server.ts':
        "import {createServer} from 'node:http'\nimport type {Express} from 'express'\n\ncreateServer().listen(8080)\n",
    }),
    'the program is installed for all': taken(`${dist}RUN npm install -g serve\n`, 'serve -s dist'),
    'PATH has the program': taken(
      `${dist}COPY --from=build /opt/bin /opt/bin\nENV PATH=/opt/bin:$PATH\n`,
      'next start',
    ),
    'a folder with a file of its own to start, which needs nothing': pruned('node server', {
      'server/index.js': 'setInterval(() => {}, 1000)\n',
      'server/package.json': '{"main": "start"}',
      'server/start.js': 'setInterval(() => {}, 1000)\n',
    }),
    'something else than node is loaded first': pruned('cross-env NODE_OPTIONS="--import ./hooks.js" node .', {
      'index.js': "import 'express'\n",
    }),
    'all packages are copied to a folder above': pruned(
      'node .',
      {'index.js': "import 'express'\n"},
      'COPY --from=deps /app/node_modules /node_modules\n',
    ),
    'node loads a package of production before the script': preloading('npm ci --omit=dev', {dependencies: {tsx: '4'}}),
    'node loads a file before the script': preloading('npm ci --omit=dev', {}, './register.js'),
    'the development packages are installed, too': preloading('npm ci'),
    'what node loads before is installed by name': preloading('npm ci --omit=dev && npm install -g pm2 && npm i tsx'),
    'npm installs in the folder of the script': plain({
      files: {
        Dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY . .\nRUN npm ci --prefix api\nCMD ["node", "api/server.js"]\n',
        'api/package.json': '{"devDependencies": {"express": "^5.1.0"}}',
        'api/package-lock.json': locked,
        'api/server.js': "const express = require('express')\n",
      },
    }),
    'npm installs a member, and all that it needs': plain({more: 'RUN npm install -w api\n'}),
    'a RUN links it': plain({more: 'RUN ln -s /opt/express node_modules/express\n'}),
    '.npmrc installs those of development in any case': plain({files: {'.npmrc': 'include=dev\n'}}),
    'on a condition, whatever the indentation is': plain({
      server:
        "if (process.env.NODE_ENV !== 'production') {\nrequire('express')\n}\nif (process.env.DEBUG)\nrequire('express')\n",
    }),
    'Astro: pages that are written once': astro("import {name} from '../lib/name'\n", "output: 'static'"),
    'Astro: one that is written once': astro("export const prerender = true\nimport {name} from '../lib/name'\n"),
    'Astro: packages that it is told to take': astro(
      "import {name} from '../lib/name'\n",
      "output: 'server', vite: {ssr: {noExternal: true}}",
    ),
    'Remix: what may fail when it is called': remix(
      "export async function loader() {\n  try {\n    const {clsx} = await import('clsx')\n    return clsx('a')\n  } catch {\n    return ''\n  }\n}\n",
    ),
    'Remix: a type alone': remix("import type {ClassValue} from 'clsx'\n\nexport let value: ClassValue\n"),
    'Remix: styles, which the build takes': remix("import 'clsx/styles.css'\n"),
    'Remix: it is told to take packages into the build': remix(used, {
      'vite.config.ts': "export default {ssr: {noExternal: ['clsx']}}\n",
    }),
    'Remix: in a file of the browser alone': remix("import {name} from './name.client'\n", {
      'app/name.client.ts': used,
    }),
    'another package of production brings what package.json does not name': plain({
      manifest: {devDependencies: {}},
      files: {'package-lock.json': npmLock({'node_modules/express': {version: '5.1.0'}})},
    }),
    'neither package.json nor the lock names it': plain({
      manifest: {devDependencies: {}},
      files: {'package-lock.json': npmLock({'node_modules/koa': {version: '3.0.0', dev: true}})},
    }),
    'React Router: only its types': routed("import * as Part from 'clsx'\n\nexport type A = typeof Part.Root\n"),
    'all packages are installed': plain({install: 'npm ci'}),
    'another package of production brings it': plain({
      files: {'package-lock.json': npmLock({'node_modules/express': {version: '5.1.0'}})},
    }),
    'it is for production as well': plain({manifest: {dependencies: {express: '^5.1.0'}}}),
    'it is installed by its name': plain({more: 'RUN npm install --no-save express\n'}),
    'it is asked for in development alone': plain({
      server: "if (process.env.NODE_ENV !== 'production') {\n  require('express')\n}\n",
    }),
    'it may be missing': plain({server: "try {\n  require('express')\n} catch {}\n"}),
    'a type is gone when the code runs': filtered(production, "import type {Hono} from 'hono'\n"),
    'the file is not loaded': plain({server: '', files: {'seed.js': "require('express')\n"}}),
    'another file is given to node by a loader': {
      ...plain({
        files: {
          Dockerfile:
            'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci --omit=dev\nCMD ["node", "--import", "./hook.js", "server.js"]\n',
        },
      }),
    },
    'nothing is known without a lock file': plain({files: {'package-lock.json': '{}'}}),
    'the node_modules of the member comes, too': workspace({
      copies: 'COPY --from=build /app/apps/api/node_modules apps/api/node_modules\n',
    }),
    'the whole member comes': workspace({copies: 'COPY --from=build /app/apps/api apps/api\n'}),
    'pnpm itself installs there': workspace({copies: 'RUN corepack enable && pnpm install --prod\n'}),
    'pnpm itself installs there, called by corepack': workspace({copies: 'RUN corepack pnpm install --prod\n'}),
    'corepack use installs there, too': workspace({copies: 'RUN corepack use pnpm@9\n'}),
    'npm installs more than a package manager': workspace({copies: 'RUN npm install -g pnpm hono\n'}),
    'a folder that pnpm deploy makes': workspace({
      files: {
        Dockerfile: `FROM node:22-slim AS build
WORKDIR /app
COPY . .
RUN corepack enable && pnpm install --frozen-lockfile && pnpm --filter api build && pnpm --filter api deploy --prod /out
FROM node:22-slim
WORKDIR /app
COPY --from=build /app/apps/api/dist ./dist
COPY --from=build /out/node_modules ./node_modules
COPY --from=build /app/apps/api/package.json ./package.json
CMD ["node", "dist/server.js"]
`,
      },
    }),
    'the root has the package as well': workspace({root: {dependencies: {hono: '^4.0.0'}}}),
    'another member of the workspace needs it': members(classic, 'yarn install --production', {
      dependencies: {express: '^5.1.0'},
    }),
    'a package of another member needs it': members(ofBun, 'npm i -g bun && bun install --production', {
      dependencies: {'http-kit': '^1.0.0'},
    }),
    'a member asks for what the lock does not have': members(classic, 'yarn install --production', {
      dependencies: {zod: '^4.0.0'},
    }),
    'pnpm is told to lay all packages into the root': workspace({files: {'.npmrc': 'shamefully-hoist=true\n'}}),
    'a bundle has its packages in it': workspace({build: 'esbuild src/server.ts --bundle --outfile=dist/server.js'}),
    'esbuild writes the packages into the file': oneFile('--bundle --format=esm'),
    'esbuild leaves out what is only meant for development': oneFile(
      '--packages=external --bundle --format=esm --define:process.env.NODE_ENV=\'"production"\'',
    ),
    'what esbuild makes is in several files': oneFile('--packages=external --bundle --format=esm --splitting', {
      'server/index.ts': "if (process.env.DEV) (await import('./vite')).serve()\n",
    }),
    'in CommonJS a package waits for the call': oneFile('--packages=external --bundle --format=cjs', {
      'server/index.ts': "export const serve = async () => (await import('./vite')).serve()\n",
    }),
    'only types of it are handed on': oneFile(undefined, {
      'server/index.ts':
        "import express from 'express'\nexport type {Query} from './vite'\nexport {Server} from './vite'\n\nexpress()\n",
    }),
    'the package of another is declared': oneFile(undefined, {
      'server/index.ts': parse,
      'package.json': JSON.stringify({
        scripts: {build: 'esbuild server/index.ts --packages=external --bundle --format=esm --outdir=dist'},
        dependencies: {qs: '^6.14.0'},
      }),
    }),
    'pnpm lays the packages of others beside them': oneFile(undefined, {
      'server/index.ts': parse,
      '.npmrc': 'shamefully-hoist=true\n',
    }),
    'the lock has no such package': oneFile(undefined, {'server/index.ts': parse.replace("'qs'", "'@shared/query'")}),
    'npm lays all packages beside each other': oneFile(undefined, {
      'server/index.ts': parse,
      Dockerfile:
        'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm install && npm run build\nCMD ["node", "dist/index.js"]\n',
    }),
    'tsup is told to bundle all': workspace({build: 'tsup src/server.ts --noExternal /./'}),
    'npm lays it into the root': workspace({
      root: {workspaces: ['apps/*']},
      lock: {'package-lock.json': npmLock({'node_modules/hono': {version: '4.0.0'}})},
    }),
    'pnpm deploy lays all packages into its folder': deployed({flags: ''}),
    'pnpm deploy lays all packages into its folder, which is taken whole': deployedWhole(''),
    'pnpm deploy of several members': deployedWhole('--prod', '--filter ...api'),
    'the settings of Prisma import what is a dependency': deployed({
      end: migrates,
      settings: readsEnv,
      lists: {dependencies: {prisma: '^7.2.0', dotenv: '^17.0.0'}, devDependencies: {}},
    }),
    'the settings of Prisma ask for it where it is there': deployed({
      end: migrates,
      settings: "try {\n  require('dotenv/config')\n} catch {}\n",
    }),
  },
  flagged: {
    'Bun lays the packages of a member beside it': {
      ...isolated(),
      expect: [
        'warning Dockerfile:8:1 bun lays hono of apps/api/package.json into node_modules beside it, and the image has no /app/apps/api/node_modules: CMD stops at the import of it',
      ],
    },
    'a file behind an alias, and tsup leaves packages alone': {
      ...aliased('skipNodeModulesBundle: true, noExternal: [/^@\\//]'),
      expect: [
        'warning package.json:3:5 express is a development dependency, which the image leaves out, and CMD loads src/app.ts, which imports it: node stops there',
      ],
    },
    'a logger that writes by a package of development': {
      ...logging(`${pino}const logger = pino(${pretty})\n`),
      expect: [
        'error package.json:3:5 pino-pretty is a development dependency, which the image leaves out, and CMD loads server.js, which has a logger write by it: node stops there',
      ],
    },
    'a server with such a logger': {
      ...logging(
        "const Fastify = require('fastify')\n\nconst app = Fastify({\n  logger: {\n    level: 'info',\n    transport: {targets: [{target: 'pino-pretty'}]},\n  },\n})\n",
      ),
      expect: [
        'error package.json:3:5 pino-pretty is a development dependency, which the image leaves out, and CMD loads server.js, which has a logger write by it: node stops there',
      ],
    },
    'of an app that Bun starts': {
      ...bun('bun install --production'),
      expect: [
        'warning package.json:6:5 pino is a development dependency, which the image leaves out, and CMD loads src/index.ts, which imports it: the start stops there',
      ],
    },
    'Bun after all was taken away': {
      ...bun('bun install && rm -rf node_modules && bun install --production'),
      expect: [
        'warning package.json:6:5 pino is a development dependency, which the image leaves out, and CMD loads src/index.ts, which imports it: the start stops there',
      ],
    },
    'a last stage without node_modules': {
      ...taken(dist),
      expect: [
        'warning src/server.ts:1:22 CMD loads src/server.ts, which imports express, and the last stage has no node_modules: node stops there',
      ],
    },
    '… and without package.json': {
      files: {
        ...taken('COPY --from=build /app/dist ./dist\n').files,
        Dockerfile: taken('COPY --from=build /app/dist ./dist\n').files.Dockerfile.replace(
          'CMD ["npm", "start"]',
          'CMD ["node", "dist/server.js"]',
        ),
      },
      expect: [
        'warning src/server.ts:1:22 CMD loads src/server.ts, which imports express, and the last stage has no node_modules: node stops there',
      ],
    },
    '… and with JavaScript of the project': {
      ...taken('COPY package*.json server.js ./\n', 'node server.js'),
      expect: [
        'error server.js:1:26 CMD loads server.js, which imports express, and the last stage has no node_modules: node stops there',
      ],
    },
    '… for a program that a script starts': {
      ...taken(dist, 'next start'),
      expect: ['error package.json:7:5 CMD starts next, and the last stage has no node_modules to find it in'],
    },
    'a package that others of development bring': {
      ...plain({manifest: {devDependencies: {supertest: '^7.0.0'}}}),
      expect: [
        'error server.js:1:26 server.js imports express, which package.json does not name: only development dependencies bring it, and the image leaves them out: CMD stops there',
      ],
    },
    'React Router: a part of a package that others of development bring': {
      ...routed("import * as Part from 'clsx'\n\nexport const Box = () => <Part.Root />\n"),
      expect: [
        'warning app/components/part.tsx:1:24 app/components/part.tsx imports clsx, which package.json does not name: only development dependencies bring it, and the image leaves them out: CMD stops there',
      ],
    },
    'a COPY that brings the packages of the computer that deploys': {
      ...plain({files: {'.dockerignore': ''}}),
      expect: [
        'warning package.json:3:5 express is a development dependency, which the image leaves out, and CMD loads server.js, which imports it: node stops there',
      ],
    },
    'no install at all, and a workflow deploys from a checkout': {
      ...onRunner('npm test'),
      expect: [
        'error server.js:1:26 CMD loads server.js, which imports express, and the last stage has no node_modules: node stops there',
      ],
    },
    'the same, where a workflow deploys from a checkout': {
      ...plain({
        files: {
          '.dockerignore': '',
          '.github/workflows/deploy.yml':
            'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: flyctl deploy\n',
        },
      }),
      expect: [
        'error package.json:3:5 express is a development dependency, which the image leaves out, and CMD loads server.js, which imports it: node stops there',
      ],
    },
    'the packages of production alone are copied, and package.json says what starts': {
      ...pruned('cross-env NODE_ENV=production node .', {'index.js': "import 'express'\n"}),
      expect: [
        'error package.json:3:5 express is a development dependency, which the image leaves out, and CMD loads index.js, which imports it: node stops there',
      ],
    },
    'the file has no ending in the command, as Nest writes it': {
      ...pruned('node dist/main', {
        'package.json': JSON.stringify(
          {scripts: {build: 'nest build', start: 'node dist/main'}, devDependencies: {express: '^5.1.0'}},
          null,
          2,
        ),
        'src/main.ts': "import express from 'express'\nexpress()\n",
      }),
      expect: [
        'warning package.json:7:5 express is a development dependency, which the image leaves out, and CMD loads src/main.ts, which imports it: node stops there',
      ],
    },
    'what node loads before the script': {
      ...preloading('npm ci --omit=dev'),
      expect: [
        'error package.json:3:5 tsx is a development dependency, which the image leaves out, and CMD starts node with it: node stops there',
      ],
    },
    'a development dependency that the app imports': {
      ...plain(),
      expect: [
        'error package.json:3:5 express is a development dependency, which the image leaves out, and CMD loads server.js, which imports it: node stops there',
      ],
    },
    'of a route of Remix, which leaves packages outside of its build': {
      ...remix("import {name} from '~/lib/name'\n\nexport default () => name\n", {'app/lib/name.ts': used}),
      expect: [
        'warning package.json:1:106 clsx is a development dependency, which the image leaves out, and CMD loads app/lib/name.ts, which imports it: node stops there',
      ],
    },
    'of a route of Remix, by an alias of tsconfig.json': {
      ...remix("import {name} from '@/lib/name'\n\nexport default () => name\n", {
        'app/lib/name.ts': used,
        'tsconfig.json': '{"compilerOptions": {"paths": {"@/*": ["./app/*"]}}}',
        'vite.config.ts': "import react from '@vitejs/plugin-react'\n",
      }),
      expect: [
        'warning package.json:1:106 clsx is a development dependency, which the image leaves out, and CMD loads app/lib/name.ts, which imports it: node stops there',
      ],
    },
    'of a route of Remix, when it is called': {
      ...remix("export async function loader() {\n  const {clsx} = await import('clsx')\n  return clsx('a')\n}\n"),
      expect: [
        'warning package.json:1:106 clsx is a development dependency, which the image leaves out, and app/root.tsx imports it when it is called: that call fails',
      ],
    },
    'of a page of Astro that is rendered at each request': {
      ...astro("import {name} from '../lib/name'\n"),
      expect: [
        'warning package.json:1:115 clsx is a development dependency, which the image leaves out, and CMD loads src/lib/name.ts, which imports it: node stops there',
      ],
    },
    'that another package has in another version for itself': {
      ...plain({
        files: {
          'package-lock.json': npmLock({
            'node_modules/express': {version: '5.1.0', dev: true},
            'node_modules/old/node_modules/express': {version: '4.0.0'},
          }),
        },
      }),
      expect: [
        'error package.json:3:5 express is a development dependency, which the image leaves out, and CMD loads server.js, which imports it: node stops there',
      ],
    },
    'by a file that the started one imports': {
      ...plain({
        server: "import './lib/app.mjs'\n",
        files: {'lib/app.mjs': "import express from 'express'\n"},
        manifest: {type: 'module'},
      }),
      expect: [
        'error package.json:3:5 express is a development dependency, which the image leaves out, and CMD loads lib/app.mjs, which imports it: node stops there',
      ],
    },
    'an install for production of one member': {
      ...filtered(production),
      expect: [
        'warning apps/api/package.json:1:60 hono is a development dependency, which the image leaves out, and CMD loads apps/api/src/server.ts, which imports it: node stops there',
      ],
    },
    'the node_modules of the root alone': {
      ...workspace(),
      expect: [
        'warning Dockerfile:7:1 pnpm lays hono of apps/api/package.json into node_modules beside it, and the image has no /app/apps/api/node_modules: CMD stops at the import of it',
      ],
    },
    'npm lays it beside the member, which wants another version than the rest': {
      ...workspace({
        root: {workspaces: ['apps/*']},
        lock: {'package-lock.json': npmLock({'apps/api/node_modules/hono': {version: '4.0.0'}})},
      }),
      expect: [
        'warning Dockerfile:7:1 npm lays hono of apps/api/package.json into node_modules beside it, and the image has no /app/apps/api/node_modules: CMD stops at the import of it',
      ],
    },
    'a member in the place of the root': {
      ...workspace({
        files: {
          Dockerfile: `FROM node:22-slim AS build
WORKDIR /app
COPY . .
RUN corepack enable && pnpm install --frozen-lockfile && pnpm --filter api build
FROM node:22-slim
WORKDIR /app
COPY --from=build /app/apps/api/dist ./dist
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/apps/api/package.json ./package.json
CMD ["node", "dist/server.js"]
`,
        },
      }),
      expect: [
        'warning Dockerfile:8:1 pnpm lays hono into node_modules beside apps/api/package.json, and this is the node_modules of the whole workspace: CMD stops at the import of it',
      ],
    },
    'the last stage gets pnpm, and installs nothing with it': {
      ...workspace({copies: 'RUN corepack enable && corepack prepare pnpm@10.4.0 --activate\nRUN npm i -g pnpm@10\n'}),
      expect: [
        'warning Dockerfile:7:1 pnpm lays hono of apps/api/package.json into node_modules beside it, and the image has no /app/apps/api/node_modules: CMD stops at the import of it',
      ],
    },
    'of the one file that esbuild makes': {
      ...oneFile(),
      expect: [
        'warning package.json:10:5 vite is a development dependency, which the image leaves out, and CMD loads server/vite.ts, which imports it: node stops there',
      ],
    },
    'of what that file imports later, as an import of it stands at the top': {
      ...oneFile(undefined, {'server/index.ts': "if (process.env.DEV) (await import('./vite')).serve()\n"}),
      expect: [
        'warning package.json:10:5 vite is a development dependency, which the image leaves out, and CMD loads server/vite.ts, which imports it: node stops there',
      ],
    },
    'of what is handed on': {
      ...oneFile(undefined, {'server/index.ts': "export {serve} from './vite'\n"}),
      expect: [
        'warning package.json:10:5 vite is a development dependency, which the image leaves out, and CMD loads server/vite.ts, which imports it: node stops there',
      ],
    },
    'of a package that pnpm installs for another alone': {
      ...oneFile(undefined, {
        'server/index.ts': "import {query} from './query'\n\nfunction start() {\n  query('a=1');\n}\nstart()\n",
        'server/query.ts': parse,
      }),
      expect: [
        'warning server/query.ts:1:22 server/query.ts imports qs, which package.json does not name: pnpm lays it only beside the packages that need it, and CMD stops there',
      ],
    },
    'pnpm would be told to lay all packages into the root, and no stage has that file': {
      ...oneFile(undefined, {
        'server/index.ts': "import {query} from './query'\n\nfunction start() {\n  query('a=1');\n}\nstart()\n",
        'server/query.ts': parse,
        '.npmrc': 'shamefully-hoist=true\n',
        '.dockerignore': 'node_modules\n.npmrc\n',
      }),
      expect: [
        'warning server/query.ts:1:22 server/query.ts imports qs, which package.json does not name: pnpm lays it only beside the packages that need it, and CMD stops there',
      ],
    },
    'of a member of a workspace of Yarn 1': {
      ...members(classic, 'yarn install --production', {devDependencies: {'http-kit': '^1.0.0'}}),
      expect: [
        'error api/package.json:1:67 express is a development dependency, which the image leaves out, and CMD loads api/server.js, which imports it: node stops there',
      ],
    },
    'of a member of a workspace of Bun': {
      ...members(ofBun, 'npm i -g bun && bun install --production'),
      expect: [
        'warning api/package.json:1:67 express is a development dependency, which the image leaves out, and CMD loads api/server.js, which imports it: the start stops there',
      ],
    },
    'of what tsup makes': {
      ...workspace({build: 'tsup src/server.ts'}),
      expect: [
        'warning Dockerfile:7:1 pnpm lays hono of apps/api/package.json into node_modules beside it, and the image has no /app/apps/api/node_modules: CMD stops at the import of it',
      ],
    },
    'of a folder that pnpm deploy makes': {
      ...deployed({}),
      expect: [
        'warning apps/api/package.json:1:95 dotenv is a development dependency, which the image leaves out, and CMD loads apps/api/src/main.ts, which imports it: node stops there',
      ],
    },
    'in the folder that pnpm deploy makes, which is taken whole': {
      ...deployedWhole('--prod'),
      expect: [
        'warning apps/api/package.json:1:95 dotenv is a development dependency, which the image leaves out, and CMD loads apps/api/src/main.ts, which imports it: node stops there',
      ],
    },
    'a class of it is extended, in a file that is imported': {
      ...plain({
        manifest: {scripts: {build: 'tsc'}, devDependencies: {express: '^5.1.0'}},
        files: {
          Dockerfile:
            'FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY --from=build /app/dist dist\nCMD ["node", "dist/server.js"]\n',
          'src/server.ts': "import {Shop} from './shop'\n\nexport const shops = {first: Shop}\n",
          'src/shop.ts': "import {Router} from 'express'\n\nexport class Shop extends Router {}\n",
        },
      }),
      expect: [
        'warning package.json:3:5 express is a development dependency, which the image leaves out, and CMD loads src/shop.ts, which imports it: node stops there',
      ],
    },
    'by the settings of Prisma, which its commands load': {
      ...deployed({end: migrates, settings: readsEnv}),
      expect: [
        'warning apps/api/package.json:1:95 dotenv is a development dependency, which the image leaves out, and CMD loads apps/api/prisma.config.ts, which imports it: node stops there',
      ],
    },
  },
})
