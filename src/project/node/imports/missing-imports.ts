import {isBuiltin} from 'node:module'
import {posix} from 'node:path'
import type {FileLocation} from '../../../check.ts'
import {absent, type Fact, type FactStore, known} from '../../../facts.ts'
import {isApart} from '../../apart.ts'
import {onlyOthersImage} from '../../deploys/others-image.ts'
import {type Files, isNear, javascript, noFiles, type Tracked} from '../../files.ts'
import type {IgnoringRule} from '../../git/git.ts'
import type {Image} from '../../image/image.ts'
import type {Inputs} from '../../inputs.ts'
import {otherCase} from '../../other-case.ts'
import type {ProjectReader} from '../../reader.ts'
import type {TextFile} from '../../text.ts'
import {packageFolder} from '../package-folder.ts'
import type {SourceReader} from '../source/source-readers.ts'
import {readManifest} from '../workspace/workspace.ts'
import {configuredRoutes, isRoutesFile} from './configured-routes.ts'
import {frameworkAliases} from './framework-aliases.ts'
import {withoutGenerated} from './ignored-sources.ts'
import {type ImportSpecifier, importSpecifiers, packageName} from './import-specifiers.ts'
import {knownPackages} from './known-packages.ts'
import {laidBeside} from './laid-beside.ts'
import {laidElsewhere} from './laid-elsewhere.ts'
import {pageEndings, scriptsIn} from './page-scripts.ts'
import {pathAliases} from './path-aliases.ts'
import {reachedFiles} from './reached-files.ts'
import {resolvedImport, sourceAlias} from './resolved-import.ts'

/** An import that leads nowhere. */
export interface MissingImport {
  /** `file`: a path beside; `package`: neither declared in a package.json nor in a lock file. */
  kind: 'file' | 'package'
  specifier: string
  /** Of a file: the path that it means, without an ending. Of a package: its name. */
  name: string
  at: FileLocation
  /** Of a file: what surely reads the import and stops; undefined where that is not certain. */
  stops?: Pick<SourceReader, 'by' | 'command' | 'when'> | undefined
  /** Of a file: the one that is called so but for upper and lower case. */
  otherCase?: string | undefined
  /** Of a package: there is no lock file, which would tell whether another package brings it. */
  isUnlocked?: boolean
  /** Of a package: when the file is read that imports it, where that is known. */
  when?: SourceReader['when'] | undefined
  /** Of a file: what git ignores it by, which was meant for what is built. */
  ignoredBy?: IgnoringRule
}

/** Not a part of the app: what is put away, tools, tests, settings, and functions that run elsewhere, in Deno. */
const notShipped =
  /^archived?\/|(^|\/)(cypress|playwright|scripts?|tools?|templates?|stories|dist|build|\.\w[^/]*|supabase\/functions|netlify\/edge-functions)\/|[._-](test|spec|stories|story|bench|config|e2e)\.|\.min\.js$|(^|\/)(vite|jest|vitest|babel|webpack|rollup|gulpfile|karma|tailwind|postcss)[^/]*$/
