/**
 * The routes of an app of React Router or Remix: what `app/routes.ts` says, or the files of `app/routes`
 * (reactrouter.com/start/framework/routing, and how-to/file-route-conventions).
 */
import {posix} from 'node:path'
import {scripts} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {readManifest} from '../../node/workspace/workspace.ts'
import {withoutSlashComments} from '../comments.ts'
import type {AppRoutes, Route} from './routes.ts'
import type {Project} from './sources.ts'

/** Settings by which other files or other paths count. */
const otherwise = /\b(?:basename|appDirectory|ignoredRouteFiles|serverBundles|presets|routes)\b/
/** In routes.ts: what other functions, and other files, may bring. */
const brings = /\.\.\.(?!\s{0,9}prefix\()|\bawait\b|\brelative\b|\.map\(|\bfrom\s{0,9}["'](?!@react-router\/)/

/** Of the app at the top of the project, where its own server answers and nothing else. */
export async function routerRoutes({reader, paths}: Project): Promise<AppRoutes | undefined> {
  const manifest = await readManifest(reader, '')
  const declared = {...manifest?.dependencies, ...manifest?.devDependencies}
  const isRemix = '@remix-run/dev' in declared
  if ((!isRemix && !('@react-router/dev' in declared)) || paths.named('package.json').length > 1) return undefined
  const names = ['vite.config', 'react-router.config', 'remix.config'].flatMap(scripts)
  const settings = await reader.texts(names.filter((path) => paths.has(path)))
  if (settings.some(({text}) => otherwise.test(text))) return undefined
  const said = await reader.text('app/routes.ts')
  const isFlat = said ? /\bdefault\s{1,9}flatRoutes\(\s{0,9}\)/.test(said.text) : isRemix
  const routes = isFlat ? flatRoutes(paths.under('app/routes')) : said && configured(said)
  if (!routes || routes.length === 0) return undefined
  return {
    framework: isRemix ? 'Remix' : 'React Router',
    slash: 'same',
    head: true,
    routes,
    names: (path) => paths.has(posix.join('public', path)) || /^\/(?:assets|build|__manifest)\b/.test(path),
  }
}

/** `route('orders/:id', './order.tsx')`, `prefix('api', […])`; undefined where more may be there. */
function configured(file: TextFile): Route[] | undefined {
  const text = withoutSlashComments(file.text)
  const calls = [...text.matchAll(/\b(route|prefix|index)\(\s{0,50}(?:(["'])([^"'\n]{0,300})\2)?/g)]
  const isOpen =
    brings.test(text) || calls.some(([, name, , path]) => path === undefined || (name !== 'index' && /\?/.test(path)))
  if (isOpen) return undefined
  return calls.map(({index, 0: all, 1: name, 3: path = ''}) => ({
    ...pathOf(name === 'index' ? [] : path.split('/').filter(Boolean), '*'),
    method: undefined,
    at: file.span(index, index + all.length),
  }))
}

/** `app/routes/api.health.ts`, `app/routes/orders.$id/route.tsx`. */
function flatRoutes(files: readonly string[]): Route[] | undefined {
  const routes = files.flatMap((path) => {
    const [, name] = /^app\/routes\/([^/]{1,200}?)(?:\/(?:route|index))?\.[jt]sx?$/.exec(path) ?? []
    return name === undefined ? [] : [{name, path}]
  })
  // A sign in brackets is one of the path, and a part in parentheses may be left out.
  if (routes.some(({name}) => /[[\]()]/.test(name))) return undefined
  return routes.map(({name, path}) => {
    const parts = name.split('.').filter((part) => !part.startsWith('_'))
    const own = parts.map((part) => (part === '$' ? part : part.replace(/^\$/, ':').replace(/_$/, '')))
    return {...pathOf(own, '$'), method: undefined, at: {file: path}}
  })
}

function pathOf(parts: readonly string[], splat: string): {path: string; open: boolean} {
  const all = parts.indexOf(splat)
  return {path: `/${(all < 0 ? parts : parts.slice(0, all)).join('/')}`, open: all >= 0}
}
