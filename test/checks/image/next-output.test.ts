import nextOutput from '../../../checks/image/next-output.ts'
import {testCheck} from '../../harness.ts'

const copyStandalone = 'COPY --from=build /app/.next/standalone ./\n'
const copyStatic = 'COPY --from=build /app/.next/static ./.next/static\n'
const project = (copies: string, more: Record<string, string> = {}, build = 'RUN npm ci && npm run build\n') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\n${build}FROM node:22-slim\nWORKDIR /srv\n${copies}CMD ["node", "server.js"]\n`,
    'package.json': '{"scripts": {"build": "next build"}}',
    'next.config.js': "module.exports = {output: 'standalone'}\n",
    'src/app/(shop)/page.tsx': '',
    ...more,
  },
})

const withoutPages = ({files: {'src/app/(shop)/page.tsx': _, ...files}}: ReturnType<typeof project>) => ({files})

const member = (cmd: string, more: Record<string, string> = {}, build = '', last = '') => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN corepack enable && pnpm install\nWORKDIR /app/apps/web\n${build}RUN pnpm exec next build\nFROM node:22-slim\nWORKDIR /srv\nCOPY --from=build /app/apps/web/.next/standalone ./\n${last}CMD ${cmd}\n`,
    'package.json': '{}',
    'pnpm-lock.yaml': '',
    'apps/web/package.json': '{}',
    'apps/web/next.config.mjs': "export default {output: 'standalone'}\n",
    ...more,
  },
})

