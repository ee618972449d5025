import {execFileSync} from 'node:child_process'
import {expect, it} from 'vitest'
import check from '../../../checks/node/import-file.ts'
import {preflight} from '../../../src/preflight.ts'
import {temporary} from '../../cli.ts'
import {testCheck} from '../../harness.ts'

const project = (files: Record<string, string>) => ({
  files: {'fly.toml': 'app = "shop"\n', 'package.json': '{}', ...files},
})

/** What vite builds in the Dockerfile. */
const built = (main: string, files: Record<string, string> = {}) =>
  project({
    Dockerfile: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npx", "serve", "dist"]\n',
    'package.json': '{"scripts": {"build": "vite build"}}',
    'index.html': '<script type="module" src="/src/main.ts"></script>\n',
    'src/main.ts': main,
    ...files,
  })

/** Two members of a workspace, one of which imports a file that is not there. */
const members = (build: string, more = '"version": "1.0.0"') =>
  project({
    Dockerfile: `FROM node:24\nWORKDIR /app\nCOPY . .\nRUN pnpm install && ${build}\nCMD ["node", "apps/api/dist/main.js"]\n`,
    'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - packages/*\n',
    'apps/api/package.json': `{"name": "api", ${more}, "scripts": {"build": "tsc"}}`,
    'apps/api/src/main.ts': 'console.log(1)\n',
    'packages/etl/package.json': '{"name": "@shop/etl", "scripts": {"build": "tsc"}}',
    'packages/etl/src/index.ts': "import {run} from './run.js'\nrun()\n",
  })
const imports =
  'warning packages/etl/src/index.ts:1:20 ./run.js is imported, and there is no packages/etl/src/run.js in the repository'

const phoenix = (files: Record<string, string>) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM elixir:1.18\nWORKDIR /app\nCOPY . .\nRUN mix deps.get && mix assets.deploy && mix release\n',
    'mix.exs': 'defp deps, do: [{:phoenix, "~> 1.8"}]\n',
    'config/config.exs':
      'config :esbuild, shop: [args: ~w(js/app.js --bundle), cd: Path.expand("../assets", __DIR__)]\n',
    ...files,
  },
})

/** A project of Next.js, whose tsconfig.json has an alias. */
const next = (files: Record<string, string>, target = './src/*') =>
  project({
    'package.json': '{"dependencies": {"next": "15.0.0"}}',
    // With a comment, as tools write them.
    'tsconfig.json': `{\n  // ours\n  "compilerOptions": {"paths": {"@/*": ["${target}"]},}\n}\n`,
    'src/app/layout.tsx': '',
    ...files,
  })

/** A project of SvelteKit. */
const kit = (files: Record<string, string>) =>
  project({
    Dockerfile: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "build"]\n',
    'package.json':
      '{"scripts": {"build": "vite build"}, "devDependencies": {"@sveltejs/kit": "^2.22.0", "vite": "^7.0.0"}}',
    'svelte.config.js': "import adapter from '@sveltejs/adapter-node'\n\nexport default {kit: {adapter: adapter()}}\n",
    'src/lib/parts/Cart.svelte': '<p>cart</p>\n',
    ...files,
  })
const withCart = (path: string) => `<script lang="ts">\n  import Cart from '${path}'\n</script>\n\n<Cart />\n`

/** A project of React Router, with its routes in a file. */
const router = (routes: string, files: Record<string, string> = {}) =>
  project({
    Dockerfile: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npm", "start"]\n',
    'package.json': '{"scripts": {"build": "react-router build"}, "devDependencies": {"@react-router/dev": "^7.9.0"}}',
    'tsconfig.json': '{"compilerOptions": {"paths": {"~/*": ["./app/*"]}}}',
    'app/root.tsx': 'export default () => <p>shop</p>\n',
    'app/routes.ts': `import {index, layout, prefix, route} from '@react-router/dev/routes'\n\nexport default [${routes}]\n`,
    'app/routes/home.tsx': "import {Hero} from '~/parts/Hero'\n\nexport default () => <Hero />\n",
    'app/parts/Hero.tsx': 'export const Hero = () => <h1>Shop</h1>\n',
    ...files,
  })

/** What a script of the build has node start, or compiles: `src/main.ts` is read by it. */
const compiled = (main: string, {build = 'tsc', options = {}, ...files}: Record<string, unknown> = {}) =>
  built(main, {
    'package.json': JSON.stringify({type: 'module', scripts: {build}}),
    'tsconfig.json': JSON.stringify({compilerOptions: options, include: ['src']}),
    ...(files as Record<string, string>),
  })

