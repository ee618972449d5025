import workspaceBuilds from '../../../checks/dockerfile/workspace-builds.ts'
import {testCheck} from '../../harness.ts'

interface Shape {
  build?: string
  db?: object
  source?: string
  more?: Record<string, string>
}
const project = (run: string, {build = 'tsc', db = {}, source, more = {}}: Shape = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:24-slim\nWORKDIR /app\nCOPY . .\n${run}\n`,
    'package.json': JSON.stringify({workspaces: ['packages/*'], scripts: {build: 'turbo run build'}}),
    'packages/api/package.json': JSON.stringify({name: 'api', scripts: {build}, dependencies: {'@shop/db': '*'}}),
    'packages/api/tsconfig.json': '{}',
    'packages/api/src/server.ts': source ?? "import {connect} from '@shop/db'\n\nconnect()\n",
    'packages/db/package.json': JSON.stringify({
      name: '@shop/db',
      exports: {'.': {types: './dist/index.d.ts', default: './dist/index.js'}},
      scripts: {build: 'tsc'},
      ...db,
    }),
    'packages/db/src/index.ts': '',
    ...more,
  },
})

const parts = {exports: {'.': './dist/index.js', './schema': './dist/schema.js', './sql': './sql.js'}}

/** A package that another one names by its folder. */
const beside = (run: string, version = 'file:../shared', shared: object = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:24-slim\nWORKDIR /app\nCOPY . .\n${run}\n`,
    'shared/package.json': JSON.stringify({
      name: '@shop/shared',
      main: 'dist/index.js',
      scripts: {build: 'tsc'},
      ...shared,
    }),
    'shared/src/index.ts': '',
    'web/package.json': JSON.stringify({scripts: {build: 'tsc'}, dependencies: {'@shop/shared': version}}),
    'web/tsconfig.json': '{}',
    'web/src/main.ts': "import {a} from '@shop/shared'\n",
    'tools/package.json': JSON.stringify({dependencies: {'@shop/shared': 'file:../shared'}}),
  },
})

