/** The scripts and pages of which the app that is deployed is made, as far as their paths and the Dockerfile tell. */
import {isApart} from '../../files/apart.ts'
import {type Files, isNear, javascript} from '../../files/files.ts'
import type {Image} from '../../image/image.ts'
import {pageEndings} from './page-scripts.ts'

/** Not a part of the app: what is put away, tools, tests, settings, and functions that run elsewhere, in Deno. */
const notShipped =
  /^archived?\/|(^|\/)(cypress|playwright|scripts?|tools?|templates?|stories|dist|build|\.\w[^/]*|supabase\/functions|netlify\/edge-functions)\/|[._-](test|spec|stories|story|bench|config|e2e)\.|\.min\.js$|(^|\/)(vite|jest|vitest|babel|webpack|rollup|gulpfile|karma|tailwind|postcss)[^/]*$/

/** esbuild of mix bundles what stands in assets/, and takes packages from deps/. */
export const isOfMix = (paths: Files): boolean => paths.has('mix.exs') && !paths.has('package.json')

/** Why nothing of JavaScript is deployed; undefined where it may be. */
export function lacksJavaScript(paths: Files, image: Image | undefined): string | undefined {
  const ofMix = isOfMix(paths)
  if (!paths.has('package.json') && !ofMix && !(image && isBuilt(image, paths))) return 'there is no package.json'
  return image && !touchesJavaScript(image, ofMix) ? 'the Dockerfile neither builds nor runs JavaScript' : undefined
}

/** `config`: the path of the configuration of the app. */
export function shippedSources(paths: Files, image: Image | undefined, config: string): string[] {
  const isOther = otherApp(config)
  const ofMix = isOfMix(paths)
  return paths
    .ending(...javascript, ...pageEndings)
    .filter((path) => !isApart(path) && !notShipped.test(path) && !isOther(path) && (!image || image.copies(path)))
    .filter((path) => !ofMix || /(?:^|\/)assets\/(?!vendor\/)/.test(path))
}

/** Whether what is deployed is made of a package.json in a folder; what stands in assets/ of a mix project takes packages from deps/. */
function isBuilt(image: Image, paths: Files): boolean {
  const manifests = paths
    .named('package.json')
    .filter((path) => path.includes('/') && isNear(path) && image.copies(path))
  const starts = image.stages.some(({commands}) =>
    commands.some(({words}) => /^(?:npm|pnpm|yarn|bun)$/.test(words[0] ?? '')),
  )
  return starts && manifests.length > 0 && !paths.has('mix.exs')
}

/** By the name of a base or the words of a RUN; Rails and Phoenix build theirs with a task. A script may run anything. */
const javaScriptTools = /\b(?:node|nodejs|bun|deno|npm|npx|pnpm|yarn|corepack|vite|webpack|esbuild|assets)\b|\.sh$/i

/** In a mix project packages may be installed for nothing: it is a task of assets that bundles. */
const touchesJavaScript = ({stages}: Image, ofMix: boolean): boolean =>
  stages.some(
    ({root, commands}) =>
      javaScriptTools.test(root.image ?? '') ||
      commands.some(
        ({words}) =>
          !(ofMix && bundlesNothing(words)) && words.some((word) => word === undefined || javaScriptTools.test(word)),
      ),
  )

const bundlesNothing = ([program = '?', verb = '']: readonly (string | undefined)[]): boolean =>
  /^(?:npm|pnpm|yarn|bun)$/.test(program)
    ? /^(?:ci|install|i)$/.test(verb)
    : /^(?:\[|test|cd|echo|mkdir|ls)$/.test(program)

/** Where each folder is deployed by itself; what packages/ and libs/ hold is shared. */
const deployed = /^(?:apps|services|sites)$/

/** Whether a file is of another app than the one whose configuration this is: `apps/web`, beside `apps/api/fly.toml`. */
function otherApp(config: string): (path: string) => boolean {
  const [top = '', app, ...below] = config.split('/')
  if (app === undefined || below.length === 0 || !deployed.test(top)) return () => false
  return (path) => path.startsWith(`${top}/`) && !path.startsWith(`${top}/${app}/`)
}
