import check from '../../../checks/node/next-lint.ts'
import {testCheck} from '../../harness.ts'

const manifest = (more: object = {}) =>
  JSON.stringify({
    scripts: {build: 'next build'},
    dependencies: {next: '15.5.6'},
    devDependencies: {eslint: '^9', 'eslint-config-next': '15.5.6'},
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
    'Next.js 14 has no such rules': project(any, {'package.json': manifest({dependencies: {next: '14.2.3'}})}),
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
  },
})