/** What imports ./total, and does not surely stop. */
const perhaps = (given: {files: Record<string, string>}, column = 21, line = 1) => ({
  ...given,
  expect: [`warning src/main.ts:${line}:${column} ./total is imported, and there is no src/total in the repository`],
})

/** A workspace of which turbo prune keeps the member api. */
const pruned = (file: string, more = '') =>
  project({
    Dockerfile: `FROM node:22 AS pruner\nWORKDIR /app\nCOPY . .\nRUN npx turbo prune api --docker\nFROM node:22\nWORKDIR /app\nCOPY --from=pruner /app/out/full/ .\n${more}CMD ["node", "apps/api/index.js"]\n`,
    'package.json': '{"name": "shop", "workspaces": ["apps/*"]}',
    'turbo.json': '{}',
    'apps/api/package.json': '{"name": "api"}',
    'apps/desktop/package.json': '{"name": "desktop"}',
    [file]: "import {Nav} from './nav'\n",
  })

/** What next build compiles: a layout with a style sheet, a font and a picture. */
const shop = (files: Record<string, string>) =>
  project({
    Dockerfile:
      'FROM node:24 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npx next build\nFROM node:24\nWORKDIR /app\nCOPY --from=build /app /app\nCMD ["npx", "next", "start"]\n',
    'package.json': '{"dependencies": {"next": "16.0.0"}}',
    'tsconfig.json': '{"compilerOptions": {"paths": {"@/*": ["./*"]}}}',
    'app/layout.tsx':
      "import localFont from 'next/font/local'\nimport logo from '@/assets/Logo.svg'\nimport './globals.css'\n\nconst inter = localFont({src: [{path: './fonts/Inter.woff2', weight: '400'}]})\n\nexport default () => <img className={inter.className} src={logo.src} />\n",
    'app/globals.css': '@import "./reset.css";\nbody { background: url(./sky.png) }\n',
    'app/reset.css': '* { margin: 0 }\n',
    'app/sky.png': 'png',
    'app/fonts/Inter.woff2': 'woff2',
    'assets/Logo.svg': '<svg/>',
    ...files,
  })
const taken = (specifier: string, name: string) =>
  `stops: ${specifier} is to be taken, and there is no ${name} in the repository`