/** Where frameworks take every file, whether another imports it or not. */
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
/** Code that takes the files of a folder, whatever their names. */
const takesFolders = /\bimport\.meta\.glob|\brequire\.context\(/
/** The file that a server or a page begins with. */
const entry = /(^|\/)(src\/)?(index|main|server|app|entry[.-]\w+|root)\.[cm]?[jt]sx?$/
/** More than that is no project but a collection of them. */
const mostFiles = 5_000

export async function loadMissingImports({reader}: Inputs, facts: FactStore): Promise<Fact<MissingImport[]>> {
  const [files, image, flyConfig] = await Promise.all([
    facts.value('files'),
    facts.value('image'),
    facts.value('flyConfig'),
  ])
  const paths = files ?? noFiles
  // esbuild of mix bundles what stands in assets/, and takes packages from deps/.
  const ofMix = paths.has('mix.exs') && !paths.has('package.json')
  if (!paths.has('package.json') && !ofMix && !(image && isBuilt(image, paths)))
    return absent('there is no package.json')
  if (image && !touchesJavaScript(image)) return absent('the Dockerfile neither builds nor runs JavaScript')
  const others = await onlyOthersImage(reader, facts)
  if (others) return absent(others)
  const isOther = otherApp(flyConfig?.file ?? '')
  const sources = paths
    .ending(...javascript, ...pageEndings)
    .filter((path) => !isApart(path) && !notShipped.test(path) && !isOther(path) && (!image || image.copies(path)))
    .filter((path) => !ofMix || /(?:^|\/)assets\/(?!vendor\/)/.test(path))
  if (sources.length > mostFiles) return absent('the project has too many files to follow their imports')
  const imports = await readImports(sources, reader)
  const targets = new Set<string>()
  const links = new Map<string, string[]>()
  const lost: (MissingImport & {from: string; isAlias?: boolean})[] = []
  const aliasPaths = await pathAliases({reader, paths})
  const ofFramework = await frameworkAliases({reader, paths})
  const leads = (from: string, to: string) => {
    const own = links.get(from)
    if (own) own.push(to)
    else links.set(from, [to])
  }
  const packages = await knownPackages(reader, paths)
  // `import('./server/index.js')` of a file that is itself built into the folder beside.
  const isBuiltFolder = (path: string) => path.includes('/') && !paths.hasFolderNamed(path.split('/').at(-2) as string)
  for (const {path, specifier, at} of imports) {
    const {text} = specifier
    if (/^\.{1,2}(\/|$)/.test(text)) {
      const wanted = posix.join(posix.dirname(path), text.replace(/[?#].*$/s, ''))
      const found = resolvedImport(wanted, paths)
      if (found) {
        targets.add(found)
        leads(path, found)
      }
      // A file above the project, or one that a tool makes up.
      else if (
        !wanted.startsWith('..') &&
        !isMadeUp(wanted) &&
        !isBehindLink(wanted, paths) &&
        !isOfComposer(wanted, paths) &&
        !(specifier.isDynamic && isBuiltFolder(wanted)) &&
        !(ofMix && /(?:^|\/)(?:deps|node_modules|_build|priv)\//.test(wanted))
      ) {
        lost.push({kind: 'file', specifier: text, name: wanted, at, from: path})
      }
      continue
    }
    const ofSource = sourceAlias(path, text, paths)
    if (ofSource) targets.add(ofSource)
    if (ofMix) continue
    const {own: ofSettings, others} = aliasPaths(text, path)
    const own = [...ofSettings, ...[ofFramework(text, path) ?? []].flat()]
    const meant = [...own, ...others].map((each) => resolvedImport(each, paths)).find((each) => each !== undefined)
    if (meant) leads(path, meant)
    else if (own[0] && !ofSource && !isMadeUp(own[0]) && !isBehindLink(own[0], paths) && !specifier.isDynamic)
      lost.push({kind: 'file', specifier: text, name: own[0], at, from: path, isAlias: true})
    if (meant || own.length > 0) continue
    const name = packageOf(text)
    // `components/button` and `@components/button` may be an alias of a bundler for a folder.
    const isAlias = paths.hasFolderNamed(text.split('/')[0]?.replace(/^@/, '') ?? '')
    if (name && !isAlias && !specifier.isOptional && !packages.has(name))
      lost.push({kind: 'package', specifier: text, name, at, from: path, isUnlocked: !packages.isLocked})
  }
  // Vercel starts each file of api/ by itself: here nobody does.
  const functions = paths.named('vercel.json').map((path) => posix.join(posix.dirname(path), 'api/'))
  const manifests = await reader.texts(paths.named('package.json'))
  const isNamed = (name: string) => manifests.some(({text}) => text.includes(`"${name}"`))
  const isBundled =
    bundlers.some(isNamed) &&
    !pageFrameworks.some(isNamed) &&
    !(await reader.texts(sources)).some(({text}) => takesFolders.test(text))
  const taken = isBundled ? otherRoutes : routes
  const isRoute = (path: string) => taken.test(path) && !functions.some((folder) => path.startsWith(folder))
  const begins = ofMix ? await bundledByMix(reader, paths) : (path: string) => isRoute(path) || entry.test(path)
  // Bundlers see what is reached alone, and an alias means nothing but to them.
  const reached = lost.some(({isAlias}) => isAlias) ? await reachedFiles(sources, links, {reader, paths}) : undefined
  const used = lost.filter(({from, isAlias}) => (isAlias ? reached?.has(from) : targets.has(from) || begins(from)))
  const buildsApps = image?.stages.some(({commands}) =>
    commands.some(({words}) => words.some((word) => /\b(?:expo|eas|react-native)\b/.test(word ?? ''))),
  )
  const served = buildsApps ? used : await withoutApps(used, paths, reader)
  const told = await withoutGenerated(withoutUnlocked(withoutPrototypes(served, paths)), {reader, paths})
  if (told.length === 0) return known(told)
  const isLaid = await laidElsewhere(image, reader, paths)
  const relative = told.flatMap(({kind, specifier, at}) =>
    kind === 'file' && specifier.startsWith('.') ? at.file : [],
  )
  const isBeside = laidBeside(relative.length > 0 ? await facts.value('build') : undefined, new Set(relative))
  const {stoppedReaders} = await import('./stopped-readers.ts')
  const {stops, when} = await stoppedReaders(facts, {reader, paths})
  return known(
    told
      .filter(({kind, name, specifier, at}) => kind !== 'file' || !(isLaid(name) || isBeside(at.file, specifier)))
      .map((each) => ({
        ...each,
        ...(each.kind === 'file'
          ? {stops: each.ignoredBy ? undefined : stops(each), otherCase: otherCase(each.name, paths)}
          : {when: when(each.at.file)}),
      })),
  )
}

/** The files that `config :esbuild` names, from the folder of the assets: `js/app.js`. */
async function bundledByMix(reader: ProjectReader, paths: Files): Promise<(path: string) => boolean> {
  const texts = await reader.texts(paths.named('config/config.exs'))
  return (path) => texts.some(({text}) => text.includes(path.replace(/^.*assets\//, '')))
}

/** Apps for telephones stand beside what is deployed, and come into its image with the rest. */
async function withoutApps<T extends {from: string}>(
  lost: readonly T[],
  all: Tracked,
  reader: ProjectReader,
): Promise<T[]> {
  const isApp = new Map<string, boolean>([['.', false]])
  for (const folder of new Set(lost.map((each) => packageFolder(each.from, all)))) {
    if (isApp.has(folder)) continue
    const manifest = await readManifest(reader, folder)
    isApp.set(
      folder,
      ['react-native', 'expo'].some((name) => Object.hasOwn(manifest?.dependencies ?? {}, name)),
    )
  }
  return lost.filter((each) => !isApp.get(packageFolder(each.from, all)))
}

/** A package below the project that lacks so many others was never built: a prototype, or what a design tool exports. */
const mostMissing = 5

function withoutPrototypes<T extends MissingImport & {from: string}>(lost: readonly T[], all: Tracked): T[] {
  const missing = new Map<string, Set<string>>()
  for (const each of lost.filter(({kind}) => kind === 'package')) {
    const folder = packageFolder(each.from, all)
    missing.set(folder, (missing.get(folder) ?? new Set()).add(each.name))
  }
  return lost.filter((each) => {
    const folder = packageFolder(each.from, all)
    return folder === '.' || (missing.get(folder)?.size ?? 0) <= mostMissing
  })
}

/** Where so many are unknown without a lock file, package.json is not what says what is installed. */
const mostUnlocked = 2

function withoutUnlocked<T extends MissingImport>(lost: readonly T[]): T[] {
  const names = new Set(lost.flatMap(({name, isUnlocked}) => (isUnlocked ? [name] : [])))
  return lost.filter(({isUnlocked}) => !isUnlocked || names.size <= mostUnlocked)
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

const touchesJavaScript = ({stages}: Image): boolean =>
  stages.some(
    ({root, commands}) =>
      javaScriptTools.test(root.image ?? '') ||
      commands.some(({words}) => words.some((word) => word === undefined || javaScriptTools.test(word))),
  )

/** Where each folder is deployed by itself; what packages/ and libs/ hold is shared. */
const deployed = /^(?:apps|services|sites)$/

/** Whether a file is of another app than the one whose configuration this is: `apps/web`, beside `apps/api/fly.toml`. */
function otherApp(config: string): (path: string) => boolean {
  const [top = '', app, ...below] = config.split('/')
  if (app === undefined || below.length === 0 || !deployed.test(top)) return () => false
  return (path) => path.startsWith(`${top}/`) && !path.startsWith(`${top}/${app}/`)
}

async function readImports(
  sources: readonly string[],
  reader: ProjectReader,
): Promise<{path: string; specifier: ImportSpecifier; at: FileLocation}[]> {
  const texts = await Promise.all(sources.map((path) => reader.text(path)))
  return texts.flatMap((file, index) =>
    file
      ? specifiersOf(file).map((specifier) => ({
          path: sources[index] as string,
          specifier,
          at: file.span(specifier.start, specifier.end),
        }))
      : [],
  )
}

/** What a file imports; of routes.ts also the files that it names. */
function specifiersOf({path, text}: TextFile): ImportSpecifier[] {
  const named = isRoutesFile(path) ? configuredRoutes(text) : []
  return [...importSpecifiers(scriptsIn(path, text)), ...named.map((each) => ({...each, text: relative(each.text)}))]
}

const relative = (path: string): string => (/^\.{0,2}\//.test(path) ? path : `./${path}`)

/** `../../vendor/tightenco/ziggy`: what composer brings of a package of PHP. */
function isOfComposer(path: string, all: Tracked): boolean {
  const [, folder] = /^((?:.{1,200}\/)?)vendor\/[\w-]+\/[\w-]+/.exec(path) ?? []
  return folder !== undefined && all.has(`${folder}composer.json`)
}

/** Files that exist only while a framework builds, and those that no script needs to be there. */
const isMadeUp = (path: string): boolean => isGenerated(path) || isAsset(path)

/** By the custom of tools that write files. */
export const isGenerated = (path: string): boolean =>
  /\+types\/|\/\$types|generated|\.velite|\.gen(\.|$)|_generated|(?:^|\/)(?:dist|build|target|pkg|wasm)\/|styled-system|\.contentlayer|\.next\/|\.svelte-kit|\.react-router|prisma\/client|paraglide|graphql\/__generated__|manifest/.test(
    path,
  )

/** What is no script, and bundlers know how to take: missing-assets.ts asks for those. */
export const isAsset = (path: string): boolean =>
  /\.(css|scss|sass|less|svg|png|jpe?g|webp|avif|gif|ico|woff2?|ttf|wasm|glsl|txt|html|ya?ml|graphql|gql|sql|csv|mp[34]|pdf)$/.test(
    path,
  )

/** `@acme/ui/button` is of the package `@acme/ui`; undefined for what is no package. */
function packageOf(specifier: string): string | undefined {
  if (isBuiltin(specifier) || !/^(@[a-z0-9][\w.-]*\/[a-z0-9][\w.-]*|[a-z0-9][\w.-]*)(\/|$)/.test(specifier))
    return undefined
  const [first = ''] = specifier.split('/', 1)
  // Made by the tool that builds.
  if (
    /^(astro|bun|deno|server-only|client-only|vite|next|virtual|phoenix-colocated|electron|k6|vscode|src|app|lib|components|utils|pages|server|public|config|types|styles|assets|hooks|store|test)$/.test(
      first,
    )
  )
    return undefined
  return packageName(specifier)
}

/** A link of git to a folder, or a submodule, in which it is not seen what lies there. */
export function isBehindLink(path: string, paths: Files): boolean {
  for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder))
    if (paths.has(folder)) return true
  return false
}
