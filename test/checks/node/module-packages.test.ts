import modulePackages from '../../../checks/node/module-packages.ts'
import {testCheck} from '../../harness.ts'

interface Shape {
  node?: string
  /** Instructions before the packages are installed. */
  before?: string
  /** And behind all files. */
  behind?: string
  cmd?: string
  dependencies?: Record<string, string>
  files?: Record<string, string>
}
const project = ({
  node = '18-slim',
  before = '',
  behind = '',
  cmd = '["node", "server.js"]',
  dependencies = {uuid: '^13.0.0'},
  files = {},
}: Shape) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:${node}\n${before}WORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n${behind}CMD ${cmd}\n`,
    'package.json': JSON.stringify({name: 'shop', dependencies}),
    ...files,
  },
})
const plain = {'server.js': "const {v4} = require('uuid')\nconsole.log(v4())\n"}
const typed = (module: string, type?: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile:
      'FROM node:18-alpine AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\nFROM node:18-alpine\nWORKDIR /app\nCOPY --from=build /app/dist ./dist\nCOPY --from=build /app/node_modules ./node_modules\nCOPY package.json ./\nCMD ["node", "dist/index.js"]\n',
    'package.json': JSON.stringify({name: 'shop', type, scripts: {build: 'tsc'}, dependencies: {uuid: '^13.0.0'}}),
    'tsconfig.json': JSON.stringify({compilerOptions: {module, outDir: './dist', rootDir: './src'}}),
    'src/index.ts': "import {newId} from './ids'\nconsole.log(newId())\n",
    'src/ids.ts': "import {v4 as uuid} from 'uuid'\nexport const newId = () => uuid()\n",
  },
})
const told = (node: string, name: string, version: string) =>
  `CMD loads this file, and Node ${node} stops here: ${name} ${version} is an ES module, which its require does not take`

testCheck(modulePackages, {
  clean: {
    'a patch of it': project({files: {...plain, 'patches/uuid+13.0.0.patch': ''}}),
    'a package of ES modules, whose build has settings of its own': typed('commonjs', 'module'),
    'a node whose require takes ES modules': project({node: '22-slim', files: plain}),
    'the newest of Node 20': project({node: '20-alpine', files: plain}),
    'a version that has CommonJS': project({dependencies: {uuid: '^9.0.0'}, files: plain}),
    'an older one in the lock file': project({
      dependencies: {uuid: '*'},
      files: {...plain, 'package-lock.json': JSON.stringify({packages: {'node_modules/uuid': {version: '9.0.1'}}})},
    }),
    'an override holds it back': project({
      files: {...plain, 'package-lock.json': JSON.stringify({packages: {'node_modules/uuid': {version: '9.0.1'}}})},
    }),
    'an ES module': project({
      files: {
        'server.js': "import {v4} from 'uuid'\nconsole.log(v4())\n",
        'package.json': JSON.stringify({type: 'module', dependencies: {uuid: '^13.0.0'}}),
      },
    }),
    'import() in CommonJS': project({
      files: {'server.js': "async function main() {\n  const {v4} = await import('uuid')\n}\nmain()\n"},
    }),
    'in a function, or where it may fail': project({
      files: {
        'server.js':
          "function id() {\n  return require('uuid').v4()\n}\ntry {\n  const {v4} = require('uuid')\n} catch {}\n",
      },
    }),
    'on a condition in the same line': project({
      files: {'server.js': "let id; if (process.env.IDS) id = require('uuid')\n"},
    }),
    'a version that has CommonJS again': project({
      dependencies: {inquirer: '^12.0.0'},
      files: {'server.js': "const inquirer = require('inquirer')\n"},
    }),
    'another node by an installer': project({before: 'RUN npm install -g n && n 22\n', files: plain}),
    'another node from its image': project({
      before: 'COPY --from=node:22-slim /usr/local /usr/local\n',
      files: plain,
    }),
    'another node as a package': project({dependencies: {uuid: '^13.0.0', node: '^22.20.0'}, files: plain}),
    'another node by the settings of pnpm': project({
      cmd: '["pnpm", "start"]',
      files: {
        ...plain,
        '.npmrc': 'use-node-version=22.20.0\n',
        'package.json': '{"scripts": {"start": "node server.js"}, "dependencies": {"uuid": "^13.0.0"}}',
      },
    }),
    'a script that tells node to take them': project({
      node: '22.5-slim',
      cmd: '["sh", "start.sh"]',
      files: {...plain, 'start.sh': 'export NODE_OPTIONS=--experimental-require-module\nexec node server.js\n'},
    }),
    'settings of npm that tell node to take them': project({
      node: '22.5-slim',
      cmd: '["npm", "start"]',
      files: {
        ...plain,
        '.npmrc': 'node-options=--experimental-require-module\n',
        'package.json': '{"scripts": {"start": "node server.js"}, "dependencies": {"uuid": "^13.0.0"}}',
      },
    }),
    'a bundle in the place of the file': project({
      behind: 'RUN npx esbuild server.js --bundle --platform=node --allow-overwrite --outfile=server.js\n',
      files: plain,
    }),
    'another version by hand': project({behind: 'RUN npm install uuid@9\n', files: plain}),
    'a copy of an older version in its place': project({
      behind: 'COPY vendor/uuid node_modules/uuid\n',
      files: {...plain, 'vendor/uuid/package.json': '{"version": "9.0.1"}'},
    }),
    'a package of its own within, with an older version': project({
      files: {
        'server.js': "require('./api')\n",
        'api/index.js': "const {v4} = require('uuid')\n",
        'api/package.json': '{"dependencies": {"uuid": "^9.0.0"}}',
      },
    }),
    'a RUN that changes the file': project({behind: "RUN sed -i 's/require/import/' server.js\n", files: plain}),
    'a file that nothing loads': project({files: {'server.js': '', 'seed.js': "const {v4} = require('uuid')\n"}}),
    'another program than node': project({cmd: '["npx", "tsx", "server.js"]', files: plain}),
    'a loader': project({cmd: '["node", "--import", "tsx", "server.js"]', files: plain}),
    'a node that is told to take them': project({
      cmd: '["node", "--experimental-require-module", "server.js"]',
      files: plain,
    }),
    'tsc writes ES modules': typed('nodenext', 'module'),
    'another package in its place': project({dependencies: {uuid: 'npm:uuid-cjs@1.0.0'}, files: plain}),
  },
  flagged: {
    'require in a node before that': {
      ...project({files: plain}),
      expect: [`error server.js:1:23 ${told('18', 'uuid', '^13.0.0')}`],
    },
    'an exact node that is too old': {
      ...project({
        node: '20.11-slim',
        dependencies: {nanoid: '5.0.7'},
        files: {'server.js': "const {nanoid} = require('nanoid')\n"},
      }),
      expect: [`error server.js:1:27 ${told('20.11', 'nanoid', '5.0.7')}`],
    },
    'CommonJS of tsc, in a file that the first one imports': {
      ...typed('commonjs'),
      expect: [`warning src/ids.ts:1:27 ${told('18', 'uuid', '^13.0.0')}, as which tsc writes this import`],
    },
  },
})
