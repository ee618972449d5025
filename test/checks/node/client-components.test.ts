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

testCheck(check, {
  clean: {
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
        'app/actions.ts': `'use server'\n${asked}`,
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
    '"use client" behind an import': told(
      page("import Link from 'next/link'\n'use client'\n\nexport default () => <Link href=\"/\">hi</Link>\n"),
      'error app/page.tsx:2:1 npm run build stops: "use client" stands behind other code, where it says nothing',
    ),
  },
})
