import check from '../../../checks/node/import-package.ts'
import {testCheck} from '../../harness.ts'

const project = (code: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    'package.json': '{"dependencies": {"express": "4"}, "imports": {"#db": "./db.js"}}',
    'package-lock.json': '{"packages": {"node_modules/express": {}, "node_modules/express/node_modules/qs": {}}}',
    'server.js': code,
    ...files,
  },
})

const unlocked = (code: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    'package.json': '{"dependencies": {"react-router-dom": "7", "@acme/core": "1"}}',
    'server.js': code,
    ...files,
  },
})

const workspace = (run: string, {declared = {}, source = "import {db} from '@shop/db/pool'\n", more = {}} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN ${run}\n`,
    'package.json': '{"workspaces": ["packages/*"]}',
    'packages/api/package.json': JSON.stringify({name: 'api', dependencies: declared, scripts: {build: 'tsc'}}),
    'packages/api/src/server.ts': source,
    'packages/db/package.json': '{"name": "@shop/db"}',
    ...more,
  },
})
const globs = {'pnpm-workspace.yaml': 'packages:\n  - packages/*\n'}
const pnpm = 'npm i -g pnpm && pnpm install && pnpm --filter api build'

/** What esbuild of mix bundles. */
const phoenix = (code: string, {before = '', flags = '', files = {}, deploy = 'mix assets.deploy'} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM elixir:1.18 AS build\nENV MIX_ENV=prod\nWORKDIR /app\nCOPY mix.exs mix.lock ./\nCOPY config config\nCOPY assets assets\n${before}RUN ${deploy}\n`,
    'mix.exs':
      'defp deps, do: [{:phoenix, "~> 1.8"}, {:live_toast, "~> 0.6"}]\n  defp aliases do\n    ["assets.deploy": ["tailwind shop --minify", "esbuild shop --minify", "phx.digest"]]\n  end\n',
    'mix.lock': '  "phoenix_html": {:hex, :phoenix_html},\n',
    'config/config.exs': `import Config\n\nconfig :esbuild,\n  version: "0.25.4",\n  shop: [\n    args:\n      ~w(js/app.js --bundle --target=es2022 --outdir=../priv/static/assets/js --external:/fonts/* --alias:@=.${flags}),\n    cd: Path.expand("../assets", __DIR__)\n  ]\n`,
    'assets/js/app.js': `import "phoenix_html"\nimport {Socket} from "phoenix"\nimport {createLiveToastHook} from "live_toast"\nimport {hooks} from "phoenix-colocated/shop"\nimport topbar from "../vendor/topbar"\nimport "./chart"\n`,
    'assets/js/chart.js': code,
    'assets/vendor/topbar.js': 'var x = require("x")\n',
    '.dockerignore': 'assets/node_modules\n',
    ...files,
  },
})
const chart = 'import Chart from "chart.js/auto"\n'

