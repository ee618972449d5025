import check from '../../../checks/node/route-conflicts.ts'
import {testCheck} from '../../harness.ts'

const page = 'export default function Page() {\n  return <p>hi</p>\n}\n'
const handler = "export const GET = () => new Response('hi')\n"

const project = (
  routes: readonly string[],
  {next = '^15.5.0', build = 'next build', start = 'npx next start', config = 'export default {}\n'} = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n\n[http_service]\ninternal_port = 3000\n',
    Dockerfile: `FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ${JSON.stringify(start.split(' '))}\n`,
    'package.json': JSON.stringify({scripts: {build}, dependencies: {next}}),
    'next.config.mjs': config,
    'app/layout.tsx': 'export default ({children}) => <html><body>{children}</body></html>\n',
    ...Object.fromEntries(routes.map((path) => [path, path.includes('route.') ? handler : page])),
  },
})
const told = (routes: readonly string[], at: string, what: string, options = {}) => ({
  ...project(routes, options),
  expect: [`${at} ${what}`],
})
const stops = (what: string) => `npm run build stops: ${what}`
const ends = (what: string) =>
  `the server of Next.js fails as it starts, where the build has not stopped before: ${what}`

testCheck(check, {
  clean: {
    'one name for a parameter': project(['app/q/[id]/page.tsx', 'app/q/[id]/edit/page.tsx']),
    'two names below two folders': project(['app/q/[id]/page.tsx', 'app/r/[slug]/page.tsx']),
    'one name below another parameter': project(['app/[shop]/page.tsx', 'app/[shop]/[id]/page.tsx']),
    'a parameter beside all that is below': project(['app/q/[id]/page.tsx', 'app/q/[...slug]/page.tsx']),
    'a parameter beside a folder': project(['app/q/[id]/page.tsx', 'app/q/new/page.tsx']),
    'all that is below, and the folder itself': project(['app/q/page.tsx', 'app/q/[...slug]/page.tsx']),
    'optional, and the path itself, which 15 takes': project(['app/q/page.tsx', 'app/q/[[...slug]]/page.tsx']),
    'optional, and something else below': project(['app/q/new/page.tsx', 'app/q/[[...slug]]/page.tsx']),
    'optional, and an optional one elsewhere': project(['app/q/[[...slug]]/page.tsx', 'app/r/[[...all]]/page.tsx']),
    'a slot, and an intercepting route': project([
      'app/q/[id]/page.tsx',
      'app/q/@side/[slug]/page.tsx',
      'app/(.)q/[name]/page.tsx',
      'app/@side/page.tsx',
      'app/page.tsx',
    ]),
    'a folder that is none of the routes': project(['app/q/[id]/page.tsx', 'app/q/_parts/[slug]/page.tsx']),
    'groups with pages of their own': project(['app/(a)/about/page.tsx', 'app/(b)/terms/page.tsx']),
    'page.tsx beside page.jsx': project(['app/about/page.tsx', 'app/about/page.jsx']),
    'a route handler below a page': project(['app/about/page.tsx', 'app/about/feed/route.ts']),
    'app beside pages': project(['app/about/page.tsx', 'pages/terms.tsx', 'pages/_app.tsx', 'pages/index.tsx']),
    'src/app beside app, which counts no more': project(['app/about/page.tsx', 'src/app/(b)/about/page.tsx']),
    'other names of pages': project(['app/(a)/about/page.tsx', 'app/(b)/about/page.tsx'], {
      config: "export default {pageExtensions: ['page.tsx']}\n",
    }),
    'Next.js 13': project(['app/(a)/about/page.tsx', 'app/(b)/about/page.tsx'], {next: '^13.4.0'}),
    'no build': project(['app/(a)/about/page.tsx', 'app/(b)/about/page.tsx'], {build: 'echo done'}),
  },
  flagged: {
    'a page of the folder, and one of a group in it, which the build takes': told(
      ['app/page.tsx', 'app/(shop)/page.tsx', 'app/about/page.tsx'],
      'warning app/(shop)/page.tsx',
      '/ has two pages: Next.js shows app/page.tsx, and never this one',
    ),
    'a folder, and the same one in a group': told(
      ['app/about/page.tsx', 'app/(shop)/about/page.tsx'],
      'error app/about/page.tsx',
      stops('/about has two pages, this one and app/(shop)/about/page.tsx'),
    ),
    'two pages of one path': told(
      ['app/(a)/about/page.tsx', 'app/(b)/about/page.tsx'],
      'error app/(b)/about/page.tsx',
      stops('/about has two pages, this one and app/(a)/about/page.tsx'),
    ),
    'a page and a route handler': told(
      ['app/about/page.tsx', 'app/about/route.ts'],
      'error app/about/route.ts',
      stops('/about is both a page and a route handler, this file and app/about/page.tsx'),
    ),
    'in app and in pages': told(
      ['app/about/page.tsx', 'pages/about.tsx'],
      'error pages/about.tsx',
      stops('/about is both in app and in pages, this file and app/about/page.tsx'),
    ),
    'two names of a parameter': told(
      ['app/q/[id]/page.tsx', 'app/q/[slug]/edit/page.tsx'],
      'error app/q/[slug]/edit/page.tsx',
      ends('one parameter of the path has two names, [id] and [slug], here and in app/q/[id]/page.tsx'),
    ),
    'two names in two groups': told(
      ['app/(a)/q/[id]/page.tsx', 'app/(b)/q/[slug]/edit/page.tsx'],
      'error app/(b)/q/[slug]/edit/page.tsx',
      ends('one parameter of the path has two names, [id] and [slug], here and in app/(a)/q/[id]/page.tsx'),
    ),
    'two names, with another server': told(
      ['app/q/[id]/page.tsx', 'app/q/[slug]/edit/page.tsx'],
      'warning app/q/[slug]/edit/page.tsx',
      ends('one parameter of the path has two names, [id] and [slug], here and in app/q/[id]/page.tsx'),
      {start: 'node server.mjs'},
    ),
    'one name for two parameters': told(
      ['app/q/[id]/x/[id]/page.tsx'],
      'error app/q/[id]/x/[id]/page.tsx',
      ends('the path has two parameters that are both called id'),
    ),
    'more behind all the rest': told(
      ['app/q/[...slug]/edit/page.tsx'],
      'error app/q/[...slug]/edit/page.tsx',
      ends('the path goes on behind [...slug], which takes all the rest'),
    ),
  },
})
