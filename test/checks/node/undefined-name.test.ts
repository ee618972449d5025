import check from '../../../checks/node/undefined-name.ts'
import {testCheck} from '../../harness.ts'

const project = (page: string, {build = 'tsc -b && vite build', ...files}: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "dist/main.js"]\n',
    'package.json': JSON.stringify({scripts: {build}}),
    'tsconfig.json': '{"include": ["src"]}',
    'src/cart.tsx': "import {useState} from 'react'\n\nexport const Cart = () => <b>{useState(0)[0]}</b>\n",
    'src/page.tsx': page,
    ...files,
  },
})
const started = (server: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n',
    'package.json': '{"type": "module", "dependencies": {"cors": "2.8.5", "express": "5.0.0"}}',
    'server.js': server,
    ...files,
  },
})
const forgotten = 'export const Page = () => {\n  const [open] = useState(false)\n  return <p>{open}</p>\n}\n'

testCheck(check, {
  clean: {
    'all names are imported': project("import {Cart} from './cart'\n\nexport const Page = () => <Cart />\n"),
    'a name that only the text has': project("// useState(0)\nexport const text = 'useState(0)'\n"),
    'a property of that name': project('export const a = {useState: 1}.useState\n'),
    'a parameter, a part of a pattern, a loop': project(
      'export const f = (useState: number, {Cart}: {Cart: number}) => useState + Cart\nfor (const Cart of [1]) f(Cart, {Cart})\n',
    ),
    'a type of that name': project('export type useState = number\nexport const one: Cart = 1\ntype Cart = useState\n'),
    'a name that no other file has': project('export const total = sum(1, 2)\n'),
    'a name of the browser, which another file imports': project('export const at = location.href\n', {
      'src/map.ts': "import {location} from './geo'\n\nexport const here = location()\n",
    }),
    'a declaration for all files': project(forgotten, {
      'types/auto.d.ts': "declare global {\n  const useState: typeof import('react')['useState']\n}\nexport {}\n",
    }),
    'a file that tsc does not look at': project(`// @ts-nocheck\n${forgotten}`),
    'names that a plugin brings': project(forgotten, {
      'package.json':
        '{"scripts": {"build": "tsc && vite build"}, "devDependencies": {"unplugin-auto-import": "20.0.0"}}',
    }),
    'vite alone asks for no names': project(forgotten, {build: 'vite build'}),
    'tsc may fail': project(forgotten, {build: 'tsc -b || true; vite build'}),
    'a name that a file without imports has for all': project('export const one = LIMIT\n', {
      'src/limit.ts': 'const LIMIT = 1\n',
      'src/more.ts': "import {LIMIT} from './other'\n\nexport const two = LIMIT\n",
    }),
    'React, where tsconfig.json lets it be used so': project('export const Page = () => React.useState(0)\n', {
      'src/more.ts': "import React from 'react'\n\nexport const a = React.version\n",
      'tsconfig.json': '{"compilerOptions": {"allowUmdGlobalAccess": true}, "include": ["src"]}',
    }),
    'a name that the types of a package have for all': project('export const Page = () => new google.maps.Map()\n', {
      'src/more.ts': "import {google} from 'googleapis'\n\nexport const a = google\n",
      'package.json':
        '{"scripts": {"build": "tsc -b"}, "devDependencies": {"@types/google.maps": "3.58.1", "googleapis": "150.0.0"}}',
    }),
    'a package, where tsconfig.json lets it be used so': project('export const Page = () => _.noop()\n', {
      'src/more.ts': "import _ from 'lodash'\n\nexport const a = _.noop\n",
      'tsconfig.json': '{"compilerOptions": {"allowUmdGlobalAccess": true}, "include": ["src"]}',
    }),
    'the second name of a declaration': project(forgotten, {
      'src/auto.d.ts': 'declare const cart: number, useState: (a: boolean) => boolean[]\n',
    }),
    'the second name of a file without imports': project('export const one = MOST\n', {
      'src/limit.ts': 'const LIMIT = 1, MOST = 2\n',
      'src/more.ts': "import {MOST} from './other'\n\nexport const two = MOST\n",
    }),
    'tsc without checks': project(forgotten, {
      'tsconfig.json': '{"compilerOptions": {"noCheck": true}, "include": ["src"]}',
    }),
    'names that a package gives to all': started("import 'zx/globals'\n\nconsole.log(path.sep)\n"),
    'names that are given to all one by one': started("import './names.js'\n\ncors()\n", {
      'names.js':
        "import * as all from './all.js'\nfor (const each of Object.keys(all)) globalThis[each] = all[each]\n",
      'all.js': 'export const cors = () => {}\n',
    }),
    'a program that is loaded before, by NODE_OPTIONS': started('cors()\n', {
      Dockerfile:
        'FROM node:24\nWORKDIR /app\nCOPY . .\nENV NODE_OPTIONS="--import ./names.js"\nRUN npm ci\nCMD ["node", "server.js"]\n',
    }),
    'a name in a function that node calls later': started('export const start = () => cors()\n'),
    'a name behind a condition': started('if (process.env.CORS) cors()\nexport const a = process.env.B && cors()\n'),
    'a name that typeof asks for': started("console.log(typeof cors === 'undefined')\n"),
    'a name that another module gives to all': started("import './names.js'\n\ncors()\n", {
      'names.js': 'globalThis.cors = () => 1\n',
    }),
    'a name that is given its value without a declaration': started("cors = require('cors')\n\ncors()\n", {
      'package.json': '{"dependencies": {"cors": "2.8.5"}}',
    }),
    'a name that a later function declares': started('cors()\nfunction cors() {}\n'),
    'types of the language, of the browser and of namespaces that packages have': project(
      'export const a: Record<string, Awaited<RequestInit>> = {}\nexport let b: NodeJS.Timeout | JSX.Element | const1\ntype const1 = Express.Request\nexport const c = [1] as const\n',
      {
        'src/more.ts':
          "import type {RequestInit, Express, JSX} from './types'\n\nexport type D = [RequestInit, Express, JSX]\n",
      },
    ),
    'a type for all files': project('export const a: Order = {id: 1}\n', {
      'src/order.d.ts': 'interface Order {\n  id: number\n}\n',
      'src/orders.ts': 'export interface Order {\n  total: number\n}\n',
    }),
    'a type that the parameters, a condition or a loop over keys bring': project(
      'export type B<T> = T extends (all: {one: infer Cart; other: (a: infer Key) => void}) => void ? [Cart, Key] : 1\nexport type A<Order> = Order extends (infer Cart)[] ? Cart : {[Key in keyof Order]: Key}\n',
      {'src/orders.ts': 'export type Order = 1\nexport type Key = 2\n'},
    ),
    'a file that is not compiled': project('export {}\n', {'scripts/seed.ts': 'export const a = useState(0)\n'}),
  },
  flagged: {
    'a function of a package that another file imports': {
      ...project(forgotten),
      expect: ['error src/page.tsx:2:18 npm run build stops: nothing in it declares or imports useState'],
    },
    'an element': {
      ...project('export const Page = () => <Cart />\n'),
      expect: ['error src/page.tsx:1:28 npm run build stops: nothing in it declares or imports Cart'],
    },
    'what another file declares, spread into a list': {
      ...project('export const all = [...LIMITS]\n', {'src/limits.ts': 'export const LIMITS = [1]\n'}),
      expect: ['error src/page.tsx:1:24 npm run build stops: nothing in it declares or imports LIMITS'],
    },
    'an import of its type alone': {
      ...project("import type {Total} from './total'\n\nexport const a: Total = Cart\n"),
      expect: ['error src/page.tsx:3:25 npm run build stops: nothing in it declares or imports Cart'],
    },
    'a type that another file exports': {
      ...project('export const a: Order = {id: 1}\n', {'src/orders.ts': 'export interface Order {\n  id: number\n}\n'}),
      expect: ['error src/page.tsx:1:17 npm run build stops: nothing in it declares or imports Order'],
    },
    'a type that another file imports from a package': {
      ...project('export const start = (app: Application): void => app.listen(3000)\n', {
        'src/app.ts':
          "import type {Application} from 'express'\n\nexport const name = (app: Application) => app.name\n",
      }),
      expect: ['error src/page.tsx:1:28 npm run build stops: nothing in it declares or imports Application'],
    },
    'what another function declares': {
      ...project(
        'export const load = () => {\n  const rows = [1]\n  return rows\n}\nexport const count = () => rows.length\n',
      ),
      expect: ['error src/page.tsx:5:28 npm run build stops: rows is declared in another block only'],
    },
    'what a block of the program declares': {
      ...started('{\n  const rows = 3000\n}\nconsole.log(rows)\n'),
      expect: ['error server.js:4:13 CMD ends as it loads this file: rows is declared in another block only'],
    },
    'a package that node comes to at once': {
      ...started("import express from 'express'\n\nconst app = express()\napp.use(cors())\n"),
      expect: ['error server.js:4:9 CMD ends as it loads this file: nothing in it declares or imports cors'],
    },
    'a module of Node in a file that the server imports': {
      ...started("import './paths.js'\n", {'paths.js': "export const here = path.join('a', 'b')\n"}),
      expect: ['error paths.js:1:21 CMD ends as it loads this file: nothing in it declares or imports path'],
    },
    'next build': {
      ...project(forgotten, {build: 'next build'}),
      expect: ['error src/page.tsx:2:18 npm run build stops: nothing in it declares or imports useState'],
    },
  },
})
