import checkPath from '../../../checks/image/check-path.ts'
import {testCheck} from '../../harness.ts'

type Files = Record<string, string>
const project = (path: string, dockerfile: string, files: Files, check = '') => ({
  files: {
    Dockerfile: `${dockerfile}\n`,
    'fly.toml': `app = "shop"\n[http_service]\n  internal_port = 8000\n[[http_service.checks]]\n  path = "${path}"\n${check}`,
    ...files,
  },
})
const python = (path: string, code: string, files: Files = {}, check = '') =>
  project(
    path,
    'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["uvicorn", "main:app", "--host", "0.0.0.0"]',
    {'main.py': code, ...files},
    check,
  )
const node = (path: string, code: string, files: Files = {}) =>
  project(path, 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]', {
    'package.json':
      '{"dependencies": {"express": "5", "fastify": "5", "hono": "4", "@nestjs/common": "11", "@nestjs/core": "11"}}',
    'server.js': code,
    ...files,
  })
const hono = (path: string, code: string) =>
  node(
    path,
    `import {Hono} from 'hono'\nimport {serve} from '@hono/node-server'\nimport {serveStatic} from '@hono/node-server/serve-static'\nconst app = new Hono()\n${code}app.get('/api/health', up)\nserve({fetch: app.fetch, port: 8000})\n`,
    {'package.json': '{"type": "module", "dependencies": {"hono": "4", "@hono/node-server": "1"}}'},
  )
const health = 'export const GET = () => new Response()\n'
const next = (path: string, files: Files, config = '{}') =>
  project(path, 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npm", "start"]', {
    'package.json': '{"scripts": {"build": "next build", "start": "next start"}, "dependencies": {"next": "15.5.9"}}',
    'next.config.js': `module.exports = ${config}\n`,
    'src/app/page.tsx': 'export default () => <p>shop</p>\n',
    'src/app/api/health/route.ts': health,
    ...files,
  })
const svelte = (path: string, files: Files = {}, check = '') =>
  project(
    path,
    'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "build/index.js"]',
    {
      'package.json':
        '{"type": "module", "scripts": {"build": "vite build"}, "devDependencies": {"@sveltejs/kit": "^2.22.0"}}',
      'svelte.config.js':
        "import adapter from '@sveltejs/adapter-node'\n\nexport default {kit: {adapter: adapter()}}\n",
      'src/routes/+page.svelte': '<p>shop</p>\n',
      'src/routes/api/health/+server.ts': health,
      ...files,
    },
    check,
  )
const astro = (path: string, files: Files = {}) =>
  project(
    path,
    'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nENV HOST=0.0.0.0\nCMD ["node", "dist/server/entry.mjs"]',
    {
      'package.json':
        '{"scripts": {"build": "astro build"}, "dependencies": {"astro": "5.16.0", "@astrojs/node": "9.5.0"}}',
      'astro.config.mjs':
        "import node from '@astrojs/node'\nimport {defineConfig} from 'astro/config'\n\nexport default defineConfig({output: 'server', adapter: node({mode: 'standalone'})})\n",
      'src/pages/index.astro': '<p>shop</p>\n',
      'src/pages/api/health.ts': health,
      ...files,
    },
  )
const router = (path: string, routes: string, files: Files = {}) =>
  project(path, 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npm", "start"]', {
    'package.json':
      '{"scripts": {"build": "react-router build", "start": "react-router-serve ./build/server/index.js"}, "dependencies": {"@react-router/serve": "7.9.0"}, "devDependencies": {"@react-router/dev": "7.9.0"}}',
    'app/routes.ts': `import {index, prefix, route} from '@react-router/dev/routes'\n\nexport default ${routes}\n`,
    'app/routes/home.tsx': 'export default () => <p>shop</p>\n',
    ...files,
  })
const configured = "[index('routes/home.tsx'), ...prefix('api', [route('health', 'routes/home.tsx')])]"
const go = (path: string, code: string) =>
  project(path, 'FROM golang:1.24\nWORKDIR /app\nCOPY . .\nRUN go build -o /api .\nCMD ["/api"]', {
    'go.mod': 'module shop\n',
    'main.go': `package main\n${code}`,
  })
const fastapi = 'from fastapi import FastAPI\napp = FastAPI()\n'
const express = "const express = require('express')\nconst app = express()\n"
const says = (path: string, framework: string) =>
  `warning fly.toml:5:3 http_service.checks[0].path is "${path}", but no route of the ${framework} app is called so: the check gets 404, and fails`

