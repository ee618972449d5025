import developmentTools from '../../../checks/dockerfile/development-tools.ts'
import {testCheck} from '../../harness.ts'

const manifest = {
  scripts: {build: 'tsc -p .', bundle: 'vite build', generate: 'prisma generate', lint: 'eslint . || true'},
  dependencies: {express: '^5.0.0'},
  devDependencies: {
    typescript: '^5.0.0',
    vite: '^6.0.0',
    prisma: '^6.0.0',
    '@vitejs/plugin-vue': '^6.0.0',
    eslint: '^9.0.0',
  },
}
const dev = Object.fromEntries(
  Object.keys(manifest.devDependencies).map((name) => [`node_modules/${name}`, {version: '1.0.0', dev: true}]),
)
const npmLock = (packages: object) => JSON.stringify({lockfileVersion: 3, packages})
const project = (build: string, more: Record<string, string> = {}, base = 'FROM node:22-slim\nWORKDIR /app\n') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `${base}COPY . .\n${build}`,
    '.dockerignore': 'node_modules\n',
    'package.json': JSON.stringify(manifest, null, 1),
    'package-lock.json': npmLock(dev),
    ...more,
  },
})
const yarnLock =
  '# yarn lockfile v1\n\n\nexpress@^5.0.0:\n  version "5.0.0"\n  dependencies:\n    helper "^1.0.0"\n\nhelper@^1.0.0:\n  version "1.0.0"\n'
const locked = (build: string, lock: Record<string, string>) => {
  const {'package-lock.json': _, ...files} = project(build).files
  return {files: {...files, ...lock}}
}
const yarn = (build: string, lock = yarnLock) => locked(build, {'yarn.lock': lock})
const tsc = (by: string) =>
  `tsc, which ${by} runs, is not found: typescript is a development dependency of package.json, which the install before leaves out`

/** A workspace of pnpm with a member that generates a client when it is installed. */
const generating = (install: string, api = 'apps/api/package.json') =>
  locked(`RUN corepack enable && ${install}\n`, {
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    'pnpm-workspace.yaml': 'packages:\n  - apps/*\n',
    [api]: JSON.stringify({name: 'api', scripts: {postinstall: 'prisma generate'}}),
    'apps/api/prisma/schema.prisma': '',
  })

/** A workspace of pnpm whose root has a script that husky runs. */
const hooked = (before: string, install = 'pnpm install --frozen-lockfile --prod --filter api...') =>
  locked(`RUN corepack enable\n${before}RUN ${install}\n`, {
    'package.json': JSON.stringify({scripts: {prepare: 'husky'}, devDependencies: {husky: '^9.0.0'}}),
    'pnpm-workspace.yaml': 'packages:\n  - apps/*\n',
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    'apps/api/package.json': '{"name": "api", "dependencies": {"express": "^5.0.0"}}',
  })

/** A project of Next.js whose PostCSS asks for a development dependency. */
const tailwind = (version: string, more: Record<string, string>) =>
  project('RUN npm ci --omit=dev && npx next build\n', {
    'package.json': JSON.stringify({
      dependencies: {next: `^${version}`},
      devDependencies: {tailwindcss: '^3.0.0', typescript: '^5.0.0'},
    }),
    'package-lock.json': npmLock({
      'node_modules/next': {version},
      'node_modules/tailwindcss': {version: '3.0.0', dev: true},
      'node_modules/typescript': {version: '5.0.0', dev: true},
    }),
    'postcss.config.js': 'module.exports = {plugins: {tailwindcss: {}}}\n',
    ...more,
  })
