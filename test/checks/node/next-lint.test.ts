import check from '../../../checks/node/next-lint.ts'
import {testCheck} from '../../harness.ts'

const devDependencies = (more: Record<string, string> = {}) => ({
  ...{'@eslint/eslintrc': '^3', eslint: '^9', 'eslint-config-next': '15.5.6', typescript: '^5'},
  ...more,
})
const manifest = (more: object = {}) =>
  JSON.stringify({
    scripts: {build: 'next build'},
    dependencies: {next: '15.5.6'},
    devDependencies: devDependencies(),
    ...more,
  })
/** As create-next-app writes it. */
const eslint = (more = '') => `import { FlatCompat } from "@eslint/eslintrc";
const compat = new FlatCompat({ baseDirectory: import.meta.dirname });
export default [
  ...compat.extends("next/core-web-vitals", "next/typescript"),
  { ignores: ["node_modules/**", ".next/**", "next-env.d.ts"] },
  ${more}
];
`
const project = (
  page: string,
  {run = 'npm run build', settings = 'eslint.config.mjs', ...files}: Record<string, string> = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN ${run}\nCMD ["npx", "next", "start"]\n`,
    'package.json': manifest(),
    [settings]: eslint(),
    'src/app/page.tsx': page,
    ...files,
  },
})
const any = 'const list: any[] = []\nexport default function Page() {\n  return <p>{list.length}</p>\n}\n'
const quote = "export const Page = () => <p>It's open</p>\n"
const twoParts = '{"extends": ["next/core-web-vitals", "next/typescript"]}'
const oldForm = (text = twoParts, more: Record<string, string> = {}) => ({
  settings: '.eslintrc.json',
  '.eslintrc.json': text,
  ...more,
})
/** Up to version 14 Next.js reads the old form of settings. */
const old = {
  ...oldForm(),
  'package.json': manifest({
    dependencies: {next: '14.2.35'},
    devDependencies: {eslint: '^8.57.0', 'eslint-config-next': '14.2.35'},
  }),
}

/** The project in web/, and settings of the old form above it. */
function inFolder(page: string, above: string, own = twoParts) {
  const {files} = project(page, oldForm(own))
  const moved = Object.entries(files).filter(([path]) => path !== 'fly.toml' && path !== 'Dockerfile')
  return {
    files: {
      'fly.toml': files['fly.toml'],
      Dockerfile: files.Dockerfile.replace('RUN', 'WORKDIR /app/web\nRUN'),
      '.eslintrc.json': above,
      ...Object.fromEntries(moved.map(([path, text]) => [`web/${path}`, text])),
    },
  }
}

testCheck(check, {
  clean: {
    'no any': project('export default function Page() {\n  return <p>any of these: any</p>\n}\n'),
    'the build lints nothing': project(any, {
      'next.config.ts': 'export default {eslint: {ignoreDuringBuilds: true}}\n',
    }),
    'no lint is asked for': project(any, {run: 'npx next build --no-lint'}),
    'only compiled, as flyctl launch has it': project(any, {
      run: 'npx next build --experimental-build-mode compile',
    }),
    'Next.js 16 lints nothing': project(any, {'package.json': manifest({dependencies: {next: '^16.0.0'}})}),
    'no eslint': project(any, {'package.json': manifest({devDependencies: {}})}),
    'other rules': project(any, {'eslint.config.mjs': eslint().replace(', "next/typescript"', '')}),
    'a rule of its own': project(any, {
      'eslint.config.mjs': eslint('{ rules: { "@typescript-eslint/no-explicit-any": "warn" } },'),
    }),
    'rules from elsewhere': project(any, {
      'eslint.config.mjs': `import shop from "@shop/eslint";\n${eslint('...shop,')}`,
    }),
    'a folder that is ignored': project(any, {
      'eslint.config.mjs': eslint('{ ignores: ["src/**"] },').replace(/\{ ignores: \["node.*\n/, ''),
    }),
    'eslint’s settings are not in the image': project(any, {'.dockerignore': 'eslint.config.mjs\n'}),
    'a file elsewhere': project('export default () => null\n', {'scripts/seed.ts': any}),
    'the file says that it may': project(`/* eslint-disable @typescript-eslint/no-explicit-any */\n${any}`),
    'a rule of TypeScript with Next.js 14': project(any, old),
    'Next.js 14 does not find flat settings': project(quote, {'package.json': old['package.json']}),
    'Next.js 14 cannot start eslint 9': project(quote, {
      ...old,
      'package.json': old['package.json'].replace('^8', '^9'),
    }),
    'the text is in braces, in a template, in an attribute or in a comment': project(
      "const html = `<p>Don't</p>`\n// <p>Don't</p>\n" +
        'export const Page = () => <p title="Don\'t">{"Don\'t"}{/* <b>Don\'t</b> */}{html}</p>\n',
    ),
    'eslint stays away in production': project(quote, {
      ...old,
      Dockerfile:
        'FROM node:22\nWORKDIR /app\nENV NODE_ENV=production\nCOPY . .\nRUN npm ci\nRUN npm run build\nCMD ["npx", "next", "start"]\n',
    }),
    'more than one part, and one from another package': project(quote, {
      'eslint.config.mjs': eslint('...compat.extends("next", "airbnb"),'),
    }),
    'settings from another package may allow it': project(quote, {
      ...old,
      '.eslintrc.json': '{"extends": ["next", "airbnb"]}',
    }),
    'a comment that says why, and one in a template': project(
      '// @ts-expect-error: no types\nimport a from "a"\nconst b = `\n// @ts-ignore\n`\nexport default () => a + b\n',
    ),
    'an interface that adds to a class': project(
      'class Shop {}\ninterface Shop extends Map<string, string> {}\nexport default () => new Shop().size\n',
    ),
    'require that is one of its own': project(
      'import {createRequire} from "node:module"\nconst require = createRequire(import.meta.url)\nconst a = require("a")\nexport default () => a\n',
    ),
    'var of all modules': project('declare global {\n  var shop: string\n}\nexport default () => globalThis.shop\n'),
    'names that are set later': project(
      `let a = 1
let b = 2
let c = 3
let d = 4
let e: number = 5
let f
a++
;[b, c] = [c, b]
const all = \`\${(d = 6)}\`
export default () => {
  e ??= 7
  for (f of [1]) console.log(a, b, c, d, e, f, all)
}
`,
    ),
    'the packages for development are not there': project(any, {run: 'npm prune --omit=dev && npm run build'}),
    'eslint mends it before': project(any, {run: 'npx eslint --fix . && npm run build'}),
    'rules of an older version': project(any, {
      'package.json': manifest({devDependencies: devDependencies({'eslint-config-next': '14.2.3'})}),
    }),
    'rules of an older version of typescript-eslint': project('export interface Shop {}\nexport default () => null\n', {
      'package.json': manifest({devDependencies: devDependencies({'@typescript-eslint/eslint-plugin': '^7.18.0'})}),
    }),
    'an older version of typescript-eslint that the lock file holds': project(any, {
      'package-lock.json': JSON.stringify({
        lockfileVersion: 3,
        packages: {'node_modules/@typescript-eslint/parser': {version: '7.2.0', dev: true}},
      }),
    }),
    'quotation marks with the rules of TypeScript alone': project(quote, {
      'eslint.config.mjs': eslint().replace('"next/core-web-vitals", ', ''),
    }),
    'a .jsx, which flat settings do not name': project('export default () => null\n', {'src/lib/shop.jsx': quote}),
    'what is hidden, by the old form': project('export default () => null\n', {
      ...oldForm(),
      'src/.made/shop.tsx': quote,
    }),
    'package.json says what is ignored': project(any, {
      ...oldForm(),
      'package.json': manifest({eslintIgnore: ['src/app']}),
    }),
    'a folder above says what is ignored': inFolder(any, '{"ignorePatterns": ["web/**"]}'),
    'eslint cannot start: a package of its settings is not there': project(any, {
      ...oldForm('{"extends": ["next/core-web-vitals", "next/typescript", "prettier"]}'),
    }),
    'eslint cannot start: a plugin is not there': project(any, {
      ...oldForm(twoParts.replace('}', ', "plugins": ["unused-imports"]}')),
    }),
    'eslint cannot start: a module is not there': project(any, {
      'eslint.config.mjs': `import prettier from "eslint-config-prettier";\n${eslint('prettier,')}`,
    }),
    'eslint cannot start: a comma too much': project(any, oldForm(twoParts.replace(']', '],'))),
    'eslint 8 takes no flat settings from next build': project(quote, {
      'package.json': manifest({devDependencies: devDependencies({eslint: '^8.57.0'})}),
    }),
    'a file that sets a rule': project(`/* eslint @typescript-eslint/no-explicit-any: "off" */\n${any}`),
    'names that nothing takes': project(any, {
      'eslint.config.mjs': 'const names = ["next", "next/typescript"]\nexport default [{settings: {names}}]\n',
    }),
    'the rules are switched off by a comment': project(any, {
      'eslint.config.mjs': eslint().replace(', "next/typescript"', ', /* "next/typescript" */'),
    }),
    'a folder with settings of its own': project(any, {
      settings: '.eslintrc.json',
      '.eslintrc.json': '{"extends": ["next/core-web-vitals", "next/typescript"]}',
      'src/.eslintrc.json': '{"rules": {"@typescript-eslint/no-explicit-any": "off"}}',
    }),
    'the settings of Next.js are those of another file': project(any, {
      'next.config.ts': "import config from './config/next'\nexport default config\n",
    }),
    'the settings of Next.js are made by the build': project(any, {
      'next.config.ts': 'export default {}\n',
      run: "sed -i 's/{}/{eslint: {ignoreDuringBuilds: true}}/' next.config.ts && npm run build",
    }),
    'a text around a value': project('export const Page = () => <p>as any; {1} (as any)</p>\n'),
    'a text between tags': project('export const Page = () => <p>(as good as any)</p>\n'),
    'several lists of what is ignored': project(any, {'eslint.config.mjs': eslint('{ ignores: ["src/**"] },')}),
    'rules that are worked out': project(any, {
      'eslint.config.mjs': eslint('...(process.env.CI ? [] : [off]),'),
    }),
    'settings that a RUN takes away': project(any, {run: 'rm eslint.config.mjs && npm run build'}),
    'eslint is taken away': project(any, {run: 'npm uninstall eslint && npm run build'}),
    'a line that may break a rule': project(
      '// eslint-disable-next-line @typescript-eslint/no-explicit-any\nconst a: any = 1\nlet b = 1 // eslint-disable-line prefer-const\nexport default () => a + b\n',
    ),
    'a link to a page in another window, to a file and to a page with a variable': project(
      'export default () => [<a key="1" href="/" target="_blank">a</a>, <a key="2" href="/shop">b</a>, <a key="3" href="/" download>c</a>]\n',
      {'src/pages/[shop].tsx': 'export default () => null\n'},
    ),
    'a link to a page, which the simple settings only warn of': project(
      'export const Page = () => <a href="/">Home</a>\n',
      {
        ...old,
        '.eslintrc.json': '{"extends": "next"}',
        'pages/index.tsx': 'export default () => null\n',
      },
    ),
    'elements with keys, and those that need none': project(
      'export const Page = ({list}: {list: string[]}) => (\n  <>\n    {list.map((one) => (\n      <p key={one}>{one}</p>\n    ))}\n    {list.map((one) => one.length)}\n    {list.filter((one) => <p>{one}</p>)}\n    {React.Children.toArray([<p>a</p>])}\n  </>\n)\n',
    ),
    'hooks at the top of components and of hooks': project(
      `import {forwardRef, useMemo, useState} from 'react'
export default function Page({open}: {open: boolean}) {
  const [a] = useState(0)
  const b = useMemo(() => {
    if (a) return 1
    return 2
  }, [a])
  if (!open) throw new Error('closed')
  const c = useShop()
  if (c) return null
  return <p>{a + b}</p>
}
const useShop = () => useState(0)[0]
export const Field = forwardRef(function Field() {
  return <b>{useState(0)[0]}</b>
})
`,
    ),
    'what is declared for others, and what is asked for with ?.': project(
      'declare global {\n  var shop: string\n  namespace Shop {}\n}\nexport default ({a}: {a?: {b: {c: 1}}}) => a?.b!.c\n',
    ),
    'names that are set in a loop, in a pattern and before they have a value': project(
      'let a\na = 1\nlet [b, c] = [1, 2]\n;({b} = {b: 3})\nfor (let i = 0, n = 3; i < n; i++) c += i\nexport default () => a + b + c\n',
    ),
    'in a comment and in a string': project('// const a: any = 1\nexport default () => ": any[]"\n'),
  },
  flagged: {
    'as create-next-app has it': {
      ...project(any),
      expect: [
        'error src/app/page.tsx:1:13 npm run build stops: the type any stands here, and next/typescript makes that an error of the lint',
      ],
    },
    'by the old form of settings, in several files': {
      ...project(any, {
        settings: '.eslintrc.json',
        '.eslintrc.json': '{"extends": ["next/core-web-vitals", "next/typescript"]}',
        'src/lib/a.ts': 'export const a = (b: any) => b as any;\n',
        'lib/c.ts': 'export const c: Array<any> = []\n',
      }),
      expect: [
        'error lib/c.ts:1:23 npm run build stops: the type any stands here, and in 2 other files, and next/typescript makes that an error of the lint',
      ],
    },
    'in a folder, whose settings are all that counts': {
      ...inFolder(any, '{"ignorePatterns": ["web/**"]}', twoParts.replace('{', '{"root": true, ')),
      expect: [
        'error web/src/app/page.tsx:1:13 npm run build stops: the type any stands here, and next/typescript makes that an error of the lint',
      ],
    },
    'with parts whose packages are there': {
      ...project(any, {
        ...oldForm('{"extends": ["next/core-web-vitals", "next/typescript", "prettier"]}'),
        'package.json': manifest({devDependencies: devDependencies({'eslint-config-prettier': '^10'})}),
      }),
      expect: [
        'error src/app/page.tsx:1:13 npm run build stops: the type any stands here, and next/typescript makes that an error of the lint',
      ],
    },
    'a quotation mark in a page of Next.js 14': {
      ...project(quote, {...old, '.eslintrc.json': '{"extends": "next"}'}),
      expect: [
        'error src/app/page.tsx:1:32 npm run build stops: a quotation mark in the text of a page stands here, and next makes that an error of the lint',
      ],
    },
    'a quotation mark beside other elements': {
      ...project(
        'export const Page = () => (\n  <p>\n    No account? <a href="/new">It\'s free</a>, and "quick"\n  </p>\n)\n',
      ),
      expect: [
        'error src/app/page.tsx:3:34 npm run build stops: a quotation mark in the text of a page stands here and 2 times more, and next/core-web-vitals makes that an error of the lint',
      ],
    },
    'components without a name': {
      ...project(
        `import {forwardRef, memo} from 'react'
export const Field = forwardRef((props, ref) => <b>{String(ref)}</b>)
const Named = memo(() => <p>a</p>)
Named.displayName = 'Named'
export const Whole = memo(function Whole() {
  return <Named />
})
export default ({open}: {open: boolean}) => (open ? <p>a</p> : null)
`,
      ),
      expect: [
        'error src/app/page.tsx:2:22 npm run build stops: a component without a name stands here and once more, and next/core-web-vitals makes that an error of the lint',
      ],
    },
    'links to pages of the app': {
      ...project('export const Page = () => <a href="/#top">Home</a>\n', {
        'src/components/nav.tsx': 'export const Nav = () => <a href="/about/team/?a=1">Team</a>\n',
        'src/pages/about/team.tsx': 'export default () => null\n',
      }),
      expect: [
        'error src/app/page.tsx:1:27 npm run build stops: an <a> that leads to a page of the app stands here, and in 1 other file, and next/core-web-vitals makes that an error of the lint',
      ],
    },
    'what the settings of React refuse besides': {
      ...project(
        `import {useState} from 'react'
export default function Page({list}: {list: string[]}) {
  if (list.length === 0) return null
  const [open] = useState(false)
  return (
    <ul>
      // all of them
      {list.map((one) => <li>{one}</li>)}
      {open && <Cart />}
      <b children="a" />
    </ul>
  )
}
`,
      ),
      expect: [
        'error src/app/page.tsx:4:18 npm run build stops: a hook that is not called at the top of a component each time stands here, and next/core-web-vitals makes that an error of the lint',
        'error src/app/page.tsx:7:7 npm run build stops: a comment that is text of the page stands here, and next/core-web-vitals makes that an error of the lint',
        'error src/app/page.tsx:8:26 npm run build stops: an element of a list without a key stands here, and next/core-web-vitals makes that an error of the lint',
        'error src/app/page.tsx:9:17 npm run build stops: an element that nothing in the file declares or imports stands here, and next/core-web-vitals makes that an error of the lint',
        'error src/app/page.tsx:10:10 npm run build stops: children as an attribute stands here, and next/core-web-vitals makes that an error of the lint',
      ],
    },
    'hooks in a function that is no component, in a callback, in a condition and in a loop': {
      ...project(
        `export default function page() {
  return useShop()
}
export const Page = ({open}: {open: boolean}) => {
  const all = [1].map(() => useShop())
  const one = open && useShop()
  while (!open) useShop()
  return <p>{all.length + one}</p>
}
const useShop = () => 1
`,
      ),
      expect: [
        'error src/app/page.tsx:2:10 npm run build stops: a hook that is not called at the top of a component each time stands here and 3 times more, and next/core-web-vitals makes that an error of the lint',
      ],
    },
    'more that the settings of TypeScript refuse': {
      ...project(
        `namespace Shop {
  export const name = 'shop'
}
export default function Page({a, b, c}: {a: Function; b: String; c?: {d: 1}}) {
  const self = this
  return [Shop.name, a, b, c?.d!, self, {} as {}]
}
`,
      ),
      expect: [
        'error src/app/page.tsx:1:1 npm run build stops: a namespace stands here, and next/typescript makes that an error of the lint',
        'error src/app/page.tsx:4:45 npm run build stops: the type Function stands here, and next/typescript makes that an error of the lint',
        'error src/app/page.tsx:4:58 npm run build stops: the type of an object in place of a value’s (String, Number, Object) stands here, and next/typescript makes that an error of the lint',
        'error src/app/page.tsx:5:9 npm run build stops: another name for this stands here, and next/typescript makes that an error of the lint',
        'error src/app/page.tsx:6:28 npm run build stops: a ! behind ?. stands here, and next/typescript makes that an error of the lint',
        'error src/app/page.tsx:6:47 npm run build stops: a type without members stands here, and next/typescript makes that an error of the lint',
      ],
    },
    'what the settings of TypeScript refuse besides': {
      ...project(
        `// @ts-ignore
import pages from 'pages'
export interface Props extends Iterable<string> {}
const path = require('node:path')
var old = 1
let max: number = 2
export default (props: Props) => [pages, path, old, max, props]
`,
      ),
      expect: [
        'error src/app/page.tsx:1:1 npm run build stops: a comment @ts-ignore or @ts-nocheck stands here, and next/typescript makes that an error of the lint',
        'error src/app/page.tsx:3:18 npm run build stops: a type without members stands here, and next/typescript makes that an error of the lint',
        'error src/app/page.tsx:4:14 npm run build stops: a require() stands here, and next/typescript makes that an error of the lint',
        'error src/app/page.tsx:5:1 npm run build stops: a var stands here, and next/typescript makes that an error of the lint',
        'error src/app/page.tsx:6:5 npm run build stops: a let whose name is never set again stands here, and next/typescript makes that an error of the lint',
      ],
    },
  },
})
