import staticsPath from '../../../checks/image/statics-path.ts'
import {testCheck} from '../../harness.ts'

const project = (guestPath: string, dockerfile: string, more = '') => ({
  files: {
    'fly.toml': `app = "shop"\n[[statics]]\nguest_path = "${guestPath}"\nurl_prefix = "/"\n${more}`,
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\n${dockerfile}`,
    'public/robots.txt': '',
  },
})
const nothing = (path: string) =>
  `warning fly.toml:3:1 statics[0].guest_path is "${path}", a folder that nothing brings into the image`

testCheck(staticsPath, {
  clean: {
    'it is copied': project('/app/public/', 'COPY . .\n'),
    'what a build may make': project('/app/dist', 'COPY . .\nRUN npm run build\n'),
    'a folder that a RUN names': project('/static', 'COPY . .\nRUN npm run build -- --out /static\n'),
    'from a stage that may hold it': {
      files: {
        ...project('/app/dist', '').files,
        Dockerfile:
          'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app .\n',
      },
    },
    'a base image that may have it': {
      files: {...project('/srv/www', '').files, Dockerfile: 'FROM shop/base\n'},
    },
    'the compiler of Remix fills it': {
      files: {
        ...project('/app/public/build', 'COPY . .\nRUN npm run build\n').files,
        'package.json': '{"scripts": {"build": "remix build"}}',
        'app/root.tsx': '',
      },
    },
    'Laravel’s plugin for Vite fills it': {
      files: {
        ...project('/app/public/build', 'COPY . .\nRUN npx vite build\n').files,
        'package.json': '{}',
        artisan: '',
      },
    },
    'a folder of the system': project('/usr/share/nginx/html', 'COPY . .\n'),
    'no WORKDIR, so that a build runs in /': {
      files: {...project('/dist', '').files, Dockerfile: 'FROM node:22-slim\nCOPY . .\nRUN npm run build\n'},
    },
    'the folder of a bucket': project('/assets', 'COPY . .\n', 'tigris_bucket = "shop"\n'),
    'files of [[files]]': project(
      '/site',
      'COPY . .\n',
      '[[files]]\nguest_path = "/site/index.html"\nlocal_path = "public/robots.txt"\n',
    ),
  },
  flagged: {
    'the folder that Remix filled before it was built by Vite': {
      files: {
        ...project('/app/public/build', 'COPY . .\nRUN npm run build\n').files,
        'package.json': '{"scripts": {"build": "rm -rf public/build && vite build && vite build --ssr"}}',
        'app/root.tsx': '',
      },
      expect: [
        'warning fly.toml:3:1 guest_path is "/app/public/build", and vite build writes to build/client: nothing fills public/build any more',
      ],
    },
    'the folder is below WORKDIR': {
      ...project('/public', 'COPY . .\nRUN npm run build\n'),
      expect: [nothing('/public')],
    },
    'nothing makes it': {
      ...project('/app/static', 'RUN apt-get update && apt-get install -y openssl\nCOPY public ./public\n'),
      expect: [nothing('/app/static')],
    },
    'it is in another stage': {
      files: {
        ...project('/app/public', '').files,
        Dockerfile:
          'FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/public /srv/public\n',
      },
      expect: [nothing('/app/public')],
    },
  },
})