testCheck(check, {
  clean: {
    'a member of the workspace that no command of the build is for': members('pnpm --filter api build'),
    'files that stand apart in the project and side by side in the image': project({
      Dockerfile:
        'FROM node:24\nWORKDIR /opt/work\nCOPY work/package.json work/server.js ./\nRUN npm install\nCOPY src/files.js ./src/\nCMD ["node", "server.js"]\n',
      'work/package.json': '{}',
      'work/server.js': "const files = require('./src/files')\nfiles()\n",
      'src/files.js': 'module.exports = () => {}\n',
    }),
    'a page that nothing imports, where a bundler alone builds': built('export const open = true\n', {
      'package.json': '{"scripts": {"build": "vite build"}, "devDependencies": {"vite": "7.2.4"}}',
      'src/pages/Old.jsx': "import Form from './settings/Form'\n",
    }),
    'a style sheet, a font and a picture': shop({}),
    'a style sheet that is written in TypeScript': shop({
      'app/layout.tsx': "import {body} from './body.css'\n\nexport default () => <p className={body} />\n",
      'app/body.css.ts': 'export const body = style({margin: 0})\n',
    }),
    'a style sheet in a comment of another one': shop({'app/globals.css': '/* @import "./gone.css"; */\n'}),
    'a style sheet that a plug-in of PostCSS looks for': shop({
      'app/globals.css': '@import "./gone.css";\n',
      'postcss.config.js': "module.exports = {plugins: {'postcss-import': {path: ['styles']}}}\n",
    }),
    'a style sheet of a package, and what another tool writes': shop({
      'app/layout.tsx':
        "import '@fontsource/inter/index.css'\nimport '../dist/output.css'\n\nexport default () => <p />\n",
    }),
    'a style sheet that a script of the build writes': shop({
      'package.json':
        '{"dependencies": {"next": "16.0.0"}, "scripts": {"css": "tailwindcss -i app/in.css -o app/out.css"}}',
      'app/layout.tsx': "import './out.css'\n\nexport default () => <p />\n",
    }),
    'what no page brings': shop({'components/Card.tsx': "import './card.css'\n\nexport const Card = () => <p />\n"}),
    'a picture that TypeScript leaves out, as nothing uses it': built("import logo from './logo.svg'\n"),
    'a picture of url() that Vite leaves as it is': built("import './main.css'\n", {
      'src/main.css': 'body { background: url(./sky.png) }\n',
    }),
    'a picture of the folder public, and one of an alias that only a plug-in knows': built(
      "import a from '/logo.svg'\nimport b from '@/logo.svg'\n\nconsole.log(a, b)\n",
      {'tsconfig.json': '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}'},
    ),
    'a picture of a page that nothing shows': kit({
      'src/routes/+page.svelte': "<script>\n  import logo from './logo.svg'\n</script>\n<p>shop</p>\n",
    }),
    'routes of React Router': router(
      "index('routes/home.tsx'), layout('./routes/home.tsx', [route('orders/:id', 'routes/home.tsx')]), ...prefix('a', [])",
    ),
    'routes in a comment': router("index('routes/home.tsx'), // route('orders', 'routes/orders.tsx')"),
    'routes below another folder': router("...relative('app/shop').route('orders', 'orders.tsx')"),
    'a file of React Router that no route names': router("index('routes/home.tsx')", {
      'app/parts/Menu.tsx': "import {Hero} from '~/parts/hero'\n\nexport const Menu = () => <Hero />\n",
    }),
    'a part below $lib': kit({'src/routes/+page.svelte': withCart('$lib/parts/Cart.svelte')}),
    'a part below $lib, which settings lay elsewhere': kit({
      'svelte.config.js': "export default {kit: {files: {lib: 'lib'}}}\n",
      'src/routes/+page.svelte': withCart('$lib/parts/cart.svelte'),
    }),
    'a part that no route shows': kit({'src/lib/parts/Menu.svelte': withCart('$lib/parts/cart.svelte')}),
    'what a comment of a page says': kit({
      'src/routes/+page.svelte': `<!-- ${withCart('$lib/parts/cart.svelte')} -->\n<p>hi</p>\n`,
    }),
    'a type of $lib, which is gone': kit({
      'src/routes/+page.ts': "import type {Order} from '$lib/orders'\n\nexport const load = (): Order[] => []\n",
    }),
    'a member that turbo prune leaves behind': pruned('apps/desktop/index.js'),
    'a file that a script of package.json writes': project({
      'package.json': '{"scripts": {"generate": "openapi-typescript api.yaml -o src/api/schema.d.ts"}}',
      'src/index.ts': "import {paths} from './api/schema'\n",
    }),
    'a file that a program beside the app writes': project({
      'scripts/messages.mjs': "writeFileSync('src/i18n/messages.ts', text)\n",
      'src/index.ts': "import {messages} from './i18n/messages'\n",
    }),
    'an import() in a try, whose names stand in braces': project({
      'src/index.ts':
        "export async function guess() {\n  try {\n    const {guesses} = await import('./guesses')\n    return guesses()\n  } catch {\n    return []\n  }\n}\n",
    }),
    'what Prisma generates': built(
      "import {PrismaClient} from './db/client'\nimport {Order} from './schemas/order.js'\n",
      {
        'prisma/schema.prisma':
          'generator client {\n  provider = "prisma-client"\n  output   = "../src/db/client"\n}\ngenerator zod {\n  provider = "zod-prisma-types"\n  output = "../src/schemas"\n}\n',
      },
    ),
    'TypeScript that a script writes, or a RUN, imported as what is made of it': built(
      "import {version} from './version.js'\nimport {sha} from './sha.js'\nimport {name} from './name.js'\n",
      {
        'package.json':
          '{"scripts": {"prebuild": "genversion --es6 src/name.ts && node -p 1 > src/version.ts", "build": "vite build"}}',
        Dockerfile:
          'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && echo "export const sha = 1" > src/sha.ts && npm run build\n',
      },
    ),
    'a part of a folder that is a link': built("import {total} from './shared/total'\n", {'src/shared': '../common'}),
    'the alias that fits best': next({
      'src/app/page.tsx': "import {a} from '@/lib/a'\nimport {b} from '@/b'\n",
      'tsconfig.json':
        '{"compilerOptions": {"paths": {"@/*": ["./src/*"], "@/lib/*": ["./shared/*"], "@/b": ["./shared/b"]}}}',
      'shared/a.ts': '',
      'shared/b.ts': '',
    }),
    'an alias of tsconfig.json': next({
      'src/app/page.tsx': "import {a} from '@/lib/a'\nimport '@/app/globals.css'\nimport b from '@/lib'\n",
      'src/lib/a.ts': '',
      'src/lib/index.ts': '',
    }),
    'an alias for the root': next({'src/app/page.tsx': "import {a} from '@/lib/a'\n", 'lib/a.ts': ''}, './*'),
    'an alias that leads to a file above the project': next({'src/app/page.tsx': "import {a} from '@/../../sdk/a'\n"}),
    'an alias of another tsconfig.json': next({
      'src/app/page.tsx': "import {a} from '@/a'\n",
      'tsconfig.build.json': '{"compilerOptions": {"paths": {"@/*": ["./lib/*"]}}}',
      'lib/a.ts': '',
    }),
    'an alias in a type, and in what nothing imports': next({
      'src/app/page.tsx': "import type {A} from '@/types/a'\n",
      'src/app/old.tsx': "import {a} from '@/gone'\n",
      'src/pages-old/index.tsx': "import {a} from '@/gone'\n",
    }),
    'an alias for a folder that is not there': next({'src/app/page.tsx': "import {a} from '@/a'\n"}, '../shared/*'),
    'an alias that the bundler is told otherwise': project({
      'tsconfig.json': '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
      'vite.config.ts': "export default {resolve: {alias: {'@': '/client'}}}\n",
      'src/main.ts': "import a from '@/a'\n",
      'client/a.ts': '',
    }),
    'a page of a program that builds by imports alone': project({
      'tsconfig.json': '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
      'src/main.ts': '',
      'src/pages/old.tsx': "import a from '@/gone'\n",
    }),
    'what Phoenix bundles': phoenix({
      'assets/js/app.js':
        'import "../../deps/phoenix_html"\nimport {Socket} from "phoenix"\nimport topbar from "../vendor/topbar"\nimport hooks from "./hooks"\n',
      'assets/vendor/topbar.js': 'require("./gone")\n',
      'assets/js/hooks/index.js': '',
    }),
    'what the build of the project writes at its top': project({
      'server.js': "import {handler} from './build/handler.js'\n",
    }),
    'what composer brings': project({
      'composer.json': '{"require": {"tightenco/ziggy": "^2"}}',
      'resources/js/app.js': "import {ZiggyVue} from '../../vendor/tightenco/ziggy'\n",
    }),
    'a function that Vercel alone starts': project({
      'vercel.json': '{}',
      'api/health.js': "import {bot} from '../src/bot.js'\n",
    }),
    'what Phoenix does not bundle': phoenix({
      'scripts/index.js': "import './gone'\n",
      'assets/js/old/app.js': "import './gone'\n",
    }),
    'what a task of mix, a RUN or a submodule brings': phoenix({
      'assets/js/app.js': "import './elm'\nimport '../vendor/chart'\nimport '../shared/a'\n",
      'mix.exs':
        'defp aliases, do: ["assets.deploy": ["cmd elm make Main.elm --output assets/js/elm.js", "esbuild shop", "phx.digest"]]\n',
      Dockerfile:
        'FROM elixir:1.18\nWORKDIR /app\nCOPY . .\nRUN curl -o assets/vendor/chart.js https://example.com/chart.js\nRUN mix deps.get && mix assets.deploy && mix release\n',
      '.gitmodules': '[submodule "shared"]\n\tpath = assets/shared\n\turl = https://example.com/shared.git\n',
    }),
    'what is copied from another image': {
      files: {
        'fly.toml': 'app = "shop"\n',
        'package.json': '{}',
        Dockerfile:
          'FROM node:22\nWORKDIR /app\nCOPY . .\nCOPY --from=shop/client:1 /client src/client/\nCMD ["node", "src/server.js"]\n',
        'src/server.js': "import './client/index.js'\n",
      },
    },
    'a file beside': project({'server.js': "import './a.js'\n", 'a.js': ''}),
    'the index of a folder': project({'server.js': "import a from './lib'\n", 'lib/index.ts': ''}),
    '.js means .ts in TypeScript': project({'src/index.ts': "import a from './a.js'\n", 'src/a.ts': ''}),
    'a component': project({'src/main.ts': "import A from './A.vue'\n", 'src/A.vue': ''}),
    'a type is gone when the code runs': project({
      'server.ts': "import type {A} from './a'\nimport {type B, type C} from './b'\nexport type {D} from './d'\n",
    }),
    'in a comment and in a text': project({
      'server.js': "// import a from './a'\n/* import b from './b' */\nconst code = `\nimport c from './c'\n`\n",
    }),
    'a require that may fail': project({'server.js': "try {\n  require('./local')\n} catch {}\n"}),
    'what the build makes': project({'src/index.ts': "import a from './generated/client'\nimport './+types/root'\n"}),
    'all files of a pattern, which a plug-in of esbuild finds': project({
      'app/index.js':
        "import controllers from './**/*_controller.js'\nimport others from '../views/**/*_controller.js'\n",
    }),
    'pictures and styles': project({'src/main.ts': "import './app.css'\nimport logo from './logo.svg'\n"}),
    'what a build lays beside the file': project({'handler.js': 'export default () => import("./server/index.js")\n'}),
    'a file that nothing imports': project({'lib/old.js': "import './gone.js'\n"}),
    'a test': project({'src/app.test.ts': "import './gone'\n"}),
    'a file above the project': project({'server.js': "import '../shared/a.js'\n"}),
    'what was put away': project({
      '_archive/server.js': "import './gone'\n",
      'archive/old/index.js': "import './gone'\n",
    }),
    'another app of the repository': {
      options: {config: 'apps/api/fly.toml'},
      files: {
        'apps/api/fly.toml': 'app = "shop"\n[build]\ndockerfile = "Dockerfile"\n',
        'apps/api/Dockerfile': 'FROM node:22\nCOPY . .\nRUN npm ci && npx nx build api\n',
        'package.json': '{}',
        'apps/web/src/main.ts': "import './gone.js'\n",
      },
    },
  },
  flagged: {
    'a member that is built with all the others': {
      ...members('pnpm -r build'),
      expect: [imports],
    },
    'a member that another one depends on': {
      ...members('pnpm --filter api build', '"dependencies": {"@shop/etl": "workspace:*"}'),
      expect: [imports],
    },
    'a page that is taken by its folder': {
      ...built("const pages = import.meta.glob('./pages/*.jsx')\n", {
        'package.json': '{"scripts": {"build": "vite build"}, "devDependencies": {"vite": "7.2.4"}}',
        'src/pages/Old.jsx': "import Form from './settings/Form'\n",
      }),
      expect: [
        'warning src/pages/Old.jsx:1:19 ./settings/Form is imported, and there is no src/pages/settings/Form in the repository',
      ],
    },
    'a route of React Router without its file': {
      ...router("index('routes/home.tsx'), route('orders/:id', 'routes/Order.tsx')", {
        'app/routes/order.tsx': 'export default () => <p>order</p>\n',
      }),
      expect: [
        'warning app/routes.ts:3:64 ./routes/Order.tsx is imported, and there is no app/routes/Order.tsx in the repository',
      ],
    },
    'what a route of React Router imports in another case': {
      ...router("index('routes/home.tsx')", {
        'app/routes/home.tsx': "import {Hero} from '~/parts/hero'\n\nexport default () => <Hero />\n",
      }),
      expect: [
        'error app/routes/home.tsx:1:21 npm run build stops: ~/parts/hero is imported, and there is no app/parts/hero in the repository',
      ],
    },
    'a part below $lib in another case': {
      ...kit({'src/routes/+page.svelte': withCart('$lib/parts/cart.svelte')}),
      expect: [
        'error src/routes/+page.svelte:2:21 npm run build stops: $lib/parts/cart.svelte is imported, and there is no src/lib/parts/cart.svelte in the repository',
      ],
    },
    'a part beside a route': {
      ...kit({'src/routes/shop/+page.svelte': withCart('./Cart.svelte')}),
      expect: [
        'error src/routes/shop/+page.svelte:2:21 npm run build stops: ./Cart.svelte is imported, and there is no src/routes/shop/Cart.svelte in the repository',
      ],
    },
    'a module below $lib that the server of a route imports': {
      ...kit({
        'src/routes/+page.server.ts': "import {db} from '$lib/server/db'\n\nexport const load = () => db.all()\n",
      }),
      expect: [
        'error src/routes/+page.server.ts:1:19 npm run build stops: $lib/server/db is imported, and there is no src/lib/server/db in the repository',
      ],
    },
    'a part in another case, of a page of Vue that is built': {
      ...built("import App from './App.vue'\n\nconsole.log(App)\n", {
        'src/App.vue':
          '<script setup lang="ts">\nimport Cart from \'./cart.vue\'\n</script>\n\n<template>\n  <Cart />\n</template>\n',
        'src/Cart.vue': '<template>\n  <p>cart</p>\n</template>\n',
      }),
      expect: [
        'error src/App.vue:2:19 npm run build stops: ./cart.vue is imported, and there is no src/cart.vue in the repository',
      ],
    },
    'what vite surely follows': {
      ...built("import {total} from './total'\n\nconsole.log(total)\n"),
      expect: [
        'error src/main.ts:1:22 npm run build stops: ./total is imported, and there is no src/total in the repository',
      ],
    },
    'what vite leaves out where it is a type alone': {
      ...built("import {Total} from './total'\n\nexport const one: Total = 1\n"),
      expect: ['warning src/main.ts:1:22 ./total is imported, and there is no src/total in the repository'],
    },
    'what a step of the workflow may write': {
      ...built("import {total} from './total'\n\nconsole.log(total)\n", {
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo "export const total = 1" > src/total.ts\n',
      }),
      expect: ['warning src/main.ts:1:22 ./total is imported, and there is no src/total in the repository'],
    },
    'what tsc compiles': {
      ...compiled("import {total} from './total'\n"),
      expect: [
        'error src/main.ts:1:22 npm run build stops: ./total is imported, and there is no src/total in the repository',
      ],
    },
    'what tsc is told not to look at': perhaps(compiled("// @ts-ignore\nimport {total} from './total'\n"), 22, 2),
    'what tsc does not look for: an import for its effects': perhaps(compiled("import './total'\n"), 9),
    'tsc without checks': perhaps(compiled("import {total} from './total'\n", {options: {noCheck: true}}), 22),
    'folders that are one for tsc': perhaps(
      compiled("import {total} from './total'\n", {options: {rootDirs: ['src', 'views']}}),
      22,
    ),
    'a program that may write what is not there': perhaps(
      compiled("import {total} from './total'\n", {build: 'make sources && tsc'}),
      22,
    ),
    'a plug-in of the project that makes modules up': perhaps(
      built("import {total} from './total'\n\nconsole.log(total)\n", {
        'vite.config.ts': "export default {plugins: [{name: 'total', resolveId: (id) => id}]}\n",
      }),
      22,
    ),
    'settings that lead an import elsewhere': perhaps(
      built("import {total} from './total'\n\nconsole.log(total)\n", {
        'vite.config.ts': "export default {resolve: {extensions: ['.web.ts', '.ts']}}\n",
      }),
      22,
    ),
    'what a build leaves aside: a branch that does not run': perhaps(
      built("if (import.meta.env.DEV) {\n  await import('./total')\n}\n"),
      17,
      2,
    ),
    'an import that is caught': perhaps(built("const a = import('./total').catch(() => {})\n"), 19),
    'a require of one case alone': {
      ...project({
        Dockerfile: 'FROM node:24\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
        'server.js': "if (process.env.DEV) require('./dev')\n",
      }),
      expect: ['warning server.js:1:31 ./dev is imported, and there is no dev in the repository'],
    },
    'esbuild that leaves it for later': perhaps(
      built("import {total} from './total'\n\nconsole.log(total)\n", {
        'package.json':
          '{"scripts": {"build": "esbuild src/main.ts --bundle --external:./src/total --outfile=dist/main.js"}}',
      }),
      22,
    ),
    'esbuild that follows no import': perhaps(
      built("import {total} from './total'\n\nconsole.log(total)\n", {
        'package.json': '{"scripts": {"build": "esbuild src/main.ts --outfile=dist/main.js"}}',
      }),
      22,
    ),
    'a member that turbo prune keeps': {
      ...pruned('apps/api/index.js'),
      expect: [
        'error apps/api/index.js:1:20 CMD stops: ./nav is imported, and there is no apps/api/nav in the repository',
      ],
    },
    'a member that another COPY brings': {
      ...pruned('apps/desktop/index.js', 'COPY apps/desktop apps/desktop\n'),
      expect: [
        'warning apps/desktop/index.js:1:20 ./nav is imported, and there is no apps/desktop/nav in the repository',
      ],
    },
    'a file that a script only asks for': {
      ...project({
        'scripts/verify.sh': '[ -f src/http/headers.js ] || exit 1\n',
        'src/index.js': "import {headers} from './http/headers'\n",
      }),
      expect: [
        'warning src/index.js:1:24 ./http/headers is imported, and there is no src/http/headers in the repository',
      ],
    },
    'a part that a page of Svelte shows': {
      ...project({
        'src/routes/+page.svelte': "<script>\nimport Cart from './Cart.svelte'\n</script>\n<Cart />\n",
      }),
      expect: [
        'warning src/routes/+page.svelte:2:19 ./Cart.svelte is imported, and there is no src/routes/Cart.svelte in the repository',
      ],
    },
    'of a part that an alias leads to': {
      ...project({
        'src/main.ts': "import App from '@/App.vue'\n",
        'src/App.vue': "<script setup>\nimport Cart from './Cart.vue'\n</script>\n",
      }),
      expect: ['warning src/App.vue:2:19 ./Cart.vue is imported, and there is no src/Cart.vue in the repository'],
    },
    'an alias': {
      ...next({'src/app/page.tsx': "import {a} from '@/lib/a'\n"}),
      expect: ['warning src/app/page.tsx:1:18 @/lib/a is imported, and there is no src/lib/a in the repository'],
    },
    'an alias of a base, in a file that a route imports': {
      ...project({
        'package.json': '{"devDependencies": {"@remix-run/dev": "2.0.0"}}',
        'tsconfig.json': '{"extends": "./tsconfig.base.json"}',
        'tsconfig.base.json': '{"compilerOptions": {"baseUrl": ".", "paths": {"~/*": ["app/*"]}}}',
        'app/routes/index.tsx': "import {b} from '~/lib/b'\n",
        'app/lib/b.ts': "import {c} from '~/lib/c.server'\n",
      }),
      expect: [
        'warning app/lib/b.ts:1:18 ~/lib/c.server is imported, and there is no app/lib/c.server in the repository',
      ],
    },
    'an alias that the bundler has, too': {
      ...project({
        'tsconfig.json': '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
        'vite.config.ts': "export default {resolve: {alias: {'@': path.resolve(__dirname, './src')}}}\n",
        'src/main.ts': "import a from '@/Header'\n",
        'src/header.ts': '',
      }),
      expect: ['warning src/main.ts:1:16 @/Header is imported, and there is no src/Header in the repository'],
    },
    'a file that Phoenix is to bundle': {
      ...phoenix({'assets/js/app.js': 'import {Socket} from "phoenix"\nimport Scroll from "./hooks/scroll"\n'}),
      expect: [
        'warning assets/js/app.js:2:21 ./hooks/scroll is imported, and there is no assets/js/hooks/scroll in the repository',
      ],
    },
    'a file that was not committed': {
      ...project({'server.js': "import {a} from './a.js'\n"}),
      expect: ['warning server.js:1:18 ./a.js is imported, and there is no a.js in the repository'],
    },
    'the image that a workflow makes': {
      ...project({
        'fly.toml': 'app = "shop"\n[build]\nimage = "ghcr.io/acme/shop:latest"\n',
        '.github/workflows/image.yml': 'jobs:\n  a:\n    steps:\n      - run: docker push ghcr.io/acme/shop:latest\n',
        'server.js': "import './gone.js'\n",
      }),
      expect: ['warning server.js:1:9 ./gone.js is imported, and there is no gone.js in the repository'],
    },
    'the image that a workflow names by its repository': {
      ...project({
        'fly.toml': 'app = "shop"\n[build]\nimage = "ghcr.io/acme/shop:latest"\n',
        '.github/workflows/image.yml': 'env:\n  IMAGE: ghcr.io/${{ github.repository }}\n',
        'server.js': "import './gone.js'\n",
      }),
      expect: ['warning server.js:1:9 ./gone.js is imported, and there is no gone.js in the repository'],
    },
    'in a package that the image builds in its folder': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM node:22\nCOPY server/ ./\nRUN npm ci && npm run build\nCMD ["node", "dist/index.js"]\n',
        'server/package.json': '{}',
        'server/src/index.ts': "import './gone.js'\n",
      },
      expect: [
        'warning server/src/index.ts:1:9 ./gone.js is imported, and there is no server/src/gone.js in the repository',
      ],
    },
    'a style sheet in other letters': {
      ...shop({
        'app/layout.tsx': "import './Globals.css'\n\nexport default () => <p />\n",
      }),
      expect: [`error app/layout.tsx:1:9 next build ${taken('./Globals.css', 'app/Globals.css')}`],
    },
    'a font, a picture and a style sheet of a style sheet': {
      ...shop({
        'app/globals.css': '/* all */\n@import url("./base.css") layer(base);\nbody { background: url("./Sky.png") }\n',
        'app/layout.tsx':
          "import Font from 'next/font/local'\nimport logo from '@/assets/logo.svg'\nimport './globals.css'\n\nconst inter = Font({src: './Inter.woff2'})\n\nexport default () => <img className={inter.className} src={logo.src} />\n",
      }),
      expect: [
        `error app/globals.css:2:14 next build ${taken('./base.css', 'app/base.css')}`,
        `error app/globals.css:3:25 next build ${taken('./Sky.png', 'app/Sky.png')}`,
        `error app/layout.tsx:2:19 next build ${taken('@/assets/logo.svg', 'assets/logo.svg')}`,
        `error app/layout.tsx:5:27 next build ${taken('./Inter.woff2', 'app/Inter.woff2')}`,
      ],
    },
    'a picture that Vite is to take': {
      ...built("import logo from './logo.svg?url'\n\nconsole.log(logo)\n"),
      expect: [`error src/main.ts:1:19 npm run build ${taken('./logo.svg?url', 'src/logo.svg')}`],
    },
    'a style sheet of a page': {
      ...kit({'src/routes/+layout.svelte': "<script>\n  import '../app.css'\n</script>\n<slot />\n"}),
      expect: [`error src/routes/+layout.svelte:2:11 npm run build ${taken('../app.css', 'src/app.css')}`],
    },
    'a part in app/ of an image that works in /app': {
      ...shop({'app/layout.tsx': "import {Card} from './card'\n\nexport default () => <Card />\n"}),
      expect: [
        'error app/layout.tsx:1:21 next build stops: ./card is imported, and there is no app/card in the repository',
      ],
    },
    'a route that moved': {
      ...project({'app/routes/orders.tsx': "import {\n  Card,\n} from '../../components/Card'\n"}),
      expect: [
        'warning app/routes/orders.tsx:3:9 ../../components/Card is imported, and there is no components/Card in the repository',
      ],
    },
    'a server in api/, beside vercel.json': {
      ...project({
        'vercel.json': '{}',
        'api/index.js': "import './routes/a.js'\n",
        'api/routes/a.js': "import '../gone.js'\n",
      }),
      expect: ['warning api/routes/a.js:1:9 ../gone.js is imported, and there is no api/gone.js in the repository'],
    },
    'by two files: told once': {
      ...project({'src/index.js': "require('./a')\nrequire('./b')\n", 'src/a.js': "export * from './b'\n"}),
      expect: ['warning src/a.js:1:16 ./b is imported, and there is no src/b in the repository'],
    },
    'import() and a value beside a type': {
      ...project({'server.ts': "await import('./a')\nimport {type B, c} from './b'\n"}),
      expect: [
        'warning server.ts:1:15 ./a is imported, and there is no a in the repository',
        'warning server.ts:2:26 ./b is imported, and there is no b in the repository',
      ],
    },
  },
  skipped: {
    'assets that nothing of the build bundles': {
      ...phoenix({
        'assets/js/app.js': "import '../vendor/topbar'\n",
        Dockerfile:
          'FROM elixir:1.18\nWORKDIR /app\nCOPY . .\nRUN if [ -f assets/package.json ]; then cd assets && npm install && mix phx.digest; fi\nRUN mix deps.get && mix release\n',
      }),
      reason: 'the Dockerfile neither builds nor runs JavaScript',
    },
    'a package in a folder that no RUN builds': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM python:3.12-slim\nCOPY . .\nCMD ["python", "app.py"]\n',
        'web/package.json': '{}',
        'web/src/main.ts': "import './gone.js'\n",
      },
      reason: 'there is no package.json',
    },
    'an image of Python, beside a page for developers': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM python:3.12-slim\nCOPY . .\nRUN pip install .\nCMD ["python", "app.py"]\n',
        'package.json': '{}',
        'src/main.ts': "import './gone.js'\n",
      },
      reason: 'the Dockerfile neither builds nor runs JavaScript',
    },
    'the image of somebody else': {
      ...project({
        'fly.toml': 'app = "shop-search"\n[build]\nimage = "typesense/typesense:0.24.1"\n',
        'server.js': "import './gone.js'\n",
        'search.sh': 'curl http://typesense:8108/health\n',
      }),
      reason: 'typesense/typesense:0.24.1 is deployed, which is not made of the project',
    },
    'no JavaScript': {files: {'fly.toml': 'app = "shop"\n'}, reason: 'there is no package.json'},
  },
})

