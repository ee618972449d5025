import servedSite from '../../../checks/image/served-site.ts'
import {testCheck} from '../../harness.ts'

type Files = Record<string, string>
const workspace = (options: Record<string, unknown>, builder = '@angular/build:application') =>
  JSON.stringify({projects: {shop: {architect: {build: {builder, options}}}}})
const project = (build: string, last: string, more: Files = {}, packages: string[] = []) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\n${last}\n`,
    'package.json': JSON.stringify({
      scripts: {build},
      devDependencies: Object.fromEntries(packages.map((name) => [name, '*'])),
    }),
    'package-lock.json': '{}',
    'index.html': '',
    ...more,
  },
})
const nginx = (from: string, more = '') =>
  `FROM nginx:1.27-alpine\n${more}COPY --from=build ${from} /usr/share/nginx/html`
const shop = {'angular.json': workspace({outputPath: 'dist/shop'})}
const says = (severity: string, place: string, server: string, folder: string, tool: string, index: string) => [
  `${severity} Dockerfile:${place} ${server} serves ${folder}, but the index.html of ${tool} lies in ${index}: it has no page to show`,
]

/** A page that no tool makes. */
const plain = (root: string, copies: string, more: Files = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM caddy:2\nCOPY Caddyfile /etc/caddy/Caddyfile\n${copies}\n`,
    Caddyfile: `:8080\nroot * ${root}\nfile_server\n`,
    'site/index.html': '',
    'site/docs/index.html': '',
    ...more,
  },
})

