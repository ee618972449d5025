import clientOutput from '../../../checks/image/client-output.ts'
import {testCheck} from '../../harness.ts'

const project = (build: string, copies: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /app\n${copies}\nCMD ["npm", "start"]\n`,
    'package.json': JSON.stringify({scripts: {build, start: 'node server.js'}}),
    'package-lock.json': '{}',
    ...files,
  },
})
const copy = (...paths: string[]) => paths.map((path) => `COPY --from=build /app/${path} ./${path}`).join('\n')
const says = (server: string, client: string, tool: string) => [
  `warning Dockerfile:7:1 /app/${server} is copied from build without /app/${client}: the scripts and styles that ${tool} writes there are not found`,
]

testCheck(clientOutput, {
  clean: {
    'both parts of Remix': project('remix build', copy('build', 'public/build')),
    'Remix with all of public': project('remix build', copy('build', 'public')),
    'Remix with the scripts on another host': project('remix build', copy('build'), {
      'remix.config.js': "module.exports = {publicPath: 'https://cdn.example.com/'}\n",
    }),
    'the folder above both': project('react-router build', copy('build')),
    'all of the app': project('nuxt build', 'COPY --from=build /app .'),
    'the build of another tool': project('tsc', copy('build')),
    'a RUN moves it': project(
      'astro build',
      `${copy('dist/server')}\nCOPY --from=build /app /tmp/app\nRUN mv /tmp/app/dist/client dist/client`,
    ),
    'Next.js without files of its own': project('next build', copy('.next')),
    'Next.js, and the files come from the context': project('next build', `${copy('.next')}\nCOPY public ./public`, {
      'public/logo.svg': '',
    }),
  },
  flagged: {
    'Remix, whose scripts are in public': {
      ...project('remix build', copy('build')),
      expect: says('build', 'public/build', 'remix build'),
    },
    'the server of React Router alone': {
      ...project('react-router build', copy('build/server')),
      expect: says('build/server', 'build/client', 'react-router build'),
    },
    'the server of Nuxt alone': {
      ...project('nuxt build', copy('.output/server')),
      expect: says('.output/server', '.output/public', 'nuxt build'),
    },
    'the server of Astro alone': {
      ...project('astro build', copy('dist/server')),
      expect: says('dist/server', 'dist/client', 'astro build'),
    },
    'the server of Angular alone': {
      ...project('ng build', copy('dist/shop/server')),
      expect: says('dist/shop/server', 'dist/shop/browser', 'ng build'),
    },
    'Next.js without its public files': {
      ...project('next build', copy('.next'), {'public/logo.svg': ''}),
      expect: ['warning Dockerfile:7:1 /app/.next is copied from build without /app/public: its files are not found'],
    },
  },
})
