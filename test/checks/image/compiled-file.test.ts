import compiledFile from '../../../checks/image/compiled-file.ts'
import {testCheck} from '../../harness.ts'

const project = (started: string, options: string, script = 'tsc', more: Record<string, string> = {}, after = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm install && npm run build\n${after}CMD ["node", "${started}"]\n`,
    'package.json': JSON.stringify({scripts: {build: script}}),
    'tsconfig.json': `{\n  // what tsc does\n  "compilerOptions": {${options}},\n}\n`,
    'src/index.ts': '',
    ...more,
  },
})
const usual = '"outDir": "./dist", "rootDir": "./src"'
const copied = 'FROM node:22-slim\nWORKDIR /app\nCOPY --from=0 /app/build ./dist\n'

const member = (started: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm install && npm --workspace api run build\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/api/package.json api/\nCOPY --from=build /app/api/dist api/dist\nCMD ["node", "${started}"]\n`,
    'package.json': '{"workspaces": ["api"]}',
    'api/package.json': '{"name": "api", "scripts": {"build": "tsc -b"}}',
    'api/tsconfig.json': `{"compilerOptions": {${usual}}}`,
    'api/src/index.ts': '',
  },
})

/** What a RUN compiles by itself. */
const direct = (run: string, started: string, options = '"outDir": "dist", "rootDir": "."') => ({
  files: {
    ...project(started, options, 'next build').files,
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN ${run}\nCMD ["node", "${started}"]\n`,
    'tsconfig.server.json': `{"compilerOptions": {${options}}}`,
  },
})

/** What a script of another name compiles, beside that which is called build. */
const server = (started: string, more = '', last = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build:server${more}\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app .\n${last}CMD ["node", "${started}"]\n`,
    'package.json': '{"scripts": {"build": "vite build", "build:server": "prisma generate && tsc -p server"}}',
    'server/tsconfig.json': '{"compilerOptions": {"outDir": "dist", "rootDir": "src"}}',
    'server/src/index.ts': '',
  },
})

/** A workspace of Nx with two apps. */
const nx = (started: string, more: Record<string, string> = {}, copy = 'COPY --from=build /app/dist ./dist\n') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npx nx build shop-api\nFROM node:22-slim\nWORKDIR /app\n${copy}CMD ["node", "${started}"]\n`,
    'package.json': '{"devDependencies": {"nx": "20.0.0"}}',
    'nx.json': '{}',
    'apps/shop-api/project.json':
      '{\n  "projectType": "application",\n  "targets": {"build": {"options": {"outputPath": "dist/apps/shop-api"}}}\n}\n',
    'apps/web/project.json':
      '{"projectType": "application", "targets": {"build": {"options": {"outputPath": "dist/apps/web"}}}}',
    'apps/web-e2e/project.json': '{"projectType": "application", "targets": {"e2e": {}}}',
    'libs/db/project.json': '{"projectType": "library"}',
    ...more,
  },
})

/** By a script of package.json. */
const started = (build: string, more: object = {}, options = '"outDir": "build", "rootDir": "src"') => ({
  files: {
    ...project('', options).files,
    Dockerfile: 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npm", "start"]\n',
    'package.json': JSON.stringify({scripts: {build, start: 'node dist/index.js', ...more}}),
  },
})

/** An app of Nest, whose compiler is tsc unless nest-cli.json says otherwise. */
const nest = (
  more: Record<string, string> = {},
  {options = '', exclude = '"node_modules", "test", "dist", "**/*spec.ts"', started = 'dist/main'} = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /srv\nCOPY --from=build /app/package.json ./\nCOPY --from=build /app/dist ./dist\nCMD ["node", "${started}"]\n`,
    'package.json': '{"scripts": {"build": "nest build"}}',
    'nest-cli.json': '{"sourceRoot": "src"}',
    'tsconfig.json': `{"compilerOptions": {"outDir": "./dist"${options}}}`,
    'tsconfig.build.json': `{\n  "extends": "./tsconfig.json",\n  "exclude": [${exclude}]\n}`,
    'src/main.ts': '',
    'src/app.module.ts': '',
    'test/app.e2e-spec.ts': '',
    ...more,
  },
})

/** A member of a workspace that takes the sources of another one by `paths`. */
const nestMember = (specifier: string, started = 'dist/main.js') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build -w api\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/apps/api/dist ./dist\nCMD ["node", "${started}"]\n`,
    'package.json': '{"workspaces": ["apps/*", "packages/*"]}',
    'apps/api/package.json': '{"name": "api", "scripts": {"build": "nest build"}}',
    'apps/api/tsconfig.json':
      '{"compilerOptions": {"outDir": "./dist", "baseUrl": ".", "paths": {"@shop/shared": ["../../packages/shared/src/index.ts"], "@/*": ["src/*"]}}, "include": ["src"]}',
    'apps/api/src/main.ts': `import {total} from '${specifier}'\nconsole.log(total)\n`,
    'apps/api/src/total.ts': 'export const total = 1\n',
    'packages/shared/package.json': '{"name": "@shop/shared"}',
    'packages/shared/src/index.ts': 'export const total = 1\n',
  },
})

