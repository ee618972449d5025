import buildOutput from '../../../checks/dockerfile/build-output.ts'
import {testCheck} from '../../harness.ts'

const project = (
  build: string,
  copied: string,
  {more = {}, packages = [], before = ''}: {more?: Record<string, string>; packages?: string[]; before?: string} = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\n${before}RUN npm install && npm run build\nFROM nginx:1.27-alpine\nCOPY --from=build ${copied} /usr/share/nginx/html\n`,
    'package.json': JSON.stringify({
      scripts: {build},
      devDependencies: Object.fromEntries(packages.map((name) => [name, '*'])),
    }),
    ...more,
  },
})

const vite = (more: string) => `import path from 'node:path'\nexport default defineConfig({${more}})\n`
const workspace = (builder: string, outputPath: unknown) =>
  JSON.stringify({projects: {shop: {architect: {build: {builder, options: {outputPath}}}}}})
const angular = (builder: string) => ({more: {'angular.json': workspace(builder, 'dist/shop')}})
const start = (copied: string, plugins = 'tanstackStart()') =>
  project('vite build', copied, {
    packages: ['vite', '@tanstack/react-start'],
    more: {'vite.config.ts': `export default {plugins: [${plugins}]}\n`},
  })

/** A workspace of pnpm whose one site is in apps/web. */
const members = (copied: string, more: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nRUN npm install -g pnpm && pnpm install && pnpm build\nFROM nginx:1.27-alpine\nCOPY --from=build ${copied} /usr/share/nginx/html\n`,
    'package.json': '{"scripts": {"build": "pnpm -r --filter=\'./apps/**\' run build"}}',
    'pnpm-workspace.yaml': 'packages:\n  - apps/*\n',
    'apps/web/package.json': '{"scripts": {"build": "tsc && vite build"}, "devDependencies": {"vite": "*"}}',
    'apps/web/index.html': '',
    'apps/api/package.json': '{"scripts": {"build": "tsc"}}',
    ...more,
  },
})
const says = (severity: string, copied: string, tool: string, written: string) => [
  `${severity} Dockerfile:6:1 ${copied} is copied from build, but ${tool} writes ${written} there`,
]

