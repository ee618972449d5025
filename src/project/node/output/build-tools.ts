/** What tools that build a site write, and where: by their own defaults, their flags and their configuration. */
import {posix} from 'node:path'
import {scripts} from '../../files/files.ts'
import {angular} from './angular-output.ts'
import {flagValue, type Tool} from './built-site.ts'
import {configuredFolder} from './configured-folder.ts'
import {astro, next, reactRouter, svelteKit, tanstackStart, vite} from './vite-tools.ts'

interface Plain {
  command: RegExp
  folder: string
  flags?: string[]
  config?: RegExp
  /** The key of the configuration. */
  key?: readonly string[]
  unless?: RegExp
  /** Variables by which it writes elsewhere. */
  variable?: string
  /** With such arguments, too. */
  args?: RegExp
  /** With this in its configuration it is not known where it writes. */
  hidden?: RegExp
}

/** One folder with the pages, which a flag or a key of the configuration may set. */
const plain = ({command, folder, flags = [], config, key = [], unless, variable, args, hidden}: Plain): Tool => ({
  command,
  ...(unless && {unless}),
  async writes(site) {
    if (variable && site.mayBeSet(variable)) return undefined
    if (args?.test(site.args.join(' '))) return undefined
    const configs = config ? await site.configs(config) : []
    if (hidden && configs.some(({text}) => hidden.test(text))) return undefined
    const flag = flagValue(site.args, ...flags)
    const set = flag === undefined ? configuredFolder(configs, key) : {path: flag, isPlain: true}
    if (!set) return undefined
    const written = posix.normalize(set.path ?? folder)
    return {folders: [written], index: written, related: configs.map((file) => file.whole), proven: set.isPlain}
  },
})

/** In the order in which they are asked: the first that knows what the command writes counts. */
export const tools: readonly Tool[] = [
  svelteKit,
  tanstackStart,
  vite,
  reactRouter(/^react-router build$/),
  reactRouter(/^remix vite:build$/),
  astro,
  next,
  {command: /^ng build$/, writes: angular},
  plain({
    command: /^react-scripts build$/,
    folder: 'build',
    variable: 'BUILD_PATH',
    config: /^\.env(?:\.\w+)*$/,
    hidden: /BUILD_PATH/,
    unless: /^(?:react-app-rewired|@craco\/craco)$/,
  }),
  plain({
    command: /^vue-cli-service build$/,
    folder: 'dist',
    flags: ['--dest'],
    config: /^vue\.config\.[cm]?js$/,
    key: ['outputDir'],
    // Its configuration may stand in package.json.
    variable: 'outputDir',
    unless: /^vue-cli-plugin-(?:electron-builder|browser-extension|ssr)$/,
  }),
  plain({
    command: /^gatsby build$/,
    folder: 'public',
    config: /^gatsby-node\.[cm]?[jt]s$/,
    hidden: /onPostBuild|rename|move|copy|\bcp/,
  }),
  plain({command: /^docusaurus build$/, folder: 'build', flags: ['--out-dir'], args: /^[^-]/}),
  plain({
    command: /^(?:@11ty\/)?eleventy$/,
    folder: '_site',
    flags: ['--output'],
    config: /^(?:\.eleventy|eleventy\.config)\.[cm]?[jt]s$/,
    hidden: /\boutput\b|\bdir\b|[dD]irectories|setOutputDirectory|eleventy\.after/,
    args: /--config/,
  }),
  plain({
    command: /^ember build$/,
    folder: 'dist',
    flags: ['-o', '--output-path'],
    config: /^\.ember-cli$/,
    hidden: /output/,
  }),
  {
    command: /^quasar build$/,
    async writes(site) {
      const configs = await site.configs(/^quasar\.(?:config|conf)\.[cm]?[jt]s$/)
      const mode = flagValue(site.args, '-m', '--mode') ?? 'spa'
      if (configs.some(({text}) => /distDir/.test(text)) || !/^\w+$/.test(mode)) return undefined
      const written = `dist/${mode}`
      return {
        folders: [written],
        index: mode === 'ssr' ? undefined : written,
        related: configs.map((file) => file.whole),
        proven: true,
      }
    },
  },
  {
    command: /^(?:vitepress|vuepress) build$/,
    async writes(site) {
      const folder = site.args.find((word) => !word.startsWith('-')) ?? '.'
      const tool = site.packages.has('vitepress') ? '.vitepress' : '.vuepress'
      const configs = await site.below(...scripts(`${tool}/config`), ...scripts(`${tool}/config/index`))
      if (
        // A part of it may say so, too.
        configs.some(({text}) => /\b(?:outDir|dest)\b|["']\.{1,2}\//.test(text)) ||
        site.args.some((word) => /^(?:-d|--dest|--outDir)/.test(word))
      )
        return undefined
      const written = posix.join(folder, tool, 'dist')
      return {folders: [written], index: written, related: configs.map((file) => file.whole), proven: true}
    },
  },
]