const starlette = (path: string, routes: string) =>
  python(
    path,
    `from starlette.applications import Starlette\nfrom starlette.routing import Mount, Route\napp = Starlette(routes=[${routes}])\n`,
  )
const aiohttp = (path: string, code: string) => {
  const {files} = python(path, `from aiohttp import web\napp = web.Application()\n${code}web.run_app(app, port=8000)\n`)
  return {files: {...files, Dockerfile: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["python", "main.py"]\n'}}
}
const actix = (path: string, code: string) =>
  project(
    path,
    'FROM rust:1 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nFROM debian:bookworm-slim\nCOPY --from=build /src/target/release/shop /usr/local/bin/shop\nCMD ["shop"]',
    {
      'Cargo.toml': '[package]\nname = "shop"\n[dependencies]\nactix-web = "4"\n',
      'src/main.rs': `use actix_web::{get, web, App, HttpServer};\n${code}\nfn main() { HttpServer::new(|| App::new().service(root)).bind(("0.0.0.0", 8000)); }\n`,
    },
  )
const laravel = (path: string, routes: string, files: Files = {}, from = 'php:8.3-cli') =>
  project(
    path,
    `FROM ${from}\nWORKDIR /app\nCOPY . .\nCMD ["php", "artisan", "serve", "--host=0.0.0.0", "--port=8000"]`,
    {
      artisan: '#!/usr/bin/env php\n',
      'composer.json': '{"require": {"laravel/framework": "^11.0"}}',
      'bootstrap/app.php':
        "<?php\nreturn Application::configure()->withRouting(web: __DIR__.'/../routes/web.php')->create();\n",
      'routes/web.php': `<?php\nuse Illuminate\\Support\\Facades\\Route;\n${routes}`,
      ...files,
    },
  )
const welcome = "Route::get('/', fn () => view('welcome'));\n"

/** Django, whose addresses are included from an app. */
const django = (path: string, shop: string, orders = '', more: Files = {}) =>
  project(path, 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "shop.wsgi", "-b", ":8000"]', {
    'manage.py': '',
    'shop/wsgi.py': '',
    'shop/settings.py': 'ROOT_URLCONF = "shop.urls"\nMIDDLEWARE = ["django.middleware.common.CommonMiddleware"]\n',
    'shop/urls.py': `from django.urls import include, path\nurlpatterns = [\n${shop}]\n`,
    'orders/urls.py': `urlpatterns = [\n${orders}]\n`,
    ...more,
  })
const includes = '    path("admin/", admin.site.urls),\n    path("", include("orders.urls")),\n'

