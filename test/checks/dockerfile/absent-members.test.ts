import absentMembers from '../../../checks/dockerfile/absent-members.ts'
import {testCheck} from '../../harness.ts'

interface Shape {
  spec?: string
  source?: string
  core?: object
  more?: Record<string, string>
}
const project = (
  dockerfile: string,
  {spec = 'workspace:*', source = "import {connect} from '@shop/db'\n", core, more = {}}: Shape = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS app\nWORKDIR /app\nCOPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./\n${dockerfile}\n`,
    'package.json': '{}',
    'pnpm-lock.yaml': '',
    'pnpm-workspace.yaml': "packages: ['apps/*', 'packages/*']\n",
    'apps/api/package.json': JSON.stringify({name: '@shop/api', dependencies: core ?? {'@shop/db': spec}}),
    'apps/api/src/server.ts': source,
    'packages/core/package.json': JSON.stringify({name: '@shop/core', dependencies: {'@shop/db': 'workspace:*'}}),
    'packages/core/src/index.ts': "export {connect} from '@shop/db'\n",
    'packages/db/package.json': JSON.stringify({name: '@shop/db', main: 'src/index.ts'}),
    'packages/db/src/index.ts': '',
    ...more,
  },
})
/** Built in a stage that has all members; the last one has the output and the sources of the app alone. */
const built = (devDependencies: object, target = 'apps/api/build') =>
  project(
    `COPY . .\nRUN pnpm install && pnpm --filter @shop/api build\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=app /app/node_modules node_modules\nCOPY --from=app /app/${target} ${target}\n${api}${start}`,
    {
      more: {
        'apps/api/package.json': JSON.stringify({
          name: '@shop/api',
          dependencies: {'@shop/db': 'workspace:*'},
          devDependencies,
        }),
      },
    },
  )
/** The last stage has the manifests and the output of the app alone. */
const compiled = (more: Record<string, string> = {}, copies = '', build = 'prisma generate && tsc -p tsconfig.json') =>
  project(
    `COPY . .\nRUN pnpm install && pnpm -r build\nFROM node:22-slim\nRUN npm install -g pnpm@9\nWORKDIR /app\nCOPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./\nCOPY packages/db/package.json packages/db/\nCOPY apps/api/package.json apps/api/\n${install}COPY --from=app /app/apps/api/dist apps/api/dist\n${copies}CMD ["node", "apps/api/dist/server.js"]`,
    {
      source: "import {connect} from '@shop/db'\n\nconst db = connect()\n",
      more: {
        'apps/api/package.json': JSON.stringify({
          name: '@shop/api',
          scripts: {build},
          dependencies: {'@shop/db': 'workspace:*'},
        }),
        ...more,
      },
    },
  )
const start = 'CMD ["pnpm", "--filter", "@shop/api", "start"]'
const manifest = 'COPY apps/api/package.json apps/api/\n'
const install = 'RUN pnpm install --frozen-lockfile\n'
const api = 'COPY apps/api apps/api\n'
const throughCore = {core: {'@shop/core': 'workspace:*'}, source: "import '@shop/core'\n"}

testCheck(absentMembers, {
  clean: {
    'what dockerfile/linked-modules tells of the program that is started': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/node_modules ./node_modules\nCOPY --from=build /app/apps/api ./apps/api\nCMD ["node", "apps/api/index.js"]\n',
        'package.json': '{"workspaces": ["apps/*", "packages/*"]}',
        'package-lock.json':
          '{"lockfileVersion": 3, "packages": {"": {}, "packages/db": {}, "node_modules/@shop/db": {"resolved": "packages/db", "link": true}}}',
        'apps/api/package.json': '{"name": "api", "dependencies": {"@shop/db": "*"}}',
        'apps/api/index.js': "require('@shop/db')\n",
        'packages/db/package.json': '{"name": "@shop/db"}',
        'packages/db/index.js': '',
      },
    },
    'compiled, and the output of the member, too': compiled(
      {},
      'COPY --from=app /app/packages/db/dist packages/db/dist\n',
    ),
    'compiled, and a type alone is imported': compiled({
      'apps/api/src/server.ts': "import {Order} from '@shop/db'\n\nlet order: Order\n",
    }),
    'compiled by a bundler': compiled({}, '', 'tsc --noEmit && esbuild src/server.ts --bundle --outdir=dist'),
    'it is copied with the others': project(`${install}COPY packages packages\n${api}${start}`),
    'all of the project is copied': project(`${install}COPY . .\n${start}`),
    'only its types are imported': project(`${install}${api}${start}`, {
      source: "import type {Order} from '@shop/db'\n",
    }),
    'the registry has it': project(`${install}${api}${start}`, {spec: '^1.0.0'}),
    'nothing builds or starts what imports it': project(
      `${install}COPY packages/core packages/core\nCMD ["node", "-v"]`,
    ),
    'the code is not in the stage yet': project(`${manifest}${install}${start}`),
    'a RUN moves whole folders': project(`${install}${api}RUN git clone https://example.com/db packages/db\n${start}`),
    'a path leads elsewhere': project(`${install}${api}${start}`, {
      more: {'apps/api/tsconfig.json': '{"compilerOptions": {"paths": {"@shop/db": ["./src/db"]}}}'},
    }),
    'pnpm deploy lays it into node_modules': project(
      `COPY . .\nRUN pnpm --filter @shop/api deploy /out\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=app /out/node_modules node_modules\n${api}CMD ["npx", "tsx", "apps/api/src/server.ts"]`,
    ),
    'another stage builds it, and its folder is laid into node_modules': project(
      `COPY packages/db packages/db\nRUN npm run build --workspace packages/db\nFROM node:22-slim\nWORKDIR /app\nCOPY packages/db/package.json packages/db/\n${api}COPY --from=app /app/packages/db apps/api/node_modules/@shop/db\n${start}`,
    ),
    'another stage builds what imports it': project(
      `${install}${api}RUN npm -v\nFROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN cd apps/api && npx tsc`,
    ),
    'a bundler has put it into what is started': built({vite: '^6.0.0'}),
    'it has no code': project(`${install}${api}${start}`, {
      core: {'@shop/icons': 'workspace:*'},
      source: "import '@shop/icons/logo.svg'\n",
      more: {'packages/icons/package.json': '{"name": "@shop/icons"}', 'packages/icons/logo.svg': ''},
    }),
  },
  flagged: {
    'compiled, and the output of the member is not copied': {
      ...compiled(),
      expect: [
        'warning Dockerfile:11:1 apps/api imports @shop/db of the workspace, and the image has only the package.json of packages/db: the import is not found',
      ],
    },
    'what is started is compiled file by file': {
      ...built({typescript: '^5.0.0'}),
      expect: [
        'warning Dockerfile:10:1 apps/api imports @shop/db of the workspace, and the image has no packages/db: the import is not found',
      ],
    },
    'a bundler, and the folder as it is': {
      ...built({vite: '^6.0.0'}, 'apps/api'),
      expect: [
        'warning Dockerfile:10:1 apps/api imports @shop/db of the workspace, and the image has no packages/db: the import is not found',
      ],
    },
    'it is copied nowhere': {
      ...project(`${manifest}${install}${api}${start}`),
      expect: [
        'warning Dockerfile:6:1 apps/api imports @shop/db of the workspace, and the stage app has no packages/db: the import is not found',
      ],
    },
    'its sources are beside its package.json': {
      ...project(`${manifest}${install}${api}CMD ["node", "apps/api/index.js"]`, {
        more: {'apps/api/src/server.ts': '', 'apps/api/index.js': "import {connect} from '@shop/db'\n"},
      }),
      expect: [
        'warning Dockerfile:6:1 apps/api imports @shop/db of the workspace, and the stage app has no packages/db: the import is not found',
      ],
    },
    'its manifest is there for the install, and its code is not': {
      ...project(`COPY packages/db/package.json packages/db/\n${manifest}${install}${api}${start}`),
      expect: [
        'warning Dockerfile:7:1 apps/api imports @shop/db of the workspace, and the stage app has only the package.json of packages/db: the import is not found',
      ],
    },
    'one that is there imports it': {
      ...project(`${install}COPY packages/core packages/core\n${api}${start}`, throughCore),
      expect: [
        'warning Dockerfile:6:1 packages/core imports @shop/db of the workspace, and the stage app has no packages/db: the import is not found',
      ],
    },
    'a part of it is imported by what is built': {
      ...project(`${install}${api}RUN cd apps/api && npx tsc`, {source: "import {orders} from '@shop/db/orders'\n"}),
      expect: [
        'warning Dockerfile:5:1 apps/api imports @shop/db of the workspace, and the stage app has no packages/db: the import is not found',
      ],
    },
    'npm links it': {
      ...project(`RUN npm ci\n${api}WORKDIR /app/apps/api\nCMD ["npm", "start"]`, {
        spec: '*',
        more: {
          'package.json': '{"workspaces": ["apps/*", "packages/*"]}',
          'package-lock.json': '{"lockfileVersion": 3, "packages": {"packages/db": {"name": "@shop/db"}}}',
        },
      }),
      expect: [
        'warning Dockerfile:5:1 apps/api imports @shop/db of the workspace, and the stage app has no packages/db: the import is not found',
      ],
    },
    'a script of the root builds what imports it': {
      ...project(`RUN npm ci\n${api}RUN npm run build:api`, {
        spec: '*',
        more: {
          'package.json':
            '{"workspaces": ["apps/*", "packages/*"], "scripts": {"build:api": "npm run build --workspace @shop/api"}}',
          'package-lock.json': '{"lockfileVersion": 3, "packages": {"packages/db": {"name": "@shop/db"}}}',
        },
      }),
      expect: [
        'warning Dockerfile:5:1 apps/api imports @shop/db of the workspace, and the stage app has no packages/db: the import is not found',
      ],
    },
  },
})
