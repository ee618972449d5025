import ownImports from '../../../checks/node/own-imports.ts'
import {testCheck} from '../../harness.ts'

interface Shape {
  copy?: string
  start?: string
  type?: string
  before?: string
  node?: string
}
const plain = (
  files: Record<string, string>,
  {copy = '. .', start = 'server.js', type, before = '', node = '22-slim'}: Shape = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:${node}\nWORKDIR /app\nCOPY ${copy}\nRUN npm install\n${before}CMD ["node", "${start}"]\n`,
    'package.json': JSON.stringify({type, scripts: {start: 'node server.js'}}),
    ...files,
  },
})
const compiled = (files: Record<string, string>, options: object, {type = 'module', build = 'tsc', dev = {}} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "dist/server.js"]\n',
    'package.json': JSON.stringify({type, scripts: {build}, devDependencies: dev}),
    'tsconfig.json': JSON.stringify({compilerOptions: {outDir: 'dist', rootDir: 'src', ...options}}),
    ...files,
  },
})
/** A server that loads its settings when it starts. */
const settings = (copies: string, start = 'next start') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY package.json ./\nCOPY --from=build /app/node_modules ./node_modules\nCOPY --from=build /app/.next ./.next\n${copies}CMD ["npm", "start"]\n`,
    'package.json': JSON.stringify({scripts: {build: 'next build', start}}),
    'next.config.mjs': "import {images} from './config/images.mjs'\nexport default {images}\n",
    'config/images.mjs': 'export const images = {}\n',
  },
})
/** tsc writes dist/server and dist/shared, and the last stage takes folders of it. */
const apart = (copies: string, server = "import {price} from '../shared/price'\n\nprice()\n") => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npx tsc\nFROM node:22-slim\nWORKDIR /srv\nCOPY package.json ./\n${copies}CMD ["node", "server/index.js"]\n`,
    'package.json': '{}',
    'tsconfig.json': '{"compilerOptions": {"outDir": "dist"}, "include": ["server", "shared"]}',
    'server/index.ts': `import {list} from './orders'\n${server}list()\n`,
    'server/orders.ts': 'export const list = () => []\n',
    'shared/price.ts': 'export const price = () => 1\n',
  },
})
const db = {'db.js': ''}
const source = {'src/db.ts': ''}
const called = (from: string) => ({...source, 'src/server.ts': `import {connect} from '${from}'\n\nawait connect()\n`})
const bundler = {module: 'esnext', moduleResolution: 'bundler'}
const paths = {module: 'commonjs', paths: {'@/*': ['./src/*']}}

/** An app that Bun starts as it is written. */
const aliased = (copies: string, files: Record<string, string> = {}, start = '"bun", "src/index.ts"') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM oven/bun:1\nWORKDIR /app\nCOPY package.json bun.lock ./\nRUN bun install\n${copies}CMD [${start}]\n`,
    'package.json': '{}',
    'bun.lock': '{}',
    'tsconfig.json': '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
    'src/index.ts': "import {listen} from '@/server'\n\nlisten()\n",
    'src/server.ts': 'export const listen = () => Bun.serve({})\n',
    ...files,
  },
})

/** A server of TypeScript that is run as it stands, and what it takes from a folder beside it. */
const run = (
  copies: string,
  files: Record<string, string | undefined> = {},
  start = '"npx", "tsx", "server/index.ts"',
) => ({
  files: Object.fromEntries(
    Object.entries({
      'fly.toml': 'app = "shop"\n',
      Dockerfile: `FROM oven/bun:1\nWORKDIR /app\nCOPY package.json bun.lock ./\nRUN bun install\n${copies}CMD [${start}]\n`,
      'package.json': '{"type": "module"}',
      'bun.lock': '{}',
      'server/index.ts': "import {app} from './app.js'\n\napp.listen(8080)\n",
      'server/app.ts':
        "import {list} from '../shared/orders.js'\n\nexport const app = {listen: (port: number) => list(port)}\n",
      'shared/orders.ts': 'export const list = (port: number) => port\n',
      'shared/prices.ts': '',
      ...files,
    }).flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])),
  ),
})

const workspace = (db: object, {node = '20-slim', start = 'dist/server.js', build = 'tsc', more = {}} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:${node}\nWORKDIR /app\nCOPY . .\nRUN npm ci\nWORKDIR /app/api\nCMD ["node", "${start}"]\n`,
    'package.json': '{"workspaces": ["api", "db"]}',
    'api/package.json': JSON.stringify({scripts: {build}, dependencies: {'@shop/db': '*'}}),
    'api/src/server.ts': "import {connect} from '@shop/db'\n\nconnect()\n",
    'api/server.js': "const {connect} = require('@shop/db')\n",
    'db/package.json': JSON.stringify({name: '@shop/db', ...db}),
    'db/src/index.ts': 'export const connect = () => {}\n',
    ...more,
  },
})

/** An entrypoint that its first line gives to node. */
const program = (text: string, type: string, by = 'node') => ({
  files: {
    ...plain({}, {type}).files,
    Dockerfile:
      'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm install\nENTRYPOINT ["/app/docker-entrypoint.js"]\nCMD ["npm", "start"]\n',
    'docker-entrypoint.js': `#!/usr/bin/env ${by}\n${text}`,
    'server.js': '',
  },
})

const typedImport = {'server.js': "import {pool} from './db.ts'\n", 'db.ts': 'export const pool = 1\n'}

const late = "  return require('./db.cjs')\n}\n"