testCheck(servedSite, {
  clean: {
    'a page where it is looked for': plain('/srv', 'COPY site /srv'),
    'another page than index.html': plain('/srv', 'COPY site /other\nCOPY home.html /srv/', {'home.html': ''}),
    'pages in two places': plain('/srv', 'COPY site /one\nCOPY site /two'),
    'a folder that a step fills': plain('/srv', 'COPY site /site\nRUN ./fill.sh'),
    'the folder for the browser': project('ng build', nginx('/app/dist/shop/browser'), shop),
    'Angular with webpack, which makes no such folder': project('ng build', nginx('/app/dist/shop'), {
      'angular.json': workspace({outputPath: 'dist/shop'}, '@angular-devkit/build-angular:browser'),
    }),
    'Angular, told to make none': project('ng build', nginx('/app/www'), {
      'angular.json': workspace({outputPath: {base: 'www', browser: ''}}),
    }),
    'nginx serves the folder below': project(
      'ng build',
      nginx('/app/dist/shop', 'COPY nginx.conf /etc/nginx/conf.d/default.conf\n'),
      {...shop, 'nginx.conf': 'server {\n  listen 80;\n  root /usr/share/nginx/html/browser;\n}\n'},
    ),
    'a RUN moves it': project(
      'ng build',
      `${nginx('/app/dist/shop')}\nRUN mv /usr/share/nginx/html/browser/* /usr/share/nginx/html/`,
      shop,
    ),
    'a folder for each language': project('ng build', nginx('/app/dist/shop'), {
      'angular.json': workspace({outputPath: 'dist/shop', localize: true}),
    }),
    'pages that a server of its own makes': project('ng build', nginx('/app/dist/shop'), {
      'angular.json': workspace({outputPath: 'dist/shop', ssr: {entry: 'src/server.ts'}}),
    }),
    'a page of its own beside it': project(
      'ng build',
      `${nginx('/app/dist/shop')}\nCOPY index.html /usr/share/nginx/html/`,
      shop,
    ),
    'two sites, one below the other': project('vite build && ng build', nginx('/app/dist'), shop),
    'nginx passes requests on': project(
      'ng build',
      nginx('/app/dist/shop', 'COPY nginx.conf /etc/nginx/conf.d/default.conf\n'),
      {
        ...shop,
        'nginx.conf': 'server {\n  root /usr/share/nginx/html;\n  location / {\n    proxy_pass http://api;\n  }\n}\n',
      },
    ),
    'a folder below, for another path': project(
      'vite build',
      'FROM nginx:1.27-alpine\nCOPY --from=build /app/dist /usr/share/nginx/html/shop',
    ),
    'the configuration names the folder below': project(
      'ng build',
      nginx('/app/dist/shop', 'COPY nginx.conf /etc/nginx/conf.d/default.conf\n'),
      {
        ...shop,
        'nginx.conf':
          'server {\n  root /usr/share/nginx/html;\n  location / {\n    try_files /browser$uri /browser/index.html;\n  }\n}\n',
      },
    ),
    'fly.toml brings the configuration': project('ng build', nginx('/app/dist/shop'), {
      ...shop,
      'fly.toml':
        'app = "shop"\n[[files]]\n  guest_path = "/etc/nginx/conf.d/default.conf"\n  local_path = "nginx.conf"\n',
    }),
    'fly.toml hands out the files': project('ng build', nginx('/app/dist/shop'), {
      ...shop,
      'fly.toml': 'app = "shop"\n[[statics]]\n  guest_path = "/usr/share/nginx/html/browser"\n  url_prefix = "/"\n',
    }),
    'serve with the folder of Vite': project('vite build', 'CMD ["npx", "serve", "-s", "dist", "-l", "8080"]'),
    'Vite without a page': project('vite build', nginx('/app/dist/assets'), {'index.html': ''}),
    'serve, and something else may write its folder': project(
      'vite build && node scripts/prerender.js',
      'CMD ["npx", "serve", "-s", "build"]',
    ),
  },
  flagged: {
    'a page of the project in another folder': {
      ...plain('/srv', 'COPY site /usr/share/caddy'),
      expect: [
        'warning Caddyfile:2:1 caddy serves /srv, but the index.html of the project lies in /usr/share/caddy: it has no page to show',
      ],
    },
    'the folder above': {
      ...project('ng build --configuration production', nginx('/app/dist/shop'), shop),
      expect: says('error', '6:1', 'nginx', '/usr/share/nginx/html', 'ng build', '/usr/share/nginx/html/browser'),
    },
    'the folder above, by its default': {
      ...project('ng build', nginx('/app/dist/shop'), {'angular.json': workspace({})}),
      expect: says('error', '6:1', 'nginx', '/usr/share/nginx/html', 'ng build', '/usr/share/nginx/html/browser'),
    },
    'all of dist, with a configuration for the folder itself': {
      ...project('ng build', nginx('/app/dist', 'COPY nginx.conf /etc/nginx/conf.d/default.conf\n'), {
        ...shop,
        'nginx.conf':
          'server {\n  root /usr/share/nginx/html/shop; # the app\n  location / {\n    try_files $uri /index.html;\n  }\n}\n',
      }),
      expect: says(
        'error',
        '7:1',
        'nginx',
        '/usr/share/nginx/html/shop',
        'ng build',
        '/usr/share/nginx/html/shop/browser',
      ),
    },
    'copied beside what nginx serves': {
      ...project('vite build', 'FROM nginx:1.27-alpine\nCOPY --from=build /app/dist /usr/share/nginx'),
      expect: says('error', '6:1', 'nginx', '/usr/share/nginx/html', 'vite build', '/usr/share/nginx'),
    },
    'serve with the folder of another tool': {
      ...project('react-scripts build', 'CMD ["npx", "serve", "-s", "dist", "-l", "8080"]'),
      expect: says('error', '5:1', 'serve', '/app/dist', 'react-scripts build', '/app/build'),
    },
    'serve in a stage of its own': {
      ...project(
        'quasar build',
        'FROM node:22-slim\nWORKDIR /app\nRUN npm install -g serve\nCOPY --from=build /app/dist ./dist\nCMD ["serve", "-s", "dist"]',
      ),
      expect: says('error', '8:1', 'serve', '/app/dist', 'quasar build', '/app/dist/spa'),
    },
    'React Router without a server': {
      ...project('react-router build', 'FROM caddy:2\nCOPY --from=build /app/build /usr/share/caddy', {
        'react-router.config.ts': 'export default {ssr: false}\n',
      }),
      expect: says('warning', '6:1', 'caddy', '/usr/share/caddy', 'react-router build', '/usr/share/caddy/client'),
    },
  },
})