/** A client in a folder of its own, below a project that installs all. */
const client = (install: string, above: object = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nENV NODE_ENV=production\nWORKDIR /app\nCOPY . .\nRUN npm ci --include=dev\nRUN cd client && ${install}\nRUN npm run build\n`,
    '.dockerignore': 'node_modules\n',
    'package.json': '{"scripts": {"build": "cd client && npm run build"}}',
    'package-lock.json': npmLock({'node_modules/typescript': {version: '5.9.3', dev: true}, ...above}),
    'client/package.json': JSON.stringify(
      {scripts: {build: 'tsc && vite build'}, devDependencies: {typescript: '^5.0.0', vite: '^6.0.0'}},
      null,
      1,
    ),
    'client/package-lock.json': npmLock({
      'node_modules/typescript': {version: '5.9.3', dev: true},
      'node_modules/vite': {version: '6.0.0', dev: true},
    }),
  },
})

testCheck(developmentTools, {
  clean: {
    // npm keeps an optional peer of what it keeps.
    'Prisma without a lock file, beside its client': {
      files: {
        ...locked('RUN npm install --omit=dev && npx prisma generate\n', {}).files,
        'package.json': JSON.stringify({...manifest, dependencies: {'@prisma/client': '^6.0.0'}}),
      },
    },
    'a folder of its own, installed with all': client('npm ci --include=dev'),
    'a folder of its own, and the project above has it': client('npm ci', {
      'node_modules/vite': {version: '6.0.0', dev: true},
    }),
    'an install by the lock file that is there, with all': project(
      'RUN if [ -f yarn.lock ]; then yarn install --production; elif [ -f package-lock.json ]; then npm ci; fi\nRUN npm run build\n',
    ),
    'an install by a lock file that may be there': project(
      'RUN touch flag*\nRUN if [ -f /etc/flag ]; then npm ci; else npm ci --omit=dev; fi\nRUN npm run build\n',
    ),
    'a development package that npm is told to bring, or installs for all': project(
      'ENV NODE_ENV=production\nRUN npm ci && npm install -g typescript && npm install --include=dev -D vite\nRUN npm install --save-prod prisma\nRUN npm run build && npm run bundle && npm run generate\n',
    ),
    'one that is installed before there is a package.json': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nENV NODE_ENV=production\nRUN npm install typescript\nCOPY . .\nRUN npm run build\n',
        '.dockerignore': 'node_modules\n',
        'package.json': JSON.stringify(manifest, null, 1),
        'package-lock.json': npmLock(dev),
      },
    },
    'one that no production leaves out': project('RUN npm ci && npm install -D typescript\nRUN npm run build\n'),
    'a package that is new to package.json': project(
      'ENV NODE_ENV=production\nRUN npm ci\nRUN npm install typescript\nRUN npm run build\n',
      {'package.json': '{"scripts": {"build": "tsc"}}', 'package-lock.json': npmLock({})},
    ),
    'an install that is told its folder, with all': project(
      'ENV NODE_ENV=production\nRUN npm --prefix . install --include=dev\nRUN npm --prefix . run build\n',
    ),
    'an install in a folder that nobody knows': project(
      'ENV NODE_ENV=production\nARG PLACE\nRUN npm --prefix $PLACE install\nRUN npm run build\n',
    ),
    'pnpm: the script is taken out before by npm pkg': hooked('RUN npm pkg delete scripts.prepare\n'),
    'pnpm: or by a script of node': hooked(
      `RUN node -e "const p = JSON.parse(fs.readFileSync('package.json')); delete p.scripts.prepare; fs.writeFileSync('package.json', JSON.stringify(p))"\n`,
    ),
    'pnpm: a member whose script finds its program': generating('pnpm install --frozen-lockfile'),
    'pnpm: the scripts of members are left out': generating('pnpm install --prod --ignore-scripts'),
    'pnpm: another member alone is installed': generating('pnpm install --prod --filter web...'),
    'pnpm: the folder is of no member': generating('pnpm install --prod', 'tools/api/package.json'),
    'pnpm: scripts are left out': hooked('', 'pnpm install --frozen-lockfile --prod --ignore-scripts --filter api...'),
    'all is installed': project('RUN npm ci && npm run build\n'),
    'left out behind the build': project('RUN npm ci && npm run build && npm prune --omit=dev\n'),
    'NODE_ENV comes behind the install': project('RUN npm ci\nENV NODE_ENV=production\nRUN npm run build\n'),
    'kept by a setting': project(
      'ENV NODE_ENV=production\nRUN npm config set include dev\nRUN npm ci && npm run build\n',
    ),
    'kept by a setting that a RUN writes': project(
      'ENV NODE_ENV=production\nRUN echo include=dev >> .npmrc && npm ci && npm run build\n',
    ),
    'plugins of PostCSS that are commented out, or for development': project(
      'RUN npm ci --omit=dev && npx next build\n',
      {
        'postcss.config.js':
          "// plugins: [typescript]\nmodule.exports = {plugins: {...(process.env.NODE_ENV === 'development' ? {prisma: {}} : {})}}\n",
      },
    ),
    'kept by a flag': project('ENV NODE_ENV=production\nRUN npm ci --include=dev && npm run build\n'),
    'the command says otherwise': project(
      'ENV NODE_ENV=production\nRUN NODE_ENV=development npm ci\nRUN npm run build\n',
    ),
    'a build argument says otherwise': {
      files: {
        ...project('ARG NODE_ENV=production\nRUN npm ci && npm run build\n').files,
        'fly.toml': 'app = "shop"\n[build.args]\nNODE_ENV = "development"\n',
      },
    },
    'a second install brings the rest': project('RUN npm ci --omit=dev\nRUN npm install\nRUN npm run build\n'),
    'installed by its name': project('RUN npm ci --omit=dev && npm install -g typescript && npm run build\n'),
    'another package needs it': project('RUN npm ci --omit=dev && npm run build\n', {
      'package-lock.json': npmLock({...dev, 'node_modules/typescript': {version: '5.0.0', devOptional: true}}),
    }),
    'what fails does no harm': project('RUN npm ci --omit=dev && npm run lint\n'),
    'without scripts': project('RUN npm ci --omit=dev --ignore-scripts\n', {
      'package.json': JSON.stringify({...manifest, scripts: {prepare: 'husky'}, devDependencies: {husky: '^9.0.0'}}),
    }),
    'kept by a value of its own': project('RUN npm install --production false && npm run build\n'),
    'what comes on a condition': project('RUN npm ci --omit=dev && npx vite build\n', {
      'package.json': JSON.stringify({...manifest, dependencies: {vite: '^6.0.0'}}),
      'package-lock.json': npmLock({...dev, 'node_modules/vite': {version: '6.0.0'}}),
      'vite.config.js':
        "const vue = process.env.DEV === '1' ? require('@vitejs/plugin-vue') : () => undefined\nmodule.exports = {plugins: [vue(), ...(process.env.REPL_ID ? [await import('prisma')] : [])]}\n",
    }),
    'npm is told in .npmrc': project('RUN npm ci --omit=dev && npm run build\n', {'.npmrc': 'include=dev\n'}),
    'pnpm, whose versions differ over NODE_ENV': project('ENV NODE_ENV=production\nRUN pnpm install && pnpm build\n'),
    'pnpm 10, which installs them under NODE_ENV too': project(
      'ENV NODE_ENV=production\nRUN corepack enable && pnpm install && pnpm build\n',
      {'package.json': JSON.stringify({...manifest, packageManager: 'pnpm@10.0.0'})},
    ),
    'pnpm 9, told to install all': project(
      'ENV NODE_ENV=production\nRUN npm install -g pnpm@9 && pnpm install --prod=false && pnpm build\n',
    ),
    'packages that another stage installed in full': project(
      'COPY --from=deps /app/node_modules ./node_modules\nRUN npm run build\n',
      {},
      'FROM node:22-slim AS deps\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nFROM node:22-slim\nWORKDIR /app\nENV NODE_ENV=production\n',
    ),
    'Yarn 1: a package of production needs it': yarn(
      'RUN yarn install --production && yarn build\n',
      yarnLock.replaceAll('helper', 'typescript'),
    ),
  },
  flagged: {
    'a folder of its own, installed without what it builds with': {
      ...client('npm ci'),
      expect: [
        'error Dockerfile:7:5 vite, which npm run build runs, is not found: vite is a development dependency of client/package.json, which the install before leaves out',
      ],
    },
    'a COPY that brings the packages of the computer that deploys': {
      ...project('RUN npm run build\n', {
        '.dockerignore': '',
        Dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY . .\nRUN npm run build\n',
      }),
      expect: [`warning Dockerfile:6:5 ${tsc('npm run build')}`],
    },
    'an install by the lock file that is there, without them': {
      ...project(
        'RUN if [ -f yarn.lock ]; then yarn install; elif [ -f package-lock.json ]; then npm ci --omit=dev; fi\nRUN npm run build\n',
      ),
      expect: [`error Dockerfile:5:5 ${tsc('npm run build')}`],
    },
    'a development package that npm is given by its name, and leaves out': {
      ...project(
        'ENV NODE_ENV=production\nRUN npm ci\nRUN npm install typescript@5 && npm i --save-dev vite\nRUN npm run build && npm run bundle\n',
      ),
      expect: [`error Dockerfile:7:5 ${tsc('npm run build')}, as is vite`],
    },
    'one that package.json does not name': {
      ...project('ENV NODE_ENV=production\nRUN npm install --save-dev typescript\nRUN npm run build\n', {
        'package.json': '{"scripts": {"build": "tsc"}}',
        'package-lock.json': npmLock({}),
      }),
      expect: [
        'warning Dockerfile:6:5 tsc, which npm run build runs, is not found: typescript is given to npm as a development dependency, and npm leaves these out',
      ],
    },
    'an install that is told its folder': {
      ...project('ENV NODE_ENV=production\nRUN npm --prefix . install\nRUN npm run build --prefix=.\n'),
      expect: [`error Dockerfile:6:5 ${tsc('npm run build')}`],
    },
    'pnpm: the script of a member, which an install of all runs': {
      ...generating('pnpm install --frozen-lockfile --prod'),
      expect: [
        'error Dockerfile:4:24 prisma, which the postinstall script runs, is not found: prisma is a development dependency of package.json, which the install before leaves out',
      ],
    },
    'pnpm runs the scripts of the root, whatever the filter is': {
      ...hooked(''),
      expect: [
        'error Dockerfile:5:5 husky, which the prepare script runs, is not found: husky is a development dependency of package.json, which the install before leaves out',
      ],
    },
    '--omit=dev': {
      ...project('RUN npm ci --omit=dev\nRUN npm run build\n'),
      expect: [`error Dockerfile:5:5 ${tsc('npm run build')}`],
    },
    'NODE_ENV before the install': {
      ...project('ENV NODE_ENV=production\nRUN npm ci && npm run build\n'),
      expect: [`error Dockerfile:5:15 ${tsc('npm run build')}`],
    },
    'by npx': {
      ...project('RUN npm ci --omit=dev && npx prisma generate\n'),
      expect: [
        'warning Dockerfile:4:26 prisma is fetched in its newest version: prisma is a development dependency of package.json, which the install before leaves out',
      ],
    },
    'a script that the install itself runs': {
      ...project('RUN npm ci --omit=dev\n', {
        'package.json': JSON.stringify({scripts: {prepare: 'husky'}, devDependencies: {husky: '^9.0.0'}}),
        'package-lock.json': npmLock({'node_modules/husky': {version: '9.0.0', dev: true}}),
      }),
      expect: [
        'error Dockerfile:4:5 husky, which the prepare script runs, is not found: husky is a development dependency of package.json, which the install before leaves out',
      ],
    },
    'what a configuration imports': {
      ...project('RUN npm ci --omit=dev && npm run bundle\n', {
        'package.json': JSON.stringify({...manifest, dependencies: {vite: '^6.0.0'}}),
        'package-lock.json': npmLock({...dev, 'node_modules/vite': {version: '6.0.0'}}),
        'vite.config.ts': "import vue from '@vitejs/plugin-vue'\nexport default {plugins: [vue()]}\n",
      }),
      expect: [
        'error Dockerfile:4:26 vite build, which npm run bundle runs, stops: vite.config.ts names @vitejs/plugin-vue, a development dependency of package.json, which the install before leaves out',
      ],
    },
    'plugins that PostCSS takes by name': {
      ...project('RUN npm ci --omit=dev && npx next build\n', {
        'package.json': JSON.stringify({dependencies: {next: '^15.0.0'}, devDependencies: {tailwindcss: '^3.0.0'}}),
        'package-lock.json': npmLock({
          'node_modules/next': {version: '15.0.0'},
          'node_modules/tailwindcss': {version: '3.0.0', dev: true},
        }),
        'postcss.config.js': 'module.exports = {plugins: {tailwindcss: {}}}\n',
        'app/page.js': '',
      }),
      expect: [
        'error Dockerfile:4:26 next build stops: postcss.config.js names tailwindcss, a development dependency of package.json, which the install before leaves out',
      ],
    },
    'Next.js fetches TypeScript by itself to read its configuration, and all others with it': {
      ...tailwind('15.4.1', {'next.config.ts': 'export default {}\n', 'app/page.tsx': ''}),
      expect: [
        'warning Dockerfile:4:26 next build may stop: postcss.config.js names tailwindcss, a development dependency of package.json, which the install before leaves out',
      ],
    },
    'and before it compiles, where there are pages alone': {
      ...tailwind('14.2.0', {'tsconfig.json': '{}', 'pages/index.tsx': ''}),
      expect: [
        'warning Dockerfile:4:26 next build may stop: postcss.config.js names tailwindcss, a development dependency of package.json, which the install before leaves out',
      ],
    },
    'Next.js that reads next.config.ts without TypeScript, and compiles app before it fetches any': {
      ...tailwind('15.3.0', {'next.config.ts': 'export default {}\n', 'tsconfig.json': '{}', 'app/page.tsx': ''}),
      expect: [
        'error Dockerfile:4:26 next build stops: postcss.config.js names tailwindcss, a development dependency of package.json, which the install before leaves out',
      ],
    },
    'without a lock file': {
      ...project('RUN npm install --production && npm run build\n', {'package-lock.json': '{}'}),
      expect: [`warning Dockerfile:4:33 ${tsc('npm run build')}`],
    },
    'pnpm 9 heeds NODE_ENV': {
      ...project(
        'ENV NODE_ENV=production\nRUN corepack enable && corepack prepare pnpm@9.12.0 --activate\nRUN pnpm install\nRUN pnpm build\n',
        {'pnpm-lock.yaml': "lockfileVersion: '9.0'\n"},
      ),
      expect: [`error Dockerfile:7:5 ${tsc('pnpm run build')}`],
    },
    'pnpm lays no programs of other packages there': {
      ...locked('RUN pnpm install --prod && pnpm build\n', {'pnpm-lock.yaml': "lockfileVersion: '9.0'\n"}),
      expect: [`error Dockerfile:4:28 ${tsc('pnpm run build')}`],
    },
    'pnpm 9 under NODE_ENV': {
      ...locked('ENV NODE_ENV=production\nRUN corepack enable && pnpm install\nRUN pnpm build\n', {
        'package.json': JSON.stringify({...manifest, packageManager: 'pnpm@9.12.0'}, null, 1),
        'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
      }),
      expect: [`error Dockerfile:6:5 ${tsc('pnpm run build')}`],
    },
    'Yarn 1': {
      ...yarn('RUN yarn install --production && yarn build\n'),
      expect: [`error Dockerfile:4:34 ${tsc('yarn run build')}`],
    },
    'packages of another stage': {
      ...project(
        'COPY --from=deps /app/node_modules ./node_modules\nRUN npm run build\n',
        {},
        'FROM node:22-slim AS deps\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nFROM node:22-slim\nWORKDIR /app\n',
      ),
      expect: [`error Dockerfile:9:5 ${tsc('npm run build')}`],
    },
  },
})
