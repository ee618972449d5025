import check from '../../../checks/node/next-files.ts'
import {testCheck} from '../../harness.ts'

const page = 'export default function Page() {\n  return <p>hi</p>\n}\n'
const layout = 'export default ({children}) => <html><body>{children}</body></html>\n'
const guard = "import {NextResponse} from 'next/server'\n\nexport default () => NextResponse.next()\n"

const project = (files: Record<string, string | undefined>, {next = '^16.0.0', build = 'next build'} = {}) => ({
  files: Object.fromEntries(
    Object.entries({
      'fly.toml': 'app = "shop"\n',
      Dockerfile: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npx", "next", "start"]\n',
      'package.json': JSON.stringify({scripts: {build}, dependencies: {next}}),
      'app/layout.tsx': layout,
      'app/page.tsx': page,
      ...files,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ),
})
const config = (text: string, options = {}) => project({'next.config.mjs': text}, options)
const told = <P>(given: P, ...expect: string[]) => ({...given, expect})

const webpack = 'export default {\n  webpack: (config) => config,\n}\n'
const bare = (file: string) =>
  `npm run build stops: no layout is around ${file}, and each page of app needs one with <html> and <body>`

testCheck(check, {
  clean: {
    'settings of webpack, with which it builds': config(webpack, {build: 'next build --webpack'}),
    'settings of webpack, with Next.js 15': config(webpack, {next: '^15.5.0'}),
    'settings of Turbopack, too': config('export default {\n  turbopack: {},\n  webpack: (config) => config,\n}\n'),
    'settings of webpack on a condition': config(
      'export default {\n  ...(process.env.ANALYZE && {\n    webpack: (config) => config,\n  }),\n}\n',
    ),
    'a word of other settings': config("export default {\n  serverExternalPackages: ['webpack'],\n}\n"),
    'middleware.ts alone': project({'middleware.ts': guard}),
    'proxy.ts alone': project({'proxy.ts': guard}),
    'middleware.ts of another folder': project({'proxy.ts': guard, 'lib/middleware.ts': guard}),
    'both with Next.js 15': project({'middleware.ts': guard, 'proxy.ts': guard}, {next: '^15.5.0'}),
    'a layout in a group': project({
      'app/layout.tsx': undefined,
      'app/page.tsx': undefined,
      'app/(shop)/layout.jsx': layout,
      'app/(shop)/orders/page.tsx': page,
    }),
    'a layout in a folder of languages': project({
      'app/layout.tsx': undefined,
      'app/page.tsx': undefined,
      'app/[lang]/layout.tsx': layout,
      'app/[lang]/page.tsx': page,
    }),
    'a route handler alone': project({
      'app/layout.tsx': undefined,
      'app/page.tsx': undefined,
      'app/api/route.ts': "export const GET = () => new Response('hi')\n",
    }),
    'a folder that is none of the routes': project({
      'app/layout.tsx': undefined,
      'app/page.tsx': undefined,
      'app/_parts/page.tsx': page,
    }),
    'an older Next.js': project({'app/layout.tsx': undefined}, {next: '^14.2.0'}),
  },
  flagged: {
    'settings of webpack alone': told(
      config(webpack),
      'error next.config.mjs:2:3 npm run build stops: next.config.mjs has settings of webpack and none of Turbopack, with which Next.js 16 builds',
    ),
    'a method, in TypeScript': told(
      project({
        'next.config.ts':
          "import type {NextConfig} from 'next'\n\nconst config: NextConfig = {\n  webpack(config) {\n    return config\n  },\n}\nexport default config\n",
      }),
      'error next.config.ts:4:3 npm run build stops: next.config.ts has settings of webpack and none of Turbopack, with which Next.js 16 builds',
    ),
    'settings that another package makes in the end': told(
      config(`import withAnalyzer from '@next/bundle-analyzer'\n\n${webpack}`),
      'warning next.config.mjs:4:3 npm run build may stop: next.config.mjs has settings of webpack and none of Turbopack, with which Next.js 16 builds',
    ),
    'middleware.ts beside proxy.ts': told(
      project({'middleware.ts': guard, 'proxy.ts': guard}),
      'error middleware.ts npm run build stops: middleware.ts and proxy.ts are both there, and Next.js 16 takes one of them',
    ),
    'no layout': told(
      project({'app/layout.tsx': undefined, 'app/about/page.tsx': page}),
      `error app/page.tsx ${bare('app/page.tsx')}`,
    ),
    'a page beside the group that has the layout': told(
      project(
        {
          'app/layout.tsx': undefined,
          'app/page.tsx': undefined,
          'app/(shop)/layout.tsx': layout,
          'app/(shop)/page.tsx': page,
          'app/about/page.tsx': page,
        },
        {next: '^15.5.0'},
      ),
      `error app/about/page.tsx ${bare('app/about/page.tsx')}`,
    ),
  },
})
