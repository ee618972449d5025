import listenAddress from '../../../checks/image/listen-address.ts'
import listenPort from '../../../checks/image/listen-port.ts'
import {testCheck} from '../../harness.ts'

const project = (command: string, config: string, text: string, env = '') => ({
  files: {
    Dockerfile: `FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:22\nWORKDIR /app\n${env}COPY --from=build /app/out ./\nCMD ${command}\n`,
    'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n',
    [config]: text,
  },
})
const next = (env = '', text = "module.exports = {output: 'standalone'}\n") =>
  project('["node", "server.js"]', 'next.config.js', text, env)
const astro = (text: string) => project('["node", "./dist/server/entry.mjs"]', 'astro.config.mjs', text)

/** Of a repository with two apps, of which one is of Next.js. */
const beside = (from: string, command = '["node", "server.js"]') => ({
  files: {
    Dockerfile: `FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npx nx build web\nFROM node:22\nWORKDIR /app\nCOPY --from=build ${from} ./\nCMD ${command}\n`,
    'fly.toml': 'app = "shop"\n[http_service]\n  internal_port = 8080\n',
    'apps/cms/next.config.mjs': "export default {output: 'standalone'}\n",
    'apps/web/server.ts': 'serve({fetch: app.fetch, port: 8080})\n',
  },
})

testCheck(listenPort, {
  clean: {
    'the server of another app': beside('/app/apps/web/server.js'),
    'Next.js with PORT': next('ENV PORT=8080\n'),
    'no standalone build': next('', 'module.exports = {}\n'),
    'SvelteKit with another name for PORT': project(
      '["node", "build"]',
      'svelte.config.js',
      "adapter-node\nadapter({envPrefix: 'MY_'})\n",
    ),
  },
  flagged: {
    'Next.js in its folder': {
      ...beside('/app/apps/cms/.next/standalone'),
      expect: ['warning fly.toml:3:3 internal_port is 8080, but CMD starts Next.js on port 3000'],
    },
    'Next.js': {
      ...next(),
      expect: ['warning fly.toml:3:3 internal_port is 8080, but CMD starts Next.js on port 3000'],
    },
    Nuxt: {
      ...project(
        '["node", ".output/server/index.mjs"]',
        'nuxt.config.ts',
        'export default {}\n',
        'ENV NITRO_PORT=4000\n',
      ),
      expect: ['warning fly.toml:3:3 internal_port is 8080, but CMD starts Nuxt on port 4000'],
    },
    SvelteKit: {
      ...project('["node", "build"]', 'svelte.config.js', "import adapter from '@sveltejs/adapter-node'\n"),
      expect: ['warning fly.toml:3:3 internal_port is 8080, but CMD starts SvelteKit on port 3000'],
    },
    'the development server of Vite': {
      ...project('["npx", "vite", "--host"]', 'a.txt', ''),
      expect: ['warning fly.toml:3:3 internal_port is 8080, but CMD starts vite dev on port 5173'],
    },
  },
})

testCheck(listenAddress, {
  clean: {
    'Next.js listens on every address': next(),
    'Astro with an address of its own': astro('export default {server: {host: true}}\n'),
  },
  flagged: {
    'Next.js told otherwise': {
      ...next('ENV HOSTNAME=localhost\n'),
      expect: [
        'warning Dockerfile:9:1 CMD starts Next.js on localhost, which only the machine itself reaches: it must be 0.0.0.0',
      ],
    },
    Astro: {
      ...astro('export default {adapter: node({mode: "standalone"})}\n'),
      expect: [
        'warning Dockerfile:8:1 CMD starts Astro on localhost, which only the machine itself reaches: it must be 0.0.0.0',
      ],
    },
  },
})
