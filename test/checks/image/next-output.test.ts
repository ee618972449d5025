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

testCheck(nextOutput, {
  clean: {
    'all of it': project(`${copyStandalone}${copyStatic}COPY --from=build /app/public ./public\n`, {
      'public/logo.svg': '',
    }),
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
