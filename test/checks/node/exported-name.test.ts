import check from '../../../checks/node/exported-name.ts'
import {testCheck} from '../../harness.ts'

const project = (
  files: Record<string, string>,
  {build = 'tsc -b', start = '["node", "dist/main.js"]', type = 'module'} = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ${start}\n`,
    'package.json': JSON.stringify({type, scripts: {build}}),
    'tsconfig.json': '{"include": ["src"]}',
    'index.html': '<script type="module" src="/src/main.ts"></script>\n',
    'src/total.ts':
      'export const total = 1, {sum, list: [first]} = {sum: 2, list: [3]}\nexport type Total = number\nexport interface Line {}\nexport enum Kind { A }\nexport function add(): void\nexport function add() {}\nexport class Cart {}\nexport namespace Money {}\n',
    ...files,
  },
})
const main = (text: string, options = {}, files: Record<string, string> = {}) =>
  project({'src/main.ts': text, ...files}, options)
const server = (text: string, files: Record<string, string>, start = '["node", "server.js"]') =>
  project({'server.js': text, ...files}, {build: 'echo', start})

const wrong = "import {totals} from './total'\n\nconsole.log(totals)\n"

testCheck(check, {
  clean: {
    'all that a module declares': main(
      "import {total, sum, first, type Total, Line, Kind, add, Cart, Money} from './total'\n\nconsole.log(total, sum, first, Kind, add, Cart)\n",
    ),
    'names that are exported by others': main(
      "import the, {a, b as c, all} from './names'\n\nconsole.log(the, a, c, all)\n",
      {},
      {
        'src/names.ts':
          "export {total as a, add as default} from './total'\nexport * as all from './total'\nexport * from './more'\n",
        'src/more.ts': "import {sum} from './total'\nconst b = sum\nexport {b}\n",
      },
    ),
    'files that are taken as such': main(
      "import path from './client.mjs' with {type: 'file'}\nimport text from './client.mjs' with { \"type\": \"text\" }\n\nconsole.log(path, text)\n",
      {build: 'bun build src/main.ts --outfile=dist/main.js'},
      {'src/client.mjs': "import {totals} from './total.js'\n\ndocument.title = totals\n"},
    ),
    'what tsc is told not to look at': main(`// @ts-ignore\n${wrong}`),
    'tsc without checks': main(
      wrong,
      {},
      {'tsconfig.json': '{"compilerOptions": {"noCheck": true}, "include": ["src"]}'},
    ),
    'what a file declares for another by an alias': main(
      "import type {Totals} from '#/total'\n\nexport const one: Totals = 1\n",
      {},
      {
        'tsconfig.json': '{"compilerOptions": {"paths": {"#/*": ["./src/*"]}}, "include": ["src"]}',
        'src/more.ts': "declare module '#/total' {\n  export type Totals = number\n}\nexport {}\n",
      },
    ),
    'an alias that fits better': main(
      "import {totals} from '@/total'\n\nconsole.log(totals)\n",
      {},
      {
        'tsconfig.json':
          '{"compilerOptions": {"paths": {"@/*": ["./src/*"], "@/total": ["./other/total"]}}, "include": ["src"]}',
        'other/total.ts': 'export const totals = 1\n',
      },
    ),
    'an import that vite sees nobody use': main(
      '',
      {build: 'vite build'},
      {
        'index.html': '<script type="module" src="/src/main.jsx"></script>\n',
        'src/main.jsx': "import {totals} from './total'\n",
      },
    ),
    'a plug-in of vite that writes modules anew': main(
      wrong,
      {build: 'vite build'},
      {'vite.config.ts': "export default {plugins: [{name: 'total', transform: (code) => code}]}\n"},
    ),
    'another folder that vite is told of': main(
      "import {totals} from '@/total'\n\nconsole.log(totals)\n",
      {build: 'vite build'},
      {
        'vite.config.ts': "export default {resolve: {alias: {'@': '/shared'}}}\n",
        'shared/total.ts': 'export const totals = 1\n',
      },
    ),
    'a folder beside that vite is told of, and tsconfig.json of the one above': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && cd web && npm run build\n',
        'package.json': '{"type": "module"}',
        'tsconfig.json': '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
        'src/total.ts': 'export const total = 1\n',
        'web/package.json': '{"type": "module", "scripts": {"build": "vite build"}}',
        'web/vite.config.ts': "export default {resolve: {alias: {'@': path.resolve(__dirname, 'src')}}}\n",
        'web/index.html': '<script type="module" src="/src/main.ts"></script>\n',
        'web/src/main.ts': "import {totals} from '@/total'\n\nconsole.log(totals)\n",
        'web/src/total.ts': 'export const totals = 1\n',
      },
    },
    'another folder that esbuild is told of': main(
      "import {totals} from '@/total'\n\nconsole.log(totals)\n",
      {build: 'esbuild src/main.ts --bundle --alias:@=./shared --outfile=dist/main.js'},
      {'shared/total.ts': 'export const totals = 1\n'},
    ),
    'a module that hands on a package': main(
      "import {z} from './names'\n\nconsole.log(z)\n",
      {},
      {
        'src/names.ts': "export * from 'zod'\n",
      },
    ),
    'modules that hand on one another': main(
      "import {total} from './names'\n\nconsole.log(total)\n",
      {},
      {
        'src/names.ts': "export * from './more'\nexport * from './total'\n",
        'src/more.ts': "export * from './names'\n",
      },
    ),
    'what a file declares for another': main(
      wrong,
      {},
      {
        'src/more.ts': "declare module './total' {\n  export const totals: number\n}\nexport {}\n",
      },
    ),
    'a module of CommonJS': server("import {total} from './total.cjs'\n\nconsole.log(total)\n", {
      'total.cjs': 'exports.total = 1\n',
    }),
    'an export by =': main(
      "import total from './names'\n\nconsole.log(total)\n",
      {},
      {
        'src/names.ts': 'const total = 1\nexport = total\n',
      },
    ),
    'a file that a tool writes': main(
      "import {route} from './tree.gen'\n\nconsole.log(route)\n",
      {},
      {
        'src/tree.gen.ts': 'export {}\n',
      },
    ),
    'vite leaves out what is used as a type alone': main(
      "import {Totals} from './total'\n\nexport const one: Totals = 1\n",
      {build: 'vite build'},
    ),
    'a name that is handed on, and that nobody takes of a bundler': main(
      "import './names'\n",
      {build: 'vite build'},
      {
        'src/names.ts': "export {totals} from './total'\n",
      },
    ),
    'webpack warns': project(
      {'app/page.tsx': "import {totals} from '../src/total'\n\nexport default () => <p>{totals}</p>\n"},
      {build: 'next build'},
    ),
    'the build may fail': main(wrong, {build: 'tsc -b || true'}),
    'a page that is no module': main(
      "import App from './app.vue'\n\nApp()\n",
      {build: 'vite build'},
      {
        'src/app.vue': '<template><p>hi</p></template>\n',
      },
    ),
    'tsx makes CommonJS of it': project(
      {'src/main.ts': wrong},
      {build: 'echo', start: '["npx", "tsx", "src/main.ts"]', type: 'commonjs'},
    ),
  },
  flagged: {
    'tsc, of a name that the module nearly has': {
      ...main(wrong),
      expect: ['error src/main.ts:1:9 npm run build stops: src/total.ts exports no totals'],
    },
    'tsc, of a type': {
      ...main("import type {Totals} from './total'\n\nexport const one: Totals = 1\n"),
      expect: ['error src/main.ts:1:14 npm run build stops: src/total.ts exports no Totals'],
    },
    'vite, of what it follows': {
      ...main("import('./page')\n", {build: 'vite build'}, {'src/page.ts': wrong}),
      expect: ['error src/page.ts:1:9 npm run build stops: src/total.ts exports no totals'],
    },
    'a default export': {
      ...main("import Cart from './total'\n\nnew Cart()\n", {build: 'vite build'}),
      expect: [
        'error src/main.ts:1:8 npm run build stops: src/total.ts has no default export, which is imported as Cart',
      ],
    },
    'a name that is handed on': {
      ...main("export {totals} from './total'\n"),
      expect: ['error src/main.ts:1:9 npm run build stops: src/total.ts exports no totals'],
    },
    'a name through a module that hands on another': {
      ...main(
        "import {totals} from './names'\n\nconsole.log(totals)\n",
        {},
        {'src/names.ts': "export * from './total'\n"},
      ),
      expect: ['error src/main.ts:1:9 npm run build stops: src/names.ts exports no totals'],
    },
    node: {
      ...server("import {close} from './total.js'\n", {'total.js': 'export const open = () => 1\n'}),
      expect: ['error server.js:1:9 CMD ends as it loads this file: total.js exports no close'],
    },
  },
})
