/** The routes of an app of Next.js are its files (nextjs.org/docs/app/getting-started/project-structure). */
import {posix} from 'node:path'
import {scripts} from '../../files/files.ts'
import {readManifest} from '../../node/workspace/workspace.ts'
import {exportedMethods} from './exported-methods.ts'
import type {AppRoutes, Route} from './routes.ts'
import type {Project} from './sources.ts'

/** Settings by which other paths answer, or a path answers otherwise, and plug-ins that may bring some. */
const otherwise =
  /\b(?:rewrites|redirects|i18n|trailingSlash|skipTrailingSlashRedirect|pageExtensions|distDir|tunnelRoute|exportPathMap)\b|\.\.\.|\bfrom\s{0,20}["'](?!next["'/])|\brequire\(\s{0,20}["'](?!next["'/])/
const module = /\.[jt]sx?$/

/** Of the app at the top of the project, where nothing else may answer: no middleware, and no settings of that kind. */
export async function nextRoutes({reader, paths}: Project): Promise<AppRoutes | undefined> {
  const declared = (await readManifest(reader, ''))?.dependencies
  if (!declared || !('next' in declared) || paths.named('package.json').length > 1) return undefined
  const settings = await reader.texts(scripts('next.config').filter((path) => paths.has(path)))
  const before = ['middleware', 'proxy', 'src/middleware', 'src/proxy'].flatMap(scripts)
  if (settings.some(({text}) => otherwise.test(text)) || before.some((path) => paths.has(path))) return undefined
  const base = settings.flatMap(({text}) => [...text.matchAll(/\bbasePath\b([^\n]{0,200})/g)])
  const prefix = base.map(
    ([, value = '']) => /^\s{0,9}:\s{0,9}["'](\/[\w/-]{1,100})["']\s{0,9}(?:[,}]|$)/.exec(value)?.[1],
  )
  if (base.length > 1 || prefix.includes(undefined)) return undefined
  // Where one stands beside package.json, that in src/ counts no more.
  const homes = ['app', 'pages'].flatMap((kind) => [kind, `src/${kind}`].find((path) => paths.hasFolder(path)) ?? [])
  const found = await Promise.all(
    homes.flatMap((home) =>
      paths.under(home).map(async (path) => {
        const name = posix.relative(home, path)
        const route = home.endsWith('app') ? ofApp(name) : ofPages(name)
        const handlers = /(?:^|\/)route\.[jt]s$/.test(name) ? await reader.text(path) : undefined
        const methods = (handlers && exportedMethods(handlers.text)) ?? [route?.method]
        return route === undefined ? [] : methods.map((method): Route => ({...route, method, at: {file: path}}))
      }),
    ),
  )
  const routes = found.flat()
  if (routes.length === 0) return undefined
  return {
    framework: 'Next.js',
    slash: 'redirect',
    head: true,
    routes,
    ...(prefix[0] !== undefined && {prefix: prefix[0]}),
    // Files of public/, and those that Next.js makes of robots.ts, sitemap.ts, icon.tsx and so on.
    names: (path) =>
      paths.has(posix.join('public', path)) || /^\/_next\b|\.\w+$|\/(?:icon|apple-icon|[\w-]+-image)\b/.test(path),
  }
}

type Found = Pick<Route, 'path' | 'method' | 'open'>

/** `(shop)/orders/[id]/page.tsx`: groups and slots are no part of the path, and a folder with _ is none of it. */
function ofApp(name: string): Found | undefined {
  const parts = name.split('/')
  const file = parts.pop() ?? ''
  if (!/^(?:page|route)\.[jt]sx?$/.test(file) || parts.some((part) => part.startsWith('_'))) return undefined
  const isRoute = file.startsWith('route')
  // An intercepting route, `(.)photo`, is for what the browser already shows.
  if (parts.some((part) => /^\(\.{1,3}\)/.test(part))) return undefined
  return pathOf(
    parts.filter((part) => !/^\(.*\)$|^@/.test(part)),
    isRoute ? undefined : 'GET',
  )
}

function ofPages(name: string): Found | undefined {
  if (!module.test(name) || /^_(?:app|document|error)\.|\.d\.ts$/.test(name)) return undefined
  const parts = name.replace(module, '').split('/')
  if (parts.at(-1) === 'index') parts.pop()
  return pathOf(parts, parts[0] === 'api' ? undefined : 'GET')
}

/** `[id]` is any text, `[...path]` all that is below. */
function pathOf(parts: readonly string[], method: string | undefined): Found {
  const all = parts.findIndex((part) => /^\[{1,2}\.{3}/.test(part))
  const own = (all < 0 ? parts : parts.slice(0, all)).map((part) => part.replace(/^\[(\w+)\]$/, ':$1'))
  return {path: `/${own.join('/')}`, method, open: all >= 0}
}
