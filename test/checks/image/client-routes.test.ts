import clientRoutes from '../../../checks/image/client-routes.ts'
import {testCheck} from '../../harness.ts'

type Files = Record<string, string>
const react = `import {BrowserRouter, Route} from 'react-router-dom'
export const App = () => <BrowserRouter><Route path="/" /><Route path="/login" /></BrowserRouter>
`
const onNginx = 'FROM nginx:1.27-alpine\nCOPY --from=build /app/dist /usr/share/nginx/html'
const withConfig = onNginx.replace('COPY', 'COPY nginx.conf /etc/nginx/conf.d/default.conf\nCOPY')
const conf = (location: string) =>
  `server {\n  listen 80;\n  root /usr/share/nginx/html;\n  location / {\n    ${location}\n  }\n}\n`
const project = (last: string, more: Files = {'src/main.tsx': react}, packages: string[] = ['react-router-dom']) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\n${last}\n`,
    'package.json': JSON.stringify({
      scripts: {build: 'vite build'},
      dependencies: Object.fromEntries([...packages, 'vite'].map((name) => [name, '*'])),
    }),
    'package-lock.json': '{}',
    'index.html': '',
    ...more,
  },
})
const says = (place: string, server: string, path: string, router: string) => [
  `warning ${place} ${server} has no file for ${path}, a route of ${router}: whoever reloads it, or opens a link to it, gets 404`,
]

const asks = (location: string, more: Files) =>
  project(withConfig, {'src/main.tsx': react, 'nginx.conf': conf(location), ...more})

testCheck(clientRoutes, {
  clean: {
    'nginx asks for no folder': asks('try_files $uri /index.html;', {'public/login/logo.svg': ''}),
    'a folder with a page': asks('try_files $uri $uri/ /index.html;', {'public/login/index.html': ''}),
    'a folder that is no route': asks('try_files $uri $uri/ /index.html;', {'public/images/logo.svg': ''}),
    'nginx lists the folder': asks('autoindex on;\n    try_files $uri $uri/ /index.html;', {'public/login/a.svg': ''}),
    'nginx falls back to the page': project(withConfig, {
      'src/main.tsx': react,
      'nginx.conf': conf('try_files $uri $uri/ /index.html;'),
    }),
    'nginx falls back to another location': project(withConfig, {
      'src/main.tsx': react,
      'nginx.conf': conf('try_files $uri @page;'),
    }),
    'its error page is the page': project(withConfig, {
      'src/main.tsx': react,
      'nginx.conf': conf('error_page 404 =200 /index.html;'),
    }),
    'nginx passes all to another server': project(withConfig, {
      'src/main.tsx': react,
      'nginx.conf': conf('proxy_pass http://app.internal:3000;'),
    }),
    'a script writes the configuration': project(`${onNginx}\nRUN echo "…" > /etc/nginx/conf.d/default.conf`),
    'the build writes what answers for a path that has no file': project(
      'RUN cp dist/index.html dist/404.html\nFROM node:22-slim\nRUN npm i -g serve\nCOPY --from=build /app/dist /srv\nCMD ["serve", "/srv"]',
    ),
    'the route has a file, which is copied as it is': project(onNginx, {
      'src/main.tsx': react,
      'public/login/index.html': '',
    }),
    'a page with one route': project(onNginx, {
      'src/main.tsx': react.replace('<Route path="/login" />', '<Route path="*" />'),
    }),
    'routes behind a #': project(onNginx, {'src/main.tsx': react.replaceAll('BrowserRouter', 'HashRouter')}),
    'a router for tests alone': project(onNginx, {
      'src/main.tsx': 'export {}\n',
      'src/main.test.tsx': react,
    }),
    'a path of something else': project(onNginx, {
      'src/main.tsx': "import {BrowserRouter} from 'react-router-dom'\n",
      'src/cookie.ts': "export const cookie = {path: '/shop'}\n",
    }),
    'the build writes a file for each route': project(onNginx, undefined, [
      'react-router-dom',
      'vite-plugin-prerender',
    ]),
    'serve -s': project('RUN npm i -g serve\nCMD ["serve", "-s", "dist", "-l", "8080"]'),
    'a page that sends on to the other one': project('RUN npm i -g serve\nCMD ["serve", "dist"]', {
      'src/main.tsx': react,
      'public/404.html': '',
    }),
    'Caddy tries the page': project(
      'FROM caddy:2-alpine\nCOPY Caddyfile /etc/caddy/Caddyfile\nCOPY --from=build /app/dist /srv',
      {'src/main.tsx': react, Caddyfile: ':80 {\n  root * /srv\n  try_files {path} /index.html\n  file_server\n}\n'},
    ),
    'the deploy builds another Dockerfile': {
      files: {
        ...project(onNginx).files,
        'deploy.sh': 'fly deploy --dockerfile web.Dockerfile\n',
      },
    },
  },
  flagged: {
    'a folder with the name of a route': {
      ...asks('try_files $uri $uri/ /index.html;', {'public/login/logo.svg': ''}),
      expect: [
        'warning nginx.conf:5:5 nginx answers /login, a route of react-router-dom, with 403: $uri/ finds the folder of that name, which comes from public/login and has no index.html',
      ],
    },
    "nginx' own configuration": {
      ...project(onNginx),
      expect: says('Dockerfile:6:1', 'nginx', '/login', 'react-router-dom'),
    },
    'nginx by its path, as flyctl launch writes it for Vite': {
      ...project(`${onNginx}\nCMD [ "/usr/sbin/nginx", "-g", "daemon off;" ]`),
      expect: says('Dockerfile:6:1', 'nginx', '/login', 'react-router-dom'),
    },
    'a template that the entrypoint fills in for the bare name alone': {
      ...project(
        `${onNginx}\nCOPY site.conf.template /etc/nginx/templates/default.conf.template\nCMD [ "/usr/sbin/nginx", "-g", "daemon off;" ]`,
        {'src/main.tsx': react, 'site.conf.template': conf('try_files $uri $uri/ /index.html;')},
      ),
      expect: says('Dockerfile:6:1', 'nginx', '/login', 'react-router-dom'),
    },
    'one that tries files alone': {
      ...project(withConfig, {'src/main.tsx': react, 'nginx.conf': conf('try_files $uri $uri/ =404;')}),
      expect: says('nginx.conf:3:3', 'nginx', '/login', 'react-router-dom'),
    },
    'one that has a comment only': {
      ...project(withConfig, {'src/main.tsx': react, 'nginx.conf': conf('# try_files $uri /index.html;')}),
      expect: says('nginx.conf:3:3', 'nginx', '/login', 'react-router-dom'),
    },
    'a router with data': {
      ...project(
        onNginx,
        {
          'src/main.tsx':
            "import {createBrowserRouter} from 'react-router'\ncreateBrowserRouter([{path: '/'}, {path: 'orders/:id'}])\n",
        },
        ['react-router'],
      ),
      expect: says('Dockerfile:6:1', 'nginx', '/orders/:id', 'react-router'),
    },
    'Vue, with the routes in a file of their own': {
      ...project(
        onNginx,
        {
          'src/router.ts': "import {createWebHistory} from 'vue-router'\nexport const history = createWebHistory()\n",
          'src/routes.ts': "import type {RouteRecordRaw} from 'vue-router'\nexport const routes = [{path: '/about'}]\n",
        },
        ['vue-router'],
      ),
      expect: says('Dockerfile:6:1', 'nginx', '/about', 'vue-router'),
    },
    'a route by its file': {
      ...project(
        onNginx,
        {
          'src/main.tsx': "import {createRouter} from '@tanstack/react-router'\ncreateRouter({})\n",
          'src/routes/about.tsx':
            "import {createFileRoute} from '@tanstack/react-router'\nexport const Route = createFileRoute('/about')({})\n",
        },
        ['@tanstack/react-router'],
      ),
      expect: says('Dockerfile:6:1', 'nginx', '/about', '@tanstack/react-router'),
    },
    'serve without -s': {
      ...project('RUN npm i -g serve\nCMD ["serve", "dist", "-l", "8080"]'),
      expect: says('Dockerfile:6:1', 'serve', '/login', 'react-router-dom'),
    },
    'Caddy with files alone': {
      ...project('FROM caddy:2-alpine\nCOPY Caddyfile /etc/caddy/Caddyfile\nCOPY --from=build /app/dist /srv', {
        'src/main.tsx': react,
        Caddyfile: ':80 {\n  root * /srv\n  file_server\n}\n',
      }),
      expect: says('Caddyfile:2:1', 'caddy', '/login', 'react-router-dom'),
    },
    Angular: {
      files: {
        ...project('FROM nginx:1.27-alpine\nCOPY --from=build /app/dist/shop/browser /usr/share/nginx/html').files,
        'package.json': JSON.stringify({scripts: {build: 'ng build'}, dependencies: {'@angular/router': '*'}}),
        'angular.json': JSON.stringify({
          projects: {
            shop: {architect: {build: {builder: '@angular/build:application', options: {outputPath: 'dist/shop'}}}},
          },
        }),
        'src/app.config.ts': "import {provideRouter} from '@angular/router'\nexport const p = provideRouter(routes)\n",
        'src/app.routes.ts':
          "import type {Routes} from '@angular/router'\nexport const routes: Routes = [{path: 'cart'}]\n",
      },
      expect: says('Dockerfile:6:1', 'nginx', '/cart', '@angular/router'),
    },
  },
})
