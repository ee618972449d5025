import check from '../../../checks/node/search-params.ts'
import {testCheck} from '../../harness.ts'

const search = `'use client'
import {useSearchParams} from 'next/navigation'

export default function Search() {
  const query = useSearchParams()
  return <p>{query.get('q')}</p>
}
`
const layout = (inner = '{children}', before = '') =>
  `${before}export default function Layout({children}) {\n  return <html><body>${inner}</body></html>\n}\n`
const project = (
  page: string,
  {next = '15.5.6', build = 'next build', path = 'app/search/page.tsx', ...files}: Record<string, string> = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\nCMD ["npx", "next", "start"]\n',
    'package.json': JSON.stringify({scripts: {build}, dependencies: {next}}),
    'app/layout.tsx': layout(),
    [path]: page,
    ...files,
  },
})
const told = (at: string, route: string, unless = '', severity = 'error') =>
  `${severity} ${at} npm run build stops: the page ${route} calls useSearchParams(), and nothing around it is a <Suspense>${unless}`

testCheck(check, {
  clean: {
    'in a boundary of the page': project(`'use client'
import {Suspense} from 'react'
import {useSearchParams} from 'next/navigation'
function Query() { return <p>{useSearchParams().get('q')}</p> }
export default function Search() { return <Suspense><Query /></Suspense> }
`),
    'of its request, by a parameter in its path': project(search, {path: 'app/[shop]/search/page.tsx'}),
    'below a loading.tsx': project(search, {'app/loading.tsx': 'export default () => null\n'}),
    'a layout that asks for the request': project(search, {
      'app/layout.tsx': layout('{children}', "import {cookies} from 'next/headers'\n"),
    }),
    'a layout with a boundary': project(search, {'app/layout.tsx': layout('<Suspense>{children}</Suspense>')}),
    'a slot of another page': project(search, {path: 'app/@search/page.tsx'}),
    'a part of another page': project(search, {path: 'app/search/form.tsx'}),
    'the pages router': project(search, {path: 'pages/search.tsx'}),
    'useSearchParams of react-router': project(search.replace('next/navigation', 'react-router-dom')),
    'only compiled': project(search, {build: 'next build --experimental-build-mode compile'}),
    'Next.js 13': project(search, {next: '^13.5.0'}),
    'switched off': project(search, {
      'next.config.mjs': 'export default {experimental: {missingSuspenseWithCSRBailout: false}}\n',
    }),
    'behind what ends the function in the build': project(
      search.replace('  const query', "  if (typeof window === 'undefined') return null\n  const query"),
    ),
    'chosen in the browser alone': project(
      search.replace('useSearchParams()\n', "typeof window === 'undefined' ? new Map() : useSearchParams()\n"),
    ),
    'in a part that is shown later': project(`'use client'
import dynamic from 'next/dynamic'
import {useSearchParams} from 'next/navigation'
export default function Search() {
  const Query = dynamic(async () => () => <p>{useSearchParams().get('q')}</p>, {ssr: false})
  return <Query />
}
`),
    'in a function that the page does not run': project(
      search
        .replace('  const query = useSearchParams()\n', '')
        .replace('export default', '// useSearchParams()\nexport default'),
    ),
  },
  flagged: {
    'the page itself': {...project(search), expect: [told('app/search/page.tsx:5:17', '/search')]},
    'behind other hooks': {
      ...project(
        search.replace(
          '  const query',
          '  const [open, setOpen] = useState(() => false)\n  const toggle = () => { if (open) return setOpen(!open) }\n  const query',
        ),
      ),
      expect: [told('app/search/page.tsx:7:17', '/search')],
    },
    'exported by its name, in a group below src/app': {
      ...project(
        `'use client'
import {useRouter, useSearchParams} from 'next/navigation'
const Search = () => {
  return <p>{useSearchParams().get('q')}</p>
}
export default Search
`,
        {path: 'src/app/(shop)/page.jsx', next: '^14.2.0', 'app/layout.tsx': ''},
      ),
      expect: [told('src/app/(shop)/page.jsx:4:14', '/')],
    },
    'a component that may hold the page back': {
      ...project(search, {'app/layout.tsx': layout('<Providers>{children}</Providers>')}),
      expect: [
        told(
          'app/search/page.tsx:5:17',
          '/search',
          ', unless <Providers> in app/layout.tsx keeps it from being made',
          'warning',
        ),
      ],
    },
    'a component of the project beside the page may ask for the request': {
      ...project(search, {
        'app/layout.tsx': layout('<Header big />{children}', "import {Header} from '../components/header'\n"),
        'components/header.tsx':
          "import {cookies} from 'next/headers'\nexport const Header = () => cookies().get('a')\n",
      }),
      expect: [
        told(
          'app/search/page.tsx:5:17',
          '/search',
          ', unless <Header> in app/layout.tsx keeps it from being made',
          'warning',
        ),
      ],
    },
    'a function of the project may do so, too': {
      ...project(search, {
        'app/layout.tsx': `import {theme} from '@/lib/theme'
import {Inter} from 'next/font/google'
const inter = Inter()
export default function Layout({children}) {
  return <html className={theme()}><body className={inter.className}>{children}</body></html>
}
`,
      }),
      expect: [
        told(
          'app/search/page.tsx:5:17',
          '/search',
          ', unless theme() in app/layout.tsx keeps it from being made',
          'warning',
        ),
      ],
    },
    'a component of a package beside the page does not': {
      ...project(search, {
        'package.json': JSON.stringify({
          scripts: {build: 'next build'},
          dependencies: {next: '15.5.6', sonner: '^2'},
        }),
        'app/layout.tsx': layout('{children}<Toaster richColors />', "import {Toaster} from 'sonner'\n"),
      }),
      expect: [told('app/search/page.tsx:5:17', '/search')],
    },
  },
})
