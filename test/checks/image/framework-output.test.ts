import frameworkOutput from '../../../checks/image/framework-output.ts'
import {testCheck} from '../../harness.ts'

const project = (
  {build, start, before = ''}: {build: string; start: string; before?: string},
  dependencies: string[],
  more: Record<string, string>,
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\n${before}CMD ${start}\n`,
    'package.json': JSON.stringify({
      scripts: {build, start: 'node build'},
      dependencies: Object.fromEntries(
        dependencies.map((name) => [name.replace(/(?<=.)@.*/, ''), name.split(/(?<=.)@/)[1] ?? '*']),
      ),
    }),
    'package-lock.json': '{}',
    ...more,
  },
})
const svelte = (adapter: string, start = '["node", "build"]') =>
  project({build: 'vite build', start}, ['@sveltejs/kit'], {
    'svelte.config.js': `import adapter from '${adapter}'\nexport default {kit: {adapter: adapter()}}\n`,
  })
const astro = (config: string, start = '["node", "./dist/server/entry.mjs"]') =>
  project({build: 'astro build', start}, ['astro'], {'astro.config.mjs': config})
const nuxt = (config: string, {build = 'nuxt build', start = '["node", ".output/server/index.mjs"]'} = {}) =>
  project({build, start}, ['nuxt'], {'nuxt.config.ts': config})
/** On a node that takes a file without "type" for CommonJS. */
const oldNode = (config: string, base: string, type?: string) => {
  const {files} = router(config)
  return {
    files: {
      ...files,
      Dockerfile: files.Dockerfile.replace('node:22-slim', base),
      'package.json': JSON.stringify({...JSON.parse(files['package.json']), ...(type && {type})}),
    },
  }
}
const router = (config: string) =>
  project({build: 'react-router build', start: 'react-router-serve ./build/server/index.js'}, ['@react-router/dev'], {
    'react-router.config.ts': config,
  })
const remix = (build: string, start: string, more: Record<string, string>) =>
  project({build, start}, ['@remix-run/dev', '@remix-run/serve'], more)
const remixVite = {
  'vite.config.ts': "import {vitePlugin as remix} from '@remix-run/dev'\nexport default {plugins: [remix()]}\n",
}
const start = (config: string, version = '^1.132.0') =>
  project({build: 'vite build', start: 'node .output/server/index.mjs'}, [`@tanstack/react-start@${version}`], {
    'vite.config.ts': config,
  })
const next = (command: string, config: string, file = 'next.config.js') =>
  project({build: 'next build', start: command}, ['next'], {[file]: config})

/** A server that a bundler writes in one stage, and that the last one takes. */
const bundled = (
  build: string,
  start: string,
  {
    copy = 'COPY --from=build /app/dist ./dist',
    more = {},
    type = 'commonjs',
    run = 'npm run build',
    packages = {},
  } = {},
) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN ${run}\nFROM node:22-slim\nWORKDIR /srv\n${copy}\nCMD ["node", "${start}"]\n`,
    'package.json': JSON.stringify({type, scripts: {build}, dependencies: packages}, null, 2),
    'package-lock.json': '{}',
    'src/index.ts': '',
    ...more,
  },
})
const esbuild = 'esbuild src/index.ts --bundle --platform=node --outfile=dist/index.js'
const kit = (out: string) => ({
  packages: {'@sveltejs/kit': '2', '@sveltejs/adapter-node': '5'},
  more: {
    'svelte.config.js': `import adapter from '@sveltejs/adapter-node'\nexport default {kit: {adapter: adapter(${out})}}\n`,
  },
})

/** A module that tsup builds by tsup.config.ts, and a stage that drops the packages of the build. */
const configured = (options: string, started: string) =>
  bundled('tsup', started, {
    type: 'module',
    more: {'tsup.config.ts': `import {defineConfig} from 'tsup'\nexport default defineConfig(${options})\n`},
  })

