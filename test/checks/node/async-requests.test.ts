import check from '../../../checks/node/async-requests.ts'
import {testCheck} from '../../harness.ts'

const project = (
  files: Record<string, string>,
  {next = '^15.5.0', config = 'export default {}\n', build = 'next build'} = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npx", "next", "start"]\n',
    'package.json': JSON.stringify({scripts: {build}, dependencies: {next}, devDependencies: {typescript: '^5.9.0'}}),
    'tsconfig.json': '{"compilerOptions": {"strict": true, "noEmit": true}, "include": ["**/*.ts", "**/*.tsx"]}\n',
    'next.config.mjs': config,
    ...files,
  },
})
const page = (text: string, options = {}) => project({'app/[id]/page.tsx': text}, options)
const handler = (text: string) => project({'app/api/[id]/route.ts': text})
const told = <P>(given: P, ...expect: string[]) => ({...given, expect})
const ofType = (what: string, version = 15) =>
  `npm run build stops: the type of ${what} is that of an object, and Next.js ${version} has it as a Promise`
const ofCall = (what: string) =>
  `npm run build stops: ${what}() is used as what it holds, and Next.js 15 has it as a Promise`

const sync = 'export default function Page({params}: {params: {id: string}}) {\n  return <p>{params.id}</p>\n}\n'

