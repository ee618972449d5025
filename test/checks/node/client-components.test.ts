import check from '../../../checks/node/client-components.ts'
import {testCheck} from '../../harness.ts'

const project = (files: Record<string, string>, {next = '^15.5.0', build = 'next build'} = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npx", "next", "start"]\n',
    'package.json': JSON.stringify({scripts: {build}, dependencies: {next}}),
    'app/layout.tsx': 'export default ({children}) => <html><body>{children}</body></html>\n',
    ...files,
  },
})
const page = (text: string, files: Record<string, string> = {}, options = {}) =>
  project({'app/page.tsx': text, ...files}, options)
const told = <P>(given: P, ...expect: string[]) => ({...given, expect})

const counter = "import {useState} from 'react'\n\nexport const Counter = () => <b>{useState(0)[0]}</b>\n"
const withCounter = "import {Counter} from '../lib/counter'\n\nexport default () => <Counter />\n"
const asked = "import {cookies} from 'next/headers'\n\nexport const asked = () => cookies()\n"

const action = (text: string, {build = 'next build', next = '^15.5.0'} = {}) =>
  page(
    "import {save} from './actions'\n\nexport default () => <form action={save} />\n",
    {'app/actions.ts': `'use server'\n\n${text}`},
    {build, next},
  )
const save = 'export async function save() {}\n'

const client = (text: string, files: Record<string, string> = {}, options = {}) =>
  page(
    "'use client'\nimport {orders} from '../lib/orders'\n\nexport default () => <p>{String(orders())}</p>\n",
    {'lib/orders.ts': text, ...files},
    options,
  )
const ofFiles = "import {readFileSync} from 'node:fs'\n\nexport const orders = () => readFileSync('orders.json')\n"

const button = "export const Pay = () => <button onClick={() => alert('paid')}>Pay</button>\n"
const withPay = "import {Pay} from '../lib/pay'\n\nexport default () => <Pay />\n"
const event = (what: string, by = '') =>
  `npm run build may stop: ${what} has a function, and this is a Server Component${by}`

