import {parseLoosely} from '../../documents/json.ts'
import {scripts} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import type {App, OutputGap} from './framework-output.ts'

type Fault = Pick<OutputGap, 'because' | 'related' | 'hint'>

/** What a framework writes, and when it does not. */
export interface OutputRule {
  package: string
  /** The file that is started, behind a /. */
  starts: RegExp
  /** The command that builds the app. */
  builds: RegExp
  fault(app: App, script: string): Promise<Fault | undefined>
}

/** Words of a configuration that is not all there is: parts of it, or a choice. */
const isComputed = /\bprocess\.env\b|\brequire\((?!["'])|\bawait import\(/

export const frameworks: readonly OutputRule[] = [
  {
    package: '@sveltejs/kit',
    starts: /^\/(?:[\w.-]+\/)*build(?:\/|\/index\.js)?$/,
    builds: /^vite build\b/,
    // kit.svelte.dev/docs/adapters: adapter-auto knows some hosts by their variables, and Fly.io is none of them.
    async fault({config, dependencies}) {
      const file = await config(...scripts('svelte.config'))
      const adapters = [...(file?.text.matchAll(/["']((?:@[\w-]{1,100}\/)?[\w-]{0,100}adapter-[\w-]+)["']/g) ?? [])]
      const [only, another] = adapters
      if (!file || another || isComputed.test(file.text)) return undefined
      if (!only)
        return /\badapter\b|\.\.\.|\bfrom\s{0,9}["']\./.test(file.text)
          ? undefined
          : {
              because: `${file.path} has no adapter, so that vite build writes no server`,
              related: [file.whole],
              hint: `npm install -D @sveltejs/adapter-node, and adapter: adapter() in kit of ${file.path}, with import adapter from '@sveltejs/adapter-node'.`,
            }
      const name = only[1] as string
      const writes = adaptersWithoutServer.get(name)
      if (!writes || dependencies.has('svelte-adapter-bun')) return undefined
      return {
        because: `${name} of ${file.path} ${writes}`,
        related: [file.span(only.index, only.index + only[0].length)],
        hint: `Take the adapter that makes a server of its own: npm install -D @sveltejs/adapter-node, and import adapter from '@sveltejs/adapter-node' in ${file.path}.`,
      }
    },
  },
  {
    package: 'astro',
    starts: /^\/(?:[\w.-]+\/)*dist\/server\/(?:entry|index)\.m?js$/,
    builds: /^astro build\b/,
    async fault({config, dependencies, manifest}, script) {
      const file = await config(...scripts('astro.config'))
      if (!file || isComputed.test(file.text)) return undefined
      const set = /\badapter\s{0,9}:\s{0,9}(\w{1,100})\s{0,9}\(/.exec(file.text)
      const [, brought] = (set && importOf(set[1] as string).exec(file.text)) ?? []
      if (brought === '@astrojs/node') return ofNodeAdapter(file, script)
      if (set && brought && /^@astrojs\/(?:vercel|netlify|cloudflare|deno)\b/.test(brought))
        return {
          because: `${brought} of ${file.path} writes for another host, and no ${script}`,
          related: [file.span(set.index, set.index + 'adapter'.length)],
          hint: `Take the adapter that makes a server of its own: npx astro add node, and adapter: node({mode: 'standalone'}) in ${file.path}.`,
        }
      if (/\badapter\s{0,9}[:,}]|\bintegrations\s{0,9}:|\.\.\./.test(file.text)) return undefined
      const isThere = dependencies.has('@astrojs/node')
      return {
        because: `${file.path} has no adapter, so that Astro writes ${/\boutput\s{0,9}:\s{0,9}["']server/.test(file.text) ? 'nothing, and stops' : 'static files to dist and no server'}`,
        related: [file.whole, manifest.whole],
        hint: `${isThere ? 'Use' : 'Add'} the adapter: ${isThere ? '' : 'npx astro add node, or '}adapter: node({mode: 'standalone'}) in ${file.path}; or serve dist with a web server.`,
      }
    },
  },
  {
    package: 'nuxt',
    starts: /^\/(?:[\w.-]+\/)*\.output\/server\/index\.m?js$/,
    builds: /^(?:nuxt|nuxi) (?:build|generate)\b/,
    async fault({config, manifest, built}, script) {
      if (/generate|--prerender/.test(built)) {
        return {
          because: 'nuxt generate writes pages to .output/public, and no server',
          related: [manifest.whole],
          hint: 'Build it with nuxt build, or serve .output/public with a web server.',
        }
      }
      if (script.endsWith('.js'))
        return {
          because: 'Nuxt calls it index.mjs',
          related: [manifest.whole],
          hint: `Start ${script.replace(/js$/, 'mjs')}.`,
        }
      const file = await config(...scripts('nuxt.config'))
      const preset = /\bnitro\s*:\s*\{[^{}]*\bpreset\s*:\s*["']([\w-]+)["']/.exec(file?.text ?? '')
      if (
        !file ||
        !preset ||
        isComputed.test(file.text) ||
        !/^(?:vercel|netlify|cloudflare|static|github|aws|azure|firebase)/.test(preset[1] as string)
      )
        return undefined
      return {
        because: `the preset ${preset[1]} of ${file.path} writes for another host`,
        related: [file.span(preset.index, preset.index + preset[0].length)],
        hint: `Leave the preset out, or write preset: 'node-server'.`,
      }
    },
  },
  {
    package: '@react-router/dev',
    starts: /^\/(?:[\w.-]+\/)*build\/server\/index\.m?js$/,
    builds: /^react-router build\b/,
    async fault(app, script) {
      const {config, dependencies} = app
      const file = await config(...scripts('react-router.config'))
      const common = unreadModule(app, script, file, 'react-router build')
      if (common) return common
      const off = /\bssr\s*:\s*false\b/.exec(file?.text ?? '')
      if (!file || !off || dependencies.has('react-router-hono-server')) return undefined
      return {
        because: `${file.path} says ssr: false, and then the build leaves only build/client`,
        related: [file.span(off.index, off.index + off[0].length)],
        hint: `Serve build/client with a web server in the place of ${script}, or remove ssr: false.`,
      }
    },
  },
  {
    package: '@react-router/dev',
    starts: /^\/(?:[\w.-]+\/)*build(?:\/|\/index\.js)?$/,
    builds: /^react-router build\b/,
    async fault({config, manifest}, script) {
      const file = await config(...scripts('react-router.config'))
      if (
        file &&
        (/\b(?:buildDirectory|serverBuildFile|serverBundles)\b/.test(file.text) || isComputed.test(file.text))
      )
        return undefined
      // A server of the project, beside the app.
      if (/--out(?:file|dir|-dir)\b|\btsup\b|\bvite build\b/.test(manifest.text)) return undefined
      return {
        because: 'react-router build writes build/server/index.js',
        related: [file?.whole ?? manifest.whole],
        hint: `Start ${script.replace(/build.*$/s, 'build/server/index.js')}, and copy build/client with it.`,
      }
    },
  },
  {
    package: '@remix-run/dev',
    starts: /^\/(?:[\w.-]+\/)*build(?:\/|\/index\.js)?$/,
    builds: /^remix vite:build\b/,
    // remix.run/docs/guides/vite: the server went from build/index.js to build/server/index.js.
    async fault({config, manifest}, script) {
      const file = await config(...scripts('vite.config'))
      if (!file || /\b(?:buildDirectory|serverBuildFile|serverBundles)\b/.test(file.text) || isComputed.test(file.text))
        return undefined
      return {
        because: 'remix vite:build writes build/server/index.js',
        related: [file.whole, manifest.whole],
        hint: `Start ${script.replace(/build.*$/s, 'build/server/index.js')}, and copy build/client with it.`,
      }
    },
  },
  {
    package: '@remix-run/dev',
    starts: /^\/(?:[\w.-]+\/)*build\/server(?:\/|\/index\.js)?$/,
    builds: /^remix build\b/,
    async fault({config, manifest}, script) {
      const file = await config('remix.config.js', 'remix.config.cjs', 'remix.config.mjs')
      if (!file || /\b(?:serverBuildPath|serverBuildDirectory)\b/.test(file.text) || isComputed.test(file.text))
        return undefined
      return {
        because: 'remix build, without Vite, writes build/index.js',
        related: [file.whole, manifest.whole],
        hint: `Start ${script.replace(/build.*$/s, 'build/index.js')}, and copy public/build with it; or build with remix vite:build.`,
      }
    },
  },
  {
    package: '@remix-run/dev',
    starts: /^\/(?:[\w.-]+\/)*build\/server\/index\.js$/,
    builds: /^remix vite:build\b/,
    async fault(app, script) {
      const file = await app.config(...scripts('vite.config'))
      const common = unreadModule(app, script, file, 'remix vite:build')
      if (common) return common
      const off = /\bssr\s*:\s*false\b/.exec(file?.text ?? '')
      if (!file || !off) return undefined
      return {
        because: `${file.path} says ssr: false, and then the build leaves only build/client`,
        related: [file.span(off.index, off.index + off[0].length)],
        hint: `Serve build/client with a web server in the place of ${script}, or remove ssr: false.`,
      }
    },
  },
  {
    package: 'next',
    starts: /^\/(?:[\w.-]{1,255}\/){0,30}\.next\/standalone\/(?:[\w.-]{1,255}\/){0,30}server\.js$/,
    builds: /^next build\b/,
    async fault({config, hasConfig, manifest}) {
      const names = scripts('next.config')
      const file = await config(...names)
      // A wrapper or a variable may set it.
      const isSet =
        !file || /standalone|\.\.\.|withNx|(?:require\(|\bfrom)\s*["']\./i.test(file.text) || isComputed.test(file.text)
      if (hasConfig(...names) && isSet) return undefined
      const name = file?.path ?? `${manifest.path.slice(0, -'package.json'.length)}next.config.js`
      return {
        because: `next build writes it only with output: 'standalone', which ${file ? `${name} does not have` : 'no next.config has'}`,
        related: [file?.whole ?? manifest.whole],
        hint: `Add output: 'standalone' to ${name}, or start next start.`,
      }
    },
  },
  {
    package: '@tanstack/react-start',
    starts: /^\/(?:[\w.-]+\/)*\.output\/server\/index\.m?js$/,
    builds: /^vite build\b/,
    // vite build alone writes dist since nitro is no longer a part of the plugin, which it was up to 1.131.
    async fault({config, dependencies}, script) {
      const file = await config(...scripts('vite.config'))
      const [, minor = 0] = /^\D?1\.(\d+)\./.exec(dependencies.get('@tanstack/react-start') ?? '') ?? []
      if (!file || Number(minor) < 132 || /nitro/i.test(file.text) || !/\btanstackStart\s*\(/.test(file.text))
        return undefined
      const at = file.text.indexOf('tanstackStart(')
      return {
        because: `${file.path} has no plugin of nitro, which writes .output: vite build alone writes dist`,
        related: [at < 0 ? file.whole : file.span(at, at + 'tanstackStart'.length)],
        hint: `Add the plugin behind tanstackStart(): nitro() from 'nitro/vite', so that there is ${script}.`,
      }
    },
  },
]

/**
 * Both write an ES module, unless serverModuleFormat says cjs (reactrouter.com, react-router.config.ts); without "type": "module"
 * an older node takes a .js for CommonJS.
 */
function unreadModule(
  {manifest, tellsModules, hasConfig}: App,
  script: string,
  file: TextFile | undefined,
  by: string,
): Fault | undefined {
  const settings = scripts(by.startsWith('remix') ? 'vite.config' : 'react-router.config')
  if (tellsModules || !script.endsWith('.js') || parseLoosely(manifest.text)?.type !== undefined) return undefined
  if (hasConfig(...settings) && (!file || /\bserverModuleFormat\b|\.\.\./.test(file.text))) return undefined
  return {
    because: `${by} writes an ES module, and ${manifest.path} has no "type": "module": this node takes it for CommonJS, and stops at the first import`,
    related: [manifest.whole],
    hint: `Write "type": "module" into ${manifest.path} (vite.config.ts then imports what it required), or take node:22 for the image.`,
  }
}

/** `import node from '@astrojs/node'` */
const importOf = (name: string): RegExp =>
  new RegExp(`\\bimport\\s{1,9}${name}\\s{1,9}from\\s{0,9}["']([^"']{1,100})["']`)

/** docs.astro.build/en/guides/integrations-guide/node: in the mode middleware the file hands out a handler, and listens nowhere. */
function ofNodeAdapter(file: TextFile, script: string): Fault | undefined {
  const name = script.replace(/(?:entry|index)\.m?js$/, 'entry.mjs')
  if (name !== script) return {because: 'Astro calls it entry.mjs', related: [file.whole], hint: `Start ${name}.`}
  const mode = /\bmode\s{0,9}:\s{0,9}["']middleware["']/.exec(file.text)
  return mode
    ? {
        because: `mode: 'middleware' of ${file.path} makes a handler of it for a server of yours, and it ends at once`,
        related: [file.span(mode.index, mode.index + mode[0].length)],
        hint: `Write mode: 'standalone', or start the server that takes the handler.`,
      }
    : undefined
}

const elsewhere = 'writes for another host, and no build/index.js'
/** Adapters of SvelteKit that write no server for node, and what they do in its place. */
const adaptersWithoutServer: ReadonlyMap<string, string> = new Map([
  ['@sveltejs/adapter-auto', 'knows no adapter for Fly.io and writes nothing'],
  ['@sveltejs/adapter-static', 'writes pages to build, and no server'],
  ['@sveltejs/adapter-vercel', elsewhere],
  ['@sveltejs/adapter-netlify', elsewhere],
  ['@sveltejs/adapter-cloudflare', elsewhere],
  ['@sveltejs/adapter-cloudflare-workers', elsewhere],
])
