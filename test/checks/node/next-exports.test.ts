import check from '../../../checks/node/next-exports.ts'
import {testCheck} from '../../harness.ts'

/** A project of Next.js 16 that the Dockerfile builds. */
const project = (files: Record<string, string>, {build = 'npx next build', version = '16.0.0'} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && ${build}\nCMD ["npx", "next", "start"]\n`,
    'package.json': JSON.stringify({dependencies: {next: version, react: '19.2.0'}}),
    'tsconfig.json': '{"compilerOptions": {"strict": true}, "include": ["**/*.ts", "**/*.tsx"]}',
    'app/layout.tsx': 'export default ({children}) => <html><body>{children}</body></html>\n',
    'app/page.tsx': 'export default () => <p>shop</p>\n',
    ...files,
  },
})
const of15 = {version: '15.5.0'}
const without = 'export function Page() {\n  return <p>shop</p>\n}\n'
const stops = (file: string, what: string) =>
  `error ${file} next build stops: ${file} exports no component as its default, and Next.js asks each ${what} for one`
const mayStop = (file: string, what: string) =>
  stops(file, what).replace(/^error (.*?) next build stops/, 'warning $1 next build may stop')
const field = (file: string, column: number, name: string) =>
  `error ${file}:1:${column} next build stops: ${name} is exported, and what a page, a layout or a route exports is for Next.js alone`

testCheck(check, {
  clean: {
    'pages with their components': project({
      'app/orders/page.tsx': 'const Orders = () => <p>orders</p>\n\nexport default Orders\n',
      'app/about/page.tsx': "export {About as default} from '../../components/About'\n",
      'components/About.tsx': 'export const About = () => <p>about</p>\n',
      'app/robots.ts': 'export default () => ({rules: []})\n',
    }),
    CommonJS: project({'app/about/page.jsx': 'module.exports = () => <p>about</p>\n'}),
    'files of the app folder that are no pages': project({
      'app/orders/list.tsx': without,
      'app/_parts/page.tsx': without,
      'components/page.tsx': without,
    }),
    'a folder with an ending of its own': project({
      'next.config.mjs': "export default {pageExtensions: ['page.tsx']}\n",
      'app/about/page.tsx': without,
    }),
    'no build, and one of which nothing is known': project({'app/page.tsx': without}, {build: 'echo'}),
    'a file that is not copied': project({'.dockerignore': 'app/about\n', 'app/about/page.tsx': without}),
    'the pages folder': project({
      'pages/old.tsx': 'export default function Old() {\n  return <p>old</p>\n}\n',
      'pages/api/health.ts': 'export const config = {}\n\nexport default (request, response) => response.end()\n',
      'pages/api/helper.ts': 'export const helper = 1\n',
      'pages/types.d.ts': 'export interface Order {}\n',
      'pages/_middleware.ts': 'export const middleware = () => {}\n',
    }),
    'a proxy, and one that hands on all of another file': project({
      'proxy.ts': 'export const proxy = (request) => undefined\n\nexport const config = {}\n',
    }),
    'a proxy with a default': project({'src/app/page.tsx': '', 'proxy.ts': "export {auth as default} from './auth'\n"}),
    'what another file has': project({'proxy.ts': "export * from './lib/proxy'\n", 'lib/proxy.ts': without}),
    'a middleware of 15, which the build does not ask': project({'middleware.ts': 'export const config = {}\n'}, of15),
    'types and what Next.js knows, in 15': project(
      {
        'app/page.tsx':
          'export type Order = {id: string}\nexport interface Cart {}\nexport const revalidate = 60\nexport const metadata = {}\nexport default function Page() {\n  return <p>shop</p>\n}\n',
        'app/api/route.ts':
          'export const dynamic = "force-dynamic"\nexport async function GET() {}\nexport const POST = GET\n',
        'app/api/helper.ts': 'export const limit = 3\n',
      },
      of15,
    ),
    'more than that, in 16': project({
      'app/page.tsx': 'export const limit = 3\n\nexport default () => <p>shop</p>\n',
      'app/api/route.ts': 'export const limit = 3\nexport async function GET() {}\n',
    }),
    'where no types are asked': project(
      {
        'app/page.jsx': 'export const limit = 3\n\nexport default () => <p>shop</p>\n',
        'next.config.mjs': 'export default {typescript: {ignoreBuildErrors: true}}\n',
        'app/api/route.ts': 'export const limit = 3\nexport async function GET() {}\n',
      },
      of15,
    ),
    'with Turbopack of 15, which writes no such types': project(
      {'app/api/route.ts': 'export const limit = 3\nexport async function GET() {}\n'},
      {...of15, build: 'npx next build --turbopack'},
    ),
    'where tsc is kept from the types of the build': project(
      {
        'tsconfig.json': '{"include": ["**/*.ts", ".next/types/**/*.ts"], "exclude": ["node_modules", ".next"]}',
        'app/api/route.ts': 'export const limit = 3\nexport async function GET() {}\n',
      },
      of15,
    ),
    'another version': project({'app/page.tsx': without}, {version: '14.2.0'}),
  },
  flagged: {
    'several names of one route': {
      ...project(
        {
          'app/api/orders/route.ts':
            'export const GET = () => Response.json([])\nexport const limits = {}\nexport const store = new Map()\n',
        },
        of15,
      ),
      expect: [
        'error app/api/orders/route.ts:2:14 next build stops: limits and store are exported, and what a page, a layout or a route exports is for Next.js alone',
      ],
    },
    'a page, and what is around it': {
      ...project({
        'app/about/page.tsx': without,
        'app/about/layout.tsx': without,
        'app/not-found.tsx': without,
        'app/empty/page.tsx': '// export default () => <p />\n',
      }),
      expect: [
        stops('app/about/layout.tsx', 'layout'),
        stops('app/about/page.tsx', 'page'),
        stops('app/empty/page.tsx', 'page'),
        stops('app/not-found.tsx', 'not-found'),
      ],
    },
    'one that is made for each request: the build may not come to it': {
      ...project({'app/orders/[id]/page.tsx': without, 'app/orders/[id]/error.tsx': `'use client'\n${without}`}),
      expect: [mayStop('app/orders/[id]/error.tsx', 'error'), mayStop('app/orders/[id]/page.tsx', 'page')],
    },
    'one in an app with sessions, which the types of 15 refuse all the same': {
      ...project(
        {
          'app/layout.tsx': "import {auth} from 'next-auth'\n\nexport default async () => <p>{await auth()}</p>\n",
          'app/about/page.tsx': without,
        },
        of15,
      ),
      expect: [stops('app/about/page.tsx', 'page')],
    },
    'one in an app with sessions': {
      ...project({
        'app/layout.tsx': "import {auth} from 'next-auth'\n\nexport default async () => <p>{await auth()}</p>\n",
        'app/about/page.tsx': without,
      }),
      expect: [mayStop('app/about/page.tsx', 'page')],
    },
    'robots.ts': {
      ...project({'app/robots.ts': 'export const robots = () => ({rules: []})\n'}),
      expect: [
        'error app/robots.ts next build stops: app/robots.ts exports no function as its default, and Next.js makes robots.ts of what that hands out',
      ],
    },
    'a helper in the pages folder': {
      ...project({'pages/format.ts': 'export const format = String\n'}),
      expect: [
        'error pages/format.ts next build stops: pages/format.ts exports no component as its default, and Next.js makes a page of each file in pages',
      ],
    },
    'a proxy with the function of a middleware': {
      ...project({'proxy.ts': 'export function middleware() {}\n'}),
      expect: [
        'error proxy.ts next build stops: proxy.ts exports no function of the name proxy, and none as its default',
      ],
    },
    'a route that another takes something from: webpack may lay it where Next.js writes no types for it': {
      ...project(
        {
          'app/api/orders/route.ts': 'export const limit = 1\n\nexport const GET = () => Response.json(limit)\n',
          'app/api/orders/[id]/route.ts':
            "import {limit} from '../route'\n\nexport const GET = () => Response.json(limit)\n",
          'app/api/carts/route.ts': 'export const most = 1\n\nexport const GET = () => Response.json(most)\n',
          'app/api/most/route.ts':
            "import {most} from '@/app/api/carts/route'\n\nexport const GET = () => Response.json(most)\n",
        },
        of15,
      ),
      expect: [
        field('app/api/carts/route.ts', 14, 'most').replace(
          /^error (.*?) next build stops/,
          'warning $1 next build may stop',
        ),
        field('app/api/orders/route.ts', 14, 'limit').replace(
          /^error (.*?) next build stops/,
          'warning $1 next build may stop',
        ),
      ],
    },
    'fields that 15 does not know': {
      ...project(
        {
          'app/page.tsx': 'export const limit = 3\n\nexport default () => <p>shop</p>\n',
          'app/api/route.ts': 'export async function get() {}\n',
          'app/api/old/route.ts': 'export default async function handler() {}\n',
        },
        of15,
      ),
      expect: [
        field('app/api/old/route.ts', 1, 'default'),
        field('app/api/route.ts', 23, 'get'),
        field('app/page.tsx', 14, 'limit'),
      ],
    },
    'a route without a method, in 16': {
      ...project({'app/api/route.ts': 'export default async function handler() {}\n'}),
      expect: [
        'error app/api/route.ts next build stops: app/api/route.ts exports no method of HTTP such as GET, and a route must',
      ],
    },
  },
})