testCheck(compiledFile, {
  clean: {
    'a script of another name writes it': server('server/dist/index.js'),
    'a script of another name, and a folder that pnpm deploy fills': server(
      'dist/index.js',
      ' && pnpm --filter server deploy --prod /app',
    ),
    'a script of another name, and one that may write it': server('dist/index.js', ' && npm run build'),
    'a script of another name, whose folder is laid elsewhere': server(
      'dist/index.js',
      '',
      'RUN mv server/dist dist\n',
    ),
    'a RUN compiles in a folder': {
      files: {
        ...direct('cd server && npx tsc', 'server/dist/index.js').files,
        'server/tsconfig.json': '{"compilerOptions": {"outDir": "dist"}, "include": ["."]}',
        'server/index.ts': '',
      },
    },
    'a folder of that name': project('app/dist/index.js', usual, 'tsc && tsc -p app', {
      'app/tsconfig.json': `{"compilerOptions": {${usual}}}`,
      'app/src/index.ts': '',
    }),
    'Nest with its sources in src': nest(),
    'Nest, and the file has its ending': nest({}, {started: 'dist/main.js'}),
    'Nest, and the other file is left out': nest(
      {'prisma/seed.ts': ''},
      {exclude: '"node_modules", "test", "dist", "**/*spec.ts", "prisma"'},
    ),
    'Nest with rootDir': nest({'prisma/seed.ts': ''}, {options: ', "rootDir": "./src"'}),
    'Nest, and the other file is not copied': nest({'prisma/seed.ts': '', '.dockerignore': 'prisma\n'}),
    'Nest, and only types stand beside': nest({'types/env.d.ts': ''}),
    'Nest, which tells the place that a file beside src makes': nest(
      {'prisma/seed.ts': ''},
      {started: 'dist/src/main'},
    ),
    'Nest with swc, which looks at the folder of the sources alone': nest({
      'prisma/seed.ts': '',
      'nest-cli.json': '{"sourceRoot": "src", "compilerOptions": {"builder": "swc"}}',
    }),
    'Nest with webpack': nest({
      'prisma/seed.ts': '',
      'nest-cli.json': '{"sourceRoot": "src", "compilerOptions": {"webpack": true}}',
    }),
    'Nest, told of a configuration with the folder of the sources alone': nest({
      'prisma/seed.ts': '',
      'nest-cli.json': '{"compilerOptions": {"tsConfigPath": "tsconfig.app.json"}}',
      'tsconfig.app.json': '{"extends": "./tsconfig.json", "include": ["src"]}',
    }),
    'Nest, and JSON of the folder': nest(
      {'src/main.ts': "import data from './data.json'\nconsole.log(data)\n", 'src/data.json': '{}'},
      {options: ', "resolveJsonModule": true'},
    ),
    'Nest of a member with paths of its own': nestMember('@/total'),
    'Nest of a member that imports a package': nestMember('express'),
    'Nest of a member, where tsc writes it': nestMember('@shop/shared', 'dist/apps/api/src/main.js'),
    'a RUN writes it there': direct('npx tsc -p tsconfig.server.json', 'dist/src/index.js'),
    'what Nx writes': nx('dist/apps/shop-api/main.js'),
    'what Nx writes, and a COPY calls otherwise': nx(
      'dist/apps/api/main.js',
      {},
      'COPY --from=build /app/dist/apps/shop-api ./dist/apps/api\n',
    ),
    'an app of Nx whose folder a plugin knows': nx('dist/apps/api/main.js', {
      'apps/api/project.json': '{"projectType": "application", "targets": {}}',
    }),
    'a RUN checks no types': direct('npx tsc --noCheck -p tsconfig.server.json', 'dist/src/index.js'),
    'a RUN tells tsc another folder': direct('npx tsc -p tsconfig.server.json --outDir build', 'dist/index.js'),
    'two RUNs compile': direct('npx tsc && npx tsc -p tsconfig.server.json', 'dist/index.js'),
    'of a member of the workspace': member('api/dist/index.js'),
    'it is among the files that pnpm deploy copies': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim AS build\nWORKDIR /repo\nCOPY . .\nRUN pnpm install && pnpm --filter @shop/bot run build\nRUN pnpm deploy --filter @shop/bot --prod --legacy /runtime\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /runtime ./\nCMD ["node", "./lib/server.js"]\n',
        'package.json': '{"name": "shop"}',
        'pnpm-workspace.yaml': 'packages: [apps/*]\n',
        'apps/bot/package.json': '{"name": "@shop/bot", "type": "module", "scripts": {"build": "tsc"}}',
        'apps/bot/tsconfig.json': '{"compilerOptions": {"outDir": "./lib", "rootDir": "src"}}',
        'apps/bot/src/server.ts': '',
      },
    },
    'it is written there': project('dist/index.js', usual),
    'by its place': project('/app/dist/index.js', usual),
    'a bundler writes it': project('build/index.js', usual, 'tsc && esbuild src/index.ts --outfile=build/index.js'),
    'tsc is told another folder': project('build/index.js', usual, 'tsc --outDir build'),
    'another configuration tells it': project('dist/index.js', '"strict": true'),
    'without rootDir it is not known': project('dist/src/index.js', '"outDir": "dist"'),
    'the stage copies it to another name': project(
      'dist/index.js',
      '"outDir": "build", "rootDir": "src"',
      'tsc',
      {},
      copied,
    ),
    'a script copies a file of that name': project('dist/server.js', usual, 'tsc && npm run assets', {
      'package.json': '{"scripts": {"build": "tsc && npm run assets", "assets": "cp legacy/server.js dist/"}}',
      'legacy/server.js': '',
    }),
    'a script of the project runs, too': project('dist/server.js', usual, 'tsc && node scripts/finish.js'),
    'another program runs before a script': project('dist/server.js', usual, 'tsc', {
      'package.json':
        '{"scripts": {"build": "npm run compile", "precompile": "node scripts/make.js", "compile": "tsc"}}',
    }),
    'the configuration that it extends says where': project('dist/index.js', '', 'prisma generate && tsc -p app.json', {
      'app.json': '{"extends": "./config/base.json"}',
      'config/base.json': `{"compilerOptions": {"outDir": "../dist", "rootDir": "../src"}}`,
    }),
    'it is in the repository': project('dist/index.js', '"outDir": "build"', 'tsc', {'dist/index.js': ''}),
    'a file beside src that is not included': project(
      'dist/index.js',
      '"outDir": "dist"}, "include": ["src"], "x": {',
      'tsc',
      {
        'drizzle.config.ts': 'export default {}\n',
      },
    ),
    'a file beside src that the image does not get': project('dist/index.js', '"outDir": "dist"', 'tsc', {
      'drizzle.config.ts': 'export default {}\n',
      '.dockerignore': '*.config.ts\n',
    }),
    'types beside src': project('dist/index.js', '"outDir": "dist"', 'tsc', {'globals.d.ts': 'declare module "x"\n'}),
    'the file beside src is started': project('dist/drizzle.config.js', '"outDir": "dist"', 'tsc', {
      'drizzle.config.ts': 'export default {}\n',
    }),
    'where it lies with a file beside src': project('dist/src/index.js', '"outDir": "dist"', 'tsc', {
      'drizzle.config.ts': 'export default {}\n',
    }),
    'another step writes it, as tsc writes nothing': project(
      'dist/index.js',
      '"noEmit": true',
      'tsc && esbuild src/index.ts --outdir=dist',
    ),
    'prestart writes it': started('tsc', {prestart: 'tsc --outDir dist'}),
    'source in JavaScript': project('dist/main.js', usual, 'tsc', {'src/main.js': ''}),
  },
  flagged: {
    'a script of another name writes it to another folder': {
      ...server('dist/index.js'),
      expect: [
        'warning Dockerfile:8:1 CMD starts dist/index.js, but tsc writes to server/dist, as server/tsconfig.json says',
      ],
    },
    'a RUN compiles in a folder, and imports lead out of it': {
      files: {
        ...direct('cd server && npx tsc', 'server/dist/index.js').files,
        'server/tsconfig.json': '{"compilerOptions": {"outDir": "dist"}, "include": ["."]}',
        'server/index.ts': "import {Order} from '../types/order'\n\nnew Order()\n",
        'types/order.ts': 'export class Order {}\n',
      },
      expect: [
        'warning Dockerfile:6:1 CMD starts server/dist/index.js, which tsc would write from index.ts, and there is no such file',
      ],
    },
    'the folder in which node starts stands in the path': {
      ...project('app/dist/index.js', usual),
      expect: ['warning Dockerfile:5:1 CMD starts app/dist/index.js, but tsc writes to dist, as tsconfig.json says'],
    },
    'tsc with an option that changes nothing of where it writes': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npx tsc --noCheck\nCMD ["node", "dist/server.js"]\n',
        'package.json': '{"type": "module", "scripts": {"build": "tsc"}}',
        'package-lock.json': '{}',
        'tsconfig.json': '{"compilerOptions": {"outDir": "dist", "rootDir": "."}, "include": ["src"]}',
        'src/server.ts': '',
      },
      expect: [
        'warning Dockerfile:6:1 CMD starts dist/server.js, which tsc would write from server.ts, and there is no such file',
      ],
    },
    'behind a folder of pnpm deploy, into which a COPY lays what is built': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM node:22-slim AS build\nWORKDIR /repo\nCOPY . .\nRUN pnpm install\nRUN pnpm --filter @shop/bot run build\nRUN pnpm deploy --filter @shop/bot --prod --legacy /runtime\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /runtime ./\nCOPY --from=build /repo/apps/bot/lib ./lib\nCMD ["node", "./lib/server.js"]\n',
        'package.json': '{"name": "shop"}',
        'pnpm-workspace.yaml': 'packages: [apps/*]\n',
        'pnpm-lock.yaml': '',
        'apps/bot/package.json': '{"name": "@shop/bot", "type": "module", "scripts": {"build": "tsc"}}',
        'apps/bot/tsconfig.json': '{"compilerOptions": {"outDir": "./lib"}, "include": ["src/", "test/"]}',
        'apps/bot/src/server.ts': '',
        'apps/bot/test/server.test.ts': '',
      },
      expect: [
        'warning Dockerfile:11:1 CMD starts ./lib/server.js, but tsc writes apps/bot/lib/src/server.js: apps/bot/test/server.test.ts stands beside src and is compiled, too, and apps/bot/tsconfig.json has no rootDir',
      ],
    },
    'Nest, with a RUN that copies something else': {
      files: {
        ...nest({}, {options: ', "rootDir": "src"', started: 'dist/src/main.js'}).files,
        Dockerfile: nest({}, {started: 'dist/src/main.js'}).files.Dockerfile.replace(
          'npm run build',
          'cp .env.example .env && npm run build',
        ),
      },
      expect: [
        'warning Dockerfile:9:1 CMD starts dist/src/main.js, which nest build would write from src/src/main.ts, and there is no such file',
      ],
    },
    'Nest with a file beside src': {
      ...nest({'prisma/seed.ts': ''}),
      expect: [
        'warning Dockerfile:9:1 CMD starts dist/main.js, but nest build writes dist/src/main.js: prisma/seed.ts stands beside src and is compiled, too, and tsconfig.build.json has no rootDir',
      ],
    },
    'Nest with sources of another member by paths': {
      ...nestMember('@shop/shared'),
      expect: [
        'warning Dockerfile:8:1 CMD starts dist/main.js, but nest build writes apps/api/dist/apps/api/src/main.js: apps/api/src/main.ts imports packages/shared/src/index.ts, which is not in the folder of the others and is compiled, too, and apps/api/tsconfig.json has no rootDir',
      ],
    },
    'Nest with package.json': {
      ...nest(
        {'src/main.ts': "import {version} from '../package.json'\nconsole.log(version)\n"},
        {options: ', "resolveJsonModule": true'},
      ),
      expect: [
        'warning Dockerfile:9:1 CMD starts dist/main.js, but nest build writes dist/src/main.js: src/main.ts imports package.json, which is not in the folder of the others and is compiled, too, and tsconfig.build.json has no rootDir',
      ],
    },
    'Nest without a source of that name': {
      ...nest({}, {started: 'dist/index.js'}),
      expect: [
        'warning Dockerfile:9:1 CMD starts dist/index.js, which nest build would write from src/index.ts, and there is no such file',
      ],
    },
    'typeorm is told of a file that no source becomes': {
      files: {
        ...nest().files,
        'fly.toml': 'app = "shop"\n[deploy]\nrelease_command = "npx typeorm migration:run -d dist/datasource.js"\n',
        'src/data-source.ts': '',
      },
      expect: [
        'warning fly.toml:3:1 release_command starts dist/datasource.js, which nest build would write from src/datasource.ts, and there is no such file',
      ],
    },
    'Nest into another folder': {
      ...nest({}, {options: ', "outDir": "build"'}),
      expect: [
        'warning Dockerfile:9:1 CMD starts dist/main.js, but nest build writes to build, as tsconfig.build.json says',
      ],
    },
    'by npm start': {
      ...started('tsc'),
      expect: ['warning package.json:1:27 CMD starts dist/index.js, but tsc writes to build, as tsconfig.json says'],
    },
    'a file beside src is compiled, too': {
      ...project('dist/index.js', '"outDir": "dist"', 'tsc', {'drizzle.config.ts': 'export default {}\n'}),
      expect: [
        'warning Dockerfile:5:1 CMD starts dist/index.js, but tsc writes dist/src/index.js: drizzle.config.ts stands beside src and is compiled, too, and tsconfig.json has no rootDir',
      ],
    },
    'package.json is imported': {
      ...project('dist/index.js', '"outDir": "dist", "resolveJsonModule": true}, "include": ["src"], "x": {', 'tsc', {
        'src/index.ts': "import manifest from '../package.json'\nconsole.log(manifest)\n",
      }),
      expect: [
        'warning Dockerfile:5:1 CMD starts dist/index.js, but tsc writes dist/src/index.js: src/index.ts imports package.json, which is not in the folder of the others and is compiled, too, and tsconfig.json has no rootDir',
      ],
    },
    'tsc writes nothing': {
      ...project('dist/index.js', '"outDir": "dist", "rootDir": "src", "noEmit": true'),
      expect: [
        'warning Dockerfile:5:1 CMD starts dist/index.js, and tsc, which should write it, writes nothing: tsconfig.json says noEmit',
      ],
    },
    'a RUN that compiles by itself': {
      ...direct('npx tsc --project tsconfig.server.json', 'dist/index.js'),
      expect: [
        'warning Dockerfile:6:1 CMD starts dist/index.js, which tsc would write from index.ts, and there is no such file',
      ],
    },
    'a folder that no app of Nx writes to': {
      ...nx('dist/apps/api/main.js'),
      expect: [
        'warning Dockerfile:8:1 CMD starts dist/apps/api/main.js, but nx build writes to dist/apps/shop-api, as apps/shop-api/project.json says',
      ],
    },
    'a RUN that compiles without a look at the types': {
      ...direct('npx tsc --noCheck --pretty false -p tsconfig.server.json', 'dist/index.js'),
      expect: [
        'warning Dockerfile:6:1 CMD starts dist/index.js, which tsc would write from index.ts, and there is no such file',
      ],
    },
    'beside what generates and copies': {
      ...project('dist/src/server.js', '', 'prisma generate && tsc -p app.json && npm run assets', {
        'package.json':
          '{"scripts": {"build": "prisma generate && tsc -p app.json && npm run assets", "assets": "shx mkdir -p dist/lua && cp -r src/lua dist/lua"}}',
        'app.json': '{"extends": "./config/base.json"}',
        'config/base.json': '{"compilerOptions": {"outDir": "../dist", "rootDir": ".."}}',
        'src/server/index.ts': '',
      }),
      expect: [
        'warning Dockerfile:5:1 CMD starts dist/src/server.js, which tsc would write from src/server.ts, and there is no such file',
      ],
    },
    'in a member of the workspace': {
      ...member('api/dist/src/index.js'),
      expect: [
        'warning Dockerfile:9:1 CMD starts api/dist/src/index.js, which tsc would write from api/src/src/index.ts, and there is no such file',
      ],
    },
    'another folder': {
      ...project('dist/index.js', '"outDir": "build", "rootDir": "src"'),
      expect: ['warning Dockerfile:5:1 CMD starts dist/index.js, but tsc writes to build, as tsconfig.json says'],
    },
    'no such source': {
      ...project('dist/server.js', usual),
      expect: [
        'warning Dockerfile:5:1 CMD starts dist/server.js, which tsc would write from src/server.ts, and there is no such file',
      ],
    },
    'the folder of the source once more': {
      ...project('dist/src/index.js', usual),
      expect: [
        'warning Dockerfile:5:1 CMD starts dist/src/index.js, which tsc would write from src/src/index.ts, and there is no such file',
      ],
    },
  },
})
