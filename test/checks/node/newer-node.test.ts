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

testCheck(check, {
  clean: {
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
