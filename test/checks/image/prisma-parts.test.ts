import prismaParts from '../../../checks/image/prisma-parts.ts'
import {testCheck} from '../../harness.ts'

const entry = (...names: string[]) => ({
  version: '1.0.0',
  dependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])),
})
const lock = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    'node_modules/prisma': entry('@prisma/engines', '@prisma/config'),
    'node_modules/@prisma/engines': entry('@prisma/debug'),
    'node_modules/@prisma/debug': entry(),
    'node_modules/@prisma/config': entry('effect', 'c12'),
    'node_modules/effect': entry(),
    'node_modules/c12': entry(),
  },
})
const own = 'node node_modules/prisma/build/index.js migrate deploy'
const stage = (parts: readonly string[], start: string, more = '', files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': `app = "shop"\n[deploy]\nrelease_command = "${start}"\n`,
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/dist ./dist\n${more}${parts.map((part) => `COPY --from=build /app/node_modules/${part} ./node_modules/${part}\n`).join('')}CMD ["node", "dist/server.js"]\n`,
    'package-lock.json': lock,
    ...files,
  },
})
const {'package-lock.json': _, ...bare} = stage(['prisma', '.bin/prisma'], 'npx prisma migrate deploy').files

testCheck(prismaParts, {
  clean: {
    'all that it needs': stage(['prisma', '@prisma', 'effect', 'c12'], own),
    'the folder of the links, which COPY keeps': stage(
      ['prisma', '@prisma', 'effect', 'c12', '.bin'],
      'npx prisma migrate deploy',
    ),
    'all that lies beside the program': stage(
      ['.bin/prisma', 'prisma', '@prisma', 'effect', 'c12'],
      'npx prisma migrate deploy',
      'COPY --from=build /app/node_modules/prisma/build ./node_modules/.bin/\n',
    ),
    'all packages': stage(['prisma'], own, 'COPY --from=build /app/node_modules ./node_modules\n'),
    'a folder that may hold them': stage(['prisma'], own, 'COPY --from=build /app/tools ./\n'),
    'an install in the last stage': stage(['.bin/prisma'], 'npx prisma migrate deploy', 'RUN npm i prisma@6\n'),
    'the client alone': stage(['@prisma', '.prisma'], 'node dist/migrate.js'),
    'another command than those of Prisma': stage(['prisma'], 'node dist/migrate.js'),
    'what Next.js is told to trace': stage(['prisma'], own, 'COPY --from=build /app/.next/standalone ./\n', {
      'next.config.mjs': 'export default {outputFileTracingIncludes: {"/": ["node_modules/@prisma/**"]}}\n',
    }),
    'the program of pnpm, which is a script': {
      files: {
        ...bare,
        'pnpm-lock.yaml': '',
        Dockerfile: bare.Dockerfile.replaceAll('npm ci', 'pnpm install').replace(
          'CMD',
          'COPY --from=build /app/node_modules/@prisma ./node_modules/@prisma\nCMD',
        ),
      },
    },
    'the files beside the program': stage(
      ['.bin/prisma', 'prisma/build/prisma_schema_build_bg.wasm', '@prisma', 'effect', 'c12'],
      'npx prisma migrate deploy',
    ),
    'packages below prisma itself': stage(['prisma'], own, '', {
      'package-lock.json': JSON.stringify({
        packages: {
          'node_modules/prisma': entry('@prisma/engines'),
          'node_modules/@prisma/engines': entry(),
          'node_modules/prisma/node_modules/@prisma/engines': entry(),
        },
      }),
    }),
    'a base that may have them': stage(['prisma'], own, '', {
      Dockerfile: `FROM example/base\nWORKDIR /app\nCOPY --from=build /app/node_modules/prisma ./node_modules/prisma\n`,
    }),
  },
  flagged: {
    'the engines': {
      ...stage(['prisma'], own),
      expect: [
        `error Dockerfile:8:1 ${own} (release_command) stops: prisma loads @prisma/engines, and no COPY brings node_modules/@prisma/engines into the last stage`,
      ],
    },
    'what the configuration of a newer version loads': {
      ...stage(['prisma', '@prisma'], own),
      expect: [
        `error Dockerfile:8:1 ${own} (release_command) stops: prisma loads effect, and no COPY brings node_modules/effect into the last stage`,
      ],
    },
    'beside what Next.js traces': {
      ...stage(['prisma', '@prisma', 'effect'], own, 'COPY --from=build /app/.next/standalone ./\n'),
      expect: [
        `warning Dockerfile:9:1 ${own} (release_command) stops: prisma loads c12, and no COPY brings node_modules/c12 into the last stage`,
      ],
    },
    'a link that becomes a file': {
      ...stage(['.bin/prisma', 'prisma', '@prisma'], 'npx prisma migrate deploy'),
      expect: [
        'error Dockerfile:8:1 npx prisma migrate deploy (release_command) stops: node_modules/.bin/prisma is a link, COPY lays the file there that it leads to, and that finds no prisma_schema_build_bg.wasm beside it',
      ],
    },
    'no link': {
      ...stage(['prisma', '@prisma', 'effect', 'c12'], 'npx prisma migrate deploy'),
      expect: [
        'error Dockerfile:8:1 npx prisma migrate deploy (release_command) stops: npx looks for node_modules/.bin/prisma, and no COPY brings that beside node_modules/prisma',
      ],
    },
    'without a lock that tells, the engines': {
      files: {...bare, 'pnpm-lock.yaml': ''},
      expect: [
        'warning Dockerfile:8:1 npx prisma migrate deploy (release_command) stops: prisma loads @prisma/engines, and no COPY brings node_modules/@prisma/engines into the last stage',
      ],
    },
  },
})
