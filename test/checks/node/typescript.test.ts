import typescript from '../../../checks/node/typescript.ts'
import {testCheck} from '../../harness.ts'

interface Shape {
  node?: string
  type?: string
  scripts?: Record<string, string>
  more?: Record<string, string>
}
const project = (lines: string, source: string, {node = '20-slim', type, scripts = {}, more = {}}: Shape = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:${node}\nWORKDIR /app\nCOPY . .\n${lines}\n`,
    'package.json': JSON.stringify({type, scripts}),
    'src/server.ts': source,
    ...more,
  },
})
const start = 'CMD ["node", "src/server.ts"]'
const typed = "import {createServer} from 'node:http'\nconst port: number = 1\n"

testCheck(typescript, {
  clean: {
    'Node 24': project(start, typed, {node: '24-slim', type: 'module'}),
    'the newest of Node 22': project(start, typed, {node: '22', type: 'module'}),
    'asked to, from 22.6 on': project('CMD ["node", "--experimental-strip-types", "src/server.ts"]', typed, {
      node: '22.6-slim',
    }),
    'tsx translates it': project('CMD ["node", "--import", "tsx", "src/server.ts"]', typed, {type: 'module'}),
    'so does what NODE_OPTIONS names': project(`ENV NODE_OPTIONS="--import tsx"\n${start}`, typed, {type: 'module'}),
    'and what NODE_OPTIONS of the script names': project('CMD ["npm", "start"]', typed, {
      type: 'module',
      scripts: {start: "NODE_OPTIONS='--import tsx' node src/server.ts"},
    }),
    'CommonJS that may be plain JavaScript': project(start, "const http = require('node:http')\n"),
    'another Node is brought': project(`RUN npm install -g n && n 24\n${start}`, typed, {type: 'module'}),
    'it is compiled': project('RUN npx tsc\nCMD ["node", "dist/server.js"]', typed, {type: 'module'}),
    'Bun runs it': project('CMD ["bun", "src/server.ts"]', typed, {type: 'module'}),
  },
  flagged: {
    'an ES module, by npm start': {
      ...project('CMD ["npm", "start"]', 'console.log(1)\n', {type: 'module', scripts: {start: 'node src/server.ts'}}),
      expect: [
        'error package.json:1:29 Node 20 of node:20-slim runs no TypeScript by itself: CMD stops at src/server.ts',
      ],
    },
    'CommonJS that imports': {
      ...project(start, typed, {node: '22.17-alpine'}),
      expect: [
        'error Dockerfile:4:1 Node 22.17 of node:22.17-alpine runs no TypeScript by itself: CMD stops at src/server.ts',
      ],
    },
    'a flag that it does not know': {
      ...project('CMD ["node", "--experimental-strip-types", "src/server.ts"]', typed),
      expect: ['error Dockerfile:4:1 Node 20 of node:20-slim does not know --experimental-strip-types: CMD stops'],
    },
    'in the build': {
      ...project('RUN npm run routes\nCMD ["node", "server.js"]', typed, {
        scripts: {routes: 'node scripts/routes.ts'},
        more: {'scripts/routes.ts': typed},
      }),
      expect: [
        'error Dockerfile:4:5 Node 20 of node:20-slim runs no TypeScript by itself: the build stops at scripts/routes.ts',
      ],
    },
  },
})
