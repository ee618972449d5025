import check from '../../../checks/node/syntax.ts'
import {testCheck} from '../../harness.ts'

const project = (
  files: Record<string, string>,
  {run = 'npm ci && npm run build', start = '["node", "dist/main.js"]', build = 'vite build', dependencies = {}} = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:24\nWORKDIR /app\nCOPY . .\nRUN ${run}\nCMD ${start}\n`,
    'package.json': JSON.stringify({type: 'module', scripts: {build}, dependencies}),
    'index.html': '<div id="root"></div>\n<script type="module" src="/src/main.tsx"></script>\n',
    ...files,
  },
})
const next = (files: Record<string, string>) =>
  project(files, {build: 'next build', dependencies: {next: '16.0.0'}, start: '["npx", "next", "start"]'})
const started = (files: Record<string, string>, start = '["node", "server.js"]') =>
  project(files, {run: 'npm ci', start})

const told = <P>(given: P, ...expect: string[]) => ({...given, expect})

const open = 'export function total(list) {\n  return list.length\n'
const openTyped = 'export function total(list: number[]) {\n  return list.length\n'
const twice = 'const port = 1\nconst port = 2\nexport default port\n'
const importedTwice = "import {total} from './total'\nimport {total} from './sum'\n\nconsole.log(total([1]))\n"
const sums = {
  'src/total.ts': 'export const total = (list: number[]) => list.length\n',
  'src/sum.ts': 'export const total = () => 0\n',
}

testCheck(check, {
  clean: {
    'modules that are whole': project({
      'src/main.tsx': "import {total} from './total'\n\nexport const App = () => <b>{total([1])}</b>\n",
      ...sums,
    }),
    'vite with a configuration of its own': project(
      {'src/main.tsx': openTyped},
      {build: 'vite build --config other.ts'},
    ),
    'the types of Flow, which react-scripts takes away': project(
      {'src/index.js': 'export const total = (list: number[]) => list.length\n'},
      {build: 'react-scripts build'},
    ),
    'JavaScript that esbuild reads as TypeScript': project(
      {'src/main.js': 'export const total = (list: number[]) => list.length\n'},
      {build: 'esbuild src/main.js --bundle --loader:.js=ts --outfile=dist/main.js'},
    ),
    'no build reads the file': project({'src/main.tsx': 'export {}\n', 'src/old.ts': openTyped}),
    'an import of a type, which esbuild leaves out': project({
      'src/main.tsx': "import type {Total} from './total'\n\nexport const one: Total = 1\n",
      'src/total.ts': openTyped,
    }),
    'an import that is used as a type alone': project({
      'src/main.tsx': "import {Total} from './total'\n\nexport const one: Total = 1\n",
      'src/total.ts': openTyped,
    }),
    'the build may fail': project({'src/main.tsx': openTyped}, {build: 'vite build || true'}),
    'the script is not run': project({'src/main.tsx': openTyped}, {run: 'npm ci'}),
    'a formatter may have mended it': project(
      {'src/main.tsx': openTyped},
      {build: 'biome check --write && vite build'},
    ),
    'a test beside a route of Next.js that nobody imports': next({
      'app/page.tsx': 'export default function Page() {\n  return <p>hi</p>\n}\n',
      'app/page.test.tsx': openTyped,
    }),
    'a private folder of Next.js': next({'app/_old/page.tsx': openTyped}),
    'src/pages beside pages': next({
      'pages/index.tsx': 'export default () => <p>hi</p>\n',
      'src/pages/old.tsx': openTyped,
    }),
    'esbuild takes an import that is declared once more for a type': project({'src/main.tsx': importedTwice, ...sums}),
    'decorators before an export, and behind it': project(
      {
        'src/main.ts': '@sealed export class A {\n  @dec() m(@Inject() a: number) {}\n}\n',
        'src/b.ts': 'export @sealed class B {}\n',
        'tsconfig.json': '{"include": ["src"]}',
      },
      {build: 'tsc'},
    ),
    'what one parser alone refuses': project(
      {
        'src/main.ts': 'type A = readonly Map<string, string>\nexport type B = A\n',
        'tsconfig.json': '{"include": ["src"]}',
      },
      {build: 'tsc'},
    ),
    'a key that stands there twice, for all but tsc': project({
      'src/main.tsx': 'export const sizes = {small: 1, small: 2}\n',
    }),
    'a key that stands there twice, and one that is worked out': project(
      {
        'src/a.ts':
          'const base = {small: 1}\nexport const sizes = {small: 1, [base.small]: 3, [base.small]: 4}\nexport class Cart {\n  get a() {\n    return 1\n  }\n  set a(b) {}\n  add(a: string): void\n  add(a: number): void\n  add(a: unknown) {}\n}\n',
        'tsconfig.json': '{"include": ["src"]}',
      },
      {build: 'tsc'},
    ),
    'await at the top, in a file without imports': started({'server.js': 'const one = await start()\n'}),
    'a return at the top of CommonJS': started(
      {'server.cjs': 'if (!process.env.PORT) return\n'},
      '["node", "server.cjs"]',
    ),
    'types of Flow': started({'server.js': '// @flow\nconst a: number = 1\n'}),
    'babel reads it first': started({'server.js': open}, '["node", "-r", "@babel/register", "server.js"]'),
    'a module that is loaded later': started({
      'server.js': "const lazy = () => import('./lazy.js')\n",
      'lazy.js': open,
    }),
    'a RUN writes the file': project(
      {'server.js': open},
      {run: 'npm ci && sed -i s/x/y/ server.js', start: '["node", "server.js"]'},
    ),
    'two files that an import may mean': project({
      'src/main.tsx': "import './total'\n",
      'src/total.ts': 'export {}\n',
      'src/total.js': open,
    }),
    'a text that is imported as such': project({
      'src/main.tsx': "import code from './total.ts?raw'\nconsole.log(code)\n",
      'src/total.ts': openTyped,
    }),
  },
  flagged: {
    'a merge conflict': told(
      started({
        'server.js':
          "import http from 'node:http'\n<<<<<<< HEAD\nconst port = 1\n=======\nconst port = 2\n>>>>>>> main\n",
      }),
      'error server.js:2:1 CMD reads this file and stops here: a merge conflict is left: <<<<<<<',
    ),
    'a key, a method and an attribute that stand there twice, for tsc': told(
      project(
        {
          'src/a.ts': "export const sizes = {small: 1, ...base, 'small': 2}\n",
          'src/b.ts': 'export class Cart {\n  total() {}\n  static total() {}\n  total() {}\n}\n',
          'src/c.tsx': 'export const Page = () => <p id="a" className="b" id="c">hi</p>\n',
          'tsconfig.json': '{"include": ["src"]}',
        },
        {build: 'tsc'},
      ),
      "error src/a.ts:1:42 npm run build reads this file and stops here: 'small' stands there twice",
      "error src/b.ts:4:3 npm run build reads this file and stops here: 'total' stands there twice",
      "error src/c.tsx:1:51 npm run build reads this file and stops here: 'id' stands there twice",
    ),
    'a bracket that nothing closes, at the end of what vite imports': told(
      project({'src/main.tsx': "import {total} from '@/total'\n\ntotal([1])\n", 'src/total.ts': openTyped}),
      'error src/total.ts:3:1 npm run build reads this file and stops here: the file ends, and something in it is still open',
    ),
    'what vite imports, in a mode and to a folder': told(
      project({'src/main.tsx': openTyped}, {build: 'vite build --mode staging --outDir=out'}),
      'error src/main.tsx:3:1 npm run build reads this file and stops here: the file ends, and something in it is still open',
    ),
    'an element that nothing closes, behind import()': told(
      project({'src/main.tsx': "import('./page.tsx')\n", 'src/page.tsx': 'export const Page = () => <div><b>hi</b>\n'}),
      'error src/page.tsx:1:41 npm run build reads this file and stops here: Unterminated JSX contents',
    ),
    'a page of Next.js': told(
      next({
        'src/app/(shop)/page.tsx':
          "import Link from 'next/link'\nimport Link from './link'\n\nexport default function Page() {\n  return <Link href=\"/\" />\n}\n",
      }),
      "error src/app/(shop)/page.tsx:2:8 npm run build reads this file and stops here: Identifier 'Link' has already been declared",
    ),
    'what tsc compiles, whether it is imported or not': told(
      project(
        {'src/old.ts': importedTwice, ...sums, 'tsconfig.json': '{"include": ["src"]}'},
        {build: 'tsc -p . && vite build'},
      ),
      "error src/old.ts:2:9 npm run build reads this file and stops here: Identifier 'total' has already been declared",
    ),
    'a name that is declared twice, for esbuild too': told(
      project({'src/server.ts': twice}, {build: 'esbuild src/server.ts --bundle --outfile=dist/main.js'}),
      "error src/server.ts:2:7 npm run build reads this file and stops here: Identifier 'port' has already been declared",
    ),
    'await in a function that is none of async': told(
      project({
        'src/main.tsx': "import './total'\n",
        'src/total.ts': 'export function total() {\n  return await fetch("/")\n}\n',
      }),
      "error src/total.ts:2:10 npm run build reads this file and stops here: 'await' is only allowed within async functions and at the top levels of modules",
    ),
    'a route of SvelteKit': told(
      project(
        {'src/routes/cart/+page.server.ts': twice, 'src/routes/+page.svelte': '<p>hi</p>\n'},
        {dependencies: {'@sveltejs/kit': '2.0.0'}},
      ),
      "error src/routes/cart/+page.server.ts:2:7 npm run build reads this file and stops here: Identifier 'port' has already been declared",
    ),
    'a component that a page of Svelte imports': told(
      project(
        {
          'src/routes/+page.svelte': "<script>\n  import {total} from '$lib/total'\n</script>\n",
          'src/lib/total.ts': openTyped,
        },
        {dependencies: {'@sveltejs/kit': '2.0.0'}},
      ),
      'error src/lib/total.ts:3:1 npm run build reads this file and stops here: the file ends, and something in it is still open',
    ),
    'what node imports at the start': told(
      started({'server.js': "import {total} from './total.js'\n\ntotal([])\n", 'total.js': open}),
      'error total.js:3:1 CMD reads this file and stops here: the file ends, and something in it is still open',
    ),
    'what the release command runs': told(
      {
        files: {
          ...started({'server.js': 'export {}\n', 'migrate.js': twice}).files,
          'fly.toml': 'app = "shop"\n[deploy]\n  release_command = "node migrate.js"\n',
        },
      },
      "error migrate.js:2:7 release_command reads this file and stops here: Identifier 'port' has already been declared",
    ),
    'a script of the build': told(
      project({'scripts/pages.mjs': open}, {run: 'npm ci && node scripts/pages.mjs'}),
      'error scripts/pages.mjs:3:1 node scripts/pages.mjs reads this file and stops here: the file ends, and something in it is still open',
    ),
    'what a script of the build has bundled': told(
      project(
        {
          'script/build.ts':
            "import {build as esbuild} from 'esbuild'\nimport {build as viteBuild} from 'vite'\n\nawait viteBuild()\nawait esbuild({entryPoints: ['server/index.ts'], bundle: true})\n",
          'src/main.tsx': openTyped,
          'server/index.ts': twice,
        },
        {build: 'tsx script/build.ts'},
      ),
      "error server/index.ts:2:7 npm run build reads this file and stops here: Identifier 'port' has already been declared",
      'error src/main.tsx:3:1 npm run build reads this file and stops here: the file ends, and something in it is still open',
    ),
    'the configuration of the build': told(
      project({'vite.config.ts': twice, 'index.html': ''}),
      "error vite.config.ts:2:7 npm run build reads this file and stops here: Identifier 'port' has already been declared",
    ),
    'another build makes the image': told(
      {
        files: {
          ...project({'src/main.tsx': openTyped}).files,
          '.github/workflows/deploy.yml':
            'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      - run: npm run build\n      - uses: superfly/flyctl-actions/setup-flyctl@master\n      - run: flyctl deploy --remote-only --build-target base\n',
        },
      },
      'warning src/main.tsx:3:1 npm run build reads this file and stops here: the file ends, and something in it is still open',
    ),
  },
})
