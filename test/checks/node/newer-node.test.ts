import check from '../../../checks/node/newer-node.ts'
import {testCheck} from '../../harness.ts'

const shop = (code: string, node = '20-slim', more: Record<string, string> = {}, main = 'server.mjs') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:${node}\nWORKDIR /app\nCOPY . .\nCMD ["node", "${main}"]\n`,
    [main]: code,
    ...more,
  },
})
const asks = (name: string, since: string, image = '20-slim') =>
  `CMD loads this file, which asks for ${name}, and Node has that since ${since}: node:${image} has Node ${Number.parseInt(image, 10)}`

const npmLock = (packages: Record<string, string>) => ({
  'package.json': '{"type": "module"}',
  'package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: Object.fromEntries(
      Object.entries(packages).map(([name, version]) => [`node_modules/${name}`, {version, license: 'MIT'}]),
    ),
  }),
})
const cheerio = "import {load} from 'cheerio'\nload('<p>')\n"

testCheck(check, {
  clean: {
    'an undici that asks for nothing newer': shop(cheerio, '18-slim', npmLock({cheerio: '1.1.0', undici: '7.10.0'})),
    'a package that did without it, beside one of others': shop(
      cheerio,
      '18-slim',
      npmLock({cheerio: '1.0.0-rc.12', undici: '7.16.0'}),
    ),
    'one that lies beside the package that asks for it': shop(
      cheerio,
      '18-slim',
      npmLock({cheerio: '1.0.0', undici: '7.16.0', 'cheerio/node_modules/undici': '6.21.0'}),
    ),
    'a part of it that does without': shop(
      "import {load} from 'cheerio/slim'\nload('<p>')\n",
      '18-slim',
      npmLock({cheerio: '1.2.0', undici: '7.16.0'}),
    ),
    'a package that a function loads': shop(
      "export const page = async (text) => (await import('cheerio')).load(text)\n",
      '18-slim',
      npmLock({cheerio: '1.2.0', undici: '7.16.0'}),
    ),
    'what is laid down before': shop("import './lay.mjs'\nimport {load} from 'cheerio'\nload('<p>')\n", '18-slim', {
      'lay.mjs': 'globalThis.File ??= class {}\n',
      ...npmLock({cheerio: '1.2.0', undici: '7.16.0'}),
    }),
    'packages and a Node that has it': shop(cheerio, '20-slim', npmLock({cheerio: '1.2.0', undici: '7.16.0'})),
    'two lock files that do not agree': shop(cheerio, '18-slim', {
      ...npmLock({cheerio: '1.2.0', undici: '7.16.0'}),
      'yarn.lock': '# yarn lockfile v1\n',
    }),
    'a Node that has it': shop('const {promise} = Promise.withResolvers()\n', '22-slim'),
    'the last one of an older line, to which it came, too': shop('process.loadEnvFile()\n'),
    'what the code looks for first': shop(
      'const made = Promise.withResolvers ? Promise.withResolvers() : own()\nfunction own() {}\n',
    ),
    'what another file lays down': shop("import './lay.mjs'\nPromise.withResolvers()\n", '20-slim', {
      'lay.mjs': 'Promise.withResolvers ??= function () {}\n',
    }),
    'a polyfill': shop("import 'core-js/actual/promise'\nPromise.withResolvers()\n"),
    'a name of the code itself': shop("import {WebSocket} from 'ws'\nnew WebSocket('wss://shop.example')\n"),
    'an object of the code itself': shop('const Promise = {withResolvers() {}}\nPromise.withResolvers()\n'),
    'another Node, which a RUN brings': {
      files: {
        ...shop('Promise.withResolvers()\n').files,
        Dockerfile:
          'FROM node:20-slim\nRUN npm install -g n && n 22\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.mjs"]\n',
      },
    },
    'a module that is asked for in a try': shop(
      "let db\ntry {\n  db = require('node:sqlite')\n} catch {}\n",
      '20-slim',
      {},
      'server.cjs',
    ),
  },
  flagged: {
    'a package that asks for it by another one': {
      ...shop(cheerio, '18-slim', npmLock({cheerio: '1.2.0', undici: '7.16.0'})),
      expect: [
        'error server.mjs:1:20 CMD loads this file, which imports cheerio 1.2.0, which loads undici 7.16.0, and as that is loaded it asks for File, and Node has that since 20.0: node:18-slim has Node 18, and the program ends with “File is not defined”',
      ],
    },
    "a package of pnpm's lock file": {
      ...shop(
        "const {Client} = require('discord.js')\nnew Client({intents: []})\n",
        '16-slim',
        {
          'pnpm-lock.yaml':
            "lockfileVersion: '9.0'\n\npackages:\n\n  discord.js@14.16.3:\n    engines: {node: '>=18'}\n\n  undici@6.19.8:\n    engines: {node: '>=18.17'}\n",
        },
        'server.cjs',
      ),
      expect: [
        'error server.cjs:1:26 CMD loads this file, which imports discord.js 14.16.3, which loads undici 6.19.8, and as that is loaded it asks for ReadableStream, and Node has that since 18.0: node:16-slim has Node 16, and the program ends with “ReadableStream is not defined”',
      ],
    },
    "a package of Yarn's": {
      ...shop("import Fastify from 'fastify'\nFastify()\n", '16-slim', {
        'yarn.lock':
          '# yarn lockfile v1\n\n\nfastify@^5.0.0:\n  version "5.2.1"\n  resolved "https://registry.yarnpkg.com/fastify"\n',
      }),
      expect: [
        'error server.mjs:1:21 CMD loads this file, which imports fastify 5.2.1, and as that is loaded it asks for tracingChannel of node:diagnostics_channel, and Node has that since 18.19: node:16-slim has Node 16, and the program ends with “diagnostics.tracingChannel is not a function”',
      ],
    },
    'a function of a later V8, at once': {
      ...shop('const {promise} = Promise.withResolvers()\n'),
      expect: [
        `error server.mjs:1:19 ${asks('Promise.withResolvers', '22.0')}, and the program ends with “Promise.withResolvers is not a function”`,
      ],
    },
    'one in a function': {
      ...shop('export const byKind = (all) => Object.groupBy(all, ({kind}) => kind)\n'),
      expect: [`warning server.mjs:1:32 ${asks('Object.groupBy', '21.0')} (Object.groupBy is not a function)`],
    },
    'a module': {
      ...shop("import {DatabaseSync} from 'node:sqlite'\nnew DatabaseSync(':memory:')\n"),
      expect: [
        `error server.mjs:1:28 ${asks('node:sqlite', '22.5')}, and the program ends with “No such built-in module: node:sqlite”`,
      ],
    },
    'what a module exports': {
      ...shop("import {styleText} from 'node:util'\nconsole.log(styleText('red', 'a'))\n", '18-alpine'),
      expect: [
        `error server.mjs:1:9 ${asks('styleText of node:util', '20.12', '18-alpine')}, and the program ends with “The requested module 'node:util' does not provide an export named 'styleText'”`,
      ],
    },
    'a part of import.meta': {
      ...shop("import {join} from 'node:path'\nconsole.log(join(import.meta.dirname, 'a'))\n", '18-slim'),
      expect: [
        `warning server.mjs:2:18 ${asks('import.meta.dirname', '20.11', '18-slim')} (import.meta.dirname is undefined)`,
      ],
    },
    'a global, in a file behind the first': {
      ...shop("import './ids.mjs'\n", '18-slim', {'ids.mjs': 'export const id = crypto.randomUUID()\n'}),
      expect: [
        `error ids.mjs:1:19 ${asks('crypto', '19.0', '18-slim')}, and the program ends with “crypto is not defined”`,
      ],
    },
  },
})
