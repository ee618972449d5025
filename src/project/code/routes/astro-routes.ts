/** The routes of an app of Astro are its files (docs.astro.build/en/guides/routing, and guides/endpoints). */
import {posix} from 'node:path'
import {scripts} from '../../files/files.ts'
import type {TextFile} from '../../files/text.ts'
import {readManifest} from '../../node/workspace/workspace.ts'
import {exportedMethods} from './exported-methods.ts'
import type {AppRoutes, Route} from './routes.ts'
import type {Project} from './sources.ts'

/** Settings by which other files or other paths count, and packages that may bring routes. */
const otherwise =
  /\b(?:base|srcDir|publicDir|trailingSlash|redirects|i18n|injectRoute|hooks)\s{0,9}:|\.\.\.|\bfrom\s{0,9}["'](?!astro\/config["']|@astrojs\/(?:node|react|preact|svelte|vue|solid-js|tailwind|mdx|sitemap|partytown|alpinejs)["']|@tailwindcss\/vite["']|node:)/
const folder = 'src/pages'

/** Of the app at the top of the project, where its files alone say which paths there are. */
export async function astroRoutes({reader, paths}: Project): Promise<AppRoutes | undefined> {
  const manifest = await readManifest(reader, '')
  const declared = {...manifest?.dependencies, ...manifest?.devDependencies}
  if (!('astro' in declared) || paths.named('package.json').length > 1) return undefined
  const settings = await reader.texts(scripts('astro.config').filter((path) => paths.has(path)))
  if (settings.length !== 1 || settings.some(({text}) => otherwise.test(text))) return undefined
  // A middleware may answer by itself.
  if (paths.under('src').some((path) => /^src\/middleware(?:\.[jt]s|\/)/.test(path))) return undefined
  const sources = await reader.texts(paths.under(folder))
  const routes = sources.flatMap(ofFile)
  if (routes.length === 0) return undefined
  return {
    framework: 'Astro',
    slash: 'same',
    head: true,
    routes,
    names: (path) => paths.has(posix.join('public', path)) || /^\/_(?:astro|image|actions|server-islands)\b/.test(path),
  }
}

/** `orders/[id].astro`, `health.json.ts`; a name with _ is no route. */
function ofFile({path, text, whole}: TextFile): Route[] {
  const name = posix.relative(folder, path)
  const [, stem = '', ending = ''] = /^(.{1,300})\.(astro|mdx?|html|[jt]s)$/.exec(name) ?? []
  if (stem === '' || stem.split('/').some((part) => part.startsWith('_'))) return []
  const parts = stem
    .replace(/(?:^|\/)index$/, '')
    .split('/')
    .filter(Boolean)
  const all = parts.findIndex((part) => /\[\.{3}/.test(part))
  const own = (all < 0 ? parts : parts.slice(0, all)).map((part) => (/\[.{1,100}\]/.test(part) ? ':parameter' : part))
  const route = {path: `/${own.join('/')}`, open: all >= 0, at: whole}
  const methods = /^[jt]s$/.test(ending) ? exportedMethods(text, 'ALL') : ['GET']
  return (methods ?? [undefined]).map((method: string | undefined) => ({...route, method}))
}