testCheck(check, {
  clean: {
    'a script of Rails that nothing takes': {
      files: {
        'fly.toml': 'app = "shop"\n',
        'config/application.rb': 'module Shop\nend\n',
        'package.json': '{"dependencies": {"react": "19"}, "devDependencies": {"vite": "6"}}',
        'package-lock.json': '{"packages": {"node_modules/react": {}, "node_modules/vite": {}}}',
        'app/frontend/entrypoints/application.ts': "import 'react'\n",
        'app/frontend/features/menu/index.tsx': "import 'formik'\n",
      },
    },
    'a file of the folder that baseUrl names': project("import settings from 'shop.config'\n", {
      'tsconfig.json': '{"compilerOptions": {"baseUrl": "."}}',
      'shop.config.ts': '',
    }),
    'names that Docusaurus makes up': project('', {
      'package.json': '{"dependencies": {"@docusaurus/core": "3"}}',
      'package-lock.json': '{"packages": {"node_modules/@docusaurus/core": {}}}',
      'src/pages/index.js':
        "import Link from '@docusaurus/Link'\nimport Logo from '@site/static/img/logo.svg'\nimport Layout from '@theme/Layout'\n",
    }),
    'what generators of Prisma write into node_modules': project(
      "import {resolvers} from '@generated/type-graphql'\nimport {make} from '@shop/made/client'\n",
      {
        'prisma/schema.prisma':
          'generator a {\n  provider = "typegraphql-prisma"\n}\ngenerator b {\n  provider = "prisma-client-js"\n  output   = "../node_modules/@shop/made"\n}\n',
      },
    ),
    'a folder of Deno, whose settings name its packages': project("import 'express'\n", {
      'worker/deno.json': '{"importMap": "names.json"}',
      'worker/names.json': '{"imports": {"dinatra": "https://example.com/mod.ts"}}',
      'worker/main.ts': "import {app} from 'dinatra'\n",
    }),
    'names of the import map of Deno, beside package.json': project("import {app} from 'dinatra'\n", {
      'deno.json': '{"importMap": "import_map.json"}',
      'import_map.json': '{"imports": {"dinatra": "https://example.com/mod.ts"}}',
    }),
    'an alias of webpacker': project("require('jquery-ui')\n", {
      'config/webpack/environment.js':
        "module.exports = {resolve: {alias: {'jquery-ui': 'jquery-ui-dist/jquery-ui.js'}}}\n",
    }),
    'Phoenix: packages of mix alone': phoenix('export const a = 1\n'),
    'Phoenix: npm before it': phoenix(chart, {before: 'RUN npm ci --prefix assets\n'}),
    'Phoenix: npm in an alias': phoenix(chart, {
      files: {
        'mix.exs':
          'defp aliases do\n    ["assets.deploy": ["cmd --cd assets npm ci", "esbuild shop --minify", "phx.digest"]]\n  end\n',
      },
    }),
    'Phoenix: packages of another stage': phoenix(chart, {
      before: 'COPY --from=node /app/assets/node_modules assets/node_modules\n',
    }),
    'Phoenix: what the browser finds': phoenix(chart, {flags: ' --external:chart.js'}),
    'Phoenix: another name for it': phoenix(chart, {flags: ' --alias:chart.js=./vendor/chart.js'}),
    'Phoenix: loaded when it is needed': phoenix('const load = () => import("chart.js")\n'),
    'Phoenix: names of what lies in assets': phoenix('import "hooks/chart"\n', {
      files: {
        'assets/tsconfig.json': '{"compilerOptions": {"baseUrl": "."}}',
        'assets/hooks/chart.js': 'export default {}\n',
      },
    }),
    'Phoenix: aliases of tsconfig.json': phoenix(chart, {
      files: {'assets/tsconfig.json': '{"compilerOptions": {"paths": {"chart.js": ["./vendor/chart.js"]}}}'},
    }),
    'Phoenix: two bundles, of which none needs it': phoenix('', {
      deploy: 'mix esbuild shop --minify && mix esbuild other',
    }),
    'Phoenix: a script that nothing imports': phoenix('', {files: {'assets/js/old.js': chart}}),
    'Phoenix: a build of ones own': phoenix(chart, {deploy: 'node assets/build.js --deploy && mix phx.digest'}),
    'functions of Supabase, which have an import map of their own': project('', {
      'supabase/functions/bot/index.ts': "import {Bot} from 'grammy'\n",
    }),
    'what an importmap of Rails pins': project('', {
      'app/javascript/application.js': "import '@hotwired/turbo-rails'\nimport './routes/a'\n",
      'app/javascript/routes/a.js': "import consumer from '@rails/actioncable'\n",
      'config/importmap.rb': 'pin "@hotwired/turbo-rails"\npin "@rails/actioncable", to: "actioncable.esm.js"\n',
    }),
    'what Phoenix bundles of a dependency of mix': project('', {
      'demo/mix.exs': 'defp deps, do: [{:phoenix, "~> 1.8"}]\n',
      'demo/assets/js/app.js': 'import "phoenix"\nimport "phoenix-colocated/demo"\n',
    }),
    'what mix fetches': project('', {
      'mix.exs': 'defp deps do\n  [{:phoenix, "~> 1.8"}, {:phoenix_html, "~> 4.1"}]\nend\n',
      'assets/js/app.js': "import 'phoenix_html'\nimport {Socket} from 'phoenix'\n",
    }),
    'a member that is declared': workspace(pnpm, {declared: {'@shop/db': 'workspace:*'}, more: globs}),
    'npm links every member': workspace('npm ci && npm run build -w api'),
    'pnpm that hoists': workspace(pnpm, {more: {...globs, '.npmrc': 'shamefully-hoist=true\n'}}),
    'a member that is not built': workspace('npm i -g pnpm && pnpm install && pnpm --filter web build', {more: globs}),
    'a member as a type alone': workspace(pnpm, {source: "import type {Db} from '@shop/db'\n", more: globs}),
    'a source that no export of a member leads to': workspace('npx turbo prune api --docker', {
      declared: {'@shop/jobs': '*'},
      source: "import {schema} from '@shop/jobs/schema'\n",
      more: {
        'packages/jobs/package.json': '{"name": "@shop/jobs", "exports": {"./schema": "./src/schema.ts"}}',
        'packages/jobs/src/schema.ts': "export {schema} from './parts'\n",
        'packages/jobs/src/parts.ts': 'export const schema = 1\n',
        'packages/jobs/src/tasks/upload.ts': "import {db} from '@shop/db/pool'\n",
      },
    }),
    'turbo keeps it for another one': workspace('npx turbo prune web', {
      more: {
        'packages/web/package.json': '{"name": "web", "dependencies": {"api": "*", "@shop/db": "*"}}',
      },
    }),
    'the root declares it for all': workspace(pnpm, {
      more: {...globs, 'package.json': '{"devDependencies": {"@shop/db": "workspace:*"}}'},
    }),
    'an app for telephones beside it': project('', {
      'apps/mobile/package.json': '{"dependencies": {"react-native": "0.76.0"}}',
      'apps/mobile/src/index.ts': "import MapView from 'react-native-maps'\n",
    }),
    declared: project("import express from 'express/lib/x.js'\n"),
    'another package brings it': project("import qs from 'qs'\n"),
    'built into Node': project("import fs from 'fs'\nimport 'node:path'\nimport 'fs/promises'\n"),
    'an import of the package itself': project("import db from '#db'\nimport a from '~/a'\nimport b from '@/b'\n"),
    'an alias for a folder': project("import a from 'components/a'\nimport b from '@components/b'\n", {
      'src/components/a.js': '',
    }),
    'an alias of tsconfig.json for a folder in brackets': project("import a from '@main/layout'\n", {
      'tsconfig.json': '{"compilerOptions": {"paths": {"@main/*": ["./src/app/(main)/*"]}}}',
    }),
    'an alias of tsconfig.json': project("import a from 'shop-core'\n", {
      'tsconfig.json': '{"compilerOptions": {"paths": {"shop-core": ["./core"]}}}',
    }),
    'scripts of pages that are data, or no part of the bundle': project('', {
      'src/routes/+page.svelte':
        "<script type=\"importmap\">import x from 'left-pad'\n</script>\n<!-- <script>\nimport y from 'left-pad'\n</script> -->\n<p>\nimport z from 'left-pad'\n</p>\n",
    }),
    'what frameworks make up for pages': project('', {
      'src/routes/+page.svelte':
        "<script lang=\"ts\">\nimport {page} from '$app/stores'\nimport type {PageData} from './$types'\nimport {getCollection} from 'astro:content'\nimport Icon from '~icons/mdi/cart'\nimport 'virtual:uno.css'\n</script>\n",
    }),
    'a page that nothing shows': project('', {
      'src/old/Cart.vue': "<script setup>\nimport {x} from 'pinia'\n</script>\n",
    }),
    'a type that a page imports': project('', {
      'src/routes/+page.svelte': '<script lang="ts">\nimport type {X} from \'left-pad\'\n</script>\n',
    }),
    'of the workspace': project("import a from '@shop/core'\n", {
      'packages/core/package.json': '{"name": "@shop/core"}',
    }),
    'the type of a module': project("let tracker: typeof import('@acme/tracker') | null = null\n"),
    'a type of a module': project("function load(order: import('@acme/orders').Order) {}\n"),
    'a type alone': project("import type {A} from 'type-fest'\n"),
    'a package of the workspace that lacks nearly all: an exported design, which nothing builds': project('', {
      'apps/design/package.json': '{"name": "design"}',
      'apps/design/app/page.tsx': 'abcdef'.replace(/./g, "import $& from 'ui-$&'\n"),
    }),
    'without a lock file, what many packages bring': unlocked("import 'qs'\n"),
    'without a lock file, a relative of what is declared': unlocked(
      "import 'react-router'\nimport '@acme/shop-core'\n",
    ),
    'without a lock file, what one of a family brings, and what a RUN installs': unlocked(
      "import 'd3-shape'\nimport 'mathjs'\n",
      {Dockerfile: 'FROM node:22\nCOPY . .\nRUN npm install && npm install mathjs\nCMD ["node", "server.js"]\n'},
    ),
    'without a lock file, names that the browser finds': unlocked("import 'mathjs'\n", {
      'index.html': '<script type="importmap">{"imports": {"mathjs": "https://esm.sh/mathjs"}}</script>',
    }),
    'without a lock file, more than a package.json that is meant forgets': unlocked(
      "import 'mathjs'\nimport 'knex'\nimport 'helmet'\n",
    ),
    'what the code can do without': project(
      "import('bufferutil').catch(() => {})\nimport('newrelic').then((it) => it.start()).catch(() => undefined)\n",
    ),
    'what development alone loads': project(
      `if (process.env.NODE_ENV !== 'production') {
  log.use(require('pino-pretty'))
}
if (process.env.NODE_ENV === 'development') require('why-is-node-running')
if (isDev) { require('livereload') }
if (process.env.NODE_ENV === 'production') { app.use(cache()) } else { app.use(require('webpack-dev-middleware')) }
`,
    ),
    'with a lock file that is no text': unlocked("import 'mathjs'\n", {'bun.lockb': ''}),
  },
  flagged: {
    'beside a package.json, whatever Deno is told above': {
      ...project("import 'dinatra'\n", {'deno.json': '{}'}),
      expect: ['warning server.js:1:9 dinatra is imported, and it is neither in package.json nor in the lock file'],
    },
    'an entry of Rails': {
      files: {
        'fly.toml': 'app = "shop"\n',
        'config/application.rb': 'module Shop\nend\n',
        'package.json': '{"dependencies": {"react": "19"}, "devDependencies": {"vite": "6"}}',
        'package-lock.json': '{"packages": {"node_modules/react": {}, "node_modules/vite": {}}}',
        'app/frontend/entrypoints/application.ts': "import 'formik'\n",
        'app/frontend/entrypoints/other.ts': "import '../menu.ts'\n",
        'app/frontend/menu.ts': "import 'yup'\n",
      },
      expect: [
        'warning app/frontend/entrypoints/application.ts:1:9 formik is imported, and it is neither in package.json nor in the lock file',
        'warning app/frontend/menu.ts:1:9 yup is imported, and it is neither in package.json nor in the lock file',
      ],
    },
    'without a lock file, what none of the packages is called like': {
      ...unlocked("import {create} from 'mathjs'\n"),
      expect: [
        'warning server.js:1:23 mathjs is imported, and no package.json here has mathjs: unless another package happens to bring it, it is not installed',
      ],
    },
    'Phoenix: a package that nothing installs': {
      ...phoenix(chart),
      expect: [
        'error assets/js/chart.js:1:20 mix assets.deploy stops: assets/js/chart.js imports chart.js, and nothing installs packages of npm in assets before it',
      ],
    },
    'Phoenix: with the tsconfig.json of phx.new': {
      ...phoenix(chart, {
        files: {
          'assets/tsconfig.json':
            '// Names of deps.\n{"compilerOptions": {"baseUrl": ".", "paths": {"*": ["../deps/*"]}, "allowJs": true}, "include": ["js/**/*"]}',
        },
      }),
      expect: [
        'error assets/js/chart.js:1:20 mix assets.deploy stops: assets/js/chart.js imports chart.js, and nothing installs packages of npm in assets before it',
      ],
    },
    'Phoenix: one of two bundles': {
      ...phoenix(chart, {deploy: 'mix esbuild shop --minify && mix esbuild other'}),
      expect: [
        'error assets/js/chart.js:1:20 mix esbuild stops: assets/js/chart.js imports chart.js, and nothing installs packages of npm in assets before it',
      ],
    },
    'Phoenix: packages of the computer that deploys may come': {
      ...phoenix(chart, {files: {'.dockerignore': '_build\n', 'assets/package.json': '{}'}}),
      expect: [
        'warning assets/js/chart.js:1:20 mix assets.deploy stops: assets/js/chart.js imports chart.js, and nothing installs packages of npm in assets before it',
      ],
    },
    'Phoenix: one that its package.json declares': {
      ...phoenix(chart, {
        deploy: 'mix esbuild shop --minify',
        files: {'assets/package.json': '{"dependencies": {"chart.js": "^4"}}'},
      }),
      expect: [
        'error assets/js/chart.js:1:20 mix esbuild stops: assets/js/chart.js imports chart.js, and nothing installs packages of npm in assets before it',
      ],
    },
    'of a page of Svelte': {
      ...project('', {
        'src/routes/+page.svelte': "<p>hi</p>\n<script>\n  import {x} from 'left-pad'\n</script>\n",
      }),
      expect: [
        'warning src/routes/+page.svelte:3:20 left-pad is imported, and it is neither in package.json nor in the lock file',
      ],
    },
    'of a part that a page shows': {
      ...project('', {
        'src/routes/+page.svelte': "<script>\nimport Cart from '$lib/Cart.svelte'\n</script>\n",
        'src/lib/Cart.svelte': '<script lang="ts">\n  import {x} from \'left-pad\'\n</script>\n',
      }),
      expect: [
        'warning src/lib/Cart.svelte:2:20 left-pad is imported, and it is neither in package.json nor in the lock file',
      ],
    },
    'of a part of Vue': {
      ...project('', {
        'src/main.ts': "import App from './App.vue'\n",
        'src/App.vue': '<template>\n</template>\n<script setup lang="ts">\nimport {x} from "pinia"\n</script>\n',
      }),
      expect: ['warning src/App.vue:4:18 pinia is imported, and it is neither in package.json nor in the lock file'],
    },
    'of a page of Astro': {
      ...project('', {
        'src/pages/index.astro': "---\nimport {x} from 'left-pad'\n---\n<p>hi</p>\n",
      }),
      expect: [
        'warning src/pages/index.astro:2:18 left-pad is imported, and it is neither in package.json nor in the lock file',
      ],
    },
    'a member of the workspace that a page of Svelte imports': {
      ...workspace(pnpm, {
        source: '',
        more: {...globs, 'packages/api/src/App.svelte': "<script>\nimport {db} from '@shop/db'\n</script>\n"},
      }),
      expect: [
        'warning packages/api/src/App.svelte:2:19 @shop/db of the workspace is imported, and packages/api/package.json does not declare it: pnpm links nothing that is not declared',
      ],
    },
    'all are built': {
      ...workspace('npm i -g pnpm && pnpm install && pnpm -r run build', {more: globs}),
      expect: [
        'warning packages/api/src/server.ts:1:19 @shop/db of the workspace is imported, and packages/api/package.json does not declare it: pnpm links nothing that is not declared',
      ],
    },
    'a member that pnpm does not link': {
      ...workspace(pnpm, {more: globs}),
      expect: [
        'warning packages/api/src/server.ts:1:19 @shop/db of the workspace is imported, and packages/api/package.json does not declare it: pnpm links nothing that is not declared',
      ],
    },
    'a source that an export of a member leads to': {
      ...workspace('npx turbo prune api --docker', {
        declared: {'@shop/jobs': '*'},
        source: "import {schema} from '@shop/jobs/schema'\n",
        more: {
          'packages/jobs/package.json': '{"name": "@shop/jobs", "exports": {"./schema": "./src/schema.ts"}}',
          'packages/jobs/src/schema.ts': "export {schema} from './parts'\n",
          'packages/jobs/src/parts.ts': "import {db} from '@shop/db/pool'\nexport const schema = db\n",
        },
      }),
      expect: [
        'warning packages/jobs/src/parts.ts:1:19 @shop/db of the workspace is imported, and packages/jobs/package.json does not declare it: turbo prune leaves out what nobody declares',
      ],
    },
    'a member that turbo leaves out': {
      ...workspace('npx turbo prune api --docker'),
      expect: [
        'warning packages/api/src/server.ts:1:19 @shop/db of the workspace is imported, and packages/api/package.json does not declare it: turbo prune leaves out what nobody declares',
      ],
    },
    'neither declared nor locked': {
      ...project("import fetch from 'node-fetch'\nimport again from 'node-fetch/src'\n"),
      expect: ['warning server.js:1:20 node-fetch is imported, and it is neither in package.json nor in the lock file'],
    },
    'a rejection that ends the program': {
      ...project("import('newrelic').catch((error) => process.exit(1))\n"),
      expect: ['warning server.js:1:9 newrelic is imported, and it is neither in package.json nor in the lock file'],
    },
    'what production alone loads': {
      ...project("if (process.env.NODE_ENV === 'production') {\n  require('newrelic')\n}\n"),
      expect: ['warning server.js:2:12 newrelic is imported, and it is neither in package.json nor in the lock file'],
    },
    'a longer name is another package': {
      ...project("import polaris from '@shopify/polaris'\n", {
        'package-lock.json': '{"packages": {"node_modules/@shopify/polaris-types": {}}}',
      }),
      expect: [
        'warning server.js:1:22 @shopify/polaris is imported, and it is neither in package.json nor in the lock file',
      ],
    },
    'of a scope': {
      ...project("const {Page} = require('@shopify/polaris/build')\n"),
      expect: [
        'warning server.js:1:25 @shopify/polaris/build is imported, and @shopify/polaris is neither in package.json nor in the lock file',
      ],
    },
  },
})
