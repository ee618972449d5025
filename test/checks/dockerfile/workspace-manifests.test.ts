import workspaceManifests from '../../../checks/dockerfile/workspace-manifests.ts'
import {testCheck} from '../../harness.ts'

const web = 'COPY apps/web/package.json apps/web/\n'
const all = `${web}COPY packages/db/package.json packages/db/\n`
const project = (dockerfile: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\n${dockerfile}`,
    'package.json': '{"name": "shop", "workspaces": ["apps/*", "packages/**", "!packages/old"]}',
    'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - packages/*\n',
    'pnpm-lock.yaml': '',
    'bun.lock': '',
    'yarn.lock': '__metadata:\n  version: 8\n"@shop/ui@workspace:packages/ui":\n  version: 0\n',
    'apps/web/package.json': '{"name": "@shop/web", "dependencies": {"@shop/db": "workspace:*"}}',
    'packages/db/package.json': '{"name": "@shop/db", "dependencies": {"pg": "8"}}',
    'packages/ui/package.json': '{"name": "@shop/ui"}',
    'packages/old/package.json': '{"name": "@shop/old"}',
    ...more,
  },
})
const bun = (version: string, install: string, more: Record<string, string> = {}) =>
  project(`COPY package.json bun.lock ./\n${all}RUN bun ${install}\n`, {
    Dockerfile: `FROM oven/bun:${version}\nWORKDIR /app\nCOPY package.json bun.lock ./\n${all}RUN bun ${install}\n`,
    'bun.lock':
      '{"workspaces": {\n  "apps/web": {},\n  "packages/db": {},\n  "packages/ui": {\n    "name": "@shop/ui"}}}',
    ...more,
  })
const pnpm = (install: string, build: string, copied = web) =>
  project(`COPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./\n${copied}RUN ${install}\nCOPY . .\nRUN ${build}\n`)
const worker = '{\n"name": "@shop/worker",\n"scripts": {"build": "tsc"}, "dependencies": {"axios": "^1"}}'
const late = (install: string, build: string, more: Record<string, string> = {}) =>
  project(
    `COPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./\n${all}COPY packages/ui/package.json packages/ui/\nRUN ${install}\nCOPY . .\nRUN ${build}\n`,
    {'apps/worker/package.json': worker, ...more},
  )
/** The list of the workspace comes only behind the install, and what runs for a member then. */
const unlisted = (run: string, {install = 'pnpm install --frozen-lockfile', web: manifest = '', more = {}} = {}) =>
  project(
    `COPY package.json pnpm-lock.yaml ./\nCOPY apps/web/package.json apps/web/\nRUN ${install}\nCOPY . .\n${run}\n`,
    {
      'package.json': '{"name": "shop", "packageManager": "pnpm@10.34.5", "devDependencies": {"typescript": "5"}}',
      'apps/web/package.json':
        manifest || '{"name": "@shop/web", "dependencies": {"vite": "^6.0.0"}, "scripts": {"start": "vite preview"}}',
      'packages/db/package.json': '{"name": "@shop/db"}',
      ...more,
    },
  )
const takesRoot =
  'pnpm install takes the package.json of its folder alone, as pnpm-workspace.yaml is not there by then: apps/web finds no vite'
const packageOf = (manager: string) => JSON.stringify({name: 'shop', packageManager: manager})
const deploys = (copied: string, more: Record<string, string> = {}) =>
  project(
    `COPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./\n${copied}RUN pnpm --filter=@shop/web deploy --legacy --prod /out\n`,
    {'package.json': packageOf('pnpm@10.34.5'), ...more},
  )
const stops = (what: string) =>
  `${what} install stops: apps/web needs @shop/db of the workspace, and packages/db/package.json is not there by then`

/** Without a lock file; the member db is private. */
const npm = (install = 'npm install', more: Record<string, string> = {}, copied = web) =>
  project(`COPY package.json ./\n${copied}RUN ${install}\nCOPY . .\n`, {
    'apps/web/package.json': '{"name": "@shop/web", "dependencies": {"@shop/db": "*"}}',
    'packages/db/package.json': '{"name": "@shop/db", "private": true}',
    ...more,
  })

/** One member is built, whose package.json comes behind the install or, in another stage, not before it. */
const alone = (dockerfile: string, root: object = {}) =>
  project(dockerfile, {
    'package.json': JSON.stringify({name: 'shop', workspaces: ['apps/*'], ...root}),
    'package-lock.json': '{}',
    'apps/web/package.json': JSON.stringify({
      name: '@shop/web',
      scripts: {build: 'tsc -p .'},
      devDependencies: {typescript: '^5'},
    }),
  })
const installed = (copied = '') => `COPY package.json package-lock.json ./\n${copied}RUN npm ci\n`
const built = 'COPY . .\nRUN npm run build -w apps/web\n'

testCheck(workspaceManifests, {
  clean: {
    'a member that is built, with its package.json before the install': alone(installed(web) + built),
    'a program that the root asks for, too': alone(installed() + built, {devDependencies: {typescript: '^5'}}),
    'a program that a RUN brings': alone(`${installed()}RUN npm install -g typescript\n${built}`),
    'another install behind the COPY': alone(`${installed()}COPY . .\nRUN npm ci && npm run build -w apps/web\n`),
    'the packages of another stage, which has the member': alone(
      `${installed(web)}FROM node:22-slim\nWORKDIR /app\nCOPY --from=0 /app/node_modules node_modules\n${built}`,
    ),
    'npm, with the manifest': npm('npm install', {}, all),
    'npm, and a member that may be published': npm('npm install', {'packages/db/package.json': '{"name": "@shop/db"}'}),
    'npm, and a RUN that takes the name out of package.json': npm(
      'npm pkg delete dependencies.@shop/db && npm install',
    ),
    'npm, and a registry of its own': npm(
      'npm install',
      {},
      `ENV NPM_CONFIG_REGISTRY=https://npm.shop.example\n${web}`,
    ),
    'npm, and a name that others may have': npm('npm install', {
      'apps/web/package.json': '{"name": "@shop/web", "dependencies": {"db": "*"}}',
      'packages/db/package.json': '{"name": "db", "private": true}',
    }),
    'npm, with the links of its lock file': npm(
      'npm install',
      {'package-lock.json': '{}'},
      `COPY package-lock.json ./\n${web}`,
    ),
    'npm, and a RUN that links another place into the folder': npm(
      'npm install',
      {},
      `RUN ln -s /srv/packages /app/packages\n${web}`,
    ),
    'npm, and a script that is fetched from anywhere': npm(
      'npm install',
      {},
      `RUN curl -fsSL https://shop.example/prepare.sh | sh\n${web}`,
    ),
    'npm, with a registry of its own': npm(
      'npm install',
      {'.npmrc': '@shop:registry=https://npm.example.com\n'},
      `COPY .npmrc ./\n${web}`,
    ),
    'npm, in a folder that is named': npm('npm install', {
      'apps/web/package.json': '{"name": "@shop/web", "dependencies": {"@shop/db": "file:../../packages/db"}}',
    }),
    'npm, for development alone': npm('npm install --omit=dev', {
      'apps/web/package.json': '{"name": "@shop/web", "devDependencies": {"@shop/db": "*"}}',
    }),
    'members that turbo prune leaves out, as it does in the lock file': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM oven/bun:1.2 AS pruner\nRUN bun add -g turbo\nWORKDIR /app\nCOPY . .\nRUN turbo prune @shop/api --docker\nFROM oven/bun:1.2\nWORKDIR /app\nCOPY --from=pruner /app/out/json/ .\nRUN bun install --frozen-lockfile\n',
        'package.json': '{"name": "shop", "workspaces": ["apps/*", "packages/*"]}',
        'bun.lock':
          '{"lockfileVersion": 1, "workspaces": {"": {"name": "shop"}, "apps/api": {"name": "@shop/api"}, "packages/ui": {"name": "@shop/ui"}}, "packages": {}}',
        'apps/api/package.json': '{"name": "@shop/api"}',
        'packages/ui/package.json': '{"name": "@shop/ui"}',
      },
    },
    'pnpm from 11 on installs before it runs a script': late('pnpm install --frozen-lockfile', 'pnpm -r run build', {
      'package.json': '{"name": "shop", "packageManager": "pnpm@11.5.3"}',
    }),
    'the newest pnpm does': late('npm i -g pnpm && pnpm install --frozen-lockfile', 'pnpm --filter "./apps/*" build'),
    'and of one member': pnpm('corepack enable && pnpm install --frozen-lockfile', 'pnpm --filter @shop/web build'),
    'the newest pnpm deploys without them': project(
      `RUN corepack enable\nCOPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./\n${all}RUN pnpm --filter @shop/web deploy --prod /out\n`,
      {'package.json': '{"name": "shop", "devDependencies": {"@shop/ui": "workspace:*"}}'},
    ),
    'pnpm deploy goes by the lock file, as a variable says': project(
      `ENV npm_config_inject_workspace_packages=true\nCOPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./\n${all}RUN pnpm --filter @shop/web deploy --prod /out\n`,
      {
        'package.json':
          '{"name": "shop", "packageManager": "pnpm@10.34.5", "devDependencies": {"@shop/ui": "workspace:*"}}',
      },
    ),
    'pnpm deploy goes by the lock file, as a flag says': project(
      `COPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./\n${all}RUN pnpm --config.inject-workspace-packages=true --filter @shop/web deploy --prod /out\n`,
      {
        'package.json':
          '{"name": "shop", "packageManager": "pnpm@10.34.5", "devDependencies": {"@shop/ui": "workspace:*"}}',
      },
    ),
    'a build of one member': late('pnpm install --frozen-lockfile', 'pnpm --filter @shop/web build'),
    'a build of other folders': late('pnpm install --frozen-lockfile', 'pnpm --filter ./packages/* build'),
    'a member without that script': late('pnpm install --frozen-lockfile', 'pnpm -r build', {
      'apps/worker/package.json': '{"name": "@shop/worker", "dependencies": {"axios": "^1"}}',
    }),
    'the packages are installed anew': late(
      'pnpm install --frozen-lockfile',
      'pnpm install --frozen-lockfile && pnpm -r build',
    ),
    'npm lays what others ask for into one folder': late('npm ci', 'npm run build --workspaces', {
      'packages/db/package.json': '{"name": "@shop/db", "dependencies": {"axios": "^1"}}',
      'package-lock.json': '{}',
    }),
    'every one that is needed is there': project(`COPY package.json ./\n${all}RUN bun install --frozen-lockfile\n`),
    'with the whole project': project('COPY . .\nRUN bun install --frozen-lockfile\n'),
    'a part only': project(`COPY package.json ./\n${web}RUN bun install --filter @shop/ui\n`),
    'none is there: a step of its own makes the tree': project('COPY package.json ./\nRUN bun install\n'),
    'a RUN that may have made them': project(
      `COPY package.json ./\n${web}RUN npx turbo prune @shop/web\nRUN bun install\n`,
    ),
    'mounted with its folder': project(
      `COPY package.json ./\n${web}RUN --mount=type=bind,source=packages,target=packages bun install\n`,
    ),
    'npm installs what the lock says': project(`COPY package.json ./\n${web}RUN npm ci\n`, {'package-lock.json': '{}'}),
    'pnpm, with what the image does not build': pnpm('pnpm install --frozen-lockfile', 'pnpm --filter @shop/ui build'),
    'pnpm, and a second install': pnpm(
      'pnpm install --frozen-lockfile',
      'pnpm install --frozen-lockfile && pnpm --filter @shop/web build',
    ),
    'pnpm, whose settings say the same': {
      files: {
        ...pnpm('pnpm install', 'pnpm --filter @shop/ui build').files,
        'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - packages/*\nfrozenLockfile: true\n',
      },
    },
    'pnpm in CI, for what the image does not build': pnpm('CI=1 pnpm install', 'pnpm --filter @shop/ui build'),
    'pnpm deploy, where the root asks for no member': project(
      `COPY package.json pnpm-workspace.yaml ./\n${all}RUN pnpm --filter @shop/web deploy --prod /out\n`,
    ),
    'pnpm deploy, and a member that another one asks for': project(
      `COPY package.json pnpm-workspace.yaml ./\n${web}RUN pnpm --filter @shop/web deploy --prod /out\n`,
    ),
    'pnpm without its list, and nothing of a member runs': unlisted('CMD ["node", "-v"]'),
    'pnpm without its list, and a script or a setting that installs before the build': unlisted(
      'RUN ./setup.sh\nRUN pnpm --filter @shop/web build',
      {more: {'setup.sh': '#!/bin/sh\npnpm install\n'}},
    ),
    'pnpm without its list, which looks before it runs a script': unlisted('RUN pnpm --filter @shop/web build', {
      more: {'.npmrc': 'verify-deps-before-run=install\n'},
    }),
    'pnpm without its list, and a program that npx fetches': unlisted(
      'WORKDIR /app/apps/web\nCMD ["npx", "serve", "dist"]',
    ),
    'pnpm without its list, and an install behind it': unlisted('RUN pnpm install && pnpm --filter @shop/web build'),
    'pnpm without its list, and a member that has what the root has': unlisted('RUN pnpm --filter @shop/web build', {
      web: '{"name": "@shop/web", "devDependencies": {"typescript": "5"}}',
    }),
    'pnpm that is told to do without it': unlisted('RUN pnpm --filter @shop/web build', {
      install: 'pnpm install --ignore-workspace',
    }),
    'pnpm 11, which installs again before it runs a script': unlisted('RUN pnpm --filter @shop/web build', {
      more: {'package.json': packageOf('pnpm@11.3.0')},
    }),
    'pnpm 11, of which that is not known': deploys(web, {'package.json': packageOf('pnpm@11.3.0')}),
    'pnpm deploy of a member that needs none': deploys(all, {
      'apps/web/package.json': '{"name": "@shop/web", "dependencies": {"@shop/db": "workspace:*"}}',
    }),
    'pnpm deploy of a member that can do without': deploys(web, {
      'apps/web/package.json': '{"name": "@shop/web", "optionalDependencies": {"@shop/db": "workspace:*"}}',
    }),
    'pnpm deploy of another one': deploys(web, {
      'apps/web/package.json': '{"name": "@shop/web"}',
      'apps/api/package.json': '{"name": "@shop/api", "dependencies": {"@shop/db": "workspace:*"}}',
    }),
    'pnpm deploy goes by the lock file': project(
      `COPY package.json pnpm-workspace.yaml ./\n${all}RUN pnpm --filter @shop/web deploy --prod /out\n`,
      {
        'package.json':
          '{"name": "shop", "packageManager": "pnpm@10.34.5", "devDependencies": {"@shop/ui": "workspace:*"}}',
        'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - packages/*\ninjectWorkspacePackages: true\n',
      },
    ),
    'a peer that may be missing': project(`COPY package.json ./\n${all}RUN bun install\n`, {
      'packages/db/package.json':
        '{"name": "@shop/db", "peerDependencies": {"@shop/ui": "workspace:*"}, "peerDependenciesMeta": {"@shop/ui": {"optional": true}}}',
    }),
    'bun is told to leave out peers': project(`COPY package.json ./\n${all}RUN bun install --omit=peer\n`, {
      'packages/db/package.json': '{"name": "@shop/db", "peerDependencies": {"@shop/ui": "workspace:*"}}',
    }),
    'and by its settings': project(`COPY package.json bunfig.toml ./\n${all}RUN bun install\n`, {
      'bunfig.toml': '[install]\npeer = false\n',
      'packages/db/package.json': '{"name": "@shop/db", "peerDependencies": {"@shop/ui": "workspace:*"}}',
    }),
    'Yarn 1': project(`COPY package.json yarn.lock ./\n${web}RUN yarn install --immutable\n`, {'yarn.lock': ''}),
    'bun 1.4 leaves out of the lock what is not there': bun('1.4', 'install --frozen-lockfile'),
    'the newest bun': bun('1-slim', 'install --frozen-lockfile'),
    'bun 1.3, which may change its lock': bun('1.3', 'install'),
    'an install that may fail': project(`COPY package.json ./\n${web}RUN bun install || true\n`),
  },
  flagged: {
    'a member that is built, and came behind the install': {
      ...alone(installed() + built),
      expect: [
        'warning Dockerfile:4:5 tsc -p, which npm run build runs in apps/web, finds no typescript: apps/web/package.json is not there when the packages are installed',
      ],
    },
    'a member that is built with the packages of another stage': {
      ...alone(`${installed()}FROM node:22-slim\nWORKDIR /app\nCOPY --from=0 /app/node_modules node_modules\n${built}`),
      expect: [
        'warning Dockerfile:4:5 tsc -p, which npm run build runs in apps/web, finds no typescript: apps/web/package.json is not there when the packages are installed',
      ],
    },
    'npm without a lock file, which asks the registry': {
      ...npm(),
      expect: [
        'warning Dockerfile:5:5 npm install asks the registry, and is likely to stop: apps/web needs @shop/db of the workspace, and packages/db/package.json is not there by then',
      ],
    },
    'and a RUN before it that lays programs into folders of the system': {
      ...npm(
        'npm install',
        {},
        `RUN apt-get update && apt-get install -y make curl && ln -s /usr/bin/python3 /usr/bin/python || true \\\n && curl -fsSL https://deb.nodesource.com/setup_22.x | bash -\n${web}`,
      ),
      expect: [
        'warning Dockerfile:7:5 npm install asks the registry, and is likely to stop: apps/web needs @shop/db of the workspace, and packages/db/package.json is not there by then',
      ],
    },
    'a peer for bun': {
      ...project(`COPY package.json ./\n${all}RUN bun install\n`, {
        'packages/db/package.json': '{"name": "@shop/db", "peerDependencies": {"@shop/ui": "workspace:*"}}',
      }),
      expect: [
        'error Dockerfile:6:5 bun install stops: packages/db needs @shop/ui of the workspace, and packages/ui/package.json is not there by then',
      ],
    },
    'pnpm deploy, and a tool of the root': {
      ...project(
        `COPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./\n${all}RUN pnpm install --frozen-lockfile\nRUN pnpm --filter @shop/web deploy --prod /out\n`,
        {
          'package.json':
            '{"name": "shop", "packageManager": "pnpm@10.34.5", "devDependencies": {"@shop/ui": "workspace:*"}}',
        },
      ),
      expect: [
        'error Dockerfile:7:5 pnpm deploy stops: the root needs @shop/ui of the workspace, and packages/ui/package.json is not there by then',
      ],
    },
    'pnpm without its list, and a build of a member': {
      ...unlisted('RUN pnpm --filter @shop/web build'),
      expect: [`warning Dockerfile:5:5 ${takesRoot}`],
    },
    'pnpm without its list, and a machine that starts in the folder of a member': {
      ...unlisted('WORKDIR /app/apps/web\nCMD ["pnpm", "start"]', {install: 'pnpm install --prod'}),
      expect: [`warning Dockerfile:5:5 ${takesRoot}`],
    },
    'pnpm without its list, and a program of a package of another name': {
      ...unlisted('WORKDIR /app/apps/web\nCMD ["pnpm", "exec", "remix-serve", "build/index.js"]', {
        web: '{"name": "@shop/web", "dependencies": {"@remix-run/serve": "^2.15.2"}}',
      }),
      expect: [`warning Dockerfile:5:5 ${takesRoot.replace('vite', '@remix-run/serve')}`],
    },
    'pnpm deploy, and a member that the deployed one needs': {
      ...deploys(web),
      expect: [
        'error Dockerfile:5:5 pnpm deploy stops: apps/web needs @shop/db of the workspace, and packages/db/package.json is not there by then',
      ],
    },
    'pnpm deploy, and one that is needed by what it needs, for development': {
      ...deploys(all, {
        'packages/db/package.json': '{"name": "@shop/db", "devDependencies": {"@shop/ui": "workspace:*"}}',
      }),
      expect: [
        'error Dockerfile:6:5 pnpm deploy stops: packages/db needs @shop/ui of the workspace, and packages/ui/package.json is not there by then',
      ],
    },
    'a build of all members, of which one came behind the install': {
      ...late('pnpm install --frozen-lockfile', 'pnpm -r run build'),
      expect: [
        'warning Dockerfile:7:5 pnpm -r run build builds apps/worker, too, and apps/worker/package.json is not there when the packages are installed: build finds no axios',
      ],
    },
    'by the script of the root, in a part of the folders': {
      ...late('pnpm install --frozen-lockfile', 'pnpm build', {
        'package.json': '{"name": "shop", "scripts": {"build": "pnpm --filter ./apps/** build"}}',
      }),
      expect: [
        'warning Dockerfile:7:5 pnpm --filter ./apps/** build builds apps/worker, too, and apps/worker/package.json is not there when the packages are installed: build finds no axios',
      ],
    },
    'bun without a member': {
      ...project(`COPY package.json ./\n${web}RUN bun install --frozen-lockfile\n`),
      expect: [`error Dockerfile:5:5 ${stops('bun')}`],
    },
    'bun 1.3 with a frozen lock, which every member of it has to fit': {
      ...bun('1.3.6-alpine', 'install --frozen-lockfile'),
      expect: [
        'error Dockerfile:6:5 bun install stops: bun.lock names @shop/ui of the workspace, and packages/ui/package.json is not there by then',
      ],
    },
    'for which --production is as good, and --filter no help': {
      ...bun('1.2', 'install --production --filter @shop/web'),
      expect: [
        'error Dockerfile:6:5 bun install stops: bun.lock names @shop/ui of the workspace, and packages/ui/package.json is not there by then',
      ],
    },
    'bun, where package.json names each member': {
      ...bun('1', 'install', {'package.json': '{"workspaces": ["apps/web", "packages/db", "./packages/ui/"]}'}),
      expect: [
        'error Dockerfile:6:5 bun install stops: package.json names @shop/ui of the workspace, and packages/ui/package.json is not there by then',
      ],
    },
    'and with mounts': {
      ...project(
        'RUN --mount=type=bind,source=package.json,target=package.json \\\n  --mount=type=bind,source=apps/web/package.json,target=apps/web/package.json \\\n  bun install\n',
      ),
      expect: [`error Dockerfile:5:3 ${stops('bun')}`],
    },
    'Yarn without a member of the lock': {
      ...project(`COPY package.json yarn.lock ./\n${all}RUN yarn install --immutable\n`),
      expect: [
        'error Dockerfile:6:5 yarn install stops: yarn.lock names @shop/ui of the workspace, and packages/ui/package.json is not there by then',
      ],
    },
    'pnpm that does not go by the lock file alone, whatever is built': {
      ...pnpm('pnpm install --no-frozen-lockfile', 'pnpm --filter @shop/ui build'),
      expect: [
        'error Dockerfile:5:5 pnpm install stops: apps/web needs @shop/db of the workspace, and packages/db/package.json is not there by then',
      ],
    },
    'pnpm without one that the image needs': {
      ...pnpm('pnpm install --frozen-lockfile', 'pnpm --filter @shop/web build'),
      expect: [
        'warning Dockerfile:5:5 pnpm install leaves out what @shop/db depends on: apps/web needs @shop/db of the workspace, and packages/db/package.json is not there by then',
      ],
    },
  },
})
