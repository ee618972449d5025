import expressRoutes from '../../../checks/node/express-routes.ts'
import {testCheck} from '../../harness.ts'

const files = (
  server: string,
  express = '^5.1.0',
  more: Record<string, string> = {},
  command = '"node", "server.js"',
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD [${command}]\n`,
    'package.json': JSON.stringify({name: 'shop', dependencies: {express}}),
    'server.js': server,
    ...more,
  },
})
const begin = "const express = require('express')\nconst app = express()\n"
const lock = (version: string) => ({
  'package-lock.json': JSON.stringify({lockfileVersion: 3, packages: {'node_modules/express': {version}}}),
})

testCheck(expressRoutes, {
  clean: {
    'named, in braces, escaped and as a regular expression': files(
      `${begin}app.get('/{*splat}', send)\napp.get('/orders{/:id}', send)\napp.get('/a\\\\?', send)\napp.get(/.*/, send)\napp.get('/:"order-id"', send)\n`,
    ),
    'Express 4': files(`${begin}app.get('*', send)\n`, '^4.21.0'),
    'Express 4 by the lock file': files(`${begin}app.get('*', send)\n`, '^5.1.0', lock('4.21.2')),
    'a version for trying': files(`${begin}app.get('*', send)\n`, '5.0.0-beta.3'),
    'an older path-to-regexp is asked for': files(`${begin}app.get('*', send)\n`, '^5.1.0', {
      'package.json': JSON.stringify({
        dependencies: {express: '^5.1.0'},
        overrides: {'path-to-regexp': '0.1.12'},
      }),
    }),
    'the app of something else': files(
      `const express = require('express')\nconst {Hono} = require('hono')\nconst app = new Hono()\napp.get('*', send)\n`,
    ),
    'a name that is another one in a function': files(`${begin}function start(app) {\n  app.get('*', send)\n}\n`),
    'a setting': files(`${begin}app.get('view engine?')\n`),
    'a file that is not loaded': files(begin, '^5.1.0', {'other.js': `${begin}app.get('*', send)\n`}),
    'of a package.json of its own': files(`${begin}require('./old/server.js')\n`, '^5.1.0', {
      'old/package.json': JSON.stringify({dependencies: {express: '^4.0.0'}}),
      'old/server.js': `${begin}app.get('*', send)\n`,
    }),
  },
  flagged: {
    'compiled, in a stage that installs pkg-config for it': {
      ...files('', '^5.1.0', {
        Dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nRUN apt-get update && apt-get install -y build-essential node-gyp pkg-config python-is-python3\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "dist/server.js"]\n',
        'package.json': JSON.stringify({scripts: {build: 'tsc'}, dependencies: {express: '^5.1.0'}}),
        'src/server.ts': `import express from 'express'\nconst app = express()\napp.get('*', send)\n`,
      }),
      expect: [
        `error src/server.ts:3:9 CMD ends at app.get('*'): Express 5.1.0 throws "Missing parameter name", as * has none`,
      ],
    },
    'a * without a name': {
      ...files(`${begin}app.get('*', send)\n`),
      expect: [
        `error server.js:3:9 CMD ends at app.get('*'): Express 5.1.0 throws "Missing parameter name", as * has none`,
      ],
    },
    'behind a condition, of a router, by the lock file': {
      ...files(
        `import express, {Router} from 'express'\nconst router = Router()\nif (process.env.NODE_ENV === 'production') router.all('/api/*', send)\nexport default router\n`,
        '^5.0.0',
        {...lock('5.2.1'), 'package.json': JSON.stringify({type: 'module', dependencies: {express: '^5.0.0'}})},
      ),
      expect: [
        `warning server.js:3:55 CMD ends at router.all('/api/*'): Express 5.2.1 throws "Missing parameter name", as * has none`,
      ],
    },
    'what may be missing, and a pattern': {
      ...files(`${begin}app.get('/orders/:id?', send)\napp.get(['/a', '/b(.+)'], send)\n`),
      expect: [
        `error server.js:3:9 CMD ends at app.get('/orders/:id?'): Express 5.1.0 throws "Unexpected ?"`,
        `error server.js:4:16 CMD ends at app.get('/b(.+)'): Express 5.1.0 throws "Unexpected ("`,
      ],
    },
    'an app that a function is given, compiled by tsc': {
      ...files(
        '',
        '^5.1.0',
        {
          'package.json': JSON.stringify({
            scripts: {build: 'tsc'},
            dependencies: {express: '^5.1.0'},
            devDependencies: {typescript: '5.9.3'},
          }),
          'tsconfig.json': '{"compilerOptions": {"outDir": "dist", "rootDir": "src", "module": "commonjs"}}',
          'src/server.ts':
            "import express, {type Express} from 'express'\nimport {register} from './routes'\nconst app = express()\nregister(app)\n",
          'src/routes.ts':
            "import type {Express} from 'express'\nexport function register(app: Express) {\n  app.options('*', cors())\n}\n",
          Dockerfile:
            'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm install && npm run build\nCMD ["node", "dist/server.js"]\n',
        },
        '"node", "dist/server.js"',
      ),
      expect: [
        `warning src/routes.ts:3:15 CMD ends at app.options('*'): Express 5.1.0 throws "Missing parameter name", as * has none`,
      ],
    },
    'started by tsx': {
      ...files(`${begin}app.use('*', send)\n`, '~5.1.0', {}, '"npx", "tsx", "server.js"'),
      expect: [
        `error server.js:3:9 CMD ends at app.use('*'): Express 5.1.0 throws "Missing parameter name", as * has none`,
      ],
    },
  },
})
