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

const tsconfig = '{"compilerOptions": {"strict": true, "noEmit": true}, "include": ["**/*.ts", "**/*.tsx"]}'
const typedConfig = (settings: string, options = {}) =>
  project(
    {
      'tsconfig.json': tsconfig,
      'next.config.ts': `import type {NextConfig} from 'next'\n\nconst config: NextConfig = {${settings}}\n\nexport default config\n`,
    },
    options,
  )
const untyped = (what: string) =>
  `npm run build stops: next.config.ts sets ${what}, which the type NextConfig of Next.js 16 does not have`
const webpack = 'export default {\n  webpack: (config) => config,\n}\n'
const bare = (file: string) =>
  `npm run build stops: no layout is around ${file}, and each page of app needs one with <html> and <body>`

testCheck(check, {
  clean: {
    'settings of webpack, with which it builds': config(webpack, {build: 'next build --webpack'}),
    'settings of webpack, with Next.js 15': config(webpack, {next: '^15.5.0'}),
    'settings of Turbopack, too': config('export default {\n  turbopack: {},\n  webpack: (config) => config,\n}\n'),
    'settings of Turbopack that a package adds': config(
      `import {withPayload} from '@payloadcms/next/withPayload'\n\n${webpack}`,
    ),
    'settings of webpack on a condition': config(
      'export default {\n  ...(process.env.ANALYZE && {\n    webpack: (config) => config,\n  }),\n}\n',
    ),
    'a word of other settings': config("export default {\n  serverExternalPackages: ['webpack'],\n}\n"),
    'settings of 16': typedConfig('reactCompiler: true, turbopack: {}, experimental: {typedEnv: true}'),
    'settings of 15': typedConfig('eslint: {}, experimental: {ppr: true}', {next: '^15.5.0'}),
    'old settings in JavaScript, where no types are asked': config(
      'export default {\n  eslint: {ignoreDuringBuilds: true},\n  experimental: {ppr: false},\n}\n',
    ),
    'an old setting that TypeScript does not ask for': project({
      'tsconfig.json': tsconfig,
      'next.config.ts': 'const config = {eslint: {}}\n\nexport default config\n',
    }),
    'an old setting beside others, which hide it': typedConfig('...base, eslint: {}'),
    'where the build asks no types': typedConfig('eslint: {}, typescript: {ignoreBuildErrors: true}'),
    'where TypeScript is told not to look': typedConfig('\n  // @ts-expect-error gone\n  eslint: {}'),
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
    'experimental.ppr': told(
      config("export default {\n  experimental: {ppr: 'incremental'},\n}\n"),
      'error next.config.mjs:2:18 npm run build stops: experimental.ppr of next.config.mjs is gone with Next.js 16',
    ),
    'settings that the type does not have': told(
      typedConfig('eslint: {ignoreDuringBuilds: true}, experimental: {turbo: {}}'),
      `error next.config.ts:3:29 ${untyped('eslint')}`,
      `error next.config.ts:3:80 ${untyped('experimental.turbo')}`,
    ),
    'settings that satisfy the type': told(
      project({
        'tsconfig.json': tsconfig,
        'next.config.ts':
          "import type {NextConfig} from 'next'\n\nexport default {swcMinify: true} satisfies NextConfig\n",
      }),
      `error next.config.ts:3:17 ${untyped('swcMinify')}`,
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