it.each([
  [
    {'.gitignore': 'node_modules\nlib\n'},
    [
      'warning ../lib/checks.js is imported, and there is no src/lib/checks.js in the repository: git leaves it out, by lib in .gitignore',
    ],
  ],
  [
    {'.gitignore': '[Ll]ib/\n'},
    [
      'warning ../lib/checks.js is imported, and there is no src/lib/checks.js in the repository: git leaves it out, by [Ll]ib/ in .gitignore',
    ],
  ],
  // What a tool makes.
  [{'.gitignore': 'src/lib/\n'}, []],
  [{'.gitignore': 'lib\n', 'package.json': '{"scripts": {"codegen": "openapi -o src/lib"}}'}, []],
  [{'.gitignore': 'lib\n', 'codegen.yml': 'generates:\n  src/lib/checks.ts: {}\n'}, []],
  [{'.gitignore': '*.js\n*.ts\n!src\n'}, []],
  // It is on this disk.
  [{'.gitignore': 'lib\n', 'src/lib/checks.ts': ''}, []],
  // At the top, where the folder of a build is.
  [{'.gitignore': 'lib\n', 'src/features/index.ts': "import '../../lib/checks.js'\n"}, []],
])('tells of sources that git leaves out by the name of their folder: %s', async (more, expected) => {
  const root = temporary({
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "dist/index.js"]\n',
    'package.json': '{"scripts": {"build": "tsc"}}',
    'src/index.ts': "import './features/index.js'\n",
    'src/features/index.ts': "import '../lib/checks.js'\n",
    ...more,
  })
  execFileSync('git', ['-C', root, 'init', '-q'])
  const report = await preflight({root, offline: true, only: ['node/import-file'], env: {}})
  expect(
    report.checks.flatMap(({findings}) => findings.map(({severity, message}) => `${severity} ${message}`)),
  ).toEqual(expected)
})