/** Two members of a workspace that tsup builds in one stage. */
const workspace = (started: string) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM node:22 AS build\nRUN npm install -g pnpm\nWORKDIR /app\nCOPY . .\nRUN pnpm install --frozen-lockfile\nRUN pnpm --filter @shop/shared build\nRUN pnpm --filter @shop/api build\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/packages/shared/dist ./packages/shared/dist\nCOPY --from=build /app/apps/api/dist ./apps/api/dist\nWORKDIR /app/apps/api\nCMD ["node", "${started}"]\n`,
    'package.json': '{}',
    'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - packages/*\n',
    'apps/api/package.json': JSON.stringify({name: '@shop/api', scripts: {build: 'tsup'}}),
    'apps/api/tsup.config.ts': `export default {entry: ['src/index.ts'], format: ['esm'], clean: true}\n`,
    'packages/shared/package.json': JSON.stringify({
      name: '@shop/shared',
      scripts: {build: 'tsup src/index.ts --format esm,cjs'},
    }),
  },
})

testCheck(frameworkOutput, {
  clean: {
    'tsup: two members of a workspace': workspace('dist/index.mjs'),
    'React Router, and a node that knows an ES module by its words': oldNode('export default {}\n', 'node:22.12-slim'),
    'React Router, in a package of modules': oldNode('export default {}\n', 'node:21.4.0-slim', 'module'),
    'React Router, which writes CommonJS': oldNode("export default {serverModuleFormat: 'cjs'}\n", 'node:21.4.0-slim'),
    'esbuild: the file that is started': bundled(esbuild, 'dist/index.js'),
    'esbuild: without its ending': bundled(esbuild, 'dist/index'),
    'esbuild: the folder': bundled(esbuild, './dist'),
    'esbuild: in a folder that COPY gives another name': bundled(esbuild, 'app/index.js', {
      copy: 'COPY --from=build /app/dist ./app',
    }),
    'esbuild: all of the stage, below another folder': bundled(esbuild, '/opt/dist/index.js', {
      copy: 'COPY --from=build /app /opt',
    }),
    'esbuild: another step may write it': bundled(`${esbuild} && node finish.js`, 'dist/server.js'),
    'esbuild: tsc writes more': bundled(`tsc && ${esbuild}`, 'dist/server.js'),
    'esbuild: names by a pattern': bundled(
      `${esbuild.replace('file=dist/index.js', 'dir=dist')} --entry-names=server`,
      'dist/server.js',
    ),
    'esbuild: twice': bundled(`${esbuild} && ${esbuild.replaceAll('index', 'server')}`, 'dist/server.js'),
    'esbuild: a RUN moves it': bundled(esbuild, 'dist/server.js', {
      run: 'npm run build && mv dist/index.js dist/server.js',
    }),
    'esbuild beside the pages of Vite': bundled(
      'vite build && esbuild server/index.ts --platform=node --packages=external --bundle --format=esm --outdir=dist',
      'dist/index.js',
      {more: {'index.html': '', 'server/index.ts': ''}, type: 'module'},
    ),
    'esbuild: a server of Vite beside it': bundled(`vite build --ssr src/server.ts && ${esbuild}`, 'dist/server.js'),
    'tsup: a module': bundled('tsup src/index.ts --format esm', 'dist/index.js', {type: 'module'}),
    'tsup: two formats': bundled('tsup src/index.ts --format esm,cjs --clean', 'dist/index.mjs'),
    'tsup: as its configuration says': configured(
      `{entry: ['src/index.ts', 'src/jobs/run.ts'], format: 'esm'}`,
      'dist/jobs/run.js',
    ),
    'tsup: names of its configuration': configured(
      `{entry: {server: 'src/index.ts'}, outDir: 'build', format: ['esm', 'cjs']}`,
      'build/server.cjs',
    ),
    'tsup: its configuration is worked out': configured(`{entry: files, format: 'esm'}`, 'dist/server.js'),
    'tsup: its configuration has patterns': configured(`{entry: ['src/*.ts']}`, 'dist/server.js'),
    'tsup: its configuration names the files otherwise': configured(
      `{entry: ['src/index.ts'], outExtension: () => ({js: '.js'})}`,
      'dist/index.js',
    ),
    'tsup: something runs behind it': configured(
      `{entry: ['src/index.ts'], onSuccess: 'cp -r build dist'}`,
      'dist/index.js',
    ),
    'tsup: its words beside its configuration': bundled('tsup --out-dir out', 'out/index.js', {
      more: {'tsup.config.ts': `export default {entry: ['src/index.ts']}\n`},
    }),
    'tsup: its configuration': bundled('tsup src/index.ts', 'dist/server.js', {
      more: {'tsup.config.ts': 'export default {}\n'},
    }),
    'ncc: its own name': bundled('ncc build src/server.ts -o dist --minify', 'dist/index.js'),
    'SvelteKit: the folder of the adapter': bundled('vite build', 'dist', kit(`{out: 'dist'}`)),
    'SvelteKit: a folder that COPY gives another name': bundled('vite build', 'build', {
      ...kit(`{out: 'dist'}`),
      copy: 'COPY --from=build /app/dist ./build',
    }),
    'SvelteKit: a folder that a variable names': bundled('vite build', 'build', {
      ...kit('{out: process.env.OUT}'),
      copy: 'COPY --from=build /app .',
    }),
    'next start, and the configuration is changed later': next(
      'next start',
      "const config = {output: 'export'}\nif (process.env.FLY) config.output = 'standalone'\nmodule.exports = config\n",
    ),
    'next start, and a variable says whether it exports': next(
      '["npx", "next", "start"]',
      "module.exports = {output: process.env.STATIC ? 'export' : undefined}\n",
    ),
    'the pages of an export, served by a web server': next(
      '["npx", "serve", "out"]',
      "module.exports = {output: 'export'}\n",
    ),
    'next start of another folder': next(
      '["npx", "next", "start", "apps/web"]',
      "module.exports = {output: 'export'}\n",
    ),
    'the standalone server': next(
      '["node", ".next/standalone/server.js"]',
      "module.exports = {output: 'standalone'}\n",
    ),
    'a wrapper may ask for it': next(
      '["node", ".next/standalone/server.js"]',
      "module.exports = require('./' + base)({images: {}})\n",
    ),
    'SvelteKit with its server': svelte('@sveltejs/adapter-node'),
    'settings of another file': project({build: 'vite build', start: '["node", "build"]'}, ['@sveltejs/kit'], {
      'svelte.config.js': "import base from './base.js'\nexport default base\n",
    }),
    'an adapter that is not known': svelte('svelte-adapter-bun'),
    'pages that something else serves': svelte('@sveltejs/adapter-static', '["npx", "serve", "build"]'),
    'a server of the project': svelte('@sveltejs/adapter-static', '["node", "server.js"]'),
    'the adapter depends': project({build: 'vite build', start: 'node build'}, ['@sveltejs/kit'], {
      'svelte.config.js': "import adapter from '@sveltejs/adapter-auto'\nif (process.env.NODE) adapter()\n",
    }),
    'another stage brings it': {
      ...project(
        {build: 'vite build', start: 'node build', before: 'FROM node:22-slim\nWORKDIR /app\nCOPY made ./build\n'},
        ['@sveltejs/kit'],
        {'svelte.config.js': "import adapter from '@sveltejs/adapter-auto'\n", 'made/index.js': ''},
      ),
    },
    'Astro with its server': astro("import node from '@astrojs/node'\nexport default {adapter: node()}\n"),
    'Astro with its server, and a middleware': astro(
      "import node from '@astrojs/node'\nexport default {adapter: node({mode: 'standalone'}), server: {port: 4321}}\n",
    ),
    'a server that takes the handler of Astro': astro(
      "import node from '@astrojs/node'\nexport default {adapter: node({mode: 'middleware'})}\n",
      '["node", "./server.mjs"]',
    ),
    'an adapter of a variable, and of an integration': astro(
      "import {adapter} from './adapter.mjs'\nexport default {adapter}\n",
    ),
    'Astro with another adapter': astro("import bun from '@nurodev/astro-bun'\nexport default {adapter: bun()}\n"),
    'Nuxt as it is': nuxt('export default defineNuxtConfig({})\n'),
    'Nuxt for node': nuxt("export default defineNuxtConfig({nitro: {preset: 'node-server'}})\n"),
    'React Router with a server of the project that is called build/index.js': project(
      {
        build: 'react-router build && esbuild server.ts --bundle --outfile=build/index.js',
        start: 'node build/index.js',
      },
      ['@react-router/dev'],
      {},
    ),
    'React Router with another folder': project(
      {build: 'react-router build', start: 'react-router-serve ./build/index.js'},
      ['@react-router/dev'],
      {'react-router.config.ts': "export default {buildDirectory: 'out', serverBuildFile: 'index.js'}\n"},
    ),
    'React Router with a server': router('export default {ssr: true}\n'),
    'Remix with Vite': remix('remix vite:build', 'remix-serve ./build/server/index.js', remixVite),
    'Remix without Vite': remix('remix build', 'remix-serve build/index.js', {'remix.config.js': ''}),
    'Remix, and the configuration names the server': remix('remix build', 'remix-serve ./build/server/index.js', {
      'remix.config.js': "module.exports = {serverBuildPath: 'build/server/index.js'}\n",
    }),
    'TanStack Start with nitro': start(
      "import {nitro} from 'nitro/vite'\nexport default {plugins: [tanstackStart(), nitro()]}\n",
    ),
    'TanStack Start when it brought nitro': start('export default {plugins: [tanstackStart()]}\n', '^1.121.3'),
  },
  flagged: {
    'React Router, and a node that takes its module for CommonJS': {
      ...oldNode('export default {ssr: true}\n', 'node:20.11-slim'),
      expect: [
        'warning Dockerfile:5:1 CMD starts ./build/server/index.js, but react-router build writes an ES module, and package.json has no "type": "module": this node takes it for CommonJS, and stops at the first import',
      ],
    },
    'SvelteKit without an adapter': {
      ...project({build: 'vite build', start: '["node", "build"]'}, ['@sveltejs/kit'], {
        'svelte.config.js': 'export default {kit: {alias: {}}}\n',
      }),
      expect: [
        'warning Dockerfile:5:1 CMD starts build, but svelte.config.js has no adapter, so that vite build writes no server',
      ],
    },
    'Astro for another host': {
      ...astro("import vercel from '@astrojs/vercel'\nexport default {adapter: vercel()}\n"),
      expect: [
        'warning Dockerfile:5:1 CMD starts ./dist/server/entry.mjs, but @astrojs/vercel of astro.config.mjs writes for another host, and no ./dist/server/entry.mjs',
      ],
    },
    'Astro as a handler': {
      ...astro("import node from '@astrojs/node'\nexport default {adapter: node({mode: 'middleware'})}\n"),
      expect: [
        "warning Dockerfile:5:1 CMD starts ./dist/server/entry.mjs, but mode: 'middleware' of astro.config.mjs makes a handler of it for a server of yours, and it ends at once",
      ],
    },
    'Astro with output of a server and no adapter': {
      ...astro("import node from '@astrojs/node'\nexport default {output: 'server'}\n"),
      expect: [
        'warning Dockerfile:5:1 CMD starts ./dist/server/entry.mjs, but astro.config.mjs has no adapter, so that Astro writes nothing, and stops',
      ],
    },
    'Astro by another name': {
      ...astro(
        "import node from '@astrojs/node'\nexport default {adapter: node()}\n",
        '["node", "dist/server/index.mjs"]',
      ),
      expect: ['warning Dockerfile:5:1 CMD starts dist/server/index.mjs, but Astro calls it entry.mjs'],
    },
    'React Router by the path of Remix': {
      ...project({build: 'react-router build', start: 'react-router-serve ./build/index.js'}, ['@react-router/dev'], {
        'react-router.config.ts': 'export default {ssr: true}\n',
      }),
      expect: [
        'warning Dockerfile:5:1 CMD starts ./build/index.js, but react-router build writes build/server/index.js',
      ],
    },
    'esbuild: another file': {
      ...bundled(esbuild, 'dist/server.js'),
      expect: ['warning Dockerfile:9:1 CMD starts dist/server.js, but esbuild writes dist/index.js'],
    },
    'esbuild: into a folder': {
      ...bundled(esbuild.replace('file=dist/index.js', 'dir=dist/server'), 'dist/index.js'),
      expect: ['warning Dockerfile:9:1 CMD starts dist/index.js, but esbuild writes dist/server/index.js'],
    },
    'esbuild beside the pages of Vite': {
      ...bundled(`vite build && ${esbuild}`, 'dist/server/index.js', {more: {'index.html': ''}}),
      expect: ['warning Dockerfile:9:1 CMD starts dist/server/index.js, but esbuild writes dist/index.js'],
    },
    'tsup: an entry that its configuration does not have': {
      ...configured(`{entry: ['src/index.ts'], format: ['esm'], clean: true}`, 'dist/migrate.js'),
      expect: ['warning Dockerfile:9:1 CMD starts dist/migrate.js, but tsup writes dist/index.js'],
    },
    'tsup: CommonJS of a module, as its configuration leaves the format out': {
      ...configured(`{entry: ['src/index.ts', 'src/jobs/run.ts']}`, 'dist/index.js'),
      expect: ['warning Dockerfile:9:1 CMD starts dist/index.js, but tsup writes dist/index.cjs and dist/jobs/run.cjs'],
    },
    'bun build: what bun starts': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile:
          'FROM oven/bun:1 AS build\nWORKDIR /app\nCOPY . .\nRUN bun install && bun run build\nFROM oven/bun:1\nWORKDIR /app\nCOPY --from=build /app .\nCMD ["bun", ".output/index.js"]\n',
        'package.json': JSON.stringify({scripts: {build: 'bun build src/index.ts --outdir dist --target bun'}}),
        'src/index.ts': '',
      },
      expect: ['warning Dockerfile:8:1 CMD starts .output/index.js, but bun build writes dist/index.js'],
    },
    'tsup: one of two members of a workspace': {
      ...workspace('dist/index.js'),
      expect: ['warning Dockerfile:13:1 CMD starts dist/index.js, but tsup writes dist/index.mjs'],
    },
    'tsup: ESM of a package that is no module': {
      ...bundled('tsup src/index.ts --format esm', 'dist/index.js'),
      expect: ['warning Dockerfile:9:1 CMD starts dist/index.js, but tsup writes dist/index.mjs'],
    },
    'ncc: the name of the source': {
      ...bundled('ncc build src/server.ts -o dist', 'dist/server.js'),
      expect: ['warning Dockerfile:9:1 CMD starts dist/server.js, but ncc build writes dist/index.js'],
    },
    'SvelteKit: another folder, behind packages of the system and its own sync': {
      ...bundled('svelte-kit sync && vite build', 'build', {
        ...kit(`{out: 'dist'}`),
        run: 'apt-get update -qq && apt-get install -y python3 && npm run build',
      }),
      expect: ['warning Dockerfile:9:1 CMD starts build, but vite build writes dist/index.js'],
    },
    'SvelteKit: another folder': {
      ...bundled('vite build', 'build', kit(`{out: 'dist'}`)),
      expect: ['warning Dockerfile:9:1 CMD starts build, but vite build writes dist/index.js'],
    },
    'next start, and next build exports pages': {
      ...next('["npx", "next", "start"]', "const nextConfig = {output: 'export'}\nmodule.exports = nextConfig\n"),
      expect: [
        "error Dockerfile:5:1 CMD starts next start, but next.config.js says output: 'export', and then it stops: there is no server, only the pages in out",
      ],
    },
    'next start behind a wrapper of the configuration': {
      ...next('npx next start', "export default withMDX({\n  output: 'export',\n})\n", 'next.config.mjs'),
      expect: [
        "warning Dockerfile:5:1 CMD starts next start, but next.config.mjs says output: 'export', and then it stops: there is no server, only the pages in out",
      ],
    },
    'the standalone server, which nobody asked for': {
      ...next('["node", ".next/standalone/server.js"]', 'module.exports = {images: {}}\n'),
      expect: [
        "warning Dockerfile:5:1 CMD starts .next/standalone/server.js, but next build writes it only with output: 'standalone', which next.config.js does not have",
      ],
    },
    'adapter-auto': {
      ...svelte('@sveltejs/adapter-auto'),
      expect: [
        'warning Dockerfile:5:1 CMD starts build, but @sveltejs/adapter-auto of svelte.config.js knows no adapter for Fly.io and writes nothing',
      ],
    },
    'adapter-static, by npm start': {
      ...svelte('@sveltejs/adapter-static', 'npm start'),
      expect: [
        'warning package.json:1:34 CMD starts build, but @sveltejs/adapter-static of svelte.config.js writes pages to build, and no server',
      ],
    },
    'Astro without an adapter': {
      ...astro('export default {site: "https://shop.example"}\n'),
      expect: [
        'warning Dockerfile:5:1 CMD starts ./dist/server/entry.mjs, but astro.config.mjs has no adapter, so that Astro writes static files to dist and no server',
      ],
    },
    'Astro, by another name': {
      ...astro("import node from '@astrojs/node'\nexport default {adapter: node()}\n", 'node dist/server/entry.js'),
      expect: ['warning Dockerfile:5:1 CMD starts dist/server/entry.js, but Astro calls it entry.mjs'],
    },
    'Remix with Vite, started as before': {
      ...remix('remix vite:build', 'npx remix-serve build/index.js', remixVite),
      expect: ['warning Dockerfile:5:1 CMD starts build/index.js, but remix vite:build writes build/server/index.js'],
    },
    'Remix without Vite, started as with it': {
      ...remix('remix build', 'remix-serve ./build/server/index.js', {'remix.config.js': ''}),
      expect: [
        'warning Dockerfile:5:1 CMD starts ./build/server/index.js, but remix build, without Vite, writes build/index.js',
      ],
    },
    'Remix, pages alone': {
      ...remix('remix vite:build', 'remix-serve ./build/server/index.js', {
        'vite.config.ts': 'export default {plugins: [remix({ssr: false})]}\n',
      }),
      expect: [
        'warning Dockerfile:5:1 CMD starts ./build/server/index.js, but vite.config.ts says ssr: false, and then the build leaves only build/client',
      ],
    },
    'Nuxt for another host': {
      ...nuxt("export default defineNuxtConfig({nitro: {preset: 'vercel'}})\n"),
      expect: [
        'warning Dockerfile:5:1 CMD starts .output/server/index.mjs, but the preset vercel of nuxt.config.ts writes for another host',
      ],
    },
    'Nuxt, pages alone': {
      ...nuxt('export default defineNuxtConfig({})\n', {build: 'nuxt generate'}),
      expect: [
        'warning Dockerfile:5:1 CMD starts .output/server/index.mjs, but nuxt generate writes pages to .output/public, and no server',
      ],
    },
    'Nuxt, by another name': {
      ...nuxt('export default defineNuxtConfig({})\n', {start: 'node .output/server/index.js'}),
      expect: ['warning Dockerfile:5:1 CMD starts .output/server/index.js, but Nuxt calls it index.mjs'],
    },
    'React Router without a server': {
      ...router('export default {ssr: false}\n'),
      expect: [
        'warning Dockerfile:5:1 CMD starts ./build/server/index.js, but react-router.config.ts says ssr: false, and then the build leaves only build/client',
      ],
    },
    'TanStack Start without nitro': {
      ...start('export default {plugins: [tanstackStart()]}\n'),
      expect: [
        'warning Dockerfile:5:1 CMD starts .output/server/index.mjs, but vite.config.ts has no plugin of nitro, which writes .output: vite build alone writes dist',
      ],
    },
  },
})
