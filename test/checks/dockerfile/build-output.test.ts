import buildOutput from '../../../checks/dockerfile/build-output.ts'
import {testCheck} from '../../harness.ts'

const project = (
  build: string,
  copied: string,
  {more = {}, packages = [], before = ''}: {more?: Record<string, string>; packages?: string[]; before?: string} = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\n${before}RUN npm install && npm run build\nFROM nginx:1.27-alpine\nCOPY --from=build ${copied} /usr/share/nginx/html\n`,
    'package.json': JSON.stringify({
      scripts: {build},
      devDependencies: Object.fromEntries(packages.map((name) => [name, '*'])),
    }),
    ...more,
  },
})

testCheck(buildOutput, {
  clean: {
    'Vite writes dist': project('vite build', '/app/dist'),
    'a flag names the folder': project('vite build --outDir build', '/app/build'),
    'the configuration names it': project('vite build', '/app/build', {
      more: {'vite.config.ts': "export default {build: {outDir: 'build'}}\n"},
    }),
    'a framework on Vite writes elsewhere': project('vite build', '/app/build', {packages: ['@sveltejs/kit']}),
    'another program may write it': project('vite build && node scripts/prerender.js', '/app/build'),
    'tsc writes it': project('tsc -b && vite build', '/app/build', {
      more: {'tsconfig.json': '{"compilerOptions": {"outDir": "build"}}'},
    }),
    'it is a folder of the project': project('vite build', '/app/public', {more: {'public/robots.txt': ''}}),
    'react-scripts, and a variable names it': project('react-scripts build', '/app/dist', {
      before: 'ENV BUILD_PATH=dist\n',
    }),
    'Next.js exports': project('next build', '/app/out', {
      more: {'next.config.mjs': "export default {output: 'export'}\n"},
    }),
    'two builds': project('vite build && react-scripts build', '/app/out'),
  },
  flagged: {
    'Vite, copied as of react-scripts': {
      ...project('vite build', '/app/build'),
      expect: ['warning Dockerfile:6:1 /app/build is copied from build, but vite build writes /app/dist there'],
    },
    'behind tsc, which writes nothing': {
      ...project('tsc && vite build', 'app/build', {more: {'tsconfig.json': '{"compilerOptions": {"noEmit": true}}'}}),
      expect: ['warning Dockerfile:6:1 app/build is copied from build, but vite build writes /app/dist there'],
    },
    'react-scripts, copied as of Vite': {
      ...project('react-scripts build', '/app/dist/'),
      expect: [
        'warning Dockerfile:6:1 /app/dist/ is copied from build, but react-scripts build writes /app/build there',
      ],
    },
    'Next.js exports nothing': {
      ...project('next build', '/app/out', {more: {'next.config.js': 'module.exports = {}\n'}}),
      expect: ['warning Dockerfile:6:1 /app/out is copied from build, but next build writes /app/.next there'],
    },
  },
})
