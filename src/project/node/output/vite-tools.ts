/** What Vite, the frameworks on it and Next.js write. */
import {posix} from 'node:path'
import type {TextFile} from '../../files/text.ts'
import {flagValue, type Tool} from './built-site.ts'
import {configuredFolder} from './configured-folder.ts'

const valuedByVite = /^(?:--outDir|--assetsDir|--base|-m|--mode|-l|--logLevel|--target)$/
const viteConfig = /^vite\.config\.[cm]?[jt]s$/
/** Frameworks and plugins with which `vite build` writes elsewhere, or more. */
export const onVite =
  /^(?:@sveltejs\/kit|@remix-run\/dev|@react-router\/dev|solid-start|@solidjs\/start|@tanstack\/[\w-]{0,200}start[\w-]{0,200}|vinxi|nitro|nitropack|@builder\.io\/qwik.*|@qwik\.dev\/.*|vite-plugin-ssr|vike|vite-ssg|laravel-vite-plugin|@crxjs\/.*|@redwoodjs\/.*|waku|@analogjs\/.*|electron-vite|rwsdk|vite-plugin-(?:electron|ruby|rails|singlefile|web-extension|static-copy)\S*)$/
/** Names of folders that other tools make in theirs. */
const foldersOfOthers = ['browser', 'client', 'public', 'server', 'spa']

export const vite: Tool = {
  command: /^vite build$/,
  unless: onVite,
  async writes(site) {
    const {args} = site
    if (['--ssr', '-c', '--config'].some((name) => args.some((word) => word === name || word.startsWith(`${name}=`))))
      return undefined
    // With a folder of its own the configuration is looked for there.
    if (args.some((word, index) => !word.startsWith('-') && !valuedByVite.test(args[index - 1] ?? ''))) return undefined
    const configs = await site.configs(viteConfig)
    const root = configuredFolder(configs, ['root'])
    const flag = flagValue(args, '--outDir')
    const set = flag === undefined ? configuredFolder(configs, ['build', 'outDir']) : {path: flag, isPlain: true}
    if (!root || !set) return undefined
    const base = root.path ?? '.'
    const written = set.isAbsolute ? posix.normalize(set.path ?? '') : posix.join(base, set.path ?? 'dist')
    const [config] = configs
    // Each environment may have a folder of its own.
    if (config && /\benvironments\b/.test(config.text)) return undefined
    const isLibrary = config !== undefined && /\blib\s*:|\brollupOptions\b|\brolldownOptions\b/.test(config.text)
    const own = foldersOfOthers.filter((name) => !site.has(posix.join(base, 'public', name)))
    return {
      folders: [written],
      index: isLibrary || !site.has(posix.join(base, 'index.html')) ? undefined : written,
      lacks:
        isLibrary || (config && /publicDir|assetsDir/.test(config.text))
          ? []
          : own.map((name) => posix.join(written, name)),
      related: configs.map((file) => file.whole),
      proven: root.isPlain && set.isPlain && configs.every((file) => hasPlainImports(file) && !writes.test(file.text)),
    }
  },
}

/** What a configuration of Vite may bring without writing another folder. */
const plainImports =
  /^(?:vite|vitest\/config|(?:node:)?(?:path|url|fs)|@vitejs\/plugin-[\w-]+|@tailwindcss\/vite|tailwindcss|autoprefixer|@sveltejs\/vite-plugin-svelte|vite-tsconfig-paths|vite-plugin-(?:svgr|checker|pwa|compression2?|solid|vuetify|vue-devtools|eslint|html)|unplugin-(?:auto-import|vue-components|icons)(?:\/\w+)*|@preact\/preset-vite|rollup-plugin-visualizer|lovable-tagger)$/

/** A plugin that stands in the configuration itself, and copies or moves. */
const writes = /\b(?:closeBundle|writeBundle|buildEnd|writeFile|copyFile|rename|cp|mkdir)(?:Sync)?\b/