testCheck(nextOutput, {
  clean: {
    'all of it': project(`${copyStandalone}${copyStatic}COPY --from=build /app/public ./public\n`, {
      'public/logo.svg': '',
    }),
    'a RUN behind it lays the server where it is started': member(
      '["node", "server.js"]',
      {},
      '',
      'RUN if [ -f apps/web/server.js ]; then cp apps/web/server.js server.js; fi\n',
    ),
    'a RUN behind it moves all of the folder': member('["node", "server.js"]', {}, '', 'RUN mv apps/web/* .\n'),
    'a server of files hands out what lies beside': project(
      'COPY --from=build /app/.next/standalone ./server/\nCOPY --from=build /app/.next/static ./static\n',
      {'package-lock.json': '{}', 'nginx.conf': 'location /_next/static { alias /srv/static; }\n'},
    ),
    'a RUN behind it lays what is copied where it belongs': project(
      'COPY --from=build /app/.next/standalone ./server/\nCOPY --from=build /app/.next/static ./.next/static\nRUN mv .next server/\n',
      {'package-lock.json': '{}'},
    ),
    'no standalone': project('COPY --from=build /app /srv\n', {'next.config.js': 'module.exports = {}\n'}),
    'without public': project(copyStandalone + copyStatic, {'public/.gitkeep': ''}),
    'static comes with its folder': project(`COPY --from=build /app/.next ./.next\n${copyStandalone}`),
    'a command of the build lays it there': project(
      copyStandalone,
      {},
      'RUN npm ci && npm run build && cp -r .next/static .next/standalone/.next/static\n',
    ),
    'a script of package.json does': project(copyStandalone, {
      'package.json': '{"scripts": {"build": "next build && cp -r .next/static .next/standalone/.next/"}}',
    }),
    'an API without pages': withoutPages(project(copyStandalone, {'src/app/api/route.ts': ''})),
    'files on a CDN': project(copyStandalone, {
      'next.config.js': "module.exports = {output: 'standalone', assetPrefix: 'https://cdn.example.com'}\n",
    }),
    'a variable of Next.js': project(
      copyStandalone + copyStatic,
      {'next.config.js': 'module.exports = {}\n'},
      'ENV NEXT_PRIVATE_STANDALONE=true\nRUN npm run build\n',
    ),
    'the server of a member, below its folder': member('["node", "apps/web/server.js"]'),
    'the app is its own root': member('["node", "server.js"]', {
      'apps/web/next.config.mjs': "export default {output: 'standalone', outputFileTracingRoot: import.meta.dirname}\n",
    }),
    'of two lock files versions take another one': member('["node", "server.js"]', {
      'apps/web/package-lock.json': '{}',
    }),
    'an install in its folder may write one': member('["node", "server.js"]', {}, 'RUN npm install\n'),
    'a server.js of its own': member('["node", "server.js"]', {'server.js': ''}, '', 'COPY server.js ./\n'),
    'a member of a workspace': project(
      'COPY --from=build /app/apps/web/.next/standalone ./\nCOPY --from=build /app/apps/web/.next/static ./apps/web/.next/static\n',
      {
        'apps/web/package.json': '{}',
        'apps/web/next.config.ts': "export default {output: 'standalone'}\n",
        'apps/web/pages/index.tsx': '',
        'next.config.js': 'module.exports = {}\n',
      },
    ),
  },
  flagged: {
    'a comment alone speaks of it': {
      ...project(copyStandalone, {
        'next.config.js': 'module.exports = {\n  // no standalone output any more\n  /* output: "standalone" */\n}\n',
      }),
      expect: [
        "error Dockerfile:7:1 .next/standalone is copied, and next build does not write it: next.config.js has no output: 'standalone'",
      ],
    },
    'the scripts beside the server, and not below it': {
      ...project(
        'COPY --from=build /app/.next/standalone ./web/.next/standalone/\nCOPY --from=build /app/.next/static ./web/.next/static/\n',
        {'package-lock.json': '{}'},
      ),
      expect: [
        'warning Dockerfile:8:1 .next/static is copied to /srv/web/.next/static, and the server of .next/standalone looks for it in /srv/web/.next/standalone/.next/static: pages come without their scripts and styles',
      ],
    },
    'the scripts of a member at the top': {
      ...member(
        '["node", "apps/web/server.js"]',
        {'apps/web/app/page.tsx': ''},
        '',
        'COPY --from=build /app/apps/web/.next/static ./.next/static\n',
      ),
      expect: [
        'warning Dockerfile:10:1 .next/static is copied to /srv/.next/static, and the server of .next/standalone looks for it in /srv/apps/web/.next/static: pages come without their scripts and styles',
      ],
    },
    'a RUN behind it that moves nothing': {
      ...member(
        '["node", "server.js"]',
        {},
        '',
        'COPY --from=build /app/apps/web/.next/static ./apps/web/.next/static\nRUN chown -R node:node /srv\n',
      ),
      expect: [
        'error Dockerfile:12:1 CMD starts server.js, but the server of this app lies at /srv/apps/web/server.js: .next/standalone begins at the folder of pnpm-lock.yaml',
      ],
    },
    'the server of a member of a workspace': {
      ...member('["node", "server.js"]'),
      expect: [
        'error Dockerfile:10:1 CMD starts server.js, but the server of this app lies at /srv/apps/web/server.js: .next/standalone begins at the folder of pnpm-lock.yaml',
      ],
    },
    'the root is the app, as its configuration says': {
      ...member('["node", "apps/web/server.js"]', {
        'apps/web/next.config.mjs':
          "export default {output: 'standalone', outputFileTracingRoot: import.meta.dirname}\n",
      }),
      expect: [
        'error Dockerfile:10:1 CMD starts apps/web/server.js, but the server of this app lies at /srv/server.js: .next/standalone begins at outputFileTracingRoot of apps/web/next.config.mjs',
      ],
    },
    'not written': {
      ...project(copyStandalone, {'next.config.js': 'module.exports = {images: {}}\n'}),
      expect: [
        "error Dockerfile:7:1 .next/standalone is copied, and next build does not write it: next.config.js has no output: 'standalone'",
      ],
    },
    'as far as can be seen': {
      ...project(copyStandalone, {'next.config.js': "module.exports = require('./base')\n"}),
      expect: [
        "warning Dockerfile:7:1 .next/standalone is copied, and next build does not write it: next.config.js has no output: 'standalone'",
      ],
    },
    'without the files of the pages': {
      ...project(copyStandalone),
      expect: [
        'warning Dockerfile:7:1 .next/standalone is copied without .next/static: pages come without their scripts and styles',
      ],
    },
    'without public': {
      ...project(copyStandalone + copyStatic, {'public/logo.svg': ''}),
      expect: [
        'warning Dockerfile:7:1 .next/standalone is copied without public: public/logo.svg and what else is in that folder is not found',
      ],
    },
  },
})
