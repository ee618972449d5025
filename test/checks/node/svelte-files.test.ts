import check from '../../../checks/node/svelte-files.ts'
import {testCheck} from '../../harness.ts'

/** A project of SvelteKit that the Dockerfile builds. */
const kit = (files: Record<string, string>, version = '^2.22.0') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "build"]\n',
    'package.json': JSON.stringify({
      scripts: {build: 'vite build'},
      devDependencies: {'@sveltejs/kit': version, vite: '^7.0.0'},
    }),
    'svelte.config.js': "import adapter from '@sveltejs/adapter-node'\n\nexport default {kit: {adapter: adapter()}}\n",
    'src/routes/+page.svelte': '<p>shop</p>\n',
    'src/lib/server/db.ts': 'export const db = 1\nexport interface Order {}\n',
    ...files,
  },
})
const page = (script: string) => `<script lang="ts">\n  ${script}\n</script>\n\n<p>shop</p>\n`
const exported = (place: string, what: string) =>
  `error ${place} npm run build stops: ${what} is exported, and what a file of a route exports is for SvelteKit alone`
const imported = (place: string, what: string, by = '') =>
  `error ${place} npm run build stops: ${what} is for the server, and the browser gets this file${by}`

testCheck(check, {
  clean: {
    'what each file may export': kit({
      'src/routes/+page.server.ts':
        "import {db} from '$lib/server/db'\n\nexport const load = () => ({db})\nexport const actions = {}\nexport const prerender = false\nexport const _limit = 3\nexport type Order = {}\n",
      'src/routes/+layout.ts': 'export const ssr = true\nexport const load = () => ({})\n',
      'src/routes/api/+server.ts':
        "import {env} from '$env/dynamic/private'\n\nexport const GET = () => new Response(env.NAME)\nexport const fallback = GET\n",
      'src/routes/api/names.ts': 'export const limit = 3\n',
      'src/hooks.server.ts':
        "import {API_KEY} from '$env/static/private'\n\nexport const handle = ({event, resolve}) => resolve(event)\n",
    }),
    'a type of the server': kit({
      'src/routes/+page.svelte': page("import type {Order} from '$lib/server/db'"),
      'src/routes/+page.ts': "import {type Order} from '$lib/server/db'\n\nexport const load = (): Order => ({})\n",
    }),
    'a value whose type alone is used, in TypeScript': kit({
      'src/routes/+page.ts': "import {db} from '$lib/server/db'\n\nexport const load = (): {db?: typeof db} => ({})\n",
    }),
    'a remote function': kit({
      'src/routes/+page.svelte': page("import {orders} from '$lib/orders.remote'"),
      'src/lib/orders.remote.ts': "import {db} from '$lib/server/db'\n\nexport const orders = query(() => db)\n",
    }),
    'what is for the browser': kit({'src/routes/+page.svelte': page("import {PUBLIC_NAME} from '$env/static/public'")}),
    'a route without code for the browser': kit({
      'src/routes/+page.ts': 'export const csr = false\n',
      'src/routes/+page.svelte': page("import {db} from '$lib/server/db'"),
    }),
    'a part that no route shows': kit({'src/lib/Orders.svelte': page("import {db} from '$lib/server/db'")}),
    'an import that may never run': kit({
      'src/routes/+page.svelte': page("const get = () => import('$lib/server/db')"),
    }),
    'a comment': kit({'src/routes/+page.svelte': page("// import {db} from '$lib/server/db'")}),
    'SvelteKit 1, which is not known': kit({'src/routes/+page.ts': 'export const limit = 3\n'}, '^1.30.0'),
    'Vite without SvelteKit': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npx vite build\n',
        'package.json': '{"devDependencies": {"vite": "^7.0.0"}}',
        'src/routes/+page.ts': 'export const limit = 3\n',
      },
    },
  },
  flagged: {
    'names that a route may not export': {
      ...kit({
        'src/routes/+page.server.ts': 'export const limit = 3\nexport const load = () => ({limit})\n',
        'src/routes/+layout.ts': 'export const actions = {}\n',
        'src/routes/api/+server.ts': "export async function get() {\n  return new Response('ok')\n}\n",
      }),
      expect: [
        exported('src/routes/+layout.ts:1:14', 'actions'),
        exported('src/routes/+page.server.ts:1:14', 'limit'),
        exported('src/routes/api/+server.ts:1:23', 'get'),
      ],
    },
    'a module of the server in a page': {
      ...kit({'src/routes/+page.svelte': page("import {db} from '$lib/server/db'")}),
      expect: [imported('src/routes/+page.svelte:2:21', '$lib/server/db')],
    },
    'private variables in a part of it': {
      ...kit({
        'src/routes/+page.svelte': page("import Cart from '$lib/Cart.svelte'"),
        'src/lib/Cart.svelte': page("import {env} from '$env/dynamic/private'"),
      }),
      expect: [imported('src/lib/Cart.svelte:2:22', '$env/dynamic/private', ', by src/routes/+page.svelte')],
    },
    'one by a module, and by its name': {
      ...kit({
        'src/routes/+page.ts': "import {total} from '$lib/total'\n\nexport const load = () => ({total: total()})\n",
        'src/lib/total.ts': "import {orders} from './orders.server'\n\nexport const total = () => orders.length\n",
        'src/lib/orders.server.ts': 'export const orders = []\n',
      }),
      expect: [imported('src/lib/total.ts:1:23', './orders.server', ', by src/routes/+page.ts')],
    },
  },
})
