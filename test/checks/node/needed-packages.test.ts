import neededPackages from '../../../checks/node/needed-packages.ts'
import {testCheck} from '../../harness.ts'

const base = ['@nestjs/core', '@nestjs/common', '@nestjs/platform-express', '@nestjs/websockets']
const npmLock = (names: readonly string[]) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: {
      'node_modules/@nestjs/websockets': {
        version: '11.0.0',
        peerDependencies: {'@nestjs/platform-socket.io': '^11.0.0'},
      },
      ...Object.fromEntries(names.map((name) => [`node_modules/${name}`, {version: '11.0.0'}])),
    },
  })

const project = (
  files: Record<string, string>,
  {names = base, run = 'npm ci', manifest = {}}: {names?: readonly string[]; run?: string; manifest?: object} = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN ${run}\nCMD ["node", "main.js"]\n`,
    'package.json': JSON.stringify({name: 'shop', ...manifest}),
    'package-lock.json': npmLock(names),
    ...files,
  },
})

const main = "const {NestFactory} = require('@nestjs/core')\nrequire('./chat.gateway')\nNestFactory.create(App)\n"
const gateway =
  "const {WebSocketGateway} = require('@nestjs/websockets')\n@WebSocketGateway()\nexports.Chat = class {}\n"
const nest = (more: Record<string, string> = {}, options = {}) =>
  project({'main.js': main, 'chat.gateway.js': gateway, ...more}, options)
const pipe = "const {ValidationPipe} = require('@nestjs/common')\nnew ValidationPipe()\n"
const source = (type: string) =>
  `const {DataSource} = require('typeorm')\nnew DataSource({\n  type: '${type}',\n  url: process.env.DATABASE_URL,\n})\n`

/** As tsc makes it, in a workspace of pnpm. */
const compiled = (lock: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM node:22-slim\nRUN corepack enable\nWORKDIR /app\nCOPY . .\nRUN pnpm install --frozen-lockfile && pnpm --filter api build\nCMD ["node", "apps/api/dist/main.js"]\n',
    'pnpm-workspace.yaml': 'packages:\n  - apps/*\n',
    'pnpm-lock.yaml': `lockfileVersion: '9.0'\n\npackages:\n\n  '@nestjs/websockets@11.0.0':\n    peerDependencies:\n      '@nestjs/platform-socket.io': ^11.0.0\n\n  '@nestjs/platform-express@11.0.0':\n    resolution: {}\n${lock}`,
    'package.json': '{"name": "shop", "private": true}',
    'apps/api/package.json': '{"name": "api", "scripts": {"build": "tsc"}, "type": "module"}',
    'apps/api/tsconfig.json': '{"compilerOptions": {"outDir": "dist", "rootDir": "src"}}',
    'apps/api/src/main.ts':
      "import {NestFactory} from '@nestjs/core'\nimport {App} from './app.ts'\nawait NestFactory.create<Express>(App)\n",
    'apps/api/src/app.ts':
      "import {Module} from '@nestjs/common'\nimport {Chat} from './chat.ts'\n@Module({imports: [], providers: [Other.with([A]), Chat]})\nexport class App {}\n",
    'apps/api/src/chat.ts':
      "import {WebSocketGateway} from '@nestjs/websockets'\n\n@WebSocketGateway({cors: true})\nexport class Chat {}\n",
  },
})
const noDriver =
  '@WebSocketGateway needs @nestjs/platform-socket.io or @nestjs/platform-ws, which package-lock.json does not have: CMD ends with No driver (WebSockets) has been selected'

const npmRealtime = (version: string) => ({
  'package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: {'node_modules/@supabase/realtime-js': {version}},
  }),
})
const supabase = (code: string, {node = '20-slim', lock = npmRealtime('2.105.3') as object, files = {}} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:${node}\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "main.js"]\n`,
    'package.json': '{"type": "module"}',
    ...lock,
    'main.js': `import {createClient} from '@supabase/supabase-js'\n${code}`,
    ...files,
  },
})
const makes = 'export const db = createClient(process.env.URL, process.env.KEY)\n'
const noSocket = (has: string, from: string) =>
  `createClient of @supabase/supabase-js needs the WebSocket that Node has since 22 (@supabase/realtime-js 2.105.3), and throws on Node ${has} of ${from}: Node.js ${has} detected without native WebSocket support`