testCheck(check, {
  clean: {
    'an event in a Client Component, and below one': page(withPay, {'lib/pay.tsx': `'use client'\n\n${button}`}),
    'an event in one of several parts of a module, which the page need not show': page(withPay, {
      'lib/pay.tsx': `export const Sum = () => <p>3</p>\n${button}`,
    }),
    'a property of a component, and one that a parameter brings': page(
      "import {Pay} from '../lib/pay'\n\nexport default ({onPay}) => <form onSubmit={onPay}><Pay onPay={() => 1} /></form>\n",
      {'lib/pay.tsx': "'use client'\n\nexport const Pay = ({onPay}) => <b onClick={onPay}>Pay</b>\n"},
    ),
    'a function of the server': page(
      "export default () => <form action={async () => {'use server'}}><button onClick={pay}>Pay</button></form>\n",
    ),
    'modules of Node.js that Next.js brings for the browser': client(
      "import path from 'path'\nimport crypto from 'node:crypto'\n\nexport const orders = () => path.join(crypto.randomUUID())\n",
    ),
    'a module of Node.js on the server': page(
      "import {orders} from '../lib/orders'\n\nexport default () => <p>{orders()}</p>\n",
      {'lib/orders.ts': ofFiles},
    ),
    'a module of Node.js in an action': client(`'use server'\n${ofFiles.replace('() =>', 'async () =>')}`),
    'a module of Node.js that is not used': project({
      'app/page.jsx': "'use client'\nimport fs from 'fs'\n\nexport default () => <p>hi</p>\n",
    }),
    'a type of a driver': client("import {Pool} from 'pg'\n\nexport const orders = (pool?: Pool) => pool?.total\n"),
    'a module of Node.js on the server alone': client(
      "export const orders = () => {\n  if (typeof window === 'undefined') return require('fs').readFileSync('orders.json')\n}\n",
    ),
    'settings that bring it to the browser': client(ofFiles, {
      'next.config.mjs': 'export default {webpack: (config) => ({...config, resolve: {fallback: {fs: false}}})}\n',
    }),
    'a package.json that brings it to the browser': client(ofFiles, {
      'package.json': JSON.stringify({
        scripts: {build: 'next build'},
        dependencies: {next: '^15.5.0'},
        browser: {fs: false},
      }),
    }),
    'a file that only hands it on': client("export const orders = () => 1\nexport {all} from './all'\n", {
      'lib/all.ts': ofFiles.replace('orders', 'all'),
    }),
    'async functions of "use server", however they are written': action(
      `${save}export const add = async () => {}\nexport const drop = async function () {}\nexport default async function all() {}\n`,
    ),
    'types of "use server"': action(`${save}export type State = {id: string}\nexport interface Order {id: string}\n`),
    'overloads of an async function': action(
      'export async function save(id: string): Promise<void>\nexport async function save(): Promise<void> {}\n',
    ),
    'what another function makes of an action, which may be one': action(
      "import {actionClient} from './safe'\n\nexport const save = actionClient.action(async () => {})\n",
    ),
    'an action that zod makes': action(
      "import {z} from 'zod'\n\nexport const save = z.function().implement(async () => {})\n",
    ),
    'a constant that stays in the file': action(`const limit = 3\nfunction twice() {\n  return limit * 2\n}\n${save}`),
    'a file of "use server" that no page imports': page('export default () => <p>hi</p>\n', {
      'app/actions.ts': "'use server'\n\nexport const limit = 3\n",
    }),
    'a schema, where the build loads no page': action(`export const limits = {}\n${save}`, {
      build: 'next build --experimental-build-mode compile',
    }),
    'a schema, which the browser alone imports': page(
      "'use client'\nimport {save} from './actions'\n\nexport default () => <form action={save} />\n",
      {'app/actions.ts': `'use server'\n\nexport const limits = {}\n${save}`},
    ),
    'an older Next.js': action(`export const limit = 3\n${save}`, {next: '^14.2.0'}),
    'an async action in a component': page(
      "export default () => {\n  async function save() {\n    'use server'\n  }\n  return <form action={save} />\n}\n",
    ),
    'a text that says so': page("export default () => {\n  const text = 'use server'\n  return <p>{text}</p>\n}\n"),
    'a build for production that is only made ready': page(
      withCounter,
      {'lib/counter.tsx': counter},
      {build: 'next build --experimental-build-mode generate'},
    ),
    'a hook behind "use client"': page(withCounter, {'lib/counter.tsx': `'use client'\n${counter}`}),
    'a hook in what a Client Component imports': page(
      "'use client'\nimport {Counter} from '../lib/counter'\n\nexport default () => <Counter />\n",
      {
        'lib/counter.tsx': counter,
      },
    ),
    'what the server has of React': page(
      "import {cache, useId, useMemo, useCallback, use} from 'react'\n\nexport default () => <p>{useId()}{cache}{use}{useMemo}{useCallback}</p>\n",
    ),
    'a hook that is imported and not used': page("import {useState} from 'react'\n\nexport default () => <p>hi</p>\n"),
    'a type of the browser': page(
      "import type {Component} from 'react'\n\nexport default (one: Component) => <p>{String(one)}</p>\n",
    ),
    'a file that no page imports': page('export default () => <p>hi</p>\n', {'app/counter.tsx': counter}),
    'a folder of Client Components that is called app': page(
      "'use client'\nimport Layout from '../components/app/layout'\n\nexport default () => <Layout />\n",
      {
        'components/app/layout.tsx': "import {useState} from 'react'\n\nexport default () => <p>{useState(0)[0]}</p>\n",
      },
    ),
    'a component that is called as a file of the router, in a folder without a page': page(
      "'use client'\nimport Loading from './parts/loading'\n\nexport default () => <Loading />\n",
      {'app/parts/loading.tsx': counter},
    ),
    'one in a folder that is none of the routes': page(
      "'use client'\nimport Loading from './_parts/loading'\n\nexport default () => <Loading />\n",
      {'app/_parts/loading.tsx': counter, 'app/_parts/page.tsx': 'export default () => <p>hi</p>\n'},
    ),
    'src/app beside app': page(
      "'use client'\nimport Layout from '../src/app/layout'\n\nexport default () => <Layout />\n",
      {
        'src/app/layout.tsx': "import {useState} from 'react'\n\nexport default () => <p>{useState(0)[0]}</p>\n",
      },
    ),
    'the pages folder': project({
      'pages/index.tsx':
        "import {useState} from 'react'\n\nexport default () => <p>{useState(0)[0]}</p>\nexport const getServerSideProps = () => ({props: {}})\n",
    }),
    'what the server alone has, in an action': page(
      "'use client'\nimport {asked} from './actions'\n\nexport default () => <button onClick={asked}>ask</button>\n",
      {
        'app/actions.ts': `'use server'\n${asked.replace('() =>', 'async () =>')}`,
      },
    ),
    'a file that only hands on': page("import {total} from '../lib'\n\nexport default () => <p>{total}</p>\n", {
      'lib/index.ts': "export {Counter} from './counter'\nexport const total = 1\n",
      'lib/counter.tsx': counter,
    }),
    'a file that hands on all of another': page(
      "import {total} from '../lib'\n\nexport default () => <p>{total}</p>\n",
      {
        'lib/index.ts': "export * from './counter'\nexport const total = 1\n",
        'lib/counter.tsx': counter,
      },
    ),
    'a project that Babel compiles': page(withCounter, {
      'lib/counter.tsx': counter,
      '.babelrc': '{"presets": ["next/babel"]}',
    }),
    'without the server, in a Client Component': page(
      "'use client'\nimport dynamic from 'next/dynamic'\nconst Map = dynamic(() => import('./map'), {ssr: false})\n\nexport default () => <Map />\n",
      {'app/map.tsx': 'export default () => <p>hi</p>\n'},
    ),
    'without the server, before Next.js 15': page(
      "import dynamic from 'next/dynamic'\nconst Map = dynamic(() => import('./map'), {ssr: false})\n\nexport default () => <Map />\n",
      {'app/map.tsx': 'export default () => <p>hi</p>\n'},
      {next: '14.2.33'},
    ),
    'Next.js 13, which has other rules': page(withCounter, {'lib/counter.tsx': counter}, {next: '13.5.0'}),
    'the build may fail': page(withCounter, {'lib/counter.tsx': counter}, {build: 'next build || true'}),
  },
  flagged: {
    'a module of Node.js in what a Client Component imports': told(
      client(ofFiles, {}, {next: '^16.0.0'}),
      'error lib/orders.ts:1:29 npm run build stops: node:fs is for Node.js, and this is for the browser, by app/page.tsx',
    ),
    'a module of Node.js, with Turbopack in 15': told(
      client(ofFiles, {}, {build: 'next build --turbopack'}),
      'error lib/orders.ts:1:29 npm run build stops: node:fs is for Node.js, and this is for the browser, by app/page.tsx',
    ),
    'a module of Node.js, of which webpack may leave aside what nobody uses': told(
      client(ofFiles),
      'warning lib/orders.ts:1:29 npm run build may stop: node:fs is for Node.js, and this is for the browser, by app/page.tsx',
    ),
    'a driver of a database in what a Client Component imports': told(
      client(
        "import {db} from './db'\n\nexport const orders = () => db.query('select 1')\n",
        {
          'lib/db.ts': "import {Pool} from 'pg'\n\nexport const db = new Pool()\n",
        },
        {next: '16.0.0'},
      ),
      'error lib/db.ts:1:21 npm run build stops: pg is for Node.js, and this is for the browser, by app/page.tsx',
    ),
    'a constant of "use server"': told(
      action(`export const limit = 3\n${save}`),
      'error app/actions.ts:3:14 npm run build stops: limit is exported, and a file with "use server" may export async functions alone',
    ),
    'a constant, where the build only compiles': told(
      action(`export const limit = 3\n${save}`, {build: 'next build --experimental-build-mode compile'}),
      'error app/actions.ts:3:14 npm run build stops: limit is exported, and a file with "use server" may export async functions alone',
    ),
    'a schema of zod': told(
      action(`import {z} from 'zod'\n\nexport const schema = z.object({id: z.string()})\n${save}`, {next: '16.0.1'}),
      'error app/actions.ts:5:14 npm run build stops: schema is exported, and a file with "use server" may export async functions alone',
    ),
    'an object that is exported by its name': told(
      action(`const limits = {orders: 3} as const\n${save}export {limits}\n`),
      'error app/actions.ts:5:9 npm run build stops: limits is exported, and a file with "use server" may export async functions alone',
    ),
    'a class': told(
      action(`export class Orders {}\n${save}`),
      'error app/actions.ts:3:14 npm run build stops: Orders is exported, and a file with "use server" may export async functions alone',
    ),
    'what another file has': told(
      action(`${save}export {limit} from './limits'\nexport * from './more'\n`),
      'error app/actions.ts:4:1 npm run build stops: what ./limits has is exported, and a file with "use server" may export async functions alone',
      'error app/actions.ts:5:1 npm run build stops: export * is exported, and a file with "use server" may export async functions alone',
    ),
    'settings of a page with "use server"': told(
      page("'use server'\n\nexport const dynamic = 'force-dynamic'\nexport default async () => <p>hi</p>\n"),
      'error app/page.tsx:3:14 npm run build stops: dynamic is exported, and a file with "use server" may export async functions alone',
    ),
    'a function that is not async': told(
      action('export function save() {}\n'),
      'error app/actions.ts:3:17 npm run build stops: save is not async, and "use server" makes it a function that the browser calls',
    ),
    'an arrow that is not async, for a Client Component': told(
      page("'use client'\nimport {save} from './actions'\n\nexport default () => <form action={save} />\n", {
        'app/actions.ts': "'use server'\n\nexport const save = () => {}\n",
      }),
      'error app/actions.ts:3:14 npm run build stops: save is not async, and "use server" makes it a function that the browser calls',
    ),
    'an action in a component that is not async': told(
      page("export default () => {\n  function save() {\n    'use server'\n  }\n  return <form action={save} />\n}\n"),
      'error app/page.tsx:2:12 npm run build stops: save is not async, and "use server" makes it a function that the browser calls',
    ),
    'an action in a Client Component': told(
      page(
        "'use client'\n\nexport default () => {\n  async function save() {\n    'use server'\n  }\n  return <form action={save} />\n}\n",
      ),
      'error app/page.tsx:4:18 npm run build stops: save has "use server" in it, and this is a Client Component',
    ),
    'a hook on a page': told(
      page("import {useState} from 'react'\n\nexport default () => <p>{useState(0)[0]}</p>\n"),
      'error app/page.tsx:1:9 npm run build stops: useState is for the browser, and this is a Server Component',
    ),
    'a build that only compiles': told(
      page(withCounter, {'lib/counter.tsx': counter}, {build: 'next build --experimental-build-mode compile'}),
      'error lib/counter.tsx:1:9 npm run build stops: useState is for the browser, and this is a Server Component, by app/page.tsx',
    ),
    'a hook in a file that a page imports': told(
      page(withCounter, {'lib/counter.tsx': counter}),
      'error lib/counter.tsx:1:9 npm run build stops: useState is for the browser, and this is a Server Component, by app/page.tsx',
    ),
    'a hook of the navigation, in a layout': told(
      project({
        'app/shop/page.tsx': 'export default () => <p>hi</p>\n',
        'app/shop/layout.tsx':
          "import {usePathname} from 'next/navigation'\n\nexport default () => <p>{usePathname()}</p>\n",
      }),
      'error app/shop/layout.tsx:1:9 npm run build stops: usePathname is for the browser, and this is a Server Component',
    ),
    'the router of the pages folder': told(
      page("import {useRouter} from 'next/router'\n\nexport default () => <p>{useRouter().asPath}</p>\n"),
      'error app/page.tsx:1:26 npm run build stops: next/router is for the browser, and this is a Server Component',
    ),
    'cookies in what a Client Component imports': told(
      page("'use client'\nimport {asked} from '../lib/asked'\n\nexport default () => <p>{String(asked())}</p>\n", {
        'lib/asked.ts': asked,
      }),
      'error lib/asked.ts:1:24 npm run build stops: next/headers is for the server, and this is a Client Component, by app/page.tsx',
    ),
    'metadata of a Client Component': told(
      page("'use client'\n\nexport const metadata = {title: 'Shop'}\nexport default () => <p>hi</p>\n"),
      'error app/page.tsx:3:14 npm run build stops: metadata is for the server, and "use client" makes this a Client Component',
    ),
    'metadata twice': told(
      page(
        "export const metadata = {title: 'Shop'}\nexport async function generateMetadata() {\n  return metadata\n}\nexport default () => <p>hi</p>\n",
      ),
      'error app/page.tsx:2:23 npm run build stops: metadata and generateMetadata are exported, and one of them alone may be',
    ),
    'error.tsx of the server': told(
      project({
        'app/error.tsx': 'export default () => <p>oh</p>\n',
        'app/page.tsx': 'export default () => <p>hi</p>\n',
      }),
      'error app/error.tsx:1:1 npm run build stops: what shows an error must be a Client Component, and this is none',
    ),
    'without the server, on the server': told(
      page(
        "import dynamic from 'next/dynamic'\nconst Map = dynamic(() => import('./map'), {ssr: false})\n\nexport default () => <Map />\n",
        {'app/map.tsx': 'export default () => <p>hi</p>\n'},
      ),
      'error app/page.tsx:2:13 npm run build stops: ssr: false of next/dynamic is for Client Components, and this is a Server Component',
    ),
    'a function of the pages folder': told(
      page('export const getServerSideProps = () => ({props: {}})\nexport default () => <p>hi</p>\n'),
      'error app/page.tsx:1:14 npm run build stops: getServerSideProps is of the pages folder, and not supported in app',
    ),
    'an event in a page: one that is made for each request fails only then': told(
      page(button.replace('const Pay =', 'default')),
      `warning app/page.tsx:1:30 ${event('onClick')}`,
    ),
    'an event with a function by its name': told(
      page('export default () => {\n  const pay = () => 1\n  return <form onSubmit={pay} />\n}\n'),
      `warning app/page.tsx:3:16 ${event('onSubmit')}`,
    ),
    'an event in the one part of a module': told(
      page(withPay, {'lib/pay.tsx': button}),
      `warning lib/pay.tsx:1:34 ${event('onClick', ', by app/page.tsx')}`,
    ),
    'the paths of a page that is of the browser': told(
      project({
        'app/[id]/page.tsx':
          "'use client'\nexport const generateStaticParams = () => [{id: '1'}]\nexport default () => <p>hi</p>\n",
      }),
      'error app/[id]/page.tsx:2:14 npm run build stops: generateStaticParams is for the server, and "use client" makes this a Client Component',
    ),
    '"use client" behind an import': told(
      page("import Link from 'next/link'\n'use client'\n\nexport default () => <Link href=\"/\">hi</Link>\n"),
      'error app/page.tsx:2:1 npm run build stops: "use client" stands behind other code, where it says nothing',
    ),
  },
})
