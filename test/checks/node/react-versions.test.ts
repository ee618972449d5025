import check from '../../../checks/node/react-versions.ts'
import {testCheck} from '../../harness.ts'

interface Shape {
  lock?: Record<string, string>
  install?: string
  dependencies?: Record<string, string>
}
const ranges = {react: '^19.2.0', 'react-dom': '^19.1.1'}
const project = ({lock = {}, install = 'npm install', dependencies = ranges}: Shape) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN ${install}\nCMD ["node", "server.js"]\n`,
    'package.json': JSON.stringify({name: 'shop', dependencies}),
    ...lock,
  },
})
const npm = (react: string, dom: string, more: Record<string, unknown> = {}) => ({
  'package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: {'node_modules/react': {version: react}, 'node_modules/react-dom': {version: dom}, ...more},
  }),
})
const yarn = (react: string, dom: string) => ({
  'yarn.lock': `react-dom@^19.1.1:\n  version "${dom}"\n\nreact-dropzone@^14.0.0:\n  version "14.0.0"\n\nreact@^19.2.0:\n  version "${react}"\n`,
})
const pnpm = (react: string, dom: string) => ({
  'pnpm-lock.yaml': `lockfileVersion: '9.0'\n\nsnapshots:\n\n  react-dom@${dom}(react@${react}):\n    dependencies:\n      react: ${react}\n`,
})
const bun = (react: string, dom: string) => ({
  'bun.lock': `{\n  "lockfileVersion": 1,\n  "packages": {\n    "react": ["react@${react}", "", {}, ""],\n    "react-dom": ["react-dom@${dom}", "", {}, ""],\n  }\n}\n`,
})
const told = (react: string, dom: string) =>
  `react-dom ${dom} gets react ${react}, and takes that of its own version alone: it stops with "Incompatible React versions"`

testCheck(check, {
  clean: {
    'one version': project({lock: npm('19.2.0', '19.2.0')}),
    'version 18 did not compare': project({lock: npm('18.3.1', '18.2.0')}),
    'ranges without a lock file, of which the newest are taken': project({}),
    'Next.js, which renders with its own': project({
      lock: npm('19.2.0', '19.1.1'),
      dependencies: {...ranges, next: '^16.0.0'},
    }),
    'a react-dom with a react of its own beside it': project({
      lock: npm('19.2.0', '19.2.0', {
        'node_modules/a/node_modules/react': {version: '19.1.1'},
        'node_modules/a/node_modules/react-dom': {version: '19.1.1'},
      }),
    }),
    'a react-dom that nothing but a tool brings': project({
      lock: npm('19.2.0', '19.1.1'),
      dependencies: {react: '^19.2.0', 'react-native': '^0.82.0'},
    }),
    'another package under its name': project({
      lock: npm('19.2.0', '19.1.1', {'node_modules/react-dom': {name: '@preact/compat', version: '19.1.1'}}),
    }),
    'a react between both': project({
      lock: npm('19.2.0', '19.2.0', {
        'web/node_modules/react': {version: '19.1.1'},
        'web/node_modules/a/node_modules/react-dom': {version: '19.1.1'},
      }),
    }),
    'a react-dom of development': project({
      lock: npm('19.2.0', '19.1.1', {'node_modules/react-dom': {version: '19.1.1', dev: true}}),
    }),
    'a workspace with several': project({
      lock: {'pnpm-lock.yaml': `${pnpm('19.2.0', '19.1.1')['pnpm-lock.yaml']}  react-dom@19.2.0(react@19.2.0): {}\n`},
      install: 'npm i -g pnpm && pnpm install',
    }),
    'a lock file that nothing installs from': project({lock: yarn('19.2.0', '19.1.1')}),
  },
  flagged: {
    npm: {
      ...project({lock: npm('19.2.0', '19.1.1')}),
      expect: [`warning package.json:1:50 ${told('19.2.0', '19.1.1')}`],
    },
    'Yarn, the other way round': {
      ...project({lock: yarn('19.1.1', '19.2.0'), install: 'yarn install --frozen-lockfile'}),
      expect: [`warning package.json:1:50 ${told('19.1.1', '19.2.0')}`],
    },
    pnpm: {
      ...project({lock: pnpm('19.2.0', '19.1.1'), install: 'npm i -g pnpm && pnpm install'}),
      expect: [`warning package.json:1:50 ${told('19.2.0', '19.1.1')}`],
    },
    Bun: {
      ...project({lock: bun('19.2.0', '19.1.1'), install: 'npm i -g bun && bun install'}),
      expect: [`warning package.json:1:50 ${told('19.2.0', '19.1.1')}`],
    },
    'both pinned, without a lock file': {
      ...project({dependencies: {react: '19.2.1', 'react-dom': '19.2.0'}}),
      expect: [`warning package.json:1:49 ${told('19.2.1', '19.2.0')}`],
    },
  },
})