/** A client that Next.js makes for each request. */
const onNext = (files: object, {node = '20-slim'} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:${node}\nWORKDIR /app\nCOPY . .\nRUN npm ci && npx next build\nCMD ["npm", "start"]\n`,
    'package.json': '{"scripts": {"start": "next start"}, "dependencies": {"next": "15.0.0"}}',
    ...npmRealtime('2.105.3'),
    'app/page.tsx': 'export default function Page() {\n  return null\n}\n',
    ...files,
  },
})
const byHeaders = {
  'lib/server.ts':
    "import {createServerClient} from '@supabase/ssr'\nimport {cookies} from 'next/headers'\n\nexport const client = async () => createServerClient(url, key, {cookies: await cookies()})\n",
}

testCheck(neededPackages, {
  clean: {
    'Next.js on a Node with WebSocket': onNext(byHeaders, {node: '22-slim'}),
    'Next.js that makes one in the browser': onNext({
      'lib/client.ts':
        "import {createBrowserClient} from '@supabase/ssr'\nexport const db = createBrowserClient(url, key)\n",
    }),
    'Next.js that makes one at the edge': onNext({
      'app/api/a/route.ts':
        "import {createClient} from '@supabase/supabase-js'\nexport const runtime = 'edge'\nexport const GET = () => createClient(url, key)\n",
    }),
    'Next.js that lays a WebSocket down': onNext({
      ...byHeaders,
      'instrumentation.ts': "import ws from 'ws'\nexport function register() {\n  globalThis.WebSocket = ws\n}\n",
    }),
    'Supabase on a Node with WebSocket': supabase(makes, {node: '22-slim'}),
    'Supabase that asks for none yet': supabase(makes, {lock: npmRealtime('2.99.3')}),
    'Supabase with a transport': supabase("import ws from 'ws'\ncreateClient(url, key, {realtime: {transport: ws}})\n"),
    'Supabase with a WebSocket laid before it': supabase(`import ws from 'ws'\nglobalThis.WebSocket ??= ws\n${makes}`),
    'Supabase in no call': supabase("// createClient(url)\nconst text = 'createClient(url)'\n"),
    'Supabase on another Node': supabase(makes, {
      files: {Dockerfile: 'FROM node:20-slim\nRUN npm i -g n && n 22\nCOPY . .\nCMD ["node", "main.js"]\n'},
    }),
    'with its driver': nest({}, {names: [...base, '@nestjs/platform-socket.io']}),
    'with the other driver': nest({}, {names: [...base, '@nestjs/platform-ws']}),
    'with an adapter of its own': nest({'main.js': `${main}app.useWebSocketAdapter(new Mine(app))\n`}),
    'declared, and not yet locked': nest({}, {manifest: {dependencies: {'@nestjs/platform-socket.io': '^11'}}}),
    'installed by a RUN': nest({}, {run: 'npm ci && npm install @nestjs/platform-socket.io'}),
    'a gateway that nothing loads': nest({'main.js': main.replace("require('./chat.gateway')", '')}),
    'in a comment': nest({'chat.gateway.js': gateway.replace('@Web', '// @Web')}),
    'without a lock file': nest({'package-lock.json': ''}),
    'with two lock files': nest({'yarn.lock': '# yarn lockfile v1\n'}),
    'a lock file that cannot be read here': nest({'package-lock.json': '{', 'bun.lockb': 'x'}),
    'on Fastify': project(
      {'main.js': "const {NestFactory} = require('@nestjs/core')\nNestFactory.create(App, new FastifyAdapter())\n"},
      {names: ['@nestjs/core']},
    ),
    'a pipe with its packages': project({'main.js': pipe}, {names: [...base, 'class-validator', 'class-transformer']}),
    'a pipe of their own': project({'main.js': pipe.replace("require('@nestjs/common')", "require('./pipes')")}),
    'a pipe that takes another': project({'main.js': pipe.replace('()', '({validatorPackage: mine})')}),
    'TypeORM with its driver': project({'main.js': source('postgres')}, {names: ['typeorm', 'pg']}),
    'TypeORM with a database of which nothing is known': project({'main.js': source('oracle')}, {names: ['typeorm']}),
    'in a workspace, with its driver': compiled("\n  '@nestjs/platform-socket.io@11.0.0':\n    resolution: {}\n"),
  },
  flagged: {
    'Next.js that makes one for a request': {
      ...onNext(byHeaders),
      expect: [
        `warning Dockerfile:1:1 ${noSocket('20', 'node:20-slim').replace('createClient of @supabase/supabase-js', 'createServerClient of @supabase/ssr')}`,
      ],
    },
    'Next.js that makes one for a route': {
      ...onNext({
        'app/api/a/route.ts':
          "import {createClient} from '@supabase/supabase-js'\nexport const GET = () => createClient(url, key)\n",
      }),
      expect: [`warning Dockerfile:1:1 ${noSocket('20', 'node:20-slim')}`],
    },
    'Supabase on a Node without WebSocket': {
      ...supabase(makes),
      expect: [`warning Dockerfile:1:1 ${noSocket('20', 'node:20-slim')}`],
    },
    'Supabase in a function, by another lock file': {
      ...supabase('export const db = () => createClient<Database>(url, key)\n', {
        node: '20.19-alpine',
        lock: {
          'pnpm-lock.yaml':
            "lockfileVersion: '9.0'\n\npackages:\n\n  '@supabase/realtime-js@2.105.3':\n    resolution: {}\n",
        },
      }),
      expect: [`warning Dockerfile:1:1 ${noSocket('20.19', 'node:20.19-alpine')}`],
    },
    'without its driver': {...nest(), expect: [`warning chat.gateway.js:2:1 ${noDriver}`]},
    'in a workspace': {
      ...compiled(''),
      expect: [`warning apps/api/src/chat.ts:3:1 ${noDriver.replace('package-lock.json', 'pnpm-lock.yaml')}`],
    },
    'without any server': {
      ...project(
        {'main.js': "const {NestFactory} = require('@nestjs/core')\nNestFactory.create(App)\n"},
        {names: ['@nestjs/core']},
      ),
      expect: [
        'warning main.js:2:1 NestFactory.create needs @nestjs/platform-express, which package-lock.json does not have: CMD ends with No driver (HTTP) has been selected',
      ],
    },
    'a pipe without its packages': {
      ...project({'main.js': pipe}),
      expect: [
        'warning main.js:2:1 ValidationPipe needs class-validator, which package-lock.json does not have: CMD ends with The "class-validator" package is missing',
      ],
    },
    'TypeORM without its driver': {
      ...project({'main.js': source('postgres')}, {names: ['typeorm']}),
      expect: [
        "warning main.js:2:1 TypeORM with type: 'postgres' needs pg or pg-native, which package-lock.json does not have: CMD ends with DriverPackageNotInstalledError",
      ],
    },
    'Sequelize and Knex': {
      ...project({
        'main.js':
          "const {Sequelize} = require('sequelize')\nconst knex = require('knex')\nnew Sequelize(url, {dialect: 'mysql'})\nknex({client: 'pg', connection: url})\n",
      }),
      expect: [
        "warning main.js:3:1 Sequelize with dialect: 'mysql' needs mysql2, which package-lock.json does not have: CMD ends with Please install mysql2 package manually",
        "warning main.js:4:1 Knex with client: 'pg' needs pg, which package-lock.json does not have: CMD ends with Cannot find module 'pg'",
      ],
    },
  },
})