testCheck(ownImports, {
  clean: {
    'a member whose compiled file git has, and a build makes anew': workspace(
      {main: 'dist/index.js', scripts: {build: 'tsc'}},
      {
        start: 'server.js',
        more: {
          Dockerfile:
            'FROM node:20-slim\nWORKDIR /app\nCOPY package.json ./\nCOPY api api\nCOPY db/package.json db/\nCOPY db/src db/src\nRUN npm ci && npm --workspace @shop/db run build\nWORKDIR /app/api\nCMD ["node", "server.js"]\n',
          'db/dist/index.js': '',
        },
      },
    ),
    'settings of Next.js, with what they import': settings('COPY next.config.mjs ./\nCOPY config config\n'),
    'settings of Next.js that are not there': settings(''),
    'settings of a folder that is named': settings('COPY next.config.mjs ./\n', 'next start site'),
    'a folder of what tsc writes, and the one beside it': apart(
      'COPY --from=build /app/dist/server ./server\nCOPY --from=build /app/dist/shared ./shared\n',
    ),
    'all that tsc writes': apart('COPY --from=build /app/dist ./\n'),
    'a folder of what tsc writes, which needs types of the other alone': apart(
      'COPY --from=build /app/dist/server ./server\n',
      "import type {price} from '../shared/price'\n",
    ),
    'a file for development, in a function': plain(
      {
        'server.js':
          "const start = async () => {\n  if (process.env.NODE_ENV !== 'production') await require('./lib/pages')()\n  const {setup} = await import('./vite.js')\n}\n",
        'lib/pages.js': '',
        'vite.js': '',
      },
      {copy: 'package.json server.js ./'},
    ),
    'a file that a try does without': plain(
      {
        'server.js': "const load = () => {\n  try {\n    return require('./extra')\n  } catch {}\n}\n",
        'extra.js': '',
      },
      {copy: 'package.json server.js ./'},
    ),
    'a function that requires, in CommonJS': plain({'server.js': `exports.load = () => {\n${late}`, 'db.cjs': ''}),
    'a function that requires by what it made': plain(
      {
        'server.js': `import {createRequire} from 'node:module'\nconst require = createRequire(import.meta.url)\nexport function load() {\n${late}`,
        'db.cjs': '',
      },
      {type: 'module'},
    ),
    'a function that asks whether there is a require': plain(
      {'server.js': `export function load() {\n  if (typeof require === 'undefined') return\n${late}`, 'db.cjs': ''},
      {type: 'module'},
    ),
    'a require that is an argument, or in a text': plain(
      {
        'server.js':
          "export const load = (require) => require('./db.cjs')\n// require('a')\nconst text = \"require('a')\"\n",
      },
      {type: 'module'},
    ),
    'a require that bun knows': aliased('COPY . .\n', {
      'package.json': '{"type": "module"}',
      'src/index.ts': "export const load = () => require('./server')\n",
    }),
    'tsx finds all that it needs': run('COPY server server\nCOPY shared shared\n'),
    'another loader, of which nothing is known': run(
      'COPY server server\n',
      {},
      '"node", "--import", "./loader.js", "server/index.ts"',
    ),
    'settings of ts-node in a folder of their own': run(
      'COPY server server\n',
      {},
      '"npx", "ts-node", "-P", "server/tsconfig.json", "server/index.ts"',
    ),
    'TypeScript of which only types are used': run('COPY server server\n', {
      'server/index.ts':
        "import {Order} from '../shared/orders.js'\nimport type {Price} from '../shared/prices'\n\nexport const total = (order: Order, price: Price) => 1\n",
    }),
    'a folder that a COPY of another stage may have brought': run('COPY server server\nCOPY --from=shop/shared / ./\n'),
    'TypeScript that the project does not have, either': run('COPY server server\n', {'shared/orders.ts': undefined}),
    'TypeScript by its whole name, and a node that runs it': plain(typedImport, {type: 'module', node: '22.18-slim'}),
    'TypeScript, and another node than that of the base': plain(typedImport, {
      type: 'module',
      node: '20-slim',
      before: 'RUN npm i -g n && n 24\n',
    }),
    'TypeScript that CommonJS requires': plain(
      {'server.js': "const {pool} = require('./db.ts')\n", 'db.ts': 'exports.pool = 1\n'},
      {node: '20-slim'},
    ),
    'TypeScript that is imported later on': plain(
      {...typedImport, 'server.js': "const load = () => import('./db.ts')\n"},
      {type: 'module', node: '20-slim'},
    ),
    'TypeScript, and tsx that runs it': plain(typedImport, {
      type: 'module',
      node: '20-slim',
      start: '--import", "tsx", "server.js',
    }),
    'a RUN that writes the package.json of a member anew': workspace(
      {type: 'module', exports: './src/index.ts'},
      {
        node: '22-slim',
        more: {
          'db/src/index.ts': "export * from './pool.js'\n",
          'db/src/pool.ts': 'export const connect = () => {}\n',
          Dockerfile:
            'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && cd db && npm pkg set exports=./dist/index.js\nWORKDIR /app/api\nCMD ["node", "dist/server.js"]\n',
        },
      },
    ),
    'a member whose output git has, Docker leaves out and a RUN makes': {
      files: {
        ...workspace(
          {main: 'dist/index.js', scripts: {build: 'tsc'}},
          {start: 'server.js', more: {'db/dist/index.js': ''}},
        ).files,
        '.dockerignore': '**/dist\n',
        Dockerfile:
          'FROM node:20-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build --workspace @shop/db\nFROM node:20-slim\nWORKDIR /app\nCOPY --from=build /app/node_modules ./node_modules\nCOPY --from=build /app/api ./api\nCOPY --from=build /app/db ./db\nCMD ["node", "api/server.js"]\n',
      },
    },
    'Bun finds the aliases in the image': aliased('COPY src ./src\nCOPY tsconfig.json ./\n'),
    'Bun is told of another tsconfig.json': aliased(
      'COPY src ./src\nCOPY tsconfig.json ./tsconfig.build.json\n',
      {},
      '"bun", "--tsconfig-override=tsconfig.build.json", "src/index.ts"',
    ),
    'Bun, and an alias of types alone': aliased('COPY src ./src\n', {
      'src/index.ts': "import {type Listen} from '@/server'\n\nexport const listen: Listen = () => {}\n",
    }),
    'Bun, and a package with such a name': aliased('COPY src ./src\n', {
      'src/index.ts': "import {listen} from '@/elsewhere'\n\nlisten()\n",
    }),
    'a RUN writes the tsconfig.json of Bun': aliased('COPY src ./src\nRUN echo "{}" > tsconfig.json\n'),
    'a program that is a module': program("import {spawn} from 'node:child_process'\n", 'module'),
    'a program of another runtime': program("const {spawn} = require('child_process')\n", 'module', 'bun'),
    'a folder that the module defines': plain(
      {
        'server.js':
          "import path from 'node:path'\nconst __dirname = path.dirname(new URL(import.meta.url).pathname)\nconst views = path.join(__dirname, 'views')\n",
      },
      {type: 'module'},
    ),
    'a folder in CommonJS': plain(
      {'server.js': "const path = require('path')\nconst views = path.join(__dirname, 'views')\n"},
      {type: 'commonjs'},
    ),
    'a folder that only a function asks for': plain(
      {
        'server.js':
          "import app from './app.js'\napp.get('/', (req, res) => res.sendFile(__dirname + '/index.html'))\nconst home = typeof __dirname === 'undefined' ? '.' : __dirname\n// __dirname\nconst text = '__dirname'\n",
        'app.js': '',
      },
      {type: 'module'},
    ),
    'JSON with its attribute': plain(
      {'server.js': "import data from './data.json' with {type: 'json'}\n", 'data.json': '{}'},
      {type: 'module'},
    ),
    'JSON with its attribute on the next line': plain(
      {'server.js': "import data from './data.json' /* no module */\n  with {type: 'json'}\n", 'data.json': '{}'},
      {type: 'module'},
    ),
    'JSON as it was before Node 22': plain(
      {'server.js': "import data from './data.json' assert {type: 'json'}\n", 'data.json': '{}'},
      {type: 'module', node: '20-slim'},
    ),
    'JSON by require': plain(
      {'server.js': "const data = require('./data.json')\n", 'data.json': '{}'},
      {type: 'commonjs'},
    ),
    'a member of TypeScript whose package.json a RUN rewrites': workspace(
      {main: 'src/index.ts'},
      {
        more: {
          Dockerfile:
            'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && npx tsc -p db\nRUN sed -i s#src/index.ts#dist/index.js# */package.json\nWORKDIR /app/api\nCMD ["node", "dist/server.js"]\n',
        },
      },
    ),
    'what another stage builds is laid beside the sources': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim AS builder\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY package.json server.js ./\nCOPY server ./server\nCOPY --from=builder /app/server ./server\nCMD ["node", "server.js"]\n',
        'package.json': '{"type": "module", "scripts": {"build": "tsc"}}',
        'server.js': "import {create} from './server/index.js'\n",
        'server/index.ts': 'export const create = () => {}\n',
      },
    },
    'what a RUN generates anew': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npx prisma generate\nCMD ["node", "server.js"]\n',
        '.dockerignore': 'generated\n',
        'package.json': '{"type": "module"}',
        'server.js': "import {db} from './generated/client.js'\n",
        'generated/client.js': '',
      },
    },
    'an ES module that makes a require for all': plain(
      {'server.js': "globalThis.require = createRequire(import.meta.url)\nrequire('express')\n"},
      {type: 'module'},
    ),
    'CommonJS on a condition, whatever the indentation is': plain(
      {'server.js': "if (typeof module !== 'undefined') {\nmodule.exports = {}\n}\n"},
      {type: 'module'},
    ),
    'a middleware that is a type alone': workspace(
      {main: 'src/index.ts'},
      {
        more: {
          'api/src/server.ts':
            "import express from 'express'\nimport {Connect} from '@shop/db'\n\nexpress().use((connect: Connect, of: Map<string, Connect>) => connect)\n",
        },
      },
    ),
    'a type of what new makes': workspace(
      {main: 'src/index.ts'},
      {
        more: {
          'api/src/server.ts':
            "import {Connect} from '@shop/db'\n\nexport const all = new Map<string, Connect>()\nexport type Make = new (of: Connect) => Connect\n",
        },
      },
    ),
    'a member of JavaScript': workspace({main: 'index.js'}, {more: {'db/index.js': ''}}),
    'a member of TypeScript, by a node that runs it': workspace({main: 'src/index.ts'}, {node: '24-slim'}),
    'one that is built beside its sources': workspace(
      {type: 'module', exports: './src/index.ts', scripts: {build: 'tsc'}},
      {
        node: '22-slim',
        more: {
          'db/src/index.ts': "export * from './pool.js'\n",
          'db/src/pool.ts': 'export const connect = () => {}\n',
          Dockerfile:
            'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build -w db\nWORKDIR /app/api\nCMD ["node", "dist/server.js"]\n',
        },
      },
    ),
    'one with whole names': workspace(
      {type: 'module', exports: './src/index.ts'},
      {
        node: '24-slim',
        more: {
          'db/src/index.ts': "export * from './pool.ts'\n",
          'db/src/pool.ts': 'export const connect = () => {}\n',
        },
      },
    ),
    'in a bundle': workspace({main: 'src/index.ts'}, {build: 'tsup'}),
    'a member that a RUN may build': workspace(
      {main: 'dist/index.js'},
      {
        start: 'server.js',
        more: {
          Dockerfile:
            'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build -w db\nWORKDIR /app/api\nCMD ["node", "server.js"]\n',
        },
      },
    ),
    'everything is copied': plain({...db, 'server.js': "const db = require('./db')\n"}),
    'CommonJS finds a folder': plain({'db/index.js': '', 'server.js': "const db = require('./db')\n"}),
    'CommonJS finds what package.json of a folder names': plain({
      'db/package.json': '{"main": "pool.js"}',
      'db/pool.js': '',
      'server.js': "const db = require('./db')\n",
    }),
    'the whole name in an ES module': plain({...db, 'server.js': "import './db.js'\n"}, {type: 'module'}),
    'an ES module may require with what makes it': plain(
      {
        ...db,
        'server.js':
          "import {createRequire} from 'node:module'\nconst require = createRequire(import.meta.url)\nconst db = require('./db')\n",
      },
      {type: 'module'},
    ),
    'a .cjs beside ES modules': plain(
      {'db.cjs': 'module.exports = {}\n', 'server.js': "import './db.cjs'\n"},
      {type: 'module'},
    ),
    'a package.json of its own makes the folder CommonJS': plain(
      {
        'db/package.json': '{"type": "commonjs"}',
        'db/pool.js': 'module.exports = {}\n',
        'server.js': "import './db/pool.js'\n",
      },
      {type: 'module'},
    ),
    'a RUN moves folders': plain(
      {...db, 'server.js': "require('./db')\n"},
      {copy: 'server.js package.json ./', before: 'COPY db.js /made/\nRUN cp /made/* .\n'},
    ),
    'a file that nobody has': plain({'server.js': "require('./made')\n"}),
    'a flag tells where to look': plain(
      {...db, 'server.js': "import './db'\n"},
      {type: 'module', start: '-r", "x", "server.js'},
    ),
    'NODE_OPTIONS may tell it': plain(
      {...db, 'server.js': "import './db'\n"},
      {type: 'module', before: 'ENV NODE_OPTIONS=--experimental-specifier-resolution=node\n'},
    ),
    'a newer Node finds out that it is a module': plain(
      {'server.js': "import express from 'express'\n"},
      {node: '20-slim'},
    ),
    'node itself runs TypeScript by its whole name': plain(
      {
        'db.ts': 'export declare enum Kind {}\nexport const db = 1\n',
        'server.ts': "import {db} from './db.ts'\nimport type {Kind} from './db.js'\n",
      },
      {type: 'module', start: 'server.ts'},
    ),
    'a flag translates the enum': plain(
      {'server.ts': 'enum Kind {A}\n'},
      {type: 'module', start: '--experimental-transform-types", "server.ts'},
    ),
    'tsx finds it': plain(
      {'db.ts': 'export enum Kind {A}\n', 'server.ts': "import {db} from './db.js'\n"},
      {type: 'module', start: '--import", "tsx", "server.ts'},
    ),
    'a build writes JavaScript beside it': plain(
      {'db.ts': '', 'server.ts': "import {db} from './db.js'\n"},
      {type: 'module', start: 'server.ts', before: 'RUN npx tsc\n'},
    ),
    'tsc, and the whole name': compiled(called('./db.js'), bundler),
    'tsc, and an import that may be of a type': compiled(
      {...source, 'src/server.ts': "import {Connection} from './db'\n\nexport let db: Connection\n"},
      bundler,
    ),
    'tsc to CommonJS': compiled(called('./db'), {module: 'commonjs'}, {type: 'commonjs'}),
    'tsc, and an import of types alone': compiled(
      {
        ...called('./db'),
        'src/server.ts': "import {db, Db} from './db'\nexport const url = (one: typeof db, other: Db) => 1\n",
      },
      bundler,
    ),
    'tsc writes the values of a const enum in its place': compiled(
      {
        'src/server.ts': "import {Size} from './db'\nexport const size = Size.small\n",
        'src/db.ts': 'export const enum Size {small}\n',
      },
      bundler,
    ),
    '__dirname in TypeScript of CommonJS, and of its own': compiled(
      {
        'src/server.ts': "import './db'\nexport const folder = __dirname\n",
        'src/db.ts': "const require = load\nrequire('fs')\n",
      },
      {module: 'commonjs'},
      {type: 'commonjs'},
    ),
    'a bundler': compiled(called('./db'), bundler, {build: 'tsup src/server.ts'}),
    'tsc-alias behind it': compiled(called('@/db'), paths, {type: 'commonjs', build: 'tsc && tsc-alias'}),
    'aliases that something else knows': compiled(called('@/db'), paths, {
      type: 'commonjs',
      dev: {'module-alias': '^2.2.3'},
    }),
    'a package of the same form': compiled(called('@/db'), {module: 'commonjs'}, {type: 'commonjs'}),
  },
  flagged: {
    'settings of Next.js that import what the last stage lacks': {
      ...settings('COPY next.config.mjs ./\n', 'next start -p 8080'),
      expect: [
        'error next.config.mjs:1:23 CMD loads this file, and node stops here: ./config/images.mjs is config/images.mjs, which the image does not have at /app/config/images.mjs',
      ],
    },
    'a folder of what tsc writes, without the one beside it': {
      ...apart('COPY --from=build /app/dist/server ./server\n'),
      expect: [
        'warning Dockerfile:9:1 CMD starts what tsc has made of server/index.ts, and node stops at its import of ../shared/price: that is shared/price.ts, and nothing lays at /srv/shared/price.js what tsc makes of it',
      ],
    },
    'what is required when a request comes': {
      ...plain(
        {
          'server.js': "app.get('/', () => {\n  const {list} = require('./lib/orders')\n  return list()\n})\n",
          'lib/orders.js': '',
        },
        {copy: 'package.json server.js ./'},
      ),
      expect: [
        'warning server.js:2:27 CMD loads this file, where ./lib/orders is lib/orders.js, which the image does not have at /app/lib/orders.js: this call fails when it is made',
      ],
    },
    'what is imported when a job runs, also in a try': {
      ...plain(
        {
          'server.js':
            "export async function run(job) {\n  try {\n    await begin(job)\n    const {send} = await import('./lib/mail.js')\n    await send(job)\n  } catch (error) {\n    log(error)\n  }\n}\n",
          'lib/mail.js': '',
        },
        {copy: 'package.json server.js ./', type: 'module'},
      ),
      expect: [
        'warning server.js:4:34 CMD loads this file, where ./lib/mail.js is lib/mail.js, which the image does not have at /app/lib/mail.js: this call fails when it is made',
      ],
    },
    'a function of an ES module that requires': {
      ...plain(
        {
          'server.js': "import http from 'node:http'\nexport function load() {\n  return require('./db.cjs')\n}\n",
          'db.cjs': '',
        },
        {type: 'module'},
      ),
      expect: [
        'warning server.js:3:10 CMD loads this file, an ES module by package.json, in which require is not defined: this call throws when it is made, also in a try',
      ],
    },
    'a function of a member that tsc -b of the root writes': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npx tsc -b\nCMD ["node", "packages/api/dist/index.js"]\n',
        'package.json': '{"workspaces": ["packages/*"]}',
        'tsconfig.json':
          '{"compilerOptions": {"module": "nodenext"}, "files": [], "references": [{"path": "./packages/api"}]}',
        'packages/api/package.json': '{"type": "module"}',
        'packages/api/tsconfig.json':
          '{"extends": "../../tsconfig.json", "compilerOptions": {"rootDir": "src", "outDir": "dist", "composite": true}}',
        'packages/api/src/index.ts': "export function load() {\n  return require('pg')\n}\n",
      },
      expect: [
        'warning packages/api/src/index.ts:2:10 CMD loads this file, an ES module by packages/api/package.json, in which require is not defined: this call throws when it is made, also in a try',
      ],
    },
    'a function of what tsc writes that requires': {
      ...compiled(
        {
          'src/server.ts':
            "let db: unknown\ntry {\n  db = require('pg')\n} catch {\n  db = undefined\n}\nexport {db}\n",
        },
        {module: 'nodenext'},
      ),
      expect: [
        'warning src/server.ts:3:8 CMD loads this file, an ES module by package.json, in which require is not defined: this call throws when it is made, also in a try',
      ],
    },
    'TypeScript by its whole name, and a node that runs none': {
      ...plain(typedImport, {type: 'module', node: '20-slim'}),
      expect: [
        'error server.js:1:21 CMD loads this file, and node stops here: ./db.ts is TypeScript, and the node of the image runs none',
      ],
    },
    'settings that tsconfig.json extends': {
      ...compiled(
        {
          ...called('./db'),
          'tsconfig.base.json': JSON.stringify({compilerOptions: bundler}),
          'tsconfig.json': JSON.stringify({
            extends: './tsconfig.base.json',
            compilerOptions: {outDir: 'dist', rootDir: 'src'},
          }),
        },
        {},
      ),
      expect: [
        'warning src/server.ts:1:24 CMD loads this file, and node stops here: ./db has no ending, and an ES module is found by its whole name: ./db.js',
      ],
    },
    'tsx, and a folder beside that of the server': {
      ...run('COPY server server\n'),
      expect: [
        'warning server/app.ts:1:21 CMD loads this file, and the start stops here: ../shared/orders.js is shared/orders.ts, which the image does not have at /app/shared/orders.ts',
      ],
    },
    'node with tsx, and a folder beside that of the server': {
      ...run('COPY server server\n', {}, '"node", "--import", "tsx", "server/index.ts"'),
      expect: [
        'warning server/app.ts:1:21 CMD loads this file, and the start stops here: ../shared/orders.js is shared/orders.ts, which the image does not have at /app/shared/orders.ts',
      ],
    },
    'ts-node, and a folder beside that of the server': {
      ...run('COPY server server\n', {}, '"npx", "ts-node", "--transpile-only", "server/index.ts"'),
      expect: [
        'warning server/app.ts:1:21 CMD loads this file, and the start stops here: ../shared/orders.js is shared/orders.ts, which the image does not have at /app/shared/orders.ts',
      ],
    },
    'Bun, and a folder beside that of the server': {
      ...run(
        'COPY server server\n',
        {'server/app.ts': "import * as orders from '../shared'\n\norders.list()\n", 'shared/index.ts': ''},
        '"bun", "server/index.ts"',
      ),
      expect: [
        'warning server/app.ts:1:26 CMD loads this file, and the start stops here: ../shared is shared/index.ts, which the image does not have at /app/shared/index.ts',
      ],
    },
    'tsx finds no tsconfig.json for the aliases of what stands under another ending': {
      ...aliased(
        'COPY src ./src\n',
        {'src/index.ts': "import {listen} from '@/server.js'\n\nlisten()\n"},
        '"npx", "tsx", "src/index.ts"',
      ),
      expect: [
        'warning src/index.ts:1:23 CMD loads this file, and the start stops here: tsconfig.json says what @/server.js is, and the image has no such file',
      ],
    },
    'tsx finds no tsconfig.json for the aliases, by npx either': {
      ...aliased('COPY src ./src\n', {}, '"npx", "tsx", "src/index.ts"'),
      expect: [
        'warning src/index.ts:1:23 CMD loads this file, and the start stops here: tsconfig.json says what @/server is, and the image has no such file',
      ],
    },
    'Bun finds no tsconfig.json for the aliases': {
      ...aliased('COPY src ./src\n'),
      expect: [
        'warning src/index.ts:1:23 CMD loads this file, and the start stops here: tsconfig.json says what @/server is, and the image has no such file',
      ],
    },
    'a program of CommonJS in a package of modules': {
      ...program("const {spawn} = require('node:child_process')\n", 'module'),
      expect: [
        'error docker-entrypoint.js:2:17 ENTRYPOINT loads this file, and node stops here: require is not defined in an ES module, which package.json makes of it',
      ],
    },
    'a folder that an ES module does not have': {
      ...plain(
        {'server.js': "import path from 'node:path'\nconst views = path.join(__dirname, 'views')\n"},
        {type: 'module'},
      ),
      expect: [
        'error server.js:2:25 CMD loads this file, and node stops here: __dirname is not defined in an ES module, which package.json makes of it',
      ],
    },
    'JSON without its attribute': {
      ...plain({'server.js': "import data from './data.json'\n", 'data.json': '{}'}, {type: 'module'}),
      expect: [
        "error server.js:1:19 CMD loads this file, and node stops here: ./data.json is imported without with {type: 'json'}",
      ],
    },
    'JSON as Node 22 does not know it': {
      ...plain(
        {'server.js': "import data from './data.json' assert {type: 'json'}\n", 'data.json': '{}'},
        {type: 'module'},
      ),
      expect: [
        'error server.js:1:19 CMD loads this file, and node stops here: ./data.json is imported with assert, which Node 22 knows no more',
      ],
    },
    'a member of TypeScript': {
      ...workspace({exports: {'.': {types: './src/index.ts', default: './src/index.ts'}}}),
      expect: [
        'warning api/src/server.ts:1:24 CMD loads this file, and node stops here: @shop/db is db/src/index.ts, and the node of the image runs no TypeScript',
      ],
    },
    'a member of TypeScript below a program that is laid at the top': {
      ...workspace(
        {main: 'src/index.ts'},
        {
          more: {
            Dockerfile:
              'FROM node:20-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build -w api\nFROM node:20-slim\nWORKDIR /app\nCOPY --from=build /app/api/dist ./dist\nCOPY --from=build /app/api/package.json ./\nCOPY --from=build /app/node_modules ./node_modules\nCOPY --from=build /app/db ./db\nCMD ["node", "dist/server.js"]\n',
            'api/src/server.ts':
              "import express from 'express'\nimport {auth} from './auth.js'\n\nexpress().use('/api', auth)\n",
            'api/src/auth.ts': "import {connect} from '@shop/db'\n\nexport const auth = () => connect()\n",
          },
        },
      ),
      expect: [
        'warning api/src/auth.ts:1:24 CMD loads this file, and node stops here: @shop/db is db/src/index.ts, and the node of the image runs no TypeScript',
      ],
    },
    'a member of TypeScript, for a name that new is given': {
      ...workspace(
        {main: 'src/index.ts'},
        {
          more: {
            'api/src/server.ts':
              "import {name} from '@shop/db'\n\nexport const queue = new Queue<Job>(name, {connection})\n",
          },
        },
      ),
      expect: [
        'warning api/src/server.ts:1:21 CMD loads this file, and node stops here: @shop/db is db/src/index.ts, and the node of the image runs no TypeScript',
      ],
    },
    'a member of TypeScript, for a text that has its name': {
      ...workspace(
        {main: 'src/index.ts'},
        {more: {'api/src/server.ts': "import {name} from '@shop/db'\n\nconsole.log(`This is ${name}`)\n"}},
      ),
      expect: [
        'warning api/src/server.ts:1:21 CMD loads this file, and node stops here: @shop/db is db/src/index.ts, and the node of the image runs no TypeScript',
      ],
    },
    'and where a RUN takes a script out of the package.json of the top': {
      ...workspace(
        {type: 'module', exports: './src/index.ts', scripts: {build: 'tsc'}},
        {
          node: '22-slim',
          more: {
            'db/src/index.ts': "export * from './pool.js'\n",
            'db/src/pool.ts': 'export const connect = () => {}\n',
            'db/tsconfig.json': '{"compilerOptions": {"outDir": "dist"}}',
            Dockerfile:
              "FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN node -e \"const fs=require('fs');const p=JSON.parse(fs.readFileSync('package.json','utf8'));delete p.scripts;fs.writeFileSync('package.json',JSON.stringify(p))\"\nRUN npm ci && npm run build -w db\nWORKDIR /app/api\nCMD [\"node\", \"dist/server.js\"]\n",
          },
        },
      ),
      expect: [
        'warning api/src/server.ts:1:24 CMD loads this file, and node stops here: @shop/db is db/src/index.ts, and node, which runs TypeScript as it stands, does not get past ./pool.js in db/src/index.ts',
      ],
    },
    'a member of TypeScript, which node runs, and that names JavaScript': {
      ...workspace(
        {type: 'module', exports: './src/index.ts', scripts: {build: 'tsc'}},
        {
          node: '22-slim',
          more: {
            'db/src/index.ts': "export * from './pool.js'\n",
            'db/src/pool.ts': 'export const connect = () => {}\n',
            'db/tsconfig.json': '{"compilerOptions": {"outDir": "dist"}}',
            Dockerfile:
              'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build -w db\nWORKDIR /app/api\nCMD ["node", "dist/server.js"]\n',
          },
        },
      ),
      expect: [
        'warning api/src/server.ts:1:24 CMD loads this file, and node stops here: @shop/db is db/src/index.ts, and node, which runs TypeScript as it stands, does not get past ./pool.js in db/src/index.ts',
      ],
    },
    'a member whose sources are not copied': {
      ...workspace(
        {main: 'src/index.js'},
        {
          start: 'server.js',
          more: {
            Dockerfile:
              'FROM node:20-slim\nWORKDIR /app\nCOPY package.json ./\nCOPY api api\nCOPY db/package.json db/\nRUN npm ci\nWORKDIR /app/api\nCMD ["node", "server.js"]\n',
            'db/src/index.js': '',
          },
        },
      ),
      expect: [
        'error api/server.js:1:28 CMD loads this file, and node stops here: @shop/db is db/src/index.js, which the image does not have at /app/db/src/index.js',
      ],
    },
    'a member of TypeScript, of which the image has what was built alone': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM oven/bun:1 AS build\nWORKDIR /app\nCOPY . .\nRUN bun install\nRUN cd db && bun run build\n' +
          'FROM oven/bun:1\nWORKDIR /app\nCOPY package.json bun.lock ./\nCOPY api api\nCOPY db/package.json db/\n' +
          'RUN bun install\nCOPY --from=build /app/db/dist db/dist\nCMD ["bun", "run", "api/server.ts"]\n',
        'package.json': '{"workspaces": ["api", "db"]}',
        'bun.lock': '{}',
        'api/package.json': '{"dependencies": {"@shop/db": "workspace:*"}}',
        'api/server.ts': "import {connect} from '@shop/db'\n\nconnect()\n",
        'db/package.json':
          '{"name": "@shop/db", "type": "module", "main": "src/index.ts", "scripts": {"build": "tsup src/index.ts"}}',
        'db/src/index.ts': 'export const connect = () => {}\n',
      },
      expect: [
        'warning api/server.ts:1:24 CMD loads this file, and node stops here: @shop/db is db/src/index.ts, which the image does not have at /app/db/src/index.ts',
      ],
    },
    'a member that nothing builds': {
      ...workspace({main: 'dist/index.js'}, {start: 'server.js'}),
      expect: [
        'error api/server.js:1:28 CMD loads this file, and node stops here: @shop/db is db/dist/index.js, and nothing builds it',
      ],
    },
    'the sources beside a script, and what another stage builds of them elsewhere': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim AS builder\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=builder /app/dist ./dist\nCOPY package.json server.js ./\nCOPY server ./server\nCMD ["node", "server.js"]\n',
        'package.json': '{"type": "module", "scripts": {"build": "vite build"}}',
        'server.js': "import {create} from './server/index.js'\n",
        'server/index.ts': 'export const create = () => {}\n',
      },
      expect: [
        'error server.js:1:23 CMD loads this file, and node stops here: ./server/index.js is server/index.ts here, and node takes a file of TypeScript by its whole name alone',
      ],
    },
    'node itself runs TypeScript, and the import names JavaScript': {
      ...plain(
        {'db.ts': 'export const db = 1\n', 'server.ts': "import {db} from './db.js'\n"},
        {type: 'module', start: 'server.ts'},
      ),
      expect: [
        'error server.ts:1:19 CMD loads this file, and node stops here: ./db.js is db.ts here, and node takes a file of TypeScript by its whole name alone',
      ],
    },
    'or no ending, behind a flag of an older node': {
      ...plain(
        {'db/index.ts': 'export const db = 1\n', 'server.ts': "import {db} from './db'\n"},
        {type: 'module', start: '--experimental-strip-types", "server.ts', node: '22.12-slim'},
      ),
      expect: [
        'error server.ts:1:19 CMD loads this file, and node stops here: ./db is db/index.ts here, and node takes a file of TypeScript by its whole name alone',
      ],
    },
    'an enum in what it imports': {
      ...plain(
        {'db.ts': '/** Kinds. */\nexport enum Kind {\n  A,\n}\n', 'server.ts': "import {Kind} from './db.ts'\n"},
        {type: 'module', start: 'server.ts', node: '24-slim'},
      ),
      expect: [
        'error db.ts:2:1 CMD loads this file, and node stops here: it leaves types out of TypeScript and translates nothing, and this is an enum',
      ],
    },
    'a folder is not copied': {
      ...plain({'lib/db.js': '', 'server.js': "const db = require('./lib/db')\n"}, {copy: 'server.js package.json ./'}),
      expect: [
        'error server.js:1:21 CMD loads this file, and node stops here: ./lib/db is lib/db.js, which the image does not have at /app/lib/db.js',
      ],
    },
    'the file that another one imports is ignored, by npm start': {
      ...plain(
        {
          ...db,
          'routes.js': "import {\n  pool,\n} from './db.js'\n",
          'server.js': "import './routes.js'\n",
          '.dockerignore': 'db.js\n',
        },
        {type: 'module'},
      ),
      expect: [
        'error routes.js:3:9 CMD loads this file, and node stops here: ./db.js is db.js, which the image does not have at /app/db.js',
      ],
    },
    'a folder is not copied, neither to the stage that installs': {
      ...plain(
        {...db, 'server.js': "const db = require('./db')\n"},
        {copy: 'server.js package.json ./', before: 'FROM node:22-slim\nWORKDIR /app\nCOPY --from=0 /app /app\n'},
      ),
      expect: [
        'error server.js:1:21 CMD loads this file, and node stops here: ./db is db.js, which the image does not have at /app/db.js',
      ],
    },
    'no ending in an ES module': {
      ...plain({...db, 'server.js': "import {pool} from './db'\n"}, {type: 'module'}),
      expect: [
        'error server.js:1:21 CMD loads this file, and node stops here: ./db has no ending, and an ES module is found by its whole name: ./db.js',
      ],
    },
    'a folder in a .mjs': {
      ...plain({'db/index.js': '', 'server.mjs': "import './db'\n"}, {start: 'server.mjs'}),
      expect: [
        'error server.mjs:1:9 CMD loads this file, and node stops here: ./db has no ending, and an ES module is found by its whole name: ./db/index.js',
      ],
    },
    'require in an ES module': {
      ...plain({'server.js': "const express = require('express')\n"}, {type: 'module'}),
      expect: [
        'error server.js:1:17 CMD loads this file, and node stops here: require is not defined in an ES module, which package.json makes of it',
      ],
    },
    'module.exports in an ES module': {
      ...plain({'db.js': 'module.exports = {}\n', 'server.js': "import './db.js'\n"}, {type: 'module'}),
      expect: [
        'error db.js:1:1 CMD loads this file, and node stops here: module is not defined in an ES module, which package.json makes of it',
      ],
    },
    'import where package.json says CommonJS': {
      ...plain({'server.js': "import express from 'express'\n"}, {type: 'commonjs'}),
      expect: [
        'error server.js:1:22 CMD loads this file, and node stops here: import stands in ES modules alone, and package.json makes CommonJS of this file',
      ],
    },
    'import where package.json says nothing, and Node is old': {
      ...plain({'server.js': "import express from 'express'\n"}, {node: '18-slim'}),
      expect: [
        'error server.js:1:22 CMD loads this file, and node stops here: import stands in ES modules alone, and package.json makes CommonJS of this file',
      ],
    },
    'tsc writes ES modules, package.json says otherwise': {
      ...compiled(called('./db.js'), bundler, {type: 'commonjs'}),
      expect: [
        'warning src/server.ts:1:24 CMD loads this file, and node stops here: import stands in ES modules alone, and package.json makes CommonJS of this file',
      ],
    },
    'tsc leaves the ending out of an import that is used as a value': {
      ...compiled(
        {...called('./db'), 'src/server.ts': "import {db} from './db'\nexport const url = db.url\n"},
        bundler,
      ),
      expect: [
        'warning src/server.ts:1:19 CMD loads this file, and node stops here: ./db has no ending, and an ES module is found by its whole name: ./db.js',
      ],
    },
    '__dirname in TypeScript of ES modules': {
      ...compiled(
        {
          ...called('./db.js'),
          'src/db.ts': "import {join} from 'node:path'\nexport const db = join(__dirname, 'sql')\n",
        },
        bundler,
      ),
      expect: [
        'warning src/db.ts:2:24 CMD loads this file, and node stops here: __dirname is not defined in an ES module, which package.json makes of it',
      ],
    },
    'tsc leaves the ending out': {
      ...compiled(called('./db'), bundler),
      expect: [
        'warning src/server.ts:1:24 CMD loads this file, and node stops here: ./db has no ending, and an ES module is found by its whole name: ./db.js',
      ],
    },
    'a cause that several imports have': {
      ...plain({...db, 'log.js': '', 'server.js': "import './db'\nimport './log'\n"}, {type: 'module'}),
      expect: [
        'error server.js:1:9 CMD loads this file, and node stops here: ./db has no ending, and an ES module is found by its whole name: ./db.js (and so at 1 other import)',
      ],
    },
    'tsc leaves the alias': {
      ...compiled(called('@/db'), paths, {type: 'commonjs'}),
      expect: [
        'warning src/server.ts:1:24 CMD loads this file, and node stops here: tsc leaves @/db as it is, and node does not know the paths of tsconfig.json',
      ],
    },
    'tsc writes CommonJS, package.json says otherwise': {
      ...compiled(called('./db'), {module: 'commonjs'}),
      expect: [
        'warning tsconfig.json:1:53 CMD loads this file, and node stops here: tsc writes CommonJS to dist/server.js, and package.json says that it is an ES module',
      ],
    },
  },
})
