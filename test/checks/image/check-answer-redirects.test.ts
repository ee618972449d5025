import checkAnswer from '../../../checks/image/check-answer.ts'
import {testCheck} from '../../harness.ts'

const toml = (path: string, port: number) =>
  `app = "shop"\n[http_service]\n  internal_port = ${port}\n[[http_service.checks]]\n  path = "${path}"\n`
const app = (path: string, dockerfile: string, files: Record<string, string>, port = 3000) => ({
  files: {'fly.toml': toml(path, port), Dockerfile: dockerfile, ...files},
})

const node = 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npm", "start"]\n'
const next = (path: string, files: Record<string, string>, settings = 'export default {}\n') =>
  app(path, node, {
    'package.json': '{"scripts": {"build": "next build", "start": "next start"}, "dependencies": {"next": "15.5.0"}}',
    'next.config.mjs': settings,
    'app/layout.tsx': 'export default ({children}) => <html><body>{children}</body></html>\n',
    'app/shop/page.tsx': 'export default () => <p>shop</p>\n',
    ...files,
  })
const navigation = "import {redirect} from 'next/navigation'\n\n"
const sends = (entry: string) => `export default {async redirects() { return [${entry}] }}\n`
const express = (route: string, more = '') =>
  app('/', 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n', {
    'package.json': '{"dependencies": {"express": "5"}}',
    'server.js': `const express = require('express')\nconst app = express()\n${route}${more}app.get('/health', (req, res) => res.send('ok'))\napp.listen(3000)\n`,
  })
const python = (main: string, command: string) =>
  app('/', `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ${command}\n`, {
    'requirements.txt': 'fastapi==0.115.0\nuvicorn==0.34.0\nflask==3.1.0\ngunicorn==23.0.0\n',
    'main.py': main,
  })
const fastapi = (route: string) =>
  python(
    `from fastapi import FastAPI\nfrom fastapi.responses import RedirectResponse\n\napp = FastAPI()\n\n\n${route}`,
    '["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "3000"]',
  )
const flask = (route: string) =>
  python(
    `from flask import Flask, redirect, url_for\n\napp = Flask(__name__)\n\n\n${route}`,
    '["gunicorn", "-b", "0.0.0.0:3000", "main:app"]',
  )
const nuxt = (path: string, rules: string) =>
  app(path, node, {
    'package.json':
      '{"scripts": {"build": "nuxt build", "start": "node .output/server/index.mjs"}, "dependencies": {"nuxt": "4"}}',
    'nuxt.config.ts': `export default defineNuxtConfig({\n  routeRules: {${rules}},\n})\n`,
  })
const svelte = (load: string) =>
  app('/', node.replace('"npm", "start"', '"node", "build"'), {
    'package.json':
      '{"type": "module", "scripts": {"build": "vite build"}, "dependencies": {"@sveltejs/kit": "2"}, "devDependencies": {"@sveltejs/adapter-node": "5", "vite": "6"}}',
    'svelte.config.js': "import adapter from '@sveltejs/adapter-node'\nexport default {kit: {adapter: adapter()}}\n",
    'src/routes/+page.svelte': '<p>shop</p>\n',
    'src/routes/+page.server.ts': `import {redirect} from '@sveltejs/kit'\n\n${load}`,
  })
const says = (file: string, path = '/') =>
  `warning fly.toml:5:3 http_service.checks[0] asks for "${path}", which ${file} answers with a redirect: a check does not follow it, and fails`

testCheck(checkAnswer, {
  clean: {
    'Next.js: a page that sends some on': next('/', {
      'app/page.tsx': `${navigation}export default async function Home() {\n  const session = await auth()\n  if (!session) return <Landing />\n  redirect('/shop')\n}\n`,
    }),
    'Next.js: what waits is answered first': next('/', {
      'app/page.tsx': `${navigation}export default function Home() {\n  redirect('/shop')\n}\n`,
      'app/loading.tsx': 'export default () => <p>…</p>\n',
    }),
    'Next.js: another page sends on': next('/shop', {
      'app/page.tsx': `${navigation}export default function Home() {\n  redirect('/shop')\n}\n`,
    }),
    'Next.js: a redirect for those with a cookie': next(
      '/shop',
      {},
      sends("{source: '/shop', has: [{type: 'cookie', key: 'old'}], destination: '/', permanent: false}"),
    ),
    'Next.js: a rewrite': next(
      '/shop',
      {},
      "export default {async rewrites() { return [{source: '/shop', destination: '/'}] }}\n",
    ),
    'Express: it answers first': express(
      "app.get('/', (req, res) => {\n  if (req.session) return res.send('hello')\n  res.redirect('/shop')\n})\n",
    ),
    'Express: the route of a router, whose prefix is not known': express(
      "const orders = express.Router()\norders.get('/', (req, res) => res.redirect('/orders/all'))\napp.use('/orders', orders)\n",
    ),
    'FastAPI: one that answers': fastapi('@app.get("/")\ndef index():\n    return {"docs": "/docs"}\n'),
    'Flask: for whoever has no session': flask(
      '@app.get("/")\ndef index():\n    if "user" in session:\n        return "hello"\n    return redirect(url_for("login"))\n',
    ),
    'Nuxt: another path': nuxt('/healthz', '"/": {redirect: "/welcome"}'),
    'Nuxt: a rule of another kind': nuxt('/', '"/": {prerender: true}, "/old": {redirect: "/"}'),
    'SvelteKit: for whoever has no session': svelte(
      "export const load = ({locals}) => {\n  if (!locals.user) redirect(303, '/login')\n}\n",
    ),
  },
  flagged: {
    'Next.js: a page': {
      ...next('/', {'app/page.tsx': `${navigation}export default function Home() {\n  redirect('/shop')\n}\n`}),
      expect: [says('app/page.tsx')],
    },
    'Next.js: its settings': {
      ...next('/', {}, sends("{\n  source: '/',\n  destination: '/shop',\n  permanent: true,\n}")),
      expect: [says('next.config.mjs')],
    },
    Express: {
      ...express("app.get('/', (_req, res) => {\n  res.redirect('/docs')\n})\n"),
      expect: [says('server.js')],
    },
    'Express: in a line': {
      ...express("app.get('/', async (req, res) => res.redirect(302, '/docs'))\n"),
      expect: [says('server.js')],
    },
    FastAPI: {
      ...fastapi(
        '@app.get("/", include_in_schema=False)\nasync def index() -> RedirectResponse:\n    """To the docs."""\n    return RedirectResponse("/docs")\n',
      ),
      expect: [says('main.py')],
    },
    Flask: {
      ...flask('@app.route("/")\ndef index():\n    return redirect(url_for("login"))\n'),
      expect: [says('main.py')],
    },
    Nuxt: {
      ...nuxt('/', '"/": {redirect: {to: "/welcome", statusCode: 301}}'),
      expect: [says('nuxt.config.ts')],
    },
    SvelteKit: {
      ...svelte("export const load = () => {\n  throw redirect(307, '/shop')\n}\n"),
      expect: [says('src/routes/+page.server.ts')],
    },
  },
})
