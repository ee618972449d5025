import check from '../../../checks/node/compiler-options.ts'
import {testCheck} from '../../harness.ts'

const tsconfig = (options: object, rest: object = {include: ['src']}) =>
  JSON.stringify({compilerOptions: options, ...rest})
const unused = tsconfig({noUnusedLocals: true})

const project = (
  main: string,
  {build = 'tsc -b && vite build', run = 'npm run build', ...files}: Record<string, string> = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN ${run}\nCMD ["node", "dist/main.js"]\n`,
    'package.json': JSON.stringify({scripts: {build}}),
    'tsconfig.json': unused,
    'src/main.ts': main,
    ...files,
  },
})
const oneImport = "import {sum, product} from './sum'\n\nexport const five = sum(2, 3)\n"
const told = (what: string, at = 'src/main.ts:1:14') =>
  `error ${at} npm run build stops: ${what}, which noUnusedLocals forbids`

const common = tsconfig({module: 'CommonJS', outDir: 'dist'})
const early = "import app from './app'\n\nconst port = 3000\nawait app.listen({port})\n"

/** With the modules of Node, and what package.json and the lock file say. */
const ofNode = (
  main: string,
  {
    options = {module: 'NodeNext'},
    type = 'module',
    typescript = '5.9.3',
    ...files
  }: Record<string, unknown> & {options?: object; type?: string; typescript?: string} = {},
) =>
  project(main, {
    'tsconfig.json': tsconfig(options),
    'package.json': JSON.stringify({type, scripts: {build: 'tsc'}}),
    'package-lock.json': JSON.stringify({
      lockfileVersion: 3,
      packages: {'node_modules/typescript': {version: typescript}},
    }),
    'src/env.ts': 'export const env = {}\n',
    'src/db/index.ts': 'export const db = {}\n',
    'src/data.json': '{}',
    ...(files as Record<string, string>),
  })

/** A member of a workspace of pnpm with `types`, which other packages bring. */
const member = (core: object = {}, more: Record<string, string> = {}) =>
  project('export {}\n', {
    Dockerfile:
      'FROM node:22-slim\nRUN npm i -g pnpm\nWORKDIR /app\nCOPY . .\nRUN pnpm install && pnpm --filter core build\n',
    'package.json': '{"private": true, "devDependencies": {"typescript": "5.9.3"}}',
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
    'pnpm-lock.yaml':
      "lockfileVersion: '9.0'\nimporters:\n  .: {}\npackages:\n  '@types/node@22.0.0':\n    a: b\n  typescript@5.9.3:\n    a: b\n",
    'packages/core/package.json': JSON.stringify({name: 'core', scripts: {build: 'tsc'}, ...core}),
    'packages/core/tsconfig.json': tsconfig({types: ['node'], noEmit: true}),
    'packages/core/src/main.ts': 'export {}\n',
    ...more,
  })

/** What `types` names, and what the lock file has. */
const typed = (types: string[], lock: Record<string, string> = {}, manifest: object = {}) =>
  project('export {}\n', {
    'tsconfig.json': tsconfig({module: 'NodeNext', types}),
    'package.json': JSON.stringify({type: 'module', engines: {node: '>=22'}, scripts: {build: 'tsc'}, ...manifest}),
    'package-lock.json': '{"lockfileVersion": 3, "packages": {"": {"engines": {"node": ">=22"}}}}',
    ...lock,
  })

testCheck(check, {
  clean: {
    'types of a package that the lock file has': typed(['node', 'vite/client'], {
      'package-lock.json': '{"packages": {"node_modules/@types/node": {}, "web/node_modules/vite": {}}}',
    }),
    'types in the lock file of pnpm': typed(['node', '@testing-library/jest-dom'], {
      'package-lock.json': '',
      'pnpm-lock.yaml':
        "packages:\n  '@types/node@22.0.0':\n    a: b\n  '@testing-library/jest-dom@6.0.0':\n    a: b\n",
    }),
    'types that a member asks for': member({devDependencies: {'@types/node': '22'}}),
    'types that the root asks for': member({}, {'package.json': '{"devDependencies": {"@types/node": "22"}}'}),
    'types that pnpm hoists, by a flag': member(
      {},
      {
        Dockerfile:
          'FROM node:22-slim\nRUN npm i -g pnpm\nWORKDIR /app\nCOPY . .\nRUN pnpm install --shamefully-hoist && pnpm --filter core build\n',
      },
    ),
    'types that pnpm hoists': member({}, {'.npmrc': 'shamefully-hoist=true\n'}),
    'types that package.json asks for': typed(['bun'], {}, {devDependencies: {'@types/bun': '1'}}),
    'types of a member of the workspace': typed(['@shop/types'], {'types/package.json': '{"name": "@shop/types"}'}),
    'types in a file': typed(['./types/globals']),
    'types that a RUN installs': typed(['jest'], {
      Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm i @types/jest && npm run build\n',
    }),
    'whole names in an ES module': ofNode("import {env} from './env.js'\nexport * from './db/index.js'\nvoid env\n"),
    'no endings in CommonJS': ofNode("import {env} from './env'\nimport './db'\nvoid env\n", {type: 'commonjs'}),
    'the package.json of the folder says CommonJS': ofNode("import {env} from './env'\nvoid env\n", {
      'src/package.json': '{"type": "commonjs"}',
    }),
    'no endings where a bundler follows': ofNode("import {env} from './env'\nvoid env\n", {
      options: {module: 'ESNext', moduleResolution: 'bundler'},
    }),
    'what is required, and a file in a comment': ofNode(
      "// import {env} from './env'\nimport env = require('./env')\nvoid env\n",
    ),
    'an import that tsc is told to pass over': ofNode("// @ts-ignore\nimport {env} from './env'\nvoid env\n"),
    'what is no TypeScript of the project': ofNode("import './page.css'\nimport logo from './logo'\nvoid logo\n"),
    'JSON with its attribute': ofNode("import data from './data.json' with {type: 'json'}\nvoid data\n"),
    'JSON before TypeScript 5.7': ofNode("import data from './data.json'\nvoid data\n", {typescript: '5.6.3'}),
    'JSON where node16 asks for nothing': ofNode("import data from './data.json'\nvoid data\n", {
      options: {module: 'node16'},
    }),
    'an await outside of functions, in an ES module': project(early, {'tsconfig.json': tsconfig({module: 'nodenext'})}),
    'an await in functions, and in the text of a page': project(
      "import app from './app'\nexport const start = async () => {\nawait app.listen()\n}\nconst page = `\nawait fetch()\n`\nvoid page\n",
      {'tsconfig.json': common},
    ),
    'an await in a file of ES modules': project('export {}\n', {'tsconfig.json': common, 'src/start.mts': early}),
    'all is used': project("import {sum} from './sum'\n\nexport const five = sum(2, 3)\n"),
    'no such option': project(oneImport, {'tsconfig.json': tsconfig({strict: true})}),
    'switched off nearer': project(oneImport, {
      'tsconfig.json': JSON.stringify({
        extends: './base.json',
        compilerOptions: {noUnusedLocals: false},
        include: ['src'],
      }),
      'base.json': unused,
    }),
    'vite alone asks no types': project(oneImport, {build: 'vite build'}),
    'next build that asks no types': project(oneImport, {
      build: 'next build',
      'next.config.mjs': 'export default {typescript: {ignoreBuildErrors: true}}\n',
    }),
    'next build without the tsconfig.json of the project': project(oneImport, {
      build: 'next build',
      '.dockerignore': 'tsconfig.json\n',
    }),
    'the script is not run': project(oneImport, {run: 'npx vite build'}),
    'tsc may fail': project(oneImport, {build: 'tsc -b || true; vite build'}),
    'tsc has options of its own': project(oneImport, {build: 'tsc --noUnusedLocals false'}),
    'a file that is not compiled': project('export {}\n', {'scripts/seed.ts': oneImport}),
    'a file that is excluded': project('export {}\n', {
      'tsconfig.json': tsconfig({noUnusedLocals: true}, {include: ['src'], exclude: ['src/**/*.test.ts']}),
      'src/sum.test.ts': oneImport,
    }),
    'a file that is excluded, by a folder that nobody knows': project('export {}\n', {
      'tsconfig.json': tsconfig({noUnusedLocals: true}, {include: ['src'], exclude: ['${configDir}/src/old']}),
      'src/old/sum.ts': oneImport,
    }),
    'a file that tsc has written': project('export {}\n', {
      'tsconfig.json': tsconfig({noUnusedLocals: true, outDir: 'out'}, {}),
      'out/sum.ts': oneImport,
    }),
    'a folder whose name begins with a dot': project('export {}\n', {
      'tsconfig.json': tsconfig({noUnusedLocals: true}, {}),
      '.storybook/preview.ts': oneImport,
    }),
    'a file above the folder of tsconfig.json': project('export {}\n', {
      run: 'npx tsc -p api',
      'api/tsconfig.json': tsconfig({noUnusedLocals: true}, {}),
      'api/main.ts': 'export {}\n',
      'web/sum.ts': oneImport,
    }),
    'what a tool writes says which files': project('export {}\n', {
      'tsconfig.json': JSON.stringify({extends: './.wxt/tsconfig.json', compilerOptions: {noUnusedLocals: true}}),
      'src/sum.ts': oneImport,
    }),
    'another tsconfig.json in the image': project(oneImport, {
      run: 'cp tsconfig.docker.json tsconfig.json && npm run build',
      'tsconfig.docker.json': tsconfig({}),
    }),
    'a file that a RUN takes away': project('export {}\n', {
      'src/old/sum.ts': oneImport,
      run: 'rm -rf src/old && npm run build',
    }),
    'a file that fits the pattern of a RUN': project('export {}\n', {
      'src/a/tests/sum.ts': oneImport,
      'src/tests/b/sum.ts': oneImport,
      run: 'rm -rf src/**/tests && npm run build',
    }),
    'files that find takes away': project('export {}\n', {
      'src/sum.test.ts': oneImport,
      run: 'find . -name "*.test.ts" -delete && npm run build',
    }),
    'a tool has written it anew': project(oneImport, {build: 'openapi-typescript api.yml -o src/main.ts && tsc'}),
    'a script has written it anew': project(oneImport, {build: 'node scripts/routes.mjs && tsc'}),
    'a file that a tool writes': project('export {}\n', {'src/routeTree.gen.ts': oneImport}),
    'nothing is checked at all': project(oneImport, {
      'tsconfig.json': tsconfig({noUnusedLocals: true, noCheck: true}),
    }),
    'what JSX is made of, by the options': project('export {}\n', {
      'tsconfig.json': tsconfig({noUnusedLocals: true, jsx: 'react', jsxFactory: 'dom.el', jsxFragmentFactory: 'part'}),
      'src/page.tsx': "import {dom, part} from './dom'\nexport const page = <><p /></>\n",
    }),
    'a text of a page that shows code': project('export {}\n', {
      'src/page.tsx': 'export const page = (\n  <pre>\n    npm install\n    type Size = 1\n  </pre>\n)\n',
    }),
    'a file that is not in the image': project('export {}\n', {
      'src/later.ts': oneImport,
      '.dockerignore': 'src/later.ts\n',
    }),
    'a tool has mended it': project(oneImport, {build: 'eslint --fix src && tsc -b'}),
    'used in a template, in JSX, in JSDoc and as a type': project('export {}\n', {
      'src/page.tsx':
        "import {a} from './a'\nimport B from './b'\nimport {C} from './c'\nimport type {D} from './d'\n/** As {@link C} */\nexport const page = (d: D) => <B title={`${a}`}>{d}</B>\n",
    }),
    'used on a line of a template that looks like a comment': project(
      "import {port} from './port'\nexport const script = `\n// ${port}\n/* ${port} */\n`\n",
    ),
    'React, which JSX uses': project('export {}\n', {
      'src/page.tsx': "import React from 'react'\nexport const page = <p />\n",
    }),
    'what JSX is made into': project('export {}\n', {
      'src/page.tsx': "import {h, Fragment} from 'preact'\nexport const page = <><p /></>\n",
    }),
    'by its name as unused': project("import {a as _a} from './a'\nconst [_b, c] = [1, 2]\nexport default c\n"),
    'a rest takes out what it names': project(
      'const {password, ...user} = {password: 1, name: 2}\nexport default user\n',
    ),
    'nothing is checked': project(`// @ts-nocheck\n${oneImport}`),
    'a script has no modules: its names are everybody’s': project('const five = 5\n'),
    'a declaration for others': project(
      'declare global {\n  interface Window {\n    shop: string\n  }\n}\nexport {}\n',
    ),
    'functions and classes that are values': project(
      'run(\n  function log() {},\n)\nrun(\n  class Mock {},\n)\nexport {}\n',
    ),
    'text that looks like code': project('export const sample = `\nconst total = 1\n`\n'),
    'a list of types': project("export {\n  type A,\n  type B,\n} from './types'\n"),
    'a parameter where nothing forbids it': project('export const handle = (request: Request) => 1\n'),
    'parameters of types, and those that say it': project(
      'export type Next = (error: Error) => void\nexport interface Shop {\n  sell(item: string): { price: number }\n  on: (event: string) => { a: 1 }\n}\nexport const handle = (_request: Request) => 1\nexport class A {\n  constructor(public size: number) {}\n}\nif (true) {}\n',
      {'tsconfig.json': tsconfig({noUnusedParameters: true})},
    ),
    'parameters of types behind words and between others': project(
      "export const a = JSON.parse('1') as ((value: string) => void)\nexport type B<T> = T extends ((props: infer P) => any) ? P : 1\nexport type C = Record<'c', (name: string) => void>\nexport type D = ['d', (size: number) => void]\nexport function e(this: Window) {}\nexport function f(key: string): { g: 1 }\nexport function f(...all: any[]) {\n  return all\n}\n",
      {'tsconfig.json': tsconfig({noUnusedParameters: true})},
    ),
    'an enum where nothing forbids it': project('export enum Size {\n  small,\n}\n'),
    'an enum of others': project('declare module "x" {\n  enum Size {\n    small,\n  }\n}\nexport {}\n', {
      'tsconfig.json': tsconfig({erasableSyntaxOnly: true}),
    }),
    'used by types, decorators, exports and in an inner scope': project(
      "import {a, b, c, d, E, f} from './a'\n@a()\nexport class A {\n  run(@b() one: typeof c, {two}: E = {two: 1}) {\n    return one || two\n  }\n}\nexport {d as g}\nexport const h = <T,>(i: T): i is T & {} => Boolean(i) && [1].every((a) => a && f())\n",
      {'tsconfig.json': tsconfig({noUnusedLocals: true, noUnusedParameters: true})},
    ),
    'names that nobody asks for': project(
      'export enum A {\n  b,\n  c = b,\n}\nexport const d = function e() {}\ntry {\n  d()\n} catch (f) {}\nfor (const _g of [1]) d()\nexport type H<I> = I extends (infer J)[] ? 1 : (k: number) => void\nlet l = 0\nl++\nvar m = 1, n\nn = m += 1\nexport default n\n',
    ),
    'an error that is expected': project("// @ts-expect-error: later\nimport {a} from './a'\nexport {}\n"),
    'a namespace': project('namespace Sizes {\n  const small = 1\n}\nexport {}\n'),
  },
  flagged: {
    'told where to write': {
      ...project(oneImport, {build: 'tsc -p . --outDir dist --sourceMap'}),
      expect: [told('product is imported and never used')],
    },
    'types that others alone ask for, behind a find that takes other files away': {
      ...member(
        {},
        {
          Dockerfile:
            "FROM node:22-slim\nRUN npm i -g pnpm\nWORKDIR /app\nCOPY . .\nRUN find . -name '*.tsbuildinfo' -type f -delete\nRUN pnpm install && pnpm --filter core build\n",
        },
      ),
      expect: [
        'error packages/core/tsconfig.json:1:21 pnpm run build stops: types names node, and no package.json from there upwards asks for @types/node: pnpm lays it only beside the packages that do',
      ],
    },
    'types that others alone ask for, which pnpm does not lay there': {
      ...member(),
      expect: [
        'error packages/core/tsconfig.json:1:21 pnpm run build stops: types names node, and no package.json from there upwards asks for @types/node: pnpm lays it only beside the packages that do',
      ],
    },
    'types that nothing brings': {
      ...typed(['node', 'vite/client']),
      expect: [
        'error tsconfig.json:1:41 npm run build stops: types names node, vite/client, and neither package.json nor the lock file has @types/node or vite',
      ],
    },
    'no endings in an ES module for Node': {
      ...ofNode("import {env} from './env'\nexport * from './db'\nvoid env\n", {
        options: {module: 'NodeNext', moduleResolution: 'NodeNext'},
      }),
      expect: [
        'error src/main.ts:1:20 npm run build stops: ./env, ./db are imported without the ending, and tsc takes none of an ES module where moduleResolution is NodeNext',
      ],
    },
    'and where the ending of the file says ES module': {
      ...ofNode('export {}\n', {type: 'commonjs', 'src/start.mts': "const {db} = await import('./db')\nvoid db\n"}),
      expect: [
        'error src/start.mts:1:28 npm run build stops: ./db is imported without the ending, and tsc takes none of an ES module where module is NodeNext',
      ],
    },
    'JSON without its attribute': {
      ...ofNode("import data from './data.json'\nvoid data\n"),
      expect: [
        "error src/main.ts:1:19 npm run build stops: ./data.json is imported without with {type: 'json'}, which tsc asks of an ES module for Node",
      ],
    },
    'an await outside of functions, in CommonJS': {
      ...project(early, {'tsconfig.json': common, build: 'tsc'}),
      expect: [
        'error src/main.ts:4:1 npm run build stops: there is an await outside of functions, which "module": "commonjs" forbids',
      ],
    },
    'for await in CommonJS': {
      ...project("import {rows} from './rows'\nfor await (const row of rows()) console.log(row)\n", {
        'tsconfig.json': common,
        build: 'tsc',
      }),
      expect: [
        'error src/main.ts:2:5 npm run build stops: there is an await outside of functions, which "module": "commonjs" forbids',
      ],
    },
    'next build': {
      ...project(oneImport, {build: 'next build --turbopack', 'next.config.ts': 'export default {}\n'}),
      expect: [told('product is imported and never used')],
    },
    'an import': {...project(oneImport), expect: [told('product is imported and never used')]},
    'by another name, a default and a namespace': {
      ...project("import a, {b as c} from './a'\nimport * as d from './d'\nexport {}\n"),
      expect: [told('a, c, d are imported and never used', 'src/main.ts:1:8')],
    },
    'more of them': {
      ...project("import {a, b, c, d, e} from './a'\nexport {}\n"),
      expect: [told('a, b, c and 2 more are imported and never used', 'src/main.ts:1:9')],
    },
    'called like its package': {
      ...project("import express from 'express'\nexport {}\n"),
      expect: [told('express is imported and never used', 'src/main.ts:1:8')],
    },
    'only in a comment': {
      ...project("import {a} from './a'\n// a()\n/* a() */\nexport {}\n"),
      expect: [told('a is imported and never used', 'src/main.ts:1:9')],
    },
    'only between JSX that is a comment': {
      ...project('export {}\n', {'src/page.tsx': "import {A} from './a'\nexport const page = <p>{/* <A /> */}</p>\n"}),
      expect: [told('A is imported and never used', 'src/page.tsx:1:9')],
    },
    'a state that nobody sets': {
      ...project('export {}\n', {
        'src/page.tsx':
          "import {useState} from 'react'\nexport function Page() {\n  const [count, setCount] = useState(0)\n  return <p>{count}</p>\n}\n",
      }),
      expect: [told('setCount is declared and never used', 'src/page.tsx:3:17')],
    },
    'a function and a type': {
      ...project('type Size = 1\nfunction sum() {}\nexport {}\n'),
      expect: [told('Size, sum are declared and never used', 'src/main.ts:1:6')],
    },
    'of a project that is referred to, by what it extends': {
      ...project(oneImport, {
        'tsconfig.json': '{"files": [], "references": [{"path": "./tsconfig.app.json"}]}',
        'tsconfig.app.json': '{"extends": "./base.json", "include": ["src"]}',
        'base.json': '{\n  // strict\n  "compilerOptions": {"noUnusedLocals": true},\n}',
      }),
      expect: [told('product is imported and never used')],
    },
    'the Dockerfile itself runs tsc': {
      ...project(oneImport, {run: 'npx tsc -p tsconfig.json'}),
      expect: [told('product is imported and never used').replace('npm run build', 'tsc')],
    },
    'a parameter': {
      ...project("app.use('/', (request, response, next) => {\n  response.end(request.url)\n})\nexport {}\n", {
        'tsconfig.json': tsconfig({noUnusedParameters: true}),
      }),
      expect: [
        'error src/main.ts:1:34 npm run build stops: next is declared and never used, which noUnusedParameters forbids',
      ],
    },
    'one that is only set, and one that only itself calls': {
      ...project('let last = 0\nexport const set = () => {\n  last = 1\n}\nfunction again() {\n  again()\n}\n'),
      expect: [told('last, again are declared and never used', 'src/main.ts:1:5')],
    },
    'named by a property, a string, a key and another scope': {
      ...project("import {sum} from './sum'\nexport const f = (sum: number) => ({sum: 'sum', a: String(sum).sum})\n"),
      expect: [told('sum is imported and never used', 'src/main.ts:1:9')],
    },
    'a name that begins with _ and is no part of anything': {
      ...project('const _total = 1\nexport {}\n'),
      expect: [told('_total is declared and never used', 'src/main.ts:1:7')],
    },
    'parameters of methods, parts of them and those of all kinds': {
      ...project(
        'export class A {\n  run(a: number, {b, c: _c}: any, [d]: any[], ...e: any[]) {}\n  set f(g: number) {}\n  constructor(private h: string, i: string) {}\n}\n',
        {'tsconfig.json': tsconfig({noUnusedParameters: true})},
      ),
      expect: [
        'error src/main.ts:2:7 npm run build stops: a, b, d and 3 more are declared and never used, which noUnusedParameters forbids',
      ],
    },
    'React, where JSX does without it': {
      ...project('export {}\n', {
        'tsconfig.json': tsconfig({noUnusedLocals: true, jsx: 'react-jsx'}),
        'src/page.tsx': "import React from 'react'\nexport const page = <><p /></>\n",
      }),
      expect: [told('React is imported and never used', 'src/page.tsx:1:8')],
    },
    'an enum': {
      ...project('export enum Size {\n  small,\n}\n', {'tsconfig.json': tsconfig({erasableSyntaxOnly: true})}),
      expect: ['error src/main.ts:1:1 npm run build stops: there is an enum, which erasableSyntaxOnly forbids'],
    },
    'a parameter property': {
      ...project('export class A {\n  constructor(private readonly b: string) {}\n}\n', {
        'tsconfig.json': tsconfig({erasableSyntaxOnly: true}),
      }),
      expect: [
        'error src/main.ts:2:3 npm run build stops: there is a parameter property, which erasableSyntaxOnly forbids',
      ],
    },
  },
})
