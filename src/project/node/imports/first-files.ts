/** Files that a server, a bundler or a framework begins with, whether another file imports them or not. */
import {posix} from 'node:path'
import type {Files} from '../../files/files.ts'
import type {ProjectReader} from '../../files/reader.ts'
import {isOfMix} from './shipped-sources.ts'

/** Where frameworks take every file. */
const routes = /(^|\/)(app|pages|routes|api)\//
/** The same, but for pages: a bundler alone takes none by its folder. */
const otherRoutes = /(^|\/)(app|routes|api)\//
const bundlers = ['vite', 'webpack', 'parcel', 'react-scripts', '@vue/cli-service', '@rspack/core']
const pageFrameworks = [
  ...['next', 'nuxt', 'gatsby', 'astro', 'vike', 'umi', 'waku', 'vitepress', 'expo-router', 'solid-start'],
  ...['vite-plugin-ssr', 'vite-plugin-pages', 'unplugin-vue-router', '@remix-run/dev', '@react-router/dev'],
  ...['@sveltejs/kit', '@docusaurus/core', '@generouted/react-router', '@solidjs/start', '@tanstack/react-start'],
  ...['@tanstack/router-plugin', '@tanstack/router-vite-plugin', '@builder.io/qwik-city', '@qwik.dev/router'],
]
/** Where jsbundling, vite_ruby and webpacker take every file; the rest of app/ belongs to Rails, which routes to no script. */
const ofRails = /^app\/(?:javascript\/[^/]+$|[\w-]+\/(?:entrypoints|packs)\/)/
/** Code that takes the files of a folder, whatever their names. */
const takesFolders = /\bimport\.meta\.glob|\brequire\.context\(/
/** The file that a server or a page begins with. */
const entry = /(^|\/)(src\/)?(index|main|server|app|entry[.-]\w+|root)\.[cm]?[jt]sx?$/

/** `sources`: those of the app, which may take folders by code of their own. */
export async function firstFiles(
  sources: readonly string[],
  {reader, paths}: {reader: ProjectReader; paths: Files},
): Promise<(path: string) => boolean> {
  if (isOfMix(paths)) return bundledByMix(reader, paths)
  // Vercel starts each file of api/ by itself: here nobody does.
  const functions = paths.named('vercel.json').map((path) => posix.join(posix.dirname(path), 'api/'))
  const manifests = await reader.texts(paths.named('package.json'))
  const isNamed = (name: string) => manifests.some(({text}) => text.includes(`"${name}"`))
  const isBundled =
    bundlers.some(isNamed) &&
    !pageFrameworks.some(isNamed) &&
    !(await reader.texts(sources)).some(({text}) => takesFolders.test(text))
  const taken = isBundled ? otherRoutes : routes
  const isRails = paths.has('config/application.rb')
  return (path) => {
    if (isRails && path.startsWith('app/'))
      return ofRails.test(path) || taken.test(posix.join('/', path.slice('app/'.length)))
    return entry.test(path) || (taken.test(path) && !functions.some((folder) => path.startsWith(folder)))
  }
}

/** The files that `config :esbuild` names, from the folder of the assets: `js/app.js`. */
async function bundledByMix(reader: ProjectReader, paths: Files): Promise<(path: string) => boolean> {
  const texts = await reader.texts(paths.named('config/config.exs'))
  return (path) => texts.some(({text}) => text.includes(path.replace(/^.*assets\//, '')))
}