testCheck(buildOutput, {
  clean: {
    'a folder into which another stage is copied': project('next build', '/app/public', {
      before:
        'RUN true\nFROM rust:1.87 AS wasm\nRUN wasm-pack build --out-dir /wasm\nFROM node:22-slim AS build\nWORKDIR /app\nCOPY . .\nCOPY --from=wasm /wasm ./public/wasm\n',
    }),
    'TanStack Start: what it writes': start('/app/dist'),
    'TanStack Start, with nitro': start('/app/.output', 'tanstackStart(), nitro()'),
    'TanStack Start, for another host': start('/app/build', `tanstackStart(), nitro({preset: 'vercel'})`),
    'the site of a workspace, where its member has it': members('/app/apps/web/dist'),
    'a workspace that tsc writes to the top of': members('/app/dist', {
      'apps/api/tsconfig.json': '{"compilerOptions": {"outDir": "../../dist"}}',
    }),
    'a workspace with two sites': members('/app/dist', {
      'apps/shop/package.json': '{"scripts": {"build": "vite build"}, "devDependencies": {"vite": "*"}}',
    }),
    'Vite writes dist': project('vite build', '/app/dist'),
    'a script that npm runs behind it moves the folder': {
      files: {
        ...project('', '/app/build').files,
        'package.json': '{"scripts": {"build": "vite build", "postbuild": "mv dist build"}}',
      },
    },
    'Vue, with its configuration in package.json': {
      files: {
        ...project('', '/app/build').files,
        'package.json': '{"scripts": {"build": "vue-cli-service build"}, "vue": {"outputDir": "build"}}',
      },
    },
    'the folder of a site': project('docusaurus build site', '/app/build'),
    'Eleventy, with its folders in another file': project('eleventy', '/app/dist', {
      more: {'eleventy.config.js': "import {dirs} from './dirs.js'\nexport default () => ({dir: dirs})\n"},
    }),
    'a flag names the folder': project('vite build --outDir build', '/app/build'),
    'the configuration names it': project('vite build', '/app/build', {
      more: {'vite.config.ts': "export default {build: {outDir: 'build'}}\n"},
    }),
    'a folder of adapter-node that has a name': project('vite build', '/app/out', {
      packages: ['@sveltejs/kit'],
      more: {
        'svelte.config.js':
          "import adapter from '@sveltejs/adapter-node'\nconst out = 'out'\nexport default {kit: {adapter: adapter({out})}}\n",
      },
    }),
    'a framework on Vite writes elsewhere': project('vite build', '/app/build', {packages: ['@sveltejs/kit']}),
    'another program may write it': project('vite build && node scripts/prerender.js', '/app/build'),
    'tsc writes it': project('tsc -b && vite build', '/app/build', {
      more: {'tsconfig.json': '{"compilerOptions": {"outDir": "build"}}'},
    }),
    'it is a folder of the project': project('vite build', '/app/public', {more: {'public/robots.txt': ''}}),
    'react-scripts, and a variable names it': project('react-scripts build', '/app/dist', {
      before: 'ENV BUILD_PATH=dist\n',
    }),
    'the stage may fetch it': project('react-scripts build', '/app/dist', {before: 'RUN npx degit shop/site site\n'}),
    'bun runs a file that may write it': project('vite build', '/app/build', {
      before: 'RUN bun run scripts/prepare.ts\n',
    }),
    'the configuration may not be in the stage': {
      files: {
        ...project('vite build', '/app/dist', {more: {'vite.config.js': "export default {build: {outDir: 'build'}}\n"}})
          .files,
        Dockerfile:
          'FROM node:22-slim AS build\nWORKDIR /app\nCOPY package.json index.html ./\nCOPY src src\nRUN npm install && npm run build\nFROM nginx:1.27-alpine\nCOPY --from=build /app/dist /usr/share/nginx/html\n',
        'index.html': '',
        'src/main.ts': '',
      },
    },
    'Next.js exports': project('next build', '/app/out', {
      more: {'next.config.mjs': "export default {output: 'export'}\n"},
    }),
    'a second build, of which it is not known what it writes': project('vite build && parcel build', '/app/out'),
    'the configuration has another root': project('vite build', '/app/dist/public', {
      more: {'vite.config.ts': vite("root: 'client', build: {outDir: path.resolve(__dirname, 'dist/public')}")},
    }),
    'a folder below that public brings': project('vite build', '/app/dist/client', {
      more: {'public/client/robots.txt': ''},
    }),
    'Angular, as angular.json says': project(
      'ng build',
      '/app/dist/shop/browser',
      angular('@angular/build:application'),
    ),
    'Angular, with its folders at the top': project('ng build', '/app/www', {
      more: {'angular.json': workspace('@angular/build:application', {base: 'www', browser: ''})},
    }),
    'Angular, and a flag names the folder': project(
      'ng build --output-path=www',
      '/app/www',
      angular('@angular/build:application'),
    ),
    'of several projects it is not known which': project('ng build', '/app/dist/admin', {
      more: {
        'angular.json': workspace('@angular/build:application', 'dist/shop').replace('{"shop"', '{"admin": {}, "shop"'),
      },
    }),
    'SvelteKit with its own folder': project('vite build', '/app/out', {
      packages: ['@sveltejs/kit'],
      more: {
        'svelte.config.js':
          "import adapter from '@sveltejs/adapter-static'\nexport default {kit: {adapter: adapter({pages: 'out'})}}\n",
      },
    }),
    'VitePress writes below its own folder': project('vitepress build docs', '/app/docs/.vitepress/dist', {
      packages: ['vitepress'],
    }),
  },
  flagged: {
    'TanStack Start: a folder that it does not write': {
      ...start('/app/build'),
      expect: says('warning', '/app/build', 'vite build', '/app/dist'),
    },
    'dist at the top of a workspace, and its site is in a member': {
      ...members('/app/dist'),
      expect: says('warning', '/app/dist', 'vite build', '/app/apps/web/dist'),
    },
    'Vite, copied as of react-scripts': {
      ...project('vite build', '/app/build'),
      expect: says('error', '/app/build', 'vite build', '/app/dist'),
    },
    'Vite with a plugin that may write more': {
      ...project('vite build', '/app/build', {
        more: {'vite.config.js': "import own from './own-plugin.js'\nexport default {plugins: [own()]}\n"},
      }),
      expect: says('warning', '/app/build', 'vite build', '/app/dist'),
    },
    'Vite, whose configuration names another folder': {
      ...project('vite build', '/app/dist', {more: {'vite.config.js': "export default {build: {outDir: 'build'}}\n"}}),
      expect: says('error', '/app/dist', 'vite build', '/app/build'),
    },
    'Vite, which begins at its root': {
      ...project('vite build', '/app/dist', {more: {'vite.config.ts': vite("root: './client'")}}),
      expect: says('error', '/app/dist', 'vite build', '/app/client/dist'),
    },
    'Vite makes no folder for the browser': {
      ...project('vite build', '/app/dist/client'),
      expect: says('error', '/app/dist/client', 'vite build', '/app/dist'),
    },
    'behind tsc, which writes nothing': {
      ...project('tsc && vite build', 'app/build', {more: {'tsconfig.json': '{"compilerOptions": {"noEmit": true}}'}}),
      expect: says('error', 'app/build', 'vite build', '/app/dist'),
    },
    'react-scripts, copied as of Vite': {
      ...project('react-scripts build', '/app/dist/'),
      expect: says('error', '/app/dist/', 'react-scripts build', '/app/build'),
    },
    'Next.js exports nothing': {
      ...project('next build', '/app/out', {more: {'next.config.js': 'module.exports = {}\n'}}),
      expect: says('error', '/app/out', 'next build', '/app/.next'),
    },
    'Angular with the name of another project': {
      ...project('ng build --configuration production', '/app/dist/store', angular('@angular/build:application')),
      expect: says('error', '/app/dist/store', 'ng build', '/app/dist/shop/browser'),
    },
    'Angular with webpack, which makes no folder for the browser': {
      ...project('ng build', '/app/dist/shop/browser', angular('@angular-devkit/build-angular:browser')),
      expect: says('error', '/app/dist/shop/browser', 'ng build', '/app/dist/shop'),
    },
    'two builds, and neither writes it': {
      ...project('vite build && react-scripts build', '/app/out'),
      expect: says('error', '/app/out', 'vite build', '/app/dist'),
    },
    'SvelteKit, copied as of Vite': {
      ...project('vite build', '/app/dist', {
        packages: ['@sveltejs/kit'],
        more: {
          'svelte.config.js':
            "import adapter from '@sveltejs/adapter-node'\nexport default {kit: {adapter: adapter()}}\n",
        },
      }),
      expect: says('warning', '/app/dist', 'vite build', '/app/build'),
    },
  },
})