testCheck(check, {
  clean: {
    'where tsc is kept from the types of the build': project({
      'app/[id]/page.tsx': sync,
      'tsconfig.json': '{"include": ["**/*.ts", "**/*.tsx", ".next/types/**/*.ts"], "exclude": [".next"]}\n',
    }),
    'a Promise': page(
      'export default async function Page({params}: {params: Promise<{id: string}>}) {\n  return <p>{(await params).id}</p>\n}\n',
    ),
    'a Promise by another name': page(
      'type Params = Promise<{id: string}>\ntype Props = {params: Params}\nexport default async function Page({params}: Props) {\n  return <p>{(await params).id}</p>\n}\n',
    ),
    any: page('export default function Page({params}: any) {\n  return <p>{params.id}</p>\n}\n'),
    'any of params': page('export default function Page({params}: {params: any}) {\n  return <p>{params.id}</p>\n}\n'),
    'a type of another file': page(
      "import type {Props} from '../types'\n\nexport default function Page({params}: Props) {\n  return <p>{params.id}</p>\n}\n",
    ),
    'the props of Next.js': page(
      "export default async function Page({params}: PageProps<'/[id]'>) {\n  return <p>{(await params).id}</p>\n}\n",
    ),
    'a component beside the page': page(
      'function Order({params}: {params: {id: string}}) {\n  return <p>{params.id}</p>\n}\nexport default () => <Order params={{id: "1"}} />\n',
    ),
    'a component in another file': project({'app/order.tsx': sync}),
    'a folder that is none of the routes': project({'app/_parts/page.tsx': sync}),
    'params of generateStaticParams, which are at hand': page(
      'export async function generateStaticParams({params}: {params: {shop: string}}) {\n  return [{id: params.shop}]\n}\nexport default () => <p>hi</p>\n',
    ),
    'Next.js 14': page(sync, {next: '^14.2.0'}),
    'a build that asks for no types': page(sync, {config: 'export default {typescript: {ignoreBuildErrors: true}}\n'}),
    'a page that Turbopack builds, with Next.js 15': page(sync, {build: 'next build --turbopack'}),
    'a page that waits whatever its type says, with Next.js 16': page(
      'export default async function Page({params}: {params: {id: string}}) {\n  const {id} = await params\n  return <p>{id}</p>\n}\n',
      {next: '^16.0.0'},
    ),
    'a page that hands it on, with Next.js 16': page(
      "import {Order} from '../order'\n\nexport default function Page({params}: {params: {id: string}}) {\n  return <Order params={params} />\n}\n",
      {next: '^16.0.0'},
    ),
    'a build that only compiles': page(sync, {build: 'next build --experimental-build-mode compile'}),
    JavaScript: project({'app/[id]/page.jsx': 'export default ({params}) => <p>{params.id}</p>\n'}),
    'a handler that a function of its own makes': handler(
      "import {auth} from '../../auth'\n\nexport const GET = auth((request: Request, {params}: {params: {id: string}}) => Response.json(params))\n",
    ),
    'cookies that are awaited': page(
      "import {cookies, headers} from 'next/headers'\n\nexport default async () => {\n  const jar = await cookies()\n  return <p>{jar.get('a')?.value}{(await headers()).get('b')}</p>\n}\n",
    ),
    'cookies with then': page(
      "import {cookies} from 'next/headers'\n\nexport const jar = () => cookies().then((each) => each.get('a'))\nexport default () => <p>hi</p>\n",
    ),
    'cookies that a type makes others': page(
      "import {cookies, type UnsafeUnwrappedCookies} from 'next/headers'\n\nexport default () => <p>{(cookies() as unknown as UnsafeUnwrappedCookies).get('a')?.value}</p>\n",
    ),
    'cookies of one name in two functions': page(
      "import {cookies} from 'next/headers'\n\nexport const first = async () => {\n  const jar = cookies()\n  return jar\n}\nexport const other = (jar: Map<string, string>) => jar.get('a')\nexport default () => <p>hi</p>\n",
    ),
    'cookies of something else': page(
      "import {cookies} from '../jar'\n\nexport default () => <p>{cookies().get('a')}</p>\n",
    ),
  },
  flagged: {
    'params of a page': told(page(sync), `error app/[id]/page.tsx:1:41 ${ofType('params')}`),
    'params of a page that types let pass, with Next.js 16': told(
      page(sync, {next: '16.0.1'}),
      'warning app/[id]/page.tsx:1:41 the type of params is that of an object, and Next.js 16 has it as a Promise: what is read of it is undefined',
    ),
    'a layout with Next.js 16': told(
      project(
        {
          'app/[id]/layout.tsx':
            'export default function Layout({params}: {params: {id: string}}) {\n  return <p>{params.id}</p>\n}\n',
        },
        {next: '^16.0.0'},
      ),
      `error app/[id]/layout.tsx:1:43 ${ofType('params', 16)}`,
    ),
    'by the name of a type': told(
      page(
        'type Props = {params: Promise<{id: string}>; searchParams: {[key: string]: string | undefined}}\nconst Page = async ({searchParams}: Props) => <p>{searchParams.q}</p>\nexport default Page\n',
      ),
      `error app/[id]/page.tsx:1:46 ${ofType('searchParams')}`,
    ),
    'by an interface that the metadata takes, too': told(
      page(
        'interface Props {\n  params: {id: string}\n}\nexport async function generateMetadata({params}: Props) {\n  return {title: params.id}\n}\nexport default function Page(props: Props) {\n  return <p>{props.params.id}</p>\n}\n',
      ),
      `error app/[id]/page.tsx:2:3 ${ofType('params')}`,
    ),
    'a record, in a layout': told(
      project({
        'app/layout.tsx':
          "import type {ReactNode} from 'react'\n\nexport default function Layout({children, params}: {children: ReactNode; params: Record<string, string>}) {\n  return <html lang={params.lang}><body>{children}</body></html>\n}\n",
      }),
      `error app/layout.tsx:3:74 ${ofType('params')}`,
    ),
    'a Client Component': told(page(`'use client'\n\n${sync}`), `error app/[id]/page.tsx:3:41 ${ofType('params')}`),
    'a handler': told(
      handler(
        'export async function GET(_: Request, {params}: {params: {id: string}}) {\n  return Response.json(params)\n}\n',
      ),
      `error app/api/[id]/route.ts:1:50 ${ofType('params')}`,
    ),
    'a handler with a context': told(
      handler(
        'type Context = {params: {id: string}}\nexport const POST = async (_: Request, context: Context) => Response.json(context.params)\n',
      ),
      `error app/api/[id]/route.ts:1:17 ${ofType('params')}`,
    ),
    'cookies at once': told(
      page("import {cookies} from 'next/headers'\n\nexport default () => <p>{cookies().get('a')?.value}</p>\n"),
      `error app/[id]/page.tsx:3:26 ${ofCall('cookies')}`,
    ),
    'headers that a name holds, in a module': told(
      project({
        'lib/host.ts':
          "import {headers} from 'next/headers'\n\nexport function host() {\n  const list = headers()\n  return list.get('host')\n}\n",
      }),
      `error lib/host.ts:5:10 ${ofCall('headers')}`,
    ),
  },
})