testCheck(checkPath, {
  clean: {
    'Phoenix, a route for whatever comes': project(
      '/health',
      'FROM elixir:1.18\nWORKDIR /app\nCOPY . .\nCMD ["/app/bin/server"]',
      {
        'mix.exs': '',
        'lib/shop_web/router.ex':
          'use ShopWeb, :router\nscope "/", ShopWeb do\n  get "/*path", PageController, :home\nend\n',
      },
    ),
    'Phoenix, a plug that looks at the parts of the path': project(
      '/health',
      'FROM elixir:1.18\nWORKDIR /app\nCOPY . .\nCMD ["/app/bin/server"]',
      {
        'mix.exs': '',
        'lib/shop_web/alive.ex': 'def call(%{path_info: ["health"]} = conn, _), do: send_resp(conn, 200, "")\n',
        'lib/shop_web/router.ex':
          'use ShopWeb, :router\nscope "/", ShopWeb do\n  get "/", PageController, :home\nend\n',
      },
    ),
    'Hono: files below the path that they are served at': hono(
      '/static/up.txt',
      "app.use('/static/*', serveStatic({root: './public'}))\n",
    ),
    'Hono: files of every path': hono('/up', "app.use('/*', serveStatic({root: './public'}))\n"),
    'Hono: files of every path, without a path': hono('/up', "app.use(serveStatic({root: './public'}))\n"),
    'Hono: files by another name': hono('/up', "const files = serveStatic({root: './public'})\napp.use(files)\n"),
    'Hono: the route beside files': hono('/api/health', "app.use('/static/*', serveStatic({root: './public'}))\n"),
    'SvelteKit: a route, and a page': svelte('/api/health'),
    'SvelteKit: the first page': svelte('/'),
    'SvelteKit: a route in a group': svelte('/healthz', {'src/routes/(ops)/healthz/+server.js': health}),
    'SvelteKit: any text there': svelte('/healthz', {'src/routes/[slug]/+page.svelte': '<p>hi</p>\n'}),
    'SvelteKit: a text that a function asks about': svelte('/healthz', {
      'src/routes/[slug=word]/+page.svelte': '<p>hi</p>\n',
    }),
    'SvelteKit: all that is below': svelte('/a/b', {'src/routes/[...rest]/+page.svelte': '<p>hi</p>\n'}),
    'SvelteKit: a language or none': svelte('/healthz', {'src/routes/[[lang]]/healthz/+page.svelte': '<p>hi</p>\n'}),
    'SvelteKit: a sign by its number': svelte('/up.json', {'src/routes/up[x+2e]json/+server.ts': health}),
    'SvelteKit: a file of static': svelte('/up.txt', {'static/up.txt': 'ok\n'}),
    'SvelteKit: a hook that answers': svelte('/healthz', {
      'src/hooks.server.ts':
        "export const handle = ({event, resolve}) => isProbe(event) ? new Response('ok') : resolve(event)\n",
    }),
    'SvelteKit: a hook that leads elsewhere': svelte('/healthz', {
      'src/hooks.ts': "export const reroute = () => '/'\n",
    }),
    'SvelteKit: a path in front of all that is worked out': svelte('/api/health', {
      'svelte.config.js':
        "import adapter from '@sveltejs/adapter-node'\n\nexport default {kit: {adapter: adapter(), paths: {base: process.env.BASE ?? ''}}}\n",
    }),
    'Astro: an endpoint, and a page': astro('/api/health'),
    'Astro: the first page': astro('/'),
    'Astro: any text there, and all that is below': astro('/healthz', {'src/pages/[slug].astro': '<p>hi</p>\n'}),
    'Astro: all that is below': astro('/a/b', {'src/pages/[...path].ts': health}),
    'Astro: a page in Markdown': astro('/about', {'src/pages/about.md': '# About\n'}),
    'Astro: a file with an ending': astro('/up.json', {'src/pages/up.json.ts': health}),
    'Astro: a file of public': astro('/up.txt', {'public/up.txt': 'ok\n'}),
    'Astro: a middleware may answer': astro('/healthz', {'src/middleware.ts': 'export const onRequest = () => {}\n'}),
    'Astro: a package may bring a route': astro('/healthz', {
      'astro.config.mjs':
        "import node from '@astrojs/node'\nimport starlight from '@astrojs/starlight'\n\nexport default {adapter: node({mode: 'standalone'}), integrations: [starlight()]}\n",
    }),
    'Astro: every method': astro('/hook', {'src/pages/hook.ts': 'export const ALL = () => new Response()\n'}),
    'React Router: a route below a prefix': router('/api/health', configured),
    'React Router: the first page': router('/', configured),
    'React Router: all the rest': router('/healthz', "[index('routes/home.tsx'), route('*', 'routes/home.tsx')]"),
    'React Router: a part that may be left out': router('/healthz', "[route('healthz?/:id?', 'routes/home.tsx')]"),
    'React Router: routes of another file': router('/healthz', '[...ops]'),
    'React Router: the files of a folder': router('/api/health', 'flatRoutes()', {
      'app/routes/api.health.ts': health,
    }),
    'React Router: a folder with its route, in one without a path': router('/healthz', 'flatRoutes()', {
      'app/routes/_ops.healthz/route.ts': health,
    }),
    'React Router: a file for all the rest': router('/healthz', 'flatRoutes()', {'app/routes/$.tsx': health}),
    'Next.js: all methods that another file has': next('/healthz', {
      'src/app/healthz/route.ts': "export {GET, POST} from '../../health'\n",
    }),
    'Next.js: a path in front of all': next('/shop/api/health', {}, "{basePath: '/shop'}"),
    'Next.js: a path in front of all that is worked out': next('/api/health', {}, '{basePath: process.env.BASE}'),
    'SvelteKit: a path in front of all': svelte('/shop/api/health', {
      'svelte.config.js':
        "import adapter from '@sveltejs/adapter-node'\n\nexport default {kit: {adapter: adapter(), paths: {base: '/shop'}}}\n",
    }),
    'SvelteKit: every method': svelte('/healthz', {
      'src/routes/healthz/+server.ts': 'export const fallback = () => new Response()\n',
    }),
    'SvelteKit: a handler that another file has': svelte('/healthz', {
      'src/routes/healthz/+server.ts': "export {GET} from '$lib/health'\n",
    }),
    'Next.js: a route, and a page': next('/api/health', {}),
    'Next.js: the first page': next('/', {}),
    'Next.js: a route in a group': next('/healthz', {'src/app/(ops)/healthz/route.ts': health}),
    'Next.js: a page of the older router': next('/healthz', {'src/pages/healthz.tsx': 'export default () => null\n'}),
    'Next.js: any text there': next('/healthz', {'src/app/[shop]/page.tsx': 'export default () => null\n'}),
    'Next.js: all that is below': next('/a/b', {'src/app/[[...path]]/page.tsx': 'export default () => null\n'}),
    'Next.js: a file of public, and one that it makes': next('/up.txt', {'public/up.txt': 'ok\n'}),
    'Next.js: a middleware may answer': next('/healthz', {'src/middleware.ts': 'export function middleware() {}\n'}),
    'Next.js: rewrites may lead elsewhere': next('/healthz', {}, '{rewrites: async () => []}'),
    'Next.js: settings of a plug-in': next('/healthz', {}, "require('@payloadcms/next')({})"),
    'Next.js: several packages': next('/healthz', {'apps/web/package.json': '{}'}),
    'FastAPI: the pages that it brings itself': python('/docs', `${fastapi}@app.get("/orders")\ndef orders(): ...\n`),
    'Flask: a file of its static folder': python(
      '/static/ok.txt',
      'from flask import Flask\napp = Flask(__name__)\n@app.route("/orders")\ndef orders(): ...\n',
    ),
    'Django: a route of an app': django(
      '/orders/health/',
      '    path("orders/", include("orders.urls")),\n',
      '    path("health/", health),\n',
    ),
    'Django: a number': django('/orders/1/', includes, '    path("orders/<int:id>/", show),\n'),
    'Django: a text': django('/orders/a/', includes, '    path("<slug:kind>/<slug:name>/", show),\n'),
    'Django: below what a package answers': django('/api/health', '    path("api/", include(router.urls)),\n'),
    'Django: a pattern': django('/up/now', '    re_path(r"^up/(now|later)$", up),\n'),
    'Django: pages of a package at the top': django('/healthz', '    path("", include(wagtail_urls)),\n'),
    'Django: addresses that are added': django('/healthz', includes, '', {
      'orders/urls.py': 'urlpatterns = []\nurlpatterns += router.urls\n',
    }),
    'Django: a check of a package': django('/healthz', includes, '', {
      'shop/settings.py': 'ROOT_URLCONF = "shop.urls"\nMIDDLEWARE = ["healthcheck.HealthCheckMiddleware"]\n',
    }),
    'Django: beside FastAPI': django('/healthz', includes, '', {'api/main.py': 'app = FastAPI()\n'}),
    'Django: a middleware that looks at the path': python(
      '/healthz',
      'from django.urls import path\nurlpatterns = [path("orders/", orders)]\n',
      {'health.py': 'def health(request):\n    if request.path_info.strip("/") == "healthz":\n        return ok\n'},
    ),
    'Fastify: a plugin of somebody else': node(
      '/health',
      "const app = require('fastify')()\napp.register(require('@acme/base'))\napp.get('/orders', orders)\napp.listen({port: 8000})\n",
      {'package.json': '{"dependencies": {"fastify": "5", "@acme/base": "1"}}'},
    ),
    'Fastify: the same, imported': node(
      '/health',
      "import Fastify from 'fastify'\nimport base from 'acme-base'\nconst app = Fastify()\napp.register(base)\napp.get('/orders', orders)\napp.listen({port: 8000})\n",
      {'package.json': '{"type": "module", "dependencies": {"fastify": "5", "acme-base": "1"}}'},
    ),
    'NestJS: a controller with options': node(
      '/health',
      `${express}@Controller({path: 'health', version: '1'})\nclass Health {\n  @Get() ok() {}\n}\napp.get('/orders', orders)\napp.listen(8000)\n`,
    ),
    'NestJS: several paths': node(
      '/health',
      `${express}@Controller()\nclass Health {\n  @Get(['health', 'healthz']) ok() {}\n}\napp.get('/orders', orders)\napp.listen(8000)\n`,
    ),
    'Starlette: the route is there': starlette('/health', 'Route("/health", health)'),
    'Starlette: below a mount': starlette('/api/health', 'Route("/", root), Mount("/api", app=api)'),
    'Starlette: an app of others at the root': starlette('/health', 'Mount("/", app=mcp)'),
    'aiohttp: the route is there': aiohttp('/health', 'app.router.add_get("/health", health)\n'),
    'aiohttp: a route in a list': aiohttp(
      '/health',
      'app.add_routes([web.get("/", root), web.get("/health", health)])\n',
    ),
    'aiohttp: a path that is worked out': aiohttp(
      '/health',
      'app.router.add_get("/", root)\napp.router.add_get(PATH, root)\n',
    ),
    'aiohttp: any path': aiohttp('/health', 'app.router.add_get("/{tail:.*}", root)\n'),
    'Starlette: routes of a package': starlette('/health', 'Route("/", root), *others'),
    'aiohttp: a package that adds its own': aiohttp('/health', 'app.router.add_get("/", root)\nmonitor.setup(app)\n'),
    'aiohttp: a middleware that looks at the path': aiohttp(
      '/health',
      'def first(request):\n    return request.path.endswith("health")\napp.router.add_get("/", root)\n',
    ),
    'actix: what looks at the path': actix(
      '/health',
      '#[get("/")]\nasync fn root() {}\nfn first(r: R) -> bool { r.path().starts_with("/he") }',
    ),
    'actix: the route is there': actix('/health', '#[get("/health")]\nasync fn root() -> &\'static str { "ok" }'),
    'actix: in a scope': actix('/api/health', 'fn api() { web::scope("/api").route("/health", web::get().to(root)); }'),
    'actix: files': actix(
      '/health',
      '#[get("/")]\nasync fn root() {}\nfn files() -> Files { Files::new("/", "dist") }',
    ),
    'Laravel: the route is there': laravel('/health', `${welcome}Route::get('health', fn () => 'ok');\n`),
    'Laravel: a route with a prefix': laravel('/api/ping', welcome, {
      'routes/api.php': "<?php\nRoute::get('/ping', fn () => 'ok');\n",
    }),
    'Laravel: its own health check': laravel('/up', welcome, {
      'bootstrap/app.php':
        "<?php\nreturn Application::configure()->withRouting(web: __DIR__.'/../routes/web.php', health: '/up')->create();\n",
    }),
    'Laravel: a route for all paths': laravel('/health', `${welcome}Route::fallback(fn () => 'ok');\n`),
    'Laravel: a package with a route of its own': laravel('/health', welcome, {
      'composer.json': '{"require": {"laravel/framework": "^11.0", "acme/laravel-health": "^1.0"}}',
    }),
    'Laravel: a file that is handed out': laravel('/health.txt', welcome, {'public/health.txt': 'ok\n'}),
    'Laravel: routes of a package of its own': laravel('/health', welcome, {
      'app/Providers/ShopServiceProvider.php': "<?php\n$this->loadRoutesFrom(__DIR__.'/../../shop/routes.php');\n",
    }),
    'aiohttp, which uvicorn does not run': python('/health', 'app = make()\n', {
      'tool.py': 'from aiohttp import web\napp = web.Application()\napp.router.add_get("/", root)\n',
    }),
    'Laravel: the path of a package': laravel('/horizon', welcome, {
      'composer.json': '{"require": {"laravel/framework": "^11.0", "laravel/horizon": "^5.0"}}',
    }),
    'Laravel: a path that is worked out': laravel('/health', `${welcome}Route::get('/'.config('shop.health'), $ok);\n`),
    'Laravel: parts that may be missing': laravel('/health', "Route::get('/{locale?}/{page?}', Page::class);\n"),
    'Laravel: a middleware answers': laravel('/health', welcome, {
      'app/Http/Middleware/Health.php': "<?php\nif ($request->is('health')) { return response('ok'); }\n",
    }),
    'Laravel: a folder that is handed out': laravel('/health', welcome, {'public/health/index.html': 'ok\n'}),
    'Laravel: nginx answers': laravel('/health', welcome, {
      'docker/nginx.conf': 'location = /health { return 200; }\n',
    }),
    'Laravel: an image that answers by itself': laravel('/healthcheck', welcome, {}, 'serversideup/php:8.3-fpm-nginx'),
    'the route is there': python('/health', `${fastapi}@app.get("/health")\ndef health(): ...\n`),
    'in a folder that is called as documentation': python('/docs/up', `${fastapi}@app.get("/")\ndef root(): ...\n`, {
      'docs/routes.py': '@router.get("/docs/up")\ndef up(): ...\n',
    }),
    'in a folder of the program that is called as examples': python(
      '/up',
      `from app.examples.first import router\n${fastapi}app.include_router(router, prefix=PREFIX)\n@app.get("/")\ndef root(): ...\n`,
      {'app/examples/first.py': '@router.get("/up")\ndef up(): ...\n'},
    ),
    'in a module that the server takes from such a folder': node(
      '/up',
      `${express}require('./docs/up')(app)\napp.get('/api', handle)\napp.listen(8000)\n`,
      {'docs/up.js': "module.exports = (app) => app.get('/up', handle)\n"},
    ),
    'a router of a package': python(
      '/health',
      `from shop_common.health import health_router\n${fastapi}@app.get("/api")\ndef api(): ...\napp.include_router(health_router)\n`,
    ),
    'with a prefix of its router': python('/api/health', `${fastapi}app.include_router(router, prefix="/api")\n`, {
      'routes.py': '@router.get("/health")\ndef health(): ...\n',
    }),
    'a prefix that is the path': python(
      '/health',
      `${fastapi}router = APIRouter(prefix="/health")\n@router.get("/")\ndef health(): ...\n`,
    ),
    'a path with a parameter': python('/items/1', `${fastapi}@app.get("/items/{id}")\ndef item(): ...\n`),
    'a route for every path': python('/ping', `${fastapi}@app.get("/{path:path}")\ndef all(): ...\n`),
    'a path that is worked out': python(
      '/ping',
      `${fastapi}@app.get(PING)\ndef ping(): ...\n@app.get("/")\ndef root(): ...\n`,
    ),
    'middleware that names it': python('/ping', `${fastapi}PATHS = ["/ping"]\n@app.get("/")\ndef root(): ...\n`),
    'no routes at all': python('/ping', fastapi),
    'below what another app answers': python(
      '/mcp/health',
      `${fastapi}app.mount("/mcp", mcp)\n@app.get("/")\ndef root(): ...\n`,
    ),
    'files of a folder': node(
      '/',
      `${express}app.use(express.static('public'))\napp.get('/api', handle)\napp.listen(8000)\n`,
    ),
    'a handler for everything': node(
      '/up',
      `${express}app.get('/api', handle)\napp.use((req, res) => res.send('ok'))\napp.listen(8000)\n`,
    ),
    'a package of the workspace': node(
      '/up',
      `${express}require('@shop/health')(app)\napp.get('/api', handle)\napp.listen(8000)\n`,
      {
        'package.json': '{"name": "shop"}',
        'packages/health/package.json': '{"name": "@shop/health"}',
      },
    ),
    'net/http answers everything below /': go(
      '/ping',
      'func main() {\n\thttp.HandleFunc("/", root)\n\thttp.ListenAndServe(":8000", nil)\n}\n',
    ),
    'a health check of chi': go(
      '/ping',
      'import (\n\t"github.com/go-chi/chi/v5"\n)\nfunc main() {\n\tr.Use(middleware.Heartbeat("/ping"))\n\tr.Get("/", root)\n\thttp.ListenAndServe(":8000", r)\n}\n',
    ),
    'a route of net/http beside chi': go(
      '/ping',
      'import (\n\t"github.com/go-chi/chi/v5"\n)\nfunc main() {\n\tmux.Handle("GET /ping", ok)\n\tr.Get("/", root)\n\thttp.ListenAndServe(":8000", mux)\n}\n',
    ),
    'a / more, which Express takes for the same': node(
      '/health',
      `${express}app.get('/health/', handle)\napp.listen(8000)\n`,
    ),
    'only a test has another': python('/health', `${fastapi}@app.get("/health")\ndef health(): ...\n`, {
      'tests/test_a.py': 'client.post("/health")\n',
    }),
  },
  flagged: {
    'Hono: another path beside files': {
      ...hono('/health', "app.use('/static/*', serveStatic({root: './public'}))\n"),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/health", but no route of the Hono app is called so: the check gets 404, and fails',
      ],
    },
    'SvelteKit: a route that is not there': {
      ...svelte('/healthz'),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/healthz", but no route of the SvelteKit app is called so: the check gets 404, and fails',
      ],
    },
    'SvelteKit: a route for another method': {
      ...svelte('/hook', {'src/routes/hook/+server.ts': 'export const POST = () => new Response()\n'}),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/hook", which the app answers for POST only: the check asks with GET, and fails',
      ],
    },
    'SvelteKit: a path in front of all': {
      ...svelte('/api/health', {
        'svelte.config.js':
          "import adapter from '@sveltejs/adapter-node'\n\nexport default {kit: {adapter: adapter(), paths: {base: '/shop'}}}\n",
      }),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/api/health", but all paths of the SvelteKit app begin with /shop: the check gets 404, and fails',
      ],
    },
    'Next.js: a path in front of all': {
      ...next('/api/health', {}, "{basePath: '/shop'}"),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/api/health", but all paths of the Next.js app begin with /shop: the check gets 404, and fails',
      ],
    },
    'Next.js: a route for another method': {
      ...next('/hook', {'src/app/hook/route.ts': 'export async function POST() {\n  return new Response()\n}\n'}),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/hook", which the app answers for POST only: the check asks with GET, and fails',
      ],
    },
    'Astro: a route that is not there, and a part with _': {
      ...astro('/healthz', {'src/pages/_healthz.ts': health}),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/healthz", but no route of the Astro app is called so: the check gets 404, and fails',
      ],
    },
    'React Router: a route that is not there': {
      ...router('/healthz', configured),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/healthz", but no route of the React Router app is called so: the check gets 404, and fails',
      ],
    },
    'React Router: no such file': {
      ...router('/healthz', 'flatRoutes()', {'app/routes/api.health.ts': health, 'app/routes/_healthz.tsx': health}),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/healthz", but no route of the React Router app is called so: the check gets 404, and fails',
      ],
    },
    'SvelteKit: a / at the end': {
      ...svelte('/api/health/'),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/api/health/", which SvelteKit answers with a redirect to /api/health: a check does not follow it, and fails',
      ],
    },
    'Next.js: no such file of a route': {
      ...next('/healthz', {}),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/healthz", but no route of the Next.js app is called so: the check gets 404, and fails',
      ],
    },
    'Next.js: folders that are no part of the path, and no route themselves': {
      ...next('/ops/healthz', {'src/app/_ops/healthz/route.ts': health, 'src/app/(ops)/live/route.ts': health}),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/ops/healthz", but no route of the Next.js app is called so: the check gets 404, and fails',
      ],
    },
    'Next.js: a / at the end': {
      ...next('/api/health/', {}),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/api/health/", which Next.js answers with a redirect to /api/health: a check does not follow it, and fails',
      ],
    },
    'Starlette without the route': {
      ...starlette('/health', 'Route("/", root)'),
      expect: [says('/health', 'Starlette')],
    },
    'aiohttp without the route': {
      ...aiohttp('/health', 'app.router.add_get("/", root)\n'),
      expect: [says('/health', 'aiohttp')],
    },
    'actix without the route': {
      ...actix('/health', '#[get("/")]\nasync fn root() -> &\'static str { "ok" }'),
      expect: [says('/health', 'actix')],
    },
    'Laravel without the route': {
      ...laravel('/up', `${welcome}// Route::get('/up', fn () => 'ok');\n`),
      expect: [says('/up', 'Laravel')],
    },
    'Laravel without the route, beside its own health check': {
      ...laravel('/health', welcome, {
        'bootstrap/app.php':
          "<?php\nreturn Application::configure()->withRouting(web: __DIR__.'/../routes/web.php', health: '/up')->create();\n",
      }),
      expect: [says('/health', 'Laravel')],
    },
    FastAPI: {
      ...python('/ping', `${fastapi}@app.get("/health")\ndef health(): ...\n`),
      expect: [says('/ping', 'FastAPI')],
    },
    'FastAPI, with a router of its own': {
      ...python(
        '/ping',
        `from shop.health import health_router\n${fastapi}@app.get("/api")\ndef api(): ...\napp.include_router(health_router)\n`,
        {'shop/health.py': 'health_router = APIRouter()\n@health_router.get("/health")\ndef health(): ...\n'},
      ),
      expect: [says('/ping', 'FastAPI')],
    },
    'the root, which no route has': {
      ...python('/', `${fastapi}@app.get("/health")\ndef health(): ...\n`),
      expect: [says('/', 'FastAPI')],
    },
    'a / at its end': {
      ...python('/health', `${fastapi}@app.get("/health/")\ndef health(): ...\n`),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/health", which FastAPI answers with a redirect to /health/: a check does not follow it, and fails',
      ],
    },
    'a route for POST': {
      ...python('/hook', `${fastapi}@app.post("/hook")\ndef hook(): ...\n`),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/hook", which the app answers for POST only: the check asks with GET, and fails',
      ],
    },
    'HEAD, which FastAPI does not take for GET': {
      ...python('/health', `${fastapi}@app.get("/health")\ndef health(): ...\n`, {}, '  method = "HEAD"\n'),
      expect: [
        'warning fly.toml:6:3 http_service.checks[0].path is "/health", which the app answers for GET only: the check asks with HEAD, and fails',
      ],
    },
    gin: {
      ...go(
        '/ping',
        'import (\n\t"github.com/gin-gonic/gin"\n)\nfunc main() {\n\tr := gin.New()\n\tr.GET("/health", health)\n\tr.POST("/ping/:region", ping)\n\tr.Run(":8000")\n}\n',
      ),
      expect: [says('/ping', 'gin')],
    },
    Express: {
      ...node(
        '/healthz',
        `${express}app.get('/health', handle)\napp.use('/api', require('./api'))\napp.listen(8000)\n`,
        {
          'api.js': "router.get('/users', handle)\n",
        },
      ),
      expect: [says('/healthz', 'Express')],
    },
    Fastify: {
      ...node(
        '/healthz',
        "const app = require('fastify')()\napp.get('/health', handle)\napp.listen({port: 8000, host: '::'})\n",
      ),
      expect: [says('/healthz', 'Fastify')],
    },
    Django: {
      ...project('/health', 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "shop.wsgi", "-b", ":8000"]', {
        'shop/wsgi.py': '',
        'shop/urls.py': 'urlpatterns = [\n    path("health/", health),\n    path("admin/", admin.site.urls),\n]\n',
      }),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/health", which Django answers with a redirect to /health/: a check does not follow it, and fails',
      ],
    },
    'Django: no route of any app': {
      ...django('/healthz/', includes, '    path("orders/<int:id>/", show),\n    path("<int:id>/", show),\n'),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/healthz/", but no route of the Django app is called so: the check gets 404, and fails',
      ],
    },
    'Django: a route of an app without its /': {
      ...django('/orders/health', '    path("orders/", include("orders.urls")),\n', '    path("health/", health),\n'),
      expect: [
        'warning fly.toml:5:3 http_service.checks[0].path is "/orders/health", which Django answers with a redirect to /orders/health/: a check does not follow it, and fails',
      ],
    },
    Phoenix: {
      ...project('/health', 'FROM elixir:1.18\nWORKDIR /app\nCOPY . .\nCMD ["/app/bin/server"]', {
        'mix.exs': '',
        'lib/shop_web/router.ex':
          'use ShopWeb, :router\nscope "/", ShopWeb do\n  get "/", PageController, :home\nend\n',
      }),
      expect: [says('/health', 'Phoenix')],
    },
    'Phoenix, with what its generator writes': {
      ...project('/health', 'FROM elixir:1.18\nWORKDIR /app\nCOPY . .\nCMD ["/app/bin/server"]', {
        'mix.exs': '',
        'lib/shop_web.ex':
          'defmodule ShopWeb do\n  def router do\n    quote do\n      use Phoenix.Router, helpers: false\n      use Phoenix.VerifiedRoutes, router: ShopWeb.Router\n    end\n  end\nend\n',
        'lib/shop_web/page_html.ex': 'defmodule ShopWeb.PageHTML do\n  embed_templates "page_html/*"\nend\n',
        'lib/shop_web/endpoint.ex': 'plug Plug.Parsers, pass: ["*/*"]\n',
        'lib/shop_web/router.ex':
          'use ShopWeb, :router\nscope "/", ShopWeb do\n  get "/", PageController, :home\nend\n',
      }),
      expect: [says('/health', 'Phoenix')],
    },
  },
})
