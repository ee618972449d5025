import pageFiles from '../../../checks/image/page-files.ts'
import {testCheck} from '../../harness.ts'

const page = '<html>\n<link rel="stylesheet" href="style.css">\n<script src="/app.js?v=2"></script>\n</html>\n'
const project = (Dockerfile: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM nginx:1.29-alpine\n${Dockerfile}\n`,
    'index.html': page,
    'style.css': '',
    'app.js': '',
    ...files,
  },
})
const site = '/usr/share/nginx/html'

testCheck(pageFiles, {
  clean: {
    'all is copied': project(`COPY index.html style.css app.js ${site}/`),
    'with the folder': project(`COPY . ${site}`),
    'they stand elsewhere in the image': project(`COPY index.html ${site}/\nCOPY style.css app.js /srv/static/`),
    'the project has none beside it': project(`COPY web/index.html ${site}/`, {'web/index.html': page}),
    'from another site, and as data': project(`COPY web/index.html ${site}/`, {
      'web/index.html':
        '<script src="https://cdn.example.com/style.css"></script><img src="data:x"><a href="style.css"></a><!-- <img src="b.png"> -->',
      'web/style.css': '',
      'web/b.png': '',
    }),
    'a template is filled in': project(`COPY web/index.html ${site}/`, {
      'web/index.html': '{{ title }}<link href="style.css">',
      'web/style.css': '',
    }),
    'a build takes the page': project(`COPY index.html /src/\nFROM nginx:1.29-alpine\nCOPY --from=0 /dist ${site}`),
    'a RUN fetches it': project(
      `COPY index.html ${site}/\nRUN cd ${site} && wget https://example.com/style.css https://example.com/app.js`,
    ),
    'a RUN may have made it': project(`COPY . /src\nCOPY index.html ${site}/\nRUN cp -r /src/* ${site}/`),
    'a build may have written it': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nCOPY package.json index.html ./\nRUN npm run build\nCMD ["npx", "serve"]\n',
        'package.json': '{"name": "shop", "scripts": {"build": "node build.js"}}',
        'index.html': page,
        'style.css': '',
        'app.js': '',
      },
    },
    'fly.toml brings them': {
      files: {
        ...project(`COPY index.html ${site}/`).files,
        'fly.toml': `app = "shop"\n[[files]]\nguest_path = "${site}/style.css"\nlocal_path = "style.css"\n[[files]]\nguest_path = "${site}/app.js"\nlocal_path = "app.js"\n`,
      },
    },
    'a volume has them': {
      files: {
        ...project(`COPY index.html ${site}/`).files,
        'fly.toml': `app = "shop"\n[mounts]\nsource = "site"\ndestination = "${site}"\n`,
      },
    },
    'nginx asks another server': project(`COPY shop.conf /etc/nginx/conf.d/default.conf\nCOPY index.html ${site}/`, {
      'shop.conf':
        'server {\n  location / { try_files $uri @app; }\n  location @app { proxy_pass http://app.internal; }\n}\n',
    }),
    'the code of the server names them': {
      files: {
        ...project('').files,
        Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY server.mjs index.html ./\nCMD ["node", "server.mjs"]\n',
        'server.mjs': 'serve("/style.css", css)\nserve("/app.js", js)\n',
      },
    },
    'what a browser does not ask for, or can do without': project(`COPY web/index.html ${site}/`, {
      'web/index.html': `<link rel="canonical" href="style.css"><img src="b.png" onerror="this.remove()"><script>add('<script src="app.js"><\\/script>')</script><noscript><img src="b.png"></noscript>`,
      'web/style.css': '',
      'web/app.js': '',
      'web/b.png': '',
    }),
    'the base image may have it': {
      files: {...project('').files, Dockerfile: `FROM acme/site\nCOPY index.html ${site}/\n`},
    },
  },
  flagged: {
    'a style and a script': {
      ...project(`COPY index.html ${site}/`),
      expect: [
        `warning index.html:2:30 the page loads style.css, and nothing brings it to ${site}/style.css in the image`,
        `warning index.html:3:14 the page loads app.js, and nothing brings it to ${site}/app.js in the image`,
      ],
    },
    'of a server in Python': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM python:3.13-slim\nWORKDIR /app\nCOPY server.py .\nCOPY index.html .\nCMD ["python", "server.py"]\n',
        'server.py': '',
        'index.html': '<img alt="the shop" src="./logo.png">',
        'logo.png': '',
      },
      expect: ['warning index.html:1:26 the page loads logo.png, and nothing brings it to /app/logo.png in the image'],
    },
  },
})