const hasPlainImports = ({text}: TextFile): boolean =>
  [...text.matchAll(/\b(?:from|import|require\()\s*["']([^"'\n]+)["']/g)].every(([, name = '']) =>
    plainImports.test(name),
  )

/** adapter-node and adapter-static write to build, or where they are told. */
export const svelteKit: Tool = {
  command: /^vite build$/,
  package: '@sveltejs/kit',
  async writes(site) {
    const [config, another] = await site.configs(/^svelte\.config\.[cm]?[jt]s$/)
    const adapters = new Set(config?.text.match(/@sveltejs\/adapter-[\w-]+/g))
    const [adapter] = adapters
    if (!config || another || adapters.size !== 1 || !/adapter-(?:node|static)$/.test(adapter as string))
      return undefined
    const call = /\badapter\(\s*(?:(\{[^{}]{0,2000}\})\s*)?\)/.exec(config.text)
    const named = /\b(?:out|pages)\s*:\s*(?:(["'])([\w./-]+)\1)?/.exec(call?.[1] ?? '')
    // `{out}`, `{...options}`
    const isOpen = /\.\.\.|[{,]\s*(?:out|pages)\s*[,}]/.test(call?.[1] ?? '')
    if (!call || isOpen || (named && named[2] === undefined)) return undefined
    const folder = posix.normalize(named?.[2] ?? 'build')
    const index = adapter === '@sveltejs/adapter-static' && !/fallback/.test(call[0]) ? folder : undefined
    return {folders: [folder, '.svelte-kit'], index, related: [config.whole], proven: false}
  },
}

/** TanStack Start writes dist, and with nitro, which was a part of it up to 1.131, .output (tanstack.com/start, Hosting). */
export const tanstackStart: Tool = {
  command: /^vite build$/,
  package: '@tanstack/react-start',
  async writes(site) {
    const [config, another] = await site.configs(viteConfig)
    if (!config || another || site.args.length > 0 || !/\btanstackStart\s*\(/.test(config.text)) return undefined
    const elsewhere =
      /outDir|environments|preset(?!\s*:\s*["'](?:node[-_]server|bun)["'])|cloudflare|netlify|vercel|\broot\s*:/
    if (elsewhere.test(config.text)) return undefined
    const folders = /nitro/i.test(config.text) ? ['.output', 'dist'] : ['dist', '.output']
    return {folders: [...folders, '.nitro', '.tanstack'], related: [config.whole], proven: false}
  },
}

export const reactRouter = (command: RegExp): Tool => ({
  command,
  async writes(site) {
    const configs = await site.configs(/^(?:react-router|vite)\.config\.[cm]?[jt]s$/)
    if (configs.some(({text}) => /buildDirectory|serverBuildFile|serverBundles/.test(text))) return undefined
    const off = configs.some(({text}) => /\bssr\s*:\s*false\b/.test(text))
    return {
      folders: ['build'],
      index: off ? 'build/client' : undefined,
      related: configs.map((file) => file.whole),
      proven: false,
    }
  },
})

export const astro: Tool = {
  command: /^astro build$/,
  async writes(site) {
    const configs = await site.configs(/^astro\.config\.[cm]?[jt]s$/)
    const flag = flagValue(site.args, '--outDir')
    const set = flag === undefined ? configuredFolder(configs, ['outDir']) : {path: flag, isPlain: true}
    if (!set || configuredFolder(configs, ['root'])?.path !== undefined) return undefined
    const written = posix.normalize(set.path ?? 'dist')
    const adapts = configs.some(({text}) => /adapter/i.test(text))
    return {
      folders: adapts ? [written, '.vercel', '.netlify'] : [written],
      index: adapts ? undefined : written,
      lacks: adapts
        ? []
        : ['client', 'server'].filter((name) => !site.has(`public/${name}`)).map((name) => `${written}/${name}`),
      related: configs.map((file) => file.whole),
      proven: set.isPlain,
    }
  },
}

export const next: Tool = {
  command: /^next build$/,
  async writes(site) {
    const configs = await site.configs(/^next\.config\.[cm]?[jt]s$/)
    if (configs.some(({text}) => /distDir|\boutput\s*:|process\.env|withNx|require\(["']\./.test(text)))
      return undefined
    const isPlain = configs.every(({text}) => !/\bimport\b(?!\s+type)|\brequire\(/.test(text))
    return {folders: ['.next'], related: configs.map((file) => file.whole), proven: isPlain}
  },
}