testCheck(workspaceBuilds, {
  clean: {
    'a package beside it, built before': beside(
      'RUN cd shared && npm run build\nRUN cd web && npm install && npm run build',
    ),
    'a package beside it, built in another stage': {
      files: {
        ...beside('').files,
        Dockerfile:
          'FROM node:24-slim AS shared\nWORKDIR /shared\nCOPY shared .\nRUN npm install && npm run build\nFROM node:24-slim\nWORKDIR /app/web\nCOPY --from=shared /shared /app/shared\nCOPY web .\nRUN npm install && npm run build\n',
      },
    },
    'a package beside it, built as it is installed': beside(
      'RUN cd web && npm install && npm run build',
      'file:../shared',
      {
        scripts: {prepare: 'tsc'},
      },
    ),
    'a package beside it, and one of that name from the registry': beside(
      'RUN cd web && npm install && npm run build',
      '^1.0.0',
    ),
    'a package beside it that needs no build': beside('RUN cd web && npm install && npm run build', 'link:../shared', {
      main: 'src/index.ts',
    }),
    'it is built before': project('RUN npm ci && npm run build -w @shop/db && npm run build -w api'),
    'in its folder': project('RUN cd packages/db && npx tsc\nRUN npm run build -w api'),
    'a tool knows the order': project('RUN npm ci && npm run build\nRUN npm run build -w api'),
    'pnpm builds what it depends on': project('RUN pnpm --filter api... build'),
    'all of them': project('RUN npm run build --workspaces'),
    'the compiler builds its references': project('RUN npm run build -w api', {build: 'tsc --build'}),
    'the compiler builds its references before the bundler runs': project('RUN npm run build -w api', {
      build: 'tsc -b && vite build',
      more: {'packages/api/tsconfig.json': '{"files": [], "references": [{"path": "../db"}]}'},
    }),
    'the references stand in a folder of their own': project('RUN npm run build -w api', {
      build: 'tsc -b && vite build',
      more: {
        'packages/api/tsconfig.json': '{"files": [], "references": [{"path": "./configs/app.json"}]}',
        'packages/api/configs/app.json': '{"references": [{"path": "../../db"}]}',
      },
    }),
    'the folder comes with all others': {
      files: {
        ...project('').files,
        Dockerfile:
          'FROM node:24-slim\nWORKDIR /app\nCOPY package.json pnpm-workspace.yaml ./\nCOPY packages packages\nRUN pnpm install --filter api... && pnpm --filter api build\n',
        'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
        'packages/api/package.json': JSON.stringify({
          name: 'api',
          scripts: {build: 'vite build'},
          dependencies: {'@shop/db': 'workspace:*'},
        }),
        'packages/db/package.json': JSON.stringify({name: '@shop/db', main: 'src/index.ts'}),
      },
    },
    'the install builds it': project('RUN npm ci && npm run build -w api', {
      db: {scripts: {build: 'tsc', prepare: 'npm run build'}},
    }),
    'it is imported as its source': project('RUN npm run build -w api', {
      db: {exports: {'.': {types: './src/index.ts', default: './dist/index.js'}}},
    }),
    'its types are its source, which TypeScript takes where it does not look at exports': project(
      'RUN npm run build -w api',
      {db: {exports: {'.': './dist/index.js'}, main: './dist/index.js', types: './src/index.ts'}},
    ),
    'a path leads to its source': project('RUN npm run build -w api', {
      more: {'tsconfig.base.json': '{"compilerOptions": {"paths": {"@shop/db": ["packages/db/src"]}}}'},
    }),
    'a path of what its settings extend leads there': project('RUN npm run build -w api', {
      more: {
        'packages/api/tsconfig.json': '{"extends": "@shop/typescript/base.json"}',
        'packages/typescript/package.json': '{"name": "@shop/typescript"}',
        'packages/typescript/base.json': '{"extends": ["./paths"]}',
        'packages/typescript/paths.json': '{"compilerOptions": {"paths": {"@shop/*": ["../*/src"]}}}',
      },
    }),
    'the project declares it': project('RUN npm run build -w api', {
      more: {'packages/api/types/shop.d.ts': "declare module '@shop/db'\n"},
    }),
    'the compiler is to overlook it': project('RUN npm run build -w api', {
      source: "// @ts-ignore\nimport {connect} from '@shop/db'\n\nconnect()\n",
    }),
    'its types lie elsewhere': project('RUN npm run build -w api', {
      db: {exports: undefined, main: 'dist/index.js', typesVersions: {'*': {'*': ['src/*']}}},
    }),
    'a part of it that git has': project('RUN npm run build -w api', {
      db: parts,
      source: "import {sql} from '@shop/db/sql'\n\nsql()\n",
      more: {'packages/db/sql.js': ''},
    }),
    'the app is copied to where the top of the workspace was': {
      files: {
        ...project('').files,
        Dockerfile:
          'FROM oven/bun:1 AS install\nCOPY package.json /temp/\nCOPY packages/api/package.json /temp/packages/api/\nCOPY packages/db /temp/packages/db\nRUN cd /temp && bun install\nFROM oven/bun:1\nWORKDIR /app\nCOPY --from=install /temp/node_modules node_modules\nCOPY --from=install /temp/packages packages\nCOPY packages/api .\nRUN bun run build\n',
        'packages/api/package.json': JSON.stringify({
          name: 'api',
          scripts: {build: 'vite build'},
          dependencies: {'@shop/db': 'workspace:*'},
        }),
      },
    },
    'it is not imported': project('RUN npm run build -w api', {source: 'export {}\n'}),
    'as a type alone': project('RUN npm run build -w api', {source: "import type {Db} from '@shop/db'\n"}),
    'it is copied from another stage': project('COPY --from=shop/db /dist packages/db/dist\nRUN npm run build -w api'),
    'git has what it is built to': project('RUN npm run build -w api', {more: {'packages/db/dist/index.js': ''}}),
  },
  flagged: {
    'a build whose variables `env` takes away': {
      ...project('RUN cd packages/api && npm run build', {build: 'env -u NODE_ENV CI=1 tsc'}),
      expect: [
        'error Dockerfile:4:24 tsc, which npm run build runs, stops at the import of @shop/db: that is packages/db/dist/index.d.ts, and no command before makes it',
      ],
    },
    'a package beside it that nothing builds': {
      ...beside('RUN cd web && npm install && npm run build'),
      expect: [
        'error Dockerfile:4:30 tsc, which npm run build runs, stops at the import of @shop/shared: that is shared/dist/index.js, and no command before makes it',
      ],
    },
    'no COPY brings it': {
      files: {
        ...project('').files,
        Dockerfile:
          'FROM node:24-slim\nWORKDIR /app\nCOPY package.json pnpm-workspace.yaml ./\nCOPY packages/api packages/api\nRUN pnpm install --filter api... && pnpm --filter api build\n',
        'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
        'packages/api/package.json': JSON.stringify({
          name: 'api',
          scripts: {build: 'vite build'},
          dependencies: {'@shop/db': 'workspace:*'},
        }),
      },
      expect: [
        'warning Dockerfile:4:1 vite build, which pnpm run build runs, is likely to stop at the import of @shop/db: no COPY brings packages/db',
      ],
    },
    'the one member alone': {
      ...project('RUN npm ci && npm run build -w api'),
      expect: [
        'error Dockerfile:4:15 tsc, which npm run build runs, stops at the import of @shop/db: that is packages/db/dist/index.d.ts, and no command before makes it',
      ],
    },
    'by pnpm, and after a build of something else': {
      ...project('RUN cd packages/web && npx tsc\nRUN pnpm --filter api build', {
        db: {exports: undefined, main: 'dist/index.js'},
      }),
      expect: [
        'error Dockerfile:5:5 tsc, which pnpm run build runs, stops at the import of @shop/db: that is packages/db/dist/index.js, and no command before makes it',
      ],
    },
    'a part of it that it is built to': {
      ...project('RUN npm run build -w api', {
        db: parts,
        source: "import {orders} from '@shop/db/schema'\n\norders()\n",
      }),
      expect: [
        'error Dockerfile:4:5 tsc, which npm run build runs, stops at the import of @shop/db/schema: that is packages/db/dist/schema.js, and no command before makes it',
      ],
    },
    'what is compiled may not be what imports it': {
      ...project('RUN npm run build -w api', {more: {'packages/api/tsconfig.json': '{"exclude": ["src/*er.ts"]}'}}),
      expect: [
        'warning Dockerfile:4:5 tsc, which npm run build runs, is likely to stop at the import of @shop/db: that is packages/db/dist/index.d.ts, and no command before makes it',
      ],
    },
    'a bundler, behind a compiler that refers to its own folder alone': {
      ...project('RUN npm run build -w api', {
        build: 'tsc -b && vite build',
        more: {'packages/api/tsconfig.json': '{"files": [], "references": [{"path": "./tsconfig.app.json"}]}'},
      }),
      expect: [
        'warning Dockerfile:4:5 vite build, which npm run build runs, is likely to stop at the import of @shop/db: that is packages/db/dist/index.d.ts, and no command before makes it',
      ],
    },
    'a bundler': {
      ...project('WORKDIR /app/packages/api\nRUN npx vite build'),
      expect: [
        'warning Dockerfile:5:5 vite build is likely to stop at the import of @shop/db: that is packages/db/dist/index.d.ts, and no command before makes it',
      ],
    },
  },
})
